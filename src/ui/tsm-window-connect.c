/* What the window shows is that of its session; what it opens goes through it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-alerts-page.h"
#include "ui/tsm-command-sender.h"
#include "ui/tsm-connection-button.h"
#include "ui/tsm-events-page.h"
#include "ui/tsm-overview-page.h"
#include "ui/tsm-profile-name.h"
#include "ui/tsm-settings.h"
#include "ui/tsm-source-chooser.h"
#include "ui/tsm-welcome-page.h"
#include "ui/tsm-window-flow.h"
#include "ui/tsm-window-private.h"

static void
action_done_cb (TsmWindow *self,
                TsmAction *action)
{
  g_autofree char *text = tsm_command_sender_describe (action);

  if (text != NULL)
    tsm_window_toast (self, text);
}

static void
set_monitor (TsmWindow  *self,
             TsmMonitor *monitor)
{
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_set_object (&self->monitor, monitor);

  tsm_overview_page_set_monitor (TSM_OVERVIEW_PAGE (self->overview), monitor);
  tsm_alerts_page_set_monitor (TSM_ALERTS_PAGE (self->alerts), monitor);
  tsm_events_page_set_monitor (TSM_EVENTS_PAGE (self->events), monitor);
  tsm_source_chooser_set_sources (TSM_SOURCE_CHOOSER (self->source_chooser),
                                  monitor != NULL ? tsm_monitor_get_sources (monitor) : NULL);
  tsm_window_watch_flow (self);
  if (monitor == NULL)
    return;

  g_signal_connect_swapped (monitor, "updated", G_CALLBACK (tsm_window_update), self);
  g_signal_connect_swapped (monitor, "tick", G_CALLBACK (tsm_window_update), self);
  g_signal_connect_swapped (monitor, "action-done", G_CALLBACK (action_done_cb), self);
  tsm_window_update (self);
}

static void
opened_cb (TsmWindow *self)
{
  TsmMonitor *monitor = tsm_session_get_monitor (self->session);

  set_monitor (self, monitor);
  tsm_window_show_shell (self, monitor != NULL ? "monitor" : "welcome");
  if (monitor != NULL)
    tsm_window_focus_page (self);
  else
    tsm_welcome_page_focus (TSM_WELCOME_PAGE (self->welcome));
}

/**
 * tsm_window_connect:
 * @self: a window
 * @profile: where to
 * @name: (nullable): what to call it; NULL for its name or address
 *
 * Drops the present connection, if any, and shows the pages over a new one.
 */
void
tsm_window_connect (TsmWindow  *self,
                    TsmProfile *profile,
                    const char *name)
{
  g_return_if_fail (TSM_IS_WINDOW (self) && TSM_IS_PROFILE (profile));

  tsm_session_open (self->session, profile, name);
}

/**
 * tsm_window_switch_to:
 * @self: a window
 * @profile: of the store
 *
 * Connects to a saved connection, which is opened at the next start too.
 */
void
tsm_window_switch_to (TsmWindow  *self,
                      TsmProfile *profile)
{
  g_clear_object (&self->demo);
  tsm_profile_store_set_active (tsm_session_get_store (self->session), tsm_profile_get_id (profile));
  tsm_window_connect (self, profile, NULL);
}

/* Back to the first page, at the next start too. A demo ends when nobody holds it. */
void
tsm_window_disconnect (TsmWindow *self)
{
  if (tsm_session_is_saved (self->session))
    tsm_profile_store_set_active (tsm_session_get_store (self->session), NULL);
  g_clear_object (&self->demo);
  tsm_session_close (self->session);
}

/* The user's own one that leads to the same place and hears the same. (transfer none) (nullable) */
static TsmProfile *
find_same (TsmProfileStore *store,
           TsmProfile      *typed)
{
  static const TsmProfileField fields[] = { TSM_PROFILE_URL, TSM_PROFILE_CHANNELS };

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr(TsmProfile) profile = g_list_model_get_item (G_LIST_MODEL (store), i);
      gboolean same = TRUE;

      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        {
          g_autofree char *ours = tsm_profile_dup_text (profile, fields[k]);
          g_autofree char *theirs = tsm_profile_dup_text (typed, fields[k]);

          same = same && g_str_equal (ours, theirs);
        }
      if (same)
        return profile; /* the store holds it */
    }

  return NULL;
}

static void
give_name (TsmProfileStore *store,
           TsmProfile      *profile)
{
  g_autofree char *wanted = tsm_profile_dup_short_name (profile);
  g_autofree char *name = tsm_profile_store_dup_free_name (store, wanted);

  tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL);
}

/* What was typed on the first page is kept, so that it is one click away from then on. */
static void
connect_to_cb (TsmWindow  *self,
               TsmProfile *typed)
{
  TsmProfileStore *store = tsm_session_get_store (self->session);
  TsmProfile *same = find_same (store, typed);
  gboolean has_password = tsm_profile_get_password (typed) != NULL;

  if (same != NULL)
    {
      g_autoptr(TsmProfile) copy = tsm_profile_copy (same);

      tsm_profile_set_password (copy, tsm_profile_get_password (typed));
      if (has_password)
        tsm_session_save (self->session, copy, TRUE);
      tsm_window_switch_to (self, copy);
      return;
    }

  give_name (store, typed);
  tsm_session_save (self->session, typed, has_password);
  tsm_window_switch_to (self, typed);
}

static void
demo_ready_cb (TsmWindow  *self,
               TsmProfile *profile)
{
  tsm_window_connect (self, profile, _("Demo"));
}

static void
demo_failed_cb (TsmWindow  *self,
                const char *message)
{
  tsm_window_disconnect (self);
  tsm_window_show_error (self, message);
}

/**
 * tsm_window_start_demo:
 * @self: a window
 *
 * Starts a private server and a simulated engine, and connects to them. Both end with the window.
 */
void
tsm_window_start_demo (TsmWindow *self)
{
  g_return_if_fail (TSM_IS_WINDOW (self));

  if (self->demo != NULL)
    return;

  tsm_welcome_page_set_error (TSM_WELCOME_PAGE (self->welcome), NULL);
  self->demo = tsm_demo_new ();
  g_signal_connect_object (self->demo, "ready", G_CALLBACK (demo_ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->demo, "failed", G_CALLBACK (demo_failed_cb), self, G_CONNECT_SWAPPED);
  tsm_demo_start (self->demo);
}

/* Versions without profiles remembered one address. */
static void
take_last (TsmWindow       *self,
           TsmProfileStore *store)
{
  g_autoptr(TsmProfile) last = tsm_settings_take_last (self->settings);

  if (last == NULL || find_same (store, last) != NULL)
    return;

  give_name (store, last);
  tsm_profile_store_insert (store, last, G_MAXUINT);
}

static void
load_store (TsmWindow       *self,
            TsmProfileStore *store)
{
  GPtrArray *problems;

  tsm_profile_store_load (store);
  problems = tsm_profile_store_get_problems (store);
  for (guint i = 0; i < problems->len; i++)
    tsm_window_tell (self, g_ptr_array_index (problems, i));
  g_signal_connect_object (store, "problem", G_CALLBACK (tsm_window_tell), self, G_CONNECT_SWAPPED);
  take_last (self, store);
}

/* Of a window that was made just now. */
void
tsm_window_open_session (TsmWindow *self)
{
  g_autoptr(TsmProfileStore) store = tsm_profile_store_new (NULL, NULL);
  g_autoptr(TsmSecrets) secrets = tsm_secrets_new ();

  load_store (self, store);
  self->session = tsm_session_new (store, secrets);
  g_signal_connect_object (self->session, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "message", G_CALLBACK (tsm_window_tell), self, G_CONNECT_SWAPPED);
  tsm_connection_button_set_session (TSM_CONNECTION_BUTTON (self->connection_button), self->session);
  tsm_welcome_page_set_store (TSM_WELCOME_PAGE (self->welcome), store);
  g_signal_connect_swapped (self->welcome, "connect-to", G_CALLBACK (connect_to_cb), self);
}

/* Within dispose: the pages are there yet. What was not written to disk is written. */
void
tsm_window_close_session (TsmWindow *self)
{
  if (self->session == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->monitor != NULL)
    set_monitor (self, NULL);
  tsm_session_close (self->session);
  tsm_profile_store_flush (tsm_session_get_store (self->session), NULL);
  g_clear_object (&self->session);
}
