// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/nativepackages.h"
#include "models/bundle/webfolder.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::bundle;

namespace {
// A project with a web folder two levels down: project/package.json, project/app/dist.
class Project
{
public:
    Project &with(const char *path, const QByteArray &content)
    {
        const QString full = m_folder.filePath(QLatin1String("project/") + QLatin1String(path));
        QDir().mkpath(QFileInfo(full).path());
        QFile file(full);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            qFatal("the test could not write");
        }
        return *this;
    }
    [[nodiscard]] QString web() const
    {
        const QString path = m_folder.filePath(QStringLiteral("project/app/dist"));
        QDir().mkpath(path);
        return path;
    }

private:
    QTemporaryDir m_folder;
};
} // namespace

class TestNativePackages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void installedVersionsCount()
    {
        Project project;
        project
            .with(
                "package.json",
                R"({"dependencies":{"@capacitor/core":"^6.0.0","plain":"1","with-ios":"^2","@capacitor/cli":"6"}})")
            .with("node_modules/@capacitor/core/package.json", R"({"version":"6.1.2","capacitor":{}})")
            .with("node_modules/plain/package.json", R"({"version":"1.0.0"})")
            .with("node_modules/with-ios/package.json", R"({"version":"2.3.4"})")
            .with("node_modules/with-ios/ios/Plugin.swift", "");
        const auto found = readNativePackages(project.web());
        QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().toText()));
        QCOMPARE(found->packages,
                 (QVector<wire::NativePackage>{{QStringLiteral("@capacitor/core"), QStringLiteral("6.1.2")},
                                               {QStringLiteral("with-ios"), QStringLiteral("2.3.4")}}));
        QVERIFY(found->findings.isEmpty());
        QVERIFY(found->packageJson.endsWith(QStringLiteral("project/package.json")));
    }

    void withoutModulesTheWishIsTakenAndSaid()
    {
        Project project;
        project.with("package.json", R"({"dependencies":{"@capacitor/camera":"^5.1.0","lodash":"^4"}})");
        const auto found = readNativePackages(project.web());
        QVERIFY(found.has_value());
        QCOMPARE(found->packages, (QVector<wire::NativePackage>{
                                      {QStringLiteral("@capacitor/camera"), QStringLiteral("^5.1.0")}}));
        QCOMPARE(found->findings.size(), 1);
        QCOMPARE(found->findings.first().rule, QStringLiteral("bundle.native.not_installed"));
    }

    void withoutPackageJsonNothingIsKnown()
    {
        const Project project;
        const auto found = readNativePackages(project.web());
        QVERIFY(found.has_value());
        QVERIFY(found->packages.isEmpty());
        QCOMPARE(found->findings.first().rule, QStringLiteral("bundle.native.no_package_json"));
    }

    void aBrokenPackageJsonIsAnError()
    {
        Project project;
        project.with("package.json", "{");
        const auto found = readNativePackages(project.web());
        QVERIFY(!found);
        QCOMPARE(found.error().id, QStringLiteral("bundle.package_json"));
    }

    void namesThatLeadElsewhereArePassedOver()
    {
        Project project;
        project.with("package.json", R"({"dependencies":{"../../secret":"1","a/b/c-capacitor":"1"}})");
        const auto found = readNativePackages(project.web());
        QVERIFY(found.has_value());
        QVERIFY(found->packages.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestNativePackages)
#include "test_nativepackages.moc"
