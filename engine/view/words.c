/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "engine/view/words-private.h"

static void
describe_chosen (WordsBuilder *words)
{
  VmChosen *chosen = &words->words->chosen;
  guint64   n_roots = chosen->n_roots;
  Space    *space;

  *chosen = words->index->chosen;
  chosen->n_roots = n_roots;
  if (!chosen->is_known)
    return;
  space = words_find_space (words->index, chosen->object.area, chosen->object.offset);
  if (space != NULL)
    {
      words_describe_object (words, space, chosen->object.offset - space->first, &chosen->object);
      words_fill_send_cost (words, space, chosen->object.offset - space->first, chosen);
    }
  chosen->referrers = g_memdup2 (words->index->referrers->data,
                                 words->index->referrers->len * sizeof (VmWordStretch));
  chosen->n_listed = words->index->referrers->len;
}

/* Those in sight, when they are few enough to be told apart. */
static void
list_fragments (WordsBuilder *words, const VmWordStretch *stretch)
{
  GArray *fragments = g_array_new (FALSE, TRUE, sizeof (VmFragment));

  for (guint i = SPACE_OLD + 1; i < words->index->spaces->len && fragments->len <= VM_MAX_WORDS;
       i++)
    {
      const Space *space = words_space (words->index, i);
      VmFragment   fragment = { .offset = space->first,
                                .n_words = space->n_words,
                                .is_message = space->is_message,
                                .message = space->message };

      if (space->first < stretch->offset + stretch->n_words &&
          space->first + space->n_words > stretch->offset)
        g_array_append_val (fragments, fragment);
    }
  if (fragments->len > VM_MAX_WORDS)
    g_array_set_size (fragments, 0);
  words->words->fragments = snapshot_array (fragments, &words->words->n_fragments);
}

VmWords *
words_make (VmMachine            *vm,
            const VmWordsRequest *request,
            const VmStatus       *status,
            WordsIndex          **index)
{
  VmWords     *made = g_new0 (VmWords, 1);
  WordsBuilder words = { .builder = { .vm = vm }, .request = request, .words = made };
  gboolean     is_running = status->state == VM_STATE_RUNNING;

  g_atomic_ref_count_init (&made->ref_count);
  made->strings = words.builder.strings = g_string_chunk_new (1024);
  made->pid = request->pid;
  made->serial = status->serial;
  made->time_ns = status->time_ns;
  words.process = process_table_lookup (vm, request->pid);
  if (words.process == NULL || words.process->heap.start == NULL)
    return made;
  made->is_alive = TRUE;
  snapshot_fill_heap (words.process, &made->sizes);
  words.index = *index =
    words_index_update (g_steal_pointer (index), words.process, status->serial, is_running);
  words_mark (&words);
  made->n_fragment_words = words.index->n_fragment_words;
  made->n_pages = MIN (request->n_stretches, VM_MAX_STRETCHES);
  for (guint i = 0; i < made->n_pages; i++)
    {
      words_fill_page (&words, &request->stretches[i], &made->pages[i]);
      if (request->stretches[i].area == VM_AREA_FRAGMENT && made->fragments == NULL)
        list_fragments (&words, &made->pages[i].stretch);
    }
  words_add_roots (&words);
  describe_chosen (&words);
  return made;
}
