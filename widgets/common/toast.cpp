// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/toast.h"

#include "widgets/common/button.h"
#include "widgets/common/label.h"

#include <QAccessible>
#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace gatehouse::widgets {

namespace {

constexpr int kTickMs = 50;
constexpr int kShadow = 6;

} // namespace

Toast::Toast(const Theme &theme, QWidget *host)
    : QWidget(host)
    , m_theme(theme)
    , m_icon(new IconLabel(theme, Icon::Check, ColorRole::Ok))
    , m_text(new Label(theme, {}, FontRole::BodyStrong))
    , m_note(new Label(theme, {}, FontRole::Small, ColorRole::Muted))
    , m_undo(outlineButton(theme, tr("Undo"), QStringLiteral("undoButton")))
    , m_close(iconButton(theme, Icon::Cross, tr("Close the message"), QStringLiteral("closeToastButton")))
{
    setObjectName(QStringLiteral("toast"));
    setAttribute(Qt::WA_Hover);
    m_undo->setSmall(true);
    m_undo->setLineIcon(Icon::Undo);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_text);
    words->addWidget(m_note);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14 + kShadow, 10 + kShadow, 10 + kShadow, 12 + kShadow);
    row->setSpacing(metrics::kSpace2);
    row->addWidget(m_icon);
    row->addLayout(words, 1);
    row->addSpacing(metrics::kSpace4);
    row->addWidget(m_undo);
    row->addWidget(m_close);
    m_ticker.setInterval(kTickMs);
    connect(&m_ticker, &QTimer::timeout, this, &Toast::tick);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        m_ticker.stop();
        hide();
        Q_EMIT undoRequested();
    });
    connect(m_close, &QPushButton::clicked, this, &Toast::dismiss);
    host->installEventFilter(this);
    hide();
}

void Toast::showMessage(const QString &what, const QString &undo, Tone tone)
{
    if (isVisible()) {
        dismiss();
    }
    m_icon->setIcon(toneIcon(tone), toneColor(tone));
    m_text->setText(what);
    m_note->hide();
    m_undo->setText(undo);
    m_undo->setVisible(!undo.isEmpty());
    m_leftMs = m_lifetimeMs;
    m_sinceTick.start();
    m_ticker.start();
    place();
    show();
    raise();
    QAccessibleEvent announcement(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&announcement);
}

void Toast::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    place();
}

void Toast::dismiss()
{
    if (isHidden()) {
        return;
    }
    m_ticker.stop();
    hide();
    Q_EMIT expired();
}

bool Toast::isHeld() const
{
    const QWidget *focus = QApplication::focusWidget();
    return underMouse() || (focus && isAncestorOf(focus));
}

void Toast::tick()
{
    const double passed = static_cast<double>(m_sinceTick.restart());
    if (isHeld()) {
        return;
    }
    m_leftMs -= passed;
    if (m_leftMs <= 0) {
        dismiss();
        return;
    }
    update();
}

void Toast::place()
{
    layout()->activate();
    const QSize host = parentWidget()->size();
    const QSize wanted = sizeHint();
    const int width = qMin(qMax(wanted.width(), 320), host.width() - 32);
    setGeometry((host.width() - width) / 2, host.height() - wanted.height() - 18, width, wanted.height());
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && !isHidden()) {
        place();
    }
    return QWidget::eventFilter(watched, event);
}

void Toast::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        dismiss();
        return;
    }
    QWidget::keyPressEvent(event);
}

void Toast::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(kShadow + 0.5, kShadow - 1.5, -kShadow - 0.5, -kShadow - 0.5);
    painter.setPen(Qt::NoPen);
    for (int spread = kShadow; spread > 0; --spread) {
        painter.setBrush(QColor(0, 0, 0, m_theme.isDark() ? 16 : 6));
        painter.drawRoundedRect(box.adjusted(-spread, -spread + 2, spread, spread),
                                metrics::kCardRadius + spread, metrics::kCardRadius + spread);
    }
    painter.setPen(m_theme.color(m_theme.isDark() ? ColorRole::Control : ColorRole::Border));
    painter.setBrush(m_theme.color(ColorRole::Surface));
    painter.drawRoundedRect(box, metrics::kCardRadius, metrics::kCardRadius);
    // The line that shrinks; it stands still where less motion is wanted, and the time is up all the same.
    const double share = m_theme.reducedMotion() ? 1.0 : qBound(0.0, m_leftMs / m_lifetimeMs, 1.0);
    QRectF line(box.left() + 8, box.bottom() - 4, (box.width() - 16) * share, 2);
    if (layoutDirection() == Qt::RightToLeft) {
        line.moveRight(box.right() - 8);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(ColorRole::Accent));
    painter.drawRoundedRect(line, 1, 1);
}

} // namespace gatehouse::widgets
