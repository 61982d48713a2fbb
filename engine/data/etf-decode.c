/* SPDX-License-Identifier: Apache-2.0 */

/* Decoding walks the bytes twice. The first walk checks all lengths and counts
 * the words, so the second can fill one block without looking at room again.
 * Neither recurses: the first needs to know only how many terms are still to
 * come, the second keeps the containers that are not full yet on a stack. Nodes
 * of hash maps are not counted: they get their own words once the keys are there.
 *
 * What the second walk still can find wrong (an atom, a key twice) makes the
 * block one dead thing: whoever walks the heap then meets nothing half-done. */

#include "config.h"

#include "engine/data/etf-decode.h"

#include "engine/base/hooks.h"
#include "engine/data/etf-shape.h"
#include "engine/data/inflate.h"
#include "engine/data/map.h"
#include "engine/term/external.h"
#include "engine/term/fun-identity.h"
#include "engine/term/term-order.h"

#include <gmp.h>

#define UNIQ_BYTES 16

G_STATIC_ASSERT (G_STRUCT_OFFSET (MagicHead, number) == G_STRUCT_OFFSET (MagicNumbers, number));

/* --- the second walk ------------------------------------------------------ */

typedef enum
{
  FILL_SLOTS,  /* tuple elements, a hash map's leaves, a fun's environment */
  FILL_LIST,   /* cells and the last tail */
  FILL_FLAT,   /* pairs of a flat map, into scratch */
  FILL_TRIE,   /* pairs of a hash map, into leaves */
  FILL_FUN,    /* module, index, uniq, pid; then the environment */
  FILL_EXPORT, /* module, function, arity */
} FillKind;

typedef struct
{
  FillKind      kind;
  Term         *next; /* where the next term goes */
  guint64       left; /* how many */
  guint64       n;
  Term         *result; /* where the finished thing goes */
  Term         *thing;
  Term         *scratch; /* owned: pairs, or a fun's parts */
  const guint8 *bytes;   /* a fun's arity and uniq */
} Fill;

typedef struct
{
  VmMachine       *vm;
  const EtfTarget *target;
  EtfInput         in;
  bool             safe;
  Term            *hp;
  OffHeap          off_heap; /* of this term, until it is whole */
  GArray          *fills;
} Decoder;

static Term
decode_atom (Decoder *d, const guint8 *bytes, gsize len, bool latin1)
{
  AtomTable *atoms = d->vm->atoms;
  char       text[2 * 256];
  gsize      n = 0;

  if (latin1)
    {
      if (len > 255)
        return NONE;
      for (gsize i = 0; i < len; i++)
        {
          if (bytes[i] >= 0x80)
            text[n++] = (char) (0xc0 | bytes[i] >> 6);
          text[n++] = (char) (bytes[i] >= 0x80 ? 0x80 | (bytes[i] & 0x3f) : bytes[i]);
        }
      bytes = (const guint8 *) text;
      len = n;
    }
  return d->safe ? atom_table_lookup (atoms, (const char *) bytes, len)
                 : atom_table_intern (atoms, (const char *) bytes, len);
}

/* The atom at the place, which the first walk has seen. */
static Term
next_atom (Decoder *d)
{
  EtfShape shape;
  guint8   tag = d->in.p[0];
  Term     atom;

  if (!etf_shape_at (&d->in, &shape, false))
    return NONE;
  atom = decode_atom (d, d->in.p + shape.head, shape.n,
                      tag == ETF_ATOM_LATIN1 || tag == ETF_SMALL_ATOM_LATIN1);
  d->in.p += shape.head + shape.payload;
  return atom;
}

static Term
decode_big (Decoder *d, const guint8 *bytes, gsize n, bool negative)
{
  Term *hp = d->hp;
  gsize words;

  while (n > 0 && bytes[n - 1] == 0)
    n--;
  words = (n + 7) / 8;
  if (words == 0)
    return make_small (0);
  hp[words] = 0;
  memcpy (hp + 1, bytes, n); /* both are little-endian */
  if (words == 1)
    {
      if (n < 8)
        hp[1] &= (G_GUINT64_CONSTANT (1) << 8 * n) - 1;
      if (hp[1] <= (guint64) SMALL_MAX || (negative && hp[1] == (guint64) SMALL_MAX + 1))
        return make_small (negative ? (gint64) - (guint64) hp[1] : (gint64) hp[1]);
    }
  hp[0] = MAKE_HEADER (words, negative ? SUB_NEG_BIG : SUB_POS_BIG);
  d->hp += 1 + words;
  return make_boxed (hp);
}

static Term
decode_binary (Decoder *d, const guint8 *bytes, gsize n)
{
  Term *hp = d->hp;

  if (n > HEAP_BIN_LIMIT && d->target->off_heap != NULL)
    {
      OffHeapBinary *binary = binary_new (d->vm, n);

      memcpy (binary->data, bytes, n);
      d->hp += PROC_BIN_WORDS;
      return proc_bin_write (hp, binary, binary->data, n, &d->off_heap);
    }
  hp[0] = HEAP_BIN_HEADER (n);
  hp[1] = n;
  if (n > 0)
    {
      hp[HEAP_BIN_WORDS (n) - 1] = 0;
      memcpy (hp + 2, bytes, n);
    }
  d->hp += HEAP_BIN_WORDS (n);
  return make_boxed (hp);
}

static Term
decode_bits (Decoder *d, const guint8 *bytes, gsize n, guint last_bits)
{
  Term    whole = decode_binary (d, bytes, n);
  SubBin *sub;

  if (n == 0 || last_bits == 8)
    return whole;
  sub = (SubBin *) d->hp;
  d->hp += SUB_BIN_WORDS;
  memset (sub, 0, sizeof *sub);
  sub->header = SUB_BIN_HEADER;
  sub->size = n - 1;
  sub->bit_size = (guint8) last_bits;
  sub->orig = whole;
  return make_boxed ((Term *) sub);
}

static Term
decode_float (Decoder *d, double value)
{
  Term t;

  if (!__builtin_isfinite (value))
    return NONE;
  t = float_write (d->hp, value);
  d->hp += FLOAT_WORDS;
  return t;
}

static Term
decode_float_text (Decoder *d, const guint8 *bytes)
{
  char  text[ETF_FLOAT_TEXT_BYTES + 1];
  char *end;

  memcpy (text, bytes, ETF_FLOAT_TEXT_BYTES);
  text[ETF_FLOAT_TEXT_BYTES] = '\0';
  if (text[0] != '-' && !g_ascii_isdigit (text[0]))
    return NONE;
  return decode_float (d, g_ascii_strtod (text, &end));
}

static Term
decode_string (Decoder *d, const guint8 *bytes, gsize n)
{
  Term *hp = d->hp;

  for (gsize i = 0; i < n; i++)
    {
      hp[2 * i] = make_small (bytes[i]);
      hp[2 * i + 1] = i + 1 < n ? make_list (hp + 2 * i + 2) : NIL;
    }
  d->hp += 2 * n;
  return n > 0 ? make_list (hp) : NIL;
}

/* A pid, port or reference: of this node it is an ordinary one. */
static Term
decode_name (Decoder *d, guint8 tag, guint n)
{
  Term           node = next_atom (d);
  const guint8  *p = d->in.p;
  Term          *hp = d->hp;
  guint64        creation = 0, data = 0;
  guint32        number[3] = { 0, 0, 0 };
  bool           is_local = node == A (nonode_nohost) || node == A (empty);
  ExternalThing *thing = (ExternalThing *) hp;

  d->in.p += etf_name_bytes (tag, n);
  if (node == NONE)
    return NONE;
  switch (tag)
    {
    case ETF_PID:
    case ETF_NEW_PID:
      data = get_u32 (p) | (guint64) get_u32 (p + 4) << 32;
      creation = tag == ETF_PID ? p[8] : get_u32 (p + 8);
      if (is_local)
        return (data & 0xffffffff) < 1u << 15 && data >> 32 < 1u << 13
                 ? make_pid ((guint32) (data & 0x7fff) | (guint32) (data >> 32) << 15)
                 : NONE;
      thing->header = EXT_PID_HEADER;
      break;
    case ETF_PORT:
    case ETF_NEW_PORT:
    case ETF_V4_PORT:
      data = tag == ETF_V4_PORT ? get_u64 (p) : get_u32 (p);
      creation = tag == ETF_PORT ? p[4] : get_u32 (p + (tag == ETF_V4_PORT ? 8 : 4));
      if (is_local)
        return data < G_GUINT64_CONSTANT (1) << 60 ? make_port (data) : NONE;
      thing->header = EXT_PORT_HEADER;
      break;
    default:
      if (tag == ETF_REFERENCE)
        {
          number[0] = get_u32 (p);
          creation = p[4];
        }
      else
        {
          creation = tag == ETF_NEW_REFERENCE ? p[0] : get_u32 (p);
          for (guint i = 0; i < n; i++)
            number[i] = get_u32 (p + (tag == ETF_NEW_REFERENCE ? 1 : 4) + 4 * i);
        }
      if (is_local)
        {
          hp[0] = REF_HEADER;
          hp[1] = number[0] | (guint64) number[1] << 32;
          hp[2] = number[2];
          d->hp += REF_WORDS;
          return make_boxed (hp);
        }
      thing->header = EXT_REF_HEADER;
      data = number[0] | (guint64) number[1] << 32;
      thing->data[1] = number[2];
    }
  thing->node = node;
  thing->creation = creation;
  thing->data[0] = data;
  d->hp += boxed_words (hp);
  return make_boxed (hp);
}

/* Starts a container; its terms come next. */
static Term
open_container (Decoder *d, guint8 tag, const EtfShape *shape, Term *result)
{
  Fill  fill = { .n = shape->n, .left = shape->n_terms, .result = result, .thing = d->hp };
  Term *hp = d->hp;
  Term  term = make_small (0); /* until it is finished */

  if (shape->n == 0 && (tag == ETF_SMALL_TUPLE || tag == ETF_LARGE_TUPLE))
    return empty_tuple (d->vm);
  d->hp += shape->words;
  switch (tag)
    {
    case ETF_LIST:
      fill.kind = FILL_LIST;
      fill.next = shape->n > 0 ? hp : result;
      term = shape->n > 0 ? make_list (hp) : NIL;
      break;
    case ETF_MAP:
      fill.kind = shape->n > MAP_FLAT_LIMIT ? FILL_TRIE : FILL_FLAT;
      fill.scratch = fill.kind == FILL_FLAT ? g_new (Term, 2 * shape->n) : NULL;
      fill.next = fill.kind == FILL_FLAT ? fill.scratch : hp;
      break;
    case ETF_FUN:
      fill.kind = FILL_FUN;
      fill.scratch = g_new (Term, shape->n_terms);
      fill.next = fill.scratch;
      fill.bytes = d->in.p - ETF_FUN_HEAD_BYTES;
      break;
    case ETF_EXPORT:
      fill.kind = FILL_EXPORT;
      fill.scratch = g_new (Term, 3);
      fill.next = fill.scratch;
      break;
    default:
      fill.kind = FILL_SLOTS;
      hp[0] = TUPLE_HEADER (shape->n);
      fill.next = hp + 1;
      term = make_boxed (hp);
    }
  g_array_append_val (d->fills, fill);
  return term;
}

/* The term at the place, into *@to. NONE: malformed. */
static Term
decode_one (Decoder *d, Term *to)
{
  EtfShape      shape;
  guint8        tag = d->in.p[0];
  const guint8 *bytes;
  guint64       bits;
  double        value;

  if (!etf_shape_at (&d->in, &shape, d->target->off_heap != NULL))
    return NONE;
  bytes = d->in.p + shape.head;
  d->in.p = bytes + shape.payload;
  switch (tag)
    {
    case ETF_SMALL_INTEGER:
      return make_small (bytes[0]);
    case ETF_INTEGER:
      return make_small ((gint32) get_u32 (bytes));
    case ETF_NIL:
      return NIL;
    case ETF_FLOAT_TEXT:
      return decode_float_text (d, bytes);
    case ETF_NEW_FLOAT:
      bits = get_u64 (bytes);
      memcpy (&value, &bits, sizeof value);
      return decode_float (d, value);
    case ETF_STRING:
      return decode_string (d, bytes, shape.n);
    case ETF_BINARY:
      return decode_binary (d, bytes, shape.n);
    case ETF_BIT_BINARY:
      return decode_bits (d, bytes, shape.n, bytes[-1]);
    case ETF_SMALL_BIG:
    case ETF_LARGE_BIG:
      return decode_big (d, bytes, shape.n, bytes[-1] != 0);
    case ETF_ATOM_LATIN1:
    case ETF_SMALL_ATOM_LATIN1:
      return decode_atom (d, bytes, shape.n, true);
    case ETF_ATOM_UTF8:
    case ETF_SMALL_ATOM_UTF8:
      return decode_atom (d, bytes, shape.n, false);
    default:
      return is_name_tag (tag) ? decode_name (d, tag, (guint) shape.n)
                               : open_container (d, tag, &shape, to);
    }
}

/* --- finishing containers ------------------------------------------------- */

/* Sorts the pairs into the map; a key twice is an error. */
static Term
finish_flat (Decoder *d, Fill *fill)
{
  gsize n = fill->n;
  Term *keys = fill->thing, *map = n > 0 ? keys + 1 + n : keys, *pairs = fill->scratch;

  for (gsize i = 1; i < n; i++)
    {
      Term  key = pairs[2 * i], value = pairs[2 * i + 1];
      gsize k = i;
      int   order = 1;

      while (k > 0 && (order = term_compare_exact (d->vm->atoms, key, pairs[2 * k - 2])) < 0)
        k--;
      if (k > 0 && order == 0)
        return NONE;
      memmove (pairs + 2 * k + 2, pairs + 2 * k, 2 * (i - k) * sizeof (Term));
      pairs[2 * k] = key;
      pairs[2 * k + 1] = value;
    }
  map[0] = MAP_FLAT_HEADER;
  map[1] = n;
  map[2] = n > 0 ? make_boxed (keys) : empty_tuple (d->vm);
  if (n > 0)
    keys[0] = TUPLE_HEADER (n);
  for (gsize i = 0; i < n; i++)
    {
      keys[1 + i] = pairs[2 * i];
      map[3 + i] = pairs[2 * i + 1];
    }
  return make_boxed (map);
}

static Term
finish_trie (Decoder *d, Fill *fill)
{
  MapItem *items = g_new (MapItem, fill->n);
  Term     map = NONE;

  for (gsize i = 0; i < fill->n; i++)
    items[i].leaf = make_list (fill->thing + 2 * i);
  if (map_items_sort (items, fill->n) == fill->n)
    map = map_items_build (items, fill->n, d->target->alloc, d->target->data);
  g_free (items);
  return map;
}

static Term
finish_fun (Decoder *d, Fill *fill)
{
  const Term   *parts = fill->scratch;
  FunThing     *fun = (FunThing *) fill->thing;
  const guint8 *uniq = fill->bytes + 5;
  guint         arity = fill->bytes[4];
  gpointer      entry = NULL;

  if (!term_is_small (parts[1]) || !term_is_small (parts[2]) || !term_is_any_pid (parts[3]))
    return NONE;
  if (d->vm->hooks != NULL && d->vm->hooks->fun_entry != NULL)
    entry = d->vm->hooks->fun_entry (d->vm, parts[0], get_u32 (fill->bytes + 5 + UNIQ_BYTES),
                                     (guint32) small_value (parts[2]), uniq);
  if (entry == NULL || ((const FunIdentity *) entry)->n_free != fill->n ||
      ((const FunIdentity *) entry)->arity != arity)
    return NONE;
  fun->header = FUN_HEADER (arity, fill->n);
  fun->entry = entry;
  fun->creator = term_is_pid (parts[3]) ? parts[3] : make_pid (0);
  fun->spare = NIL;
  memcpy (fun->env, parts + 4, fill->n * sizeof (Term));
  fun->next = d->off_heap.first;
  d->off_heap.first = &fun->header;
  return make_boxed (&fun->header);
}

static Term
finish_export (Decoder *d, Fill *fill)
{
  const Term *parts = fill->scratch;

  if (!term_is_atom (parts[1]) || !term_is_small (parts[2]) ||
      (guint64) small_value (parts[2]) > 255 || d->vm->hooks == NULL ||
      d->vm->hooks->external_fun == NULL)
    return NONE;
  return d->vm->hooks->external_fun (d->vm, parts[0], parts[1], (guint) small_value (parts[2]));
}

static bool
finish (Decoder *d, Fill *fill)
{
  Term term;

  switch (fill->kind)
    {
    case FILL_FLAT:
      term = finish_flat (d, fill);
      break;
    case FILL_TRIE:
      term = finish_trie (d, fill);
      break;
    case FILL_FUN:
      term = finish_fun (d, fill);
      break;
    case FILL_EXPORT:
      term = finish_export (d, fill);
      break;
    case FILL_SLOTS:
    case FILL_LIST:
    default:
      return true;
    }
  *fill->result = term;
  return term != NONE;
}

/* Where the next term goes; moves on. */
static Term *
take_slot (Fill *fill)
{
  Term *slot = fill->next++;

  fill->left--;
  if (fill->kind == FILL_LIST && fill->n > 0 && fill->left > 0)
    {
      /* element k of n is at cell k; then comes the tail of the last cell */
      if (fill->left > 1)
        {
          slot[1] = make_list (slot + 2);
          fill->next = slot + 2;
        }
    }
  return slot;
}

static bool
decode_all (Decoder *d, Term *root)
{
  Term *slot = root;

  for (;;)
    {
      Term term = decode_one (d, slot);

      if (term == NONE)
        return false;
      *slot = term;
      while (d->fills->len > 0)
        {
          Fill *fill = &g_array_index (d->fills, Fill, d->fills->len - 1);

          if (fill->left > 0)
            break;
          if (!finish (d, fill))
            return false;
          g_free (fill->scratch);
          g_array_set_size (d->fills, d->fills->len - 1);
        }
      if (d->fills->len == 0)
        return true;
      slot = take_slot (&g_array_index (d->fills, Fill, d->fills->len - 1));
    }
}

/* --- the whole ------------------------------------------------------------ */

static Term
decode_plain (Decoder *d, gsize *used)
{
  const guint8 *start = d->in.p, *end;
  guint64       words;
  Term         *block = NULL, term = NONE;
  bool          ok;

  if (!etf_count_words (d->in, d->target->off_heap != NULL, &words, &end))
    return NONE;
  if (words > 0)
    {
      block = d->target->alloc (d->target->data, words);
      if (block == NULL)
        return NONE;
    }
  d->hp = block;
  d->in.end = end;
  d->fills = g_array_new (FALSE, FALSE, sizeof (Fill));
  ok = decode_all (d, &term);
  for (guint i = 0; i < d->fills->len; i++)
    g_free (g_array_index (d->fills, Fill, i).scratch);
  g_array_free (d->fills, TRUE);
  *used = (gsize) (d->in.p - start);
  if (!ok)
    {
      off_heap_release (d->vm, &d->off_heap);
      d->hp = block;
      term = NONE;
    }
  else if (d->off_heap.first != NULL && d->target->off_heap != NULL)
    off_heap_join (d->target->off_heap, &d->off_heap);
  /* Small bignums, names of this node and failures need less than was counted. */
  if (block != NULL && d->hp < block + words && d->target->give_back != NULL)
    d->target->give_back (d->target->data, block, words, (gsize) (d->hp - block));
  else if (block != NULL && d->hp < block + words)
    *d->hp = MAKE_HEADER (block + words - d->hp - 1, SUB_POS_BIG);
  return term;
}

static Term
decode_compressed (Decoder *d, gsize *used)
{
  gsize   packed, inner, size = get_u32 (d->in.p + 2);
  guint8 *plain = inflate_exact (d->in.p + 6, (gsize) (d->in.end - d->in.p) - 6, size, &packed);
  Term    term;

  if (plain == NULL)
    return NONE;
  d->in = (EtfInput){ plain, plain + size };
  term = decode_plain (d, &inner);
  g_free (plain);
  *used = 6 + packed;
  return inner == size ? term : NONE;
}

Term
etf_decode_into (
  VmMachine *vm, const EtfTarget *target, const guint8 *data, gsize len, bool safe, gsize *used)
{
  Decoder d = { .vm = vm, .target = target, .in = { data, data + len }, .safe = safe };
  gsize   n = 0;
  Term    term;

  *used = 0;
  if (len < 2 || data[0] != ETF_VERSION)
    return NONE;
  if (data[1] == ETF_COMPRESSED)
    {
      term = len >= 6 ? decode_compressed (&d, &n) : NONE;
      *used = n;
      return term;
    }
  d.in.p++;
  term = decode_plain (&d, &n);
  *used = 1 + n;
  return term;
}

Term
etf_decode_with (
  VmMachine *vm, Term *(*alloc) (gpointer, gsize), gpointer data_, const guint8 *data, gsize len)
{
  EtfTarget target = { .alloc = alloc, .data = data_ };
  gsize     used;

  return etf_decode_into (vm, &target, data, len, false, &used);
}

static Term *
alloc_on_heap (gpointer heap, gsize words)
{
  return heap_alloc (heap, words);
}

static void
give_back_to_heap (gpointer heap, Term *block, gsize words, gsize used)
{
  heap_give_back (heap, block, words, used);
}

Term
etf_decode (VmMachine *vm, Heap *heap, const guint8 *data, gsize len, bool safe, gsize *used)
{
  EtfTarget target = { alloc_on_heap, give_back_to_heap, heap, &heap->off_heap };
  gsize     n;
  Term      term = etf_decode_into (vm, &target, data, len, safe, &n);

  if (used != NULL)
    *used = n;
  return term;
}
