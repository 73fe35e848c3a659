// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/review/releaseflow.h"

#include "widgets/common/banner.h"
#include "widgets/common/label.h"
#include "widgets/common/reviewsheet.h"
#include "widgets/review/reviewwords.h"

#include <QVBoxLayout>

namespace gatehouse::widgets {

ReleaseFlow::ReleaseFlow(Theme &theme, workspace::Workspace &workspace, QWidget *host)
    : QObject(host)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_host(host)
{}

void ReleaseFlow::review(const release::ReleaseAction &action)
{
    m_workspace.review(action, this, [this](Result<release::Review> made) {
        if (made) {
            open(*made);
        } else {
            Q_EMIT failed(made.error());
        }
    });
}

void ReleaseFlow::runNow(const release::ReleaseAction &action)
{
    m_workspace.executeNow(action, tr("Change %1").arg(action.channel.text()), this,
                           [this](Result<release::Effect> effect) {
                               if (effect) {
                                   Q_EMIT done(*effect);
                               } else {
                                   Q_EMIT failed(effect.error());
                               }
                           });
}

void ReleaseFlow::open(const release::Review &review)
{
    if (m_sheet) {
        m_sheet->closeSheet();
    }
    m_sheet = new ReviewSheet(m_theme, titleWords(review), m_host);
    m_sheet->setObjectName(QStringLiteral("releaseReviewSheet"));
    auto *sentences = new QWidget;
    auto *layout = new QVBoxLayout(sentences);
    layout->setContentsMargins(0, 0, 0, 0);
    for (const release::Sentence &sentence : review.sentences) {
        auto *label = new Label(m_theme, words(sentence), FontRole::Body, ColorRole::Text, sentences);
        label->setWrap(true);
        layout->addWidget(label);
    }
    m_sheet->setChanges(changeRows(review));
    if (const wire::ChannelState *state = m_workspace.channels().find(review.action.channel.text())) {
        m_sheet->setImpact(impactFigures(review, *state, m_workspace.channelFacts()));
    }
    m_sheet->addSection(sentences);
    fillObstacles(*m_sheet, review);
    m_sheet->setCommentVisible(true);
    m_sheet->setCommentRequired(false);
    m_sheet->setVerb(verbWords(review), review.isDangerous || review.isSafer ? ReviewSheet::Verb::Dangerous
                                                                             : ReviewSheet::Verb::Normal);
    m_sheet->setVerbEnabled(!review.isBlocked());
    connect(m_sheet, &ReviewSheet::confirmed, this,
            [this, review](const QString &comment) { execute(review, comment); });
    m_sheet->openSheet();
}

void ReleaseFlow::fillObstacles(ReviewSheet &sheet, const release::Review &review)
{
    for (const release::Obstacle &obstacle : review.obstacles) {
        const bool blocks = obstacle.weight == release::Obstacle::Weight::Blocker;
        auto *banner = new Banner(m_theme, blocks ? Tone::Danger : Tone::Warning);
        banner->setMessage(words(obstacle.sentence));
        sheet.addSection(banner);
    }
}

void ReleaseFlow::execute(const release::Review &review, const QString &comment)
{
    m_sheet->setBusy(true);
    release::Review decided = review;
    decided.action.reason = comment;
    m_workspace.execute(decided, verbWords(review), this, [this](Result<release::Effect> effect) {
        if (!effect) {
            if (m_sheet) {
                m_sheet->setBusy(false);
                m_sheet->showError(effect.error());
            } else {
                Q_EMIT failed(effect.error());
            }
            return;
        }
        if (m_sheet) {
            m_sheet->closeSheet();
        }
        Q_EMIT done(*effect);
    });
}

} // namespace gatehouse::widgets
