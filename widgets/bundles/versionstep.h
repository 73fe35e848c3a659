// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/bundledraft.h"

#include <QWidget>

class QLineEdit;
class QPlainTextEdit;

namespace gatehouse::widgets {

class FormField;

/// The bundle's version, validated while typing, and its notes.
class VersionStep final : public QWidget
{
    Q_OBJECT

public:
    VersionStep(Theme &theme, workspace::BundleDraft &draft, QWidget *parent);

private:
    void follow();
    workspace::BundleDraft &m_draft;
    QLineEdit *m_version;
    QPlainTextEdit *m_notes;
    FormField *m_versionField;
};

} // namespace gatehouse::widgets
