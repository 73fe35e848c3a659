// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tour.h"

#include <QAbstractButton>

#include <algorithm>
#include <cstdio>

namespace gatehouse::desktop {

void Tour::pressIn(const QString &sheet, const QString &objectName)
{
    auto *page = find<QWidget>(sheet);
    auto *button = page == nullptr ? nullptr : page->findChild<QAbstractButton *>(objectName);
    if (button == nullptr) {
        std::fputs(qPrintable(QStringLiteral("tour: %1 has no button %2\n").arg(sheet, objectName)), stderr);
        m_hasFailed = true;
        return;
    }
    button->click();
}

void Tour::waitForUse(const QString &page, const QString &objectName)
{
    wait(QStringLiteral("%1 has its %2").arg(page, objectName), [this, page, objectName] {
        const auto *shown = find<QWidget>(page);
        const auto *part = shown == nullptr ? nullptr : shown->findChild<QWidget *>(objectName);
        return part != nullptr && part->isVisible() && part->isEnabled();
    });
}

void Tour::addBundleWork()
{
    const QString close = QStringLiteral("closeSheetButton");
    act([this] {
        m_composition.window().goTo({QStringLiteral("bundles"), QStringLiteral("1.1.0"), {}});
        press(QStringLiteral("compareBundleButton"));
    });
    waitForUse(QStringLiteral("comparePage"), QStringLiteral("differenceTable"));
    snap(QStringLiteral("bundles-compare"));
    act([this] {
        m_composition.window().goTo({QStringLiteral("bundles"), QStringLiteral("1.1.1"), {}});
        press(QStringLiteral("verifyBundleButton"));
    });
    waitForUse(QStringLiteral("inspectSheet"), QStringLiteral("saveFilesButton"));
    snap(QStringLiteral("bundle-verified"));
    act([this, close] { pressIn(QStringLiteral("inspectSheet"), close); });
    act([this] { press(QStringLiteral("deleteBundleButton")); });
    waitForUse(QStringLiteral("deleteSheet"), QStringLiteral("reviewVerbButton"));
    snap(QStringLiteral("bundle-delete"));
    act([this, close] { pressIn(QStringLiteral("deleteSheet"), close); });
}

void Tour::addChannelRules()
{
    const QString sheet = QStringLiteral("rulesSheet");
    act([this, sheet] {
        press(QStringLiteral("editRulesButton"));
        pressIn(sheet, QStringLiteral("rule-allow_emulator"));
        pressIn(sheet, QStringLiteral("rule-allow_device_self_set"));
    });
    snap(QStringLiteral("channel-rules"));
    act([this, sheet] {
        for (const char *platform : {"ios", "android", "electron"}) {
            pressIn(sheet, QStringLiteral("rule-") + QLatin1String(platform));
        }
    });
    snap(QStringLiteral("channel-rules-refused"));
    act([this, sheet] { pressIn(sheet, QStringLiteral("closeSheetButton")); });
}

} // namespace gatehouse::desktop
