/* TsmSecrets: the passwords of profiles, in the Secret Service.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where there is no Secret Service, or it refuses, a password is kept in memory for this run only, and that is said.
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

#define TSM_TYPE_SECRETS (tsm_secrets_get_type ())
G_DECLARE_FINAL_TYPE (TsmSecrets, tsm_secrets, TSM, SECRETS, GObject)

/**
 * TsmSecretPlace:
 * @TSM_SECRET_NONE: there is no password
 * @TSM_SECRET_KEYRING: it is in the Secret Service
 * @TSM_SECRET_THIS_RUN: it is kept until the program ends
 */
typedef enum
{
  TSM_SECRET_NONE,
  TSM_SECRET_KEYRING,
  TSM_SECRET_THIS_RUN,
} TsmSecretPlace;

TsmSecrets     *tsm_secrets_new           (void);

/* Puts the password that is kept for the profile's id onto @profile. Never fails for want of a keyring: then
 * tsm_secrets_get_trouble() says why. A profile that has a password already is left as it is. Returns where it was found. */
void            tsm_secrets_load_async    (TsmSecrets          *self,
                                           TsmProfile          *profile,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
TsmSecretPlace  tsm_secrets_load_finish   (TsmSecrets          *self,
                                           GAsyncResult        *result,
                                           GError             **error); /* G_IO_ERROR_CANCELLED only */

/* Keeps the password that is on @profile, or forgets what is kept where it has none. */
void            tsm_secrets_store_async   (TsmSecrets          *self,
                                           TsmProfile          *profile,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
TsmSecretPlace  tsm_secrets_store_finish  (TsmSecrets          *self,
                                           GAsyncResult        *result,
                                           GError             **error);

void            tsm_secrets_forget        (TsmSecrets          *self,
                                           const char          *id); /* of a profile that is gone for good */
gboolean        tsm_secrets_has_for_this_run (TsmSecrets       *self,
                                              const char       *id);
const char     *tsm_secrets_get_trouble   (TsmSecrets          *self); /* why the keyring is not used; plain, translated; NULL when it works or was not tried */

G_END_DECLS
