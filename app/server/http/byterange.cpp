// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/byterange.h"

#include <algorithm>

namespace gatehouse::server {

namespace {

/// Digits only, so that "+1", " 1" and "-1" are none.
std::optional<qint64> number(const QByteArray &text)
{
    if (text.isEmpty() || text.size() > 18 ||
        !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return std::nullopt;
    }
    return text.toLongLong();
}

} // namespace

ByteRange parseByteRange(const QByteArray &header, qint64 size, const QByteArray &ifRange,
                         const QByteArray &quotedEtag)
{
    const ByteRange whole{ByteRange::Kind::Whole, 0, size};
    const ByteRange nothing{ByteRange::Kind::Unsatisfiable, 0, 0};
    if (!header.startsWith("bytes=") || (!ifRange.isEmpty() && ifRange != quotedEtag)) {
        return whole;
    }
    const QByteArray spec = header.mid(6).trimmed();
    const qsizetype dash = spec.indexOf('-');
    if (dash < 0 || spec.contains(',')) {
        return whole;
    }
    const QByteArray firstText = spec.left(dash);
    const QByteArray lastText = spec.mid(dash + 1);
    if (firstText.isEmpty()) {
        const auto suffix = number(lastText);
        if (!suffix) {
            return whole;
        }
        if (*suffix == 0 || size == 0) {
            return nothing;
        }
        const qint64 length = std::min(*suffix, size);
        return {ByteRange::Kind::Part, size - length, length};
    }
    const auto first = number(firstText);
    const auto last = lastText.isEmpty() ? std::optional(size - 1) : number(lastText);
    if (!first || !last || (!lastText.isEmpty() && *last < *first)) {
        return whole;
    }
    if (*first >= size) {
        return nothing;
    }
    return {ByteRange::Kind::Part, *first, std::min(*last, size - 1) - *first + 1};
}

} // namespace gatehouse::server
