// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "core/foreigntext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>
#include <unistd.h>

namespace gatehouse::cli {

namespace {

constexpr int kLongestCell = 120;

void print(std::FILE *stream, const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
    std::fflush(stream);
}

bool isTerminal()
{
    return isatty(STDERR_FILENO) == 1;
}

QString megabytes(qint64 bytes)
{
    return QString::number(static_cast<double>(bytes) / 1e6, 'f', 1);
}

QVector<QStringList> cleaned(const Table &table)
{
    QVector<QStringList> rows{table.headers};
    for (const QStringList &row : table.rows) {
        QStringList cells;
        for (const QString &cell : row) {
            cells.append(displayable(cell, kLongestCell));
        }
        rows.append(cells);
    }
    return rows;
}

} // namespace

void Output::result(const QJsonObject &json, const QStringList &lines) const
{
    clearProgress();
    if (m_format == Format::Json) {
        print(stdout, QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Indented)).trimmed());
        return;
    }
    for (const QString &line : lines) {
        print(stdout, line);
    }
}

void Output::result(const QJsonObject &json, const Table &table, const QString &emptySentence) const
{
    if (m_format == Format::Json || table.rows.isEmpty()) {
        result(json, QStringList{emptySentence});
        return;
    }
    const QVector<QStringList> rows = cleaned(table);
    QVector<qsizetype> widths(table.headers.size(), 0);
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < widths.size(); ++i) {
            widths[i] = std::max(widths.at(i), row.value(i).size());
        }
    }
    QStringList lines;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < widths.size(); ++i) {
            line += i + 1 == widths.size() ? row.value(i) : row.value(i).leftJustified(widths.at(i) + 2);
        }
        lines.append(line.trimmed());
    }
    result(json, lines);
}

void Output::note(const QString &sentence) const
{
    if (m_format == Format::Text) {
        clearProgress();
        print(stderr, sentence);
    }
}

void Output::failure(const Error &error) const
{
    clearProgress();
    if (m_format == Format::Json) {
        const QJsonObject json{{QStringLiteral("kind"), errorKindName(error.kind)},
                               {QStringLiteral("id"), error.id},
                               {QStringLiteral("what"), error.what},
                               {QStringLiteral("cause"), error.cause},
                               {QStringLiteral("remedy"), error.remedy},
                               {QStringLiteral("details"), QJsonArray::fromStringList(error.details)}};
        result({{QStringLiteral("error"), json}}, {});
        return;
    }
    for (const QString &sentence : {error.what, error.cause, error.remedy}) {
        if (!sentence.isEmpty()) {
            print(stderr, displayable(sentence, 2000));
        }
    }
    for (const QString &detail : error.details) {
        print(stderr, QStringLiteral("  ") + displayable(detail, 2000));
    }
}

void Output::progress(const Progress &progress) const
{
    if (m_format == Format::Json || !isTerminal()) {
        return;
    }
    QString line = progress.step;
    if (progress.unit == Progress::Unit::Bytes) {
        line += QStringLiteral("  %1 MB").arg(megabytes(progress.done));
        line += progress.total > 0 ? QStringLiteral(" of %1 MB").arg(megabytes(progress.total)) : QString();
    } else if (progress.total > 0) {
        line += QStringLiteral("  %1 of %2").arg(progress.done).arg(progress.total);
    }
    const QByteArray bytes = "\r\033[K" + displayable(line, 200).toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

void Output::clearProgress() const
{
    if (m_format == Format::Text && isTerminal()) {
        std::fputs("\r\033[K", stderr);
    }
}

} // namespace gatehouse::cli
