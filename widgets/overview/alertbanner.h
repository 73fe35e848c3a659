// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/banner.h"
#include "widgets/review/releaseflow.h"
#include "workspace/workspace.h"

#include <optional>

namespace gatehouse::widgets {

class Button;

/// Says what is wrong on a channel, or what an action met, and takes back a failing bundle with one press.
/// Hidden while there is nothing to say.
class AlertBanner final : public Banner
{
    Q_OBJECT

public:
    AlertBanner(const Theme &theme, workspace::Workspace &workspace, ReleaseFlow &flow,
                QWidget *parent = nullptr);

    /// Looks at the channels again.
    void follow();

Q_SIGNALS:
    /// The evidence about this channel is wanted.
    void whyRequested(const QString &channel);

private:
    void takeBack();

    workspace::Workspace &m_workspace;
    ReleaseFlow &m_flow;
    Button *m_why;
    Button *m_takeBack;
    Button *m_dismiss;
    QString m_alerting;             ///< the channel that the alert is about; empty without one
    std::optional<Error> m_failure; ///< what an action met, until it is closed or another one succeeds
};

} // namespace gatehouse::widgets
