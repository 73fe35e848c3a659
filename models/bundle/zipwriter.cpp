// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/zipwriter.h"

#include <algorithm>
#include <limits>

namespace gatehouse::bundle {

namespace {
constexpr quint32 kLocalSignature = 0x04034B50;
constexpr quint32 kDescriptorSignature = 0x08074B50;
constexpr quint32 kDirectorySignature = 0x02014B50;
constexpr quint32 kEndSignature = 0x06054B50;
constexpr quint32 kWideEndSignature = 0x06064B50;
constexpr quint32 kWideLocatorSignature = 0x07064B50;
constexpr quint16 kWideExtra = 0x0001;
constexpr quint16 kVersion = 20;
constexpr quint16 kWideVersion = 45;
constexpr quint16 kUnix = 3 << 8;
constexpr quint32 kMode0644 = 0100644U << 16U;
constexpr quint16 kDate1980 = (1U << 5U) | 1U;
constexpr quint16 kFlagDescriptor = 1U << 3U;
constexpr quint16 kFlagUtf8 = 1U << 11U;
constexpr qint64 kMax32 = std::numeric_limits<quint32>::max();
constexpr qint64 kMax16 = std::numeric_limits<quint16>::max();
// A deflated file may grow a little: this close to the limit the wide form is taken.
constexpr qint64 kWideFrom = kMax32 - (qint64(16) << 20);

class Little
{
public:
    Little &u16(quint16 value) { return put(value, 2); }
    Little &u32(quint32 value) { return put(value, 4); }
    Little &u64(quint64 value) { return put(value, 8); }
    Little &text(const QByteArray &value)
    {
        m_bytes.append(value);
        return *this;
    }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

private:
    Little &put(quint64 value, int size)
    {
        for (int i = 0; i < size; ++i) {
            m_bytes.append(static_cast<char>(value >> (8 * i) & 0xFFU));
        }
        return *this;
    }
    QByteArray m_bytes;
};

quint32 narrow(qint64 value)
{
    return static_cast<quint32>(std::min(value, kMax32));
}

bool isAscii(const QByteArray &name)
{
    return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
} // namespace

ZipWriter::ZipWriter(Output output)
    : m_output(std::move(output))
{}

Result<void> ZipWriter::put(QByteArrayView bytes)
{
    m_written += bytes.size();
    return m_output(bytes);
}

Result<void> ZipWriter::putHeader(Record record)
{
    record.offset = m_written;
    const bool known = !record.descriptor;
    const quint16 flags = static_cast<quint16>((record.descriptor ? kFlagDescriptor : 0) |
                                               (isAscii(record.name) ? 0 : kFlagUtf8));
    Little header;
    header.u32(kLocalSignature)
        .u16(record.wide ? kWideVersion : kVersion)
        .u16(flags)
        .u16(static_cast<quint16>(record.method))
        .u16(0)
        .u16(kDate1980)
        .u32(known ? record.sizes.crc : 0)
        .u32(record.wide ? kMax32
             : known     ? narrow(record.sizes.stored)
                         : 0)
        .u32(record.wide ? kMax32
             : known     ? narrow(record.sizes.plain)
                         : 0)
        .u16(static_cast<quint16>(record.name.size()))
        .u16(record.wide ? 20 : 0)
        .text(record.name);
    if (record.wide) {
        header.u16(kWideExtra)
            .u16(16)
            .u64(known ? static_cast<quint64>(record.sizes.plain) : 0)
            .u64(known ? static_cast<quint64>(record.sizes.stored) : 0);
    }
    m_records.push_back(std::move(record));
    return put(header.bytes());
}

Result<void> ZipWriter::begin(const QByteArray &name, Method method, const Sizes &sizes)
{
    Record record;
    record.name = name;
    record.method = method;
    record.sizes = sizes;
    record.wide = sizes.plain >= kMax32 || sizes.stored >= kMax32;
    return putHeader(std::move(record));
}

Result<void> ZipWriter::beginUnknown(const QByteArray &name, Method method, qint64 plain)
{
    Record record;
    record.name = name;
    record.method = method;
    record.descriptor = true;
    record.wide = plain >= kWideFrom;
    return putHeader(std::move(record));
}

Result<void> ZipWriter::add(const QByteArray &name, Method method, const Sizes &sizes, QByteArrayView content)
{
    GATEHOUSE_TRY(begin(name, method, sizes));
    return content.isEmpty() ? Result<void>() : put(content);
}

Result<void> ZipWriter::more(QByteArrayView content)
{
    return put(content);
}

Result<void> ZipWriter::end(const Sizes &sizes)
{
    Record &record = m_records.back();
    if (!record.descriptor) {
        return {};
    }
    record.sizes = sizes;
    Little descriptor;
    descriptor.u32(kDescriptorSignature).u32(sizes.crc);
    if (record.wide) {
        descriptor.u64(static_cast<quint64>(sizes.stored)).u64(static_cast<quint64>(sizes.plain));
    } else {
        descriptor.u32(narrow(sizes.stored)).u32(narrow(sizes.plain));
    }
    return put(descriptor.bytes());
}

Result<void> ZipWriter::putDirectoryEntry(const Record &record)
{
    // The directory widens only the numbers that do not fit, in this order.
    Little extra;
    if (record.sizes.plain >= kMax32) {
        extra.u64(static_cast<quint64>(record.sizes.plain));
    }
    if (record.sizes.stored >= kMax32) {
        extra.u64(static_cast<quint64>(record.sizes.stored));
    }
    if (record.offset >= kMax32) {
        extra.u64(static_cast<quint64>(record.offset));
    }
    const auto extraBytes = static_cast<quint16>(extra.bytes().size());
    const bool wide = record.wide || extraBytes > 0;
    const quint16 flags = static_cast<quint16>((record.descriptor ? kFlagDescriptor : 0) |
                                               (isAscii(record.name) ? 0 : kFlagUtf8));
    Little entry;
    entry.u32(kDirectorySignature)
        .u16(kUnix | (wide ? kWideVersion : kVersion))
        .u16(wide ? kWideVersion : kVersion)
        .u16(flags)
        .u16(static_cast<quint16>(record.method))
        .u16(0)
        .u16(kDate1980)
        .u32(record.sizes.crc)
        .u32(narrow(record.sizes.stored))
        .u32(narrow(record.sizes.plain))
        .u16(static_cast<quint16>(record.name.size()))
        .u16(extraBytes > 0 ? static_cast<quint16>(extraBytes + 4) : 0)
        .u16(0)
        .u16(0)
        .u16(0)
        .u32(kMode0644)
        .u32(narrow(record.offset))
        .text(record.name);
    if (extraBytes > 0) {
        entry.u16(kWideExtra).u16(extraBytes).text(extra.bytes());
    }
    return put(entry.bytes());
}

Result<void> ZipWriter::putEndRecords(qint64 directoryOffset, qint64 directoryBytes)
{
    const auto count = static_cast<qint64>(m_records.size());
    if (count >= kMax16 || directoryOffset >= kMax32 || directoryBytes >= kMax32) {
        constexpr quint64 kRestOfRecord = 44;
        const qint64 at = m_written;
        Little wide;
        wide.u32(kWideEndSignature)
            .u64(kRestOfRecord)
            .u16(kUnix | kWideVersion)
            .u16(kWideVersion)
            .u32(0)
            .u32(0)
            .u64(static_cast<quint64>(count))
            .u64(static_cast<quint64>(count))
            .u64(static_cast<quint64>(directoryBytes))
            .u64(static_cast<quint64>(directoryOffset));
        wide.u32(kWideLocatorSignature).u32(0).u64(static_cast<quint64>(at)).u32(1);
        GATEHOUSE_TRY(put(wide.bytes()));
    }
    const auto shortCount = static_cast<quint16>(std::min(count, kMax16));
    Little end;
    end.u32(kEndSignature)
        .u16(0)
        .u16(0)
        .u16(shortCount)
        .u16(shortCount)
        .u32(narrow(directoryBytes))
        .u32(narrow(directoryOffset))
        .u16(0);
    return put(end.bytes());
}

Result<void> ZipWriter::finish()
{
    const qint64 directoryOffset = m_written;
    for (const Record &record : m_records) {
        GATEHOUSE_TRY(putDirectoryEntry(record));
    }
    return putEndRecords(directoryOffset, m_written - directoryOffset);
}

} // namespace gatehouse::bundle
