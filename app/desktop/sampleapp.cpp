// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampleapp.h"

#include "core/sentences.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace gatehouse::desktop {

Result<void> writeSampleApp(const QString &folder, const QString &version, Operation &operation)
{
    const QString source = QStringLiteral(":/demo/") + version;
    QDirIterator files(source, QDir::Files, QDirIterator::Subdirectories);
    if (!files.hasNext()) {
        return makeError(ErrorKind::Internal, "desktop.sample",
                         Sentences::tr("The program carries no version %1 of the sample app.").arg(version));
    }
    while (files.hasNext()) {
        GATEHOUSE_TRY(operation.check());
        const QString from = files.next();
        const QString to = folder + from.mid(source.size());
        QDir().mkpath(QFileInfo(to).path());
        if (!QFile::copy(from, to)) {
            return makeError(ErrorKind::Io, "desktop.sample",
                             Sentences::tr("The sample app could not be written."),
                             Sentences::tr("%1 cannot be created.").arg(to),
                             Sentences::tr("Free some space on the disk of temporary files."));
        }
        QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner);
    }
    return {};
}

} // namespace gatehouse::desktop
