/* A table from errors to actions of the window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-remedy.h"

#include <glib/gi18n-lib.h>

#include "redis/tsm-connection.h"

#define PASSWORD { N_("Enter Password…"), "win.enter-password" }
#define EDIT     { N_("Edit Connection…"), "win.edit-connection" }

typedef struct
{
  const char *label;
  const char *action;
} Remedy;

static const struct
{
  TsmLinkError code;
  Remedy       remedy;
} remedies[] = {
  { TSM_LINK_ERROR_AUTH_REQUIRED, PASSWORD },  { TSM_LINK_ERROR_AUTH_WRONG, PASSWORD },
  { TSM_LINK_ERROR_HOST_UNKNOWN, EDIT },       { TSM_LINK_ERROR_NOT_REDIS, EDIT },
  { TSM_LINK_ERROR_TLS_REQUIRED, EDIT },       { TSM_LINK_ERROR_TLS_UNEXPECTED, EDIT },
  { TSM_LINK_ERROR_TLS_UNTRUSTED, EDIT },      { TSM_LINK_ERROR_TLS_HOSTNAME, EDIT },
  { TSM_LINK_ERROR_TLS_EXPIRED, EDIT },        { TSM_LINK_ERROR_TLS_NOT_YET_VALID, EDIT },
  { TSM_LINK_ERROR_TLS_PIN, EDIT },            { TSM_LINK_ERROR_TLS_CLIENT, EDIT },
  { TSM_LINK_ERROR_TLS_FILE, EDIT },           { TSM_LINK_ERROR_TLS, EDIT },
  { TSM_LINK_ERROR_NO_SENTINEL, EDIT },        { TSM_LINK_ERROR_NO_PRIMARY, EDIT },
};

static const Remedy *
find (const GError *error)
{
  for (guint i = 0; error != NULL && i < G_N_ELEMENTS (remedies); i++)
    if (g_error_matches (error, TSM_LINK_ERROR, (int) remedies[i].code))
      return &remedies[i].remedy;

  return NULL;
}

gboolean
tsm_remedy_show (GtkWidget    *button,
                 const GError *error)
{
  const Remedy *remedy = find (error);

  gtk_widget_set_visible (button, remedy != NULL);
  if (remedy == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), _(remedy->label)) == 0)
    return remedy != NULL;

  gtk_button_set_label (GTK_BUTTON (button), _(remedy->label));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), remedy->action);
  return TRUE;
}
