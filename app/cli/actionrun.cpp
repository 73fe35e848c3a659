// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/actionrun.h"

#include "cli/channeltext.h"
#include "cli/terminal.h"

#include <QJsonArray>

namespace gatehouse::cli {

namespace {

QJsonObject toJson(const release::Pointers &pointers)
{
    return {
        {QStringLiteral("stable"), pointers.stable.isEmpty() ? QJsonValue() : QJsonValue(pointers.stable)},
        {QStringLiteral("rollout"), pointers.rollout.isEmpty() ? QJsonValue() : QJsonValue(pointers.rollout)},
        {QStringLiteral("share_bps"), pointers.share.value()},
        {QStringLiteral("paused"), pointers.isPaused},
        {QStringLiteral("frozen"), pointers.isFrozen}};
}

QJsonObject toJson(const release::Review &review)
{
    QJsonArray sentences;
    for (const release::Sentence &sentence : review.sentences) {
        sentences.append(release::toEnglish(sentence));
    }
    QJsonArray obstacles;
    for (const release::Obstacle &obstacle : review.obstacles) {
        const bool isBlocker = obstacle.weight == release::Obstacle::Weight::Blocker;
        obstacles.append(QJsonObject{{QStringLiteral("id"), obstacle.sentence.id},
                                     {QStringLiteral("blocks"), isBlocker},
                                     {QStringLiteral("sentence"), release::toEnglish(obstacle.sentence)}});
    }
    QJsonObject impact{{QStringLiteral("known"), review.impact.isKnown}};
    if (review.impact.isKnown) {
        impact.insert(QStringLiteral("active_devices"), review.impact.activeDevices);
        impact.insert(QStringLiteral("changed"), review.impact.changed);
        impact.insert(QStringLiteral("newly_exposed"), review.impact.newlyExposed);
    }
    return {{QStringLiteral("action"), wire::verbName(review.action.verb)},
            {QStringLiteral("channel"), review.action.channel.text()},
            {QStringLiteral("before"), toJson(review.before)},
            {QStringLiteral("after"), toJson(review.after)},
            {QStringLiteral("sentences"), sentences},
            {QStringLiteral("obstacles"), obstacles},
            {QStringLiteral("impact"), impact},
            {QStringLiteral("dangerous"), review.isDangerous}};
}

QStringList linesOf(const release::Review &review)
{
    QStringList lines;
    for (const release::Sentence &sentence : review.sentences) {
        lines.append(release::toEnglish(sentence));
    }
    for (const release::Obstacle &obstacle : review.obstacles) {
        const bool isBlocker = obstacle.weight == release::Obstacle::Weight::Blocker;
        lines.append((isBlocker ? QStringLiteral("Blocked: ") : QStringLiteral("Careful: ")) +
                     release::toEnglish(obstacle.sentence));
    }
    return lines;
}

} // namespace

Result<Target> targetOf(const Arguments &arguments)
{
    GATEHOUSE_ASSIGN(const ChannelName channel,
                     arguments.positional(0, "The channel's name").then(ChannelName::parse));
    GATEHOUSE_TRY(arguments.atMost(1));
    GATEHOUSE_ASSIGN(const AppId app, arguments.app());
    return Target{app, channel};
}

Result<void> reviewAndRun(Context &context, const release::ReleaseAction &action)
{
    const Output &output = context.output();
    GATEHOUSE_ASSIGN(const client::SessionPtr session, context.session());
    GATEHOUSE_ASSIGN(const release::Review review, release::plan(session, action, context.operation()));
    if (context.arguments().has("dry-run")) {
        output.result(toJson(review), linesOf(review));
        return {};
    }
    for (const QString &line : linesOf(review)) {
        output.note(line);
    }
    const bool isAsking = review.isDangerous && !review.isBlocked() && !context.arguments().has("yes");
    if (isAsking && !askYes(QStringLiteral("Do it?"))) {
        return makeError(ErrorKind::Cancelled, "cli.not_confirmed", QStringLiteral("Nothing was changed."),
                         QStringLiteral("This reaches many devices at once and was not confirmed."),
                         QStringLiteral("Add --yes to confirm it where there is no terminal."));
    }
    GATEHOUSE_ASSIGN(const release::Effect effect, release::execute(session, review, context.operation()));
    QJsonObject json = toJson(review);
    json.insert(QStringLiteral("confirmed"), effect.isConfirmed);
    json.insert(QStringLiteral("state"), effect.after.toJson());
    output.result(json, {QStringLiteral("Stable   ") + stableText(effect.after.channel),
                         QStringLiteral("Rollout  ") + rolloutText(effect.after.channel),
                         QStringLiteral("State    ") + rolloutStateText(effect.after.channel)});
    return {};
}

} // namespace gatehouse::cli
