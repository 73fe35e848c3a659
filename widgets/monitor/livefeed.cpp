// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/monitor/livefeed.h"

#include "widgets/common/button.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"

#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kRowHeight = 47;
constexpr int kAgeIntervalMs = 2000;

std::pair<Icon, ColorRole> lookOf(const QModelIndex &index)
{
    if (index.data(tables::ActivityList::IsFailureRole).toBool()) {
        return {Icon::Error, ColorRole::Danger};
    }
    if (index.data(tables::ActivityList::IsTransportRole).toBool()) {
        return {Icon::Network, ColorRole::Muted};
    }
    const QString action = index.data(tables::ActivityList::ActionRole).toString();
    if (action == QLatin1String("set")) {
        return {Icon::Check, ColorRole::Ok};
    }
    if (action == QLatin1String("download_complete")) {
        return {Icon::Download, ColorRole::Muted};
    }
    return {action.endsWith(QLatin1String("_fail")) ? Icon::Alert : Icon::Dot, ColorRole::Muted};
}

} // namespace

LiveFeedDelegate::LiveFeedDelegate(Theme &theme, const Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_clock(clock)
{}

QSize LiveFeedDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(option)
    Q_UNUSED(index)
    return {180, kRowHeight};
}

void LiveFeedDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    painter->save();
    const QRect rect = option.rect;
    if ((option.state & QStyle::State_Selected) != 0) {
        painter->fillRect(rect, m_theme.color(ColorRole::AccentTint));
    }
    painter->setPen(m_theme.color(ColorRole::Border));
    painter->drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom());
    const auto place = [&](int x, int y, int width, int height) {
        return QStyle::visualRect(option.direction, rect,
                                  QRect(rect.left() + x, rect.top() + y, width, height));
    };
    const auto [icon, role] = lookOf(index);
    m_theme.paintIcon(*painter, place(14, 8, metrics::kIcon, metrics::kIcon), icon, role);
    const auto align =
        static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter);
    const int width = rect.width() - 48;
    painter->setFont(m_theme.font(FontRole::Body));
    painter->setPen(m_theme.color(ColorRole::Text));
    painter->drawText(
        place(38, 5, width, 20), align,
        painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, width));
    painter->setFont(m_theme.font(FontRole::Small));
    painter->setPen(m_theme.color(ColorRole::Muted));
    const QString when =
        formatMoment(utcFromMs(index.data(tables::ActivityList::TimeRole).toLongLong()), m_clock.now());
    const QString where = index.data(tables::ActivityList::WhereRole).toString();
    painter->drawText(
        place(38, 24, width, 18), align,
        painter->fontMetrics().elidedText(where + QStringLiteral(" · ") + when, Qt::ElideRight, width));
    painter->restore();
}

LiveFeed::LiveFeed(Theme &theme, workspace::ActivityFeed &feed, const Clock &clock, QWidget *parent)
    : Card(theme, tr("Live"), parent)
    , m_model(feed)
    , m_list(new QListView(this))
    , m_empty(new Label(theme, tr("Nothing has happened since this page was opened."), FontRole::Body,
                        ColorRole::Muted, this))
    , m_hold(iconButton(theme, Icon::Pause, tr("Hold the live feed"), QStringLiteral("holdFeedButton"), this))
{
    setObjectName(QStringLiteral("liveFeed"));
    setFlush(true);
    addAction(static_cast<QWidget *>(m_hold));
    m_hold->setCheckable(true);
    m_list->setObjectName(QStringLiteral("liveFeedList"));
    m_list->setAccessibleName(tr("Live events"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new LiveFeedDelegate(theme, clock, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_empty->setWrap(true);
    m_empty->setContentsMargins(metrics::kCardPadding, 0, metrics::kCardPadding, metrics::kCardPadding);
    body()->addWidget(m_empty);
    body()->addWidget(m_list, 1);
    connect(m_hold, &QPushButton::toggled, &m_model, &tables::ActivityList::setPaused);
    connect(m_hold, &QPushButton::toggled, this, [this](bool held) {
        m_hold->setLineIcon(held ? Icon::Play : Icon::Pause);
        m_hold->setAccessibleName(held ? tr("Let the live feed go on") : tr("Hold the live feed"));
    });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &LiveFeed::updateEmpty);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &LiveFeed::updateEmpty);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &LiveFeed::keepPlace);
    m_age.setInterval(kAgeIntervalMs);
    connect(&m_age, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    m_age.start();
    updateEmpty();
}

void LiveFeed::setUnavailable(const QString &reason)
{
    m_unavailable = reason;
    updateEmpty();
}

void LiveFeed::keepPlace(const QModelIndex &parent, int first, int last)
{
    Q_UNUSED(parent)
    QScrollBar *bar = m_list->verticalScrollBar();
    // Who looks at the newest goes on to see the newest; who scrolled down keeps what they read.
    if (first == 0 && bar->value() > 0) {
        const int value = bar->value();
        m_list->doItemsLayout();
        bar->setValue(value + (last - first + 1) * kRowHeight);
    }
}

void LiveFeed::updateEmpty()
{
    const bool isEmpty = m_model.rowCount() == 0;
    m_empty->setText(m_unavailable.isEmpty() ? tr("Nothing has happened since this page was opened.")
                                             : m_unavailable);
    m_empty->setVisible(isEmpty || !m_unavailable.isEmpty());
    m_list->setVisible(!isEmpty && m_unavailable.isEmpty());
    body()->setStretch(1, m_list->isVisibleTo(this) ? 1 : 0);
}

} // namespace gatehouse::widgets
