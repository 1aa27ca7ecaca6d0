/* TsmCliLink: tells on stderr what becomes of a connection, and ends the program where the first attempt fails.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/tsm-cli.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_CLI_LINK_SUBSCRIBER, /* the subcommand listens */
  TSM_CLI_LINK_COMMANDS,   /* it publishes */
  TSM_CLI_LINK_BOTH,
} TsmCliLinkKind;

typedef void (*TsmCliLinkReady) (gpointer user_data);

typedef struct _TsmCliLink TsmCliLink;

TsmCliLink *tsm_cli_link_new       (TsmCli          *cli,
                                    TsmConnection   *connection,
                                    TsmCliLinkKind   kind,
                                    TsmCliLinkReady  ready,
                                    gpointer         user_data);
void        tsm_cli_link_free      (TsmCliLink      *self);
gboolean    tsm_cli_link_was_ready (TsmCliLink      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmCliLink, tsm_cli_link_free)

G_END_DECLS
