// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/buildbundle.h"
#include "core/secret.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QVector>

#include <algorithm>

namespace gatehouse::bundle {

/// A web folder for one test, in a temporary place.
class WebFolder
{
public:
    WebFolder() { QDir(m_folder.path()).mkdir(QStringLiteral("web")); }

    /// index.html and a script with the ready call.
    WebFolder &withBasics()
    {
        return with("index.html", "<!doctype html><script src=app.js></script>\n")
            .with("app.js", "CapacitorUpdater.notifyAppReady();\n");
    }
    WebFolder &with(const char *path, const QByteArray &content)
    {
        return withNamed(QString::fromUtf8(path), content);
    }
    WebFolder &withNamed(const QString &path, const QByteArray &content)
    {
        const QString full = this->path() + QLatin1Char('/') + path;
        QDir().mkpath(QFileInfo(full).path());
        QFile file(full);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            qFatal("the test could not write %s", qPrintable(full));
        }
        return *this;
    }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("web")); }
    /// A place beside the web folder.
    [[nodiscard]] QString beside(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    /// Names beside the web folder, hidden ones too: what a failure left.
    [[nodiscard]] QStringList leftBeside() const
    {
        QStringList names =
            QDir(m_folder.path())
                .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
        names.removeOne(QStringLiteral("web"));
        return names;
    }

private:
    QTemporaryDir m_folder;
};

/// Text that deflates like a minified script; the same for the same seed.
inline QByteArray scriptText(qsizetype size, quint32 seed = 1)
{
    static const QList<QByteArray> words = {
        "function(", "){return ",      "var ",   "this.", ".prototype", "===",
        "if(",       "else{",          "}",      ";\n",   "null",       "length",
        "document.", "createElement(", "const ", "=>{",   "await ",     "import("};
    // One block, repeated: deflate sees 32 KiB back, so this packs like fresh text of the same kind.
    constexpr qsizetype kBlock = 200'003;
    QRandomGenerator random(seed);
    QByteArray text;
    text.reserve(size + kBlock);
    while (text.size() < std::min(size, kBlock)) {
        text.append(words.at(random.bounded(int(words.size()))));
        if (random.bounded(4) == 0) {
            text.append(QByteArray::number(random.generate(), 36));
        }
    }
    while (text.size() < size) {
        text.append(text.first(std::min(kBlock, size - text.size())));
    }
    text.truncate(size);
    return text;
}

/// Bytes that no compressor makes smaller; the same for the same seed.
inline QByteArray mediaBytes(qsizetype size, quint32 seed = 1)
{
    QRandomGenerator random(seed);
    QVector<quint32> numbers(size / 4 + 1);
    random.fillRange(numbers.data(), numbers.size());
    return {reinterpret_cast<const char *>(numbers.constData()), size};
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

inline Secret fixturePrivatePem()
{
    return Secret::copyOf(contentOf(QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/throwaway_private.pem")));
}

} // namespace gatehouse::bundle
