// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "composition.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSize>
#include <QTimer>

#include <functional>

namespace gatehouse::desktop {

/// Drives the real program through the main job, against a real server and fleet, and saves a picture of
/// every screen and state, light and dark. Each step waits for what it needs to be there; one that waits too
/// long ends the tour.
class Tour final : public QObject
{
    Q_OBJECT

public:
    Tour(Composition &composition, QString folder, QSize windowSize, QObject *parent = nullptr);
    void start();

Q_SIGNALS:
    /// @param exitCode  0: all pictures were saved
    void finished(int exitCode);

private:
    struct Step
    {
        QString name;
        std::function<bool()> isReady;
        std::function<void()> act;
    };
    void addSteps();
    void addStart();
    void addShipping();
    void addBundleWork();
    void addChannelRules();
    void addTakeBack();
    void addGallery();
    void wait(const QString &name, std::function<bool()> isReady, std::function<void()> act = {});
    void tick();
    void end(int exitCode);
    void act(std::function<void()> action);
    /// Pictures <number>-<name>-dark.png and -light.png of the window.
    void snap(const QString &name);
    void visit(const widgets::Destination &destination, const QString &name);
    void save(QWidget &widget, const QString &name);
    template<typename Widget>
    Widget *find(const QString &objectName) const
    {
        return m_composition.window().findChild<Widget *>(objectName);
    }
    void press(const QString &objectName);
    /// The same, within a sheet: all of them have a button to leave by.
    void pressIn(const QString &sheet, const QString &objectName);
    /// Waits until a part of a page or sheet is there to be used. Words would differ by language.
    void waitForUse(const QString &page, const QString &objectName);

    Composition &m_composition;
    QString m_folder;
    QSize m_windowSize;
    QVector<Step> m_steps;
    qsizetype m_at = 0;
    QTimer m_ticker;
    QElapsedTimer m_sinceStep;
    int m_pictures = 0;
    bool m_hasFailed = false;
};

} // namespace gatehouse::desktop
