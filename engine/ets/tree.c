/* SPDX-License-Identifier: Apache-2.0 */

/* Ordered sets: height-balanced (AVL) trees. Keys that compare equal are one key
 * (1 and 1.0). */

#include "config.h"

#include "engine/ets/table.h"

static inline int
compare (const EtsTable *table, Term key, const TreeNode *node)
{
  return term_compare (table->vm->atoms, key, ets_key (table, node->object.tuple));
}

static inline gint64
height (const TreeNode *node)
{
  return node != NULL ? node->height : 0;
}

static inline void
update_height (TreeNode *node)
{
  node->height = MAX (height (node->left), height (node->right)) + 1;
}

static TreeNode *
rotate_right (TreeNode *node)
{
  TreeNode *top = node->left;

  node->left = top->right;
  top->right = node;
  update_height (node);
  update_height (top);
  return top;
}

static TreeNode *
rotate_left (TreeNode *node)
{
  TreeNode *top = node->right;

  node->right = top->left;
  top->left = node;
  update_height (node);
  update_height (top);
  return top;
}

static TreeNode *
balance (TreeNode *node)
{
  gint64 lean = height (node->left) - height (node->right);

  if (lean > 1)
    {
      if (height (node->left->left) < height (node->left->right))
        node->left = rotate_left (node->left);
      return rotate_right (node);
    }
  if (lean < -1)
    {
      if (height (node->right->right) < height (node->right->left))
        node->right = rotate_right (node->right);
      return rotate_left (node);
    }
  update_height (node);
  return node;
}

typedef struct
{
  EtsTable *table;
  Term      tuple, key;
  bool      only_new;
  EtsPut    result;
} Put;

static TreeNode *
put_below (Put *put, TreeNode *node)
{
  int order;

  if (node == NULL)
    {
      node = ets_block_new (put->table, offsetof (TreeNode, object), put->tuple);
      node->left = node->right = NULL;
      node->height = 1;
      put->table->n_objects++;
      return node;
    }
  order = compare (put->table, put->key, node);
  if (order < 0)
    node->left = put_below (put, node->left);
  else if (order > 0)
    node->right = put_below (put, node->right);
  else
    {
      if (!put->only_new)
        return ets_block_replace (put->table, node, &node->object, put->tuple);
      put->result = ETS_PUT_EXISTS;
      return node;
    }
  return balance (node);
}

EtsPut
tree_put (EtsTable *table, Term tuple, bool only_new)
{
  Put put = { table, tuple, ets_key (table, boxed_ptr (tuple)), only_new, ETS_PUT_DONE };

  table->root = put_below (&put, table->root);
  return put.result;
}

TreeNode *
tree_find (const EtsTable *table, Term key)
{
  TreeNode *node = table->root;

  while (node != NULL)
    {
      int order = compare (table, key, node);

      if (order == 0)
        break;
      node = order < 0 ? node->left : node->right;
    }
  return node;
}

TreeNode *
tree_replace (EtsTable *table, TreeNode *node, Term tuple)
{
  Term       key = ets_key (table, boxed_ptr (tuple));
  TreeNode **at = &table->root;

  while (*at != node)
    at = compare (table, key, *at) < 0 ? &(*at)->left : &(*at)->right;
  return *at = ets_block_replace (table, node, &node->object, tuple);
}

static TreeNode *
take_first (TreeNode *node, TreeNode **first)
{
  if (node->left == NULL)
    {
      *first = node;
      return node->right;
    }
  node->left = take_first (node->left, first);
  return balance (node);
}

static TreeNode *
delete_below (EtsTable *table, TreeNode *node, Term key, TreeNode **deleted)
{
  int order;

  if (node == NULL)
    return NULL;
  order = compare (table, key, node);
  if (order < 0)
    node->left = delete_below (table, node->left, key, deleted);
  else if (order > 0)
    node->right = delete_below (table, node->right, key, deleted);
  else
    {
      TreeNode *next;

      *deleted = node;
      if (node->left == NULL || node->right == NULL)
        return node->left != NULL ? node->left : node->right;
      node->right = take_first (node->right, &next);
      next->left = node->left;
      next->right = node->right;
      node = next;
    }
  return balance (node);
}

bool
tree_delete_key (EtsTable *table, Term key)
{
  TreeNode *deleted = NULL;

  table->root = delete_below (table, table->root, key, &deleted);
  if (deleted == NULL)
    return false;
  table->n_objects--;
  ets_block_free (table, deleted, &deleted->object);
  return true;
}

static void
free_below (EtsTable *table, TreeNode *node)
{
  while (node != NULL)
    {
      TreeNode *right = node->right;

      free_below (table, node->left);
      ets_block_free (table, node, &node->object);
      node = right;
    }
}

void
tree_clear (EtsTable *table)
{
  free_below (table, table->root);
  table->root = NULL;
  table->n_objects = 0;
}

TreeNode *
tree_first (const EtsTable *table)
{
  TreeNode *node = table->root;

  while (node != NULL && node->left != NULL)
    node = node->left;
  return node;
}

TreeNode *
tree_last (const EtsTable *table)
{
  TreeNode *node = table->root;

  while (node != NULL && node->right != NULL)
    node = node->right;
  return node;
}

TreeNode *
tree_after (const EtsTable *table, Term key)
{
  TreeNode *node = table->root, *found = NULL;

  while (node != NULL)
    if (compare (table, key, node) < 0)
      {
        found = node;
        node = node->left;
      }
    else
      node = node->right;
  return found;
}

TreeNode *
tree_before (const EtsTable *table, Term key)
{
  TreeNode *node = table->root, *found = NULL;

  while (node != NULL)
    if (compare (table, key, node) > 0)
      {
        found = node;
        node = node->right;
      }
    else
      node = node->left;
  return found;
}
