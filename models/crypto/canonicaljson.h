// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>
#include <QJsonValue>

#include <initializer_list>

namespace gatehouse::crypto {

/// The one byte form of a JSON value, for signing and chaining: keys sorted by their UTF-8 bytes, no white
/// space, only
/// ", \ and U+0000 to U+001F escaped, integers without exponent. @source spec: gatehouse-v1, introduction
/// @error Invalid "crypto.json.canonical" for a number that is no integer within ±(2^53 - 1), or text that is
/// no Unicode
Result<QByteArray> canonicalJson(const QJsonValue &value);
Result<QByteArray> canonicalJson(const QJsonObject &object);

/// Reads what somebody signed: valid UTF-8, no doubled keys, integers only, nothing after the value, at most
/// 64 levels.
/// @error Protocol "crypto.json", with the byte position in the details
Result<QJsonValue> parseStrictJson(QByteArrayView bytes);
/// As parseStrictJson(), and the value is an object. @error Protocol "crypto.json"
Result<QJsonObject> parseStrictObject(QByteArrayView bytes);

/// The object has no key but these. what names the object in the sentence. @error Protocol "crypto.json.key"
Result<void> requireOnlyKeys(const QJsonObject &object, std::initializer_list<const char *> keys,
                             const QString &what);

} // namespace gatehouse::crypto
