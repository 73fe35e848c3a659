// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/review/reviewwords.h"

#include "core/foreigntext.h"
#include "monitor/impact.h"
#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace gatehouse::widgets {

namespace {

struct Pattern
{
    const char *id;
    const char *text;
    const char *numbers = ""; ///< which places hold a number and not a name: "34"
};

/// Texts of free functions: by this class lupdate and the run time agree on the context.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse::widgets::Review)
};

constexpr std::array kPatterns = std::to_array<Pattern>({
    {"review.promote", QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                                         "Bundle %1 becomes the stable one of channel %2, instead of %3.")},
    {"review.start_rollout",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "Bundle %1 goes to %3 % of the devices of channel %2."),
     "3"},
    {"review.raise_share",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "Bundle %1 goes to %4 % of the devices of channel %2, from %3 %."),
     "34"},
    {"review.lower_share",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "No more than %4 % of the devices of channel %2 newly get bundle %1, from %3 %."),
     "34"},
    {"review.replace_bundle",
     QT_TRANSLATE_NOOP(
         "gatehouse::widgets::Review",
         "Bundle %1 takes the place of %2 in the rollout of channel %3; the same devices come first.")},
    {"review.pause",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "No further device of channel %2 gets bundle %1 until the rollout is resumed.")},
    {"review.resume",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "The rollout of bundle %1 on channel %2 goes on.")},
    {"review.freeze", QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                                        "What channel %1 serves cannot be changed until it is unfrozen.")},
    {"review.unfreeze",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "What channel %1 serves can be changed again.")},
    {"review.take_back",
     QT_TRANSLATE_NOOP(
         "gatehouse::widgets::Review",
         "The rollout of bundle %1 on channel %2 ends; its devices go back to %3 at their next check.")},
    {"review.roll_back",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "All devices of channel %1 go back to bundle %2 at their next check, from %3.")},
    {"review.set_rules", QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "The rules of channel %1 change.")},
    {"review.devices_change",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "%1 of %2 devices that were active in the last 7 days get another bundle."),
     "12"},
    {"review.devices_none",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "No device gets another bundle than now.")},
    {"review.devices_unknown", QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                                                 "How many devices this reaches is not known: the server "
                                                 "does not tell, or none was active in the last 7 days.")},
    {"review.devices_keep",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "Devices that have bundle %1 keep it.")},
    {"review.failures_expected",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "About %1 devices may fail (%2 to %3), going by those that tried it so far."),
     "123"},
    {"obstacle.unavailable", QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "%1")},
    {"obstacle.permission",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "This API key lacks the permission %1.")},
    {"obstacle.frozen", QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "Channel %1 is frozen.")},
    {"obstacle.no_rollout", QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "Channel %1 has no rollout.")},
    {"obstacle.no_stable",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "Channel %1 has no stable bundle yet, which a rollout needs beside it.")},
    {"obstacle.same_as_stable",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "Bundle %1 is the stable one already.")},
    {"obstacle.other_rollout",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "This ends the rollout of bundle %1, which is at %2 %."),
     "2"},
    {"obstacle.rollout_goes_on",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "The rollout of bundle %1 at %2 % goes on beside it."),
     "2"},
    {"obstacle.paused",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "The rollout of bundle %1 is paused: the share counts once it is resumed.")},
    {"obstacle.bundle_missing",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "The server has no bundle %1.")},
    {"obstacle.bundle_not_ready",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "The upload of bundle %1 is not complete.")},
    {"obstacle.older", QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "Bundle %1 is older than %2.")},
    {"obstacle.not_encrypted",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "Bundle %1 is not encrypted; the one before was.")},
    {"obstacle.other_key",
     QT_TRANSLATE_NOOP(
         "gatehouse::widgets::Review",
         "Bundle %1 is encrypted with another key than %2: apps with the old public key cannot open it.")},
    {"obstacle.new_native",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "The bundle calls the native package %1 %2, which the "
                                                     "one before did not: apps without it may fail.")},
    {"obstacle.few_outcomes",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "Only %1 devices have tried the bundle so far."), "1"},
    {"obstacle.rules_value", QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                                               "A rule has a value that its column does not take: %1.")},
    {"obstacle.rules_no_platform",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "Without a platform the channel serves nobody. To stop a rollout, pause it.")},
    {"obstacle.rules_no_build",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "Without store and development builds the channel serves nobody.")},
    {"obstacle.rules_no_device",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "Without devices and emulators the channel serves nobody.")},
    {"obstacle.rules_no_limit",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "Without a limit for failures the automatic pause never acts.")},
    {"obstacle.rules_range",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "%1 must be between %2 and %3.")},
    {"obstacle.rules_no_minimum",
     QT_TRANSLATE_NOOP(
         "gatehouse::widgets::Review",
         "Bundle %1 names no lowest native version: devices would get an error instead of it.")},
    {"obstacle.rules_other_default",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "Channel %1 stops being the default, and this cannot be undone with one action.")},
    {"obstacle.rules_no_default",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "Devices on %1 that ask for no channel get none then; they keep what they run.")},
    {"obstacle.rules_unreachable",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review", "Only pinned devices reach the channel then.")},
    {"obstacle.rules_self_set",
     QT_TRANSLATE_NOOP("gatehouse::widgets::Review",
                       "Any device of the app can join the channel by itself then.")},
});

// By hand: a chain of arg() would look for markers inside foreign values.
QString fill(const QString &pattern, const QStringList &args)
{
    QString text;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const bool marker =
            pattern.at(i) == QLatin1Char('%') && i + 1 < pattern.size() && pattern.at(i + 1).isDigit();
        const int number = marker ? pattern.at(i + 1).digitValue() : 0;
        if (number >= 1 && number <= args.size()) {
            text += displayable(args.at(number - 1), 96);
            ++i;
        } else {
            text += pattern.at(i);
        }
    }
    return text;
}

// The sentence has its numbers as a program writes them.
QStringList inOurDigits(QStringList args, const char *places)
{
    for (const char *place = places; *place != '\0'; ++place) {
        const qsizetype index = *place - '1';
        bool isNumber = false;
        const double number = index < args.size() ? args.at(index).toDouble(&isNumber) : 0;
        if (isNumber) {
            args[index] = args.at(index).contains(QLatin1Char('.'))
                              ? QLocale().toString(number, 'g', 5)
                              : formatCount(static_cast<qint64>(number));
        }
    }
    return args;
}

QString rolloutWords(const release::Pointers &pointers)
{
    if (pointers.rollout.isEmpty()) {
        return Words::tr("nothing");
    }
    const QString share = formatShare(pointers.share.value());
    const QString bundle = displayable(pointers.rollout, 64);
    if (pointers.isPaused) {
        return fill(Words::tr("%1 at %2, paused"), {bundle, share});
    }
    if (!pointers.isEnabled) {
        return fill(Words::tr("%1, not started"), {bundle});
    }
    return fill(Words::tr("%1 at %2"), {bundle, share});
}

} // namespace

QString words(const release::Sentence &sentence)
{
    for (const Pattern &pattern : kPatterns) {
        if (sentence.id == QLatin1String(pattern.id)) {
            return fill(Words::tr(pattern.text), inOurDigits(sentence.args, pattern.numbers));
        }
    }
    return displayable(release::toEnglish(sentence), 400);
}

QString bundleWords(const QString &bundle)
{
    return bundle.isEmpty() ? Words::tr("the built-in bundle") : displayable(bundle, 64);
}

QString doneWords(const release::Effect &effect)
{
    const QString channel = displayable(effect.action.channel.text(), 64);
    const QString bundle = bundleWords(effect.action.bundle);
    const QString share = effect.action.share ? formatShare(effect.action.share->value()) : QString();
    const QString rollout = effect.before.channel.rolloutVersionInfo
                                ? displayable(effect.before.channel.rolloutVersionInfo->name, 64)
                                : bundle;
    switch (effect.action.verb) {
    case wire::ActionVerb::Promote:
        return fill(Words::tr("%2 is stable on %1"), {channel, bundle});
    case wire::ActionVerb::StartRollout:
        return fill(Words::tr("%2 goes to %3 of %1"), {channel, bundle, share});
    case wire::ActionVerb::SetShare:
        return fill(Words::tr("%2 is at %3 on %1"), {channel, rollout, share});
    case wire::ActionVerb::ReplaceBundle:
        return fill(Words::tr("%2 replaces %3 on %1"), {channel, bundle, rollout});
    case wire::ActionVerb::Pause:
        return fill(Words::tr("The rollout of %2 on %1 is paused"), {channel, rollout});
    case wire::ActionVerb::Resume:
        return fill(Words::tr("The rollout of %2 on %1 goes on"), {channel, rollout});
    case wire::ActionVerb::Freeze:
        return fill(Words::tr("%1 is frozen"), {channel});
    case wire::ActionVerb::Unfreeze:
        return fill(Words::tr("%1 can be changed again"), {channel});
    case wire::ActionVerb::TakeBack:
        return fill(Words::tr("%2 is taken back on %1"), {channel, rollout});
    case wire::ActionVerb::RollBack:
        return fill(Words::tr("%1 is rolled back to %2"), {channel, bundle});
    case wire::ActionVerb::SetRules:
        return fill(Words::tr("The rules of %1 are changed"), {channel});
    }
    return {};
}

QString verbWords(const release::Review &review)
{
    const QString bundle = bundleWords(review.action.bundle);
    const QString before = formatShare(review.before.share.value());
    const QString after = formatShare(review.after.share.value());
    switch (review.action.verb) {
    case wire::ActionVerb::Promote:
        return fill(Words::tr("Make %1 stable"), {bundle});
    case wire::ActionVerb::StartRollout:
        return fill(Words::tr("Roll %1 out to %2"), {bundle, after});
    case wire::ActionVerb::SetShare:
        return fill(Words::tr("Change %1 → %2"), {before, after});
    case wire::ActionVerb::ReplaceBundle:
        return fill(Words::tr("Replace by %1"), {bundle});
    case wire::ActionVerb::Pause:
        return Words::tr("Pause the rollout");
    case wire::ActionVerb::Resume:
        return Words::tr("Resume the rollout");
    case wire::ActionVerb::Freeze:
        return Words::tr("Freeze the channel");
    case wire::ActionVerb::Unfreeze:
        return Words::tr("Unfreeze the channel");
    case wire::ActionVerb::TakeBack:
        return review.impact.isKnown ? fill(Words::tr("Take back from %1 devices", nullptr,
                                                      static_cast<int>(review.impact.changed)),
                                            {formatCount(review.impact.changed)})
                                     : Words::tr("Take back");
    case wire::ActionVerb::RollBack:
        return fill(Words::tr("Roll back to %1"), {bundle});
    case wire::ActionVerb::SetRules:
        return Words::tr("Change the rules");
    }
    return {};
}

QString titleWords(const release::Review &review)
{
    return fill(Words::tr("Review the change to %1"), {review.action.channel.text()});
}

QVector<ReviewChange> changeRows(const release::Review &review)
{
    const QString stable = Words::tr("Stable");
    const QString rollout = Words::tr("Rolling out");
    QVector<ReviewChange> rows{{stable, bundleWords(review.before.stable), bundleWords(review.after.stable)},
                               {rollout, rolloutWords(review.before), rolloutWords(review.after)}};
    if (review.before.isFrozen != review.after.isFrozen) {
        const QString yes = Words::tr("yes");
        const QString no = Words::tr("no");
        rows.append(
            {Words::tr("Frozen"), review.before.isFrozen ? yes : no, review.after.isFrozen ? yes : no});
    }
    return rows;
}

namespace {

QString whyNoEstimate(workspace::ChannelFacts::NoEstimate why)
{
    switch (why) {
    case workspace::ChannelFacts::NoEstimate::NotTold:
        return Words::tr("this server does not count checks");
    case workspace::ChannelFacts::NoEstimate::TooFew:
        return Words::tr("too few checks were seen so far");
    case workspace::ChannelFacts::NoEstimate::None:
    case workspace::ChannelFacts::NoEstimate::NotLoaded:
        break;
    }
    return Words::tr("check-in habits are not loaded yet");
}

ImpactFigure takeBackFigure(const release::Review &review, const wire::ChannelState &state,
                            const workspace::ChannelFacts &facts)
{
    const bool goesBack =
        review.action.verb == wire::ActionVerb::TakeBack || review.action.verb == wire::ActionVerb::RollBack;
    const QString label = goesBack ? Words::tr("Until 90 % are back") : Words::tr("Time to take 90 % back");
    const auto estimate = facts.takeBack(state, review.impact.after);
    if (!estimate) {
        return {label, {}, {}, whyNoEstimate(facts.whyNoEstimate(state))};
    }
    return {label, fill(Words::tr("about %1"), {formatDuration(estimate->most)})};
}

} // namespace

QVector<ImpactFigure> impactFigures(const release::Review &review, const wire::ChannelState &state,
                                    const workspace::ChannelFacts &facts)
{
    const QString reached = Words::tr("Devices reached");
    const QString failures = Words::tr("Failures to expect");
    const QString changed = Words::tr("Devices that change");
    const ImpactFigure back = takeBackFigure(review, state, facts);
    if (!review.impact.isKnown) {
        const QString why = Words::tr("no device is known to be active");
        return {{reached, {}, {}, why}, {review.isSafer ? changed : failures, {}, {}, why}, back};
    }
    const ImpactFigure reach{reached, ImpactStrip::beforeAfter(formatCount(review.impact.before),
                                                               formatCount(review.impact.after))};
    if (review.isSafer || review.action.verb == wire::ActionVerb::Promote) {
        return {reach,
                {changed, formatCount(review.impact.changed),
                 fill(Words::tr("of %1"), {formatCount(review.impact.activeDevices)})},
                back};
    }
    const monitor::FailureRate known{state.rolloutAttempts, state.rolloutFailures};
    const monitor::Impact expected =
        monitor::estimateImpact(review.impact.before, review.impact.after, known);
    ImpactFigure expect{failures, {}, {}, Words::tr("no device has tried it yet")};
    if (expected.failures) {
        expect = {failures, formatCount(expected.failures->expected),
                  fill(Words::tr("%1, estimated"), {formatInterval(formatCount(expected.failures->low),
                                                                   formatCount(expected.failures->high))})};
    }
    return {reach, expect, back};
}

} // namespace gatehouse::widgets
