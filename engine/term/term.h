/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* budget: one essay and the accessors it explains; apart they would say nothing.
 *
 * Terms: what a word of a process's memory can be.
 *
 * A term is one 64-bit word. Its two lowest bits (the primary tag) say:
 *
 *   01  list     pointer to a cons cell: two words, head and tail
 *   10  boxed    pointer to a header word that is followed by the thing
 *   11  immediate: the value is in the word; the next bits say of which kind
 *         ..0011 pid    ..0111 port   ..1111 small integer (60 bits, signed)
 *         001011 atom   011011 catch  111011 nil ([])
 *   00  never a term. On a heap it is the header of a boxed thing; on a stack
 *       it is a return address; after a collection moved a boxed thing it is
 *       not: the header's place then holds the new (boxed) pointer.
 *
 * A header is arity << 6 | subtag << 2 | 00, where arity counts the words that
 * follow the header. Tuples have subtag 0, so a header of a tuple of n elements
 * is n << 6. All tags, headers and sizes are those of OTP 25 on a 64-bit machine
 * (erts/emulator/beam/erl_term.h), because labs show them.
 *
 * The word 0 is no term at all: NONE. Functions return it for "exception, see
 * the process", a moved cons has it as its head, and empty slots hold it.
 *
 * Literals look like any other term; they are known by their address, which lies
 * in the machine's literal area (code/literals.h). */

#include <glib.h>
#include <stdbool.h>
#include <string.h>

typedef guint64 Term;

#define NONE ((Term) 0)

#define TAG_MASK      3u
#define TAG_HEADER    0u
#define TAG_LIST      1u
#define TAG_BOXED     2u
#define TAG_IMMEDIATE 3u

#define IMM1_MASK  15u
#define IMM1_PID   3u
#define IMM1_PORT  7u
#define IMM1_SMALL 15u
#define IMM2_MASK  63u
#define IMM2_ATOM  0x0bu
#define IMM2_CATCH 0x1bu
#define IMM2_NIL   0x3bu

#define NIL ((Term) 0x3b)

#define SMALL_BITS 60
#define SMALL_MAX  ((gint64) ((G_GUINT64_CONSTANT (1) << 59) - 1))
#define SMALL_MIN  (-SMALL_MAX - 1)

typedef enum
{
  SUB_TUPLE = 0x0,
  SUB_MATCH_CONTEXT = 0x1,
  SUB_POS_BIG = 0x2,
  SUB_NEG_BIG = 0x3,
  SUB_REF = 0x4,
  SUB_FUN = 0x5,
  SUB_FLOAT = 0x6,
  SUB_PROC_BIN = 0x8,
  SUB_HEAP_BIN = 0x9,
  SUB_SUB_BIN = 0xa,
  SUB_EXT_PID = 0xc,
  SUB_EXT_PORT = 0xd,
  SUB_EXT_REF = 0xe,
  SUB_MAP = 0xf,
} Subtag;

#define HEADER_SUBTAG_MASK         0x3cu
#define MAKE_HEADER(arity, subtag) (((Term) (arity) << 6) | ((Term) (subtag) << 2))

static inline bool
term_is_immediate (Term t)
{
  return (t & TAG_MASK) == TAG_IMMEDIATE;
}
static inline bool
term_is_list (Term t)
{
  return (t & TAG_MASK) == TAG_LIST;
} /* a cons cell */
static inline bool
term_is_boxed (Term t)
{
  return (t & TAG_MASK) == TAG_BOXED;
}
static inline bool
term_is_header (Term t)
{
  return (t & TAG_MASK) == TAG_HEADER;
}
static inline bool
term_is_nil (Term t)
{
  return t == NIL;
}

static inline bool
term_is_small (Term t)
{
  return (t & IMM1_MASK) == IMM1_SMALL;
}
static inline bool
term_both_small (Term a, Term b)
{
  return ((a & b) & IMM1_MASK) == IMM1_SMALL;
}
static inline gint64
small_value (Term t)
{
  return (gint64) t >> 4;
}
static inline Term
make_small (gint64 v)
{
  return ((Term) v << 4) | IMM1_SMALL;
}
static inline bool
fits_small (gint64 v)
{
  return v >= SMALL_MIN && v <= SMALL_MAX;
}

static inline bool
term_is_atom (Term t)
{
  return (t & IMM2_MASK) == IMM2_ATOM;
}
static inline guint32
atom_index (Term t)
{
  return (guint32) (t >> 6);
}
static inline Term
make_atom (guint32 index)
{
  return ((Term) index << 6) | IMM2_ATOM;
}

static inline bool
term_is_pid (Term t)
{
  return (t & IMM1_MASK) == IMM1_PID;
}
static inline guint32
pid_number (Term t)
{
  return (guint32) (t >> 4);
}
static inline Term
make_pid (guint32 number)
{
  return ((Term) number << 4) | IMM1_PID;
}
static inline bool
term_is_port (Term t)
{
  return (t & IMM1_MASK) == IMM1_PORT;
}
static inline guint64
port_number (Term t)
{
  return t >> 4;
}
static inline Term
make_port (guint64 number)
{
  return ((Term) number << 4) | IMM1_PORT;
}

/* A catch word in a stack slot: where to go on, as an index into the module table's labels. */
static inline bool
term_is_catch (Term t)
{
  return (t & IMM2_MASK) == IMM2_CATCH;
}
static inline guint64
catch_index (Term t)
{
  return t >> 6;
}
static inline Term
make_catch (guint64 index)
{
  return ((Term) index << 6) | IMM2_CATCH;
}

static inline Term *
list_ptr (Term t)
{
  return (Term *) (t - TAG_LIST);
}
static inline Term
make_list (const Term *cell)
{
  return (Term) cell + TAG_LIST;
}
static inline Term
list_head (Term t)
{
  return list_ptr (t)[0];
}
static inline Term
list_tail (Term t)
{
  return list_ptr (t)[1];
}

static inline Term *
boxed_ptr (Term t)
{
  return (Term *) (t - TAG_BOXED);
}
static inline Term
make_boxed (const Term *thing)
{
  return (Term) thing + TAG_BOXED;
}
static inline Term
boxed_header (Term t)
{
  return *boxed_ptr (t);
}

static inline guint64
header_arity (Term header)
{
  return header >> 6;
} /* tuples, bignums, heap things; not maps and funs */
static inline Subtag
header_subtag (Term header)
{
  return (Subtag) ((header & HEADER_SUBTAG_MASK) >> 2);
}
static inline bool
term_has_subtag (Term t, Subtag s)
{
  return term_is_boxed (t) && header_subtag (boxed_header (t)) == s;
}

/* Tuples: header, elements. `{}` is a literal of one header word. */
static inline bool
term_is_tuple (Term t)
{
  return term_is_boxed (t) && (boxed_header (t) & 0x3f) == 0;
}
static inline guint64
tuple_arity (Term t)
{
  return boxed_header (t) >> 6;
}
static inline Term *
tuple_elements (Term t)
{
  return boxed_ptr (t) + 1;
} /* element 1 is [0] */
#define TUPLE_HEADER(n) ((Term) (n) << 6)

/* Floats: header, double. */
#define FLOAT_WORDS  2
#define FLOAT_HEADER MAKE_HEADER (1, SUB_FLOAT)
static inline bool
term_is_float (Term t)
{
  return term_is_boxed (t) && boxed_header (t) == FLOAT_HEADER;
}
static inline double
float_value (Term t)
{
  double d;
  memcpy (&d, boxed_ptr (t) + 1, 8);
  return d;
}
static inline Term
float_write (Term *hp, double d)
{
  hp[0] = FLOAT_HEADER;
  memcpy (hp + 1, &d, 8);
  return make_boxed (hp);
}

/* Bignums: header (subtag gives the sign), n 64-bit digits, least significant first, no leading
 * zero digit. */
static inline bool
term_is_big (Term t)
{
  return term_is_boxed (t) && (boxed_header (t) & 0x38) == (SUB_POS_BIG << 2);
}
static inline bool
big_is_negative (Term t)
{
  return header_subtag (boxed_header (t)) == SUB_NEG_BIG;
}
static inline bool
term_is_integer (Term t)
{
  return term_is_small (t) || term_is_big (t);
}
static inline bool
term_is_number (Term t)
{
  return term_is_integer (t) || term_is_float (t);
}

/* References: header, two words. An ordinary one holds its three 32-bit numbers
 * (n0 | n1 << 32, n2); REF_PID adds the pid that an alias sends to; REF_MAGIC is
 * [header, OffHeapBinary *, next]: it keeps a thing of the machine alive and its
 * numbers are in that thing. The kind is in the header's high half, so all
 * headers keep arity at bits 6..31. */
#define REF_KIND_SHIFT   32
#define REF_ORDINARY     0u
#define REF_PID          1u
#define REF_MAGIC        2u
#define REF_HEADER       MAKE_HEADER (2, SUB_REF)
#define PID_REF_HEADER   (MAKE_HEADER (3, SUB_REF) | ((Term) REF_PID << REF_KIND_SHIFT))
#define MAGIC_REF_HEADER (MAKE_HEADER (2, SUB_REF) | ((Term) REF_MAGIC << REF_KIND_SHIFT))
#define REF_WORDS        3
#define PID_REF_WORDS    4
static inline bool
term_is_ref (Term t)
{
  return term_has_subtag (t, SUB_REF);
}

/* Funs: [header, next in the off-heap list, entry, creator, spare, environment…]; 5 + n words.
 * header bits 6..31 hold 4 + n_free; bits 32..39 the arity a caller sees; bits 40..47 n_free;
 * bit 48: external (`fun M:F/A`: entry is an Export *, no environment, always a literal). */
#define FUN_WORDS        5
#define FUN_EXTERNAL_BIT (G_GUINT64_CONSTANT (1) << 48)
#define FUN_HEADER(arity, n_free) \
  (MAKE_HEADER (4 + (n_free), SUB_FUN) | ((Term) (arity) << 32) | ((Term) (n_free) << 40))
typedef struct
{
  Term  header;
  Term *next;    /* off-heap list: local funs only */
  void *entry;   /* FunEntry * or Export * (code/code-table.h) */
  Term  creator; /* pid */
  Term  spare;
  Term  env[];
} FunThing;
static inline bool
term_is_fun (Term t)
{
  return term_has_subtag (t, SUB_FUN);
}
static inline FunThing *
fun_thing (Term t)
{
  return (FunThing *) boxed_ptr (t);
}
static inline guint
fun_arity (Term t)
{
  return (boxed_header (t) >> 32) & 0xff;
}
static inline guint
fun_n_free (Term t)
{
  return (boxed_header (t) >> 40) & 0xff;
}
static inline bool
fun_is_external (Term t)
{
  return (boxed_header (t) & FUN_EXTERNAL_BIT) != 0;
}
static inline guint
thing_arity (Term header)
{
  return (guint) ((header >> 6) & 0x3ffffff);
} /* any boxed thing but maps: words after the header */

/* Binaries. A heap binary holds its bytes; a ProcBin refers to an off-heap,
 * reference-counted block; a sub-binary is a window on one of the two, in bits;
 * a match context is a sub-binary that moves while it is matched. */
#define HEAP_BIN_LIMIT 64 /* bytes; longer ones live off the heap */
typedef struct
{
  gint    ref_count; /* atomic */
  guint32 flags;     /* BINARY_* of mem/offheap.h */
  gsize   size;      /* bytes allocated for data */
  guint8  data[];
} OffHeapBinary;
typedef struct
{
  Term   header;
  gsize  size;
  guint8 data[];
} HeapBin;
typedef struct
{
  Term           header;
  gsize          size;
  Term          *next;
  OffHeapBinary *binary;
  guint8        *bytes;
  Term           flags;
} ProcBin;
typedef struct
{
  Term   header;
  gsize  size;
  gsize  offset;
  guint8 bit_size, bit_offset, is_writable;
  Term   orig;
} SubBin; /* size, offset: bytes */
typedef struct
{
  Term    header;
  Term    orig;
  guint8 *base;
  gsize   offset;
  gsize   size;
} MatchContext; /* offset, size: bits from base */
#define PROC_BIN_WORDS         6
#define PROC_BIN_HEADER        MAKE_HEADER (5, SUB_PROC_BIN)
#define PROC_BIN_WRITABLE      1u
#define PROC_BIN_ACTIVE_WRITER 2u
#define SUB_BIN_WORDS          5
#define SUB_BIN_HEADER         MAKE_HEADER (4, SUB_SUB_BIN)
#define MATCH_CONTEXT_WORDS    5
#define MATCH_CONTEXT_HEADER   MAKE_HEADER (4, SUB_MATCH_CONTEXT)
#define HEAP_BIN_WORDS(bytes)  (2 + ((gsize) (bytes) + 7) / 8)
#define HEAP_BIN_HEADER(bytes) MAKE_HEADER (HEAP_BIN_WORDS (bytes) - 1, SUB_HEAP_BIN)
static inline bool
term_is_bitstring (Term t)
{
  Subtag s;
  if (!term_is_boxed (t))
    return false;
  s = header_subtag (boxed_header (t));
  return s == SUB_PROC_BIN || s == SUB_HEAP_BIN || s == SUB_SUB_BIN;
}
static inline bool
term_is_binary (Term t) /* whole bytes */
{
  return term_is_bitstring (t) && (header_subtag (boxed_header (t)) != SUB_SUB_BIN ||
                                   ((SubBin *) boxed_ptr (t))->bit_size == 0);
}
static inline bool
term_is_match_context (Term t)
{
  return term_has_subtag (t, SUB_MATCH_CONTEXT);
}

/* Maps. Header bits 6..7 are the kind:
 *   flat         [header, n, keys tuple, value 1 … value n], keys sorted by term order
 *   node bitmap  [header with a 16-bit bitmap, child…]       one level of a hash trie
 *   head array   [header, n, 16 children]                    root, full
 *   head bitmap  [header with a 16-bit bitmap, n, child…]    root
 * Header bits 8..15 arity, 16..31 bitmap. A leaf is a cons [key | value]. */
#define MAP_FLAT_LIMIT       32
#define MAP_KIND_FLAT        0u
#define MAP_KIND_NODE        1u
#define MAP_KIND_HEAD_ARRAY  2u
#define MAP_KIND_HEAD_BITMAP 3u
#define MAP_HEADER(kind, arity, bitmap) \
  (((Term) (bitmap) << 16) | ((Term) (arity) << 8) | ((Term) (kind) << 6) | (SUB_MAP << 2))
#define MAP_FLAT_HEADER MAP_HEADER (MAP_KIND_FLAT, 1, 0)
static inline guint
map_kind (Term header)
{
  return (guint) ((header >> 6) & 3);
}
static inline guint
map_bitmap (Term header)
{
  return (guint) ((header >> 16) & 0xffff);
}
static inline bool
term_is_map (Term t)
{
  return term_has_subtag (t, SUB_MAP);
}
static inline bool
map_is_flat (Term t)
{
  return map_kind (boxed_header (t)) == MAP_KIND_FLAT;
}
static inline guint64
map_size (Term t)
{
  return boxed_ptr (t)[1];
} /* flat and heads: number of pairs, untagged */
typedef struct
{
  Term    header;
  guint64 size;
  Term    keys;
  Term    values[];
} FlatMap;

/* Words that a boxed thing of this header takes, the header included. */
static inline guint64
boxed_words (const Term *thing)
{
  Term h = *thing;
  if (header_subtag (h) != SUB_MAP)
    return 1 + thing_arity (h);
  switch (map_kind (h))
    {
    case MAP_KIND_FLAT:
      return 3 + thing[1];
    case MAP_KIND_NODE:
      return 1 + (guint) __builtin_popcount (map_bitmap (h));
    case MAP_KIND_HEAD_ARRAY:
      return 18;
    default:
      return 2 + (guint) __builtin_popcount (map_bitmap (h));
    }
}
