/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/ets/ets.h"

#include "engine/data/data.h"
#include "engine/proc/process-table.h"
#include "engine/proc/registry.h"
#include "engine/proc/signals.h"

/* ERTS's words of an empty table without its buckets. */
#define HASH_BASE_WORDS            49
#define TREE_BASE_WORDS            139
#define CONCURRENT_TREE_BASE_WORDS 133
#define DECENTRALIZED_WORDS        34
#define LOCKS_WORDS                1056 /* for write_concurrency */
#define READ_LOCKS_WORDS           32   /* a lock for frequent reading has this much more */
#define N_LOCKS                    64

/* What a process has to do with tables. */
typedef struct
{
  GPtrArray *owned; /* EtsTable, oldest first */
  GPtrArray *fixed; /* EtsTable */
} Owner;

struct _EtsStore
{
  VmMachine       *vm;          /* immutable */
  pthread_rwlock_t lock;        /* protects what follows */
  GHashTable      *names;       /* atom → EtsTable */
  GHashTable      *owners;      /* VmPid → Owner */
  GHashTable      *super_users; /* VmPid */
  EtsTable        *newest;
};

static void
owner_free (gpointer data)
{
  Owner *owner = data;

  g_ptr_array_unref (owner->owned);
  g_ptr_array_unref (owner->fixed);
  g_free (owner);
}

EtsStore *
ets_store_new (VmMachine *vm)
{
  EtsStore *store = g_new0 (EtsStore, 1);

  store->vm = vm;
  pthread_rwlock_init (&store->lock, NULL);
  store->names = g_hash_table_new (NULL, NULL);
  store->owners = g_hash_table_new_full (NULL, NULL, NULL, owner_free);
  store->super_users = g_hash_table_new (NULL, NULL);
  return store;
}

void
ets_store_free (EtsStore *store)
{
  while (store->newest != NULL)
    {
      EtsTable *table = store->newest;

      pthread_rwlock_wrlock (&table->lock);
      ets_table_delete (table);
    }
  g_hash_table_unref (store->names);
  g_hash_table_unref (store->owners);
  g_hash_table_unref (store->super_users);
  pthread_rwlock_destroy (&store->lock);
  g_free (store);
}

static Owner *
owner_of (EtsStore *store, VmPid pid)
{
  Owner *owner = g_hash_table_lookup (store->owners, GUINT_TO_POINTER (pid));

  if (owner == NULL)
    {
      owner = g_new0 (Owner, 1);
      owner->owned = g_ptr_array_new ();
      owner->fixed = g_ptr_array_new ();
      g_hash_table_insert (store->owners, GUINT_TO_POINTER (pid), owner);
    }
  return owner;
}

static void
owner_forget (EtsStore *store, VmPid pid, EtsTable *table, bool is_fixation)
{
  Owner *owner = g_hash_table_lookup (store->owners, GUINT_TO_POINTER (pid));

  if (owner == NULL)
    return;
  g_ptr_array_remove (is_fixation ? owner->fixed : owner->owned, table);
  if (owner->owned->len == 0 && owner->fixed->len == 0)
    g_hash_table_remove (store->owners, GUINT_TO_POINTER (pid));
}

/* --- a table's life ------------------------------------------------------------ */

static EtsTable *
table_of_block (OffHeapBinary *block)
{
  return (EtsTable *) (block->data + ((sizeof (MagicHead) + 7) & ~(gsize) 7));
}

static void
drop_contents (EtsTable *table)
{
  if (ets_is_hash (table))
    hash_clear (table);
  else
    tree_clear (table);
  if (table->heir_fragment != NULL)
    heap_fragment_free (table->vm, table->heir_fragment);
  table->heir_fragment = NULL;
  table->heir = VM_PID_NONE;
}

/* The last reference to the table's block is gone. */
static void
destroy_table (gpointer block)
{
  EtsTable *table = table_of_block (block);

  if (!table->is_deleted)
    drop_contents (table);
  g_clear_pointer (&table->fixations, g_array_unref);
  pthread_rwlock_destroy (&table->lock);
}

static void
unref_later (gpointer table)
{
  ets_table_unref (table);
}

void
ets_table_unref (EtsTable *table)
{
  binary_unref (table->vm, table->self);
}

static void
table_init_contents (EtsTable *table)
{
  bool is_locked =
    table->write_concurrency != ETS_CONCURRENCY_OFF && table->protection != ETS_PRIVATE;

  if (!ets_is_hash (table))
    {
      table->base_words = is_locked ? CONCURRENT_TREE_BASE_WORDS : TREE_BASE_WORDS;
      return;
    }
  table->base_words = HASH_BASE_WORDS;
  if (table->read_concurrency)
    table->base_words += READ_LOCKS_WORDS;
  if (is_locked)
    table->base_words += LOCKS_WORDS + (table->read_concurrency ? READ_LOCKS_WORDS * N_LOCKS : 0) +
                         (table->decentralized ? DECENTRALIZED_WORDS : 0);
  hash_init (table, is_locked ? N_LOCKS : 1);
}

static bool
store_add (EtsStore *store, EtsTable *table)
{
  bool is_free;

  pthread_rwlock_wrlock (&store->lock);
  is_free = !table->is_named || !g_hash_table_contains (store->names, (gpointer) table->name);
  if (is_free)
    {
      if (table->is_named)
        g_hash_table_insert (store->names, (gpointer) table->name, table);
      g_ptr_array_add (owner_of (store, table->owner)->owned, table);
      table->next = store->newest;
      if (store->newest != NULL)
        store->newest->previous = table;
      store->newest = table;
    }
  pthread_rwlock_unlock (&store->lock);
  return is_free;
}

EtsTable *
ets_table_new (Process *p, const EtsOptions *options)
{
  VmMachine     *vm = p->vm;
  gsize          bytes = ((sizeof (MagicHead) + 7) & ~(gsize) 7) + sizeof (EtsTable);
  OffHeapBinary *block = binary_new (vm, bytes);
  MagicHead     *head = (MagicHead *) block->data;
  EtsTable      *table;

  memset (block->data, 0, bytes);
  block->flags |= BINARY_MAGIC;
  head->destroy = destroy_table;
  ref_source_next (vm, p, head->number);
  table = table_of_block (block);
  table->self = block;
  table->vm = vm;
  table->type = options->type;
  table->keypos = options->keypos;
  table->is_named = options->is_named;
  table->is_compressed = options->is_compressed;
  table->read_concurrency = options->read_concurrency;
  table->decentralized = options->decentralized;
  table->write_concurrency = options->write_concurrency;
  table->name = options->name;
  table->protection = options->protection;
  table->owner = p->id;
  pthread_rwlock_init (&table->lock, NULL);
  table_init_contents (table);
  ets_table_set_heir (table, options->heir, options->heir_data);
  if (store_add ((EtsStore *) vm->ets, table))
    return table;
  ets_table_unref (table);
  return NULL;
}

gint64
ets_table_delete (EtsTable *table)
{
  VmMachine *vm = table->vm;
  EtsStore  *store = (EtsStore *) vm->ets;
  gint64     n = table->n_objects;

  table->is_deleted = true;
  pthread_rwlock_wrlock (&store->lock);
  if (table->is_named)
    g_hash_table_remove (store->names, (gpointer) table->name);
  owner_forget (store, table->owner, table, false);
  for (guint i = 0; table->fixations != NULL && i < table->fixations->len; i++)
    owner_forget (store, g_array_index (table->fixations, EtsFixation, i).pid, table, true);
  if (table->next != NULL)
    table->next->previous = table->previous;
  if (table->previous != NULL)
    table->previous->next = table->next;
  else
    store->newest = table->next;
  pthread_rwlock_unlock (&store->lock);
  drop_contents (table);
  g_clear_pointer (&table->fixations, g_array_unref);
  pthread_rwlock_unlock (&table->lock);
  if (vm->hooks != NULL && vm->hooks->retire != NULL)
    vm->hooks->retire (vm, table, unref_later);
  else
    ets_table_unref (table);
  return n;
}

bool
ets_table_rename (EtsTable *table, Term name)
{
  EtsStore *store = (EtsStore *) table->vm->ets;
  bool      is_free = true;

  if (table->is_named)
    {
      pthread_rwlock_wrlock (&store->lock);
      is_free = !g_hash_table_contains (store->names, (gpointer) name);
      if (is_free)
        {
          g_hash_table_remove (store->names, (gpointer) table->name);
          g_hash_table_insert (store->names, (gpointer) name, table);
        }
      pthread_rwlock_unlock (&store->lock);
    }
  if (is_free)
    table->name = name;
  return is_free;
}

/* --- finding --------------------------------------------------------------------- */

Term
ets_table_ref (Process *p, EtsTable *table)
{
  Term *hp = halloc (p, REF_WORDS);

  hp[0] = MAGIC_REF_HEADER;
  hp[1] = (Term) binary_ref (table->self);
  hp[2] = (Term) p->heap.off_heap.first;
  p->heap.off_heap.first = hp;
  return make_boxed (hp);
}

EtsTable *
ets_table_of_ref (Term ref)
{
  OffHeapBinary *block;

  if (!term_is_boxed (ref) || boxed_header (ref) != MAGIC_REF_HEADER)
    return NULL;
  block = (OffHeapBinary *) boxed_ptr (ref)[1];
  return ((MagicHead *) block->data)->destroy == destroy_table ? table_of_block (block) : NULL;
}

EtsTable *
ets_table_find (VmMachine *vm, Term name)
{
  EtsStore *store = (EtsStore *) vm->ets;
  EtsTable *table;

  pthread_rwlock_rdlock (&store->lock);
  table = g_hash_table_lookup (store->names, (gpointer) name);
  pthread_rwlock_unlock (&store->lock);
  return table;
}

static bool
is_super_user (EtsStore *store, VmPid pid)
{
  bool is;

  pthread_rwlock_rdlock (&store->lock);
  is = g_hash_table_contains (store->super_users, GUINT_TO_POINTER (pid));
  pthread_rwlock_unlock (&store->lock);
  return is;
}

void
ets_set_super_user (Process *p, bool on)
{
  EtsStore *store = (EtsStore *) p->vm->ets;

  pthread_rwlock_wrlock (&store->lock);
  if (on)
    g_hash_table_add (store->super_users, GUINT_TO_POINTER (p->id));
  else
    g_hash_table_remove (store->super_users, GUINT_TO_POINTER (p->id));
  pthread_rwlock_unlock (&store->lock);
}

static EtsTable *
fail_with (Process *p, Term cause)
{
  bif_badarg (p);
  p->cause = cause;
  p->exception_flags |= EXCF_CAUSE;
  return NULL;
}

static bool
may_access (const Process *p, const EtsTable *table, EtsAccess access)
{
  if (access == ETS_LOOK || table->owner == p->id)
    return true;
  if (access == ETS_READ ? table->protection != ETS_PRIVATE
                         : access == ETS_WRITE && table->protection == ETS_PUBLIC)
    return true;
  return access != ETS_OWNER && is_super_user ((EtsStore *) p->vm->ets, p->id);
}

EtsTable *
ets_table_get (Process *p, Term id, EtsAccess access)
{
  bool      is_name = term_is_atom (id);
  EtsTable *table = is_name ? ets_table_find (p->vm, id) : ets_table_of_ref (id);

  if (VM_UNLIKELY (table == NULL))
    return fail_with (p, is_name ? A (id) : A (type));
  if (access == ETS_READ || access == ETS_LOOK)
    pthread_rwlock_rdlock (&table->lock);
  else
    pthread_rwlock_wrlock (&table->lock);
  if (VM_LIKELY (!table->is_deleted && may_access (p, table, access)))
    return table;
  is_name = table->is_deleted;
  pthread_rwlock_unlock (&table->lock);
  return fail_with (p, is_name ? A (id) : A (access));
}

GPtrArray *
ets_store_list (VmMachine *vm)
{
  EtsStore  *store = (EtsStore *) vm->ets;
  GPtrArray *list = g_ptr_array_new ();

  pthread_rwlock_rdlock (&store->lock);
  for (EtsTable *table = store->newest; table != NULL; table = table->next)
    {
      binary_ref (table->self);
      g_ptr_array_add (list, table);
    }
  pthread_rwlock_unlock (&store->lock);
  return list;
}

/* --- fixing ---------------------------------------------------------------------- */

void
ets_table_fix (Process *p, EtsTable *table)
{
  EtsStore   *store = (EtsStore *) table->vm->ets;
  EtsFixation fixation = { p->id, 1 };

  if (table->fixations == NULL)
    table->fixations = g_array_new (FALSE, FALSE, sizeof (EtsFixation));
  for (guint i = 0; i < table->fixations->len; i++)
    {
      EtsFixation *known = &g_array_index (table->fixations, EtsFixation, i);

      if (known->pid == p->id)
        {
          known->count++;
          return;
        }
    }
  if (table->fixations->len == 0)
    table->fixed_since_ns = process_now_ns (table->vm, p);
  g_array_append_val (table->fixations, fixation);
  pthread_rwlock_wrlock (&store->lock);
  g_ptr_array_add (owner_of (store, p->id)->fixed, table);
  pthread_rwlock_unlock (&store->lock);
}

static void
unfix (EtsTable *table, VmPid pid, bool all)
{
  EtsStore *store = (EtsStore *) table->vm->ets;

  for (guint i = 0; table->fixations != NULL && i < table->fixations->len; i++)
    {
      EtsFixation *known = &g_array_index (table->fixations, EtsFixation, i);

      if (known->pid != pid || (!all && --known->count > 0))
        continue;
      g_array_remove_index (table->fixations, i);
      pthread_rwlock_wrlock (&store->lock);
      owner_forget (store, pid, table, true);
      pthread_rwlock_unlock (&store->lock);
      if (table->fixations->len == 0 && ets_is_hash (table))
        hash_purge (table);
      return;
    }
}

void
ets_table_unfix (Process *p, EtsTable *table)
{
  unfix (table, p->id, false);
}

/* --- owners ---------------------------------------------------------------------- */

void
ets_table_set_heir (EtsTable *table, VmPid heir, Term data)
{
  if (table->heir_fragment != NULL)
    heap_fragment_free (table->vm, table->heir_fragment);
  table->heir_fragment = NULL;
  table->heir = heir;
  if (heir != VM_PID_NONE)
    table->heir_fragment = term_copy_to_fragment (table->vm, data, &table->heir_data);
}

/* What an owner calls its table. */
static Term
table_id (Process *p, EtsTable *table)
{
  return table->is_named ? table->name : ets_table_ref (p, table);
}

static void
change_owner (EtsTable *table, VmPid to)
{
  EtsStore *store = (EtsStore *) table->vm->ets;

  pthread_rwlock_wrlock (&store->lock);
  owner_forget (store, table->owner, table, false);
  g_ptr_array_add (owner_of (store, to)->owned, table);
  pthread_rwlock_unlock (&store->lock);
  table->owner = to;
}

bool
ets_table_give (Process *by, EtsTable *table, VmPid to, Term data)
{
  Process *target = process_table_lookup (table->vm, to);
  VmPid    from = table->owner;
  bool     found;

  if (target == NULL)
    return false;
  change_owner (table, to);
  /* It may have looked for its tables before this one was among them; if it did
   * not, it waits for the lock that we hold. */
  if ((atomic_load (&target->state) & PS_EXITING) != 0)
    {
      change_owner (table, from);
      return false;
    }
  process_send (
    table->vm, by, to,
    tuple_new (&by->heap, 4, A (ETS_TRANSFER), table_id (by, table), make_pid (from), data),
    &found);
  return found;
}

/* The table of an owner that is gone by now: TRUE: it has another one. */
static bool
give_to_heir (Process *p, EtsTable *table)
{
  VmPid heir = table->heir;

  return heir != VM_PID_NONE && heir != p->id && ets_table_give (p, table, heir, table->heir_data);
}

/* One of the tables @p owns (or has fixed), with a count; NULL: none left. */
static EtsTable *
next_of_owner (EtsStore *store, VmPid pid, bool is_fixation)
{
  EtsTable *table = NULL;
  Owner    *owner;

  pthread_rwlock_rdlock (&store->lock);
  owner = g_hash_table_lookup (store->owners, GUINT_TO_POINTER (pid));
  if (owner != NULL)
    {
      GPtrArray *tables = is_fixation ? owner->fixed : owner->owned;

      if (tables->len > 0)
        {
          table = tables->pdata[0];
          binary_ref (table->self);
        }
    }
  pthread_rwlock_unlock (&store->lock);
  return table;
}

void
ets_process_exit (VmMachine *vm, Process *p)
{
  EtsStore *store = (EtsStore *) vm->ets;
  EtsTable *table;

  while ((table = next_of_owner (store, p->id, false)) != NULL)
    {
      pthread_rwlock_wrlock (&table->lock);
      if (table->is_deleted || table->owner != p->id || give_to_heir (p, table))
        pthread_rwlock_unlock (&table->lock);
      else
        ets_table_delete (table);
      ets_table_unref (table);
    }
  while ((table = next_of_owner (store, p->id, true)) != NULL)
    {
      pthread_rwlock_wrlock (&table->lock);
      unfix (table, p->id, true);
      pthread_rwlock_unlock (&table->lock);
      ets_table_unref (table);
    }
  if (is_super_user (store, p->id))
    ets_set_super_user (p, false);
}
