// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/deviceapi.h"

#include <QUrl>

namespace gatehouse::server {

namespace {

constexpr QLatin1String kReadPath("/files/read/attachments/");

bool isBrokenEncoding(const QByteArray &path)
{
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    for (qsizetype i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
        if (i + 2 >= path.size() || !isHex(path.at(i + 1)) || !isHex(path.at(i + 2))) {
            return true;
        }
    }
    return false;
}

/// "orgs/O/apps/A/…"
QString appOf(const QString &blobKey)
{
    const QStringList parts = blobKey.split(QLatin1Char('/'));
    return parts.size() > 3 && parts.at(0) == QLatin1String("orgs") && parts.at(2) == QLatin1String("apps")
               ? parts.at(3)
               : QString();
}

} // namespace

Response DeviceApi::download(const Request &request)
{
    if (isBrokenEncoding(request.rawPath)) {
        return errorResponse(400, QStringLiteral("invalid_file_path_encoding"),
                             QStringLiteral("The path's percent-encoding is broken."));
    }
    const QString decoded = request.parameter(QStringLiteral("key"));
    const QString raw = QString::fromUtf8(request.rawPath.mid(kReadPath.size()));
    for (const QString &blobKey : {decoded, raw}) {
        // Whether a file exists is told only to who may have it.
        if (!m_links.isValid(blobKey, request.query)) {
            const auto isAllowed = m_fileAccess ? m_fileAccess(request, appOf(blobKey)) : Result<bool>(false);
            if (!isAllowed) {
                return failureResponse(isAllowed.error());
            }
            if (!*isAllowed) {
                continue;
            }
        }
        const auto blob = m_store.blob(blobKey);
        if (!blob) {
            return failureResponse(blob.error());
        }
        if (!*blob) {
            continue;
        }
        Response response;
        response.setHeader("Content-Type", blobKey.endsWith(QLatin1String(".zip"))
                                               ? "application/zip"
                                               : "application/octet-stream");
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable, no-transform");
        response.setHeader("Content-Disposition",
                           "attachment; filename=\"" + QUrl::toPercentEncoding(blobKey, "/") + '"');
        response.setHeader("X-Checksum-Sha256", (*blob)->sha256.toBase64());
        response.body = FileBody{(*blob)->path, (*blob)->sha256.toHex()};
        if (request.method == Method::Get && !request.hasHeader("range")) {
            m_store.enqueueBandwidth(appOf(blobKey), (*blob)->size);
        }
        return response;
    }
    return notFoundResponse(QStringLiteral("There is no such file, or the link is not valid any more."));
}

} // namespace gatehouse::server
