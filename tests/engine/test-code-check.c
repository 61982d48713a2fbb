/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/engine/fixture.h"

#include "engine/code/beam-file.h"
#include "engine/code/code-check.h"
#include "engine/code/opcodes.h"

#include <stdlib.h>

#define MAX_OPS      64
#define MAX_OPERANDS 16
#define MAX_ITEMS    32
#define N_LABELS     16

/* One function f/1 of module m, in text: an instruction a line, its operands as
 * x0, y0, fr0 (float register), u0, i0, f1 (label), a:name, l:term or [list].
 * Imports: 0 erlang:self/0, 1 erlang:setelement/3, 2 m:other/1, 3 erlang:error/1,
 * 4 erlang:hd/1, 5 erlang:+/2. Fun 0: f/1 without, fun 1: f/1 with one free variable. */
typedef struct
{
  Fixture  *fixture;
  BeamFile  file;
  GenericOp ops[MAX_OPS];
  Operand   operands[MAX_OPS][MAX_OPERANDS];
  Operand   items[MAX_OPS][MAX_ITEMS];
  CodeGuard guards[MAX_OPS];
} Assembly;

static guint16
opcode_of (const char *name)
{
  for (guint op = 1; op < N_OPCODES; op++)
    if (opcode_arity (op) >= 0 && g_strcmp0 (opcode_name (op), name) == 0)
      return (guint16) op;
  g_error ("no instruction %s", name);
}

static Operand
make_operand (Assembly *a, const char *text)
{
  static const struct
  {
    const char *prefix;
    OperandKind kind;
  } kinds[] = {
    { "fr", OPERAND_FLOAT_REG },
    { "x", OPERAND_X },
    { "y", OPERAND_Y },
    { "u", OPERAND_U },
    { "i", OPERAND_INTEGER },
    { "f", OPERAND_LABEL },
  };
  Operand o = { 0 };

  if (g_str_has_prefix (text, "a:"))
    return (Operand){ .kind = OPERAND_ATOM,
                      .term = atom_from_string (a->fixture->vm.atoms, text + 2) };
  if (g_str_equal (text, "nil"))
    return (Operand){ .kind = OPERAND_ATOM, .term = NIL };
  if (g_str_has_prefix (text, "l:"))
    return (Operand){ .kind = OPERAND_LITERAL, .term = fixture_parse (a->fixture, text + 2) };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (text, kinds[i].prefix))
      {
        o.kind = kinds[i].kind;
        o.value = strtoull (text + strlen (kinds[i].prefix), NULL, 10);
        o.term = make_small ((gint64) o.value);
        return o;
      }
  g_error ("no operand %s", text);
}

static void
assemble_line (Assembly *a, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint      n = a->file.n_ops++, n_operands = 0, n_items = 0;
  GenericOp *op = &a->ops[n];
  Operand   *list = NULL;

  g_assert_cmpuint (n, <, MAX_OPS);
  op->op = opcode_of (words[0]);
  op->offset = n;
  op->operands = a->operands[n];
  for (guint i = 1; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], "["))
        {
          list = &a->operands[n][n_operands++];
          *list = (Operand){ .kind = OPERAND_LIST, .list = a->items[n] };
        }
      else if (g_str_equal (words[i], "]"))
        {
          list->value = n_items;
          list = NULL;
        }
      else if (list != NULL)
        a->items[n][n_items++] = make_operand (a, words[i]);
      else
        a->operands[n][n_operands++] = make_operand (a, words[i]);
    }
  op->n_operands = (guint16) n_operands;
  g_assert_cmpint (opcode_arity (op->op), ==, (int) n_operands);
}

static void
fill_tables (Assembly *a)
{
  static const struct
  {
    const char *module, *function;
    guint       arity;
  } imports[] = {
    { "erlang", "self", 0 },
    { "erlang", "setelement", 3 },
    { "m", "other", 1 },
    { "erlang", "error", 1 },
    { "erlang", "hd", 1 },
    { "erlang", "+", 2 },
  };
  AtomTable *atoms = a->fixture->vm.atoms;

  a->file.path = (char *) "test.beam";
  a->file.n_labels = N_LABELS;
  a->file.ops = a->ops;
  a->file.n_functions = 1;
  a->file.n_imports = G_N_ELEMENTS (imports);
  a->file.imports = g_malloc0 (sizeof *a->file.imports * a->file.n_imports);
  for (guint i = 0; i < a->file.n_imports; i++)
    {
      a->file.imports[i].module = atom_from_string (atoms, imports[i].module);
      a->file.imports[i].function = atom_from_string (atoms, imports[i].function);
      a->file.imports[i].arity = imports[i].arity;
    }
  a->file.n_funs = 2;
  a->file.funs = g_malloc0 (sizeof *a->file.funs * a->file.n_funs);
  for (guint i = 0; i < a->file.n_funs; i++)
    {
      a->file.funs[i].label = 2;
      a->file.funs[i].arity = 1;
      a->file.funs[i].n_free = i;
    }
  a->file.strings = (guint8 *) "abcd";
  a->file.strings_len = 4;
}

/* What the check says of the body; NULL: it is accepted. @guard (nullable): the
 * last run-time test it asks for. */
static char *
check_body (const char *body, CodeGuardKind *guard)
{
  g_autoptr (Fixture) f = fixture_new ();
  Assembly *a = g_new0 (Assembly, 1);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text =
    g_strconcat ("label u1\nfunc_info a:m a:f u1\nlabel u2\n", body, "\nint_code_end", NULL);
  GError *error = NULL;
  char   *reason = NULL;
  bool    ok;

  a->fixture = f;
  fill_tables (a);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    assemble_line (a, lines[i]);
  ok = code_check (&f->vm, &a->file, a->guards, &error);
  g_assert_true (ok == (error == NULL));
  if (error != NULL)
    {
      g_assert_error (error, VM_ERROR, VM_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, "test.beam: Code chunk, offset "));
      reason = g_strdup (error->message);
      g_error_free (error);
    }
  for (guint i = 0; guard != NULL && i < a->file.n_ops; i++)
    if (a->guards[i].kind != CODE_GUARD_NONE)
      *guard = a->guards[i].kind;
  g_free (a->file.imports);
  g_free (a->file.funs);
  g_free (a);
  return reason;
}

static const char *const good[] = {
  "return",
  "move x0 x1\nmove x1 x0\nreturn",
  "is_nonempty_list f1 x0\nget_list x0 x0 x1\nreturn",
  "is_tuple f1 x0\ntest_arity f1 x0 u2\nget_tuple_element x0 u1 x0\nreturn",
  "test_heap u2 u1\nput_list x0 nil x0\nreturn",
  "test_heap u5 u1\nput_tuple2 x0 [ x0 a:a ]\nput_list x0 nil x0\nreturn",
  "allocate u1 u1\nmove x0 y0\ncall u1 f2\nmove y0 x0\ndeallocate u1\nreturn",
  "allocate u1 u1\nmove x0 y0\ncall_ext u1 u2\nmove y0 x0\ncall_last u1 f2 u1",
  "allocate u2 u1\ninit_yregs [ y0 y1 ]\ntrim u1 u1\ncall u1 f2\ndeallocate u1\nreturn",
  "call_only u1 f2",
  "call_ext_only u1 u2",
  "call_ext u1 u3", /* erlang:error/1 never comes back */
  "allocate u1 u1\ncatch y0 f3\ncall u1 f2\nlabel u3\ncatch_end y0\ndeallocate u1\nreturn",
  "allocate u1 u1\ntry y0 f3\ncall u1 f2\ntry_end y0\ndeallocate u1\nreturn\n"
  "label u3\ntry_case y0\nraise x2 x1",
  "allocate u0 u1\nlabel u3\nloop_rec f4 x0\nremove_message\ndeallocate u0\nreturn\n"
  "label u4\nwait f3",
  "allocate u0 u1\nlabel u3\nloop_rec f5 x0\nis_atom f4 x0\nremove_message\ndeallocate u0\nreturn\n"
  "label u4\nloop_rec_end f3\nlabel u5\nwait_timeout f3 i5\ntimeout\nmove a:ok x0\ndeallocate "
  "u0\nreturn",
  "bs_start_match3 f1 x0 u1 x1\nbs_get_integer2 f1 x1 u2 i8 u1 u0 x0\nreturn",
  "bs_start_match3 f1 x0 u1 x0\nbs_match_string f1 x0 u32 u0\nmove a:ok x0\nreturn",
  "bs_init2 f0 u4 u0 u1 u0 x1\nbs_put_string u4 u0\nmove x1 x0\nreturn",
  "bs_create_bin f0 u0 u1 u8 x0 [ a:integer u1 u1 nil x0 i8 ]\nreturn",
  "test_heap u6 u1\nmake_fun3 u1 x0 [ x0 ]\nreturn",
  "make_fun2 u1\nreturn",
  "fmove l:1.5 fr0\ntest_heap u2 u1\nfmove fr0 x0\nreturn",
  "move a:b x1\nmove i1 x2\nswap x0 x2\nswap x1 x2\nmove i1 x0\nallocate u1 u3\ninit_yregs [ y0 ]\n"
  "move x2 y0\ncall_ext u3 u1\nset_tuple_element y0 x0 u0\ndeallocate u1\nreturn",
  "gc_bif2 f0 u1 u5 x0 i1 x0\nreturn",
  "select_val x0 f1 [ a:a f3 a:b f4 ]\nlabel u3\nreturn\nlabel u4\nmove nil x0\nreturn",
  "allocate u0 u1\nlabel u3\ncall u1 f2\nis_nil f3 x0\ndeallocate u0\nreturn",
};

static const struct
{
  const char *body, *reason;
} bad[] = {
  { "move x1 x0\nreturn", "x1 is used, but not every way" },
  { "is_nil f3 x0\nmove nil x1\nlabel u3\nmove x1 x0\nreturn", "x1 is used, but not every way" },
  { "test_heap u2 u2\nput_list x0 nil x0\nreturn", "2 registers are said to be live" },
  { "put_list x0 nil x0\nreturn", "2 words are built, but 0 are reserved" },
  { "test_heap u2 u1\nput_tuple2 x0 [ x0 a:a ]\nreturn", "3 words are built, but 2 are reserved" },
  { "test_heap u6 u1\nmake_fun3 u1 x0 [ ]\nreturn", "0 free variables for a fun that has 1" },
  { "make_fun2 u7\nreturn", "fun 7 does not exist" },
  { "move x0 y0\nreturn", "slot y0 is written, but the frame has 0" },
  { "allocate u1 u1\nmove x0 y1\ndeallocate u1\nreturn",
    "slot y1 is written, but the frame has 1" },
  { "allocate u1 u1\nmove y0 x0\ndeallocate u1\nreturn", "y0 is used, but not every way" },
  { "allocate u1 u1\ninit_yregs [ y0 ]\ncall u1 f2\nreturn", "there must be no frame" },
  { "allocate u1 u1\ninit_yregs [ y0 ]\ncall u1 f2\ndeallocate u2\nreturn",
    "a frame of 2 slots is given up" },
  { "allocate u1 u1\ninit_yregs [ y0 ]\nallocate u1 u1\nreturn", "there must be no frame" },
  { "allocate u1 u1\ninit_yregs [ y0 ]\ntrim u1 u1\ndeallocate u0\nreturn",
    "does not have as many slots" },
  { "call u1 f2\nreturn", "a call without a frame" },
  { "allocate u0 u1\ncall u2 f2\ndeallocate u0\nreturn",
    "2 arguments for a function that takes 1" },
  { "allocate u0 u1\ncall u1 f1\ndeallocate u0\nreturn", "label 1 is no function's entry" },
  { "call_ext_only u2 u2", "2 arguments for an import that takes 1" },
  { "gc_bif1 f0 u1 u5 x0 x0\nreturn", "1 arguments for an import that takes 2" },
  { "move nil x0", "goes on beyond" },
  { "is_nil f0 x0\nreturn", "a label is missing" },
  { "select_val x0 f1 [ x0 f1 ]", "a register stands where a value" },
  { "move fr0 x0\nreturn", "a float register stands" },
  { "allocate u1 u1\ncatch y0 f3\nmove nil y0\nlabel u3\ncatch_end y0\ndeallocate u1\nreturn",
    "it holds an open catch" },
  { "allocate u1 u1\ncatch y0 f3\ncall u1 f2\ndeallocate u1\nreturn\n"
    "label u3\ncatch_end y0\ndeallocate u1\nreturn",
    "a catch is open in it" },
  { "allocate u1 u1\ntry y0 f3\ncall u1 f2\ntry_end y0\ndeallocate u1\nreturn\n"
    "label u3\nmove x0 x1\ntry_case y0\nraise x2 x1",
    "an exception may have arrived here" },
  { "allocate u1 u1\ninit_yregs [ y0 ]\ntry_end y0\ndeallocate u1\nreturn",
    "no catch is open in y0" },
  { "allocate u1 u1\ninit_yregs [ y0 ]\nis_nil f3 x0\ncatch y0 f4\nlabel u3\ncall u1 f2\nlabel u4\n"
    "catch_end y0\ndeallocate u1\nreturn",
    "a catch is open on one way" },
  { "allocate u0 u1\nlabel u3\nloop_rec f4 x0\ndeallocate u0\nreturn\nlabel u4\nwait f3",
    "a message is being looked at" },
  { "allocate u1 u1\ninit_yregs [ y0 ]\nlabel u3\nloop_rec f4 x0\nmove x0 y0\nloop_rec_end f3\n"
    "label u4\nwait f3",
    "still refers to a message" },
  { "allocate u0 u1\nlabel u3\nloop_rec f5 x0\nremove_message\ndeallocate u0\nreturn\n"
    "label u5\nwait_timeout f3 i5\nmove nil x0\ndeallocate u0\nreturn",
    "waits with a timeout" },
  { "test_heap u3 u1\nbs_start_match3 f1 x0 u1 x1\nput_tuple2 x0 [ x1 a:a ]\nreturn",
    "may hold a match context" },
  { "bs_put_string u4 u0\nreturn", "no binary is being built" },
  { "bs_init2 f0 u4 u0 u1 u0 x1\nbs_put_string u5 u0\nreturn", "a string of 5 bytes" },
  { "bs_start_match3 f1 x0 u1 x0\nbs_match_string f1 x0 u32 u1\nreturn",
    "a string of 4 bytes at 1" },
  { "bs_create_bin f0 u0 u1 u8 x0 [ a:string u0 u8 nil u2 u3 ]\nreturn",
    "a string of 3 bytes at 2" },
  { "bs_create_bin f0 u0 u1 u8 x0 [ a:odd u1 u1 nil x0 i8 ]\nreturn",
    "a segment's type is not known" },
  { "bs_create_bin f0 u0 u1 u8 x0 [ a:integer u1 u1 a:odd x0 i8 ]\nreturn",
    "neither a number nor a list" },
  { "bs_match f1 x0 [ a:odd u1 ]\nreturn", "a command is not known" },
  /* what a test told must not hide what comes behind it */
  { "is_tagged_tuple f1 x0 u2 a:a\nmove x5 x0\nreturn", "x5 is used" },
  { "is_tuple f1 x0\ntest_arity f1 x0 u2\nmove x5 x0\nreturn", "x5 is used" },
  { "is_tuple f1 x0\ntest_arity f1 x0 u2\nis_tagged_tuple f1 x0 u2 a:a\nmove x5 x0\nreturn",
    "x5 is used" },
  { "get_tuple_element x0 u3 x1\nmove x5 x0\nreturn", "x5 is used" },
  { "select_tuple_arity x0 f1 [ u2 f3 u3 f4 ]\nlabel u3\nreturn\nlabel u4\nmove x5 x0\nreturn",
    "x5 is used" },
  { "is_eq_exact f1 x0 l:{a,b}\nmove x5 x0\nreturn", "x5 is used" },
  { "is_eq_exact f1 x0 nil\nmove x5 x0\nreturn", "x5 is used" },
  { "is_ne_exact f1 x0 nil\nmove x5 x0\nreturn", "x5 is used" },
  { "gc_bif1 f0 u1 u4 x0 x1\nmove x5 x0\nreturn", "x5 is used" },
  { "is_integer f1 x0\nmove x5 x0\nreturn", "x5 is used" },
  { "is_map f1 x0\nget_map_elements f1 x0 [ a:a x1 ]\nmove x5 x0\nreturn", "x5 is used" },
  { "bs_start_match3 f1 x0 u1 x1\nbs_test_tail2 f1 x1 u0\nmove x5 x0\nreturn", "x5 is used" },
  { "jump f2", "a loop that costs nothing" },
  { "label u3\nis_nil f4 x0\nreturn\nlabel u4\ngc_bif1 f0 u1 u4 x0 x0\njump f3",
    "a loop that costs nothing" },
  { "allocate u0 u1\nlabel u3\nloop_rec f4 x0\nremove_message\ndeallocate u0\nreturn\n"
    "label u4\njump f3",
    "a loop that costs nothing" },
  { "set_tuple_element a:a x0 u0\nreturn", "no tuple that was just made" },
  { "get_list l:{a} x0 x1\nreturn", "a constant of the wrong type" },
  { "update_record a:copy u2 x0 x0 [ u3 a:a ]\nreturn", "from 1 to the record's size" },
  { "move nil x1\non_load\nreturn", "at the beginning of a function" },
  { "allocate u2000 u1\nreturn", "the frame's size is 2000" },
};

static const struct
{
  const char   *body;
  CodeGuardKind guard;
} guarded[] = {
  { "get_tuple_element x0 u1 x0\nreturn", CODE_GUARD_TUPLE },
  { "is_tuple f1 x0\nget_tuple_element x0 u0 x0\nreturn", CODE_GUARD_TUPLE },
  { "get_hd x0 x0\nreturn", CODE_GUARD_CONS },
  { "is_list f1 x0\nget_hd x0 x0\nreturn", CODE_GUARD_CONS },
  { "is_list f1 x0\nis_ne_exact f1 x0 nil\nget_hd x0 x0\nreturn", CODE_GUARD_NONE },
  { "move x0 x1\nis_nonempty_list f1 x1\nget_hd x0 x0\nreturn", CODE_GUARD_NONE },
  { "is_tagged_tuple f1 x0 u3 a:a\nget_tuple_element x0 u2 x0\nreturn", CODE_GUARD_NONE },
  { "select_tuple_arity x0 f1 [ u2 f3 ]\nlabel u3\nget_tuple_element x0 u1 x0\nreturn",
    CODE_GUARD_TUPLE },
  { "is_tuple f1 x0\nselect_tuple_arity x0 f1 [ u2 f3 ]\nlabel u3\nget_tuple_element x0 u1 "
    "x0\nreturn",
    CODE_GUARD_NONE },
  { "has_map_fields f1 x0 [ a:a ]\nreturn", CODE_GUARD_MAP },
  { "bs_skip_bits2 f1 x0 i8 u1 u0\nmove nil x0\nreturn", CODE_GUARD_CONTEXT },
  { "fmove x0 fr0\nreturn", CODE_GUARD_FLOAT },
  { "test_heap u3 u1\nupdate_record a:copy u2 x0 x0 [ u2 a:a ]\nreturn", CODE_GUARD_TUPLE_EXACT },
  { "is_tuple f1 x0\ntest_arity f1 x0 u2\ntest_heap u3 u1\nupdate_record a:copy u2 x0 x0 [ u2 a:a "
    "]\nreturn",
    CODE_GUARD_NONE },
  { "allocate u1 u1\ncall u1 f2\ndeallocate u1\nreturn", CODE_GUARD_CLEAR },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *reason = check_body (good[i], NULL);

      if (reason != NULL)
        g_error ("good code %u is refused: %s", i, reason);
    }
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *reason = check_body (bad[i].body, NULL);

      if (reason == NULL || strstr (reason, bad[i].reason) == NULL)
        g_error ("bad code %u: wanted “%s”, got “%s”", i, bad[i].reason,
                 reason != NULL ? reason : "accepted");
    }
}

static void
test_guarded (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    {
      CodeGuardKind    guard = CODE_GUARD_NONE;
      g_autofree char *reason = check_body (guarded[i].body, &guard);

      if (reason != NULL || guard != guarded[i].guard)
        g_error ("guarded code %u: wanted %d, got %d (%s)", i, guarded[i].guard, guard, reason);
    }
}

/* All that compilers made is accepted. */
static void
test_otp (void)
{
  g_auto (GStrv) folders = g_strsplit (g_getenv ("OTP_EBIN"), ":", -1);
  g_autoptr (Fixture) f = fixture_new ();
  guint n = 0;

  for (guint i = 0; folders[i] != NULL; i++)
    {
      GDir       *dir = g_dir_open (folders[i], 0, NULL);
      const char *name;

      g_assert_nonnull (dir);
      while ((name = g_dir_read_name (dir)) != NULL)
        if (g_str_has_suffix (name, ".beam"))
          {
            g_autofree char      *path = g_build_filename (folders[i], name, NULL);
            g_autofree char      *data = NULL;
            g_autofree CodeGuard *guards = NULL;
            GError               *error = NULL;
            BeamFile             *file;
            gsize                 len;

            g_assert_true (g_file_get_contents (path, &data, &len, NULL));
            file = beam_file_read (&f->vm, (const guint8 *) data, len, path, &error);
            g_assert_no_error (error);
            guards = g_new0 (CodeGuard, file->n_ops);
            code_check (&f->vm, file, guards, &error);
            g_assert_no_error (error);
            beam_file_free (file);
            n++;
          }
      g_dir_close (dir);
    }
  g_assert_cmpuint (n, >, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code-check/good", test_good);
  g_test_add_func ("/code-check/bad", test_bad);
  g_test_add_func ("/code-check/guarded", test_guarded);
  g_test_add_func ("/code-check/otp", test_otp);
  return g_test_run ();
}
