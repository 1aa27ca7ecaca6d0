/* A real redis-server of the test's own, in a private directory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/tsm-test-redis.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <hiredis/hiredis.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "support/tsm-test-port.h"

#define SERVER      "redis-server"
#define START_LIMIT (20 * G_TIME_SPAN_SECOND)
#define POLL_WAIT   2000 /* µs */
/* For an answer, so that a server which hangs fails a test with the name of the command instead of hanging it. s */
#define ANSWER_LIMIT 30
/* The port is ours at 127.0.0.1, but another program may have it at ::1. */
#define MAX_PORTS   10

struct _TsmTestRedis
{
  char     *directory;
  char     *socket;
  char     *url;
  char     *tcp_url;
  char     *password;
  char    **args;
  TsmTestRedisFlags flags;
  GSocket  *held_port; /* (nullable) */
  guint16   port;
  GPid      pid; /* 0: not running */
};

gboolean
tsm_test_redis_is_available (void)
{
  g_autofree char *path = g_find_program_in_path (SERVER);

  return path != NULL;
}

static void
run_if_available (gconstpointer data)
{
  const GTestFunc *func = data;

  if (tsm_test_redis_is_available ())
    (*func) ();
  else
    g_test_skip ("redis-server is not installed");
}

void
tsm_test_redis_add (const char *path,
                    GTestFunc   func)
{
  g_test_add_data_func_full (path, g_memdup2 (&func, sizeof func), run_if_available, g_free);
}

static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
spawn (TsmTestRedis *self)
{
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  gboolean tls = (self->flags & TSM_TEST_REDIS_TLS) != 0;
  g_autofree char *config = g_build_filename (self->directory, "sentinel.conf", NULL);
  const char *fixed[] = {
    SERVER, "--port", tls ? "0" : port, "--tls-port", tls ? port : "0", "--unixsocket", self->socket, "--dir", self->directory, "--bind", "127.0.0.1", "-::1",
    "--save", "", "--appendonly", "no", "--daemonize", "no", "--logfile", "redis.log",
  };
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (argv, (gpointer) fixed[i]);

  /* A sentinel writes what it learns into its configuration, and refuses to start without a file for that. */
  if ((self->flags & TSM_TEST_REDIS_SENTINEL) != 0)
    {
      g_file_set_contents (config, "", 0, NULL);
      g_ptr_array_insert (argv, 1, config);
      g_ptr_array_add (argv, (gpointer) "--sentinel");
    }
  for (guint i = 0; self->args != NULL && self->args[i] != NULL; i++)
    g_ptr_array_add (argv, self->args[i]);
  g_ptr_array_add (argv, NULL);

  g_spawn_async (self->directory, (char **) argv->pdata, NULL,
                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
                 die_with_parent, NULL, &self->pid, &error);
  g_assert_no_error (error);
}

/* Whether the process has ended by itself; it is reaped then. */
static gboolean
has_ended (TsmTestRedis *self)
{
  if (waitpid (self->pid, NULL, WNOHANG) != self->pid)
    return FALSE;

  self->pid = 0;
  return TRUE;
}

/* Any answer will do, also NOAUTH; but not LOADING. */
static gboolean
answers (TsmTestRedis *self)
{
  redisContext *context = redisConnectUnix (self->socket);
  redisReply *reply = context != NULL && context->err == 0 ? redisCommand (context, "PING") : NULL;
  gboolean good = reply != NULL && !g_str_has_prefix (reply->str, "LOADING");

  if (reply != NULL)
    freeReplyObject (reply);
  if (context != NULL)
    redisFree (context);
  return good;
}

/* FALSE: it ended, most likely as its port was taken. */
static gboolean
wait_until_it_answers (TsmTestRedis *self)
{
  gint64 end = g_get_monotonic_time () + START_LIMIT;

  while (!answers (self))
    {
      if (has_ended (self))
        return FALSE;
      if (g_get_monotonic_time () > end)
        g_error ("redis-server in %s does not answer", self->directory);
      g_usleep (POLL_WAIT);
    }

  return TRUE;
}

TsmTestRedis *
tsm_test_redis_start (TsmTestRedisFlags   flags,
                      const char * const *args)
{
  TsmTestRedis *self = g_new0 (TsmTestRedis, 1);
  g_autoptr (GError) error = NULL;
  guint tries = 0;

  self->directory = g_dir_make_tmp ("tsm-redis-XXXXXX", &error); /* mode 0700 */
  g_assert_no_error (error);
  self->socket = g_build_filename (self->directory, "redis.sock", NULL);
  self->url = g_strconcat ("unix://", self->socket, NULL);
  self->args = g_strdupv ((char **) args);
  self->flags = flags;

  do
    {
      g_assert_cmpuint (tries++, <, MAX_PORTS);
      g_clear_object (&self->held_port);
      if ((flags & (TSM_TEST_REDIS_TCP | TSM_TEST_REDIS_TLS)) != 0)
        self->held_port = tsm_test_port_hold (&self->port);
      spawn (self);
    }
  while (!wait_until_it_answers (self));

  if (self->port != 0)
    self->tcp_url = g_strdup_printf ((flags & TSM_TEST_REDIS_TLS) != 0 ? "rediss://localhost:%u" : "redis://127.0.0.1:%u",
                                     self->port);
  return self;
}

static void
remove_directory (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_remove (path);
    }
  g_rmdir (directory);
}

static void
end (TsmTestRedis *self,
     int           signal_number)
{
  if (self->pid == 0)
    return;

  kill (self->pid, signal_number);
  while (waitpid (self->pid, NULL, 0) == -1 && errno == EINTR)
    ;
  g_spawn_close_pid (self->pid);
  self->pid = 0;
}

void
tsm_test_redis_free (TsmTestRedis *self)
{
  end (self, SIGKILL);
  g_clear_object (&self->held_port);
  remove_directory (self->directory);
  g_free (self->directory);
  g_free (self->socket);
  g_free (self->url);
  g_free (self->tcp_url);
  g_free (self->password);
  g_strfreev (self->args);
  g_free (self);
}

const char *
tsm_test_redis_get_url (TsmTestRedis *self)
{
  return self->url;
}

const char *
tsm_test_redis_get_tcp_url (TsmTestRedis *self)
{
  return self->tcp_url;
}

const char *
tsm_test_redis_get_directory (TsmTestRedis *self)
{
  return self->directory;
}

const char *
tsm_test_redis_get_socket (TsmTestRedis *self)
{
  return self->socket;
}

guint16
tsm_test_redis_get_port (TsmTestRedis *self)
{
  return self->port;
}

void
tsm_test_redis_set_password (TsmTestRedis *self,
                             const char   *password)
{
  g_free (self->password);
  self->password = g_strdup (password);
}

static redisContext *
open_context (TsmTestRedis *self)
{
  redisContext *context = redisConnectUnix (self->socket);

  if (context == NULL || context->err != 0)
    g_error ("no connection to %s", self->socket);
  redisSetTimeout (context, (struct timeval) { ANSWER_LIMIT, 0 });
  if (self->password != NULL)
    freeReplyObject (redisCommand (context, "AUTH %s", self->password));

  return context;
}

static void
append_reply (GString          *text,
              const redisReply *reply)
{
  switch (reply->type)
    {
    case REDIS_REPLY_INTEGER:
      g_string_append_printf (text, "%lld", reply->integer);
      break;
    case REDIS_REPLY_ARRAY:
      for (gsize i = 0; i < reply->elements; i++)
        {
          append_reply (text, reply->element[i]);
          g_string_append_c (text, '\n');
        }
      break;
    default:
      if (reply->str != NULL)
        g_string_append_len (text, reply->str, reply->len);
      break;
    }
}

static redisReply *
run (TsmTestRedis *self,
     const char   *format,
     va_list       args)
{
  redisContext *context = open_context (self);
  redisReply *reply = redisvCommand (context, format, args);

  if (reply == NULL)
    g_error ("no reply to %s: %s", format, context->errstr);

  redisFree (context);
  return reply;
}

char *
tsm_test_redis_command (TsmTestRedis *self,
                        const char   *format,
                        ...)
{
  GString *text = g_string_new (NULL);
  redisReply *reply;
  va_list args;

  va_start (args, format);
  reply = run (self, format, args);
  va_end (args);

  append_reply (text, reply);
  freeReplyObject (reply);
  return g_string_free (text, FALSE);
}

void
tsm_test_redis_do (TsmTestRedis *self,
                   const char   *format,
                   ...)
{
  redisReply *reply;
  va_list args;

  va_start (args, format);
  reply = run (self, format, args);
  va_end (args);

  if (reply->type == REDIS_REPLY_ERROR)
    g_error ("%s: %s", format, reply->str);
  freeReplyObject (reply);
}

gint64
tsm_test_redis_flood (TsmTestRedis *self,
                      const char   *channel,
                      guint         n,
                      gsize         size)
{
  const guint pipeline = 100;
  redisContext *context = open_context (self);
  g_autofree char *payload = g_strnfill (size, 'x');
  gint64 receivers = 0;

  for (guint done = 0; done < n; done += pipeline)
    {
      guint part = MIN (pipeline, n - done);

      for (guint i = 0; i < part; i++)
        redisAppendCommand (context, "PUBLISH %s %b", channel, payload, size);
      for (guint i = 0; i < part; i++)
        {
          redisReply *reply = NULL;

          if (redisGetReply (context, (void **) &reply) != REDIS_OK)
            g_error ("flood: %s", context->errstr);
          receivers += reply->integer;
          freeReplyObject (reply);
        }
    }

  redisFree (context);
  return receivers;
}

void
tsm_test_redis_kill (TsmTestRedis *self)
{
  end (self, SIGKILL);
}

void
tsm_test_redis_stop (TsmTestRedis *self)
{
  end (self, SIGTERM);
}

void
tsm_test_redis_restart (TsmTestRedis *self)
{
  g_assert_cmpint (self->pid, ==, 0);

  g_remove (self->socket);
  spawn (self);
  if (!wait_until_it_answers (self))
    g_error ("redis-server in %s does not start again", self->directory);
}

void
tsm_test_redis_suspend (TsmTestRedis *self)
{
  kill (self->pid, SIGSTOP);
  waitpid (self->pid, NULL, WUNTRACED);
}

void
tsm_test_redis_resume (TsmTestRedis *self)
{
  kill (self->pid, SIGCONT);
}
