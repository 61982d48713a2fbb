/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/machine/call.h"

#include "engine/data/data.h"
#include "engine/interp/interp.h"
#include "engine/proc/process-table.h"
#include "engine/trace/recorder.h"

#define MAX_SLICES 5000

/* A ring that is always full: what the process does is not recorded. */
static void
silent_ring_init (EventRing *ring)
{
  memset (ring, 0, sizeof *ring);
  atomic_store (&ring->head, 1);
}

static bool
run_to_end (Process *p)
{
  guint slice;

  for (slice = 0; slice < MAX_SLICES; slice++)
    {
      p->fcalls = SLICE_REDUCTIONS;
      interp_enter (p);
      switch (interp_run (p, SLICE_REDUCTIONS))
        {
        case LEAVE_EXIT:
          return p->exit_reason == A (normal) && p->result != NONE;
        case LEAVE_YIELD:
        case LEAVE_QUANTUM:
          break;
        default:
          return false;
        }
    }
  return false;
}

char *
machine_call_binary (VmMachine  *vm,
                     const char *module,
                     const char *function,
                     const Term *args,
                     guint       n_args,
                     gsize      *len)
{
  g_autofree RunContext *context = g_new0 (RunContext, 1);
  Heap                   heap = { .vm = vm,
                                  .min_size = HEAP_DEFAULT_MIN,
                                  .min_vheap_size = VHEAP_DEFAULT_MIN };
  EventRing              ring;
  Process               *p;
  char                  *text = NULL;

  silent_ring_init (&ring);
  context->vm = vm;
  context->ring = &ring;
  context->scheduler = 1;
  context->is_virtual = vm->options.clock == VM_CLOCK_VIRTUAL;
  heap_init (&heap, vm, 2 * n_args);
  p = process_new_private (vm, atom_from_string (vm->atoms, module),
                           atom_from_string (vm->atoms, function),
                           list_new (&heap, args, n_args, NIL));
  heap_clear (&heap);
  p->run = context;
  interp_set_stepping (context, NULL);
  if (run_to_end (p))
    {
      gsize         size;
      guint8       *to_free = NULL;
      const guint8 *bytes = binary_bytes (p->result, &size, &to_free);

      if (bytes != NULL)
        {
          text = g_strndup ((const char *) bytes, size);
          *len = size;
        }
      g_free (to_free);
    }
  p->run = NULL;
  process_free_private (p);
  return text;
}
