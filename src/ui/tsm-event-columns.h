/* The columns of the events page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-columns.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_EVENT_COLUMN_TIME,
  TSM_EVENT_COLUMN_TYPE,
  TSM_EVENT_COLUMN_SOURCE,
  TSM_EVENT_COLUMN_CHANNEL,
  TSM_EVENT_COLUMN_SUMMARY,
  TSM_EVENT_COLUMN_SIZE,
  TSM_N_EVENT_COLUMNS
} TsmEventColumn;

TsmColumns *tsm_event_columns_new (GtkColumnView *view);

G_END_DECLS
