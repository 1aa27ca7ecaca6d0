/* Which lost links were dropped by the server because we read too slowly, as far as that can be told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-losses.h"

#define SECONDS(s) ((gint64) ((s) * G_USEC_PER_SEC))

typedef struct
{
  const char *name;
  double      lost;      /* s after the later examination began */
  gint64      counted;   /* drops between both, -1: not known */
  gint64      largest;   /* bytes */
  int         error;
  gboolean    is_drop;
} Row;

static const Row rows[] = {
  { "counted", -5, 1, -1, TSM_LINK_ERROR_LOST, TRUE },
  { "not-counted", -5, 0, -1, TSM_LINK_ERROR_LOST, FALSE },
  { "not-known", -5, -1, -1, TSM_LINK_ERROR_LOST, FALSE },
  { "large-buffer", -5, -1, 2 * 1024 * 1024, TSM_LINK_ERROR_LOST, TRUE },
  { "small-buffer", -5, -1, 100 * 1000, TSM_LINK_ERROR_LOST, FALSE },
  { "large-buffer-of-later", -13, -1, 2 * 1024 * 1024, TSM_LINK_ERROR_LOST, FALSE },
  { "counted-before", -40, 1, -1, TSM_LINK_ERROR_LOST, FALSE },
  { "counted-for-others", 4, 1, -1, TSM_LINK_ERROR_LOST, FALSE },
  { "half-open", -5, 1, 2 * 1024 * 1024, TSM_LINK_ERROR_HALF_OPEN, FALSE },
};

static void
test_explain (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (TsmExamination) earlier = tsm_examination_new ();
  g_autoptr (TsmExamination) later = tsm_examination_new ();
  TsmLosses losses = { .n_losses = 1, .losses = { { .time = FIXTURE_NOW + SECONDS (row->lost) } } };

  losses.last = g_error_new_literal (TSM_LINK_ERROR, row->error, "lost");
  earlier->server.run_id = g_strdup ("abc");
  earlier->finished = FIXTURE_NOW - SECONDS (30);
  earlier->after.output_buffer_drops = row->counted >= 0 ? 7 : -1;
  later->server.run_id = g_strdup ("abc");
  later->started = FIXTURE_NOW;
  later->finished = FIXTURE_NOW + SECONDS (3);
  later->before.output_buffer_drops = row->counted >= 0 ? 7 + row->counted : -1;
  later->server.largest_output_buffer = row->largest;

  tsm_losses_explain (&losses, earlier, later);
  g_assert_cmpint (tsm_losses_was_drop (&losses), ==, row->is_drop);
  tsm_losses_clear (&losses);
}

/* Those of five minutes count. */
static void
test_tell (void)
{
  TsmLosses losses = { .n_losses = 3, .losses = { { FIXTURE_NOW - SECONDS (301), TRUE }, { FIXTURE_NOW - SECONDS (299), TRUE },
                                                  { FIXTURE_NOW - SECONDS (10), FALSE } } };
  TsmLinkFacts facts = { 0 };

  tsm_losses_tell (&losses, FIXTURE_NOW, &facts);
  g_assert_cmpuint (facts.recent_losses, ==, 2);
  g_assert_cmpuint (facts.recent_drops, ==, 1);
  g_assert_cmpint (facts.last_drop_time, ==, FIXTURE_NOW - SECONDS (299));
  g_assert_cmpint (facts.last_loss_time, ==, FIXTURE_NOW - SECONDS (10));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/losses/explain/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_explain);
    }
  g_test_add_func ("/losses/tell", test_tell);

  return g_test_run ();
}
