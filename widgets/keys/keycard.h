// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/bundlekeys.h"
#include "widgets/common/card.h"
#include "widgets/common/prompts.h"
#include "widgets/theme/theme.h"
#include "workspace/keyring.h"

namespace gatehouse::widgets {

/// One bundle key: whose, its fingerprint, and what can be done with it.
class KeyCard final : public Card
{
    Q_OBJECT

public:
    KeyCard(Theme &theme, workspace::KeyRing &keyRing, Prompts &prompts, keys::BundleKeyInfo key,
            QWidget *parent = nullptr);

Q_SIGNALS:
    void told(const QString &what);
    void failed(const gatehouse::Error &error);

private:
    void exportPublic();
    void writeConfig();
    void showConfigPlan(const QString &path);
    void backUp();
    void askRemove();

    Theme &m_theme;
    workspace::KeyRing &m_keyRing;
    Prompts &m_prompts;
    keys::BundleKeyInfo m_key;
};

} // namespace gatehouse::widgets
