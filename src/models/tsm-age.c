/* How long ago, in the words of people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "models/tsm-age.h"

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/**
 * tsm_format_age:
 * @age_us: µs; negative is taken as 0
 *
 * Two units at the most, the smaller left out above ten of the larger minutes, so that a line does not change each second
 * for nothing.
 *
 * Returns: (transfer full): e.g. "2 s", "4 min 12 s", "18 min", "3 h 5 min", "2 d 3 h"
 */
char *
tsm_format_age (gint64 age_us)
{
  gint64 s = MAX (age_us, 0) / G_USEC_PER_SEC;

  if (s < MINUTE)
    return g_strdup_printf (_("%d s"), (int) s);
  if (s < 10 * MINUTE && s % MINUTE != 0)
    return g_strdup_printf (_("%d min %d s"), (int) (s / MINUTE), (int) (s % MINUTE));
  if (s < HOUR)
    return g_strdup_printf (_("%d min"), (int) (s / MINUTE));
  if (s < DAY)
    return g_strdup_printf (_("%d h %d min"), (int) (s / HOUR), (int) (s % HOUR / MINUTE));
  return g_strdup_printf (_("%d d %d h"), (int) MIN (s / DAY, G_MAXINT), (int) (s % DAY / HOUR));
}

/**
 * tsm_format_ago:
 * @age_us: µs
 *
 * Returns: (transfer full): e.g. "just now", "2 s ago"
 */
char *
tsm_format_ago (gint64 age_us)
{
  g_autofree char *age = NULL;

  if (age_us < G_USEC_PER_SEC)
    return g_strdup (_("just now"));

  age = tsm_format_age (age_us);
  /* Translators: %s is an age such as "4 min 12 s" */
  return g_strdup_printf (_("%s ago"), age);
}
