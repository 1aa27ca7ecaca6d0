/* TsmDoor: finds out whether we may use the control channel, by asking to subscribe to it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may subscribe to a channel may publish there, as far as channels are concerned. It lasts a moment, and is for where it cannot
 * be told otherwise: meanwhile we count as one who listens to commands.
 */

#include "diagnosis/tsm-door.h"

struct _TsmDoor
{
  TsmConnection  *connection;
  TsmExamination *examination;
};

static void
changed_cb (TsmDoor *self)
{
  const GError *error = tsm_connection_get_error (self->connection);
  TsmLinkState state = tsm_connection_get_subscriber_state (self->connection);

  if (g_error_matches (error, TSM_LINK_ERROR, TSM_LINK_ERROR_NO_PERMISSION) && state == TSM_LINK_SUBSCRIBING)
    {
      g_free (self->examination->control_error);
      self->examination->control_error = g_strdup (error->message);
    }
  if (error != NULL || state == TSM_LINK_READY)
    tsm_connection_stop (self->connection);
}

TsmDoor *
tsm_door_new (TsmProfile     *profile,
              TsmExamination *examination)
{
  g_autoptr (TsmProfile) copy = tsm_profile_copy (profile);
  const char *channels[] = { tsm_profile_get_control_channel (profile), NULL };
  TsmDoor *self = g_new0 (TsmDoor, 1);

  tsm_profile_set_channels (copy, channels);
  self->examination = tsm_examination_ref (examination);
  self->connection = tsm_connection_new_without_probe (copy);
  g_signal_connect_swapped (self->connection, "state-changed", G_CALLBACK (changed_cb), self);
  tsm_connection_start (self->connection);
  return self;
}

void
tsm_door_free (TsmDoor *self)
{
  g_signal_handlers_disconnect_by_data (self->connection, self);
  tsm_connection_stop (self->connection);
  g_object_unref (self->connection);
  tsm_examination_unref (self->examination);
  g_free (self);
}
