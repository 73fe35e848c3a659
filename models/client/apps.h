// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session.h"
#include "core/ids.h"
#include "wire/approw.h"

namespace gatehouse::client {

/// An organization the key can see.
struct Organization
{
    QString id; ///< uuid
    QString name;
    bool operator==(const Organization &) const = default;
};

/// The apps of a server. @source spec: management-api, sections 2.1 and 2.6
class Apps
{
public:
    explicit Apps(SessionPtr session)
        : m_session(std::move(session))
    {}

    /// In the order of their ids.
    Result<QVector<wire::AppRow>> list(Operation &operation) const;
    Result<wire::AppRow> one(const AppId &app, Operation &operation) const;
    /// @param organization  uuid of its owner
    /// @error Conflict "server.app_id_already_exists"
    Result<wire::AppRow> create(const AppId &app, const QString &name, const QString &organization,
                                Operation &operation) const;
    Result<void> remove(const AppId &app, Operation &operation) const;
    Result<QVector<Organization>> organizations(Operation &operation) const;

private:
    SessionPtr m_session;
};

} // namespace gatehouse::client
