/* TsmDoor: finds out whether we may use the control channel, by asking to subscribe to it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"

G_BEGIN_DECLS

typedef struct _TsmDoor TsmDoor;

/* Sets the control_error of @examination where the server says no. */
TsmDoor *tsm_door_new  (TsmProfile     *profile,
                        TsmExamination *examination);
void     tsm_door_free (TsmDoor        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmDoor, tsm_door_free)

G_END_DECLS
