/* TsmPump: takes what a server sends as fast as it comes, and hands it on at the pace of the main loop.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     server ══▸ its socket ──▸ [ thread: chunks up to a limit ] ──▸ socket pair ──▸ hiredis, main loop
 *            ◂══            ◂────────────────────────────────────◂
 *
 * Redis drops a subscriber for whom more than 32 MB wait, which at 400 MB/s is less than a tenth of a second. A main loop
 * that also decodes and draws cannot read that steadily; a thread that only reads can.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TsmPump TsmPump;

TsmPump  *tsm_pump_new         (int       fd,
                                gsize     limit,
                                GError  **error);
void      tsm_pump_free        (TsmPump  *self);
void      tsm_pump_set_limit   (TsmPump  *self,
                                gsize     limit);
gsize     tsm_pump_get_waiting (TsmPump  *self); /* bytes taken from the server and not handed on */
gboolean  tsm_pump_is_full     (TsmPump  *self);
int       tsm_pump_get_errno   (TsmPump  *self); /* what ended the server's side, 0 for a plain end or none yet */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmPump, tsm_pump_free)

G_END_DECLS
