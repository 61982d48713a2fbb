/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/models/ui-bookmark.h"

struct _UiBookmark
{
  GObject parent_instance;
  gint64  moment_ns;
  char   *process;
  char   *run;
  char   *note;
};

enum
{
  PROP_0,
  PROP_NOTE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (UiBookmark, ui_bookmark, G_TYPE_OBJECT)

gint64
ui_bookmark_get_moment (UiBookmark *self)
{
  return self->moment_ns;
}

const char *
ui_bookmark_get_process (UiBookmark *self)
{
  return self->process;
}

const char *
ui_bookmark_get_run (UiBookmark *self)
{
  return self->run;
}

const char *
ui_bookmark_get_note (UiBookmark *self)
{
  return self->note;
}

void
ui_bookmark_set_note (UiBookmark *self, const char *note)
{
  g_return_if_fail (UI_IS_BOOKMARK (self));

  if (g_strcmp0 (note, self->note) == 0)
    return;
  g_free (self->note);
  self->note = g_strdup (note != NULL ? note : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
}

int
ui_bookmark_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const UiBookmark *left = a, *right = b;

  return left->moment_ns < right->moment_ns ? -1 : left->moment_ns > right->moment_ns;
}

static void
ui_bookmark_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_NOTE)
    g_value_set_string (value, UI_BOOKMARK (object)->note);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
ui_bookmark_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_NOTE)
    ui_bookmark_set_note (UI_BOOKMARK (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
ui_bookmark_finalize (GObject *object)
{
  UiBookmark *self = UI_BOOKMARK (object);

  g_free (self->process);
  g_free (self->run);
  g_free (self->note);
  G_OBJECT_CLASS (ui_bookmark_parent_class)->finalize (object);
}

static void
ui_bookmark_class_init (UiBookmarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ui_bookmark_get_property;
  object_class->set_property = ui_bookmark_set_property;
  object_class->finalize = ui_bookmark_finalize;
  properties[PROP_NOTE] =
    g_param_spec_string ("note", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ui_bookmark_init (UiBookmark *self)
{
}

UiBookmark *
ui_bookmark_new (gint64 moment_ns, const char *process, const char *run, const char *note)
{
  UiBookmark *self = g_object_new (UI_TYPE_BOOKMARK, NULL);

  self->moment_ns = moment_ns;
  self->process = g_strdup (process);
  self->run = g_strdup (run);
  self->note = g_strdup (note != NULL ? note : "");
  return self;
}
