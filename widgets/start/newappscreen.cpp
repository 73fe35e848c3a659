// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/newappscreen.h"

#include "core/foreigntext.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/choices.h"
#include "widgets/common/label.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace gatehouse::widgets {

NewAppScreen::NewAppScreen(Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : Screen(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_name(new QLineEdit(this))
    , m_appId(new QLineEdit(this))
    , m_organization(new QComboBox(this))
    , m_channel(new QLineEdit(QStringLiteral("production"), this))
    , m_problem(new Label(theme, {}, FontRole::Body, ColorRole::Danger, this))
    , m_create(filledButton(theme, tr("Create app"), QStringLiteral("createAppButton"), this))
    , m_back(outlineButton(theme, tr("Back"), QStringLiteral("cancelAppButton"), this))
{
    setObjectName(QStringLiteral("newAppScreen"));
    m_name->setObjectName(QStringLiteral("appNameField"));
    m_appId->setObjectName(QStringLiteral("appIdField"));
    m_organization->setObjectName(QStringLiteral("appOrganizationField"));
    m_channel->setObjectName(QStringLiteral("appChannelField"));
    m_name->setAccessibleName(tr("App name"));
    m_appId->setAccessibleName(tr("App id"));
    m_organization->setAccessibleName(tr("Organization"));
    m_channel->setAccessibleName(tr("First channel"));
    m_name->setPlaceholderText(tr("Field Notes"));
    m_appId->setPlaceholderText(QStringLiteral("com.example.app"));
    m_problem->setWrap(true);
    m_problem->hide();

    auto *card = new Card(theme, tr("Which app do you ship?"), this);
    card->setMaximumWidth(560);
    auto *hint =
        new Label(theme, tr("The app id is the one in capacitor.config; devices name it in every request."),
                  FontRole::Body, ColorRole::Muted, card);
    hint->setWrap(true);
    card->body()->setSpacing(metrics::kSpace3);
    card->body()->addWidget(hint);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(metrics::kSpace4);
    form->setVerticalSpacing(metrics::kSpace3);
    form->addRow(new Label(theme, tr("Name"), FontRole::Body, ColorRole::Text, card), m_name);
    form->addRow(new Label(theme, tr("App id"), FontRole::Body, ColorRole::Text, card), m_appId);
    form->addRow(new Label(theme, tr("Organization"), FontRole::Body, ColorRole::Text, card), m_organization);
    form->addRow(new Label(theme, tr("First channel"), FontRole::Body, ColorRole::Text, card), m_channel);
    card->body()->addLayout(form);
    card->body()->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_back);
    buttons->addWidget(m_create);
    card->body()->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPagePadding, 72, metrics::kPagePadding, metrics::kPagePadding);
    layout->addWidget(card, 0, Qt::AlignHCenter);
    card->setMinimumWidth(520);
    layout->addStretch();

    for (QLineEdit *field : {m_name, m_appId, m_channel}) {
        connect(field, &QLineEdit::textChanged, this, &NewAppScreen::validate);
        connect(field, &QLineEdit::returnPressed, m_create, &QPushButton::click);
    }
    connect(m_create, &QPushButton::clicked, this, &NewAppScreen::create);
    connect(m_back, &QPushButton::clicked, this, [this] { Q_EMIT goTo({QStringLiteral("overview")}); });
    const auto fill = [this] {
        QVector<Choice> choices;
        for (const client::Organization &organization : m_workspace.apps().organizations()) {
            choices.append({displayable(organization.name, 64), organization.id});
        }
        setChoices(*m_organization, choices);
        m_back->setVisible(m_workspace.app().has_value());
        validate();
    };
    connect(&workspace.apps(), &workspace::Repository::changed, this, fill);
    connect(&workspace, &workspace::Workspace::appChanged, this, fill);
    fill();
}

void NewAppScreen::validate()
{
    const Result<AppId> app = AppId::parse(m_appId->text());
    const Result<ChannelName> channel = ChannelName::parse(m_channel->text());
    const bool wrongApp = !app && !m_appId->text().isEmpty();
    const bool wrongChannel = !channel && !m_channel->text().isEmpty();
    m_problem->setVisible(wrongApp || wrongChannel);
    if (wrongApp) {
        m_problem->setForeign(app.error().toText());
    } else if (wrongChannel) {
        m_problem->setForeign(channel.error().toText());
    }
    m_create->setEnabled(!m_busy && app && channel && m_organization->count() > 0);
}

void NewAppScreen::create()
{
    const Result<AppId> app = AppId::parse(m_appId->text());
    const Result<ChannelName> channel = ChannelName::parse(m_channel->text());
    if (!app || !channel || m_busy) {
        return;
    }
    m_busy = true;
    validate();
    const QString name = m_name->text().trimmed().isEmpty() ? app->text() : m_name->text().trimmed();
    m_workspace.apps().create(*app, name, m_organization->currentData().toString(), *channel, this,
                              [this, app = *app](Result<void> done) {
                                  m_busy = false;
                                  validate();
                                  if (!done) {
                                      m_problem->setForeign(done.error().toText());
                                      m_problem->show();
                                      return;
                                  }
                                  m_name->clear();
                                  m_appId->clear();
                                  m_workspace.setApp(app);
                                  Q_EMIT goTo({QStringLiteral("overview")});
                              });
}

} // namespace gatehouse::widgets
