// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channels/channelsscreen.h"

#include "widgets/channels/channellist.h"
#include "widgets/channels/channelpage.h"
#include "widgets/channels/newchannelsheet.h"
#include "widgets/channels/rulessheet.h"
#include "widgets/common/statepage.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kListWidth = 248;

} // namespace

ChannelsScreen::ChannelsScreen(Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : Screen(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_flow(new ReleaseFlow(theme, workspace, this))
    , m_states(new StatePage(theme, Skeleton::Shape::Rows, this))
{
    setObjectName(QStringLiteral("channelsScreen"));
    auto *content = new QWidget;
    m_list = new ChannelList(theme, workspace, content);
    m_list->setFixedWidth(kListWidth);
    m_page = new ChannelPage(theme, workspace, *m_flow, content);
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(metrics::kPagePadding, 20, metrics::kPagePadding, metrics::kSpace4);
    row->setSpacing(metrics::kSpace4);
    row->addWidget(m_list);
    row->addWidget(m_page, 1);
    m_states->setContent(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_states);

    connect(m_list, &ChannelList::selectionChanged, this, &ChannelsScreen::showSelected);
    connect(m_list, &ChannelList::newChannelRequested, this, &ChannelsScreen::createChannel);
    connect(m_page, &ChannelPage::editRulesRequested, this, [this](const wire::ChannelState &state) {
        (new RulesSheet(m_theme, m_workspace, state, this))->begin();
    });
    connect(m_states, &StatePage::retryRequested, &workspace.channels(),
            &workspace::ChannelsRepository::refresh);
    connect(m_states, &StatePage::emptyActionRequested, this, &ChannelsScreen::createChannel);
    connect(&workspace.channels(), &workspace::Repository::changed, this, &ChannelsScreen::showSelected);
    connect(&workspace.channels(), &workspace::Repository::stateChanged, this, &ChannelsScreen::follow);
    // The list may have chosen one before anybody listened.
    showSelected();
}

void ChannelsScreen::follow()
{
    workspace::ChannelsRepository &channels = m_workspace.channels();
    switch (channels.state()) {
    case workspace::LoadState::Nothing:
    case workspace::LoadState::Loading:
        m_states->showLoading();
        break;
    case workspace::LoadState::Failed:
        m_states->showError(*channels.error());
        break;
    case workspace::LoadState::Ready:
        if (channels.rows().isEmpty()) {
            m_states->showEmpty(Icon::Channels,
                                tr("This app has no channel. Devices get their bundles from one."),
                                tr("New channel"));
        } else {
            m_states->showContent();
        }
        break;
    }
}

void ChannelsScreen::showSelected()
{
    if (const wire::ChannelState *state = m_workspace.channels().find(m_list->selected())) {
        m_page->show(*state);
    }
    follow();
}

void ChannelsScreen::enter(const Destination &destination)
{
    if (!destination.object.isEmpty()) {
        m_list->select(destination.object);
    }
    static const QString offer = QStringLiteral("offer:");
    if (destination.task.startsWith(offer)) {
        m_page->offer(destination.task.mid(offer.size()));
    }
}

bool ChannelsScreen::focusSearch()
{
    m_list->focusFilter();
    return true;
}

void ChannelsScreen::createChannel()
{
    auto *sheet = new NewChannelSheet(m_theme, m_workspace, this);
    connect(sheet, &NewChannelSheet::created, this, [this](const QString &name) { m_list->select(name); });
    sheet->begin();
}

} // namespace gatehouse::widgets
