// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/workspace.h"

#include "core/sentences.h"

#include <QMetaObject>

namespace gatehouse::workspace {

namespace {

// What devices do is on the screen within 2 s: numbers wait at most this long for more events.
constexpr int kNumbersDelayMs = 700;
constexpr int kChannelsDelayMs = 1000;
// 24 hours of every channel move slowly, and are several questions to the server.
constexpr int kChannelNumbersDelayMs = 3000;
// Numbers also move with time alone (devices fall silent, buckets end).
constexpr int kSlowRefreshMs = 30000;

} // namespace

Workspace::Workspace(Jobs &jobs, Settings &settings, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_settings(settings)
    , m_clock(clock)
    , m_apps(jobs, clock, this)
    , m_bundles(jobs, clock, this)
    , m_channels(jobs, clock, this)
    , m_channelNumbers(jobs, clock, this)
    , m_channelFacts(jobs, clock, this)
    , m_monitor(jobs, clock, this)
    , m_activity(clock, this)
    , m_uptake(this)
{
    m_soonNumbers.setSingleShot(true);
    m_soonNumbers.setInterval(kNumbersDelayMs);
    connect(&m_soonNumbers, &QTimer::timeout, &m_monitor, &MonitorRepository::refresh);
    m_soonChannels.setSingleShot(true);
    m_soonChannels.setInterval(kChannelsDelayMs);
    connect(&m_soonChannels, &QTimer::timeout, &m_channels, &ChannelsRepository::refresh);
    m_soonChannelNumbers.setSingleShot(true);
    m_soonChannelNumbers.setInterval(kChannelNumbersDelayMs);
    connect(&m_soonChannelNumbers, &QTimer::timeout, &m_channelNumbers, &ChannelNumbersRepository::refresh);
    connect(&m_channels, &Repository::changed, this, &Workspace::followChannels);
    m_slow.setInterval(kSlowRefreshMs);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        m_monitor.refresh();
        m_channels.refresh();
        m_channelNumbers.refresh();
        m_channelFacts.refresh();
    });
    connect(&m_apps, &Repository::changed, this, &Workspace::chooseApp);
}

Workspace::~Workspace()
{
    m_stream.reset();
}

client::Capabilities Workspace::capabilities() const
{
    return m_session ? m_session->capabilities() : client::Capabilities();
}

void Workspace::open(const ServerEntry &entry, std::shared_ptr<client::Transport> transport,
                     const client::ServerAddress &address, std::shared_ptr<const Secret> key)
{
    announce(entry);
    const quint64 opening = m_opening;
    m_jobs.run(
        QStringLiteral("connect"), JobVisibility::Quiet, this,
        [transport = std::move(transport), address, key = std::move(key)](Operation &operation) {
            return client::Session::open(transport, address, key, operation);
        },
        [this, opening](Result<client::SessionPtr> session) {
            if (opening != m_opening) {
                return;
            }
            if (session) {
                onOpened(std::move(*session));
            } else {
                setLink(Link::Failed, session.error());
            }
        });
}

void Workspace::announce(const ServerEntry &entry)
{
    close();
    m_server = entry;
    setLink(Link::Connecting);
}

void Workspace::refuse(const ServerEntry &entry, const Error &error)
{
    close();
    m_server = entry;
    setLink(Link::Failed, error);
}

void Workspace::close()
{
    ++m_opening;
    m_stream.reset();
    m_slow.stop();
    m_session.reset();
    m_app.reset();
    m_server.reset();
    m_lastContact.reset();
    m_apps.setSession(nullptr);
    setSources();
    setLink(Link::Closed);
    Q_EMIT appChanged();
}

void Workspace::onOpened(client::SessionPtr session)
{
    m_session = std::move(session);
    m_lastContact = m_clock.now();
    setLink(m_session->capabilities().has(client::Feature::LiveEvents) ? Link::Live : Link::Polling);
    m_settings.setValue(settings::kLastServer,
                        m_server->kind == ServerKind::Sandbox ? QString() : m_server->id);
    m_apps.setSession(m_session);
    m_apps.refresh();
}

void Workspace::chooseApp()
{
    if (!m_session || m_apps.rows().isEmpty() || m_apps.state() != LoadState::Ready) {
        return;
    }
    if (m_app && m_apps.find(m_app->text()) != nullptr) {
        return;
    }
    const QString last = m_settings.value(settings::kLastApp, m_server->id);
    const QString wanted = m_apps.find(last) != nullptr ? last : m_apps.rows().constFirst().appId;
    if (const Result<AppId> id = AppId::parse(wanted)) {
        setApp(*id);
    }
}

QString Workspace::appTitle() const
{
    if (!m_app) {
        return {};
    }
    const wire::AppRow *row = m_apps.find(m_app->text());
    return row == nullptr || row->name.isEmpty() ? m_app->text() : row->name;
}

void Workspace::setApp(const AppId &app)
{
    if (!m_session || m_app == app) {
        return;
    }
    m_app = app;
    if (m_server->kind != ServerKind::Sandbox) {
        m_settings.setValue(settings::kLastApp, app.text(), m_server->id);
    }
    setSources();
    startStream();
    m_slow.start();
    Q_EMIT appChanged();
    m_bundles.refresh();
    m_channels.refresh();
    m_channelFacts.refresh();
    m_monitor.refresh();
}

void Workspace::setSources()
{
    m_bundles.setSource(m_session, m_app);
    m_channels.setSource(m_session, m_app);
    m_channelNumbers.setSource(m_session, m_app);
    m_channelFacts.setSource(m_session, m_app);
    m_monitor.setSource(m_session, m_app);
    m_activity.clear();
    m_uptake.end();
}

void Workspace::refresh()
{
    m_apps.refresh();
    m_bundles.refresh();
    m_channels.refresh();
    m_channelNumbers.refresh();
    m_channelFacts.refresh();
    m_monitor.refresh();
}

void Workspace::followChannels()
{
    QStringList names;
    for (const wire::ChannelState &state : m_channels.rows()) {
        names.append(state.channel.name);
    }
    m_channelNumbers.setChannels(names);
}

void Workspace::startStream()
{
    m_stream.reset();
    const quint64 opening = ++m_opening;
    client::EventStream::Listener listener;
    listener.onEvents = [this, opening](const QVector<wire::LiveEvent> &events) {
        QMetaObject::invokeMethod(
            this,
            [this, opening, events] {
                if (opening == m_opening) {
                    onEvents(events);
                }
            },
            Qt::QueuedConnection);
    };
    listener.onLink = [this, opening](client::EventStream::Link link, const std::optional<Error> &error) {
        QMetaObject::invokeMethod(
            this,
            [this, opening, link, error] {
                if (opening == m_opening) {
                    onStreamLink(link, error);
                }
            },
            Qt::QueuedConnection);
    };
    m_stream = std::make_unique<client::EventStream>(m_session, *m_app, std::move(listener));
}

void Workspace::onEvents(const QVector<wire::LiveEvent> &events)
{
    m_lastContact = m_clock.now();
    bool numbers = false;
    bool channels = false;
    bool bundles = false;
    for (const wire::LiveEvent &event : events) {
        const bool everything = event.type == QLatin1String("reset") || event.type == QLatin1String("poll");
        numbers = numbers || everything || event.type == QLatin1String("stats") ||
                  event.type == QLatin1String("device");
        channels = channels || everything || event.type == QLatin1String("channel");
        bundles = bundles || everything || event.type == QLatin1String("bundle");
    }
    m_activity.take(events);
    m_uptake.take(events);
    if (channels) {
        m_channels.refresh();
    }
    if (bundles) {
        m_bundles.refresh();
    }
    // Started only when idle: a stream of events must not push the refresh away for ever.
    if (numbers && !m_soonNumbers.isActive()) {
        m_soonNumbers.start();
    }
    if (numbers && !m_soonChannels.isActive()) {
        m_soonChannels.start();
    }
    if (numbers && !m_soonChannelNumbers.isActive()) {
        m_soonChannelNumbers.start();
    }
}

void Workspace::onStreamLink(client::EventStream::Link link, const std::optional<Error> &error)
{
    switch (link) {
    case client::EventStream::Link::Connecting:
        break;
    case client::EventStream::Link::Live:
        m_lastContact = m_clock.now();
        setLink(Link::Live);
        break;
    case client::EventStream::Link::Polling:
        m_lastContact = m_clock.now();
        setLink(Link::Polling);
        break;
    case client::EventStream::Link::Waiting:
        setLink(Link::Waiting, error);
        break;
    }
}

void Workspace::setLink(Link link, std::optional<Error> error)
{
    m_link = link;
    m_error = std::move(error);
    Q_EMIT linkChanged();
}

void Workspace::review(const release::ReleaseAction &action, QObject *context, ReviewDone onDone)
{
    m_jobs.run(
        QStringLiteral("review"), JobVisibility::Quiet, context,
        [session = m_session, action](Operation &operation) -> Result<release::Review> {
            if (!session) {
                return makeError(ErrorKind::Offline, "workspace.closed",
                                 Sentences::tr("No server is connected."));
            }
            return release::plan(session, action, operation);
        },
        std::move(onDone));
}

void Workspace::execute(const release::Review &review, const QString &title, QObject *context,
                        EffectDone onDone)
{
    runEffect(
        title, context,
        [review](const client::SessionPtr &session, Operation &operation) {
            return release::execute(session, review, operation);
        },
        std::move(onDone));
}

void Workspace::executeNow(const release::ReleaseAction &action, const QString &title, QObject *context,
                           EffectDone onDone)
{
    runEffect(
        title, context,
        [action](const client::SessionPtr &session, Operation &operation) {
            return release::executeNow(session, action, operation);
        },
        std::move(onDone));
}

void Workspace::undo(const release::Effect &effect, const QString &title, QObject *context, EffectDone onDone)
{
    runEffect(
        title, context,
        [effect](const client::SessionPtr &session, Operation &operation) {
            return release::undo(session, effect, operation);
        },
        std::move(onDone));
}

void Workspace::runEffect(const QString &title, QObject *context, EffectWork work, EffectDone onDone)
{
    m_jobs.run(
        title, JobVisibility::Shown, this,
        [session = m_session, work = std::move(work)](Operation &operation) -> Result<release::Effect> {
            if (!session) {
                return makeError(ErrorKind::Offline, "workspace.closed",
                                 Sentences::tr("No server is connected."));
            }
            return work(session, operation);
        },
        [this, guard = QPointer<QObject>(context),
         onDone = std::move(onDone)](Result<release::Effect> effect) {
            if (effect) {
                m_channels.take(effect->after);
                m_uptake.begin(*effect);
                m_bundles.refresh();
                Q_EMIT released(*effect);
            }
            if (guard) {
                onDone(std::move(effect));
            }
        });
}

} // namespace gatehouse::workspace
