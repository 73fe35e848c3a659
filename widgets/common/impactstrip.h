// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tile.h"

#include <QVector>
#include <QWidget>

class QHBoxLayout;

namespace gatehouse::widgets {

/// One figure of what a change would do.
struct ImpactFigure
{
    QString label;     ///< "Active devices reached"
    QString figure;    ///< "4 810 → 12 050"; empty shows a dash
    QString note = {}; ///< "6 to 31, estimated"
    QString why = {};  ///< when there is no figure: the reason

    bool operator==(const ImpactFigure &) const = default;
};

/// Before → after in figures, side by side.
class ImpactStrip : public QWidget
{
    Q_OBJECT

public:
    explicit ImpactStrip(const Theme &theme, QWidget *parent = nullptr);

    void setFigures(const QVector<ImpactFigure> &figures);
    /// "4 810 → 12 050", or one number when both are equal.
    [[nodiscard]] static QString beforeAfter(const QString &before, const QString &after);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QHBoxLayout *m_row;
    QVector<Tile *> m_tiles;
};

} // namespace gatehouse::widgets
