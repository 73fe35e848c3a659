// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>

#include <condition_variable>
#include <mutex>

namespace gatehouse::client {

/// Where the caller of send() waits for the exchange that runs on the transport's thread.
class Ticket
{
public:
    void settle(Result<Response> outcome);
    [[nodiscard]] bool isSettled();
    void wait();
    /// @return false when the deadline came first
    bool waitUntil(std::chrono::steady_clock::time_point deadline);
    [[nodiscard]] Result<Response> take();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Result<Response>> m_outcome;
};

/// A part of a file as a device that Qt can rewind and measure.
class FileRange final : public QIODevice
{
public:
    explicit FileRange(const FileSlice &slice);
    /// @error Io "client.file"
    Result<void> openForReading();
    [[nodiscard]] qint64 size() const override { return m_slice.length; }
    bool seek(qint64 position) override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    FileSlice m_slice;
    QFile m_file;
};

/// One request on its way. Lives on the transport's thread and deletes itself when settled.
class Exchange final : public QObject
{
    Q_OBJECT

public:
    /// request must live until the ticket is settled: its owner waits.
    Exchange(const Request &request, const TlsTrust &trust, std::shared_ptr<Ticket> ticket, QObject *parent);
    ~Exchange() override;

    void start(QNetworkAccessManager &network);
    /// Ends the exchange with this error, unless it is settled already.
    void abort(Error reason);
    [[nodiscard]] const std::shared_ptr<Ticket> &ticket() const { return m_ticket; }

private:
    void onMetaDataChanged();
    void onReadyRead();
    void onEncrypted();
    void onFinished();
    [[nodiscard]] QNetworkRequest networkRequest() const;
    [[nodiscard]] QNetworkReply *dispatch(QNetworkAccessManager &network);
    [[nodiscard]] Error failure() const;
    [[nodiscard]] Response response() const;
    void settle(Result<Response> outcome);

    const Request &m_request;
    const TlsTrust &m_trust;
    std::shared_ptr<Ticket> m_ticket;
    QString m_requestId;
    QNetworkReply *m_reply = nullptr;
    std::unique_ptr<FileRange> m_upload;
    QByteArray m_body;
    QStringList m_tlsErrors;
    std::optional<Error> m_reason;
    int m_status = 0;
};

/// Nothing, when this may be asked: https, or http to this computer. @error Invalid "client.url"
Result<void> checkUrl(const QUrl &url);
[[nodiscard]] bool isLoopbackHost(const QString &host);
/// Nothing, unless this is the thread of the windows, which must never wait. @error Internal
/// "client.gui_thread"
Result<void> checkThread();

} // namespace gatehouse::client
