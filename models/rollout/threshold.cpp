// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rollout/threshold.h"

#include "crypto/digest.h"

#include <QtEndian>

namespace gatehouse::rollout {

int deviceThreshold(QByteArrayView seed, const QString &deviceId)
{
    const QByteArray mac = crypto::hmacSha256(seed, deviceId.toLower().toUtf8());
    return drawFrom(qFromBigEndian<std::uint32_t>(mac.constData()));
}

} // namespace gatehouse::rollout
