// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport.h"

class QIODevice;

namespace gatehouse::client {

/// One TCP connection to a port of this computer, HTTP/1.1 on it, one exchange after another. Nothing is ever
/// sent a second time: Qt's own client reconnects and repeats a request when its connection is closed, with
/// the key in it, to whoever has the port then.
/// @thread blocks the caller; one at a time
class LoopbackConnection
{
public:
    /// @error Offline "client.offline", those of Operation::check
    static Result<std::unique_ptr<LoopbackConnection>> open(quint16 port, Operation &operation);
    ~LoopbackConnection();
    LoopbackConnection(const LoopbackConnection &) = delete;
    LoopbackConnection &operator=(const LoopbackConnection &) = delete;

    /// Sends and reads the whole answer. After an error the connection is of no more use.
    /// @error as Transport::send; Offline "client.closed" when it ended before an answer began
    Result<Response> exchange(const Request &request, Operation &operation);
    /// The last answer was read to its end and the other side keeps the connection.
    [[nodiscard]] bool isReusable() const { return m_isReusable; }
    /// Something came of the last answer, if only a byte.
    [[nodiscard]] bool hasHeard() const { return m_hasHeard; }
    /// It was closed, or something came unasked.
    [[nodiscard]] bool isStale() const;

private:
    class Wait;
    class Receiver;
    explicit LoopbackConnection(int socket);

    Result<void> sendHead(const Request &request, const QString &requestId, Wait &wait);
    Result<void> sendBody(const Request &request, Wait &wait);
    Result<void> sendFile(const Request &request, QIODevice &file, Wait &wait);
    /// @return bytes that went, or 0 when the other side spoke or closed before all was sent
    Result<qsizetype> sendSome(QByteArrayView bytes, Wait &wait);
    Result<bool> sendAll(QByteArrayView bytes, Wait &wait);
    Result<Response> receive(const Request &request, Wait &wait);
    Result<void> receiveBody(Receiver &receiver, Wait &wait);
    Result<void> receiveChunks(Receiver &receiver, Wait &wait);
    Result<void> receiveLength(Receiver &receiver, qint64 length, Wait &wait);
    Result<QByteArray> line(Wait &wait);
    /// Reads more into m_in. @return false: the other side closed
    Result<bool> fill(Wait &wait);

    int m_socket = -1;
    QByteArray m_in;
    bool m_hasHeard = false;
    bool m_isWholeSent = false;
    bool m_isReusable = false;
};

} // namespace gatehouse::client
