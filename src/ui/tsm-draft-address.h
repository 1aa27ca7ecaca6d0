/* The parts of a typed address, each checked on its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-url.h"
#include "ui/tsm-draft-part.h"

G_BEGIN_DECLS

/* Puts @text into @url as @part. Returns: (nullable) (transfer full): what is wrong with it; then @url is as it was. */
char              *tsm_draft_address_apply         (TsmUrl            *url,
                                                    TsmDraftPart       part,
                                                    const char        *text);
/* (transfer full) (nullable): the text of @part, NULL where this address has no such part */
char              *tsm_draft_address_dup_part      (const TsmUrl      *url,
                                                    TsmDraftPart       part);
gboolean           tsm_draft_address_uses          (TsmDraftTransport  transport,
                                                    TsmDraftPart       part);
TsmDraftTransport  tsm_draft_address_get_transport (const TsmUrl      *url);
/* An address of @transport without any part yet. */
TsmUrl            *tsm_draft_address_new           (TsmDraftTransport  transport);

G_END_DECLS
