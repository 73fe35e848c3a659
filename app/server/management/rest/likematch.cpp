// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/likematch.h"

#include <QVector>

namespace gatehouse::server::rest {
namespace {

struct Token
{
    enum class Kind { Literal, One, Any } kind = Kind::Literal;
    uint character = 0;
};

QVector<Token> tokensOf(const QVector<uint> &pattern)
{
    QVector<Token> tokens;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const uint c = pattern.at(i);
        if (c == '%' || c == '*') {
            tokens.append({Token::Kind::Any, 0});
        } else if (c == '_') {
            tokens.append({Token::Kind::One, 0});
        } else if (c == '\\' && i + 1 < pattern.size()) {
            tokens.append({Token::Kind::Literal, pattern.at(++i)});
        } else {
            tokens.append({Token::Kind::Literal, c});
        }
    }
    return tokens;
}

} // namespace

bool likeMatches(const QString &pattern, const QString &text, Qt::CaseSensitivity sensitivity)
{
    const auto read = [&](const QString &from) {
        return (sensitivity == Qt::CaseInsensitive ? from.toCaseFolded() : from).toUcs4();
    };
    const QVector<Token> tokens = tokensOf(read(pattern));
    const QVector<uint> characters = read(text);
    // Only the last "any" is ever taken back: an earlier one that took more could not help.
    qsizetype token = 0;
    qsizetype at = 0;
    qsizetype lastAny = -1;
    qsizetype takenFrom = 0;
    while (at < characters.size()) {
        const Token *wanted = token < tokens.size() ? &tokens.at(token) : nullptr;
        if (wanted != nullptr && wanted->kind == Token::Kind::Any) {
            lastAny = token++;
            takenFrom = at;
        } else if (wanted != nullptr &&
                   (wanted->kind == Token::Kind::One || wanted->character == characters.at(at))) {
            ++token;
            ++at;
        } else if (lastAny >= 0) {
            token = lastAny + 1;
            at = ++takenFrom;
        } else {
            return false;
        }
    }
    while (token < tokens.size() && tokens.at(token).kind == Token::Kind::Any) {
        ++token;
    }
    return token == tokens.size();
}

} // namespace gatehouse::server::rest
