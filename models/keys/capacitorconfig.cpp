// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/capacitorconfig.h"

#include "core/sentences.h"
#include "keys/jsontext.h"
#include "keys/secretfile.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace gatehouse::keys {

namespace {
constexpr qint64 kMaxConfigBytes = 4 * 1024 * 1024;
constexpr int kContextLines = 3;

QStringList keyPath()
{
    return {QStringLiteral("plugins"), QStringLiteral("CapacitorUpdater"), QStringLiteral("publicKey")};
}

QStringList linesOf(const QByteArray &bytes)
{
    QStringList lines = QString::fromUtf8(bytes).split(QLatin1Char('\n'));
    for (QString &line : lines) {
        if (line.endsWith(QLatin1Char('\r'))) {
            line.chop(1);
        }
    }
    if (lines.constLast().isEmpty()) {
        lines.removeLast();
    }
    return lines;
}

// The surgery is checked by another reader: the key is where it belongs, and nothing else is different.
bool isAsPlanned(const QByteArray &before, const QByteArray &after, const QByteArray &publicPem)
{
    const QByteArray mark("\xef\xbb\xbf");
    const auto read = [&](const QByteArray &bytes) {
        return QJsonDocument::fromJson(bytes.startsWith(mark) ? bytes.sliced(mark.size()) : bytes).object();
    };
    const QStringList path = keyPath();
    QJsonObject expected = read(before);
    QJsonObject plugins = expected.value(path.at(0)).toObject();
    QJsonObject updater = plugins.value(path.at(1)).toObject();
    updater.insert(path.at(2), QString::fromLatin1(publicPem));
    plugins.insert(path.at(1), updater);
    expected.insert(path.at(0), plugins);
    return read(after) == expected;
}
} // namespace

QVector<DiffLine> ConfigPlan::diff() const
{
    const QStringList oldLines = linesOf(before);
    const QStringList newLines = linesOf(after);
    if (oldLines == newLines) {
        return {};
    }
    const int oldCount = static_cast<int>(oldLines.size());
    const int newCount = static_cast<int>(newLines.size());
    // One place changes, so what is equal at both ends is all that is equal.
    int head = 0;
    while (head < oldCount && head < newCount && oldLines.at(head) == newLines.at(head)) {
        ++head;
    }
    int tail = 0;
    while (tail < oldCount - head && tail < newCount - head &&
           oldLines.at(oldCount - 1 - tail) == newLines.at(newCount - 1 - tail)) {
        ++tail;
    }
    QVector<DiffLine> lines;
    for (int i = std::max(0, head - kContextLines); i < head; ++i) {
        lines.append({DiffLine::Kind::Same, i + 1, i + 1, oldLines.at(i)});
    }
    for (int i = head; i < oldCount - tail; ++i) {
        lines.append({DiffLine::Kind::Removed, i + 1, 0, oldLines.at(i)});
    }
    for (int i = head; i < newCount - tail; ++i) {
        lines.append({DiffLine::Kind::Added, 0, i + 1, newLines.at(i)});
    }
    for (int i = 0; i < std::min(tail, kContextLines); ++i) {
        const int oldLine = oldCount - tail + i;
        lines.append({DiffLine::Kind::Same, oldLine + 1, newCount - tail + i + 1, oldLines.at(oldLine)});
    }
    return lines;
}

QString ConfigPlan::diffText() const
{
    QString text;
    for (const DiffLine &line : diff()) {
        const QLatin1String mark(line.kind == DiffLine::Kind::Added     ? "+ "
                                 : line.kind == DiffLine::Kind::Removed ? "- "
                                                                        : "  ");
        text += mark + line.text + QLatin1Char('\n');
    }
    return text;
}

std::optional<QString> findCapacitorConfig(const QString &projectFolder)
{
    for (const char *ending : {"ts", "js", "json"}) {
        const QString path = projectFolder + QStringLiteral("/capacitor.config.") + QLatin1String(ending);
        if (QFileInfo(path).isFile()) {
            return path;
        }
    }
    return std::nullopt;
}

bool isJsonConfig(const QString &path)
{
    return path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
}

Result<ConfigPlan> planPublicKey(const QString &path, const QByteArray &publicPem)
{
    if (!isJsonConfig(path)) {
        return makeError(ErrorKind::Invalid, "keys.config.script",
                         Sentences::tr("Gatehouse does not change a configuration that is a program."),
                         Sentences::tr("\"%1\" is a script.").arg(QFileInfo(path).fileName()),
                         Sentences::tr("Paste the text that is shown into it."));
    }
    ConfigPlan plan{path, {}, {}};
    GATEHOUSE_ASSIGN(plan.before, readFileBytes(path, kMaxConfigBytes));
    GATEHOUSE_ASSIGN(plan.after, withJsonText(plan.before, keyPath(), QString::fromLatin1(publicPem)));
    if (!isAsPlanned(plan.before, plan.after, publicPem)) {
        return makeError(ErrorKind::Invalid, "keys.config.shape",
                         Sentences::tr("The file is not a configuration that Gatehouse can change."),
                         Sentences::tr("Changing it would change more than the key."),
                         Sentences::tr("Add the key in an editor."));
    }
    return plan;
}

Result<void> applyConfigPlan(const ConfigPlan &plan)
{
    GATEHOUSE_ASSIGN(const QByteArray now, readFileBytes(plan.path, kMaxConfigBytes));
    if (now != plan.before) {
        return makeError(
            ErrorKind::Conflict, "keys.config.changed",
            Sentences::tr("The file was changed since the differences were shown; it is as it was."), {},
            Sentences::tr("Look at the differences again."));
    }
    if (!plan.changesAnything()) {
        return {};
    }
    return writePublicFile(plan.path, plan.after);
}

QString publicKeySnippet(const QByteArray &publicPem)
{
    const QString escaped = QString::fromLatin1(publicPem).replace(QLatin1Char('\n'), QLatin1String("\\n"));
    return QStringLiteral("plugins: {\n  CapacitorUpdater: {\n    publicKey: '%1',\n  },\n},\n").arg(escaped);
}

} // namespace gatehouse::keys
