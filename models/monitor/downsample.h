// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QVector>

namespace gatehouse::monitor {

/// At most maxPoints of the points, chosen so that the drawn line keeps its shape (largest triangle three
/// buckets): first and last stay, peaks survive. points must be sorted by x; maxPoints below 3 gives the
/// ends.
/// @source S. Steinarsson, Downsampling Time Series for Visual Representation, 2013
[[nodiscard]] QVector<QPointF> downsample(const QVector<QPointF> &points, qsizetype maxPoints);

} // namespace gatehouse::monitor
