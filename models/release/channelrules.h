// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "wire/channelrow.h"

#include <QJsonValue>

namespace gatehouse::release {

/// One rule of a channel that differs: a raw column with both values.
struct RuleChange
{
    QString column;
    QJsonValue before;
    QJsonValue after;
    bool operator==(const RuleChange &) const = default;
};

/// The columns that say which devices a channel serves and how careful its rollouts are: everything of a
/// channel but its name, its bundles and the state of its rollout. @source spec: management-api, section 2.3
[[nodiscard]] const QStringList &ruleColumns();

/// What is different, in the order of ruleColumns().
[[nodiscard]] QVector<RuleChange> ruleChanges(const wire::ChannelRow &before, const wire::ChannelRow &after);
/// The rules of an action: raw columns with their new values.
[[nodiscard]] QJsonObject toColumns(const QVector<RuleChange> &changes);
/// The channel with these columns. @error Protocol "wire.json" when a value is not what its column takes
Result<wire::ChannelRow> withRules(const wire::ChannelRow &channel, const QJsonObject &rules);

/// What one person wished on top of what another made of the channel meanwhile: only the rules that differ
/// between base and mine are taken over.
[[nodiscard]] wire::ChannelRow rebasedRules(const wire::ChannelRow &base, const wire::ChannelRow &mine,
                                            const wire::ChannelRow &theirs);
/// Whether the channel shows all of these columns: for the look after a change.
[[nodiscard]] bool showsRules(const wire::ChannelRow &channel, const QJsonObject &rules);

} // namespace gatehouse::release
