/* TsmCertificateGroup: what a person has to see of a certificate before trusting it, and the button that does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "redis/tsm-certificate.h"

G_BEGIN_DECLS

#define TSM_TYPE_CERTIFICATE_GROUP (tsm_certificate_group_get_type ())
G_DECLARE_FINAL_TYPE (TsmCertificateGroup, tsm_certificate_group, TSM, CERTIFICATE_GROUP, AdwBin)

/* Signals:
 *   "pin" (const char *fingerprint)  after the button was pressed and the question answered */

GtkWidget *tsm_certificate_group_new             (void);
void       tsm_certificate_group_set             (TsmCertificateGroup  *self,
                                                  const TsmCertificate *certificate,
                                                  gboolean              can_pin);

G_END_DECLS
