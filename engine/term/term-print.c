/* SPDX-License-Identifier: Apache-2.0 */

/* Terms as text, as io_lib's ~w writes them (OTP 25, lib/stdlib/src/io_lib.erl).
 * What is still to be written waits on a stack, so depth is no danger. */

#include "config.h"

#include "engine/term/term-order.h"

#include "engine/term/bits.h"
#include "engine/term/external.h"
#include "engine/term/fun-identity.h"
#include "engine/term/map-iterator.h"

#include <gmp.h>

typedef enum
{
  TODO_LIST,  /* the rest of a list: `term` */
  TODO_TUPLE, /* elements from `index` on */
  TODO_MAP,   /* pairs of `iterator` */
  TODO_VALUE, /* " => " and `term`: a pair's value */
} TodoKind;

typedef struct
{
  TodoKind     kind;
  bool         started;
  Term         term;
  gsize        index;
  MapIterator *iterator; /* owned */
} Todo;

typedef struct
{
  VmMachine *vm;
  GString   *out;
  gsize      limit; /* of out->len */
  GArray    *todo;  /* Todo */
} Printer;

/* --- atoms ---------------------------------------------------------------- */

static bool
is_name_start (gunichar c)
{
  return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7);
}

static bool
is_name_char (gunichar c)
{
  return is_name_start (c) || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
         (c >= '0' && c <= '9') || c == '_' || c == '@';
}

static bool
is_reserved (const char *name)
{
  static const char *const words[] = {
    "after",
    "and",
    "andalso",
    "band",
    "begin",
    "bnot",
    "bor",
    "bsl",
    "bsr",
    "bxor",
    "case",
    "catch",
    "cond",
    "div",
    "end",
    "fun",
    "if",
    "let",
    "not",
    "of",
    "or",
    "orelse",
    "receive",
    "rem",
    "try",
    "when",
    "xor",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (name, words[i]) == 0)
        return true;
    }
  return false;
}

static bool
needs_quotes (const char *name, gsize len)
{
  const char *p = name;

  if (len == 0 || !is_name_start (g_utf8_get_char (p)) || is_reserved (name))
    return true;
  for (; p < name + len; p = g_utf8_next_char (p))
    {
      if (!is_name_char (g_utf8_get_char (p)))
        return true;
    }
  return false;
}

static void
print_quoted_char (GString *out, gunichar c)
{
  static const char named[] = { '\b', 'b', '\t', 't', '\n', 'n', '\v', 'v', '\f', 'f',
                                '\r', 'r', 033, 'e', 0177, 'd', '\'', '\'', '\\', '\\' };

  for (guint i = 0; i < sizeof named; i += 2)
    {
      if (c == (gunichar) named[i])
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, named[i + 1]);
          return;
        }
    }
  if (c < 0x20 || (c >= 0x7f && c < 0xa0))
    g_string_append_printf (out, "\\%03o", c);
  else if (c > 0xff)
    g_string_append_printf (out, "\\x{%X}", c);
  else
    g_string_append_unichar (out, c);
}

static void
print_atom (Printer *printer, Term atom)
{
  gsize       len;
  const char *name = atom_name (printer->vm->atoms, atom, &len);

  if (!needs_quotes (name, len))
    {
      g_string_append_len (printer->out, name, (gssize) len);
      return;
    }
  g_string_append_c (printer->out, '\'');
  for (const char *p = name; p < name + len; p = g_utf8_next_char (p))
    print_quoted_char (printer->out, g_utf8_get_char (p));
  g_string_append_c (printer->out, '\'');
}

/* --- things without terms in them ----------------------------------------- */

static void
print_big (GString *out, Term t)
{
  mpz_t     z;
  mp_size_t n = (mp_size_t) thing_arity (boxed_header (t));
  char     *text;

  mpz_roinit_n (z, (const mp_limb_t *) (boxed_ptr (t) + 1), big_is_negative (t) ? -n : n);
  text = g_malloc (mpz_sizeinbase (z, 10) + 2);
  mpz_get_str (text, 10, z);
  g_string_append (out, text);
  g_free (text);
}

static void
print_bits (Printer *printer, Term t)
{
  TermBits bits = term_bits (t);
  gsize    n = bits.n_bits / 8;
  guint    odd = bits.n_bits % 8;

  g_string_append (printer->out, "<<");
  for (gsize i = 0; i < n && printer->out->len <= printer->limit; i++)
    g_string_append_printf (printer->out, i > 0 ? ",%u" : "%u", term_bits_byte (&bits, i));
  if (odd > 0)
    g_string_append_printf (printer->out, n > 0 ? ",%u:%u" : "%u:%u",
                            term_bits_byte (&bits, n) >> (8 - odd), odd);
  g_string_append (printer->out, ">>");
}

/* Nodes have numbers only where they are known; other nodes show as their atom's. */
static guint
node_number (Term t)
{
  return term_is_immediate (t) || header_subtag (boxed_header (t)) == SUB_REF
           ? 0
           : atom_index (external_thing (t)->node);
}

static void
print_ref (GString *out, Term t)
{
  guint32 number[3];

  ref_numbers (t, number);
  g_string_append_printf (out, "#Ref<%u.%u.%u.%u>", node_number (t), number[2], number[1],
                          number[0]);
}

static void
print_pid (GString *out, Term t)
{
  guint64 v = any_pid_value (t);

  g_string_append_printf (out, "<%u.%u.%u>", node_number (t), (guint32) v, (guint32) (v >> 32));
}

static void
print_fun (Printer *printer, Term t)
{
  if (fun_is_external (t))
    {
      const ExportIdentity *export_ = fun_export_identity (t);

      g_string_append (printer->out, "fun ");
      print_atom (printer, export_->module);
      g_string_append_c (printer->out, ':');
      print_atom (printer, export_->function);
      g_string_append_printf (printer->out, "/%u", export_->arity);
    }
  else
    {
      const FunIdentity *fun = fun_identity (t);

      g_string_append (printer->out, "#Fun<");
      print_atom (printer, *fun->module);
      g_string_append_printf (printer->out, ".%u.%u>", fun->index, fun->old_uniq);
    }
}

/* --- the walk ------------------------------------------------------------- */

static void
open_list (Printer *printer, Term t)
{
  Todo todo = { .kind = TODO_LIST, .term = t };

  g_string_append_c (printer->out, '[');
  g_array_append_val (printer->todo, todo);
}

static void
open_tuple (Printer *printer, Term t)
{
  Todo todo = { .kind = TODO_TUPLE, .term = t };

  g_string_append_c (printer->out, '{');
  g_array_append_val (printer->todo, todo);
}

static void
open_map (Printer *printer, Term t)
{
  Todo todo = { .kind = TODO_MAP, .iterator = g_new (MapIterator, 1) };

  map_iterator_init (todo.iterator, t);
  g_string_append (printer->out, "#{");
  g_array_append_val (printer->todo, todo);
}

static void
print_boxed (Printer *printer, Term t)
{
  switch (header_subtag (boxed_header (t)))
    {
    case SUB_TUPLE:
      open_tuple (printer, t);
      break;
    case SUB_MAP:
      open_map (printer, t);
      break;
    case SUB_POS_BIG:
    case SUB_NEG_BIG:
      print_big (printer->out, t);
      break;
    case SUB_FLOAT:
      float_print (printer->out, float_value (t));
      break;
    case SUB_PROC_BIN:
    case SUB_HEAP_BIN:
    case SUB_SUB_BIN:
      print_bits (printer, t);
      break;
    case SUB_REF:
    case SUB_EXT_REF:
      print_ref (printer->out, t);
      break;
    case SUB_FUN:
      print_fun (printer, t);
      break;
    case SUB_EXT_PID:
      print_pid (printer->out, t);
      break;
    case SUB_EXT_PORT:
      g_string_append_printf (printer->out, "#Port<%u.%" G_GUINT64_FORMAT ">", node_number (t),
                              any_port_value (t));
      break;
    case SUB_MATCH_CONTEXT:
    default:
      g_string_append (printer->out, "#MatchContext<>");
      break;
    }
}

static void
print_one (Printer *printer, Term t)
{
  if (t == NONE)
    g_string_append (printer->out, "#None<>"); /* an empty slot in a picture of memory */
  else if (term_is_list (t))
    open_list (printer, t);
  else if (term_is_boxed (t))
    print_boxed (printer, t);
  else if (term_is_small (t))
    g_string_append_printf (printer->out, "%" G_GINT64_FORMAT, small_value (t));
  else if (term_is_atom (t))
    print_atom (printer, t);
  else if (term_is_nil (t))
    g_string_append (printer->out, "[]");
  else if (term_is_pid (t))
    print_pid (printer->out, t);
  else if (term_is_port (t))
    g_string_append_printf (printer->out, "#Port<0.%" G_GUINT64_FORMAT ">", port_number (t));
  else if (term_is_catch (t))
    g_string_append_printf (printer->out, "#Catch<%" G_GUINT64_FORMAT ">", catch_index (t));
  else
    g_string_append_printf (printer->out, "#Header<%" G_GINT64_MODIFIER "x>", t);
}

/* Takes the next term off the newest todo. FALSE: that one is closed. */
static bool
next_term (Printer *printer, Todo *todo, Term *term)
{
  Term key, value;
  Todo rest = { .kind = TODO_VALUE };
  bool started = todo->started;

  todo->started = true;
  switch (todo->kind)
    {
    case TODO_LIST:
      if (term_is_list (todo->term))
        {
          *term = list_head (todo->term);
          todo->term = list_tail (todo->term);
        }
      else if (todo->term == NIL)
        {
          g_string_append_c (printer->out, ']');
          return false;
        }
      else
        {
          *term = todo->term;
          todo->term = NIL;
          g_string_append_c (printer->out, '|');
          return true;
        }
      break;
    case TODO_TUPLE:
      if (todo->index == tuple_arity (todo->term))
        {
          g_string_append_c (printer->out, '}');
          return false;
        }
      *term = tuple_elements (todo->term)[todo->index++];
      break;
    case TODO_MAP:
      if (!map_iterator_next (todo->iterator, &key, &value))
        {
          g_string_append_c (printer->out, '}');
          return false;
        }
      *term = key;
      rest.term = value;
      g_array_append_val (printer->todo, rest); /* moves todo */
      break;
    case TODO_VALUE:
    default:
      if (started)
        return false;
      g_string_append (printer->out, " => ");
      *term = todo->term;
      return true;
    }
  if (started)
    g_string_append_c (printer->out, ',');
  return true;
}

static void
cut (Printer *printer)
{
  gsize len = printer->limit;

  while (len > 0 && (printer->out->str[len] & 0xc0) == 0x80)
    len--;
  g_string_truncate (printer->out, len);
  g_string_append (printer->out, "...");
}

void
term_print (VmMachine *vm, GString *out, Term t, gsize max_chars)
{
  Printer printer = { .vm = vm, .out = out, .limit = G_MAXSIZE - 1 };

  if (max_chars > 0 && max_chars < G_MAXSIZE - 1 - out->len)
    printer.limit = out->len + max_chars;
  printer.todo = g_array_new (FALSE, FALSE, sizeof (Todo));
  print_one (&printer, t);
  while (printer.todo->len > 0 && out->len <= printer.limit)
    {
      guint at = printer.todo->len - 1;

      if (next_term (&printer, &g_array_index (printer.todo, Todo, at), &t))
        print_one (&printer, t);
      else
        {
          g_free (g_array_index (printer.todo, Todo, at).iterator);
          g_array_set_size (printer.todo, at);
        }
    }
  if (out->len > printer.limit)
    cut (&printer);
  for (guint i = 0; i < printer.todo->len; i++)
    g_free (g_array_index (printer.todo, Todo, i).iterator);
  g_array_free (printer.todo, TRUE);
}
