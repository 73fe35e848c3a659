// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>

class QPushButton;

namespace gatehouse::widgets {

/// The track of ShareSlider: solid to the server's share, light to the wished one, a dashed handle for the
/// server. Assistive tools see a slider whose value is the share in percent.
class ShareTrack : public QWidget
{
    Q_OBJECT

public:
    explicit ShareTrack(const Theme &theme, QWidget *parent = nullptr);

    void setShare(int basisPoints);
    [[nodiscard]] int share() const { return m_share; }
    void setServerShare(int basisPoints);
    [[nodiscard]] int serverShare() const { return m_server; }
    void setStages(const QVector<int> &basisPoints);
    void setTakeBackVisible(bool visible);

    /// Arrow keys: 1 %, with Shift 10 %, with Control 0.1 %. False for other keys.
    bool handleStepKey(int key, Qt::KeyboardModifiers modifiers);

    [[nodiscard]] QSize sizeHint() const override { return {520, 66}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 66}; }

Q_SIGNALS:
    void shareChanged(int basisPoints);
    void takeBackRequested();
    /// A digit was typed: the number field takes it.
    void digitTyped(const QString &digit);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] double xOf(int basisPoints) const;
    void moveTo(double x);
    void placeTakeBack();
    void announce();
    void paintTrack(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintHandles(QPainter &painter) const;

    const Theme &m_theme;
    QPushButton *m_takeBack;
    int m_share = 100;
    int m_server = 0; ///< 0: the server has no rollout
    QVector<int> m_stages;
    bool m_dragging = false;
};

} // namespace gatehouse::widgets
