// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channels/newchannelsheet.h"

#include "widgets/common/label.h"
#include "widgets/common/reviewsheet.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace gatehouse::widgets {

NewChannelSheet::NewChannelSheet(Theme &theme, workspace::Workspace &workspace, QWidget *host)
    : QObject(host)
    , m_workspace(workspace)
    , m_sheet(new ReviewSheet(theme, tr("New channel"), host))
{
    auto *form = new QWidget;
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    m_name = new QLineEdit(form);
    m_name->setObjectName(QStringLiteral("newChannelNameField"));
    m_name->setAccessibleName(tr("Channel name"));
    m_name->setPlaceholderText(tr("beta"));
    m_default = new QCheckBox(tr("Default for devices that ask for no channel"), form);
    m_default->setObjectName(QStringLiteral("newChannelDefaultField"));
    m_problem = new Label(theme, {}, FontRole::Body, ColorRole::Danger, form);
    m_problem->setWrap(true);
    m_problem->hide();
    auto *caution = new Label(theme, tr("Another default channel of the same platforms stops being one."),
                              FontRole::Small, ColorRole::Muted, form);
    caution->setWrap(true);
    layout->addWidget(new Label(theme, tr("Name"), FontRole::BodyStrong, ColorRole::Text, form));
    layout->addWidget(m_name);
    layout->addWidget(m_default);
    layout->addWidget(caution);
    layout->addWidget(m_problem);
    m_sheet->addSection(form);
    m_sheet->setCommentVisible(false);
    m_sheet->setVerb(tr("Create channel"));
    connect(m_name, &QLineEdit::textChanged, this, &NewChannelSheet::validate);
    connect(m_sheet, &ReviewSheet::confirmed, this, &NewChannelSheet::create);
    connect(m_sheet, &QObject::destroyed, this, &QObject::deleteLater);
    validate();
}

void NewChannelSheet::begin()
{
    m_sheet->openSheet();
    m_name->setFocus();
}

void NewChannelSheet::validate()
{
    const Result<ChannelName> name = ChannelName::parse(m_name->text());
    const bool taken = m_workspace.channels().find(m_name->text()) != nullptr;
    m_problem->setVisible(taken || (!name && !m_name->text().isEmpty()));
    m_problem->setForeign(taken  ? tr("A channel of this name exists.")
                          : name ? QString()
                                 : name.error().toText());
    m_sheet->setVerbEnabled(name.has_value() && !taken);
}

void NewChannelSheet::create()
{
    const Result<ChannelName> name = ChannelName::parse(m_name->text());
    if (!name) {
        return;
    }
    m_sheet->setBusy(true);
    m_workspace.channels().create(*name, m_default->isChecked(), this,
                                  [this, name = *name](Result<void> done) {
                                      if (!done) {
                                          if (m_sheet) {
                                              m_sheet->setBusy(false);
                                              m_sheet->showError(done.error());
                                          }
                                          return;
                                      }
                                      Q_EMIT created(name.text());
                                      if (m_sheet) {
                                          m_sheet->closeSheet();
                                      }
                                  });
}

} // namespace gatehouse::widgets
