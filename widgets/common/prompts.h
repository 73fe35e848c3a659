// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace gatehouse::widgets {

/// Questions to the person that the system asks: files and folders. Handed in, so that tests answer without a
/// dialog. The answer arrives by the function, later and on the GUI thread; who cancels gives none.
class Prompts
{
public:
    using Chosen = std::function<void(const QString &path)>;

    virtual ~Prompts() = default;
    /// @param suggestion  file name proposed
    /// @param filter      as in QFileDialog: "PNG image (*.png)"
    virtual void saveFile(QWidget *parent, const QString &title, const QString &suggestion,
                          const QString &filter, Chosen chosen) = 0;
    virtual void openFile(QWidget *parent, const QString &title, const QString &filter, Chosen chosen) = 0;
    virtual void openFolder(QWidget *parent, const QString &title, Chosen chosen) = 0;
};

/// The dialogs of the desktop.
class SystemPrompts final : public Prompts
{
public:
    void saveFile(QWidget *parent, const QString &title, const QString &suggestion, const QString &filter,
                  Chosen chosen) override;
    void openFile(QWidget *parent, const QString &title, const QString &filter, Chosen chosen) override;
    void openFolder(QWidget *parent, const QString &title, Chosen chosen) override;
};

} // namespace gatehouse::widgets
