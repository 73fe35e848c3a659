// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/memorystore.h"
#include "widgets/bundles/bundlesscreen.h"
#include "widgets/channels/channelsscreen.h"
#include "widgets/connect/connectscreen.h"
#include "widgets/keys/keysscreen.h"
#include "widgets/monitor/monitorscreen.h"
#include "widgets/overview/overviewscreen.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/start/newappscreen.h"
#include "widgets/start/startscreen.h"
#include "workspace/bundledraft.h"
#include "workspace/secretplace.h"

#include "widgets/common/support.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::widgets;

namespace {

/// Everything a window needs, without a server.
struct Desk
{
    QTemporaryDir folder;
    SystemClock clock;
    ThemeFixture look;
    AnsweringPrompts prompts;
    workspace::Settings settings{folder.filePath(QStringLiteral("gatehouse.ini"))};
    workspace::ServerList servers{settings};
    workspace::Jobs jobs;
    workspace::Workspace workspace{jobs, settings, clock};
    workspace::KeyRing keyRing{jobs, clock};
    workspace::ServerDesk desk{workspace, servers, keyRing, {QStringLiteral("/nonexistent"), folder.path()}};
    workspace::SecretPlace place{settings, jobs, desk, folder.filePath(QStringLiteral("keys.vault"))};
    workspace::BundleDraft draft{workspace, keyRing, folder.filePath(QStringLiteral("artifacts"))};
    workspace::BundleShelf shelf{workspace, keyRing, folder.filePath(QStringLiteral("artifacts"))};

    /// Owned by the host, which must go before the desk.
    QVector<Screen *> screens(QWidget *host)
    {
        return {new StartScreen(look.theme, workspace, desk, keyRing, place, host),
                new NewAppScreen(look.theme, workspace, host),
                new OverviewScreen(look.theme, workspace, host),
                new BundlesScreen(look.theme, workspace, draft, shelf, keyRing, prompts, host),
                new ChannelsScreen(look.theme, workspace, host),
                new MonitorScreen(look.theme, workspace, prompts, host),
                new KeysScreen(look.theme, workspace, keyRing, place, prompts, host),
                new ConnectScreen(look.theme, workspace, desk, keyRing, prompts, host)};
    }
};

bool isControl(const QWidget &widget)
{
    return qobject_cast<const QAbstractButton *>(&widget) != nullptr ||
           qobject_cast<const QLineEdit *>(&widget) != nullptr ||
           qobject_cast<const QComboBox *>(&widget) != nullptr ||
           qobject_cast<const QAbstractItemView *>(&widget) != nullptr;
}

QString spokenName(const QWidget &widget)
{
    if (!widget.accessibleName().isEmpty()) {
        return widget.accessibleName();
    }
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    return button == nullptr ? QString() : button->text();
}

} // namespace

class ScreensTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyControlHasAName();
    void noLabelGuessesItsFormat();
    void aMissingServerProgramIsSaidOnTheFirstPage();
    void theAddressIsCheckedWhileTyping();
    void aVaultIsMadeAskedForAndOpened();
    void keysComeFromTheStoreAndLeaveIt();
};

void ScreensTest::everyControlHasAName()
{
    Desk desk;
    QWidget host;
    for (Screen *screen : desk.screens(&host)) {
        QHash<QString, QString> byName;
        const QList<QWidget *> children = screen->findChildren<QWidget *>();
        for (const QWidget *child : children) {
            // What Qt makes inside its own widgets is named by these.
            if (!isControl(*child) || !child->isVisibleTo(screen) ||
                child->objectName().startsWith(QLatin1String("qt_")) ||
                qobject_cast<QComboBox *>(child->parentWidget()) != nullptr ||
                qobject_cast<QLineEdit *>(child->parentWidget()) != nullptr ||
                child->parentWidget()->inherits("QAbstractSpinBox") ||
                child->parentWidget()->inherits("QAbstractItemView") ||
                child->inherits("QComboBoxListView") || child->inherits("QHeaderView") ||
                child->inherits("QTableCornerButton")) {
                continue;
            }
            const QString name = spokenName(*child);
            QVERIFY2(!name.isEmpty(), qPrintable(screen->id() + QStringLiteral(": ") +
                                                 QLatin1String(child->metaObject()->className()) +
                                                 QLatin1Char(' ') + child->objectName()));
            QVERIFY2(!byName.contains(name),
                     qPrintable(screen->id() + QStringLiteral(": ") + name + QStringLiteral(" names ") +
                                child->objectName() + QStringLiteral(" and ") + byName.value(name)));
            byName.insert(name, child->objectName());
        }
    }
}

void ScreensTest::noLabelGuessesItsFormat()
{
    Desk desk;
    QWidget host;
    for (Screen *screen : desk.screens(&host)) {
        const QList<QLabel *> labels = screen->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(),
                     qPrintable(screen->id() + QStringLiteral(": ") + label->text()));
        }
    }
}

void ScreensTest::aMissingServerProgramIsSaidOnTheFirstPage()
{
    Desk desk;
    desk.desk.setOwnStore(std::make_shared<keys::MemoryStore>(), QStringLiteral("Memory"));
    StartScreen start(desk.look.theme, desk.workspace, desk.desk, desk.keyRing, desk.place);
    start.show();
    QTest::mouseClick(start.findChild<QAbstractButton *>(QStringLiteral("startThisComputerButton")),
                      Qt::LeftButton);
    QTRY_COMPARE(desk.workspace.link(), workspace::Link::Failed);
    QCOMPARE(desk.workspace.error()->id, QStringLiteral("workspace.local_server.start"));
    QVERIFY(start.findChild<QAbstractButton *>(QStringLiteral("retryServerButton"))->isVisible());
}

void ScreensTest::theAddressIsCheckedWhileTyping()
{
    Desk desk;
    StartScreen start(desk.look.theme, desk.workspace, desk.desk, desk.keyRing, desk.place);
    start.show();
    QTest::mouseClick(start.findChild<QAbstractButton *>(QStringLiteral("connectOtherButton")),
                      Qt::LeftButton);
    auto *address = start.findChild<QLineEdit *>(QStringLiteral("serverAddressField"));
    auto *key = start.findChild<QLineEdit *>(QStringLiteral("serverKeyField"));
    auto *connectButton = start.findChild<QAbstractButton *>(QStringLiteral("connectServerButton"));
    QTest::keyClicks(address, QStringLiteral("http://updates.example.com"));
    QTest::keyClicks(key, QStringLiteral("secret"));
    QVERIFY(!connectButton->isEnabled());
    address->clear();
    QTest::keyClicks(address, QStringLiteral("updates.example.com"));
    QVERIFY(connectButton->isEnabled());
}

void ScreensTest::aVaultIsMadeAskedForAndOpened()
{
    Desk desk;
    desk.settings.setValue(workspace::settings::kSecretStore, QStringLiteral("vault"));
    desk.place.begin();
    StartScreen start(desk.look.theme, desk.workspace, desk.desk, desk.keyRing, desk.place);
    start.resize(900, 700);
    start.show();
    auto *trouble = start.findChild<QWidget *>(QStringLiteral("keyTrouble"));
    QTRY_VERIFY(trouble->isVisible());
    const auto answer = [&start](const QString &first, const QString &second) {
        start.findChild<QLineEdit *>(QStringLiteral("passphraseField"))->setText(first);
        start.findChild<QLineEdit *>(QStringLiteral("passphraseAgainField"))->setText(second);
        start.findChild<QAbstractButton *>(QStringLiteral("reviewVerbButton"))->click();
    };
    const auto isAsked = [&start] {
        return start.findChild<QLineEdit *>(QStringLiteral("passphraseField")) != nullptr;
    };
    const QString passphrase = QStringLiteral("five brown horses");
    start.askForVault();
    answer(passphrase, passphrase);
    QTRY_VERIFY_WITH_TIMEOUT(!isAsked(), 20000);
    QVERIFY(!trouble->isVisible());
    QVERIFY(desk.place.hasVault());

    // What cannot be opened for want of its key is tried again once there is one.
    desk.place.lockVault();
    desk.desk.openThisComputer();
    QTRY_COMPARE(desk.workspace.link(), workspace::Link::Failed);
    QCOMPARE(desk.workspace.error()->id, QStringLiteral("workspace.vault.locked"));
    QTRY_VERIFY(trouble->isVisible());
    start.askForVault();
    answer(passphrase + QLatin1Char('x'), QString());
    auto *field = start.findChild<QLineEdit *>(QStringLiteral("passphraseField"));
    QVERIFY(!field->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(field->isEnabled(), 20000);
    QVERIFY(field->text().isEmpty());
    QVERIFY(trouble->isVisible());
    answer(passphrase, QString());
    QTRY_VERIFY_WITH_TIMEOUT(!isAsked(), 20000);
    QTRY_COMPARE(desk.workspace.error()->id, QStringLiteral("workspace.local_server.start"));
}

void ScreensTest::keysComeFromTheStoreAndLeaveIt()
{
    Desk desk;
    desk.keyRing.setStore(std::make_shared<keys::MemoryStore>(), QStringLiteral("Memory"));
    KeysScreen screen(desk.look.theme, desk.workspace, desk.keyRing, desk.place, desk.prompts);
    screen.show();
    QTRY_COMPARE(desk.keyRing.state(), workspace::LoadState::Ready);
    const Result<AppId> app = AppId::parse(QStringLiteral("com.example.app"));
    QVERIFY(app);
    bool isMade = false;
    desk.keyRing.createBundleKey(
        *app, this, [&isMade](const Result<keys::BundleKeyInfo> &key) { isMade = key.has_value(); });
    QTRY_VERIFY(isMade);
    QTRY_COMPARE(desk.keyRing.bundleKeys().size(), 1);
    QTRY_VERIFY(screen.findChild<QAbstractButton *>(QStringLiteral("backupKeyButton")) != nullptr);
    // A refresh, and another key, leave the first one's buttons alone.
    const QPointer<QAbstractButton> backUp =
        screen.findChild<QAbstractButton *>(QStringLiteral("backupKeyButton"));
    backUp->setFocus();
    isMade = false;
    desk.keyRing.createBundleKey(
        *app, this, [&isMade](const Result<keys::BundleKeyInfo> &key) { isMade = key.has_value(); });
    QTRY_VERIFY(isMade);
    QTRY_COMPARE(desk.keyRing.bundleKeys().size(), 2);
    QVERIFY(backUp && backUp->isVisible());
    QCOMPARE(screen.focusWidget(), backUp.data());
    bool isSecondGone = false;
    desk.keyRing.removeBundleKey(
        desk.keyRing.bundleKeys().constLast(), this,
        [&isSecondGone](const Result<void> &done) { isSecondGone = done.has_value(); });
    QTRY_VERIFY(isSecondGone);
    QTRY_COMPARE(desk.keyRing.bundleKeys().size(), 1);
    bool isGone = false;
    desk.keyRing.removeBundleKey(desk.keyRing.bundleKeys().constFirst(), this,
                                 [&isGone](const Result<void> &done) { isGone = done.has_value(); });
    QTRY_VERIFY(isGone);
    QTRY_VERIFY(desk.keyRing.bundleKeys().isEmpty());
}

QTEST_MAIN(ScreensTest)
#include "screens_test.moc"
