// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include <QFile>
#include <QTest>

#include <csignal>
#include <cstring>
#include <type_traits>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace gatehouse;

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, QByteArray> && !std::is_convertible_v<Secret, QString>);

class SecretTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void startsEmptyOrZero();
    void copiesWhatItIsGiven();
    void movesLeaveNothingBehind();
    void comparesByContent();
    void shortens();
    void randomIsNotTwiceTheSame();
    void takesWhatWasTypedAndOverwritesIt();
    void wipesOrdinaryBuffers();
    void memoryIsLockedAndKeptOutOfCoreFiles();
    void memoryIsGoneAfterRelease();
    void writingBeyondTheEndEndsTheProgram();
    void preparedProcessesLeaveNoCoreFile();
};

namespace {

/// Runs body in a child process. @return the signal that ended it, 0 when it ended by itself
template<typename Body>
int signalOf(Body body)
{
    const pid_t child = fork();
    if (child == 0) {
        // Neither Qt Test's handlers nor a core file of this test: what counts is the signal.
        const rlimit none{0, 0};
        setrlimit(RLIMIT_CORE, &none);
        for (const int number : {SIGSEGV, SIGABRT, SIGBUS}) {
            std::signal(number, SIG_DFL);
        }
        body();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/// The lines of /proc/self/smaps about the mapping that holds the address.
QByteArray mappingOf(const void *address)
{
    QFile maps(QStringLiteral("/proc/self/smaps"));
    if (!maps.open(QIODevice::ReadOnly)) {
        return {};
    }
    const auto wanted = reinterpret_cast<quintptr>(address);
    QByteArray found;
    bool isInside = false;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const qsizetype dash = line.indexOf('-');
        const qsizetype blank = line.indexOf(' ');
        bool okFrom = false;
        bool okTo = false;
        if (dash > 0 && blank > dash) {
            const auto from = line.left(dash).toULongLong(&okFrom, 16);
            const auto to = line.mid(dash + 1, blank - dash - 1).toULongLong(&okTo, 16);
            if (okFrom && okTo) {
                isInside = from <= wanted && wanted < to;
            }
        }
        if (isInside) {
            found += line + '\n';
        }
    }
    return found;
}

} // namespace

void SecretTest::initTestCase()
{
    QVERIFY(prepareProcessForSecrets().has_value());
    QVERIFY(prepareProcessForSecrets().has_value()); // twice does no harm
}

void SecretTest::startsEmptyOrZero()
{
    const Secret empty;
    QVERIFY(empty.isEmpty());
    QVERIFY(empty.view().isEmpty());
    QVERIFY(Secret(0).isEmpty());
    const Secret zeros(32);
    QCOMPARE(zeros.view(), QByteArrayView(QByteArray(32, '\0')));
}

void SecretTest::copiesWhatItIsGiven()
{
    const QByteArray bytes("a\0b\xFFz", 5);
    const Secret secret = Secret::copyOf(bytes);
    QCOMPARE(secret.size(), std::size_t(5));
    QCOMPARE(secret.view(), QByteArrayView(bytes));
    const Secret twin = secret.clone();
    QVERIFY(twin.data() != secret.data());
    QVERIFY(twin.equals(secret));
    QVERIFY(Secret::copyOf({}).isEmpty());
}

void SecretTest::movesLeaveNothingBehind()
{
    Secret first = Secret::copyOf("key");
    Secret second = std::move(first);
    QVERIFY(first.isEmpty()); // NOLINT(bugprone-use-after-move): what is left behind is the point
    QCOMPARE(second.view(), QByteArrayView("key"));
    Secret third = Secret::copyOf("other");
    third = std::move(second);
    QVERIFY(second.isEmpty()); // NOLINT(bugprone-use-after-move): as above
    QCOMPARE(third.view(), QByteArrayView("key"));
    Secret &itself = third;
    third = std::move(itself);
    QCOMPARE(third.view(), QByteArrayView("key"));
}

void SecretTest::comparesByContent()
{
    const Secret key = Secret::copyOf("correct horse");
    QVERIFY(key.equals(Secret::copyOf("correct horse")));
    QVERIFY(!key.equals(Secret::copyOf("correct hors")));
    QVERIFY(!key.equals(Secret::copyOf("correct horsf")));
    QVERIFY(!key.equals(Secret()));
    QVERIFY(Secret().equals(Secret(0)));
}

void SecretTest::shortens()
{
    Secret secret = Secret::copyOf("abcdef");
    secret.truncate(10);
    QCOMPARE(secret.view(), QByteArrayView("abcdef"));
    secret.truncate(3);
    QCOMPARE(secret.view(), QByteArrayView("abc"));
    secret.truncate(0);
    QVERIFY(secret.isEmpty());
}

void SecretTest::randomIsNotTwiceTheSame()
{
    const Secret one = Secret::random(32);
    QCOMPARE(one.size(), std::size_t(32));
    QVERIFY(!one.equals(Secret::random(32)));
    QVERIFY(!one.equals(Secret(32)));
}

void SecretTest::takesWhatWasTypedAndOverwritesIt()
{
    QString typed = QStringLiteral("pässword") + QString::number(7); // not shared with a literal
    const Secret secret = Secret::fromTyped(typed);
    QVERIFY(typed.isEmpty());
    QCOMPARE(secret.view(), QByteArrayView("p\xC3\xA4ssword7"));
}

void SecretTest::wipesOrdinaryBuffers()
{
    QByteArray bytes("secret-secret-secret");
    bytes.detach();
    // A raw view shares the memory without sharing the ownership, so what wipe() leaves behind can be looked
    // at.
    const QByteArray owner = bytes;
    wipe(bytes);
    QVERIFY(bytes.isEmpty());
    QCOMPARE(owner,
             QByteArray("secret-secret-secret")); // a second owner keeps its copy: why wipe() is best effort
    QString text = QStringLiteral("secret") + QString::number(1);
    wipe(text);
    QVERIFY(text.isEmpty());
}

void SecretTest::memoryIsLockedAndKeptOutOfCoreFiles()
{
    const Secret secret = Secret::random(32);
    const QByteArray mapping = mappingOf(secret.data());
    QVERIFY2(!mapping.isEmpty(), "no mapping found");
    const qsizetype at = mapping.indexOf("VmFlags:");
    QVERIFY(at >= 0);
    const QByteArray flags = mapping.mid(at, mapping.indexOf('\n', at) - at) + ' ';
    QVERIFY2(flags.contains(" dd "), flags.constData()); // do not dump
    rlimit limit{};
    getrlimit(RLIMIT_MEMLOCK, &limit);
#ifdef GATEHOUSE_SANITIZED
    // The address sanitizer takes mlock() for itself and does nothing.
    const bool isLockable = false;
#else
    const bool isLockable = limit.rlim_cur >= 65536;
#endif
    if (isLockable) {
        QVERIFY2(flags.contains(" lo "), flags.constData()); // locked
    }
}

void SecretTest::memoryIsGoneAfterRelease()
{
    const int signal = signalOf([] {
        const unsigned char *address = nullptr;
        {
            const Secret secret = Secret::random(32);
            address = secret.data();
        }
        volatile unsigned char seen = *address; // unmapped with the guard pages around it
        static_cast<void>(seen);
    });
    QCOMPARE(signal, SIGSEGV);
}

void SecretTest::writingBeyondTheEndEndsTheProgram()
{
    QCOMPARE(signalOf([] { Secret(32).data()[0] = 1; }), 0);
    QCOMPARE(signalOf([] {
                 Secret secret(32);
                 volatile unsigned char *const data = secret.data();
                 data[32] = 1; // the guard page follows at once
             }),
             SIGSEGV);
    QVERIFY(signalOf([] {
                Secret secret(30);
                volatile unsigned char *const data = secret.data();
                data[-1] = 1; // the canary before it is looked at on release
            }) != 0);
}

void SecretTest::preparedProcessesLeaveNoCoreFile()
{
    QVERIFY(prepareProcessForSecrets().has_value());
    rlimit limit{1, 1};
    QCOMPARE(getrlimit(RLIMIT_CORE, &limit), 0);
    QCOMPARE(limit.rlim_cur, rlim_t(0));
    QCOMPARE(limit.rlim_max, rlim_t(0));
    QCOMPARE(prctl(PR_GET_DUMPABLE), 0);
}

QTEST_APPLESS_MAIN(SecretTest)
#include "test_secret.moc"
