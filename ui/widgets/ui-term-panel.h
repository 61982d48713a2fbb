/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What is known of the chosen term: who holds it, and what sending it would cost.
 * Hidden while no term is chosen. */

#include "engine/vm-words.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_TERM_PANEL (ui_term_panel_get_type ())
G_DECLARE_FINAL_TYPE (UiTermPanel, ui_term_panel, UI, TERM_PANEL, GtkWidget)

/* @words: (nullable) (transfer none) */
void ui_term_panel_set_words (UiTermPanel *self, const VmWords *words);

G_END_DECLS
