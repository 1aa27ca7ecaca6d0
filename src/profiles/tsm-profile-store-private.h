/* The inside of the store, for the files that make it up: the list, and what is on the disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "profiles/tsm-profile-change.h"
#include "profiles/tsm-profile-file.h"
#include "profiles/tsm-profile-store.h"

G_BEGIN_DECLS

struct _TsmProfileStore
{
  GObject           parent_instance;

  /* The list. */
  GPtrArray        *profiles;       /* n_own of the user, then the managed ones */
  guint             n_own;
  GPtrArray        *managed;        /* as they stand in their files */
  char             *active;         /* as the user chose; need not be in the list */
  char             *managed_active; /* as the administrator chose, under the id that it has in the list */

  /* The disk. */
  char             *path;
  char            **system_dirs;
  gboolean          is_loaded;
  gboolean          is_managed_new; /* the administrator has changed something since they were read */
  GPtrArray        *problems;
  GKeyFile         *before;         /* the user's file as it was read last */
  GPtrArray        *kept;           /* names of its groups that are in no profile of the list, but stay in the file */
  char             *managed_wish;   /* the administrator's choice, under the id of its file */
  GBytes           *known;          /* what the user's file holds as far as we know; NULL for none */
  GPtrArray        *pending;        /* of TsmProfileChange: made to the list, and not known to be in the file */
  TsmProfileFile   *file;
  guint64           serial;
  TsmProfileBackup  backup;
  GPtrArray        *monitors;       /* of the files and folders that may change */
  guint             reload_id;
  guint             write_id;
  gboolean          is_writing;
  gboolean          is_unwritten;
};

/* The list. Emits what has changed. */
void        tsm_profile_store_set_own  (TsmProfileStore *self,
                                        GPtrArray       *own,
                                        const char      *active);
void        tsm_profile_store_report   (TsmProfileStore *self,
                                        const char      *message);

/* The disk. */
void        tsm_profile_store_refresh     (TsmProfileStore *self);
void        tsm_profile_store_reload_soon (TsmProfileStore *self);
void        tsm_profile_store_touch       (TsmProfileStore *self);
void        tsm_profile_store_close       (TsmProfileStore *self);

/* The administrator's files. */
void        tsm_profile_store_read_managed  (TsmProfileStore *self);
void        tsm_profile_store_watch_managed (TsmProfileStore *self);

/* Names that are taken, folded. */
GHashTable *tsm_profile_names_new      (void);
void        tsm_profile_names_add      (GHashTable *names,
                                        const char *name);
char       *tsm_profile_names_dup_free (GHashTable *names,
                                        const char *wanted);

G_END_DECLS
