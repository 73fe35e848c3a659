// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/statistics.h"
#include "monitor/takeback.h"
#include "wire/channelaction.h"
#include "workspace/repository.h"

#include <QHash>

namespace gatehouse::workspace {

/// How often devices of a channel ask: checks that were counted within span.
struct CheckHabit
{
    qint64 checks = 0;
    Milliseconds span{};
    bool operator==(const CheckHabit &) const = default;
};

/// From counts by bucket, the first of which begins at from. Counting begins with the first bucket that has a
/// check; when there are enough of them that one is left out, since it may have begun in its middle. Nothing
/// while less than half a minute was counted.
[[nodiscard]] std::optional<CheckHabit> habitOf(const QVector<std::optional<double>> &counts, UtcTime from,
                                                Milliseconds step, UtcTime now);

/// What is known of channels beside their state and changes slowly: pinned devices, and how often devices
/// check in.
class ChannelFacts final : public Repository
{
    Q_OBJECT

public:
    using Repository::Repository;

    /// Why there is no estimate of the time to take a bundle back.
    enum class NoEstimate {
        None,      ///< there is one
        NotLoaded, ///< or it could not be loaded
        NotTold,   ///< the server does not count checks
        TooFew,    ///< no device or hardly a check was seen yet
    };

    /// Nothing forgets everything.
    void setSource(client::SessionPtr session, std::optional<AppId> app);
    void refresh();

    /// Nothing while it is not known.
    [[nodiscard]] std::optional<qint64> pinned(qint64 channelId) const;
    [[nodiscard]] std::optional<monitor::TakeBackEstimate> takeBack(const wire::ChannelState &state,
                                                                    qint64 devicesToReach) const;
    [[nodiscard]] NoEstimate whyNoEstimate(const wire::ChannelState &state) const;

private:
    struct Facts
    {
        std::optional<QHash<qint64, qint64>> pinned;
        std::optional<QHash<QString, CheckHabit>> habits;
        bool operator==(const Facts &) const = default;
    };
    static Result<Facts> read(const client::SessionPtr &session, const AppId &app, UtcTime now,
                              Operation &operation);

    client::SessionPtr m_session;
    std::optional<AppId> m_app;
    Facts m_facts;
};

} // namespace gatehouse::workspace
