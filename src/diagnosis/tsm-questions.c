/* What the examiner asks a server, and what the answers tell.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All are asked at once: none depends on another, and none changes anything. What is refused is noted with the line that would
 * allow it.
 */

#include "diagnosis/tsm-questions.h"

#include <string.h>

#include "diagnosis/tsm-examination-private.h"
#include "diagnosis/tsm-info.h"

/* Each sentinel listens to this channel of each server that it watches, and publishes there. */
#define SENTINELS "__sentinel__:hello"

struct _TsmQuestions
{
  TsmConnection    *connection;
  TsmExamination   *examination;
  TsmProfile       *profile;
  char             *user;
  GCancellable     *cancellable;
  guint             n_awaited;
  gboolean          may_not_try;
  TsmQuestionsFunc  answered;
  gpointer          owner;
};

typedef struct _Question Question;

/* Takes up an answer; @data: what the question was asked with. */
typedef void (*ReadFunc) (TsmQuestions *self,
                          GVariant     *reply,
                          gpointer      data);

/* Takes up the server's words where it does not permit the question. */
typedef void (*RefusedFunc) (TsmQuestions *self,
                             const char   *words);

/**
 * Question:
 * @rung: that would know less without an answer
 * @permission: what an access list would have to allow
 * @refused: (nullable): NULL: the permission is noted as missing
 */
struct _Question
{
  const char  *words[4];
  TsmRungId    rung;
  const char  *permission;
  ReadFunc     read;
  RefusedFunc  refused;
};

typedef struct
{
  TsmQuestions   *questions;
  const Question *question;
  gpointer        data;
} Asked;

static const char *
get_text (GVariant *reply)
{
  return g_variant_is_of_type (reply, G_VARIANT_TYPE_STRING) ? g_variant_get_string (reply, NULL) : NULL;
}

static void
read_info (TsmQuestions *self,
           GVariant     *reply,
           gpointer      data)
{
  if (get_text (reply) != NULL)
    tsm_info_read_server (&self->examination->server, get_text (reply), g_get_real_time ());
}

static void
read_counters (TsmQuestions *self,
               GVariant     *reply,
               gpointer      data)
{
  if (get_text (reply) != NULL)
    tsm_info_read_counters (data, get_text (reply), g_get_monotonic_time ());
}

static void
read_who (TsmQuestions *self,
          GVariant     *reply,
          gpointer      data)
{
  g_free (self->examination->who);
  self->examination->who = g_strdup (get_text (reply));
}

static void
read_clients (TsmQuestions *self,
              GVariant     *reply,
              gpointer      data)
{
  if (get_text (reply) != NULL)
    tsm_info_read_clients (self->examination, get_text (reply));
}

static TsmChannelFacts *
find_channel (TsmExamination *examination,
              const char     *name)
{
  for (guint i = 0; i < examination->channels->len; i++)
    {
      TsmChannelFacts *channel = g_ptr_array_index (examination->channels, i);

      if (g_str_equal (channel->name, name))
        return channel;
    }
  return NULL;
}

/* [channel, count, channel, count…] */
static void
read_subscribers (TsmQuestions *self,
                  GVariant     *reply,
                  gpointer      data)
{
  TsmExamination *examination = self->examination;

  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("av")))
    return;

  for (gsize i = 0; i + 1 < g_variant_n_children (reply); i += 2)
    {
      g_autoptr (GVariant) name = NULL;
      g_autoptr (GVariant) count = NULL;
      TsmChannelFacts *channel;

      g_variant_get_child (reply, i, "v", &name);
      g_variant_get_child (reply, i + 1, "v", &count);
      if (get_text (name) == NULL || !g_variant_is_of_type (count, G_VARIANT_TYPE_INT64))
        continue;

      channel = find_channel (examination, get_text (name));
      if (g_strcmp0 (get_text (name), examination->control.name) == 0)
        examination->control.subscribers = g_variant_get_int64 (count);
      else if (g_str_equal (get_text (name), SENTINELS))
        examination->n_sentinels = g_variant_get_int64 (count);
      else if (channel != NULL)
        channel->subscribers = g_variant_get_int64 (count);
    }
}

static void
read_shard_channels (TsmQuestions *self,
                     GVariant     *reply,
                     gpointer      data)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("av")))
    return;

  for (gsize i = 0; i < MIN (g_variant_n_children (reply), 20); i++)
    {
      g_autoptr (GVariant) name = NULL;

      g_variant_get_child (reply, i, "v", &name);
      if (get_text (name) != NULL)
        g_strv_builder_add (names, get_text (name));
    }
  g_strfreev (self->examination->shard_channels);
  self->examination->shard_channels = g_strv_builder_end (names);
}

/* Each live connection of a monitor has one; the examiners share one on which nobody publishes. */
static void
read_probes (TsmQuestions *self,
             GVariant     *reply,
             gpointer      data)
{
  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("av")))
    return;

  self->examination->n_probes = 0;
  for (gsize i = 0; i < g_variant_n_children (reply); i++)
    {
      g_autoptr (GVariant) name = NULL;

      g_variant_get_child (reply, i, "v", &name);
      self->examination->n_probes += g_strcmp0 (get_text (name), TSM_QUESTIONS_CHANNEL) != 0;
    }
}

static void
refuse_probes (TsmQuestions *self,
               const char   *words)
{
}

static void
read_type (TsmQuestions *self,
           GVariant     *reply,
           gpointer      data)
{
  TsmChannelFacts *channel = data;

  g_free (channel->key_type);
  channel->key_type = g_strdup (get_text (reply));
}

static const Question questions[] = {
  { { "INFO", "server" }, TSM_RUNG_SERVER, "+info", read_info },
  { { "INFO", "replication" }, TSM_RUNG_SERVER, "+info", read_info },
  { { "INFO", "cluster" }, TSM_RUNG_SERVER, "+info", read_info },
  { { "INFO", "clients" }, TSM_RUNG_SERVER, "+info", read_info },
  { { "ACL", "WHOAMI" }, TSM_RUNG_AUTHENTICATE, "+acl|whoami", read_who },
  { { "CLIENT", "LIST" }, TSM_RUNG_PUBLISHER, "+client|list", read_clients },
  { { "PUBSUB", "SHARDCHANNELS" }, TSM_RUNG_CHANNEL, "+pubsub", read_shard_channels },
  { { "PUBSUB", "CHANNELS", TSM_PROFILE_PROBE_PREFIX "*" }, TSM_RUNG_PUBLISHER, "+pubsub", read_probes, refuse_probes },
};

static const Question count_questions[] = {
  { { "INFO", "commandstats" }, TSM_RUNG_PUBLISHER, "+info", read_counters },
  { { "INFO", "stats" }, TSM_RUNG_PUBLISHER, "+info", read_counters },
};

static void read_multi (TsmQuestions *self,
                        GVariant     *reply,
                        gpointer      data);

static void
read_nothing (TsmQuestions *self,
              GVariant     *reply,
              gpointer      data)
{
}

static void
refuse_multi (TsmQuestions *self,
              const char   *words)
{
  self->may_not_try = TRUE;
}

static void
refuse_control (TsmQuestions *self,
                const char   *words)
{
  g_free (self->examination->control_error);
  self->examination->control_error = g_strdup (words);
  self->examination->control_refused = g_get_monotonic_time ();
}

static const Question multi_question = { { "MULTI" }, TSM_RUNG_CONTROL, "+multi", read_multi, refuse_multi };
static const Question publish_question = { { "PUBLISH" }, TSM_RUNG_CONTROL, "+publish", read_nothing, refuse_control };
static const Question discard_question = { { "DISCARD" }, TSM_RUNG_CONTROL, "+discard", read_nothing, refuse_multi };

static const Question subscribers_question = { { "PUBSUB", "NUMSUB" }, TSM_RUNG_CONTROL, "+pubsub", read_subscribers };
static const Question type_question = { { "TYPE" }, TSM_RUNG_CHANNEL, "+type", read_type };

/* The server's own words stand in brackets behind the sentence for people. */
static char *
extract_words (const char *message)
{
  const char *at = strstr (message, "(NOPERM");
  char *words;

  if (at == NULL)
    return g_strdup (message);
  words = g_strdup (at + 1);
  if (g_str_has_suffix (words, ")"))
    words[strlen (words) - 1] = '\0';
  return words;
}

static void
note_refusal (Asked        *asked,
              const GError *error)
{
  TsmQuestions *self = asked->questions;
  const Question *question = asked->question;
  const char *user = self->user != NULL ? self->user : "default";
  const char *key = question == &type_question ? ((TsmChannelFacts *) asked->data)->name : NULL;
  g_autofree char *command = g_strjoin (" ", question->words[0], question->words[1] != NULL ? question->words[1] : key, NULL);
  g_autofree char *words = extract_words (error->message);
  g_autofree char *grant = NULL;

  if (question->refused != NULL)
    {
      question->refused (self, words);
      return;
    }

  grant = g_strdup_printf ("ACL SETUSER %s %s%s%s", user, question->permission, key != NULL ? " ~" : "", key != NULL ? key : "");

  tsm_examination_add_missing (self->examination, question->rung, command, words, grant);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = tsm_connection_command_finish (TSM_CONNECTION (object), result, &error);
  TsmQuestions *self;

  /* Then the questions are gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = asked->questions;
  if (reply != NULL)
    asked->question->read (self, reply, asked->data);
  else if (g_error_matches (error, TSM_LINK_ERROR, TSM_LINK_ERROR_NO_PERMISSION))
    note_refusal (asked, error);

  if (--self->n_awaited == 0)
    self->answered (self->owner);
}

static void
ask (TsmQuestions       *self,
     const Question     *question,
     const char * const *argv,
     gpointer            data)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->questions = self;
  asked->question = question;
  asked->data = data;
  self->n_awaited++;
  tsm_connection_command_async (self->connection, argv, self->cancellable, answered_cb, asked);
}

/* A command within MULTI is checked against the access list when it is queued, and DISCARD forgets it: so we learn whether we may
 * publish on the control channel without ever publishing there. Sent only once MULTI is known to have been taken. */
static void
read_multi (TsmQuestions *self,
            GVariant     *reply,
            gpointer      data)
{
  const char *publish[] = { "PUBLISH", self->examination->control.name, "", NULL };

  if (g_strcmp0 (get_text (reply), "OK") != 0)
    return;
  ask (self, &publish_question, publish, NULL);
  ask (self, &discard_question, discard_question.words, NULL);
}

TsmQuestions *
tsm_questions_new (TsmConnection    *connection,
                   TsmExamination   *examination,
                   const char       *user,
                   TsmQuestionsFunc  answered,
                   gpointer          owner)
{
  TsmQuestions *self = g_new0 (TsmQuestions, 1);

  self->connection = g_object_ref (connection);
  self->examination = tsm_examination_ref (examination);
  self->user = g_strdup (user);
  self->cancellable = g_cancellable_new ();
  self->answered = answered;
  self->owner = owner;
  return self;
}

void
tsm_questions_free (TsmQuestions *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->connection);
  tsm_examination_unref (self->examination);
  g_free (self->user);
  g_free (self);
}

static void
ask_subscribers (TsmQuestions *self)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, (gpointer) "PUBSUB");
  g_ptr_array_add (argv, (gpointer) "NUMSUB");
  g_ptr_array_add (argv, (gpointer) SENTINELS);
  g_ptr_array_add (argv, self->examination->control.name);
  for (guint i = 0; i < self->examination->channels->len; i++)
    {
      TsmChannelFacts *channel = g_ptr_array_index (self->examination->channels, i);

      if (!channel->is_pattern)
        g_ptr_array_add (argv, channel->name);
    }
  g_ptr_array_add (argv, NULL);
  ask (self, &subscribers_question, (const char * const *) argv->pdata, NULL);
}

static void
ask_types (TsmQuestions *self)
{
  for (guint i = 0; i < self->examination->channels->len; i++)
    {
      TsmChannelFacts *channel = g_ptr_array_index (self->examination->channels, i);
      const char *argv[] = { "TYPE", channel->name, NULL };

      if (!channel->is_pattern)
        ask (self, &type_question, argv, channel);
    }
}

/**
 * tsm_questions_ask:
 * @self: questions
 * @profile: whose channels are asked about
 *
 * Asks all that one asks once.
 */
void
tsm_questions_ask (TsmQuestions *self,
                   TsmProfile   *profile)
{
  TsmExamination *examination = self->examination;

  for (const char * const *name = tsm_profile_get_channels (profile); *name != NULL; name++)
    tsm_examination_add_channel (examination, *name);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    ask (self, &questions[i], questions[i].words, NULL);
  ask_subscribers (self);
  ask_types (self);
}

/**
 * tsm_questions_try_control:
 * @self: questions, none of which is awaited: what is sent meanwhile would be forgotten
 *
 * Finds out whether we may publish on the control channel, without doing so.
 */
void
tsm_questions_try_control (TsmQuestions *self)
{
  ask (self, &multi_question, multi_question.words, NULL);
}

/**
 * tsm_questions_may_not_try:
 * @self: questions
 *
 * Returns: whether it could not be tried out if we may publish on the control channel, for want of a permission
 */
gboolean
tsm_questions_may_not_try (TsmQuestions *self)
{
  return self->may_not_try;
}

/**
 * tsm_questions_count:
 * @self: questions
 * @counters: (out): of the examination: what is filled when it is answered
 *
 * Asks for the counts of the whole server.
 */
void
tsm_questions_count (TsmQuestions *self,
                     TsmCounters  *counters)
{
  for (guint i = 0; i < G_N_ELEMENTS (count_questions); i++)
    ask (self, &count_questions[i], count_questions[i].words, counters);
}
