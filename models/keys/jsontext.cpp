// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/jsontext.h"

#include "core/sentences.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstring>
#include <optional>

namespace gatehouse::keys {

namespace {
constexpr int kMaxDepth = 64;
constexpr QByteArrayView kByteOrderMark("\xef\xbb\xbf");

bool isDigit(int c)
{
    return c >= '0' && c <= '9';
}

/// Recursive descent; each function leaves m_at behind what it read, or sets m_problem and gives nothing.
class TextScanner
{
public:
    explicit TextScanner(QByteArrayView text)
        : m_text(text)
    {}

    Result<JsonNode> document()
    {
        if (m_text.startsWith(kByteOrderMark)) {
            m_at = kByteOrderMark.size();
        }
        auto node = value(0);
        skipSpace();
        if (node && m_at != m_text.size()) {
            node = fail(QT_TRANSLATE_NOOP("Sentences",
                                          "Line %1, column %2: something follows the end of the object."));
        }
        if (!node) {
            return makeError(ErrorKind::Invalid, "keys.config.json",
                             Sentences::tr("The file is not valid JSON; nothing was changed."),
                             Sentences::tr(m_problem).arg(line()).arg(column()),
                             Sentences::tr("Mend the file in an editor and try again."));
        }
        return std::move(*node);
    }

private:
    [[nodiscard]] int peek() const
    {
        return m_at < m_text.size() ? static_cast<unsigned char>(m_text[m_at]) : -1;
    }
    [[nodiscard]] qsizetype line() const { return m_text.first(m_at).count('\n') + 1; }
    [[nodiscard]] qsizetype column() const { return m_at - m_text.first(m_at).lastIndexOf('\n'); }

    std::nullopt_t fail(const char *problem)
    {
        if (m_problem == nullptr) {
            m_problem = problem;
        }
        return std::nullopt;
    }

    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            ++m_at;
        }
    }

    bool take(QByteArrayView word)
    {
        if (!m_text.sliced(m_at).startsWith(word)) {
            return false;
        }
        m_at += word.size();
        return true;
    }

    std::optional<JsonNode> value(int depth)
    {
        skipSpace();
        JsonNode node;
        node.begin = m_at;
        bool isRead = false;
        if (depth > kMaxDepth) {
            return fail(QT_TRANSLATE_NOOP("Sentences", "Line %1, column %2: it is nested too deeply."));
        }
        if (peek() == '{') {
            node.isObject = true;
            isRead = object(node, depth);
        } else if (peek() == '[') {
            isRead = array(depth);
        } else if (peek() == '"') {
            isRead = string();
        } else {
            isRead = take("true") || take("false") || take("null") || number();
        }
        if (!isRead) {
            return fail(QT_TRANSLATE_NOOP("Sentences", "Line %1, column %2: a value is expected."));
        }
        node.end = m_at;
        return node;
    }

    bool object(JsonNode &node, int depth)
    {
        ++m_at;
        skipSpace();
        if (take("}")) {
            return true;
        }
        while (true) {
            skipSpace();
            JsonMember member;
            member.keyBegin = m_at;
            if (peek() != '"' || !string()) {
                fail(QT_TRANSLATE_NOOP("Sentences",
                                       "Line %1, column %2: a key in double quotes is expected."));
                return false;
            }
            member.keyEnd = m_at;
            member.key = decoded(member.keyBegin, member.keyEnd);
            skipSpace();
            if (!take(":")) {
                fail(QT_TRANSLATE_NOOP("Sentences", "Line %1, column %2: a colon is expected."));
                return false;
            }
            auto content = value(depth + 1);
            if (!content) {
                return false;
            }
            member.value = std::move(*content);
            node.members.push_back(std::move(member));
            skipSpace();
            if (take("}")) {
                return true;
            }
            if (!take(",")) {
                fail(QT_TRANSLATE_NOOP("Sentences",
                                       "Line %1, column %2: a comma or a closing brace is expected."));
                return false;
            }
        }
    }

    bool array(int depth)
    {
        ++m_at;
        skipSpace();
        if (take("]")) {
            return true;
        }
        while (true) {
            if (!value(depth + 1)) {
                return false;
            }
            skipSpace();
            if (take("]")) {
                return true;
            }
            if (!take(",")) {
                fail(QT_TRANSLATE_NOOP("Sentences",
                                       "Line %1, column %2: a comma or a closing bracket is expected."));
                return false;
            }
        }
    }

    bool string()
    {
        ++m_at;
        while (peek() >= 0x20 && peek() != '"') {
            if (peek() == '\\') {
                ++m_at;
                const int escaped = peek();
                if (escaped <= 0 || std::strchr("\"\\/bfnrtu", escaped) == nullptr) {
                    fail(QT_TRANSLATE_NOOP("Sentences", "Line %1, column %2: an escape is unknown."));
                    return false;
                }
            }
            ++m_at;
        }
        if (!take("\"")) {
            fail(QT_TRANSLATE_NOOP("Sentences", "Line %1, column %2: a text does not end."));
            return false;
        }
        return true;
    }

    bool number()
    {
        const qsizetype from = m_at;
        take("-");
        const bool isZero = peek() == '0';
        const qsizetype whole = digits();
        if (whole == 0 || (isZero && whole > 1)) {
            m_at = from;
            return false;
        }
        if (take(".") && digits() == 0) {
            return false;
        }
        if (take("e") || take("E")) {
            if (!take("+")) {
                take("-");
            }
            return digits() > 0;
        }
        return true;
    }

    qsizetype digits()
    {
        const qsizetype from = m_at;
        while (isDigit(peek())) {
            ++m_at;
        }
        return m_at - from;
    }

    [[nodiscard]] QString decoded(qsizetype from, qsizetype to) const
    {
        const QByteArray list = '[' + m_text.sliced(from, to - from).toByteArray() + ']';
        return QJsonDocument::fromJson(list).array().at(0).toString();
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    /// Marked for translation, with places for line and column.
    const char *m_problem = nullptr;
};

Error badShape(const QString &cause)
{
    return makeError(ErrorKind::Invalid, "keys.config.shape",
                     Sentences::tr("The file is not a configuration that Gatehouse can change."), cause,
                     Sentences::tr("Mend the file in an editor and try again."));
}

QByteArray quoted(const QString &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

/// How the text around is written: line ends, indentation, the space behind a colon.
class TextStyle
{
public:
    TextStyle(const QByteArray &text, const JsonNode &root)
        : m_text(text)
    {
        const qsizetype lineEnd = text.indexOf('\n');
        m_hasLines = lineEnd >= 0 && lineEnd < root.end;
        m_lineEnd = lineEnd > 0 && text.at(lineEnd - 1) == '\r' ? "\r\n" : "\n";
        if (!root.members.empty()) {
            const JsonMember &first = root.members.front();
            m_separator = text.mid(first.keyEnd, first.value.begin - first.keyEnd);
            if (m_separator.contains('\n')) {
                m_separator = ": ";
            }
            const QByteArray indent = indentOf(first.keyBegin);
            if (startsLine(first.keyBegin) && !indent.isEmpty()) {
                m_unit = indent;
            }
        }
    }

    /// Bytes to put, and the span that they take the place of.
    struct Change
    {
        qsizetype begin = 0;
        qsizetype end = 0;
        QByteArray bytes;
    };

    [[nodiscard]] Change memberAdded(const JsonNode &object, const QStringList &path,
                                     const QByteArray &value) const
    {
        if (object.members.empty()) {
            const QByteArray outer = indentOf(object.begin);
            const QByteArray inner = m_hasLines ? QByteArray(m_lineEnd + outer + m_unit) : QByteArray();
            const QByteArray close = m_hasLines ? QByteArray(m_lineEnd + outer) : QByteArray();
            return {object.begin + 1, object.end - 1,
                    QByteArray(inner + member(path, value, outer + m_unit, m_hasLines) + close)};
        }
        const JsonMember &first = object.members.front();
        const qsizetype at = object.members.back().value.end;
        if (startsLine(first.keyBegin)) {
            const QByteArray indent = indentOf(first.keyBegin);
            return {at, at, QByteArray("," + m_lineEnd + indent + member(path, value, indent, true))};
        }
        const bool isAiry = m_separator.endsWith(' ');
        return {at, at, QByteArray((isAiry ? ", " : ",") + member(path, value, {}, false))};
    }

private:
    [[nodiscard]] bool startsLine(qsizetype at) const
    {
        return m_text.lastIndexOf('\n', at) >= 0 &&
               m_text.mid(lineBegin(at), at - lineBegin(at)).trimmed().isEmpty();
    }
    [[nodiscard]] qsizetype lineBegin(qsizetype at) const
    {
        return at == 0 ? 0 : m_text.lastIndexOf('\n', at - 1) + 1;
    }
    [[nodiscard]] QByteArray indentOf(qsizetype at) const
    {
        const qsizetype begin = lineBegin(at);
        qsizetype end = begin;
        while (end < at && (m_text.at(end) == ' ' || m_text.at(end) == '\t')) {
            ++end;
        }
        return m_text.mid(begin, end - begin);
    }

    // The keys that are left, each in an object of its own, and the value in the innermost.
    [[nodiscard]] QByteArray member(const QStringList &path, const QByteArray &value,
                                    const QByteArray &indent, bool inLines) const
    {
        const QByteArray head = quoted(path.constFirst()) + m_separator;
        if (path.size() == 1) {
            return head + value;
        }
        const QByteArray deeper = indent + m_unit;
        const QByteArray inner = member(path.mid(1), value, deeper, inLines);
        if (!inLines) {
            return head + '{' + inner + '}';
        }
        return head + '{' + m_lineEnd + deeper + inner + m_lineEnd + indent + '}';
    }

    const QByteArray &m_text;
    bool m_hasLines = true;
    QByteArray m_lineEnd;
    QByteArray m_separator = ": ";
    QByteArray m_unit = "  ";
};

Result<const JsonMember *> memberNamed(const JsonNode &object, const QString &key)
{
    const JsonMember *found = nullptr;
    for (const JsonMember &member : object.members) {
        if (member.key != key) {
            continue;
        }
        if (found != nullptr) {
            return badShape(Sentences::tr("The key \"%1\" is there twice.").arg(key));
        }
        found = &member;
    }
    return found;
}
} // namespace

Result<JsonNode> parseJsonText(QByteArrayView text)
{
    return TextScanner(text).document();
}

Result<QByteArray> withJsonText(const QByteArray &text, const QStringList &path, const QString &value)
{
    GATEHOUSE_ASSIGN(const JsonNode root, parseJsonText(text));
    const TextStyle style(text, root);
    const JsonNode *node = &root;
    TextStyle::Change change{0, 0, {}};
    for (qsizetype level = 0; level < path.size(); ++level) {
        if (!node->isObject) {
            return badShape(level == 0 ? Sentences::tr("It holds no object.")
                                       : Sentences::tr("\"%1\" is no object.").arg(path.at(level - 1)));
        }
        GATEHOUSE_ASSIGN(const JsonMember *const found, memberNamed(*node, path.at(level)));
        if (found == nullptr) {
            change = style.memberAdded(*node, path.mid(level), quoted(value));
            break;
        }
        node = &found->value;
        change = {node->begin, node->end, quoted(value)};
    }
    QByteArray changed = text;
    changed.replace(change.begin, change.end - change.begin, change.bytes);
    return changed;
}

} // namespace gatehouse::keys
