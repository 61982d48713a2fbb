/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-private.h"
#include <string.h>

static const char *const topic_names[] = { "processes", "terms", "memory", "scheduling",
                                           "observability", "patterns", NULL };
static const char *const level_names[] = { "first", "next", "deep", NULL };
static const char *const clock_names[] = { "live", "virtual", NULL };

const char *
app_lab_topic_get_name (AppLabTopic topic)
{
  return topic_names[topic];
}

const char *
app_lab_level_get_name (AppLabLevel level)
{
  return level_names[level];
}

typedef struct
{
  char          *id;
  char          *title;
  char          *summary;
  char          *credits;
  char          *claims;
  guint          topic;
  guint          level;
  gint64         minutes;
  gint64         order;
  GStrv          files;
  GStrv          solution;
  const AppYaml *entry;
  const AppYaml *machine;
  const AppYaml *processes;
  const AppYaml *goal;
} FrontFields;

#define FRONT(name) .key = #name, .offset = G_STRUCT_OFFSET (FrontFields, name)

static const AppField front_fields[] = {
  { FRONT (id), .kind = APP_FIELD_TEXT, .is_required = TRUE },
  { FRONT (title), .kind = APP_FIELD_TEXT, .is_required = TRUE },
  { FRONT (summary), .kind = APP_FIELD_TEXT, .is_required = TRUE },
  { FRONT (topic), .kind = APP_FIELD_CHOICE, .is_required = TRUE, .choices = topic_names },
  { FRONT (level), .kind = APP_FIELD_CHOICE, .is_required = TRUE, .choices = level_names },
  { FRONT (minutes), .kind = APP_FIELD_NUMBER, .is_required = TRUE, .low = 1, .high = 480 },
  { FRONT (order), .kind = APP_FIELD_NUMBER, .is_required = TRUE, .low = 0, .high = 100000 },
  { FRONT (files), .kind = APP_FIELD_TEXTS, .is_required = TRUE },
  { FRONT (entry), .kind = APP_FIELD_NODE, .is_required = TRUE },
  { FRONT (solution), .kind = APP_FIELD_TEXTS },
  { FRONT (claims), .kind = APP_FIELD_TEXT },
  { FRONT (credits), .kind = APP_FIELD_TEXT },
  { FRONT (machine), .kind = APP_FIELD_NODE },
  { FRONT (processes), .kind = APP_FIELD_NODE },
  { FRONT (goal), .kind = APP_FIELD_NODE, .is_required = TRUE },
  { NULL },
};

typedef struct
{
  char *module;
  char *function;
  GStrv args;
} EntryFields;

static void
read_entry (AppLabReader *reader, const AppYaml *value)
{
  static const AppField fields[] = {
    { .key = "module",
      .kind = APP_FIELD_TEXT,
      .is_required = TRUE,
      .offset = G_STRUCT_OFFSET (EntryFields, module) },
    { .key = "function",
      .kind = APP_FIELD_TEXT,
      .offset = G_STRUCT_OFFSET (EntryFields, function) },
    { .key = "args", .kind = APP_FIELD_TEXTS, .offset = G_STRUCT_OFFSET (EntryFields, args) },
    { NULL },
  };
  AppLab     *lab = reader->lab;
  EntryFields target = { NULL, NULL, NULL };

  app_yaml_read (value, fields, "'entry'", &target, reader->problems);
  lab->module = target.module;
  lab->function = target.function != NULL ? target.function : g_strdup ("start");
  lab->args = target.args != NULL ? target.args : g_new0 (char *, 1);
  if (lab->module != NULL && lab->files != NULL)
    {
      for (guint i = 0; lab->files[i] != NULL; i++)
        {
          g_autofree char *base = g_path_get_basename (lab->files[i]);

          if (g_str_has_suffix (base, ".erl") &&
              strncmp (base, lab->module, strlen (base) - 4) == 0 &&
              strlen (lab->module) == strlen (base) - 4)
            return;
        }
      app_lab_problems_add (reader->problems, value->line,
                            "the name of one of 'files', without .erl",
                            "none of the files holds the module '%s'", lab->module);
    }
}

typedef struct
{
  guint  clock;
  gint64 schedulers;
  gint64 seed;
  gint64 min_heap_words;
  gint64 fullsweep_after;
  gint64 min_bin_vheap_words;
  gint64 max_memory_mb;
  gint64 max_processes;
  gint64 timeout;
} MachineFields;

#define MACHINE(name) .key = #name, .offset = G_STRUCT_OFFSET (MachineFields, name)

static void
read_machine (AppLabReader *reader, const AppYaml *value)
{
  static const AppField fields[] = {
    { MACHINE (clock), .kind = APP_FIELD_CHOICE, .choices = clock_names },
    { MACHINE (schedulers), .kind = APP_FIELD_NUMBER, .low = 1, .high = 1024 },
    { MACHINE (seed), .kind = APP_FIELD_NUMBER, .low = 0, .high = G_MAXINT64 },
    { MACHINE (min_heap_words), .kind = APP_FIELD_NUMBER, .low = 12, .high = 100000000 },
    { MACHINE (fullsweep_after), .kind = APP_FIELD_NUMBER, .low = 0, .high = 65535 },
    { MACHINE (min_bin_vheap_words), .kind = APP_FIELD_NUMBER, .low = 12, .high = 1000000000 },
    { MACHINE (max_memory_mb), .kind = APP_FIELD_NUMBER, .low = 16, .high = 1 << 20 },
    { MACHINE (max_processes), .kind = APP_FIELD_NUMBER, .low = 64, .high = 1 << 27 },
    { MACHINE (timeout), .kind = APP_FIELD_NUMBER, .low = 1, .high = 3600 },
    { NULL },
  };
  AppLab       *lab = reader->lab;
  MachineFields target = {
    .clock = VM_CLOCK_VIRTUAL, .schedulers = 1, .seed = 1, .fullsweep_after = 65535, .timeout = 60
  };

  if (value != NULL)
    app_yaml_read (value, fields, "'machine'", &target, reader->problems);
  lab->options = (VmOptions) VM_OPTIONS_INIT;
  lab->options.clock = (VmClock) target.clock;
  lab->options.n_schedulers = target.schedulers;
  lab->options.seed = target.seed;
  lab->options.min_heap_words = target.min_heap_words;
  lab->options.fullsweep_after = target.fullsweep_after;
  lab->options.min_bin_vheap_words = target.min_bin_vheap_words;
  lab->options.max_memory_bytes = (guint64) target.max_memory_mb << 20;
  lab->options.max_processes = target.max_processes;
  lab->timeout_seconds = target.timeout;
}

/* "main", "M:F/A" or "M:F/A#N". */
static gboolean
rule_is_good (const char *rule)
{
  return strcmp (rule, "main") == 0 ||
         g_regex_match_simple (
           "^[a-z][A-Za-z0-9_@.]*:[a-z][A-Za-z0-9_@?!]*/[0-9]{1,3}(#[1-9][0-9]{0,6})?$", rule,
           G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
}

static void
read_processes (AppLabReader *reader, const AppYaml *value)
{
  if (value->kind != APP_YAML_MAP)
    {
      app_lab_problems_add (reader->problems, value->line, "lines of the form 'NAME: RULE'",
                            "'processes' must be a mapping");
      return;
    }
  for (guint i = 0; i < value->keys->len; i++)
    {
      const AppYaml *key = value->keys->pdata[i];
      const AppYaml *rule = value->items->pdata[i];
      AppLabName    *name;

      if (!g_regex_match_simple ("^[a-z][A-Za-z0-9_@]*$", key->text, G_REGEX_DEFAULT,
                                 G_REGEX_MATCH_DEFAULT))
        app_lab_problems_add (reader->problems, key->line,
                              "a name as Erlang's atoms are: sorter, worker_1",
                              "'%s' is no name for a process", key->text);
      if (rule->kind != APP_YAML_SCALAR || !rule_is_good (rule->text))
        {
          app_lab_problems_add (reader->problems, rule->line,
                                "main, or \"module:function/arity\" (with #2 for the second one)",
                                "the rule for '%s' does not say which process is meant", key->text);
          continue;
        }
      name = g_new0 (AppLabName, 1);
      name->name = g_strdup (key->text);
      name->rule = g_strdup (rule->text);
      g_ptr_array_add (reader->lab->names, name);
    }
}

static void
read_goal (AppLabReader *reader, const AppYaml *value)
{
  static const AppField fields[] = {
    { .key = "reach", .kind = APP_FIELD_TEXT, .offset = G_STRUCT_OFFSET (AppLabGoal, reach_text) },
    { .key = "never", .kind = APP_FIELD_TEXT, .offset = G_STRUCT_OFFSET (AppLabGoal, never_text) },
    { .key = "result", .kind = APP_FIELD_TEXT, .offset = G_STRUCT_OFFSET (AppLabGoal, result) },
    { .key = "output", .kind = APP_FIELD_TEXT, .offset = G_STRUCT_OFFSET (AppLabGoal, output) },
    { NULL },
  };
  AppLabGoal *goal = &reader->lab->goal;

  app_yaml_read (value, fields, "'goal'", goal, reader->problems);
  if (value->kind == APP_YAML_MAP && value->keys->len == 0)
    app_lab_problems_add (reader->problems, value->line, "one of reach, never, result, output",
                          "'goal' asks for nothing");
  if (goal->reach_text != NULL)
    goal->reach = app_lab_read_condition (reader, goal->reach_text, value->line);
  if (goal->never_text != NULL)
    goal->never = app_lab_read_condition (reader, goal->never_text, value->line);
}

void
app_lab_read_front (AppLabReader *reader, const AppYaml *front)
{
  AppLab        *lab = reader->lab;
  FrontFields    target = { NULL };
  const AppYaml *id = front->kind == APP_YAML_MAP ? app_yaml_get (front, "id") : NULL;

  app_yaml_read (front, front_fields, "the front matter", &target, reader->problems);
  lab->id = target.id;
  lab->title = target.title;
  lab->summary = target.summary;
  lab->claims = target.claims;
  lab->topic = (AppLabTopic) target.topic;
  lab->level = (AppLabLevel) target.level;
  lab->minutes = target.minutes;
  lab->order = target.order;
  lab->files = target.files;
  lab->solution = target.solution;
  if (lab->id != NULL && !g_regex_match_simple ("^[a-z0-9]+(-[a-z0-9]+)*$", lab->id,
                                                G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
    app_lab_problems_add (reader->problems, id->line,
                          "small letters, digits and single dashes: surviving-twice",
                          "'%s' is no id for a lab", lab->id);
  if (target.credits != NULL)
    lab->credits =
      app_lab_markup_from_text (reader, target.credits, app_yaml_get (front, "credits")->line);
  g_free (target.credits);
  if (target.processes != NULL)
    read_processes (reader, target.processes);
  if (target.entry != NULL)
    read_entry (reader, target.entry);
  read_machine (reader, target.machine);
  if (target.goal != NULL)
    read_goal (reader, target.goal);
}
