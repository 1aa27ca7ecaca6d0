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

void
tsm_settings_restore_welcome (GSettings      *settings,
                              TsmWelcomePage *page)
{
  static const char *const default_channels[] = { TSM_PROFILE_DEFAULT_CHANNEL, TSM_PROFILE_ERRORS_CHANNEL, NULL };
  g_autofree char *url = settings != NULL ? g_settings_get_string (settings, "last-url") : g_strdup (TSM_PROFILE_DEFAULT_URL);
  g_auto(GStrv) channels = settings != NULL ? g_settings_get_strv (settings, "channels") : NULL;

  tsm_welcome_page_set_url (page, url);
  tsm_welcome_page_set_channels (page, channels != NULL ? (const char *const *) channels : default_channels);
}

void
tsm_settings_store_profile (GSettings  *settings,
                            TsmProfile *profile)
{
  g_autofree char *url = NULL;

  if (settings == NULL)
    return;

  g_settings_set_strv (settings, "channels", tsm_profile_get_channels (profile));
  if (tsm_profile_get_password (profile) != NULL)
    return;
  url = tsm_profile_dup_display_url (profile);
  g_settings_set_string (settings, "last-url", url);
}
