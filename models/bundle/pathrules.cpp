// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/pathrules.h"

#include "core/sentences.h"

#include <QRegularExpression>
#include <QStringConverter>
#include <QStringList>

#include <algorithm>
#include <array>

namespace gatehouse::bundle {

namespace {
constexpr std::array<QLatin1String, 4> kMapEndings{QLatin1String(".js.map"), QLatin1String(".mjs.map"),
                                                   QLatin1String(".cjs.map"), QLatin1String(".css.map")};

/// "c:", as Windows names a disk
bool beginsWithDrive(const QString &path)
{
    const uint first = path.at(0).unicode() | 0x20U; // lower case, of letters
    return path.size() > 1 && path.at(1) == QLatin1Char(':') && first >= u'a' && first <= u'z';
}

Finding refuse(const char *rule, const QString &path, const QString &sentence)
{
    return {QLatin1String(rule), Severity::Error, path, sentence};
}

bool isControl(QChar character)
{
    return character.unicode() < 0x20 || character.unicode() == 0x7F;
}

// CON, NUL, COM1 …, with or without an extension, in any case.
bool isReservedOnWindows(QStringView name)
{
    const qsizetype dot = name.indexOf(QLatin1Char('.'));
    const qsizetype base = dot < 0 ? name.size() : dot;
    if (base != 3 && base != 4) {
        return false; // nearly always, and cheaper than the pattern
    }
    static const QRegularExpression reserved(
        QStringLiteral("^(con|prn|aux|nul|com[1-9\u00B9\u00B2\u00B3]|lpt[1-9\u00B9\u00B2\u00B3])(\\.|$)"),
        QRegularExpression::CaseInsensitiveOption);
    return reserved.match(name).hasMatch();
}

std::optional<Finding> checkName(const QString &path, QStringView name)
{
    if (name.isEmpty() || name == QLatin1String(".")) {
        return refuse("bundle.path.empty_part", path, Sentences::tr("The path has an empty part."));
    }
    if (name == QLatin1String("..")) {
        return refuse("bundle.path.parent", path,
                      Sentences::tr("The path leads out of the bundle with “..”."));
    }
    if (isReservedOnWindows(name)) {
        return refuse(
            "bundle.path.reserved", path,
            Sentences::tr("“%1” is a reserved name on Windows, so the bundle could not be unpacked there.")
                .arg(name));
    }
    if (name.endsWith(QLatin1Char('.')) || name.endsWith(QLatin1Char(' '))) {
        return refuse("bundle.path.trailing", path,
                      Sentences::tr("A name that ends in a dot or a space becomes another name on Windows."));
    }
    return std::nullopt;
}

std::optional<Finding> checkWhole(const QString &path)
{
    // Longest path that Android and iOS take, with room for where the bundle lies.
    constexpr qsizetype kLongestPath = 800;
    if (path.isEmpty()) {
        return refuse("bundle.path.empty", path, Sentences::tr("The name is empty."));
    }
    if (path.contains(QChar(0))) {
        return refuse("bundle.path.nul", path, Sentences::tr("The path holds a zero byte."));
    }
    if (std::any_of(path.begin(), path.end(), isControl)) {
        return refuse("bundle.path.control", path, Sentences::tr("The path holds a control character."));
    }
    if (path.contains(QLatin1Char('\\'))) {
        return refuse("bundle.path.backslash", path,
                      Sentences::tr("The path holds a back-slash, which some devices take for a folder."));
    }
    if (path.startsWith(QLatin1Char('/')) || beginsWithDrive(path)) {
        return refuse("bundle.path.absolute", path, Sentences::tr("The path is absolute."));
    }
    if (path.toUtf8().size() > kLongestPath) {
        return refuse("bundle.path.long", path, Sentences::tr("The path is longer than 800 bytes."));
    }
    return std::nullopt;
}

/// "tsconfig.json", "tsconfig.app.json"
bool isTsConfig(QStringView name)
{
    return name == QLatin1String("tsconfig.json") ||
           (name.startsWith(QLatin1String("tsconfig.")) && name.endsWith(QLatin1String(".json")) &&
            name.size() >= QLatin1String("tsconfig..json").size());
}

QString folded(const QString &path)
{
    if (std::all_of(path.begin(), path.end(), [](QChar c) { return c.unicode() < 0x80; })) {
        return path.toLower();
    }
    // Folding may undo normal form and the other way round, so normal form comes first and last.
    return path.normalized(QString::NormalizationForm_C)
        .toCaseFolded()
        .normalized(QString::NormalizationForm_C);
}
} // namespace

std::optional<Finding> checkPath(const QString &path)
{
    if (auto finding = checkWhole(path)) {
        return finding;
    }
    for (const QStringView name : QStringView(path).split(QLatin1Char('/'))) {
        if (auto finding = checkName(path, name)) {
            return finding;
        }
    }
    const QLatin1String forbidden("<>:\"|?*");
    if (std::any_of(path.begin(), path.end(), [&](QChar c) { return forbidden.contains(c); })) {
        return Finding{QStringLiteral("bundle.path.windows"), Severity::Warning, path,
                       Sentences::tr("The path holds a character that Windows does not take in names.")};
    }
    if (hasSpace(path)) {
        return Finding{
            QStringLiteral("bundle.path.space"), Severity::Warning, path,
            Sentences::tr("The name holds a space: it works in a zip, but not in a delta release.")};
    }
    return std::nullopt;
}

bool hasSpace(const QString &path)
{
    return path.contains(QLatin1Char(' '));
}

bool isLeftOut(const QString &path)
{
    const auto names = QStringView(path).split(QLatin1Char('/'));
    return std::any_of(names.begin(), names.end(), [](QStringView name) {
        return name == QLatin1String(".DS_Store") || name.startsWith(QLatin1String(".git")) ||
               name == QLatin1String("node_modules") || name == QLatin1String("package-lock.json") ||
               isTsConfig(name);
    });
}

bool isSourceMap(const QString &path)
{
    return std::any_of(kMapEndings.begin(), kMapEndings.end(),
                       [&](QLatin1String ending) { return path.endsWith(ending, Qt::CaseInsensitive); });
}

std::optional<QString> pathFromUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString path = decoder.decode(bytes);
    if (decoder.hasError()) {
        return std::nullopt;
    }
    return path;
}

std::optional<QString> NameClashes::add(const QString &path)
{
    // Every folder on the way counts: "Img/a.png" and "img/b.png" are one folder on some devices and two on
    // others.
    for (qsizetype at = path.indexOf(QLatin1Char('/')); at >= 0;
         at = path.indexOf(QLatin1Char('/'), at + 1)) {
        const QString part = path.left(at);
        const QString key = folded(part);
        const auto seen = m_folders.constFind(key);
        if (seen != m_folders.cend() && *seen != part) {
            return *seen;
        }
        if (m_files.contains(key)) {
            return m_files.value(key);
        }
        m_folders.insert(key, part);
    }
    const QString key = folded(path);
    if (const auto other = m_files.constFind(key); other != m_files.cend()) {
        return *other;
    }
    if (const auto folder = m_folders.constFind(key); folder != m_folders.cend()) {
        return *folder;
    }
    m_files.insert(key, path);
    return std::nullopt;
}

} // namespace gatehouse::bundle
