/* The inside of a profile, for the files that make it up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

/* Each field has one place, by its kind: the address, the channels, a text or a number. */
struct _TsmProfile
{
  GObject   parent_instance;

  char     *id;
  gboolean  managed;
  TsmUrl   *url;
  char    **channels;
  char     *derived_control;               /* the first channel + ":control" */
  char     *texts[TSM_N_PROFILE_FIELDS];   /* NULL for "" */
  guint     numbers[TSM_N_PROFILE_FIELDS]; /* also booleans */
};

void tsm_profile_set_defaults (TsmProfile      *self);
void tsm_profile_take_text    (TsmProfile      *self,
                               TsmProfileField  field,
                               char            *text);

G_END_DECLS
