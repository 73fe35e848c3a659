// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "wire/deviceprotocol.h"

#include <QByteArray>

namespace gatehouse::fleet {

/// What can wake a device.
enum class Wake {
    Open,        ///< the person opens the app
    Close,       ///< the app goes to the background
    Ready,       ///< the page called notifyAppReady
    NotReady,    ///< the time for it is over
    Transferred, ///< the network of this device has carried the whole bundle
    Flush,       ///< events leave the queue
};
inline constexpr int kWakeKinds = 6;

/// Something about a device that is counted for the figures.
enum class Moment {
    Check,
    Offer,
    Download,
    Install,    ///< a bundle was made the active one and came up
    Failure,    ///< any failure that the device reported
    RollBack,   ///< it went back to its last good bundle
    EventsLost, ///< the queue was full, or the server would not have them
};

/// Answer to an update check. An error: the network, or a status other than 2xx.
struct Checked
{
    Result<wire::UpdateAnswer> answer;
    int status = 0;
    Milliseconds retryAfter{0}; ///< simulated; 429 alone, 0 when the server named none
};

/// What became of the download, check and unpacking of an offer; the work itself is really done.
struct Fetched
{
    QString failure;  ///< the action a plugin reports; empty when the bundle is intact
    QString file;     ///< the file of a manifest that failed
    qint64 bytes = 0; ///< of what was transferred
    bool hasIndex = true;
    bool callsReady = true; ///< some script names notifyAppReady
};

/// What became of a batch of events.
struct Delivered
{
    enum class Verdict { Taken, Later, Refused } verdict = Verdict::Later;
    bool is429 = false;
    Milliseconds retryAfter{0}; ///< simulated
};

/// What a device may ask of the world around it. Answers come back to the device by its methods.
class World
{
public:
    virtual ~World() = default;
    /// Simulated time.
    [[nodiscard]] virtual UtcTime now() const = 0;
    /// The time of day on the device, as it goes into events: the real one.
    [[nodiscard]] virtual qint64 wallMs() const = 0;
    virtual void wake(int device, Milliseconds after, Wake kind, quint32 ticket) = 0;
    virtual void check(int device, const wire::DeviceInfo &info) = 0;
    virtual void fetch(int device, const wire::UpdateAnswer &offer) = 0;
    /// The body is one event or an array of them. Android's download worker wants no answer.
    enum class Answer { Wanted, Ignored };
    virtual void report(int device, const QByteArray &body, Answer answer) = 0;
    virtual void count(int device, Moment moment, const QString &what) = 0;
    /// The device now runs another bundle.
    virtual void runs(int device, const QString &before, const QString &after) = 0;
};

} // namespace gatehouse::fleet
