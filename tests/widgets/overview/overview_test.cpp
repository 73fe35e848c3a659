// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/channelalert.h"
#include "widgets/overview/overviewscreen.h"

#include "widgets/common/support.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::widgets;

namespace {

struct Desk
{
    QTemporaryDir folder;
    SystemClock clock;
    ThemeFixture look;
    workspace::Settings settings{folder.filePath(QStringLiteral("gatehouse.ini"))};
    workspace::Jobs jobs;
    workspace::Workspace workspace{jobs, settings, clock};
};

wire::ChannelState rollout(const char *channel, qint64 attempts, qint64 failures)
{
    wire::ChannelState state;
    state.channel.name = QString::fromLatin1(channel);
    state.channel.rolloutVersion = 2;
    state.channel.rolloutVersionInfo.emplace();
    state.channel.rolloutVersionInfo->name = QStringLiteral("1.2.0");
    state.channel.rolloutEnabled = true;
    state.rolloutAttempts = attempts;
    state.rolloutFailures = failures;
    state.rolloutDevices = attempts;
    return state;
}

} // namespace

class OverviewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWorstChannelIsNamed()
    {
        const auto alert = worstAlert({rollout("beta", 100, 20), rollout("production", 100, 60)});
        QVERIFY(alert.has_value());
        QCOMPARE(alert->channel, QStringLiteral("production"));
        QVERIFY(!worstAlert({rollout("beta", 100, 1)}).has_value());
    }

    void aChannelThatIsHeldStaysAsLongAsItFails()
    {
        const QVector<wire::ChannelState> channels{rollout("beta", 100, 20), rollout("production", 100, 60)};
        QCOMPARE(worstAlert(channels, QStringLiteral("beta"))->channel, QStringLiteral("beta"));
        QCOMPARE(worstAlert({rollout("beta", 100, 0), channels.at(1)}, QStringLiteral("beta"))->channel,
                 QStringLiteral("production"));
    }

    // Figures come each second; a press that lasts over one must still count.
    void aRefreshDoesNotTakeTheButtonAway()
    {
        Desk desk;
        OverviewScreen screen(desk.look.theme, desk.workspace);
        screen.resize(1000, 700);
        screen.show();
        desk.workspace.channels().take(rollout("production", 100, 60));
        auto *button = screen.findChild<QAbstractButton *>(QStringLiteral("alertTakeBackButton"));
        QVERIFY(button != nullptr && button->isVisible());
        QVERIFY(button->text().contains(QStringLiteral("100")));
        const QSignalSpy clicked(button, &QAbstractButton::clicked);
        QTest::mousePress(button, Qt::LeftButton);
        desk.workspace.channels().take(rollout("production", 120, 70));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(screen.findChildren<QAbstractButton *>(QStringLiteral("alertTakeBackButton")).size(), 1);
        QVERIFY(button->text().contains(QStringLiteral("120")));
        QTest::mouseRelease(button, Qt::LeftButton);
        QCOMPARE(clicked.count(), 1);
    }

    void theAlertGoesWithItsCause()
    {
        Desk desk;
        OverviewScreen screen(desk.look.theme, desk.workspace);
        screen.show();
        desk.workspace.channels().take(rollout("production", 100, 60));
        auto *button = screen.findChild<QAbstractButton *>(QStringLiteral("alertTakeBackButton"));
        QVERIFY(button->isVisible());
        desk.workspace.channels().take(rollout("production", 100, 0));
        QVERIFY(!button->isVisible());
    }
};

QTEST_MAIN(OverviewTest)
#include "overview_test.moc"
