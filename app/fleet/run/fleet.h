// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fleet/population/agenda.h"
#include "fleet/population/device.h"
#include "fleet/run/bundlestore.h"
#include "fleet/run/figures.h"

#include <chrono>
#include <vector>

namespace gatehouse::fleet {

/// What a fleet talks to, and as which app.
struct FleetSettings
{
    Scenario scenario;
    QUrl updateUrl;
    QUrl statsUrl;
    QString appId;
    DeviceCrypto crypto;
};

/// All devices of one process: wakes them when their time has come, carries their requests, counts.
/// @thread that of the loop
class Fleet final : public World
{
public:
    /// loop and pool must outlive the fleet. @error Io "fleet.temporary"
    static Result<std::unique_ptr<Fleet>> create(Loop &loop, HttpPool &pool, FleetSettings settings);
    ~Fleet() override;

    void start();
    /// {"speed": 60}, {"failures": […]}, {"open": 0.5} or several of them.
    /// @error Invalid "fleet.command", "fleet.scenario"
    Result<void> command(const QByteArray &json);
    [[nodiscard]] QJsonObject figures();

    [[nodiscard]] UtcTime now() const override;
    [[nodiscard]] qint64 wallMs() const override;
    void wake(int device, Milliseconds after, Wake kind, quint32 ticket) override;
    void check(int device, const wire::DeviceInfo &info) override;
    void fetch(int device, const wire::UpdateAnswer &offer) override;
    void report(int device, const QByteArray &body, Answer answer) override;
    void count(int device, Moment moment, const QString &what) override;
    void runs(int device, const QString &before, const QString &after) override;

private:
    using Steady = std::chrono::steady_clock;

    Fleet(Loop &loop, HttpPool &pool, FleetSettings settings);
    void makeDevices();
    void setSpeed(double speed);
    void arm();
    void tick();
    void play(const ScenarioEvent &event);
    [[nodiscard]] Device &at(int device) { return m_devices[static_cast<std::size_t>(device)]; }
    [[nodiscard]] QByteArray userAgent(int device) const;
    [[nodiscard]] Milliseconds retryAfter(const HttpResponse &response) const;
    [[nodiscard]] Checked readAnswer(const Result<HttpResponse> &response);
    [[nodiscard]] Delivered readDelivery(const Result<HttpResponse> &response);
    void post(int device, const QUrl &url, const QByteArray &body, OnResponse onResponse);

    Loop &m_loop;
    HttpPool &m_pool;
    FleetSettings m_settings;
    AppSettings m_app;
    std::unique_ptr<BundleStore> m_store;
    std::vector<Device> m_devices;
    Agenda m_agenda;
    qsizetype m_nextEvent = 0;
    Random m_chance;
    Figures m_figures;
    bool m_isStarting = true;

    double m_speed = 1;
    Steady::time_point m_steadyMark{}; ///< when m_simulatedMark was
    UtcTime m_simulatedMark{};
    UtcTime m_start{};
    Steady::time_point m_lastFigures{};
};

} // namespace gatehouse::fleet
