/* Tests of the windows of the connections without a server: order by drop and by keys, deletion with its undo, the form's rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui-fixture.h"

#include <glib/gstdio.h>

#include "ui/tsm-note-row.h"
#include "ui/tsm-profile-bin.h"
#include "ui/tsm-profile-dialog.h"
#include "ui/tsm-profile-row.h"
#include "ui/tsm-profiles-window.h"

#define PASSWORD "of this test"

typedef struct
{
  char            *folder;
  TsmProfileStore *store;
  TsmSecrets      *secrets;
  TsmSession      *session;
} Fixture;

static void
add_profile (Fixture    *fixture,
             const char *name,
             const char *password)
{
  g_autofree char *url = g_strdup_printf ("redis://%s.example", name);
  g_autoptr(TsmProfile) profile = tsm_profile_new_from_url (url, NULL);

  tsm_profile_set_id (profile, name);
  tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL);
  tsm_profile_set_password (profile, password);
  tsm_session_save (fixture->session, profile, password != NULL);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(int *) user_data = (int) tsm_secrets_load_finish (TSM_SECRETS (object), result, NULL);
}

static TsmSecretPlace
find_password (Fixture    *fixture,
               const char *id)
{
  g_autoptr(TsmProfile) profile = tsm_profile_new ();
  int place = -1;

  tsm_profile_set_id (profile, id);
  tsm_secrets_load_async (fixture->secrets, profile, NULL, loaded_cb, &place);
  g_assert_true (tsm_test_wait_until (place >= 0));
  return (TsmSecretPlace) place;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("tsm-profiles-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "profiles", NULL);
  fixture->store = tsm_profile_store_new (path, (const char *const[]) { NULL });
  fixture->secrets = tsm_secrets_new ();
  fixture->session = tsm_session_new (fixture->store, fixture->secrets);
  tsm_profile_store_load (fixture->store);
  add_profile (fixture, "a", NULL);
  add_profile (fixture, "b", PASSWORD);
  add_profile (fixture, "c", NULL);
  g_assert_true (tsm_test_wait_until (find_password (fixture, "b") == TSM_SECRET_THIS_RUN));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "profiles", NULL);

  tsm_profile_store_flush (fixture->store, NULL);
  g_object_unref (fixture->session);
  g_object_unref (fixture->secrets);
  g_object_unref (fixture->store);
  tsm_test_settle ();
  g_remove (path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
assert_order (Fixture    *fixture,
              const char *expected)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->store)); i++)
    {
      g_autoptr(TsmProfile) profile = g_list_model_get_item (G_LIST_MODEL (fixture->store), i);

      g_string_append (names, tsm_profile_get_name (profile));
    }
  g_assert_cmpstr (names->str, ==, expected);
  g_string_free (names, TRUE);
}

static void
destroy (gpointer window)
{
  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  g_assert_true (tsm_test_wait_until (window == NULL));
}

static void
test_drop_moves_a_row (Fixture       *fixture,
                       gconstpointer  data)
{
  TsmProfilesWindow *window = tsm_profiles_window_present (NULL, fixture->session);

  gtk_widget_activate_action (GTK_WIDGET (window), "profiles.drop", "(ss)", "c", "a");
  assert_order (fixture, "cab");
  gtk_widget_activate_action (GTK_WIDGET (window), "profiles.drop", "(ss)", "c", "b");
  assert_order (fixture, "abc");
  gtk_widget_activate_action (GTK_WIDGET (window), "profiles.drop", "(ss)", "nobody", "a");
  gtk_widget_activate_action (GTK_WIDGET (window), "profiles.drop", "(ss)", "a", "a");
  assert_order (fixture, "abc");
  destroy (window);
}

static void
test_row_does_not_leave_the_list (Fixture       *fixture,
                                  gconstpointer  data)
{
  TsmProfilesWindow *window = tsm_profiles_window_present (NULL, fixture->session);

  gtk_widget_activate_action (GTK_WIDGET (window), "profiles.up", "s", "a");
  gtk_widget_activate_action (GTK_WIDGET (window), "profiles.down", "s", "c");
  assert_order (fixture, "abc");
  gtk_widget_activate_action (GTK_WIDGET (window), "profiles.up", "s", "c");
  assert_order (fixture, "acb");
  destroy (window);
}

static void
test_undo_brings_it_back_with_its_password (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr(TsmProfileBin) bin = tsm_profile_bin_new (fixture->session);
  g_autoptr(AdwToast) toast = tsm_profile_bin_delete (bin, "b");

  assert_order (fixture, "ac");
  g_signal_emit_by_name (toast, "button-clicked");
  g_signal_emit_by_name (toast, "dismissed");
  assert_order (fixture, "abc");
  g_assert_cmpint (find_password (fixture, "b"), ==, TSM_SECRET_THIS_RUN);
}

static void
test_password_is_forgotten_with_the_undo (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr(TsmProfileBin) bin = tsm_profile_bin_new (fixture->session);
  g_autoptr(AdwToast) toast = tsm_profile_bin_delete (bin, "b");

  g_assert_cmpint (find_password (fixture, "b"), ==, TSM_SECRET_THIS_RUN);
  g_signal_emit_by_name (toast, "dismissed");
  g_assert_cmpint (find_password (fixture, "b"), ==, TSM_SECRET_NONE);
}

static void
test_password_is_forgotten_with_the_window (Fixture       *fixture,
                                            gconstpointer  data)
{
  TsmProfilesWindow *window = tsm_profiles_window_present (NULL, fixture->session);

  gtk_widget_activate_action (GTK_WIDGET (window), "profiles.delete", "s", "b");
  assert_order (fixture, "ac");
  g_assert_cmpint (find_password (fixture, "b"), ==, TSM_SECRET_THIS_RUN);
  destroy (window);
  g_assert_cmpint (find_password (fixture, "b"), ==, TSM_SECRET_NONE);
}

static void
test_marks_are_words (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(TsmProfile) profile = tsm_profile_new_from_url ("rediss://host", NULL);
  g_autofree char *none = tsm_profile_row_dup_marks (profile);
  g_autofree char *all = NULL;
  g_autofree char *pin = g_strnfill (64, 'A');

  g_assert_null (none);
  tsm_profile_set_text (profile, TSM_PROFILE_READ_ONLY, "true", NULL);
  tsm_profile_set_text (profile, TSM_PROFILE_TLS_PIN, pin, NULL);
  tsm_profile_set_managed (profile, TRUE);
  all = tsm_profile_row_dup_marks (profile);
  g_assert_cmpstr (all, ==, "Pinned certificate · Read-only · Managed by your administrator");
}

static void
test_dialog_goes_without_a_trace (Fixture       *fixture,
                                  gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    {
      TsmProfile *profile = i == 0 ? NULL : tsm_profile_store_lookup (fixture->store, i == 1 ? "a" : "b");
      TsmProfileDialog *dialog = tsm_profile_dialog_present (NULL, fixture->session, profile);

      /* The last one is destroyed while the keyring is asked. */
      if (i < 2)
        tsm_test_settle ();
      destroy (dialog);
    }
}

/* A fault is a class of the row, a line under it and a state for assistive technology; it goes as it came. */
static void
test_note_row_marks_the_row_above (Fixture       *fixture,
                                   gconstpointer  data)
{
  GtkWidget *group = g_object_ref_sink (adw_preferences_group_new ());
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *note = tsm_note_row_new (row);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), note);
  tsm_note_row_set (TSM_NOTE_ROW (note), "Wrong & <b>", "Right");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_nonnull (ui_find_label (note, "Wrong & <b>"));
  tsm_note_row_set (TSM_NOTE_ROW (note), NULL, "Right");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_nonnull (ui_find_label (note, "Right"));
  tsm_note_row_set (TSM_NOTE_ROW (note), NULL, NULL);
  g_assert_false (gtk_widget_get_visible (note));
  g_object_unref (group);
}

#define ADD(name, function) g_test_add ("/ui/profiles/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  /* No keyring: passwords are kept for the run. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  ui_test_init (&argc, &argv);
  ADD ("drop-moves-a-row", test_drop_moves_a_row);
  ADD ("row-does-not-leave-the-list", test_row_does_not_leave_the_list);
  ADD ("undo-brings-it-back-with-its-password", test_undo_brings_it_back_with_its_password);
  ADD ("password-is-forgotten-with-the-undo", test_password_is_forgotten_with_the_undo);
  ADD ("password-is-forgotten-with-the-window", test_password_is_forgotten_with_the_window);
  ADD ("marks-are-words", test_marks_are_words);
  ADD ("dialog-goes-without-a-trace", test_dialog_goes_without_a_trace);
  ADD ("note-row-marks-the-row-above", test_note_row_marks_the_row_above);
  return g_test_run ();
}
