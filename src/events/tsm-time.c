/* Times on the wire.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-time.h"

#include <math.h>

#define DAYS_TO_EPOCH   719468 /* from 0000-03-01 to 1970-01-01 in the Gregorian calendar */
#define DAYS_PER_ERA    146097 /* 400 years */
#define SECONDS_PER_DAY 86400
#define FIRST_SECOND    G_GINT64_CONSTANT (-62135596800) /* 0001-01-01T00:00:00Z: what GDateTime can hold */
#define LAST_SECOND     G_GINT64_CONSTANT (253402300799) /* 9999-12-31T23:59:59Z */
#define EARLIEST_SECOND 1e8 /* March 1973: an epoch number below it is some other number */

/* Days since 1970-01-01. Years start in March here, so that the leap day is the last of its year. */
static gint64
days_from_date (int year,
                int month,
                int day)
{
  int y = month <= 2 ? year - 1 : year;
  int era = y / 400;
  int year_of_era = y % 400;
  int day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint64) era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

static gboolean
read_digits (const char **at,
             int          count,
             int          maximum,
             int         *value)
{
  *value = 0;
  for (int i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      *value = *value * 10 + *(*at)++ - '0';
    }

  return *value <= maximum;
}

static gboolean
skip (const char **at,
      char         c)
{
  if (**at != c)
    return FALSE;

  (*at)++;
  return TRUE;
}

static gboolean
read_date (const char **at,
           gint64      *days)
{
  int year, month, day;

  if (!read_digits (at, 4, 9999, &year) || !skip (at, '-')
      || !read_digits (at, 2, 12, &month) || !skip (at, '-')
      || !read_digits (at, 2, 31, &day)
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  *days = days_from_date (year, month, day);
  return TRUE;
}

/* Digits past the sixth are dropped: Java and Go send nanoseconds. */
static gboolean
read_fraction (const char **at,
               gint64      *fraction)
{
  gint64 weight = G_USEC_PER_SEC / 10;

  *fraction = 0;
  if (**at != '.' && **at != ',')
    return TRUE;

  (*at)++;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++)
    {
      *fraction += (**at - '0') * weight;
      weight /= 10;
    }

  return TRUE;
}

static gboolean
read_clock (const char **at,
            gint64      *seconds,
            gint64      *fraction)
{
  int hour, minute;
  int second = 0;

  *fraction = 0;
  if (!read_digits (at, 2, 23, &hour) || !skip (at, ':') || !read_digits (at, 2, 59, &minute))
    return FALSE;
  /* 60: a leap second, which is the first second of the next minute to everyone else */
  if (skip (at, ':') && (!read_digits (at, 2, 60, &second) || !read_fraction (at, fraction)))
    return FALSE;

  *seconds = hour * 3600 + minute * 60 + second;
  return TRUE;
}

/* `Z`, `+01:00`, `+0100`, `+01`, or nothing, which is UTC: Python's utcnow().isoformat() writes no zone. */
static gboolean
read_zone (const char **at,
           gint64      *seconds)
{
  int hours;
  int minutes = 0;
  int sign = **at == '-' ? -1 : 1;

  *seconds = 0;
  if (**at == '\0' || skip (at, 'Z') || skip (at, 'z'))
    return TRUE;
  if (!skip (at, '+') && !skip (at, '-'))
    return FALSE;

  if (!read_digits (at, 2, 23, &hours))
    return FALSE;
  if ((skip (at, ':') || **at != '\0') && !read_digits (at, 2, 59, &minutes))
    return FALSE;

  *seconds = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

/**
 * tsm_time_parse:
 * @text: a date and time of ISO 8601: `2026-03-02T14:05:10.120934`, with or without a fraction, seconds, `Z` or an
 *   offset; a blank may stand for the `T`
 * @time: (out): µs since the epoch
 *
 * A time without a zone is UTC, whatever the zone of this machine.
 *
 * Returns: whether @text is such a time
 */
gboolean
tsm_time_parse (const char *text,
                gint64     *time)
{
  const char *at = text;
  gint64 days, seconds, fraction, zone;

  g_return_val_if_fail (text != NULL, FALSE);

  if (!read_date (&at, &days)
      || !(skip (&at, 'T') || skip (&at, 't') || skip (&at, ' '))
      || !read_clock (&at, &seconds, &fraction)
      || !read_zone (&at, &zone)
      || *at != '\0')
    return FALSE;

  seconds += days * SECONDS_PER_DAY - zone;
  *time = seconds * G_USEC_PER_SEC + fraction;
  return seconds >= FIRST_SECOND && seconds <= LAST_SECOND;
}

/**
 * tsm_time_from_number:
 * @number: seconds, ms, µs or ns since the epoch; which of them is told by the size
 * @time: (out): µs since the epoch
 *
 * Returns: whether @number can be a time: from 1973 on, and for seconds up to the year 5138
 */
gboolean
tsm_time_from_number (double  number,
                      gint64 *time)
{
  if (!(number >= EARLIEST_SECOND) || number >= EARLIEST_SECOND * 1e12)
    return FALSE;

  if (number < EARLIEST_SECOND * 1e3)
    *time = llround (number * 1e6);
  else if (number < EARLIEST_SECOND * 1e6)
    *time = llround (number * 1e3);
  else if (number < EARLIEST_SECOND * 1e9)
    *time = llround (number);
  else
    *time = llround (number / 1e3);

  return TRUE;
}

/**
 * tsm_time_format:
 * @time: µs since the epoch; outside the years 1 to 9999 the nearest second of them is written
 * @naive: whether to write as Python's utcnow().isoformat() does: always UTC, and no zone
 *
 * The fraction has six digits and is left out where it is zero.
 *
 * Returns: (transfer full): ISO 8601 in UTC, e.g. `2026-03-02T14:05:10.120934Z`
 */
char *
tsm_time_format (gint64   time,
                 gboolean naive)
{
  gint64 second = time / G_USEC_PER_SEC - (time % G_USEC_PER_SEC < 0);
  int fraction = (int) (time - second * G_USEC_PER_SEC);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (CLAMP (second, FIRST_SECOND, LAST_SECOND));
  g_autofree char *text = NULL;
  const char *zone = naive ? "" : "Z";

  text = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d",
                          g_date_time_get_year (date), g_date_time_get_month (date),
                          g_date_time_get_day_of_month (date), g_date_time_get_hour (date),
                          g_date_time_get_minute (date), g_date_time_get_second (date));
  if (fraction == 0)
    return g_strconcat (text, zone, NULL);
  return g_strdup_printf ("%s.%06d%s", text, fraction, zone);
}
