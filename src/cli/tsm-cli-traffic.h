/* The options of what is simulated, shared by simulate and demo.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/tsm-cli.h"
#include "simulator/tsm-sim-fault.h"
#include "simulator/tsm-traffic.h"

G_BEGIN_DECLS

/* As typed; tsm_cli_traffic_check() turns it into options. */
typedef struct
{
  char   *dialect;
  double  rate;
  gint64  seed;
  gint64  n_sources;
  double  day_seconds;
  char   *fault;
} TsmCliTraffic;

#define TSM_CLI_TRAFFIC_DEFAULT ((TsmCliTraffic) { NULL, TSM_CLI_NO_NUMBER, TSM_CLI_NO_COUNT, TSM_CLI_NO_COUNT, TSM_CLI_NO_NUMBER, NULL })

void     tsm_cli_traffic_add_options (TsmCliTraffic      *self,
                                      TsmCli             *cli);
gboolean tsm_cli_traffic_check       (TsmCliTraffic      *self,
                                      TsmCli             *cli,
                                      TsmTrafficOptions  *options,
                                      const TsmSimFault **fault);
char    *tsm_cli_traffic_find_fault  (const char         *code,
                                      const TsmSimFault **fault);
void     tsm_cli_traffic_clear       (TsmCliTraffic      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmCliTraffic, tsm_cli_traffic_clear)

G_END_DECLS
