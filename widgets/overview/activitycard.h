// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "widgets/common/card.h"
#include "wire/channelaction.h"

#include <QVector>

namespace gatehouse::widgets {

/// What was done last on any channel, newest first. The lines are made once and only told new words: a screen
/// reader and a pointer keep their place while figures move.
class ActivityCard final : public Card
{
    Q_OBJECT

public:
    explicit ActivityCard(const Theme &theme, QWidget *parent = nullptr);

    void setChannels(const QVector<wire::ChannelState> &channels, UtcTime now);

private:
    struct Line
    {
        QWidget *row;
        IconLabel *icon;
        Label *what;
        Label *evidence;
    };
    Line makeLine();

    const Theme &m_theme;
    Label *m_nothing;
    QVector<Line> m_lines;
};

} // namespace gatehouse::widgets
