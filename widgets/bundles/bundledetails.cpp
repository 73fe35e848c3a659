// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/bundledetails.h"

#include "core/foreigntext.h"
#include "widgets/common/button.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"
#include "widgets/common/pill.h"
#include "widgets/common/tooltip.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

QString shortened(const QString &text)
{
    return text.size() <= 20 ? text : QString(text.left(8) + QStringLiteral("…") + text.right(8));
}

} // namespace

BundleDetails::BundleDetails(Theme &theme, QWidget *parent)
    : Card(theme, {}, parent)
    , m_theme(theme)
    , m_state(new Pill(theme, Tone::Neutral, {}, std::nullopt, this))
    , m_form(new QFormLayout)
    , m_whyNot(new Label(theme, {}, FontRole::Small, ColorRole::Muted, this))
    , m_rollOut(outlineButton(theme, tr("Roll out…"), QStringLiteral("rollOutBundleButton"), this))
    , m_compare(outlineButton(theme, tr("Compare…"), QStringLiteral("compareBundleButton"), this))
    , m_inspect(outlineButton(theme, tr("Verify"), QStringLiteral("verifyBundleButton"), this))
    , m_remove(dangerButton(theme, tr("Delete…"), QStringLiteral("deleteBundleButton"), this))
{
    setObjectName(QStringLiteral("bundleDetails"));
    setTitleFont(FontRole::MonoStrong);
    addAction(static_cast<QWidget *>(m_state));
    m_form->setHorizontalSpacing(metrics::kSpace3);
    m_form->setVerticalSpacing(metrics::kSpace2);
    m_created = addLine(tr("Created"), FontRole::Body);
    m_size = addLine(tr("Size"), FontRole::Body);
    m_checksum = addLine(tr("Checksum"), FontRole::Mono);
    m_key = addLine(tr("Key"), FontRole::Mono);
    m_channels = addLine(tr("Channels"), FontRole::Body);
    m_packages = addLine(tr("Native packages"), FontRole::Body);
    m_notes = addLine(tr("Notes"), FontRole::Body);
    m_whyNot->setWrap(true);
    auto *buttons = new QGridLayout;
    buttons->setHorizontalSpacing(metrics::kSpace2);
    buttons->setVerticalSpacing(metrics::kSpace2);
    buttons->addWidget(m_rollOut, 0, 0);
    buttons->addWidget(m_compare, 0, 1);
    buttons->addWidget(m_inspect, 1, 0);
    buttons->addWidget(m_remove, 1, 1);
    m_rollOut->setLineIcon(Icon::Play);
    m_compare->setLineIcon(Icon::Compare);
    m_inspect->setLineIcon(Icon::Shield);
    m_remove->setLineIcon(Icon::Trash);
    body()->addLayout(m_form);
    body()->addSpacing(metrics::kSpace2);
    body()->addWidget(m_whyNot);
    body()->addLayout(buttons);
    m_rollOut->setAccessibleName(tr("Roll out the selected bundle"));
    m_remove->setAccessibleName(tr("Delete the selected bundle"));
    connect(m_rollOut, &QPushButton::clicked, this, [this] { Q_EMIT rollOutRequested(m_entry.bundle.name); });
    m_compare->setAccessibleName(tr("Compare the selected bundle with another one"));
    m_inspect->setAccessibleName(tr("Download and verify the selected bundle"));
    m_inspect->setToolTip(plainToolTip(tr("Download it as devices get it, and check it as they do")));
    connect(m_compare, &QPushButton::clicked, this, [this] { Q_EMIT compareRequested(m_entry.bundle.name); });
    connect(m_inspect, &QPushButton::clicked, this, [this] { Q_EMIT inspectRequested(m_entry.bundle.name); });
    connect(m_remove, &QPushButton::clicked, this, [this] { Q_EMIT removeRequested(m_entry.bundle.name); });
}

Label *BundleDetails::addLine(const QString &caption, FontRole font)
{
    auto *value = new Label(m_theme, {}, font, ColorRole::Text, this);
    value->setElide(Qt::ElideMiddle);
    m_form->addRow(new Label(m_theme, caption, FontRole::Body, ColorRole::Muted, this), value);
    return value;
}

void BundleDetails::show(const tables::BundleEntry &entry, const QString &state, Tone tone)
{
    m_entry = entry;
    const wire::BundleRow &bundle = entry.bundle;
    setTitle(displayable(bundle.name, 40));
    m_state->setState(tone, state);
    m_created->setText(formatMoment(bundle.createdAt, SystemClock().now()));
    m_created->setToolTip(formatFullMoment(bundle.createdAt));
    m_size->setText(bundle.size ? formatBytes(*bundle.size) : tr("not known"));
    m_checksum->setForeign(shortened(bundle.checksum.value_or(tr("none"))));
    m_checksum->setToolTip(plainToolTip(displayable(bundle.checksum.value_or(QString()), 600)));
    m_key->setForeign(bundle.isEncrypted() ? bundle.keyId.value_or(QString()) : tr("not encrypted"));
    const QStringList users = entry.stableOn + entry.rolloutOn;
    m_channels->setForeign(users.isEmpty() ? tr("none") : users.join(QStringLiteral(", ")));
    m_packages->setText(bundle.nativePackages.isEmpty()
                            ? tr("none named")
                            : tr("%n packages", nullptr, static_cast<int>(bundle.nativePackages.size())));
    m_notes->setForeign(bundle.comment.value_or(QString()).isEmpty() ? tr("none") : *bundle.comment);
    m_remove->setEnabled(users.isEmpty());
    m_whyNot->setVisible(!users.isEmpty());
    m_whyNot->setForeign(tr("It cannot be deleted: %1 serves it.").arg(users.join(QStringLiteral(", "))));
    m_rollOut->setEnabled(bundle.isReady());
    m_compare->setEnabled(bundle.isReady());
    m_inspect->setEnabled(bundle.isReady());
}

} // namespace gatehouse::widgets
