/* Children are made when their parent is opened. Every size is bounded: the message is not ours.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-tree.h"

#include <glib/gi18n-lib.h>

#include "events/tsm-json-writer.h"
#include "ui/tsm-event-text.h"

#define MAX_OPEN 150 /* rows up to which parents are opened from the start */

struct _TsmEventNode
{
  GObject   parent_instance;

  char     *name;
  char     *value;
  JsonNode *json; /* (nullable): owned; NULL for the row that says how many more there are */
};

G_DEFINE_FINAL_TYPE (TsmEventNode, tsm_event_node, G_TYPE_OBJECT)

static void
tsm_event_node_finalize (GObject *object)
{
  TsmEventNode *self = TSM_EVENT_NODE (object);

  g_free (self->name);
  g_free (self->value);
  g_clear_pointer (&self->json, json_node_unref);

  G_OBJECT_CLASS (tsm_event_node_parent_class)->finalize (object);
}

static void
tsm_event_node_class_init (TsmEventNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_event_node_finalize;
}

static void
tsm_event_node_init (TsmEventNode *self)
{
}

static guint
count_members (JsonNode *json)
{
  if (JSON_NODE_HOLDS_OBJECT (json))
    return json_object_get_size (json_node_get_object (json));
  if (JSON_NODE_HOLDS_ARRAY (json))
    return json_array_get_length (json_node_get_array (json));

  return 0;
}

static char *
dup_value (JsonNode *json)
{
  guint n = count_members (json);
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (json))
    return g_strdup_printf (ngettext ("{ %u member }", "{ %u members }", n), n);
  if (JSON_NODE_HOLDS_ARRAY (json))
    return g_strdup_printf (ngettext ("[ %u item ]", "[ %u items ]", n), n);
  if (JSON_NODE_HOLDS_VALUE (json) && json_node_get_value_type (json) == G_TYPE_STRING)
    {
      text = tsm_event_text_dup_line (json_node_get_string (json), TSM_EVENT_TEXT_LABEL);

      return g_strdup_printf ("\"%s\"", text);
    }
  /* json-glib writes 37.4 with all of its seventeen digits */
  if (JSON_NODE_HOLDS_VALUE (json) && json_node_get_value_type (json) == G_TYPE_DOUBLE)
    return tsm_json_dup_number (json_node_get_double (json));

  return json_to_string (json, FALSE);
}

static TsmEventNode *
new_node (const char *name,
          JsonNode   *json)
{
  TsmEventNode *self = g_object_new (TSM_TYPE_EVENT_NODE, NULL);

  self->name = tsm_event_text_dup_line (name, TSM_EVENT_TEXT_CELL);
  self->value = dup_value (json);
  self->json = json_node_ref (json);

  return self;
}

static void
add_rest (GListStore *store,
          guint       n)
{
  g_autoptr (TsmEventNode) rest = NULL;

  if (n <= TSM_EVENT_TREE_MAX_MEMBERS)
    return;
  n -= TSM_EVENT_TREE_MAX_MEMBERS;
  rest = g_object_new (TSM_TYPE_EVENT_NODE, NULL);
  rest->name = g_strdup ("…");
  rest->value = g_strdup_printf (ngettext ("cut: %u more", "cut: %u more", n), n);
  g_list_store_append (store, rest);
}

static void
add_object (GListStore *store,
            JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  for (guint i = 0; i < TSM_EVENT_TREE_MAX_MEMBERS && json_object_iter_next_ordered (&iter, &name, &member); i++)
    {
      g_autoptr (TsmEventNode) node = new_node (name, member);

      g_list_store_append (store, node);
    }
}

static void
add_array (GListStore *store,
           JsonArray  *array)
{
  guint n = MIN (json_array_get_length (array), TSM_EVENT_TREE_MAX_MEMBERS);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (TsmEventNode) node = new_node (name, json_array_get_element (array, i));

      g_list_store_append (store, node);
    }
}

/* (transfer full) (nullable): NULL where @json has no members. */
static GListModel *
create_members (JsonNode *json)
{
  GListStore *store;
  guint n = count_members (json);

  if (n == 0)
    return NULL;
  store = g_list_store_new (TSM_TYPE_EVENT_NODE);
  if (JSON_NODE_HOLDS_OBJECT (json))
    add_object (store, json_node_get_object (json));
  else
    add_array (store, json_node_get_array (json));
  add_rest (store, n);

  return G_LIST_MODEL (store);
}

static GListModel *
create_model_cb (gpointer item,
                 gpointer user_data)
{
  TsmEventNode *self = item;

  return self->json != NULL ? create_members (self->json) : NULL;
}

static GListModel *
create_root (JsonNode *root)
{
  GListModel *members = create_members (root);
  GListStore *store;
  g_autoptr (TsmEventNode) node = NULL;

  if (members != NULL)
    return members;
  store = g_list_store_new (TSM_TYPE_EVENT_NODE);
  node = new_node ("", root);
  g_list_store_append (store, node);

  return G_LIST_MODEL (store);
}

/* Level by level, so that no branch is opened at the cost of its neighbours. */
static void
open_first_levels (GtkTreeListModel *tree)
{
  for (guint depth = 0; depth < 3; depth++)
    {
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree)); i++)
        {
          g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i);
          g_autoptr (TsmEventNode) node = gtk_tree_list_row_get_item (row);
          guint n = node->json != NULL ? count_members (node->json) : 0;

          if (gtk_tree_list_row_get_depth (row) == depth && n > 0
              && g_list_model_get_n_items (G_LIST_MODEL (tree)) + n <= MAX_OPEN)
            gtk_tree_list_row_set_expanded (row, TRUE);
        }
    }
}

/**
 * tsm_event_tree_new:
 * @root: a decoded message
 *
 * Returns: (transfer full): the members of @root, and theirs below them
 */
GtkTreeListModel *
tsm_event_tree_new (JsonNode *root)
{
  GtkTreeListModel *tree;

  g_return_val_if_fail (root != NULL, NULL);

  tree = gtk_tree_list_model_new (create_root (root), FALSE, FALSE, create_model_cb, NULL, NULL);
  open_first_levels (tree);

  return tree;
}

/**
 * tsm_event_node_get_name:
 * @self: a member
 *
 * Returns: its name, or its index in an array; bounded, on one line
 */
const char *
tsm_event_node_get_name (TsmEventNode *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_NODE (self), NULL);

  return self->name;
}

/**
 * tsm_event_node_get_value:
 * @self: a member
 *
 * Returns: its value as JSON, or how many members it has; bounded, on one line
 */
const char *
tsm_event_node_get_value (TsmEventNode *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_NODE (self), NULL);

  return self->value;
}

/**
 * tsm_event_node_is_container:
 * @self: a member
 *
 * Returns: whether it is an object or an array
 */
gboolean
tsm_event_node_is_container (TsmEventNode *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_NODE (self), FALSE);

  return self->json != NULL && (JSON_NODE_HOLDS_OBJECT (self->json) || JSON_NODE_HOLDS_ARRAY (self->json));
}
