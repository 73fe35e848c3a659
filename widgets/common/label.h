// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QLabel>
#include <QVector>

class QTextLayout;

namespace gatehouse::widgets {

/// A piece of a sentence in its own step of the type scale: a version in the fixed font within a line of
/// text.
struct Span
{
    QString text;
    FontRole font = FontRole::Body;
    ColorRole color = ColorRole::Text;

    bool operator==(const Span &) const = default;
};

/// Text of the program's type scale: always plain, in a colour role, on the scale's line height, whole or as
/// spans. What comes from devices or servers goes through setForeign(), or displayable() for a span.
class Label : public QLabel
{
    Q_OBJECT

public:
    explicit Label(const Theme &theme, const QString &text = {}, FontRole font = FontRole::Body,
                   ColorRole color = ColorRole::Text, QWidget *parent = nullptr);

    void setText(const QString &text);
    /// Text that others wrote: control and bidirectional characters are taken out, the length is limited.
    void setForeign(const QString &text);
    void setSpans(const QVector<Span> &spans);
    void setColorRole(ColorRole role);
    [[nodiscard]] ColorRole colorRole() const { return m_color; }
    void setFontRole(FontRole role);
    /// Breaks into lines at words; else the label is one line and shortens by an ellipsis when it must.
    void setWrap(bool wrap);
    /// Where a single line is shortened.
    void setElide(Qt::TextElideMode mode) { m_elide = mode; }
    /// The width that a column of labels shares.
    void setFixedTextWidth(int width);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QVector<Span> effectiveSpans() const;
    [[nodiscard]] QSizeF layOut(QTextLayout &layout, const QVector<Span> &spans, qreal width) const;
    [[nodiscard]] qreal naturalWidth() const;

    const Theme &m_theme;
    FontRole m_font;
    ColorRole m_color;
    QVector<Span> m_spans;
    Qt::TextElideMode m_elide = Qt::ElideRight;
};

/// A label for text that others wrote (device ids, versions, notes, messages of servers).
[[nodiscard]] Label *plainLabel(const Theme &theme, const QString &foreign, FontRole font = FontRole::Body,
                                ColorRole color = ColorRole::Text, QWidget *parent = nullptr);

/// A line icon standing by itself. Says nothing to assistive tools: the word beside it does.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    IconLabel(const Theme &theme, Icon icon, ColorRole role = ColorRole::Text, int size = metrics::kIcon,
              QWidget *parent = nullptr);

    void setIcon(Icon icon, ColorRole role);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Icon m_icon;
    ColorRole m_role;
    int m_size;
};

} // namespace gatehouse::widgets
