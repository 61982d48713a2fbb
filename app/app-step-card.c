/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-step-card.h"

#include "app/app-knob.h"
#include "app/app-step-words.h"
#include "app/lab/app-lab-player.h"
#include "ui/layout/number.h"
#include <adwaita.h>
#include <errno.h>
#include <glib/gi18n.h>

/* One control with the widgets that show it. */
typedef struct
{
  AppStepCard         *card;
  const AppLabControl *control;
  GtkWidget           *button; /* (nullable) */
  GtkWidget           *entry;  /* predict (nullable) */
  GtkWidget           *knob;   /* tune */
  GtkWidget           *choice; /* the chosen radio button (nullable) */
  GtkWidget           *result; /* box of an icon and a text */
  GtkWidget           *icon;
  GtkWidget           *text;
  gboolean             is_done;
  gboolean             is_pending;   /* it set the machine going, which has not stopped yet */
  guint64              serial;       /* the machine's, before that */
  gboolean             is_committed; /* predict: the guess stands, the answer is to come */
  GtkWidget           *claim;        /* check: what it says */
} Item;

struct _AppStepCard
{
  GtkWidget         parent_instance;
  const AppLabStep *step;
  AppSession       *session;
  GPtrArray        *items;
  GtkWidget        *box;
  GtkWidget        *done_icon;
  gboolean          is_done;
};

enum
{
  SIGNAL_OBSERVE,
  SIGNAL_TUNE,
  SIGNAL_RESTART,
  SIGNAL_GOAL,
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppStepCard, app_step_card, GTK_TYPE_WIDGET)

typedef enum
{
  RESULT_RIGHT,
  RESULT_WRONG,
  RESULT_NOTE,
} Result;

static void
show_result (Item *item, Result result, const char *markup)
{
  static const char *const classes[] = { "success", "error", "dim-label" };
  static const char *const icons[] = { "lab-done-symbolic", "lab-not-done-symbolic",
                                       "dialog-information-symbolic" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      gtk_widget_remove_css_class (item->icon, classes[i]);
      gtk_widget_remove_css_class (item->text, classes[i]);
    }
  gtk_widget_add_css_class (item->icon, classes[result]);
  if (result == RESULT_NOTE)
    gtk_widget_add_css_class (item->text, classes[result]);
  gtk_image_set_from_icon_name (GTK_IMAGE (item->icon), icons[result]);
  gtk_label_set_markup (GTK_LABEL (item->text), markup);
  gtk_widget_set_visible (item->result, TRUE);
}

static gboolean
counts (const Item *item)
{
  return item->control->kind != APP_LAB_HINT && item->control->kind != APP_LAB_TUNE &&
         item->control->kind != APP_LAB_RESTART && item->control->kind != APP_LAB_TRY_GOAL;
}

static void
set_done (AppStepCard *self)
{
  if (self->is_done)
    return;
  self->is_done = TRUE;
  gtk_widget_set_visible (self->done_icon, TRUE);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

/* What a check says is often the answer to its step's question: it is read when that
 * has been answered, or when the check is made. */
static void
show_claims (AppStepCard *self)
{
  gboolean is_asking = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);

      is_asking |= item->control->kind == APP_LAB_PREDICT && !item->is_done;
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);

      if (item->claim != NULL)
        gtk_widget_set_visible (item->claim, !is_asking || item->is_done);
    }
}

static void
item_done (Item *item)
{
  gboolean all = TRUE;

  item->is_done = TRUE;
  show_claims (item->card);
  for (guint i = 0; i < item->card->items->len; i++)
    {
      const Item *other = g_ptr_array_index (item->card->items, i);

      all = all && (other->is_done || !counts (other));
    }
  if (all)
    set_done (item->card);
}

/* Questions are asked of a machine at rest, and of a picture of that moment. */
static VmSnapshot *
require_snapshot (Item *item)
{
  AppSession *session = item->card->session;

  if (app_session_is_settled (session))
    return app_session_get_snapshot (session);
  show_result (item, RESULT_NOTE,
               app_session_is_running (session) ? _ ("The machine is running. Pause it first.")
                                                : _ ("The machine is not ready yet."));
  return NULL;
}

static void
show_escaped (Item *item, Result result, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  show_result (item, result, markup);
}

/* Run until, and step by. */
static void
move_cb (Item *item)
{
  AppSession *session = item->card->session;
  VmSnapshot *snapshot = require_snapshot (item);
  VmStatus    status;
  g_autoptr (GError) error = NULL;

  if (snapshot == NULL)
    return;
  if (!app_session_can_run (session))
    {
      show_result (item, RESULT_NOTE, _ ("The program cannot run on. Restart it first."));
      return;
    }
  if (item->control->process != NULL &&
      vm_snapshot_find_name (snapshot, item->control->process) != NULL)
    app_session_set_focus (session, vm_snapshot_find_name (snapshot, item->control->process)->pid);
  if (!app_lab_control_start (item->control, app_session_get_machine (session), snapshot, &error))
    {
      show_escaped (item, RESULT_NOTE, error->message);
      return;
    }
  gtk_widget_set_visible (item->result, FALSE);
  item->is_pending = TRUE;
  app_session_get_status (session, &status);
  item->serial = status.serial;
  app_session_wake (session);
}

static gboolean
read_guess (Item *item, gint64 *guess)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (item->entry));
  char       *end = NULL;

  errno = 0;
  *guess = g_ascii_strtoll (text, &end, 10);
  while (end != NULL && g_ascii_isspace (*end))
    end++;
  return errno == 0 && end != text && *end == '\0';
}

static int
chosen_index (const Item *item)
{
  return item->choice != NULL
           ? GPOINTER_TO_INT (g_object_get_data (G_OBJECT (item->choice), "index"))
           : -1;
}

/* (transfer full) */
static char *
format_choice (const AppLabControl *control, const AppLabChoice *choice)
{
  char buffer[UI_NUMBER_SIZE];

  return g_strdup (control->answer != NULL ? ui_number_signed (choice->number, buffer)
                                           : choice->markup);
}

static void
show_prediction (Item *item, const AppLabOutcome *outcome)
{
  const AppLabControl *control = item->control;
  gint64               guess = 0;
  gboolean             right;
  GString             *text;

  right = item->entry != NULL
            ? read_guess (item, &guess) && outcome->has_number && guess == outcome->number
            : chosen_index (item) == outcome->choice;
  text = g_string_new (right ? _ ("Right.") : _ ("Not quite."));
  if (item->entry != NULL && outcome->has_number)
    {
      char buffer[UI_NUMBER_SIZE];

      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("The machine says <b>%s</b>%s%s."),
                              ui_number_signed (outcome->number, buffer),
                              control->unit_name != NULL ? " " : "",
                              control->unit_name != NULL ? control->unit_name : "");
    }
  else if (!right && control->choices != NULL && outcome->choice >= 0 &&
           outcome->choice < (int) control->choices->len)
    {
      g_autofree char *choice =
        format_choice (control, g_ptr_array_index (control->choices, outcome->choice));

      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("The machine says: <b>%s</b>."), choice);
    }
  if (control->explain != NULL)
    g_string_append_printf (text, " %s", control->explain);
  show_result (item, right ? RESULT_RIGHT : RESULT_WRONG, text->str);
  g_string_free (text, TRUE);
  item_done (item); /* a wrong guess that was explained is a step taken, too */
}

/* Judges @item on a machine at rest. */
static void
finish (Item *item)
{
  AppSession   *session = item->card->session;
  AppLabOutcome outcome = { .choice = -1 };

  app_lab_control_finish (item->control, app_session_get_machine (session),
                          app_session_get_snapshot (session), &outcome);
  if (item->control->kind == APP_LAB_PREDICT && outcome.is_good)
    show_prediction (item, &outcome);
  else if (outcome.is_good)
    {
      show_result (item, RESULT_RIGHT,
                   item->control->kind == APP_LAB_CHECK ? _ ("It holds.") : _ ("Reached."));
      item_done (item);
    }
  else
    show_escaped (item, item->control->kind == APP_LAB_PREDICT ? RESULT_NOTE : RESULT_WRONG,
                  outcome.text != NULL ? outcome.text : _ ("Not yet."));
  app_lab_outcome_clear (&outcome);
}

/* Does a control after @item still have to set the machine going? Its answer is
 * that of the moment after. */
static gboolean
has_moves_after (const Item *item)
{
  guint index = 0;

  if (!g_ptr_array_find (item->card->items, item, &index))
    return FALSE;
  for (guint i = index + 1; i < item->card->items->len; i++)
    {
      const Item *other = g_ptr_array_index (item->card->items, i);

      if (app_lab_control_moves (other->control) && !other->is_done)
        return TRUE;
    }
  return FALSE;
}

static void
predict_cb (Item *item)
{
  gint64 guess = 0;

  if (item->entry != NULL && !read_guess (item, &guess))
    {
      show_result (item, RESULT_NOTE, _ ("Enter a whole number."));
      return;
    }
  if (item->entry == NULL && item->choice == NULL)
    {
      show_result (item, RESULT_NOTE, _ ("Choose an answer."));
      return;
    }
  if (has_moves_after (item))
    {
      item->is_committed = TRUE;
      show_result (item, RESULT_NOTE, _ ("Noted. Now run it and see."));
    }
  else if (require_snapshot (item) != NULL)
    finish (item);
}

static void
check_cb (Item *item)
{
  if (require_snapshot (item) != NULL)
    finish (item);
}

static void
observe_cb (Item *item)
{
  g_signal_emit (item->card, signals[SIGNAL_OBSERVE], 0, item->control);
  item_done (item);
}

static void
tune_cb (Item *item)
{
  gint64 value = (gint64) gtk_adjustment_get_value (app_knob_get_value (item->knob));

  g_signal_emit (item->card, signals[SIGNAL_TUNE], 0, item->control, value);
}

static void
restart_cb (Item *item)
{
  g_signal_emit (item->card, signals[SIGNAL_RESTART], 0);
}

static void
goal_cb (Item *item)
{
  gtk_widget_set_sensitive (item->button, FALSE);
  show_result (item, RESULT_NOTE, _ ("Running it from the beginning…"));
  g_signal_emit (item->card, signals[SIGNAL_GOAL], 0);
}

void
app_step_card_show_goal (AppStepCard *self, gboolean is_met, const char *text)
{
  for (guint i = 0; self->box != NULL && i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (item->control->kind != APP_LAB_TRY_GOAL)
        continue;
      gtk_widget_set_sensitive (item->button, TRUE);
      show_escaped (item, is_met ? RESULT_RIGHT : RESULT_WRONG, text);
    }
}

static void
choice_toggled_cb (GtkCheckButton *button, Item *item)
{
  if (gtk_check_button_get_active (button))
    item->choice = GTK_WIDGET (button);
}

/* The machine stopped and its picture is here: what did the control that set it
 * going come to, and what do the guesses before it? */
static void
session_snapshot_cb (AppStepCard *self)
{
  gboolean any = FALSE;

  if (!app_session_is_settled (self->session))
    return;
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (!item->is_pending || !app_session_has_stopped_since (self->session, item->serial))
        continue;
      item->is_pending = FALSE;
      finish (item);
      any = TRUE;
    }
  for (guint i = 0; any && i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (item->is_committed && !has_moves_after (item))
        {
          item->is_committed = FALSE;
          finish (item);
        }
    }
}

/* Another machine: nobody waits for the old one any more. */
static void
session_state_cb (AppStepCard *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      item->is_pending = item->is_committed = FALSE;
      item->is_done = item->is_done && !app_lab_control_moves (item->control);
    }
}

static GtkWidget *
new_text (const char *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 38);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
new_button (Item *item, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();
  GtkWidget *parent;

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", callback, item);
  /* The label may be cut on a narrow pane rather than make it wider. */
  parent = gtk_widget_get_last_child (content);
  if (GTK_IS_LABEL (parent))
    gtk_label_set_ellipsize (GTK_LABEL (parent), PANGO_ELLIPSIZE_END);
  item->button = button;
  return button;
}

static void
append_code (GtkWidget *box, const char *code)
{
  GtkWidget *label = gtk_label_new (code);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
}

static void
build_choices (Item *item, GtkWidget *box)
{
  GtkCheckButton *group = NULL;

  for (guint i = 0; i < item->control->choices->len; i++)
    {
      g_autofree char *choice =
        format_choice (item->control, g_ptr_array_index (item->control->choices, i));
      GtkWidget *button = gtk_check_button_new ();

      gtk_check_button_set_child (GTK_CHECK_BUTTON (button), new_text (choice));
      gtk_check_button_set_group (GTK_CHECK_BUTTON (button), group);
      g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (i));
      g_signal_connect (button, "toggled", G_CALLBACK (choice_toggled_cb), item);
      gtk_box_append (GTK_BOX (box), button);
      group = GTK_CHECK_BUTTON (button);
    }
}

static void
build_predict (Item *item, GtkWidget *box)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), new_text (item->control->markup));
  if (item->control->choices != NULL)
    build_choices (item, box);
  else
    {
      item->entry = gtk_entry_new ();
      gtk_entry_set_input_purpose (GTK_ENTRY (item->entry), GTK_INPUT_PURPOSE_NUMBER);
      gtk_editable_set_width_chars (GTK_EDITABLE (item->entry), 4);
      gtk_editable_set_max_width_chars (GTK_EDITABLE (item->entry), 10);
      gtk_entry_set_placeholder_text (GTK_ENTRY (item->entry), _ ("Your guess"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (item->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Your guess"), -1);
      g_signal_connect_swapped (item->entry, "activate", G_CALLBACK (predict_cb), item);
      gtk_box_append (GTK_BOX (row), item->entry);
      if (item->control->unit_name != NULL)
        gtk_box_append (GTK_BOX (row), gtk_label_new (item->control->unit_name));
    }
  gtk_box_append (GTK_BOX (row),
                  new_button (item, "lab-done-symbolic", _ ("Predict"), G_CALLBACK (predict_cb)));
  gtk_box_append (GTK_BOX (box), row);
}

static void
tune_value_cb (Item *item)
{
  double           value = gtk_adjustment_get_value (app_knob_get_value (item->knob));
  char             buffer[UI_NUMBER_SIZE];
  g_autofree char *label =
    g_strdup_printf (_ ("Restart with %s"), ui_number_signed ((gint64) value, buffer));

  adw_button_content_set_label (
    ADW_BUTTON_CONTENT (gtk_button_get_child (GTK_BUTTON (item->button))), label);
}

static void
build_tune (Item *item, GtkWidget *box)
{
  const AppLabControl *control = item->control;

  gtk_box_append (
    GTK_BOX (box),
    new_text (control->label != NULL ? control->label : app_lab_knob_get_name (control->knob)));
  item->knob = app_knob_new (control);
  gtk_box_append (GTK_BOX (box), item->knob);
  gtk_box_append (GTK_BOX (box),
                  new_button (item, "view-refresh-symbolic", "", G_CALLBACK (tune_cb)));
  g_signal_connect_swapped (app_knob_get_value (item->knob), "value-changed",
                            G_CALLBACK (tune_value_cb), item);
  tune_value_cb (item);
}

static void
build_hint (Item *item, GtkWidget *box)
{
  GtkWidget *expander = gtk_expander_new (_ ("Hint"));
  GtkWidget *text = new_text (item->control->markup);

  gtk_widget_set_margin_top (text, 6);
  gtk_expander_set_child (GTK_EXPANDER (expander), text);
  gtk_box_append (GTK_BOX (box), expander);
}

static void
build_observe (Item *item, GtkWidget *box)
{
  g_autofree char *label =
    item->control->process != NULL
      ? g_strdup_printf (_ ("%s of %s"), app_step_view_to_string (item->control->view),
                         item->control->process)
      : g_strdup (app_step_view_to_string (item->control->view));

  gtk_box_append (GTK_BOX (box),
                  new_button (item, "view-reveal-symbolic", label, G_CALLBACK (observe_cb)));
}

static void
build_step (Item *item, GtkWidget *box)
{
  guint            n = MAX (item->control->count, 1);
  g_autofree char *steps = g_strdup_printf (app_step_unit_to_string (item->control->unit, n), n);
  g_autofree char *label = item->control->process != NULL
                             ? g_strdup_printf (_ ("%s in %s"), steps, item->control->process)
                             : g_strdup (steps);

  gtk_box_append (GTK_BOX (box),
                  new_button (item, "media-skip-forward-symbolic", label, G_CALLBACK (move_cb)));
}

static void
build_control (Item *item, GtkWidget *box)
{
  switch (item->control->kind)
    {
    case APP_LAB_RUN_UNTIL:
      gtk_box_append (
        GTK_BOX (box),
        new_button (item, "media-playback-start-symbolic",
                    item->control->condition != NULL ? _ ("Run until") : _ ("Run to the end"),
                    G_CALLBACK (move_cb)));
      if (item->control->condition != NULL)
        append_code (box, item->control->source);
      break;
    case APP_LAB_STEP_BY:
      build_step (item, box);
      break;
    case APP_LAB_PREDICT:
      build_predict (item, box);
      break;
    case APP_LAB_TUNE:
      build_tune (item, box);
      break;
    case APP_LAB_OBSERVE:
      build_observe (item, box);
      break;
    case APP_LAB_CHECK:
      item->claim = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      if (item->control->markup != NULL)
        gtk_box_append (GTK_BOX (item->claim), new_text (item->control->markup));
      else
        append_code (item->claim, item->control->source);
      gtk_box_append (GTK_BOX (box), item->claim);
      gtk_box_append (GTK_BOX (box),
                      new_button (item, "lab-done-symbolic", _ ("Check"), G_CALLBACK (check_cb)));
      break;
    case APP_LAB_HINT:
      build_hint (item, box);
      break;
    case APP_LAB_TRY_GOAL:
      gtk_box_append (GTK_BOX (box), new_button (item, "lab-done-symbolic", _ ("Try the goal"),
                                                 G_CALLBACK (goal_cb)));
      break;
    case APP_LAB_RESTART:
    default:
      gtk_box_append (GTK_BOX (box), new_button (item, "media-skip-backward-symbolic",
                                                 _ ("Restart"), G_CALLBACK (restart_cb)));
    }
}

static void
add_control (AppStepCard *self, const AppLabControl *control)
{
  Item      *item = g_new0 (Item, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  item->card = self;
  item->control = control;
  build_control (item, box);
  item->result = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  item->icon = gtk_image_new ();
  item->text = new_text ("");
  gtk_widget_set_valign (item->icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (item->icon, 2);
  gtk_widget_set_hexpand (item->text, TRUE);
  gtk_box_append (GTK_BOX (item->result), item->icon);
  gtk_box_append (GTK_BOX (item->result), item->text);
  gtk_widget_set_visible (item->result, FALSE);
  gtk_box_append (GTK_BOX (box), item->result);
  gtk_box_append (GTK_BOX (self->box), box);
  g_ptr_array_add (self->items, item);
}

static void
app_step_card_dispose (GObject *object)
{
  AppStepCard *self = APP_STEP_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (app_step_card_parent_class)->dispose (object);
}

static void
app_step_card_finalize (GObject *object)
{
  g_ptr_array_unref (APP_STEP_CARD (object)->items);
  G_OBJECT_CLASS (app_step_card_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params, GType first, GType second)
{
  return g_signal_new (name, APP_TYPE_STEP_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, first, second);
}

static void
app_step_card_class_init (AppStepCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_step_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = app_step_card_finalize;
  signals[SIGNAL_OBSERVE] = new_signal ("observe", 1, G_TYPE_POINTER, G_TYPE_NONE);
  signals[SIGNAL_TUNE] = new_signal ("tune", 2, G_TYPE_POINTER, G_TYPE_INT64);
  signals[SIGNAL_RESTART] = new_signal ("restart", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[SIGNAL_GOAL] = new_signal ("goal", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[SIGNAL_DONE] = new_signal ("done", 0, G_TYPE_NONE, G_TYPE_NONE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stepcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
app_step_card_init (AppStepCard *self)
{
  self->items = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
app_step_card_new (const AppLabStep *step, AppSession *session, gboolean is_done)
{
  AppStepCard     *self = g_object_new (APP_TYPE_STEP_CARD, NULL);
  GtkWidget       *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *title;
  g_autofree char *text = g_strdup_printf (_ ("Step %u"), step->index + 1);

  self->step = step;
  self->session = g_object_ref (session);
  self->is_done = is_done;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  title = gtk_label_new (text);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  self->done_icon = gtk_image_new_from_icon_name ("lab-done-symbolic");
  gtk_widget_add_css_class (self->done_icon, "success");
  gtk_widget_set_tooltip_text (self->done_icon, _ ("Done"));
  gtk_widget_set_visible (self->done_icon, is_done);
  gtk_box_append (GTK_BOX (header), title);
  gtk_box_append (GTK_BOX (header), self->done_icon);
  gtk_box_append (GTK_BOX (self->box), header);
  for (guint i = 0; i < step->controls->len; i++)
    add_control (self, g_ptr_array_index (step->controls, i));
  show_claims (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (session, "snapshot-changed", G_CALLBACK (session_snapshot_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "state-changed", G_CALLBACK (session_state_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

const AppLabStep *
app_step_card_get_step (AppStepCard *self)
{
  return self->step;
}

gboolean
app_step_card_get_waiting (AppStepCard *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);

      if (item->is_pending)
        return TRUE;
    }
  return FALSE;
}

gboolean
app_step_card_get_done (AppStepCard *self)
{
  return self->is_done;
}
