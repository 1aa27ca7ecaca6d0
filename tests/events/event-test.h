/* What the tests of events/ share: decoding a text, and saying what is expected of the findings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <math.h>
#include <string.h>

#include "events/tsm-decoder.h"

#define TEST_CHANNEL "tickstock:monitoring"

static inline TsmEvent *
decode_bytes (const void *bytes,
              gsize       size)
{
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (0, 0);
  g_autoptr (GBytes) message = g_bytes_new (bytes, size);

  return tsm_decoder_decode (decoder, message, TEST_CHANNEL, 1000, 2000);
}

static inline TsmEvent *
decode (const char *text)
{
  return decode_bytes (text, strlen (text));
}

static inline TsmEvent *
decode_sample (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "samples", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  return decode_bytes (text, size);
}

static inline void
dump_findings (TsmEvent *event)
{
  for (guint i = 0; i < tsm_event_get_n_findings (event); i++)
    {
      const TsmFinding *finding = tsm_event_get_finding (event, i);

      g_test_message ("%s at %s: %s", tsm_finding_code_get_name (finding->code), finding->path, finding->message);
    }
}

static inline void
assert_clean (TsmEvent *event)
{
  dump_findings (event);
  g_assert_cmpuint (tsm_event_get_n_findings (event), ==, 0);
  g_assert_cmpint (tsm_event_get_acceptance (event), ==, TSM_ACCEPTED_YES);
}

/* Exactly one finding, of @code, at @path; and the acceptance that follows from its class. */
static inline const TsmFinding *
assert_finding (TsmEvent       *event,
                TsmFindingCode  code,
                const char     *path)
{
  const TsmFinding *finding;
  TsmFindingClass class = tsm_finding_code_get_class (code);

  dump_findings (event);
  g_assert_cmpuint (tsm_event_get_n_findings (event), ==, 1);
  finding = tsm_event_get_finding (event, 0);
  g_assert_cmpstr (tsm_finding_code_get_name (finding->code), ==, tsm_finding_code_get_name (code));
  g_assert_cmpstr (finding->path, ==, path);
  g_assert_cmpuint (strlen (finding->message), >, 0);
  g_assert_cmpint (tsm_event_get_acceptance (event), ==,
                   class == TSM_FINDING_REJECT ? TSM_ACCEPTED_NO : TSM_ACCEPTED_REPAIRED);
  return finding;
}

static inline double
get_metric (TsmEvent    *event,
            TsmMetricId  id)
{
  const TsmMetricData *data = tsm_event_get_metrics (event);

  g_assert_nonnull (data);
  return (data->present & (G_GUINT64_CONSTANT (1) << id)) != 0 ? data->values[id] : NAN;
}

static inline void
assert_strv (char       **values,
             const char  *joined)
{
  g_autofree char *text = NULL;

  g_assert_nonnull (values);
  text = g_strjoinv ("|", values);
  g_assert_cmpstr (text, ==, joined);
}

static inline void
assert_component (const TsmHealthData *health,
                  guint                index,
                  const char          *name,
                  const char          *status,
                  double               score,
                  const char          *details)
{
  const TsmComponentHealth *component;

  g_assert_cmpuint (health->components->len, >, index);
  component = &g_array_index (health->components, TsmComponentHealth, index);
  g_assert_cmpstr (component->name, ==, name);
  g_assert_cmpstr (component->status, ==, status);
  if (isnan (score))
    g_assert_true (isnan (component->score));
  else
    g_assert_cmpfloat (component->score, ==, score);
  g_assert_cmpstr (component->details, ==, details);
}

static inline void
assert_detail (GArray     *details,
               guint       index,
               const char *name,
               const char *value)
{
  const TsmDetail *detail;

  g_assert_nonnull (details);
  g_assert_cmpuint (details->len, >, index);
  detail = &g_array_index (details, TsmDetail, index);
  g_assert_cmpstr (detail->name, ==, name);
  g_assert_cmpstr (detail->value, ==, value);
}
