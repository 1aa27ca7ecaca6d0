/* TsmArguments: the arguments of a program, without the passwords in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TsmArguments TsmArguments;

TsmArguments *tsm_arguments_new       (int            argc,
                                       char         **argv);
void          tsm_arguments_free      (TsmArguments  *self);
char        **tsm_arguments_dup_strv  (TsmArguments  *self);
char         *tsm_arguments_steal_url (TsmArguments  *self,
                                       const char    *shown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmArguments, tsm_arguments_free)

G_END_DECLS
