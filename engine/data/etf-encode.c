/* SPDX-License-Identifier: Apache-2.0 */

/* Encoding: what is still to be written waits on a stack of rows of terms. */

#include "config.h"

#include "engine/data/data.h"

#include "engine/data/etf-tags.h"
#include "engine/term/bits.h"
#include "engine/term/external.h"
#include "engine/term/fun-identity.h"
#include "engine/term/map-iterator.h"
#include "engine/term/term-order.h"

#include <stdio.h>

#define MAX_STRING      65535
#define MAX_SMALL_TUPLE 255
#define MAX_SMALL_BIG   255
#define MAX_V3_PORT     ((G_GUINT64_CONSTANT (1) << 28) - 1)
#define UNIQ_BYTES      16

typedef enum
{
  TODO_ROW,  /* `n` terms from `next` on */
  TODO_LIST, /* the rest of a list: `term` */
  TODO_SIZE, /* a fun's size goes to byte `n` now that it is known */
} TodoKind;

typedef struct
{
  TodoKind    kind;
  const Term *next;
  gsize       n;
  Term        term;
  Term       *owned; /* the row, when it was made for this */
} Todo;

typedef struct
{
  VmMachine  *vm;
  GByteArray *out;
  GArray     *todo;
  guint       minor_version;
  bool        deterministic;
  gsize       overestimate; /* of ERTS: it counts five bytes for each of a fun's two numbers */
} Encoder;

/* --- bytes ---------------------------------------------------------------- */

static void
put_bytes (Encoder *e, gconstpointer bytes, gsize n)
{
  if (n > 0)
    g_byte_array_append (e->out, bytes, (guint) n);
}
static void
put_u8 (Encoder *e, guint v)
{
  guint8 b = (guint8) v;
  put_bytes (e, &b, 1);
}
static void
put_u16 (Encoder *e, guint v)
{
  guint8 b[2] = { (guint8) (v >> 8), (guint8) v };
  put_bytes (e, b, 2);
}
static void
write_u32 (guint8 *b, guint32 v)
{
  b[0] = (guint8) (v >> 24);
  b[1] = (guint8) (v >> 16);
  b[2] = (guint8) (v >> 8);
  b[3] = (guint8) v;
}
static void
put_u32 (Encoder *e, guint32 v)
{
  guint8 b[4];
  write_u32 (b, v);
  put_bytes (e, b, 4);
}
static void
put_u64 (Encoder *e, guint64 v)
{
  put_u32 (e, (guint32) (v >> 32));
  put_u32 (e, (guint32) v);
}

/* --- things without terms in them ----------------------------------------- */

/* Bytes of @name in Latin-1; FALSE when it has other characters. */
static bool
to_latin1 (const char *name, gsize len, GString *latin1)
{
  for (const char *p = name; p < name + len; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c > 0xff)
        return false;
      g_string_append_c (latin1, (char) c);
    }
  return true;
}

static void
put_atom (Encoder *e, Term atom)
{
  gsize       len;
  const char *name = atom_name (e->vm->atoms, atom, &len);
  GString    *latin1 = g_string_new (NULL);

  if (e->minor_version < 2 && to_latin1 (name, len, latin1))
    {
      put_u8 (e, ETF_ATOM_LATIN1);
      put_u16 (e, (guint) latin1->len);
      put_bytes (e, latin1->str, latin1->len);
    }
  else
    {
      put_u8 (e, len > 255 ? ETF_ATOM_UTF8 : ETF_SMALL_ATOM_UTF8);
      if (len > 255)
        put_u16 (e, (guint) len);
      else
        put_u8 (e, (guint) len);
      put_bytes (e, name, len);
    }
  g_string_free (latin1, TRUE);
}

static void
put_digits (Encoder *e, const guint64 *digits, gsize n_digits, bool negative)
{
  gsize n = n_digits * 8;

  while (n > 0 && ((const guint8 *) digits)[n - 1] == 0)
    n--;
  put_u8 (e, n > MAX_SMALL_BIG ? ETF_LARGE_BIG : ETF_SMALL_BIG);
  if (n > MAX_SMALL_BIG)
    put_u32 (e, (guint32) n);
  else
    put_u8 (e, (guint) n);
  put_u8 (e, negative);
  put_bytes (e, digits, n);
}

static void
put_small (Encoder *e, gint64 v)
{
  guint64 magnitude = v < 0 ? -(guint64) v : (guint64) v;

  if (v >= 0 && v <= 255)
    {
      put_u8 (e, ETF_SMALL_INTEGER);
      put_u8 (e, (guint) v);
    }
  else if (v >= G_MININT32 && v <= G_MAXINT32)
    {
      put_u8 (e, ETF_INTEGER);
      put_u32 (e, (guint32) v);
    }
  else
    put_digits (e, &magnitude, 1, v < 0);
}

static void
put_float (Encoder *e, double d)
{
  guint64 bits;
  char    text[32] = { 0 };

  if (e->minor_version == 0)
    {
      g_snprintf (text, sizeof text, "%.20e", d);
      put_u8 (e, ETF_FLOAT_TEXT);
      put_bytes (e, text, ETF_FLOAT_TEXT_BYTES);
      return;
    }
  memcpy (&bits, &d, sizeof bits);
  put_u8 (e, ETF_NEW_FLOAT);
  put_u64 (e, bits);
}

static void
put_bits (Encoder *e, Term t)
{
  TermBits bits = term_bits (t);
  gsize    n = (bits.n_bits + 7) / 8;

  put_u8 (e, bits.n_bits % 8 == 0 ? ETF_BINARY : ETF_BIT_BINARY);
  put_u32 (e, (guint32) n);
  if (bits.n_bits % 8 != 0)
    put_u8 (e, bits.n_bits % 8);
  if (bits.shift == 0 && bits.n_bits % 8 == 0)
    {
      put_bytes (e, bits.bytes, n);
      return;
    }
  for (gsize i = 0; i < n; i++)
    put_u8 (e, term_bits_byte (&bits, i));
}

static Term
node_of (Term t, guint32 *creation)
{
  *creation = 0;
  if (term_is_immediate (t) || header_subtag (boxed_header (t)) == SUB_REF)
    return A (nonode_nohost);
  *creation = (guint32) external_thing (t)->creation;
  return external_thing (t)->node;
}

static void
put_pid (Encoder *e, Term t)
{
  guint32 creation;
  guint64 v = any_pid_value (t);

  put_u8 (e, ETF_NEW_PID);
  put_atom (e, node_of (t, &creation));
  put_u32 (e, (guint32) v);
  put_u32 (e, (guint32) (v >> 32));
  put_u32 (e, creation);
}

static void
put_port (Encoder *e, Term t)
{
  guint32 creation;
  guint64 v = any_port_value (t);

  put_u8 (e, v > MAX_V3_PORT ? ETF_V4_PORT : ETF_NEW_PORT);
  put_atom (e, node_of (t, &creation));
  if (v > MAX_V3_PORT)
    put_u64 (e, v);
  else
    put_u32 (e, (guint32) v);
  put_u32 (e, creation);
}

static void
put_ref (Encoder *e, Term t)
{
  guint32 creation, number[3];

  ref_numbers (t, number);
  put_u8 (e, ETF_NEWER_REFERENCE);
  put_u16 (e, 3);
  put_atom (e, node_of (t, &creation));
  put_u32 (e, creation);
  for (int i = 0; i < 3; i++)
    put_u32 (e, number[i]);
}

/* --- containers ----------------------------------------------------------- */

static void
push_row (Encoder *e, const Term *terms, gsize n, Term *owned)
{
  Todo todo = { .kind = TODO_ROW, .next = terms, .n = n, .owned = owned };

  g_array_append_val (e->todo, todo);
}

/* A list that ends in [] and holds only bytes, if it is no longer than @max: its length. */
static gsize
string_length (Term t)
{
  gsize n = 0;

  for (; term_is_list (t); t = list_tail (t))
    {
      Term head = list_head (t);

      if (!term_is_small (head) || (guint64) small_value (head) > 255 || ++n > MAX_STRING)
        return 0;
    }
  return t == NIL ? n : 0;
}

static void
put_list (Encoder *e, Term t)
{
  gsize n = string_length (t);
  Todo  todo = { .kind = TODO_LIST, .term = t };

  if (n > 0)
    {
      put_u8 (e, ETF_STRING);
      put_u16 (e, (guint) n);
      for (; term_is_list (t); t = list_tail (t))
        put_u8 (e, (guint) small_value (list_head (t)));
      return;
    }
  for (; term_is_list (t); t = list_tail (t))
    n++;
  put_u8 (e, ETF_LIST);
  put_u32 (e, (guint32) n);
  g_array_append_val (e->todo, todo);
}

static void
put_tuple (Encoder *e, Term t)
{
  gsize n = tuple_arity (t);

  put_u8 (e, n > MAX_SMALL_TUPLE ? ETF_LARGE_TUPLE : ETF_SMALL_TUPLE);
  if (n > MAX_SMALL_TUPLE)
    put_u32 (e, (guint32) n);
  else
    put_u8 (e, (guint) n);
  push_row (e, tuple_elements (t), n, NULL);
}

static int
compare_pairs_cb (gconstpointer a, gconstpointer b, gpointer atoms)
{
  return term_compare_exact (atoms, *(const Term *) a, *(const Term *) b);
}

static void
put_map (Encoder *e, Term t)
{
  gsize       n = map_size (t);
  Term       *row = g_new (Term, 2 * n);
  Term        key, value;
  bool        is_flat = map_is_flat (t);
  MapIterator it;

  map_iterator_init (&it, t);
  for (gsize i = 0; i < n && map_iterator_next (&it, &key, &value); i++)
    {
      gsize at = is_flat ? i : n - 1 - i; /* hash maps: slots 15 to 0 */

      row[2 * at] = key;
      row[2 * at + 1] = value;
    }
  if (e->deterministic && !is_flat)
    g_qsort_with_data (row, (int) n, 2 * sizeof (Term), compare_pairs_cb, e->vm->atoms);
  put_u8 (e, ETF_MAP);
  put_u32 (e, (guint32) n);
  push_row (e, row, 2 * n, row);
}

static void
put_fun (Encoder *e, Term t)
{
  const FunIdentity *fun;
  Todo               size = { .kind = TODO_SIZE };

  if (fun_is_external (t))
    {
      const ExportIdentity *export_ = fun_export_identity (t);

      put_u8 (e, ETF_EXPORT);
      put_atom (e, export_->module);
      put_atom (e, export_->function);
      put_small (e, export_->arity);
      return;
    }
  fun = fun_identity (t);
  put_u8 (e, ETF_FUN);
  size.n = e->out->len;
  put_u32 (e, 0);
  put_u8 (e, fun_arity (t));
  put_bytes (e, fun->uniq, UNIQ_BYTES);
  put_u32 (e, fun->index);
  put_u32 (e, fun_n_free (t));
  put_atom (e, *fun->module);
  put_small (e, fun->index);
  put_small (e, fun->old_uniq);
  e->overestimate += (fun->index < 256 ? 3 : 0) + (fun->old_uniq < 256 ? 3 : 0);
  put_pid (e, fun_thing (t)->creator);
  g_array_append_val (e->todo, size);
  push_row (e, fun_thing (t)->env, fun_n_free (t), NULL);
}

static void
put_boxed (Encoder *e, Term t)
{
  switch (header_subtag (boxed_header (t)))
    {
    case SUB_TUPLE:
      put_tuple (e, t);
      break;
    case SUB_MAP:
      put_map (e, t);
      break;
    case SUB_POS_BIG:
    case SUB_NEG_BIG:
      put_digits (e, boxed_ptr (t) + 1, thing_arity (boxed_header (t)), big_is_negative (t));
      break;
    case SUB_FLOAT:
      put_float (e, float_value (t));
      break;
    case SUB_PROC_BIN:
    case SUB_HEAP_BIN:
    case SUB_SUB_BIN:
      put_bits (e, t);
      break;
    case SUB_REF:
    case SUB_EXT_REF:
      put_ref (e, t);
      break;
    case SUB_FUN:
      put_fun (e, t);
      break;
    case SUB_EXT_PID:
      put_pid (e, t);
      break;
    case SUB_EXT_PORT:
      put_port (e, t);
      break;
    case SUB_MATCH_CONTEXT: /* not a term that a program can hold */
    default:
      put_u8 (e, ETF_NIL);
      break;
    }
}

static void
put_one (Encoder *e, Term t)
{
  if (term_is_list (t))
    put_list (e, t);
  else if (term_is_boxed (t))
    put_boxed (e, t);
  else if (term_is_small (t))
    put_small (e, small_value (t));
  else if (term_is_atom (t))
    put_atom (e, t);
  else if (term_is_pid (t))
    put_pid (e, t);
  else if (term_is_port (t))
    put_port (e, t);
  else
    put_u8 (e, ETF_NIL);
}

/* The next term of @todo. FALSE: it is done. */
static bool
next_term (Encoder *e, Todo *todo, Term *term)
{
  switch (todo->kind)
    {
    case TODO_LIST:
      if (todo->term == NONE)
        return false;
      *term = term_is_list (todo->term) ? list_head (todo->term) : todo->term;
      todo->term = term_is_list (todo->term) ? list_tail (todo->term) : NONE;
      return true;
    case TODO_SIZE:
      write_u32 (e->out->data + todo->n, (guint32) (e->out->len - todo->n));
      return false;
    case TODO_ROW:
    default:
      if (todo->n == 0)
        return false;
      todo->n--;
      *term = *todo->next++;
      return true;
    }
}

static Encoder
encode (VmMachine *vm, Term term, guint minor_version, bool deterministic)
{
  Encoder e = { .vm = vm,
                .out = g_byte_array_new (),
                .minor_version = minor_version,
                .deterministic = deterministic };

  e.todo = g_array_new (FALSE, FALSE, sizeof (Todo));
  put_u8 (&e, ETF_VERSION);
  put_one (&e, term);
  while (e.todo->len > 0)
    {
      guint at = e.todo->len - 1;

      if (next_term (&e, &g_array_index (e.todo, Todo, at), &term))
        put_one (&e, term);
      else
        {
          g_free (g_array_index (e.todo, Todo, at).owned);
          g_array_set_size (e.todo, at);
        }
    }
  g_array_free (e.todo, TRUE);
  return e;
}

GByteArray *
etf_encode (VmMachine *vm, Term term, guint minor_version, bool deterministic)
{
  return encode (vm, term, minor_version, deterministic).out;
}

gsize
etf_external_size (VmMachine *vm, Term term, guint minor_version)
{
  Encoder e = encode (vm, term, minor_version, false);
  gsize   size = e.out->len + e.overestimate;

  g_byte_array_free (e.out, TRUE);
  return size;
}
