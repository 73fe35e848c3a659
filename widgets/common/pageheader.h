// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"

#include <QWidget>

class QHBoxLayout;

namespace gatehouse::widgets {

class Button;

/// The first row of a page: title, the filters that hold for the whole page, and at the right at most one
/// filled button.
class PageHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(const Theme &theme, const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setTitleIcon(Icon icon, ColorRole role);
    /// Where one came from, before the title: "Bundles /". Pressing it emits crumbActivated().
    void setCrumb(const QString &crumb);
    /// Right behind the title: a lock, a pill, a filter.
    void addFilter(QWidget *widget);
    /// At the right, before the filled button.
    void addTrailing(QWidget *widget);
    /// At the right end: the thing one came for.
    void setPrimary(Button *button);
    /// Age of what the page shows: "Updated 2 s ago". Muted; warning colour when stale.
    void setAge(const QString &age, bool stale = false);

Q_SIGNALS:
    void crumbActivated();

private:
    const Theme &m_theme;
    QHBoxLayout *m_leading;
    QHBoxLayout *m_filters;
    QHBoxLayout *m_trailing;
    IconLabel *m_icon = nullptr;
    Button *m_crumb = nullptr;
    Label *m_title;
    Label *m_age;
};

} // namespace gatehouse::widgets
