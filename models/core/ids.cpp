// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"

#include "core/semver.h"
#include "core/sentences.h"

#include <QRegularExpression>

#include <cmath>

namespace gatehouse {

namespace rules {

bool AppId::holds(const QString &text)
{
    // Both cases are spelt out: matched without regard to case, the Kelvin sign would be a k and the long s
    // an s.
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9]+(\\.[A-Za-z0-9_-]+)+\\z"));
    return text.size() <= 256 && pattern.match(text).hasMatch();
}

Error AppId::broken(const QString &text)
{
    return makeError(
        ErrorKind::Invalid, "core.app_id", Sentences::tr("\"%1\" is not an app id.").arg(text.left(64)),
        Sentences::tr("An app id looks like com.example.app: letters and digits, at least one dot."));
}

bool DeviceId::holds(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\z"));
    return pattern.match(text).hasMatch();
}

Error DeviceId::broken(const QString &text)
{
    return makeError(ErrorKind::Invalid, "core.device_id",
                     Sentences::tr("\"%1\" is not a device id.").arg(text.left(64)),
                     Sentences::tr("A device id is a UUID."));
}

bool ChannelName::holds(const QString &text)
{
    return !text.isEmpty() && text.size() <= 128 && text == text.trimmed() &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); });
}

Error ChannelName::broken(const QString &text)
{
    return makeError(ErrorKind::Invalid, "core.channel_name",
                     Sentences::tr("\"%1\" cannot be the name of a channel.").arg(text.left(64)),
                     Sentences::tr("A name has 1 to 128 characters and no white space at its ends."));
}

bool BundleName::holds(const QString &text)
{
    return SemanticVersion::parse(text).has_value();
}

Error BundleName::broken(const QString &text)
{
    return makeError(ErrorKind::Invalid, "core.bundle_name",
                     Sentences::tr("\"%1\" cannot be the version of a bundle.").arg(text.left(64)),
                     Sentences::tr("Devices need a semantic version, as in 2.4.1, without a leading v."));
}

} // namespace rules

Result<BasisPoints> BasisPoints::parse(qint64 value)
{
    if (value < 0 || value > kAll) {
        return makeError(ErrorKind::Invalid, "core.basis_points",
                         Sentences::tr("%1 is not a share in basis points.").arg(value),
                         Sentences::tr("A share lies between 0 and 10000 basis points."));
    }
    return BasisPoints(static_cast<int>(value));
}

Result<BasisPoints> BasisPoints::fromPercent(double percent)
{
    if (!std::isfinite(percent) || percent < 0 || percent > 100) {
        return makeError(ErrorKind::Invalid, "core.basis_points",
                         Sentences::tr("This is not a share in percent."),
                         Sentences::tr("A share lies between 0 and 100 %."));
    }
    return BasisPoints(static_cast<int>(std::lround(percent * 100)));
}

} // namespace gatehouse
