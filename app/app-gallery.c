/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/app-gallery.h"
#include "app/lab/app-lab-catalog.h"
#include <glib/gi18n.h>

#define CARD_WIDTH 310

struct _AppGallery
{
  AdwBin         parent_instance;
  GtkStack      *stack;
  GtkBox        *content;
  AdwStatusPage *empty_page;
};

enum
{
  SIGNAL_LAB_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppGallery, app_gallery, ADW_TYPE_BIN)

static const char *
topic_to_title (AppLabTopic topic)
{
  switch (topic)
    {
    case APP_LAB_TOPIC_PROCESSES:
      return _ ("Thinking in processes");
    case APP_LAB_TOPIC_TERMS:
      return _ ("Data types and messaging");
    case APP_LAB_TOPIC_MEMORY:
      return _ ("Memory and garbage collection");
    case APP_LAB_TOPIC_SCHEDULING:
      return _ ("Scheduling and concurrency");
    case APP_LAB_TOPIC_OBSERVABILITY:
      return _ ("Debugging and observability");
    case APP_LAB_TOPIC_PATTERNS:
    default:
      return _ ("Patterns and anti-patterns");
    }
}

static GtkWidget *
new_label (const char *text, const char *css_class, int lines)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
card_clicked_cb (GtkButton *button, AppGallery *self)
{
  g_signal_emit (self, signals[SIGNAL_LAB_ACTIVATED], 0,
                 g_object_get_data (G_OBJECT (button), "lab"));
}

static guint
count_done (const AppLab *lab, AppState *state)
{
  guint n = 0;

  for (guint i = 0; i < lab->steps->len; i++)
    n += app_state_is_step_done (state, lab->id,
                                 ((AppLabStep *) g_ptr_array_index (lab->steps, i))->id);
  return n;
}

static GtkWidget *
new_progress (const AppLab *lab, AppState *state)
{
  guint            n_done = count_done (lab, state);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *time =
    g_strdup_printf (ngettext ("%u minute", "%u minutes", lab->minutes), lab->minutes);
  g_autofree char *steps =
    n_done > 0
      ? g_strdup_printf (ngettext ("%u of %u step done", "%u of %u steps done", lab->steps->len),
                         n_done, lab->steps->len)
      : g_strdup_printf (ngettext ("%u step", "%u steps", lab->steps->len), lab->steps->len);
  g_autofree char *text = g_strdup_printf ("%s  ·  %s", time, steps);
  GtkWidget       *label = new_label (text, "caption", 1);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (n_done > 0 && n_done == lab->steps->len)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("lab-done-symbolic");

      gtk_widget_add_css_class (icon, "success");
      gtk_box_append (GTK_BOX (box), icon);
    }
  return box;
}

static GtkWidget *
new_card (AppGallery *self, const AppLab *lab, AppState *state)
{
  GtkWidget       *button = gtk_button_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget       *bar = gtk_progress_bar_new ();
  GtkWidget       *clamp;
  g_autofree char *art =
    g_strdup_printf ("/io/github/beamlab/BeamLab/art/%s.svg", app_lab_topic_get_name (lab->topic));
  GtkWidget *picture = gtk_picture_new_for_resource (art);
  GtkWidget *progress = new_progress (lab, state);

  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_set_vexpand (picture, FALSE);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_size_request (picture, CARD_WIDTH, 116);
  gtk_widget_set_overflow (button, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_widget_add_css_class (bar, "osd");
  gtk_progress_bar_set_fraction (
    GTK_PROGRESS_BAR (bar),
    lab->steps->len > 0 ? (double) count_done (lab, state) / lab->steps->len : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress"), -1);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_widget_add_css_class (text, "card-text");
  gtk_box_append (GTK_BOX (text), new_label (lab->title, "title-4", 2));
  gtk_box_append (GTK_BOX (text), new_label (lab->summary, NULL, 4));
  gtk_box_append (GTK_BOX (text), progress);
  gtk_box_append (GTK_BOX (box), text);
  clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), CARD_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), CARD_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_button_set_child (GTK_BUTTON (button), clamp);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "lab-card");
  g_object_set_data_full (G_OBJECT (button), "lab", g_strdup (lab->path), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lab->title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, lab->summary,
                                  -1);
  g_signal_connect (button, "clicked", G_CALLBACK (card_clicked_cb), self);
  return button;
}

static void
add_topic (AppGallery *self, AppLabTopic topic, GPtrArray *labs, AppState *state)
{
  GtkWidget *flow = NULL;

  for (guint i = 0; i < labs->len; i++)
    {
      const AppLab *lab = g_ptr_array_index (labs, i);
      GtkWidget    *child;

      if (lab->topic != topic)
        continue;
      if (flow == NULL)
        {
          gtk_box_append (self->content, new_label (topic_to_title (topic), "title-3", 1));
          flow = gtk_flow_box_new ();
          gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
          gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 18);
          gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 18);
          gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 3);
          gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
          gtk_widget_set_halign (flow, GTK_ALIGN_START);
          gtk_widget_set_valign (flow, GTK_ALIGN_START);
          gtk_box_append (self->content, flow);
        }
      child = gtk_flow_box_child_new ();
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), new_card (self, lab, state));
      gtk_widget_set_focusable (child, FALSE); /* the card in it is */
      gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
    }
}

static void
add_intro (AppGallery *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), new_label (_ ("Look inside the BEAM"), "title-1", 2));
  gtk_box_append (
    GTK_BOX (box),
    new_label (_ ("Each lab is a short text with a program that really runs. Stop it anywhere, "
                  "predict what comes next, and see whether you were right."),
               "dim-label", 3));
  gtk_label_set_max_width_chars (GTK_LABEL (gtk_widget_get_last_child (box)), 70);
  gtk_box_append (self->content, box);
}

/* A lab that cannot be read is told, not hidden. */
static void
add_problems (AppGallery *self, const AppLabProblems *problems)
{
  GtkWidget       *expander;
  GtkWidget       *label;
  g_autofree char *text = NULL;

  if (problems->list->len == 0)
    return;
  text = app_lab_problems_format (problems);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "code-block");
  expander = gtk_expander_new (_ ("Some labs cannot be read"));
  gtk_expander_set_child (GTK_EXPANDER (expander), label);
  gtk_box_append (self->content, expander);
}

void
app_gallery_load (AppGallery *self, AppState *state)
{
  g_autoptr (AppLabProblems) problems = app_lab_problems_new (NULL);
  g_autoptr (GPtrArray) labs = app_lab_catalog_load (problems);
  g_autofree char *folder = app_lab_catalog_dup_folder ();
  GtkWidget       *child;

  g_return_if_fail (APP_IS_GALLERY (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->content))) != NULL)
    gtk_box_remove (self->content, child);
  add_intro (self);
  for (int topic = 0; topic < APP_LAB_N_TOPICS; topic++)
    add_topic (self, topic, labs, state);
  add_problems (self, problems);
  if (labs->len == 0 && problems->list->len == 0)
    {
      g_autofree char *escaped = g_markup_escape_text (folder != NULL ? folder : "", -1);
      g_autofree char *text = g_strdup_printf (
        _ ("There is none in %s. Set BEAMLAB_LABS to the folder that has them."), escaped);

      adw_status_page_set_description (self->empty_page, text);
    }
  gtk_stack_set_visible_child_name (self->stack,
                                    labs->len + problems->list->len > 0 ? "labs" : "empty");
}

static gboolean
focus_idle_cb (gpointer data)
{
  gtk_widget_child_focus (GTK_WIDGET (APP_GALLERY (data)->content), GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

/* Return opens the first lab at once. */
static void
app_gallery_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (app_gallery_parent_class)->map (widget);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, focus_idle_cb, g_object_ref (widget), g_object_unref);
}

static void
app_gallery_class_init (AppGalleryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = app_gallery_map;
  signals[SIGNAL_LAB_ACTIVATED] =
    g_signal_new ("lab-activated", APP_TYPE_GALLERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/beamlab/BeamLab/app-gallery.ui");
  gtk_widget_class_bind_template_child (widget_class, AppGallery, stack);
  gtk_widget_class_bind_template_child (widget_class, AppGallery, content);
  gtk_widget_class_bind_template_child (widget_class, AppGallery, empty_page);
}

static void
app_gallery_init (AppGallery *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
