/* The part of an address that people go by.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-profile-name.h"

char *
tsm_profile_dup_short_name (TsmProfile *profile)
{
  g_return_val_if_fail (TSM_IS_PROFILE (profile), NULL);

  if (tsm_profile_get_socket_path (profile) != NULL)
    return g_path_get_basename (tsm_profile_get_socket_path (profile));
  if (tsm_profile_get_service (profile) != NULL)
    return g_strdup (tsm_profile_get_service (profile));

  return g_strdup (tsm_profile_get_host (profile));
}
