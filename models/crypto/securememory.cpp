// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/securememory.h"

#include "core/sentences.h"

#include <openssl/crypto.h>

namespace gatehouse::crypto {

Result<void> prepareOpenSslForSecrets()
{
    // Room for some hundred RSA keys; the smallest block holds one number of an Ed25519 key.
    constexpr std::size_t kHeapBytes = std::size_t(1) << 20U;
    constexpr std::size_t kSmallestBlock = 32;
    if (CRYPTO_secure_malloc_initialized() == 1) {
        return {};
    }
    // 2 means that the heap is there but the system allowed no lock: guarded and wiped still, so go on.
    if (CRYPTO_secure_malloc_init(kHeapBytes, kSmallestBlock) == 0) {
        return makeError(ErrorKind::Internal, "crypto.secure_heap",
                         Sentences::tr("The protected memory for private keys could not be set up."));
    }
    return {};
}

} // namespace gatehouse::crypto
