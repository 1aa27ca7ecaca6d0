/* What the value of a field means, said under it: which default an empty one stands for, and what has no effect.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "redis/tsm-channel.h"
#include "ui/tsm-profile-draft.h"

/* Said while the field is empty, or always. */
static const struct
{
  TsmDraftPart  part;
  gboolean      always;
  const char   *note;
} notes[] = {
  { TSM_DRAFT_URL, TRUE, N_("Paste an address: it fills the fields below. A password in it moves to its own field.") },
  { TSM_DRAFT_PORT, FALSE, N_("Empty: 6379") },
  { TSM_DRAFT_SENTINELS, TRUE, N_("Separated by commas, port 26379 where none is given") },
  { TSM_DRAFT_SERVICE, FALSE, N_("The name that the sentinels know the primary by") },
  { TSM_DRAFT_USER, FALSE, N_("Empty: the default user") },
  { TSM_DRAFT_TLS_CA_FILE, FALSE, N_("Empty: the authorities that this computer trusts") },
  { TSM_DRAFT_TLS_CERTIFICATE_FILE, FALSE, N_("Empty: none is sent. PEM; it may hold the key too.") },
  { TSM_DRAFT_TLS_KEY_FILE, FALSE, N_("Empty: the key stands in the certificate file") },
  { TSM_DRAFT_TLS_SERVER_NAME, FALSE, N_("Empty: the host of the address") },
  { TSM_DRAFT_CONNECT_TIMEOUT, TRUE, N_("How long an attempt to connect may take") },
  { TSM_DRAFT_REPLY_TIMEOUT, TRUE, N_("How long the server may take to reply") },
  { TSM_DRAFT_KEEP_ALIVE, TRUE, N_("Silence after which the system asks the other side") },
  { TSM_DRAFT_USER_TIMEOUT, TRUE, N_("How long sent bytes may stay unconfirmed before the connection is dropped") },
};

static char *
dup_channels_note (TsmProfileDraft *self)
{
  g_auto (GStrv) words = g_strsplit_set (tsm_profile_draft_get_text (self, TSM_DRAFT_CHANNELS), " ,", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (tsm_channel_is_pattern (words[i]))
      /* TRANSLATORS: %s is a pattern of channel names */
      return g_strdup_printf (_("%s is a pattern: all channels that match are heard. * stands for any text, ? for one "
                                "character, [ab] for one of these."), words[i]);

  return g_strdup (_("A name with *, ? or [ is a pattern, such as tickstock:*"));
}

/* What an empty field stands for, worked out by a profile that holds the rest. */
static char *
dup_default (TsmProfileDraft *self,
             TsmDraftPart     part)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();

  tsm_profile_set_text (profile, TSM_PROFILE_CHANNELS, tsm_profile_draft_get_text (self, TSM_DRAFT_CHANNELS), NULL);
  /* TRANSLATORS: what an empty field stands for */
  return g_strdup_printf (_("Empty: %s"), part == TSM_DRAFT_CONTROL_CHANNEL ? tsm_profile_get_control_channel (profile)
                                                                           : tsm_profile_get_requested_by (profile));
}

/**
 * tsm_profile_draft_dup_note:
 * @self: a draft
 * @part: which part
 *
 * Returns: (transfer full) (nullable): plain text about the value of @part, or %NULL
 */
char *
tsm_profile_draft_dup_note (TsmProfileDraft *self,
                            TsmDraftPart     part)
{
  gboolean is_empty;

  g_return_val_if_fail (TSM_IS_PROFILE_DRAFT (self) && part < TSM_N_DRAFT_PARTS, NULL);

  is_empty = *tsm_profile_draft_get_text (self, part) == '\0';
  if (part == TSM_DRAFT_CHANNELS)
    return dup_channels_note (self);
  if (part == TSM_DRAFT_DATABASE && !is_empty)
    return g_strdup (_("It has no effect: pub/sub knows no databases."));
  if (is_empty && (part == TSM_DRAFT_CONTROL_CHANNEL || part == TSM_DRAFT_REQUESTED_BY))
    return dup_default (self, part);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (notes[i].part == part && (notes[i].always || is_empty))
      return g_strdup (_(notes[i].note));

  return NULL;
}
