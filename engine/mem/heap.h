/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A process's memory.
 *
 *   start            htop                        stop              hend
 *   | heap →  ····   |        free               | ← stack          |
 *        ^ high_water
 *   old_start        old_top      old_end        (a second block, no stack)
 *
 * One block holds the young heap (growing up) and the stack (growing down).
 * What lies below high_water has survived one collection and goes to the old
 * block at the next. Terms that came from elsewhere (BIF results that did not
 * fit, messages) lie in fragments until a collection moves them in.
 *
 * While a process runs, the interpreter keeps htop and stop in registers; both
 * are in the struct whenever any other code runs.
 *
 * Words: sizes are in words unless named _bytes. Rules and numbers are those of
 * OTP 25's JIT (erl_gc.c, erl_vm.h with S_RESERVED 4). */

#include "engine/base/machine.h"
#include "engine/term/term.h"

#define HEAP_RESERVED     4 /* words kept free between heap and stack for calls */
#define HEAP_REDZONE      3 /* of those, what BIF allocations must leave */
#define HEAP_DEFAULT_MIN  233
#define VHEAP_DEFAULT_MIN 46422
#define FULLSWEEP_DEFAULT 65535

/* Things with parts outside the heap, newest first, chained through their
 * `next` word: ProcBins, local funs, magic references. `overhead` is the virtual
 * binary heap: size/8 of each ProcBin of the young generation. */
typedef struct
{
  Term   *first;
  guint64 overhead;
} OffHeap;

typedef struct _HeapFragment HeapFragment;
struct _HeapFragment
{
  HeapFragment *next;
  OffHeap       off_heap;
  gsize         size; /* words allocated */
  gsize         used; /* words used, from mem[0] */
  Term          mem[];
};

typedef enum
{
  HEAP_GROW = 1u << 0, /* more than 75 % was live after the last major */
  HEAP_NEED_FULLSWEEP = 1u << 1,
  HEAP_FORCE_GC = 1u << 2,
  HEAP_DISABLE_GC = 1u << 3,
  HEAP_DELAY_GC = 1u << 4, /* between loop_rec and remove_message */
  HEAP_HIBERNATED = 1u << 5,
  HEAP_MAX_KILL = 1u << 6, /* max_heap_size: kill */
  HEAP_MAX_LOG = 1u << 7,  /* max_heap_size: log */
} HeapFlags;

typedef struct
{
  /* owner-thread: the scheduler that runs the process, or who holds its main lock */
  Term         *htop;
  Term         *stop;
  Term         *start;
  Term         *hend;
  Term         *high_water;
  Term         *old_start; /* NULL: no old block */
  Term         *old_top;
  Term         *old_end;
  gsize         size;              /* words of the young block */
  gsize         mbuf_size;         /* words used in fragments (both lists) */
  HeapFragment *fragments;         /* of the process, newest first */
  HeapFragment *message_fragments; /* of received messages */
  OffHeap       off_heap;
  Term         *writable_bins; /* ProcBins of binaries that can be appended to in place */
  guint64       vheap_size;    /* bin_vheap_sz */
  guint64       old_vheap;     /* bin_old_vheap */
  guint64       old_vheap_size;
  gsize         min_size;
  gsize         min_vheap_size;
  gsize         max_size;            /* max_heap_size; 0 = none */
  guint32       n_minor_since_major; /* gen_gcs */
  guint32       fullsweep_after;     /* max_gen_gcs */
  guint32       flags;               /* HeapFlags */
  guint32       n_minor;             /* collections so far */
  guint32       n_major;
  guint64       words_copied; /* by them and by hibernation */
  guint64       words_reclaimed;
  VmMachine    *vm;
} Heap;

/* Gives @heap its first block (at least @words free for the start arguments and
 * HEAP_RESERVED) with sizes from @heap's min_size. */
void heap_init (Heap *heap, VmMachine *vm, gsize words);
void heap_clear (Heap *heap);

/* ERTS's size table: the smallest entry >= @words (@up 0), or the one after the
 * smallest entry >= @words (@up 1). */
gsize heap_next_size (gsize words, int up);

/* Room for @n words for a BIF's result: in the block when it fits above the red
 * zone, else in a fragment. Never collects. The words must be filled before the
 * next allocation that may collect. */
Term *heap_alloc_slow (Heap *heap, gsize n);
static inline Term *
heap_alloc (Heap *heap, gsize n)
{
  Term *hp = heap->htop;
  if (hp <= heap->stop - HEAP_REDZONE && (gsize) (heap->stop - HEAP_REDZONE - hp) >= n &&
      !(heap->flags & (HEAP_DISABLE_GC)))
    {
      heap->htop = hp + n;
      return hp;
    }
  return heap_alloc_slow (heap, n);
}
/* Always in a fragment: results of overflow arithmetic (HeapFragOnlyAlloc, 512 spare words). */
Term *heap_alloc_fragment (Heap *heap, gsize n);
/* Gives back the unused end of the last heap_alloc of @n words at @hp, of which @used were filled.
 */
void heap_give_back (Heap *heap, Term *hp, gsize n, gsize used);

/* Should a collection follow now (after a BIF, a receive, at schedule-in)? */
static inline bool
heap_wants_collection_by (const Heap *heap, gssize room)
{
  return room < (gssize) heap->mbuf_size || heap->off_heap.overhead > heap->vheap_size ||
         (heap->flags & HEAP_FORCE_GC) != 0;
}
static inline bool
heap_wants_collection (const Heap *heap)
{
  return heap_wants_collection_by (heap, heap->stop - heap->htop);
}

HeapFragment *heap_fragment_new (VmMachine *vm, gsize words);
void          heap_fragment_free (VmMachine    *vm,
                                  HeapFragment *fragment); /* this one; drops its off-heap things */

/* Hands @fragment (of a received message) over to @heap: its off-heap things
 * join the heap's, its words count, a collection will move it in. */
void heap_attach_fragment (Heap *heap, HeapFragment *fragment);
/* Copies @fragment's words to the heap's top (there must be room), adjusts *@term
 * that points into it, and frees it. For GcRequest.move_queued. */
void heap_move_fragment (Heap *heap, HeapFragment *fragment, Term *term);

/* Blocks of words, accounted in vm->memory_bytes. */
Term *heap_block_new (VmMachine *vm, gsize words);
void  heap_block_free (VmMachine *vm, Term *block, gsize words);
/* Adds @bytes (may be negative) to the machine's memory; tells the machine when
 * that passes its limit. Thread: any. */
void machine_account_memory (VmMachine *vm, gint64 bytes);
/* The size of the virtual binary heap that follows @size when @used of it is used. */
guint64 heap_next_vheap_size (const Heap *heap, guint64 used, guint64 size);

/* Copying between processes (sharing is lost, literals stay shared).
 * term_copy_words(): words a copy takes. term_copy(): copies to *hp, moves *hp on,
 * chains off-heap things into @off_heap. */
gsize term_copy_words (VmMachine *vm, Term term);
/* The same, but counts no further than @max: shared parts can make a small term a copy
 * without end. */
gsize term_copy_words_up_to (VmMachine *vm, Term term, gsize max);
Term  term_copy (VmMachine *vm, Term term, Term **hp, OffHeap *off_heap);
/* The same with literals copied too (ETS, literal areas). */
gsize term_flat_words (Term term);
Term  term_copy_all (VmMachine *vm, Term term, Term **hp, OffHeap *off_heap);
/* Copies @term into a new fragment (NULL for immediates and literals; *copy is the term). */
HeapFragment *term_copy_to_fragment (VmMachine *vm, Term term, Term *copy);
/* Words with sharing counted once: erts_debug:size/1. */
gsize term_shared_words (VmMachine *vm, Term term);
gsize term_shared_words_up_to (VmMachine *vm, Term term, gsize max);

/* Is @ptr in the machine's literal area? (inline over two words of Literals) */
typedef struct _Literals Literals;
struct _Literals
{
  Term *base; /* reserved address range; immutable */
  Term *end;  /* of the reservation */
  Term *top;  /* lock: code; grows */
};
static inline bool
term_is_literal (const VmMachine *vm, Term t)
{
  const Literals *l = (const Literals *) vm->literals;
  const Term     *p = (const Term *) (t & ~(Term) TAG_MASK);
  return p >= l->base && p < l->end;
}

/* Roots are handed in by who knows them. */
typedef struct
{
  Term   *first;
  gsize   n;
  guint32 kind; /* VmGcRootKind, for who watches */
} RootRange;

typedef struct
{
  RootRange *ranges; /* scanned in order; the stack comes first and is added by the collector */
  guint      n_ranges;
  guint      n_late; /* the last ones of these refer to what `move_queued` moves in: not collected,
                        but kept right when the block moves */
} GcRoots;

typedef struct
{
  gsize         need;        /* words wanted free afterwards */
  gsize         extra_stack; /* 1: instruction-level collection (the JIT's return address) */
  bool          want_major;
  bool          want_minor;
  bool          is_asked;           /* the program asked for it */
  HeapFragment *live_fragments_end; /* fragments newer than this were made by the running BIF and
                                       are moved whole (NULL: none) */
  bool move_all_fragments;          /* with live_fragments_end NULL: all fragments are the BIF's */
  /* Queued messages whose fragments come onto the heap now: their words, and who
   * moves them (with heap_move_fragment()) once everything else is collected. */
  gsize queued_words;
  void (*move_queued) (Heap *heap, gpointer data);
  gpointer move_data;

  struct _GcCapture *capture; /* (nullable): who watches; see gc-capture.h */
} GcRequest;

/* What a collection did; `keys` are at the start and at the end, in VmGcKey order. */
typedef void (*GcReport) (gpointer data, guint event_kind, const guint64 *keys);

/* Moves the block to one of @words without collecting; roots follow. */
void heap_resize (Heap *heap, gsize words, const GcRoots *roots);

/* Collects @heap. @report (nullable) is called for each start and end event.
 * Returns the cost in reductions; -1 when max_heap_size is passed and the
 * process is to be killed. Pointers into the heap that are no roots die. */
int gc_collect (
  Heap *heap, const GcRequest *request, const GcRoots *roots, GcReport report, gpointer data);
/* Hibernation's collection: everything into exactly used + HEAP_RESERVED words. */
int gc_hibernate (
  Heap *heap, const GcRoots *roots, GcReport report, gpointer data, struct _GcCapture *capture);
/* Fills @keys (VM_N_GC_KEYS). */
void gc_get_keys (const Heap *heap, gsize extra_stack, guint64 *keys);

/* Aborts with a message if an invariant of @heap is broken (debug and stress builds). */
void heap_check (const Heap *heap, const GcRoots *roots);
