// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "limit.h"

#include <QDirIterator>
#include <QFile>
#include <QVector>

#include <libdeflate.h>

#include <atomic>
#include <thread>
#include <vector>

namespace gatehouse::benchmark {

std::chrono::duration<double> deflateLimit(const QString &folder, int level)
{
    QStringList paths;
    QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        paths.append(walk.next());
    }
    std::atomic<qsizetype> next = 0;
    const auto work = [&] {
        libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
        std::vector<char> plain;
        std::vector<char> packed;
        for (qsizetype i = next++; i < paths.size(); i = next++) {
            QFile file(paths.at(i));
            if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
                qFatal("a file of the corpus is gone");
            }
            const auto size = static_cast<std::size_t>(file.size());
            plain.resize(std::max(plain.size(), size));
            packed.resize(std::max(packed.size(), size));
            if (file.read(plain.data(), file.size()) != file.size()) {
                qFatal("a file of the corpus cannot be read");
            }
            (void)libdeflate_deflate_compress(compressor, plain.data(), size, packed.data(), size);
        }
        libdeflate_free_compressor(compressor);
    };
    const auto start = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
            threads.emplace_back(work);
        }
    }
    return std::chrono::steady_clock::now() - start;
}

} // namespace gatehouse::benchmark
