/* SPDX-License-Identifier: Apache-2.0 */

/* The words that a process is made of, as they are told: laws that hold for any
 * memory, and the sample program's terms. */
#include "config.h"

#include "engine/vm-words.h"
#include "engine/vm.h"

#include <string.h>

typedef struct
{
  VmMachine *vm;
  VmPid      pid;
} Sample;

static void
sample_prepare (Sample *sample, VmClock clock, const char *kind)
{
  const char *const path[] = { g_getenv ("WORDS_EBIN"), NULL };
  const char *const args[] = { kind, NULL };
  VmOptions         options = VM_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  options.clock = clock;
  options.code_path = path;
  sample->vm = vm_machine_new (&options, &error);
  g_assert_no_error (error);
  vm_machine_spawn_main (sample->vm, "words_sample", "start", args, &error);
  g_assert_no_error (error);
}

static void
sample_start_as (Sample *sample, VmClock clock, const char *kind)
{
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;
  g_autoptr (VmSnapshot) snapshot = NULL;

  sample_prepare (sample, clock, kind);
  vm_machine_resume (sample->vm);
  g_assert_true (vm_machine_wait_stopped (sample->vm, -1));
  snapshot = vm_machine_wait_snapshot (sample->vm, &request);
  g_assert_nonnull (vm_snapshot_find_name (snapshot, "sample"));
  sample->pid = vm_snapshot_find_name (snapshot, "sample")->pid;
}

static void
sample_start (Sample *sample, VmClock clock)
{
  sample_start_as (sample, clock, "hold");
}

/* All of the three areas, each as @n_buckets columns or as words. */
static VmWords *
take_all (Sample *sample, guint n_buckets, VmArea chosen_area, guint64 chosen_offset)
{
  VmWordsRequest request = { .pid = sample->pid, .n_stretches = 3 };
  const VmArea   areas[] = { VM_AREA_YOUNG, VM_AREA_OLD, VM_AREA_FRAGMENT };

  for (guint i = 0; i < 3; i++)
    request.stretches[i] = (VmWordStretch){ areas[i], 0, G_MAXINT64, n_buckets };
  request.chosen_area = chosen_area;
  request.chosen_offset = chosen_offset;
  return vm_machine_wait_words (sample->vm, &request);
}

static const VmWord *
word_at (const VmWords *words, VmArea area, guint64 offset)
{
  const VmWordPage *page = vm_words_find_page (words, area);

  g_assert_nonnull (page);
  for (guint i = 0; i < page->n_words; i++)
    if (page->words[i].offset == offset)
      return &page->words[i];
  return NULL;
}

static const VmObject *
object_of (const VmWords *words, VmArea area, const VmWord *word)
{
  const VmWordPage *page = vm_words_find_page (words, area);

  g_assert_cmpuint (word->object, <, page->n_objects);
  return &page->objects[word->object];
}

/* Every word once and in order, within its object; every pointer leads to an
 * object's first word. */
static void
check_page (const VmWords *words, const VmWordPage *page)
{
  g_assert_true (page->is_told);
  g_assert_cmpuint (page->n_words, ==, page->stretch.n_words);
  for (guint i = 0; i < page->n_words; i++)
    {
      const VmWord   *word = &page->words[i];
      const VmObject *object = object_of (words, page->stretch.area, word);

      g_assert_cmpuint (word->offset, ==, page->stretch.offset + i);
      g_assert_cmpuint (word->offset, >=, object->offset);
      g_assert_cmpuint (word->offset, <, object->offset + object->n_words);
      g_assert_nonnull (object->name);
      if (word->points_into == VM_AREA_YOUNG || word->points_into == VM_AREA_OLD ||
          word->points_into == VM_AREA_FRAGMENT)
        {
          const VmWord *target = word_at (words, word->points_into, word->points_to);

          g_assert_nonnull (target);
          g_assert_cmpuint (object_of (words, word->points_into, target)->offset, ==,
                            word->points_to);
        }
    }
}

static void
test_laws (gconstpointer data)
{
  Sample sample;

  sample_start (&sample, (VmClock) GPOINTER_TO_INT (data));

  g_autoptr (VmWords) words = take_all (&sample, 0, VM_AREA_NONE, 0);

  g_assert_true (words->is_alive);
  g_assert_cmpuint (words->n_pages, ==, 3);
  for (guint i = 0; i < 3; i++)
    check_page (words, &words->pages[i]);
  g_assert_cmpuint (words->pages[0].n_words, ==, words->sizes.young_block);
  g_assert_cmpuint (words->pages[1].n_words, ==, words->sizes.old_block);
  g_assert_cmpuint (words->pages[2].n_words, >=, 3);
  vm_machine_free (sample.vm);
}

/* The laws hold for every process, system ones too, at whatever instruction the
 * machine stands. */
static void
test_laws_everywhere (gconstpointer data)
{
  Sample            sample;
  VmSnapshotRequest request = VM_SNAPSHOT_REQUEST_INIT;
  VmStatus          status;
  guint             n = 0;

  sample_prepare (&sample, VM_CLOCK_VIRTUAL, data);
  do
    {
      vm_machine_step (sample.vm, VM_STEP_INSTRUCTION, VM_PID_NONE, 61);
      g_assert_true (vm_machine_wait_stopped (sample.vm, -1));
      vm_machine_get_status (sample.vm, &status);

      g_autoptr (VmSnapshot) snapshot = vm_machine_wait_snapshot (sample.vm, &request);

      for (guint i = 0; i < snapshot->n_processes; i++)
        {
          const VmProcessInfo *info = &snapshot->processes[i];

          if (info->heap.young_block > VM_MAX_WORDS || info->heap.old_block > VM_MAX_WORDS ||
              (info->is_system && n > 0))
            continue;
          sample.pid = info->pid;

          g_autoptr (VmWords) words = take_all (&sample, 0, VM_AREA_NONE, 0);

          for (guint k = 0; k < words->n_pages; k++)
            check_page (words, &words->pages[k]);
        }
    }
  while (n++ < 300 && status.stop_reason == VM_STOP_STEP);
  g_assert_cmpuint (n, >, 5);
  vm_machine_free (sample.vm);
}

/* Columns of any width tell the same words. */
static void
test_buckets (void)
{
  static const guint widths[] = { 1, 2, 7, 100, 233, VM_MAX_WORDS };
  Sample             sample;

  sample_start (&sample, VM_CLOCK_VIRTUAL);

  g_autoptr (VmWords) words = take_all (&sample, 0, VM_AREA_NONE, 0);

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      g_autoptr (VmWords) summary = take_all (&sample, widths[w], VM_AREA_NONE, 0);

      for (guint i = 0; i < 3; i++)
        {
          const VmWordPage *page = &summary->pages[i];
          guint             at = 0;

          for (guint b = 0; b < page->n_buckets; b++)
            {
              const VmWordBucket *bucket = &page->buckets[b];
              guint64             counted[VM_N_OBJECT_KINDS] = { 0 };

              for (guint n = 0; n < bucket->n_words; n++, at++)
                counted[object_of (words, page->stretch.area, &words->pages[i].words[at])->kind]++;
              for (guint k = 0; k < VM_N_OBJECT_KINDS; k++)
                g_assert_cmpuint (bucket->words[k], ==, counted[k]);
            }
          g_assert_cmpuint (at, ==, words->pages[i].n_words);
        }
    }
  vm_machine_free (sample.vm);
}

static gboolean
has_object (const VmWords *words, const char *name, const char *text)
{
  for (guint i = 0; i < words->n_pages; i++)
    for (guint k = 0; k < words->pages[i].n_objects; k++)
      {
        const VmObject *object = &words->pages[i].objects[k];

        if (strcmp (object->name, name) == 0 &&
            (text == NULL || g_strcmp0 (object->text, text) == 0))
          return TRUE;
      }
  return FALSE;
}

static void
test_kinds (void)
{
  static const char *const expected[][2] = {
    { "{shared,…} tuple of 3", "{shared,40,[40,41]}" },
    { "{note,…} tuple of 2", "{note,{shared,40,[40,41]}}" },
    { "tuple of 1", "{40}" },
    { "float", "40.0" },
    { "big integer of 3 digits", "1461501637330902918203684832716283019655932542976" },
    { "map of 2 pairs", NULL },
    { "map of 40 pairs", NULL },
    { "binary of 8 bytes", "<<52,48,48,48,48,48,48,48>>" },
    { "ProcBin of 4000 bytes", NULL },
    { "sub-binary of 90 bytes", NULL },
    { "fun of arity 1", NULL },
    { "reference", NULL },
    { "list cell", "[]" },
    { "list cell", "\"text\"" },
    { "words_sample:deep/2", NULL },
    { "words_sample:hold/1", NULL },
  };
  Sample sample;

  sample_start (&sample, VM_CLOCK_VIRTUAL);

  g_autoptr (VmWords) words = take_all (&sample, 0, VM_AREA_NONE, 0);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      if (g_strcmp0 (expected[i][1], "[]") == 0 || g_strcmp0 (expected[i][1], "\"text\"") == 0)
        g_assert_true (has_object (words, expected[i][0], NULL));
      else if (!has_object (words, expected[i][0], expected[i][1]))
        {
          for (guint p = 0; p < words->n_pages; p++)
            for (guint k = 0; k < words->pages[p].n_objects; k++)
              g_test_message ("%s: %s", words->pages[p].objects[k].name,
                              words->pages[p].objects[k].text != NULL
                                ? words->pages[p].objects[k].text
                                : "");
          g_test_message ("no %s %s", expected[i][0], expected[i][1]);
          g_test_fail ();
          break;
        }
    }
  vm_machine_free (sample.vm);
}

static const VmRoot *
find_root (const VmWords *words, VmRootKind kind, const char *name)
{
  for (guint i = 0; i < words->n_roots; i++)
    if (words->roots[i].kind == kind && strcmp (words->roots[i].name, name) == 0)
      return &words->roots[i];
  return NULL;
}

/* What the dictionary holds under `shared` is reached from its other entry, from
 * the stack and from nowhere else: what was sent is a copy. */
static void
test_reach (void)
{
  Sample        sample;
  const VmRoot *root;

  sample_start (&sample, VM_CLOCK_VIRTUAL);

  g_autoptr (VmWords) words = take_all (&sample, 0, VM_AREA_NONE, 0);

  root = find_root (words, VM_ROOT_DICTIONARY, "shared");
  g_assert_nonnull (root);

  /* the entry is a pair {key, value} on the heap; its second element is the term */
  const VmWord *slot = word_at (words, root->area, root->offset + 2);

  g_assert_cmpint (slot->tag, ==, VM_WORD_BOXED);

  g_autoptr (VmWords) chosen = take_all (&sample, 0, slot->points_into, slot->points_to);

  g_assert_true (chosen->chosen.is_known);
  g_assert_true (chosen->chosen.is_complete);
  g_assert_cmpstr (chosen->chosen.object.name, ==, "{shared,…} tuple of 3");
  g_assert_cmpuint (chosen->chosen.n_words, ==, 8); /* a tuple of three and two cells */
  g_assert_true (find_root (chosen, VM_ROOT_DICTIONARY, "shared")->is_leading);
  g_assert_true (find_root (chosen, VM_ROOT_DICTIONARY, "{key,40}")->is_leading);
  g_assert_false (find_root (chosen, VM_ROOT_MESSAGE, "message 1")->is_leading);
  g_assert_false (find_root (chosen, VM_ROOT_MESSAGE, "message 2")->is_leading);
  g_assert_cmpint (find_root (chosen, VM_ROOT_MESSAGE, "message 3")->area, ==, VM_AREA_NONE);
  g_assert_cmpint (find_root (chosen, VM_ROOT_MESSAGE, "message 1")->area, ==, VM_AREA_FRAGMENT);

  guint64 n_referrers = 0, n_chosen = 0;

  for (guint i = 0; i < chosen->n_pages; i++)
    for (guint k = 0; k < chosen->pages[i].n_words; k++)
      {
        const VmWord *word = &chosen->pages[i].words[k];

        n_chosen += word->is_chosen;
        n_referrers += word->points_into == slot->points_into &&
                       word->points_to == slot->points_to &&
                       object_of (chosen, chosen->pages[i].stretch.area, word)->kind !=
                         VM_OBJECT_FRAME;
      }
  g_assert_cmpuint (n_chosen, ==, 8);
  g_assert_cmpuint (chosen->chosen.n_referrers, ==, n_referrers);
  g_assert_cmpuint (chosen->chosen.n_roots, >=, 3);
  vm_machine_free (sample.vm);
}

/* Roots lead to the chosen term exactly when following pointers gets there. */
static gboolean
follow (const VmWords *words, VmArea area, guint64 offset, const VmObject *goal, GHashTable *seen)
{
  const VmWord    *first;
  const VmObject  *object;
  g_autofree char *key = g_strdup_printf ("%d %" G_GUINT64_FORMAT, area, offset);

  if (area != VM_AREA_YOUNG && area != VM_AREA_OLD && area != VM_AREA_FRAGMENT)
    return FALSE;
  if (!g_hash_table_add (seen, g_steal_pointer (&key)))
    return FALSE;
  first = word_at (words, area, offset);
  g_assert_nonnull (first);
  object = object_of (words, area, first);
  if (object->area == goal->area && object->offset == goal->offset)
    return TRUE;
  for (guint64 i = 0; i < object->n_words; i++)
    {
      const VmWord *word = word_at (words, area, object->offset + i);

      if (word->points_into != VM_AREA_NONE &&
          follow (words, word->points_into, word->points_to, goal, seen))
        return TRUE;
    }
  return FALSE;
}

static void
test_every_object (void)
{
  Sample sample;
  guint  n = 0;

  sample_start (&sample, VM_CLOCK_VIRTUAL);

  g_autoptr (VmWords) words = take_all (&sample, 0, VM_AREA_NONE, 0);

  for (guint i = 0; i < words->n_pages; i++)
    for (guint k = 0; k < words->pages[i].n_objects; k += 2)
      {
        const VmObject *goal = &words->pages[i].objects[k];

        if (goal->kind == VM_OBJECT_FREE || goal->kind == VM_OBJECT_FRAME)
          continue;

        g_autoptr (VmWords) chosen = take_all (&sample, 0, goal->area, goal->offset);

        g_assert_true (chosen->chosen.is_complete);
        g_assert_cmpuint (chosen->chosen.object.offset, ==, goal->offset);
        for (guint r = 0; r < chosen->n_roots; r++)
          {
            g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                                 NULL);
            const VmRoot *root = &chosen->roots[r];

            g_assert_cmpint (root->is_leading, ==,
                             follow (words, root->area, root->offset, goal, seen));
            n += root->is_leading;
          }
      }
  g_assert_cmpuint (n, >, 60);
  vm_machine_free (sample.vm);
}

/* erts_debug:size/1 of the sample's terms, in erl. */
static char *
ask_erl (void)
{
  const char *argv[] = { "erl", "-noshell", "-pa", g_getenv ("WORDS_EBIN"),
                         "-eval", "io:format (\"~w\", [words_sample:sizes ()]), halt ().", NULL };
  char       *out = NULL;
  int         status = 0;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return out;
}

/* A term has as many words here as erl says. */
static void
test_sizes (void)
{
  Sample           sample;
  g_autofree char *theirs = ask_erl ();
  g_autoptr (GString) ours = g_string_new ("[");

  sample_start_as (&sample, VM_CLOCK_VIRTUAL, "keep");

  g_autoptr (VmWords) words = take_all (&sample, 0, VM_AREA_NONE, 0);

  for (guint i = 1;; i++)
    {
      g_autofree char *key = g_strdup_printf ("{term,%u}", i);
      const VmRoot    *root = find_root (words, VM_ROOT_DICTIONARY, key);
      const VmWord    *slot;

      if (root == NULL)
        break;
      slot = word_at (words, root->area, root->offset + 2); /* {Key, Term} */
      g_assert_nonnull (slot);

      g_autoptr (VmWords) chosen = take_all (&sample, 0, slot->points_into, slot->points_to);

      g_assert_true (chosen->chosen.is_known);
      g_string_append_printf (ours, "%s%" G_GUINT64_FORMAT, i > 1 ? "," : "",
                              chosen->chosen.n_words);
    }
  g_string_append_c (ours, ']');
  g_assert_cmpuint (ours->len, >, 20);
  g_assert_cmpstr (ours->str, ==, theirs);
  vm_machine_free (sample.vm);
}

/* Requests that make no sense are cut to what there is. */
static void
test_bad_requests (void)
{
  Sample         sample;
  VmWordsRequest request;

  sample_start (&sample, VM_CLOCK_VIRTUAL);
  request = (VmWordsRequest){ .pid = 123456, .n_stretches = 1 };
  request.stretches[0] = (VmWordStretch){ VM_AREA_YOUNG, 0, 10, 0 };

  g_autoptr (VmWords) nobody = vm_machine_wait_words (sample.vm, &request);

  g_assert_false (nobody->is_alive);
  g_assert_cmpuint (nobody->n_pages, ==, 0);

  request = (VmWordsRequest){ .pid = sample.pid, .n_stretches = G_MAXUINT };
  request.stretches[0] = (VmWordStretch){ VM_AREA_YOUNG, G_MAXUINT64, G_MAXUINT64, 0 };
  request.stretches[1] = (VmWordStretch){ VM_AREA_LITERAL, 1, 5, 0 };
  request.stretches[2] = (VmWordStretch){ VM_AREA_OLD, G_MAXUINT64 - 5, 20, G_MAXUINT };
  request.stretches[3] = (VmWordStretch){ (VmArea) 77, 0, 5, 3 };
  request.chosen_area = VM_AREA_OLD;
  request.chosen_offset = G_MAXUINT64;

  g_autoptr (VmWords) cut = vm_machine_wait_words (sample.vm, &request);

  g_assert_cmpuint (cut->n_pages, ==, VM_MAX_STRETCHES);
  for (guint i = 0; i < VM_MAX_STRETCHES; i++)
    {
      g_assert_cmpuint (cut->pages[i].n_words, ==, 0);
      g_assert_cmpuint (cut->pages[i].n_buckets, ==, 0);
    }
  g_assert_false (cut->chosen.is_known);
  vm_machine_free (sample.vm);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/words/laws", GINT_TO_POINTER (VM_CLOCK_VIRTUAL), test_laws);
  g_test_add_data_func ("/words/laws-live", GINT_TO_POINTER (VM_CLOCK_LIVE), test_laws);
  g_test_add_data_func ("/words/laws-everywhere-hold", "hold", test_laws_everywhere);
  g_test_add_data_func ("/words/laws-everywhere-keep", "keep", test_laws_everywhere);
  g_test_add_func ("/words/buckets", test_buckets);
  g_test_add_func ("/words/kinds", test_kinds);
  g_test_add_func ("/words/reach", test_reach);
  g_test_add_func ("/words/every-object", test_every_object);
  g_test_add_func ("/words/sizes-as-erl", test_sizes);
  g_test_add_func ("/words/bad-requests", test_bad_requests);
  return g_test_run ();
}
