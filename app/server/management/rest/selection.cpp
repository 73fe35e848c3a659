// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/selection.h"

#include "server/management/rest/resterror.h"

namespace gatehouse::server::rest {
namespace {

constexpr int kMaxDepth = 8;

/// Reads a select from left to right.
class SelectParser
{
public:
    explicit SelectParser(const QString &text)
        : m_text(text)
    {}

    Answer<QVector<SelectItem>> parse()
    {
        GATEHOUSE_ASSIGN(QVector<SelectItem> items, list(0));
        if (!atEnd()) {
            return broken(QStringLiteral("a closing parenthesis too many"));
        }
        return items;
    }

private:
    Answer<QVector<SelectItem>> list(int depth)
    {
        if (depth > kMaxDepth) {
            return broken(QStringLiteral("too many embedded tables in each other"));
        }
        QVector<SelectItem> items;
        while (true) {
            GATEHOUSE_ASSIGN(SelectItem one, item(depth));
            items.append(std::move(one));
            skipBlanks();
            if (!take(QLatin1Char(','))) {
                return items;
            }
        }
    }

    Answer<SelectItem> item(int depth)
    {
        skipBlanks();
        SelectItem item;
        if (take(QLatin1Char('*'))) {
            item.name = QStringLiteral("*");
            return item;
        }
        GATEHOUSE_ASSIGN(item.name, name());
        if (peek() == QLatin1Char(':') && peek(1) != QLatin1Char(':')) {
            take(QLatin1Char(':'));
            item.alias = item.name;
            GATEHOUSE_ASSIGN(item.name, name());
        }
        if (peek() == QLatin1Char(':') && peek(1) == QLatin1Char(':')) {
            // A cast: values are given as they are.
            m_position += 2;
            GATEHOUSE_TRY(name());
        }
        while (take(QLatin1Char('!'))) {
            GATEHOUSE_ASSIGN(const QString hint, name());
            if (hint == QLatin1String("inner")) {
                item.inner = true;
            } else if (hint != QLatin1String("left")) {
                item.hint = hint;
            }
        }
        skipBlanks();
        if (take(QLatin1Char('('))) {
            item.isEmbed = true;
            skipBlanks();
            if (peek() != QLatin1Char(')')) {
                GATEHOUSE_ASSIGN(item.parts, list(depth + 1));
            }
            skipBlanks();
            if (!take(QLatin1Char(')'))) {
                return broken(QStringLiteral("a closing parenthesis is missing"));
            }
        } else if (!item.hint.isEmpty() || item.inner) {
            return broken(QStringLiteral("an embedded table needs its columns in parentheses"));
        }
        return item;
    }

    Answer<QString> name()
    {
        skipBlanks();
        QString text;
        while (peek().isLetterOrNumber() || peek() == QLatin1Char('_')) {
            text += m_text.at(m_position++);
        }
        if (text.isEmpty()) {
            return broken(QStringLiteral("a name is missing"));
        }
        return text;
    }

    [[nodiscard]] bool atEnd() const { return m_position >= m_text.size(); }
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const
    {
        return m_position + ahead < m_text.size() ? m_text.at(m_position + ahead) : QChar();
    }
    bool take(QLatin1Char wanted)
    {
        if (atEnd() || m_text.at(m_position) != wanted) {
            return false;
        }
        ++m_position;
        return true;
    }
    void skipBlanks()
    {
        while (peek().isSpace()) {
            ++m_position;
        }
    }
    [[nodiscard]] Response broken(const QString &why) const
    {
        return unreadable(QString(QStringLiteral("select=") + m_text),
                          QStringLiteral("%1 at character %2").arg(why).arg(m_position + 1));
    }

    QString m_text;
    qsizetype m_position = 0;
};

} // namespace

Answer<QVector<SelectItem>> parseSelect(const QString &text)
{
    return SelectParser(text.trimmed().isEmpty() ? QStringLiteral("*") : text).parse();
}

} // namespace gatehouse::server::rest
