/* TsmDemoHost: a private redis-server with a simulator on it, for as long as the host lives.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server listens on a Unix socket in a directory that only we may enter, and on no TCP port. It is told to die
 * with us, so it ends even where this process is killed. stop() removes the directory.
 */

#include "config.h"

#include "simulator/tsm-demo-host.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#define POLL_MS        20
#define START_LIMIT_US (10 * G_USEC_PER_SEC)
#define SOCKET_NAME    "redis.sock"
#define LOG_NAME       "redis.log"

struct _TsmDemoHost
{
  GObject            parent_instance;

  TsmTrafficOptions  options;
  const TsmSimFault *fault;
  char              *directory;
  char              *socket_path;
  char              *url;
  GSubprocess       *server;
  GCancellable      *cancellable;
  gint64             started_at; /* monotonic µs */
  guint              poll_id;
  TsmSimulator      *simulator;
};

G_DEFINE_FINAL_TYPE (TsmDemoHost, tsm_demo_host, G_TYPE_OBJECT)

enum
{
  READY,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Runs in the child, between fork and exec: nothing but async-signal-safe calls. */
static void
die_with_parent (gpointer user_data)
{
#ifdef __linux__
  pid_t parent = GPOINTER_TO_INT (user_data);

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != parent)
    _exit (1); /* it died before the line above */
#endif
}

/* A name for a Unix socket has room for some hundred bytes, and TMPDIR may be long. */
static char *
make_directory (GError **error)
{
  g_autofree char *directory = g_dir_make_tmp ("tickstock-monitor-XXXXXX", error);
  g_autofree char *other = NULL;
  int saved_errno;

  if (directory == NULL || strlen (directory) + strlen ("/" SOCKET_NAME) < sizeof (((struct sockaddr_un *) 0)->sun_path))
    return g_steal_pointer (&directory);

  g_rmdir (directory);
  other = g_strdup ("/tmp/tickstock-monitor-XXXXXX");
  if (g_mkdtemp_full (other, 0700) != NULL)
    return g_steal_pointer (&other);

  saved_errno = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno), _("No directory for the demo can be made: %s"),
               g_strerror (saved_errno));
  return NULL;
}

static void
remove_directory (TsmDemoHost *self)
{
  static const char * const names[] = { SOCKET_NAME, LOG_NAME };

  if (self->directory == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->directory, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (self->directory);
  g_clear_pointer (&self->directory, g_free);
}

static GSubprocess *
spawn_server (TsmDemoHost  *self,
              const char   *program,
              GError      **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, GINT_TO_POINTER (getpid ()), NULL);
  g_subprocess_launcher_set_cwd (launcher, self->directory);

  return g_subprocess_launcher_spawn (launcher, error, program,
                                      "--port", "0",
                                      "--unixsocket", self->socket_path,
                                      "--unixsocketperm", "700",
                                      "--save", "",
                                      "--appendonly", "no",
                                      "--maxmemory", "64mb",
                                      "--daemonize", "no",
                                      "--dir", self->directory,
                                      "--logfile", LOG_NAME,
                                      NULL);
}

static void
fail (TsmDemoHost *self,
      const char  *message)
{
  tsm_demo_host_stop (self);
  g_signal_emit (self, signals[FAILED], 0, message);
}

/* The last line of the server's log: its own words on why it ended. */
static char *
read_last_words (TsmDemoHost *self)
{
  g_autofree char *path = g_build_filename (self->directory, LOG_NAME, NULL);
  g_autofree char *log = NULL;
  const char *line;

  if (!g_file_get_contents (path, &log, NULL, NULL))
    return g_strdup ("");

  g_strchomp (log);
  line = strrchr (log, '\n');
  return g_utf8_make_valid (line != NULL ? line + 1 : log, -1);
}

static void
server_ended_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (TsmDemoHost) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  g_autofree char *message = NULL;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (object), result, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  words = read_last_words (self);
  message = g_strdup_printf (_("The demo's redis-server has ended. %s"), words);
  fail (self, message);
}

static gboolean
server_answers (TsmDemoHost *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->socket_path);
  g_autoptr (GSocketConnection) connection = NULL;

  /* a Unix socket either has a listener or has none: this does not wait */
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  return connection != NULL;
}

static gboolean
poll_cb (gpointer user_data)
{
  g_autoptr (TsmDemoHost) self = g_object_ref (user_data);
  g_autoptr (TsmProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  if (!server_answers (self))
    {
      if (g_get_monotonic_time () - self->started_at < START_LIMIT_US)
        return G_SOURCE_CONTINUE;

      self->poll_id = 0;
      fail (self, _("The demo's redis-server does not answer."));
      return G_SOURCE_REMOVE;
    }

  self->poll_id = 0;
  profile = tsm_profile_new_from_url (self->url, &error);
  if (profile == NULL)
    {
      fail (self, error->message);
      return G_SOURCE_REMOVE;
    }

  self->simulator = tsm_simulator_new (profile, NULL, &self->options, 0);
  tsm_simulator_set_fault (self->simulator, self->fault);
  tsm_simulator_start (self->simulator);
  g_signal_emit (self, signals[READY], 0);
  return G_SOURCE_REMOVE;
}

static void
tsm_demo_host_dispose (GObject *object)
{
  tsm_demo_host_stop (TSM_DEMO_HOST (object));

  G_OBJECT_CLASS (tsm_demo_host_parent_class)->dispose (object);
}

static void
tsm_demo_host_class_init (TsmDemoHostClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsm_demo_host_dispose;

  /**
   * TsmDemoHost::ready:
   *
   * The server answers and the simulator publishes.
   */
  signals[READY] = g_signal_new ("ready", TSM_TYPE_DEMO_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TsmDemoHost::failed:
   * @message: a translated sentence
   *
   * The server could not be reached or has ended. Everything is stopped already.
   */
  signals[FAILED] = g_signal_new ("failed", TSM_TYPE_DEMO_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tsm_demo_host_init (TsmDemoHost *self)
{
}

TsmDemoHost *
tsm_demo_host_new (const TsmTrafficOptions *options)
{
  TsmDemoHost *self = g_object_new (TSM_TYPE_DEMO_HOST, NULL);

  self->options = *options;
  return self;
}

/**
 * tsm_demo_host_start:
 * @error: G_SPAWN_ERROR_NOENT where there is no redis-server, with the packages that have it; others of GIO
 *
 * Starts the server; "ready" or "failed" tells how it went on.
 *
 * Returns: whether it was started
 */
gboolean
tsm_demo_host_start (TsmDemoHost  *self,
                     GError      **error)
{
  g_autofree char *program = g_find_program_in_path ("redis-server");
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (TSM_IS_DEMO_HOST (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  if (program == NULL)
    program = g_find_program_in_path ("valkey-server");
  if (program == NULL)
    {
      g_set_error_literal (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT,
                           _("The demo needs redis-server, which is not installed. Install the package redis-server (Debian, Ubuntu), "
                             "redis (Fedora) or valkey (Arch)."));
      return FALSE;
    }

  self->directory = make_directory (error);
  if (self->directory == NULL)
    return FALSE;

  self->socket_path = g_build_filename (self->directory, SOCKET_NAME, NULL);
  escaped = g_uri_escape_string (self->socket_path, "/", FALSE);
  self->url = g_strconcat ("unix://", escaped, NULL);
  self->server = spawn_server (self, program, error);
  if (self->server == NULL)
    {
      tsm_demo_host_stop (self);
      return FALSE;
    }

  self->cancellable = g_cancellable_new ();
  g_subprocess_wait_async (self->server, self->cancellable, server_ended_cb, g_object_ref (self));
  self->started_at = g_get_monotonic_time ();
  self->poll_id = g_timeout_add (POLL_MS, poll_cb, self);
  return TRUE;
}

/**
 * tsm_demo_host_stop:
 *
 * Ends the simulator and the server, waits for the server's end, and removes its directory. Nothing in it is worth
 * keeping, so it is not asked politely.
 */
void
tsm_demo_host_stop (TsmDemoHost *self)
{
  g_return_if_fail (TSM_IS_DEMO_HOST (self));

  g_clear_handle_id (&self->poll_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->simulator != NULL)
    tsm_simulator_stop (self->simulator);
  g_clear_object (&self->simulator);

  if (self->server != NULL)
    {
      g_subprocess_force_exit (self->server);
      g_subprocess_wait (self->server, NULL, NULL);
    }
  g_clear_object (&self->server);

  remove_directory (self);
  g_clear_pointer (&self->socket_path, g_free);
  g_clear_pointer (&self->url, g_free);
}

/**
 * tsm_demo_host_set_fault:
 * @fault: (nullable): a row of the table; NULL for none
 *
 * Plays that fault from now on; before the start it is played from the beginning.
 */
void
tsm_demo_host_set_fault (TsmDemoHost       *self,
                         const TsmSimFault *fault)
{
  g_return_if_fail (TSM_IS_DEMO_HOST (self));

  self->fault = fault;
  if (self->simulator != NULL)
    tsm_simulator_set_fault (self->simulator, fault);
}

const char *
tsm_demo_host_get_url (TsmDemoHost *self)
{
  g_return_val_if_fail (TSM_IS_DEMO_HOST (self), NULL);

  return self->url;
}
