/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-private.h"
#include <string.h>

#define MAX_LAB_BYTES    (4 << 20)
#define MAX_FOLDER_DEPTH 4

void
app_lab_free (AppLab *lab)
{
  g_free (lab->path);
  g_free (lab->id);
  g_free (lab->title);
  g_free (lab->summary);
  g_free (lab->credits);
  g_strfreev (lab->files);
  g_strfreev (lab->solution);
  g_free (lab->claims);
  g_free (lab->module);
  g_free (lab->function);
  g_strfreev (lab->args);
  g_ptr_array_unref (lab->names);
  g_free (lab->goal.reach_text);
  g_clear_pointer (&lab->goal.reach, vm_condition_free);
  g_free (lab->goal.never_text);
  g_clear_pointer (&lab->goal.never, vm_condition_free);
  g_free (lab->goal.result);
  g_free (lab->goal.output);
  g_ptr_array_unref (lab->steps);
  g_clear_pointer (&lab->sections, g_ptr_array_unref);
  g_free (lab);
}

static void
name_free (gpointer data)
{
  AppLabName *name = data;

  g_free (name->name);
  g_free (name->rule);
  g_free (name);
}

/* (transfer full) (nullable) */
static char *
read_source (const char *path, AppLabProblems *problems)
{
  g_autofree char *file = g_build_filename (path, "lab.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *end;
  gsize       len;

  if (!g_file_get_contents (file, &text, &len, &error))
    {
      app_lab_problems_add (problems, 0, "a folder with a file lab.md in it", "%s", error->message);
      return NULL;
    }
  if (len > MAX_LAB_BYTES)
    {
      app_lab_problems_add (problems, 0, NULL,
                            "this file is too large for a lab (%" G_GSIZE_FORMAT " bytes)", len);
      return NULL;
    }
  if (!g_utf8_validate (text, len, &end))
    {
      guint line = 1;

      for (const char *c = text; c < end; c++)
        line += *c == '\n';
      app_lab_problems_add (problems, line, "a file in UTF-8",
                            "byte %" G_GSIZE_FORMAT " is no UTF-8", (gsize) (end - text));
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* Splits off the front matter and blanks it in @text, so that cmark's line
 * numbers stay those of the file. (transfer full) (nullable) */
static char *
take_front (char *text, AppLabProblems *problems)
{
  char *begin = strchr (text, '\n');
  char *end;
  char *after;
  char *front;

  if (begin == NULL || strncmp (text, "---", 3) != 0 ||
      strspn (text + 3, " \t\r") != (gsize) (begin - text - 3))
    {
      app_lab_problems_add (problems, 1,
                            "a first line '---', then lines 'key: value', then '---' again",
                            "the lab does not begin with its front matter");
      return NULL;
    }
  begin++;
  end = begin;
  while (end != NULL && !(strncmp (end, "---", 3) == 0 && strchr ("\r\n", end[3]) != NULL))
    {
      end = strchr (end, '\n');
      if (end != NULL)
        end++;
    }
  if (end == NULL)
    {
      app_lab_problems_add (problems, 1, "a line '---' where the text begins",
                            "the front matter is never closed");
      return NULL;
    }
  front = g_strndup (begin, end - begin);
  after = strchr (end, '\n');
  if (after == NULL)
    after = end + strlen (end);
  for (char *c = text; c < after; c++)
    if (*c != '\n')
      *c = ' ';
  return front;
}

/* A file that the lab names must be there, inside the folder. */
static void
check_named (AppLabReader *reader, const char *name, guint line)
{
  g_autofree char *path = NULL;

  g_hash_table_add (reader->mentioned, g_strdup (name));
  if (g_path_is_absolute (name) || strstr (name, "..") != NULL)
    {
      app_lab_problems_add (reader->problems, line, "a path inside the lab's folder",
                            "'%s' leads out of the lab", name);
      return;
    }
  path = g_build_filename (reader->lab->path, name, NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    app_lab_problems_add (reader->problems, line, "the name of a file in the lab's folder",
                          "the file '%s' is not there", name);
}

static void
check_sources (AppLabReader *reader, char *const *files, const AppYaml *front, const char *key)
{
  const AppYaml *node = app_yaml_get (front, key);

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      guint line =
        node->kind == APP_YAML_LIST ? ((const AppYaml *) node->items->pdata[i])->line : node->line;

      check_named (reader, files[i], line);
      if (!g_str_has_suffix (files[i], ".erl") && !g_str_has_suffix (files[i], ".hrl"))
        app_lab_problems_add (reader->problems, line, "an Erlang source: NAME.erl or NAME.hrl",
                              "'%s' is no source that can be compiled", files[i]);
    }
}

/* What lies in the folder and is not spoken of is forgotten, or misspelt. */
static void
check_folder (AppLabReader *reader, const char *folder, guint depth)
{
  g_autofree char *path = g_build_filename (reader->lab->path, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *relative =
        folder[0] == '\0' ? g_strdup (name) : g_build_filename (folder, name, NULL);
      g_autofree char *full = g_build_filename (path, name, NULL);

      if (name[0] == '.' || g_str_has_suffix (name, "~"))
        continue;
      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        {
          if (depth < MAX_FOLDER_DEPTH)
            check_folder (reader, relative, depth + 1);
        }
      else if (strcmp (relative, "lab.md") != 0 &&
               !g_hash_table_contains (reader->mentioned, relative))
        app_lab_problems_add (
          reader->problems, 0,
          "listed under 'files', 'solution' or 'claims', shown as a picture, or removed",
          "the file '%s' lies in the folder, but lab.md does not speak of it", relative);
    }
}

static void
check_id (AppLabReader *reader, const AppYaml *front)
{
  g_autofree char *folder = g_path_get_basename (reader->lab->path);
  const AppYaml   *id = app_yaml_get (front, "id");

  if (id != NULL && reader->lab->id != NULL && strcmp (folder, reader->lab->id) != 0)
    app_lab_problems_add (reader->problems, id->line, folder,
                          "the id '%s' is not the folder's name", reader->lab->id);
}

static void
read_lab (AppLabReader *reader, char *text)
{
  g_autofree char *front_text = take_front (text, reader->problems);
  g_autoptr (AppYaml) front = NULL;

  if (front_text != NULL)
    front = app_yaml_parse (front_text, -1, 2, reader->problems);
  if (front_text != NULL && front == NULL && reader->problems->list->len == 0)
    app_lab_problems_add (reader->problems, 1, "lines 'key: value' between the two '---'",
                          "the front matter is empty");
  if (front != NULL)
    app_lab_read_front (reader, front);
  app_lab_read_text (reader, text);
  if (reader->lab->steps->len == 0)
    app_lab_problems_add (reader->problems, 0, "at least one block that begins with ```step",
                          "the lab has no steps");
  if (front == NULL || front->kind != APP_YAML_MAP)
    return;
  check_id (reader, front);
  check_sources (reader, reader->lab->files, front, "files");
  check_sources (reader, reader->lab->solution, front, "solution");
  if (reader->lab->claims != NULL)
    check_named (reader, reader->lab->claims, app_yaml_get (front, "claims")->line);
  check_folder (reader, "", 0);
}

AppLab *
app_lab_load (const char *path, AppLabProblems *problems)
{
  guint n_before = problems->list->len;
  g_autoptr (AppLab) lab = g_new0 (AppLab, 1);
  g_autofree char *text = NULL;
  AppLabReader     reader = { lab, problems, NULL, NULL };

  lab->path = g_canonicalize_filename (path, NULL);
  lab->names = g_ptr_array_new_with_free_func (name_free);
  lab->steps = g_ptr_array_new ();
  g_free (problems->file);
  problems->file = g_build_filename (path, "lab.md", NULL);
  text = read_source (path, problems);
  if (text != NULL)
    {
      reader.step_ids = g_hash_table_new (g_str_hash, g_str_equal);
      reader.mentioned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      read_lab (&reader, text);
      g_hash_table_unref (reader.step_ids);
      g_hash_table_unref (reader.mentioned);
    }
  app_lab_problems_sort (problems);
  return problems->list->len == n_before ? g_steal_pointer (&lab) : NULL;
}

AppLabStep *
app_lab_find_step (const AppLab *lab, const char *id)
{
  for (guint i = 0; i < lab->steps->len; i++)
    {
      AppLabStep *step = lab->steps->pdata[i];

      if (strcmp (step->id, id) == 0)
        return step;
    }
  return NULL;
}
