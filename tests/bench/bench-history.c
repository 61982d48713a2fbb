/* SPDX-License-Identifier: Apache-2.0 */

/* Frames of the history over a long run of a large heap: moving the playhead, zooming,
 * and many processes at once. ./dev bench history
 *
 * A frame is what the widget does for one: the arrays read where the window moved,
 * the layout, the drawing into an image, and of the picture above the sizes of the
 * moment. */

#include "config.h"

#include "engine/trace/recorder.h"
#include "engine/trace/recording.h"
#include "ui/draw/draw.h"
#include "ui/draw/recording-arrays.h"
#include "ui/draw/recording-many.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define N_SLICES  250000
#define N_FRAMES  200
#define SLICE_NS  2000
#define LARGEST   10000000 /* words */
#define WIDTH     1280
#define HEIGHT    420
#define GOAL_US   16000
#define N_WORKERS 2000

/* Of this thread: what others do on the machine at the same time does not count. */
static gint64
now_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static void
emit_slice (EventRing *ring, gint64 t_ns, VmPid pid, guint64 used, guint64 outside)
{
  VmEvent out[2] = { { .t_ns = t_ns + SLICE_NS, .kind = VM_EVENT_OUT, .n_more = 1 },
                     { .kind = VM_EVENT_MORE } };

  event_ring_emit (ring, t_ns, pid, VM_EVENT_IN, 0, 0, EVENT_PAIR (used, 20));
  out[0].pid = out[1].pid = pid;
  out[0].b = EVENT_PAIR (used + 900, 20);
  out[1].a = EVENT_PAIR (outside % 77, outside % 1000);
  out[1].b = EVENT_PAIR (outside * 3 % 100000, 0);
  event_ring_emit_long (ring, out);
}

static void
emit_collection (EventRing *ring, gint64 t_ns, VmPid pid, guint64 live, gboolean is_major)
{
  guint64 keys[VM_N_GC_KEYS] = { [VM_GC_HEAP_BLOCK_SIZE] = LARGEST,
                                 [VM_GC_HEAP_SIZE] = live,
                                 [VM_GC_OLD_HEAP_SIZE] = live / 2,
                                 [VM_GC_OLD_HEAP_BLOCK_SIZE] = LARGEST / 2 };

  event_ring_emit_gc (ring, t_ns, pid, is_major ? VM_EVENT_GC_MAJOR_START : VM_EVENT_GC_MINOR_START,
                      keys, 0, 0);
  keys[VM_GC_WORDSIZE] = live / 3;
  keys[VM_GC_HEAP_SIZE] = keys[VM_GC_RECENT_SIZE] = live - live / 3;
  event_ring_emit_gc (ring, t_ns + 700, pid,
                      is_major ? VM_EVENT_GC_MAJOR_END : VM_EVENT_GC_MINOR_END, keys, 0, 0);
}

static Recorder *
make_recording (void)
{
  Recorder  *recorder = recorder_new (NULL, 1, TRUE, TRUE);
  EventRing *ring = recorder_get_ring (recorder, 1);
  guint64    seed = 1, used = 100;

  for (gint64 i = 0; i < N_SLICES; i++)
    {
      VmPid pid = i % 5 == 4 ? 100 + (VmPid) (i / 5 % N_WORKERS) : 7;

      seed = seed * 6364136223846793005u + 1442695040888963407u;
      used = i % 97 == 0 ? (seed >> 40) % (LARGEST / 2) : used + (seed >> 48) % 3000;
      emit_slice (ring, i * 2 * SLICE_NS, pid, MIN (used, LARGEST - 1000), seed >> 33);
      if (i % 3 == 0)
        emit_collection (ring, i * 2 * SLICE_NS + SLICE_NS + 100, pid, MIN (used, LARGEST - 1000),
                         i % 30 == 0);
    }
  recorder_drain (recorder);
  return recorder;
}

typedef struct
{
  VmRecording    *recording;
  UiText         *text;
  cairo_t        *cr;
  UiHistoryArrays arrays;
  gint64          end_ns;
  UiHistoryForm   form;
} Bench;

static void
draw_frame (Bench *bench, gint64 from_ns, gint64 to_ns, gint64 cursor_ns)
{
  UiHeapHistoryInput input = UI_HEAP_HISTORY_INPUT_INIT;
  UiDraw             dc = { bench->cr, ui_theme_get (FALSE), bench->text, FALSE };
  const UiMeasure   *measure = ui_text_get_measure (bench->text);
  VmHeapSizes        sizes;
  gint64             measured_ns;

  ui_history_arrays_fill (&bench->arrays, from_ns, to_ns, &input);
  input.form = bench->form;
  input.cursor_ns = cursor_ns;
  input.now_ns = bench->end_ns;
  if (ui_recording_get_sizes_at (bench->recording, 7, cursor_ns, &sizes, &measured_ns))
    {
      g_autoptr (UiHeapStrip) strip =
        ui_heap_strip_new (&sizes, (UiRect){ 12, 6, WIDTH - 24, 200 }, measure);

      ui_draw_heap_strip (&dc, strip);
    }

  g_autoptr (UiHeapHistory) history =
    ui_heap_history_new (&input, (UiRect){ 12, 6, WIDTH - 24, HEIGHT - 12 }, measure);

  ui_draw_background (&dc, WIDTH, HEIGHT);
  ui_draw_heap_history (&dc, history);
  cairo_surface_flush (cairo_get_target (bench->cr));
}

static int
compare_times (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static gboolean
tell (const char *what, gint64 *times)
{
  gint64 p95;

  qsort (times, N_FRAMES, sizeof times[0], compare_times);
  p95 = times[N_FRAMES * 95 / 100];
  printf ("%-34s p50 %5.1f ms   p95 %5.1f ms   worst %5.1f ms   %s\n", what,
          (double) times[N_FRAMES / 2] / 1e3, (double) p95 / 1e3,
          (double) times[N_FRAMES - 1] / 1e3, p95 < GOAL_US ? "good" : "too slow");
  return p95 < GOAL_US;
}

static gboolean
bench_scrub (Bench *bench, UiHistoryForm form, const char *what)
{
  gint64 times[N_FRAMES];

  bench->form = form;
  ui_history_arrays_read (&bench->arrays, bench->recording, 7, 0, bench->end_ns, 0);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      gint64 begin_us = now_us ();

      draw_frame (bench, 0, bench->end_ns, bench->end_ns / N_FRAMES * i);
      times[i] = now_us () - begin_us;
    }
  return tell (what, times);
}

static gboolean
bench_zoom (Bench *bench)
{
  gint64 times[N_FRAMES], span = bench->end_ns;

  bench->form = UI_HISTORY_BLOCKS;
  for (guint i = 0; i < N_FRAMES; i++)
    {
      gint64 from_ns, begin_us = now_us ();

      span = i < N_FRAMES / 2 ? MAX (span * 15 / 17, 20000) : MIN (span * 17 / 15, bench->end_ns);
      from_ns = (bench->end_ns - span) / 3;
      ui_history_arrays_read (&bench->arrays, bench->recording, 7, from_ns, from_ns + span, 0);
      draw_frame (bench, from_ns, from_ns + span, from_ns + span / 2);
      times[i] = now_us () - begin_us;
    }
  return tell ("zooming from all to 20 us and back", times);
}

static gboolean
bench_many (Bench *bench)
{
  UiManyArrays     arrays;
  const UiMeasure *measure = ui_text_get_measure (bench->text);
  UiDraw           dc = { bench->cr, ui_theme_get (FALSE), bench->text, FALSE };
  gint64           times[N_FRAMES], begin_us = now_us ();

  ui_many_arrays_init (&arrays);
  ui_many_arrays_read (&arrays, bench->recording, NULL, 0, bench->end_ns, 300,
                       ui_heap_many_count_rows (HEIGHT));
  printf ("reading %u processes: %.1f ms, once for a window\n", N_WORKERS + 1,
          (double) (now_us () - begin_us) / 1e3);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      begin_us = now_us ();
      arrays.input.cursor_ns = bench->end_ns / N_FRAMES * i;

      g_autoptr (UiHeapMany) many = ui_heap_many_new (
        &arrays.input, (UiRect){ 12, 6, WIDTH - 24, HEIGHT - 12 }, measure);

      ui_draw_background (&dc, WIDTH, HEIGHT);
      ui_draw_heap_many (&dc, many);
      times[i] = now_us () - begin_us;
    }
  ui_many_arrays_clear (&arrays);
  return tell ("scrubbing, many processes", times);
}

int
main (void)
{
  Recorder        *recorder = make_recording ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  Bench            bench = {
               .recording = recorder_get_recording (recorder),
               .text = ui_text_new (NULL, NULL),
               .cr = cairo_create (surface),
  };
  gboolean good;

  ui_history_arrays_init (&bench.arrays);
  bench.end_ns = vm_recording_get_end_ns (bench.recording);
  printf ("%" G_GUINT64_FORMAT " records, a heap of up to %d words\n",
          vm_recording_get_n_records (bench.recording), LARGEST);
  good = bench_scrub (&bench, UI_HISTORY_BLOCKS, "scrubbing, blocks");
  good &= bench_scrub (&bench, UI_HISTORY_STACKED, "scrubbing, stacked");
  good &= bench_zoom (&bench);
  good &= bench_many (&bench);
  ui_history_arrays_clear (&bench.arrays);
  cairo_destroy (bench.cr);
  cairo_surface_destroy (surface);
  ui_text_free (bench.text);
  recorder_free (recorder);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
