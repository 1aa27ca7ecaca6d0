/* Profiles in a keyfile: one group each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     [TickStock Monitor]
 *     version=1
 *     active=ID
 *
 *     [Profile ID]
 *     name=Production
 *     url=rediss://monitor@10.0.0.5:6380
 *     channels=tickstock:monitoring;tickstock:errors;
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

#define TSM_PROFILE_KEYFILE_GROUP   "TickStock Monitor"
#define TSM_PROFILE_KEYFILE_VERSION 1

/**
 * TsmProfileReader:
 * @origin: (nullable): the file, as problems name it
 * @problems: (nullable) (element-type utf8): what was wrong
 * @is_import: the profiles are to be added elsewhere: unknown keys are lost, and passwords in addresses are welcome
 * @has_losses: (out): something would not be written again as it stood
 */
typedef struct
{
  const char *origin;
  GPtrArray  *problems;
  gboolean    is_import;
  gboolean    has_losses;
} TsmProfileReader;

/* Reading. */
GKeyFile   *tsm_profile_keyfile_parse      (const char       *text,
                                            gsize             length,
                                            TsmProfileReader *reader);
gboolean    tsm_profile_keyfile_is_profile (const char       *group,
                                            const char      **id);
TsmProfile *tsm_profile_keyfile_read       (GKeyFile         *file,
                                            const char       *group,
                                            TsmProfileReader *reader);
char       *tsm_profile_keyfile_dup_active (GKeyFile         *file);

/* Writing. */
void        tsm_profile_keyfile_begin      (GKeyFile         *to,
                                            GKeyFile         *before,
                                            const char       *active);
void        tsm_profile_keyfile_write      (GKeyFile         *to,
                                            GKeyFile         *before,
                                            TsmProfile       *profile);
void        tsm_profile_keyfile_keep       (GKeyFile         *to,
                                            GKeyFile         *before,
                                            const char       *group);

G_END_DECLS
