/* TsmAsker: asks a link for channels, all at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-channel.h"
#include "redis/tsm-link.h"

G_BEGIN_DECLS

typedef void (*TsmAskerFunc) (gpointer owner);

/**
 * TsmAsker:
 * @channels: (element-type TsmChannel): in the order in which they are asked for; those that are neither acknowledged nor
 *   refused are still to be
 * @done: all have been answered
 */
typedef struct
{
  TsmLink      *link;
  GPtrArray    *channels;
  TsmAskerFunc  done;
  gpointer      owner;
} TsmAsker;

void tsm_asker_start  (TsmAsker *self);
void tsm_asker_go_on  (TsmAsker *self);
void tsm_asker_forget (TsmAsker *self);

G_END_DECLS
