/* TsmServerInfo: from the text of INFO.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-connection.h"

G_BEGIN_DECLS

TsmServerInfo *tsm_server_info_new  (void);
void           tsm_server_info_read (TsmServerInfo *self,
                                     const char    *text);
void           tsm_server_info_free (TsmServerInfo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmServerInfo, tsm_server_info_free)

G_END_DECLS
