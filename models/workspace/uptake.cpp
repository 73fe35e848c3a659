// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/uptake.h"

namespace gatehouse::workspace {

namespace {

using wire::ActionVerb;

QString asDevicesSay(const QString &bundle)
{
    return bundle.isEmpty() ? QStringLiteral("builtin") : bundle;
}

} // namespace

std::optional<QString> bundleTaken(const release::Effect &effect)
{
    const release::Pointers before = release::pointersOf(effect.before);
    const release::Pointers after = release::pointersOf(effect.after);
    switch (effect.action.verb) {
    case ActionVerb::Promote:
    case ActionVerb::RollBack:
    case ActionVerb::StartRollout:
    case ActionVerb::ReplaceBundle:
        return asDevicesSay(effect.action.bundle);
    case ActionVerb::TakeBack:
        return asDevicesSay(before.stable);
    case ActionVerb::SetShare:
        return after.share > before.share ? std::optional(after.rollout) : std::nullopt;
    case ActionVerb::Resume:
        return after.rollout;
    case ActionVerb::Pause:
    case ActionVerb::Freeze:
    case ActionVerb::Unfreeze:
    case ActionVerb::SetRules:
        break;
    }
    return std::nullopt;
}

void Uptake::begin(const release::Effect &effect)
{
    m_devices.clear();
    m_bundle = bundleTaken(effect);
    m_isReturn = effect.action.verb == ActionVerb::TakeBack || effect.action.verb == ActionVerb::RollBack;
}

void Uptake::end()
{
    m_bundle.reset();
    m_devices.clear();
}

void Uptake::take(const QVector<wire::LiveEvent> &events)
{
    if (!m_bundle) {
        return;
    }
    const qsizetype before = m_devices.size();
    for (const wire::LiveEvent &event : events) {
        const QString action = event.data.value(QLatin1String("action")).toString();
        const bool runsAnother = action == QLatin1String("set") || action == QLatin1String("reset");
        if (event.type == QLatin1String("stats") && runsAnother &&
            event.data.value(QLatin1String("version_name")).toString() == *m_bundle) {
            m_devices.insert(event.data.value(QLatin1String("device_id")).toString());
        }
    }
    if (m_devices.size() != before) {
        Q_EMIT changed();
    }
}

} // namespace gatehouse::workspace
