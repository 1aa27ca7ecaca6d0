/* TsmEnvFile: the variables of a .env file, as the dialects of shells, Docker and python-dotenv write them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSM_ENV_FILE_MAX_VALUE 4096 /* bytes */

/**
 * TsmEnvVariable:
 * @value: (nullable): NULL where it could not be understood
 * @line: where it stands, from 1; 0 outside a file
 */
typedef struct
{
  char  *value;
  guint  line;
} TsmEnvVariable;

typedef struct _TsmEnvFile TsmEnvFile;

TsmEnvFile           *tsm_env_file_parse  (const char *text,
                                           gsize       length,
                                           GArray     *wrong_lines);
void                  tsm_env_file_free   (TsmEnvFile *self);
const TsmEnvVariable *tsm_env_file_lookup (TsmEnvFile *self,
                                           const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmEnvFile, tsm_env_file_free)

G_END_DECLS
