// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"
#include "widgets/common/tone.h"

#include <QWidget>

class QHBoxLayout;

namespace gatehouse::widgets {

/// One sentence with the fact, one with the cause, actions. At most one a page, the worst first.
class Banner : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(const Theme &theme, Tone tone, QWidget *parent = nullptr);

    void setMessage(const QString &fact, const QString &cause = {});
    void setTone(Tone tone);
    void setIcon(Icon icon);
    /// Small buttons at the right, in the order of the calls.
    void addButton(QWidget *button);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Tone m_tone;
    IconLabel *m_icon;
    Label *m_text;
    QString m_announced; ///< the fact that a screen reader was told last
    QHBoxLayout *m_buttons;
};

} // namespace gatehouse::widgets
