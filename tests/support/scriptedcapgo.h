// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scriptedserver.h"

#include <QJsonObject>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::test {

/// The part of Capgo that an upload meets, with a memory: discovery, the RPCs, the row, TUS, the channel. A
/// test can step in before any request. @source spec: management-api, section 5
class ScriptedCapgo
{
public:
    /// Answers instead of the server, or lets it answer.
    using StepIn = std::function<std::optional<Reply>(const Seen &)>;

    explicit ScriptedCapgo(StepIn stepIn = {}, ScriptedServer::Cut cut = {});

    [[nodiscard]] ScriptedServer &server() { return *m_server; }
    [[nodiscard]] QUrl url() const { return m_server->url(); }
    /// "POST /rest/v1/rpc/get_user_id", … without queries, in the order in which they came.
    [[nodiscard]] QStringList calls() const;

    /// What the server holds; only look when no request is under way.
    struct Memory
    {
        std::optional<QJsonObject> row;
        QByteArray content;
        qint64 length = -1;
        QByteArray channelVersion;
        int deletions = 0;
    };
    [[nodiscard]] Memory &memory() { return m_memory; }

private:
    Reply answer(const Seen &seen);
    Reply rpc(const QByteArray &name) const;
    Reply versions(const Seen &seen);
    Reply tus(const Seen &seen);

    StepIn m_stepIn;
    Memory m_memory;
    std::unique_ptr<ScriptedServer> m_server;
};

} // namespace gatehouse::test
