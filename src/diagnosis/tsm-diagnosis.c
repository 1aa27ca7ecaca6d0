/* TsmDiagnosis: keeps the ladder of one connection true.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-diagnosis-private.h"
#include "diagnosis/tsm-examiner.h"
#include "diagnosis/tsm-judge.h"

#define DEFAULT_PATIENCE (8 * G_USEC_PER_SEC)
/* For the first events to come, so that nothing is searched for that is there. µs. */
#define SETTLE_US        G_USEC_PER_SEC
/* Between the end of one examination and the begin of the next. µs. */
#define PAUSE_FRESH      G_USEC_PER_SEC         /* while a trouble is new */
#define PAUSE_TROUBLE    (10 * G_USEC_PER_SEC)
#define PAUSE_HEALTHY    (60 * G_USEC_PER_SEC)
#define FRESH_US         (30 * G_USEC_PER_SEC)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_EXAMINED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmDiagnosis, tsm_diagnosis, G_TYPE_OBJECT)

static void
examined_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data);

static void
tell_changed (TsmDiagnosis *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Judges anew. TRUE: the ladder says something else than before. */
static gboolean
judge (TsmDiagnosis *self)
{
  g_autoptr (TsmLadder) earlier = g_steal_pointer (&self->ladder);

  g_clear_pointer (&self->facts, tsm_diagnosis_facts_free);
  self->facts = tsm_diagnosis_gather (self);
  self->ladder = tsm_judge (self->facts);
  return !tsm_ladder_is_like (earlier, self->ladder);
}

/* Nothing is heard, or not what we need: it is worth to look for it elsewhere. */
static gboolean
misses_events (TsmDiagnosis *self)
{
  const TsmDiagnosisFacts *facts = self->facts;

  return tsm_diagnosis_facts_is_listening (facts)
         && (facts->intake.last == 0 || tsm_diagnosis_facts_is_quiet (facts)
             || (facts->semantics.metrics.n_events == 0 && facts->now - facts->link.ready_since > self->patience / 2));
}

/* Over a slow link, the first examination begins before there is a subscription: what it does not search for would be looked for only
 * by the next. */
static gboolean
is_being_made (TsmDiagnosis *self)
{
  const TsmDiagnosisFacts *facts = self->facts;

  return facts->link.ready_since == 0 && facts->link.error == NULL && facts->intake.last == 0;
}

static void
start (TsmDiagnosis *self,
       gboolean      deep,
       gboolean      anew)
{
  TsmExaminerOptions options = {
    .listen = misses_events (self) || is_being_made (self),
    .deep = deep || self->deep,
    .n_listeners = &self->n_listeners,
    .before = self->examination,
    .anew = anew,
    .live = self->connection,
  };

  tsm_diagnosis_cancel (self);
  self->running = g_cancellable_new ();
  self->examined_link = self->facts->link.ready_since;
  tsm_examine_async (tsm_connection_get_profile (self->connection), &options, self->running, examined_cb, g_object_ref (self));
}

static void
examined_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TsmDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmExamination) examination = tsm_examine_finish (result, &error);

  if (examination == NULL)
    return; /* cancelled: another one may be under way */

  tsm_losses_explain (&self->losses, self->examination, examination);
  g_clear_object (&self->running);
  g_clear_pointer (&self->examination, tsm_examination_unref);
  self->examination = g_steal_pointer (&examination);
  self->last_finished = self->examination->finished;
  self->last_run = self->examination->finished_real;
  judge (self);
  tell_changed (self);
  g_signal_emit (self, signals[SIGNAL_EXAMINED], 0);
}

static gboolean
is_troubled (TsmDiagnosis *self)
{
  const TsmVerdict *verdict = tsm_ladder_get_verdict (self->ladder);

  return misses_events (self) || verdict->state == TSM_RUNG_FAIL || verdict->state == TSM_RUNG_WARN;
}

static gint64
get_pause (TsmDiagnosis *self)
{
  if (self->trouble_since == 0)
    return PAUSE_HEALTHY;
  return self->now - self->trouble_since < FRESH_US ? PAUSE_FRESH : PAUSE_TROUBLE;
}

/* A link that has just been made has a second to bring events; one that fails is examined at once. */
static gboolean
is_due (TsmDiagnosis *self)
{
  const TsmLinkFacts *link = &self->facts->link;

  if (!self->automatic || self->running != NULL || link->subscriber == TSM_LINK_IDLE)
    return FALSE;
  if (link->ready_since != 0 && self->now - link->ready_since < SETTLE_US)
    return FALSE;
  if (self->last_finished == 0)
    return link->ready_since != 0 || link->error != NULL || self->now - self->started >= SETTLE_US;
  if (link->ready_since != 0 && link->ready_since != self->examined_link)
    return TRUE;
  return self->now - self->last_finished >= get_pause (self);
}

/**
 * tsm_diagnosis_update:
 * @self: a diagnosis
 * @now: monotonic µs
 * @now_real: µs since the epoch
 *
 * Judges anew by what is known now, and examines where that is due. To be called once a second, and when the state of the
 * connection has changed.
 */
void
tsm_diagnosis_update (TsmDiagnosis *self,
                      gint64        now,
                      gint64        now_real)
{
  gboolean changed;

  g_return_if_fail (TSM_IS_DIAGNOSIS (self));

  self->now = now;
  self->now_real = now_real;
  if (self->started == 0 && tsm_connection_get_subscriber_state (self->connection) != TSM_LINK_IDLE)
    self->started = now;
  if (tsm_losses_look (&self->losses, self->connection, now))
    tsm_semantics_interrupt (self->semantics);

  changed = judge (self);
  tsm_diagnosis_keep_ledger (self);
  if (!is_troubled (self))
    self->trouble_since = 0;
  else if (self->trouble_since == 0)
    self->trouble_since = now;

  if (is_due (self))
    {
      start (self, FALSE, FALSE);
      changed = TRUE;
    }
  if (changed)
    tell_changed (self);
}

/**
 * tsm_diagnosis_ingest:
 * @self: a diagnosis
 * @event: an event as it was decoded, rejected ones too
 *
 * Takes up one event. The ladder follows at the next update.
 */
void
tsm_diagnosis_ingest (TsmDiagnosis *self,
                      TsmEvent     *event)
{
  tsm_intake_ingest (self->intake, event);
  tsm_semantics_ingest (self->semantics, event);
}

/**
 * tsm_diagnosis_set_control:
 * @self: a diagnosis
 * @receivers: of the last command, or by PUBSUB NUMSUB; -1 where not known
 * @error: (nullable): the server's words where it refused a command
 *
 * Takes up what is known of the control channel.
 */
void
tsm_diagnosis_set_control (TsmDiagnosis *self,
                           gint64        receivers,
                           const char   *error)
{
  g_return_if_fail (TSM_IS_DIAGNOSIS (self));

  self->control_receivers = receivers;
  g_free (self->control_error);
  self->control_error = g_strdup (error);
}

/**
 * tsm_diagnosis_set_patience:
 * @self: a diagnosis
 * @patience: µs; 8 s where it is not set
 *
 * Sets after how long without any event something is said about it.
 */
void
tsm_diagnosis_set_patience (TsmDiagnosis *self,
                            gint64        patience)
{
  g_return_if_fail (TSM_IS_DIAGNOSIS (self));

  self->patience = patience;
}

/**
 * tsm_diagnosis_get_patience:
 * @self: a diagnosis
 *
 * Returns: µs of silence after which something is said about it: as set while nothing has ever come, then as learned from the
 *   stream
 */
gint64
tsm_diagnosis_get_patience (TsmDiagnosis *self)
{
  g_return_val_if_fail (TSM_IS_DIAGNOSIS (self), 0);

  return self->facts->intake.last == 0 ? self->patience : self->facts->semantics.all.patience;
}

/**
 * tsm_diagnosis_set_automatic:
 * @self: a diagnosis
 * @automatic: %TRUE at first
 *
 * Sets whether it examines by itself.
 */
void
tsm_diagnosis_set_automatic (TsmDiagnosis *self,
                             gboolean      automatic)
{
  g_return_if_fail (TSM_IS_DIAGNOSIS (self));

  self->automatic = automatic;
}

/**
 * tsm_diagnosis_set_deep:
 * @self: a diagnosis
 * @deep: %FALSE at first
 *
 * Sets whether it searches all channels whenever it examines, not only where tsm_diagnosis_run() asks for it.
 */
void
tsm_diagnosis_set_deep (TsmDiagnosis *self,
                        gboolean      deep)
{
  g_return_if_fail (TSM_IS_DIAGNOSIS (self));

  self->deep = deep;
}

/**
 * tsm_diagnosis_run:
 * @self: a diagnosis
 * @deep: whether to search all channels
 *
 * Examines now. One that is under way is given up.
 */
void
tsm_diagnosis_run (TsmDiagnosis *self,
                   gboolean      deep)
{
  g_return_if_fail (TSM_IS_DIAGNOSIS (self));

  start (self, deep, TRUE);
  tell_changed (self);
}

/**
 * tsm_diagnosis_cancel:
 * @self: a diagnosis
 *
 * Gives up the examination that is under way, where one is.
 */
void
tsm_diagnosis_cancel (TsmDiagnosis *self)
{
  g_return_if_fail (TSM_IS_DIAGNOSIS (self));

  if (self->running == NULL)
    return;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}

/**
 * tsm_diagnosis_get_n_listeners:
 * @self: a diagnosis
 *
 * Returns: how many of those to whom a command is delivered now are connections of a search, where an access list permits only
 *   patterns that match the control channel too
 */
guint
tsm_diagnosis_get_n_listeners (TsmDiagnosis *self)
{
  g_return_val_if_fail (TSM_IS_DIAGNOSIS (self), 0);

  return self->n_listeners;
}

/**
 * tsm_diagnosis_is_running:
 * @self: a diagnosis
 *
 * Returns: whether an examination is under way
 */
gboolean
tsm_diagnosis_is_running (TsmDiagnosis *self)
{
  g_return_val_if_fail (TSM_IS_DIAGNOSIS (self), FALSE);

  return self->running != NULL;
}

/**
 * tsm_diagnosis_get_last_run:
 * @self: a diagnosis
 *
 * Returns: µs since the epoch when the last examination ended; 0 for never
 */
gint64
tsm_diagnosis_get_last_run (TsmDiagnosis *self)
{
  g_return_val_if_fail (TSM_IS_DIAGNOSIS (self), 0);

  return self->last_run;
}

/**
 * tsm_diagnosis_get_ladder:
 * @self: a diagnosis
 *
 * Returns: (transfer none): as it was judged last; on which nothing is known before the first update
 */
TsmLadder *
tsm_diagnosis_get_ladder (TsmDiagnosis *self)
{
  g_return_val_if_fail (TSM_IS_DIAGNOSIS (self), NULL);

  return self->ladder;
}

/**
 * tsm_diagnosis_get_facts:
 * @self: a diagnosis
 *
 * Returns: (transfer none): all that is known now; valid until the next iteration of the main loop
 */
const TsmDiagnosisFacts *
tsm_diagnosis_get_facts (TsmDiagnosis *self)
{
  g_return_val_if_fail (TSM_IS_DIAGNOSIS (self), NULL);

  /* Gathered anew: samples and names within belong to what learns from each event. */
  g_clear_pointer (&self->facts, tsm_diagnosis_facts_free);
  self->facts = tsm_diagnosis_gather (self);
  return self->facts;
}

TsmGapLedger *
tsm_diagnosis_get_gaps (TsmDiagnosis *self)
{
  g_return_val_if_fail (TSM_IS_DIAGNOSIS (self), NULL);

  return self->gaps;
}

/**
 * tsm_diagnosis_get_near_miss:
 * @self: a diagnosis
 * @channel: a channel
 *
 * Returns: (transfer none) (nullable): what the last examination heard there; valid until the next has ended
 */
const TsmNearMiss *
tsm_diagnosis_get_near_miss (TsmDiagnosis *self,
                             const char   *channel)
{
  g_return_val_if_fail (TSM_IS_DIAGNOSIS (self), NULL);

  for (guint i = 0; self->examination != NULL && i < self->examination->near_misses->len; i++)
    {
      const TsmNearMiss *miss = g_ptr_array_index (self->examination->near_misses, i);

      if (g_strcmp0 (miss->channel, channel) == 0)
        return miss;
    }
  return NULL;
}

/**
 * tsm_diagnosis_dup_report:
 * @self: a diagnosis
 * @format: for whom
 *
 * Returns: (transfer full): the ladder as it was judged last, and all that is known
 */
char *
tsm_diagnosis_dup_report (TsmDiagnosis    *self,
                          TsmReportFormat  format)
{
  g_return_val_if_fail (TSM_IS_DIAGNOSIS (self), NULL);

  return tsm_diagnosis_report (self->ladder, tsm_diagnosis_get_facts (self), G_LIST_MODEL (self->gaps), format);
}

static void
tsm_diagnosis_dispose (GObject *object)
{
  TsmDiagnosis *self = TSM_DIAGNOSIS (object);

  tsm_diagnosis_cancel (self);

  G_OBJECT_CLASS (tsm_diagnosis_parent_class)->dispose (object);
}

static void
tsm_diagnosis_finalize (GObject *object)
{
  TsmDiagnosis *self = TSM_DIAGNOSIS (object);

  g_clear_pointer (&self->facts, tsm_diagnosis_facts_free);
  g_clear_pointer (&self->ladder, tsm_ladder_unref);
  g_clear_pointer (&self->examination, tsm_examination_unref);
  tsm_losses_clear (&self->losses);
  tsm_intake_free (self->intake);
  tsm_semantics_free (self->semantics);
  g_object_unref (self->gaps);
  g_object_unref (self->connection);
  g_free (self->control_error);

  G_OBJECT_CLASS (tsm_diagnosis_parent_class)->finalize (object);
}

static void
tsm_diagnosis_class_init (TsmDiagnosisClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsm_diagnosis_dispose;
  object_class->finalize = tsm_diagnosis_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TSM_TYPE_DIAGNOSIS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EXAMINED] = g_signal_new ("examined", TSM_TYPE_DIAGNOSIS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsm_diagnosis_init (TsmDiagnosis *self)
{
  self->intake = tsm_intake_new ();
  self->semantics = tsm_semantics_new ();
  self->gaps = tsm_gap_ledger_new ();
  self->patience = DEFAULT_PATIENCE;
  self->control_receivers = -1;
  self->automatic = TRUE;
}

/**
 * tsm_diagnosis_new:
 * @connection: (transfer none): the live connection; its state is read, and never changed
 *
 * Returns: (transfer full): a diagnosis that knows nothing before the first tsm_diagnosis_update()
 */
TsmDiagnosis *
tsm_diagnosis_new (TsmConnection *connection)
{
  TsmDiagnosis *self;

  g_return_val_if_fail (TSM_IS_CONNECTION (connection), NULL);

  self = g_object_new (TSM_TYPE_DIAGNOSIS, NULL);
  self->connection = g_object_ref (connection);
  self->facts = tsm_diagnosis_gather (self);
  self->ladder = tsm_judge (self->facts);
  return self;
}
