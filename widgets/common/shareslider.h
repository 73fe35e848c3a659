// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"

#include <QWidget>

class QDoubleSpinBox;

namespace gatehouse::widgets {

class ShareTrack;

/// The rollout share: track, number field, and the sentence that moving down takes nothing back. Changes
/// nothing by itself: the page reads share() when the person applies it. Shares are basis points, 1 to 10
/// 000.
class ShareSlider : public QWidget
{
    Q_OBJECT

public:
    explicit ShareSlider(const Theme &theme, QWidget *parent = nullptr);

    /// What the server holds now; 0 when no rollout runs. Moves the dashed handle only, never the wish.
    void setServerShare(int basisPoints);
    [[nodiscard]] int serverShare() const;
    void setShare(int basisPoints);
    [[nodiscard]] int share() const;
    [[nodiscard]] bool isChanged() const { return share() != serverShare(); }
    /// Small marks over the track: where the plan stops.
    void setStages(const QVector<int> &basisPoints);
    /// Hidden where there is nothing to take back.
    void setTakeBackVisible(bool visible);

Q_SIGNALS:
    void shareChanged(int basisPoints);
    void takeBackRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showServerSentence();

    ShareTrack *m_track;
    QDoubleSpinBox *m_field;
    Label *m_sentence;
    bool m_takeBackVisible = true;
};

} // namespace gatehouse::widgets
