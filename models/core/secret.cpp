// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include "core/sentences.h"

#include <sodium.h>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif
#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

#include <cstring>
#include <new>

namespace gatehouse {

Secret::Secret(std::size_t size)
    : m_size(size)
{
    if (size == 0) {
        return;
    }
    if (sodium_init() < 0) {
        throw std::bad_alloc();
    }
    m_data = static_cast<unsigned char *>(sodium_malloc(size));
    if (m_data == nullptr) {
        throw std::bad_alloc();
    }
    std::memset(m_data, 0, size);
}

Secret::Secret(Secret &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        sodium_free(m_data);
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

Secret::~Secret()
{
    sodium_free(m_data);
}

Secret Secret::copyOf(QByteArrayView bytes)
{
    Secret secret(static_cast<std::size_t>(bytes.size()));
    if (secret.m_data != nullptr) {
        std::memcpy(secret.m_data, bytes.data(), secret.m_size);
    }
    return secret;
}

Secret Secret::random(std::size_t size)
{
    Secret secret(size);
    if (secret.m_data != nullptr) {
        randombytes_buf(secret.m_data, size);
    }
    return secret;
}

Secret Secret::fromTyped(QString &typed)
{
    QByteArray utf8 = typed.toUtf8();
    Secret secret = copyOf(utf8);
    wipe(utf8);
    wipe(typed);
    return secret;
}

Secret Secret::clone() const
{
    return copyOf(view());
}

void Secret::truncate(std::size_t size)
{
    if (size >= m_size) {
        return;
    }
    Secret shorter = copyOf(view().first(static_cast<qsizetype>(size)));
    *this = std::move(shorter);
}

bool Secret::equals(const Secret &other) const
{
    return m_size == other.m_size && (m_size == 0 || sodium_memcmp(m_data, other.m_data, m_size) == 0);
}

void wipe(QByteArray &bytes)
{
    if (!bytes.isEmpty()) {
        sodium_memzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
    }
    bytes.clear();
}

void wipe(QString &text)
{
    if (!text.isEmpty()) {
        sodium_memzero(text.data(), static_cast<std::size_t>(text.size()) * sizeof(QChar));
    }
    text.clear();
}

Result<void> prepareProcessForSecrets()
{
    if (sodium_init() < 0) {
        return makeError(ErrorKind::Internal, "core.sodium",
                         Sentences::tr("The cryptography library does not start."));
    }
#ifdef Q_OS_UNIX
    // Also where the dumpable flag is ignored (a debugger, a container) no core file may hold a key.
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
#ifdef Q_OS_LINUX
    prctl(PR_SET_DUMPABLE, 0);
#endif
    return {};
}

} // namespace gatehouse
