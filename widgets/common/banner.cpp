// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/banner.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QPainter>

#include <utility>

namespace gatehouse::widgets {

Banner::Banner(const Theme &theme, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_tone(tone)
    , m_icon(new IconLabel(theme, Icon::Alert, ColorRole::Text, 18))
    , m_text(new Label(theme))
    , m_buttons(new QHBoxLayout)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 10, 14, 10);
    row->setSpacing(metrics::kSpace2);
    m_text->setWrap(true);
    m_buttons->setSpacing(metrics::kSpace2);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addSpacing(metrics::kSpace4);
    row->addLayout(m_buttons);
    // Not Fixed: that would hold it at the height of its hint, whatever its width asks for.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMinimumHeight(48);
    setTone(tone);
}

void Banner::setMessage(const QString &fact, const QString &cause)
{
    QVector<Span> spans = {{fact, FontRole::BodyStrong, ColorRole::Text}};
    if (!cause.isEmpty()) {
        spans.append({QStringLiteral(" ") + cause, FontRole::Body, ColorRole::Text});
    }
    m_text->setSpans(spans);
    // A reader is told of the fact once, not of each figure that moves in its evidence.
    if (std::exchange(m_announced, fact) == fact && isVisible()) {
        return;
    }
    QAccessibleEvent announcement(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&announcement);
}

void Banner::setTone(Tone tone)
{
    m_tone = tone;
    const bool alarming = tone == Tone::Danger || tone == Tone::Warning;
    m_icon->setIcon(alarming ? Icon::Alert : toneIcon(tone), ColorRole::Text);
    update();
}

void Banner::setIcon(Icon icon)
{
    m_icon->setIcon(icon, ColorRole::Text);
}

void Banner::addButton(QWidget *button)
{
    m_buttons->addWidget(button);
}

void Banner::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_tone == Tone::Neutral ? m_theme.color(ColorRole::Control)
                                           : m_theme.color(toneColor(m_tone)));
    painter.setBrush(m_theme.color(toneTint(m_tone)));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kCardRadius,
                            metrics::kCardRadius);
}

} // namespace gatehouse::widgets
