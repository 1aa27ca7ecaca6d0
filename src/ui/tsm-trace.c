/* Fills a sparkline from a series.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-format.h"
#include "ui/tsm-trace.h"

/* A source is taken for silent when nothing came for three of its cadences, and not before 15 s. */
#define SILENCE_CADENCES 3
#define MIN_SILENCE_US   (15 * G_USEC_PER_SEC)

/* A young series fills its picture sooner: the span grows from this to TSM_TRACE_SPAN_US. */
#define STEP_US          (5 * G_USEC_PER_SEC)
#define MIN_SPAN_US      (60 * G_USEC_PER_SEC)

GtkWidget *
tsm_trace_new (const char *name,
               double      minimum,
               double      maximum)
{
  GtkWidget *trace = tsm_sparkline_new ();
  g_autofree char *label = g_strdup_printf (_("%s, last minutes"), name);

  tsm_sparkline_set_range (TSM_SPARKLINE (trace), minimum, maximum);
  gtk_accessible_update_property (GTK_ACCESSIBLE (trace), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (trace, label);
  gtk_widget_set_size_request (trace, 80, 34);
  gtk_widget_set_hexpand (trace, TRUE);
  return trace;
}

static gint64
silence_of (TsmSource *source)
{
  double cadence = tsm_source_get_cadence (source);

  return isnan (cadence) ? MIN_SILENCE_US
                         : MAX (MIN_SILENCE_US, (gint64) (cadence * SILENCE_CADENCES * G_USEC_PER_SEC));
}

/* The end of the picture moves in steps, so that nothing is redrawn more often than that for time alone. */
static gint64
next_step (gint64 time)
{
  return (time / STEP_US + 1) * STEP_US;
}

void
tsm_trace_update (GtkWidget     *trace,
                  const TsmView *view,
                  TsmMetricId    id,
                  TsmTone        tone)
{
  const TsmSeries *series = view->source != NULL ? tsm_source_get_series (view->source, id) : NULL;
  guint n = series != NULL ? tsm_series_get_length (series) : 0;
  gint64 end = next_step (view->now);
  g_autofree TsmSparkPoint *points = NULL;
  guint n_points = 0;
  gint64 start, ignored;

  gtk_widget_set_visible (trace, n > 0);
  if (n == 0)
    return;

  start = end - CLAMP (end - tsm_series_get (series, 0).time, MIN_SPAN_US, TSM_TRACE_SPAN_US);

  points = g_new (TsmSparkPoint, n);
  for (guint i = 0; i < n; i++)
    {
      TsmSample sample = tsm_series_get (series, i);

      if (sample.time < start)
        continue;
      points[n_points].time = sample.time;
      points[n_points].value = sample.value;
      n_points++;
    }

  tsm_sparkline_set_tone (TSM_SPARKLINE (trace), tone);
  tsm_sparkline_set_stale (TSM_SPARKLINE (trace), tsm_view_is_stale (view, &ignored));
  tsm_sparkline_set_points (TSM_SPARKLINE (trace), points, n_points, start, end, silence_of (view->source));
}
