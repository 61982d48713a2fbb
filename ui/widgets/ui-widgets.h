/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Makes the widgets' types and templates known. Call once, after GTK was
 * initialised and before a template that uses them is loaded. */
void ui_widgets_init (void);
