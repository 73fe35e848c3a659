// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/screen.h"
#include "widgets/review/releaseflow.h"
#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

namespace gatehouse::widgets {

class ChannelList;
class ChannelPage;
class StatePage;

/// The channels of the app: list at the left, one of them at the right.
class ChannelsScreen final : public Screen
{
    Q_OBJECT

public:
    ChannelsScreen(Theme &theme, workspace::Workspace &workspace, QWidget *parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("channels"); }
    [[nodiscard]] QString title() const override { return tr("Channels"); }
    [[nodiscard]] Icon icon() const override { return Icon::Channels; }
    /// object: the channel; task "offer:<bundle>" puts that bundle into the rollout card.
    void enter(const Destination &destination) override;
    bool focusSearch() override;

private:
    void follow();
    void showSelected();
    void createChannel();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    ReleaseFlow *m_flow;
    StatePage *m_states;
    ChannelList *m_list;
    ChannelPage *m_page;
};

} // namespace gatehouse::widgets
