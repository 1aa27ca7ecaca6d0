/* Why a link ended: from the words of the server or the system to a TsmLinkError with a sentence for the user.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-connection.h"

G_BEGIN_DECLS

GError *tsm_link_error_new              (TsmLinkError  code,
                                         const char   *words);
GError *tsm_link_error_new_from_server  (const char   *words,
                                         const char   *secret);
GError *tsm_link_error_new_from_system  (const GError *error);
GError *tsm_link_error_new_from_hiredis (int           err,
                                         const char   *words,
                                         const char   *secret);
GError *tsm_link_error_new_from_tls     (const GError *error,
                                         GTlsCertificateFlags faults);
GError *tsm_link_error_new_from_end     (TsmLinkState  state,
                                         int           err,
                                         const char   *words,
                                         const GError *cause,
                                         const char   *secret);

G_END_DECLS
