/* The report: one document that can be sent to the engine's team as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts hold no password and no key: the address is that for display, and nothing else comes from the profile's secrets.
 */

#include "config.h"

#include "diagnosis/tsm-diagnosis-report.h"

#include <glib/gi18n-lib.h>

#include "diagnosis/tsm-report-parts.h"
#include "events/tsm-event-writer.h"
#include "events/tsm-time.h"

static const char *const checklist[] = {
  N_("Is the monitoring service of the engine running? Look for its process, and when it was started."),
  N_("Is it publishing? Its log should tell of each METRIC_UPDATE, every 2 to 10 seconds."),
  N_("To which server does it publish: host, port and user? It must be the one named above, or the primary of it."),
  N_("With which command, and on which channel? It must be PUBLISH, and exactly the channel named above: the case, the separators "
     "and white space count."),
  N_("In which format? One JSON object a message, in UTF-8, encoded once and not compressed, as in the sample."),
  N_("What does its log say at the time of this report: refused connections, NOPERM, exceptions while events are made?"),
  NULL
};

const char * const *
tsm_report_get_checklist (void)
{
  return checklist;
}

/**
 * tsm_report_dup_sample:
 * @now_real: µs since the epoch: the time that the event carries
 *
 * Returns: (transfer full): a METRIC_UPDATE that would be accepted without a finding
 */
char *
tsm_report_dup_sample (gint64 now_real)
{
  g_auto (TsmMetricData) data;

  tsm_metric_data_init (&data);
  tsm_metric_data_set (&data, TSM_METRIC_CPU_PERCENT, 37.4);
  tsm_metric_data_set (&data, TSM_METRIC_MEMORY_PERCENT, 58.9);
  tsm_metric_data_set (&data, TSM_METRIC_PATTERNS_PER_SECOND, 11.8);
  tsm_metric_data_set (&data, TSM_METRIC_CACHE_HIT_RATE, 0.94);
  data.health.overall = 92.5;
  data.health.status = g_strdup ("HEALTHY");
  return tsm_event_writer_metrics (TSM_DIALECT_A, "TickStockPL", now_real, &data);
}

char *
tsm_report_dup_time (gint64 time)
{
  return time != 0 ? tsm_time_format (time, FALSE) : NULL;
}

/**
 * tsm_diagnosis_report:
 * @ladder: what was judged
 * @facts: what it was judged by
 * @gaps: (nullable) (element-type TsmGap): spans in which events were missed
 * @format: for whom
 *
 * Returns: (transfer full): the document; it ends in a newline
 */
char *
tsm_diagnosis_report (const TsmLadder         *ladder,
                      const TsmDiagnosisFacts *facts,
                      GListModel              *gaps,
                      TsmReportFormat          format)
{
  g_return_val_if_fail (ladder != NULL && facts != NULL, NULL);

  return format == TSM_REPORT_JSON ? tsm_report_json (ladder, facts, gaps) : tsm_report_markdown (ladder, facts, gaps);
}
