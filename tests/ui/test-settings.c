/* Tests of tsm-settings: what is remembered, and what versions before left behind. Needs the schema of the build.
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
test_last_address_is_taken_once (Fixture       *fixture,
                                 gconstpointer  data)
{
  const char *const channels[] = { "a:*", "b", NULL };
  g_autoptr(TsmProfile) profile = NULL;

  g_settings_set_string (fixture->settings, "last-url", "redis://watcher@host.example:7000/2");
  g_settings_set_strv (fixture->settings, "channels", channels);
  profile = tsm_settings_take_last (fixture->settings);
  g_assert_nonnull (profile);
  g_assert_cmpstr (tsm_profile_get_host (profile), ==, "host.example");
  g_assert_cmpstr (tsm_profile_get_user (profile), ==, "watcher");
  g_assert_true (g_strv_equal (tsm_profile_get_channels (profile), channels));

  g_assert_null (tsm_settings_take_last (fixture->settings));
  for (guint i = 0; i < 2; i++)
    g_assert_null (g_settings_get_user_value (fixture->settings, keys[i]));
}

/* The default address of the schema is nothing that a user ever connected to. */
static void
test_nothing_is_taken_on_a_new_account (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_assert_null (tsm_settings_take_last (fixture->settings));
}

static void
test_wrong_last_address_is_dropped (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_settings_set_string (fixture->settings, "last-url", "http://host");
  g_assert_null (tsm_settings_take_last (fixture->settings));
  g_assert_null (g_settings_get_user_value (fixture->settings, "last-url"));
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

/* Without an installed schema the program starts all the same. */
static void
test_without_schema (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkWidget *window = gtk_window_new ();

  tsm_settings_restore_window (NULL, GTK_WINDOW (window));
  tsm_settings_store_window (NULL, GTK_WINDOW (window));
  g_assert_null (tsm_settings_take_last (NULL));
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
  ADD ("last-address-is-taken-once", test_last_address_is_taken_once);
  ADD ("nothing-is-taken-on-a-new-account", test_nothing_is_taken_on_a_new_account);
  ADD ("wrong-last-address-is-dropped", test_wrong_last_address_is_dropped);
  ADD ("window-size-is-kept", test_window_size_is_kept);
  ADD ("without-schema", test_without_schema);
  return g_test_run ();
}
