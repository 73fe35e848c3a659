// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/artifactsink.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::bundle;

namespace {

constexpr qint64 kNoLimit = 1 << 30;

bool folderTakesNamelessFiles(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_TMPFILE | O_WRONLY, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return descriptor >= 0;
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestArtifactSink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place = std::make_unique<QTemporaryDir>(); }

    void nothingHasANameBeforeItIsWhole()
    {
        auto sink = ArtifactSink::create(target(), nullptr, kNoLimit);
        QVERIFY(sink.has_value());
        QVERIFY(sink->add(QByteArray(300'000, 'x')).has_value());
        QVERIFY(!QFile::exists(target()));
        const auto outcome = sink->finish();
        QVERIFY(outcome.has_value());
        QVERIFY(sink->commit().has_value());
        QCOMPARE(files(), QStringList{QStringLiteral("bundle.zip")});
        QCOMPARE(readAll(target()).size(), 300'000);
        QCOMPARE(outcome->artifactSha256,
                 QCryptographicHash::hash(readAll(target()), QCryptographicHash::Sha256));
        QCOMPARE(QFile::permissions(target()) & QFile::ReadOther, QFile::ReadOther);
    }

    void whatWasThereIsReplacedAtOnce()
    {
        write(target(), "old");
        auto sink = ArtifactSink::create(target(), nullptr, kNoLimit);
        QVERIFY(sink.has_value());
        QVERIFY(sink->add("new").has_value());
        QVERIFY(sink->finish().has_value());
        QCOMPARE(readAll(target()), QByteArray("old"));
        QVERIFY(sink->commit().has_value());
        QCOMPARE(readAll(target()), QByteArray("new"));
        QCOMPARE(files(), QStringList{QStringLiteral("bundle.zip")});
    }

    void withoutCommitNothingStays()
    {
        write(target(), "old");
        {
            auto sink = ArtifactSink::create(target(), nullptr, kNoLimit);
            QVERIFY(sink.has_value());
            QVERIFY(sink->add("new").has_value());
        }
        QCOMPARE(files(), QStringList{QStringLiteral("bundle.zip")});
        QCOMPARE(readAll(target()), QByteArray("old"));
    }

    void aFolderInItsPlaceIsSaid()
    {
        QVERIFY(QDir(m_place->path()).mkdir(QStringLiteral("bundle.zip")));
        auto sink = ArtifactSink::create(target(), nullptr, kNoLimit);
        QVERIFY(sink.has_value());
        QVERIFY(sink->finish().has_value());
        QCOMPARE(sink->commit().error().id, QStringLiteral("bundle.build.write"));
    }

    void aMissingFolderIsSaid()
    {
        const auto sink =
            ArtifactSink::create(m_place->filePath(QStringLiteral("none/bundle.zip")), nullptr, kNoLimit);
        QCOMPARE(sink.error().id, QStringLiteral("bundle.build.write"));
    }

    // The system kills a program when memory runs out, and nobody is left to clean up.
    void aKilledProcessLeavesNothing()
    {
        if (!folderTakesNamelessFiles(m_place->path())) {
            QSKIP("The file system has no files without a name.");
        }
        const pid_t child = ::fork();
        if (child == 0) {
            auto sink = ArtifactSink::create(target(), nullptr, kNoLimit);
            if (!sink || !sink->add(QByteArray(1'000'000, 'x'))) {
                ::_exit(1);
            }
            ::raise(SIGKILL);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(files(), QStringList());
    }

private:
    [[nodiscard]] QString target() const { return m_place->filePath(QStringLiteral("bundle.zip")); }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_place->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("the test could not write");
        }
    }
    std::unique_ptr<QTemporaryDir> m_place;
};

QTEST_GUILESS_MAIN(TestArtifactSink)
#include "test_artifactsink.moc"
