// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/nativepackages.h"

#include "core/jsonreader.h"
#include "core/sentences.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace gatehouse::bundle {

namespace {
constexpr int kFoldersAbove = 3;
constexpr qint64 kLargestPackageJson = 4 << 20;

Result<QJsonObject> readJson(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargestPackageJson) {
        return makeError(ErrorKind::Invalid, "bundle.package_json",
                         Sentences::tr("The file “%1” could not be read.").arg(path), file.errorString());
    }
    auto object = parseJsonObject(file.readAll(), path);
    if (!object) {
        return makeError(ErrorKind::Invalid, "bundle.package_json",
                         Sentences::tr("The file “%1” is not the JSON that npm writes.").arg(path),
                         object.error().cause);
    }
    return std::move(*object);
}

QString findPackageJson(const QString &webFolder)
{
    QDir folder(QFileInfo(webFolder).absoluteFilePath());
    for (int i = 0; i <= kFoldersAbove; ++i) {
        QString path = folder.filePath(QStringLiteral("package.json"));
        if (QFileInfo(path).isFile()) {
            return path;
        }
        if (!folder.cdUp()) {
            break;
        }
    }
    return {};
}

// Where npm put a dependency: beside package.json, or above it in a workspace.
QString installedFolder(const QString &packageJson, const QString &name)
{
    QDir folder = QFileInfo(packageJson).absoluteDir();
    for (int i = 0; i <= kFoldersAbove; ++i) {
        QString path = folder.filePath(QStringLiteral("node_modules/") + name);
        if (QFileInfo(path + QStringLiteral("/package.json")).isFile()) {
            return path;
        }
        if (!folder.cdUp()) {
            break;
        }
    }
    return {};
}

bool isSafeName(const QString &name)
{
    return !name.contains(QLatin1String("..")) && !name.startsWith(QLatin1Char('/')) &&
           !name.contains(QLatin1Char('\\')) && name.count(QLatin1Char('/')) <= 1;
}

bool hasNativePart(const QString &folder, const QJsonObject &package)
{
    return package.contains(QLatin1String("capacitor")) || package.contains(QLatin1String("cordova")) ||
           QFileInfo(folder + QStringLiteral("/ios")).isDir() ||
           QFileInfo(folder + QStringLiteral("/android")).isDir();
}

// For packages that are not installed here: how native ones are called.
bool soundsNative(const QString &name)
{
    return name.startsWith(QLatin1String("@capacitor/")) || name.startsWith(QLatin1String("@capacitor-")) ||
           name.startsWith(QLatin1String("@capgo/")) || name.contains(QLatin1String("capacitor")) ||
           name.contains(QLatin1String("cordova-plugin"));
}

// Tools for the desk that carry such names but never reach a device.
bool isTool(const QString &name)
{
    return name == QLatin1String("@capacitor/cli") || name == QLatin1String("@capgo/cli") ||
           name == QLatin1String("@capacitor/assets");
}

Result<std::optional<wire::NativePackage>> readOne(const QString &packageJson, const QString &name,
                                                   const QString &wanted, bool &isInstalled)
{
    const QString folder = installedFolder(packageJson, name);
    isInstalled = !folder.isEmpty();
    if (!isInstalled) {
        return soundsNative(name) ? std::optional(wire::NativePackage{name, wanted})
                                  : std::optional<wire::NativePackage>();
    }
    GATEHOUSE_ASSIGN(const QJsonObject package, readJson(folder + QStringLiteral("/package.json")));
    if (!hasNativePart(folder, package)) {
        return std::optional<wire::NativePackage>();
    }
    return std::optional(wire::NativePackage{name, package.value(QLatin1String("version")).toString(wanted)});
}
} // namespace

Result<NativePackages> readNativePackages(const QString &webFolder)
{
    NativePackages found;
    found.packageJson = findPackageJson(webFolder);
    if (found.packageJson.isEmpty()) {
        found.findings.append(
            {QStringLiteral("bundle.native.no_package_json"),
             Severity::Note,
             {},
             Sentences::tr("There is no package.json near the folder, so it is not known which "
                           "native packages the app needs.")});
        return found;
    }
    GATEHOUSE_ASSIGN(const QJsonObject package, readJson(found.packageJson));
    const QJsonObject dependencies = package.value(QLatin1String("dependencies")).toObject();
    for (auto it = dependencies.begin(); it != dependencies.end(); ++it) {
        if (!isSafeName(it.key()) || isTool(it.key())) {
            continue;
        }
        bool isInstalled = false;
        GATEHOUSE_ASSIGN(const auto native,
                         readOne(found.packageJson, it.key(), it.value().toString(), isInstalled));
        if (!native) {
            continue;
        }
        found.packages.append(*native);
        if (!isInstalled) {
            found.findings.append(
                {QStringLiteral("bundle.native.not_installed"),
                 Severity::Warning,
                 {},
                 Sentences::tr("“%1” is not installed here; its version is what package.json asks "
                               "for.")
                     .arg(it.key())});
        }
    }
    std::sort(found.packages.begin(), found.packages.end(),
              [](const auto &left, const auto &right) { return left.name < right.name; });
    return found;
}

} // namespace gatehouse::bundle
