/* TsmTestPeer: something that listens and is no Redis, or a very bad one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It runs in the default main context. Each client gets the same script: the greeting, then one answer for each packet that it
 * sends; then the connection is closed, or kept open with hardly another word.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TsmTestPeer TsmTestPeer;

typedef enum
{
  TSM_TEST_PEER_CLOSES,
  TSM_TEST_PEER_FALLS_SILENT,
  TSM_TEST_PEER_DRIPS, /* an x each 20 ms */
} TsmTestPeerEnd;

/* As the first answers: what a server says until it is asked to subscribe, to PING, CLIENT SETNAME, INFO and INFO. */
#define TSM_TEST_PEER_GREETS "+PONG\r\n", "+OK\r\n", "$0\r\n\r\n", "$0\r\n\r\n"
/* As an answer: grants each SUBSCRIBE of the packet; to any other command the number 1. */
#define TSM_TEST_PEER_GRANTS "grants"

/* @greeting: (nullable); @answers: (nullable) (array zero-terminated=1): "" for none to that packet */
TsmTestPeer *tsm_test_peer_start         (const char         *greeting,
                                          const char * const *answers,
                                          TsmTestPeerEnd      end);
void         tsm_test_peer_free          (TsmTestPeer        *self);

guint16      tsm_test_peer_get_port      (TsmTestPeer        *self); /* on 127.0.0.1 */
const char  *tsm_test_peer_get_url       (TsmTestPeer        *self); /* redis://… */
guint        tsm_test_peer_get_n_clients (TsmTestPeer        *self); /* that have come until now */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmTestPeer, tsm_test_peer_free)

G_END_DECLS
