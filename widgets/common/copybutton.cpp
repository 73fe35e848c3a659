// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/copybutton.h"

#include "widgets/common/button.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTimer>

namespace gatehouse::widgets {

namespace {

constexpr int kConfirmationMs = 1500;

} // namespace

Button *copyButton(const Theme &theme, const QString &name, const QString &objectName,
                   std::function<QString()> text, QWidget *parent)
{
    Button *button = iconButton(theme, Icon::Copy, name, objectName, parent);
    QObject::connect(button, &QPushButton::clicked, button, [button, text = std::move(text)] {
        QGuiApplication::clipboard()->setText(text());
        button->setLineIcon(Icon::Check);
        QTimer::singleShot(kConfirmationMs, button, [button] { button->setLineIcon(Icon::Copy); });
    });
    return button;
}

} // namespace gatehouse::widgets
