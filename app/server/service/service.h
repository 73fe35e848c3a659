// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "server/service/options.h"

#include <QString>

#include <memory>

namespace gatehouse::server {

class Store;

/// A whole server: data folder, store, endpoints, listeners; every object once, in the order of need.
class Service
{
public:
    /// Runs when it returns. clock must outlive it.
    /// @error of DataFolder, openSqliteStore and HttpServer::start
    static Result<std::unique_ptr<Service>> start(const ServiceOptions &options, const Clock &clock);
    /// Ends requests in order; everything that was acknowledged is on the disk.
    ~Service();
    Service(const Service &) = delete;
    Service &operator=(const Service &) = delete;

    [[nodiscard]] QString serverId() const;
    /// Of the first listener.
    [[nodiscard]] quint16 port() const;
    /// Of each listener.
    [[nodiscard]] QStringList publicUrls() const;
    [[nodiscard]] Store &store();
    /// Housekeeping; a failure is logged and tried again the next time.
    void sweep();

private:
    class Private;
    explicit Service(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> m_private;
};

/// Makes a key with all rights in a data folder, whether a server runs on it or not. @return the key
Result<QString> createFirstKey(const QString &dataFolder, const QString &name, const Clock &clock);

/// Of this program.
[[nodiscard]] QString serverVersion();

} // namespace gatehouse::server
