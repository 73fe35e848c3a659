// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/card.h"
#include "widgets/common/pill.h"
#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

#include <QAbstractButton>
#include <QHash>

class QLineEdit;
class QVBoxLayout;

namespace gatehouse::widgets {

/// What a channel's rollout does, in one or two words.
struct ChannelMood
{
    Tone tone = Tone::Neutral;
    QString text;
    Icon icon = Icon::Eye;
};
[[nodiscard]] ChannelMood moodOf(const wire::ChannelState &state);

/// One channel of the list: name, bundles, devices, mood.
class ChannelRowButton final : public QAbstractButton
{
    Q_OBJECT

public:
    ChannelRowButton(Theme &theme, QWidget *parent);
    /// @param counts  the server tells how many devices a channel has
    void show(const wire::ChannelState &state, bool counts);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    Theme &m_theme;
    wire::ChannelState m_state;
    bool m_counts = false;
};

/// The channels at the left, with a filter. Keeps the selection over refreshes.
class ChannelList final : public Card
{
    Q_OBJECT

public:
    ChannelList(Theme &theme, workspace::Workspace &workspace, QWidget *parent = nullptr);
    void select(const QString &channel);
    [[nodiscard]] const QString &selected() const { return m_selected; }
    void focusFilter();

Q_SIGNALS:
    void selectionChanged(const QString &channel);
    void newChannelRequested();

private:
    void reload();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    workspace::ChannelsRepository &m_channels;
    QLineEdit *m_filter;
    QVBoxLayout *m_rows;
    QHash<QString, ChannelRowButton *> m_buttons;
    QString m_selected;
};

} // namespace gatehouse::widgets
