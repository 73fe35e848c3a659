// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

#include <QObject>
#include <QPointer>

namespace gatehouse::widgets {

class ReviewSheet;

/// From a wish to its effect, the same way on every screen: what needs a look opens the review sheet over the
/// page, what makes things safer is done at once.
class ReleaseFlow final : public QObject
{
    Q_OBJECT

public:
    /// @param host  the page the sheet slides over
    ReleaseFlow(Theme &theme, workspace::Workspace &workspace, QWidget *host);

    /// Opens the sheet; the person decides.
    void review(const release::ReleaseAction &action);
    /// Without a sheet. Only for actions that make things safer.
    void runNow(const release::ReleaseAction &action);

Q_SIGNALS:
    void done(const gatehouse::release::Effect &effect);
    /// A review could not be made, or an action without a sheet failed.
    void failed(const gatehouse::Error &error);

private:
    void open(const release::Review &review);
    void fillObstacles(ReviewSheet &sheet, const release::Review &review);
    void execute(const release::Review &review, const QString &comment);

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    QWidget *m_host;
    QPointer<ReviewSheet> m_sheet;
};

} // namespace gatehouse::widgets
