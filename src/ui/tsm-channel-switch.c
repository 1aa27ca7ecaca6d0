/* From a connection to the same one that listens to another channel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-channel-switch.h"

#include "diagnosis/tsm-likeness.h"

/**
 * tsm_channel_switch:
 * @profile: a connection
 * @channel: what it should listen to
 *
 * Returns: (transfer full): the connection as it would be then
 */
TsmProfile *
tsm_channel_switch (TsmProfile *profile,
                    const char *channel)
{
  TsmProfile *copy;
  g_auto (GStrv) channels = NULL;
  guint place;

  g_return_val_if_fail (TSM_IS_PROFILE (profile) && channel != NULL, NULL);

  copy = tsm_profile_copy (profile);
  channels = g_strdupv ((char **) tsm_profile_get_channels (profile));
  if (channels[0] == NULL || g_strv_contains ((const char * const *) channels, channel))
    return copy;

  place = tsm_find_most_alike ((const char * const *) channels, channel, NULL, NULL);
  g_free (channels[place]);
  channels[place] = g_strdup (channel);
  tsm_profile_set_channels (copy, (const char * const *) channels);
  /* Where commands go is another matter, and may be right. */
  if (g_strcmp0 (tsm_profile_get_control_channel (copy), tsm_profile_get_control_channel (profile)) != 0)
    tsm_profile_set_control_channel (copy, tsm_profile_get_control_channel (profile));
  return copy;
}
