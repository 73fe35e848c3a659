// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/activitycard.h"

#include "core/foreigntext.h"
#include "tables/historytable.h"
#include "widgets/common/format.h"

#include <QGuiApplication>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::widgets {

namespace {
constexpr qsizetype kMostLines = 6;

Icon iconOf(const QString &what)
{
    const std::optional<wire::ActionVerb> verb = wire::verbFromName(what);
    if (!verb) {
        return Icon::Plus;
    }
    switch (*verb) {
    case wire::ActionVerb::Pause:
        return Icon::Pause;
    case wire::ActionVerb::Resume:
        return Icon::Play;
    case wire::ActionVerb::Freeze:
    case wire::ActionVerb::Unfreeze:
        return Icon::Freeze;
    case wire::ActionVerb::TakeBack:
    case wire::ActionVerb::RollBack:
        return Icon::RollBack;
    case wire::ActionVerb::Promote:
        return Icon::Check;
    default:
        return QGuiApplication::isRightToLeft() ? Icon::ArrowLeft : Icon::ArrowRight;
    }
}

struct Deed
{
    const wire::ChannelHistoryEntry *entry;
    const QString *channel;
};

QVector<Deed> newestDeeds(const QVector<wire::ChannelState> &channels)
{
    QVector<Deed> deeds;
    for (const wire::ChannelState &state : channels) {
        for (const wire::ChannelHistoryEntry &entry : state.history) {
            deeds.append({&entry, &state.channel.name});
        }
    }
    std::stable_sort(deeds.begin(), deeds.end(),
                     [](const Deed &one, const Deed &other) { return one.entry->at > other.entry->at; });
    deeds.resize(std::min(deeds.size(), kMostLines));
    return deeds;
}
} // namespace

ActivityCard::ActivityCard(const Theme &theme, QWidget *parent)
    : Card(theme, tr("Recent activity"), parent)
    , m_theme(theme)
    , m_nothing(new Label(theme, tr("Nothing was released yet."), FontRole::Body, ColorRole::Muted, this))
{
    setObjectName(QStringLiteral("recentActivityCard"));
    body()->setSpacing(metrics::kSpace3);
    body()->addWidget(m_nothing);
}

void ActivityCard::setChannels(const QVector<wire::ChannelState> &channels, UtcTime now)
{
    const QVector<Deed> deeds = newestDeeds(channels);
    m_nothing->setVisible(deeds.isEmpty());
    while (m_lines.size() < deeds.size()) {
        m_lines.append(makeLine());
    }
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const Line &line = m_lines.at(i);
        line.row->setVisible(i < deeds.size());
        if (i >= deeds.size()) {
            continue;
        }
        const wire::ChannelHistoryEntry &entry = *deeds.at(i).entry;
        line.icon->setIcon(iconOf(entry.what), ColorRole::Text);
        line.what->setText(
            tr("%1: %2").arg(displayable(*deeds.at(i).channel, 48), tables::historySentence(entry)));
        QStringList evidence{formatMoment(entry.at, now), displayable(entry.actor, 48),
                             displayable(entry.reason, 120)};
        evidence.removeAll(QString());
        line.evidence->setText(evidence.join(QStringLiteral(" · ")));
    }
}

ActivityCard::Line ActivityCard::makeLine()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpace3);
    const Line line{row, new IconLabel(m_theme, Icon::Plus, ColorRole::Text, metrics::kIcon, row),
                    new Label(m_theme, {}, FontRole::Body, ColorRole::Text, row),
                    new Label(m_theme, {}, FontRole::Small, ColorRole::Muted, row)};
    layout->addWidget(line.icon, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(line.what);
    words->addWidget(line.evidence);
    layout->addLayout(words, 1);
    body()->addWidget(row);
    return line;
}

} // namespace gatehouse::widgets
