/* Which server a subcommand uses: --url, --profile, the active profile, the environment, or the default address.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/tsm-cli.h"
#include "profiles/tsm-profile-store.h"
#include "profiles/tsm-secrets.h"

G_BEGIN_DECLS

TsmProfileStore *tsm_cli_get_store          (TsmCli             *self);
void             tsm_cli_say_problems       (TsmCli             *self);
TsmProfile      *tsm_cli_find_profile       (TsmCli             *self,
                                             const char         *name_or_id);

/* Like tsm_cli_new_profile(): NULL where the status is set and all has been said. */
TsmProfile      *tsm_cli_new_engine_profile (TsmCli             *self);
TsmProfile      *tsm_cli_open_profile       (TsmCli             *self,
                                             TsmProfile         *profile);
gboolean         tsm_cli_may_send           (TsmCli             *self,
                                             TsmProfile         *profile);

/* Passwords. */
gboolean         tsm_cli_store_password     (TsmCli             *self,
                                             TsmProfile         *profile,
                                             TsmSecretPlace     *place);
void             tsm_cli_say_trouble        (TsmCli             *self);
void             tsm_cli_close_server       (TsmCli             *self);

G_END_DECLS
