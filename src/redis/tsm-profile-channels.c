/* What a profile listens to, and where its commands go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-profile-private.h"

/**
 * tsm_profile_get_channels:
 * @self: a profile
 *
 * Returns: (array zero-terminated=1): the channels to listen to; see tsm_channel_is_pattern()
 */
const char * const *
tsm_profile_get_channels (TsmProfile *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  return (const char * const *) self->channels;
}

/**
 * tsm_profile_set_channels:
 * @self: a profile
 * @channels: (array zero-terminated=1): names and glob patterns; empty and repeated ones are left out
 *
 * Sets what to listen to. The control channel becomes the first of them + ":control", unless it was set by
 * tsm_profile_set_control_channel(). A running connection takes them up when it is started again.
 */
void
tsm_profile_set_channels (TsmProfile         *self,
                          const char * const *channels)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  g_return_if_fail (TSM_IS_PROFILE (self));
  g_return_if_fail (channels != NULL);

  for (; *channels != NULL; channels++)
    if (**channels != '\0' && !g_ptr_array_find_with_equal_func (kept, *channels, g_str_equal, NULL))
      g_ptr_array_add (kept, g_strdup (*channels));
  g_ptr_array_add (kept, NULL);

  g_strfreev (self->channels);
  self->channels = (char **) g_ptr_array_steal (kept, NULL);

  g_free (self->derived_control);
  self->derived_control = g_strconcat (self->channels[0] != NULL ? self->channels[0] : TSM_PROFILE_DEFAULT_CHANNEL,
                                       ":control", NULL);
}

/**
 * tsm_profile_get_control_channel:
 * @self: a profile
 *
 * Returns: the channel that commands are published on
 */
const char *
tsm_profile_get_control_channel (TsmProfile *self)
{
  const char *control;

  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);

  control = self->texts[TSM_PROFILE_CONTROL_CHANNEL];
  return control != NULL ? control : self->derived_control;
}

/**
 * tsm_profile_set_control_channel:
 * @self: a profile
 * @channel: (nullable): the channel that commands are published on; %NULL or "" for the first channel + ":control"
 *
 * Sets the control channel.
 */
void
tsm_profile_set_control_channel (TsmProfile *self,
                                 const char *channel)
{
  g_return_if_fail (TSM_IS_PROFILE (self));

  tsm_profile_take_text (self, TSM_PROFILE_CONTROL_CHANNEL, g_strdup (channel));
}
