// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/inspectsheet.h"

#include "core/foreigntext.h"
#include "widgets/bundles/jobline.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/format.h"
#include "widgets/common/reviewsheet.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

using Kind = release::BundleCheck::Kind;
using Verdict = release::BundleCheck::Verdict;

QString cipherWords(bundle::Cipher cipher)
{
    return cipher == bundle::Cipher::Aes256Cbc ? QStringLiteral("AES-256") : QStringLiteral("AES-128");
}

QString passedWords(const release::BundleInspection &inspection, Kind kind)
{
    const bundle::VerifiedBundle content =
        inspection.opened ? inspection.opened->content : bundle::VerifiedBundle();
    switch (kind) {
    case Kind::Download:
        return InspectSheet::tr("Downloaded as devices get it: %1 in %2 s")
            .arg(formatBytes(inspection.file.bytes),
                 QLocale().toString(static_cast<double>(inspection.file.took.count()) / 1000.0, 'f', 1));
    case Kind::Decrypt:
        // A later check may have failed, and the bundle be closed again.
        return inspection.opened && inspection.opened->key
                   ? InspectSheet::tr("Decrypts with the app’s key %1 (%2)")
                         .arg(inspection.opened->key->fingerprint.words().mid(0, 3).join(QLatin1Char(' ')),
                              cipherWords(content.cipher))
                   : InspectSheet::tr("Decrypts with the app’s key");
    case Kind::Checksum:
        return InspectSheet::tr("Content is what the checksum says");
    case Kind::Files: {
        qint64 bytes = 0;
        for (const bundle::ArchiveEntry &entry : content.entries) {
            bytes += entry.size;
        }
        return InspectSheet::tr("All %n files unpack, %1 in sum", nullptr,
                                static_cast<int>(content.entries.size()))
            .arg(formatBytes(bytes));
    }
    case Kind::Statement:
        return InspectSheet::tr("The author’s statement fits, signed by %1")
            .arg(inspection.signers.value(0).left(16));
    }
    return {};
}

QString failedWords(Kind kind)
{
    switch (kind) {
    case Kind::Download:
        return InspectSheet::tr("The download is not as long as the server says");
    case Kind::Decrypt:
        return InspectSheet::tr("It cannot be decrypted");
    case Kind::Checksum:
        return InspectSheet::tr("The content is not what the checksum says");
    case Kind::Files:
        return InspectSheet::tr("Its files cannot be unpacked");
    case Kind::Statement:
        return InspectSheet::tr("The author’s statement does not fit");
    }
    return {};
}

QString skippedWords(Kind kind, bool isPlain)
{
    switch (kind) {
    case Kind::Download:
        return InspectSheet::tr("Not downloaded");
    case Kind::Decrypt:
        return isPlain ? InspectSheet::tr("Not encrypted: anybody with the link can read it")
                       : InspectSheet::tr("Decryption was not tried");
    case Kind::Checksum:
        return InspectSheet::tr("The checksum was not compared");
    case Kind::Files:
        return InspectSheet::tr("The files were not looked at");
    case Kind::Statement:
        return InspectSheet::tr("No statement of its author is on this computer");
    }
    return {};
}

} // namespace

InspectSheet::InspectSheet(Theme &theme, workspace::BundleShelf &shelf, Prompts &prompts,
                           const QString &bundle, QWidget *host)
    : QObject(host)
    , m_theme(theme)
    , m_shelf(shelf)
    , m_prompts(prompts)
    , m_bundle(bundle)
    , m_sheet(new ReviewSheet(theme, tr("Verify %1").arg(displayable(bundle, 64)), host))
    , m_verdict(new Banner(theme, Tone::Ok))
    , m_job(new JobLine(theme, tr("Cancel the check of the bundle"), QStringLiteral("cancelInspectButton")))
    , m_checks(new QWidget)
    , m_rows(new QVBoxLayout(m_checks))
    , m_save(outlineButton(theme, tr("Save the files…"), QStringLiteral("saveFilesButton")))
{
    m_sheet->setObjectName(QStringLiteral("inspectSheet"));
    m_sheet->setCommentVisible(false);
    m_verdict->hide();
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(metrics::kSpace3);
    m_save->setEnabled(false);
    m_sheet->addSection(m_verdict);
    m_sheet->addSection(m_job);
    m_sheet->addSection(m_checks);
    m_sheet->addButton(m_save);
    m_sheet->setVerb(tr("Done"));
    connect(m_save, &QPushButton::clicked, this, &InspectSheet::askWhere);
    connect(m_sheet, &ReviewSheet::confirmed, m_sheet, &ReviewSheet::closeSheet);
    connect(m_sheet, &QObject::destroyed, this, &QObject::deleteLater);
    connect(m_sheet, &ReviewSheet::dismissed, m_job, &JobLine::cancel);
    connect(m_sheet, &ReviewSheet::confirmed, m_job, &JobLine::cancel);
}

void InspectSheet::begin()
{
    m_job->follow(m_shelf.inspect(m_bundle, this, [this](const Result<release::BundleInspection> &made) {
        if (!m_sheet) {
            return;
        }
        m_job->clear();
        if (made) {
            show(*made);
        } else {
            fail(made.error());
        }
    }));
    m_sheet->openSheet();
}

void InspectSheet::fail(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled) {
        m_verdict->setTone(Tone::Neutral);
        m_verdict->setMessage(tr("Cancelled; nothing is left of it."));
        m_verdict->show();
    } else {
        m_sheet->showError(error);
    }
}

void InspectSheet::show(const release::BundleInspection &inspection)
{
    const release::BundleCheck *failure = inspection.failure();
    m_verdict->setTone(failure == nullptr ? Tone::Ok : Tone::Danger);
    if (failure == nullptr) {
        m_verdict->setMessage(tr("A device would accept this bundle."));
    } else {
        m_verdict->setMessage(
            tr("This bundle is not what it should be."),
            displayable(failure->error->cause.isEmpty() ? failure->error->what : failure->error->cause, 600));
    }
    m_verdict->show();
    for (const release::BundleCheck &check : inspection.checks) {
        addCheck(inspection, check);
    }
    m_opened = inspection.opened;
    m_save->setEnabled(m_opened.has_value());
}

void InspectSheet::addCheck(const release::BundleInspection &inspection, const release::BundleCheck &check)
{
    auto *host = new QWidget(m_checks);
    auto *row = new QHBoxLayout(host);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kSpace2);
    Icon icon = Icon::Circle;
    ColorRole role = ColorRole::Muted;
    QString sentence = skippedWords(check.kind, !inspection.row.isEncrypted());
    if (check.verdict == Verdict::Passed) {
        icon = Icon::Check;
        role = ColorRole::Ok;
        sentence = passedWords(inspection, check.kind);
    } else if (check.verdict == Verdict::Failed) {
        icon = Icon::Cross;
        role = ColorRole::Danger;
        sentence = failedWords(check.kind);
    }
    row->addWidget(new IconLabel(m_theme, icon, role, metrics::kIcon, host), 0, Qt::AlignTop);
    auto *words = new Label(m_theme, sentence, FontRole::Body,
                            check.verdict == Verdict::Skipped ? ColorRole::Muted : ColorRole::Text, host);
    words->setWrap(true);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(words);
    if (check.error) {
        auto *why = new Label(m_theme, {}, FontRole::Small, ColorRole::Muted, host);
        why->setForeign(check.error->toText());
        why->setWrap(true);
        column->addWidget(why);
    }
    row->addLayout(column, 1);
    m_rows->addWidget(host);
}

void InspectSheet::askWhere()
{
    m_prompts.openFolder(m_sheet, tr("Save the files of %1").arg(displayable(m_bundle, 64)),
                         [this, guard = QPointer<InspectSheet>(this)](const QString &folder) {
                             if (guard && m_sheet && m_opened) {
                                 save(folder);
                             }
                         });
}

void InspectSheet::save(const QString &folder)
{
    m_save->setEnabled(false);
    m_job->follow(m_shelf.save(*m_opened, folder, this, [this](const Result<QString> &made) {
        if (!m_sheet) {
            return;
        }
        m_job->clear();
        m_save->setEnabled(true);
        if (made) {
            m_sheet->setFootnote(tr("The files are in %1").arg(displayable(*made, 300)));
        } else {
            fail(made.error());
        }
    }));
}

} // namespace gatehouse::widgets
