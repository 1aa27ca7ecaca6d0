/* What the tests of profiles share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "profiles-test.h"

#include <glib/gstdio.h>
#include <string.h>

static void
items_changed_cb (StoreTest *test,
                  guint      position,
                  guint      removed,
                  guint      added)
{
  g_string_append_printf (test->changes, "%u-%u+%u ", position, removed, added);
}

static void
problem_cb (StoreTest  *test,
            const char *message)
{
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_ptr_array_add (test->problems, g_strdup (message));
}

static void
active_changed_cb (StoreTest *test)
{
  test->n_active_changed++;
}

static void
open_store (StoreTest *test)
{
  const char *dirs[] = { test->system, NULL };

  test->store = tsm_profile_store_new (test->path, dirs);
  g_signal_connect_swapped (test->store, "items-changed", G_CALLBACK (items_changed_cb), test);
  g_signal_connect_swapped (test->store, "problem", G_CALLBACK (problem_cb), test);
  g_signal_connect_swapped (test->store, "active-changed", G_CALLBACK (active_changed_cb), test);
}

static void
close_store (StoreTest *test)
{
  g_signal_handlers_disconnect_by_data (test->store, test);
  g_assert_finalize_object (test->store);
}

void
store_test_set_up (StoreTest     *test,
                   gconstpointer  data)
{
  test->folder = g_dir_make_tmp ("tsm-profiles-XXXXXX", NULL);
  g_assert_nonnull (test->folder);
  test->path = g_build_filename (test->folder, "config", "tickstock-monitor", "profiles", NULL);
  test->system = g_build_filename (test->folder, "xdg", NULL);
  test->changes = g_string_new (NULL);
  test->problems = g_ptr_array_new_with_free_func (g_free);
  open_store (test);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
store_test_tear_down (StoreTest     *test,
                      gconstpointer  data)
{
  tsm_profile_store_flush (test->store, NULL);
  tsm_test_settle ();
  tsm_test_wait_until (g_atomic_int_get ((gint *) &G_OBJECT (test->store)->ref_count) == 1); /* a thread may still hold it */
  close_store (test);
  remove_tree (test->folder);
  g_ptr_array_unref (test->problems);
  g_string_free (test->changes, TRUE);
  g_free (test->system);
  g_free (test->path);
  g_free (test->folder);
}

void
store_test_reload (StoreTest *test)
{
  g_autoptr (GError) error = NULL;

  tsm_profile_store_flush (test->store, &error);
  g_assert_no_error (error);
  tsm_test_wait_until (G_OBJECT (test->store)->ref_count == 1);
  close_store (test);
  g_ptr_array_set_size (test->problems, 0);
  open_store (test);
  tsm_profile_store_load (test->store);
  g_string_truncate (test->changes, 0);
}

TsmProfile *
store_test_add (StoreTest  *test,
                const char *name,
                const char *url)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, NULL);

  g_assert_nonnull (profile);
  g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL));
  tsm_profile_store_insert (test->store, profile, G_MAXUINT);
  return store_test_get (test, tsm_profile_store_get_n_own (test->store) - 1);
}

TsmProfile *
store_test_get (StoreTest *test,
                guint      index)
{
  g_autoptr (TsmProfile) profile = g_list_model_get_item (G_LIST_MODEL (test->store), index);

  return profile;
}

void
store_test_assert_names (StoreTest  *test,
                         const char *names)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (test->store)); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "," : "", tsm_profile_get_name (store_test_get (test, i)));
  g_assert_cmpstr (list->str, ==, names);
}

void
store_test_assert_changes (StoreTest  *test,
                           const char *changes)
{
  g_assert_cmpstr (g_strchomp (test->changes->str), ==, changes);
  g_string_truncate (test->changes, 0);
}

gboolean
store_test_has_problem (StoreTest  *test,
                        const char *words)
{
  for (guint i = 0; i < test->problems->len; i++)
    if (strstr (g_ptr_array_index (test->problems, i), words) != NULL)
      return TRUE;

  return FALSE;
}

void
store_test_put (StoreTest  *test,
                const char *path,
                const char *text)
{
  g_autofree char *full = g_build_filename (test->folder, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, text, -1, NULL));
}

void
store_test_remove (StoreTest  *test,
                   const char *path)
{
  g_autofree char *full = g_build_filename (test->folder, path, NULL);

  g_assert_cmpint (g_remove (full), ==, 0);
}

char *
store_test_get_file (StoreTest  *test,
                     const char *path)
{
  g_autofree char *full = g_build_filename (test->folder, path, NULL);
  char *text = NULL;

  return g_file_get_contents (full, &text, NULL, NULL) ? text : g_strdup ("");
}

guint
store_test_get_mode (StoreTest  *test,
                     const char *path)
{
  g_autofree char *full = g_build_filename (test->folder, path, NULL);
  GStatBuf status;

  g_assert_cmpint (g_stat (full, &status), ==, 0);
  return status.st_mode & 0777;
}

static gboolean
is_below (const char *path,
          const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *contents = NULL;
  const char *name;
  gboolean found = FALSE;

  if (dir == NULL)
    return g_file_get_contents (path, &contents, NULL, NULL) && strstr (contents, text) != NULL;

  while (!found && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      found = is_below (child, text);
    }

  return found;
}

gboolean
store_test_is_on_disk (StoreTest  *test,
                       const char *text)
{
  return is_below (test->folder, text);
}
