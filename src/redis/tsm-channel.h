/* TsmChannel: one subscription and what came by it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsmChannel:
 * @name: as the profile has it
 * @wire_name: as the server is asked for it; for a plain channel without the backslashes that escape * ? [
 * @acknowledged: on the present link
 * @refusal: (nullable): the server's words when it refused it on the present link, or on one that was closed only because
 *   of a refusal
 * @messages: received since the connection was made
 * @last_received: monotonic µs, 0 for never
 */
typedef struct
{
  char       *name;
  GRefString *wire_name;
  gboolean    is_pattern;
  gboolean    acknowledged;
  char       *refusal;
  guint64     messages;
  gint64      last_received;
} TsmChannel;

TsmChannel *tsm_channel_new         (const char *name);
void        tsm_channel_free        (TsmChannel *self);
void        tsm_channel_reset       (TsmChannel *self);
const char *tsm_channel_get_command (TsmChannel *self);
gboolean    tsm_channel_is_pattern  (const char *name);

G_END_DECLS
