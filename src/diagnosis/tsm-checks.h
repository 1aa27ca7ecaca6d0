/* The checks of the fault table and the first looks at the rungs, one file for each part of the ladder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All are pure. A check says whether its fault is there; a look says how a rung stands where no fault is.
 */

#pragma once

#include "diagnosis/tsm-facts.h"
#include "diagnosis/tsm-findings.h"

G_BEGIN_DECLS

#define TSM_CHECK(name)                                  \
  gboolean name (const TsmDiagnosisFacts *facts,         \
                 TsmFindings             *findings,      \
                 int                      argument)

#define TSM_LOOK(name)                                   \
  void name (const TsmDiagnosisFacts *facts,             \
             TsmFindings             *findings,          \
             TsmRung                 *rung)

/* The argument is TSM_PATH_FAULT (rung, error). */
#define TSM_PATH_FAULT(rung, error) ((int) (rung) << 8 | (int) (error))
TSM_CHECK (tsm_check_path);
TSM_CHECK (tsm_check_replica_link);
TSM_CHECK (tsm_check_published_at_kin);
TSM_CHECK (tsm_check_replica);
TSM_CHECK (tsm_check_command_denied);
TSM_CHECK (tsm_check_channels_denied);
TSM_CHECK (tsm_check_some_channels_denied);

TSM_CHECK (tsm_check_slow_consumer);
TSM_CHECK (tsm_check_half_open);
TSM_CHECK (tsm_check_flapping);

TSM_CHECK (tsm_check_publisher_denied);
TSM_CHECK (tsm_check_no_publisher);
TSM_CHECK (tsm_check_publisher_silent);
TSM_CHECK (tsm_check_publisher_fell_silent);

TSM_CHECK (tsm_check_wrong_channel);
TSM_CHECK (tsm_check_shard_channel);
TSM_CHECK (tsm_check_key_of_that_name);
TSM_CHECK (tsm_check_other_commands);
TSM_CHECK (tsm_check_unknown_channel);

/* The argument is a TsmRejection. */
typedef enum
{
  TSM_REJECTION_COMPRESSED,
  TSM_REJECTION_BINARY,
  TSM_REJECTION_ENCODED_TWICE,
  TSM_REJECTION_WRONG_ENVELOPE,
  TSM_REJECTION_MALFORMED,
  TSM_N_REJECTIONS
} TsmRejection;
TSM_CHECK (tsm_check_rejected);

TSM_CHECK (tsm_check_stale);
TSM_CHECK (tsm_check_no_metrics);
TSM_CHECK (tsm_check_wrong_types);
TSM_CHECK (tsm_check_duplicates);
TSM_CHECK (tsm_check_clock_skew);
TSM_CHECK (tsm_check_source_stale);

TSM_CHECK (tsm_check_control_denied);
TSM_CHECK (tsm_check_control_deaf);

TSM_LOOK (tsm_look_at_path);
TSM_LOOK (tsm_look_at_server);
TSM_LOOK (tsm_look_at_identity);
TSM_LOOK (tsm_look_at_subscription);
TSM_LOOK (tsm_look_at_broker);
TSM_LOOK (tsm_look_at_publisher);
TSM_LOOK (tsm_look_at_channel);
TSM_LOOK (tsm_look_at_decoding);
TSM_LOOK (tsm_look_at_semantics);
TSM_LOOK (tsm_look_at_control);

/* Sets how a rung stands; takes both texts. */
void tsm_look_set (TsmRung      *rung,
                   TsmRungState  state,
                   char         *summary,
                   char         *cause);

/* Whether events are published in another way or elsewhere, so that the publisher is not silent. */
gboolean tsm_check_is_published_elsewhere (const TsmDiagnosisFacts *facts);

G_END_DECLS
