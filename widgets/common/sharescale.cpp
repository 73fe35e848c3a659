// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/sharescale.h"

#include <QtGlobal>

#include <cmath>

namespace gatehouse::widgets::sharescale {

QVector<int> stops()
{
    return {1, 100, 500, 1000, 2500, 5000, 10000};
}

double position(int basisPoints)
{
    const QVector<int> marks = stops();
    const int share = qBound(kMinimum, basisPoints, kMaximum);
    const double step = 1.0 / static_cast<double>(marks.size() - 1);
    // Below 1 % two decades share one segment: logarithmic.
    if (share <= marks.at(1)) {
        return step * std::log10(static_cast<double>(share)) / 2.0;
    }
    for (qsizetype i = 1; i + 1 < marks.size(); ++i) {
        if (share <= marks.at(i + 1)) {
            const double within = double(share - marks.at(i)) / double(marks.at(i + 1) - marks.at(i));
            return step * (static_cast<double>(i) + within);
        }
    }
    return 1.0;
}

int shareAt(double where)
{
    const QVector<int> marks = stops();
    const double segments = static_cast<double>(marks.size() - 1);
    const double scaled = qBound(0.0, where, 1.0) * segments;
    const auto segment = static_cast<qsizetype>(qMin(std::floor(scaled), segments - 1));
    const double within = scaled - static_cast<double>(segment);
    double share = 0;
    if (segment == 0) {
        share = std::pow(10.0, within * 2.0);
    } else {
        share = marks.at(segment) + within * double(marks.at(segment + 1) - marks.at(segment));
    }
    const double grain = share < 100 ? 1.0 : share < 1000 ? 10.0 : 50.0;
    return qBound(kMinimum, static_cast<int>(std::lround(share / grain) * std::lround(grain)), kMaximum);
}

} // namespace gatehouse::widgets::sharescale
