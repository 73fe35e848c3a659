// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes a web folder of about so many bytes, the same for the same packages:
//   node corpus.mjs NODE_MODULES FOLDER BYTES [--huge BYTES]
// Scripts, styles and maps are those of real packages with their words varied from file to file; three tenths of the bytes
// are media that no compressor makes smaller. --huge adds one large file of text and media.
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [modules, folder, bytesText, hugeFlag, hugeText] = process.argv.slice(2);
const target = Number(bytesText);
const huge = hugeFlag === '--huge' ? Number(hugeText) : 0;
const mediaShare = 0.3;
const largestSource = 1_500_000;

function* filesBelow(root, below = '') {
    for (const entry of readdirSync(join(root, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = join(below, entry.name);
        if (entry.isDirectory()) {
            yield* filesBelow(root, path);
        } else if (entry.isFile() && /\.(js|mjs|css|html|json|svg)$/.test(entry.name)) {
            yield join(root, path);
        }
    }
}

// Thirty-two random bits after each other, from a seed.
function randomFrom(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = Math.imul(state ^ (state >>> 15), state | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return (t ^ (t >>> 14)) >>> 0;
    };
}

function media(size, seed) {
    const blocks = [];
    for (let i = 0; i * 64 < size; i += 1) {
        blocks.push(createHash('sha512').update(`${seed}/${i}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, size);
}

// Every fifth identifier of a file gets a syllable of its own, so that no two copies are equal.
function vary(text, seed) {
    const random = randomFrom(seed);
    const names = new Map();
    return text.replace(/[A-Za-z_$][A-Za-z0-9_$]{4,}/g, (word) => {
        let varied = names.get(word);
        if (varied === undefined) {
            varied = random() % 5 === 0 ? word + (random() % 46656).toString(36) : word;
            names.set(word, varied);
        }
        return varied;
    });
}

const sources = ['swagger-ui-dist', 'pdfjs-dist/build', 'monaco-editor/min', 'monaco-editor/esm']
    .flatMap((name) => [...filesBelow(join(modules, name))])
    .filter((path) => statSync(path).size >= 500 && statSync(path).size <= Math.min(largestSource, target / 4));
if (sources.length === 0) {
    throw new Error('no sources in ' + modules);
}

const put = (path, content) => {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    return content.length;
};

let textLeft = target * (1 - mediaShare);
let mediaLeft = target * mediaShare;
textLeft -= put('index.html', '<!doctype html><script src="app.js"></script>\n');
textLeft -= put('app.js', 'window.CapacitorUpdater?.notifyAppReady();\n');
const random = randomFrom(20261123);
for (let i = 0; textLeft > 0; i += 1) {
    const source = sources[random() % sources.length];
    const extension = source.slice(source.lastIndexOf('.'));
    const text = Buffer.from(vary(readFileSync(source, 'utf8'), i + 1));
    textLeft -= put(`part${i % 40}/chunk-${i}${extension}`, text.subarray(0, Math.max(600, Math.min(text.length, textLeft))));
}
const kinds = ['png', 'jpg', 'woff2', 'webp'];
for (let i = 0; mediaLeft > 0; i += 1) {
    const size = Math.min(mediaLeft, 4_000 + (random() % 400_000));
    mediaLeft -= put(`media/${i % 20}/file-${i}.${kinds[i % kinds.length]}`, media(Math.ceil(size), i));
}
if (huge > 0) {
    const path = join(folder, 'huge.data');
    const block = Buffer.concat([Buffer.from(vary(readFileSync(sources[0], 'utf8'), 7)), media(300_000, 'huge')]);
    put('huge.data', '');
    for (let written = 0; written < huge; written += block.length) {
        appendFileSync(path, block.subarray(0, Math.min(block.length, huge - written)));
    }
}
