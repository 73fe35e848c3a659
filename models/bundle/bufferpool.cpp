// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/bufferpool.h"

#include <sys/mman.h>

#include <bit>
#include <new>

namespace gatehouse::bundle {

namespace {
constexpr std::size_t kSmallestBits = 14; // 16 KiB

qsizetype classBytes(std::size_t index)
{
    return qsizetype(1) << (kSmallestBits + index);
}

void unmap(char *data, qsizetype capacity)
{
    ::munmap(data, static_cast<std::size_t>(capacity));
}
} // namespace

Buffer::Buffer(Buffer &&other) noexcept
    : m_pool(std::exchange(other.m_pool, nullptr))
    , m_data(std::exchange(other.m_data, nullptr))
    , m_capacity(std::exchange(other.m_capacity, 0))
{}

Buffer &Buffer::operator=(Buffer &&other) noexcept
{
    std::swap(m_pool, other.m_pool);
    std::swap(m_data, other.m_data);
    std::swap(m_capacity, other.m_capacity);
    return *this;
}

Buffer::~Buffer()
{
    if (m_pool != nullptr) {
        m_pool->giveBack(m_data, m_capacity);
    }
}

BufferPool::BufferPool(qsizetype keep)
    : m_keep(keep)
{}

BufferPool::~BufferPool()
{
    dropKept(m_keep + m_total);
}

std::size_t BufferPool::classOf(qsizetype size)
{
    const auto bits =
        static_cast<std::size_t>(std::bit_width(static_cast<std::size_t>(size > 0 ? size - 1 : 0)));
    return bits > kSmallestBits ? bits - kSmallestBits : 0;
}

qsizetype BufferPool::rounded(qsizetype size)
{
    return classBytes(classOf(size));
}

Buffer BufferPool::take(qsizetype size)
{
    const std::size_t index = classOf(size);
    Q_ASSERT(index < kClasses);
    const qsizetype bytes = classBytes(index);
    {
        const std::lock_guard lock(m_mutex);
        if (!m_kept[index].empty()) {
            char *data = m_kept[index].back();
            m_kept[index].pop_back();
            return {this, data, bytes};
        }
        dropKept(bytes);
        m_total += bytes;
    }
    void *fresh = ::mmap(nullptr, static_cast<std::size_t>(bytes), PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (fresh == MAP_FAILED) {
        throw std::bad_alloc();
    }
    return {this, static_cast<char *>(fresh), bytes};
}

void BufferPool::giveBack(char *data, qsizetype capacity)
{
    const std::lock_guard lock(m_mutex);
    if (m_total > m_keep) {
        m_total -= capacity;
        unmap(data, capacity);
        return;
    }
    m_kept[classOf(capacity)].push_back(data);
}

// Makes room for wanted more bytes: the largest kept buffers go first.
void BufferPool::dropKept(qsizetype wanted)
{
    for (std::size_t index = kClasses; index-- > 0;) {
        while (m_total + wanted > m_keep && !m_kept[index].empty()) {
            unmap(m_kept[index].back(), classBytes(index));
            m_kept[index].pop_back();
            m_total -= classBytes(index);
        }
    }
}

} // namespace gatehouse::bundle
