/* Texts and faults of a form. A fault of one part leaves the other parts, and the last legal address, as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-profile-draft.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "redis/tsm-channel.h"
#include "ui/tsm-draft-address.h"
#include "ui/tsm-profile-name.h"

struct _TsmProfileDraft
{
  GObject     parent_instance;

  TsmProfile *profile; /* holds every field as it last was legal */
  char       *texts[TSM_N_DRAFT_PARTS];
  char       *initial[TSM_N_DRAFT_PARTS];
  char       *errors[TSM_N_DRAFT_PARTS];
  char      **taken;
  gboolean    has_own_name; /* else the name follows the address */
};

G_DEFINE_FINAL_TYPE (TsmProfileDraft, tsm_profile_draft, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What was typed may be a password, and so may a whole address. */
static void
put (TsmProfileDraft *self,
     TsmDraftPart     part,
     const char      *text)
{
  char *copy = g_strdup (text);

  tsm_url_wipe (self->texts[part]);
  self->texts[part] = copy;
}

static void
take_error (TsmProfileDraft *self,
            TsmDraftPart     part,
            char            *message)
{
  g_free (self->errors[part]);
  self->errors[part] = message;
}

static gboolean
is_address (TsmDraftPart part)
{
  return part >= TSM_DRAFT_HOST && part <= TSM_DRAFT_DATABASE;
}

TsmDraftTransport
tsm_profile_draft_get_transport (TsmProfileDraft *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE_DRAFT (self), TSM_DRAFT_TCP);

  return (TsmDraftTransport) g_ascii_strtoull (self->texts[TSM_DRAFT_TRANSPORT], NULL, 10);
}

static void
put_transport (TsmProfileDraft   *self,
               TsmDraftTransport  transport)
{
  g_autofree char *number = g_strdup_printf ("%u", transport);

  put (self, TSM_DRAFT_TRANSPORT, number);
}

static char *
check_name (TsmProfileDraft *self)
{
  g_autofree char *name = g_strstrip (g_strdup (self->texts[TSM_DRAFT_NAME]));
  g_autofree char *folded = g_utf8_casefold (name, -1);

  if (*name == '\0')
    return g_strdup (_("Give the connection a name."));

  for (guint i = 0; self->taken != NULL && self->taken[i] != NULL; i++)
    {
      g_autofree char *other = g_utf8_casefold (self->taken[i], -1);

      if (strcmp (folded, other) == 0)
        return g_strdup (_("Another connection has this name."));
    }

  return NULL;
}

/* Without one of its own it is made of the first channel. */
static char *
check_control_channel (TsmProfileDraft *self)
{
  if (tsm_channel_is_pattern (self->texts[TSM_DRAFT_CONTROL_CHANNEL]))
    return g_strdup (_("Commands go to one channel: it cannot be a pattern."));
  if (*self->texts[TSM_DRAFT_CONTROL_CHANNEL] == '\0' && !tsm_profile_is_read_only (self->profile)
      && tsm_channel_is_pattern (tsm_profile_get_control_channel (self->profile)))
    return g_strdup (_("The first channel is a pattern: enter the channel that commands go to."));

  return NULL;
}

static void
check_field (TsmProfileDraft *self,
             TsmDraftPart     part)
{
  g_autoptr (GError) error = NULL;
  char *message = NULL;

  if (!tsm_profile_set_text (self->profile, tsm_draft_part_get_field (part), self->texts[part], &error))
    message = g_strdup (error->message);
  else if (part == TSM_DRAFT_NAME)
    message = check_name (self);
  else if (part == TSM_DRAFT_CONTROL_CHANNEL)
    message = check_control_channel (self);

  take_error (self, part, message);
}

static void
follow_address (TsmProfileDraft *self)
{
  g_autofree char *name = NULL;

  if (self->has_own_name)
    return;

  name = tsm_profile_dup_short_name (self->profile);
  put (self, TSM_DRAFT_NAME, name);
  check_field (self, TSM_DRAFT_NAME);
}

static void
write_url (TsmProfileDraft *self)
{
  g_autofree char *text = tsm_profile_dup_display_url (self->profile);

  put (self, TSM_DRAFT_URL, text);
}

static void
take_url (TsmProfileDraft *self,
          const TsmUrl    *url)
{
  g_autofree char *text = tsm_url_to_string (url, TSM_URL_BARE);
  g_autoptr (GError) error = NULL;

  if (tsm_profile_set_text (self->profile, TSM_PROFILE_URL, text, &error))
    tsm_profile_set_password (self->profile, url->password);
  take_error (self, TSM_DRAFT_URL, error != NULL ? g_strdup (error->message) : NULL);
  follow_address (self);
}

static void
fill_parts (TsmProfileDraft *self,
            const TsmUrl    *url)
{
  put_transport (self, tsm_draft_address_get_transport (url));
  for (TsmDraftPart part = TSM_DRAFT_HOST; part <= TSM_DRAFT_DATABASE; part++)
    {
      char *value = tsm_draft_address_dup_part (url, part);

      if (value != NULL)
        put (self, part, value);
      take_error (self, part, NULL);
      tsm_url_wipe (value);
    }
}

/* An address that was typed fills the parts; those it does not have keep what they had, for the way back. */
static void
read_url (TsmProfileDraft *self)
{
  char *text = g_strstrip (g_strdup (self->texts[TSM_DRAFT_URL]));
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmUrl) url = tsm_url_parse (text, &error);

  tsm_url_wipe (text);
  if (url == NULL)
    {
      take_error (self, TSM_DRAFT_URL, g_strdup (error->message));
      return;
    }

  if (g_strcmp0 (url->password, TSM_URL_HIDDEN_PASSWORD) == 0)
    g_clear_pointer (&url->password, tsm_url_wipe);
  fill_parts (self, url);
  if (url->password == NULL && *self->texts[TSM_DRAFT_PASSWORD] != '\0')
    url->password = g_strdup (self->texts[TSM_DRAFT_PASSWORD]);
  take_url (self, url);
}

/* Parts that were typed make the address, once all of them are legal. */
static void
read_parts (TsmProfileDraft *self)
{
  TsmDraftTransport transport = tsm_profile_draft_get_transport (self);
  g_autoptr (TsmUrl) url = tsm_draft_address_new (transport);
  gboolean ok = TRUE;

  for (TsmDraftPart part = TSM_DRAFT_HOST; part <= TSM_DRAFT_DATABASE; part++)
    {
      char *message = tsm_draft_address_uses (transport, part) ? tsm_draft_address_apply (url, part, self->texts[part]) : NULL;

      ok = ok && message == NULL;
      take_error (self, part, message);
    }
  if (!ok)
    return;

  take_url (self, url);
  if (self->errors[TSM_DRAFT_URL] == NULL)
    write_url (self);
}

/**
 * tsm_profile_draft_set_text:
 * @self: a draft
 * @part: which part
 * @text: what is typed there now
 *
 * Takes what was typed, legal or not, and says what is wrong with it as the part's error. Emits "changed".
 */
void
tsm_profile_draft_set_text (TsmProfileDraft *self,
                            TsmDraftPart     part,
                            const char      *text)
{
  g_return_if_fail (TSM_IS_PROFILE_DRAFT (self));
  g_return_if_fail (part < TSM_N_DRAFT_PARTS && text != NULL);

  if (strcmp (self->texts[part], text) == 0)
    return;

  put (self, part, text);
  if (part == TSM_DRAFT_NAME)
    self->has_own_name = *text != '\0';
  if (part == TSM_DRAFT_URL)
    read_url (self);
  else if (part == TSM_DRAFT_TRANSPORT || is_address (part))
    read_parts (self);
  else
    check_field (self, part);
  if (part == TSM_DRAFT_CHANNELS || part == TSM_DRAFT_READ_ONLY)
    check_field (self, TSM_DRAFT_CONTROL_CHANNEL);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const char *
tsm_profile_draft_get_text (TsmProfileDraft *self,
                            TsmDraftPart     part)
{
  g_return_val_if_fail (TSM_IS_PROFILE_DRAFT (self) && part < TSM_N_DRAFT_PARTS, "");

  return self->texts[part];
}

const char *
tsm_profile_draft_get_error (TsmProfileDraft *self,
                             TsmDraftPart     part)
{
  g_return_val_if_fail (TSM_IS_PROFILE_DRAFT (self) && part < TSM_N_DRAFT_PARTS, NULL);

  return tsm_profile_draft_is_used (self, part) ? self->errors[part] : NULL;
}

static gboolean
is_tls_part (TsmDraftPart part)
{
  return part >= TSM_DRAFT_TLS_CA_FILE && part <= TSM_DRAFT_TLS_PIN;
}

gboolean
tsm_profile_draft_is_used (TsmProfileDraft *self,
                           TsmDraftPart     part)
{
  TsmDraftTransport transport;

  g_return_val_if_fail (TSM_IS_PROFILE_DRAFT (self) && part < TSM_N_DRAFT_PARTS, FALSE);

  transport = tsm_profile_draft_get_transport (self);
  if (is_tls_part (part))
    return transport == TSM_DRAFT_TLS || transport == TSM_DRAFT_SENTINEL_TLS;

  return tsm_draft_address_uses (transport, part);
}

/**
 * tsm_profile_draft_settle_url:
 * @self: a draft
 *
 * Once the address is not being typed any more: writes it whole, with `***` for a password that was typed into it. One that is
 * wrong stays as it is.
 */
void
tsm_profile_draft_settle_url (TsmProfileDraft *self)
{
  g_return_if_fail (TSM_IS_PROFILE_DRAFT (self));

  if (self->errors[TSM_DRAFT_URL] != NULL)
    return;

  write_url (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * tsm_profile_draft_set_taken:
 * @self: a draft
 * @names: names that other profiles have; a copy is kept
 */
void
tsm_profile_draft_set_taken (TsmProfileDraft    *self,
                             const char * const *names)
{
  g_return_if_fail (TSM_IS_PROFILE_DRAFT (self));

  g_strfreev (self->taken);
  self->taken = g_strdupv ((char **) names);
  check_field (self, TSM_DRAFT_NAME);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * tsm_profile_draft_load_password:
 * @self: a draft
 * @password: (nullable): what was kept for it
 *
 * Takes up the password that came later than the profile, which is no change of the user's; one that was typed meanwhile stays.
 */
void
tsm_profile_draft_load_password (TsmProfileDraft *self,
                                 const char      *password)
{
  g_return_if_fail (TSM_IS_PROFILE_DRAFT (self));

  if (password == NULL || *self->texts[TSM_DRAFT_PASSWORD] != '\0')
    return;

  tsm_url_wipe (self->initial[TSM_DRAFT_PASSWORD]);
  self->initial[TSM_DRAFT_PASSWORD] = g_strdup (password);
  tsm_profile_draft_set_text (self, TSM_DRAFT_PASSWORD, password);
  if (self->errors[TSM_DRAFT_URL] == NULL)
    write_url (self);
  g_free (self->initial[TSM_DRAFT_URL]);
  self->initial[TSM_DRAFT_URL] = g_strdup (self->texts[TSM_DRAFT_URL]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * tsm_profile_draft_dup_fault:
 * @self: a draft
 *
 * Returns: (transfer full) (nullable): the first thing that is wrong, with the name of its part; %NULL when it can be saved
 */
char *
tsm_profile_draft_dup_fault (TsmProfileDraft *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE_DRAFT (self), NULL);

  for (guint part = 0; part < TSM_N_DRAFT_PARTS; part++)
    if (tsm_profile_draft_get_error (self, part) != NULL)
      /* TRANSLATORS: a field of a form, and what is wrong with it */
      return g_strdup_printf (_("%s: %s"), tsm_draft_part_get_title (part), self->errors[part]);

  return NULL;
}

gboolean
tsm_profile_draft_is_part_changed (TsmProfileDraft *self,
                                   TsmDraftPart     part)
{
  g_return_val_if_fail (TSM_IS_PROFILE_DRAFT (self) && part < TSM_N_DRAFT_PARTS, FALSE);

  return strcmp (self->texts[part], self->initial[part]) != 0;
}

/* Whether anything would be lost by closing. */
gboolean
tsm_profile_draft_is_changed (TsmProfileDraft *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE_DRAFT (self), FALSE);

  for (guint part = 0; part < TSM_N_DRAFT_PARTS; part++)
    if (tsm_profile_draft_is_part_changed (self, part))
      return TRUE;

  return FALSE;
}

/**
 * tsm_profile_draft_dup_profile:
 * @self: a draft
 *
 * Returns: (transfer full) (nullable): what was typed, under the id of the profile that the draft was made of; %NULL while there
 *   is a fault
 */
TsmProfile *
tsm_profile_draft_dup_profile (TsmProfileDraft *self)
{
  g_autofree char *fault = NULL;

  g_return_val_if_fail (TSM_IS_PROFILE_DRAFT (self), NULL);

  fault = tsm_profile_draft_dup_fault (self);
  return fault == NULL ? tsm_profile_copy (self->profile) : NULL;
}

static void
tsm_profile_draft_finalize (GObject *object)
{
  TsmProfileDraft *self = TSM_PROFILE_DRAFT (object);

  g_clear_object (&self->profile);
  g_strfreev (self->taken);
  for (guint i = 0; i < TSM_N_DRAFT_PARTS; i++)
    {
      tsm_url_wipe (self->texts[i]);
      tsm_url_wipe (self->initial[i]);
      g_free (self->errors[i]);
    }

  G_OBJECT_CLASS (tsm_profile_draft_parent_class)->finalize (object);
}

static void
tsm_profile_draft_class_init (TsmProfileDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_profile_draft_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
tsm_profile_draft_init (TsmProfileDraft *self)
{
  for (guint i = 0; i < TSM_N_DRAFT_PARTS; i++)
    self->texts[i] = g_strdup ("");
}

static void
fill_address (TsmProfileDraft *self)
{
  g_autofree char *address = tsm_profile_dup_text (self->profile, TSM_PROFILE_URL);
  g_autoptr (TsmUrl) url = tsm_url_parse (address, NULL);

  g_assert (url != NULL); /* what a profile holds is legal */
  url->password = g_strdup (tsm_profile_get_password (self->profile));
  fill_parts (self, url);
  write_url (self);
}

static void
fill_fields (TsmProfileDraft *self)
{
  for (guint part = 0; part < TSM_N_DRAFT_PARTS; part++)
    if (tsm_draft_part_get_field (part) != TSM_DRAFT_NO_FIELD)
      {
        g_autofree char *text = tsm_profile_dup_text (self->profile, tsm_draft_part_get_field (part));

        put (self, part, text);
      }
}

/**
 * tsm_profile_draft_new:
 * @profile: what the form begins with; it is not changed
 *
 * The name of one without a name follows the address, until a name is typed.
 *
 * Returns: (transfer full): a draft
 */
TsmProfileDraft *
tsm_profile_draft_new (TsmProfile *profile)
{
  TsmProfileDraft *self;

  g_return_val_if_fail (TSM_IS_PROFILE (profile), NULL);

  self = g_object_new (TSM_TYPE_PROFILE_DRAFT, NULL);
  self->profile = tsm_profile_copy (profile);
  self->has_own_name = *tsm_profile_get_name (profile) != '\0';
  fill_address (self);
  fill_fields (self);
  follow_address (self);
  for (guint part = 0; part < TSM_N_DRAFT_PARTS; part++)
    self->initial[part] = g_strdup (self->texts[part]);

  return self;
}
