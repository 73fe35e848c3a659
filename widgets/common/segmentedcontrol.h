// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QStringList>
#include <QVector>
#include <QWidget>

class QButtonGroup;

namespace gatehouse::widgets {

class Button;

/// One of a few: 1 h, 24 h, 7 d. Arrow keys move the choice; Tab enters and leaves the row as a whole.
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    /// @param name  what is chosen, for assistive tools: "Time range"
    SegmentedControl(const Theme &theme, const QString &name, const QStringList &choices,
                     const QString &objectName, QWidget *parent = nullptr);

    void setCurrent(int index);
    [[nodiscard]] int current() const;

Q_SIGNALS:
    void currentChanged(int index);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refreshFocus();

    QButtonGroup *m_group;
    QVector<Button *> m_buttons;
};

} // namespace gatehouse::widgets
