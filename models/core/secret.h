// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArrayView>

#include <cstddef>
#include <span>

namespace gatehouse {

/// Bytes that nobody else may see: locked memory between guard pages, wiped on release, move-only, not
/// printable.
class Secret
{
public:
    Secret() = default;
    /// size zero bytes.
    explicit Secret(std::size_t size);
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret();

    /// Copies; the source is the caller's to wipe (see wipe() below).
    [[nodiscard]] static Secret copyOf(QByteArrayView bytes);
    [[nodiscard]] static Secret random(std::size_t size);
    /// Takes what a person typed and overwrites it. QString shares and reallocates, so this is best effort.
    [[nodiscard]] static Secret fromTyped(QString &typed);

    [[nodiscard]] Secret clone() const;
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] const unsigned char *data() const { return m_data; }
    [[nodiscard]] unsigned char *data() { return m_data; }
    [[nodiscard]] std::span<const unsigned char> bytes() const { return {m_data, m_size}; }
    [[nodiscard]] std::span<unsigned char> bytes() { return {m_data, m_size}; }
    /// For calls into Qt that only read. Do not store.
    [[nodiscard]] QByteArrayView view() const { return {m_data, static_cast<qsizetype>(m_size)}; }
    /// Shortens; the cut bytes are wiped with the rest.
    void truncate(std::size_t size);
    /// In constant time for equal sizes.
    [[nodiscard]] bool equals(const Secret &other) const;

private:
    unsigned char *m_data = nullptr;
    std::size_t m_size = 0;
};

/// Overwrites an ordinary buffer that held something secret. Best effort: copies that Qt made before stay.
void wipe(QByteArray &bytes);
void wipe(QString &text);

/// Call first in main() of every program: libsodium, no core dumps, no ptrace by others, OpenSSL's secure
/// heap is set up by crypto. @error Internal "core.sodium" when the library does not start.
Result<void> prepareProcessForSecrets();

} // namespace gatehouse
