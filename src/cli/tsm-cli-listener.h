/* TsmCliListener: what watch and record have in common: they listen, for a time or a number of messages, and take each one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/tsm-cli.h"

G_BEGIN_DECLS

/**
 * TsmCliListenerFuncs:
 * @ready: (nullable): the server has answered; FALSE where nothing can be taken, for which the loop was ended
 * @take: a message has come; FALSE where no more can be taken, for which the loop was ended
 */
typedef struct
{
  gboolean (*ready) (gpointer    user_data);
  gboolean (*take)  (TsmMessage *message,
                     gpointer    user_data);
} TsmCliListenerFuncs;

/**
 * TsmCliListener:
 * @count: messages, of --count; %TSM_CLI_NO_COUNT for no end
 * @seconds: of --for; %TSM_CLI_NO_NUMBER for no end
 * @channels: (nullable): of --channel
 * @time_is_up: whether that was the end
 */
typedef struct
{
  TsmCli                    *cli;
  gint64                     count;
  double                     seconds;
  char                     **channels;
  gboolean                   time_is_up;

  const TsmCliListenerFuncs *funcs;
  gpointer                   user_data;
  TsmConnection             *connection;
  gboolean                   is_open; /* messages may be taken */
  guint                      drain_id;
  guint                      end_id;
} TsmCliListener;

#define TSM_CLI_LISTENER_DEFAULT(cli) ((TsmCliListener) { cli, TSM_CLI_NO_COUNT, TSM_CLI_NO_NUMBER, NULL })

void     tsm_cli_listener_add_options (TsmCliListener            *self);
gboolean tsm_cli_listener_check       (TsmCliListener            *self);
gboolean tsm_cli_listener_run         (TsmCliListener            *self,
                                       const TsmCliListenerFuncs *funcs,
                                       gpointer                   user_data);
void     tsm_cli_listener_take_rest   (TsmCliListener            *self);
gboolean tsm_cli_listener_is_complete (TsmCliListener            *self,
                                       guint64                    n_taken);
void     tsm_cli_listener_clear       (TsmCliListener            *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmCliListener, tsm_cli_listener_clear)

G_END_DECLS
