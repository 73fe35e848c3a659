// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session.h"
#include "core/ids.h"
#include "wire/bundlerow.h"

namespace gatehouse::client {

/// The bundles of an app. @source spec: management-api, section 2.2
class Bundles
{
public:
    explicit Bundles(SessionPtr session)
        : m_session(std::move(session))
    {}

    /// Newest first, without deleted ones, with sizes where the server knows them.
    Result<QVector<wire::BundleRow>> list(const AppId &app, Operation &operation) const;
    /// @error NotFound "client.bundle"
    Result<wire::BundleRow> one(const AppId &app, const BundleName &name, Operation &operation) const;
    /// @error Conflict "server.cannot_delete_linked_version" while a channel uses it
    Result<void> remove(const AppId &app, const BundleName &name, Operation &operation) const;
    /// Nothing keeps what is there.
    Result<void> setMetadata(const AppId &app, qint64 bundleId, const std::optional<QString> &link,
                             const std::optional<QString> &comment, Operation &operation) const;
    /// Downloads the stored artifact as a device would get it. @param expectedBytes for progress, 0 when
    /// unknown
    Result<void> download(const QString &r2Path, const BodySink &sink, qint64 expectedBytes,
                          Operation &operation) const;

private:
    SessionPtr m_session;
};

} // namespace gatehouse::client
