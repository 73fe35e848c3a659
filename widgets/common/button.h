// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/style.h"
#include "widgets/theme/theme.h"

#include <QPushButton>

namespace gatehouse::widgets {

/// A push button of one of the kinds in visual.md. Its label is a verb with its object or number.
class Button : public QPushButton
{
    Q_OBJECT

public:
    Button(const Theme &theme, ButtonKind kind, const QString &text, const QString &objectName,
           QWidget *parent = nullptr);

    void setKind(ButtonKind kind);
    /// 26 high, for use inside cards and rows.
    void setSmall(bool small);
    /// An icon before the label, in the colour of the label.
    void setLineIcon(Icon icon);

private:
    void refreshLook();

    const Theme &m_theme;
    ButtonKind m_kind;
    bool m_small = false;
    bool m_hasIcon = false;
    Icon m_icon = Icon::Plus;
};

[[nodiscard]] Button *filledButton(const Theme &theme, const QString &text, const QString &objectName,
                                   QWidget *parent = nullptr);
[[nodiscard]] Button *outlineButton(const Theme &theme, const QString &text, const QString &objectName,
                                    QWidget *parent = nullptr);
/// Outlined in the danger colour.
[[nodiscard]] Button *dangerButton(const Theme &theme, const QString &text, const QString &objectName,
                                   QWidget *parent = nullptr);
[[nodiscard]] Button *quietButton(const Theme &theme, const QString &text, const QString &objectName,
                                  QWidget *parent = nullptr);
/// A quiet square button that shows only an icon; the name is for assistive tools and the tool tip.
[[nodiscard]] Button *iconButton(const Theme &theme, Icon icon, const QString &name,
                                 const QString &objectName, QWidget *parent = nullptr);
/// A link within text: "Take back", "see why".
[[nodiscard]] QPushButton *linkButton(const Theme &theme, const QString &text, const QString &objectName,
                                      QWidget *parent = nullptr);

} // namespace gatehouse::widgets
