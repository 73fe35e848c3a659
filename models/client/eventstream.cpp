// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/eventstream.h"

#include "core/sentences.h"

#include <algorithm>

namespace gatehouse::client {

EventStream::EventStream(SessionPtr session, AppId app, Listener listener, Settings settings)
    : m_session(std::move(session))
    , m_app(std::move(app))
    , m_listener(std::move(listener))
    , m_settings(settings)
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{}

EventStream::~EventStream()
{
    m_thread.request_stop();
    m_thread.join();
}

void EventStream::tell(Link link, const std::optional<Error> &error)
{
    if (m_link == link && !error) {
        return;
    }
    m_link = link;
    if (m_listener.onLink) {
        m_listener.onLink(link, error);
    }
}

void EventStream::run(const std::stop_token &stop)
{
    Operation operation(stop);
    if (!m_session->capabilities().has(Feature::LiveEvents)) {
        poll(operation);
        return;
    }
    auto wait = m_settings.firstWait;
    while (!operation.isStopRequested()) {
        if (!m_link) {
            tell(Link::Connecting);
        }
        m_hasHeard = false;
        const Result<void> ended = listenOnce(operation);
        if (operation.isStopRequested()) {
            return;
        }
        if (m_hasHeard) {
            wait = m_settings.firstWait;
        }
        tell(Link::Waiting, ended ? makeError(ErrorKind::Offline, "client.stream_ended",
                                              Sentences::tr("The server ended the stream of events."))
                                  : ended.error());
        if (!waitUnlessStopped(wait, operation)) {
            return;
        }
        wait = std::min(wait * 2, m_settings.longestWait);
    }
}

Result<void> EventStream::listenOnce(Operation &operation)
{
    const QString path = QStringLiteral("/gatehouse/v1/apps/%1/events").arg(segment(m_app.text()));
    Request request = m_session->apiRequest(Method::Get, path);
    request.headers = {{"Accept", "text/event-stream"}, {"Accept-Encoding", "identity"}};
    if (m_lastId > 0) {
        request.headers.append(Header{"Last-Event-ID", QByteArray::number(m_lastId)});
    }
    request.stallTimeout = m_settings.silence;
    wire::LiveEventParser parser;
    request.answered = [this](int status) {
        if (status == 200) {
            m_hasHeard = true;
            tell(Link::Live);
        }
    };
    request.sink = [&](QByteArrayView chunk) -> Result<void> {
        const QVector<wire::LiveEvent> events = parser.feed(chunk.toByteArray());
        for (const wire::LiveEvent &event : events) {
            // Not the largest: after a "reset" the server may count from anew.
            m_lastId = event.id > 0 ? event.id : m_lastId;
        }
        if (!events.isEmpty() && m_listener.onEvents) {
            m_listener.onEvents(events);
        }
        return {};
    };
    GATEHOUSE_TRY(m_session->change(request, operation));
    return {};
}

void EventStream::poll(Operation &operation)
{
    tell(Link::Polling);
    while (waitUnlessStopped(m_settings.pollInterval, operation)) {
        if (m_listener.onEvents) {
            m_listener.onEvents({wire::LiveEvent{0, QStringLiteral("poll"), {}}});
        }
    }
}

} // namespace gatehouse::client
