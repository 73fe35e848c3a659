// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Qt's reader takes doubled keys, fractions and broken UTF-8 in its stride; what is signed must have one
// meaning only.
#include "crypto/canonicaljson.h"

#include "core/sentences.h"

#include <QJsonArray>
#include <QStringConverter>

#include <algorithm>

namespace gatehouse::crypto {

namespace {
constexpr int kMaxDepth = 64;
constexpr qint64 kLargestInteger = (qint64(1) << 53U) - 1;

bool isDigit(int c)
{
    return c >= '0' && c <= '9';
}

/// Recursive descent over the bytes; each function leaves m_at behind what it read.
class StrictReader
{
public:
    explicit StrictReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {}

    Result<QJsonValue> document()
    {
        GATEHOUSE_ASSIGN(QJsonValue top, value(0));
        skipSpace();
        if (m_at != m_bytes.size()) {
            return broken(Sentences::tr("Something follows the value."));
        }
        return top;
    }

private:
    [[nodiscard]] int peek() const
    {
        return m_at < m_bytes.size() ? static_cast<unsigned char>(m_bytes[m_at]) : -1;
    }

    [[nodiscard]] Error broken(const QString &cause) const
    {
        return makeError(ErrorKind::Protocol, "crypto.json",
                         Sentences::tr("The signed text is not as agreed."), cause)
            .withDetail(QStringLiteral("byte %1").arg(m_at));
    }

    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            ++m_at;
        }
    }

    bool take(QByteArrayView word)
    {
        if (!m_bytes.sliced(m_at).startsWith(word)) {
            return false;
        }
        m_at += word.size();
        return true;
    }

    Result<QJsonValue> value(int depth)
    {
        if (depth > kMaxDepth) {
            return broken(Sentences::tr("It is nested too deeply."));
        }
        skipSpace();
        switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"': {
            GATEHOUSE_ASSIGN(const QString content, text());
            return QJsonValue(content);
        }
        default:
            break;
        }
        if (take("true")) {
            return QJsonValue(true);
        }
        if (take("false")) {
            return QJsonValue(false);
        }
        if (take("null")) {
            return QJsonValue(QJsonValue::Null);
        }
        return integer();
    }

    Result<QJsonValue> object(int depth)
    {
        ++m_at;
        QJsonObject members;
        skipSpace();
        if (take("}")) {
            return QJsonValue(members);
        }
        while (true) {
            skipSpace();
            if (peek() != '"') {
                return broken(Sentences::tr("A key is expected."));
            }
            GATEHOUSE_ASSIGN(const QString key, text());
            if (members.contains(key)) {
                return broken(Sentences::tr("A key is there twice."));
            }
            skipSpace();
            if (!take(":")) {
                return broken(Sentences::tr("A colon is expected."));
            }
            GATEHOUSE_ASSIGN(const QJsonValue member, value(depth + 1));
            members.insert(key, member);
            skipSpace();
            if (take("}")) {
                return QJsonValue(members);
            }
            if (!take(",")) {
                return broken(Sentences::tr("A comma or the end of an object is expected."));
            }
        }
    }

    Result<QJsonValue> array(int depth)
    {
        ++m_at;
        QJsonArray elements;
        skipSpace();
        if (take("]")) {
            return QJsonValue(elements);
        }
        while (true) {
            GATEHOUSE_ASSIGN(const QJsonValue element, value(depth + 1));
            elements.append(element);
            skipSpace();
            if (take("]")) {
                return QJsonValue(elements);
            }
            if (!take(",")) {
                return broken(Sentences::tr("A comma or the end of a list is expected."));
            }
        }
    }

    Result<QJsonValue> integer()
    {
        const bool isNegative = take("-");
        if (!isDigit(peek())) {
            return broken(Sentences::tr("A value is expected."));
        }
        const bool beginsWithZero = peek() == '0';
        qint64 number = 0;
        int digits = 0;
        while (isDigit(peek())) {
            number = number * 10 + (peek() - '0');
            ++m_at;
            ++digits;
            if (number > kLargestInteger) {
                return broken(Sentences::tr("A number is too large."));
            }
        }
        if (beginsWithZero && (digits > 1 || isNegative)) {
            return broken(Sentences::tr("A number has a needless zero or sign."));
        }
        if (peek() == '.' || peek() == 'e' || peek() == 'E') {
            return broken(Sentences::tr("A number is not a whole number."));
        }
        return QJsonValue(isNegative ? -number : number);
    }

    Result<QString> text()
    {
        ++m_at;
        QString content;
        while (true) {
            const qsizetype from = m_at;
            while (peek() >= 0x20 && peek() != '"' && peek() != '\\') {
                ++m_at;
            }
            GATEHOUSE_TRY(appendUtf8(content, m_bytes.sliced(from, m_at - from)));
            if (take("\"")) {
                return content;
            }
            if (peek() != '\\') {
                return broken(Sentences::tr("A text does not end, or holds a control character."));
            }
            GATEHOUSE_TRY(appendEscape(content));
        }
    }

    Result<void> appendUtf8(QString &content, QByteArrayView run)
    {
        QStringDecoder decoder(QStringDecoder::Utf8,
                               QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
        const QString decoded = decoder(run);
        if (decoder.hasError()) {
            return broken(Sentences::tr("A text is not UTF-8."));
        }
        content.append(decoded);
        return {};
    }

    Result<void> appendEscape(QString &content)
    {
        ++m_at;
        const int c = peek();
        ++m_at;
        switch (c) {
        case '"':
        case '\\':
        case '/':
            content.append(QLatin1Char(static_cast<char>(c)));
            return {};
        case 'b':
            content.append(QLatin1Char('\b'));
            return {};
        case 'f':
            content.append(QLatin1Char('\f'));
            return {};
        case 'n':
            content.append(QLatin1Char('\n'));
            return {};
        case 'r':
            content.append(QLatin1Char('\r'));
            return {};
        case 't':
            content.append(QLatin1Char('\t'));
            return {};
        case 'u':
            return appendCodePoint(content);
        default:
            return broken(Sentences::tr("A text has an unknown escape."));
        }
    }

    Result<void> appendCodePoint(QString &content)
    {
        GATEHOUSE_ASSIGN(const char16_t first, codeUnit());
        if (!QChar::isSurrogate(first)) {
            content.append(QChar(first));
            return {};
        }
        if (QChar::isLowSurrogate(first) || !take("\\u")) {
            return broken(Sentences::tr("A text holds half a character."));
        }
        GATEHOUSE_ASSIGN(const char16_t second, codeUnit());
        if (!QChar::isLowSurrogate(second)) {
            return broken(Sentences::tr("A text holds half a character."));
        }
        content.append(QChar(first));
        content.append(QChar(second));
        return {};
    }

    Result<char16_t> codeUnit()
    {
        if (m_bytes.size() - m_at < 4) {
            return broken(Sentences::tr("A text does not end."));
        }
        unsigned unit = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const int c = peek();
            if (isDigit(c)) {
                unit = unit * 16 + static_cast<unsigned>(c - '0');
            } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
                unit = unit * 16 + static_cast<unsigned>((c | 0x20) - 'a') + 10U;
            } else {
                return broken(Sentences::tr("A text has an unknown escape."));
            }
        }
        return static_cast<char16_t>(unit);
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};
} // namespace

Result<QJsonValue> parseStrictJson(QByteArrayView bytes)
{
    return StrictReader(bytes).document();
}

Result<QJsonObject> parseStrictObject(QByteArrayView bytes)
{
    GATEHOUSE_ASSIGN(const QJsonValue value, parseStrictJson(bytes));
    if (!value.isObject()) {
        return makeError(ErrorKind::Protocol, "crypto.json",
                         Sentences::tr("The signed text is not as agreed."),
                         Sentences::tr("An object is expected."));
    }
    return value.toObject();
}

Result<void> requireOnlyKeys(const QJsonObject &object, std::initializer_list<const char *> keys,
                             const QString &what)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool isKnown = std::any_of(keys.begin(), keys.end(),
                                         [&](const char *key) { return it.key() == QLatin1String(key); });
        if (!isKnown) {
            return makeError(ErrorKind::Protocol, "crypto.json.key",
                             Sentences::tr("The signed text holds something that Gatehouse does not know."),
                             Sentences::tr("“%1” has the key “%2”.").arg(what, it.key()),
                             Sentences::tr("A newer Gatehouse may have made it."));
        }
    }
    return {};
}

} // namespace gatehouse::crypto
