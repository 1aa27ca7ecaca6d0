/* What the bytes of a message are when they are not JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-finding.h"

G_BEGIN_DECLS

/**
 * TsmRecognised:
 * @code: %TSM_FINDING_COMPRESSED, %TSM_FINDING_BINARY or %TSM_FINDING_INVALID_JSON
 * @name: the name of the format, not translated; NULL where the bytes are binary and nothing known
 */
typedef struct
{
  TsmFindingCode  code;
  const char     *name;
} TsmRecognised;

gboolean tsm_recognise (const guint8  *bytes,
                        gsize          size,
                        TsmRecognised *recognised);

G_END_DECLS
