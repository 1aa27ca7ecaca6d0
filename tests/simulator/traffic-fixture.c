/* What the tests of the simulated publishers share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "traffic-fixture.h"

#include <string.h>

#include "events/tsm-decoder.h"

TsmTraffic *
traffic_make (TsmTrafficMix mix,
              guint32       seed)
{
  TsmTrafficOptions options = TSM_TRAFFIC_OPTIONS_DEFAULT;

  options.mix = mix;
  options.seed = seed;
  options.start_time = START;
  return tsm_traffic_new (&options);
}

TsmEvent *
traffic_decode (const char *text)
{
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return tsm_decoder_decode (decoder, bytes, "test", START, 0);
}

TsmEvent *
traffic_next_event (TsmTraffic *traffic)
{
  TsmEngineEvent event;
  g_autofree char *text = NULL;

  tsm_traffic_next (traffic, START, &event);
  text = event.text;
  return traffic_decode (text);
}

/* Events that do not come are a fault: gives up after @limit. */
TsmEvent *
traffic_next_of_type (TsmTraffic   *traffic,
                      TsmEventType  type,
                      guint         limit)
{
  for (guint i = 0; i < limit; i++)
    {
      g_autoptr (TsmEvent) event = traffic_next_event (traffic);

      if (tsm_event_get_event_type (event) == type)
        return g_steal_pointer (&event);
    }

  g_error ("no event of type %d among %u", type, limit);
}
