// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/liveevent.h"

#include <QJsonDocument>

namespace gatehouse::wire {

namespace {

constexpr qsizetype kMaxEventBytes = 1 << 20;

std::optional<LiveEvent> parseBlock(const QByteArray &block)
{
    LiveEvent event;
    event.type = QStringLiteral("message");
    QByteArray data;
    for (const QByteArray &rawLine : block.split('\n')) {
        const QByteArray line = rawLine.endsWith('\r') ? rawLine.chopped(1) : rawLine;
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0) {
            continue;
        }
        QByteArray value = line.mid(colon + 1);
        if (value.startsWith(' ')) {
            value.remove(0, 1);
        }
        const QByteArray field = line.left(colon);
        if (field == "id") {
            event.id = value.toLongLong();
        } else if (field == "event") {
            event.type = QString::fromUtf8(value);
        } else if (field == "data") {
            data += data.isEmpty() ? value : '\n' + value;
        }
    }
    const QJsonDocument document = QJsonDocument::fromJson(data);
    if (!document.isObject()) {
        return std::nullopt;
    }
    event.data = document.object();
    return event;
}

} // namespace

QByteArray LiveEvent::toStream() const
{
    QByteArray stream = "id: " + QByteArray::number(id) + "\nevent: " + type.toUtf8() + "\ndata: ";
    stream += QJsonDocument(data).toJson(QJsonDocument::Compact);
    stream += "\n\n";
    return stream;
}

QVector<LiveEvent> LiveEventParser::feed(const QByteArray &bytes)
{
    m_rest += bytes;
    m_rest.replace("\r\n", "\n");
    QVector<LiveEvent> events;
    qsizetype end = 0;
    while ((end = m_rest.indexOf("\n\n")) >= 0) {
        if (std::optional<LiveEvent> event = parseBlock(m_rest.left(end))) {
            events.append(std::move(*event));
        }
        m_rest.remove(0, end + 2);
    }
    if (m_rest.size() > kMaxEventBytes) {
        m_rest.clear();
    }
    return events;
}

} // namespace gatehouse::wire
