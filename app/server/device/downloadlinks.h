// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/secret.h"
#include "server/http/request.h"

namespace gatehouse::server {

/// Links to stored objects that devices may follow: made from the public address, never from a request,
/// signed, and valid for a while. A link stays the same for a day, so that a broken download goes on where it
/// was.
/// @source spec: gatehouse-v1, section 7; device-protocol, section 5.1
class DownloadLinks
{
public:
    DownloadLinks(Secret key, const Clock &clock);

    /// @param publicUrl    where the listener is reached (Request::publicUrl)
    /// @param keyParameter what the wire calls "key": the checksum, or the number of the bundle
    [[nodiscard]] QString linkTo(const QString &publicUrl, const QString &blobKey,
                                 const QString &keyParameter, const QString &deviceId) const;
    /// Signed by us for this object, and not expired.
    [[nodiscard]] bool isValid(const QString &blobKey, const QueryParameters &query) const;
    /// A syntactically valid address that never has a file, for offers without a zip.
    [[nodiscard]] QString noZip(const QString &publicUrl) const
    {
        return publicUrl + QStringLiteral("/no.zip");
    }

private:
    [[nodiscard]] QString signature(const QString &blobKey, qint64 expires) const;
    Secret m_key;
    const Clock &m_clock;
};

} // namespace gatehouse::server
