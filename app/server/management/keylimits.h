// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace gatehouse::server {

/// How often one key may ask. The defaults are Capgo's. @source spec: management-api, section 1.6
struct KeyLimits
{
    qint64 requestsPerMinute = 2000;
    qint64 uploadsPerMinute = 20'000; ///< below /files/upload/
};

} // namespace gatehouse::server
