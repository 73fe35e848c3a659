// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/shareslider.h"

#include "support.h"
#include "widgets/common/sharescale.h"
#include "widgets/common/sharetrack.h"

#include <QAccessible>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace gatehouse::widgets {

class ShareSliderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void scaleGoesThroughItsStops();
    void scaleIsItsOwnInverse();
    void scaleHoldsItsEnds();
    void keysMoveBySteps_data();
    void keysMoveBySteps();
    void digitsGoToTheField();
    void serverShareMovesNoWish();
    void assistiveToolsSetTheValue();
    void nonsenseFromAssistiveToolsIsIgnored();
    void takeBackIsAButton();
    void draggingSnapsToStops();
    void rightToLeftIsMirrored();

private:
    ThemeFixture m_fixture;
    std::unique_ptr<ShareSlider> m_slider;
    ShareTrack *m_track = nullptr;
};

void ShareSliderTest::init()
{
    // As with a screen reader running: then the first name already makes an interface.
    QAccessible::setActive(true);
    m_slider = std::make_unique<ShareSlider>(m_fixture.theme);
    m_slider->resize(720, 110);
    m_slider->setServerShare(1000);
    m_slider->setShare(1000);
    m_slider->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_slider.get()));
    m_track = m_slider->findChild<ShareTrack *>();
    QVERIFY(m_track);
}

void ShareSliderTest::scaleGoesThroughItsStops()
{
    const QVector<int> stops = sharescale::stops();
    for (qsizetype i = 0; i < stops.size(); ++i) {
        QCOMPARE(sharescale::position(stops.at(i)) + 1.0, double(i) / 6.0 + 1.0);
        QCOMPARE(sharescale::shareAt(double(i) / 6.0), stops.at(i));
    }
}

void ShareSliderTest::scaleIsItsOwnInverse()
{
    double before = -1;
    for (int share = 1; share <= 10000; ++share) {
        const double position = sharescale::position(share);
        QVERIFY(position > before);
        before = position;
        const int back = sharescale::shareAt(position);
        const int grain = share < 100 ? 1 : share < 1000 ? 10 : 50;
        QVERIFY2(qAbs(back - share) <= grain,
                 qPrintable(QStringLiteral("%1 became %2").arg(share).arg(back)));
    }
}

void ShareSliderTest::scaleHoldsItsEnds()
{
    QCOMPARE(sharescale::shareAt(-3.0), 1);
    QCOMPARE(sharescale::shareAt(7.0), 10000);
    QCOMPARE(sharescale::position(0), sharescale::position(1));
    QCOMPARE(sharescale::position(20000), 1.0);
}

void ShareSliderTest::keysMoveBySteps_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifier");
    QTest::addColumn<int>("expected");
    QTest::newRow("right is one percent up") << int(Qt::Key_Right) << int(Qt::NoModifier) << 1100;
    QTest::newRow("down is one percent down") << int(Qt::Key_Down) << int(Qt::NoModifier) << 900;
    QTest::newRow("shift is ten percent") << int(Qt::Key_Up) << int(Qt::ShiftModifier) << 2000;
    QTest::newRow("control is a tenth") << int(Qt::Key_Left) << int(Qt::ControlModifier) << 990;
    QTest::newRow("never below the least") << int(Qt::Key_Left) << int(Qt::ShiftModifier) << 1;
    QTest::newRow("page up goes to the next stop") << int(Qt::Key_PageUp) << int(Qt::NoModifier) << 2500;
    QTest::newRow("page down goes to the stop before") << int(Qt::Key_PageDown) << int(Qt::NoModifier) << 500;
    QTest::newRow("end is everybody") << int(Qt::Key_End) << int(Qt::NoModifier) << 10000;
}

void ShareSliderTest::keysMoveBySteps()
{
    QFETCH(int, key);
    QFETCH(int, modifier);
    QFETCH(int, expected);
    QSignalSpy changed(m_slider.get(), &ShareSlider::shareChanged);
    QTest::keyClick(m_track, static_cast<Qt::Key>(key), static_cast<Qt::KeyboardModifiers>(modifier));
    QCOMPARE(m_slider->share(), expected);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_slider->findChild<QDoubleSpinBox *>()->value(), expected / 100.0);
    QVERIFY(m_slider->isChanged());
}

void ShareSliderTest::digitsGoToTheField()
{
    m_track->setFocus();
    QTest::keyClick(m_track, '4');
    QTest::keyClick(m_slider->findChild<QDoubleSpinBox *>(), '2');
    QCOMPARE(m_slider->share(), 4200);
}

void ShareSliderTest::serverShareMovesNoWish()
{
    m_slider->setShare(2500);
    m_slider->setServerShare(5000);
    QCOMPARE(m_slider->share(), 2500);
    QCOMPARE(m_slider->serverShare(), 5000);
}

void ShareSliderTest::assistiveToolsSetTheValue()
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_track);
    QVERIFY(interface);
    QCOMPARE(interface->role(), QAccessible::Slider);
    QAccessibleValueInterface *value = interface->valueInterface();
    QVERIFY(value);
    value->setCurrentValue(25.0);
    QCOMPARE(m_slider->share(), 2500);
    QCOMPARE(value->currentValue().toDouble(), 25.0);
    QCOMPARE(value->maximumValue().toDouble(), 100.0);
    QVERIFY(interface->text(QAccessible::Value).contains(QStringLiteral("25")));
}

void ShareSliderTest::nonsenseFromAssistiveToolsIsIgnored()
{
    QAccessibleValueInterface *value = QAccessible::queryAccessibleInterface(m_track)->valueInterface();
    value->setCurrentValue(QStringLiteral("many"));
    QCOMPARE(m_slider->share(), 1000);
    value->setCurrentValue(-5.0);
    QCOMPARE(m_slider->share(), 1);
    m_slider->setEnabled(false);
    value->setCurrentValue(50.0);
    QCOMPARE(m_slider->share(), 1);
}

void ShareSliderTest::takeBackIsAButton()
{
    QSignalSpy wished(m_slider.get(), &ShareSlider::takeBackRequested);
    auto *button = m_slider->findChild<QPushButton *>(QStringLiteral("takeBackButton"));
    QVERIFY(button && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(wished.count(), 1);
    QCOMPARE(m_slider->share(), 1000);
    m_slider->setTakeBackVisible(false);
    QVERIFY(!button->isVisible());
}

void ShareSliderTest::draggingSnapsToStops()
{
    const int left = 30;
    const double length = m_track->width() - 2.0 * left;
    const QPoint quarter(left + static_cast<int>(length * sharescale::position(2500)) + 2, 20);
    QTest::mouseClick(m_track, Qt::LeftButton, Qt::NoModifier, quarter);
    QCOMPARE(m_slider->share(), 2500);
}

void ShareSliderTest::rightToLeftIsMirrored()
{
    m_slider->setLayoutDirection(Qt::RightToLeft);
    QTest::keyClick(m_track, Qt::Key_Left);
    QCOMPARE(m_slider->share(), 1100);
    QTest::mouseClick(m_track, Qt::LeftButton, Qt::NoModifier, QPoint(32, 20));
    QCOMPARE(m_slider->share(), 10000);
}

} // namespace gatehouse::widgets

QTEST_MAIN(gatehouse::widgets::ShareSliderTest)
#include "shareslider_test.moc"
