/* TsmProfileStore: the named connections of the user, and those of the administrator.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GListModel of TsmProfile: the user's in their order, then the managed ones. The user's stand in one keyfile, which is
 * written anew, atomically, after each change; the managed ones in keyfiles of the same form in
 * <config dir>/tickstock-monitor/profiles.d/ (name ends in .profile), for each of g_get_system_config_dirs(). A profile in the
 * list is never changed in place: it is replaced. No password is ever written here.
 *
 * No two profiles have the same name or id. A managed one gets out of the way of the user's: its id becomes "ID.managed", and its
 * name gets a number, for as long as they clash.
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

#define TSM_TYPE_PROFILE_STORE (tsm_profile_store_get_type ())
G_DECLARE_FINAL_TYPE (TsmProfileStore, tsm_profile_store, TSM, PROFILE_STORE, GObject)

/* Signals:
 *   "problem" (const char *message)  a file could not be read or written, or has a wrong line; plain, translated. Nothing
 *                                    of a file that cannot be understood is overwritten without a copy beside it.
 *   "active-changed" ()
 */

/* @path: (nullable): the user's file; NULL for g_get_user_config_dir ()/tickstock-monitor/profiles.
 * @system_dirs: (nullable): NULL for those of g_get_system_config_dirs ().
 * Not loaded yet. */
TsmProfileStore *tsm_profile_store_new        (const char          *path,
                                               const char * const  *system_dirs);
void             tsm_profile_store_load       (TsmProfileStore     *self); /* and watches the files from then on */
GPtrArray       *tsm_profile_store_get_problems (TsmProfileStore   *self); /* (element-type utf8) of the last load */

guint            tsm_profile_store_get_n_own  (TsmProfileStore     *self); /* the first so many are the user's */
TsmProfile      *tsm_profile_store_lookup     (TsmProfileStore     *self,
                                               const char          *id); /* (transfer none) (nullable) */
TsmProfile      *tsm_profile_store_find       (TsmProfileStore     *self,
                                               const char          *name_or_id); /* name without regard to case */
gboolean         tsm_profile_store_get_index  (TsmProfileStore     *self,
                                               const char          *id,
                                               guint               *index);
char            *tsm_profile_store_dup_free_name (TsmProfileStore  *self,
                                                  const char       *wanted); /* "Production", else "Production 2", … */

/* Changes; each is written at once (asynchronously in the window, see flush). A name that is taken, or empty, is made one that is free. */
TsmProfile      *tsm_profile_store_insert     (TsmProfileStore     *self,
                                               TsmProfile          *profile,
                                               guint                index); /* among the user's; more is the end; (transfer none): the copy */
void             tsm_profile_store_replace    (TsmProfileStore     *self,
                                               TsmProfile          *profile); /* the one of the same id */
TsmProfile      *tsm_profile_store_duplicate  (TsmProfileStore     *self,
                                               const char          *id); /* after the original, or last for a managed one; (transfer none) */
TsmProfile      *tsm_profile_store_remove     (TsmProfileStore     *self,
                                               const char          *id); /* (transfer full): for undo, with insert */
void             tsm_profile_store_move       (TsmProfileStore     *self,
                                               const char          *id,
                                               guint                index);
gboolean         tsm_profile_store_flush      (TsmProfileStore     *self,
                                               GError             **error); /* writes what is not written yet, and waits */

const char      *tsm_profile_store_get_active (TsmProfileStore     *self); /* id of the one to connect to at start, or NULL */
void             tsm_profile_store_set_active (TsmProfileStore     *self,
                                               const char          *id); /* (nullable) */

G_END_DECLS
