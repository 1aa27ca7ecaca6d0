/* What is said to a server before anything else: AUTH, PING, CLIENT SETNAME and INFO, one after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only PING and, where there is a password, AUTH must succeed. The rest is good to have: a user with the least privilege
 * may be refused it. But each must be answered as a Redis answers it, or what listens there is none.
 */

#include "redis/tsm-handshake.h"

#include <string.h>

#include "redis/tsm-link-error.h"
#include "redis/tsm-server-info.h"

#define CLIENT_NAME "tickstock-monitor"

struct _TsmHandshake
{
  TsmLink          *link;
  TsmHandshakeFunc  done;
  gpointer          user_data;

  guint             step;
  TsmServerInfo    *info;
};

/* FALSE: the link has failed. */
typedef gboolean (*JudgeFunc) (TsmHandshake     *self,
                               const redisReply *reply);

static gboolean
starts_with_any (const char         *text,
                 const char * const *prefixes)
{
  for (; *prefixes != NULL; prefixes++)
    if (g_str_has_prefix (text, *prefixes))
      return TRUE;

  return FALSE;
}

static gboolean
fail_not_redis (TsmHandshake     *self,
                const redisReply *reply)
{
  const char *password = tsm_profile_get_password (tsm_link_get_profile (self->link));

  tsm_link_fail (self->link, tsm_link_error_new_from_hiredis (REDIS_ERR_PROTOCOL, reply->str, password));
  return FALSE;
}

static gboolean
judge_auth (TsmHandshake     *self,
            const redisReply *reply)
{
  /* The server wants no password from anybody, so ours does no harm. The second is from before Redis 6. */
  static const char * const needless[] = {
    "ERR AUTH <password> called without any password configured",
    "ERR Client sent AUTH, but no password is set",
    NULL
  };

  if (reply->type == REDIS_REPLY_STATUS)
    return TRUE;
  if (reply->type != REDIS_REPLY_ERROR)
    return fail_not_redis (self, reply);
  if (starts_with_any (reply->str, needless))
    return TRUE;

  tsm_link_fail_from_server (self->link, reply->str);
  return FALSE;
}

static gboolean
judge_ping (TsmHandshake     *self,
            const redisReply *reply)
{
  /* Not a PONG, but a Redis all the same that lets us listen: PING is not allowed to us; a replica without its primary. */
  static const char * const harmless[] = { "NOPERM", "MASTERDOWN", NULL };

  if (reply->type == REDIS_REPLY_STATUS && strcmp (reply->str, "PONG") == 0)
    return TRUE;
  if (reply->type != REDIS_REPLY_ERROR)
    return fail_not_redis (self, reply);
  if (starts_with_any (reply->str, harmless))
    return TRUE;

  tsm_link_fail_from_server (self->link, reply->str);
  return FALSE;
}

static gboolean
judge_name (TsmHandshake     *self,
            const redisReply *reply)
{
  return reply->type == REDIS_REPLY_STATUS || reply->type == REDIS_REPLY_ERROR || fail_not_redis (self, reply);
}

static gboolean
judge_info (TsmHandshake     *self,
            const redisReply *reply)
{
  if (reply->type == REDIS_REPLY_STRING)
    tsm_server_info_read (self->info, reply->str);

  return reply->type == REDIS_REPLY_STRING || reply->type == REDIS_REPLY_ERROR || fail_not_redis (self, reply);
}

static const struct
{
  const char *words[3];
  JudgeFunc   judge;
} steps[] = {
  { { "AUTH" }, judge_auth }, /* followed by the user, if any, and the password */
  { { "PING" }, judge_ping },
  { { "CLIENT", "SETNAME", CLIENT_NAME }, judge_name },
  { { "INFO", "server" }, judge_info },
  { { "INFO", "replication" }, judge_info },
};

static void
reply_cb (const redisReply *reply,
          const GError     *error,
          gpointer          user_data)
{
  TsmHandshake *self = user_data;

  /* The link went down, and has freed us. */
  if (reply == NULL)
    return;

  if (!steps[self->step].judge (self, reply))
    return;

  self->step++;
  if (self->step < G_N_ELEMENTS (steps))
    tsm_handshake_next (self);
  else
    self->done (g_steal_pointer (&self->info), self->user_data);
}

typedef void (*SendFunc) (TsmLink       *link,
                          guint          argc,
                          const char   **argv,
                          const gsize   *argv_lengths,
                          TsmReplyFunc   func,
                          gpointer       user_data);

static void
send_words (TsmHandshake       *self,
            SendFunc            send,
            const char * const *words,
            guint               n_words)
{
  const char *argv[3];
  gsize lengths[3];
  guint argc;

  for (argc = 0; argc < n_words && words[argc] != NULL; argc++)
    {
      argv[argc] = words[argc];
      lengths[argc] = strlen (words[argc]);
    }

  send (self->link, argc, argv, lengths, reply_cb, self);
}

static void
send_auth (TsmHandshake *self)
{
  TsmProfile *profile = tsm_link_get_profile (self->link);
  const char *user = tsm_profile_get_user (profile);
  const char *password = tsm_profile_get_password (profile);
  const char *words[] = { "AUTH", password, NULL };
  /* A user without a password may log in with any, also with the empty one. */
  const char *words_with_user[] = { "AUTH", user, password != NULL ? password : "" };

  if (user != NULL)
    send_words (self, tsm_link_send_secret, words_with_user, G_N_ELEMENTS (words_with_user));
  else
    send_words (self, tsm_link_send_secret, words, G_N_ELEMENTS (words));
}

/**
 * tsm_handshake_new:
 * @link: the link that it speaks through
 * @done: called when all is said; may free the handshake
 * @user_data: passed to @done
 *
 * Makes a handshake; tsm_handshake_next() begins it. What goes wrong is told to @link with tsm_link_fail().
 *
 * Returns: (transfer full): a handshake
 */
TsmHandshake *
tsm_handshake_new (TsmLink          *link,
                   TsmHandshakeFunc  done,
                   gpointer          user_data)
{
  TsmHandshake *self = g_new0 (TsmHandshake, 1);
  TsmProfile *profile = tsm_link_get_profile (link);

  self->link = link;
  self->done = done;
  self->user_data = user_data;
  self->info = tsm_server_info_new ();

  if (tsm_profile_get_user (profile) == NULL && tsm_profile_get_password (profile) == NULL)
    self->step = 1; /* no AUTH */

  return self;
}

/**
 * tsm_handshake_next:
 * @self: a handshake
 *
 * Sends the command of the step it is at.
 */
void
tsm_handshake_next (TsmHandshake *self)
{
  if (self->step == 0)
    send_auth (self);
  else
    send_words (self, tsm_link_send, steps[self->step].words, G_N_ELEMENTS (steps[self->step].words));
}

/**
 * tsm_handshake_free:
 * @self: (transfer full): a handshake
 *
 * Frees the handshake. The replies it awaits must not reach it after that.
 */
void
tsm_handshake_free (TsmHandshake *self)
{
  g_clear_pointer (&self->info, tsm_server_info_free);
  g_free (self);
}
