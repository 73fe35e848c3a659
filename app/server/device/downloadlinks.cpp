// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/downloadlinks.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QUrl>

namespace gatehouse::server {

namespace {

constexpr qint64 kDaySeconds = 86'400;
/// At least two, at most three days.
constexpr qint64 kDaysValid = 3;

QByteArray encodedPath(const QString &blobKey)
{
    return QUrl::toPercentEncoding(blobKey, "/");
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

} // namespace

DownloadLinks::DownloadLinks(Secret key, const Clock &clock)
    : m_key(std::move(key))
    , m_clock(clock)
{}

QString DownloadLinks::signature(const QString &blobKey, qint64 expires) const
{
    const QByteArray message = "download\n" + blobKey.toUtf8() + '\n' + QByteArray::number(expires);
    return QString::fromLatin1(
        QMessageAuthenticationCode::hash(message, m_key.view().toByteArray(), QCryptographicHash::Sha256)
            .toHex());
}

QString DownloadLinks::linkTo(const QString &publicUrl, const QString &blobKey, const QString &keyParameter,
                              const QString &deviceId) const
{
    const qint64 expires = (toMs(m_clock.now()) / 1000 / kDaySeconds + kDaysValid) * kDaySeconds;
    return QStringLiteral("%1/files/read/attachments/%2?key=%3&device_id=%4&expires=%5&signature=%6")
        .arg(publicUrl, QString::fromLatin1(encodedPath(blobKey)), encoded(keyParameter), encoded(deviceId),
             QString::number(expires), signature(blobKey, expires));
}

bool DownloadLinks::isValid(const QString &blobKey, const QueryParameters &query) const
{
    bool isNumber = false;
    const qint64 expires = query.value(QStringLiteral("expires")).toLongLong(&isNumber);
    if (!isNumber || expires < toMs(m_clock.now()) / 1000) {
        return false;
    }
    const QByteArray expected = signature(blobKey, expires).toLatin1();
    const QByteArray given = query.value(QStringLiteral("signature")).toLatin1();
    return Secret::copyOf(expected).equals(Secret::copyOf(given));
}

} // namespace gatehouse::server
