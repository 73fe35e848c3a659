// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channels/rulewords.h"

#include "core/foreigntext.h"
#include "widgets/common/format.h"

#include <QCoreApplication>

#include <array>

namespace gatehouse::widgets {

namespace {

const char kContext[] = "gatehouse::widgets::Rules";

// Not named tr: lupdate would look for the text itself in its calls.
QString inWords(const char *text)
{
    return QCoreApplication::translate(kContext, text);
}

enum class ValueKind { YesNo, Served, Policy, Allowed, Share, Minutes, Seconds, Count, Ratio, Action };

struct RuleWord
{
    const char *column;
    const char *name;
    ValueKind kind;
};

constexpr std::array kRules = std::to_array<RuleWord>({
    {"public", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Default channel"), ValueKind::YesNo},
    {"allow_device_self_set",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Devices may join by themselves"), ValueKind::YesNo},
    {"ios", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "iOS"), ValueKind::Served},
    {"android", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Android"), ValueKind::Served},
    {"electron", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Electron"), ValueKind::Served},
    {"allow_prod", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Store builds"), ValueKind::Served},
    {"allow_dev", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Development builds"), ValueKind::Served},
    {"allow_device", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Real devices"), ValueKind::Served},
    {"allow_emulator", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Emulators"), ValueKind::Served},
    {"disable_auto_update", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Version limit"),
     ValueKind::Policy},
    {"disable_auto_update_under_native",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Bundles below the native version"), ValueKind::Allowed},
    {"rollout_cache_ttl_seconds", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "A device’s draw holds for"),
     ValueKind::Seconds},
    {"auto_pause_enabled", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Automatic pause"),
     ValueKind::YesNo},
    {"auto_pause_failure_rate_bps", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Limit for failures"),
     ValueKind::Share},
    {"auto_pause_window_minutes", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Counted over"),
     ValueKind::Minutes},
    {"auto_pause_min_attempts", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Attempts at least"),
     ValueKind::Count},
    {"auto_pause_min_failures", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Failures at least"),
     ValueKind::Count},
    {"auto_pause_confidence", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Confidence"), ValueKind::Ratio},
    {"auto_pause_action", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "When the limit is passed"),
     ValueKind::Action},
    {"auto_pause_cooldown_minutes", QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Not again within"),
     ValueKind::Minutes},
});

const RuleWord *find(const QString &column)
{
    for (const RuleWord &rule : kRules) {
        if (column == QLatin1String(rule.column)) {
            return &rule;
        }
    }
    return nullptr;
}

QString yesNo(bool value)
{
    return value ? inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "yes"))
                 : inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "no"));
}

QString actionWords(const QString &action)
{
    if (action == QLatin1String("rollback")) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "take the rollout back"));
    }
    return action == QLatin1String("notify")
               ? inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "only tell"))
               : inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "pause the rollout"));
}

} // namespace

QString ruleName(const QString &column)
{
    const RuleWord *rule = find(column);
    return rule == nullptr ? displayable(column, 64) : inWords(rule->name);
}

QString ruleValue(const QString &column, const QJsonValue &value)
{
    const RuleWord *rule = find(column);
    if (rule == nullptr || value.isNull()) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "none"));
    }
    const qint64 number = value.toInteger();
    switch (rule->kind) {
    case ValueKind::YesNo:
        return yesNo(value.toBool());
    case ValueKind::Served:
        return value.toBool() ? inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "served"))
                              : inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "left out"));
    case ValueKind::Allowed:
        return value.toBool() ? inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "never"))
                              : inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "allowed"));
    case ValueKind::Policy:
        return policyName(value.toString());
    case ValueKind::Share:
        return formatShare(static_cast<int>(number));
    case ValueKind::Minutes:
        return formatDuration(std::chrono::minutes(number));
    case ValueKind::Seconds:
        return formatDuration(std::chrono::seconds(number));
    case ValueKind::Count:
        return formatCount(number);
    case ValueKind::Ratio:
        return formatPercent(value.toDouble());
    case ValueKind::Action:
        return actionWords(value.toString());
    }
    return {};
}

QVector<ReviewChange> ruleRows(const QVector<release::RuleChange> &changes)
{
    QVector<ReviewChange> rows;
    for (const release::RuleChange &change : changes) {
        rows.append({ruleName(change.column), ruleValue(change.column, change.before),
                     ruleValue(change.column, change.after)});
    }
    return rows;
}

QString ruleSentence(const release::RuleChange &change)
{
    return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "%1: %2 → %3"))
        .arg(ruleName(change.column), ruleValue(change.column, change.before),
             ruleValue(change.column, change.after));
}

QString policyName(const QString &policy)
{
    if (policy == QLatin1String("major")) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Up to the native major version"));
    }
    if (policy == QLatin1String("minor")) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Same native minor version"));
    }
    if (policy == QLatin1String("patch")) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "Same native version"));
    }
    if (policy == QLatin1String("version_number")) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "As the bundle says"));
    }
    return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "No limit"));
}

QString policyMeaning(const QString &policy)
{
    if (policy == QLatin1String("major")) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules",
                                         "An app 1.4 takes 1.9.0, and not 2.0.0: that comes by the store."));
    }
    if (policy == QLatin1String("minor")) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules",
                                         "An app 1.4 takes 1.4.9, and neither 1.5.0 nor 1.3.9."));
    }
    if (policy == QLatin1String("patch")) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules",
                                         "An app 1.4.2 takes bundles 1.4.2 only, with another pre-release or "
                                         "build text."));
    }
    if (policy == QLatin1String("version_number")) {
        return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules",
                                         "Each bundle names the lowest native version that may take it."));
    }
    return inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules",
                                     "Any app takes any bundle, also one for a newer native version."));
}

QString platformNames(const wire::ChannelRow &channel)
{
    QStringList names;
    if (channel.ios) {
        names.append(QStringLiteral("iOS"));
    }
    if (channel.android) {
        names.append(QStringLiteral("Android"));
    }
    if (channel.electron) {
        names.append(QStringLiteral("Electron"));
    }
    return names.isEmpty() ? inWords(QT_TRANSLATE_NOOP("gatehouse::widgets::Rules", "no platform"))
                           : names.join(QStringLiteral(", "));
}

} // namespace gatehouse::widgets
