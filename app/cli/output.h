// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/operation.h"

#include <QJsonObject>
#include <QStringList>
#include <QVector>

namespace gatehouse::cli {

enum class Format { Text, Json };

/// A table of plain text.
struct Table
{
    QStringList headers;
    QVector<QStringList> rows;
};

/// Where results, errors and progress go. Results: standard output. Progress: standard error, only on a
/// terminal. Foreign text is stripped of control characters before it reaches a terminal.
class Output
{
public:
    explicit Output(Format format)
        : m_format(format)
    {}

    [[nodiscard]] Format format() const { return m_format; }
    /// One result: the JSON, or the lines.
    void result(const QJsonObject &json, const QStringList &lines) const;
    void result(const QJsonObject &json, const Table &table, const QString &emptySentence) const;
    /// A sentence beside the result, on standard error; not in JSON mode.
    void note(const QString &sentence) const;
    void failure(const Error &error) const;
    /// Redraws one line; draws nothing when standard error is no terminal.
    void progress(const Progress &progress) const;
    void clearProgress() const;

private:
    Format m_format;
};

} // namespace gatehouse::cli
