// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small window for the test of the driver: one of each control that the driver acts on.
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QTimer>
#include <QVBoxLayout>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QWidget window;
    window.setWindowTitle(QStringLiteral("Driver sample"));
    auto *layout = new QVBoxLayout(&window);
    auto *name = new QLineEdit(&window);
    name->setAccessibleName(QStringLiteral("Name"));
    auto *greet = new QPushButton(QStringLiteral("Greet"), &window);
    auto *words = new QLabel(&window);
    auto *slider = new QSlider(Qt::Horizontal, &window);
    slider->setAccessibleName(QStringLiteral("Share"));
    auto *share = new QLabel(&window);
    auto *choice = new QRadioButton(QStringLiteral("Loud"), &window);
    auto *more = new QPushButton(QStringLiteral("More"), &window);
    auto *menu = new QMenu(&window);
    auto *kinds = new QComboBox(&window);
    kinds->setAccessibleName(QStringLiteral("Kind"));
    kinds->addItems({QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("third")});
    auto *late = new QPushButton(QStringLiteral("Late"), &window);
    late->setEnabled(false);
    for (QWidget *widget :
         {static_cast<QWidget *>(name), static_cast<QWidget *>(greet), static_cast<QWidget *>(words),
          static_cast<QWidget *>(slider), static_cast<QWidget *>(share), static_cast<QWidget *>(choice),
          static_cast<QWidget *>(more), static_cast<QWidget *>(kinds), static_cast<QWidget *>(late)}) {
        layout->addWidget(widget);
    }
    more->setMenu(menu);
    QObject::connect(menu->addAction(QStringLiteral("Say goodbye")), &QAction::triggered, words,
                     [words] { words->setText(QStringLiteral("Goodbye")); });
    QObject::connect(greet, &QPushButton::clicked, words, [words, name, choice, late] {
        words->setText(QStringLiteral("Hello %1%2")
                           .arg(name->text(), choice->isChecked() ? QStringLiteral("!") : QString()));
        QTimer::singleShot(300, late, [late] { late->setEnabled(true); });
    });
    QObject::connect(slider, &QSlider::valueChanged, share,
                     [share](int value) { share->setText(QStringLiteral("%1 percent").arg(value)); });
    QObject::connect(kinds, &QComboBox::currentTextChanged, words, &QLabel::setText);
    window.show();
    return QApplication::exec();
}
