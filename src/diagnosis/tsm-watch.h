/* TsmWatch: what we hear and publish ourselves between two readings of the server's counters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-search.h"

G_BEGIN_DECLS

/**
 * TsmWatch:
 * @search: (nullable): what listens to more than our channels
 * @live: (nullable): the live connection
 * @trial: whether a trial is subscribed as well
 */
typedef struct
{
  TsmSearch     *search;
  TsmConnection *live;
  gboolean       trial;

  gint64         since; /* since when the search listens; 0: not yet */
  guint64        heard;
  guint64        heard_live;
  guint64        sent_live;
} TsmWatch;

/* Before the first reading is asked for. */
void tsm_watch_begin (TsmWatch       *self);
/* After the second one has come, and what was on its way: fills the examination. */
void tsm_watch_end   (TsmWatch       *self,
                      TsmExamination *examination);

G_END_DECLS
