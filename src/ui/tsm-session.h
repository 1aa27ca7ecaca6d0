/* TsmSession: the connection that is open in a window, and the way to another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     open ─▸ old monitor dropped, new one shown ─▸ password from the keyring ─▸ started
 *
 * Only one is ever open: opening another, or closing, ends whatever the one before still waited for.
 */

#pragma once

#include "monitor/tsm-monitor.h"
#include "profiles/tsm-profile-store.h"
#include "profiles/tsm-secrets.h"

G_BEGIN_DECLS

#define TSM_TYPE_SESSION (tsm_session_get_type ())
G_DECLARE_FINAL_TYPE (TsmSession, tsm_session, TSM, SESSION, GObject)

/* Signals:
 *   "opened" ()                    another monitor, or none, stands in place of the one before
 *   "changed" ()                   the password is waited for, or has arrived, or a name or colour is another
 *   "message" (const char *text)   something to tell the user once; plain, translated
 */

TsmSession      *tsm_session_new             (TsmProfileStore *store,
                                              TsmSecrets      *secrets);
TsmProfileStore *tsm_session_get_store       (TsmSession      *self);
TsmSecrets      *tsm_session_get_secrets     (TsmSession      *self);
TsmMonitor      *tsm_session_get_monitor     (TsmSession      *self); /* (nullable) */
TsmProfile      *tsm_session_get_profile     (TsmSession      *self); /* (nullable): as it is connected to */
const char      *tsm_session_get_name        (TsmSession      *self); /* (nullable) */
gboolean         tsm_session_is_saved        (TsmSession      *self); /* what is open is in the store */
gboolean         tsm_session_is_waiting      (TsmSession      *self); /* for the keyring */

/* Keeps a copy. @name: (nullable): what to call one that has no name */
void             tsm_session_open            (TsmSession      *self,
                                              TsmProfile      *profile,
                                              const char      *name);
void             tsm_session_close           (TsmSession      *self);
/* Adds @profile to the store, or puts it in the place of the one with its id; what is open is opened anew where it differs. */
void             tsm_session_save            (TsmSession      *self,
                                              TsmProfile      *profile,
                                              gboolean         with_password);
void             tsm_session_set_password    (TsmSession      *self,
                                              const char      *password); /* of what is open, which tries again with it */
void             tsm_session_retry           (TsmSession      *self); /* at once, and without waiting for the keyring */

/* What to open at start: @url or @name, which may be NULL, else the active one, else that of the environment. NULL without
 * @error where there is none. */
TsmProfile      *tsm_session_find_start      (TsmSession      *self,
                                              const char      *url,
                                              const char      *name,
                                              GError         **error);

G_END_DECLS
