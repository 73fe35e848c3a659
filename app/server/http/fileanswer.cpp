// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/fileanswer.h"

#include "server/http/wireformat.h"

namespace gatehouse::server {

std::optional<FileAnswer> openFileAnswer(const Request &request, Response &response)
{
    const FileBody file = std::get<FileBody>(response.body);
    auto reader = FileReader::open(file.path);
    if (!reader) {
        response = notFoundResponse();
        return std::nullopt;
    }
    const QByteArray quotedEtag = file.etag.isEmpty() ? QByteArray() : '"' + file.etag + '"';
    response.setHeader("Accept-Ranges", "bytes");
    if (!quotedEtag.isEmpty()) {
        response.setHeader("ETag", quotedEtag);
        if (request.header("if-none-match") == quotedEtag) {
            response.status = 304;
            response.body = QByteArray();
            return std::nullopt;
        }
    }
    const ByteRange range =
        parseByteRange(request.header("range"), reader->size(), request.header("if-range"), quotedEtag);
    const QByteArray size = QByteArray::number(reader->size());
    if (range.kind == ByteRange::Kind::Unsatisfiable) {
        response.status = 416;
        response.setHeader("Content-Range", "bytes */" + size);
        response.body = QByteArray();
        return std::nullopt;
    }
    if (range.kind == ByteRange::Kind::Part) {
        response.status = 206;
        response.setHeader("Content-Range", "bytes " + QByteArray::number(range.first) + '-' +
                                                QByteArray::number(range.first + range.length - 1) + '/' +
                                                size);
    }
    return FileAnswer{std::move(*reader), range};
}

} // namespace gatehouse::server
