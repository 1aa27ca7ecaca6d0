/* How long ago, in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-age.h"

static void
test_age (void)
{
  static const struct
  {
    gint64      seconds;
    const char *text;
  } rows[] = {
    { -5, "0 s" }, { 0, "0 s" }, { 59, "59 s" }, { 60, "1 min" }, { 252, "4 min 12 s" }, { 599, "9 min 59 s" },
    { 601, "10 min" }, { 3599, "59 min" }, { 3600, "1 h 0 min" }, { 86399, "23 h 59 min" }, { 183600, "2 d 3 h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = tsm_format_age (rows[i].seconds * G_USEC_PER_SEC);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_ago (void)
{
  g_autofree char *now = tsm_format_ago (G_USEC_PER_SEC - 1);
  g_autofree char *then = tsm_format_ago (2 * G_USEC_PER_SEC);

  g_assert_cmpstr (now, ==, "just now");
  g_assert_cmpstr (then, ==, "2 s ago");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/age/age", test_age);
  g_test_add_func ("/age/ago", test_ago);
  return g_test_run ();
}
