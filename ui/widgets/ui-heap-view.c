/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/widgets/ui-heap-view.h"
#include "ui/widgets/ui-binaries-view.h"
#include "ui/widgets/ui-collection-view.h"
#include "ui/widgets/ui-memory-view.h"
#include "ui/widgets/ui-term-panel.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Of the height, until the user decides: the present's share. */
#define PRESENT_SHARE 0.58

struct _UiHeapView
{
  GtkWidget         parent_instance;
  GtkLabel         *name;
  GtkStack         *pages;
  GtkPaned         *paned;
  gboolean          has_shared;
  UiMemoryView     *memory;
  UiCollectionView *collection;
  UiBinariesView   *binaries;
  UiTermPanel      *term_panel;
  GtkLabel         *choice;
  UiHistoryPane    *history_pane;
  UiHistoryView    *history; /* of the pane */
};

enum
{
  SIGNAL_PROCESS_ACTIVATED,
  SIGNAL_WORDS_WANTED,
  SIGNAL_PAGE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiHeapView, ui_heap_view, GTK_TYPE_WIDGET)

static void
show_name (UiHeapView *self, VmPid focus)
{
  char name[256];

  if (focus == VM_PID_NONE)
    g_strlcpy (name, _ ("Choose a process to see its memory"), sizeof name);
  else
    ui_memory_view_format_name (self->memory, name, sizeof name);
  if (strcmp (gtk_label_get_text (self->name), name) != 0)
    gtk_label_set_text (self->name, name);
}

static void
show_choice (UiHeapView *self)
{
  g_autofree char *text = ui_memory_view_describe_choice (self->memory);
  VmArea           area;
  guint64          offset;

  if (text == NULL && !ui_memory_view_get_choice (self->memory, &area, &offset))
    text = g_strdup (_ ("Scroll to come closer. Click a word to see what refers to it."));
  if (text == NULL)
    return; /* not told yet: what stood there stays */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->choice), text);
  if (strcmp (gtk_label_get_text (self->choice), text) != 0)
    gtk_label_set_text (self->choice, text);
}

void
ui_heap_view_set_snapshot (UiHeapView  *self,
                           VmSnapshot  *snapshot,
                           VmRecording *recording,
                           VmPid        focus)
{
  g_return_if_fail (UI_IS_HEAP_VIEW (self));

  ui_memory_view_set_snapshot (self->memory, snapshot, recording, focus);
  ui_history_view_set_snapshot (self->history, snapshot, recording, focus);
  show_name (self, focus);
  show_choice (self);
}

void
ui_heap_view_set_range (UiHeapView *self, UiTimeRange *range)
{
  g_return_if_fail (UI_IS_HEAP_VIEW (self));

  ui_memory_view_set_range (self->memory, range);
  ui_history_pane_set_range (self->history_pane, range);
  if (range != NULL)
    g_signal_connect_object (range, "moment-changed", G_CALLBACK (show_choice), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

UiHistoryPane *
ui_heap_view_get_history (UiHeapView *self)
{
  g_return_val_if_fail (UI_IS_HEAP_VIEW (self), NULL);
  return self->history_pane;
}

void
ui_heap_view_fill_words_request (UiHeapView *self, VmWordsRequest *request)
{
  g_return_if_fail (UI_IS_HEAP_VIEW (self));

  ui_memory_view_fill_words_request (self->memory, request);
}

void
ui_heap_view_set_words (UiHeapView *self, VmWords *words)
{
  g_return_if_fail (UI_IS_HEAP_VIEW (self));

  ui_memory_view_set_words (self->memory, words);
  ui_term_panel_set_words (self->term_panel, words);
  show_choice (self);
}

gboolean
ui_heap_view_choose_root (UiHeapView *self, VmRootKind kind, guint frame, const char *name)
{
  g_return_val_if_fail (UI_IS_HEAP_VIEW (self), FALSE);

  if (!ui_memory_view_choose_root (self->memory, kind, frame, name))
    return FALSE;
  ui_heap_view_show_page (self, "memory");
  return TRUE;
}

void
ui_heap_view_show_root (UiHeapView *self, VmRootKind kind, const char *name)
{
  g_return_if_fail (UI_IS_HEAP_VIEW (self));

  ui_heap_view_show_page (self, "memory");
  ui_memory_view_show_root (self->memory, kind, name);
}

void
ui_heap_view_show_page (UiHeapView *self, const char *name)
{
  g_return_if_fail (UI_IS_HEAP_VIEW (self));

  if (gtk_stack_get_child_by_name (self->pages, name) != NULL)
    gtk_stack_set_visible_child_name (self->pages, name);
}

const char *
ui_heap_view_get_page (UiHeapView *self)
{
  g_return_val_if_fail (UI_IS_HEAP_VIEW (self), NULL);
  return gtk_stack_get_visible_child_name (self->pages);
}

void
ui_heap_view_set_binaries (UiHeapView *self, VmBinaries *binaries, VmPid focus)
{
  g_return_if_fail (UI_IS_HEAP_VIEW (self));
  ui_binaries_view_set_binaries (self->binaries, binaries, focus);
}

void
ui_heap_view_set_walk (UiHeapView *self, VmGcWalk *walk)
{
  g_return_if_fail (UI_IS_HEAP_VIEW (self));
  ui_collection_view_set_walk (self->collection, walk);
}

UiCanvas *
ui_heap_view_get_canvas (UiHeapView *self)
{
  g_return_val_if_fail (UI_IS_HEAP_VIEW (self), NULL);

  if (gtk_widget_has_focus (GTK_WIDGET (self->history)))
    return UI_CANVAS (self->history);
  if (g_strcmp0 (ui_heap_view_get_page (self), "collection") == 0)
    return ui_collection_view_get_canvas (self->collection);
  if (g_strcmp0 (ui_heap_view_get_page (self), "binaries") == 0)
    return UI_CANVAS (self->binaries);
  return UI_CANVAS (self->memory);
}

static gboolean
ui_heap_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ui_heap_view_get_canvas (UI_HEAP_VIEW (widget))));
}

static void
activated_cb (UiHeapView *self, VmPid pid)
{
  g_signal_emit (self, signals[SIGNAL_PROCESS_ACTIVATED], 0, pid);
}

static void
share_room_cb (UiHeapView *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->paned));

  if (self->has_shared || height <= 0)
    return;
  self->has_shared = TRUE;
  gtk_paned_set_position (self->paned, (int) (height * PRESENT_SHARE));
}

static void
words_wanted_cb (UiHeapView *self)
{
  g_signal_emit (self, signals[SIGNAL_WORDS_WANTED], 0);
}

static void
page_cb (UiHeapView *self)
{
  g_signal_emit (self, signals[SIGNAL_PAGE_CHANGED], 0);
}

static void
ui_heap_view_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ui_heap_view_parent_class)->dispose (object);
}

static void
ui_heap_view_class_init (UiHeapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_heap_view_dispose;
  widget_class->grab_focus = ui_heap_view_grab_focus;
  g_type_ensure (UI_TYPE_BINARIES_VIEW);
  g_type_ensure (UI_TYPE_COLLECTION_VIEW);
  g_type_ensure (UI_TYPE_TERM_PANEL);
  g_type_ensure (UI_TYPE_MEMORY_VIEW);
  g_type_ensure (UI_TYPE_HISTORY_PANE);

  /**
   * UiHeapView::process-activated:
   * @pid: the process
   *
   * The user chose a process in one of the pictures.
   */
  signals[SIGNAL_PROCESS_ACTIVATED] =
    g_signal_new ("process-activated", UI_TYPE_HEAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
  /**
   * UiHeapView::words-wanted:
   *
   * Other words are in sight than were told.
   */
  signals[SIGNAL_WORDS_WANTED] = g_signal_new ("words-wanted", UI_TYPE_HEAP_VIEW, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * UiHeapView::page-changed:
   *
   * Another page is in sight.
   */
  signals[SIGNAL_PAGE_CHANGED] = g_signal_new (
    "page-changed", UI_TYPE_HEAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "heapview");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/beamlab/ui/ui-heap-view.ui");
  gtk_widget_class_bind_template_child (widget_class, UiHeapView, name);
  gtk_widget_class_bind_template_child (widget_class, UiHeapView, pages);
  gtk_widget_class_bind_template_child (widget_class, UiHeapView, paned);
  gtk_widget_class_bind_template_child (widget_class, UiHeapView, memory);
  gtk_widget_class_bind_template_child (widget_class, UiHeapView, collection);
  gtk_widget_class_bind_template_child (widget_class, UiHeapView, binaries);
  gtk_widget_class_bind_template_child (widget_class, UiHeapView, term_panel);
  gtk_widget_class_bind_template_child (widget_class, UiHeapView, choice);
  gtk_widget_class_bind_template_child (widget_class, UiHeapView, history_pane);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, words_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, share_room_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_choice);
  gtk_widget_class_bind_template_callback (widget_class, page_cb);
}

static void
ui_heap_view_init (UiHeapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->history = ui_history_pane_get_view (self->history_pane);
}
