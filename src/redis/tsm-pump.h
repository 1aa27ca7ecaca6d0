/* TsmPump: takes what a server sends as fast as it comes, and hands it on at the pace of the main loop.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     server ══▸ its socket ──▸ [ thread: chunks up to a limit ] ──▸ socket pair ──▸ hiredis, main loop
 *            ◂══            ◂────────────────────────────────────◂
 *
 * Over TLS it is also the bridge: the thread reads and writes the TLS stream, and hiredis, which knows no TLS before 1.0, sees
 * plain bytes in every version.
 *
 * Redis drops a subscriber for whom more than 32 MB wait, which at 400 MB/s is less than a tenth of a second. A main loop
 * that also decodes and draws cannot read that steadily; a thread that only reads can.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TsmPump TsmPump;

TsmPump  *tsm_pump_new         (int       fd,
                                gsize     limit,
                                GError  **error);
TsmPump  *tsm_pump_divert      (int       fd,
                                GSocket **server,
                                GError  **error);
void      tsm_pump_join        (TsmPump   *self,
                                GIOStream *stream,
                                GSocket   *server,
                                gsize      limit);
void      tsm_pump_free        (TsmPump  *self);
void      tsm_pump_set_limit   (TsmPump  *self,
                                gsize     limit);
gsize     tsm_pump_get_waiting (TsmPump  *self); /* bytes taken from the server and not handed on */
gboolean  tsm_pump_is_full     (TsmPump  *self);

/* (nullable): what ended the server's side, in G_IO_ERROR or G_TLS_ERROR; NULL for a plain end or none yet */
const GError *tsm_pump_get_error (TsmPump *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmPump, tsm_pump_free)

G_END_DECLS
