// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

namespace gatehouse::cli {

namespace {

OptionSpec option(const char *name, const char *value, const char *help)
{
    return {QString::fromLatin1(name), QString::fromLatin1(value), QString::fromLatin1(help)};
}

OptionSpec appOption()
{
    return option("app", "ID", "the app, for instance com.example.app");
}

Command command(const char *group, const char *name, const char *words, const char *summary,
                QVector<OptionSpec> options, Result<void> (*run)(Context &))
{
    return {QString::fromLatin1(group),   QString::fromLatin1(name), QString::fromLatin1(words),
            QString::fromLatin1(summary), std::move(options),        run};
}

QVector<OptionSpec> withKeys(const QVector<OptionSpec> &options)
{
    return options + keyOptions() + commonOptions();
}

QVector<OptionSpec> withServer(const QVector<OptionSpec> &options)
{
    return options + serverOptions() + commonOptions();
}

QVector<OptionSpec> withAction(QVector<OptionSpec> options)
{
    return withServer(QVector<OptionSpec>{appOption(),
                                          option("yes", "", "do not ask before a change that is dangerous"),
                                          option("dry-run", "", "say what would happen, and stop")} +
                      std::move(options));
}

QVector<Command> keyCommands()
{
    const OptionSpec fingerprint = option("fingerprint", "HEX", "which key, when the app has several");
    return {
        command(
            "key", "create", "", "Make a bundle key for an app, or with --identity a release identity.",
            withKeys({appOption(), option("identity", "NAME", "make a release identity for this person")}),
            runKeyCreate),
        command("key", "list", "", "List the bundle keys and release identities of this computer.",
                withKeys({appOption()}), runKeyList),
        command("key", "export", "FILE", "Write the public half of a bundle key or identity as PEM.",
                withKeys({appOption(), fingerprint, option("identity", "KEYID", "the identity instead")}),
                runKeyExport),
        command("key", "import", "FILE",
                "Keep a bundle key that the Capgo command line made (.capgo_key_v2).",
                withKeys({appOption()}), runKeyImport),
        command(
            "key", "backup", "FILE", "Write an encrypted backup of a bundle key.",
            withKeys({appOption(), fingerprint,
                      option("backup-passphrase-fd", "N", "read the passphrase of the backup from here")}),
            runKeyBackup),
        command("key", "restore", "FILE", "Keep the bundle key of an encrypted backup.",
                withKeys({appOption(), option("backup-passphrase-fd", "N",
                                              "read the passphrase of the backup from here")}),
                runKeyRestore),
    };
}

QVector<Command> bundleCommands()
{
    return {
        command(
            "bundle", "build", "FOLDER", "Check, archive and encrypt a web folder.",
            withKeys(
                {appOption(), option("version", "VERSION", "the bundle's name, a semantic version"),
                 option("output", "FILE", "where the artifact goes"), option("plain", "", "do not encrypt"),
                 option("aes256", "", "encrypt with AES-256: stock devices do not take that"),
                 option("fingerprint", "HEX", "which bundle key, when the app has several"),
                 option("bundle-key-file", "FILE", "use this private key (PEM, mode 0600)"),
                 option("identity", "KEYID", "sign the release statement as this identity"),
                 option("identity-passphrase-fd", "N", "read the passphrase of a sealed identity from here"),
                 option("delta", "", "also each file by itself, so that devices load only what changed"),
                 option("keep-source-maps", "", "put source maps into the bundle"),
                 option("no-ready-check", "", "build although no file calls notifyAppReady")}),
            runBundleBuild),
        command(
            "bundle", "verify", "FILE", "Check an artifact as a device would.",
            {option("public-key", "FILE", "the app's public key (PEM)"),
             option("session-key", "TEXT", "instead of the one in FILE.json"),
             option("checksum", "TEXT", "instead of the one in FILE.json"),
             option("identity-key", "FILE", "the signer's public key (PEM): check FILE.statement.json, too"),
             option("json", "", "answer in JSON"), option("help", "", "say what the command does and takes")},
            runBundleVerify),
        command("bundle", "decrypt", "FILE", "Write the plain archive of an artifact.",
                {option("public-key", "FILE", "the app's public key (PEM)"),
                 option("session-key", "TEXT", "instead of the one in FILE.json"),
                 option("checksum", "TEXT", "instead of the one in FILE.json"),
                 option("output", "FILE", "where the archive goes"), option("json", "", "answer in JSON"),
                 option("help", "", "say what the command does and takes")},
                runBundleDecrypt),
        command("bundle", "list", "", "List the bundles of an app on a server.", withServer({appOption()}),
                runBundleList),
        command(
            "", "upload", "FILE", "Upload a built artifact, read it back, and stage it on a channel.",
            withServer({appOption(), option("version", "VERSION", "instead of the one in FILE.json"),
                        option("channel", "NAME", "stage it here"),
                        option("share", "PERCENT", "as a rollout to this share, not as the stable bundle"),
                        option("comment", "TEXT", "a note for people"),
                        option("link", "URL", "where to read more"),
                        option("min-version", "VERSION", "lowest native version that takes it")}),
            runUpload),
    };
}

QVector<Command> channelCommands()
{
    return {
        command("channel", "list", "", "List the channels of an app.", withServer({appOption()}),
                runChannelList),
        command("channel", "show", "NAME", "Show what a channel serves, and to how many.",
                withServer({appOption()}), runChannelShow),
        command(
            "channel", "set", "NAME", "Create a channel, or change its rules.",
            withServer(
                {appOption(), option("public", "YES|NO", "whether devices without a channel get it"),
                 option("ios", "YES|NO", "whether it serves iOS"),
                 option("android", "YES|NO", "whether it serves Android"),
                 option("electron", "YES|NO", "whether it serves Electron"),
                 option("self-set", "YES|NO", "whether devices may choose it"),
                 option("emulators", "YES|NO", "whether it serves emulators"),
                 option("devices", "YES|NO", "whether it serves real devices"),
                 option("dev-builds", "YES|NO", "whether it serves development builds"),
                 option("prod-builds", "YES|NO", "whether it serves production builds"),
                 option("under-native", "YES|NO", "whether it offers bundles older than the native build"),
                 option("auto-update", "UP-TO", "major, minor, patch, version_number or none")}),
            runChannelSet),
        command("channel", "rollout", "NAME", "Start a rollout, or move its share.",
                withAction({option("bundle", "VERSION",
                                   "start with this bundle; else the running one's share moves"),
                            option("share", "PERCENT", "how much of the devices: 0 to 100")}),
                runChannelRollout),
        command("channel", "pause", "NAME", "Pause a rollout, or resume it.",
                withAction({option("reason", "TEXT", "why"), option("resume", "", "let it go on")}),
                runChannelPause),
        command("channel", "promote", "NAME",
                "Make a bundle the stable one; without --bundle that of the rollout.",
                withAction({option("bundle", "VERSION", "which bundle")}), runChannelPromote),
        command(
            "channel", "rollback", "NAME",
            "Take a rollout back; with --to bring all devices back to an earlier bundle.",
            withAction({option("to", "VERSION", "the bundle, or builtin"), option("reason", "TEXT", "why")}),
            runChannelRollback),
    };
}

} // namespace

QString Command::title() const
{
    return group.isEmpty() ? name : QString(group + QLatin1Char(' ') + name);
}

const QVector<Command> &commands()
{
    static const QVector<Command> all =
        keyCommands() + bundleCommands() + channelCommands() +
        QVector<Command>{command("", "status", "", "Show what a server is, what it can do, and its apps.",
                                 withServer({appOption()}), runStatus),
                         command("", "completion", "bash|zsh|fish", "Print the completion for a shell.",
                                 {option("help", "", "say what the command does and takes")}, runCompletion)};
    return all;
}

Result<FoundCommand> findCommand(const QStringList &words)
{
    for (const Command &command : commands()) {
        if (command.group.isEmpty() && words.value(0) == command.name) {
            return FoundCommand{&command, 1};
        }
        if (!command.group.isEmpty() && words.value(0) == command.group && words.value(1) == command.name) {
            return FoundCommand{&command, 2};
        }
    }
    return makeError(
        ErrorKind::Invalid, "cli.command",
        QStringLiteral("There is no command \"%1\".").arg(words.mid(0, 2).join(QLatin1Char(' '))), {},
        QStringLiteral("gatehouse-cli --help lists the commands."));
}

} // namespace gatehouse::cli
