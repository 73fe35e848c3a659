// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/screen.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QVector>

class QButtonGroup;
class QVBoxLayout;

namespace gatehouse::widgets {

/// One word of the navigation.
class NavigationButton final : public QAbstractButton
{
    Q_OBJECT

public:
    NavigationButton(Theme &theme, Icon icon, const QString &text, QWidget *parent);
    void setNarrow(bool narrow);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    Theme &m_theme;
    Icon m_icon;
    bool m_narrow = false;
};

/// The list at the left: icons and words, icons alone in narrow windows.
class Navigation final : public QWidget
{
    Q_OBJECT

public:
    explicit Navigation(Theme &theme, QWidget *parent = nullptr);
    void addScreen(const Screen &screen);
    void setCurrent(const QString &screenId);
    void setNarrow(bool narrow);
    /// Before a server is open there is nowhere to go.
    void setUsable(bool usable);

Q_SIGNALS:
    void chosen(const QString &screenId);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    QButtonGroup *m_group;
    QVBoxLayout *m_layout;
    QVector<QString> m_ids;
    bool m_isFollowing = false; ///< the program chooses, not the person
};

} // namespace gatehouse::widgets
