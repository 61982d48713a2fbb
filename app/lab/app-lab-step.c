/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-private.h"
#include <string.h>

/* The controls of a step block: a mapping of controls, or, where one kind is
 * needed twice, a list of such mappings. */

static const char *const unit_names[] = { "instruction", "line", "reduction", "slice",
                                          "collection", "message", NULL };
static const char *const view_names[] = { "village", "heap", "schedulers", "mailbox",
                                          "source", "console", "collection", "binaries", NULL };
static const char *const knob_names[] = { "min_heap_words", "fullsweep_after",
                                          "min_bin_vheap_words", "schedulers",
                                          "arg", NULL };

typedef void (*ControlReader) (AppLabReader *reader, const AppYaml *value, AppLabControl *control);

const char *
app_lab_view_get_name (AppLabView view)
{
  return view_names[view];
}

const char *
app_lab_knob_get_name (AppLabKnob knob)
{
  return knob_names[knob];
}

static void
choice_free (gpointer data)
{
  AppLabChoice *choice = data;

  g_free (choice->markup);
  g_clear_pointer (&choice->condition, vm_condition_free);
  g_free (choice);
}

static void
control_free (gpointer data)
{
  AppLabControl *control = data;

  g_free (control->source);
  g_clear_pointer (&control->condition, vm_condition_free);
  g_free (control->markup);
  g_free (control->process);
  g_free (control->term);
  g_clear_pointer (&control->answer, app_lab_value_free);
  g_free (control->unit_name);
  g_clear_pointer (&control->choices, g_ptr_array_unref);
  g_free (control->explain);
  g_free (control->label);
  g_free (control);
}

void
app_lab_step_free (gpointer data)
{
  AppLabStep *step = data;

  g_free (step->id);
  g_ptr_array_unref (step->controls);
  g_free (step);
}

VmCondition *
app_lab_read_condition (AppLabReader *reader, const char *text, guint line)
{
  g_autoptr (GError) error = NULL;
  VmCondition *condition = vm_condition_parse (text, &error);

  if (condition == NULL)
    app_lab_problems_add (reader->problems, line, "a condition; see 'beamlab help conditions'",
                          "'%s' is no condition: %s", text, error->message);
  return condition;
}

static gboolean
want_text (AppLabReader *reader, const AppYaml *value, const char *key)
{
  if (value->kind == APP_YAML_SCALAR && value->text[0] != '\0')
    return TRUE;
  app_lab_problems_add (reader->problems, value->line,
                        "a text on the same line, in quotes where it starts with [ or {",
                        "'%s' is empty or no text", key);
  return FALSE;
}

/* A process that the lab has not named is a slip more often than a registered
 * name, so a lab names all processes that its controls speak of. */
static void
check_process (AppLabReader *reader, const char *name, guint line)
{
  GPtrArray *names = reader->lab->names;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char *all = NULL;
  g_autofree char *right = NULL;

  if (name == NULL)
    return;
  for (guint i = 0; i < names->len; i++)
    {
      const AppLabName *one = names->pdata[i];

      if (strcmp (one->name, name) == 0)
        return;
      g_ptr_array_add (known, one->name);
    }
  g_ptr_array_add (known, NULL);
  all = g_strjoinv (", ", (char **) known->pdata);
  right = names->len > 0 ? g_strdup_printf ("one of %s", all)
                         : g_strdup ("a name given under 'processes' in the front matter");
  app_lab_problems_add (reader->problems, line, right, "no process of this lab is called '%s'",
                        name);
}

static void
read_run_until (AppLabReader *reader, const AppYaml *value, AppLabControl *control)
{
  if (!want_text (reader, value, "run_until"))
    return;
  control->source = g_strdup (value->text);
  if (strcmp (value->text, "end") != 0)
    control->condition = app_lab_read_condition (reader, value->text, value->line);
}

typedef struct
{
  guint  unit;
  gint64 by;
  char  *process;
} StepFields;

static void
read_step_by (AppLabReader *reader, const AppYaml *value, AppLabControl *control)
{
  static const AppField fields[] = {
    { .key = "unit",
      .kind = APP_FIELD_CHOICE,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (StepFields, unit),
      .choices = unit_names },
    { .key = "by",
      .kind = APP_FIELD_NUMBER,
      .offset = G_STRUCT_OFFSET (StepFields, by),
      .low = 1,
      .high = 1000000 },
    { .key = "process", .kind = APP_FIELD_TEXT, .offset = G_STRUCT_OFFSET (StepFields, process) },
    { NULL },
  };
  StepFields target = { .by = 1 };

  app_yaml_read (value, fields, "'step'", &target, reader->problems);
  control->unit = (VmStepUnit) target.unit;
  control->count = target.by;
  control->process = target.process;
  check_process (reader, target.process, value->line);
}

typedef struct
{
  char          *question;
  char          *answer;
  char          *unit;
  char          *explain;
  const AppYaml *choices;
} PredictFields;

typedef struct
{
  char *text;
  char *when;
} ChoiceFields;

static AppLabChoice *
read_choice (AppLabReader *reader, const AppYaml *value, gboolean has_answer)
{
  static const AppField fields[] = {
    { .key = "text",
      .kind = APP_FIELD_TEXT,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (ChoiceFields, text) },
    { .key = "when",
      .kind = APP_FIELD_TEXT,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (ChoiceFields, when) },
    { NULL },
  };
  AppLabChoice *choice = g_new0 (AppLabChoice, 1);

  if (has_answer)
    {
      if (value->kind == APP_YAML_SCALAR && app_yaml_parse_number (value->text, &choice->number))
        choice->markup = g_markup_escape_text (value->text, -1);
      else
        app_lab_problems_add (reader->problems, value->line,
                              "whole numbers, one of them the answer",
                              "with 'answer', a choice must be a number");
    }
  else
    {
      g_autofree char *text = NULL;
      g_autofree char *when = NULL;
      ChoiceFields     target = { NULL, NULL };

      app_yaml_read (value, fields, "a choice (there is no 'answer')", &target, reader->problems);
      text = target.text;
      when = target.when;
      if (text != NULL)
        choice->markup = app_lab_markup_from_text (reader, text, value->line);
      if (when != NULL)
        choice->condition = app_lab_read_condition (reader, when, value->line);
    }
  return choice;
}

static void
read_choices (AppLabReader  *reader,
              const AppYaml *value,
              AppLabControl *control,
              gboolean       has_answer)
{
  control->choices = g_ptr_array_new_with_free_func (choice_free);
  if (value->kind != APP_YAML_LIST || value->items->len < 2)
    {
      app_lab_problems_add (reader->problems, value->line, "a list of at least two",
                            "'choices' is no choice");
      return;
    }
  for (guint i = 0; i < value->items->len; i++)
    g_ptr_array_add (control->choices, read_choice (reader, value->items->pdata[i], has_answer));
}

static void
read_predict (AppLabReader *reader, const AppYaml *value, AppLabControl *control)
{
  static const AppField fields[] = {
    { .key = "question",
      .kind = APP_FIELD_TEXT,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (PredictFields, question) },
    { .key = "answer", .kind = APP_FIELD_TEXT, .offset = G_STRUCT_OFFSET (PredictFields, answer) },
    { .key = "choices",
      .kind = APP_FIELD_NODE,
      .offset = G_STRUCT_OFFSET (PredictFields, choices) },
    { .key = "unit", .kind = APP_FIELD_TEXT, .offset = G_STRUCT_OFFSET (PredictFields, unit) },
    { .key = "explain",
      .kind = APP_FIELD_TEXT,
      .offset = G_STRUCT_OFFSET (PredictFields, explain) },
    { NULL },
  };
  PredictFields    target = { NULL };
  g_autofree char *question = NULL;
  g_autofree char *explain = NULL;

  app_yaml_read (value, fields, "'predict'", &target, reader->problems);
  question = target.question;
  explain = target.explain;
  control->source = target.answer;
  control->unit_name = target.unit;
  if (question != NULL)
    control->markup = app_lab_markup_from_text (reader, question, value->line);
  if (explain != NULL)
    control->explain = app_lab_markup_from_text (reader, explain, value->line);
  if (target.answer != NULL)
    {
      g_autoptr (GError) error = NULL;
      const char *process;

      control->answer = app_lab_value_parse (target.answer, &error);
      if (control->answer == NULL)
        app_lab_problems_add (reader->problems, value->line,
                              "a value such as heap(NAME).old; see 'beamlab help conditions'",
                              "'%s' is no value: %s", target.answer, error->message);
      else if ((process = app_lab_value_get_process (control->answer)) != NULL)
        check_process (reader, process, value->line);
    }
  if (target.choices != NULL)
    read_choices (reader, target.choices, control, target.answer != NULL);
  if (target.answer == NULL && target.choices == NULL && value->kind == APP_YAML_MAP)
    app_lab_problems_add (reader->problems, value->line,
                          "'answer: VALUE', or 'choices:' each with a text and a 'when: CONDITION'",
                          "'predict' has no answer that the engine could compute");
}

typedef struct
{
  guint          knob;
  gint64         index;
  const AppYaml *range;
  gint64         initial;
  gint64         proposed;
  char          *label;
} TuneFields;

static gboolean
read_range (AppLabReader *reader, const AppYaml *range, AppLabControl *control)
{
  if (range->kind == APP_YAML_LIST && range->items->len == 2)
    {
      const AppYaml *low = range->items->pdata[0];
      const AppYaml *high = range->items->pdata[1];

      if (low->kind == APP_YAML_SCALAR && high->kind == APP_YAML_SCALAR &&
          app_yaml_parse_number (low->text, &control->low) &&
          app_yaml_parse_number (high->text, &control->high) && control->low < control->high)
        return TRUE;
    }
  app_lab_problems_add (reader->problems, range->line, "'range: [LOWEST, HIGHEST]'",
                        "'range' is no range of whole numbers");
  return FALSE;
}

static void
check_in_range (AppLabReader *reader, const AppLabControl *control, const char *key, gint64 value)
{
  g_autofree char *right = g_strdup_printf (
    "a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, control->low, control->high);

  if (value < control->low || value > control->high)
    app_lab_problems_add (reader->problems, control->line, right,
                          "'%s' (%" G_GINT64_FORMAT ") is outside the range", key, value);
}

static void
check_knob (AppLabReader *reader, const AppLabControl *control)
{
  static const struct
  {
    gint64 low, high;
  } limits[] = {
    [APP_LAB_KNOB_MIN_HEAP_WORDS] = { 12, 100000000 },
    [APP_LAB_KNOB_FULLSWEEP_AFTER] = { 0, 65535 },
    [APP_LAB_KNOB_MIN_BIN_VHEAP_WORDS] = { 12, 1000000000 },
    [APP_LAB_KNOB_SCHEDULERS] = { 1, 1024 },
    [APP_LAB_KNOB_ARG] = { G_MININT64, G_MAXINT64 },
  };
  g_autofree char *right = g_strdup_printf ("within %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                                            limits[control->knob].low, limits[control->knob].high);

  if (control->low < limits[control->knob].low || control->high > limits[control->knob].high)
    app_lab_problems_add (reader->problems, control->line, right, "the range of '%s' goes too far",
                          knob_names[control->knob]);
  if (control->knob == APP_LAB_KNOB_ARG &&
      (reader->lab->args == NULL || control->arg > g_strv_length (reader->lab->args)))
    app_lab_problems_add (reader->problems, control->line,
                          "the number of an argument of 'entry', from 1", "there is no argument %u",
                          control->arg);
}

static void
read_tune (AppLabReader *reader, const AppYaml *value, AppLabControl *control)
{
  static const AppField fields[] = {
    { .key = "knob",
      .kind = APP_FIELD_CHOICE,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (TuneFields, knob),
      .choices = knob_names },
    { .key = "index",
      .kind = APP_FIELD_NUMBER,
      .offset = G_STRUCT_OFFSET (TuneFields, index),
      .low = 1,
      .high = 255 },
    { .key = "range",
      .kind = APP_FIELD_NODE,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (TuneFields, range) },
    { .key = "default",
      .kind = APP_FIELD_NUMBER,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (TuneFields, initial),
      .low = G_MININT64,
      .high = G_MAXINT64 },
    { .key = "try",
      .kind = APP_FIELD_NUMBER,
      .offset = G_STRUCT_OFFSET (TuneFields, proposed),
      .low = G_MININT64,
      .high = G_MAXINT64 },
    { .key = "label",
      .kind = APP_FIELD_TEXT,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (TuneFields, label) },
    { NULL },
  };
  TuneFields target = { .index = 1, .knob = G_MAXUINT };

  app_yaml_read (value, fields, "'tune'", &target, reader->problems);
  control->knob = target.knob == G_MAXUINT ? APP_LAB_KNOB_ARG : (AppLabKnob) target.knob;
  control->arg = target.index;
  control->initial = target.initial;
  control->proposed = app_yaml_get (value, "try") != NULL ? target.proposed : target.initial;
  control->label = target.label;
  if (target.range == NULL || !read_range (reader, target.range, control) ||
      target.knob == G_MAXUINT)
    return;
  check_in_range (reader, control, "default", control->initial);
  check_in_range (reader, control, "try", control->proposed);
  check_knob (reader, control);
}

typedef struct
{
  guint view;
  char *process;
  char *term;
} ObserveFields;

/* The engine knows what a place is; a term is looked at where it is one. */
static void
read_term (AppLabReader *reader, const AppYaml *value, AppLabControl *control)
{
  g_autofree char *size = NULL;

  if (control->view != APP_LAB_VIEW_HEAP || control->process == NULL)
    {
      app_lab_problems_add (reader->problems, value->line, "'view: heap' and a process with it",
                            "a term cannot be looked at there");
      return;
    }
  size = g_strdup_printf ("size('%s', %s)", control->process, control->term);
  control->answer = app_lab_value_parse (size, NULL);
  if (control->answer == NULL)
    app_lab_problems_add (reader->problems, value->line,
                          "x0 (an argument), y0 (a stack slot) or m1 (a message)",
                          "'%s' is no place of a term", control->term);
}

static void
read_observe (AppLabReader *reader, const AppYaml *value, AppLabControl *control)
{
  static const AppField fields[] = {
    { .key = "view",
      .kind = APP_FIELD_CHOICE,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (ObserveFields, view),
      .choices = view_names },
    { .key = "process",
      .kind = APP_FIELD_TEXT,
      .offset = G_STRUCT_OFFSET (ObserveFields, process) },
    { .key = "term", .kind = APP_FIELD_TEXT, .offset = G_STRUCT_OFFSET (ObserveFields, term) },
    { NULL },
  };
  ObserveFields target = { 0 };

  app_yaml_read (value, fields, "'observe'", &target, reader->problems);
  control->view = (AppLabView) target.view;
  control->process = target.process;
  control->term = target.term;
  check_process (reader, target.process, value->line);
  if (control->term != NULL)
    read_term (reader, value, control);
}

typedef struct
{
  char *condition;
  char *text;
} CheckFields;

static void
read_check (AppLabReader *reader, const AppYaml *value, AppLabControl *control)
{
  static const AppField fields[] = {
    { .key = "condition",
      .kind = APP_FIELD_TEXT,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (CheckFields, condition) },
    { .key = "text",
      .kind = APP_FIELD_TEXT,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (CheckFields, text) },
    { NULL },
  };
  CheckFields target = { NULL, NULL };

  if (value->kind == APP_YAML_MAP)
    {
      g_autofree char *text = NULL;

      app_yaml_read (value, fields, "'check'", &target, reader->problems);
      text = target.text;
      control->source = target.condition;
      if (text != NULL)
        control->markup = app_lab_markup_from_text (reader, text, value->line);
    }
  else if (want_text (reader, value, "check"))
    {
      control->source = g_strdup (value->text);
      control->markup = g_markup_printf_escaped ("<tt>%s</tt>", value->text);
    }
  if (control->source != NULL)
    control->condition = app_lab_read_condition (reader, control->source, value->line);
}

static void
read_hint (AppLabReader *reader, const AppYaml *value, AppLabControl *control)
{
  if (want_text (reader, value, "hint"))
    control->markup = app_lab_markup_from_text (reader, value->text, value->line);
}

/* restart, goal */
static void
read_true (AppLabReader *reader, const AppYaml *value, AppLabControl *control)
{
  const char      *key = control->kind == APP_LAB_RESTART ? "restart" : "goal";
  g_autofree char *right = g_strdup_printf ("'%s: true'", key);

  if (value->kind != APP_YAML_SCALAR || strcmp (value->text, "true") != 0)
    app_lab_problems_add (reader->problems, value->line, right, "'%s' takes no other value", key);
}

static const struct
{
  const char       *key;
  AppLabControlKind kind;
  ControlReader     read;
} control_table[] = {
  { "run_until", APP_LAB_RUN_UNTIL, read_run_until },
  { "step", APP_LAB_STEP_BY, read_step_by },
  { "predict", APP_LAB_PREDICT, read_predict },
  { "tune", APP_LAB_TUNE, read_tune },
  { "observe", APP_LAB_OBSERVE, read_observe },
  { "check", APP_LAB_CHECK, read_check },
  { "hint", APP_LAB_HINT, read_hint },
  { "restart", APP_LAB_RESTART, read_true },
  { "goal", APP_LAB_TRY_GOAL, read_true },
};

static void
read_id (AppLabReader *reader, AppLabStep *step, const AppYaml *value)
{
  if (!want_text (reader, value, "id"))
    return;
  if (step->id != NULL)
    app_lab_problems_add (reader->problems, value->line, "one 'id' a step",
                          "this step has an 'id' already: '%s'", step->id);
  g_free (step->id);
  step->id = g_strdup (value->text);
}

static void
report_control (AppLabReader *reader, const AppYaml *key)
{
  const char      *words[G_N_ELEMENTS (control_table) + 2];
  g_autofree char *all = NULL;
  g_autofree char *right = NULL;
  const char      *near;

  words[0] = "id";
  for (gsize i = 0; i < G_N_ELEMENTS (control_table); i++)
    words[i + 1] = control_table[i].key;
  words[G_N_ELEMENTS (control_table) + 1] = NULL;
  near = app_nearest_word (key->text, words);
  all = g_strjoinv (", ", (char **) words);
  right = near != NULL ? g_strdup_printf ("'%s'", near) : g_strdup_printf ("one of %s", all);
  app_lab_problems_add (reader->problems, key->line, right, "a step has no control '%s'",
                        key->text);
}

static void
read_controls (AppLabReader *reader, AppLabStep *step, const AppYaml *map)
{
  if (map->kind != APP_YAML_MAP)
    {
      app_lab_problems_add (reader->problems, map->line, "lines of the form 'control: …'",
                            "a step is a mapping of controls");
      return;
    }
  for (guint i = 0; i < map->keys->len; i++)
    {
      const AppYaml *key = map->keys->pdata[i];
      const AppYaml *value = map->items->pdata[i];
      AppLabControl *control;
      gsize          row = 0;

      if (strcmp (key->text, "id") == 0)
        {
          read_id (reader, step, value);
          continue;
        }
      while (row < G_N_ELEMENTS (control_table) && strcmp (control_table[row].key, key->text) != 0)
        row++;
      if (row == G_N_ELEMENTS (control_table))
        {
          report_control (reader, key);
          continue;
        }
      control = g_new0 (AppLabControl, 1);
      control->kind = control_table[row].kind;
      control->line = key->line;
      control_table[row].read (reader, value, control);
      g_ptr_array_add (step->controls, control);
    }
}

static void
settle_id (AppLabReader *reader, AppLabStep *step)
{
  if (step->id == NULL)
    step->id = g_strdup_printf ("step-%u", step->index + 1);
  if (!g_hash_table_add (reader->step_ids, step->id))
    app_lab_problems_add (reader->problems, step->line, "an 'id' that no other step has",
                          "another step is called '%s' already", step->id);
}

AppLabStep *
app_lab_read_step (AppLabReader *reader, const char *yaml, guint line)
{
  guint n_problems = reader->problems->list->len;
  g_autoptr (AppYaml) root = app_yaml_parse (yaml, -1, line + 1, reader->problems);
  AppLabStep *step = g_new0 (AppLabStep, 1);

  step->line = line;
  step->index = reader->lab->steps->len;
  step->controls = g_ptr_array_new_with_free_func (control_free);
  if (root != NULL && root->kind == APP_YAML_LIST)
    for (guint i = 0; i < root->items->len; i++)
      read_controls (reader, step, root->items->pdata[i]);
  else if (root != NULL)
    read_controls (reader, step, root);
  if (step->controls->len == 0 && n_problems == reader->problems->list->len)
    app_lab_problems_add (reader->problems, line,
                          "at least one control, such as 'check: CONDITION'",
                          "this step does nothing");
  settle_id (reader, step);
  g_ptr_array_add (reader->lab->steps, step);
  return step;
}
