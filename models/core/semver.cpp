// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/semver.h"

#include "core/sentences.h"

#include <QRegularExpression>

namespace gatehouse {

namespace {

constexpr std::int64_t kLargestNumber = 9007199254740991; // 2^53 - 1, what JavaScript peers can hold

const QRegularExpression &pattern()
{
    static const QRegularExpression expression(
        QStringLiteral("\\A(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
                       "(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[a-"
                       "zA-Z-][0-9a-zA-Z-]*))*))?"
                       "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?\\z"));
    return expression;
}

Error notAVersion(const QString &text)
{
    return makeError(ErrorKind::Invalid, "core.semver",
                     Sentences::tr("\"%1\" is not a semantic version.").arg(text.left(64)),
                     Sentences::tr("A version has three numbers, as in 2.4.1 or 2.4.1-beta.1."));
}

bool isNumber(const QString &identifier)
{
    return std::all_of(identifier.begin(), identifier.end(),
                       [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
}

std::strong_ordering compareIdentifiers(const QString &a, const QString &b)
{
    const bool aNumber = isNumber(a);
    const bool bNumber = isNumber(b);
    if (aNumber != bNumber) {
        return aNumber ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    if (aNumber && a.size() != b.size()) {
        return a.size() <=> b.size();
    }
    return QString::compare(a, b) <=> 0;
}

} // namespace

Result<SemanticVersion> SemanticVersion::parse(const QString &text)
{
    if (text.size() > 256) {
        return notAVersion(text);
    }
    const QRegularExpressionMatch match = pattern().match(text);
    if (!match.hasMatch()) {
        return notAVersion(text);
    }
    SemanticVersion version;
    std::int64_t *const numbers[] = {&version.m_major, &version.m_minor, &version.m_patch};
    for (int i = 0; i < 3; ++i) {
        bool ok = false;
        *numbers[i] = match.captured(i + 1).toLongLong(&ok);
        if (!ok || *numbers[i] > kLargestNumber) {
            return notAVersion(text);
        }
    }
    if (const QString prerelease = match.captured(4); !prerelease.isEmpty()) {
        version.m_prerelease = prerelease.split(QLatin1Char('.'));
    }
    version.m_build = match.captured(5);
    return version;
}

Result<SemanticVersion> SemanticVersion::parseLoose(const QString &text)
{
    const QString trimmed = text.trimmed();
    return parse(trimmed.startsWith(QLatin1Char('v')) ? trimmed.mid(1) : trimmed);
}

Result<SemanticVersion> SemanticVersion::coerceNative(const QString &text)
{
    if (text == QLatin1String("builtin") || text == QLatin1String("unknown")) {
        return parse(QStringLiteral("0.0.0"));
    }
    // Dots are counted before white space goes: " 1.2 " is thus refused, as the reference server does.
    const qsizetype dots = text.count(QLatin1Char('.'));
    QString completed = text;
    if (dots == 0) {
        completed += QStringLiteral(".0.0");
    } else if (dots == 1) {
        completed += QStringLiteral(".0");
    }
    return parseLoose(completed);
}

QString SemanticVersion::toString() const
{
    QString text = QString::number(m_major) + QLatin1Char('.') + QString::number(m_minor) + QLatin1Char('.') +
                   QString::number(m_patch);
    if (!m_prerelease.isEmpty()) {
        text += QLatin1Char('-') + m_prerelease.join(QLatin1Char('.'));
    }
    if (!m_build.isEmpty()) {
        text += QLatin1Char('+') + m_build;
    }
    return text;
}

std::strong_ordering SemanticVersion::operator<=>(const SemanticVersion &other) const
{
    if (const auto order = m_major <=> other.m_major; order != 0) {
        return order;
    }
    if (const auto order = m_minor <=> other.m_minor; order != 0) {
        return order;
    }
    if (const auto order = m_patch <=> other.m_patch; order != 0) {
        return order;
    }
    if (m_prerelease.isEmpty() != other.m_prerelease.isEmpty()) {
        return m_prerelease.isEmpty() ? std::strong_ordering::greater : std::strong_ordering::less;
    }
    const qsizetype common = std::min(m_prerelease.size(), other.m_prerelease.size());
    for (qsizetype i = 0; i < common; ++i) {
        if (const auto order = compareIdentifiers(m_prerelease.at(i), other.m_prerelease.at(i)); order != 0) {
            return order;
        }
    }
    return m_prerelease.size() <=> other.m_prerelease.size();
}

bool SemanticVersion::operator==(const SemanticVersion &other) const
{
    return (*this <=> other) == 0;
}

} // namespace gatehouse
