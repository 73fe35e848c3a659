// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <QByteArrayView>
#include <QString>

#include <cstdint>

namespace gatehouse::rollout {

/// Bytes of a rollout seed.
inline constexpr qsizetype kSeedBytes = 16;

/// An even number 0…9999 out of 32 random bits. @source spec: device-protocol, section 2.3
[[nodiscard]] constexpr int drawFrom(std::uint32_t bits)
{
    return static_cast<int>((std::uint64_t{bits} * 10000U) >> 32U);
}

/// Where a device stands in a rollout, 0…9999: it is among the first p hundredths of a percent when its
/// threshold is below p. The same seed and device give the same threshold for ever; the case of the id does
/// not matter. @source spec: gatehouse-v1, section 4
[[nodiscard]] int deviceThreshold(QByteArrayView seed, const QString &deviceId);

} // namespace gatehouse::rollout
