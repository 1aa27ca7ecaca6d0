/* TsmDiagnosisFacts: everything that is known about the event path, without any judgement.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"
#include "diagnosis/tsm-semantics.h"

G_BEGIN_DECLS

#define TSM_FLAPPING_WINDOW_US (5 * 60 * G_USEC_PER_SEC)

/**
 * TsmLinkFacts:
 *
 * The live connection. Times are monotonic µs.
 * @error: (nullable): why it is not ready; of TSM_LINK_ERROR
 * @last_loss: (nullable): why the last link that was ready ended; kept after recovery
 * @last_loss_time: 0 for never
 * @recent_losses: ready links lost in the last five minutes
 * @recent_drops: of them, those for which the server counted a full output buffer
 * @last_drop_time: of the last such, 0 for never
 * @ready_since: 0 unless the subscription is ready
 * @first_ready: when it was ready for the first time, 0 for never
 * @waiting_since: since when a probe has been awaited without a byte from the server, 0 where none is
 * @paused: more arrives than can be decoded
 */
typedef struct
{
  TsmLinkState  subscriber;
  TsmLinkState  command;
  GError       *error;
  GError       *last_loss;
  gint64        last_loss_time;
  guint         recent_losses;
  guint         recent_drops;
  gint64        last_drop_time;
  gint64        ready_since;
  gint64        first_ready;
  gint64        next_attempt;
  guint         n_attempts;
  gint64        round_trip;
  char         *probe_error;
  gint64        waiting_since;
  gboolean      paused;
  guint         queued;
} TsmLinkFacts;

/* A channel of the profile on the live link. */
typedef struct
{
  char     *name;
  gboolean  is_pattern;
  gboolean  acknowledged;
  guint64   messages;
} TsmHeardChannel;

/**
 * TsmDiagnosisFacts:
 * @now: monotonic µs
 * @now_real: µs since the epoch
 * @patience: µs of listening without any first message after which something is said about it
 * @address: the URL without its password
 * @host: (nullable): NULL for a Unix socket
 * @user: who we are: by ACL WHOAMI, or as the profile says
 * @uses_tls: whether the profile asks for TLS
 * @database: number in the URL, -1 for none; pub/sub ignores it
 * @path: (array fixed-size=6): the first six rungs, by the live link and the last examination
 * @channels: (element-type TsmHeardChannel)
 * @server: the newest of what the live link and the examination know
 * @received: messages since the start
 * @read_only: the profile forbids to send anything to the engine
 * @control_channel: where commands go
 * @control_receivers: by the last PUBLISH or PUBSUB NUMSUB of the live link, -1 where not known
 * @control_error: (nullable): the server's words when a command was last refused
 * @examination: (nullable): the last one
 */
typedef struct
{
  gint64            now;
  gint64            now_real;
  gint64            patience;

  char             *address;
  char             *host;
  char             *user;
  gboolean          uses_tls;
  int               database;

  TsmPathStep       path[TSM_N_PATH_RUNGS];
  TsmLinkFacts      link;
  GPtrArray        *channels;
  TsmServerFacts    server;

  guint64           received;
  TsmIntakeFacts    intake;
  TsmSemanticFacts  semantics;

  gboolean          read_only;
  char             *control_channel;
  gint64            control_receivers;
  char             *control_error;

  TsmExamination   *examination;
} TsmDiagnosisFacts;

TsmDiagnosisFacts *tsm_diagnosis_facts_new  (void); /* knows nothing */
void               tsm_diagnosis_facts_free (TsmDiagnosisFacts *self);
void               tsm_diagnosis_facts_add_channel (TsmDiagnosisFacts *self,
                                                    const char        *name,
                                                    gboolean           is_pattern,
                                                    gboolean           acknowledged,
                                                    guint64            messages);

gboolean           tsm_diagnosis_facts_is_listening (const TsmDiagnosisFacts *self);
gint64             tsm_diagnosis_facts_get_silence  (const TsmDiagnosisFacts *self); /* µs listened since the last message */
gboolean           tsm_diagnosis_facts_is_quiet     (const TsmDiagnosisFacts *self); /* nothing comes that should */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmDiagnosisFacts, tsm_diagnosis_facts_free)

G_END_DECLS
