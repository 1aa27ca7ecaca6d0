/* What the tests of the diagnosis share: facts of a healthy system, to be spoiled, and events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-judge.h"
#include "events/tsm-decoder.h"

G_BEGIN_DECLS

#define FIXTURE_NOW  (5000 * G_TIME_SPAN_SECOND)           /* monotonic µs */
#define FIXTURE_REAL G_GINT64_CONSTANT (1772460000000000)  /* 2026-03-02T14:00:00Z */
#define FIXTURE_CHANNEL "tickstock:monitoring"

/* Everything flows. */
TsmDiagnosisFacts *fixture_facts_new      (void);
/* We have listened for so many seconds, and nothing has ever come. */
void               fixture_never_heard    (TsmDiagnosisFacts *facts,
                                           double             seconds);
/* Nothing has come for so many seconds. */
void               fixture_fell_silent    (TsmDiagnosisFacts *facts,
                                           double             seconds);
void               fixture_break_path     (TsmDiagnosisFacts *facts,
                                           TsmRungId          rung,
                                           TsmLinkError       error,
                                           const char        *words);
TsmNearMiss       *fixture_near_miss      (TsmDiagnosisFacts *facts,
                                           const char        *channel);
void               fixture_reject_all     (TsmDiagnosisFacts *facts,
                                           TsmFindingCode     code);
/* The judge's verdict on them has this code. */
void               fixture_assert_verdict (const TsmDiagnosisFacts *facts,
                                           const char        *code);

/* Decodes a message that came at these seconds after FIXTURE_NOW. */
TsmEvent          *fixture_event          (double             seconds,
                                           const char        *payload);
/* A good METRIC_UPDATE of @source, made @skew seconds before it came. */
TsmEvent          *fixture_metrics        (const char        *source,
                                           double             seconds,
                                           double             skew);
TsmEvent          *fixture_typed          (const char        *type,
                                           double             seconds);

G_END_DECLS
