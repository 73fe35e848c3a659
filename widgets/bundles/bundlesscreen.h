// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/prompts.h"
#include "widgets/common/screen.h"
#include "widgets/theme/theme.h"
#include "workspace/bundledraft.h"
#include "workspace/bundleshelf.h"

class QStackedWidget;

namespace gatehouse::widgets {

class BundleListPage;
class ComparePage;
class NewBundlePage;

/// The bundles of the app, and the assistant that makes one.
class BundlesScreen final : public Screen
{
    Q_OBJECT

public:
    BundlesScreen(Theme &theme, workspace::Workspace &workspace, workspace::BundleDraft &draft,
                  workspace::BundleShelf &shelf, workspace::KeyRing &keyRing, Prompts &prompts,
                  QWidget *parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("bundles"); }
    [[nodiscard]] QString title() const override { return tr("Bundles"); }
    [[nodiscard]] Icon icon() const override { return Icon::Bundles; }
    /// object: the bundle to select; task "new": the assistant, "compare": object with what it is compared
    /// to.
    void enter(const Destination &destination) override;
    bool focusSearch() override;

private:
    QStackedWidget *m_pages;
    BundleListPage *m_list;
    ComparePage *m_compare;
    NewBundlePage *m_assistant;
};

} // namespace gatehouse::widgets
