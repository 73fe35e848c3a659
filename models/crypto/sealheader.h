// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "crypto/seal.h"

namespace gatehouse::crypto {

/// A sealed file taken apart: what it says about itself, the two lines as they stand, and the cipher text.
struct ParsedSeal
{
    SealHeader header;
    QByteArrayView head;
    QByteArrayView body;
};

/// "vault", "backup", "exchange".
[[nodiscard]] QString sealPurposeName(SealPurpose purpose);
/// Both lines. @error Invalid "crypto.seal.header" when about is too large
Result<QByteArray> sealHead(const SealHeader &header);
/// Views into bytes. @error as readSealHeader()
Result<ParsedSeal> parseSeal(QByteArrayView bytes);
/// Invalid "crypto.seal.truncated".
[[nodiscard]] Error sealTruncated();

} // namespace gatehouse::crypto
