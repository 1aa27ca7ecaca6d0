/* TsmCertificate: what a person has to know of the certificate that a server showed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TsmCertificate:
 * @fingerprint: SHA-256 of its DER form, "AB:CD:…", as a profile pins it
 * @subject: (nullable): whose it is, e.g. "CN=redis.example"
 * @issuer: (nullable): who signed it
 * @names: (nullable): host names and addresses that it is for, separated by commas
 * @not_before: s since the epoch, 0 where unknown
 * @not_after: s since the epoch, 0 where unknown
 * @faults: what the check found; 0 for a certificate that is in order
 * @pinned: accepted because the profile pins it
 */
typedef struct
{
  char                 *fingerprint;
  char                 *subject;
  char                 *issuer;
  char                 *names;
  gint64                not_before;
  gint64                not_after;
  GTlsCertificateFlags  faults;
  gboolean              pinned;
} TsmCertificate;

TsmCertificate *tsm_certificate_new             (GTlsCertificate      *certificate,
                                                 GTlsCertificateFlags  faults);
TsmCertificate *tsm_certificate_copy            (const TsmCertificate *self);
void            tsm_certificate_free            (TsmCertificate       *self);
gboolean        tsm_certificate_can_be_pinned   (const TsmCertificate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmCertificate, tsm_certificate_free)

G_END_DECLS
