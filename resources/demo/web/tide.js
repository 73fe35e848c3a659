// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Half a lunar day between two high waters, in hours.
const PERIOD = 12.42;

export function heightAt(harbour, hour) {
  const middle = (harbour.high + harbour.low) / 2;
  const swing = (harbour.high - harbour.low) / 2;
  return middle + swing * Math.cos((2 * Math.PI * (hour - harbour.firstHigh)) / PERIOD);
}

export function turningPoints(harbour) {
  const turns = [];
  for (let half = -2; half < 5; half += 1) {
    const hour = harbour.firstHigh + (half * PERIOD) / 2;
    if (hour >= 0 && hour < 24) {
      const isHigh = half % 2 === 0;
      turns.push({ hour, isHigh, level: isHigh ? harbour.high : harbour.low });
    }
  }
  return turns;
}
