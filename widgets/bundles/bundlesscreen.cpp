// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/bundlesscreen.h"

#include "widgets/bundles/bundlelistpage.h"
#include "widgets/bundles/comparepage.h"
#include "widgets/bundles/newbundlepage.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace gatehouse::widgets {

BundlesScreen::BundlesScreen(Theme &theme, workspace::Workspace &workspace, workspace::BundleDraft &draft,
                             workspace::BundleShelf &shelf, workspace::KeyRing &keyRing, Prompts &prompts,
                             QWidget *parent)
    : Screen(parent)
    , m_pages(new QStackedWidget(this))
    , m_list(new BundleListPage(theme, workspace, shelf, prompts, m_pages))
    , m_compare(new ComparePage(theme, workspace, shelf))
    , m_assistant(new NewBundlePage(theme, workspace, draft, keyRing, prompts))
{
    setObjectName(QStringLiteral("bundlesScreen"));
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_compare);
    m_pages->addWidget(m_assistant);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(m_list, &BundleListPage::newBundleRequested, this, [this] {
        enter({id(), {}, QStringLiteral("new")});
    });
    connect(m_list, &BundleListPage::rollOutRequested, this, [this](const QString &bundle) {
        Q_EMIT goTo({QStringLiteral("channels"), {}, QStringLiteral("offer:") + bundle});
    });
    connect(m_list, &BundleListPage::compareRequested, this, [this](const QString &bundle) {
        enter({id(), bundle, QStringLiteral("compare")});
    });
    connect(m_compare, &ComparePage::left, this, [this] { m_pages->setCurrentWidget(m_list); });
    connect(m_assistant, &NewBundlePage::left, this, [this] { m_pages->setCurrentWidget(m_list); });
    connect(m_assistant, &NewBundlePage::channelRequested, this, [this](const QString &channel) {
        m_pages->setCurrentWidget(m_list);
        Q_EMIT goTo({QStringLiteral("channels"), channel, {}});
    });
}

void BundlesScreen::enter(const Destination &destination)
{
    if (destination.task == QLatin1String("new")) {
        m_pages->setCurrentWidget(m_assistant);
        m_assistant->begin();
        return;
    }
    if (destination.task == QLatin1String("compare")) {
        m_pages->setCurrentWidget(m_compare);
        m_compare->compare({}, destination.object);
        return;
    }
    if (!destination.object.isEmpty()) {
        m_pages->setCurrentWidget(m_list);
        m_list->select(destination.object);
    }
}

bool BundlesScreen::focusSearch()
{
    m_pages->setCurrentWidget(m_list);
    m_list->focusSearch();
    return true;
}

} // namespace gatehouse::widgets
