// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/undotoast.h"

#include "core/foreigntext.h"
#include "widgets/common/toast.h"
#include "widgets/review/reviewwords.h"

namespace gatehouse::widgets {

UndoToast::UndoToast(Theme &theme, workspace::Workspace &workspace, QWidget *host)
    : QObject(host)
    , m_workspace(workspace)
    , m_toast(new Toast(theme, host))
{
    connect(&workspace, &workspace::Workspace::released, this, &UndoToast::announce);
    connect(&workspace.uptake(), &workspace::Uptake::changed, this, &UndoToast::showUptake);
    connect(m_toast, &Toast::undoRequested, this, &UndoToast::undo);
    connect(m_toast, &Toast::expired, this, [this] { m_effect.reset(); });
    // What is undone belongs to the app that was open.
    connect(&workspace, &workspace::Workspace::appChanged, m_toast, &Toast::dismiss);
}

void UndoToast::announce(const release::Effect &effect)
{
    m_toast->showMessage(doneWords(effect), effect.undo ? tr("Undo") : QString());
    // After showMessage(): the toast before ends with it, and its effect too.
    m_effect = effect;
    showUptake();
}

void UndoToast::showUptake()
{
    if (!m_effect) {
        return;
    }
    const int devices = static_cast<int>(m_workspace.uptake().devices());
    if (devices == 0) {
        // Only who is told live may say that nobody did.
        const bool isTold = m_workspace.capabilities().has(client::Feature::LiveEvents);
        m_toast->setNote(isTold && workspace::bundleTaken(*m_effect) ? tr("No device has taken it yet")
                                                                     : QString());
    } else if (m_workspace.uptake().isReturn()) {
        m_toast->setNote(tr("%n devices are back", nullptr, devices));
    } else {
        m_toast->setNote(tr("%n devices have taken it", nullptr, devices));
    }
}

void UndoToast::undo()
{
    if (!m_effect) {
        return;
    }
    const release::Effect effect = *m_effect;
    m_effect.reset();
    m_workspace.undo(effect, tr("Undo the change to %1").arg(effect.action.channel.text()), this,
                     [this](const Result<release::Effect> &done) {
                         if (!done) {
                             m_toast->showMessage(displayable(done.error().what, 160), {}, Tone::Danger);
                             m_toast->setNote(displayable(done.error().cause, 200));
                         }
                     });
}

} // namespace gatehouse::widgets
