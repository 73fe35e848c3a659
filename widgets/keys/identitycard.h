// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/card.h"
#include "widgets/common/prompts.h"
#include "widgets/theme/theme.h"
#include "workspace/keyring.h"

class QCheckBox;
class QLineEdit;
class QVBoxLayout;

namespace gatehouse::widgets {

class Button;
class Label;

/// The release identities of the person, and how to make one.
class IdentityCard final : public Card
{
    Q_OBJECT

public:
    IdentityCard(Theme &theme, workspace::KeyRing &keyRing, Prompts &prompts, QWidget *parent = nullptr);

Q_SIGNALS:
    void told(const QString &what);
    void failed(const gatehouse::Error &error);

private:
    void reload();
    QWidget *makeRow(const keys::IdentityInfo &identity);
    void create();
    void createWith(Secret passphrase);

    Theme &m_theme;
    workspace::KeyRing &m_keyRing;
    Prompts &m_prompts;
    QVBoxLayout *m_rows;
    QHash<QString, QWidget *> m_byId;
    Label *m_none;
    QLineEdit *m_name;
    QCheckBox *m_seal;
    Button *m_create;
};

} // namespace gatehouse::widgets
