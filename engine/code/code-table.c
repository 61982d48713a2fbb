/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <gio/gio.h>

#include "engine/base/lock.h"
#include "engine/code/beam-file.h"
#include "engine/code/code-table.h"

/* All loaded code of a machine.
 *
 * Exports and modules are found under `lock`; where a code address lies is found
 * without it, in a sorted array that is replaced as a whole when a module comes.
 * Replaced arrays are kept until the table goes: a reader may still search one. */

#define MODULE_LIMIT 65536

typedef struct
{
  const Cell *begin, *end;
  Module     *module;
} CodeRange;

typedef struct
{
  gsize     n;
  CodeRange ranges[];
} CodeRanges;

struct _CodeTable
{
  /* immutable */
  VmMachine *vm;
  ExportFunc fill_stub;
  const struct _BifDef *(*find_bif) (Term module, Term function, guint arity, gpointer data);
  gpointer find_bif_data;

  /* atomic */
  _Atomic (CodeRanges *)  ranges;
  _Atomic (const Cell **) catches; /* chunk pointers, CATCH_CHUNK targets each */

  /* lock */
  Lock         lock;
  GHashTable  *exports; /* ExportKey in Export → Export */
  GHashTable  *modules; /* atom → Module, current versions */
  GPtrArray   *all;     /* Module, every version, load order */
  GPtrArray   *old_ranges;
  GPtrArray   *path;  /* dirs, searched in order */
  GHashTable  *files; /* module name → path, of the dirs listed so far */
  guint        n_dirs_listed;
  const Cell **catch_targets;
  guint64      n_catches, catch_space;
  GPtrArray   *old_catches;

  /* lock: loading (taken before `lock`) */
  Lock load_lock;
};

static guint
export_hash (gconstpointer key)
{
  const Export *e = key;
  return (guint) ((e->module >> 6) * 31 + (e->function >> 6) * 131 + e->arity);
}

static gboolean
export_equal (gconstpointer a, gconstpointer b)
{
  const Export *x = a, *y = b;
  return x->module == y->module && x->function == y->function && x->arity == y->arity;
}

CodeTable *
code_table_new (VmMachine *vm)
{
  CodeTable *table = g_new0 (CodeTable, 1);

  table->vm = vm;
  lock_init (&table->lock);
  lock_init (&table->load_lock);
  table->exports = g_hash_table_new_full (export_hash, export_equal, NULL, g_free);
  table->modules = g_hash_table_new (g_direct_hash, g_direct_equal);
  table->all = g_ptr_array_new_with_free_func ((GDestroyNotify) module_free);
  table->old_ranges = g_ptr_array_new_with_free_func (g_free);
  table->old_catches = g_ptr_array_new_with_free_func (g_free);
  table->path = g_ptr_array_new_with_free_func (g_free);
  table->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return table;
}

void
code_table_free (CodeTable *table)
{
  g_hash_table_unref (table->exports);
  g_hash_table_unref (table->modules);
  g_ptr_array_unref (table->all);
  g_ptr_array_unref (table->old_ranges);
  g_ptr_array_unref (table->old_catches);
  g_ptr_array_unref (table->path);
  g_hash_table_unref (table->files);
  g_free (atomic_load (&table->ranges));
  g_free (table->catch_targets);
  lock_clear (&table->lock);
  lock_clear (&table->load_lock);
  g_free (table);
}

void
code_table_set_hooks (CodeTable *table, ExportFunc fill_stub, FindBifFunc find_bif, gpointer data)
{
  table->fill_stub = fill_stub;
  table->find_bif = find_bif;
  table->find_bif_data = data;
}

bool
code_table_has_bif (CodeTable *table, Term module, Term function, guint arity)
{
  return table->find_bif != NULL &&
         table->find_bif (module, function, arity, table->find_bif_data) != NULL;
}

Export *
code_table_find_export (CodeTable *table, Term module, Term function, guint arity)
{
  Export key = { .module = module, .function = function, .arity = arity };
  Export *export;

  lock_take (&table->lock);
  export = g_hash_table_lookup (table->exports, &key);
  lock_drop (&table->lock);
  return export;
}

Export *
code_table_get_export (CodeTable *table, Term module, Term function, guint arity)
{
  Export key = { .module = module, .function = function, .arity = arity };
  Export *export;

  lock_take (&table->lock);
  export = g_hash_table_lookup (table->exports, &key);
  if (export == NULL)
    {
      export = g_new0 (Export, 1);
      export->module = module;
      export->function = function;
      export->arity = arity;
      if (table->find_bif != NULL)
        export->bif = table->find_bif (module, function, arity, table->find_bif_data);
      export->stub[0] = arity;
      if (table->fill_stub != NULL)
        table->fill_stub (table->vm, export);
      atomic_store (&export->address, export->stub + 1);
      g_hash_table_add (table->exports, export);
    }
  lock_drop (&table->lock);
  return export;
}

Term
code_table_get_export_fun (CodeTable *table, Export *export)
{
  Term fun;

  lock_take (&table->lock);
  fun = export->fun;
  if (fun == NONE)
    {
      FunThing *thing = (FunThing *) literals_alloc (table->vm, FUN_WORDS);
      if (thing != NULL)
        {
          thing->header = FUN_HEADER (export->arity, 0) | FUN_EXTERNAL_BIT;
          thing->next = NULL;
          thing->entry = export;
          thing->creator = NIL;
          thing->spare = NIL;
          fun = export->fun = make_boxed (&thing->header);
        }
    }
  lock_drop (&table->lock);
  return fun;
}

guint64
code_table_hook_external_fun (VmMachine *vm, guint64 module, guint64 function, guint arity)
{
  CodeTable *table = (CodeTable *) vm->code;

  return code_table_get_export_fun (table, code_table_get_export (table, module, function, arity));
}

gpointer
code_table_hook_fun_entry (
  VmMachine *vm, guint64 name, guint32 index, guint32 old_uniq, const guint8 *uniq)
{
  Module *module = code_table_find_module ((CodeTable *) vm->code, name);

  if (module == NULL || index >= module->n_funs || module->funs[index].old_uniq != old_uniq ||
      memcmp (module->funs[index].uniq, uniq, sizeof module->funs[index].uniq) != 0)
    return NULL;
  return &module->funs[index];
}

bool
export_has_code (const Export *export)
{
  return atomic_load_explicit (&((Export *) export)->address, memory_order_acquire) !=
         export->stub + 1;
}

Module *
code_table_find_module (CodeTable *table, Term name)
{
  Module *module;

  lock_take (&table->lock);
  module = g_hash_table_lookup (table->modules, (gpointer) name);
  lock_drop (&table->lock);
  return module;
}

GPtrArray *
code_table_list (CodeTable *table)
{
  GPtrArray     *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       value;
  guint          i;

  lock_take (&table->lock);
  g_hash_table_iter_init (&iter, table->modules);
  for (i = 0; i < table->all->len; i++)
    {
      value = table->all->pdata[i];
      if (g_hash_table_lookup (table->modules, (gpointer) ((Module *) value)->name) == value)
        g_ptr_array_add (list, value);
    }
  lock_drop (&table->lock);
  return list;
}

/* --- where code lies ------------------------------------------------------ */

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const CodeRange *x = a, *y = b;
  return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static void
add_range_locked (CodeTable *table, Module *module)
{
  CodeRanges *old = atomic_load_explicit (&table->ranges, memory_order_relaxed);
  gsize       n = old != NULL ? old->n : 0;
  CodeRanges *new = g_malloc (sizeof (CodeRanges) + (n + 1) * sizeof (CodeRange));

  new->n = n + 1;
  if (n > 0)
    memcpy (new->ranges, old->ranges, n * sizeof (CodeRange));
  new->ranges[n] = (CodeRange){ module->cells, module->cells + module->n_cells, module };
  qsort (new->ranges, new->n, sizeof (CodeRange), compare_ranges);
  atomic_store_explicit (&table->ranges, new, memory_order_release);
  if (old != NULL)
    g_ptr_array_add (table->old_ranges, old);
}

Module *
code_table_find_pc (CodeTable *table, const Cell *pc)
{
  CodeRanges *ranges = atomic_load_explicit (&table->ranges, memory_order_acquire);
  gsize       low = 0, high = ranges != NULL ? ranges->n : 0;

  while (low < high)
    {
      gsize      middle = (low + high) / 2;
      CodeRange *range = &ranges->ranges[middle];

      if (pc < range->begin)
        high = middle;
      else if (pc >= range->end)
        low = middle + 1;
      else
        return range->module;
    }
  return NULL;
}

const FunctionInfo *
module_find_function (const Module *module, const Cell *pc)
{
  guint32 cell = (guint32) (pc - module->cells);
  guint   low = 0, high = module->n_functions;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cell >= module->functions[middle].end)
        low = middle + 1;
      else
        high = middle;
    }
  if (low >= module->n_functions)
    return NULL;
  /* the func_info before the entry belongs to the function: function_clause is raised there */
  return cell + FUNC_INFO_CELLS >= module->functions[low].entry ? &module->functions[low] : NULL;
}

const LineEntry *
module_find_line (const Module *module, const Cell *pc)
{
  guint32             cell = (guint32) (pc - module->cells);
  guint               low = 0, high = module->n_lines;
  const FunctionInfo *function = module_find_function (module, pc);

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (module->lines[middle].cell <= cell)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0 || function == NULL)
    return NULL;
  if (module->lines[low - 1].cell + FUNC_INFO_CELLS < function->entry)
    return NULL; /* of the function before */
  return module->lines[low - 1].line != 0 ? &module->lines[low - 1] : NULL;
}

/* --- catch words ---------------------------------------------------------- */

guint64
code_table_add_catch (CodeTable *table, const Cell *target)
{
  guint64 index;

  lock_take (&table->lock);
  if (table->n_catches == table->catch_space)
    {
      guint64      space = MAX (1024, table->catch_space * 2);
      const Cell **targets = g_new (const Cell *, space);

      if (table->n_catches > 0)
        memcpy (targets, table->catch_targets, table->n_catches * sizeof (Cell *));
      if (table->catch_targets != NULL)
        g_ptr_array_add (table->old_catches, table->catch_targets);
      table->catch_targets = targets;
      table->catch_space = space;
    }
  index = table->n_catches++;
  table->catch_targets[index] = target;
  atomic_store_explicit (&table->catches, table->catch_targets, memory_order_release);
  lock_drop (&table->lock);
  return index;
}

const Cell *
code_table_catch_target (CodeTable *table, guint64 index)
{
  return atomic_load_explicit (&table->catches, memory_order_acquire)[index];
}

/* --- files ---------------------------------------------------------------- */

void
code_table_add_path (CodeTable *table, const char *dir, gboolean first)
{
  lock_take (&table->lock);
  g_ptr_array_insert (table->path, first ? 0 : -1, g_strdup (dir));
  if (first)
    {
      g_hash_table_remove_all (table->files);
      table->n_dirs_listed = 0;
    }
  lock_drop (&table->lock);
}

char **
code_table_dup_path (CodeTable *table)
{
  char **dirs;
  guint  i;

  lock_take (&table->lock);
  dirs = g_new0 (char *, table->path->len + 1);
  for (i = 0; i < table->path->len; i++)
    dirs[i] = g_strdup (table->path->pdata[i]);
  lock_drop (&table->lock);
  return dirs;
}

/* Lists the directories of the path once: a look-up in the installed OTP must
 * not try some forty directories for every module. */
static void
list_dirs_locked (CodeTable *table)
{
  while (table->n_dirs_listed < table->path->len)
    {
      const char *dir = table->path->pdata[table->n_dirs_listed++];
      g_autoptr (GDir) handle = g_dir_open (dir, 0, NULL);
      const char *name;

      while (handle != NULL && (name = g_dir_read_name (handle)) != NULL)
        if (g_str_has_suffix (name, ".beam"))
          {
            g_autofree char *module = g_strndup (name, strlen (name) - 5);

            if (!g_hash_table_contains (table->files, module))
              g_hash_table_insert (table->files, g_steal_pointer (&module),
                                   g_build_filename (dir, name, NULL));
          }
    }
}

char *
code_table_find_file (CodeTable *table, const char *module)
{
  char            *path = NULL;
  guint            i;
  g_autofree char *name = g_strconcat (module, ".beam", NULL);

  lock_take (&table->lock);
  list_dirs_locked (table);
  path = g_strdup (g_hash_table_lookup (table->files, module));
  /* a file that came after the directories were listed */
  for (i = 0; path == NULL && i < table->path->len; i++)
    {
      g_autofree char *candidate = g_build_filename (table->path->pdata[i], name, NULL);

      if (g_file_test (candidate, G_FILE_TEST_IS_REGULAR))
        path = g_steal_pointer (&candidate);
    }
  lock_drop (&table->lock);
  return path;
}

/* --- loading -------------------------------------------------------------- */

static void
publish (CodeTable *table, Module *module)
{
  guint i;

  lock_take (&table->lock);
  g_ptr_array_add (table->all, module);
  add_range_locked (table, module);
  lock_drop (&table->lock);
  for (i = 0; i < module->n_exports; i++)
    {
      Export *export = module->exports[i];

      /* a BIF stays the BIF: the module's own body is only a stub for the compiler */
      if (export->bif == NULL)
        atomic_store_explicit (&export->address, module->export_addresses[i], memory_order_release);
    }
  /* Last: who finds the module counts on its exports. */
  lock_take (&table->lock);
  g_hash_table_insert (table->modules, (gpointer) module->name, module);
  lock_drop (&table->lock);
}

static Module *
load_bytes_locked (
  CodeTable *table, const guint8 *data, gsize len, const char *path, Term expected, GError **error)
{
  BeamFile *file = beam_file_read (table->vm, data, len, path, error);
  Module   *module;

  if (file == NULL)
    return NULL;
  if (expected != NONE && file->module != expected)
    {
      g_set_error (error, VM_ERROR, VM_ERROR_FORMAT,
                   "%s: holds module “%s”, not “%s”: rename the file or the module", path,
                   atom_name (table->vm->atoms, file->module, NULL),
                   atom_name (table->vm->atoms, expected, NULL));
      beam_file_free (file);
      return NULL;
    }
  module = code_select (table->vm, file, error);
  beam_file_free (file);
  if (module != NULL)
    publish (table, module);
  return module;
}

Module *
code_table_load_bytes (
  CodeTable *table, const guint8 *data, gsize len, const char *path, GError **error)
{
  Module *module;

  lock_take (&table->load_lock);
  module = load_bytes_locked (table, data, len, path, NONE, error);
  lock_drop (&table->load_lock);
  return module;
}

Module *
code_table_load (CodeTable *table, Term name, GError **error)
{
  const char      *text = atom_name (table->vm->atoms, name, NULL);
  Module          *module = code_table_find_module (table, name);
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  gsize            len;

  if (module != NULL)
    return module;
  if (strchr (text, '/') != NULL)
    return NULL;
  lock_take (&table->load_lock);
  module = code_table_find_module (table, name); /* another scheduler may have been first */
  if (module == NULL && (path = code_table_find_file (table, text)) != NULL)
    {
      GError *read_error = NULL;

      if (g_file_get_contents (path, &data, &len, &read_error))
        module = load_bytes_locked (table, (const guint8 *) data, len, path, name, error);
      else
        {
          g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND, "%s", read_error->message);
          g_error_free (read_error);
        }
    }
  lock_drop (&table->load_lock);
  return module;
}
