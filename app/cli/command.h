// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"

namespace gatehouse::cli {

/// A command as the table knows it. Its function answers through Context::output().
struct Command
{
    QString group; ///< "key"; empty for commands of one word
    QString name;
    QString words;   ///< what follows, for help: "FOLDER"
    QString summary; ///< one sentence
    QVector<OptionSpec> options;
    Result<void> (*run)(Context &context);

    /// "key create", "status".
    [[nodiscard]] QString title() const;
};

/// All commands, in the order of help.
[[nodiscard]] const QVector<Command> &commands();
/// The command that the words begin with, and how many words that took.
struct FoundCommand
{
    const Command *command = nullptr;
    qsizetype words = 0;
};
/// @error Invalid "cli.command"
Result<FoundCommand> findCommand(const QStringList &words);

[[nodiscard]] QStringList programHelp();
[[nodiscard]] QStringList commandHelp(const Command &command);

// One function a command, each in a file of its own.
Result<void> runKeyCreate(Context &context);
Result<void> runKeyList(Context &context);
Result<void> runKeyExport(Context &context);
Result<void> runKeyImport(Context &context);
Result<void> runKeyBackup(Context &context);
Result<void> runKeyRestore(Context &context);
Result<void> runBundleBuild(Context &context);
Result<void> runBundleVerify(Context &context);
Result<void> runBundleDecrypt(Context &context);
Result<void> runBundleList(Context &context);
Result<void> runUpload(Context &context);
Result<void> runChannelList(Context &context);
Result<void> runChannelShow(Context &context);
Result<void> runChannelSet(Context &context);
Result<void> runChannelRollout(Context &context);
Result<void> runChannelPause(Context &context);
Result<void> runChannelPromote(Context &context);
Result<void> runChannelRollback(Context &context);
Result<void> runStatus(Context &context);
Result<void> runCompletion(Context &context);

} // namespace gatehouse::cli
