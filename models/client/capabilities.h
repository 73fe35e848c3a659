// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "wire/capabilities.h"

#include <QHash>

namespace gatehouse::client {

/// What a server may or may not be able to do. The names on the wire: featureName().
enum class Feature {
    LiveEvents,        ///< server-sent events; else polling
    Series,            ///< roll-ups by minute, hour, day, in devices; else Capgo's daily counters
    ReleaseState,      ///< frozen flag, history and impact numbers beside the channel
    ReleaseActions,    ///< one atomic, repeatable call for each action; else several Capgo calls
    Freeze,            ///< a flag that stops every change of pointers and shares
    ReplaceBundle,     ///< a fix takes over the rollout's devices in the same order
    Explain,           ///< which rule decides what a device gets
    TrustRoot,         ///< who may sign what, kept and enforced by the server
    Approvals,         ///< promotions need signatures, enforced by the server
    Statements,        ///< signed release statements beside bundles
    Plans,             ///< staged rollouts run by the server
    JournalWitness,    ///< the server remembers the journal's head
    ResumableUpload,   ///< TUS
    DeltaUpload,       ///< file-wise bundles
    ConditionalWrites, ///< a change is refused when somebody was faster
};
[[nodiscard]] QString featureName(Feature feature);

/// One feature of one server: there, or not there with the reason.
struct Availability
{
    bool isAvailable = false;
    QString reasonId; ///< stable: "capgo", "version", "config", "unknown"
    QString reason;   ///< one sentence, why not
    bool operator==(const Availability &) const = default;
};

enum class ServerKind { Gatehouse, Capgo };

/// What GET FILES/files/config says. @source spec: management-api, section 0.2
struct FilesConfig
{
    bool hasTus = true;
    bool isTusForced = false;
    bool hasPartialUpload = false;
    qint64 maxUploadBytes = 1073741824;
    qint64 maxChunkBytes = 103809024;
    qint64 warnUploadBytes = 20971520;
    bool operator==(const FilesConfig &) const = default;
};

/// What one server can do, found by asking it once. A value: copy it freely.
class Capabilities
{
public:
    Capabilities() = default;
    [[nodiscard]] static Capabilities ofGatehouse(const wire::ServerCapabilities &answer,
                                                  const FilesConfig &files);
    [[nodiscard]] static Capabilities ofCapgo(const FilesConfig &files);

    [[nodiscard]] Availability of(Feature feature) const;
    [[nodiscard]] bool has(Feature feature) const { return of(feature).isAvailable; }
    [[nodiscard]] ServerKind kind() const { return m_kind; }
    /// Empty on Capgo.
    [[nodiscard]] const QString &serverId() const { return m_serverId; }
    [[nodiscard]] const QString &version() const { return m_version; }
    [[nodiscard]] const FilesConfig &files() const { return m_files; }
    /// True, false, or nothing when the server does not tell what this caller may do.
    [[nodiscard]] std::optional<bool> mayCall(const QString &permission) const;

private:
    ServerKind m_kind = ServerKind::Capgo;
    QString m_serverId;
    QString m_version;
    FilesConfig m_files;
    QHash<Feature, Availability> m_features;
    std::optional<QStringList> m_permissions;
};

/// @error Protocol "wire.json"
Result<FilesConfig> parseFilesConfig(const QByteArray &body);

} // namespace gatehouse::client
