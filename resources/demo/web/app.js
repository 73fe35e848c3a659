// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import { VERSION } from './version.js';
import { heightAt, turningPoints } from './tide.js';

const byId = (id) => document.getElementById(id);
const clock = (hour) => {
  const minutes = Math.round(hour * 60) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

function row(name, value) {
  const item = document.createElement('li');
  const label = document.createElement('span');
  label.textContent = name;
  item.append(label, value);
  return item;
}

function drawCurve(harbour, hour) {
  const x = (h) => (h / 24) * 360;
  const y = (level) => 120 - ((level - harbour.low) / (harbour.high - harbour.low)) * 96;
  const points = [];
  for (let h = 0; h <= 24; h += 0.25) {
    points.push(`${x(h).toFixed(1)},${y(heightAt(harbour, h)).toFixed(1)}`);
  }
  byId('curve').innerHTML =
    `<polygon class="water" points="0,140 ${points.join(' ')} 360,140"/>` +
    `<polyline class="line" points="${points.join(' ')}"/>` +
    `<circle class="now" cx="${x(hour).toFixed(1)}" cy="${y(heightAt(harbour, hour)).toFixed(1)}" r="7"/>`;
}

function show(harbour) {
  const now = new Date();
  const hour = now.getHours() + now.getMinutes() / 60;
  const level = heightAt(harbour, hour);
  const isRising = heightAt(harbour, hour + 0.1) > level;
  byId('place').textContent = harbour.name;
  byId('today').textContent = now.toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
  byId('level').textContent = level.toFixed(1);
  byId('trend').textContent = isRising ? '↗ rising' : '↘ falling';
  byId('sightings').replaceChildren(...harbour.sightings.map((seen) => row(seen.bird, `${seen.count} × at ${seen.at}`)));
  byId('turns').replaceChildren(...turningPoints(harbour).map((turn) =>
    row(`${turn.isHigh ? 'High' : 'Low'} ${clock(turn.hour)}`, `${turn.level.toFixed(1)} m`)));
  drawCurve(harbour, hour);
}

async function start() {
  byId('version').textContent = VERSION;
  const answer = await fetch('data/harbour.json');
  show(await answer.json());
  // The updater keeps this bundle only when it hears this in time.
  await window.Capacitor?.Plugins?.CapacitorUpdater?.notifyAppReady();
}

start();
