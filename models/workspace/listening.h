// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "workspace/settings.h"

namespace gatehouse::workspace {

/// How the server on this computer is reached from elsewhere, when a person switched that on.
struct Listening
{
    QString address;        ///< "0.0.0.0:8443"; empty: loopback only
    QString certificate;    ///< PEM file with the chain
    QString certificateKey; ///< PEM file
    QString publicUrl;      ///< what devices ask; empty: made from the certificate

    [[nodiscard]] bool isOn() const { return !address.isEmpty(); }
    bool operator==(const Listening &) const = default;

    [[nodiscard]] static Listening of(const Settings &settings);
    void keepIn(Settings &settings) const;
};

/// A wish that was looked at, with all that was left out.
struct CheckedListening
{
    Listening listening;
    UtcTime until; ///< when the certificate ends
};

/// Reads the files as the server will, and checks that devices will take the certificate for the address that
/// they are told. Slow: reads files.
/// @error what crypto::readTlsFiles says | Invalid "workspace.listening.url", "workspace.listening.name",
/// "workspace.listening.other_name"
[[nodiscard]] Result<CheckedListening> checkListening(Listening wish, UtcTime now);

} // namespace gatehouse::workspace
