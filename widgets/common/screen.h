// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icon.h"

#include <QString>
#include <QWidget>

namespace gatehouse::widgets {

/// Where to go: a screen, and what to show there.
struct Destination
{
    QString screen;      ///< id of the screen: "channels"
    QString object = {}; ///< what to select: a channel, a bundle; empty: as it was
    QString task = {};   ///< what to begin there: "new", "rollback"; empty: nothing
};

/// One screen of the window, as the shell sees it.
class Screen : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Stable: "overview", "bundles", "channels", "monitor", "keys", "connect".
    [[nodiscard]] virtual QString id() const = 0;
    /// The word in the navigation.
    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual Icon icon() const = 0;
    /// It is shown now. @param destination  see Destination
    virtual void enter(const Destination &destination) { Q_UNUSED(destination) }
    /// Ctrl+F: put the cursor where one searches here. @return false: nothing to search here
    virtual bool focusSearch() { return false; }

Q_SIGNALS:
    void goTo(const gatehouse::widgets::Destination &destination);
};

} // namespace gatehouse::widgets
