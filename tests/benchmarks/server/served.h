// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QProcess>

#include <chrono>

namespace gatehouse::benchmark {

constexpr int kBundles = 1000;
inline const QString &appOfBench()
{
    static const QString id = QStringLiteral("com.example.bench");
    return id;
}

/// The device with this number.
[[nodiscard]] QByteArray deviceId(qint64 number);

/// A data folder with one app, kBundles bundles, a channel with a rollout of 25 %, and so many devices.
Result<void> fillFolder(const QString &folder, qint64 devices);

/// What the child does: the HTTP server of gatehouse-server with its device routes on this folder, and the
/// routes "/constant" (answered by a handler thread) and "/constant-here" (by the connection's own).
int serveFolder(const QString &folder, int threads);

/// The server in a process of its own, so that its processor time can be told from the load's.
class Served
{
public:
    Served(const QString &folder, int threads);
    ~Served();
    Served(const Served &) = delete;
    Served &operator=(const Served &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    /// User and system time of all its threads, until now.
    [[nodiscard]] std::chrono::duration<double> processorTime() const;

private:
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace gatehouse::benchmark
