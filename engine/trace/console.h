/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A machine's console: the bytes that came out, and typed text that waits. */

#include "engine/trace/recorder.h"

typedef struct _Console Console;

/* @output_fd: written to as well; -1 = none. Not closed. */
Console *console_new (int output_fd);
void     console_free (Console *console);

/* Puts bytes out and records it on @ring (nullable). When a reader of the fd is
 * slow this waits for it, until console_abandon(). Thread: any scheduler. */
void console_write (
  Console *console, EventRing *ring, gint64 t_ns, VmPid pid, const guint8 *bytes, gsize len);

/* Output from byte @from on. The newest are kept: at least 128 MiB. (transfer full)
 * Thread: any. */
GBytes *console_dup_output (Console *console, gsize from);
gsize   console_get_n_output (Console *console);

/* Typed text. @notify (set once, nullable) is called outside the lock after each feed. */
void console_set_notify (Console *console, void (*notify) (gpointer data), gpointer data);
void console_feed (Console *console, const char *text, gsize len);
/* Bytes that were fed and that nobody has read yet. Thread: any. */
gsize console_get_n_input (Console *console);
/* No more will be typed. */
void console_close_input (Console *console);
/* Does who reads wait (console_take() gave nothing), and did input or its end come since?
 * TRUE once. Who does not read is not told: when typed text comes changes nothing for a
 * program that reads none. Thread: any. */
gboolean console_take_news (Console *console);
/* Takes up to @max bytes of what was typed (or, with @line, up to and including the
 * first newline; NULL if there is none yet and input is open).
 * (transfer full) (nullable): NULL when nothing waits; *@eof says if nothing ever will. */
GBytes *console_take (Console *console, gsize max, gboolean line, gboolean *eof);

/* The machine ends: nobody waits for the fd any more. Thread: any. */
void console_abandon (Console *console);
