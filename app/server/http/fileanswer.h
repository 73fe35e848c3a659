// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/byterange.h"
#include "server/http/filereader.h"
#include "server/http/request.h"
#include "server/http/response.h"

#include <optional>

namespace gatehouse::server {

/// A file that is open, and the part of it that is sent.
struct FileAnswer
{
    FileReader reader;
    ByteRange range;
};

/// Opens the file that the response names and decides status, range and their headers; nothing when the
/// response has become one without a file (not found, not modified, range not satisfiable). @thread a pool's:
/// reads the disk
[[nodiscard]] std::optional<FileAnswer> openFileAnswer(const Request &request, Response &response);

} // namespace gatehouse::server
