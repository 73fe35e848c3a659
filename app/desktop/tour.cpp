// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tour.h"

#include "sampleapp.h"

#include "widgets/common/gallery.h"
#include "widgets/common/shareslider.h"

#include <QAbstractButton>
#include <QDir>
#include <QLineEdit>
#include <QPixmap>
#include <QTemporaryDir>

#include <cstdio>

namespace gatehouse::desktop {

namespace {

constexpr int kTickMs = 100;
constexpr qint64 kLongestStepMs = 150000;

void say(const QString &line)
{
    std::fputs(qPrintable(line + QLatin1Char('\n')), stderr);
}

} // namespace

Tour::Tour(Composition &composition, QString folder, QSize windowSize, QObject *parent)
    : QObject(parent)
    , m_composition(composition)
    , m_folder(std::move(folder))
    , m_windowSize(windowSize)
{
    m_ticker.setInterval(kTickMs);
    connect(&m_ticker, &QTimer::timeout, this, &Tour::tick);
}

void Tour::start()
{
    QDir().mkpath(m_folder);
    m_composition.window().resize(m_windowSize);
    addSteps();
    m_sinceStep.start();
    m_ticker.start();
}

void Tour::wait(const QString &name, std::function<bool()> isReady, std::function<void()> act)
{
    m_steps.append({name, std::move(isReady), std::move(act)});
}

void Tour::tick()
{
    if (m_at >= m_steps.size()) {
        end(m_hasFailed ? 1 : 0);
        return;
    }
    const Step &step = m_steps.at(m_at);
    if (step.isReady && !step.isReady()) {
        const bool sampleFailed = m_composition.showMe().stage() == workspace::ShowMe::Stage::Failed;
        if (sampleFailed || m_sinceStep.elapsed() > kLongestStepMs) {
            say(QStringLiteral("tour: gave up waiting for: %1").arg(step.name));
            if (m_composition.showMe().error()) {
                say(m_composition.showMe().error()->toText());
            }
            save(m_composition.window(), QStringLiteral("gave-up"));
            end(1);
        }
        return;
    }
    if (!step.name.isEmpty()) {
        say(QStringLiteral("tour: %1").arg(step.name));
    }
    ++m_at;
    m_sinceStep.restart();
    if (step.act) {
        step.act();
    }
}

void Tour::end(int exitCode)
{
    m_ticker.stop();
    say(QStringLiteral("tour: %1 pictures in %2").arg(m_pictures).arg(m_folder));
    m_composition.showMe().stop();
    Q_EMIT finished(exitCode);
}

void Tour::snap(const QString &name)
{
    const int number = ++m_pictures;
    for (const auto &[choice, word] :
         {std::pair(widgets::SchemeChoice::Dark, "dark"), std::pair(widgets::SchemeChoice::Light, "light")}) {
        const QString scheme = QString::fromLatin1(word);
        // One turn of the event loop between the change and the picture: palette and layout have settled
        // then.
        wait(QStringLiteral("%1, %2").arg(name, scheme), {},
             [this, choice = choice] { m_composition.theme().setChoice(choice); });
        wait({}, {}, [this, number, name, scheme] {
            save(m_composition.window(),
                 QStringLiteral("%1-%2-%3").arg(number, 2, 10, QLatin1Char('0')).arg(name, scheme));
        });
    }
}

void Tour::save(QWidget &widget, const QString &name)
{
    const QString path = m_folder + QLatin1Char('/') + name + QStringLiteral(".png");
    if (!widget.grab().save(path)) {
        say(QStringLiteral("tour: cannot save %1").arg(path));
        m_hasFailed = true;
    }
}

void Tour::press(const QString &objectName)
{
    if (auto *button = find<QAbstractButton>(objectName)) {
        button->click();
        return;
    }
    say(QStringLiteral("tour: there is no button %1").arg(objectName));
    m_hasFailed = true;
}

void Tour::addSteps()
{
    addStart();
    addShipping();
    addTakeBack();
    addGallery();
}

void Tour::act(std::function<void()> action)
{
    wait({}, {}, std::move(action));
}

void Tour::visit(const widgets::Destination &destination, const QString &name)
{
    act([this, destination] { m_composition.window().goTo(destination); });
    snap(name);
}

void Tour::addStart()
{
    snap(QStringLiteral("start"));
    act([this] {
        press(QStringLiteral("connectOtherButton"));
        if (auto *address = find<QLineEdit>(QStringLiteral("serverAddressField"))) {
            address->setText(QStringLiteral("http://updates.example.com"));
        }
    });
    snap(QStringLiteral("connect-server"));
    act([this] {
        press(QStringLiteral("cancelServerButton"));
        press(QStringLiteral("showMeButton"));
    });
    wait(QStringLiteral("the sample's first bundle is out"),
         [this] { return m_composition.showMe().stage() >= workspace::ShowMe::Stage::FirstBundle; });
    wait(QStringLiteral("devices took it"),
         [this] { return m_composition.showMe().stage() >= workspace::ShowMe::Stage::GoodBundle; });
    visit({QStringLiteral("monitor")}, QStringLiteral("monitor-adoption"));
}

void Tour::addShipping()
{
    visit({QStringLiteral("bundles"), {}, QStringLiteral("new")}, QStringLiteral("new-bundle-empty"));
    wait(QStringLiteral("a folder to build from"), {}, [this] {
        const QString web = m_folder + QStringLiteral("/.web");
        Operation operation;
        if (!writeSampleApp(web, QStringLiteral("1.1.0"), operation)) {
            m_hasFailed = true;
        }
        m_composition.draft().setFolder(web);
    });
    wait(QStringLiteral("the folder is checked"),
         [this] { return m_composition.draft().state() == workspace::BundleDraft::State::Scanned; });
    snap(QStringLiteral("new-bundle-checks"));
    act([this] {
        press(QStringLiteral("assistantNextButton"));
        m_composition.draft().setVersion(QStringLiteral("1.1.1"));
        m_composition.draft().setNotes(QStringLiteral("Clearer tide table, smaller pictures."));
    });
    snap(QStringLiteral("new-bundle-version"));
    act([this] {
        press(QStringLiteral("assistantNextButton"));
        press(QStringLiteral("signAndEncryptButton"));
    });
    wait(QStringLiteral("the bundle is signed and encrypted"),
         [this] { return m_composition.draft().state() == workspace::BundleDraft::State::Packaged; });
    snap(QStringLiteral("new-bundle-encrypted"));
    act([this] {
        press(QStringLiteral("assistantNextButton"));
        press(QStringLiteral("uploadOnlyChoice"));
        press(QStringLiteral("uploadButton"));
    });
    wait(QStringLiteral("it is uploaded"), [this] {
        return m_composition.draft().state() == workspace::BundleDraft::State::Shipped &&
               m_composition.workspace().bundles().find(QStringLiteral("1.1.1")) != nullptr;
    });
    snap(QStringLiteral("new-bundle-done"));
    act([this] { press(QStringLiteral("assistantNextButton")); });
    snap(QStringLiteral("bundles"));
    addBundleWork();
    visit({QStringLiteral("keys")}, QStringLiteral("keys"));
    visit({QStringLiteral("connect")}, QStringLiteral("connect-device"));
    act([this] { QDir(m_folder + QStringLiteral("/.web")).removeRecursively(); });
}

void Tour::addTakeBack()
{
    wait(QStringLiteral("the bad bundle rolls out"),
         [this] { return m_composition.showMe().stage() == workspace::ShowMe::Stage::BadBundle; });
    wait(QStringLiteral("its failures are sure"), [this] {
        const wire::ChannelState *state =
            m_composition.workspace().channels().find(workspace::ShowMe::sampleChannel());
        return state != nullptr && state->rolloutFailures >= 20;
    });
    visit({QStringLiteral("overview")}, QStringLiteral("overview-alert"));
    visit({QStringLiteral("monitor")}, QStringLiteral("monitor-failures"));
    act([this] {
        m_composition.window().goTo({QStringLiteral("channels")});
        if (auto *slider = m_composition.window().findChild<widgets::ShareSlider *>()) {
            slider->setShare(5000);
        }
    });
    snap(QStringLiteral("channels"));
    addChannelRules();
    act([this] {
        m_composition.window().goTo({QStringLiteral("overview")});
        press(QStringLiteral("rollBackChannelButton"));
    });
    wait(QStringLiteral("the review sheet"), [this] {
        auto *sheet = find<QWidget>(QStringLiteral("releaseReviewSheet"));
        return sheet != nullptr && sheet->isVisible();
    });
    snap(QStringLiteral("take-back-review"));
    act([this] {
        auto *sheet = find<QWidget>(QStringLiteral("releaseReviewSheet"));
        auto *verb = sheet == nullptr
                         ? nullptr
                         : sheet->findChild<QAbstractButton *>(QStringLiteral("reviewVerbButton"));
        if (verb != nullptr) {
            verb->click();
        } else {
            m_hasFailed = true;
        }
    });
    wait(QStringLiteral("it is taken back"),
         [this] { return m_composition.showMe().stage() == workspace::ShowMe::Stage::TakenBack; });
    wait(QStringLiteral("the first devices are back"),
         [this] { return m_composition.workspace().uptake().devices() > 0; });
    snap(QStringLiteral("taken-back"));
    wait(QStringLiteral("devices are back on the good bundle"), [this] {
        double on = 0;
        for (const wire::SeriesLine &line : m_composition.workspace().monitor().numbers().active.lines) {
            if (line.label == workspace::ShowMe::badBundle() && !line.values.isEmpty()) {
                on = line.values.constLast().value_or(0);
            }
        }
        const wire::ChannelState *state =
            m_composition.workspace().channels().find(workspace::ShowMe::sampleChannel());
        return state != nullptr && !state->channel.rolloutVersion && on < 20;
    });
    visit({QStringLiteral("monitor")}, QStringLiteral("monitor"));
    visit({QStringLiteral("overview")}, QStringLiteral("overview"));
    visit({QStringLiteral("channels")}, QStringLiteral("channels-quiet"));
}

void Tour::addGallery()
{
    for (const widgets::GalleryPage &page : widgets::galleryPages()) {
        const int number = ++m_pictures;
        wait(QStringLiteral("gallery: %1").arg(page.name), {}, [this, page, number] {
            for (const auto &[choice, word] : {std::pair(widgets::SchemeChoice::Dark, "dark"),
                                               std::pair(widgets::SchemeChoice::Light, "light")}) {
                m_composition.theme().setChoice(choice);
                const std::unique_ptr<QWidget> widget(
                    page.make(m_composition.theme(), m_composition.prompts()));
                widget->resize(m_windowSize);
                save(*widget, QStringLiteral("%1-gallery-%2-%3")
                                  .arg(number, 2, 10, QLatin1Char('0'))
                                  .arg(page.name, QLatin1String(word)));
            }
        });
    }
}

} // namespace gatehouse::desktop
