/* Tests of TsmEventTree: what a message looks like as rows, and its bounds: deep, wide, long.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ui/tsm-event-text.h"
#include "ui/tsm-event-tree.h"

static GtkTreeListModel *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(JsonNode) root = json_from_string (json, &error);

  g_assert_no_error (error);
  return tsm_event_tree_new (root);
}

static TsmEventNode *
get_node (GtkTreeListModel *tree,
          guint             i)
{
  g_autoptr(GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i);
  g_autoptr(TsmEventNode) node = gtk_tree_list_row_get_item (row);

  return node; /* the model holds it */
}

static guint
n_rows (GtkTreeListModel *tree)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tree));
}

/* "depth:name=value" of each row in sight, joined by " ". */
static void
assert_rows (const char *text,
             const char *expected)
{
  g_autoptr(GtkTreeListModel) tree = parse (text);
  g_autoptr(GString) rows = g_string_new (NULL);

  for (guint i = 0; i < n_rows (tree); i++)
    {
      g_autoptr(GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i);
      g_autoptr(TsmEventNode) node = gtk_tree_list_row_get_item (row);

      g_string_append_printf (rows, "%s%u:%s=%s", i > 0 ? " " : "", gtk_tree_list_row_get_depth (row),
                              tsm_event_node_get_name (node), tsm_event_node_get_value (node));
    }
  g_assert_cmpstr (rows->str, ==, expected);
}

static void
test_values (void)
{
  assert_rows ("{'s':'x','n':12.5,'i':3,'t':true,'f':false,'z':null}", "0:s=\"x\" 0:n=12.5 0:i=3 0:t=true 0:f=false 0:z=null");
  assert_rows ("{'cpu':37.4,'rate':0.1,'big':1e300}", "0:cpu=37.4 0:rate=0.1 0:big=1e+300");
}

static void
test_members_keep_their_order (void)
{
  assert_rows ("{'b':1,'a':2,'c':3}", "0:b=1 0:a=2 0:c=3");
}

static void
test_first_levels_stand_open (void)
{
  assert_rows ("{'a':{'b':{'c':{'d':1}}}}",
               "0:a={ 1 member } 1:b={ 1 member } 2:c={ 1 member } 3:d=1");
  assert_rows ("{'a':{'b':{'c':{'d':{'e':1}}}}}",
               "0:a={ 1 member } 1:b={ 1 member } 2:c={ 1 member } 3:d={ 1 member }");
}

static void
test_arrays_are_numbered (void)
{
  assert_rows ("{'a':['x',2]}", "0:a=[ 2 items ] 1:0=\"x\" 1:1=2");
}

static void
test_root_without_members (void)
{
  assert_rows ("{}", "0:={ 0 members }");
  assert_rows ("[]", "0:=[ 0 items ]");
  assert_rows ("12", "0:=12");
}

static void
test_containers (void)
{
  g_autoptr(GtkTreeListModel) tree = parse ("{'o':{},'a':[],'n':1}");

  g_assert_true (tsm_event_node_is_container (get_node (tree, 0)));
  g_assert_true (tsm_event_node_is_container (get_node (tree, 1)));
  g_assert_false (tsm_event_node_is_container (get_node (tree, 2)));
}

static char *
make_array (guint n)
{
  GString *text = g_string_new ("[0");

  for (guint i = 1; i < n; i++)
    g_string_append (text, ",0");
  return g_string_free (g_string_append_c (text, ']'), FALSE);
}

static void
test_wide_array_is_cut (void)
{
  g_autofree char *text = make_array (TSM_EVENT_TREE_MAX_MEMBERS + 7);
  g_autoptr(GtkTreeListModel) tree = parse (text);

  g_assert_cmpuint (n_rows (tree), ==, TSM_EVENT_TREE_MAX_MEMBERS + 1);
  g_assert_cmpstr (tsm_event_node_get_name (get_node (tree, TSM_EVENT_TREE_MAX_MEMBERS)), ==, "…");
  g_assert_cmpstr (tsm_event_node_get_value (get_node (tree, TSM_EVENT_TREE_MAX_MEMBERS)), ==, "cut: 7 more");
  g_assert_false (tsm_event_node_is_container (get_node (tree, TSM_EVENT_TREE_MAX_MEMBERS)));
}

static void
test_array_at_the_limit_is_whole (void)
{
  g_autofree char *text = make_array (TSM_EVENT_TREE_MAX_MEMBERS);
  g_autoptr(GtkTreeListModel) tree = parse (text);

  g_assert_cmpuint (n_rows (tree), ==, TSM_EVENT_TREE_MAX_MEMBERS);
}

static void
test_wide_object_is_cut (void)
{
  g_autoptr(GString) text = g_string_new ("{'m0':0");
  g_autoptr(GtkTreeListModel) tree = NULL;

  for (guint i = 1; i < 3000; i++)
    g_string_append_printf (text, ",'m%u':0", i);
  tree = parse (g_string_append_c (text, '}')->str);
  g_assert_cmpuint (n_rows (tree), ==, TSM_EVENT_TREE_MAX_MEMBERS + 1);
  g_assert_cmpstr (tsm_event_node_get_value (get_node (tree, TSM_EVENT_TREE_MAX_MEMBERS)), ==, "cut: 2500 more");
}

/* A wide member stays closed, so that its neighbours are in sight. */
static void
test_wide_member_stays_closed (void)
{
  g_autofree char *array = make_array (400);
  g_autofree char *text = g_strdup_printf ("{'wide':%s,'small':{'a':1}}", array);
  g_autoptr(GtkTreeListModel) tree = parse (text);

  g_assert_cmpuint (n_rows (tree), ==, 3);
}

/* Many wide levels: no more is opened from the start than a list can hold. */
static void
test_bushy_is_opened_in_part (void)
{
  g_autoptr(GString) text = g_string_new ("[");
  g_autoptr(GtkTreeListModel) tree = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "%s[[1,2,3,4],[1,2,3,4],[1,2,3,4],[1,2,3,4]]", i > 0 ? "," : "");
  tree = parse (g_string_append_c (text, ']')->str);
  g_assert_cmpuint (n_rows (tree), <=, 150);
  g_assert_cmpuint (n_rows (tree), >, 100);
}

static char *
make_deep (guint depth)
{
  g_autofree char *open = g_strnfill (depth, '[');
  g_autofree char *close = g_strnfill (depth, ']');

  return g_strconcat (open, "1", close, NULL);
}

/* As deep as a decoder may be told to read; opened one by one to the end. */
static void
test_deep (void)
{
  g_autofree char *text = make_deep (500);
  g_autoptr(GtkTreeListModel) tree = parse (text);

  g_assert_cmpuint (n_rows (tree), ==, 4);
  gtk_tree_list_model_set_autoexpand (tree, TRUE);
  for (guint i = 3; i < n_rows (tree); i++)
    {
      g_autoptr(GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i);

      gtk_tree_list_row_set_expanded (row, TRUE);
    }
  g_assert_cmpuint (n_rows (tree), ==, 500);
}

static void
test_long_string_is_cut (void)
{
  g_autofree char *filler = g_strnfill (1024 * 1024, 'x');
  g_autofree char *text = g_strdup_printf ("{'%s':'%s'}", filler, filler);
  g_autoptr(GtkTreeListModel) tree = parse (text);

  g_assert_cmpuint (g_utf8_strlen (tsm_event_node_get_value (get_node (tree, 0)), -1), ==, TSM_EVENT_TEXT_LABEL + 3);
  g_assert_cmpuint (g_utf8_strlen (tsm_event_node_get_name (get_node (tree, 0)), -1), ==, TSM_EVENT_TEXT_CELL + 1);
}

static void
test_text_is_on_one_line (void)
{
  g_autoptr(GtkTreeListModel) tree = parse ("{'a\\nb':'c\\nd'}");

  g_assert_cmpstr (tsm_event_node_get_name (get_node (tree, 0)), ==, "a b");
  g_assert_cmpstr (tsm_event_node_get_value (get_node (tree, 0)), ==, "\"c d\"");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/event-tree/values", test_values);
  g_test_add_func ("/ui/event-tree/members-keep-their-order", test_members_keep_their_order);
  g_test_add_func ("/ui/event-tree/first-levels-stand-open", test_first_levels_stand_open);
  g_test_add_func ("/ui/event-tree/arrays-are-numbered", test_arrays_are_numbered);
  g_test_add_func ("/ui/event-tree/root-without-members", test_root_without_members);
  g_test_add_func ("/ui/event-tree/containers", test_containers);
  g_test_add_func ("/ui/event-tree/wide-array-is-cut", test_wide_array_is_cut);
  g_test_add_func ("/ui/event-tree/array-at-the-limit-is-whole", test_array_at_the_limit_is_whole);
  g_test_add_func ("/ui/event-tree/wide-object-is-cut", test_wide_object_is_cut);
  g_test_add_func ("/ui/event-tree/wide-member-stays-closed", test_wide_member_stays_closed);
  g_test_add_func ("/ui/event-tree/bushy-is-opened-in-part", test_bushy_is_opened_in_part);
  g_test_add_func ("/ui/event-tree/deep", test_deep);
  g_test_add_func ("/ui/event-tree/long-string-is-cut", test_long_string_is_cut);
  g_test_add_func ("/ui/event-tree/text-is-on-one-line", test_text_is_on_one_line);
  return g_test_run ();
}
