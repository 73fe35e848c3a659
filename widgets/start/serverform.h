// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/serverdesk.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace gatehouse::widgets {

class Button;
class Card;
class Label;

/// Address, name, API key and how careful to be there. The key is taken out of its field at once.
class ServerForm final : public QWidget
{
    Q_OBJECT

public:
    ServerForm(Theme &theme, workspace::ServerDesk &desk, QWidget *parent = nullptr);
    void begin(workspace::ServerKind kind);

Q_SIGNALS:
    void cancelled();
    void opened();

private:
    QWidget *makeField(const QString &label, QWidget *field, const QString &hint);
    void validate();
    void connectServer();
    void setBusy(bool busy);

    Theme &m_theme;
    workspace::ServerDesk &m_desk;
    workspace::ServerKind m_kind = workspace::ServerKind::Other;
    Card *m_card;
    QLineEdit *m_address;
    QLineEdit *m_name;
    QLineEdit *m_key;
    QComboBox *m_environment;
    Label *m_problem;
    Button *m_connect;
    Button *m_cancel;
    bool m_busy = false;
};

} // namespace gatehouse::widgets
