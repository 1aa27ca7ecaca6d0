/* Passwords: in a real keyring, in a locked one, and where there is none. Run under tests/with-keyring.sh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <libsecret/secret.h>
#include <string.h>

#include "profiles/tsm-secrets.h"
#include "support/tsm-test-loop.h"

typedef struct
{
  gboolean        is_done;
  TsmSecretPlace  place;
  GError         *error;
} Answer;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->place = tsm_secrets_load_finish (TSM_SECRETS (source), result, &answer->error);
  answer->is_done = TRUE;
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->place = tsm_secrets_store_finish (TSM_SECRETS (source), result, &answer->error);
  answer->is_done = TRUE;
}

/* libsecret 0.20 answers a store twice now and then, and GLib refuses the second answer. None of ours is a boolean here. */
static gboolean
is_fatal (const char     *domain,
          GLogLevelFlags  level,
          const char     *message,
          gpointer        user_data)
{
  return strstr (message, "g_task_return_boolean: assertion '!task->ever_returned' failed") == NULL;
}

static void
log_cb (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        user_data)
{
  if (is_fatal (domain, level, message, NULL))
    g_log_default_handler (domain, level, message, user_data);
  else
    g_test_message ("%s", message);
}

static TsmSecretPlace
store (TsmSecrets *secrets,
       TsmProfile *profile)
{
  Answer answer = { FALSE };

  g_test_log_set_fatal_handler (is_fatal, NULL); /* GLib forgets it at each test */
  tsm_secrets_store_async (secrets, profile, NULL, stored_cb, &answer);
  g_assert_false (answer.is_done);
  g_assert_true (tsm_test_wait_until (answer.is_done));
  g_assert_no_error (answer.error);
  return answer.place;
}

static TsmSecretPlace
load (TsmSecrets *secrets,
      TsmProfile *profile)
{
  Answer answer = { FALSE };

  tsm_secrets_load_async (secrets, profile, NULL, loaded_cb, &answer);
  g_assert_false (answer.is_done);
  g_assert_true (tsm_test_wait_until (answer.is_done));
  g_assert_no_error (answer.error);
  return answer.place;
}

static TsmProfile *
new_profile (const char *id,
             const char *password)
{
  TsmProfile *profile = tsm_profile_new ();

  tsm_profile_set_id (profile, id);
  g_assert_true (tsm_profile_set_text (profile, TSM_PROFILE_NAME, "Production", NULL));
  tsm_profile_set_password (profile, password);
  return profile;
}

static void
assert_password (TsmSecrets     *secrets,
                 const char     *id,
                 TsmSecretPlace  place,
                 const char     *password)
{
  g_autoptr (TsmProfile) profile = new_profile (id, NULL);

  g_assert_cmpint (load (secrets, profile), ==, place);
  g_assert_cmpstr (tsm_profile_get_password (profile), ==, password);
}

/* Calls a method of the Secret Service that takes an array of object paths. */
static void
call_service (const char *method,
              const char *path)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  const char *paths[] = { path, NULL };
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                                            "org.freedesktop.Secret.Service", method, g_variant_new ("(^ao)", paths),
                                                            NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
test_store_and_load (void)
{
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autoptr (TsmSecrets) another = tsm_secrets_new ();
  g_autoptr (TsmProfile) profile = new_profile ("round-trip", "s3cr3t ä \"'$`");

  g_assert_cmpint (store (secrets, profile), ==, TSM_SECRET_KEYRING);
  g_assert_null (tsm_secrets_get_trouble (secrets));
  assert_password (another, "round-trip", TSM_SECRET_KEYRING, "s3cr3t ä \"'$`");
  assert_password (another, "round", TSM_SECRET_NONE, NULL);
  g_assert_null (tsm_secrets_get_trouble (another));
}

static void
test_replace (void)
{
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autoptr (TsmProfile) profile = new_profile ("replace", "first");

  g_assert_cmpint (store (secrets, profile), ==, TSM_SECRET_KEYRING);
  tsm_profile_set_password (profile, "second");
  g_assert_cmpint (store (secrets, profile), ==, TSM_SECRET_KEYRING);
  assert_password (secrets, "replace", TSM_SECRET_KEYRING, "second");
}

static void
test_label (void)
{
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autoptr (TsmProfile) profile = new_profile ("label", "secret");
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autolist (SecretItem) items = NULL;
  g_autofree char *label = NULL;
  g_autofree char *schema = NULL;

  store (secrets, profile);
  g_hash_table_insert (attributes, (gpointer) "profile", (gpointer) "label");
  items = secret_service_search_sync (NULL, NULL, attributes, SECRET_SEARCH_ALL, NULL, NULL);
  g_assert_cmpuint (g_list_length (items), ==, 1);
  label = secret_item_get_label (items->data);
  g_assert_cmpstr (label, ==, "TickStock Monitor: Production");
  schema = secret_item_get_schema_name (items->data);
  g_assert_cmpstr (schema, ==, "ai.tickstock.Monitor");
}

static void
test_store_nothing (void)
{
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autoptr (TsmProfile) profile = new_profile ("nothing", "secret");

  store (secrets, profile);
  tsm_profile_set_password (profile, NULL);
  g_assert_cmpint (store (secrets, profile), ==, TSM_SECRET_NONE);
  g_assert_cmpint (store (secrets, profile), ==, TSM_SECRET_NONE);
  assert_password (secrets, "nothing", TSM_SECRET_NONE, NULL);
}

static gboolean
is_gone (TsmSecrets *secrets,
         const char *id)
{
  g_autoptr (TsmProfile) profile = new_profile (id, NULL);

  return load (secrets, profile) == TSM_SECRET_NONE;
}

static void
test_forget (void)
{
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autoptr (TsmProfile) profile = new_profile ("forget", "secret");

  store (secrets, profile);
  tsm_secrets_forget (secrets, "forget");
  g_assert_true (tsm_test_wait_until (is_gone (secrets, "forget")));
}

static void
test_password_on_profile_stays (void)
{
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autoptr (TsmProfile) kept = new_profile ("stays", "kept");
  g_autoptr (TsmProfile) typed = new_profile ("stays", "typed");

  store (secrets, kept);
  load (secrets, typed);
  g_assert_cmpstr (tsm_profile_get_password (typed), ==, "typed");
}

static void
test_cancelled (void)
{
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autoptr (TsmProfile) profile = new_profile ("cancelled", "secret");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { FALSE };

  tsm_secrets_store_async (secrets, profile, cancellable, stored_cb, &answer);
  g_cancellable_cancel (cancellable);
  g_assert_true (tsm_test_wait_until (answer.is_done));
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (tsm_secrets_get_trouble (secrets));
  g_clear_error (&answer.error);

  answer.is_done = FALSE;
  tsm_profile_set_password (profile, NULL);
  tsm_secrets_load_async (secrets, profile, cancellable, loaded_cb, &answer);
  g_assert_true (tsm_test_wait_until (answer.is_done));
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
}

/* Nobody can unlock it, because the session has nothing that asks for its password. */
static void
test_locked (void)
{
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autoptr (TsmProfile) profile = new_profile ("locked", "s3cr3t");
  g_autoptr (TsmProfile) typed = new_profile ("typed", "s3cr3t");

  g_assert_cmpint (store (secrets, profile), ==, TSM_SECRET_KEYRING);
  call_service ("Lock", "/org/freedesktop/secrets/collection/login");

  assert_password (secrets, "locked", TSM_SECRET_NONE, NULL);
  g_assert_nonnull (strstr (tsm_secrets_get_trouble (secrets), "locked"));

  g_assert_cmpint (store (secrets, typed), ==, TSM_SECRET_THIS_RUN);
  g_assert_nonnull (strstr (tsm_secrets_get_trouble (secrets), "locked"));
  assert_password (secrets, "typed", TSM_SECRET_THIS_RUN, "s3cr3t");
}

static void
test_none (void)
{
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  g_autoptr (TsmSecrets) another = tsm_secrets_new ();
  g_autoptr (TsmProfile) profile = new_profile ("none", "s3cr3t");

  g_assert_null (tsm_secrets_get_trouble (secrets));
  assert_password (secrets, "none", TSM_SECRET_NONE, NULL);
  g_assert_nonnull (strstr (tsm_secrets_get_trouble (secrets), "no keyring"));

  g_assert_cmpint (store (secrets, profile), ==, TSM_SECRET_THIS_RUN);
  assert_password (secrets, "none", TSM_SECRET_THIS_RUN, "s3cr3t");
  g_assert_true (tsm_secrets_has_for_this_run (secrets, "none"));
  assert_password (another, "none", TSM_SECRET_NONE, NULL);

  tsm_secrets_forget (secrets, "none");
  assert_password (secrets, "none", TSM_SECRET_NONE, NULL);
  g_assert_false (tsm_secrets_has_for_this_run (secrets, "none"));
  g_assert_null (strstr (tsm_secrets_get_trouble (secrets), "s3cr3t"));
}

static void
test_no_bus (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
      g_autoptr (TsmProfile) profile = new_profile ("no-bus", "s3cr3t");

      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
      g_assert_cmpint (store (secrets, profile), ==, TSM_SECRET_THIS_RUN);
      g_assert_nonnull (tsm_secrets_get_trouble (secrets));
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, log_cb, NULL);

  g_test_add_func ("/secrets/keyring/store-and-load", test_store_and_load);
  g_test_add_func ("/secrets/keyring/replace", test_replace);
  g_test_add_func ("/secrets/keyring/label", test_label);
  g_test_add_func ("/secrets/keyring/store-nothing", test_store_nothing);
  g_test_add_func ("/secrets/keyring/forget", test_forget);
  g_test_add_func ("/secrets/keyring/password-on-profile-stays", test_password_on_profile_stays);
  g_test_add_func ("/secrets/keyring/cancelled", test_cancelled);
  g_test_add_func ("/secrets/locked/kept-for-this-run", test_locked);
  g_test_add_func ("/secrets/none/kept-for-this-run", test_none);
  g_test_add_func ("/secrets/none/no-bus", test_no_bus);

  return g_test_run ();
}
