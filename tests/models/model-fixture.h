/* What the tests of the models share: events from JSON at fixed times, counters, and a copy of a list that listens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "events/tsm-event.h"

G_BEGIN_DECLS

#define FIXTURE_MONOTONIC (5000 * G_TIME_SPAN_SECOND)                /* monotonic µs of second 0 */
#define FIXTURE_REAL      G_GINT64_CONSTANT (1772460000000000)      /* 2026-03-02T14:00:00Z, of second 0 */

/* Decodes JSON that arrived so many seconds after the start of the test. A ' stands for a ". */
TsmEvent *fixture_event        (double      seconds,
                                const char *format,
                                ...) G_GNUC_PRINTF (2, 3);
gint64    fixture_monotonic    (double      seconds);
gint64    fixture_real         (double      seconds);
char     *fixture_timestamp    (double      seconds); /* ISO 8601 */

/* Counts the emissions of a signal, which may have a detail. */
void      fixture_count        (gpointer    instance,
                                const char *signal,
                                guint      *n);

/* A copy of a list, kept by listening to items_changed alone. */
typedef struct
{
  GListModel *model;
  GPtrArray  *rows;
  gulong      handler;
  guint       n_emissions;
} Shadow;

Shadow   *shadow_new           (GListModel *model);
void      shadow_assert_equal  (Shadow     *self);
void      shadow_free          (Shadow     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Shadow, shadow_free)

G_END_DECLS
