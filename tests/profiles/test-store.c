/* The store as a list: its order, names, ids and what it tells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "profiles-test.h"

/* Four of the user's, and nothing told yet. */
static void
fill (StoreTest *test)
{
  tsm_profile_store_load (test->store);
  store_test_add (test, "A", "redis://a");
  store_test_add (test, "B", "redis://b");
  store_test_add (test, "C", "redis://c");
  store_test_add (test, "D", "redis://d");
  g_string_truncate (test->changes, 0);
}

static const char *
get_id (StoreTest *test,
        guint      index)
{
  return tsm_profile_get_id (store_test_get (test, index));
}

static void
test_empty (StoreTest     *test,
            gconstpointer  data)
{
  tsm_profile_store_load (test->store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->store)), ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (test->store)) == TSM_TYPE_PROFILE);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (test->store), 0));
  g_assert_null (tsm_profile_store_get_active (test->store));
  g_assert_cmpuint (tsm_profile_store_get_problems (test->store)->len, ==, 0);
  store_test_assert_changes (test, "");
}

static void
test_insert (StoreTest     *test,
             gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();

  fill (test);
  g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_NAME, "New", NULL));
  tsm_profile_store_insert (test->store, profile, 1);
  store_test_assert_changes (test, "1-0+1");
  store_test_assert_names (test, "A,New,B,C,D");
  g_assert_true (tsm_profile_store_lookup (test->store, tsm_profile_get_id (profile)) != profile);
  g_assert_cmpuint (tsm_profile_store_get_n_own (test->store), ==, 5);
}

static void
test_insert_taken (StoreTest     *test,
                   gconstpointer  data)
{
  fill (test);
  tsm_profile_store_insert (test->store, store_test_get (test, 0), G_MAXUINT);
  store_test_assert_names (test, "A,B,C,D,A 2");
  g_assert_cmpstr (get_id (test, 0), !=, get_id (test, 4));
}

static void
test_names (StoreTest     *test,
            gconstpointer  data)
{
  static const struct
  {
    const char *wanted;
    const char *given;
  } names[] = {
    { "Production", "Production" }, { "PRODUCTION", "PRODUCTION 2" }, { "production 2", "production 3" }, { "", "Connection" },
    { "", "Connection 2" },         { "2", "2" },                     { "2", "2 2" },                     { "Zürich", "Zürich" },
    { "ZÜRICH", "ZÜRICH 2" },
  };
  g_autofree char *longest = g_strnfill (80, 'x');

  tsm_profile_store_load (test->store);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *free_name = tsm_profile_store_dup_free_name (test->store, names[i].wanted);

      g_assert_cmpstr (free_name, ==, names[i].given);
      g_assert_cmpstr (tsm_profile_get_name (store_test_add (test, names[i].wanted, "redis://a")), ==, names[i].given);
    }

  store_test_add (test, longest, "redis://a");
  g_assert_cmpuint (strlen (tsm_profile_get_name (store_test_add (test, longest, "redis://b"))), ==, 76);
}

static void
test_replace (StoreTest     *test,
              gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = NULL;
  g_autoptr (TsmProfile) before = NULL;

  fill (test);
  before = g_object_ref (store_test_get (test, 1));
  profile = tsm_profile_copy (before);
  tsm_profile_store_replace (test->store, profile);
  store_test_assert_changes (test, "");

  g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_NAME, "b", NULL));
  tsm_profile_store_replace (test->store, profile);
  store_test_assert_changes (test, "1-1+1");
  store_test_assert_names (test, "A,b,C,D");
  g_assert_cmpstr (tsm_profile_get_name (before), ==, "B");
}

static void
test_replace_gone (StoreTest     *test,
                   gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = NULL;

  fill (test);
  profile = tsm_profile_store_remove (test->store, get_id (test, 0));
  store_test_assert_changes (test, "0-1+0");
  tsm_profile_store_replace (test->store, profile);
  store_test_assert_changes (test, "3-0+1");
  store_test_assert_names (test, "B,C,D,A");
}

static void
test_remove_and_undo (StoreTest     *test,
                      gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = NULL;
  g_autofree char *id = NULL;

  fill (test);
  id = g_strdup (get_id (test, 2));
  tsm_profile_store_set_active (test->store, id);
  g_assert_cmpuint (test->n_active_changed, ==, 1);

  profile = tsm_profile_store_remove (test->store, id);
  store_test_assert_changes (test, "2-1+0");
  g_assert_null (tsm_profile_store_get_active (test->store));
  g_assert_cmpuint (test->n_active_changed, ==, 2);

  tsm_profile_store_insert (test->store, profile, 2);
  store_test_assert_changes (test, "2-0+1");
  store_test_assert_names (test, "A,B,C,D");
  g_assert_cmpstr (tsm_profile_store_get_active (test->store), ==, id);
  g_assert_null (tsm_profile_store_remove (test->store, "nobody"));
}

static void
test_duplicate (StoreTest     *test,
                gconstpointer  data)
{
  TsmProfile *copy;

  fill (test);
  copy = tsm_profile_store_duplicate (test->store, get_id (test, 1));
  store_test_assert_changes (test, "2-0+1");
  store_test_assert_names (test, "A,B,B 2,C,D");
  g_assert_true (copy == store_test_get (test, 2));
  g_assert_cmpstr (tsm_profile_get_id (copy), !=, get_id (test, 1));
  g_assert_null (tsm_profile_store_duplicate (test->store, "nobody"));
}

static void
test_move (StoreTest     *test,
           gconstpointer  data)
{
  fill (test);
  tsm_profile_store_move (test->store, get_id (test, 0), 2);
  store_test_assert_changes (test, "0-3+3");
  store_test_assert_names (test, "B,C,A,D");

  tsm_profile_store_move (test->store, get_id (test, 3), 2);
  store_test_assert_changes (test, "2-2+2");
  store_test_assert_names (test, "B,C,D,A");

  tsm_profile_store_move (test->store, get_id (test, 0), G_MAXUINT);
  store_test_assert_names (test, "C,D,A,B");
  store_test_assert_changes (test, "0-4+4");

  tsm_profile_store_move (test->store, get_id (test, 1), 1);
  store_test_assert_changes (test, "");
}

static void
test_find (StoreTest     *test,
           gconstpointer  data)
{
  guint index = 0;

  fill (test);
  g_assert_true (tsm_profile_store_find (test->store, "c") == store_test_get (test, 2));
  g_assert_true (tsm_profile_store_find (test->store, get_id (test, 3)) == store_test_get (test, 3));
  g_assert_null (tsm_profile_store_find (test->store, "X"));
  g_assert_null (tsm_profile_store_find (test->store, "\xff"));
  g_assert_true (tsm_profile_store_get_index (test->store, get_id (test, 2), &index));
  g_assert_cmpuint (index, ==, 2);
  g_assert_false (tsm_profile_store_get_index (test->store, "nobody", NULL));
  g_assert_null (tsm_profile_store_lookup (test->store, NULL));
}

static void
test_active (StoreTest     *test,
             gconstpointer  data)
{
  fill (test);
  tsm_profile_store_set_active (test->store, get_id (test, 1));
  tsm_profile_store_set_active (test->store, get_id (test, 1));
  g_assert_cmpuint (test->n_active_changed, ==, 1);
  store_test_reload (test);
  g_assert_cmpstr (tsm_profile_store_get_active (test->store), ==, get_id (test, 1));

  tsm_profile_store_set_active (test->store, NULL);
  store_test_reload (test);
  g_assert_null (tsm_profile_store_get_active (test->store));
}

static void
test_password_stays_with_its_server (StoreTest     *test,
                                     gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url ("redis://:s3cr3t-word@a", NULL);

  tsm_profile_store_load (test->store);
  tsm_profile_store_insert (test->store, profile, 0);
  g_assert_true (tsm_profile_store_flush (test->store, NULL));
  g_assert_false (store_test_is_on_disk (test, "s3cr3t"));

  /* Another program writes the same file; the password is still known. */
  {
    g_autofree char *text = store_test_get_file (test, "config/tickstock-monitor/profiles");
    g_autofree char *more = g_strconcat (text, "\n[Profile x]\nname=X\nurl=redis://x\n", NULL);

    store_test_put (test, "config/tickstock-monitor/profiles", more);
  }
  g_assert_true (tsm_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (test->store)) == 2));
  g_assert_cmpstr (tsm_profile_get_password (store_test_get (test, 0)), ==, "s3cr3t-word");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store/empty", test_empty);
  STORE_TEST ("/store/insert", test_insert);
  STORE_TEST ("/store/insert-taken", test_insert_taken);
  STORE_TEST ("/store/names", test_names);
  STORE_TEST ("/store/replace", test_replace);
  STORE_TEST ("/store/replace-gone", test_replace_gone);
  STORE_TEST ("/store/remove-and-undo", test_remove_and_undo);
  STORE_TEST ("/store/duplicate", test_duplicate);
  STORE_TEST ("/store/move", test_move);
  STORE_TEST ("/store/find", test_find);
  STORE_TEST ("/store/active", test_active);
  STORE_TEST ("/store/password-stays-with-its-server", test_password_stays_with_its_server);

  return g_test_run ();
}
