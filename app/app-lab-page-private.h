/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "app/app-lab-page.h"
#include "app/app-step-card.h"
#include "app/lab/app-lab-player.h"
#include "ui/widgets/ui-console.h"
#include "ui/widgets/ui-heap-view.h"
#include "ui/widgets/ui-inspector.h"
#include "ui/widgets/ui-listing-view.h"
#include "ui/widgets/ui-schedulers-view.h"
#include "ui/widgets/ui-source-view.h"
#include "ui/widgets/ui-transport.h"
#include "ui/widgets/ui-village-view.h"

/* The lab, shared with the worker thread that builds a machine from it. */
typedef struct
{
  AppLab *lab;
} SharedLab;

SharedLab *shared_lab_ref (SharedLab *shared);
void       shared_lab_unref (SharedLab *shared);

struct _AppLabPage
{
  AdwBin              parent_instance;
  SharedLab          *shared; /* an atomic rc box */
  AppState           *state;
  AppSession         *session;
  AppLabSettings     *settings;
  UiTimeRange        *range;
  GSimpleActionGroup *actions;
  VmStepUnit          step_unit;
  gint64              inspected_us; /* when the inspector was last filled */
  guint               inspect_id;
  guint               fold_id;
  gboolean            is_low;     /* too low for the bottom pane */
  gboolean            has_chosen; /* the process in focus was chosen, not just the first */
  guint               section;
  GListStore         *bookmarks; /* of UiBookmark */
  GPtrArray          *runs;      /* earlier ones, to compare with */
  char               *run;       /* the knobs of the one that is shown; NULL: the lab's */

  AdwViewSwitcherTitle *switcher_title;
  AdwToastOverlay      *toasts;
  AdwFlap              *text_flap;
  AdwFlap              *inspector_flap;
  GtkStack             *sections;
  GtkLabel             *section_label;
  UiInspector          *inspector;
  GtkStack             *machine_stack;
  GtkSpinner           *spinner;
  AdwStatusPage        *error_page;
  GtkInfoBar           *limit_bar;
  GtkLabel             *limit_label;
  AdwViewStack         *views;
  UiVillageView        *village;
  UiHeapView           *heap;
  UiSchedulersView     *schedulers;
  GtkWidget            *bottom;
  GtkStack             *bottom_stack;
  GtkStackPage         *console_page;
  UiConsole            *console;
  UiListingView        *listing;
  UiSourceView         *source;
  UiTransport          *transport;
};

/* app-lab-page-actions.c */
void app_lab_page_add_actions (AppLabPage *self);
/* Enables and disables what depends on the machine's state. */
void app_lab_page_update_actions (AppLabPage *self);

/* app-lab-page.c */
void      app_lab_page_toast (AppLabPage *self, const char *text);
UiCanvas *app_lab_page_get_canvas (AppLabPage *self);
void      app_lab_page_restart (AppLabPage *self);
/* The reader looks into @pid from now on. */
void app_lab_page_choose (AppLabPage *self, VmPid pid);

/* app-lab-page-goal.c: compiles the program as its files are now, runs it, and tells
 * @card whether the lab's goal is met. */
void app_lab_page_try_goal (AppLabPage *self, AppStepCard *card);

/* app-lab-page-history.c */
void app_lab_page_init_history (AppLabPage *self);
void app_lab_page_clear_history (AppLabPage *self);
/* To be called before the machine is built anew: keeps the run that ends, if its knobs
 * were others. */
void app_lab_page_keep_run (AppLabPage *self);
void app_lab_page_add_bookmark (AppLabPage *self);
void app_lab_page_compare (AppLabPage *self);
void app_lab_page_copy_table (AppLabPage *self);

/* app-lab-page-text.c */
void app_lab_page_show_section (AppLabPage *self, guint index);
void app_lab_page_build_sections (AppLabPage *self);
