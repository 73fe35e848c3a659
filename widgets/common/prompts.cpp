// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/prompts.h"

#include <QFileDialog>

namespace gatehouse::widgets {

namespace {

void ask(QFileDialog *dialog, Prompts::Chosen chosen)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, std::move(chosen));
    dialog->open();
}

} // namespace

void SystemPrompts::saveFile(QWidget *parent, const QString &title, const QString &suggestion,
                             const QString &filter, Chosen chosen)
{
    auto *dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestion);
    ask(dialog, std::move(chosen));
}

void SystemPrompts::openFile(QWidget *parent, const QString &title, const QString &filter, Chosen chosen)
{
    auto *dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    ask(dialog, std::move(chosen));
}

void SystemPrompts::openFolder(QWidget *parent, const QString &title, Chosen chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    ask(dialog, std::move(chosen));
}

} // namespace gatehouse::widgets
