/* SPDX-License-Identifier: Apache-2.0 */

/* How long a frame of the memory picture takes over a heap of ten million words:
 * seen whole, zoomed in to single words and out again, and moved along. What is
 * timed as a frame is what the window's thread does: what is in sight, layout and
 * drawing. How long the machine takes to answer is told apart: the window does not
 * wait for it. */
#include "config.h"

#include "engine/vm-words.h"
#include "engine/vm.h"
#include "ui/draw/draw.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH     1600
#define HEIGHT    500
#define MIN_WORDS 10000000
#define GOAL_MS   16.0

typedef struct
{
  VmMachine       *vm;
  VmPid            pid;
  UiWordsView      view;
  UiText          *text;
  cairo_surface_t *surface;
  VmWords         *words;
  VmArea           chosen_area;
  guint64          chosen_offset;
  GArray          *frames; /* double, ms */
  GArray          *answers;
} Bench;

static void
fail (const char *text)
{
  g_printerr ("bench-heap: %s\n", text);
  exit (1);
}

static VmPid
start (Bench *bench, const char *beams)
{
  const char *const path[] = { beams, NULL };
  const char *const args[] = { "big", NULL };
  VmOptions         options = VM_OPTIONS_INIT;
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (VmSnapshot) snapshot = NULL;

  options.code_path = path;
  options.keep_recording = FALSE;
  bench->vm = vm_machine_new (&options, &error);
  if (bench->vm == NULL ||
      !vm_machine_spawn_main (bench->vm, "words_sample", "start", args, &error))
    fail (error->message);
  vm_machine_resume (bench->vm);
  if (!vm_machine_wait_stopped (bench->vm, 120 * G_USEC_PER_SEC))
    fail ("the program did not come to rest in two minutes");
  snapshot = vm_machine_wait_snapshot (bench->vm, &request);
  if (vm_snapshot_find_name (snapshot, "sample") == NULL)
    fail ("there is no process");
  return vm_snapshot_find_name (snapshot, "sample")->pid;
}

static void
ask (Bench *bench)
{
  VmWordsRequest request = { .pid = bench->pid };
  gint64         begin_us = g_get_monotonic_time ();
  double         ms;

  ui_words_view_fill_request (&bench->view, WIDTH, &request);
  request.chosen_area = bench->chosen_area;
  request.chosen_offset = bench->chosen_offset;
  g_clear_pointer (&bench->words, vm_words_unref);
  bench->words = vm_machine_wait_words (bench->vm, &request);
  ms = (double) (g_get_monotonic_time () - begin_us) / 1000;
  g_array_append_val (bench->answers, ms);
  ui_words_view_set_sizes (&bench->view, &bench->words->sizes, bench->words->n_fragment_words);
}

static void
frame (Bench *bench)
{
  gint64           begin_us = g_get_monotonic_time ();
  cairo_t         *cr = cairo_create (bench->surface);
  UiDraw           dc = { cr, ui_theme_get (FALSE), bench->text };
  VmWordsRequest   request = { .pid = bench->pid };
  UiHeapWordsInput input = { .view = &bench->view,
                             .sizes = &bench->words->sizes,
                             .words = bench->words,
                             .chosen_area = bench->chosen_area,
                             .chosen_offset = bench->chosen_offset };
  UiHeapWords     *layout;
  double           ms;

  ui_words_view_fill_request (&bench->view, WIDTH, &request);
  ui_draw_background (&dc, WIDTH, HEIGHT);
  layout = ui_heap_words_new (&input, (UiRect){ 12, 6, WIDTH - 24, HEIGHT - 12 },
                              ui_text_get_measure (bench->text));
  ui_draw_heap_words (&dc, layout);
  ui_heap_words_free (layout);
  cairo_destroy (cr);
  ms = (double) (g_get_monotonic_time () - begin_us) / 1000;
  g_array_append_val (bench->frames, ms);
  ask (bench);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
at (GArray *values, double share)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, (guint) (share * (values->len - 1)));
}

/* TRUE: within the goal. */
static gboolean
report (Bench *bench, const char *what)
{
  double   p95 = at (bench->frames, 0.95);
  gboolean good = p95 <= GOAL_MS;

  g_print ("%-34s%8u%10.2f%10.2f%10.2f%12.2f%s\n", what, bench->frames->len,
           at (bench->frames, 0.5), p95, at (bench->frames, 1), at (bench->answers, 0.95),
           good ? "" : "   over the goal");
  g_array_set_size (bench->frames, 0);
  g_array_set_size (bench->answers, 0);
  return good;
}

static gboolean
run (Bench *bench)
{
  gboolean good = TRUE;
  double   block = (double) bench->words->sizes.young_block;

  for (guint i = 0; i < 20; i++)
    frame (bench);
  good &= report (bench, "seen whole");
  for (guint i = 0; i < 90; i++)
    {
      ui_words_view_zoom (&bench->view, WIDTH * 0.37, 1.25, WIDTH);
      frame (bench);
    }
  for (guint i = 0; i < 90; i++)
    {
      ui_words_view_zoom (&bench->view, WIDTH * 0.61, 1 / 1.25, WIDTH);
      frame (bench);
    }
  good &= report (bench, "zoomed in to words and out");
  for (guint level = 0; level < 3; level++)
    {
      static const double scales[] = { 0.001, 0.5, 40 };

      bench->view.scale = scales[level];
      for (guint i = 0; i < 100; i++)
        {
          bench->view.from[UI_WORDS_YOUNG] = block * 0.7 * i / 100;
          frame (bench);
        }
    }
  good &= report (bench, "moved along, at three scales");
  ui_words_view_fit (&bench->view);
  for (guint i = 0; i < 10; i++)
    {
      bench->chosen_area = VM_AREA_YOUNG;
      bench->chosen_offset = (guint64) (block * 0.6 * i / 10);
      frame (bench);
    }
  good &= report (bench, "each time another term chosen");
  return good;
}

int
main (int argc, char **argv)
{
  Bench    bench = { .view = UI_WORDS_VIEW_INIT };
  gint64   begin_us;
  gboolean good;
  char     memory[40];

  setlocale (LC_ALL, "");
  if (argc != 2)
    fail ("wants the folder with words_sample.beam");
  bench.pid = start (&bench, argv[1]);
  bench.text = ui_text_new (NULL, NULL);
  bench.surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  bench.frames = g_array_new (FALSE, FALSE, sizeof (double));
  bench.answers = g_array_new (FALSE, FALSE, sizeof (double));
  begin_us = g_get_monotonic_time ();
  ask (&bench);
  ask (&bench);
  g_array_set_size (bench.answers, 0);
  if (bench.words->sizes.young_used + bench.words->sizes.old_used < MIN_WORDS)
    fail ("the heap holds less than ten million words");
  g_snprintf (memory, sizeof memory, "%.1f",
              (double) (bench.words->sizes.young_used + bench.words->sizes.old_used) / 1e6);
  g_print ("a heap of %s million words, used; opened in %.0f ms; %d × %d px\n", memory,
           (double) (g_get_monotonic_time () - begin_us) / 1000, WIDTH, HEIGHT);
  g_print ("%-34s%8s%10s%10s%10s%12s\n", "", "frames", "p50 ms", "p95 ms", "max ms",
           "answer p95");
  good = run (&bench);
  g_print ("goal: a frame in %.0f ms at the 95th percentile: %s\n", GOAL_MS,
           good ? "met" : "missed");
  vm_words_unref (bench.words);
  vm_machine_free (bench.vm);
  g_array_unref (bench.frames);
  g_array_unref (bench.answers);
  cairo_surface_destroy (bench.surface);
  ui_text_free (bench.text);
  return good ? 0 : 1;
}
