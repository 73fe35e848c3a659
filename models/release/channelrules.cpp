// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/channelrules.h"

#include <algorithm>

namespace gatehouse::release {

namespace {

/// Whole numbers come back from JSON as doubles.
bool isEqual(const QJsonValue &one, const QJsonValue &other)
{
    return one.isDouble() && other.isDouble() ? one.toDouble() == other.toDouble() : one == other;
}

} // namespace

const QStringList &ruleColumns()
{
    static const QStringList columns{QStringLiteral("public"),
                                     QStringLiteral("allow_device_self_set"),
                                     QStringLiteral("ios"),
                                     QStringLiteral("android"),
                                     QStringLiteral("electron"),
                                     QStringLiteral("allow_prod"),
                                     QStringLiteral("allow_dev"),
                                     QStringLiteral("allow_device"),
                                     QStringLiteral("allow_emulator"),
                                     QStringLiteral("disable_auto_update"),
                                     QStringLiteral("disable_auto_update_under_native"),
                                     QStringLiteral("rollout_cache_ttl_seconds"),
                                     QStringLiteral("auto_pause_enabled"),
                                     QStringLiteral("auto_pause_failure_rate_bps"),
                                     QStringLiteral("auto_pause_window_minutes"),
                                     QStringLiteral("auto_pause_min_attempts"),
                                     QStringLiteral("auto_pause_min_failures"),
                                     QStringLiteral("auto_pause_confidence"),
                                     QStringLiteral("auto_pause_action"),
                                     QStringLiteral("auto_pause_cooldown_minutes")};
    return columns;
}

QVector<RuleChange> ruleChanges(const wire::ChannelRow &before, const wire::ChannelRow &after)
{
    const QJsonObject old = before.toJson();
    const QJsonObject wished = after.toJson();
    QVector<RuleChange> changes;
    for (const QString &column : ruleColumns()) {
        if (!isEqual(old.value(column), wished.value(column))) {
            changes.append({column, old.value(column), wished.value(column)});
        }
    }
    return changes;
}

QJsonObject toColumns(const QVector<RuleChange> &changes)
{
    QJsonObject columns;
    for (const RuleChange &change : changes) {
        columns.insert(change.column, change.after);
    }
    return columns;
}

Result<wire::ChannelRow> withRules(const wire::ChannelRow &channel, const QJsonObject &rules)
{
    QJsonObject row = channel.toJson();
    for (auto rule = rules.begin(); rule != rules.end(); ++rule) {
        row.insert(rule.key(), rule.value());
    }
    return wire::ChannelRow::fromJson(row, QStringLiteral("rules"));
}

wire::ChannelRow rebasedRules(const wire::ChannelRow &base, const wire::ChannelRow &mine,
                              const wire::ChannelRow &theirs)
{
    // Every value comes from a row, so it is what its column takes.
    return withRules(theirs, toColumns(ruleChanges(base, mine))).value_or(theirs);
}

bool showsRules(const wire::ChannelRow &channel, const QJsonObject &rules)
{
    const QJsonObject row = channel.toJson();
    const QStringList columns = rules.keys();
    return std::all_of(columns.begin(), columns.end(), [&](const QString &column) {
        return isEqual(row.value(column), rules.value(column));
    });
}

} // namespace gatehouse::release
