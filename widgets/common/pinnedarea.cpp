// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/pinnedarea.h"

#include <QEvent>
#include <QResizeEvent>

namespace gatehouse::widgets {

namespace {
constexpr int kMostHeight = 168;
} // namespace

PinnedArea::PinnedArea(QWidget *content, QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    const bool isShown = !content->isHidden();
    setWidget(content);
    content->setAutoFillBackground(false); // setWidget turns it on
    setVisible(isShown);
}

QSize PinnedArea::sizeHint() const
{
    return {widget()->sizeHint().width(), std::min(neededHeight(), kMostHeight)};
}

QSize PinnedArea::minimumSizeHint() const
{
    return {0, std::min(neededHeight(), kMostHeight)};
}

int PinnedArea::neededHeight() const
{
    const int width = viewport()->width();
    return widget()->hasHeightForWidth() ? widget()->heightForWidth(width) : widget()->sizeHint().height();
}

bool PinnedArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget()) {
        if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent) {
            setVisible(event->type() == QEvent::ShowToParent);
        }
        if (event->type() == QEvent::LayoutRequest) {
            updateGeometry();
        }
    }
    return QScrollArea::eventFilter(watched, event);
}

void PinnedArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        updateGeometry();
    }
}

} // namespace gatehouse::widgets
