/* TsmApplication: options, actions and shortcuts of the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib-unix.h>

#include "ui/tsm-application.h"
#include "ui/tsm-recording-drop.h"
#include "ui/tsm-recording-window.h"
#include "ui/tsm-report.h"
#include "ui/tsm-window.h"

/* Last so that the first frames with data are in the picture. */
#define DEFAULT_SECONDS    10
#define LAST_FRAME_SECONDS 2
#define N_SWITCH_KEYS      9

struct _TsmApplication
{
  AdwApplication  parent_instance;
  TsmWindow      *window;  /* weak: the application holds it while it is open */
  GtkWindow      *recording; /* weak: the one that was opened last */
  gboolean        demo;
  gboolean        report;
  TsmArguments   *arguments; /* not owned: while it runs */
  char           *url;       /* its password hidden */
  char           *profile;
  char          **channels;
  char           *page;
  char           *size;
  char           *screenshot;
  int             seconds;
  int             exit_status;
  guint           report_id;
  guint           end_id;
  guint           signal_ids[2];
};

G_DEFINE_FINAL_TYPE (TsmApplication, tsm_application, ADW_TYPE_APPLICATION)

static const GOptionEntry entries[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show a live demo: a private Redis server and a simulated engine"), NULL },
  { "url", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Connect to this server: redis://[user:password@]host[:port], rediss://…, unix:///path/to.sock or redis+sentinel://…"), N_("URL") },
  { "profile", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Open this saved connection"), N_("NAME") },
  { "channel", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("Listen to this channel or pattern; may be given several times"),
    N_("CHANNEL") },
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Open on this page: overview, alerts, events or flow"), N_("PAGE") },
  { "size", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Open with this size, in pixels"), N_("WIDTHxHEIGHT") },
  { "report", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print what is seen, one line a second"), NULL },
  { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Write a picture of the window to this PNG file at the end"),
    N_("FILE") },
  { "for", 0, 0, G_OPTION_ARG_INT, NULL, N_("End after so many seconds (10 with --screenshot)"), N_("SECONDS") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
  { NULL }
};

static gboolean
report_cb (gpointer user_data)
{
  TsmApplication *self = user_data;

  tsm_report_print (self->window != NULL ? tsm_window_get_monitor (self->window) : NULL);
  return G_SOURCE_CONTINUE;
}

/* (nullable): what a picture is taken of: the window, or the recording where there is no other. */
static GtkWindow *
get_pictured (TsmApplication *self)
{
  return self->window != NULL ? GTK_WINDOW (self->window) : self->recording;
}

static void
finish (TsmApplication *self)
{
  GtkWindow *window = get_pictured (self);
  g_autoptr(GError) error = NULL;

  g_clear_handle_id (&self->end_id, g_source_remove);
  if (window == NULL)
    return;

  if (self->screenshot != NULL && !tsm_report_screenshot (window, self->screenshot, &error))
    {
      g_printerr ("%s\n", error->message);
      self->exit_status = 1;
    }
  gtk_window_close (window);
}

static void
painted_cb (GdkFrameClock  *clock,
            TsmApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  finish (self);
}

static gboolean
unpainted_cb (gpointer user_data)
{
  TsmApplication *self = user_data;

  self->end_id = 0;
  finish (self);
  return G_SOURCE_REMOVE;
}

/* A window that has not changed for a while keeps no picture of itself: it is drawn once more, which a hidden one never is. */
static gboolean
end_cb (gpointer user_data)
{
  TsmApplication *self = user_data;
  GtkWindow *window = get_pictured (self);
  GdkFrameClock *clock = window != NULL ? gtk_widget_get_frame_clock (GTK_WIDGET (window)) : NULL;

  self->end_id = g_timeout_add_seconds (LAST_FRAME_SECONDS, unpainted_cb, self);
  if (clock != NULL)
    {
      g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self, 0);
      gtk_widget_queue_draw (GTK_WIDGET (window));
    }
  return G_SOURCE_REMOVE;
}

static void
set_size (TsmApplication *self)
{
  int width, height;

  if (sscanf (self->size, "%dx%d", &width, &height) == 2 && width > 0 && height > 0)
    gtk_window_set_default_size (get_pictured (self), width, height);
  else if (self->window != NULL)
    tsm_window_show_error (self->window, _("The size is not of the form WIDTHxHEIGHT, such as 1280x860."));
}

/* What was asked for on the command line, else what was open last, else what the environment names, else the first page. The
 * address may hold a password: it is not kept. */
static void
open_first (TsmApplication *self)
{
  g_autoptr(GError) error = NULL;
  TsmSession *session = tsm_window_get_session (self->window);
  char *url = self->url != NULL ? tsm_arguments_steal_url (self->arguments, self->url) : NULL;
  g_autoptr(TsmProfile) found = tsm_session_find_start (session, url, self->profile, &error);
  g_autoptr(TsmProfile) profile = found != NULL ? tsm_profile_copy (found) : NULL;

  if (error != NULL && url != NULL)
    tsm_window_refuse_url (self->window, url, error->message);
  else if (error != NULL)
    tsm_window_show_error (self->window, error->message);
  tsm_url_wipe (url);
  g_clear_pointer (&self->url, g_free);

  if (profile == NULL)
    return;
  if (self->channels != NULL)
    tsm_profile_set_channels (profile, (const char *const *) self->channels);
  tsm_window_connect (self->window, profile, NULL);
}

static void
set_timers (TsmApplication *self)
{
  if (self->report && self->report_id == 0)
    self->report_id = g_timeout_add_seconds (1, report_cb, self);
  if (self->screenshot != NULL && self->seconds <= 0)
    self->seconds = DEFAULT_SECONDS;
  if (self->seconds > 0 && self->end_id == 0)
    self->end_id = g_timeout_add_seconds ((guint) self->seconds, end_cb, self);
}

/* Each recording has a window of its own, beside that of the connection, where there is one. */
static void
tsm_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  TsmApplication *self = TSM_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      g_set_weak_pointer (&self->recording, tsm_recording_window_new (ADW_APPLICATION (application), files[i]));
      if (self->page != NULL)
        tsm_recording_window_show_page (TSM_RECORDING_WINDOW (self->recording), self->page);
      if (self->size != NULL && self->window == NULL)
        set_size (self);
      gtk_window_present (self->recording);
    }
  if (self->window == NULL)
    set_timers (self);
}

static void
tsm_application_activate (GApplication *application)
{
  TsmApplication *self = TSM_APPLICATION (application);

  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
      return;
    }

  g_set_weak_pointer (&self->window, tsm_window_new (ADW_APPLICATION (application)));
  if (self->size != NULL)
    set_size (self);
  if (self->demo)
    tsm_window_start_demo (self->window);
  else
    open_first (self);
  if (self->page != NULL)
    tsm_window_show_page (self->window, self->page);

  set_timers (self);
  gtk_window_present (GTK_WINDOW (self->window));
}

/* A session that ends, or Ctrl+C in a terminal, closes the window as the user would. */
static gboolean
signal_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

static int
tsm_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  TsmApplication *self = TSM_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s %s\n", _("TickStock Monitor"), PACKAGE_VERSION);
      return 0;
    }

  self->demo = g_variant_dict_contains (options, "demo");
  self->report = g_variant_dict_contains (options, "report");
  g_variant_dict_lookup (options, "url", "^ay", &self->url);
  g_variant_dict_lookup (options, "profile", "s", &self->profile);
  g_variant_dict_lookup (options, "channel", "^as", &self->channels);
  g_variant_dict_lookup (options, "page", "s", &self->page);
  g_variant_dict_lookup (options, "size", "s", &self->size);
  g_variant_dict_lookup (options, "screenshot", "^ay", &self->screenshot);
  g_variant_dict_lookup (options, "for", "i", &self->seconds);

  if (self->demo + (self->url != NULL) + (self->profile != NULL) > 1)
    {
      g_printerr ("%s\n", _("Give one of --demo, --url and --profile only."));
      return 2;
    }

  /* Each of these asks for a window of its own, not for the one that may be open already. */
  if (self->demo || self->url != NULL || self->profile != NULL || self->report || self->screenshot != NULL)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  TsmApplication *self = user_data;

  adw_show_about_window (GTK_WINDOW (self->window),
                         "application-name", _("TickStock Monitor"),
                         "application-icon", APPLICATION_ID,
                         "version", PACKAGE_VERSION,
                         "comments", _("Watches the health of a TickStockPL engine live, carries its alerts, and names "
                                       "the broken step when nothing arrives."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

/* A desktop notification was clicked. */
static void
show_flow_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  TsmApplication *self = user_data;

  if (self->window == NULL)
    return;
  tsm_window_show_page (self->window, "flow");
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
open_recording_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  tsm_recording_drop_choose (G_APPLICATION (user_data), gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  /* A window that closes leaves the application's own list, and may take others along. */
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free_full (windows, g_object_unref);
}

static void
tsm_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "about", .activate = about_action },
    { .name = "show-flow", .activate = show_flow_action },
    { .name = "open-recording", .activate = open_recording_action },
    { .name = "quit", .activate = quit_action },
  };
  static const struct
  {
    const char *action;
    const char *accels[2];
  } shortcuts[] = {
    { "app.quit", { "<Control>q", NULL } },
    { "app.open-recording", { "<Control>o", NULL } },
    { "window.close", { "<Control>w", NULL } },
    { "win.page::overview", { "<Control>1", NULL } },
    { "win.page::alerts", { "<Control>2", NULL } },
    { "win.page::events", { "<Control>3", NULL } },
    { "win.page::flow", { "<Control>5", NULL } },
    { "win.run-diagnosis", { "<Control>r", NULL } },
    { "win.filter", { "<Control>f", NULL } },
    { "win.manage-connections", { "<Control>comma", NULL } },
    { "win.add-connection", { "<Control>n", NULL } },
    { "win.wall-screen", { "F11", NULL } },
  };

  G_APPLICATION_CLASS (tsm_application_parent_class)->startup (application);

  TSM_APPLICATION (application)->signal_ids[0] = g_unix_signal_add (SIGTERM, signal_cb, application);
  TSM_APPLICATION (application)->signal_ids[1] = g_unix_signal_add (SIGINT, signal_cb, application);
  gtk_window_set_default_icon_name (APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           (const char *const *) shortcuts[i].accels);
  for (guint i = 1; i <= N_SWITCH_KEYS; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.switch-nth(uint32 %u)", i);
      g_autofree char *key = g_strdup_printf ("<Alt>%u", i);

      gtk_application_set_accels_for_action (GTK_APPLICATION (application), action, (const char *const[]) { key, NULL });
    }
}

static void
tsm_application_shutdown (GApplication *application)
{
  TsmApplication *self = TSM_APPLICATION (application);

  g_clear_handle_id (&self->report_id, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->recording);

  G_APPLICATION_CLASS (tsm_application_parent_class)->shutdown (application);
}

static void
tsm_application_finalize (GObject *object)
{
  TsmApplication *self = TSM_APPLICATION (object);

  g_free (self->url);
  g_free (self->profile);
  g_strfreev (self->channels);
  g_free (self->page);
  g_free (self->size);
  g_free (self->screenshot);

  G_OBJECT_CLASS (tsm_application_parent_class)->finalize (object);
}

static void
tsm_application_class_init (TsmApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_application_finalize;
  G_APPLICATION_CLASS (klass)->activate = tsm_application_activate;
  G_APPLICATION_CLASS (klass)->open = tsm_application_open;
  G_APPLICATION_CLASS (klass)->startup = tsm_application_startup;
  G_APPLICATION_CLASS (klass)->shutdown = tsm_application_shutdown;
  G_APPLICATION_CLASS (klass)->handle_local_options = tsm_application_handle_local_options;
}

static void
tsm_application_init (TsmApplication *self)
{
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[RECORDING…]"));
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Shows the health of a TickStockPL engine live, or what was recorded of one."));
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

TsmApplication *
tsm_application_new (void)
{
  return g_object_new (TSM_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/ai/tickstock/Monitor",
                       NULL);
}

/**
 * tsm_application_run:
 * @self: the application
 * @arguments: what the program was given
 *
 * Returns: the exit status: 0, or 1 where a picture could not be written, or 2 for wrong options
 */
int
tsm_application_run (TsmApplication *self,
                     TsmArguments   *arguments)
{
  g_auto(GStrv) argv = tsm_arguments_dup_strv (arguments);
  int status;

  self->arguments = arguments;
  status = g_application_run (G_APPLICATION (self), (int) g_strv_length (argv), argv);
  self->arguments = NULL;

  return status != 0 ? status : self->exit_status;
}
