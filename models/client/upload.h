// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session.h"
#include "core/ids.h"
#include "wire/bundlerow.h"

namespace gatehouse::client {

/// One file of a release that is also uploaded file by file ("delta"), as it is stored.
struct UploadFile
{
    QString fileName;    ///< path in the bundle; ".br" behind it when the payload is Brotli
    QString fileHash;    ///< hex, as devices get it (protected when encrypted)
    QString storageName; ///< last part of its storage key
    QString payload;     ///< the file with the stored bytes
    qint64 bytes = 0;

    bool operator==(const UploadFile &) const = default;
};

/// A finished artifact on its way to a server.
struct UploadRequest
{
    AppId app;
    BundleName name;
    QString file;       ///< the stored artifact: the archive, or its ciphertext
    QString checksum;   ///< hex, as devices get it (protected when encrypted)
    QString sessionKey; ///< empty when not encrypted
    QString keyId;
    std::optional<QString> minUpdateVersion = {};
    QVector<wire::NativePackage> nativePackages = {};
    /// Empty: devices load the archive only.
    QVector<UploadFile> files = {};
    QString link = {};
    QString comment = {};
    /// Set to this bundle when everything is there. Missing channels are created.
    QVector<ChannelName> channels = {};
    /// When set, the state of a started upload is kept here, so that one cut off by a crash goes on; removed
    /// at the end, however it ends.
    QString stateFile = {};
};

struct UploadOutcome
{
    wire::BundleRow bundle;
    qint64 bytes = 0;
    bool wasResumed = false;
};

/// What a started upload needs to go on. @error Invalid "client.upload_state" when the text is none
struct UploadState
{
    QString identity; ///< of the session
    QString app;
    QString name;
    qint64 size = 0;
    QString checksum;
    QUrl location;

    [[nodiscard]] QByteArray toJson() const;
    static Result<UploadState> fromJson(const QByteArray &body);
    bool operator==(const UploadState &) const = default;
};

struct UploadSettings
{
    qint64 chunkBytes = 8LL * 1024 * 1024;
    /// Before each repetition of a chunk that did not get through.
    QVector<std::chrono::milliseconds> waits = {
        std::chrono::milliseconds(0), std::chrono::milliseconds(1000), std::chrono::milliseconds(3000),
        std::chrono::milliseconds(5000), std::chrono::milliseconds(10000)};
    std::chrono::milliseconds stallTimeout{30000};
};

/// Capgo's own upload sequence, resumable. Cancelled or failed, it leaves neither row nor content on the
/// server. Reports the step "Upload" in bytes, then "Files" in bytes where the release is uploaded file by
/// file, too.
/// @error Conflict "client.bundle_exists", Denied "client.upload_2fa", Denied "client.upload_plan",
///        Invalid "client.upload_too_large", Io "client.file", and those of the session
/// @source spec: management-api, sections 5.1, 5.2 and 5.5
Result<UploadOutcome> uploadBundle(const Session &session, const UploadRequest &request, Operation &operation,
                                   const UploadSettings &settings = {});

} // namespace gatehouse::client
