// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/differencetable.h"
#include "widgets/theme/theme.h"
#include "workspace/bundleshelf.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QStackedWidget;

namespace gatehouse::widgets {

class EmptyState;
class ErrorState;
class JobLine;
class Label;
class SegmentedControl;
class TableView;
class Tile;

/// Two bundles side by side: files added, changed and removed, with sizes, and where each content came from.
class ComparePage final : public QWidget
{
    Q_OBJECT

public:
    ComparePage(Theme &theme, workspace::Workspace &workspace, workspace::BundleShelf &shelf,
                QWidget *parent = nullptr);

    /// @param before  empty: what devices have now, else the next lower version, else any other one
    void compare(const QString &before, const QString &after);
    /// What a person wants to know the difference to.
    [[nodiscard]] QString baseFor(const QString &bundle) const;

Q_SIGNALS:
    void left();

private:
    QWidget *makeChoice();
    QWidget *makeResult();
    void fillChoices();
    void start();
    void show(const workspace::BundleDifference &difference);
    void showSide(Label *label, const workspace::BundleSide &side) const;

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::BundleShelf &m_shelf;
    tables::DifferenceTable m_table;
    std::unique_ptr<tables::DifferenceFilter> m_filter;
    QComboBox *m_before;
    QComboBox *m_after;
    JobLine *m_job;
    QStringList m_names; ///< that can be chosen
    quint64 m_attempt = 0;
    QStackedWidget *m_states;
    EmptyState *m_empty;
    ErrorState *m_error;
    QWidget *m_result = nullptr;
    Tile *m_added = nullptr;
    Tile *m_changed = nullptr;
    Tile *m_removed = nullptr;
    Tile *m_size = nullptr;
    Label *m_beforeFrom;
    Label *m_afterFrom;
    SegmentedControl *m_kind = nullptr;
    TableView *m_view = nullptr;
};

} // namespace gatehouse::widgets
