// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/card.h"
#include "widgets/theme/theme.h"
#include "workspace/secretplace.h"

namespace gatehouse::widgets {

class Button;

/// The keychain or the vault does not answer: what is the matter, and the choice between unlocking and a
/// vault.
class KeyTrouble final : public Card
{
    Q_OBJECT

public:
    KeyTrouble(Theme &theme, workspace::SecretPlace &place, QWidget *parent = nullptr);
    void show(const Error &error);
    /// Asks for the passphrase of the vault, or for a new one when there is no vault yet.
    void openVault();

private:
    void unlock();
    void finish(const Result<void> &done);

    Theme &m_theme;
    workspace::SecretPlace &m_place;
    Label *m_what;
    Label *m_why;
    Button *m_unlock;
    Button *m_vault;
};

} // namespace gatehouse::widgets
