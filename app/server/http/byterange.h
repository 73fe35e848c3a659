// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace gatehouse::server {

/// What of a file is asked for.
struct ByteRange
{
    enum class Kind {
        Whole,         ///< no range, or one that is not understood: the whole file with 200
        Part,          ///< 206
        Unsatisfiable, ///< 416
    } kind = Kind::Whole;
    qint64 first = 0;
    qint64 length = 0;
};

/// One range of bytes; several ranges are answered with the whole file, as the standard allows.
/// @param ifRange value of If-Range; the range counts only when it is empty or equals the quoted etag
/// @source RFC 9110, section 14
[[nodiscard]] ByteRange parseByteRange(const QByteArray &header, qint64 size, const QByteArray &ifRange = {},
                                       const QByteArray &quotedEtag = {});

} // namespace gatehouse::server
