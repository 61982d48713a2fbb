/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/models/ui-process.h"
#include <glib/gi18n-lib.h>

struct _UiProcess
{
  GObject parent_instance;
  VmPid   pid;
  char   *title;
  char   *subtitle;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SUBTITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_BOXED_TYPE (VmSnapshot, ui_snapshot, vm_snapshot_ref, vm_snapshot_unref)
G_DEFINE_FINAL_TYPE (UiProcess, ui_process, G_TYPE_OBJECT)

const char *
ui_process_state_to_string (VmProcessState state)
{
  switch (state)
    {
    case VM_PROCESS_RUNNABLE:
      return _ ("runnable");
    case VM_PROCESS_RUNNING:
      return _ ("running");
    case VM_PROCESS_WAITING:
      return _ ("waiting");
    case VM_PROCESS_COLLECTING:
      return _ ("collecting garbage");
    case VM_PROCESS_SUSPENDED:
      return _ ("suspended");
    case VM_PROCESS_EXITING:
      return _ ("exiting");
    default:
      return _ ("unknown");
    }
}

VmPid
ui_process_get_pid (UiProcess *self)
{
  return self->pid;
}

const char *
ui_process_get_title (UiProcess *self)
{
  return self->title;
}

const char *
ui_process_get_subtitle (UiProcess *self)
{
  return self->subtitle;
}

static void
ui_process_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  UiProcess *self = UI_PROCESS (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ui_process_finalize (GObject *object)
{
  UiProcess *self = UI_PROCESS (object);

  g_free (self->title);
  g_free (self->subtitle);
  G_OBJECT_CLASS (ui_process_parent_class)->finalize (object);
}

static void
ui_process_class_init (UiProcessClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ui_process_get_property;
  object_class->finalize = ui_process_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ui_process_init (UiProcess *self)
{
  self->pid = VM_PID_NONE;
}

UiProcess *
ui_process_new (const VmProcessInfo *info)
{
  UiProcess *self = g_object_new (UI_TYPE_PROCESS, NULL);
  char       pid[32];

  self->pid = info->pid;
  vm_pid_format (info->pid, pid);
  self->title = info->name != NULL ? g_strdup_printf ("%s %s", info->name, pid) : g_strdup (pid);
  self->subtitle = g_strdup_printf ("%s, %s", info->current != NULL ? info->current : info->initial,
                                    ui_process_state_to_string (info->state));
  return self;
}
