// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/population/profile.h"

#include "fleet/population/random.h"

#include <QCryptographicHash>

#include <numeric>

namespace gatehouse::fleet {

namespace {

const QString &draw(const Mix &mix, Random &chance)
{
    const double total = std::accumulate(mix.begin(), mix.end(), 0.0,
                                         [](double sum, const Weighted &each) { return sum + each.share; });
    double left = chance.unit() * total;
    for (const Weighted &each : mix) {
        left -= each.share;
        if (left < 0) {
            return each.value;
        }
    }
    return mix.last().value;
}

// A random UUID (version 4, RFC 9562) made of the digest of seed and number.
QString idOf(std::uint64_t seed, int number)
{
    const QByteArray source = "gatehouse-fleet/" + QByteArray::number(static_cast<qulonglong>(seed)) + '/' +
                              QByteArray::number(number);
    QByteArray bytes = QCryptographicHash::hash(source, QCryptographicHash::Sha256).left(16);
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes.at(6)) & 0x0FU) | 0x40U);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes.at(8)) & 0x3FU) | 0x80U);
    QString hex = QString::fromLatin1(bytes.toHex());
    for (const int dash : {8, 13, 18, 23}) {
        hex.insert(dash, QLatin1Char('-'));
    }
    return hex;
}

QString installSourceOf(const QString &platform, bool isProd)
{
    if (platform == QLatin1String("ios")) {
        return isProd ? QStringLiteral("app_store") : QStringLiteral("testflight");
    }
    return platform == QLatin1String("android") && isProd ? QStringLiteral("google_play") : QString();
}

Milliseconds spreadAround(Milliseconds median, double sigma, Random &chance)
{
    return Milliseconds(static_cast<qint64>(chance.around(static_cast<double>(median.count()), sigma)));
}

} // namespace

PluginGates PluginGates::of(const SemanticVersion &plugin)
{
    const auto from = [&plugin](const char *bound) {
        const auto parsed = SemanticVersion::parse(QString::fromLatin1(bound));
        return parsed.has_value() && plugin >= *parsed;
    };
    PluginGates gates;
    gates.batches = from("8.42.0");
    gates.nativeNameOfBuiltin = from("8.44.0");
    gates.longAndroidWait = from("8.45.9");
    gates.kinds = from("8.45.11");
    gates.metadata = from("8.46.0");
    gates.installSource = from("8.50.0");
    gates.launchEvents = from("8.51.0");
    gates.waitsAfter429 = from("8.51.5");
    return gates;
}

Profile makeProfile(const Scenario &scenario, std::uint64_t seed, int number)
{
    Profile profile;
    profile.number = number;
    profile.seed = spread(spread(seed) ^ static_cast<std::uint64_t>(number));
    Random chance(profile.seed);
    profile.id = idOf(seed, number);
    profile.platform = draw(scenario.platforms, chance);
    profile.osVersion = draw(scenario.osVersions.value(profile.platform), chance);
    profile.nativeVersion = draw(scenario.nativeVersions, chance);
    profile.pluginVersion = draw(scenario.pluginVersions, chance);
    if (const auto plugin = SemanticVersion::parse(profile.pluginVersion)) {
        profile.gates = PluginGates::of(*plugin);
    }
    profile.isEmulator = chance.chance(scenario.emulatorShare);
    profile.isProd = !profile.isEmulator && !chance.chance(scenario.devShare);
    profile.installSource = installSourceOf(profile.platform, profile.isProd);
    // One in ten apps' users is signed in and named.
    if (chance.chance(0.1)) {
        profile.customId = QStringLiteral("user-%1").arg(number, 6, 10, QLatin1Char('0'));
    }
    profile.interval = std::max(Milliseconds(10'000), spreadAround(scenario.checkin, 0.5, chance));
    profile.foreground = std::max(Milliseconds(2'000), spreadAround(scenario.foreground, 0.5, chance));
    profile.bytesPerSecond = std::max(5'000.0, chance.around(scenario.megabits * 125'000, 0.8));
    return profile;
}

} // namespace gatehouse::fleet
