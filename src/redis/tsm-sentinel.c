/* Asks the sentinels of a profile where the primary is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All are asked at once. A sentinel that has lost touch may name an old primary, and be the quickest to do so for ever: what more
 * than half of them name is believed at once, else the others have a while to answer, and what was tried in vain gives way to
 * what was not. Whoever connects has to look whether it is a primary
 * (https://redis.io/docs/latest/develop/reference/sentinel-clients/).
 * A sentinel is asked without a password first: most have none, and the primary's is not for everybody to see.
 */

#include "config.h"

#include "redis/tsm-sentinel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "redis/tsm-link-error.h"
#include "redis/tsm-link.h"
#include "redis/tsm-server-info.h"
#include "redis/tsm-timer.h"

/* The part of the time for connecting that a first answer waits for others. */
#define PATIENCE 10

typedef struct
{
  TsmSentinel *sentinel;
  TsmEndpoint *endpoint;
  TsmLink     *link;
  gboolean     with_password;
  GError      *error;     /* why it has not answered */
  gboolean     answered;
  TsmEndpoint *primary;   /* NULL: it knows of none */
} Asker;

struct _TsmSentinel
{
  TsmProfile      *profile;
  GMainContext    *context;
  const TsmTiming *timing;
  TsmSentinelFunc  done;
  gpointer         owner;

  GPtrArray       *askers;  /* Asker */
  TsmEndpoint     *doubted; /* (nullable) */
  gint64           patient; /* monotonic µs: until when others are waited for; 0: none has named a primary yet */
  GSource         *news;    /* a link must not be freed by what it calls */
};

static void
drop_link (Asker *self)
{
  if (self->link == NULL)
    return;

  tsm_link_stop (self->link);
  g_clear_pointer (&self->link, tsm_link_free);
}

static void
asker_free (Asker *self)
{
  drop_link (self);
  tsm_endpoint_free (self->endpoint);
  g_clear_pointer (&self->primary, tsm_endpoint_free);
  g_clear_error (&self->error);
  g_free (self);
}

static TsmEndpoint *
read_answer (const redisReply *reply)
{
  guint64 port;

  if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2
      || reply->element[0]->type != REDIS_REPLY_STRING || reply->element[1]->type != REDIS_REPLY_STRING
      || !g_utf8_validate (reply->element[0]->str, -1, NULL)
      || !g_ascii_string_to_unsigned (reply->element[1]->str, 10, 1, G_MAXUINT16, &port, NULL))
    return NULL;

  return tsm_endpoint_new (reply->element[0]->str, (guint16) port);
}

static void
answered_cb (const redisReply *reply,
             const GError     *error,
             gpointer          user_data)
{
  Asker *self = user_data;
  TsmSentinel *sentinel = self->sentinel;

  /* The link went down; down_cb() tells of it. */
  if (reply == NULL)
    return;

  self->primary = read_answer (reply);
  if (self->primary != NULL && sentinel->patient == 0)
    sentinel->patient = g_get_monotonic_time () + sentinel->timing->connect_ms * G_TIME_SPAN_MILLISECOND / PATIENCE;

  if (reply->type == REDIS_REPLY_ERROR)
    self->error = tsm_link_error_new_from_server (reply->str, tsm_profile_get_password (sentinel->profile));
  else
    self->answered = TRUE;
  tsm_timer_set (sentinel->news, 0);
}

static void
greeted_cb (TsmServerInfo *info,
            gpointer       owner)
{
  Asker *self = owner;
  const char *argv[] = { "SENTINEL", "GET-MASTER-ADDR-BY-NAME", tsm_profile_get_service (self->sentinel->profile) };
  gsize lengths[] = { strlen (argv[0]), strlen (argv[1]), strlen (argv[2]) };

  tsm_server_info_free (info);
  tsm_link_set_ready (self->link);
  tsm_link_send (self->link, G_N_ELEMENTS (argv), argv, lengths, answered_cb, self);
}

static void
down_cb (gpointer owner)
{
  Asker *self = owner;
  const GError *error = tsm_link_get_status (self->link)->error;

  if (error == NULL || self->answered)
    return;

  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  tsm_timer_set (self->sentinel->news, 0);
}

static void
changed_cb (gpointer owner)
{
}

static const TsmLinkFuncs link_funcs = {
  .greeted = greeted_cb,
  .down = down_cb,
  .changed = changed_cb,
};

static void
ask (Asker *self)
{
  TsmProfile *profile = self->sentinel->profile;
  g_autoptr (TsmProfile) copy = tsm_profile_copy (profile);
  g_autofree char *endpoint = tsm_endpoint_to_string (self->endpoint);
  g_autofree char *url = g_strconcat (tsm_profile_uses_tls (profile) ? "rediss://" : "redis://", endpoint, NULL);

  tsm_profile_set_text (copy, TSM_PROFILE_URL, url, NULL);
  tsm_profile_set_password (copy, self->with_password ? tsm_profile_get_password (profile) : NULL);
  drop_link (self);
  self->link = tsm_link_new (copy, self->sentinel->context, self->sentinel->timing, &link_funcs, self);
  tsm_link_start (self->link);
}

static gboolean
is_about_reach (const GError *error)
{
  static const TsmLinkError codes[] = {
    TSM_LINK_ERROR_HOST_UNKNOWN, TSM_LINK_ERROR_REFUSED, TSM_LINK_ERROR_TIMEOUT, TSM_LINK_ERROR_LOST, TSM_LINK_ERROR_HALF_OPEN,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, TSM_LINK_ERROR, (int) codes[i]))
      return TRUE;

  return FALSE;
}

/* (transfer full): what it is that refuses, as the words speak of a server */
static GError *
refuse (const Asker *asker)
{
  GError *error = g_error_copy (asker->error);
  g_autofree char *endpoint = tsm_endpoint_to_string (asker->endpoint);

  /* TRANSLATORS: where it is, as host:port; a sentence about it follows */
  g_prefix_error (&error, _("Sentinel %s: "), endpoint);
  return error;
}

/* None has named a primary. That one answered says more than that another did not, and its refusal more than its silence. */
static GError *
explain (TsmSentinel *self)
{
  g_autofree char *endpoint = NULL;
  g_autofree char *words = NULL;
  const Asker *asker = NULL;

  for (guint i = 0; i < self->askers->len; i++)
    {
      asker = g_ptr_array_index (self->askers, i);
      if (asker->answered)
        return tsm_link_error_new (TSM_LINK_ERROR_NO_PRIMARY, tsm_profile_get_service (self->profile));
    }

  for (guint i = 0; i < self->askers->len; i++)
    {
      asker = g_ptr_array_index (self->askers, i);
      if (!is_about_reach (asker->error))
        return refuse (asker);
    }

  endpoint = tsm_endpoint_to_string (asker->endpoint);
  words = g_strdup_printf ("%s: %s", endpoint, asker->error->message);
  return tsm_link_error_new (TSM_LINK_ERROR_NO_SENTINEL, words);
}

static gboolean
asks_again (Asker *self)
{
  if (self->with_password || !g_error_matches (self->error, TSM_LINK_ERROR, TSM_LINK_ERROR_AUTH_REQUIRED)
      || tsm_profile_get_password (self->sentinel->profile) == NULL)
    return FALSE;

  g_clear_error (&self->error);
  self->with_password = TRUE;
  ask (self);
  return TRUE;
}

/* Returns: how many have not said anything yet; the links of the others are closed */
static guint
count_open (TsmSentinel *self)
{
  guint n_open = 0;

  for (guint i = 0; i < self->askers->len; i++)
    {
      Asker *asker = g_ptr_array_index (self->askers, i);

      if (asker->error == NULL && !asker->answered)
        n_open++;
      else if (asker->error != NULL && asks_again (asker))
        n_open++;
      else
        drop_link (asker);
    }

  return n_open;
}

static gboolean
is_same (const TsmEndpoint *one,
         const TsmEndpoint *other)
{
  return one != NULL && other != NULL && one->port == other->port && g_str_equal (one->host, other->host);
}

static guint
count_votes (TsmSentinel       *self,
             const TsmEndpoint *primary)
{
  guint n_votes = 0;

  for (guint i = 0; i < self->askers->len; i++)
    n_votes += is_same (((Asker *) g_ptr_array_index (self->askers, i))->primary, primary) ? 1 : 0;

  return n_votes;
}

/* (nullable): what most have named so far, but for what is doubted; that only where nothing else was named */
static const TsmEndpoint *
choose (TsmSentinel *self,
        guint       *n_votes)
{
  const TsmEndpoint *best = NULL;

  *n_votes = 0;
  for (guint i = 0; i < self->askers->len; i++)
    {
      const TsmEndpoint *primary = ((Asker *) g_ptr_array_index (self->askers, i))->primary;
      guint votes = count_votes (self, primary);

      if (is_same (primary, self->doubted) || votes <= *n_votes)
        continue;

      best = primary;
      *n_votes = votes;
    }

  return best != NULL || count_votes (self, self->doubted) == 0 ? best : self->doubted;
}

static gboolean
news_cb (gpointer user_data)
{
  TsmSentinel *self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_open = count_open (self);
  guint n_votes;
  const TsmEndpoint *primary = choose (self, &n_votes);
  gint64 patience = self->patient - g_get_monotonic_time ();

  if (n_open > 0 && n_votes * 2 <= self->askers->len && (primary == NULL || patience > 0))
    {
      if (primary != NULL)
        tsm_timer_set (self->news, (guint) (patience / G_TIME_SPAN_MILLISECOND) + 1);
      return G_SOURCE_REMOVE;
    }

  if (primary == NULL)
    error = explain (self);
  self->done (primary, error, self->owner);
  return G_SOURCE_REMOVE;
}

/**
 * tsm_sentinel_new:
 * @profile: with sentinels and a service; its TLS settings hold for the sentinels too
 * @doubted: (nullable): what was named before, and was tried in vain
 * @context: the main context to run in
 * @timing: (transfer none): the times to keep to; must outlive this
 * @done: called from @context, never before this returns
 * @owner: passed to @done
 *
 * Asks.
 *
 * Returns: (transfer full): the question
 */
TsmSentinel *
tsm_sentinel_new (TsmProfile        *profile,
                  const TsmEndpoint *doubted,
                  GMainContext      *context,
                  const TsmTiming   *timing,
                  TsmSentinelFunc    done,
                  gpointer           owner)
{
  TsmSentinel *self = g_new0 (TsmSentinel, 1);

  self->profile = g_object_ref (profile);
  self->doubted = doubted != NULL ? tsm_endpoint_new (doubted->host, doubted->port) : NULL;
  self->context = g_main_context_ref (context);
  self->timing = timing;
  self->done = done;
  self->owner = owner;
  self->news = tsm_timer_new (context, news_cb, self);
  self->askers = g_ptr_array_new_with_free_func ((GDestroyNotify) asker_free);
  for (guint i = 0; i < tsm_profile_get_n_sentinels (profile); i++)
    {
      const TsmEndpoint *endpoint = tsm_profile_get_sentinel (profile, i);
      Asker *asker = g_new0 (Asker, 1);

      asker->sentinel = self;
      asker->endpoint = tsm_endpoint_new (endpoint->host, endpoint->port);
      g_ptr_array_add (self->askers, asker);
      ask (asker);
    }

  return self;
}

/**
 * tsm_sentinel_free:
 * @self: (transfer full): a question
 *
 * Gives it up, where it is not answered yet. Nothing is called any more.
 */
void
tsm_sentinel_free (TsmSentinel *self)
{
  g_ptr_array_unref (self->askers);
  g_clear_pointer (&self->doubted, tsm_endpoint_free);
  tsm_timer_free (self->news);
  g_object_unref (self->profile);
  g_main_context_unref (self->context);
  g_free (self);
}
