/* SYSTEM_STATUS: what the engine says about its own life.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-decode.h"

void
tsm_decode_status (TsmReader *reader)
{
  TsmStatusData *data = &reader->event->body.status;
  const TsmJsonToken *body = reader->body;
  g_autofree char *status = tsm_reader_text (reader, body, "status", TSM_MAX_NAME);

  if (status == NULL)
    tsm_reader_note_missing (reader, body, "status");
  else
    reader->is_b |= g_ascii_islower (*status);

  data->status = g_ascii_strup (status != NULL ? status : "UNKNOWN", -1);
  data->message = tsm_reader_text (reader, body, "message", TSM_MAX_TEXT);
  data->uptime_seconds = tsm_reader_number (reader, body, "uptime_seconds", 0, G_MAXDOUBLE);
  data->events_published = tsm_reader_number (reader, body, "events_published", 0, G_MAXDOUBLE);
  data->details = tsm_reader_details (reader, body, "details");
}
