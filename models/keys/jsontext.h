// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::keys {

struct JsonMember;

/// A value of a JSON text and where it stands, so that the text can be changed in one place and stay as it is
/// elsewhere.
struct JsonNode
{
    qsizetype begin = 0; ///< of the value itself, byte offset
    qsizetype end = 0;   ///< behind it
    bool isObject = false;
    std::vector<JsonMember> members; ///< of an object, in the order of the text
};

struct JsonMember
{
    qsizetype keyBegin = 0; ///< the opening quote
    qsizetype keyEnd = 0;   ///< behind the closing quote
    QString key;
    JsonNode value;
};

/// The tree of a JSON text (RFC 8259, at most 64 levels); a byte order mark in front is passed over.
/// @error Invalid "keys.config.json", with line and column in the cause
Result<JsonNode> parseJsonText(QByteArrayView text);

/// The text with the string value under this path of keys: an existing value is replaced where it stands;
/// what is missing is added behind the last member of the object above, in the style of the text around.
/// @error as parseJsonText(); Invalid "keys.config.shape" (something on the path is no object, or a key is
/// there twice)
Result<QByteArray> withJsonText(const QByteArray &text, const QStringList &path, const QString &value);

} // namespace gatehouse::keys
