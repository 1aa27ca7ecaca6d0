/* TsmCommandLink: the link that commands, each with an answer of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-link.h"

G_BEGIN_DECLS

typedef struct _TsmCommandLink TsmCommandLink;

/**
 * TsmCommandLinkFuncs:
 * @greeted: what the server says of itself; (transfer full)
 * @changed: the link
 *
 * What a command link tells its owner, who must not free it here.
 */
typedef struct
{
  void (*greeted) (TsmServerInfo *info,
                   gpointer       owner);
  void (*changed) (gpointer       owner);
} TsmCommandLinkFuncs;

TsmCommandLink *tsm_command_link_new      (TsmProfile                *profile,
                                           GMainContext              *context,
                                           const TsmTiming           *timing,
                                           const TsmCommandLinkFuncs *funcs,
                                           gpointer                   owner);
void            tsm_command_link_free     (TsmCommandLink            *self);

TsmLink        *tsm_command_link_get_link (TsmCommandLink            *self);
void            tsm_command_link_run      (TsmCommandLink            *self,
                                           guint                      argc,
                                           const char               **argv,
                                           const gsize               *argv_lengths,
                                           GTask                     *task);

G_END_DECLS
