// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/review.h"

#include <QHash>

namespace gatehouse::release {

namespace {

const QHash<QString, QString> &sentences()
{
    static const QHash<QString, QString> all = {
        {QStringLiteral("review.promote"),
         QStringLiteral("Bundle %1 becomes the stable one of channel \"%2\", instead of %3.")},
        {QStringLiteral("review.start_rollout"),
         QStringLiteral("Bundle %1 goes to %3 % of the devices of channel \"%2\".")},
        {QStringLiteral("review.raise_share"),
         QStringLiteral("Bundle %1 goes to %4 % of the devices of channel \"%2\", from %3 %.")},
        {QStringLiteral("review.lower_share"),
         QStringLiteral(
             "No more than %4 % of the devices of channel \"%2\" newly get bundle %1, from %3 %.")},
        {QStringLiteral("review.replace_bundle"),
         QStringLiteral(
             "Bundle %1 takes the place of %2 in the rollout of channel \"%3\"; the same devices come "
             "first.")},
        {QStringLiteral("review.pause"),
         QStringLiteral("No further device of channel \"%2\" gets bundle %1 until the rollout is resumed.")},
        {QStringLiteral("review.resume"),
         QStringLiteral("The rollout of bundle %1 on channel \"%2\" goes on.")},
        {QStringLiteral("review.freeze"),
         QStringLiteral("What channel \"%1\" serves cannot be changed until it is unfrozen.")},
        {QStringLiteral("review.unfreeze"),
         QStringLiteral("What channel \"%1\" serves can be changed again.")},
        {QStringLiteral("review.take_back"),
         QStringLiteral(
             "The rollout of bundle %1 on channel \"%2\" ends; its devices go back to %3 at their next "
             "check.")},
        {QStringLiteral("review.roll_back"),
         QStringLiteral("All devices of channel \"%1\" go back to bundle %2 at their next check, from %3.")},
        {QStringLiteral("review.set_rules"), QStringLiteral("The rules of channel \"%1\" change: %2.")},
        {QStringLiteral("review.devices_change"),
         QStringLiteral("%1 of %2 devices that were active in the last 7 days get another bundle.")},
        {QStringLiteral("review.devices_none"), QStringLiteral("No device gets another bundle than now.")},
        {QStringLiteral("review.devices_unknown"),
         QStringLiteral(
             "How many devices this reaches is not known: the server does not tell, or none was active in "
             "the last 7 days.")},
        {QStringLiteral("review.devices_keep"), QStringLiteral("Devices that have bundle %1 keep it.")},
        {QStringLiteral("review.failures_expected"),
         QStringLiteral("About %1 devices may fail (%2 to %3), going by those that tried it so far.")},
        {QStringLiteral("obstacle.unavailable"), QStringLiteral("%1")},
        {QStringLiteral("obstacle.permission"), QStringLiteral("This API key lacks the permission %1.")},
        {QStringLiteral("obstacle.frozen"), QStringLiteral("Channel \"%1\" is frozen.")},
        {QStringLiteral("obstacle.no_rollout"), QStringLiteral("Channel \"%1\" has no rollout.")},
        {QStringLiteral("obstacle.share_zero"),
         QStringLiteral("A share ends at 0.01 %: to bring the devices back, take the rollout back.")},
        {QStringLiteral("obstacle.no_stable"),
         QStringLiteral("Channel \"%1\" has no stable bundle yet, which a rollout needs beside it.")},
        {QStringLiteral("obstacle.same_as_stable"), QStringLiteral("Bundle %1 is the stable one already.")},
        {QStringLiteral("obstacle.other_rollout"),
         QStringLiteral("This ends the rollout of bundle %1, which is at %2 %.")},
        {QStringLiteral("obstacle.rollout_goes_on"),
         QStringLiteral("The rollout of bundle %1 at %2 % goes on beside it.")},
        {QStringLiteral("obstacle.paused"),
         QStringLiteral("The rollout of bundle %1 is paused: the share counts once it is resumed.")},
        {QStringLiteral("obstacle.bundle_missing"), QStringLiteral("The server has no bundle %1.")},
        {QStringLiteral("obstacle.bundle_not_ready"),
         QStringLiteral("The upload of bundle %1 is not complete.")},
        {QStringLiteral("obstacle.older"), QStringLiteral("Bundle %1 is older than %2.")},
        {QStringLiteral("obstacle.not_encrypted"),
         QStringLiteral("Bundle %1 is not encrypted; the one before was.")},
        {QStringLiteral("obstacle.other_key"),
         QStringLiteral(
             "Bundle %1 is encrypted with another key than %2: apps with the old public key cannot open "
             "it.")},
        {QStringLiteral("obstacle.new_native"),
         QStringLiteral(
             "The bundle calls the native package %1 %2, which the one before did not: apps without it "
             "may fail.")},
        {QStringLiteral("obstacle.few_outcomes"),
         QStringLiteral("Only %1 devices have tried the bundle so far.")},
        {QStringLiteral("obstacle.rules_value"),
         QStringLiteral("A rule has a value that its column does not take: %1.")},
        {QStringLiteral("obstacle.rules_no_platform"),
         QStringLiteral("Without a platform the channel serves nobody.")},
        {QStringLiteral("obstacle.rules_no_build"),
         QStringLiteral("Without store and development builds the channel serves nobody.")},
        {QStringLiteral("obstacle.rules_no_device"),
         QStringLiteral("Without devices and emulators the channel serves nobody.")},
        {QStringLiteral("obstacle.rules_no_limit"),
         QStringLiteral("Without a limit for failures the automatic pause never acts.")},
        {QStringLiteral("obstacle.rules_range"), QStringLiteral("%1 must be between %2 and %3.")},
        {QStringLiteral("obstacle.rules_no_minimum"),
         QStringLiteral("Bundle %1 names no lowest native version: devices would get an error for it.")},
        {QStringLiteral("obstacle.rules_other_default"),
         QStringLiteral("Channel \"%1\" stops being the default.")},
        {QStringLiteral("obstacle.rules_no_default"),
         QStringLiteral("Devices on %1 that ask for no channel get none then.")},
        {QStringLiteral("obstacle.rules_unreachable"),
         QStringLiteral("Only pinned devices reach the channel then.")},
        {QStringLiteral("obstacle.rules_self_set"),
         QStringLiteral("Any device of the app can join the channel by itself then.")},
    };
    return all;
}

} // namespace

QString toEnglish(const Sentence &sentence)
{
    const QString pattern = sentences().value(sentence.id, sentence.id);
    QString text;
    // By hand: a chain of arg() would look for markers inside foreign values.
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const bool isMarker =
            pattern.at(i) == QLatin1Char('%') && i + 1 < pattern.size() && pattern.at(i + 1).isDigit();
        if (!isMarker) {
            text += pattern.at(i);
            continue;
        }
        ++i;
        text += sentence.args.value(pattern.at(i).digitValue() - 1);
    }
    return text;
}

} // namespace gatehouse::release
