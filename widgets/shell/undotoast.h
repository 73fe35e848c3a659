// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

namespace gatehouse::widgets {

class Toast;

/// Says what was done to a channel, and offers to undo it for a while; counts the devices that have taken it
/// meanwhile.
class UndoToast final : public QObject
{
    Q_OBJECT

public:
    UndoToast(Theme &theme, workspace::Workspace &workspace, QWidget *host);

private:
    void announce(const release::Effect &effect);
    void showUptake();
    void undo();

    workspace::Workspace &m_workspace;
    Toast *m_toast;
    std::optional<release::Effect> m_effect;
};

} // namespace gatehouse::widgets
