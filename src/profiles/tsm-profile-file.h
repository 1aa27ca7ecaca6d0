/* TsmProfileFile: reads and replaces one small file, whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TsmProfileBackup:
 * @TSM_PROFILE_BACKUP_NONE: what is there may be overwritten
 * @TSM_PROFILE_BACKUP_COPY: after a copy of it, without passwords, was put beside it
 * @TSM_PROFILE_BACKUP_MOVE: after it was moved out of the way, because it cannot be read
 */
typedef enum
{
  TSM_PROFILE_BACKUP_NONE,
  TSM_PROFILE_BACKUP_COPY,
  TSM_PROFILE_BACKUP_MOVE,
} TsmProfileBackup;

typedef struct _TsmProfileFile TsmProfileFile;

/* Reading. */
GBytes         *tsm_profile_file_read  (const char        *path,
                                        GError           **error);

/* Writing. All but new may be called in any thread. */
TsmProfileFile *tsm_profile_file_new   (const char        *path);
TsmProfileFile *tsm_profile_file_ref   (TsmProfileFile    *self);
void            tsm_profile_file_unref (TsmProfileFile    *self);
gboolean        tsm_profile_file_write (TsmProfileFile    *self,
                                        GBytes            *contents,
                                        GBytes            *base,
                                        guint64            serial,
                                        TsmProfileBackup   backup,
                                        GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmProfileFile, tsm_profile_file_unref)

G_END_DECLS
