// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/serverform.h"

#include "core/foreigntext.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace gatehouse::widgets {

ServerForm::ServerForm(Theme &theme, workspace::ServerDesk &desk, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_card(new Card(theme, tr("Connect to a server"), this))
    , m_address(new QLineEdit(m_card))
    , m_name(new QLineEdit(m_card))
    , m_key(new QLineEdit(m_card))
    , m_environment(new QComboBox(m_card))
    , m_problem(new Label(theme, {}, FontRole::Body, ColorRole::Danger, m_card))
    , m_connect(filledButton(theme, tr("Connect"), QStringLiteral("connectServerButton"), m_card))
    , m_cancel(outlineButton(theme, tr("Back"), QStringLiteral("cancelServerButton"), m_card))
{
    m_address->setObjectName(QStringLiteral("serverAddressField"));
    m_name->setObjectName(QStringLiteral("serverNameField"));
    m_key->setObjectName(QStringLiteral("serverKeyField"));
    m_environment->setObjectName(QStringLiteral("serverEnvironmentField"));
    m_key->setEchoMode(QLineEdit::Password);
    m_address->setPlaceholderText(tr("https://updates.example.com"));
    m_environment->addItem(tr("Production"), static_cast<int>(workspace::Environment::Production));
    m_environment->addItem(tr("Test"), static_cast<int>(workspace::Environment::Test));
    m_environment->addItem(tr("Development"), static_cast<int>(workspace::Environment::Development));
    m_problem->setWrap(true);
    m_problem->hide();

    QVBoxLayout *body = m_card->body();
    body->setSpacing(metrics::kSpace3);
    body->addWidget(makeField(tr("Address"), m_address, tr("Where the management API answers.")));
    body->addWidget(makeField(tr("Name"), m_name, tr("How this server is called here.")));
    body->addWidget(makeField(tr("API key"), m_key, tr("Kept in the keychain, sent to this server only.")));
    body->addWidget(makeField(tr("Used for"), m_environment, tr("Colours the line over every screen.")));
    body->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_connect);
    body->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    // At the leading side of the page, whichever that is.
    auto *leading = new QHBoxLayout;
    leading->addWidget(m_card, 1);
    leading->addStretch();
    layout->addLayout(leading);
    layout->addStretch();
    m_card->setMaximumWidth(560);

    for (QLineEdit *field : {m_address, m_name, m_key}) {
        connect(field, &QLineEdit::textChanged, this, &ServerForm::validate);
        connect(field, &QLineEdit::returnPressed, m_connect, &QPushButton::click);
    }
    connect(m_connect, &QPushButton::clicked, this, &ServerForm::connectServer);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_key->clear();
        Q_EMIT cancelled();
    });
    validate();
}

QWidget *ServerForm::makeField(const QString &label, QWidget *field, const QString &hint)
{
    auto *holder = new QWidget(m_card);
    auto *layout = new QVBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpace1);
    auto *caption = new Label(m_theme, label, FontRole::BodyStrong, ColorRole::Text, holder);
    caption->setBuddy(field);
    field->setAccessibleName(label);
    field->setAccessibleDescription(hint);
    layout->addWidget(caption);
    layout->addWidget(field);
    layout->addWidget(new Label(m_theme, hint, FontRole::Small, ColorRole::Muted, holder));
    return holder;
}

void ServerForm::begin(workspace::ServerKind kind)
{
    m_kind = kind;
    const bool cloud = kind == workspace::ServerKind::CapgoCloud;
    m_card->setTitle(cloud ? tr("Connect to Capgo Cloud") : tr("Connect to a server"));
    m_address->setText(cloud ? workspace::capgoCloudAddress().toString() : QString());
    m_name->setText(cloud ? tr("Capgo Cloud") : QString());
    m_key->clear();
    m_environment->setCurrentIndex(0);
    m_problem->hide();
    (cloud ? m_key : m_address)->setFocus();
}

void ServerForm::validate()
{
    const Result<QUrl> address = workspace::parseServerAddress(m_address->text());
    const bool showProblem = !address && !m_address->text().isEmpty();
    m_problem->setVisible(showProblem);
    if (showProblem) {
        m_problem->setForeign(address.error().toText());
    }
    m_connect->setEnabled(!m_busy && address.has_value() && !m_key->text().isEmpty());
}

void ServerForm::connectServer()
{
    const Result<QUrl> address = workspace::parseServerAddress(m_address->text());
    if (!address || m_key->text().isEmpty()) {
        return;
    }
    workspace::ServerEntry entry;
    entry.kind = m_kind;
    entry.api = *address;
    entry.name = m_name->text().trimmed().isEmpty() ? address->host() : m_name->text().trimmed();
    entry.environment = static_cast<workspace::Environment>(m_environment->currentData().toInt());
    QString typed = m_key->text().trimmed();
    m_key->clear();
    Secret key = Secret::fromTyped(typed);
    setBusy(true);
    m_desk.openRemote(entry, std::move(key), this, [this](Result<void> done) {
        setBusy(false);
        if (done) {
            Q_EMIT opened();
            return;
        }
        m_problem->setForeign(done.error().toText());
        m_problem->show();
        m_key->setFocus();
    });
}

void ServerForm::setBusy(bool busy)
{
    m_busy = busy;
    for (QWidget *field : {static_cast<QWidget *>(m_address), static_cast<QWidget *>(m_name),
                           static_cast<QWidget *>(m_key), static_cast<QWidget *>(m_environment)}) {
        field->setEnabled(!busy);
    }
    m_connect->setText(busy ? tr("Connecting…") : tr("Connect"));
    m_connect->setEnabled(!busy && !m_key->text().isEmpty());
}

} // namespace gatehouse::widgets
