/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* erlang:trace/3: what is traced of a process, who is told, and how.
 *
 * A process's `trace` word holds its flags and its tracer, so that both change at
 * once and looking at it costs one read. A tracer that has ended is left where it
 * is until the process is scheduled or asked about, as in ERTS.
 *
 * Tracing disturbs what it traces, as in ERTS: a message about a collection, a
 * slice or a send is put together on the heap of the process it tells of. What
 * does not fit above the red zone counts in mbuf_size until the next collection. */

#include "engine/proc/process.h"
#include "engine/vm-event.h"

typedef enum
{
#define TRACE_FLAG(bit, NAME, atom, scope) TRACE_##NAME = 1u << (bit),
#include "engine/proc/trace-flags.def"
#undef TRACE_FLAG
#define TRACE_FLAG(bit, NAME, atom, scope) | TRACE_##NAME
  TRACE_ALL = 0
#include "engine/proc/trace-flags.def"
#undef TRACE_FLAG
} TraceFlag;

/* Of which objects a flag tells. */
enum
{
  TRACE_SCOPE_PROCESS = 1u << 0,
  TRACE_SCOPE_PORT = 1u << 1,
  TRACE_SCOPE_BOTH = TRACE_SCOPE_PROCESS | TRACE_SCOPE_PORT,
};

typedef struct
{
  guint32 flag;
  Term    atom;
  guint   scope;
} TraceFlagRow;

extern const TraceFlagRow trace_flag_rows[];
extern const guint        n_trace_flag_rows;

static inline guint32
trace_word_flags (guint64 word)
{
  return (guint32) word;
}
static inline VmPid
trace_word_tracer (guint64 word)
{
  return (VmPid) (word >> 32);
}

/* Are there flags of @flags on @p? (Whether the tracer lives is asked when telling.) */
static inline bool
process_is_traced (const Process *p, guint32 flags)
{
  return (atomic_load_explicit (&p->trace, memory_order_relaxed) & flags) != 0 && !p->is_sensitive;
}

/* Flags and tracer of what is still to be made: processes, and ports, of which there
 * are none. Thread: any. */
guint64 tracing_get_new (VmMachine *vm, guint scope);
void    tracing_set_new (VmMachine *vm, guint scope, bool on, guint32 flags, VmPid tracer);
/* Sets or clears @flags of @p. FALSE: it has another tracer that lives. Thread: any. */
bool tracing_set (Process *p, bool on, guint32 flags, VmPid tracer);
/* The trace word of @p, 0 when its tracer has ended (and takes it away then). */
guint64 tracing_check (Process *p);

/* A process was made, linked to its parent or not: set_on_spawn, set_on_link, new. */
void tracing_spawned (Process *child, Process *parent, bool linked);

/* A collection of @p, with its keys (see GcReport). */
void tracing_collection (Process *p, gsize extra_stack, VmEventKind kind, const guint64 *keys);
