// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/bundlefilter.h"
#include "widgets/common/prompts.h"
#include "widgets/theme/theme.h"
#include "workspace/bundleshelf.h"

#include <QWidget>

#include <memory>

namespace gatehouse::widgets {

class BundleDetails;
class EmptyState;
class SearchField;
class SegmentedControl;
class StatePage;
class TableView;

/// The bundles of the app as a table, with search and the details of the selected one.
class BundleListPage final : public QWidget
{
    Q_OBJECT

public:
    BundleListPage(Theme &theme, workspace::Workspace &workspace, workspace::BundleShelf &shelf,
                   Prompts &prompts, QWidget *parent = nullptr);
    void select(const QString &bundle);
    void focusSearch();

Q_SIGNALS:
    void newBundleRequested();
    void rollOutRequested(const QString &bundle);
    void compareRequested(const QString &bundle);

private:
    void follow();
    void showSelected();
    void showMatches();
    void inspect(const QString &bundle);
    void askRemove(const QString &bundle);

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::BundleShelf &m_shelf;
    Prompts &m_prompts;
    tables::BundleTable m_table;
    std::unique_ptr<tables::BundleFilter> m_proxy;
    SearchField *m_search;
    SegmentedControl *m_show;
    StatePage *m_states;
    TableView *m_view;
    EmptyState *m_noMatch;
    BundleDetails *m_details;
};

} // namespace gatehouse::widgets
