// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/bundlerow.h"
#include "wire/channelaction.h"

#include <QString>
#include <QVector>

namespace gatehouse::release {

/// A bundle that could be rolled out on a channel.
struct Candidate
{
    QString bundle;
    bool wasTakenBack = false; ///< the last that happened to it on this channel

    bool operator==(const Candidate &) const = default;
};

/// Every ready bundle but the stable one, in the order of the rows.
[[nodiscard]] QVector<Candidate> candidatesFor(const wire::ChannelState &channel,
                                               const QVector<wire::BundleRow> &bundles);

/// Which of them is most likely meant: the highest version above the stable one that was not taken back, else
/// the first that was not, else the first. Empty without candidates.
[[nodiscard]] QString likelyCandidate(const QVector<Candidate> &candidates, const QString &stable);

} // namespace gatehouse::release
