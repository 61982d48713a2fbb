/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Types that every part of the program shares.
 *
 * Units are in the names: `_ns` is nanoseconds of the machine's clock (0 is the
 * machine's start), `_words` is words of 8 bytes, `_bytes` is bytes. */

#include <glib.h>

G_BEGIN_DECLS

/* A process, as a number: the 28 bits that `<0.N.S>` shows as N (low 15 bits)
 * and S (next 13 bits). A number is not reused before the counter wraps. */
typedef guint32 VmPid;

#define VM_PID_NONE G_MAXUINT32

/* Where a machine of the virtual clock stands in its run: the turns that its
 * schedulers took; 0 between two turns, else before which instruction of the
 * turn, from 1; and the time (which passes between turns, too). It does not
 * depend on how the machine came there: the same program, options and inputs are
 * in the same state at the same moment. */
typedef struct
{
  guint64 turn;
  guint64 instruction;
  gint64  t_ns;
} VmMoment;

/* -1, 0, 1: @a is before, the same as, after @b. */
int vm_moment_compare (const VmMoment *a, const VmMoment *b);

typedef struct _VmMachine   VmMachine;
typedef struct _VmSnapshot  VmSnapshot;
typedef struct _VmRecording VmRecording;
typedef struct _VmCondition VmCondition;
typedef struct _VmQuantity  VmQuantity;

/* Writes "<0.N.S>" into @buffer (at least 32 bytes) and returns @buffer. */
char *vm_pid_format (VmPid pid, char *buffer);

/* Reads "<0.N.S>" (spaces around are allowed); FALSE when @text is no pid. */
gboolean vm_pid_parse (const char *text, VmPid *pid);

G_END_DECLS
