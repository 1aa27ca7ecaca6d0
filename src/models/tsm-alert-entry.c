/* TsmAlertEntry: one line of an alert's timeline. Immutable.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "models/tsm-alert-private.h"
#include "models/tsm-model-util.h"

struct _TsmAlertEntry
{
  GObject            parent_instance;

  TsmAlertEntryKind  kind;
  gint64             time;
  char              *who;
  char              *note;
};

G_DEFINE_FINAL_TYPE (TsmAlertEntry, tsm_alert_entry, G_TYPE_OBJECT)

static const struct
{
  const char *plain;
  const char *by_whom;    /* (nullable): with the name of who did it */
  const char *about_note; /* (nullable): with the note */
} texts[] = {
  [TSM_ALERT_ENTRY_TRIGGERED] = { N_("Triggered"), NULL, NULL },
  [TSM_ALERT_ENTRY_REPEATED] = { N_("Triggered again"), NULL, NULL },
  /* Translators: %s is a user or a program */
  [TSM_ALERT_ENTRY_ACKNOWLEDGED] = { N_("Acknowledged"), N_("Acknowledged by %s"), NULL },
  /* Translators: %s is a user or a program */
  [TSM_ALERT_ENTRY_RESOLVED] = { N_("Resolved"), N_("Resolved by %s"), NULL },
  /* Translators: %s is the reason */
  [TSM_ALERT_ENTRY_REOPENED] = { N_("Opened again"), NULL, N_("Opened again: %s") },
  /* Translators: %s is what the engine did */
  [TSM_ALERT_ENTRY_RESPONSE] = { N_("Automatic response"), NULL, N_("Automatic response: %s") },
  [TSM_ALERT_ENTRY_DELIVERY] = { N_("Command sent"), NULL, "%s" },
};

static void
tsm_alert_entry_finalize (GObject *object)
{
  TsmAlertEntry *self = TSM_ALERT_ENTRY (object);

  g_free (self->who);
  g_free (self->note);

  G_OBJECT_CLASS (tsm_alert_entry_parent_class)->finalize (object);
}

static void
tsm_alert_entry_class_init (TsmAlertEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_alert_entry_finalize;
}

static void
tsm_alert_entry_init (TsmAlertEntry *self)
{
}

/**
 * tsm_alert_entry_new: (constructor)
 * @kind: what happened
 * @time: µs since the epoch
 * @who: (nullable): who did it; "" counts as nobody
 * @note: (nullable): a note; "" counts as none
 *
 * Returns: (transfer full): the line
 */
TsmAlertEntry *
tsm_alert_entry_new (TsmAlertEntryKind  kind,
                     gint64             time,
                     const char        *who,
                     const char        *note)
{
  TsmAlertEntry *self = g_object_new (TSM_TYPE_ALERT_ENTRY, NULL);

  self->kind = kind;
  self->time = time;
  self->who = g_strdup (tsm_text_is_blank (who) ? NULL : who);
  self->note = g_strdup (tsm_text_is_blank (note) ? NULL : note);
  return self;
}

/**
 * tsm_alert_entry_get_kind:
 * @self: a line
 *
 * Returns: what happened
 */
TsmAlertEntryKind
tsm_alert_entry_get_kind (TsmAlertEntry *self)
{
  g_return_val_if_fail (TSM_IS_ALERT_ENTRY (self), TSM_ALERT_ENTRY_TRIGGERED);

  return self->kind;
}

/**
 * tsm_alert_entry_get_time:
 * @self: a line
 *
 * Returns: when, µs since the epoch
 */
gint64
tsm_alert_entry_get_time (TsmAlertEntry *self)
{
  g_return_val_if_fail (TSM_IS_ALERT_ENTRY (self), 0);

  return self->time;
}

/**
 * tsm_alert_entry_get_note:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): a note, or what a response or a delivery was
 */
const char *
tsm_alert_entry_get_note (TsmAlertEntry *self)
{
  g_return_val_if_fail (TSM_IS_ALERT_ENTRY (self), NULL);

  return self->note;
}

/* The formats come from the table above, which the compiler cannot see through. */
static char *
fill_in (const char *format,
         const char *value)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strconcat (parts[0], value, parts[1], NULL);
}

/**
 * tsm_alert_entry_dup_text:
 * @self: a line
 *
 * Says what happened. Of an acknowledgement or a resolution the note is not in the text: see tsm_alert_entry_get_note().
 *
 * Returns: (transfer full): a translated sentence, plain text, e.g. "Acknowledged by ops-2"
 */
char *
tsm_alert_entry_dup_text (TsmAlertEntry *self)
{
  g_return_val_if_fail (TSM_IS_ALERT_ENTRY (self), NULL);

  if (self->who != NULL && texts[self->kind].by_whom != NULL)
    return fill_in (_(texts[self->kind].by_whom), self->who);

  if (self->note != NULL && texts[self->kind].about_note != NULL)
    return fill_in (_(texts[self->kind].about_note), self->note);

  return g_strdup (_(texts[self->kind].plain));
}
