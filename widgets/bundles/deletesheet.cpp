// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/deletesheet.h"

#include "core/foreigntext.h"
#include "widgets/common/banner.h"
#include "widgets/common/reviewsheet.h"

namespace gatehouse::widgets {

DeleteSheet::DeleteSheet(Theme &theme, workspace::Workspace &workspace, workspace::BundleShelf &shelf,
                         const tables::BundleEntry &entry, QWidget *host)
    : QObject(host)
    , m_workspace(workspace)
    , m_shelf(shelf)
    , m_entry(entry)
    , m_sheet(new ReviewSheet(theme, tr("Delete %1").arg(displayable(entry.bundle.name, 40)), host))
    , m_whyNot(new Banner(theme, Tone::Danger))
    , m_holders(
          new Label(theme, tr("Asking the server which devices run it…"), FontRole::Body, ColorRole::Muted))
{
    m_sheet->setObjectName(QStringLiteral("deleteSheet"));
    const QString name = displayable(entry.bundle.name, 40);
    m_sheet->setChanges(
        {{tr("%1, for new rollouts and for rolling back").arg(name), tr("offered"), tr("gone for good")},
         {tr("The version %1").arg(name), tr("used"), tr("never used again")}});
    m_whyNot->hide();
    m_holders->setWrap(true);
    m_sheet->addSection(m_whyNot);
    m_sheet->addSection(m_holders);
    m_sheet->setCommentVisible(false);
    m_sheet->setVerb(tr("Delete %1").arg(name), ReviewSheet::Verb::Dangerous);
    m_sheet->setVerbEnabled(false);
    connect(m_sheet, &ReviewSheet::confirmed, this, &DeleteSheet::remove);
    connect(m_sheet, &QObject::destroyed, this, &QObject::deleteLater);
}

void DeleteSheet::begin()
{
    m_sheet->openSheet();
    m_shelf.countHolders(m_entry.bundle.name, this, [this](const Result<qint64> &holders) {
        if (m_sheet) {
            show(holders);
        }
    });
}

void DeleteSheet::show(const Result<qint64> &holders)
{
    const QStringList users = m_workspace.channels().usersOf(m_entry.bundle.id);
    if (!users.isEmpty()) {
        m_whyNot->setMessage(
            tr("It cannot be deleted: %1 serves it.").arg(displayable(users.join(QStringLiteral(", ")), 200)),
            tr("Give the channel another bundle first."));
    } else if (holders && *holders > 0) {
        m_whyNot->setMessage(
            tr("It cannot be deleted: %n devices run it.", nullptr, static_cast<int>(*holders)),
            tr("Nobody could verify or compare any more what these devices run. Delete it when they have "
               "moved on."));
    }
    const bool isHeld = !users.isEmpty() || (holders && *holders > 0);
    m_whyNot->setVisible(isHeld);
    m_holders->setVisible(!isHeld);
    m_holders->setText(holders ? tr("No device runs it, as far as the server knows.")
                               : tr("The server does not tell which devices run it. Those that do keep it "
                                    "until they get another one."));
    m_sheet->setVerbEnabled(!isHeld);
}

void DeleteSheet::remove()
{
    m_sheet->setBusy(true);
    m_workspace.bundles().remove(m_entry.bundle.name, this, [this](const Result<void> &done) {
        if (!m_sheet) {
            return;
        }
        if (done) {
            m_sheet->closeSheet();
        } else {
            m_sheet->showError(done.error());
        }
    });
}

} // namespace gatehouse::widgets
