/* TsmLosses: the links that were lost lately, and which of them the server dropped because we did not read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-facts.h"

G_BEGIN_DECLS

#define TSM_LOSSES_KEPT 32

typedef struct
{
  gint64   time;      /* monotonic µs */
  gboolean is_drop;
} TsmLoss;

/**
 * TsmLosses:
 * @losses: a ring
 * @ready_since: of the live link when it was last looked at
 * @was_paused: the server was not read then
 * @looked: monotonic µs, when that was
 * @last: (nullable): why the last one was lost
 */
typedef struct
{
  TsmLoss   losses[TSM_LOSSES_KEPT];
  guint     n_losses;
  gint64    ready_since;
  gint64    first_ready;
  gboolean  was_paused;
  gint64    looked;
  GError   *last;
} TsmLosses;

/* TRUE: the link that was ready has been lost since the last look. */
gboolean tsm_losses_look    (TsmLosses            *self,
                             TsmConnection        *connection,
                             gint64                now);
/* Compares two examinations: what they say of dropped clients may explain the last loss. */
void     tsm_losses_explain (TsmLosses            *self,
                             const TsmExamination *earlier,
                             const TsmExamination *later);
void     tsm_losses_tell    (const TsmLosses      *self,
                             gint64                now,
                             TsmLinkFacts         *facts);
gboolean tsm_losses_was_drop (const TsmLosses     *self); /* the last one */
gint64   tsm_losses_get_time (const TsmLosses     *self); /* of the last one, 0 for none */
void     tsm_losses_clear   (TsmLosses            *self);

G_END_DECLS
