// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/card.h"
#include "wire/channelrow.h"

#include <optional>

namespace gatehouse::widgets {

/// The update rules of a channel in sentences, and how many devices are pinned to it.
class RulesCard final : public Card
{
    Q_OBJECT

public:
    explicit RulesCard(const Theme &theme, QWidget *parent = nullptr);

    /// @param pinned  nothing: not known
    void show(const wire::ChannelRow &channel, std::optional<qint64> pinned);

Q_SIGNALS:
    void editRequested();

private:
    struct Line
    {
        QWidget *host;
        IconLabel *icon;
        Label *words;
    };
    void setLine(qsizetype at, Icon icon, ColorRole role, const QString &sentence);

    const Theme &m_theme;
    QVector<Line> m_lines;
};

} // namespace gatehouse::widgets
