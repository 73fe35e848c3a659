// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channels/channellist.h"

#include "core/foreigntext.h"
#include "widgets/common/button.h"
#include "widgets/common/format.h"

#include <QLineEdit>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kRowHeight = 55;

QString bundlesOf(const wire::ChannelState &state)
{
    const QString stable = state.channel.versionInfo ? displayable(state.channel.versionInfo->name, 32)
                                                     : ChannelList::tr("built-in");
    return state.channel.rolloutVersionInfo
               ? ChannelList::tr("%1 → %2", "stable bundle, bundle of the rollout")
                     .arg(stable, displayable(state.channel.rolloutVersionInfo->name, 32))
               : stable;
}

} // namespace

ChannelMood moodOf(const wire::ChannelState &state)
{
    if (state.frozen) {
        return {Tone::Neutral, ChannelList::tr("Frozen"), Icon::Freeze};
    }
    switch (state.channel.rolloutState()) {
    case wire::RolloutState::None:
        return {Tone::Ok, ChannelList::tr("Quiet"), Icon::Eye};
    case wire::RolloutState::Prepared:
        return {Tone::Neutral, ChannelList::tr("Prepared"), Icon::Clock};
    case wire::RolloutState::Running:
    case wire::RolloutState::Complete:
        return {Tone::Accent, formatShare(state.channel.rolloutPercentage.value()), Icon::Play};
    case wire::RolloutState::Paused:
        return {Tone::Danger, ChannelList::tr("Paused"), Icon::Pause};
    }
    return {};
}

ChannelRowButton::ChannelRowButton(Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ChannelRowButton::show(const wire::ChannelState &state, bool counts)
{
    m_state = state;
    m_counts = counts;
    const QString name = displayable(state.channel.name, 64);
    setAccessibleName(ChannelList::tr("Channel %1").arg(name));
    setAccessibleDescription(
        counts ? ChannelList::tr("%1, %2 devices, %3", nullptr, static_cast<int>(state.activeDevices))
                     .arg(bundlesOf(state), formatCount(state.activeDevices), moodOf(state).text)
               : ChannelList::tr("%1, %2").arg(bundlesOf(state), moodOf(state).text));
    update();
}

QSize ChannelRowButton::sizeHint() const
{
    return {200, kRowHeight};
}

void ChannelRowButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse()) {
        painter.fillRect(rect(), m_theme.color(isChecked() ? ColorRole::AccentTint : ColorRole::Raised));
    }
    const auto place = [this](const QRect &logical) {
        return QStyle::visualRect(layoutDirection(), rect(), logical);
    };
    if (isChecked()) {
        painter.fillRect(place({0, 0, 3, height()}), m_theme.color(ColorRole::Accent));
    }
    painter.setPen(m_theme.color(ColorRole::Border));
    painter.drawLine(0, height() - 1, width(), height() - 1);
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.color(ColorRole::Accent), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -2));
    }
    const ChannelMood mood = moodOf(m_state);
    const QSize pill = pillSize(m_theme, mood.text, false);
    paintPill(painter, place({width() - pill.width() - 12, 9, pill.width(), pill.height()}), m_theme,
              mood.tone, mood.text, std::nullopt, layoutDirection());
    const auto align =
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter);
    painter.setFont(m_theme.font(FontRole::BodyStrong));
    painter.setPen(m_theme.color(ColorRole::Text));
    const QRect name(16, 8, width() - pill.width() - 40, 20);
    painter.drawText(place(name), align,
                     painter.fontMetrics().elidedText(displayable(m_state.channel.name, 64), Qt::ElideRight,
                                                      name.width()));
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(m_theme.color(ColorRole::Muted));
    const QRect details(16, 28, width() - 28, 18);
    const QString words =
        m_counts ? ChannelList::tr("%1 · %2 devices", nullptr, static_cast<int>(m_state.activeDevices))
                       .arg(bundlesOf(m_state), formatCount(m_state.activeDevices))
                 : bundlesOf(m_state);
    painter.drawText(place(details), align,
                     painter.fontMetrics().elidedText(words, Qt::ElideRight, details.width()));
}

void ChannelRowButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void ChannelRowButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

ChannelList::ChannelList(Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : Card(theme, tr("Channels"), parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_channels(workspace.channels())
    , m_filter(new QLineEdit(this))
    , m_rows(new QVBoxLayout)
{
    setObjectName(QStringLiteral("channelList"));
    setFlush(true);
    auto *create = outlineButton(theme, tr("New"), QStringLiteral("newChannelButton"), this);
    create->setLineIcon(Icon::Plus);
    create->setSmall(true);
    create->setAccessibleName(tr("New channel"));
    addAction(create);
    m_filter->setObjectName(QStringLiteral("channelFilterField"));
    m_filter->setAccessibleName(tr("Filter channels"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->addAction(theme.icon(Icon::Search, ColorRole::Muted), QLineEdit::LeadingPosition);
    auto *filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(metrics::kCardPadding, 0, metrics::kCardPadding, metrics::kSpace2);
    filterRow->addWidget(m_filter);
    m_rows->setSpacing(0);
    body()->addLayout(filterRow);
    body()->addLayout(m_rows);
    body()->addStretch();
    connect(m_filter, &QLineEdit::textChanged, this, &ChannelList::reload);
    connect(create, &QPushButton::clicked, this, &ChannelList::newChannelRequested);
    connect(&m_channels, &workspace::Repository::changed, this, &ChannelList::reload);
    reload();
}

void ChannelList::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void ChannelList::select(const QString &channel)
{
    if (m_channels.find(channel) == nullptr) {
        return;
    }
    const bool isNew = channel != m_selected;
    m_selected = channel;
    if (ChannelRowButton *button = m_buttons.value(channel)) {
        button->setChecked(true);
    }
    if (isNew) {
        Q_EMIT selectionChanged(channel);
    }
}

void ChannelList::reload()
{
    QSet<QString> kept;
    const bool counts = m_workspace.capabilities().has(client::Feature::ReleaseState);
    const QString filter = m_filter->text().trimmed();
    int at = 0;
    for (const wire::ChannelState &state : m_channels.rows()) {
        const QString &name = state.channel.name;
        if (!filter.isEmpty() && !name.contains(filter, Qt::CaseInsensitive)) {
            continue;
        }
        kept.insert(name);
        ChannelRowButton *&button = m_buttons[name];
        if (button == nullptr) {
            button = new ChannelRowButton(m_theme, this);
            button->setObjectName(QStringLiteral("channelRow-") + name);
            connect(button, &QAbstractButton::clicked, this, [this, name] { select(name); });
        }
        button->show(state, counts);
        m_rows->removeWidget(button);
        m_rows->insertWidget(at++, button);
        button->setVisible(true);
        button->setChecked(name == m_selected);
    }
    for (auto it = m_buttons.begin(); it != m_buttons.end();) {
        if (!kept.contains(it.key())) {
            it.value()->deleteLater();
            it = m_buttons.erase(it);
        } else {
            ++it;
        }
    }
    const bool isGone = !m_selected.isEmpty() && m_channels.find(m_selected) == nullptr;
    if ((m_selected.isEmpty() || isGone) && !m_channels.rows().isEmpty()) {
        select(m_channels.rows().constFirst().channel.name);
    } else if (isGone) {
        m_selected.clear();
        Q_EMIT selectionChanged(QString());
    }
}

} // namespace gatehouse::widgets
