// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/downsample.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::monitor {
namespace {

QPointF meanOf(const QVector<QPointF> &points, qsizetype begin, qsizetype end)
{
    QPointF sum;
    for (qsizetype i = begin; i < end; ++i) {
        sum += points.at(i);
    }
    return sum / static_cast<double>(end - begin);
}

double triangle(QPointF a, QPointF b, QPointF c)
{
    return std::abs((a.x() - c.x()) * (b.y() - a.y()) - (a.x() - b.x()) * (c.y() - a.y()));
}

} // namespace

QVector<QPointF> downsample(const QVector<QPointF> &points, qsizetype maxPoints)
{
    const qsizetype count = points.size();
    if (count <= std::max<qsizetype>(maxPoints, 2)) {
        return points;
    }
    if (maxPoints < 3) {
        return {points.first(), points.last()};
    }
    const qsizetype inner = maxPoints - 2;
    // Bucket b holds the points [edge(b), edge(b + 1)) between the two ends; none is empty, since count >
    // maxPoints.
    const auto edge = [&](qsizetype bucket) { return 1 + bucket * (count - 2) / inner; };
    QVector<QPointF> kept{points.first()};
    kept.reserve(maxPoints);
    for (qsizetype bucket = 0; bucket < inner; ++bucket) {
        const QPointF next =
            bucket + 1 < inner ? meanOf(points, edge(bucket + 1), edge(bucket + 2)) : points.last();
        qsizetype best = edge(bucket);
        double most = -1.0;
        for (qsizetype i = edge(bucket); i < edge(bucket + 1); ++i) {
            const double area = triangle(kept.last(), points.at(i), next);
            if (area > most) {
                most = area;
                best = i;
            }
        }
        kept.append(points.at(best));
    }
    kept.append(points.last());
    return kept;
}

} // namespace gatehouse::monitor
