// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

#include <QObject>
#include <QPointer>

class QCheckBox;
class QLineEdit;

namespace gatehouse::widgets {

class Label;
class ReviewSheet;

/// Makes a channel: name and whether it is the default. Deletes itself after the sheet closed.
class NewChannelSheet final : public QObject
{
    Q_OBJECT

public:
    NewChannelSheet(Theme &theme, workspace::Workspace &workspace, QWidget *host);
    void begin();

Q_SIGNALS:
    void created(const QString &name);

private:
    void validate();
    void create();

    workspace::Workspace &m_workspace;
    QPointer<ReviewSheet> m_sheet;
    QLineEdit *m_name;
    QCheckBox *m_default;
    Label *m_problem;
};

} // namespace gatehouse::widgets
