// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/shareslider.h"

#include "widgets/common/format.h"
#include "widgets/common/sharescale.h"
#include "widgets/common/sharetrack.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>

namespace gatehouse::widgets {

namespace {

/// Shows 25 as "25", 2.5 as "2.5" and 0.01 as "0.01".
class ShareField : public QDoubleSpinBox
{
public:
    using QDoubleSpinBox::QDoubleSpinBox;

    [[nodiscard]] QString textFromValue(double value) const override
    {
        const int basisPoints = qRound(value * 100.0);
        const int digits = basisPoints % 100 == 0 ? 0 : basisPoints % 10 == 0 ? 1 : 2;
        return locale().toString(value, 'f', digits);
    }
};

} // namespace

ShareSlider::ShareSlider(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_track(new ShareTrack(theme))
    , m_field(new ShareField)
    , m_sentence(new Label(theme, {}, FontRole::Small, ColorRole::Muted))
{
    m_field->setObjectName(QStringLiteral("shareField"));
    m_field->setAccessibleName(tr("New share in percent"));
    m_field->setRange(0.01, 100.0);
    m_field->setDecimals(2);
    m_field->setSuffix(withPercentSign({}));
    m_field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_field->setKeyboardTracking(true);
    m_field->setFont(theme.font(FontRole::BodyStrong));
    m_field->setFixedWidth(110);
    m_field->setMinimumHeight(34);
    m_field->installEventFilter(this);
    m_sentence->setWrap(true);

    auto *caption = new Label(theme, tr("New share"), FontRole::Small, ColorRole::Muted);
    auto *keys = new Label(theme, tr("↑↓ 1 · Shift 10 · Ctrl 0.1"), FontRole::Small, ColorRole::Muted);
    keys->setWrap(true);
    keys->setFixedWidth(110);
    auto *left = new QVBoxLayout;
    left->setSpacing(metrics::kSpace1);
    left->addSpacing(6);
    left->addWidget(m_track);
    left->addWidget(m_sentence);
    left->addStretch(1);
    auto *right = new QVBoxLayout;
    right->setSpacing(3);
    right->addWidget(caption);
    right->addWidget(m_field);
    right->addWidget(keys);
    right->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, metrics::kSpace1);
    row->setSpacing(metrics::kSpace6);
    row->addLayout(left, 1);
    row->addLayout(right);

    connect(m_track, &ShareTrack::shareChanged, this, [this](int basisPoints) {
        const QSignalBlocker blocker(m_field);
        m_field->setValue(basisPoints / 100.0);
        Q_EMIT shareChanged(basisPoints);
    });
    connect(m_field, &QDoubleSpinBox::valueChanged, this,
            [this](double percent) { m_track->setShare(qRound(percent * 100.0)); });
    connect(m_track, &ShareTrack::digitTyped, this, [this](const QString &digit) {
        m_field->setFocus(Qt::ShortcutFocusReason);
        m_field->selectAll();
        QKeyEvent key(QEvent::KeyPress, Qt::Key_0, Qt::NoModifier, digit);
        QCoreApplication::sendEvent(m_field, &key);
    });
    connect(m_track, &ShareTrack::takeBackRequested, this, &ShareSlider::takeBackRequested);
    m_field->setValue(m_track->share() / 100.0);
    setFocusProxy(m_track);
    showServerSentence();
}

void ShareSlider::setServerShare(int basisPoints)
{
    m_track->setServerShare(basisPoints);
    showServerSentence();
}

int ShareSlider::serverShare() const
{
    return m_track->serverShare();
}

void ShareSlider::setShare(int basisPoints)
{
    m_track->setShare(basisPoints);
}

int ShareSlider::share() const
{
    return m_track->share();
}

void ShareSlider::setStages(const QVector<int> &basisPoints)
{
    m_track->setStages(basisPoints);
}

void ShareSlider::setTakeBackVisible(bool visible)
{
    m_takeBackVisible = visible;
    m_track->setTakeBackVisible(visible);
    showServerSentence();
}

void ShareSlider::showServerSentence()
{
    if (serverShare() == 0 || !m_takeBackVisible) {
        m_sentence->setText(serverShare() == 0
                                ? tr("No rollout on the server now.")
                                : tr("On the server now: %1.").arg(formatShare(serverShare())));
        return;
    }
    m_sentence->setText(
        tr("On the server now: %1. Moving down does not take the bundle off devices that have it; "
           "Take back does.")
            .arg(formatShare(serverShare())));
}

bool ShareSlider::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool vertical = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down;
        if (vertical && m_track->handleStepKey(key->key(), key->modifiers())) {
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gatehouse::widgets
