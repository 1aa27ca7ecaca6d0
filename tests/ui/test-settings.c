/* Tests of tsm-settings: what is remembered, and that a password never is. Needs the schema of the build.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui-fixture.h"

#include "ui/tsm-settings.h"

typedef struct
{
  GSettings *settings;
} Fixture;

static const char *const keys[] = { "last-url", "channels", "window-width", "window-height", "window-maximized" };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->settings = tsm_settings_open ();
  g_assert_nonnull (fixture->settings);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->settings, keys[i]);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->settings);
}

static TsmProfile *
parse (const char *url)
{
  g_autoptr(GError) error = NULL;
  TsmProfile *profile = tsm_profile_new_from_url (url, &error);

  g_assert_no_error (error);
  return profile;
}

static void
store (Fixture    *fixture,
       const char *url)
{
  g_autoptr(TsmProfile) profile = parse (url);

  tsm_settings_store_profile (fixture->settings, profile);
}

static void
assert_url (Fixture    *fixture,
            const char *expected)
{
  g_autofree char *url = g_settings_get_string (fixture->settings, "last-url");

  g_assert_cmpstr (url, ==, expected);
}

/* The schema lists what is looked through below. */
static void
test_keys_are_all_known (Fixture       *fixture,
                         gconstpointer  data)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  g_auto(GStrv) listed = g_settings_schema_list_keys (schema);

  g_assert_cmpuint (g_strv_length (listed), ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (g_strv_contains ((const char *const *) listed, keys[i]));
}

static void
test_profile_is_stored (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(TsmProfile) profile = parse ("redis://watcher@host.example:7000/2");
  const char *const channels[] = { "a:*", "b", NULL };
  g_auto(GStrv) stored = NULL;

  tsm_profile_set_channels (profile, channels);
  tsm_settings_store_profile (fixture->settings, profile);
  assert_url (fixture, "redis://watcher@host.example:7000/2");
  stored = g_settings_get_strv (fixture->settings, "channels");
  g_assert_true (g_strv_equal ((const char *const *) stored, channels));
}

/* What is stored leads back to the same server. */
static void
test_stored_url_is_a_url (Fixture       *fixture,
                          gconstpointer  data)
{
  static const char *const urls[] = { "redis://[::1]:6379", "unix:///run/a%20b/redis.sock?db=3", "redis://a%40b@host:1" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *url = NULL;
      g_autoptr(TsmProfile) profile = NULL;
      g_autoptr(TsmProfile) typed = parse (urls[i]);

      store (fixture, urls[i]);
      url = g_settings_get_string (fixture->settings, "last-url");
      profile = parse (url);
      g_assert_cmpstr (tsm_profile_get_host (profile), ==, tsm_profile_get_host (typed));
      g_assert_cmpstr (tsm_profile_get_socket_path (profile), ==, tsm_profile_get_socket_path (typed));
      g_assert_cmpstr (tsm_profile_get_user (profile), ==, tsm_profile_get_user (typed));
      g_assert_cmpint (tsm_profile_get_port (profile), ==, tsm_profile_get_port (typed));
    }
}

static void
test_url_with_password_is_not_stored (Fixture       *fixture,
                                      gconstpointer  data)
{
  static const char *const urls[] = {
    "redis://:hushhush@host",
    "redis://user:hushhush@host:6380/1",
    "unix://user:hushhush@/run/redis.sock",
    "redis://:hush%68ush@host",
  };

  store (fixture, "redis://before");
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      store (fixture, urls[i]);
      for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
        {
          g_autoptr(GVariant) value = g_settings_get_value (fixture->settings, keys[k]);
          g_autofree char *text = g_variant_print (value, FALSE);

          g_assert_null (strstr (text, "hush"));
          g_assert_null (strstr (text, "***"));
        }
      assert_url (fixture, "redis://before:6379");
    }
}

static void
test_window_size_is_kept (Fixture       *fixture,
                          gconstpointer  data)
{
  GtkWidget *window = gtk_window_new ();
  int width, height;

  gtk_window_set_default_size (GTK_WINDOW (window), 801, 602);
  tsm_settings_store_window (fixture->settings, GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (window), 1, 1);
  tsm_settings_restore_window (fixture->settings, GTK_WINDOW (window));
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 801);
  g_assert_cmpint (height, ==, 602);
  g_assert_false (gtk_window_is_maximized (GTK_WINDOW (window)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static char *
dup_typed (TsmWelcomePage *page)
{
  GString *texts = g_string_new (NULL);
  GtkWidget *box = gtk_widget_get_parent (widget_test_find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW));

  for (GtkWidget *row = gtk_widget_get_first_child (box); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (ADW_IS_ENTRY_ROW (row))
      g_string_append_printf (texts, "%s|", gtk_editable_get_text (GTK_EDITABLE (row)));
  return g_string_free (texts, FALSE);
}

static void
test_welcome_page_is_filled (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(TsmWelcomePage) page = g_object_ref_sink (g_object_new (TSM_TYPE_WELCOME_PAGE, NULL));
  const char *const channels[] = { "a:*", "b", NULL };
  g_autofree char *typed = NULL;

  g_settings_set_string (fixture->settings, "last-url", "redis://host.example:7000");
  g_settings_set_strv (fixture->settings, "channels", channels);
  tsm_settings_restore_welcome (fixture->settings, page);
  typed = dup_typed (page);
  g_assert_cmpstr (typed, ==, "redis://host.example:7000|a:* b|");
}

/* Without an installed schema the program starts all the same. */
static void
test_without_schema (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(TsmWelcomePage) page = g_object_ref_sink (g_object_new (TSM_TYPE_WELCOME_PAGE, NULL));
  g_autoptr(TsmProfile) profile = parse ("redis://host");
  GtkWidget *window = gtk_window_new ();
  g_autofree char *typed = NULL;

  tsm_settings_restore_window (NULL, GTK_WINDOW (window));
  tsm_settings_store_window (NULL, GTK_WINDOW (window));
  tsm_settings_store_profile (NULL, profile);
  tsm_settings_restore_welcome (NULL, page);
  typed = dup_typed (page);
  g_assert_cmpstr (typed, ==, TSM_PROFILE_DEFAULT_URL "|" TSM_PROFILE_DEFAULT_CHANNEL " " TSM_PROFILE_ERRORS_CHANNEL "|");
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(name, function) g_test_add ("/ui/settings/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  ui_test_init (&argc, &argv);
  ADD ("keys-are-all-known", test_keys_are_all_known);
  ADD ("profile-is-stored", test_profile_is_stored);
  ADD ("stored-url-is-a-url", test_stored_url_is_a_url);
  ADD ("url-with-password-is-not-stored", test_url_with_password_is_not_stored);
  ADD ("window-size-is-kept", test_window_size_is_kept);
  ADD ("welcome-page-is-filled", test_welcome_page_is_filled);
  ADD ("without-schema", test_without_schema);
  return g_test_run ();
}
