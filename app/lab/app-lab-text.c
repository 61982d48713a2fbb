/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lab/app-lab-private.h"
#include <cmark.h>
#include <string.h>

/* CommonMark to blocks that the window shows and the linter knows. Inline text
 * becomes Pango markup; what cannot be shown is put down, not dropped. */

typedef struct
{
  AppLabReader *reader;
  char        **lines; /* of the text, to see whether fences are closed */
  guint         n_lines;
  guint         first_line; /* added to cmark's numbers, less one */
  gboolean      has_steps;  /* step blocks may stand here */
} Context;

static GPtrArray *read_children (Context *context, cmark_node *parent);

void
app_lab_block_free (gpointer data)
{
  AppLabBlock *block = data;

  g_free (block->markup);
  g_free (block->text);
  g_free (block->info);
  g_clear_pointer (&block->children, g_ptr_array_unref);
  g_clear_pointer (&block->step, app_lab_step_free);
  g_free (block);
}

static guint
node_line (Context *context, cmark_node *node)
{
  while (node != NULL && cmark_node_get_start_line (node) == 0)
    node = cmark_node_parent (node);
  return context->first_line + (node != NULL ? cmark_node_get_start_line (node) : 1) - 1;
}

static AppLabBlock *
block_new (Context *context, AppLabBlockKind kind, cmark_node *node)
{
  AppLabBlock *block = g_new0 (AppLabBlock, 1);

  block->kind = kind;
  block->line = node_line (context, node);
  return block;
}

static void
append_escaped (GString *markup, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (markup, escaped);
}

/* A link into the folder, or out of the lab, must lead somewhere. */
static void
check_link (Context *context, const char *url, guint line)
{
  AppLab          *lab = context->reader->lab;
  g_autofree char *path = NULL;
  g_autofree char *file = NULL;
  const char      *fragment;

  if (url[0] == '#' || g_uri_peek_scheme (url) != NULL)
    return;
  fragment = strchr (url, '#');
  file = fragment != NULL ? g_strndup (url, fragment - url) : g_strdup (url);
  path = g_build_filename (lab->path, file, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    app_lab_problems_add (context->reader->problems, line,
                          "the path of a file that is there, from this folder",
                          "the link leads to '%s', which is not there", url);
}

static void
append_tag (Context *context, GString *markup, cmark_node *node, gboolean is_entry)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_EMPH:
      g_string_append (markup, is_entry ? "<i>" : "</i>");
      return;
    case CMARK_NODE_STRONG:
      g_string_append (markup, is_entry ? "<b>" : "</b>");
      return;
    case CMARK_NODE_LINK:
      if (is_entry)
        {
          check_link (context, cmark_node_get_url (node), node_line (context, node));
          g_string_append (markup, "<a href=\"");
          append_escaped (markup, cmark_node_get_url (node));
          g_string_append (markup, "\">");
        }
      else
        g_string_append (markup, "</a>");
      return;
    default:
      return;
    }
}

static void
append_inline (Context *context, GString *markup, cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
      append_escaped (markup, cmark_node_get_literal (node));
      return;
    case CMARK_NODE_SOFTBREAK:
      g_string_append_c (markup, ' ');
      return;
    case CMARK_NODE_LINEBREAK:
      g_string_append_c (markup, '\n');
      return;
    case CMARK_NODE_CODE:
      g_string_append (markup, "<tt>");
      append_escaped (markup, cmark_node_get_literal (node));
      g_string_append (markup, "</tt>");
      return;
    case CMARK_NODE_HTML_INLINE:
      if (!g_str_has_prefix (cmark_node_get_literal (node), "<!--"))
        app_lab_problems_add (context->reader->problems, node_line (context, node),
                              "Markdown's own marks, or `…` around what is code",
                              "HTML is not shown: %s", cmark_node_get_literal (node));
      return;
    case CMARK_NODE_IMAGE:
      app_lab_problems_add (context->reader->problems, node_line (context, node),
                            "the image in a paragraph of its own", "an image stands inside a text");
      return;
    default:
      return;
    }
}

/* The inline content of @parent as Pango markup. */
static char *
inline_markup (Context *context, cmark_node *parent)
{
  GString         *markup = g_string_new (NULL);
  cmark_iter      *iter = cmark_iter_new (parent);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (node == parent)
        continue;
      append_tag (context, markup, node, event == CMARK_EVENT_ENTER);
      if (event == CMARK_EVENT_ENTER)
        append_inline (context, markup, node);
    }
  cmark_iter_free (iter);
  return g_string_free (markup, FALSE);
}

static char *
plain_text (cmark_node *parent)
{
  GString         *text = g_string_new (NULL);
  cmark_iter      *iter = cmark_iter_new (parent);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node     *node = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (node);

      if (event != CMARK_EVENT_ENTER)
        continue;
      if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
        g_string_append (text, cmark_node_get_literal (node));
      else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
        g_string_append_c (text, ' ');
    }
  cmark_iter_free (iter);
  return g_string_free (text, FALSE);
}

static AppLabBlock *
read_image (Context *context, cmark_node *node)
{
  AppLabReader *reader = context->reader;
  AppLabBlock  *block = block_new (context, APP_LAB_BLOCK_IMAGE, node);
  const char   *url = cmark_node_get_url (node);

  block->info = plain_text (node);
  block->text = g_build_filename (reader->lab->path, url, NULL);
  g_hash_table_add (reader->mentioned, g_strdup (url));
  if (g_uri_peek_scheme (url) != NULL || !g_file_test (block->text, G_FILE_TEST_IS_REGULAR))
    app_lab_problems_add (reader->problems, block->line,
                          "the name of a picture in the lab's folder",
                          "the image '%s' is not there", url);
  if (block->info[0] == '\0')
    app_lab_problems_add (reader->problems, block->line, "![what is to be seen](file.png)",
                          "the image has no words for those who cannot see it");
  return block;
}

static AppLabBlock *
read_paragraph (Context *context, cmark_node *node)
{
  cmark_node  *child = cmark_node_first_child (node);
  AppLabBlock *block;

  if (child != NULL && cmark_node_get_type (child) == CMARK_NODE_IMAGE &&
      cmark_node_next (child) == NULL)
    return read_image (context, child);
  block = block_new (context, APP_LAB_BLOCK_PARAGRAPH, node);
  block->markup = inline_markup (context, node);
  return block;
}

/* cmark ends a fence that is never closed at the end of the text. */
static gboolean
fence_is_closed (Context *context, cmark_node *node)
{
  guint       begin = cmark_node_get_start_line (node);
  guint       end = cmark_node_get_end_line (node);
  const char *opening = begin >= 1 && begin <= context->n_lines ? context->lines[begin - 1] : "";
  const char *closing = end >= 1 && end <= context->n_lines ? context->lines[end - 1] : "";

  opening += strspn (opening, " >-*");
  if (opening[0] != '`' && opening[0] != '~')
    return TRUE; /* indented code */
  closing += strspn (closing, " >");
  return end > begin && (g_str_has_prefix (closing, "```") || g_str_has_prefix (closing, "~~~"));
}

static AppLabBlock *
read_code (Context *context, cmark_node *node)
{
  const char  *info = cmark_node_get_fence_info (node);
  const char  *literal = cmark_node_get_literal (node);
  guint        line = node_line (context, node);
  AppLabBlock *block;

  if (!fence_is_closed (context, node))
    {
      app_lab_problems_add (context->reader->problems, line,
                            "a line ``` after the block's last line",
                            "the block that begins here is never closed");
      return NULL;
    }
  if (context->has_steps && info != NULL && strcmp (info, "step") == 0)
    {
      AppLabStep *step = app_lab_read_step (context->reader, literal, line);

      if (step == NULL)
        return NULL;
      block = block_new (context, APP_LAB_BLOCK_STEP, node);
      block->step = step;
      return block;
    }
  if (info != NULL && strcmp (info, "step") != 0 &&
      (g_ascii_strcasecmp (info, "steps") == 0 || g_ascii_strcasecmp (info, "step") == 0))
    app_lab_problems_add (context->reader->problems, line, "```step", "a block is marked '%s'",
                          info);
  block = block_new (context, APP_LAB_BLOCK_CODE, node);
  block->text = g_strdup (literal);
  block->info = info != NULL && info[0] != '\0' ? g_strdup (info) : NULL;
  return block;
}

static AppLabBlock *
read_container (Context *context, cmark_node *node, AppLabBlockKind kind)
{
  AppLabBlock *block = block_new (context, kind, node);

  if (kind == APP_LAB_BLOCK_LIST)
    {
      block->is_ordered = cmark_node_get_list_type (node) == CMARK_ORDERED_LIST;
      block->start = cmark_node_get_list_start (node);
    }
  block->children = read_children (context, node);
  return block;
}

/* (nullable): what is not to be shown gives nothing. */
static AppLabBlock *
read_block (Context *context, cmark_node *node)
{
  AppLabBlock *block;

  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_HEADING:
      block = block_new (context, APP_LAB_BLOCK_HEADING, node);
      block->level = cmark_node_get_heading_level (node);
      block->markup = inline_markup (context, node);
      block->text = plain_text (node);
      return block;
    case CMARK_NODE_PARAGRAPH:
      return read_paragraph (context, node);
    case CMARK_NODE_CODE_BLOCK:
      return read_code (context, node);
    case CMARK_NODE_LIST:
      return read_container (context, node, APP_LAB_BLOCK_LIST);
    case CMARK_NODE_ITEM:
      return read_container (context, node, APP_LAB_BLOCK_ITEM);
    case CMARK_NODE_BLOCK_QUOTE:
      return read_container (context, node, APP_LAB_BLOCK_QUOTE);
    case CMARK_NODE_THEMATIC_BREAK:
      return block_new (context, APP_LAB_BLOCK_RULE, node);
    case CMARK_NODE_HTML_BLOCK:
      if (!g_str_has_prefix (cmark_node_get_literal (node), "<!--"))
        app_lab_problems_add (context->reader->problems, node_line (context, node),
                              "Markdown's own marks", "HTML is not shown");
      return NULL;
    default:
      return NULL;
    }
}

static GPtrArray *
read_children (Context *context, cmark_node *parent)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (app_lab_block_free);

  for (cmark_node *node = cmark_node_first_child (parent); node != NULL;
       node = cmark_node_next (node))
    {
      AppLabBlock *block = read_block (context, node);

      if (block != NULL)
        g_ptr_array_add (blocks, block);
    }
  return blocks;
}

static void
section_free (gpointer data)
{
  AppLabSection *section = data;

  g_free (section->title);
  g_ptr_array_unref (section->blocks);
  g_free (section);
}

static AppLabSection *
section_new (const char *title)
{
  AppLabSection *section = g_new0 (AppLabSection, 1);

  section->title = g_strdup (title);
  section->blocks = g_ptr_array_new_with_free_func (app_lab_block_free);
  return section;
}

/* Deals the blocks out to pages: a page begins at each second-level heading.
 * What stands before the first one is a page with the lab's title, if any. */
static void
divide (AppLabReader *reader, GPtrArray *blocks)
{
  AppLab        *lab = reader->lab;
  AppLabSection *section = NULL;

  lab->sections = g_ptr_array_new_with_free_func (section_free);
  while (blocks->len > 0)
    {
      AppLabBlock *block = g_ptr_array_steal_index (blocks, 0);
      gboolean     is_heading = block->kind == APP_LAB_BLOCK_HEADING;

      if (is_heading && block->level == 1)
        {
          /* The title is for forges; the window has the front matter's. */
          if (lab->title != NULL && strcmp (lab->title, block->text) != 0)
            app_lab_problems_add (reader->problems, block->line, lab->title,
                                  "the first heading is not the front matter's title");
          app_lab_block_free (block);
          continue;
        }
      if (section == NULL || (is_heading && block->level == 2))
        {
          section = section_new (is_heading && block->level == 2 ? block->text : lab->title);
          g_ptr_array_add (lab->sections, section);
        }
      g_ptr_array_add (section->blocks, block);
    }
}

static void
context_init (Context *context, AppLabReader *reader, const char *text, guint first_line)
{
  context->has_steps = FALSE;
  context->reader = reader;
  context->lines = g_strsplit (text, "\n", -1);
  context->n_lines = g_strv_length (context->lines);
  context->first_line = first_line;
}

void
app_lab_read_text (AppLabReader *reader, const char *text)
{
  cmark_node *document =
    cmark_parse_document (text, strlen (text), CMARK_OPT_DEFAULT | CMARK_OPT_SMART);
  g_autoptr (GPtrArray) blocks = NULL;
  Context context;

  context_init (&context, reader, text, 1);
  context.has_steps = TRUE;
  blocks = read_children (&context, document);
  divide (reader, blocks);
  g_strfreev (context.lines);
  cmark_node_free (document);
}

char *
app_lab_markup_from_text (AppLabReader *reader, const char *text, guint line)
{
  cmark_node *document =
    cmark_parse_document (text, strlen (text), CMARK_OPT_DEFAULT | CMARK_OPT_SMART);
  g_autoptr (GPtrArray) blocks = NULL;
  GString *markup = g_string_new (NULL);
  Context  context;

  context_init (&context, reader, text, line);
  blocks = read_children (&context, document);
  for (guint i = 0; i < blocks->len; i++)
    {
      const AppLabBlock *block = blocks->pdata[i];

      if (block->kind != APP_LAB_BLOCK_PARAGRAPH)
        {
          app_lab_problems_add (reader->problems, line, "plain paragraphs",
                                "a heading, list, picture or code block has no place in this text");
          continue;
        }
      g_string_append_printf (markup, "%s%s", markup->len > 0 ? "\n\n" : "", block->markup);
    }
  g_strfreev (context.lines);
  cmark_node_free (document);
  return g_string_free (markup, FALSE);
}
