/* Times of the wire: ISO 8601 in all the forms that are seen, epoch numbers, and the way back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <time.h>

#include "events/tsm-time.h"

#define T0 (G_GINT64_CONSTANT (1772460310) * G_USEC_PER_SEC) /* 2026-03-02T14:05:10Z */

static const struct
{
  const char *text;
  gint64      time;
} good[] = {
  { "2026-03-02T14:05:10Z", T0 },
  { "2026-03-02T14:05:10z", T0 },
  { "2026-03-02t14:05:10Z", T0 },
  { "2026-03-02T14:05:10", T0 },
  { "2026-03-02 14:05:10", T0 },
  { "2026-03-02T14:05:10+00:00", T0 },
  { "2026-03-02T15:05:10+01:00", T0 },
  { "2026-03-02T09:05:10-05:00", T0 },
  { "2026-03-02T09:05:10-0500", T0 },
  { "2026-03-02T09:05:10-05", T0 },
  { "2026-03-02T19:50:10+05:45", T0 },
  { "2026-03-03T00:05:10+10:00", T0 },
  { "2026-03-02T14:05:10.120934", T0 + 120934 },
  { "2026-03-02T14:05:10.120934Z", T0 + 120934 },
  { "2026-03-02T14:05:10,5Z", T0 + 500000 },
  { "2026-03-02T14:05:10.000001+00:00", T0 + 1 },
  { "2026-03-02T14:05:10.123456789Z", T0 + 123456 },
  { "2026-03-02T14:05Z", T0 - 10 * G_USEC_PER_SEC },
  { "2026-03-02T14:04:60Z", T0 - 10 * G_USEC_PER_SEC },
  { "1970-01-01T00:00:00Z", 0 },
  { "1969-12-31T23:59:59.999999Z", -1 },
  { "2000-02-29T00:00:00Z", G_GINT64_CONSTANT (951782400000000) },
  { "2024-02-29T12:00:00Z", G_GINT64_CONSTANT (1709208000000000) },
  { "0001-01-01T00:00:00Z", G_GINT64_CONSTANT (-62135596800000000) },
  { "9999-12-31T23:59:59Z", G_GINT64_CONSTANT (253402300799000000) },
};

static const char *const bad[] = {
  "", "now", "14:05:10", "2026-03-02", "2026-03-02T", "2026-03-02T14", "2026-3-2T14:05:10Z",
  "2026-13-02T14:05:10Z", "2026-02-29T14:05:10Z", "2026-03-32T14:05:10Z", "0000-01-01T00:00:00Z",
  "2026-03-02T24:05:10Z", "2026-03-02T14:60:10Z", "2026-03-02T14:05:61Z", "2026-03-02T14:05:10.",
  "2026-03-02T14:05:10.Z", "2026-03-02T14:05:10+", "2026-03-02T14:05:10+1", "2026-03-02T14:05:10+01:",
  "2026-03-02T14:05:10+01:60", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
  "2026-03-02T14:05:10Z ", " 2026-03-02T14:05:10Z", "2026-03-02T14:05:10 UTC",
};

static void
test_iso (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gint64 time = 0;

      g_test_message ("%s", good[i].text);
      g_assert_true (tsm_time_parse (good[i].text, &time));
      g_assert_cmpint (time, ==, good[i].time);
    }
}

static void
test_not_iso (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gint64 time;

      g_test_message ("%s", bad[i]);
      g_assert_false (tsm_time_parse (bad[i], &time));
    }
}

/* Days against GLib's own calendar, over leap years and the ends of months. */
static void
test_calendar (void)
{
  for (gint64 day = -400 * 366; day < 400 * 366; day += 17)
    {
      gint64 time = 0;
      g_autofree char *text = tsm_time_format (day * 24 * 3600 * G_USEC_PER_SEC, FALSE);

      g_assert_true (tsm_time_parse (text, &time));
      g_assert_cmpint (time, ==, day * 24 * 3600 * G_USEC_PER_SEC);
    }
}

static void
test_naive_is_utc (void)
{
  gint64 time = 0;

  g_setenv ("TZ", "America/New_York", TRUE);
  tzset ();
  g_assert_true (tsm_time_parse ("2026-03-02T14:05:10", &time));
  g_assert_cmpint (time, ==, T0);
}

static void
test_epoch_units (void)
{
  static const double numbers[] = { 1772460310, 1772460310e3, 1772460310e6, 1772460310e9 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gint64 time = 0;

      g_assert_true (tsm_time_from_number (numbers[i], &time));
      g_assert_cmpint (time, ==, T0);
    }
}

static void
test_epoch_fraction (void)
{
  gint64 time = 0;

  g_assert_true (tsm_time_from_number (1772460310.120934, &time));
  g_assert_cmpint (time, ==, T0 + 120934);
}

static void
test_not_epoch (void)
{
  static const double numbers[] = { 0, -1, 42, 99999999, 1e20, 1e300, G_MAXDOUBLE };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gint64 time;

      g_assert_false (tsm_time_from_number (numbers[i], &time));
    }
}

static void
test_format (void)
{
  g_autofree char *whole = tsm_time_format (T0, FALSE);
  g_autofree char *fraction = tsm_time_format (T0 + 120934, FALSE);
  g_autofree char *naive = tsm_time_format (T0 + 5, TRUE);
  g_autofree char *before = tsm_time_format (-1, FALSE);

  g_assert_cmpstr (whole, ==, "2026-03-02T14:05:10Z");
  g_assert_cmpstr (fraction, ==, "2026-03-02T14:05:10.120934Z");
  g_assert_cmpstr (naive, ==, "2026-03-02T14:05:10.000005");
  g_assert_cmpstr (before, ==, "1969-12-31T23:59:59.999999Z");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/iso", test_iso);
  g_test_add_func ("/time/not-iso", test_not_iso);
  g_test_add_func ("/time/calendar", test_calendar);
  g_test_add_func ("/time/naive-is-utc", test_naive_is_utc);
  g_test_add_func ("/time/epoch-units", test_epoch_units);
  g_test_add_func ("/time/epoch-fraction", test_epoch_fraction);
  g_test_add_func ("/time/not-epoch", test_not_epoch);
  g_test_add_func ("/time/format", test_format);

  return g_test_run ();
}
