/* What the parts of the subcommand `profiles` share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/tsm-cli-server.h"

G_BEGIN_DECLS

/* What was typed. */
typedef struct
{
  TsmCli           *cli;
  TsmProfileStore  *store;
  gboolean          json;
  gboolean          replace;
  char             *output;   /* (nullable) */
  char            **settings; /* (nullable): "key=value" */
} TsmCliProfiles;

/* Each takes the arguments after its own name. */
TsmCliStatus tsm_cli_profiles_import (TsmCliProfiles  *self,
                                      char           **arguments);
TsmCliStatus tsm_cli_profiles_export (TsmCliProfiles  *self,
                                      char           **arguments);
TsmCliStatus tsm_cli_profiles_test   (TsmCliProfiles  *self,
                                      char           **arguments);

/* Tells on standard output. */
void         tsm_cli_profiles_print  (TsmCliProfiles  *self,
                                      const char      *format,
                                      ...) G_GNUC_PRINTF (2, 3);
/* FINE once everything is on the disk. */
TsmCliStatus tsm_cli_profiles_save   (TsmCliProfiles  *self);
/* FAULT where the keyring does not keep it, which has been said. */
TsmCliStatus tsm_cli_profiles_keep   (TsmCliProfiles  *self,
                                      TsmProfile      *profile);

G_END_DECLS
