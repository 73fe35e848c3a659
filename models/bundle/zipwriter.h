// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <vector>

namespace gatehouse::bundle {

/// Writes the container of a zip as it goes, in the one reproducible form: 1980-01-01, mode 0644, no comment,
/// zip64 only where a number needs it. The content comes compressed. @source PKWARE APPNOTE 6.3.10; spec:
/// bundle-format, section 1
class ZipWriter
{
public:
    using Output = std::function<Result<void>(QByteArrayView)>;
    enum class Method : quint16 { Store = 0, Deflate = 8 };

    struct Sizes
    {
        quint32 crc = 0;
        qint64 stored = 0;
        qint64 plain = 0;
    };

    explicit ZipWriter(Output output);

    /// An entry whose sizes are known: header and content in one.
    Result<void> add(const QByteArray &name, Method method, const Sizes &sizes, QByteArrayView content);
    /// An entry whose content follows by more(). With known sizes there is no data descriptor.
    Result<void> begin(const QByteArray &name, Method method, const Sizes &sizes);
    /// The same with sizes that are known only at the end(); plain is what is expected and decides on zip64.
    Result<void> beginUnknown(const QByteArray &name, Method method, qint64 plain);
    Result<void> more(QByteArrayView content);
    /// Sizes as they came out; ignored where they were known.
    Result<void> end(const Sizes &sizes);
    /// The directory at the end.
    Result<void> finish();

    [[nodiscard]] qint64 written() const { return m_written; }

private:
    struct Record
    {
        QByteArray name;
        Method method = Method::Store;
        Sizes sizes;
        qint64 offset = 0;
        bool descriptor = false;
        bool wide = false; ///< zip64 numbers in header and descriptor
    };

    Result<void> put(QByteArrayView bytes);
    Result<void> putHeader(Record record);
    Result<void> putDirectoryEntry(const Record &record);
    Result<void> putEndRecords(qint64 directoryOffset, qint64 directoryBytes);

    Output m_output;
    std::vector<Record> m_records;
    qint64 m_written = 0;
};

} // namespace gatehouse::bundle
