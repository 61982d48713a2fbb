/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/models/ui-process-list.h"

/* A menu of more is no menu: who wants one of thousands picks it in a picture. */
#define MAX_LISTED 80

struct _UiProcessList
{
  GObject     parent_instance;
  VmSnapshot *snapshot;
  GArray     *order; /* guint: index into the snapshot's processes */
  GArray     *pids;  /* VmPid, in the same order: to tell whether the rows changed */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UiProcessList,
                               ui_process_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return UI_TYPE_PROCESS;
}

static guint
get_n_items (GListModel *model)
{
  return UI_PROCESS_LIST (model)->order->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  UiProcessList *self = UI_PROCESS_LIST (model);

  if (position >= self->order->len)
    return NULL;
  return ui_process_new (&self->snapshot->processes[g_array_index (self->order, guint, position)]);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static int
rank (const VmProcessInfo *info)
{
  if (info->is_system)
    return 2;
  return info->name != NULL ? 0 : 1;
}

static void
fill (UiProcessList *self, VmSnapshot *snapshot)
{
  VmPid focus = snapshot != NULL && snapshot->focus != NULL ? snapshot->focus->pid : VM_PID_NONE;
  guint n = 0;

  g_array_set_size (self->order, 0);
  g_array_set_size (self->pids, 0);
  for (int wanted = 0; wanted < 3 && snapshot != NULL; wanted++)
    for (guint i = 0; i < snapshot->n_processes; i++)
      {
        const VmProcessInfo *info = &snapshot->processes[i];

        if (rank (info) != wanted || (n >= MAX_LISTED && info->pid != focus))
          continue;
        g_array_append_val (self->order, i);
        g_array_append_val (self->pids, info->pid);
        n++;
      }
}

void
ui_process_list_set_snapshot (UiProcessList *self, VmSnapshot *snapshot)
{
  g_autoptr (GArray) before = NULL;
  gboolean is_same;

  g_return_if_fail (UI_IS_PROCESS_LIST (self));

  before = g_steal_pointer (&self->pids);
  self->pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
  fill (self, snapshot);
  if (snapshot != NULL)
    vm_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  self->snapshot = snapshot;

  /* A menu that is open must not jump sixty times a second: tell only of rows
   * that came or went. */
  is_same = before->len == self->pids->len &&
            (before->len == 0 ||
             memcmp (before->data, self->pids->data, before->len * sizeof (VmPid)) == 0);
  if (!is_same)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->pids->len);
}

guint
ui_process_list_find (UiProcessList *self, VmPid pid)
{
  for (guint i = 0; i < self->pids->len; i++)
    if (g_array_index (self->pids, VmPid, i) == pid)
      return i;
  return G_MAXUINT;
}

VmPid
ui_process_list_get_pid (UiProcessList *self, guint position)
{
  return position < self->pids->len ? g_array_index (self->pids, VmPid, position) : VM_PID_NONE;
}

static void
ui_process_list_finalize (GObject *object)
{
  UiProcessList *self = UI_PROCESS_LIST (object);

  g_clear_pointer (&self->snapshot, vm_snapshot_unref);
  g_array_unref (self->order);
  g_array_unref (self->pids);
  G_OBJECT_CLASS (ui_process_list_parent_class)->finalize (object);
}

static void
ui_process_list_class_init (UiProcessListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_process_list_finalize;
}

static void
ui_process_list_init (UiProcessList *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->pids = g_array_new (FALSE, FALSE, sizeof (VmPid));
}

UiProcessList *
ui_process_list_new (void)
{
  return g_object_new (UI_TYPE_PROCESS_LIST, NULL);
}
