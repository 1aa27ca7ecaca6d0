/* The TLS handshake with a server, on a connection that is made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-certificate.h"
#include "redis/tsm-profile.h"

G_BEGIN_DECLS

/**
 * TsmTlsReport:
 * @certificate: (nullable): that the server showed, whether it was accepted or not
 * @protocol: (nullable): "TLS 1.3"
 */
typedef struct
{
  TsmCertificate *certificate;
  char           *protocol;
} TsmTlsReport;

void       tsm_tls_report_clear     (TsmTlsReport        *self);

void       tsm_tls_handshake_async  (TsmProfile          *profile,
                                     const char          *host,
                                     GSocket             *server,
                                     guint                timeout_ms,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GIOStream *tsm_tls_handshake_finish (GAsyncResult        *result,
                                     TsmTlsReport        *report,
                                     GError             **error);

void       tsm_tls_detect_async     (const char          *address,
                                     guint16              port,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean   tsm_tls_detect_finish    (GAsyncResult        *result,
                                     GError             **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmTlsReport, tsm_tls_report_clear)

G_END_DECLS
