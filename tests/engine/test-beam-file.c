/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/fixture.h"

#include "engine/code/beam-file.h"
#include "engine/code/opcodes.h"

#include <unistd.h>

#define N_MUTATIONS      4000
#define ROUNDS_A_MACHINE 200

/* Beams of the installed OTP, of which OTP_EBIN names some folders. */
static GPtrArray *
find_beams (void)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  char     **folders = g_strsplit (g_getenv ("OTP_EBIN"), ":", -1);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      GDir       *dir = g_dir_open (folders[i], 0, NULL);
      const char *name;

      g_assert_nonnull (dir);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          if (g_str_has_suffix (name, ".beam"))
            g_ptr_array_add (paths, g_build_filename (folders[i], name, NULL));
        }
      g_dir_close (dir);
    }
  g_strfreev (folders);
  g_assert_cmpuint (paths->len, >, 50);
  return paths;
}

static void
test_otp (void)
{
  g_autoptr (GPtrArray) paths = find_beams ();
  g_autoptr (Fixture) f = fixture_new ();
  guint64 n_ops = 0, n_literals = 0;

  for (guint i = 0; i < paths->len; i++)
    {
      char     *data, *own, *name;
      gsize     len;
      GError   *error = NULL;
      BeamFile *file;

      g_assert_true (g_file_get_contents (paths->pdata[i], &data, &len, NULL));
      file = beam_file_read (&f->vm, (guint8 *) data, len, paths->pdata[i], &error);
      g_assert_no_error (error);
      own = g_path_get_basename (paths->pdata[i]);
      name = g_strconcat (atom_name (f->vm.atoms, file->module, NULL), ".beam", NULL);
      g_assert_cmpstr (own, ==, name);
      g_assert_cmpuint (file->ops[file->n_ops - 1].op, ==, OP_int_code_end);
      g_assert_true (term_is_list (file->attributes));
      g_assert_true (term_is_list (file->compile_info));
      n_ops += file->n_ops;
      n_literals += file->n_literals;
      beam_file_free (file);
      g_free (own);
      g_free (name);
      g_free (data);
    }
  g_test_message ("%u files, %" G_GUINT64_FORMAT " instructions, %" G_GUINT64_FORMAT " literals",
                  paths->len, n_ops, n_literals);
  g_assert_cmpuint (n_ops, >, 100000);
  g_assert_cmpuint (n_literals, >, 10000);
}

/* --- against what OTP says of one file ------------------------------------ */

static char *
sample_path (void)
{
  g_autoptr (GPtrArray) paths = find_beams ();

  for (guint i = 0; i < paths->len; i++)
    {
      if (g_str_has_suffix (paths->pdata[i], "/lists.beam"))
        return g_strdup (paths->pdata[i]);
    }
  g_assert_not_reached ();
}

static void
test_tables (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *path = sample_path ();
  g_autofree char *command = g_strdup_printf (
    "erl -noinput -eval 'F = \"%s\", {ok, {_, [{exports, E}, {imports, I}, {locals, L}]}} = "
    "beam_lib:chunks (F, [exports, imports, locals]), {ok, {_, M}} = beam_lib:md5 (F), "
    "io:format (\"~b ~b ~b ~s\", [length (E), length (I), length (L), binary:encode_hex (M)]), "
    "halt ().'",
    path);
  g_autofree char *expected = NULL, *got = NULL, *data = NULL;
  GString         *md5 = g_string_new (NULL);
  gsize            len;
  BeamFile        *file;
  GError          *error = NULL;
  char            *argv[] = { (char *) "sh", (char *) "-c", command, NULL };

  g_assert_true (g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &expected, NULL,
                               NULL, &error));
  g_assert_no_error (error);

  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  file = beam_file_read (&f->vm, (guint8 *) data, len, path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sizeof file->md5; i++)
    g_string_append_printf (md5, "%02X", file->md5[i]);
  got = g_strdup_printf ("%u %u %u %s", file->n_exports, file->n_imports, file->n_locals, md5->str);
  g_assert_cmpstr (got, ==, expected);
  beam_file_free (file);
  g_string_free (md5, TRUE);
}

/* --- forms ---------------------------------------------------------------- */

static void
put_u32 (GByteArray *to, guint32 v)
{
  guint8 b[4] = { (guint8) (v >> 24), (guint8) (v >> 16), (guint8) (v >> 8), (guint8) v };
  g_byte_array_append (to, b, 4);
}

static void
put_chunk (GByteArray *file, const char *id, const guint8 *data, gsize len)
{
  static const guint8 zero[4];

  g_byte_array_append (file, (const guint8 *) id, 4);
  put_u32 (file, (guint32) len);
  if (len > 0)
    g_byte_array_append (file, data, (guint) len);
  g_byte_array_append (file, zero, (4 - len % 4) % 4);
}

/* A module m with one function f/0 whose body is @body. @atoms: the AtU8 chunk. */
static BeamFile *
read_module (
  Fixture *f, const guint8 *atoms, gsize n_atoms, const guint8 *body, gsize n_body, GError **error)
{
  static const guint8 head[] = { 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 184, 0, 0, 0, 3, 0, 0, 0, 1 };
  static const guint8 start[] = {
    1, 0x10, 2, 0x12, 0x22, 0x00, 1, 0x20
  }; /* label 1, func_info m f 0, label 2 */
  static const guint8 end[] = { 3 };
  static const guint8 none[] = { 0, 0, 0, 0 };
  static const guint8 exports[] = { 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2 };
  static const guint8 literals[] = {
    0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3, 131, 'a', 42
  }; /* as OTP 28 */
  GByteArray *code = g_byte_array_new (), *file = g_byte_array_new ();
  BeamFile   *result;

  g_byte_array_append (code, head, sizeof head);
  g_byte_array_append (code, start, sizeof start);
  g_byte_array_append (code, body, (guint) n_body);
  g_byte_array_append (code, end, sizeof end);
  g_byte_array_append (file, (const guint8 *) "FOR1\0\0\0\0BEAM", 12);
  put_chunk (file, "AtU8", atoms, n_atoms);
  put_chunk (file, "Code", code->data, code->len);
  put_chunk (file, "StrT", NULL, 0);
  put_chunk (file, "ImpT", none, sizeof none);
  put_chunk (file, "ExpT", exports, sizeof exports);
  put_chunk (file, "LitT", literals, sizeof literals);
  file->data[7] = (guint8) (file->len - 8);
  file->data[6] = (guint8) ((file->len - 8) >> 8);
  result = beam_file_read (&f->vm, file->data, file->len, "m.beam", error);
  g_byte_array_unref (code);
  g_byte_array_unref (file);
  return result;
}

static const guint8 old_atoms[] = { 0, 0, 0, 2, 1, 'm', 1, 'f' };

static void
test_otp28 (void)
{
  const guint8 atoms[] = { 0xff, 0xff, 0xff, 0xfe, 0x10, 'm', 0x10, 'f' };
  const guint8 long_atoms[] = { 0xff, 0xff, 0xff, 0xfe, 0x08, 1, 'm', 0x18, 0, 1, 'f' };
  const guint8 body[] = { 64, 0x47, 0x00, 0x03, 19 }; /* move {literal,0} x0; return */
  g_autoptr (Fixture) f = fixture_new ();
  GError   *error = NULL;
  BeamFile *file = read_module (f, atoms, sizeof atoms, body, sizeof body, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (file->ops[3].operands[0].term, ==, make_small (42));
  g_assert_cmpuint (file->module, ==, atom_from_string (f->vm.atoms, "m"));
  beam_file_free (file);
  file = read_module (f, long_atoms, sizeof long_atoms, body, sizeof body, &error);
  g_assert_no_error (error);
  beam_file_free (file);
}

static Term
move_operand (Fixture *f, const guint8 *operand, gsize n)
{
  GByteArray *body = g_byte_array_new ();
  GError     *error = NULL;
  BeamFile   *file;
  Term        term;

  g_byte_array_append (body, (const guint8[]){ 64 }, 1);
  g_byte_array_append (body, operand, (guint) n);
  g_byte_array_append (body, (const guint8[]){ 0x03, 19 }, 2);
  file = read_module (f, old_atoms, sizeof old_atoms, body->data, body->len, &error);
  g_assert_no_error (error);
  term = file->ops[3].operands[0].term;
  beam_file_free (file);
  g_byte_array_unref (body);
  return term;
}

static void
test_integers (void)
{
  static const struct
  {
    guint       n;
    guint8      bytes[24];
    const char *text;
  } cases[] = {
    { 1, { 0x51 }, "5" },
    { 2, { 0x29, 0xff }, "511" },
    { 3, { 0x19, 0x80, 0x00 }, "-32768" },
    { 4, { 0x39, 0x00, 0xff, 0xff }, "65535" },
    { 9, { 0xd9, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, "9223372036854775807" },
    { 9, { 0xd9, 0x80, 0, 0, 0, 0, 0, 0, 0 }, "-9223372036854775808" },
    { 9, { 0xd9, 0xf8, 0, 0, 0, 0, 0, 0, 0 }, "-576460752303423488" },
    { 11, { 0xf9, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0 }, "18446744073709551616" },
    { 11, { 0xf9, 0x00, 0xff, 0, 0, 0, 0, 0, 0, 0, 0 }, "-18446744073709551616" },
    { 12, { 0xf9, 0x10, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0 }, "18446744073709551616" },
  };
  g_autoptr (Fixture) f = fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *text = fixture_print (f, move_operand (f, cases[i].bytes, cases[i].n));

      g_assert_cmpstr (text, ==, cases[i].text);
      g_free (text);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    guint       n;
    guint8      body[12];
    const char *message;
  } cases[] = {
    { 1, { 0 }, "*instruction 0*OTP 24 to 28*" },
    { 1, { 30 }, "*instruction 30 (m_div)*" },
    { 1, { 250 }, "*instruction 250*" },
    { 2, { 61, 0x35 }, "*label 3*below 3*" },
    { 2, { 61, 0x05 }, "*jump has no label*" },
    { 3, { 64, 0x03, 0x0b }, "*" },
    { 4, { 64, 0x8b, 0x00, 0x03 }, "*register*0 to 1023*" },
    { 4, { 64, 0x47, 0x10, 0x03 }, "*literal*below 1*" },
    { 3, { 64, 0x32, 0x03 }, "*atom 3*1 to 2*" },
    { 3, { 64, 0x15, 0x03 }, "*move*wrong kind*" },
    { 4, { 64, 0x07, 0x00, 0x03 }, "*extended tag 0*" },
    { 4, { 64, 0x67, 0x00, 0x03 }, "*extended tag 6*" },
    { 3, { 64, 0x06, 0x03 }, "*operand tag 6*" },
    { 3, { 7, 0x00, 0x00 }, "*import 0*" },
    { 2, { 1, 0x10 }, "*label 1*twice*" },
    { 2, { 1, 0x30 }, "*label 3*" },
    { 4, { 59, 0x03, 0x15, 0x17 }, "*" },
    { 5, { 2, 0x12, 0x22, 0x00, 19 }, "*no label follows*" },
    { 6, { 2, 0x12, 0x22, 0x00, 1, 0x20 }, "*" },
    { 12, { 64, 0xf9, 0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "*itself a long number*" },
    { 3, { 17, 0x8c, 0xff }, "*register*" },
  };
  g_autoptr (Fixture) f = fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GError *error = NULL;

      g_assert_null (
        read_module (f, old_atoms, sizeof old_atoms, cases[i].body, cases[i].n, &error));
      g_assert_error (error, VM_ERROR, VM_ERROR_FORMAT);
      g_test_message ("%s", error->message);
      g_assert_true (g_pattern_match_simple (cases[i].message, error->message));
      g_assert_true (g_str_has_prefix (error->message, "m.beam: chunk Code, byte "));
      g_clear_error (&error);
    }
}

/* Every cut of a file, and thousands of damaged ones, are read or refused. */
static void
test_mutations (void)
{
  g_autofree char *path = sample_path ();
  g_autofree char *data = NULL;
  GRand           *rand = g_rand_new_with_seed (3);
  Fixture         *f = fixture_new ();
  guint            n_good = 0;
  gsize            len;

  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  for (guint round = 0; round < N_MUTATIONS; round++)
    {
      guint8   *copy = g_memdup2 (data, len);
      gsize     n = round % 4 == 0 ? (gsize) g_rand_int_range (rand, 0, (gint32) len) : len;
      GError   *error = NULL;
      BeamFile *file;

      for (int k = g_rand_int_range (rand, 0, 4); k > 0; k--)
        copy[g_rand_int_range (rand, 0, (gint32) len)] = (guint8) g_rand_int (rand);
      file = beam_file_read (&f->vm, copy, n, path, &error);
      g_assert_true ((file == NULL) == (error != NULL));
      if (file == NULL)
        g_assert_error (error, VM_ERROR, VM_ERROR_FORMAT);
      else
        n_good++;
      beam_file_free (file);
      g_clear_error (&error);
      g_free (copy);
      if (round % ROUNDS_A_MACHINE == 0)
        {
          fixture_free (f);
          f = fixture_new ();
        }
    }
  g_test_message ("%u of %u were still good", n_good, N_MUTATIONS);
  fixture_free (f);
  g_rand_free (rand);
}

static void
test_gzip (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *path = sample_path ();
  char            *argv[] = { (char *) "gzip", (char *) "-c", path, NULL };
  GPid             pid;
  int              out;
  GByteArray      *packed = g_byte_array_new ();
  guint8           buffer[4096];
  gssize           n;
  GError          *error = NULL;
  BeamFile        *file;

  g_assert_true (g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &pid,
                                           NULL, &out, NULL, NULL));
  while ((n = read (out, buffer, sizeof buffer)) > 0)
    g_byte_array_append (packed, buffer, (guint) n);
  close (out);
  file = beam_file_read (&f->vm, packed->data, packed->len, path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atom_name (f->vm.atoms, file->module, NULL), ==, "lists");
  beam_file_free (file);
  g_assert_null (beam_file_read (&f->vm, packed->data, packed->len / 2, path, &error));
  g_assert_error (error, VM_ERROR, VM_ERROR_FORMAT);
  g_clear_error (&error);
  g_byte_array_unref (packed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/beam-file/otp", test_otp);
  g_test_add_func ("/beam-file/tables", test_tables);
  g_test_add_func ("/beam-file/otp28", test_otp28);
  g_test_add_func ("/beam-file/integers", test_integers);
  g_test_add_func ("/beam-file/refused", test_refused);
  g_test_add_func ("/beam-file/gzip", test_gzip);
  g_test_add_func ("/beam-file/mutations", test_mutations);
  return g_test_run ();
}
