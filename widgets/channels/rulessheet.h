// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

#include <QPointer>

namespace gatehouse::widgets {

class Banner;
class ChangeList;
class ReviewSheet;
class RulesForm;

/// Changes the rules of one channel: the form, what is wrong with it, and what would change, all at once.
/// Somebody else's change meanwhile is shown, and the wishes go on top of it. Deletes itself after the sheet
/// closed.
class RulesSheet final : public QObject
{
    Q_OBJECT

public:
    RulesSheet(Theme &theme, workspace::Workspace &workspace, const wire::ChannelState &state, QWidget *host);
    void begin();

private:
    /// The channel as the server has it now.
    void follow();
    void showReview();
    void apply(const QString &comment);
    [[nodiscard]] std::optional<release::Review> review() const;

    workspace::Workspace &m_workspace;
    wire::ChannelState m_base; ///< what the wishes are compared with
    QVector<release::RuleChange> m_theirs;
    QPointer<ReviewSheet> m_sheet;
    RulesForm *m_form;
    Banner *m_meanwhile;
    ChangeList *m_changes;
    bool m_isApplying = false;
};

} // namespace gatehouse::widgets
