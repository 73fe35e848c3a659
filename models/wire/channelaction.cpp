// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/channelaction.h"

#include "core/sentences.h"

#include <array>

namespace gatehouse::wire {

namespace {

struct VerbWord
{
    ActionVerb verb;
    const char *word;
};

constexpr std::array kVerbs{
    VerbWord{ActionVerb::Promote, "promote"},    VerbWord{ActionVerb::StartRollout, "start_rollout"},
    VerbWord{ActionVerb::SetShare, "set_share"}, VerbWord{ActionVerb::ReplaceBundle, "replace_bundle"},
    VerbWord{ActionVerb::Pause, "pause"},        VerbWord{ActionVerb::Resume, "resume"},
    VerbWord{ActionVerb::Freeze, "freeze"},      VerbWord{ActionVerb::Unfreeze, "unfreeze"},
    VerbWord{ActionVerb::TakeBack, "take_back"}, VerbWord{ActionVerb::RollBack, "roll_back"},
    VerbWord{ActionVerb::SetRules, "set_rules"}};

} // namespace

QString verbName(ActionVerb verb)
{
    for (const VerbWord &entry : kVerbs) {
        if (entry.verb == verb) {
            return QString::fromLatin1(entry.word);
        }
    }
    return {};
}

std::optional<ActionVerb> verbFromName(const QString &name)
{
    for (const VerbWord &entry : kVerbs) {
        if (name == QLatin1String(entry.word)) {
            return entry.verb;
        }
    }
    return std::nullopt;
}

QJsonObject ChannelAction::toJson() const
{
    QJsonObject json{{QStringLiteral("action"), verbName(verb)}, {QStringLiteral("intent"), intent}};
    if (!bundle.isEmpty()) {
        json.insert(QStringLiteral("bundle"), bundle);
    }
    if (share) {
        json.insert(QStringLiteral("share_bps"), share->value());
    }
    if (!reason.isEmpty()) {
        json.insert(QStringLiteral("reason"), reason);
    }
    if (!rules.isEmpty()) {
        json.insert(QStringLiteral("rules"), rules);
    }
    return json;
}

Result<ChannelAction> ChannelAction::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    ChannelAction action;
    if (const std::optional<ActionVerb> verb = verbFromName(in.text("action"))) {
        action.verb = *verb;
    } else {
        in.complain("action", Sentences::tr("%1 should be an action that Gatehouse knows."));
    }
    action.intent = in.text("intent");
    action.bundle = in.optText("bundle").value_or(QString());
    if (const std::optional<qint64> bps = in.optInteger("share_bps")) {
        if (const Result<BasisPoints> share = BasisPoints::parse(*bps)) {
            action.share = *share;
        } else {
            in.complain("share_bps", Sentences::tr("%1 should be between 0 and 10000."));
        }
    }
    action.reason = in.optText("reason").value_or(QString());
    action.rules = in.optObject("rules").value_or(QJsonObject());
    GATEHOUSE_TRY(in.finish());
    return action;
}

QJsonObject ChannelHistoryEntry::toJson() const
{
    return {{QStringLiteral("at"), toIso(at)},  {QStringLiteral("what"), what},
            {QStringLiteral("bundle"), bundle}, {QStringLiteral("share_bps"), orNull(shareBps)},
            {QStringLiteral("actor"), actor},   {QStringLiteral("reason"), reason}};
}

Result<ChannelHistoryEntry> ChannelHistoryEntry::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    ChannelHistoryEntry entry;
    entry.at = in.time("at");
    entry.what = in.text("what");
    entry.bundle = in.optText("bundle").value_or(QString());
    entry.shareBps = in.optInteger("share_bps");
    entry.actor = in.optText("actor").value_or(QString());
    entry.reason = in.optText("reason").value_or(QString());
    GATEHOUSE_TRY(in.finish());
    return entry;
}

QJsonObject ChannelState::toJson() const
{
    return {{QStringLiteral("channel"), channel.toJson()},
            {QStringLiteral("frozen"), frozen},
            {QStringLiteral("etag"), etag},
            {QStringLiteral("counter"), counter},
            {QStringLiteral("active_devices"), activeDevices},
            {QStringLiteral("rollout_devices"), rolloutDevices},
            {QStringLiteral("rollout_attempts"), rolloutAttempts},
            {QStringLiteral("rollout_failures"), rolloutFailures},
            {QStringLiteral("history"), toArray(history)}};
}

Result<ChannelState> ChannelState::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    ChannelState state;
    const QJsonObject channel = in.object("channel");
    state.frozen = in.optBoolean("frozen").value_or(false);
    state.etag = in.text("etag");
    state.counter = in.optInteger("counter").value_or(0);
    state.activeDevices = in.optInteger("active_devices").value_or(0);
    state.rolloutDevices = in.optInteger("rollout_devices").value_or(0);
    state.rolloutAttempts = in.optInteger("rollout_attempts").value_or(0);
    state.rolloutFailures = in.optInteger("rollout_failures").value_or(0);
    const QJsonArray history = in.optArray("history");
    GATEHOUSE_TRY(in.finish());
    GATEHOUSE_ASSIGN(state.channel, ChannelRow::fromJson(channel, path + QStringLiteral(".channel")));
    GATEHOUSE_ASSIGN(state.history, readEach<ChannelHistoryEntry>(history, path + QStringLiteral(".history"),
                                                                  ChannelHistoryEntry::fromJson));
    return state;
}

} // namespace gatehouse::wire
