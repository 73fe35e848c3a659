// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QLineEdit>
#include <QTimer>

namespace gatehouse::widgets {

/// A field with a magnifier that reports its text once the typing rests. Escape empties it.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    SearchField(const Theme &theme, const QString &placeholder, const QString &objectName,
                QWidget *parent = nullptr);

Q_SIGNALS:
    /// 200 ms after the last change, at once on Enter or when emptied.
    void searchChanged(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void report();

    QTimer m_rest;
    QString m_reported;
};

} // namespace gatehouse::widgets
