/* Profiles from and to other forms: keyfile, JSON, a .env file, the environment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

#define TSM_PROFILE_EXCHANGE_MAX_SIZE     (1024 * 1024) /* bytes of a file */
#define TSM_PROFILE_EXCHANGE_MAX_PROFILES 1000

/**
 * TsmProfileImport:
 * @profiles: (element-type TsmProfile): what was understood; a password found in a .env file or in an address is on the
 *   profile, to be put into the keyring by who adds it
 * @problems: (element-type utf8): a sentence for each line or member that was left out, with its number or name; plain,
 *   translated, without any password
 * @active: (nullable): id of the one marked as active
 */
typedef struct
{
  GPtrArray *profiles;
  GPtrArray *problems;
  char      *active;
} TsmProfileImport;

void              tsm_profile_import_free     (TsmProfileImport    *self);
void              tsm_profile_import_add      (TsmProfileImport    *self,
                                               TsmProfile          *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmProfileImport, tsm_profile_import_free)

/* The form is told by the text itself: "{" begins JSON, "[" a keyfile, else it is a .env file. NULL with @error set where
 * nothing can be understood at all. @name: what a profile without a name is called, see tsm_profile_import_dup_name(). */
TsmProfileImport *tsm_profile_import_text     (const char          *text,
                                               gsize                length,
                                               const char          *name,
                                               GError             **error);
char             *tsm_profile_import_dup_name (const char          *path);
/* From REDIS_HOST, REDIS_PORT, REDIS_DB, REDIS_USERNAME, REDIS_PASSWORD, REDIS_URL, REDIS_MONITORING_CHANNEL; NULL where none of
 * REDIS_HOST and REDIS_URL is set. @get: (nullable): NULL for g_getenv(). */
TsmProfile       *tsm_profile_import_environment (const char     *(*get) (const char *name),
                                                  GPtrArray        *problems);

char             *tsm_profile_export_keyfile  (GPtrArray           *profiles,
                                               const char          *active);
char             *tsm_profile_export_json     (GPtrArray           *profiles,
                                               const char          *active);

G_END_DECLS
