// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/channelrules.h"
#include "widgets/common/reviewsheet.h"

namespace gatehouse::widgets {

/// A rule's name for people: "Emulators".
[[nodiscard]] QString ruleName(const QString &column);
/// Its value: "left out", "2 %", "60 min".
[[nodiscard]] QString ruleValue(const QString &column, const QJsonValue &value);
/// Before → after, for the table of a sheet.
[[nodiscard]] QVector<ReviewChange> ruleRows(const QVector<release::RuleChange> &changes);
/// Both in one line: "Emulators: served → left out".
[[nodiscard]] QString ruleSentence(const release::RuleChange &change);

/// A version policy, short as a choice and long as what it means for a device.
[[nodiscard]] QString policyName(const QString &policy);
[[nodiscard]] QString policyMeaning(const QString &policy);
/// "iOS, Android", or "no platform".
[[nodiscard]] QString platformNames(const wire::ChannelRow &channel);

} // namespace gatehouse::widgets
