/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui/layout/number.h"
#include "ui/models/ui-process-list.h"
#include "engine/vm-words.h"
#include "ui/widgets/ui-inspector.h"
#include "ui/widgets/ui-value-list.h"
#include <glib/gi18n-lib.h>

/* Rows of one list: more are not read, and each costs the window some time. */
#define MAX_ROWS 40

struct _UiInspector
{
  AdwBin         parent_instance;
  UiProcessList *processes;
  VmPid          pid;
  gboolean       is_updating;
  gint64         listed_us;
  GtkStack      *stack;
  GtkDropDown   *chooser;
  GtkLabel      *name;
  GtkLabel      *state;
  GtkLabel      *current;
  GtkLabel      *place;
  UiValueList   *memory;
  UiValueList   *registers;
  UiValueList   *frames;
  UiValueList   *messages;
  UiValueList   *links;
  UiValueList   *dictionary;
  UiValueList   *counters;
};

enum
{
  SIGNAL_PROCESS_ACTIVATED,
  SIGNAL_COPIED,
  SIGNAL_ROOT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiInspector, ui_inspector, ADW_TYPE_BIN)

static void
set_label (GtkLabel *label, const char *text)
{
  if (strcmp (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
add_words (UiValueList *list, const char *name, guint64 used, guint64 block)
{
  char             a[UI_NUMBER_SIZE], b[UI_NUMBER_SIZE];
  g_autofree char *text =
    g_strdup_printf (_ ("%s of %s"), ui_number_count (used, a), ui_number_words (block, b));

  ui_value_list_add (list, name, text, NULL);
}

static void
add_count (UiValueList *list, const char *name, guint64 n, gboolean in_words)
{
  char text[UI_NUMBER_SIZE];

  ui_value_list_add (list, name, in_words ? ui_number_words (n, text) : ui_number_count (n, text),
                     NULL);
}

static void
show_memory (UiInspector *self, const VmHeapSizes *heap)
{
  char    memory[UI_NUMBER_SIZE], offheap[UI_NUMBER_SIZE];
  guint64 free_words =
    heap->young_block - MIN (heap->young_block, heap->young_used + heap->stack_used);

  ui_value_list_begin (self->memory);
  ui_value_list_add (self->memory, _ ("In all"), ui_number_bytes (heap->memory_bytes, memory),
                     NULL);
  add_words (self->memory, _ ("Young heap"), heap->young_used, heap->young_block);
  add_count (self->memory, _ ("Survived once"), heap->high_water, TRUE);
  add_count (self->memory, _ ("Stack"), heap->stack_used, TRUE);
  add_count (self->memory, _ ("Free"), free_words, TRUE);
  add_words (self->memory, _ ("Old heap"), heap->old_used, heap->old_block);
  add_count (self->memory, _ ("Fragments"), heap->fragments, TRUE);
  ui_value_list_add (self->memory, _ ("Binaries off heap"),
                     ui_number_bytes (heap->offheap_bytes, offheap), NULL);
  ui_value_list_end (self->memory, 0);
}

static void
show_counters (UiInspector *self, const VmProcessInfo *info)
{
  g_autofree char *scheduler = g_strdup_printf ("%u", info->scheduler);

  ui_value_list_begin (self->counters);
  add_count (self->counters, _ ("Reductions"), info->n_reductions, FALSE);
  add_count (self->counters, _ ("Minor collections"), info->n_minor, FALSE);
  add_count (self->counters, _ ("Major collections"), info->n_major, FALSE);
  if (info->scheduler != 0)
    ui_value_list_add (self->counters, _ ("Scheduler"), scheduler, NULL);
  ui_value_list_add (self->counters, _ ("Started as"), info->initial, NULL);
  ui_value_list_add (self->counters, _ ("Traps exits"), info->traps_exits ? _ ("yes") : _ ("no"),
                     NULL);
  ui_value_list_end (self->counters, 0);
}

static char *
words_note (guint64 n_words)
{
  /* Translators: a size in words, in a narrow column */
  return n_words > 0 ? g_strdup_printf (_ ("%" G_GUINT64_FORMAT " w"), n_words) : NULL;
}

static void
show_values (UiValueList *list, const VmValue *values, guint n_values)
{
  ui_value_list_begin (list);
  for (guint i = 0; i < MIN (n_values, MAX_ROWS); i++)
    {
      g_autofree char *note = words_note (values[i].words);

      ui_value_list_add (list, values[i].name, values[i].text, note);
    }
  ui_value_list_end (list, n_values);
}

static void
show_frames (UiInspector *self, const VmProcessDetail *detail)
{
  guint n = 0;

  ui_value_list_begin (self->frames);
  for (guint i = 0; detail != NULL && i < detail->n_frames && n < MAX_ROWS; i++)
    {
      const VmFrame   *frame = &detail->frames[i];
      g_autofree char *base = frame->file != NULL ? g_path_get_basename (frame->file) : NULL;
      g_autofree char *place = base != NULL ? g_strdup_printf ("%s:%u", base, frame->line) : NULL;
      g_autofree char *number = g_strdup_printf ("%u", i);

      ui_value_list_add (self->frames, number, frame->function, place);
      n += 1 + frame->n_slots;
      for (guint k = 0; k < frame->n_slots; k++)
        {
          g_autofree char *note = words_note (frame->slots[k].words);
          g_autofree char *name = g_strdup_printf ("   %s", frame->slots[k].name);

          ui_value_list_add (self->frames, name, frame->slots[k].text, note);
        }
    }
  ui_value_list_end (self->frames, 0);
}

static void
show_messages (UiInspector *self, const VmProcessInfo *info, const VmProcessDetail *detail)
{
  ui_value_list_begin (self->messages);
  for (guint i = 0; detail != NULL && i < MIN (detail->n_messages, MAX_ROWS); i++)
    {
      const VmMessage *message = &detail->messages[i];
      g_autofree char *note = words_note (message->words);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      ui_value_list_add (self->messages, number, message->text, note);
    }
  ui_value_list_end (self->messages, info->n_messages);
}

static void
add_edge (UiInspector *self, const VmSnapshot *snapshot, const VmEdge *edge)
{
  VmPid                other = edge->from == self->pid ? edge->to : edge->from;
  const VmProcessInfo *info = vm_snapshot_find (snapshot, other);
  char                 pid[32];
  const char          *kind;

  if (edge->kind == VM_EDGE_LINK)
    kind = _ ("linked");
  else if (edge->kind == VM_EDGE_PARENT)
    kind = edge->from == self->pid ? _ ("child") : _ ("parent");
  else
    kind = edge->from == self->pid ? _ ("watches") : _ ("watched by");
  vm_pid_format (other, pid);
  ui_value_list_add (self->links, kind, info != NULL && info->name != NULL ? info->name : pid,
                     info != NULL && info->name != NULL ? pid : NULL);
}

static void
show_links (UiInspector *self, const VmSnapshot *snapshot)
{
  guint n = 0;

  ui_value_list_begin (self->links);
  for (guint i = 0; i < snapshot->n_edges; i++)
    {
      const VmEdge *edge = &snapshot->edges[i];

      if ((edge->from == self->pid || edge->to == self->pid) && n++ < MAX_ROWS)
        add_edge (self, snapshot, edge);
    }
  ui_value_list_end (self->links, n);
}

static void
show_head (UiInspector *self, const VmProcessInfo *info)
{
  char             pid[32];
  g_autofree char *name = NULL;
  g_autofree char *base = NULL;
  g_autofree char *place = NULL;

  vm_pid_format (info->pid, pid);
  name = info->name != NULL ? g_strdup_printf ("%s %s", info->name, pid) : g_strdup (pid);
  base = info->file != NULL ? g_path_get_basename (info->file) : NULL;
  place = base != NULL && info->line > 0 ? g_strdup_printf (_ ("%s, line %u"), base, info->line)
                                         : g_strdup ("");
  set_label (self->name, name);
  set_label (self->state, ui_process_state_to_string (info->state));
  set_label (self->current, info->current != NULL ? info->current : "");
  set_label (self->place, place);
}

static void
show_dead (UiInspector *self, const VmProcessDetail *detail)
{
  char             pid[32];
  g_autofree char *name = NULL;
  g_autofree char *reason = g_strdup_printf (
    _ ("Exit reason: %s"), detail->exit_reason != NULL ? detail->exit_reason : _ ("unknown"));
  UiValueList *lists[] = { self->memory, self->registers, self->frames, self->messages,
                           self->links, self->dictionary, self->counters };

  vm_pid_format (self->pid, pid);
  if (detail->name != NULL && strstr (detail->name, pid) == NULL)
    name = g_strdup_printf ("%s %s", detail->name, pid);
  set_label (self->name, name != NULL ? name : detail->name != NULL ? detail->name
                                                                    : pid);
  set_label (self->state, _ ("exited"));
  set_label (self->current, reason);
  set_label (self->place, "");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      ui_value_list_begin (lists[i]);
      ui_value_list_end (lists[i], 0);
    }
}

/* Where thousands of processes come and go, the menu of all of them is brought up
 * to date once a second only. */
static void
update_list (UiInspector *self, VmSnapshot *snapshot)
{
  gint64 now = g_get_monotonic_time ();

  if (snapshot != NULL && snapshot->status.state == VM_STATE_RUNNING &&
      now - self->listed_us < G_USEC_PER_SEC)
    return;
  self->listed_us = now;
  ui_process_list_set_snapshot (self->processes, snapshot);
}

void
ui_inspector_set_snapshot (UiInspector *self, VmSnapshot *snapshot, VmPid pid)
{
  const VmProcessInfo   *info = snapshot != NULL ? vm_snapshot_find (snapshot, pid) : NULL;
  const VmProcessDetail *detail = NULL;

  g_return_if_fail (UI_IS_INSPECTOR (self));

  self->pid = pid;
  self->is_updating = TRUE;
  update_list (self, snapshot);
  gtk_drop_down_set_selected (self->chooser, ui_process_list_find (self->processes, pid));
  self->is_updating = FALSE;
  if (snapshot != NULL && snapshot->focus != NULL && snapshot->focus->pid == pid)
    detail = snapshot->focus;
  gtk_stack_set_visible_child_name (self->stack,
                                    info != NULL || detail != NULL ? "process" : "empty");
  if (info == NULL)
    {
      if (detail != NULL)
        show_dead (self, detail);
      return;
    }
  show_head (self, info);
  show_memory (self, &info->heap);
  show_values (self->registers, detail != NULL ? detail->registers : NULL,
               detail != NULL ? detail->n_registers : 0);
  show_frames (self, detail);
  show_messages (self, info, detail);
  show_links (self, snapshot);
  show_values (self->dictionary, detail != NULL ? detail->dictionary : NULL,
               detail != NULL ? detail->n_dictionary : 0);
  show_counters (self, info);
}

static void
chosen_cb (UiInspector *self)
{
  VmPid pid = ui_process_list_get_pid (self->processes, gtk_drop_down_get_selected (self->chooser));

  if (!self->is_updating && pid != VM_PID_NONE && pid != self->pid)
    g_signal_emit (self, signals[SIGNAL_PROCESS_ACTIVATED], 0, pid);
}

static void
emit_root (UiInspector *self, VmRootKind kind, guint frame, const char *name)
{
  if (name != NULL)
    g_signal_emit (self, signals[SIGNAL_ROOT_ACTIVATED], 0, (guint) kind, frame, name);
}

static void
register_cb (UiInspector *self, guint index)
{
  emit_root (self, VM_ROOT_REGISTER, 0, ui_value_list_get_name (self->registers, index));
}

static void
key_cb (UiInspector *self, guint index)
{
  emit_root (self, VM_ROOT_DICTIONARY, 0, ui_value_list_get_name (self->dictionary, index));
}

static void
message_cb (UiInspector *self, guint index)
{
  g_autofree char *name = g_strdup_printf ("message %u", index + 1);

  emit_root (self, VM_ROOT_MESSAGE, 0, name);
}

/* Slots stand indented under their frame's number. */
static void
slot_cb (UiInspector *self, guint index)
{
  const char *name = ui_value_list_get_name (self->frames, index);
  const char *frame = name;

  if (name == NULL || *name != ' ')
    return;
  for (guint i = index; frame != NULL && *frame == ' ' && i > 0; i--)
    frame = ui_value_list_get_name (self->frames, i - 1);
  emit_root (self, VM_ROOT_STACK, frame != NULL ? (guint) g_ascii_strtoull (frame, NULL, 10) : 0,
             name + strspn (name, " "));
}

static void
copied_cb (UiInspector *self)
{
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

static void
copy_all_cb (UiInspector *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  UiValueList *lists[] = { self->memory, self->registers, self->frames, self->messages,
                           self->links, self->dictionary, self->counters };

  g_string_append_printf (out, "%s\t%s\n%s\t%s\n", gtk_label_get_text (self->name),
                          gtk_label_get_text (self->state), gtk_label_get_text (self->current),
                          gtk_label_get_text (self->place));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    ui_value_list_print (lists[i], out);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), out->str);
  copied_cb (self);
}

static void
ui_inspector_dispose (GObject *object)
{
  UiInspector *self = UI_INSPECTOR (object);

  g_clear_object (&self->processes);
  G_OBJECT_CLASS (ui_inspector_parent_class)->dispose (object);
}

static void
bind_lists (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, UiInspector, memory);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, registers);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, frames);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, messages);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, links);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, dictionary);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, counters);
}

static void
ui_inspector_class_init (UiInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_inspector_dispose;
  signals[SIGNAL_PROCESS_ACTIVATED] =
    g_signal_new ("process-activated", UI_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_COPIED] = g_signal_new ("copied", UI_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  /* (kind, frame, name): a register, slot, message or key was activated; see VmRoot. */
  signals[SIGNAL_ROOT_ACTIVATED] =
    g_signal_new ("root-activated", UI_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);
  g_type_ensure (UI_TYPE_VALUE_LIST);
  g_type_ensure (UI_TYPE_PROCESS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/beamlab/ui/ui-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, UiInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, chooser);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, name);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, state);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, current);
  gtk_widget_class_bind_template_child (widget_class, UiInspector, place);
  bind_lists (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, copied_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_all_cb);
}

static void
ui_inspector_init (UiInspector *self)
{
  self->processes = ui_process_list_new ();
  self->pid = VM_PID_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->registers, "activated", G_CALLBACK (register_cb), self);
  g_signal_connect_swapped (self->frames, "activated", G_CALLBACK (slot_cb), self);
  g_signal_connect_swapped (self->messages, "activated", G_CALLBACK (message_cb), self);
  g_signal_connect_swapped (self->dictionary, "activated", G_CALLBACK (key_cb), self);
  self->is_updating = TRUE;
  gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (self->processes));
  self->is_updating = FALSE;
}

GtkWidget *
ui_inspector_new (void)
{
  return g_object_new (UI_TYPE_INSPECTOR, NULL);
}
