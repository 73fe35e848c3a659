// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/run/fleet.h"

#include "fleet/population/strictobject.h"
#include "fleet/run/retryafter.h"

#include <QJsonDocument>

#include <algorithm>

namespace gatehouse::fleet {

namespace {

constexpr int kAgendaTimer = 1;
// Between two looks at the agenda the network gets its turn.
constexpr int kWakesAtOnce = 500;
// Wakes closer together than this are done together: nobody sees a millisecond.
constexpr std::chrono::milliseconds kFinest{2};

} // namespace

Fleet::Fleet(Loop &loop, HttpPool &pool, FleetSettings settings)
    : m_loop(loop)
    , m_pool(pool)
    , m_settings(std::move(settings))
    , m_chance(spread(m_settings.scenario.seed ^ 0xF1EE7ULL))
{}

Fleet::~Fleet() = default;

Result<std::unique_ptr<Fleet>> Fleet::create(Loop &loop, HttpPool &pool, FleetSettings settings)
{
    std::unique_ptr<Fleet> fleet(new Fleet(loop, pool, std::move(settings)));
    GATEHOUSE_ASSIGN(fleet->m_store, BundleStore::create(loop, pool, fleet->m_settings.crypto));
    fleet->makeDevices();
    return fleet;
}

void Fleet::makeDevices()
{
    const Scenario &scenario = m_settings.scenario;
    m_app.appId = m_settings.appId;
    m_app.defaultChannel = scenario.channel;
    m_app.readyTimeout = scenario.readyTimeout;
    if (m_settings.crypto.publicKey) {
        m_app.keyId = m_settings.crypto.publicKey->keyId();
    }
    m_devices.reserve(static_cast<std::size_t>(scenario.devices));
    for (int number = 0; number < scenario.devices; ++number) {
        m_devices.emplace_back(makeProfile(scenario, scenario.seed, number), m_app,
                               m_settings.scenario.faults);
    }
}

void Fleet::start()
{
    m_start = SystemClock().now();
    m_simulatedMark = m_start;
    m_steadyMark = Steady::now();
    m_lastFigures = m_steadyMark;
    m_speed = m_settings.scenario.speed;
    for (Device &device : m_devices) {
        device.begin(*this);
    }
    m_isStarting = false;
    tick();
}

UtcTime Fleet::now() const
{
    const auto real = std::chrono::duration<double, std::milli>(Steady::now() - m_steadyMark).count();
    return m_simulatedMark + Milliseconds(static_cast<qint64>(real * m_speed));
}

qint64 Fleet::wallMs() const
{
    return toMs(SystemClock().now());
}

void Fleet::setSpeed(double speed)
{
    m_simulatedMark = now();
    m_steadyMark = Steady::now();
    m_speed = speed;
    arm();
}

void Fleet::wake(int device, Milliseconds after, Wake kind, quint32 ticket)
{
    const UtcTime due = now() + after;
    const bool isSooner = m_agenda.isEmpty() || due < m_agenda.nextAt();
    m_agenda.add(due, device, kind, ticket);
    if (isSooner && !m_isStarting) {
        arm();
    }
}

void Fleet::arm()
{
    UtcTime next = m_agenda.isEmpty() ? now() + std::chrono::hours(1) : m_agenda.nextAt();
    const QVector<ScenarioEvent> &events = m_settings.scenario.events;
    if (m_nextEvent < events.size()) {
        next = std::min(next, m_start + events.at(m_nextEvent).at);
    }
    const double simulated =
        static_cast<double>(std::chrono::duration_cast<Milliseconds>(next - now()).count());
    const auto real = std::chrono::milliseconds(static_cast<qint64>(std::max(simulated, 0.0) / m_speed));
    m_loop.after(kAgendaTimer, std::max(real, kFinest), [this] { tick(); });
}

void Fleet::tick()
{
    const QVector<ScenarioEvent> &events = m_settings.scenario.events;
    while (m_nextEvent < events.size() && m_start + events.at(m_nextEvent).at <= now()) {
        play(events.at(m_nextEvent++));
    }
    m_isStarting = true; // no new timer for each wake that the devices ask for meanwhile
    for (int done = 0; done < kWakesAtOnce && !m_agenda.isEmpty() && m_agenda.nextAt() <= now(); ++done) {
        const Agenda::Due due = m_agenda.take();
        at(due.device).onWake(*this, due.kind, due.ticket);
    }
    m_isStarting = false;
    arm();
}

void Fleet::play(const ScenarioEvent &event)
{
    if (event.kind == ScenarioEvent::Kind::Failures) {
        m_settings.scenario.faults = event.faults;
        return;
    }
    for (Device &device : m_devices) {
        const bool isMeant = event.platform.isEmpty() || event.platform == device.profile().platform;
        if (!isMeant || !m_chance.chance(event.share)) {
            continue;
        }
        switch (event.kind) {
        case ScenarioEvent::Kind::Open:
            device.openNow(*this);
            break;
        case ScenarioEvent::Kind::Offline:
            device.goOffline(*this, event.lasting);
            break;
        case ScenarioEvent::Kind::NativeUpdate:
            device.updateNative(event.version);
            break;
        case ScenarioEvent::Kind::Failures:
            break;
        }
    }
}

Result<void> Fleet::command(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        return makeError(ErrorKind::Invalid, "fleet.command",
                         QStringLiteral("A line of standard input is no command."),
                         QStringLiteral("A command is a JSON object on one line."));
    }
    StrictObject in(document.object(), QString());
    double speed = m_speed;
    double open = 0;
    in.number("speed", speed, 0.01, kMaxSpeed);
    in.number("open", open, 0, 1);
    const QJsonValue faults = in.take("failures");
    GATEHOUSE_TRY(in.finish());
    if (!faults.isUndefined()) {
        GATEHOUSE_ASSIGN(m_settings.scenario.faults,
                         parseFaultRules(QJsonDocument(faults.toArray()).toJson()));
    }
    setSpeed(speed);
    if (open > 0) {
        ScenarioEvent event;
        event.share = open;
        play(event);
    }
    return {};
}

QByteArray Fleet::userAgent(int device) const
{
    const Profile &profile = m_devices[static_cast<std::size_t>(device)].profile();
    return QStringLiteral("CapacitorUpdater/%1 (%2) %3/%4")
        .arg(profile.pluginVersion, m_app.appId, profile.platform, profile.osVersion)
        .toLatin1();
}

void Fleet::post(int device, const QUrl &url, const QByteArray &body, OnResponse onResponse)
{
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = url;
    request.userAgent = userAgent(device);
    request.body = body;
    const auto began = Steady::now();
    m_pool.send(
        std::move(request), [this, began, answer = std::move(onResponse)](Result<HttpResponse> response) {
            m_figures.tookMs(std::chrono::duration<double, std::milli>(Steady::now() - began).count());
            if (!response) {
                m_figures.failed(response.error());
            }
            answer(std::move(response));
        });
}

void Fleet::check(int device, const wire::DeviceInfo &info)
{
    post(device, m_settings.updateUrl, QJsonDocument(info.toJson()).toJson(QJsonDocument::Compact),
         [this, device](const Result<HttpResponse> &response) {
             at(device).onChecked(*this, readAnswer(response));
         });
}

Checked Fleet::readAnswer(const Result<HttpResponse> &response)
{
    if (!response) {
        return {response.error(), 0, Milliseconds(0)};
    }
    if (response->status < 200 || response->status > 299) {
        const Error error =
            makeError(ErrorKind::Protocol, "fleet.status",
                      QStringLiteral("An update check was answered with status %1.").arg(response->status));
        m_figures.failed(error);
        return {error, response->status, retryAfter(*response)};
    }
    Result<wire::UpdateAnswer> answer = wire::UpdateAnswer::fromJson(response->body);
    if (!answer) {
        m_figures.failed(answer.error());
    } else {
        m_figures.answered(answer->error);
    }
    return {std::move(answer), response->status, Milliseconds(0)};
}

// The server counts real seconds.
Milliseconds Fleet::retryAfter(const HttpResponse &response) const
{
    const double real = static_cast<double>(retryAfterOf(response, SystemClock().now()).count());
    return Milliseconds(static_cast<qint64>(real * m_speed));
}

void Fleet::fetch(int device, const wire::UpdateAnswer &offer)
{
    m_store->fetch(offer, userAgent(device),
                   [this, device](const Fetched &fetched) { at(device).onFetched(*this, fetched); });
}

void Fleet::report(int device, const QByteArray &body, Answer answer)
{
    post(device, m_settings.statsUrl, body, [this, device, answer](const Result<HttpResponse> &response) {
        const Delivered delivered = readDelivery(response);
        if (answer == Answer::Wanted) {
            at(device).onDelivered(*this, delivered);
        }
    });
}

// @source spec: device-protocol, section 3.2: the plugin looks at the status alone
Delivered Fleet::readDelivery(const Result<HttpResponse> &response)
{
    Delivered delivered;
    if (!response) {
        return delivered;
    }
    const int status = response->status;
    if (status >= 200 && status < 300) {
        delivered.verdict = Delivered::Verdict::Taken;
        return delivered;
    }
    m_figures.failed(makeError(ErrorKind::Protocol, "fleet.stats_status",
                               QStringLiteral("A report was answered with status %1.").arg(status)));
    const bool isLater = status == 429 || status == 408 || status >= 500;
    delivered.verdict = isLater ? Delivered::Verdict::Later : Delivered::Verdict::Refused;
    delivered.is429 = status == 429;
    delivered.retryAfter = delivered.is429 ? retryAfter(*response) : Milliseconds(0);
    return delivered;
}

void Fleet::count(int, Moment moment, const QString &what)
{
    m_figures.count(moment, what);
}

void Fleet::runs(int, const QString &before, const QString &after)
{
    m_figures.runs(before, after, m_isStarting && before.isEmpty() && after.isEmpty());
}

QJsonObject Fleet::figures()
{
    const auto mark = Steady::now();
    Figures::Now state;
    state.simulatedSeconds = std::chrono::duration<double>(now() - m_start).count();
    state.speed = m_speed;
    state.devices = static_cast<int>(m_devices.size());
    state.open = static_cast<int>(std::count_if(m_devices.begin(), m_devices.end(),
                                                [](const Device &device) { return device.isOpen(); }));
    state.pending = m_pool.pending();
    state.bytesFetched = m_store->bytesFetched();
    state.bundlesVerified = m_store->bundlesVerified();
    state.lastFailure = m_store->lastFailure();
    state.seconds = std::chrono::duration<double>(mark - std::exchange(m_lastFigures, mark)).count();
    QJsonObject json = m_figures.toJson(state);
    json.insert(QStringLiteral("time"), toIso(SystemClock().now()));
    return json;
}

} // namespace gatehouse::fleet
