/* A profile from the REDIS_… variables of a .env file or of the environment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "profiles/tsm-env-file.h"
#include "redis/tsm-profile.h"

G_BEGIN_DECLS

typedef TsmEnvVariable (*TsmEnvironmentLookup) (gpointer    data,
                                                const char *name);

TsmProfile *tsm_profile_environment_read (TsmEnvironmentLookup  lookup,
                                          gpointer              data,
                                          GPtrArray            *problems);

G_END_DECLS
