/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/trace/console.h"

#include "engine/base/lock.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define WRITE_PIECE 4096 /* PIPE_BUF: does not block after poll said "writable" */
#define WAIT_MS     50
#define KEEP_MAX    (256u << 20) /* bytes of output */

struct _Console
{
  /* lock: console */
  Lock        lock;
  GByteArray *output;
  gsize       n_forgotten; /* bytes of output that came before those kept */
  GByteArray *input;
  gsize       n_taken; /* bytes of input, from its start, that were read */
  gboolean    input_closed;
  gboolean    has_news;
  gboolean    is_awaited; /* who reads was told to wait */
  void (*notify) (gpointer data);
  gpointer notify_data;
  /* lock: fd; taken before lock so that the fd sees the same order */
  Lock fd_lock;
  int  fd;
  /* atomic */
  _Atomic gboolean abandoned;
};

Console *
console_new (int output_fd)
{
  Console *console = g_new0 (Console, 1);

  lock_init (&console->lock);
  lock_init (&console->fd_lock);
  console->output = g_byte_array_new ();
  console->input = g_byte_array_new ();
  console->fd = output_fd;
  return console;
}

void
console_free (Console *console)
{
  if (console == NULL)
    return;
  g_byte_array_unref (console->output);
  g_byte_array_unref (console->input);
  lock_clear (&console->lock);
  lock_clear (&console->fd_lock);
  g_free (console);
}

/* A reader that went away must not kill the program: SIGPIPE is held back. */
static gssize
write_quietly (int fd, const guint8 *bytes, gsize len)
{
  sigset_t        pipe_set, old_set, pending;
  struct timespec now = { 0, 0 };
  gssize          n;
  int             saved, was_pending;

  sigemptyset (&pipe_set);
  sigaddset (&pipe_set, SIGPIPE);
  sigpending (&pending);
  was_pending = sigismember (&pending, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &pipe_set, &old_set);
  n = write (fd, bytes, len);
  saved = errno;
  if (n < 0 && saved == EPIPE && !was_pending)
    while (sigtimedwait (&pipe_set, NULL, &now) < 0 && errno == EINTR)
      ;
  pthread_sigmask (SIG_SETMASK, &old_set, NULL);
  errno = saved;
  return n;
}

static void
write_fd_locked (Console *console, const guint8 *bytes, gsize len)
{
  while (len > 0 && console->fd >= 0)
    {
      struct pollfd poll_fd = { console->fd, POLLOUT, 0 };
      gssize        n;

      if (atomic_load_explicit (&console->abandoned, memory_order_relaxed))
        return;
      if (poll (&poll_fd, 1, WAIT_MS) == 0)
        continue;
      n = write_quietly (console->fd, bytes, MIN (len, WRITE_PIECE));
      if (n < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (n < 0)
        {
          console->fd = -1; /* nobody reads any more; the bytes are kept above */
          return;
        }
      bytes += n;
      len -= (gsize) n;
    }
}

/* A program that never stops printing must not fill the memory of the host. */
static void
forget_locked (Console *console)
{
  guint excess = console->output->len > KEEP_MAX ? console->output->len - KEEP_MAX / 2 : 0;

  if (excess == 0)
    return;
  g_byte_array_remove_range (console->output, 0, excess);
  console->n_forgotten += excess;
}

void
console_write (
  Console *console, EventRing *ring, gint64 t_ns, VmPid pid, const guint8 *bytes, gsize len)
{
  gsize offset;

  if (len == 0)
    return;
  lock_take (&console->fd_lock);
  lock_take (&console->lock);
  offset = console->n_forgotten + console->output->len;
  g_byte_array_append (console->output, bytes, (guint) len);
  forget_locked (console);
  lock_drop (&console->lock);
  write_fd_locked (console, bytes, len);
  lock_drop (&console->fd_lock);
  if (ring != NULL)
    event_ring_emit (ring, t_ns, pid, VM_EVENT_OUTPUT, 0, EVENT_PAIR (offset, len), 0);
}

GBytes *
console_dup_output (Console *console, gsize from)
{
  GBytes *bytes;

  lock_take (&console->lock);
  from = from > console->n_forgotten ? from - console->n_forgotten : 0;
  from = MIN (from, console->output->len);
  bytes = g_bytes_new (console->output->data + from, console->output->len - from);
  lock_drop (&console->lock);
  return bytes;
}

gsize
console_get_n_output (Console *console)
{
  gsize n;

  lock_take (&console->lock);
  n = console->n_forgotten + console->output->len;
  lock_drop (&console->lock);
  return n;
}

void
console_set_notify (Console *console, void (*notify) (gpointer data), gpointer data)
{
  lock_take (&console->lock);
  console->notify = notify;
  console->notify_data = data;
  lock_drop (&console->lock);
}

static void
notify (Console *console)
{
  void (*func) (gpointer data);
  gpointer data;

  lock_take (&console->lock);
  func = console->notify;
  data = console->notify_data;
  lock_drop (&console->lock);
  if (func != NULL)
    func (data);
}

void
console_feed (Console *console, const char *text, gsize len)
{
  lock_take (&console->lock);
  g_byte_array_append (console->input, (const guint8 *) text, (guint) len);
  console->has_news = TRUE;
  lock_drop (&console->lock);
  notify (console);
}

void
console_close_input (Console *console)
{
  lock_take (&console->lock);
  console->input_closed = TRUE;
  console->has_news = TRUE;
  lock_drop (&console->lock);
  notify (console);
}

gboolean
console_take_news (Console *console)
{
  gboolean has_news;

  lock_take (&console->lock);
  has_news = console->has_news && console->is_awaited;
  if (has_news)
    console->has_news = console->is_awaited = FALSE;
  lock_drop (&console->lock);
  return has_news;
}

GBytes *
console_take (Console *console, gsize max, gboolean line, gboolean *eof)
{
  GBytes       *bytes = NULL;
  const guint8 *start;
  gsize         n;

  lock_take (&console->lock);
  start = console->input->data + console->n_taken;
  n = MIN (max, console->input->len - console->n_taken);
  if (line && n > 0)
    {
      const guint8 *newline = memchr (start, '\n', n);

      if (newline != NULL)
        n = (gsize) (newline - start) + 1;
      else if (n < max && !console->input_closed)
        n = 0;
    }
  if (n > 0)
    {
      bytes = g_bytes_new (start, n);
      console->n_taken += n;
      /* Moved seldom: a long input that is read by the line costs no square. */
      if (console->n_taken >= console->input->len / 2)
        {
          g_byte_array_remove_range (console->input, 0, (guint) console->n_taken);
          console->n_taken = 0;
        }
    }
  *eof = bytes == NULL && console->input_closed;
  console->is_awaited = bytes == NULL && !*eof;
  if (console->is_awaited)
    console->has_news = FALSE;
  lock_drop (&console->lock);
  return bytes;
}

gsize
console_get_n_input (Console *console)
{
  gsize n;

  lock_take (&console->lock);
  n = console->input->len - console->n_taken;
  lock_drop (&console->lock);
  return n;
}

void
console_abandon (Console *console)
{
  atomic_store (&console->abandoned, TRUE);
}
