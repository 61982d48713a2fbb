/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What is remembered between two runs: steps done, the window's size, the colour
 * scheme. A key file in the user's config folder; a file that cannot be read or
 * written is as good as none. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AppState AppState;

/* @path: (nullable): NULL = the user's own */
AppState *app_state_new (const char *path);
/* Writes what changed. */
void app_state_save (AppState *self);
void app_state_free (AppState *self);

/* (nullable): where a lab's own things are kept; NULL = the user's data folder. */
const char *app_state_get_data_folder (AppState *self);

gboolean app_state_is_step_done (AppState *self, const char *lab, const char *step);
/* TRUE when this is news. */
gboolean app_state_set_step_done (AppState *self, const char *lab, const char *step);
void     app_state_forget_lab (AppState *self, const char *lab);

int  app_state_get_int (AppState *self, const char *key, int otherwise);
void app_state_set_int (AppState *self, const char *key, int value);
/* (transfer full) (nullable) */
char *app_state_dup_string (AppState *self, const char *key);
void  app_state_set_string (AppState *self, const char *key, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppState, app_state_free)

G_END_DECLS
