// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/bundledraft.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QDoubleSpinBox;

namespace gatehouse::widgets {

class Button;
class Card;
class Label;
class ProgressRows;

/// To which channel, how far, and the upload with its progress.
class ShipStep final : public QWidget
{
    Q_OBJECT

public:
    ShipStep(Theme &theme, workspace::Workspace &workspace, workspace::BundleDraft &draft, QWidget *parent);

Q_SIGNALS:
    void channelRequested(const QString &channel);

private:
    enum Way { UploadOnly, RollOut, MakeStable };
    QWidget *makeChoices();
    void fillChannels();
    void follow();
    void start();
    [[nodiscard]] bool hasStable() const;

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::BundleDraft &m_draft;
    QComboBox *m_channel;
    QButtonGroup *m_way;
    QDoubleSpinBox *m_share;
    Label *m_explanation;
    ProgressRows *m_progress;
    Label *m_speed;
    Button *m_start;
    Button *m_cancel;
    Card *m_done;
    Label *m_doneWords;
};

} // namespace gatehouse::widgets
