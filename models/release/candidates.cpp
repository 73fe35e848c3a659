// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/candidates.h"

#include "core/semver.h"

#include <algorithm>

namespace gatehouse::release {

namespace {
bool wasTakenBack(const wire::ChannelState &channel, const QString &bundle)
{
    // Newest first.
    const auto last =
        std::find_if(channel.history.cbegin(), channel.history.cend(),
                     [&](const wire::ChannelHistoryEntry &entry) { return entry.bundle == bundle; });
    return last != channel.history.cend() && wire::verbFromName(last->what) == wire::ActionVerb::TakeBack;
}
} // namespace

QVector<Candidate> candidatesFor(const wire::ChannelState &channel, const QVector<wire::BundleRow> &bundles)
{
    QVector<Candidate> candidates;
    for (const wire::BundleRow &row : bundles) {
        if (row.isReady() && channel.channel.version != row.id) {
            candidates.append({row.name, wasTakenBack(channel, row.name)});
        }
    }
    return candidates;
}

QString likelyCandidate(const QVector<Candidate> &candidates, const QString &stable)
{
    const Result<SemanticVersion> floor = SemanticVersion::parse(stable);
    std::optional<SemanticVersion> best;
    QString likely;
    for (const Candidate &candidate : candidates) {
        const Result<SemanticVersion> version = SemanticVersion::parse(candidate.bundle);
        if (candidate.wasTakenBack || !version || (floor && *version <= *floor) ||
            (best && *version <= *best)) {
            continue;
        }
        best = *version;
        likely = candidate.bundle;
    }
    if (!likely.isEmpty() || candidates.isEmpty()) {
        return likely;
    }
    const auto kept = std::find_if(candidates.cbegin(), candidates.cend(),
                                   [](const Candidate &candidate) { return !candidate.wasTakenBack; });
    return kept == candidates.cend() ? candidates.first().bundle : kept->bundle;
}

} // namespace gatehouse::release
