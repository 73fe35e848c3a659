// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QVector>

namespace gatehouse::test {

/// What a run of the real gatehouse-cli gave.
struct CliRun
{
    int code = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject json() const;
    /// "crypto.seal.passphrase", of an answer in JSON.
    [[nodiscard]] QString errorId() const;
};

/// A text that the program reads from an open descriptor.
struct OnDescriptor
{
    QString option; ///< "--passphrase-fd"
    QByteArray text;
};

[[nodiscard]] QString cliProgram();
/// Runs it to its end, in folder, without a terminal.
[[nodiscard]] CliRun runCli(const QString &folder, QStringList arguments,
                            const QVector<OnDescriptor> &secrets = {});

} // namespace gatehouse::test
