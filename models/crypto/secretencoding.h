// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QByteArrayView>

namespace gatehouse::crypto {

/// Base64 with padding, in constant time; the text is as secret as the bytes.
[[nodiscard]] Secret toBase64(const Secret &bytes);
/// The alphabet for URLs and headers, without padding.
[[nodiscard]] Secret toBase64Url(const Secret &bytes);
/// White space is ignored. @error Invalid "crypto.base64"
Result<Secret> secretFromBase64(QByteArrayView text);
/// The DER inside the one PEM block with this label ("RSA PRIVATE KEY"). @error Invalid "crypto.pem"
Result<Secret> secretFromPem(const Secret &pem, const char *label);
/// One buffer after the other.
[[nodiscard]] Secret joined(std::initializer_list<QByteArrayView> parts);

} // namespace gatehouse::crypto
