// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace gatehouse::widgets {

/// Holds what stays in sight while the rest of a sheet scrolls. As high as its content, up to a limit from
/// which on it scrolls by itself; gone while its content is hidden.
class PinnedArea final : public QScrollArea
{
    Q_OBJECT

public:
    explicit PinnedArea(QWidget *content, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] int neededHeight() const;
};

} // namespace gatehouse::widgets
