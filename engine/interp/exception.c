/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

/* Raising: the raw stack trace, the search for a handler, and what is left when
 * there is none.
 *
 * A raw trace is {Blob, Args, Info}: Blob a thing that looks like a bignum and
 * holds code addresses (so that building it costs little when nobody reads it),
 * Args the list that stands for the arity in the first entry (or true), Info the
 * first entry's extra location elements. build_stacktrace turns it into a list.
 * A trace that was given as a list (erlang:raise/3) is {Class, List, []}. */

#include "engine/bif/bif-error.h"
#include "engine/bif/bif-util.h"
#include "engine/bif/bif.h"
#include "engine/code/code-table.h"
#include "engine/data/data.h"
#include "engine/interp/bits.h"
#include "engine/interp/interp.h"
#include "engine/interp/support.h"

/* Where it happened. */
typedef enum
{
  AT_PC,     /* word 0: the instruction */
  AT_EXPORT, /* words 0 to 2: module, function, arity */
  AT_CLAUSE, /* word 0: func_info of the function without a matching clause */
  N_AT
} RawWhere;

typedef struct
{
  Term header;       /* positive bignum */
  guint8 class;      /* ExceptionClass */
  guint8      where; /* RawWhere */
  guint16     depth; /* as ERTS's, it has five words and the addresses */
  guint32     unused;
  guint64     words[3];
  const Cell *trace[];
} RawTrace;

#define MAX_ARITY        255
#define RAW_WORDS(depth) (sizeof (RawTrace) / sizeof (Term) + (depth))

/* --- building the raw trace ------------------------------------------------------- */

static void
gather (Process *p, RawTrace *raw, guint max_depth, const Cell *previous)
{
  Term *slot = p->heap.stop;

  for (; slot < p->heap.hend && raw->depth < max_depth; slot++)
    if (term_is_header (*slot) && *slot != NONE)
      {
        const Cell *address = (const Cell *) *slot;

        if (address != previous)
          raw->trace[raw->depth++] = address - 1;
        previous = address;
      }
}

static Term
argument_list (Process *p, const Term *args, guint n)
{
  return list_new (&p->heap, args, n, NIL);
}

/* BIFs' explanations live in modules that embedded systems may leave out. */
static const char *
format_module (const char *module)
{
  static const struct
  {
    const char *module, *format;
  } table[] = {
    { "erlang", "erl_erts_errors" },
    { "erts_internal", "erl_erts_errors" },
    { "atomics", "erl_erts_errors" },
    { "counters", "erl_erts_errors" },
    { "persistent_term", "erl_erts_errors" },
    { "os", "erl_kernel_errors" },
    { "binary", "erl_stdlib_errors" },
    { "ets", "erl_stdlib_errors" },
    { "lists", "erl_stdlib_errors" },
    { "maps", "erl_stdlib_errors" },
    { "math", "erl_stdlib_errors" },
    { "re", "erl_stdlib_errors" },
    { "unicode", "erl_stdlib_errors" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].module, module))
      return table[i].format;
  return NULL;
}

static Term
bif_error_info (Process *p, const Export *bif)
{
  AtomTable  *atoms = p->vm->atoms;
  const char *format = format_module (atom_name (atoms, bif->module, NULL));
  Term        pairs[4];

  if (format == NULL)
    return NONE;
  if (p->exception_flags & EXCF_CAUSE)
    {
      pairs[0] = A (cause);
      pairs[1] = p->cause;
      pairs[2] = A (module);
      pairs[3] = atom_from_string (atoms, format);
      return map_new (&p->heap, pairs, 2);
    }
  pairs[0] = A (module);
  pairs[1] = atom_from_string (atoms, format);
  return map_new (&p->heap, pairs, 1);
}

/* Those leave no entry of their own in the trace. */
static bool
is_raising_bif (Process *p, const Export *bif)
{
  const char *name;

  if (bif->module != A (erlang))
    return false;
  name = atom_name (p->vm->atoms, bif->function, NULL);
  return (g_str_equal (name, "error") && bif->arity <= 3) ||
         (bif->arity == 1 && (g_str_equal (name, "exit") || g_str_equal (name, "throw")));
}

static void
set_where (RawTrace *raw, RawWhere where, guint64 a, guint64 b, guint64 c)
{
  raw->where = (guint8) where;
  raw->words[0] = a;
  raw->words[1] = b;
  raw->words[2] = c;
}

static void
save_trace (Process *p, const Cell *pc, Term *x, const Export *bif, const Term *bif_args)
{
  guint       depth = p->max_stacktrace > 0 ? p->max_stacktrace - 1u : 0;
  gsize       words = RAW_WORDS (depth) + 1; /* ERTS makes it one too large */
  RawTrace   *raw = (RawTrace *) halloc (p, words);
  Term        args = A (true), info = NONE, info_list = NIL;
  const Cell *previous = pc;

  raw->header = MAKE_HEADER (words - 1, SUB_POS_BIG);
  raw->class = (guint8) p->exception;
  set_where (raw, AT_PC, (guint64) pc, 0, 0);
  raw->depth = 0;
  raw->unused = 0;
  memset (raw->trace, 0, (depth + 1) * sizeof (Cell *));

  if (p->exception_flags & (EXCF_ARG_LIST | EXCF_ERROR_INFO))
    {
      Term *tuple = tuple_elements (p->fvalue);

      args = tuple[1] == A (none) ? A (true) : tuple[1];
      if (p->exception_flags & EXCF_ERROR_INFO)
        info = tuple[2];
      p->fvalue = tuple[0];
    }
  else if (p->exception_flags & EXCF_FUNCTION_CLAUSE)
    {
      set_where (raw, AT_CLAUSE, (guint64) pc, 0, 0);
      for (guint i = 0; i < (guint) pc[3]; i++)
        if (term_is_match_context (x[i])) /* a function that goes on matching was called with it */
          x[i] = bits_get_tail (p, match_context (x[i]));
      args = argument_list (p, x, (guint) pc[3]);
    }
  else if (p->exception_flags & EXCF_UNDEFINED)
    {
      set_where (raw, AT_EXPORT, p->undefined->module, p->undefined->function, p->undefined->arity);
      args = argument_list (p, x, p->undefined->arity);
      previous = NULL;
    }
  else if (bif != NULL && !is_raising_bif (p, bif))
    {
      set_where (raw, AT_EXPORT, bif->module, bif->function, bif->arity);
      if (depth > 0)
        raw->trace[raw->depth++] = pc;
      info = bif_error_info (p, bif);
      args = argument_list (p, bif_args, bif->arity);
    }
  gather (p, raw, depth, previous);
  {
    Term *hp = halloc (p, info != NONE ? 9 : 4);

    if (info != NONE)
      {
        hp[0] = TUPLE_HEADER (2);
        hp[1] = A (error_info);
        hp[2] = info;
        hp[3] = make_boxed (hp);
        hp[4] = NIL;
        info_list = make_list (hp + 3);
        hp += 5;
      }
    hp[0] = TUPLE_HEADER (3);
    hp[1] = make_boxed (&raw->header);
    hp[2] = args;
    hp[3] = info_list;
    p->ftrace = make_boxed (hp);
  }
}

Term
ops_wrap_stacktrace (Process *p, Term list)
{
  return tuple_new (&p->heap, 3, make_small (p->exception), list, NIL);
}

/* --- the readable list --------------------------------------------------------------- */

/* An entry of the list: {M, F, Arity or arguments, Location}. */
typedef struct
{
  Term             module, function, arity;
  Term             info; /* behind the location */
  const LineEntry *line; /* or NULL */
  Term             file;
} TraceItem;

static gsize
item_words (const TraceItem *item)
{
  return 2 + 5 + (item->line != NULL ? 2 * (2 + 3) : 0);
}

/* Writes the entry at *@hp and puts it before @list. */
static Term
item_write (const TraceItem *item, Term **hp, Term list)
{
  Term *at = *hp, info = item->info, entry;

  if (item->line != NULL)
    {
      info = cons_write (at + 3, pair_write (at, A (line), make_small (item->line->line)), info);
      info = cons_write (at + 8, pair_write (at + 5, A (file), item->file), info);
      at += 10;
    }
  at[0] = TUPLE_HEADER (4);
  at[1] = item->module;
  at[2] = item->function;
  at[3] = item->arity;
  at[4] = info;
  entry = make_boxed (at);
  *hp = at + 7;
  return cons_write (at + 5, entry, list);
}

/* FALSE: no function there (the end of a process's stack). */
static bool
item_at (Process *p, const Cell *pc, Term args, Term info, TraceItem *item)
{
  Module             *module = code_table_find_pc ((CodeTable *) p->vm->code, pc);
  const FunctionInfo *function = module != NULL ? module_find_function (module, pc) : NULL;

  if (function == NULL)
    return false;
  *item = (TraceItem){ .module = module->name,
                       .function = function->name,
                       .arity = args == A (true) ? make_small (function->arity) : args,
                       .info = info,
                       .line = module_find_line (module, pc) };
  if (item->line != NULL)
    item->file = module->file_terms[MIN (item->line->file, module->n_files - 1)];
  return true;
}

static bool
is_atom_word (VmMachine *vm, guint64 word)
{
  return term_is_atom ((Term) word) && (word >> 6) < atom_table_get_size (vm->atoms);
}

/* The blob of a raw trace; NULL: it only looks like one. Only code addresses and
 * atoms are in it, and addresses are looked up before they are used. */
static const RawTrace *
raw_trace (VmMachine *vm, Term blob)
{
  const RawTrace *raw;
  gsize           n;

  if (!term_is_big (blob) || big_is_negative (blob))
    return NULL;
  raw = (const RawTrace *) boxed_ptr (blob);
  n = header_arity (raw->header) + 1;
  if (n < RAW_WORDS (0) || raw->depth > n - RAW_WORDS (0) || raw->where >= N_AT)
    return NULL;
  if (raw->where == AT_EXPORT && (!is_atom_word (vm, raw->words[0]) ||
                                  !is_atom_word (vm, raw->words[1]) || raw->words[2] > MAX_ARITY))
    return NULL;
  return raw;
}

bool
interp_is_raw_trace (VmMachine *vm, Term term)
{
  const RawTrace *raw;

  if (!term_is_tuple (term) || tuple_arity (term) != 3 ||
      (raw = raw_trace (vm, tuple_elements (term)[0])) == NULL)
    return false;
  return raw->where == AT_EXPORT ||
         code_table_find_pc ((CodeTable *) vm->code, (const Cell *) raw->words[0]) != NULL;
}

static bool
first_item (Process *p, const RawTrace *raw, Term args, Term info, TraceItem *item)
{
  if (raw->where != AT_EXPORT)
    return item_at (p, (const Cell *) raw->words[0], args, info, item);
  *item = (TraceItem){ .module = raw->words[0],
                       .function = raw->words[1],
                       .arity = args == A (true) ? make_small ((gint64) raw->words[2]) : args,
                       .info = info };
  return true;
}

Term
ops_build_stacktrace (Process *p, Term raw_term)
{
  g_autofree TraceItem *items = NULL;
  Term                 *tuple, *hp;
  const RawTrace       *raw;
  Term                  list = NIL;
  gsize                 words = 0;
  guint                 n = 0;

  if (!term_is_tuple (raw_term) || tuple_arity (raw_term) != 3)
    return NIL;
  tuple = tuple_elements (raw_term);
  if (!term_is_big (tuple[0]))
    return tuple[1];
  raw = raw_trace (p->vm, tuple[0]);
  if (raw == NULL)
    return NIL;
  items = g_new (TraceItem, (gsize) raw->depth + 1);
  if (first_item (p, raw, tuple[1], tuple[2], &items[n]))
    n++;
  for (guint i = 0; i < raw->depth; i++)
    if (item_at (p, raw->trace[i], A (true), NIL, &items[n]))
      n++;
  for (guint i = 0; i < n; i++)
    words += item_words (&items[i]);
  hp = halloc (p, words);
  while (n > 0)
    list = item_write (&items[--n], &hp, list);
  return list;
}

Term
ops_add_stacktrace (Process *p, Term reason, Term raw)
{
  return ops_tuple2 (p, reason, ops_build_stacktrace (p, raw));
}

/* --- finding the handler ---------------------------------------------------------------- */

static const Cell *
find_catch (Process *p)
{
  Term *slot, *frame = p->heap.stop;

  for (slot = frame; slot < p->heap.hend; slot++)
    {
      if (term_is_catch (*slot))
        {
          p->heap.stop = frame;
          return code_table_catch_target ((CodeTable *) p->vm->code, catch_index (*slot));
        }
      if (term_is_header (*slot))
        frame = slot + 1;
    }
  return NULL;
}

static Term
class_atom (ExceptionClass class)
{
  return class == EXC_THROW ? A (throw) : class == EXC_EXIT ? A (exit)
                                                            : A (error);
}

static void
terminate (Process *p, Term reason)
{
  p->uncaught_class = p->exception;
  p->uncaught_reason = reason;
  p->uncaught_trace = NIL;
  if (p->exception == EXC_ERROR)
    {
      p->uncaught_trace = ops_build_stacktrace (p, p->ftrace);
      p->exit_reason = ops_tuple2 (p, reason, p->uncaught_trace);
    }
  else
    {
      p->uncaught_trace = ops_build_stacktrace (p, p->ftrace);
      p->exit_reason = reason;
    }
  if (p->exception == EXC_ERROR)
    process_log_uncaught (p, p->exit_reason);
  p->exception = EXC_NONE;
}

const Cell *
ops_handle_exception (Process *p, const Cell *pc, Term *x, const Export *bif, const Term *args)
{
  const Cell *target;
  Term        value;

  /* only damaged code raises in the middle of a receive */
  process_adopt_message (p);
  p->heap.flags &= ~(guint32) HEAP_DELAY_GC;
  if (VM_UNLIKELY (p->timeout_pc != NULL))
    mailbox_cancel_timeout (p);
  if (p->exception_flags & EXCF_SAVED_TRACE)
    {
      if (p->ftrace == NIL || term_is_list (p->ftrace))
        p->ftrace = ops_wrap_stacktrace (p, p->ftrace);
    }
  else
    {
      /* what raises is called, so its return address is on the stack; but func_info's */
      bool is_called = (p->exception_flags & EXCF_FUNCTION_CLAUSE) == 0;

      if (is_called)
        *--p->heap.stop = NIL;
      save_trace (p, pc, x, bif, args);
      if (is_called)
        p->heap.stop++;
    }
  value = p->fvalue;
  p->fvalue = NIL;
  p->exception_flags = 0;
  if (p->exception == EXC_THROW && p->catches == 0)
    {
      value = ops_tuple2 (p, A (nocatch), value);
      p->exception = EXC_ERROR;
    }
  if (p->catches > 0 && (target = find_catch (p)) != NULL)
    {
      x[0] = NONE;
      x[1] = value;
      x[2] = p->ftrace;
      x[3] = class_atom ((ExceptionClass) p->exception);
      p->ftrace = NIL;
      p->exception = EXC_NONE;
      return target;
    }
  terminate (p, value);
  p->ftrace = NIL;
  return NULL;
}

static ExceptionClass
raw_trace_class (Process *p, Term trace)
{
  const RawTrace *raw;
  gint64 class = EXC_ERROR;
  Term first;

  if (!term_is_tuple (trace) || tuple_arity (trace) != 3)
    return EXC_ERROR;
  first = tuple_elements (trace)[0];
  if (term_is_small (first))
    class = small_value (first);
  else if ((raw = raw_trace (p->vm, first)) != NULL)
    class = raw->class;
  return class == EXC_THROW || class == EXC_EXIT ? (ExceptionClass) class : EXC_ERROR;
}

void
ops_prepare_reraise (Process *p, Term class, Term reason, Term trace)
{
  p->exception = class == NONE        ? raw_trace_class (p, trace)
                 : class == A (throw) ? EXC_THROW
                 : class == A (exit)  ? EXC_EXIT
                                      : EXC_ERROR;
  p->exception_flags = EXCF_SAVED_TRACE;
  p->fvalue = reason;
  p->ftrace = trace;
}
