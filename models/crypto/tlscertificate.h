// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <QStringList>

#include <memory>

struct x509_st;

namespace gatehouse::crypto {

/// What the first certificate of a chain says of itself.
struct TlsCertificate
{
    QStringList hosts;     ///< names it is for; "*.example.com", too
    QStringList addresses; ///< IPv4 addresses it is for
    UtcTime from;
    UtcTime until;
    std::shared_ptr<x509_st> handle;

    /// Whether a device that asks for this name or IP address takes it.
    [[nodiscard]] bool covers(const QString &host) const;
};

/// Looks at a chain and its key as a listener will use them: both can be read, they belong together, and the
/// certificate holds at this time.
/// @param chain, key  PEM files
/// @error Io "crypto.tls.read" | Invalid "crypto.tls.chain", "crypto.tls.key", "crypto.tls.key_protected",
/// "crypto.tls.other_key", "crypto.tls.expired", "crypto.tls.not_yet"
[[nodiscard]] Result<TlsCertificate> readTlsFiles(const QString &chain, const QString &key, UtcTime now);

} // namespace gatehouse::crypto
