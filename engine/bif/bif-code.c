/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

/* Loaded code: what is there, loading more. */

#include "engine/bif/bif-util.h"
#include "engine/bif/magic.h"
#include "engine/code/beam-file.h"
#include "engine/code/code-table.h"

static CodeTable *
code_of (Process *p)
{
  return (CodeTable *) p->vm->code;
}

/* function_exported (M, F, A): also for BIFs. */
Term
bif_function_exported_3 (Process *p, Term *args)
{
  Export *export;

  if (!term_is_atom (args[0]) || !term_is_atom (args[1]) || !term_is_small (args[2]))
    return bif_badarg (p);
  if (small_value (args[2]) < 0 || small_value (args[2]) > 255)
    return bool_term (false);
  export = code_table_find_export (code_of (p), args[0], args[1], (guint) small_value (args[2]));
  return bool_term (export != NULL && (export_has_code (export) || export->bif != NULL));
}

Term
bif_module_loaded_1 (Process *p, Term *args)
{
  if (!term_is_atom (args[0]))
    return bif_badarg (p);
  return bool_term (code_table_find_module (code_of (p), args[0]) != NULL);
}

Term
bif_loaded_0 (Process *p, Term *args)
{
  g_autoptr (GPtrArray) modules = code_table_list (code_of (p));
  Term  list = NIL;
  guint i;

  for (i = modules->len; i > 0; i--)
    {
      Term name = ((Module *) modules->pdata[i - 1])->name;
      list = list_new (&p->heap, &name, 1, list);
    }
  return list;
}

/* What ERTS preloads; here these come from files like all others. */
Term
bif_pre_loaded_0 (Process *p, Term *args)
{
  Term  list = NIL;
  guint i;

  for (i = g_strv_length ((char **) code_preloaded); i > 0; i--)
    {
      Term name = atom_named (p, code_preloaded[i - 1]);
      list = list_new (&p->heap, &name, 1, list);
    }
  return list;
}

/* --- module_info ------------------------------------------------------------------ */

static Term
pair_list (Process *p, Term list, Term a, Term b)
{
  Term pair = pair_new (p, a, b);
  return list_new (&p->heap, &pair, 1, list);
}

static Term
exports_of (Process *p, const Module *module)
{
  Term  list = NIL;
  guint i;

  for (i = 0; i < module->n_exports; i++)
    list =
      pair_list (p, list, module->exports[i]->function, make_small (module->exports[i]->arity));
  return list;
}

static Term
functions_of (Process *p, const Module *module)
{
  Term  list = NIL;
  guint i;

  for (i = module->n_functions; i > 0; i--)
    list = pair_list (p, list, module->functions[i - 1].name,
                      make_small (module->functions[i - 1].arity));
  return list;
}

static Term
info_item (Process *p, const Module *module, const char *item)
{
  if (g_str_equal (item, "module"))
    return module->name;
  if (g_str_equal (item, "exports"))
    return exports_of (p, module);
  if (g_str_equal (item, "functions"))
    return functions_of (p, module);
  if (g_str_equal (item, "attributes"))
    return module->attributes;
  if (g_str_equal (item, "compile"))
    return module->compile_info;
  if (g_str_equal (item, "md5"))
    return binary_new_copy (&p->heap, module->md5, sizeof module->md5);
  if (g_str_equal (item, "native_addresses"))
    return NIL;
  if (g_str_equal (item, "nifs"))
    return NIL;
  return NONE;
}

Term
bif_get_module_info_1 (Process *p, Term *args)
{
  static const char *const items[] = { "md5", "compile", "attributes", "exports", "module" };
  Module                  *module = term_is_atom (args[0])
                                      ? code_table_find_module (code_of (p), args[0])
                                      : NULL;
  Term                     list = NIL;
  guint                    i;

  if (module == NULL)
    return bif_badarg (p);
  for (i = 0; i < G_N_ELEMENTS (items); i++)
    list = pair_list (p, list, atom_named (p, items[i]), info_item (p, module, items[i]));
  return list;
}

Term
bif_get_module_info_2 (Process *p, Term *args)
{
  Module *module = term_is_atom (args[0]) ? code_table_find_module (code_of (p), args[0]) : NULL;
  Term    value;

  if (module == NULL || !term_is_atom (args[1]))
    return bif_badarg (p);
  value = info_item (p, module, atom_name (p->vm->atoms, args[1], NULL));
  return value != NONE ? value : bif_badarg (p);
}

/* --- loading ----------------------------------------------------------------------- */

/* load_module (Name): {module, Name}, {error, nofile} or {error, {badfile, Text}}. */
Term
bif_beamlab_load_module_1 (Process *p, Term *args)
{
  g_autoptr (GError) error = NULL;

  if (!term_is_atom (args[0]))
    return bif_badarg (p);
  if (code_table_load (code_of (p), args[0], &error) != NULL)
    return pair_new (p, A (module), args[0]);
  if (error != NULL)
    return pair_new (
      p, A (error),
      pair_new (p, atom_named (p, "badfile"), string_new (&p->heap, error->message, -1)));
  return pair_new (p, A (error), atom_named (p, "nofile"));
}

/* module_file (Name): the path it would be, or was, loaded from; or false. */
Term
bif_beamlab_module_file_1 (Process *p, Term *args)
{
  Module          *module;
  g_autofree char *path = NULL;

  if (!term_is_atom (args[0]))
    return bif_badarg (p);
  module = code_table_find_module (code_of (p), args[0]);
  path = module != NULL
           ? g_strdup (module->path)
           : code_table_find_file (code_of (p), atom_name (p->vm->atoms, args[0], NULL));
  return path != NULL ? string_new (&p->heap, path, -1) : A (false);
}

/* code_path (): list of strings */
Term
bif_beamlab_code_path_0 (Process *p, Term *args)
{
  g_auto (GStrv) dirs = code_table_dup_path (code_of (p));
  Term  list = NIL;
  guint i;

  for (i = g_strv_length (dirs); i > 0; i--)
    {
      Term dir = string_new (&p->heap, dirs[i - 1], -1);
      list = list_new (&p->heap, &dir, 1, list);
    }
  return list;
}

/* add_path (Dir, first | last) */
Term
bif_beamlab_add_path_2 (Process *p, Term *args)
{
  gsize            size;
  guint8          *to_free = NULL;
  const guint8    *bytes = binary_bytes (args[0], &size, &to_free);
  g_autofree char *dir = NULL;

  if (bytes == NULL)
    return bif_badarg (p);
  dir = g_strndup ((const char *) bytes, size);
  g_free (to_free);
  if (!g_file_test (dir, G_FILE_TEST_IS_DIR))
    return pair_new (p, A (error), atom_named (p, "bad_directory"));
  code_table_add_path (code_of (p), dir, args[1] != atom_named (p, "last"));
  return A (true);
}

/* Prepared code: the bytes, checked when they are finished. */
typedef struct
{
  guint8 *bytes;
  gsize   len;
  Term    module;
} Prepared;

static void
prepared_destroy (gpointer magic)
{
  Prepared *prepared = magic_data (magic);

  g_free (prepared->bytes);
}

/* prepare_loading (Module, Binary): a magic reference, or {error, badfile} */
Term
bif_erts_internal_prepare_loading_2 (Process *p, Term *args)
{
  gsize          size;
  guint8        *to_free = NULL;
  const guint8  *bytes;
  OffHeapBinary *magic;
  Prepared      *prepared;
  BeamFile      *file;
  g_autoptr (GError) error = NULL;

  if (!term_is_atom (args[0]) || (bytes = binary_bytes (args[1], &size, &to_free)) == NULL)
    return bif_badarg (p);
  file = beam_file_read (p->vm, bytes, size, atom_name (p->vm->atoms, args[0], NULL), &error);
  if (file == NULL || file->module != args[0])
    {
      g_clear_pointer (&file, beam_file_free);
      g_free (to_free);
      return pair_new (p, A (error), atom_named (p, "badfile"));
    }
  beam_file_free (file);
  magic = magic_new (p->vm, sizeof (Prepared), prepared_destroy);
  prepared = magic_data (magic);
  prepared->bytes = to_free != NULL ? to_free : g_memdup2 (bytes, size);
  prepared->len = size;
  prepared->module = args[0];
  return magic_ref (p, magic);
}

Term
bif_has_prepared_code_on_load_1 (Process *p, Term *args)
{
  if (magic_ref_data (args[0], prepared_destroy) == NULL)
    return bif_badarg (p);
  return A (false);
}

/* finish_loading ([Prepared]): ok */
Term
bif_finish_loading_1 (Process *p, Term *args)
{
  Term list;

  for (list = args[0]; term_is_list (list); list = list_tail (list))
    if (magic_ref_data (list_head (list), prepared_destroy) == NULL)
      return bif_badarg (p);
  if (list != NIL)
    return bif_badarg (p);
  for (list = args[0]; term_is_list (list); list = list_tail (list))
    {
      Prepared *prepared = magic_ref_data (list_head (list), prepared_destroy);
      g_autoptr (GError) error = NULL;

      if (code_table_load_bytes (code_of (p), prepared->bytes, prepared->len,
                                 atom_name (p->vm->atoms, prepared->module, NULL), &error) == NULL)
        return bif_badarg (p);
    }
  return A (ok);
}

Term
bif_check_old_code_1 (Process *p, Term *args)
{
  return term_is_atom (args[0]) ? A (false) : bif_badarg (p);
}

/* Old versions stay as long as the machine: nothing has to be killed to purge. */
Term
bif_erts_internal_purge_module_2 (Process *p, Term *args)
{
  return term_is_atom (args[0]) ? A (true) : bif_badarg (p);
}

/* beamfile_module_md5 (Binary): the MD5 that module_info (md5) will show, or undefined */
Term
bif_erts_internal_beamfile_module_md5_1 (Process *p, Term *args)
{
  gsize         size;
  guint8       *to_free = NULL;
  const guint8 *bytes = binary_bytes (args[0], &size, &to_free);
  g_autoptr (GError) error = NULL;
  BeamFile *file;
  Term      result = A (undefined);

  if (bytes == NULL)
    return bif_badarg (p);
  file = beam_file_read (p->vm, bytes, size, "binary", &error);
  if (file != NULL)
    {
      result = binary_new_copy (&p->heap, file->md5, sizeof file->md5);
      beam_file_free (file);
    }
  g_free (to_free);
  return result;
}

/* A module's native code is never loaded: what OTP has as NIFs is built in here. */
Term
bif_load_nif_2 (Process *p, Term *args)
{
  Term parts[2] = { atom_named (p, "notsup"),
                    string_new (&p->heap, "NIF libraries are not supported", -1) };

  return pair_new (p, A (error), tuple_new_array (&p->heap, parts, 2));
}
