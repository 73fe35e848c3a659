// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/secretencoding.h"

#include "core/sentences.h"

#include <sodium.h>

#include <cstring>

namespace gatehouse::crypto {

namespace {
Secret encoded(const Secret &bytes, int variant)
{
    const std::size_t length = sodium_base64_encoded_len(bytes.size(), variant);
    Secret text(length);
    sodium_bin2base64(reinterpret_cast<char *>(text.data()), length, bytes.data(), bytes.size(), variant);
    text.truncate(length - 1); // without the closing zero
    return text;
}
} // namespace

Secret toBase64(const Secret &bytes)
{
    return encoded(bytes, sodium_base64_VARIANT_ORIGINAL);
}

Secret toBase64Url(const Secret &bytes)
{
    return encoded(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

Result<Secret> secretFromBase64(QByteArrayView text)
{
    Secret bytes(static_cast<std::size_t>(text.size()) / 4 * 3 + 3);
    std::size_t length = 0;
    const char *end = nullptr;
    const int outcome =
        sodium_base642bin(bytes.data(), bytes.size(), text.data(), static_cast<std::size_t>(text.size()),
                          " \r\n\t", &length, &end, sodium_base64_VARIANT_ORIGINAL);
    if (outcome != 0 || end != text.data() + text.size()) {
        return makeError(ErrorKind::Invalid, "crypto.base64", Sentences::tr("This is not base64."));
    }
    bytes.truncate(length);
    return bytes;
}

Result<Secret> secretFromPem(const Secret &pem, const char *label)
{
    const QByteArray begin = QByteArray("-----BEGIN ") + label + "-----";
    const QByteArray end = QByteArray("-----END ") + label + "-----";
    const auto text = std::string_view(reinterpret_cast<const char *>(pem.data()), pem.size());
    const auto from = text.find(begin.toStdString());
    const auto to = text.find(end.toStdString());
    const auto bodyAt = from + static_cast<std::size_t>(begin.size());
    if (from == std::string_view::npos || to == std::string_view::npos || to < bodyAt ||
        text.find("-----BEGIN ", bodyAt) != std::string_view::npos) {
        return makeError(
            ErrorKind::Invalid, "crypto.pem",
            Sentences::tr("The file does not hold exactly one \"%1\" block.").arg(QLatin1String(label)));
    }
    return secretFromBase64(QByteArrayView(text.data() + bodyAt, qsizetype(to - bodyAt)));
}

Secret joined(std::initializer_list<QByteArrayView> parts)
{
    std::size_t total = 0;
    for (const QByteArrayView part : parts) {
        total += static_cast<std::size_t>(part.size());
    }
    Secret all(total);
    std::size_t at = 0;
    for (const QByteArrayView part : parts) {
        if (!part.isEmpty()) {
            std::memcpy(all.data() + at, part.data(), static_cast<std::size_t>(part.size()));
            at += static_cast<std::size_t>(part.size());
        }
    }
    return all;
}

} // namespace gatehouse::crypto
