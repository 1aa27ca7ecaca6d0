/* Profiles in JSON, with the keys of the keyfile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     {"format": "tickstock-monitor-profiles", "version": 1, "active": "ID",
 *      "profiles": [{"id": "ID", "name": "Production", "url": "rediss://10.0.0.5:6380", "read-only": true}]}
 */

#pragma once

#include "profiles/tsm-profile-exchange.h"

G_BEGIN_DECLS

gboolean  tsm_profile_json_read  (TsmProfileImport  *import,
                                  const char        *text,
                                  gsize              length,
                                  GError           **error);
char     *tsm_profile_json_write (GPtrArray         *profiles,
                                  const char        *active);

G_END_DECLS
