// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/accessibility.h"

#include "widgets/common/chartview.h"
#include "widgets/common/format.h"
#include "widgets/common/reviewsheet.h"
#include "widgets/common/sharescale.h"
#include "widgets/common/sharetrack.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QScrollArea>

namespace gatehouse::widgets {

namespace {

/// A slider from 0.01 to 100 percent; AT-SPI's set_current_value arrives in setCurrentValue.
class AccessibleShareTrack : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit AccessibleShareTrack(ShareTrack *track)
        : QAccessibleWidget(track, QAccessible::Slider)
        , m_track(track)
    {}

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface) {
            return static_cast<QAccessibleValueInterface *>(this);
        }
        return QAccessibleWidget::interface_cast(type);
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value) {
            return formatShare(m_track->share());
        }
        return QAccessibleWidget::text(kind);
    }

    [[nodiscard]] QVariant currentValue() const override { return m_track->share() / 100.0; }
    void setCurrentValue(const QVariant &value) override
    {
        bool isNumber = false;
        const double percent = value.toDouble(&isNumber);
        if (isNumber && m_track->isEnabled()) {
            m_track->setShare(qRound(percent * 100.0));
        }
    }
    [[nodiscard]] QVariant maximumValue() const override { return sharescale::kMaximum / 100.0; }
    [[nodiscard]] QVariant minimumValue() const override { return sharescale::kMinimum / 100.0; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 0.01; }

private:
    ShareTrack *m_track;
};

QAccessibleInterface *makeInterface(const QString & /*className*/, QObject *object)
{
    if (auto *track = qobject_cast<ShareTrack *>(object)) {
        return new AccessibleShareTrack(track);
    }
    if (auto *sheet = qobject_cast<ReviewSheet *>(object)) {
        return new QAccessibleWidget(sheet, QAccessible::Dialog);
    }
    if (auto *chart = qobject_cast<ChartView *>(object)) {
        return new QAccessibleWidget(chart, QAccessible::Chart);
    }
    // Qt 6.4's own answer to "child n" of a scroll area reads past its list: when a scroll bar goes between a
    // reader's two questions (how many, and which), the program ended.
    if (auto *area = qobject_cast<QScrollArea *>(object)) {
        return new QAccessibleWidget(area, QAccessible::Client);
    }
    return nullptr;
}

} // namespace

void installAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

QWidget *withAccessibility(QWidget *parent)
{
    installAccessibility();
    return parent;
}

} // namespace gatehouse::widgets
