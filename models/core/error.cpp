// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"

namespace gatehouse {

Error Error::inContext(const QString &fact) const
{
    Error outer = *this;
    outer.what = fact;
    outer.cause = cause.isEmpty() ? what : what + QLatin1Char(' ') + cause;
    return outer;
}

Error Error::withDetail(const QString &detail) const
{
    Error copy = *this;
    copy.details.append(detail);
    return copy;
}

QString Error::toText() const
{
    QStringList parts;
    for (const QString &part : {what, cause, remedy}) {
        if (!part.isEmpty()) {
            parts.append(part);
        }
    }
    return parts.join(QLatin1Char(' '));
}

Error makeError(ErrorKind kind, const char *id, const QString &what, const QString &cause,
                const QString &remedy)
{
    return Error{kind, QString::fromLatin1(id), what, cause, remedy, {}};
}

QString errorKindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return QStringLiteral("cancelled");
    case ErrorKind::Invalid:
        return QStringLiteral("invalid");
    case ErrorKind::NotFound:
        return QStringLiteral("not_found");
    case ErrorKind::Conflict:
        return QStringLiteral("conflict");
    case ErrorKind::Denied:
        return QStringLiteral("denied");
    case ErrorKind::Offline:
        return QStringLiteral("offline");
    case ErrorKind::Timeout:
        return QStringLiteral("timeout");
    case ErrorKind::Protocol:
        return QStringLiteral("protocol");
    case ErrorKind::Io:
        return QStringLiteral("io");
    case ErrorKind::Crypto:
        return QStringLiteral("crypto");
    case ErrorKind::Unusable:
        return QStringLiteral("unusable");
    case ErrorKind::Internal:
        return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

int exitCode(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid:
        return 2;
    case ErrorKind::NotFound:
        return 3;
    case ErrorKind::Conflict:
        return 4;
    case ErrorKind::Denied:
        return 5;
    case ErrorKind::Offline:
        return 6;
    case ErrorKind::Timeout:
        return 7;
    case ErrorKind::Protocol:
        return 8;
    case ErrorKind::Io:
        return 9;
    case ErrorKind::Crypto:
        return 10;
    case ErrorKind::Unusable:
        return 11;
    case ErrorKind::Internal:
        return 70;
    case ErrorKind::Cancelled:
        return 130;
    }
    return 70;
}

} // namespace gatehouse
