/* TsmReplyGuard: how much a reply may be, and of what, told while hiredis parses it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hiredis believes lengths: at `*1000000000` it asks for eight gigabytes, and of a line without an end it looks at all with each
 * packet. So a few bytes could take all memory, and a stream of them all time. What is let through is RESP2, which is all that a
 * server may speak to who has not said HELLO; types that only newer versions of hiredis know are none.
 */

#pragma once

#include <glib.h>
#include <hiredis/hiredis.h>

G_BEGIN_DECLS

/* Of the strings of one reply. Redis allows 512 MiB, which nobody publishes as an event. */
#define TSM_REPLY_GUARD_MAX_BYTES    (128 * 1024 * 1024)
/* Of all the arrays of one reply; hiredis takes about a hundred bytes for each. */
#define TSM_REPLY_GUARD_MAX_ELEMENTS (1024 * 1024)
/* Of a status, or of the words of an error. */
#define TSM_REPLY_GUARD_MAX_LINE     (64 * 1024)
/* Arrays in arrays, as many as every version of hiredis takes; 1.x would take them without an end. */
#define TSM_REPLY_GUARD_MAX_DEPTH    7

/**
 * TsmReplyGuard:
 * @fault: (nullable): in English, as are the words of hiredis: why no more is to be had from this stream
 *
 * Stands between the parser of hiredis and what makes replies of the parts; must outlive the reader. What else is in it is its own.
 */
typedef struct
{
  const char                      *fault;

  redisReplyObjectFunctions        funcs;      /* ours */
  const redisReplyObjectFunctions *makers;     /* those of hiredis */
  gsize                            n_bytes;    /* of the reply under way */
  gsize                            n_elements; /* of its arrays */
} TsmReplyGuard;

void     tsm_reply_guard_attach    (TsmReplyGuard     *self,
                                    redisReader       *reader);
gboolean tsm_reply_guard_may_go_on (TsmReplyGuard     *self,
                                    const redisReader *reader);

G_END_DECLS
