/* Text of numbers and times for people, and the icon, word and tone of a severity.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-format.h"

typedef struct
{
  const char *label;
  const char *style_class;
  const char *icon;
} SeverityLook;

/* Each severity has its own mark, so that colour is never the only sign. */
static const SeverityLook severity_looks[TSM_N_SEVERITIES] = {
  [TSM_SEVERITY_INFO]      = { N_("INFO"),      "sev-info",      "ℹ" },
  [TSM_SEVERITY_WARNING]   = { N_("WARNING"),   "sev-warning",   "●" },
  [TSM_SEVERITY_ERROR]     = { N_("ERROR"),     "sev-error",     "◆" },
  [TSM_SEVERITY_CRITICAL]  = { N_("CRITICAL"),  "sev-critical",  "▲" },
  [TSM_SEVERITY_EMERGENCY] = { N_("EMERGENCY"), "sev-emergency", "‼" },
};

static const TsmTone level_tones[] = {
  [TSM_HEALTH_UNKNOWN]   = TSM_TONE_NEUTRAL,
  [TSM_HEALTH_DISABLED]  = TSM_TONE_STALE,
  [TSM_HEALTH_CRITICAL]  = TSM_TONE_CRITICAL,
  [TSM_HEALTH_UNHEALTHY] = TSM_TONE_BAD,
  [TSM_HEALTH_DEGRADED]  = TSM_TONE_WARN,
  [TSM_HEALTH_HEALTHY]   = TSM_TONE_FAIR,
  [TSM_HEALTH_EXCELLENT] = TSM_TONE_GOOD,
};

/* Beyond any calendar, and within a gint64 once in µs. */
#define MAX_SECONDS 9e12

static char *
format_bytes (double      bytes,
              const char *suffix)
{
  static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB" };
  guint i = 0;

  while (fabs (bytes) >= 1024 && i < G_N_ELEMENTS (units) - 1)
    {
      bytes /= 1024;
      i++;
    }
  return g_strdup_printf (i == 0 ? "%'.0f %s%s" : "%'.1f %s%s", bytes, units[i], suffix);
}

/**
 * tsm_format_value:
 * @value: a number
 * @unit: its unit, which decides the digits
 *
 * Returns: (transfer full): the number without its unit; a ratio as percent; "–" for NaN
 */
char *
tsm_format_value (double  value,
                  TsmUnit unit)
{
  if (isnan (value))
    return g_strdup ("–");

  switch (unit)
    {
    case TSM_UNIT_RATIO:
      return g_strdup_printf ("%.0f", value * 100);
    case TSM_UNIT_COUNT:
      return g_strdup_printf ("%'.0f", value);
    case TSM_UNIT_BOOLEAN:
      return g_strdup (value != 0 ? _("yes") : _("no"));
    case TSM_UNIT_TIME:
      return tsm_format_clock ((gint64) (CLAMP (value, -MAX_SECONDS, MAX_SECONDS) * G_USEC_PER_SEC));
    case TSM_UNIT_PERCENT:
    case TSM_UNIT_PER_SECOND:
    case TSM_UNIT_MILLISECOND:
    case TSM_UNIT_MIB:
    case TSM_UNIT_BYTES:
    case TSM_UNIT_NONE:
    default:
      return g_strdup_printf (fabs (value) >= 1000 ? "%'.0f" : "%.1f", value);
    }
}

/**
 * tsm_format_reading:
 * @value: in the metric's unit; for a counter, its rate per second
 * @id: the metric
 *
 * Returns: (transfer full): the number with its unit; "–" for NaN
 */
char *
tsm_format_reading (double      value,
                    TsmMetricId id)
{
  const TsmMetricInfo *info = tsm_metric_get_info (id);
  g_autofree char *number = NULL;

  if (isnan (value))
    return g_strdup ("–");
  if (info->unit == TSM_UNIT_BYTES)
    return format_bytes (value, info->kind == TSM_METRIC_KIND_COUNTER ? "/s" : "");
  if (info->unit == TSM_UNIT_MIB)
    return format_bytes (value * 1024 * 1024, "");

  number = tsm_format_value (value, info->unit);
  switch (info->unit)
    {
    case TSM_UNIT_PERCENT:
    case TSM_UNIT_RATIO:
      return g_strdup_printf (_("%s %%"), number);
    case TSM_UNIT_MILLISECOND:
      return g_strdup_printf (_("%s ms"), number);
    case TSM_UNIT_PER_SECOND:
      return g_strdup_printf (_("%s /s"), number);
    case TSM_UNIT_COUNT:
    case TSM_UNIT_MIB:
    case TSM_UNIT_BYTES:
    case TSM_UNIT_BOOLEAN:
    case TSM_UNIT_TIME:
    case TSM_UNIT_NONE:
    default:
      return g_steal_pointer (&number);
    }
}

static char *
format_local (gint64      time_us,
              const char *format)
{
  gint64 seconds = time_us / G_USEC_PER_SEC - (time_us % G_USEC_PER_SEC < 0); /* the second that it is in, also before 1970 */
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, format) : g_strdup ("–");
}

/**
 * tsm_format_clock:
 * @time_us: µs since the epoch
 *
 * Returns: (transfer full): the local time of day, after the date where that is not today
 */
char *
tsm_format_clock (gint64 time_us)
{
  g_autofree char *day = format_local (time_us, "%F");
  g_autofree char *today = format_local (g_get_real_time (), "%F");

  return format_local (time_us, g_str_equal (day, today) ? "%H:%M:%S" : "%F %H:%M:%S");
}

/**
 * tsm_format_clock_ms:
 * @time_us: µs since the epoch
 *
 * Returns: (transfer full): the local time of day with milliseconds
 */
char *
tsm_format_clock_ms (gint64 time_us)
{
  gint64 us = (time_us % G_USEC_PER_SEC + G_USEC_PER_SEC) % G_USEC_PER_SEC;
  g_autofree char *clock = format_local (time_us, "%H:%M:%S");

  return g_strdup_printf ("%s.%03d", clock, (int) (us / 1000));
}

const char *
tsm_severity_get_label (TsmSeverity severity)
{
  g_return_val_if_fail (severity < TSM_N_SEVERITIES, "");

  return _(severity_looks[severity].label);
}

const char *
tsm_severity_get_class (TsmSeverity severity)
{
  g_return_val_if_fail (severity < TSM_N_SEVERITIES, "");

  return severity_looks[severity].style_class;
}

const char *
tsm_severity_get_icon (TsmSeverity severity)
{
  g_return_val_if_fail (severity < TSM_N_SEVERITIES, "");

  return severity_looks[severity].icon;
}

TsmTone
tsm_health_level_get_tone (TsmHealthLevel level)
{
  g_return_val_if_fail (level < G_N_ELEMENTS (level_tones), TSM_TONE_NEUTRAL);

  return level_tones[level];
}
