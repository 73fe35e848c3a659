// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/store.h"

#include <QTemporaryDir>
#include <QTest>

/// A store of its own with one app, at a time that the test turns.
class StoreFixture
{
public:
    StoreFixture() { reopen(); }

    void reopen()
    {
        store.reset();
        auto opened = gatehouse::server::openSqliteStore(folder.path(), clock);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().toText()));
        }
        store = std::move(*opened);
    }

    void makeApp(const QString &appId = QStringLiteral("com.acme.app"))
    {
        gatehouse::server::AppRecord app;
        app.row.appId = appId;
        app.row.name = QStringLiteral("Acme");
        app.row.defaultUploadChannel = QStringLiteral("production");
        must(store->createApp(app, actor));
    }

    /// A ready bundle with a zip.
    gatehouse::wire::BundleRow makeBundle(const QString &name,
                                          const QString &appId = QStringLiteral("com.acme.app"))
    {
        gatehouse::wire::BundleRow bundle;
        bundle.appId = appId;
        bundle.name = name;
        bundle.storageProvider = QStringLiteral("r2");
        bundle.r2Path = QStringLiteral("orgs/o/apps/%1/%2.zip").arg(appId, name);
        bundle.checksum = QStringLiteral("c0ffee");
        return must(store->createBundle(bundle, actor));
    }

    gatehouse::server::ChannelRecord makeChannel(const QString &name, std::optional<qint64> version,
                                                 bool isPublic = true,
                                                 const QString &appId = QStringLiteral("com.acme.app"))
    {
        gatehouse::server::ChannelRecord channel;
        channel.row.name = name;
        channel.row.version = version;
        channel.row.isPublic = isPublic;
        return *must(apply(gatehouse::server::change::CreateChannel{channel}, QStringLiteral("created"),
                           appId))
                    .channel;
    }

    gatehouse::Result<gatehouse::server::ServingOutcome>
    apply(gatehouse::server::ServingEdit edit, const QString &what = QStringLiteral("edited"),
          const QString &appId = QStringLiteral("com.acme.app"))
    {
        gatehouse::server::ServingChange change;
        change.appId = appId;
        change.actor = actor;
        change.what = what;
        change.edit = std::move(edit);
        return store->applyServingChange(change);
    }

    /// Changes a channel's row by a function.
    template<typename Function>
    gatehouse::Result<gatehouse::server::ServingOutcome> edit(qint64 channelId, Function function,
                                                              bool keepSeed = false)
    {
        gatehouse::server::change::EditChannel wish;
        wish.channelId = channelId;
        wish.keepSeed = keepSeed;
        wish.edit =
            [function](
                gatehouse::server::ChannelRecord now) -> gatehouse::Result<gatehouse::server::ChannelRecord> {
            function(now);
            return now;
        };
        return apply(wish);
    }

    /// The value, or the end of the test program with the error.
    template<typename T>
    static T must(gatehouse::Result<T> result)
    {
        if (!result) {
            qFatal("%s: %s %s", qPrintable(result.error().id), qPrintable(result.error().toText()),
                   qPrintable(result.error().details.join(QLatin1Char(' '))));
        }
        return std::move(*result);
    }
    static void must(const gatehouse::Result<void> &result)
    {
        if (!result) {
            qFatal("%s", qPrintable(result.error().toText()));
        }
    }

    QTemporaryDir folder;
    gatehouse::ManualClock clock{gatehouse::utcFromMs(1'785'000'000'000)};
    gatehouse::server::Actor actor{QStringLiteral("tester"), QStringLiteral("user"), 1,
                                   QStringLiteral("test")};
    std::unique_ptr<gatehouse::server::Store> store;
};
