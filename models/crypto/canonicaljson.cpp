// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/canonicaljson.h"

#include "core/sentences.h"

#include <QJsonArray>
#include <QStringConverter>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace gatehouse::crypto {

namespace {
constexpr qint64 kLargestInteger = (qint64(1) << 53U) - 1;

Error notCanonical(const QString &cause)
{
    return makeError(ErrorKind::Invalid, "crypto.json.canonical",
                     Sentences::tr("This value cannot be signed."), cause);
}

Result<QByteArray> utf8Of(const QString &text)
{
    QStringEncoder encoder(QStringEncoder::Utf8, QStringConverter::Flag::Stateless);
    QByteArray bytes = encoder(text);
    if (encoder.hasError()) {
        return notCanonical(Sentences::tr("A text in it holds half a character."));
    }
    return bytes;
}

char shortEscape(char c)
{
    switch (c) {
    case '\b':
        return 'b';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\f':
        return 'f';
    case '\r':
        return 'r';
    case '"':
    case '\\':
        return c;
    default:
        return 0;
    }
}

void appendQuoted(QByteArray &out, const QByteArray &utf8)
{
    constexpr auto kHex = "0123456789abcdef";
    out.append('"');
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (const char escape = shortEscape(c); escape != 0) {
            out.append('\\');
            out.append(escape);
        } else if (byte < 0x20) {
            out.append("\\u00");
            out.append(kHex[byte >> 4U]);
            out.append(kHex[byte & 0xfU]);
        } else {
            out.append(c);
        }
    }
    out.append('"');
}

Result<void> appendValue(QByteArray &out, const QJsonValue &value);

Result<void> appendNumber(QByteArray &out, const QJsonValue &value)
{
    const double number = value.toDouble();
    if (std::trunc(number) != number || std::abs(number) > double(kLargestInteger)) {
        return notCanonical(Sentences::tr("A number in it is not a whole number of at most 53 bits."));
    }
    out.append(QByteArray::number(value.toInteger()));
    return {};
}

Result<void> appendObject(QByteArray &out, const QJsonObject &object)
{
    std::vector<std::pair<QByteArray, QJsonValue>> members;
    members.reserve(static_cast<std::size_t>(object.size()));
    for (auto it = object.begin(); it != object.end(); ++it) {
        GATEHOUSE_ASSIGN(QByteArray key, utf8Of(it.key()));
        members.emplace_back(std::move(key), it.value());
    }
    // QJsonObject sorts by UTF-16 units, which differs from UTF-8 order beyond the basic plane.
    std::sort(members.begin(), members.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    out.append('{');
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i > 0) {
            out.append(',');
        }
        appendQuoted(out, members[i].first);
        out.append(':');
        GATEHOUSE_TRY(appendValue(out, members[i].second));
    }
    out.append('}');
    return {};
}

Result<void> appendArray(QByteArray &out, const QJsonArray &array)
{
    out.append('[');
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (i > 0) {
            out.append(',');
        }
        GATEHOUSE_TRY(appendValue(out, array.at(i)));
    }
    out.append(']');
    return {};
}

Result<void> appendValue(QByteArray &out, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        out.append("null");
        return {};
    case QJsonValue::Bool:
        out.append(value.toBool() ? "true" : "false");
        return {};
    case QJsonValue::Double:
        return appendNumber(out, value);
    case QJsonValue::String: {
        GATEHOUSE_ASSIGN(const QByteArray utf8, utf8Of(value.toString()));
        appendQuoted(out, utf8);
        return {};
    }
    case QJsonValue::Array:
        return appendArray(out, value.toArray());
    case QJsonValue::Object:
        return appendObject(out, value.toObject());
    case QJsonValue::Undefined:
        break;
    }
    return notCanonical(Sentences::tr("A value in it is missing."));
}
} // namespace

Result<QByteArray> canonicalJson(const QJsonValue &value)
{
    QByteArray out;
    GATEHOUSE_TRY(appendValue(out, value));
    return out;
}

Result<QByteArray> canonicalJson(const QJsonObject &object)
{
    return canonicalJson(QJsonValue(object));
}

} // namespace gatehouse::crypto
