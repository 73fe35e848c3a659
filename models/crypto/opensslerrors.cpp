// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/opensslerrors.h"

#include <openssl/err.h>

#include <array>

namespace gatehouse::crypto {

Error withOpenSslErrors(Error error)
{
    for (unsigned long code = ERR_get_error(); code != 0; code = ERR_get_error()) {
        std::array<char, 256> text{};
        ERR_error_string_n(code, text.data(), text.size());
        error = error.withDetail(QString::fromLatin1(text.data()));
    }
    return error;
}

void forgetOpenSslErrors()
{
    ERR_clear_error();
}

} // namespace gatehouse::crypto
