// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/population/scenario.h"

#include "core/semver.h"
#include "fleet/population/strictobject.h"

#include <QJsonDocument>

#include <algorithm>

namespace gatehouse::fleet {

namespace {

constexpr double kYearSeconds = 366.0 * 86'400;

const QStringList &platformNames()
{
    static const QStringList names{QStringLiteral("android"), QStringLiteral("ios"),
                                   QStringLiteral("electron")};
    return names;
}

Mix mixOf(std::initializer_list<Weighted> each)
{
    return Mix(each);
}

QHash<QString, Mix> usualOsVersions()
{
    return {{QStringLiteral("android"), mixOf({{QStringLiteral("9"), 0.06},
                                               {QStringLiteral("11"), 0.12},
                                               {QStringLiteral("12"), 0.15},
                                               {QStringLiteral("13"), 0.20},
                                               {QStringLiteral("14"), 0.25},
                                               {QStringLiteral("15"), 0.22}})},
            {QStringLiteral("ios"), mixOf({{QStringLiteral("16.7"), 0.15},
                                           {QStringLiteral("17.6"), 0.30},
                                           {QStringLiteral("18.5"), 0.55}})},
            {QStringLiteral("electron"),
             mixOf({{QStringLiteral("10.0.22631"), 0.7}, {QStringLiteral("14.6"), 0.3}})}};
}

using Check = bool (*)(const QString &);

bool isAnyText(const QString &text)
{
    return !text.isEmpty() && text.size() <= 64;
}

bool isVersion(const QString &text)
{
    return SemanticVersion::parse(text).has_value();
}

bool isNative(const QString &text)
{
    return SemanticVersion::coerceNative(text).has_value();
}

bool isPlatform(const QString &text)
{
    return platformNames().contains(text);
}

/// "1.0.0" or {"value": "1.0.0", "share": 0.8}.
Result<Weighted> readWeighted(const QJsonValue &value, const QString &path, Check holds)
{
    Weighted weighted;
    if (value.isString()) {
        weighted.value = value.toString();
    } else if (value.isObject()) {
        StrictObject in(value.toObject(), path);
        in.text("value", weighted.value);
        in.number("share", weighted.share, 0, 1e9);
        GATEHOUSE_TRY(in.finish());
    }
    if (!holds(weighted.value)) {
        return scenarioError(path, QStringLiteral("It has to be a text, or an object with \"value\" and "
                                                  "\"share\", and the text has to be one that fits here."));
    }
    return weighted;
}

Result<Mix> readMix(const QJsonValue &value, const QString &path, Check holds)
{
    Mix mix;
    double total = 0;
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        GATEHOUSE_ASSIGN(const Weighted weighted,
                         readWeighted(array.at(i), path + QStringLiteral("[%1]").arg(i), holds));
        total += weighted.share;
        mix.append(weighted);
    }
    if (total <= 0) {
        return scenarioError(path,
                             QStringLiteral("It has to be a list with at least one value whose share is "
                                            "not 0."));
    }
    return mix;
}

Result<void> readMixInto(StrictObject &in, const char *key, Mix &mix, Check holds)
{
    const QJsonValue value = in.take(key);
    if (!value.isUndefined()) {
        GATEHOUSE_ASSIGN(mix, readMix(value, in.pathOf(key), holds));
    }
    return {};
}

Result<void> readOsVersions(StrictObject &in, QHash<QString, Mix> &mixes)
{
    const QJsonValue value = in.take("os_versions");
    if (value.isUndefined()) {
        return {};
    }
    StrictObject object(value.toObject(), in.pathOf("os_versions"));
    for (const char *platform : {"android", "ios", "electron"}) {
        GATEHOUSE_TRY(readMixInto(object, platform, mixes[QString::fromLatin1(platform)], isAnyText));
    }
    return object.finish();
}

Result<FaultRule> readFault(const QJsonObject &object, const QString &path)
{
    StrictObject in(object, path);
    FaultRule rule;
    in.text("bundle", rule.bundle);
    in.text("platform", rule.platform);
    in.text("os", rule.os);
    in.text("native", rule.native);
    in.text("action", rule.action);
    in.number("rate", rule.rate, 0, 1);
    GATEHOUSE_TRY(in.finish());
    if (!rule.platform.isEmpty() && !isPlatform(rule.platform)) {
        return scenarioError(in.pathOf("platform"), QStringLiteral("It is android, ios or electron."));
    }
    if (!rule.bundle.isEmpty() && !isVersion(rule.bundle)) {
        return scenarioError(in.pathOf("bundle"),
                             QStringLiteral("It is the version of a bundle, as in 1.1.0."));
    }
    if (!isPlayableFault(rule.action)) {
        return scenarioError(in.pathOf("action"),
                             QStringLiteral("It is a failure that a device can have, as in update_fail."));
    }
    return rule;
}

Result<QVector<FaultRule>> readFaults(const QJsonValue &value, const QString &path)
{
    QVector<FaultRule> rules;
    if (!value.isArray()) {
        return scenarioError(path, QStringLiteral("It has to be a list."));
    }
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        GATEHOUSE_ASSIGN(const FaultRule rule,
                         readFault(array.at(i).toObject(), path + QStringLiteral("[%1]").arg(i)));
        rules.append(rule);
    }
    return rules;
}

Result<void> readKind(const QString &name, const QString &path, ScenarioEvent::Kind &kind)
{
    static const QHash<QString, ScenarioEvent::Kind> kinds{
        {QStringLiteral("open"), ScenarioEvent::Kind::Open},
        {QStringLiteral("offline"), ScenarioEvent::Kind::Offline},
        {QStringLiteral("native_update"), ScenarioEvent::Kind::NativeUpdate},
        {QStringLiteral("failures"), ScenarioEvent::Kind::Failures}};
    if (!kinds.contains(name)) {
        return scenarioError(path, QStringLiteral("It is open, offline, native_update or failures."));
    }
    kind = kinds.value(name);
    return {};
}

Result<ScenarioEvent> readEvent(const QJsonObject &object, const QString &path)
{
    StrictObject in(object, path);
    ScenarioEvent event;
    double at = -1;
    double seconds = 0;
    QString kind;
    in.number("at", at, 0, kYearSeconds);
    in.text("do", kind);
    in.number("share", event.share, 0, 1);
    in.number("seconds", seconds, 0, kYearSeconds);
    in.text("platform", event.platform);
    in.text("version", event.version);
    const QJsonValue faults = in.take("failures");
    GATEHOUSE_TRY(in.finish());
    if (at < 0) {
        return scenarioError(in.pathOf("at"),
                             QStringLiteral("An event needs its time, in simulated seconds."));
    }
    GATEHOUSE_TRY(readKind(kind, in.pathOf("do"), event.kind));
    if (!event.platform.isEmpty() && !isPlatform(event.platform)) {
        return scenarioError(in.pathOf("platform"), QStringLiteral("It is android, ios or electron."));
    }
    if (event.kind == ScenarioEvent::Kind::NativeUpdate && !isNative(event.version)) {
        return scenarioError(in.pathOf("version"), QStringLiteral("A native update needs its version."));
    }
    if (event.kind == ScenarioEvent::Kind::Failures) {
        GATEHOUSE_ASSIGN(event.faults, readFaults(faults, in.pathOf("failures")));
    }
    event.at = Milliseconds(static_cast<qint64>(at * 1000));
    event.lasting = Milliseconds(static_cast<qint64>(seconds * 1000));
    return event;
}

Result<void> readEvents(StrictObject &in, QVector<ScenarioEvent> &events)
{
    const QJsonValue value = in.take("events");
    if (value.isUndefined()) {
        return {};
    }
    if (!value.isArray()) {
        return scenarioError(in.pathOf("events"), QStringLiteral("It has to be a list."));
    }
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        GATEHOUSE_ASSIGN(const ScenarioEvent event,
                         readEvent(array.at(i).toObject(), QStringLiteral("events[%1]").arg(i)));
        events.append(event);
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const ScenarioEvent &a, const ScenarioEvent &b) { return a.at < b.at; });
    return {};
}

void readSeconds(StrictObject &in, const char *key, Milliseconds &value, double low)
{
    double seconds = static_cast<double>(value.count()) / 1000.0;
    in.number(key, seconds, low, kYearSeconds);
    value = Milliseconds(static_cast<qint64>(seconds * 1000));
}

void readNumbers(StrictObject &in, Scenario &scenario)
{
    qint64 devices = scenario.devices;
    qint64 seed = static_cast<qint64>(scenario.seed);
    in.integer("devices", devices, 1, kMaxDevices);
    in.integer("seed", seed, 0, (1LL << 53) - 1);
    scenario.devices = static_cast<int>(devices);
    scenario.seed = static_cast<std::uint64_t>(seed);
    in.number("speed", scenario.speed, 0.01, kMaxSpeed);
    in.text("channel", scenario.channel);
    readSeconds(in, "checkin_seconds", scenario.checkin, 10);
    readSeconds(in, "foreground_seconds", scenario.foreground, 2);
    readSeconds(in, "ready_timeout_seconds", scenario.readyTimeout, 1);
    in.number("emulator_share", scenario.emulatorShare, 0, 1);
    in.number("dev_share", scenario.devShare, 0, 1);
    in.number("megabits", scenario.megabits, 0.01, 100'000);
}

} // namespace

Scenario::Scenario()
    : osVersions(usualOsVersions())
{}

Result<Scenario> Scenario::parse(const QByteArray &json)
{
    QJsonParseError failure;
    const QJsonDocument document = QJsonDocument::fromJson(json, &failure);
    if (failure.error != QJsonParseError::NoError || !document.isObject()) {
        return scenarioError(QStringLiteral("$"), failure.error == QJsonParseError::NoError
                                                      ? QStringLiteral("A scenario is a JSON object.")
                                                      : QStringLiteral("It is not JSON: %1 at byte %2.")
                                                            .arg(failure.errorString())
                                                            .arg(failure.offset));
    }
    Scenario scenario;
    StrictObject in(document.object(), QString());
    readNumbers(in, scenario);
    GATEHOUSE_TRY(readMixInto(in, "platforms", scenario.platforms, isPlatform));
    GATEHOUSE_TRY(readMixInto(in, "native_versions", scenario.nativeVersions, isNative));
    GATEHOUSE_TRY(readMixInto(in, "plugin_versions", scenario.pluginVersions, isVersion));
    GATEHOUSE_TRY(readOsVersions(in, scenario.osVersions));
    const QJsonValue faults = in.take("failures");
    if (!faults.isUndefined()) {
        GATEHOUSE_ASSIGN(scenario.faults, readFaults(faults, in.pathOf("failures")));
    }
    GATEHOUSE_TRY(readEvents(in, scenario.events));
    GATEHOUSE_TRY(in.finish());
    return scenario;
}

Result<QVector<FaultRule>> parseFaultRules(const QByteArray &json)
{
    QJsonParseError failure;
    const QJsonDocument document = QJsonDocument::fromJson(json, &failure);
    if (failure.error != QJsonParseError::NoError || !document.isArray()) {
        return scenarioError(QStringLiteral("failures"), QStringLiteral("It has to be a list."));
    }
    return readFaults(document.array(), QStringLiteral("failures"));
}

} // namespace gatehouse::fleet
