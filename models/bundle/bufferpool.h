// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace gatehouse::bundle {

class BufferPool;

/// Memory of a BufferPool; goes back when it dies.
class Buffer
{
public:
    Buffer() = default;
    Buffer(Buffer &&other) noexcept;
    Buffer &operator=(Buffer &&other) noexcept;
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;
    ~Buffer();

    [[nodiscard]] char *data() { return m_data; }
    [[nodiscard]] const char *data() const { return m_data; }
    [[nodiscard]] qsizetype capacity() const { return m_capacity; }

private:
    friend class BufferPool;
    Buffer(BufferPool *pool, char *data, qsizetype capacity)
        : m_pool(pool)
        , m_data(data)
        , m_capacity(capacity)
    {}
    BufferPool *m_pool = nullptr;
    char *m_data = nullptr;
    qsizetype m_capacity = 0;
};

/// Memory straight from the system, in powers of two, kept for the next one up to a limit. The general heap
/// would keep buffers of many sizes apart and grow far beyond what is in use.
/// @thread any
class BufferPool
{
public:
    /// keep: bytes that are in use or kept; beyond it what comes back goes to the system.
    explicit BufferPool(qsizetype keep);
    ~BufferPool();
    BufferPool(const BufferPool &) = delete;
    BufferPool &operator=(const BufferPool &) = delete;

    [[nodiscard]] Buffer take(qsizetype size);
    /// What a buffer of this size really takes.
    [[nodiscard]] static qsizetype rounded(qsizetype size);

private:
    friend class Buffer;
    static constexpr std::size_t kClasses = 16;
    static std::size_t classOf(qsizetype size);
    void giveBack(char *data, qsizetype capacity);
    void dropKept(qsizetype wanted);

    std::mutex m_mutex;
    std::array<std::vector<char *>, kClasses> m_kept;
    qsizetype m_keep;
    qsizetype m_total = 0; ///< in use and kept
};

} // namespace gatehouse::bundle
