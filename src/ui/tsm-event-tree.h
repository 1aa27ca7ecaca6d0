/* TsmEventTree: a decoded message as a tree of names and values for a list view.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TSM_EVENT_TREE_MAX_MEMBERS 500 /* shown of one object or array; the last row says how many more there are */

/* One member; immutable. */
#define TSM_TYPE_EVENT_NODE (tsm_event_node_get_type ())
G_DECLARE_FINAL_TYPE (TsmEventNode, tsm_event_node, TSM, EVENT_NODE, GObject)

const char       *tsm_event_node_get_name  (TsmEventNode *self); /* bounded, on one line */
const char       *tsm_event_node_get_value (TsmEventNode *self); /* bounded, on one line; a count for objects and arrays */
gboolean          tsm_event_node_is_container (TsmEventNode *self);

/* (transfer full): of GtkTreeListRow; the first levels stand open. */
GtkTreeListModel *tsm_event_tree_new       (JsonNode     *root);

G_END_DECLS
