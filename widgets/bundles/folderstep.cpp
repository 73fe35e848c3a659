// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/folderstep.h"

#include "core/foreigntext.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"
#include "widgets/common/pill.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gatehouse::widgets {

FolderStep::FolderStep(Theme &theme, workspace::BundleDraft &draft, workspace::Settings &settings,
                       Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_draft(draft)
    , m_settings(settings)
    , m_prompts(prompts)
    , m_folder(new QLineEdit(this))
    , m_sourceMaps(new QCheckBox(tr("Keep source maps"), this))
    , m_waiveReady(new QCheckBox(tr("Build it without notifyAppReady"), this))
    , m_state(new Label(theme, {}, FontRole::Body, ColorRole::Muted, this))
    , m_checks(new Card(theme, tr("Checks"), this))
    , m_errors(new Pill(theme, Tone::Danger, {}, std::nullopt, this))
    , m_warnings(new Pill(theme, Tone::Warning, {}, std::nullopt, this))
    , m_findings(new QVBoxLayout)
{
    m_checks->addBesideTitle(m_errors);
    m_checks->addBesideTitle(m_warnings);
    m_checks->setFlush(true);
    auto *list = new QWidget;
    list->setLayout(m_findings);
    m_findings->setContentsMargins(0, 0, 0, 0);
    m_findings->setSpacing(0);
    auto *scroll = new QScrollArea(m_checks);
    scroll->setObjectName(QStringLiteral("findingsScrollArea"));
    scroll->setAccessibleName(tr("Findings"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(list);
    scroll->viewport()->setAutoFillBackground(false);
    list->setAutoFillBackground(false);
    m_checks->body()->addWidget(scroll);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kCardGap);
    layout->addWidget(makeFolderCard());
    layout->addWidget(m_checks, 1);
    layout->addStretch();

    connect(m_folder, &QLineEdit::editingFinished, this, &FolderStep::take);
    connect(m_sourceMaps, &QCheckBox::toggled, this, [this](bool keep) {
        bundle::ScanOptions options = m_draft.scanOptions();
        options.sourceMaps = keep ? bundle::SourceMaps::Keep : bundle::SourceMaps::Drop;
        m_settings.setValue(workspace::settings::kKeepSourceMaps, keep);
        m_draft.setScanOptions(options);
    });
    connect(m_waiveReady, &QCheckBox::toggled, this, [this](bool waive) {
        bundle::ScanOptions options = m_draft.scanOptions();
        options.readyCall = waive ? bundle::ReadyCall::Waived : bundle::ReadyCall::Required;
        m_draft.setScanOptions(options);
    });
    connect(&draft, &workspace::BundleDraft::changed, this, &FolderStep::follow);
    m_sourceMaps->setChecked(settings.value(workspace::settings::kKeepSourceMaps));
    m_folder->setText(settings.value(workspace::settings::kLastFolder));
    follow();
}

Card *FolderStep::makeFolderCard()
{
    auto *card = new Card(m_theme, tr("Web folder"), this);
    card->setSubtitle(tr("everything happens on this computer"));
    m_folder->setObjectName(QStringLiteral("webFolderField"));
    m_folder->setAccessibleName(tr("Web folder"));
    m_folder->setPlaceholderText(tr("The folder with index.html, as your build leaves it"));
    m_sourceMaps->setObjectName(QStringLiteral("keepSourceMapsField"));
    m_waiveReady->setObjectName(QStringLiteral("waiveReadyCallField"));
    m_waiveReady->setToolTip(
        tr("Devices go back to the bundle before when a bundle does not call notifyAppReady in "
           "time."));
    auto *chooseButton = outlineButton(m_theme, tr("Choose…"), QStringLiteral("chooseFolderButton"), card);
    chooseButton->setLineIcon(Icon::FolderOpen);
    chooseButton->setAccessibleName(tr("Choose the web folder"));
    auto *checkButton = outlineButton(m_theme, tr("Check"), QStringLiteral("checkFolderButton"), card);
    checkButton->setAccessibleName(tr("Check the web folder"));
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kSpace2);
    row->addWidget(m_folder, 1);
    row->addWidget(chooseButton);
    row->addWidget(checkButton);
    auto *options = new QHBoxLayout;
    options->setSpacing(metrics::kSpace4);
    options->addWidget(m_sourceMaps);
    options->addWidget(m_waiveReady);
    options->addStretch();
    card->body()->addLayout(row);
    card->body()->addLayout(options);
    card->body()->addWidget(m_state);
    connect(chooseButton, &QPushButton::clicked, this, &FolderStep::choose);
    connect(checkButton, &QPushButton::clicked, this, [this] {
        if (!m_folder->text().trimmed().isEmpty()) {
            m_draft.setFolder(m_folder->text().trimmed());
        }
    });
    return card;
}

void FolderStep::choose()
{
    m_prompts.openFolder(this, tr("Choose the web folder"), [this](const QString &folder) {
        m_folder->setText(folder);
        take();
    });
}

void FolderStep::take()
{
    const QString folder = m_folder->text().trimmed();
    if (!folder.isEmpty() && folder != m_draft.folder()) {
        m_settings.setValue(workspace::settings::kLastFolder, folder);
        m_draft.setFolder(folder);
    }
}

void FolderStep::follow()
{
    using State = workspace::BundleDraft::State;
    const std::optional<bundle::FolderScan> &scan = m_draft.scan();
    if (!m_draft.folder().isEmpty() && !m_folder->hasFocus()) {
        m_folder->setText(m_draft.folder());
    }
    if (m_draft.state() == State::Scanning) {
        m_state->setText(tr("Looking at the folder…"));
    } else if (scan) {
        m_state->setText(tr("%n files, %1", nullptr, static_cast<int>(scan->files.size()))
                             .arg(formatBytes(scan->totalBytes)));
    } else {
        m_state->setText(QString());
    }
    m_state->setVisible(!m_state->text().isEmpty());
    const bool lacksReadyCall =
        scan && std::any_of(scan->findings.begin(), scan->findings.end(), [](const bundle::Finding &finding) {
            return finding.rule.contains(QLatin1String("ready"));
        });
    m_waiveReady->setVisible(lacksReadyCall || m_waiveReady->isChecked());
    m_checks->setVisible(scan.has_value());
    showFindings();
}

void FolderStep::showFindings()
{
    // The draft changes for many reasons; the list stays where it was scrolled to unless the folder was
    // looked at anew.
    const auto looked = m_draft.scan()
                            ? std::optional(std::pair(m_draft.scan()->findings, m_draft.scanOptions()))
                            : std::nullopt;
    if (looked == m_shown) {
        return;
    }
    m_shown = looked;
    while (QLayoutItem *item = m_findings->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->deleteLater();
        }
        delete item;
    }
    if (!m_draft.scan()) {
        return;
    }
    int errors = 0;
    int warnings = 0;
    for (const bundle::Finding &finding : m_draft.scan()->findings) {
        errors += finding.severity == bundle::Severity::Error ? 1 : 0;
        warnings += finding.severity == bundle::Severity::Warning ? 1 : 0;
        addFinding(finding);
    }
    if (errors == 0) {
        addFinding({QString(), bundle::Severity::Note, QString(),
                    tr("index.html is at the root, and all paths are ones that devices take.")});
        if (m_draft.scanOptions().readyCall == bundle::ReadyCall::Required) {
            addFinding({QString(), bundle::Severity::Note, QString(), tr("notifyAppReady is called.")});
        }
    }
    m_findings->addStretch();
    m_errors->setVisible(errors > 0);
    m_errors->setState(Tone::Danger, tr("%n to mend", nullptr, errors), Icon::Error);
    m_warnings->setState(warnings > 0 ? Tone::Warning : Tone::Ok,
                         warnings > 0 ? tr("%n to look at", nullptr, warnings) : tr("nothing to look at"),
                         warnings > 0 ? Icon::Alert : Icon::Check);
}

void FolderStep::addFinding(const bundle::Finding &finding)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(metrics::kCardPadding, metrics::kSpace2, metrics::kCardPadding,
                               metrics::kSpace2);
    layout->setSpacing(metrics::kSpace3);
    Icon icon = Icon::Check;
    ColorRole role = ColorRole::Ok;
    if (finding.severity == bundle::Severity::Error) {
        icon = Icon::Error;
        role = ColorRole::Danger;
    } else if (finding.severity == bundle::Severity::Warning) {
        icon = Icon::Alert;
        role = ColorRole::Warning;
    } else if (!finding.rule.isEmpty()) {
        icon = Icon::Info;
        role = ColorRole::Muted;
    }
    layout->addWidget(new IconLabel(m_theme, icon, role, metrics::kIcon, row), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    auto *sentence = plainLabel(m_theme, finding.sentence, FontRole::Body, ColorRole::Text, row);
    sentence->setWrap(true);
    words->addWidget(sentence);
    if (!finding.file.isEmpty() || !finding.rule.isEmpty()) {
        const QStringList parts{finding.file, finding.rule};
        words->addWidget(plainLabel(
            m_theme,
            QStringList(parts.filter(QRegularExpression(QStringLiteral(".")))).join(QStringLiteral(" · ")),
            FontRole::Small, ColorRole::Muted, row));
    }
    layout->addLayout(words, 1);
    m_findings->addWidget(row);
}

} // namespace gatehouse::widgets
