// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/archive.h"
#include "bundle/deflate.h"
#include "bundle/zipwriter.h"
#include "models/bundle/webfolder.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::bundle;

namespace {
/// An archive made entry by entry, so that it can break every rule.
class Zip
{
public:
    Zip &store(const QByteArray &name, const QByteArray &content)
    {
        keep(m_writer.add(name, ZipWriter::Method::Store, {crcOf(content), content.size(), content.size()},
                          content));
        return *this;
    }
    Zip &deflate(const QByteArray &name, const QByteArray &content, qint64 claimedSize = -1)
    {
        Deflater deflater;
        QByteArray packed(content.size() + 1024, Qt::Uninitialized);
        packed.truncate(deflater.whole(content, packed.data(), packed.size()));
        keep(m_writer.add(name, ZipWriter::Method::Deflate,
                          {crcOf(content), packed.size(), claimedSize < 0 ? content.size() : claimedSize},
                          packed));
        return *this;
    }
    Zip &index() { return store("index.html", "<html>"); }
    /// Changes the bytes of every directory entry (and local header) of this name.
    Zip &patch(int localOffset, int directoryOffset, const QByteArray &bytes)
    {
        m_patches.append({localOffset, directoryOffset, bytes});
        return *this;
    }
    [[nodiscard]] QByteArray bytes()
    {
        keep(m_writer.finish());
        for (const auto &[local, directory, bytes] : std::as_const(m_patches)) {
            const qsizetype first = m_bytes.indexOf("PK\x03\x04");
            const qsizetype second = m_bytes.indexOf("PK\x01\x02");
            if (local >= 0) {
                m_bytes.replace(first + local, bytes.size(), bytes);
            }
            m_bytes.replace(second + directory, bytes.size(), bytes);
        }
        return m_bytes;
    }

private:
    static void keep(const Result<void> &outcome)
    {
        if (!outcome) {
            qFatal("%s", qPrintable(outcome.error().toText()));
        }
    }
    struct Patch
    {
        int local;
        int directory;
        QByteArray bytes;
    };
    QByteArray m_bytes;
    QVector<Patch> m_patches;
    ZipWriter m_writer{[this](QByteArrayView bytes) {
        m_bytes.append(bytes);
        return Result<void>();
    }};
};

constexpr int kLocalFlags = 6;
constexpr int kDirectoryFlags = 8;
constexpr int kLocalMethod = 8;
constexpr int kDirectoryMethod = 10;
constexpr int kDirectoryMode = 40;
} // namespace

class TestArchive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place = std::make_unique<QTemporaryDir>(); }

    void aGoodArchiveIsRead()
    {
        save(Zip()
                 .store("z.txt", "z")
                 .deflate("a/b.js", scriptText(50'000))
                 .store("folder/", {})
                 .index()
                 .bytes());
        Operation operation;
        const auto entries = walkArchive(zip(), {}, operation);
        QVERIFY2(entries.has_value(), entries ? "" : qPrintable(entries.error().toText()));
        QCOMPARE(entries->size(), 3);
        QCOMPARE(entries->at(0).path, QStringLiteral("a/b.js"));
        QCOMPARE(entries->at(0).size, qint64(50'000));
        QCOMPARE(entries->at(2).path, QStringLiteral("z.txt"));
    }

    void badArchivesAreRefusedAndNothingIsUnpacked_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("id");
        const auto row = [](const char *name, const QByteArray &bytes, const char *id) {
            QTest::newRow(name) << bytes << QStringLiteral("bundle.archive.") + QLatin1String(id);
        };
        row("nothing", {}, "format");
        row("no archive", "hello", "format");
        row("cut", Zip().index().bytes().chopped(30), "format");
        row("no index", Zip().store("sub/index.html", "x").bytes(), "index");
        row("out of the folder", Zip().index().store("../evil", "x").bytes(), "path");
        row("out in the middle", Zip().index().store("a/../../evil", "x").bytes(), "path");
        row("absolute", Zip().index().store("/tmp/evil", "x").bytes(), "path");
        row("drive", Zip().index().store("C:/evil", "x").bytes(), "path");
        row("back-slash", Zip().index().store("..\\evil", "x").bytes(), "path");
        row("folder outside", Zip().index().store("../evil/", {}).bytes(), "path");
        row("reserved name", Zip().index().store("nul.txt", "x").bytes(), "path");
        // libzip itself refuses the next two.
        row("not UTF-8", Zip().index().store("\xff", "x").bytes(), "format");
        row("twice", Zip().index().store("a", "1").store("a", "2").bytes(), "format");
        row("case", Zip().index().store("a", "1").store("A", "2").bytes(), "duplicate");
        row("normal form", Zip().index().store("caf\xc3\xa9", "1").store("cafe\xcc\x81", "2").bytes(),
            "duplicate");
        row("file and folder", Zip().index().store("a", "1").store("a/b", "2").bytes(), "duplicate");
        row("link",
            Zip().store("link", "/etc").index().patch(-1, kDirectoryMode, QByteArray("\xff\xa1", 2)).bytes(),
            "link");
        row("pipe",
            Zip().store("pipe", "").index().patch(-1, kDirectoryMode, QByteArray("\xa4\x11", 2)).bytes(),
            "link");
        row("other method",
            Zip()
                .store("a", "x")
                .index()
                .patch(kLocalMethod, kDirectoryMethod, QByteArray("\x0c\0", 2))
                .bytes(),
            "method");
        row("encrypted",
            Zip()
                .store("a", QByteArray(20, 'x'))
                .index()
                .patch(kLocalFlags, kDirectoryFlags, QByteArray("\x01\0", 2))
                .bytes(),
            "encrypted");
        row("too large by its word", Zip().index().deflate("a", "x", qint64(3) << 30).bytes(), "limit");
        row("shorter than it says", Zip().index().deflate("a", QByteArray(5000, 'a'), 6000).bytes(),
            "damaged");
        row("longer than it says", Zip().index().deflate("a", QByteArray(5000, 'a'), 4000).bytes(),
            "damaged");
        row("a bomb", Zip().index().deflate("a", QByteArray(5 << 20, 0)).bytes(), "limit");
        QByteArray bent = Zip().index().store("z", "content of z").bytes();
        bent.replace(bent.indexOf("content of z"), 7, "Content");
        row("wrong CRC", bent, "damaged");
    }
    void badArchivesAreRefusedAndNothingIsUnpacked()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, id);
        save(bytes);
        Operation operation;
        const auto walked = walkArchive(zip(), {}, operation);
        QVERIFY(!walked);
        QCOMPARE(walked.error().id, id);
        QCOMPARE(walked.error().kind, ErrorKind::Invalid);
        const auto unpacked = unpackArchive(zip(), target(), {}, operation);
        QVERIFY(!unpacked);
        QCOMPARE(unpacked.error().id, id);
        QCOMPARE(leftovers(), QStringList{QStringLiteral("a.zip")});
    }

    void limitsHold()
    {
        save(Zip().index().store("a", QByteArray(1000, 'a')).store("b", QByteArray(1000, 'b')).bytes());
        Operation operation;
        const auto refused = [&](const ArchiveLimits &limits) {
            const auto walked = walkArchive(zip(), limits, operation);
            return !walked && walked.error().id == QStringLiteral("bundle.archive.limit");
        };
        ArchiveLimits limits;
        limits.maxEntries = 2;
        QVERIFY(refused(limits));
        limits = {};
        limits.maxEntryBytes = 999;
        QVERIFY(refused(limits));
        limits = {};
        limits.maxTotalBytes = 2005;
        QVERIFY(refused(limits));
        limits.maxTotalBytes = 2006;
        QVERIFY(!refused(limits));
    }

    void unpackingWantsAFreeFolder()
    {
        save(Zip().index().store("sub/a", "x").bytes());
        Operation operation;
        QVERIFY(QDir().mkpath(target()));
        QVERIFY(unpackArchive(zip(), target(), {}, operation).has_value());
        QCOMPARE(contentOf(target() + QStringLiteral("/sub/a")), QByteArray("x"));
        const auto again = unpackArchive(zip(), target(), {}, operation);
        QVERIFY(!again);
        QCOMPARE(again.error().id, QStringLiteral("bundle.unpack.folder"));
        QCOMPARE(leftovers(), (QStringList{QStringLiteral("a.zip"), QStringLiteral("target")}));
    }

    void unpackingDoesNotFollowALink()
    {
        save(Zip().index().bytes());
        QVERIFY(QDir().mkpath(m_place->filePath(QStringLiteral("elsewhere"))));
        QVERIFY(QFile::link(m_place->filePath(QStringLiteral("elsewhere")), target()));
        Operation operation;
        QCOMPARE(unpackArchive(zip(), target(), {}, operation).error().id,
                 QStringLiteral("bundle.unpack.folder"));
        QVERIFY(QDir(m_place->filePath(QStringLiteral("elsewhere"))).isEmpty());
    }

    void cancellingLeavesNothing()
    {
        save(Zip().index().bytes());
        std::stop_source source;
        source.request_stop();
        Operation operation(source.get_token());
        QCOMPARE(unpackArchive(zip(), target(), {}, operation).error().kind, ErrorKind::Cancelled);
        QCOMPARE(leftovers(), QStringList{QStringLiteral("a.zip")});
    }

    void aMissingArchiveIsSaid()
    {
        Operation operation;
        QCOMPARE(walkArchive(zip(), {}, operation).error().id, QStringLiteral("bundle.archive.open"));
    }

private:
    [[nodiscard]] QString zip() const { return m_place->filePath(QStringLiteral("a.zip")); }
    [[nodiscard]] QString target() const { return m_place->filePath(QStringLiteral("target")); }
    [[nodiscard]] QStringList leftovers() const
    {
        return QDir(m_place->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    void save(const QByteArray &bytes) const
    {
        QFile file(zip());
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("the test could not write");
        }
    }
    std::unique_ptr<QTemporaryDir> m_place;
};

QTEST_GUILESS_MAIN(TestArchive)
#include "test_archive.moc"
