// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/prompts.h"
#include "widgets/theme/theme.h"
#include "workspace/bundledraft.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QVBoxLayout;

namespace gatehouse::widgets {

class Card;
class Label;
class Pill;

/// Which folder, and what the checks say about it.
class FolderStep final : public QWidget
{
    Q_OBJECT

public:
    FolderStep(Theme &theme, workspace::BundleDraft &draft, workspace::Settings &settings, Prompts &prompts,
               QWidget *parent);

private:
    Card *makeFolderCard();
    void choose();
    void take();
    void follow();
    void showFindings();
    void addFinding(const bundle::Finding &finding);

    Theme &m_theme;
    workspace::BundleDraft &m_draft;
    workspace::Settings &m_settings;
    Prompts &m_prompts;
    QLineEdit *m_folder;
    QCheckBox *m_sourceMaps;
    QCheckBox *m_waiveReady;
    Label *m_state;
    Card *m_checks;
    Pill *m_errors;
    Pill *m_warnings;
    QVBoxLayout *m_findings;
    /// What the list shows: findings, and what was looked for.
    std::optional<std::pair<QVector<bundle::Finding>, bundle::ScanOptions>> m_shown;
};

} // namespace gatehouse::widgets
