/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* `beamlab render --view words`: which words. */

#include "ui/draw/picture.h"
#include "engine/vm.h"

G_BEGIN_DECLS

typedef struct
{
  guint       area;    /* index into app_cli_word_areas */
  gint64      from;    /* words */
  gint64      n_words; /* 0: all of the process */
  const char *choose;  /* (nullable): a root's name, or AREA:WORD */
} AppCliWords;

extern const char *const app_cli_word_areas[];

/**
 * app_cli_words_take:
 * @request: its words, view and choice are filled in
 *
 * Errors: `VM_ERROR_NOT_FOUND` (the process is gone, no such root),
 * `VM_ERROR_USAGE` (words that are not there).
 */
gboolean app_cli_words_take (
  const AppCliWords *options, VmMachine *vm, VmPid pid, UiPictureRequest *request, GError **error);

G_END_DECLS
