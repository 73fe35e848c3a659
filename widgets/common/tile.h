// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"
#include "widgets/common/tone.h"

#include <QWidget>

namespace gatehouse::widgets {

/// A small label, a large figure, one line of context. Without a number it shows a dash and says why.
class Tile : public QWidget
{
    Q_OBJECT

public:
    enum class Frame { Card, None };

    Tile(const Theme &theme, const QString &label, Frame frame = Frame::Card, QWidget *parent = nullptr);

    void setLabel(const QString &label);
    /// @param note  small words behind the figure: "6 to 31, estimated"
    void setFigure(const QString &figure, const QString &note = {});
    /// There is no number: the figure becomes a dash and the reason takes the line of context.
    void setUnknown(const QString &why);
    void setContext(const QString &context, Tone tone = Tone::Neutral, bool withIcon = false);
    /// The figure's age is beyond the refresh time: shown muted.
    void setStale(bool stale);
    /// Keeps room for the widest figure, so that nothing jumps.
    void reserve(const QString &widestFigure);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    const Theme &m_theme;
    Frame m_frame;
    Label *m_label;
    Label *m_figure;
    IconLabel *m_contextIcon;
    Label *m_context;
    QString m_figureText;
    QString m_note;
    bool m_stale = false;
};

} // namespace gatehouse::widgets
