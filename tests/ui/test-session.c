/* Tests of TsmSession on a real redis-server: what is opened, in which order, with which password, and that nothing of the one before
 * stays. There is no keyring here: passwords are kept for the run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>

#include "support/tsm-test-loop.h"
#include "support/tsm-test-redis.h"
#include "ui/tsm-session.h"

#define N_ROUNDS 20
#define PASSWORD "of this test"

typedef struct
{
  TsmTestRedis    *redis;
  TsmProfileStore *store;
  TsmSession      *session;
  char            *folder;
  GPtrArray       *messages;
} Fixture;

static void
message_cb (GPtrArray  *messages,
            const char *text)
{
  g_ptr_array_add (messages, g_strdup (text));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *const password[] = { "--requirepass", PASSWORD, NULL };
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autofree char *path = NULL;

  fixture->redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, data != NULL ? password : NULL);
  fixture->folder = g_dir_make_tmp ("tsm-session-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "profiles", NULL);
  fixture->store = tsm_profile_store_new (path, (const char *const[]) { NULL });
  fixture->session = tsm_session_new (fixture->store, secrets);
  fixture->messages = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (fixture->session, "message", G_CALLBACK (message_cb), fixture->messages);
  tsm_profile_store_load (fixture->store);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "profiles", NULL);

  g_signal_handlers_disconnect_by_data (fixture->session, fixture->messages); /* it lives on while the keyring is asked */
  tsm_session_close (fixture->session);
  tsm_profile_store_flush (fixture->store, NULL);
  g_object_unref (fixture->session);
  g_object_unref (fixture->store);
  g_ptr_array_unref (fixture->messages);
  tsm_test_redis_free (fixture->redis);
  tsm_test_settle ();
  g_remove (path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static TsmProfile *
make_profile (Fixture    *fixture,
              const char *name)
{
  TsmProfile *profile = tsm_profile_new_from_url (tsm_test_redis_get_url (fixture->redis), NULL);

  tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL);
  return profile;
}

static gboolean
is_ready (Fixture *fixture)
{
  TsmMonitor *monitor = tsm_session_get_monitor (fixture->session);

  return monitor != NULL
         && tsm_connection_get_subscriber_state (tsm_monitor_get_connection (monitor)) == TSM_LINK_READY;
}

static gboolean
has_failed (Fixture      *fixture,
            TsmLinkError  code)
{
  TsmMonitor *monitor = tsm_session_get_monitor (fixture->session);

  return g_error_matches (tsm_connection_get_error (tsm_monitor_get_connection (monitor)), TSM_LINK_ERROR, (int) code);
}

static void
test_saved_one_waits_for_the_keyring (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile (fixture, "Saved");

  tsm_session_save (fixture->session, profile, FALSE);
  tsm_session_open (fixture->session, profile, NULL);
  g_assert_true (tsm_session_is_waiting (fixture->session));
  g_assert_nonnull (tsm_session_get_monitor (fixture->session));
  g_assert_cmpstr (tsm_session_get_name (fixture->session), ==, "Saved");
  g_assert_true (tsm_session_is_saved (fixture->session));
  g_assert_true (tsm_test_wait_until (is_ready (fixture)));
  g_assert_false (tsm_session_is_waiting (fixture->session));
}

static void
test_unsaved_one_asks_no_keyring (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile (fixture, "");

  tsm_session_open (fixture->session, profile, NULL);
  g_assert_false (tsm_session_is_waiting (fixture->session));
  g_assert_false (tsm_session_is_saved (fixture->session));
  g_assert_cmpstr (tsm_session_get_name (fixture->session), !=, "");
  g_assert_true (tsm_test_wait_until (is_ready (fixture)));
}

/* Without waiting in between: while the keyring is asked, and while the link is made. The last one wins. */
static void
test_switching_leaves_nothing (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (TsmProfile) one = make_profile (fixture, "One");
  g_autoptr (TsmProfile) two = make_profile (fixture, "Two");
  gpointer monitors[N_ROUNDS];

  tsm_session_save (fixture->session, one, FALSE);
  tsm_session_save (fixture->session, two, FALSE);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      tsm_session_open (fixture->session, i % 2 == 0 ? one : two, NULL);
      monitors[i] = tsm_session_get_monitor (fixture->session);
      g_object_add_weak_pointer (monitors[i], &monitors[i]);
      for (guint k = 0; k < i; k++)
        g_main_context_iteration (NULL, FALSE);
    }
  g_assert_true (tsm_test_wait_until (is_ready (fixture)));
  g_assert_cmpstr (tsm_session_get_name (fixture->session), ==, "Two");
  for (guint i = 0; i + 1 < N_ROUNDS; i++)
    g_assert_true (tsm_test_wait_until (monitors[i] == NULL));
  g_object_remove_weak_pointer (monitors[N_ROUNDS - 1], &monitors[N_ROUNDS - 1]);
}

static void
test_close_while_the_keyring_is_asked (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile (fixture, "Saved");
  gpointer monitor;

  tsm_session_save (fixture->session, profile, FALSE);
  tsm_session_open (fixture->session, profile, NULL);
  monitor = tsm_session_get_monitor (fixture->session);
  g_object_add_weak_pointer (monitor, &monitor);
  tsm_session_close (fixture->session);
  g_assert_null (tsm_session_get_monitor (fixture->session));
  g_assert_true (tsm_test_wait_until (monitor == NULL));
  tsm_test_settle ();
  g_assert_null (tsm_session_get_monitor (fixture->session));
}

static void
changed_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_keyring_need_not_be_waited_for (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile (fixture, "Saved");
  guint n_changes = 0;

  tsm_session_save (fixture->session, profile, FALSE);
  g_signal_connect_swapped (fixture->session, "changed", G_CALLBACK (changed_cb), &n_changes);
  tsm_session_open (fixture->session, profile, NULL);
  g_assert_true (tsm_session_is_waiting (fixture->session));
  g_assert_cmpuint (n_changes, ==, 1); /* what shows the state hears of it */

  tsm_session_retry (fixture->session);
  g_assert_false (tsm_session_is_waiting (fixture->session));
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_true (tsm_test_wait_until (is_ready (fixture)));
  g_signal_handlers_disconnect_by_data (fixture->session, &n_changes);
}

static void
test_kept_password_signs_in (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile (fixture, "Saved");

  tsm_profile_set_password (profile, PASSWORD);
  tsm_session_save (fixture->session, profile, TRUE);
  tsm_profile_set_password (profile, NULL);
  g_assert_true (tsm_test_wait_until (fixture->messages->len > 0)); /* that there is no keyring */
  tsm_session_open (fixture->session, profile, NULL);
  g_assert_true (tsm_test_wait_until (is_ready (fixture)));
}

static void
test_entered_password_signs_in_and_is_kept (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile (fixture, "Saved");

  tsm_session_save (fixture->session, profile, FALSE);
  tsm_session_open (fixture->session, profile, NULL);
  g_assert_true (tsm_test_wait_until (has_failed (fixture, TSM_LINK_ERROR_AUTH_REQUIRED)));
  tsm_session_set_password (fixture->session, PASSWORD);
  g_assert_true (tsm_test_wait_until (is_ready (fixture)));
  g_assert_true (tsm_test_wait_until (fixture->messages->len > 0)); /* that there is no keyring: it is kept for the run */

  tsm_session_open (fixture->session, profile, NULL);
  g_assert_true (tsm_test_wait_until (is_ready (fixture)));
}

static void
test_removed_password_is_forgotten (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile (fixture, "Saved");

  tsm_profile_set_password (profile, PASSWORD);
  tsm_session_save (fixture->session, profile, TRUE);
  tsm_session_open (fixture->session, profile, NULL);
  g_assert_true (tsm_test_wait_until (is_ready (fixture)));

  tsm_profile_set_password (profile, NULL);
  tsm_session_save (fixture->session, profile, TRUE);
  g_assert_true (tsm_test_wait_until (has_failed (fixture, TSM_LINK_ERROR_AUTH_REQUIRED)));
}

static void
test_new_name_does_not_break_the_connection (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr (TsmProfile) profile = make_profile (fixture, "Before");
  TsmMonitor *monitor;

  tsm_session_save (fixture->session, profile, FALSE);
  tsm_session_open (fixture->session, profile, NULL);
  monitor = tsm_session_get_monitor (fixture->session);
  tsm_profile_set_text (profile, TSM_PROFILE_NAME, "After", NULL);
  tsm_profile_set_text (profile, TSM_PROFILE_COLOUR, "red", NULL);
  tsm_session_save (fixture->session, profile, FALSE);
  g_assert_true (tsm_session_get_monitor (fixture->session) == monitor);
  g_assert_cmpstr (tsm_session_get_name (fixture->session), ==, "After");
  g_assert_cmpstr (tsm_profile_get_colour (tsm_session_get_profile (fixture->session)), ==, "red");

  tsm_profile_set_text (profile, TSM_PROFILE_CHANNELS, "other", NULL);
  tsm_session_save (fixture->session, profile, FALSE);
  g_assert_true (tsm_session_get_monitor (fixture->session) != monitor);
}

/* The sentinel names another primary, and the first one goes. */
static void
test_another_primary_is_told (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (TsmTestRedis) first = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autoptr (TsmTestRedis) second = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autoptr (TsmTestRedis) sentinel = tsm_test_redis_start (TSM_TEST_REDIS_TCP | TSM_TEST_REDIS_SENTINEL, NULL);
  g_autofree char *url = g_strdup_printf ("redis+sentinel://127.0.0.1:%u/service", tsm_test_redis_get_port (sentinel));
  g_autofree char *place = g_strdup_printf ("127.0.0.1:%u", tsm_test_redis_get_port (second));
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, NULL);

  tsm_test_redis_do (sentinel, "SENTINEL MONITOR service 127.0.0.1 %d 1", (int) tsm_test_redis_get_port (first));
  tsm_session_open (fixture->session, profile, NULL);
  g_assert_true (tsm_test_wait_until (is_ready (fixture)));
  g_assert_cmpuint (fixture->messages->len, ==, 0);

  tsm_test_redis_do (sentinel, "SENTINEL REMOVE service");
  tsm_test_redis_do (sentinel, "SENTINEL MONITOR service 127.0.0.1 %d 1", (int) tsm_test_redis_get_port (second));
  tsm_test_redis_kill (first);
  g_assert_true (tsm_test_wait_until (fixture->messages->len == 1));
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->messages, 0), place));
  tsm_session_close (fixture->session);
}

static void
assert_start (Fixture    *fixture,
              const char *url,
              const char *name,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = tsm_session_find_start (fixture->session, url, name, &error);
  g_autofree char *address = profile != NULL ? tsm_profile_dup_text (profile, TSM_PROFILE_URL) : NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (address, ==, expected);
}

static void
test_start_goes_by_the_order (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (TsmProfile) active = tsm_profile_new_from_url ("redis://active", NULL);
  g_autoptr (TsmProfile) named = tsm_profile_new_from_url ("redis://named", NULL);

  assert_start (fixture, NULL, NULL, NULL);
  g_setenv ("REDIS_URL", "redis://environment", TRUE);
  assert_start (fixture, NULL, NULL, "redis://environment:6379");
  tsm_profile_set_text (named, TSM_PROFILE_NAME, "Named", NULL);
  tsm_session_save (fixture->session, active, FALSE);
  tsm_session_save (fixture->session, named, FALSE);
  tsm_profile_store_set_active (fixture->store, tsm_profile_get_id (active));
  assert_start (fixture, NULL, NULL, "redis://active:6379");
  assert_start (fixture, NULL, "named", "redis://named:6379");
  assert_start (fixture, "redis://given", NULL, "redis://given:6379");
  g_unsetenv ("REDIS_URL");
}

static void
test_start_with_an_unknown_name_says_so (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tsm_session_find_start (fixture->session, NULL, "nobody", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "nobody"));
}

/* A group of the file that cannot be read keeps its id: what is imported again gets another, and its password goes with it. */
static void
test_password_is_kept_under_the_id_of_the_list (Fixture       *fixture,
                                                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "profiles", NULL);
  g_autofree char *broken = g_strconcat (path, ".broken", NULL);
  g_autoptr (TsmProfile) profile = make_profile (fixture, "Again");
  TsmSecrets *secrets = tsm_session_get_secrets (fixture->session);
  TsmProfile *saved;

  g_assert_true (g_file_set_contents (path, "[Profile taken]\nurl=http://h\n", -1, NULL));
  tsm_profile_store_load (fixture->store);
  tsm_profile_set_id (profile, "taken");
  tsm_profile_set_password (profile, PASSWORD);
  tsm_session_save (fixture->session, profile, TRUE);

  saved = tsm_profile_store_find (fixture->store, "Again");
  g_assert_cmpstr (tsm_profile_get_id (saved), !=, "taken");
  g_assert_true (tsm_test_wait_until (tsm_secrets_has_for_this_run (secrets, tsm_profile_get_id (saved))));
  g_assert_false (tsm_secrets_has_for_this_run (secrets, "taken"));
  tsm_profile_store_flush (fixture->store, NULL);
  g_remove (broken);
}

#define ADD(name, function, data) g_test_add ("/ui/session/" name, Fixture, data, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!tsm_test_redis_is_available ())
    {
      g_print ("1..0 # SKIP redis-server is not installed\n");
      return 0;
    }
  ADD ("saved-one-waits-for-the-keyring", test_saved_one_waits_for_the_keyring, NULL);
  ADD ("unsaved-one-asks-no-keyring", test_unsaved_one_asks_no_keyring, NULL);
  ADD ("switching-leaves-nothing", test_switching_leaves_nothing, NULL);
  ADD ("close-while-the-keyring-is-asked", test_close_while_the_keyring_is_asked, NULL);
  ADD ("keyring-need-not-be-waited-for", test_keyring_need_not_be_waited_for, NULL);
  ADD ("kept-password-signs-in", test_kept_password_signs_in, PASSWORD);
  ADD ("entered-password-signs-in-and-is-kept", test_entered_password_signs_in_and_is_kept, PASSWORD);
  ADD ("removed-password-is-forgotten", test_removed_password_is_forgotten, PASSWORD);
  ADD ("password-is-kept-under-the-id-of-the-list", test_password_is_kept_under_the_id_of_the_list, NULL);
  ADD ("new-name-does-not-break-the-connection", test_new_name_does_not_break_the_connection, NULL);
  ADD ("another-primary-is-told", test_another_primary_is_told, NULL);
  ADD ("start-goes-by-the-order", test_start_goes_by_the_order, NULL);
  ADD ("start-with-an-unknown-name-says-so", test_start_with_an_unknown_name_says_so, NULL);
  return g_test_run ();
}
