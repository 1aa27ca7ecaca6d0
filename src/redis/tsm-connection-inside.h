/* The inside of a connection, for the files that make it up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-command-link.h"
#include "redis/tsm-connection-private.h"
#include "redis/tsm-probe.h"
#include "redis/tsm-subscriber.h"
#include "redis/tsm-wake.h"

G_BEGIN_DECLS

struct _TsmConnection
{
  GObject         parent_instance;

  TsmProfile     *profile;
  GMainContext   *context;
  TsmTiming       timing;

  TsmSubscriber  *subscriber;
  TsmCommandLink *command_link;
  TsmProbe       *probe; /* (nullable) */
  TsmWake        *wake; /* while started */
  TsmServerInfo  *server_info;
  GError         *last_error;
  char           *primary;  /* "host:port" that the sentinels named last */
  char           *move;     /* a sentence */
  guint           n_moves;
  guint64         n_published;

  GSource        *news;
  gboolean        changed;
  gboolean        queued;
};

G_END_DECLS
