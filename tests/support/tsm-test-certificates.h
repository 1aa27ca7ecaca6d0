/* TsmTestCertificates: an authority of the test's own, and certificates by it, right and wrong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are made with certtool of GnuTLS, which can sign for any time.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TsmTestCertificates TsmTestCertificates;

typedef enum
{
  TSM_TEST_CERTIFICATE_GOOD,        /* for localhost, 127.0.0.1 and ::1 */
  TSM_TEST_CERTIFICATE_OTHER,       /* the same again, with another key */
  TSM_TEST_CERTIFICATE_SELF_SIGNED, /* for localhost */
  TSM_TEST_CERTIFICATE_EXPIRED,
  TSM_TEST_CERTIFICATE_NOT_YET,     /* valid from 2099 on */
  TSM_TEST_CERTIFICATE_WRONG_NAME,  /* for redis.example */
  TSM_TEST_CERTIFICATE_CLIENT,
  TSM_TEST_CERTIFICATE_STRANGER,    /* of a client, signed by itself */
} TsmTestCertificate;

gboolean             tsm_test_certificates_are_available (void); /* skip the test where not */
TsmTestCertificates *tsm_test_certificates_new           (void);
void                 tsm_test_certificates_free          (TsmTestCertificates *self);

const char          *tsm_test_certificates_get_directory (TsmTestCertificates *self);
const char          *tsm_test_certificates_get_ca        (TsmTestCertificates *self);
/* Paths in PEM; made at the first call. (transfer none) */
const char          *tsm_test_certificates_get           (TsmTestCertificates *self,
                                                          TsmTestCertificate   which);
const char          *tsm_test_certificates_get_key       (TsmTestCertificates *self,
                                                          TsmTestCertificate   which);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmTestCertificates, tsm_test_certificates_free)

G_END_DECLS
