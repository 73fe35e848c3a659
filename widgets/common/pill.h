// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tone.h"

#include <QLabel>

#include <optional>

namespace gatehouse::widgets {

/// An icon and one or two words in a tint: "Quiet", "Paused by guard", "2 of 2 approvals".
class Pill : public QLabel
{
    Q_OBJECT

public:
    Pill(const Theme &theme, Tone tone, const QString &text, std::optional<Icon> icon = std::nullopt,
         QWidget *parent = nullptr);

    /// What it says now; widgets that show a changing state keep one pill.
    void setState(Tone tone, const QString &text, std::optional<Icon> icon = std::nullopt);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Tone m_tone;
    std::optional<Icon> m_icon;
};

/// The room a pill takes, for delegates of tables.
[[nodiscard]] QSize pillSize(const Theme &theme, const QString &text, bool withIcon);
/// The same pill in the cell of a table.
void paintPill(QPainter &painter, const QRect &where, const Theme &theme, Tone tone, const QString &text,
               std::optional<Icon> icon, Qt::LayoutDirection direction);

} // namespace gatehouse::widgets
