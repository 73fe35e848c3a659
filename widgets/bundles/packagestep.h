// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/bundledraft.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace gatehouse::widgets {

class Banner;
class Button;
class Label;
class ProgressRows;

/// Key, cipher and identity, then archive, checksum, encryption and statement with their progress.
class PackageStep final : public QWidget
{
    Q_OBJECT

public:
    PackageStep(Theme &theme, workspace::Workspace &workspace, workspace::BundleDraft &draft,
                workspace::KeyRing &keyRing, QWidget *parent);

private:
    QWidget *makeChoices();
    void fillKeys();
    void follow();
    void showCipher();
    void start();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::BundleDraft &m_draft;
    workspace::KeyRing &m_keyRing;
    QComboBox *m_key;
    Button *m_createKey;
    Label *m_keyWords;
    QComboBox *m_cipher;
    Banner *m_cipherNote;
    QCheckBox *m_fileByFile;
    Label *m_identity;
    Button *m_createIdentity;
    QLineEdit *m_passphrase;
    ProgressRows *m_progress;
    Button *m_start;
    Button *m_cancel;
};

} // namespace gatehouse::widgets
