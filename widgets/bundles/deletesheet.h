// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/bundletable.h"
#include "widgets/theme/theme.h"
#include "workspace/bundleshelf.h"

#include <QPointer>

namespace gatehouse::widgets {

class Banner;
class Label;
class ReviewSheet;

/// Says what deleting a bundle does and why it may not be done: while a channel serves it, or devices run it.
/// Deletes itself after the sheet closed.
class DeleteSheet final : public QObject
{
    Q_OBJECT

public:
    DeleteSheet(Theme &theme, workspace::Workspace &workspace, workspace::BundleShelf &shelf,
                const tables::BundleEntry &entry, QWidget *host);
    void begin();

private:
    void show(const Result<qint64> &holders);
    void remove();

    workspace::Workspace &m_workspace;
    workspace::BundleShelf &m_shelf;
    tables::BundleEntry m_entry;
    QPointer<ReviewSheet> m_sheet;
    Banner *m_whyNot;
    Label *m_holders;
};

} // namespace gatehouse::widgets
