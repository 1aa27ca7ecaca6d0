/* A password is forgotten only when nobody can want its connection back any more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-profile-bin.h"

#include <glib/gi18n-lib.h>

#define UNDO_SECONDS 10

struct _TsmProfileBin
{
  GObject     parent_instance;

  TsmSession *session;
  GHashTable *deleted; /* of AdwToast to Deleted */
};

typedef struct
{
  TsmProfile *profile;
  guint       index;
} Deleted;

G_DEFINE_FINAL_TYPE (TsmProfileBin, tsm_profile_bin, G_TYPE_OBJECT)

enum
{
  SIGNAL_RESTORED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_object_unref (deleted->profile);
  g_free (deleted);
}

static void
forget (TsmProfileBin *self,
        Deleted       *deleted)
{
  /* Another program, or an import, may have put one with this id there meanwhile. */
  if (tsm_profile_store_lookup (tsm_session_get_store (self->session), tsm_profile_get_id (deleted->profile)) == NULL)
    tsm_secrets_forget (tsm_session_get_secrets (self->session), tsm_profile_get_id (deleted->profile));
}

static void
undo_cb (TsmProfileBin *self,
         AdwToast      *toast)
{
  Deleted *deleted = g_hash_table_lookup (self->deleted, toast);
  TsmProfile *restored;

  if (deleted == NULL)
    return;

  restored = tsm_profile_store_insert (tsm_session_get_store (self->session), deleted->profile, deleted->index);
  g_hash_table_remove (self->deleted, toast);
  g_signal_emit (self, signals[SIGNAL_RESTORED], 0, tsm_profile_get_id (restored));
}

static void
dismissed_cb (TsmProfileBin *self,
              AdwToast      *toast)
{
  Deleted *deleted = g_hash_table_lookup (self->deleted, toast);

  if (deleted == NULL)
    return;

  forget (self, deleted);
  g_hash_table_remove (self->deleted, toast);
}

AdwToast *
tsm_profile_bin_delete (TsmProfileBin *self,
                        const char    *id)
{
  TsmProfileStore *store;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  Deleted *deleted;
  AdwToast *toast;
  guint index;

  g_return_val_if_fail (TSM_IS_PROFILE_BIN (self), NULL);

  store = tsm_session_get_store (self->session);
  if (!tsm_profile_store_get_index (store, id, &index) || index >= tsm_profile_store_get_n_own (store))
    return NULL;

  deleted = g_new0 (Deleted, 1);
  deleted->index = index;
  deleted->profile = tsm_profile_store_remove (store, id);
  /* TRANSLATORS: %s is the name of a connection */
  text = g_strdup_printf (_("“%s” deleted"), tsm_profile_get_name (deleted->profile));
  markup = g_markup_escape_text (text, -1); /* a toast's title is markup */
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->deleted, g_object_ref (toast), deleted);
  return toast;
}

static void
tsm_profile_bin_dispose (GObject *object)
{
  TsmProfileBin *self = TSM_PROFILE_BIN (object);
  GHashTableIter iter;
  gpointer deleted;

  if (self->deleted != NULL)
    {
      g_hash_table_iter_init (&iter, self->deleted);
      while (g_hash_table_iter_next (&iter, NULL, &deleted))
        forget (self, deleted);
    }
  g_clear_pointer (&self->deleted, g_hash_table_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tsm_profile_bin_parent_class)->dispose (object);
}

static void
tsm_profile_bin_class_init (TsmProfileBinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_profile_bin_dispose;

  signals[SIGNAL_RESTORED] = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tsm_profile_bin_init (TsmProfileBin *self)
{
  self->deleted = g_hash_table_new_full (NULL, NULL, g_object_unref, deleted_free);
}

TsmProfileBin *
tsm_profile_bin_new (TsmSession *session)
{
  TsmProfileBin *self = g_object_new (TSM_TYPE_PROFILE_BIN, NULL);

  self->session = g_object_ref (session);
  return self;
}
