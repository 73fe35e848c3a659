// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/review.h"

#include "core/semver.h"
#include "release/impactof.h"
#include "release/rulereview.h"

#include <QHash>

#include <algorithm>

namespace gatehouse::release {

namespace {

using wire::ActionVerb;

/// From this share of a channel's devices on, new code asks for a deliberate yes.
constexpr qint64 kManyDevicesPercent = 25;
/// With fewer outcomes than this the failure rate of a bundle says little.
constexpr qint64 kFewOutcomes = 50;

QString percentOf(BasisPoints share)
{
    return QString::number(share.percent(), 'g', 5);
}

QString count(qint64 number)
{
    return QString::number(number);
}

QString nameOrBuiltin(const QString &bundle)
{
    return bundle.isEmpty() ? QStringLiteral("builtin") : bundle;
}

bool namesBundle(ActionVerb verb)
{
    return verb == ActionVerb::Promote || verb == ActionVerb::StartRollout ||
           verb == ActionVerb::ReplaceBundle;
}

/// What happens, said by verb.
Sentence headline(const Review &review)
{
    const ReleaseAction &action = review.action;
    const QString channel = action.channel.text();
    switch (action.verb) {
    case ActionVerb::Promote:
        return {QStringLiteral("review.promote"),
                {nameOrBuiltin(action.bundle), channel, nameOrBuiltin(review.before.stable)}};
    case ActionVerb::StartRollout:
        return {QStringLiteral("review.start_rollout"),
                {action.bundle, channel, percentOf(review.after.share)}};
    case ActionVerb::SetShare:
        return {
            review.after.share < review.before.share ? QStringLiteral("review.lower_share")
                                                     : QStringLiteral("review.raise_share"),
            {review.before.rollout, channel, percentOf(review.before.share), percentOf(review.after.share)}};
    case ActionVerb::ReplaceBundle:
        return {QStringLiteral("review.replace_bundle"), {action.bundle, review.before.rollout, channel}};
    case ActionVerb::Pause:
        return {QStringLiteral("review.pause"), {review.before.rollout, channel}};
    case ActionVerb::Resume:
        return {QStringLiteral("review.resume"), {review.before.rollout, channel}};
    case ActionVerb::Freeze:
        return {QStringLiteral("review.freeze"), {channel}};
    case ActionVerb::Unfreeze:
        return {QStringLiteral("review.unfreeze"), {channel}};
    case ActionVerb::TakeBack:
        return {QStringLiteral("review.take_back"),
                {review.before.rollout, channel, nameOrBuiltin(review.before.stable)}};
    case ActionVerb::RollBack:
        return {QStringLiteral("review.roll_back"),
                {channel, nameOrBuiltin(action.bundle), nameOrBuiltin(review.before.stable)}};
    case ActionVerb::SetRules:
        return {QStringLiteral("review.set_rules"),
                {channel, action.rules.keys().join(QStringLiteral(", "))}};
    }
    return {};
}

void sayImpact(Review &review)
{
    const Impact &impact = review.impact;
    const bool isPointerChange = !review.before.servesLike(review.after);
    if (!impact.isKnown) {
        if (isPointerChange) {
            review.sentences.append({QStringLiteral("review.devices_unknown"), {}});
        }
        return;
    }
    if (impact.changed > 0) {
        review.sentences.append(
            {QStringLiteral("review.devices_change"), {count(impact.changed), count(impact.activeDevices)}});
    } else if (isPointerChange) {
        review.sentences.append({QStringLiteral("review.devices_none"), {}});
    }
    if (impact.failures) {
        review.sentences.append(
            {QStringLiteral("review.failures_expected"),
             {count(impact.failures->expected), count(impact.failures->low), count(impact.failures->high)}});
    }
    const bool keepsDevices =
        review.action.verb == ActionVerb::SetShare && review.after.share < review.before.share;
    if (keepsDevices || review.action.verb == ActionVerb::Pause) {
        review.sentences.append({QStringLiteral("review.devices_keep"), {review.before.rollout}});
    }
}

void block(Review &review, const char *id, const QStringList &args)
{
    review.obstacles.append({Obstacle::Weight::Blocker, {QString::fromLatin1(id), args}});
}

void warn(Review &review, const char *id, const QStringList &args)
{
    review.obstacles.append({Obstacle::Weight::Warning, {QString::fromLatin1(id), args}});
}

std::optional<client::Feature> neededFeature(ActionVerb verb)
{
    switch (verb) {
    case ActionVerb::Freeze:
    case ActionVerb::Unfreeze:
        return client::Feature::Freeze;
    case ActionVerb::ReplaceBundle:
        return client::Feature::ReplaceBundle;
    default:
        return std::nullopt;
    }
}

/// Any one of these must be held. @source spec: management-api, section 4.3
QStringList neededPermissions(ActionVerb verb)
{
    const QString settings = QStringLiteral("channel.update_settings");
    const QString rollBackBundle = QStringLiteral("channel.rollback_bundle");
    switch (verb) {
    case ActionVerb::Promote:
        return {QStringLiteral("channel.promote_bundle")};
    case ActionVerb::Pause:
    case ActionVerb::TakeBack:
    case ActionVerb::RollBack:
        return {settings, rollBackBundle};
    default:
        return {settings};
    }
}

void checkServer(Review &review, const ReviewContext &context)
{
    if (const auto feature = neededFeature(review.action.verb)) {
        const client::Availability there = context.capabilities.of(*feature);
        // A server with actions has these two since its first version, also when it does not name them.
        const bool isPartOfActions = context.capabilities.has(client::Feature::ReleaseActions);
        if (!there.isAvailable && !isPartOfActions) {
            block(review, "obstacle.unavailable", {there.reason});
        }
    }
    const QStringList permissions = neededPermissions(review.action.verb);
    const bool isRefused =
        std::all_of(permissions.begin(), permissions.end(), [&](const QString &permission) {
            return context.capabilities.mayCall(permission) == false;
        });
    if (isRefused) {
        block(review, "obstacle.permission", {permissions.first()});
    }
    const bool isPointerChange = !review.before.servesLike(review.after);
    if (review.before.isFrozen && isPointerChange && !review.isSafer &&
        review.action.verb != ActionVerb::Unfreeze) {
        block(review, "obstacle.frozen", {review.action.channel.text()});
    }
}

void checkRollout(Review &review)
{
    const ActionVerb verb = review.action.verb;
    const bool needsRollout = verb == ActionVerb::SetShare || verb == ActionVerb::ReplaceBundle ||
                              verb == ActionVerb::Pause || verb == ActionVerb::Resume ||
                              verb == ActionVerb::TakeBack;
    if (needsRollout && review.before.rollout.isEmpty()) {
        block(review, "obstacle.no_rollout", {review.action.channel.text()});
        return;
    }
    if (verb == ActionVerb::SetShare && review.action.share == BasisPoints()) {
        block(review, "obstacle.share_zero", {});
    }
    if (verb == ActionVerb::StartRollout && review.before.stable.isEmpty()) {
        block(review, "obstacle.no_stable", {review.action.channel.text()});
    }
    if (verb == ActionVerb::StartRollout && review.action.bundle == review.before.stable) {
        block(review, "obstacle.same_as_stable", {review.action.bundle});
    }
    if (verb == ActionVerb::StartRollout && review.before.hasRollout() &&
        review.before.rollout != review.action.bundle) {
        warn(review, "obstacle.other_rollout", {review.before.rollout, percentOf(review.before.share)});
    }
    if (verb == ActionVerb::Promote && review.before.hasRollout() &&
        review.before.rollout != review.action.bundle) {
        warn(review, "obstacle.rollout_goes_on", {review.before.rollout, percentOf(review.before.share)});
    }
    if (verb == ActionVerb::SetShare && review.before.isPaused) {
        warn(review, "obstacle.paused", {review.before.rollout});
    }
}

QHash<QString, QString> versionsOf(const QVector<wire::NativePackage> &packages)
{
    QHash<QString, QString> versions;
    for (const wire::NativePackage &package : packages) {
        versions.insert(package.name, package.version);
    }
    return versions;
}

void checkBundle(Review &review, const ReviewContext &context)
{
    if (!namesBundle(review.action.verb)) {
        return;
    }
    if (!context.bundle) {
        block(review, "obstacle.bundle_missing", {review.action.bundle});
        return;
    }
    if (!context.bundle->isReady()) {
        block(review, "obstacle.bundle_not_ready", {review.action.bundle});
    }
    if (!context.stable) {
        return;
    }
    const auto now = SemanticVersion::parse(context.stable->name);
    const auto then = SemanticVersion::parse(context.bundle->name);
    if (now && then && *then < *now) {
        warn(review, "obstacle.older", {context.bundle->name, context.stable->name});
    }
    if (context.stable->isEncrypted() && !context.bundle->isEncrypted()) {
        warn(review, "obstacle.not_encrypted", {context.bundle->name});
    } else if (context.stable->keyId && context.bundle->keyId &&
               context.stable->keyId != context.bundle->keyId) {
        warn(review, "obstacle.other_key", {context.bundle->name, context.stable->name});
    }
    const QHash<QString, QString> had = versionsOf(context.stable->nativePackages);
    for (const wire::NativePackage &package : context.bundle->nativePackages) {
        if (!had.isEmpty() && !had.contains(package.name)) {
            warn(review, "obstacle.new_native", {package.name, package.version});
        }
    }
}

/// Which devices a rule keeps in or out shows at their next check only: no count is promised.
void checkRules(Review &review, const wire::ChannelState &state, const ReviewContext &context)
{
    if (review.action.verb != ActionVerb::SetRules) {
        return;
    }
    const Result<wire::ChannelRow> after = withRules(state.channel, review.action.rules);
    if (!after) {
        block(review, "obstacle.rules_value", {after.error().cause});
        return;
    }
    review.rules = ruleChanges(state.channel, *after);
    review.obstacles += ruleObstacles(state.channel, *after, context);
}

void checkEvidence(Review &review, const wire::ChannelState &state)
{
    const bool isWidening = review.impact.newlyExposed > 0 && (review.action.verb == ActionVerb::SetShare ||
                                                               review.action.verb == ActionVerb::Promote);
    const bool isKnownBundle = review.before.hasRollout() && review.after.rollout != review.before.rollout
                                   ? review.action.bundle == review.before.rollout
                                   : review.before.hasRollout();
    if (isWidening && isKnownBundle && review.impact.isKnown && state.rolloutAttempts < kFewOutcomes) {
        warn(review, "obstacle.few_outcomes", {count(state.rolloutAttempts)});
    }
}

} // namespace

bool Review::isBlocked() const
{
    return std::any_of(obstacles.begin(), obstacles.end(),
                       [](const Obstacle &obstacle) { return obstacle.weight == Obstacle::Weight::Blocker; });
}

Review review(const ReleaseAction &action, const wire::ChannelState &state, const ReviewContext &context)
{
    Review review{action};
    review.etag = state.etag;
    review.before = pointersOf(state);
    review.after = pointersAfter(action, review.before);
    review.isSafer = isSafer(action, state);
    const QString exposed = namesBundle(action.verb) ? action.bundle : review.after.rollout;
    review.impact = impactOf(review.before, review.after, state, exposed);
    review.sentences.append(headline(review));
    sayImpact(review);
    checkServer(review, context);
    checkRollout(review);
    checkBundle(review, context);
    checkRules(review, state, context);
    checkEvidence(review, state);
    const bool isWidening = !review.isSafer && !review.before.servesLike(review.after);
    const bool isMany = review.impact.newlyExposed * 100 >= review.impact.activeDevices * kManyDevicesPercent;
    review.isDangerous = isWidening && action.verb != ActionVerb::Unfreeze &&
                         (!review.impact.isKnown || (review.impact.newlyExposed > 0 && isMany));
    const auto movesDevices = [](const RuleChange &rule) {
        return rule.column == QLatin1String("public") || rule.after == QJsonValue(false);
    };
    review.isDangerous =
        review.isDangerous || std::any_of(review.rules.begin(), review.rules.end(), movesDevices);
    return review;
}

} // namespace gatehouse::release
