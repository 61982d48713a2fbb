/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli-words.h"
#include "engine/vm-error.h"
#include <string.h>

enum
{
  AREA_YOUNG,
  AREA_OLD,
  AREA_STACK,
  AREA_FRAGMENT,
};

const char *const app_cli_word_areas[] = { "young", "old", "stack", "fragment", NULL };

static const UiWordsLane lanes[] = {
  [AREA_YOUNG] = UI_WORDS_YOUNG,
  [AREA_OLD] = UI_WORDS_OLD,
  [AREA_STACK] = UI_WORDS_YOUNG,
  [AREA_FRAGMENT] = UI_WORDS_FRAGMENT,
};

/* The stack's words are counted from its newest. */
static guint64
first_word (const VmWords *words, guint area)
{
  return area == AREA_STACK ? words->sizes.young_block - words->sizes.stack_used : 0;
}

static gboolean
choose_root (const VmWords *words, const char *name, UiPictureRequest *request)
{
  for (guint i = 0; i < words->n_roots; i++)
    {
      const VmRoot *root = &words->roots[i];

      if (strcmp (root->name, name) != 0 || root->area == VM_AREA_NONE ||
          root->offset == G_MAXUINT64)
        continue;
      request->chosen_area = root->area;
      request->chosen_offset = root->offset;
      return TRUE;
    }
  return FALSE;
}

static gboolean
choose_place (const VmWords *words, const char *text, UiPictureRequest *request)
{
  const char *colon = strchr (text, ':');
  guint64     offset;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXINT64, &offset, NULL))
    return FALSE;
  for (guint i = 0; app_cli_word_areas[i] != NULL; i++)
    if (strlen (app_cli_word_areas[i]) == (gsize) (colon - text) &&
        strncmp (app_cli_word_areas[i], text, (gsize) (colon - text)) == 0)
      {
        request->chosen_area = ui_words_lane_get_area (lanes[i]);
        request->chosen_offset = first_word (words, i) + offset;
        return TRUE;
      }
  return FALSE;
}

static gboolean
choose (const AppCliWords *options,
        const VmWords     *words,
        UiPictureRequest  *request,
        GError           **error)
{
  g_autoptr (GString) names = NULL;

  if (options->choose == NULL || choose_root (words, options->choose, request) ||
      choose_place (words, options->choose, request))
    return TRUE;
  names = g_string_new (NULL);
  for (guint i = 0; i < words->n_roots && names->len < 300; i++)
    if (words->roots[i].area != VM_AREA_NONE)
      g_string_append_printf (names, "%s, ", words->roots[i].name);
  g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
               "--choose '%s': there are %sand places such as young:12", options->choose,
               names->str);
  return FALSE;
}

static gboolean
set_view (const AppCliWords *options,
          const VmWords     *words,
          UiPictureRequest  *request,
          GError           **error)
{
  UiWordsView *view = &request->words_view;
  UiWordsLane  lane = lanes[options->area];
  guint64      from = first_word (words, options->area) + (guint64) options->from;

  *view = (UiWordsView) UI_WORDS_VIEW_INIT;
  ui_words_view_set_sizes (view, &words->sizes, words->n_fragment_words);
  request->words_width = request->width;
  if (options->n_words == 0 && options->from == 0)
    return TRUE;
  if (from >= view->blocks[lane])
    {
      g_set_error (error, VM_ERROR, VM_ERROR_USAGE,
                   "--from %" G_GINT64_FORMAT ": there are %" G_GUINT64_FORMAT " words (%s)",
                   options->from, view->blocks[lane] - first_word (words, options->area),
                   app_cli_word_areas[options->area]);
      return FALSE;
    }
  view->scale =
    request->width /
    (double) (options->n_words > 0 ? (guint64) options->n_words : view->blocks[lane] - from);
  view->from[lane] = (double) from;
  return TRUE;
}

gboolean
app_cli_words_take (
  const AppCliWords *options, VmMachine *vm, VmPid pid, UiPictureRequest *request, GError **error)
{
  VmWordsRequest wanted = { .pid = pid };
  g_autoptr (VmWords) words = vm_machine_wait_words (vm, &wanted);

  if (!words->is_alive)
    {
      g_set_error (error, VM_ERROR, VM_ERROR_NOT_FOUND,
                   "the process has ended: its words are known only while it lives (see --until)");
      return FALSE;
    }
  if (!choose (options, words, request, error) || !set_view (options, words, request, error))
    return FALSE;
  ui_words_view_fill_request (&request->words_view, request->width, &wanted);
  wanted.chosen_area = request->chosen_area;
  wanted.chosen_offset = request->chosen_offset;
  request->words = vm_machine_wait_words (vm, &wanted);
  if (request->chosen_area != VM_AREA_NONE && !request->words->chosen.is_known)
    {
      g_set_error (error, VM_ERROR, VM_ERROR_USAGE, "--choose '%s': there is no term",
                   options->choose);
      return FALSE;
    }
  return TRUE;
}
