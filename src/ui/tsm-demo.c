/* TsmDemo: the private server and the simulated engine of the demo, in a process of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/tsm-demo.h"

#define HOST_PROGRAM "tickstock-monitorctl"

struct _TsmDemo
{
  GObject           parent_instance;
  GSubprocess      *host;
  GDataInputStream *output;
  GDataInputStream *errors;
  GCancellable     *cancellable;
  char             *fault;
};

enum
{
  SIGNAL_READY,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmDemo, tsm_demo, G_TYPE_OBJECT)

static void
fail (TsmDemo    *self,
      const char *message)
{
  g_cancellable_cancel (self->cancellable);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

/* Beside this program when installed, in the sibling folder when run from a build folder, else in PATH. */
static char *
find_host (void)
{
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self_path != NULL ? g_path_get_dirname (self_path) : g_strdup (BIN_DIR);
  g_autofree char *beside = g_build_filename (folder, HOST_PROGRAM, NULL);
  g_autofree char *built = g_build_filename (folder, "..", "cli", HOST_PROGRAM, NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  return g_find_program_in_path (HOST_PROGRAM);
}

static void
read_error_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(TsmDemo) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (object), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  fail (self, line != NULL ? line : _("The demo’s server and simulator ended. Start the demo again."));
}

/* Its own words, where it left any, say best why the host ended. */
static void
report_end (TsmDemo *self)
{
  g_data_input_stream_read_line_async (self->errors, G_PRIORITY_DEFAULT, self->cancellable, read_error_cb,
                                       g_object_ref (self));
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(TsmDemo) self = user_data;
  g_autoptr(GError) error = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    report_end (self);
}

static void
read_url_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(TsmDemo) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TsmProfile) profile = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (object), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || line == NULL)
    return; /* the end of the process is told by ended_cb */

  profile = tsm_profile_new_from_url (line, &error);
  if (profile == NULL)
    fail (self, error->message);
  else
    g_signal_emit (self, signals[SIGNAL_READY], 0, profile);
}

/**
 * tsm_demo_start:
 * @self: a demo that was not started yet
 *
 * Starts the host. Emits "ready" once its server answers, or "failed".
 */
void
tsm_demo_start (TsmDemo *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *program = find_host ();

  g_return_if_fail (TSM_IS_DEMO (self) && self->host == NULL);

  if (program == NULL)
    {
      fail (self, _("The program tickstock-monitorctl is missing. Install TickStock Monitor again."));
      return;
    }

  self->host = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                                 &error, program, "demo", "--until-eof", NULL);
  if (self->host == NULL)
    {
      fail (self, error->message);
      return;
    }

  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->host));
  self->errors = g_data_input_stream_new (g_subprocess_get_stderr_pipe (self->host));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->cancellable, read_url_cb,
                                       g_object_ref (self));
  g_subprocess_wait_async (self->host, self->cancellable, ended_cb, g_object_ref (self));
}

/**
 * tsm_demo_play:
 * @self: a demo that is ready
 * @code: of a fault, or "none"
 *
 * Lets the simulated engine behave so. Nothing is answered.
 */
void
tsm_demo_play (TsmDemo    *self,
               const char *code)
{
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (TSM_IS_DEMO (self) && self->host != NULL);

  /* So short a line goes into a pipe whole or not at all, and at once. */
  line = g_strdup_printf ("fault %s\n", code);
  if (g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (g_subprocess_get_stdin_pipe (self->host)), line,
                                                  strlen (line), NULL, &error) < 0)
    {
      g_info ("demo: %s", error->message);
      return;
    }
  g_free (self->fault);
  self->fault = g_strdup (code);
}

const char *
tsm_demo_get_fault (TsmDemo *self)
{
  g_return_val_if_fail (TSM_IS_DEMO (self), NULL);

  return self->fault;
}

static void
tsm_demo_dispose (GObject *object)
{
  TsmDemo *self = TSM_DEMO (object);

  g_cancellable_cancel (self->cancellable);
  if (self->host != NULL)
    g_output_stream_close (g_subprocess_get_stdin_pipe (self->host), NULL, NULL);
  g_clear_object (&self->output);
  g_clear_object (&self->errors);
  g_clear_object (&self->host);

  G_OBJECT_CLASS (tsm_demo_parent_class)->dispose (object);
}

static void
tsm_demo_finalize (GObject *object)
{
  g_object_unref (TSM_DEMO (object)->cancellable);
  g_free (TSM_DEMO (object)->fault);

  G_OBJECT_CLASS (tsm_demo_parent_class)->finalize (object);
}

static void
tsm_demo_class_init (TsmDemoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_demo_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_demo_finalize;

  signals[SIGNAL_READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, TSM_TYPE_PROFILE);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tsm_demo_init (TsmDemo *self)
{
  self->cancellable = g_cancellable_new ();
  self->fault = g_strdup ("none");
}

TsmDemo *
tsm_demo_new (void)
{
  return g_object_new (TSM_TYPE_DEMO, NULL);
}
