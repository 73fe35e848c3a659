// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/review.h"
#include "widgets/common/card.h"
#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

class QComboBox;

namespace gatehouse::widgets {

class Button;
class ImpactStrip;
class Label;
class Pill;
class ShareSlider;

/// The rollout of one channel: the slider with its impact, or how to start one. Changes nothing by itself: it
/// emits wishes.
class RolloutCard final : public Card
{
    Q_OBJECT

public:
    RolloutCard(Theme &theme, workspace::Workspace &workspace, QWidget *parent = nullptr);
    /// The wish on the slider survives a refresh of the same rollout.
    void show(const wire::ChannelState &state);
    /// The bundle is already chosen: as when one comes from its page.
    void offer(const QString &bundle);

Q_SIGNALS:
    void reviewRequested(const gatehouse::release::ReleaseAction &action);

private:
    void showRunning();
    void showNone();
    void showImpact();
    void fillBundles();
    [[nodiscard]] std::optional<release::ReleaseAction> wish() const;

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    std::optional<wire::ChannelState> m_state;
    QString m_rolloutShown;
    Label *m_headline;
    Pill *m_statePill;
    QWidget *m_startRow;
    QComboBox *m_bundle;
    bool m_isFilling = false;
    bool m_isBundleChosen = false; ///< by a person; else the likely one is shown
    ShareSlider *m_slider;
    ImpactStrip *m_impact;
    Label *m_obstacle;
    Button *m_discard;
    Button *m_promote;
    Button *m_review;
};

} // namespace gatehouse::widgets
