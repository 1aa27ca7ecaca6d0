/* What the program remembers between two runs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-settings.h"

#define DEFAULT_WIDTH  1280
#define DEFAULT_HEIGHT 860

GSettings *
tsm_settings_open (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

void
tsm_settings_restore_window (GSettings *settings,
                             GtkWindow *window)
{
  if (settings == NULL)
    {
      gtk_window_set_default_size (window, DEFAULT_WIDTH, DEFAULT_HEIGHT);
      return;
    }

  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

void
tsm_settings_store_window (GSettings *settings,
                           GtkWindow *window)
{
  int width, height;

  if (settings == NULL)
    return;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
}

static gboolean
is_set (GSettings  *settings,
        const char *key)
{
  g_autoptr(GVariant) value = g_settings_get_user_value (settings, key);

  return value != NULL;
}

/**
 * tsm_settings_take_last:
 * @settings: (nullable): the settings
 *
 * What versions without profiles remembered of the last connection, once: it is forgotten here then.
 *
 * Returns: (transfer full) (nullable): a profile without a name, or %NULL where there is nothing to take over
 */
TsmProfile *
tsm_settings_take_last (GSettings *settings)
{
  g_autofree char *url = NULL;
  g_auto(GStrv) channels = NULL;
  TsmProfile *profile;

  if (settings == NULL || !is_set (settings, "last-url"))
    return NULL;

  url = g_settings_get_string (settings, "last-url");
  channels = g_settings_get_strv (settings, "channels");
  profile = tsm_profile_new_from_url (url, NULL);
  if (profile != NULL && channels[0] != NULL)
    tsm_profile_set_channels (profile, (const char *const *) channels);
  g_settings_reset (settings, "last-url");
  g_settings_reset (settings, "channels");
  return profile;
}
