// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/channeltext.h"
#include "cli/command.h"

#include "client/channels.h"

#include <array>

namespace gatehouse::cli {

namespace {

struct Flag
{
    const char *option;
    const char *field; ///< of POST /channel
    bool isReversed;
};

/// @source spec: management-api, section 2.3
constexpr std::array kFlags{
    Flag{"public", "public", false},
    Flag{"ios", "ios", false},
    Flag{"android", "android", false},
    Flag{"electron", "electron", false},
    Flag{"self-set", "allow_device_self_set", false},
    Flag{"emulators", "allow_emulator", false},
    Flag{"devices", "allow_device", false},
    Flag{"dev-builds", "allow_dev", false},
    Flag{"prod-builds", "allow_prod", false},
    Flag{"under-native", "disableAutoUpdateUnderNative", true},
};

Result<bool> yesOrNo(const char *option, const QString &text)
{
    if (text == QLatin1String("yes") || text == QLatin1String("no")) {
        return text == QLatin1String("yes");
    }
    return makeError(ErrorKind::Invalid, "cli.yes_no",
                     QStringLiteral("--%1 takes yes or no, not \"%2\".").arg(QLatin1String(option), text));
}

Result<QJsonObject> fieldsOf(const Arguments &arguments)
{
    QJsonObject fields;
    for (const Flag &flag : kFlags) {
        if (const std::optional<QString> text = arguments.value(flag.option)) {
            GATEHOUSE_ASSIGN(const bool value, yesOrNo(flag.option, *text));
            fields.insert(QLatin1String(flag.field), value != flag.isReversed);
        }
    }
    if (const std::optional<QString> upTo = arguments.value("auto-update")) {
        static const QStringList words = {QStringLiteral("major"), QStringLiteral("minor"),
                                          QStringLiteral("patch"), QStringLiteral("version_number"),
                                          QStringLiteral("none")};
        if (!words.contains(*upTo)) {
            return makeError(ErrorKind::Invalid, "cli.auto_update",
                             QStringLiteral("--auto-update takes %1.").arg(words.join(QStringLiteral(", "))));
        }
        fields.insert(QStringLiteral("disableAutoUpdate"), *upTo);
    }
    return fields;
}

} // namespace

Result<void> runChannelSet(Context &context)
{
    GATEHOUSE_ASSIGN(const ChannelName name,
                     context.arguments().positional(0, "The channel's name").then(ChannelName::parse));
    GATEHOUSE_TRY(context.arguments().atMost(1));
    GATEHOUSE_ASSIGN(const AppId app, context.arguments().app());
    GATEHOUSE_ASSIGN(const QJsonObject fields, fieldsOf(context.arguments()));
    GATEHOUSE_ASSIGN(const client::SessionPtr session, context.session());
    const client::Channels channels(session);
    GATEHOUSE_TRY(channels.put(app, name, fields, context.operation()));
    GATEHOUSE_ASSIGN(const client::MarkedChannel now, channels.one(app, name, context.operation()));
    context.output().result(
        now.row.toJson(),
        {QStringLiteral("Channel    ") + now.row.name,
         QStringLiteral("Public     ") + (now.row.isPublic ? QStringLiteral("yes") : QStringLiteral("no")),
         QStringLiteral("Platforms  ") + platformsText(now.row),
         QStringLiteral("Updates    up to ") + now.row.disableAutoUpdate});
    return {};
}

} // namespace gatehouse::cli
