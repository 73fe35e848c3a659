// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/prompts.h"
#include "widgets/theme/theme.h"
#include "workspace/bundleshelf.h"

#include <QPointer>

class QVBoxLayout;

namespace gatehouse::widgets {

class Banner;
class Button;
class JobLine;
class ReviewSheet;

/// Downloads one bundle and says what was checked; its files can be saved then. Deletes itself after the
/// sheet closed, and stops what still runs.
class InspectSheet final : public QObject
{
    Q_OBJECT

public:
    InspectSheet(Theme &theme, workspace::BundleShelf &shelf, Prompts &prompts, const QString &bundle,
                 QWidget *host);
    void begin();

private:
    void show(const release::BundleInspection &inspection);
    void addCheck(const release::BundleInspection &inspection, const release::BundleCheck &check);
    void fail(const Error &error);
    void askWhere();
    void save(const QString &folder);

    Theme &m_theme;
    workspace::BundleShelf &m_shelf;
    Prompts &m_prompts;
    QString m_bundle;
    QPointer<ReviewSheet> m_sheet;
    Banner *m_verdict;
    JobLine *m_job;
    QWidget *m_checks;
    QVBoxLayout *m_rows;
    Button *m_save;
    std::optional<release::OpenedBundle> m_opened;
};

} // namespace gatehouse::widgets
