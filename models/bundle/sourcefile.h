// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/folderscan.h"

namespace gatehouse::bundle {

/// A file of a scanned folder, open for reading. It must be the file that was scanned, before and after.
class SourceFile
{
public:
    /// @error Io "bundle.build.read"; Conflict "bundle.build.changed"
    static Result<SourceFile> open(const FolderFile &file);
    ~SourceFile();
    SourceFile(SourceFile &&other) noexcept;
    SourceFile &operator=(SourceFile &&other) noexcept;
    SourceFile(const SourceFile &) = delete;
    SourceFile &operator=(const SourceFile &) = delete;

    /// Fills the buffer as far as the file reaches; 0 at the end. @error Io "bundle.build.read"
    Result<qsizetype> read(char *to, qsizetype size);
    /// Fills the buffer from a place in the file, as far as the file reaches; read() goes on where it was.
    Result<qsizetype> readAt(qint64 offset, char *to, qsizetype size);
    [[nodiscard]] qint64 position() const { return m_position; }
    [[nodiscard]] const FolderFile &file() const { return *m_file; }
    /// The whole content into to, which has room for file.size() bytes, with both checks.
    static Result<void> readWhole(const FolderFile &file, char *to);
    /// @error Conflict "bundle.build.changed" when the file is not as it was scanned
    Result<void> checkUnchanged() const;
    [[nodiscard]] static Error changed(const FolderFile &file);

private:
    SourceFile(int descriptor, const FolderFile *file);
    int m_descriptor = -1;
    const FolderFile *m_file = nullptr;
    qint64 m_position = 0;
};

} // namespace gatehouse::bundle
