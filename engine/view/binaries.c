/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/view/binaries-private.h"

#include "engine/ets/ets.h"
#include "engine/ets/persistent.h"
#include "engine/ets/table.h"
#include "engine/mem/gc-private.h"
#include "engine/proc/process-table.h"
#include "engine/proc/signals.h"
#include "engine/term/atom-table.h"
#include "engine/term/term-order.h"

#include <string.h>

#define MAX_WORDS_AT_REST 50000000u
#define MAX_WORDS_RUNNING 200000u
#define MAX_INTERVALS     1024 /* of one holder: more become one */
#define TEXT_BYTES        24

/* --- what is found --------------------------------------------------------------- */

HolderBuild *
binaries_add_holder (
  BinariesBuilder *b, ProcBin *pb, VmHolderPlace place, VmPid pid, const char *owner)
{
  guint       at = GPOINTER_TO_UINT (g_hash_table_lookup (b->block_of, pb->binary));
  guint       index = b->holders->len;
  HolderBuild build = { .pb = pb, .is_writable = pb->flags != 0 };
  BlockBuild *block;

  if ((pb->binary->flags & BINARY_MAGIC) != 0)
    return NULL;
  if (at == 0)
    {
      BlockBuild made = { pb->binary, g_array_new (FALSE, FALSE, sizeof (guint)), 0 };

      g_array_append_val (b->blocks, made);
      at = b->blocks->len;
      g_hash_table_insert (b->block_of, pb->binary, GUINT_TO_POINTER (at));
    }
  block = &g_array_index (b->blocks, BlockBuild, at - 1);
  if (build.is_writable)
    block->spare = pb->binary->size - MIN (pb->binary->size, pb->size);
  build.block = at - 1;
  build.holder = (VmHolder){ .pid = pid, .owner = owner, .place = place };
  g_array_append_val (block->holders, index);
  g_array_append_val (b->holders, build);
  g_hash_table_insert (b->holder_of, pb, GUINT_TO_POINTER (index + 1));
  return &g_array_index (b->holders, HolderBuild, index);
}

void
binaries_show (BinariesBuilder *b, HolderBuild *holder, guint64 from, guint64 to)
{
  Interval interval = { from, MIN (to, holder->pb->binary->size) };

  if (interval.from >= interval.to)
    return;
  if (holder->shown == NULL)
    holder->shown = g_array_new (FALSE, FALSE, sizeof (Interval));
  if (holder->shown->len == MAX_INTERVALS)
    {
      Interval *last = &g_array_index (holder->shown, Interval, MAX_INTERVALS - 1);

      last->from = MIN (last->from, interval.from);
      last->to = MAX (last->to, interval.to);
      return;
    }
  g_array_append_val (holder->shown, interval);
}

static int
compare_intervals (gconstpointer a, gconstpointer b)
{
  const Interval *x = a, *y = b;

  return x->from < y->from ? -1 : x->from > y->from;
}

/* Bytes in any of @intervals. Sorts them. */
static guint64
count_bytes (GArray *intervals)
{
  guint64 bytes = 0, end = 0;

  if (intervals == NULL)
    return 0;
  g_array_sort (intervals, compare_intervals);
  for (guint i = 0; i < intervals->len; i++)
    {
      const Interval *interval = &g_array_index (intervals, Interval, i);

      if (interval->to <= end)
        continue;
      bytes += interval->to - MAX (interval->from, end);
      end = interval->to;
    }
  return bytes;
}

/* --- processes --------------------------------------------------------------------- */

static VmHolderPlace
place_in (const Process *p, const Term *thing)
{
  const Heap *heap = &p->heap;

  if (thing >= heap->start && thing < heap->hend)
    return VM_HOLDER_YOUNG;
  return heap->old_start != NULL && thing >= heap->old_start && thing < heap->old_end
           ? VM_HOLDER_OLD
           : VM_HOLDER_FRAGMENT;
}

static void
add_chain (BinariesBuilder *b, const Process *p, Term *thing, const char *owner)
{
  for (; thing != NULL; thing = *off_heap_next (thing))
    if (*thing == PROC_BIN_HEADER)
      binaries_add_holder (b, (ProcBin *) thing, place_in (p, thing), p->id, owner);
}

static void
add_queue (BinariesBuilder *b, const Process *p, const Message *m, const char *owner)
{
  for (; m != NULL; m = m->next)
    {
      if (m->kind != SIGNAL_MESSAGE && m->kind != SIGNAL_ALIAS_MESSAGE)
        continue;
      for (HeapFragment *f = m->fragment; f != NULL; f = f->next)
        for (Term *thing = f->off_heap.first; thing != NULL; thing = *off_heap_next (thing))
          if (*thing == PROC_BIN_HEADER)
            binaries_add_holder (b, (ProcBin *) thing, VM_HOLDER_MESSAGE, p->id, owner);
    }
}

static const char *
process_name (BinariesBuilder *b, const Process *p)
{
  g_autofree char *lab_name =
    b->builder.name_of != NULL ? b->builder.name_of (b->vm, p->id) : NULL;
  char pid[32];

  if (lab_name != NULL)
    return snapshot_text (&b->builder, lab_name);
  if (p->registered_name != NONE)
    return snapshot_text (&b->builder, atom_name (b->vm->atoms, p->registered_name, NULL));
  return snapshot_text (&b->builder, vm_pid_format (p->id, pid));
}

static void
add_processes (BinariesBuilder *b)
{
  g_autoptr (GArray) pids = process_table_list (b->vm);

  for (guint i = 0; i < pids->len; i++)
    {
      Process    *p = process_table_lookup (b->vm, g_array_index (pids, VmPid, i));
      guint       first = b->holders->len;
      const char *owner;

      if (p == NULL)
        continue;
      owner = process_name (b, p);
      add_chain (b, p, p->heap.off_heap.first, owner);
      add_chain (b, p, p->heap.writable_bins, owner);
      add_queue (b, p, p->messages, owner);
      add_queue (b, p, (const Message *) p->middle, owner);
      lock_take (&p->signal_lock);
      add_queue (b, p, (const Message *) p->outer, owner);
      lock_drop (&p->signal_lock);
      binaries_reach (b, p, first);
    }
}

/* --- tables and persistent terms ------------------------------------------------------ */

static void
add_object (BinariesBuilder *b, const EtsTable *table, const EtsObject *object, const char *owner)
{
  for (Term *thing = object->off_heap; thing != NULL; thing = *off_heap_next (thing))
    {
      ProcBin         *pb = (ProcBin *) thing;
      HolderBuild     *build;
      guint64          from;
      g_autofree char *root = NULL;

      if (*thing != PROC_BIN_HEADER ||
          (build = binaries_add_holder (b, pb, VM_HOLDER_TABLE, VM_PID_NONE, owner)) == NULL)
        continue;
      from = (guint64) (pb->bytes - pb->binary->data);
      root = g_strdup_printf ("key %s",
                              snapshot_term (&b->builder, ets_key (table, object->tuple)));
      build->holder.reach = VM_REACH_LIVE;
      build->holder.is_whole = TRUE;
      build->holder.root = snapshot_text (&b->builder, root);
      binaries_show (b, build, from, from + pb->size);
    }
}

static void
add_table (BinariesBuilder *b, EtsTable *table)
{
  const char *owner = snapshot_term (&b->builder, table->name);

  if (ets_is_hash (table))
    {
      guint slot = 0;

      for (HashNode *node = hash_first (table, &slot); node != NULL;
           node = hash_next (table, node, &slot))
        add_object (b, table, &node->object, owner);
    }
  else
    for (TreeNode *node = tree_first (table); node != NULL;
         node = tree_after (table, ets_key (table, node->object.tuple)))
      add_object (b, table, &node->object, owner);
}

static void
add_tables (BinariesBuilder *b)
{
  GPtrArray *tables = ets_store_list (b->vm);

  for (guint i = 0; i < tables->len; i++)
    {
      EtsTable *table = g_ptr_array_index (tables, i);

      if (!table->is_deleted)
        add_table (b, table);
      ets_table_unref (table);
    }
  g_ptr_array_unref (tables);
}

/* A persistent term is a constant: its parts are gone through, however deep. */
static void
add_persistent (Term key, Term value, gpointer data)
{
  BinariesBuilder *b = data;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (Term));

  g_array_append_val (todo, value);
  while (todo->len > 0)
    {
      Term  t = g_array_index (todo, Term, todo->len - 1);
      Term *p = (Term *) (t & ~(Term) TAG_MASK), *slots = p;
      gsize n = 2;

      g_array_set_size (todo, todo->len - 1);
      if (term_is_immediate (t) || term_is_header (t) || !g_hash_table_add (seen, p))
        continue;
      if (term_has_subtag (t, SUB_PROC_BIN))
        {
          ProcBin     *pb = (ProcBin *) p;
          HolderBuild *build = binaries_add_holder (b, pb, VM_HOLDER_PERSISTENT, VM_PID_NONE,
                                                    snapshot_term (&b->builder, key));
          guint64      from = (guint64) (pb->bytes - pb->binary->data);

          if (build == NULL)
            continue;
          build->holder.reach = VM_REACH_LIVE;
          build->holder.is_whole = TRUE;
          binaries_show (b, build, from, from + pb->size);
          continue;
        }
      if (term_is_boxed (t))
        n = thing_slots (p, &slots);
      g_array_append_vals (todo, slots, (guint) n);
    }
}

/* --- the list ---------------------------------------------------------------------------- */

static int
compare_blocks (gconstpointer a, gconstpointer b)
{
  const BlockBuild *x = a, *y = b;

  if (x->binary->size != y->binary->size)
    return x->binary->size > y->binary->size ? -1 : 1;
  /* equal ones in the order they were found: addresses would differ from run to run */
  return g_array_index (x->holders, guint, 0) < g_array_index (y->holders, guint, 0) ? -1 : 1;
}

static const char *
print_bytes (BinariesBuilder *b, const OffHeapBinary *binary, guint64 n)
{
  g_autoptr (GString) text = g_string_new ("<<");
  guint64  listed = MIN (n, TEXT_BYTES);
  gboolean is_text = TRUE;

  for (guint64 i = 0; i < listed; i++)
    is_text &= binary->data[i] >= 32 && binary->data[i] < 127 && binary->data[i] != '"';
  if (is_text)
    g_string_append_printf (text, "\"%.*s%s\"", (int) listed, (const char *) binary->data,
                            n > listed ? "…" : "");
  else
    for (guint64 i = 0; i < MIN (listed, 8); i++)
      g_string_append_printf (text, "%s%u", i > 0 ? "," : "", binary->data[i]);
  if (!is_text && n > 8)
    g_string_append (text, ",…");
  g_string_append (text, ">>");
  return snapshot_text (&b->builder, text->str);
}

/* What a collection of the holders, or copies made by them, would free. */
static void
judge (BinariesBuilder *b, const BlockBuild *block, VmBinary *binary)
{
  gboolean has_old = FALSE, has_live = FALSE, is_known = binary->n_elsewhere == 0;
  guint64  copies = 0;

  for (guint i = 0; i < block->holders->len; i++)
    {
      const VmHolder *holder =
        &g_array_index (b->holders, HolderBuild, g_array_index (block->holders, guint, i)).holder;

      has_old |= holder->place == VM_HOLDER_OLD;
      has_live |= holder->reach == VM_REACH_LIVE;
      is_known &= holder->reach != VM_REACH_UNKNOWN;
      if (holder->reach == VM_REACH_LIVE)
        copies += holder->bytes;
    }
  if (!is_known)
    return;
  if (!has_live)
    {
      binary->freed_by = has_old ? VM_FREED_BY_FULL : VM_FREED_BY_ANY;
      b->result->bytes_garbage += binary->bytes;
      return;
    }
  b->result->bytes_pinned += binary->bytes - binary->bytes_spare - binary->bytes_shown;
  if (copies < binary->bytes)
    binary->copy_frees = binary->bytes - copies;
}

static void
fill_binary (BinariesBuilder *b, const BlockBuild *block, VmBinary *binary, gboolean is_listed)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Interval));
  VmHolder *listed;

  binary->bytes = block->binary->size;
  binary->n_references =
    (guint64) __atomic_load_n (&block->binary->ref_count, __ATOMIC_RELAXED);
  binary->n_holders = block->holders->len;
  binary->n_elsewhere = binary->n_references - MIN (binary->n_references, binary->n_holders);
  binary->n_listed = is_listed ? MIN (binary->n_holders, VM_BINARIES_MAX_HOLDERS) : 0;
  listed = g_new0 (VmHolder, MAX (binary->n_listed, 1));
  for (guint i = 0; i < block->holders->len; i++)
    {
      HolderBuild *build =
        &g_array_index (b->holders, HolderBuild, g_array_index (block->holders, guint, i));

      if (build->shown != NULL)
        g_array_append_vals (all, build->shown->data, build->shown->len);
      build->holder.bytes = count_bytes (build->shown);
      if (i < binary->n_listed)
        listed[i] = build->holder;
    }
  binary->holders = listed;
  binary->bytes_shown = count_bytes (all);
  binary->bytes_spare = MIN (block->spare, binary->bytes - binary->bytes_shown);
  if (is_listed)
    binary->text = print_bytes (b, block->binary, binary->bytes - block->spare);
  judge (b, block, binary);
}

static void
fill_list (BinariesBuilder *b)
{
  VmBinaries *result = b->result;
  VmBinary   *binaries;

  g_array_sort (b->blocks, compare_blocks);
  result->n_binaries = b->blocks->len;
  result->n_listed = MIN (b->blocks->len, VM_BINARIES_MAX_LISTED);
  binaries = g_new0 (VmBinary, MAX (result->n_listed, 1));
  for (guint i = 0; i < b->blocks->len; i++)
    {
      VmBinary  other = { 0 };
      gboolean  is_listed = i < result->n_listed;
      VmBinary *binary = is_listed ? &binaries[i] : &other;

      binary->number = i + 1;
      fill_binary (b, &g_array_index (b->blocks, BlockBuild, i), binary, is_listed);
      result->bytes += binary->bytes;
      if (!is_listed)
        g_free ((gpointer) other.holders);
    }
  result->binaries = binaries;
}

VmBinaries *
binaries_make (VmMachine *vm, const VmStatus *status, SnapshotNameFunc name_of)
{
  VmBinaries     *result = g_new0 (VmBinaries, 1);
  BinariesBuilder b = { .vm = vm, .result = result };

  g_atomic_ref_count_init (&result->ref_count);
  result->strings = g_string_chunk_new (4096);
  result->serial = status->serial;
  result->time_ns = status->time_ns;
  result->is_complete = TRUE;
  b.builder = (SnapshotBuilder){ .vm = vm, .strings = result->strings, .name_of = name_of };
  b.blocks = g_array_new (FALSE, FALSE, sizeof (BlockBuild));
  b.holders = g_array_new (FALSE, FALSE, sizeof (HolderBuild));
  b.block_of = g_hash_table_new (NULL, NULL);
  b.holder_of = g_hash_table_new (NULL, NULL);
  b.n_words_left = status->state == VM_STATE_RUNNING ? MAX_WORDS_RUNNING : MAX_WORDS_AT_REST;
  add_processes (&b);
  add_tables (&b);
  persistent_terms_foreach ((PersistentTerms *) vm->persistent, add_persistent, &b);
  fill_list (&b);
  for (guint i = 0; i < b.holders->len; i++)
    if (g_array_index (b.holders, HolderBuild, i).shown != NULL)
      g_array_unref (g_array_index (b.holders, HolderBuild, i).shown);
  for (guint i = 0; i < b.blocks->len; i++)
    g_array_unref (g_array_index (b.blocks, BlockBuild, i).holders);
  g_array_unref (b.blocks);
  g_array_unref (b.holders);
  g_hash_table_unref (b.block_of);
  g_hash_table_unref (b.holder_of);
  return result;
}

/* --- vm-binaries.h ----------------------------------------------------------------------- */

VmBinaries *
vm_binaries_ref (VmBinaries *binaries)
{
  g_atomic_ref_count_inc (&binaries->ref_count);
  return binaries;
}

void
vm_binaries_unref (VmBinaries *binaries)
{
  if (binaries == NULL || !g_atomic_ref_count_dec (&binaries->ref_count))
    return;
  for (guint i = 0; i < binaries->n_listed; i++)
    g_free ((gpointer) binaries->binaries[i].holders);
  g_free ((gpointer) binaries->binaries);
  g_string_chunk_free (binaries->strings);
  g_free (binaries);
}

const char *
vm_holder_place_to_string (VmHolderPlace place)
{
  static const char *const names[] = {
#define X(name, text) [VM_HOLDER_##name] = text,
    VM_HOLDER_PLACES (X)
#undef X
  };

  g_return_val_if_fail (place < VM_N_HOLDER_PLACES, NULL);
  return names[place];
}
