// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/schema.h"

#include <array>

namespace gatehouse::server {

namespace {

// Times are milliseconds since 1970, UTC. Texts that name a thing are compared byte by byte.
// A migration that was released is never changed; a new one is added.

constexpr const char *kReleases = R"sql(
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE organizations (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, management_email TEXT NOT NULL, owner_user_id TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE apps (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, app_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    icon_url TEXT NOT NULL, owner_org TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    default_upload_channel TEXT NOT NULL, retention INTEGER NOT NULL, expose_metadata INTEGER NOT NULL,
    allow_device_custom_id INTEGER NOT NULL, allow_preview INTEGER NOT NULL, block_provider_infra INTEGER NOT NULL,
    need_onboarding INTEGER NOT NULL, existing_app INTEGER NOT NULL, ios_store_url TEXT, android_store_url TEXT,
    build_timeout INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE app_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app_key INTEGER NOT NULL REFERENCES apps(key), name TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0, deleted_at INTEGER,
    user_id TEXT NOT NULL, storage_provider TEXT NOT NULL, r2_path TEXT, external_url TEXT, checksum TEXT,
    session_key TEXT, key_id TEXT, min_update_version TEXT, native_packages TEXT NOT NULL DEFAULT '[]',
    manifest_count INTEGER NOT NULL DEFAULT 0, link TEXT, comment TEXT, cli_version TEXT, size INTEGER,
    UNIQUE (app_key, name));
CREATE TABLE manifest (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL REFERENCES app_versions(id) ON DELETE CASCADE,
    file_name TEXT NOT NULL, s3_path TEXT NOT NULL, file_hash TEXT NOT NULL, file_size INTEGER NOT NULL);
CREATE INDEX manifest_version ON manifest (version_id);
CREATE TABLE channels (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app_key INTEGER NOT NULL REFERENCES apps(key), name TEXT NOT NULL,
    rbac_id TEXT NOT NULL, created_by TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    version INTEGER REFERENCES app_versions(id), public INTEGER NOT NULL, ios INTEGER NOT NULL,
    android INTEGER NOT NULL, electron INTEGER NOT NULL, allow_device_self_set INTEGER NOT NULL,
    allow_emulator INTEGER NOT NULL, allow_device INTEGER NOT NULL, allow_dev INTEGER NOT NULL,
    allow_prod INTEGER NOT NULL, disable_auto_update TEXT NOT NULL, disable_auto_update_under_native INTEGER NOT NULL,
    rollout_version INTEGER REFERENCES app_versions(id), rollout_id TEXT NOT NULL, rollout_bps INTEGER NOT NULL,
    rollout_enabled INTEGER NOT NULL, rollout_paused_at INTEGER, rollout_pause_reason TEXT,
    rollout_cache_ttl INTEGER NOT NULL, auto_pause_enabled INTEGER NOT NULL, auto_pause_window INTEGER NOT NULL,
    auto_pause_failure_rate INTEGER, auto_pause_confidence REAL NOT NULL, auto_pause_min_attempts INTEGER,
    auto_pause_min_failures INTEGER, auto_pause_action TEXT NOT NULL, auto_pause_cooldown INTEGER NOT NULL,
    auto_pause_triggered_at INTEGER, auto_pause_checked_at INTEGER, rollout_seed BLOB NOT NULL,
    frozen INTEGER NOT NULL, testers TEXT NOT NULL, counter INTEGER NOT NULL, revision INTEGER NOT NULL,
    UNIQUE (app_key, name));
CREATE INDEX channels_version ON channels (version);
CREATE INDEX channels_rollout ON channels (rollout_version);
CREATE TABLE channel_devices (
    app_key INTEGER NOT NULL, device_id TEXT NOT NULL,
    channel_id INTEGER NOT NULL REFERENCES channels(id) ON DELETE CASCADE, created_at INTEGER NOT NULL,
    PRIMARY KEY (app_key, device_id)) WITHOUT ROWID;
CREATE INDEX channel_devices_channel ON channel_devices (channel_id);
CREATE TABLE self_assignments (
    app_key INTEGER NOT NULL, device_id TEXT NOT NULL,
    channel_id INTEGER NOT NULL REFERENCES channels(id) ON DELETE CASCADE, created_at INTEGER NOT NULL,
    PRIMARY KEY (app_key, device_id)) WITHOUT ROWID;
CREATE INDEX self_assignments_channel ON self_assignments (channel_id);
CREATE TABLE deploy_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app_key INTEGER NOT NULL, channel_id INTEGER NOT NULL,
    version_id INTEGER NOT NULL, deployed_at INTEGER NOT NULL, created_by TEXT NOT NULL);
CREATE INDEX deploy_history_channel ON deploy_history (app_key, channel_id, id);
CREATE TABLE channel_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT, channel_id INTEGER NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL,
    bundle TEXT NOT NULL, share INTEGER, actor TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX channel_history_channel ON channel_history (channel_id, id);
CREATE TABLE intents (
    intent TEXT PRIMARY KEY, app_key INTEGER NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL,
    channel TEXT, bundle TEXT) WITHOUT ROWID;
CREATE TABLE api_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT, rbac_id TEXT NOT NULL, user_id TEXT NOT NULL, name TEXT NOT NULL,
    key_sha256 BLOB NOT NULL UNIQUE, bindings TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    expires_at INTEGER);
CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT, created_at INTEGER NOT NULL, table_name TEXT NOT NULL,
    record_id TEXT NOT NULL, operation TEXT NOT NULL, user_id TEXT NOT NULL, api_key_id INTEGER NOT NULL,
    via TEXT NOT NULL, reason TEXT NOT NULL, old_record TEXT, new_record TEXT, changed_fields TEXT NOT NULL);
CREATE INDEX audit_log_table ON audit_log (table_name, record_id, id);
)sql";

constexpr const char *kDevices = R"sql(
CREATE TABLE devices (
    id INTEGER PRIMARY KEY, app_key INTEGER NOT NULL, device_id TEXT NOT NULL, custom_id TEXT NOT NULL,
    platform TEXT NOT NULL, plugin_version TEXT NOT NULL, os_version TEXT NOT NULL, version_build TEXT NOT NULL,
    version_name TEXT NOT NULL, is_prod INTEGER NOT NULL, is_emulator INTEGER NOT NULL, key_id TEXT,
    install_source TEXT, default_channel TEXT NOT NULL, channel_id INTEGER NOT NULL, bundle TEXT NOT NULL,
    is_active INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    UNIQUE (app_key, device_id));
CREATE INDEX devices_updated ON devices (app_key, updated_at, device_id);
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app_key INTEGER NOT NULL, device_id TEXT NOT NULL, action TEXT NOT NULL,
    version_name TEXT NOT NULL, metadata TEXT NOT NULL, created_at INTEGER NOT NULL);
CREATE INDEX events_time ON events (app_key, created_at);
CREATE INDEX events_device ON events (app_key, device_id, created_at);
CREATE TABLE failures (
    app_key INTEGER NOT NULL, device_id TEXT NOT NULL, bundle TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (app_key, device_id, bundle)) WITHOUT ROWID;
CREATE TABLE outcomes (
    app_key INTEGER NOT NULL, device_id TEXT NOT NULL, bundle TEXT NOT NULL, channel_id INTEGER NOT NULL,
    flags INTEGER NOT NULL, PRIMARY KEY (app_key, device_id, bundle, channel_id)) WITHOUT ROWID;
CREATE TABLE population (
    app_key INTEGER NOT NULL, bundle TEXT NOT NULL, channel_id INTEGER NOT NULL, platform TEXT NOT NULL,
    native TEXT NOT NULL, devices INTEGER NOT NULL,
    PRIMARY KEY (app_key, bundle, channel_id, platform, native)) WITHOUT ROWID;
CREATE TABLE activity (
    app_key INTEGER NOT NULL, day TEXT NOT NULL, device_id TEXT NOT NULL,
    PRIMARY KEY (app_key, day, device_id)) WITHOUT ROWID;
CREATE TABLE daily_version (
    app_key INTEGER NOT NULL, day TEXT NOT NULL, version_name TEXT NOT NULL, get INTEGER NOT NULL,
    fail INTEGER NOT NULL, install INTEGER NOT NULL, uninstall INTEGER NOT NULL,
    PRIMARY KEY (app_key, day, version_name)) WITHOUT ROWID;
CREATE TABLE version_usage (
    app_key INTEGER NOT NULL, minute INTEGER NOT NULL, version_name TEXT NOT NULL, channel_id INTEGER NOT NULL,
    get INTEGER NOT NULL, fail INTEGER NOT NULL, install INTEGER NOT NULL, uninstall INTEGER NOT NULL,
    PRIMARY KEY (app_key, minute, version_name, channel_id)) WITHOUT ROWID;
CREATE TABLE bandwidth (
    app_key INTEGER NOT NULL, day TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (app_key, day)) WITHOUT ROWID;
CREATE TABLE rollup_minute (
    app_key INTEGER NOT NULL, bucket INTEGER NOT NULL, bundle TEXT NOT NULL, channel_id INTEGER NOT NULL,
    platform TEXT NOT NULL, native TEXT NOT NULL, checks INTEGER NOT NULL, gets INTEGER NOT NULL,
    installs INTEGER NOT NULL, failures INTEGER NOT NULL, attempts INTEGER NOT NULL, transport INTEGER NOT NULL,
    uninstalls INTEGER NOT NULL, active INTEGER NOT NULL,
    PRIMARY KEY (app_key, bucket, bundle, channel_id, platform, native)) WITHOUT ROWID;
CREATE TABLE rollup_hour (
    app_key INTEGER NOT NULL, bucket INTEGER NOT NULL, bundle TEXT NOT NULL, channel_id INTEGER NOT NULL,
    platform TEXT NOT NULL, native TEXT NOT NULL, checks INTEGER NOT NULL, gets INTEGER NOT NULL,
    installs INTEGER NOT NULL, failures INTEGER NOT NULL, attempts INTEGER NOT NULL, transport INTEGER NOT NULL,
    uninstalls INTEGER NOT NULL, active INTEGER NOT NULL,
    PRIMARY KEY (app_key, bucket, bundle, channel_id, platform, native)) WITHOUT ROWID;
CREATE TABLE rollup_day (
    app_key INTEGER NOT NULL, bucket INTEGER NOT NULL, bundle TEXT NOT NULL, channel_id INTEGER NOT NULL,
    platform TEXT NOT NULL, native TEXT NOT NULL, checks INTEGER NOT NULL, gets INTEGER NOT NULL,
    installs INTEGER NOT NULL, failures INTEGER NOT NULL, attempts INTEGER NOT NULL, transport INTEGER NOT NULL,
    uninstalls INTEGER NOT NULL, active INTEGER NOT NULL,
    PRIMARY KEY (app_key, bucket, bundle, channel_id, platform, native)) WITHOUT ROWID;
)sql";

constexpr const char *kUploads = R"sql(
CREATE TABLE uploads (
    id TEXT PRIMARY KEY, blob_key TEXT NOT NULL, length INTEGER NOT NULL, offset INTEGER NOT NULL,
    metadata TEXT NOT NULL, api_key_id INTEGER NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    finished INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE blobs (
    key TEXT PRIMARY KEY, file TEXT NOT NULL, size INTEGER NOT NULL, sha256 BLOB NOT NULL,
    created_at INTEGER NOT NULL) WITHOUT ROWID;
)sql";

// The newest bundle of an app is asked for with each update check.
constexpr const char *kBundleIndex = "CREATE INDEX app_versions_app ON app_versions (app_key, deleted, id);";

// The last hours in buckets of ten seconds, so that what happens now is a curve and not three points. What
// minutes know of that time is taken over: a population is counted backwards through all changes since.
constexpr const char *kMoments = R"sql(
CREATE TABLE rollup_moment (
    app_key INTEGER NOT NULL, bucket INTEGER NOT NULL, bundle TEXT NOT NULL, channel_id INTEGER NOT NULL,
    platform TEXT NOT NULL, native TEXT NOT NULL, checks INTEGER NOT NULL, gets INTEGER NOT NULL,
    installs INTEGER NOT NULL, failures INTEGER NOT NULL, attempts INTEGER NOT NULL, transport INTEGER NOT NULL,
    uninstalls INTEGER NOT NULL, active INTEGER NOT NULL,
    PRIMARY KEY (app_key, bucket, bundle, channel_id, platform, native)) WITHOUT ROWID;
INSERT INTO rollup_moment SELECT * FROM rollup_minute WHERE bucket >= (unixepoch() - 7200) * 1000;
)sql";

// By version of the plugin (1) and by operating system (2). Who is there now is known; how it came to that is
// not, so series begin where these tables do. Labels as rollups.cpp makes them.
constexpr const char *kFacets = R"sql(
CREATE TABLE facet_moment (
    app_key INTEGER NOT NULL, facet INTEGER NOT NULL, bucket INTEGER NOT NULL, label TEXT NOT NULL,
    bundle TEXT NOT NULL, channel_id INTEGER NOT NULL, checks INTEGER NOT NULL, gets INTEGER NOT NULL,
    installs INTEGER NOT NULL, failures INTEGER NOT NULL, attempts INTEGER NOT NULL, transport INTEGER NOT NULL,
    uninstalls INTEGER NOT NULL, active INTEGER NOT NULL,
    PRIMARY KEY (app_key, facet, bucket, label, bundle, channel_id)) WITHOUT ROWID;
CREATE TABLE facet_minute (
    app_key INTEGER NOT NULL, facet INTEGER NOT NULL, bucket INTEGER NOT NULL, label TEXT NOT NULL,
    bundle TEXT NOT NULL, channel_id INTEGER NOT NULL, checks INTEGER NOT NULL, gets INTEGER NOT NULL,
    installs INTEGER NOT NULL, failures INTEGER NOT NULL, attempts INTEGER NOT NULL, transport INTEGER NOT NULL,
    uninstalls INTEGER NOT NULL, active INTEGER NOT NULL,
    PRIMARY KEY (app_key, facet, bucket, label, bundle, channel_id)) WITHOUT ROWID;
CREATE TABLE facet_hour (
    app_key INTEGER NOT NULL, facet INTEGER NOT NULL, bucket INTEGER NOT NULL, label TEXT NOT NULL,
    bundle TEXT NOT NULL, channel_id INTEGER NOT NULL, checks INTEGER NOT NULL, gets INTEGER NOT NULL,
    installs INTEGER NOT NULL, failures INTEGER NOT NULL, attempts INTEGER NOT NULL, transport INTEGER NOT NULL,
    uninstalls INTEGER NOT NULL, active INTEGER NOT NULL,
    PRIMARY KEY (app_key, facet, bucket, label, bundle, channel_id)) WITHOUT ROWID;
CREATE TABLE facet_day (
    app_key INTEGER NOT NULL, facet INTEGER NOT NULL, bucket INTEGER NOT NULL, label TEXT NOT NULL,
    bundle TEXT NOT NULL, channel_id INTEGER NOT NULL, checks INTEGER NOT NULL, gets INTEGER NOT NULL,
    installs INTEGER NOT NULL, failures INTEGER NOT NULL, attempts INTEGER NOT NULL, transport INTEGER NOT NULL,
    uninstalls INTEGER NOT NULL, active INTEGER NOT NULL,
    PRIMARY KEY (app_key, facet, bucket, label, bundle, channel_id)) WITHOUT ROWID;
CREATE TABLE facet_population (
    app_key INTEGER NOT NULL, facet INTEGER NOT NULL, label TEXT NOT NULL, bundle TEXT NOT NULL,
    channel_id INTEGER NOT NULL, devices INTEGER NOT NULL,
    PRIMARY KEY (app_key, facet, label, bundle, channel_id)) WITHOUT ROWID;
INSERT INTO facet_population
    SELECT app_key, 1, CASE plugin_version WHEN '' THEN 'unknown' ELSE substr(plugin_version, 1, 64) END AS label,
        bundle, channel_id, count(*) FROM devices WHERE is_active = 1 GROUP BY app_key, label, bundle, channel_id;
INSERT INTO facet_population
    SELECT app_key, 2, CASE platform WHEN 'ios' THEN 'iOS' WHEN 'electron' THEN 'Electron' ELSE 'Android' END
        || CASE os_version WHEN '' THEN '' ELSE ' ' || substr(os_version, 1, 64) END AS label,
        bundle, channel_id, count(*) FROM devices WHERE is_active = 1 GROUP BY app_key, label, bundle, channel_id;
INSERT INTO settings (name, value) SELECT 'facets_since',
    CASE WHEN EXISTS (SELECT 1 FROM devices) THEN unixepoch() * 1000 ELSE 0 END;
)sql";

constexpr std::array kMigrations{kReleases, kDevices, kUploads, kBundleIndex, kMoments, kFacets};

} // namespace

int schemaVersion()
{
    return static_cast<int>(kMigrations.size());
}

Result<void> migrate(Database &database, int toVersion)
{
    qint64 version = 0;
    {
        Query query(database, "PRAGMA user_version");
        version = query.next() ? query.integer() : 0;
        GATEHOUSE_TRY(query.finish());
    }
    if (version > schemaVersion()) {
        return makeError(
            ErrorKind::Unusable, "store.newer",
            QStringLiteral("The data folder was written by a later version of Gatehouse."),
            QStringLiteral("It has schema %1, this program knows %2.").arg(version).arg(schemaVersion()),
            QStringLiteral("Use the later version again."));
    }
    for (; version < toVersion; ++version) {
        GATEHOUSE_TRY(database.execute("BEGIN EXCLUSIVE"));
        const auto number = QByteArray::number(version + 1);
        auto done = database.execute(kMigrations.at(static_cast<std::size_t>(version)));
        if (done) {
            done = database.execute(QByteArray("PRAGMA user_version = " + number).constData());
        }
        if (done) {
            done = database.execute("COMMIT");
        }
        if (!done) {
            const auto undone = database.execute("ROLLBACK");
            return undone ? done.error() : done.error().withDetail(undone.error().toText());
        }
    }
    return {};
}

} // namespace gatehouse::server
