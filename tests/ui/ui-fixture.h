/* What the tests of ui/ share: a monitor whose clock stands still, events from short JSON, and what is in sight.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "monitor/tsm-monitor.h"
#include "support/tsm-test-loop.h"
#include "support/tsm-test-redis.h"
#include "ui/tsm-overview-page.h"
#include "widget-test.h"
#include "widgets/tsm-gauge.h"

G_BEGIN_DECLS

#define UI_MONOTONIC (5000 * G_TIME_SPAN_SECOND)           /* monotonic µs of second 0 */
#define UI_REAL      G_GINT64_CONSTANT (1772460000000000) /* 2026-03-02T14:00:00Z, of second 0 */

/* @elapsed: µs since second 0; moves only by ui_monitor_advance(). */
typedef struct
{
  TsmMonitor *monitor;
  gint64      elapsed;
} UiMonitor;

/* In place of g_test_init(), for programs that need a display. */
void        ui_test_init        (int        *argc,
                                 char     ***argv);

/* Registered, and apart from any that runs. */
AdwApplication *ui_application_new (void);

/* Not started. @url: (nullable): NULL for an address that is never used */
void        ui_monitor_open     (UiMonitor  *self,
                                 const char *url);
void        ui_monitor_close    (UiMonitor  *self);
/* Starts it, and waits until both links are ready. */
void        ui_monitor_connect  (UiMonitor  *self);
gboolean    ui_monitor_is_ready (TsmMonitor *monitor);
/* One event, received now, and a flush. A ' stands for a ". */
void        ui_monitor_ingest   (UiMonitor  *self,
                                 const char *format,
                                 ...) G_GNUC_PRINTF (2, 3);
/* A METRIC_UPDATE with CPU and memory alone. */
void        ui_monitor_ingest_cpu (UiMonitor  *self,
                                   const char *source,
                                   double      cpu);
void        ui_monitor_ingest_alert (UiMonitor  *self,
                                     const char *source,
                                     const char *id,
                                     const char *level);
/* So many seconds pass; then one tick. */
void        ui_monitor_advance  (UiMonitor  *self,
                                 double      seconds);

/* The Overview page of a monitor in a window. */
typedef struct
{
  UiMonitor        source;
  TsmTestRedis    *redis; /* NULL where it is not connected */
  TsmOverviewPage *page;
  GtkWidget       *window;
} UiOverview;

/* With @connected on a redis-server of its own. */
void        ui_overview_open    (UiOverview *self,
                                 gboolean    connected);
void        ui_overview_close   (UiOverview *self);

/* The visible label with this text below @root, or NULL. */
GtkWidget  *ui_find_label       (GtkWidget  *root,
                                 const char *text);
/* The texts of the visible labels of a style class, in their order, joined by "|". */
char       *ui_dup_labels       (GtkWidget  *root,
                                 const char *style_class);
/* The visible gauge of this label, or NULL. */
TsmGauge   *ui_find_gauge       (GtkWidget  *root,
                                 const char *label);
/* The value text of that gauge; "" where it is hidden or shows none. */
char       *ui_dup_gauge_text   (GtkWidget  *root,
                                 const char *label);

G_END_DECLS
