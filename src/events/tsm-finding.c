/* The table of findings: the name and the class of each code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-finding.h"

static const struct
{
  const char      *name;
  TsmFindingClass  class;
} codes[] = {
  [TSM_FINDING_NUMBER_IN_STRING] = { "number-in-string", TSM_FINDING_REPAIR },
  [TSM_FINDING_ENCODED_TWICE] = { "encoded-twice", TSM_FINDING_REPAIR },
  [TSM_FINDING_TYPE_KEY] = { "type-key", TSM_FINDING_REPAIR },
  [TSM_FINDING_TYPE_CASE] = { "type-case", TSM_FINDING_REPAIR },
  [TSM_FINDING_FRACTION_AS_PERCENT] = { "fraction-as-percent", TSM_FINDING_REPAIR },
  [TSM_FINDING_EPOCH_TIME] = { "epoch-time", TSM_FINDING_REPAIR },
  [TSM_FINDING_BYTE_ORDER_MARK] = { "byte-order-mark", TSM_FINDING_REPAIR },
  [TSM_FINDING_NON_FINITE] = { "non-finite", TSM_FINDING_LOSS },
  [TSM_FINDING_WRONG_TYPE] = { "wrong-type", TSM_FINDING_LOSS },
  [TSM_FINDING_OUT_OF_RANGE] = { "out-of-range", TSM_FINDING_LOSS },
  [TSM_FINDING_MISSING_FIELD] = { "missing-field", TSM_FINDING_LOSS },
  [TSM_FINDING_BAD_TIME] = { "bad-time", TSM_FINDING_LOSS },
  [TSM_FINDING_UNKNOWN_LEVEL] = { "unknown-level", TSM_FINDING_LOSS },
  [TSM_FINDING_TOO_MANY] = { "too-many", TSM_FINDING_LOSS },
  [TSM_FINDING_EMPTY] = { "empty", TSM_FINDING_REJECT },
  [TSM_FINDING_TOO_LARGE] = { "too-large", TSM_FINDING_REJECT },
  [TSM_FINDING_TOO_DEEP] = { "too-deep", TSM_FINDING_REJECT },
  [TSM_FINDING_COMPRESSED] = { "compressed", TSM_FINDING_REJECT },
  [TSM_FINDING_BINARY] = { "binary", TSM_FINDING_REJECT },
  [TSM_FINDING_INVALID_UTF8] = { "invalid-utf8", TSM_FINDING_REJECT },
  [TSM_FINDING_INVALID_JSON] = { "invalid-json", TSM_FINDING_REJECT },
  [TSM_FINDING_NOT_AN_OBJECT] = { "not-an-object", TSM_FINDING_REJECT },
  [TSM_FINDING_WRONG_ENVELOPE] = { "wrong-envelope", TSM_FINDING_REJECT },
  [TSM_FINDING_UNKNOWN_TYPE] = { "unknown-type", TSM_FINDING_REJECT },
  [TSM_FINDING_MISSING_BODY] = { "missing-body", TSM_FINDING_REJECT },
};

G_STATIC_ASSERT (G_N_ELEMENTS (codes) == TSM_N_FINDING_CODES);

/**
 * tsm_finding_code_get_name:
 *
 * Returns: the code's name in `--json` output and in reports, e.g. `number-in-string`; never translated
 */
const char *
tsm_finding_code_get_name (TsmFindingCode code)
{
  g_return_val_if_fail ((guint) code < TSM_N_FINDING_CODES, NULL);

  return codes[code].name;
}

/**
 * tsm_finding_code_get_class:
 *
 * Returns: whether a finding of this code means a repair, the loss of one value, or the rejection of the message
 */
TsmFindingClass
tsm_finding_code_get_class (TsmFindingCode code)
{
  g_return_val_if_fail ((guint) code < TSM_N_FINDING_CODES, TSM_FINDING_REJECT);

  return codes[code].class;
}
