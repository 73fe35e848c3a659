// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/json.h"

namespace gatehouse::wire {

/// One server-sent event of GET /gatehouse/v1/apps/A/events.
/// type: "stats" (data: device_id, action, version_name, platform, version_build, version_os, created_at),
/// "device" (device_id, version_name, platform), "channel" (a changed channel: name, etag, what, actor),
/// "bundle" (name, what: created|ready|deleted), "reset" (what was missed is too old: load everything anew).
/// @source spec: gatehouse-v1, section 6
struct LiveEvent
{
    qint64 id = 0;
    QString type;
    QJsonObject data;

    /// The lines of the stream: "id: …\nevent: …\ndata: …\n\n".
    [[nodiscard]] QByteArray toStream() const;
};

/// Cuts a byte stream into events, whatever the pieces it comes in.
class LiveEventParser
{
public:
    /// The events that are complete now. Comments and heartbeats give none; malformed data is skipped.
    [[nodiscard]] QVector<LiveEvent> feed(const QByteArray &bytes);

private:
    QByteArray m_rest;
};

} // namespace gatehouse::wire
