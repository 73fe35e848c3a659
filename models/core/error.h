// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace gatehouse {

/// What sort of failure this is. Decides the exit code of the command line and the status of an HTTP answer.
enum class ErrorKind {
    Cancelled, ///< a person or a deadline of ours stopped it
    Invalid,   ///< the input breaks a rule
    NotFound,  ///< what was named does not exist
    Conflict,  ///< somebody changed it meanwhile, or it exists already
    Denied,    ///< not allowed, or the wrong key or passphrase
    Offline,   ///< no way to the other side
    Timeout,   ///< the other side did not answer in time
    Protocol,  ///< the other side answered what was not agreed
    Io,        ///< file, disk or database
    Crypto,    ///< a check of authenticity or a cipher failed
    Unusable,  ///< a service this needs is missing or locked (keychain)
    Internal,  ///< our own mistake
};

/// A failure as a value: the fact, the cause, the way out.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    /// Stable dotted id for tests, logs and translations: "bundle.archive.path".
    QString id;
    /// One sentence: what could not be done. Shown to people.
    QString what;
    /// One sentence: why. May be empty.
    QString cause;
    /// One sentence: what to do about it. May be empty.
    QString remedy;
    /// For the copyable details: library messages, status lines. Never secret.
    QStringList details = {};

    /// The same error one level up: a new fact in front, the old fact becomes the cause's beginning.
    [[nodiscard]] Error inContext(const QString &fact) const;
    [[nodiscard]] Error withDetail(const QString &detail) const;
    /// "what cause remedy" in one line, for logs and terminals.
    [[nodiscard]] QString toText() const;

    bool operator==(const Error &) const = default;
};

[[nodiscard]] Error makeError(ErrorKind kind, const char *id, const QString &what, const QString &cause = {},
                              const QString &remedy = {});
/// The kind's name as written in JSON and logs: "not_found".
[[nodiscard]] QString errorKindName(ErrorKind kind);
/// Exit code of a command that failed so: the one table (README, "Exit codes").
[[nodiscard]] int exitCode(ErrorKind kind);

} // namespace gatehouse
