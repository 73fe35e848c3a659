<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Sentences</name>
    <message numerus="yes">
        <source>%n files or folders that no app needs were left out (such as .git and node_modules).</source>
        <translation>
            <numerusform>%n file or folder that no app needs was left out (such as .git and node_modules).</numerusform>
            <numerusform>%n files or folders that no app needs were left out (such as .git and node_modules).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source maps were left out; they show the sources to everybody and devices do not need them.</source>
        <translation>
            <numerusform>%n source map was left out; it shows the sources to everybody and devices do not need it.</numerusform>
            <numerusform>%n source maps were left out; they show the sources to everybody and devices do not need them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::AlertBanner</name>
    <message numerus="yes">
        <source>Take back from %1 devices</source>
        <translation>
            <numerusform>Take back from %1 device</numerusform>
            <numerusform>Take back from %1 devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 devices failed by the bundle’s fault; more than %3 is sure.</source>
        <translation>
            <numerusform>%1 of %2 device failed by the bundle’s fault; more than %3 is sure.</numerusform>
            <numerusform>%1 of %2 devices failed by the bundle’s fault; more than %3 is sure.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::BundleDetails</name>
    <message numerus="yes">
        <source>%n packages</source>
        <translation>
            <numerusform>%n package</numerusform>
            <numerusform>%n packages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelCard</name>
    <message numerus="yes">
        <source>%1 active devices</source>
        <translation>
            <numerusform>%1 active device</numerusform>
            <numerusform>%1 active devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelList</name>
    <message numerus="yes">
        <source>%1, %2 devices, %3</source>
        <translation>
            <numerusform>%1, %2 device, %3</numerusform>
            <numerusform>%1, %2 devices, %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · %2 devices</source>
        <translation>
            <numerusform>%1 · %2 device</numerusform>
            <numerusform>%1 · %2 devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ComparePage</name>
    <message numerus="yes">
        <source>%n files are the same</source>
        <translation>
            <numerusform>%n file is the same</numerusform>
            <numerusform>%n files are the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::DeleteSheet</name>
    <message numerus="yes">
        <source>It cannot be deleted: %n devices run it.</source>
        <translation>
            <numerusform>It cannot be deleted: %n device runs it.</numerusform>
            <numerusform>It cannot be deleted: %n devices run it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::FolderStep</name>
    <message numerus="yes">
        <source>%n files, %1</source>
        <translation>
            <numerusform>%n file, %1</numerusform>
            <numerusform>%n files, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to mend</source>
        <translation>
            <numerusform>%n to mend</numerusform>
            <numerusform>%n to mend</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::InspectSheet</name>
    <message numerus="yes">
        <source>All %n files unpack, %1 in sum</source>
        <translation>
            <numerusform>Its %n file unpacks, %1 in sum</numerusform>
            <numerusform>All %n files unpack, %1 in sum</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::MonitorScreen</name>
    <message numerus="yes">
        <source>%1, of %2 devices</source>
        <translation>
            <numerusform>%1, of %2 device</numerusform>
            <numerusform>%1, of %2 devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::NewBundlePage</name>
    <message numerus="yes">
        <source>%1 · %n files, %2</source>
        <translation>
            <numerusform>%1 · %n file, %2</numerusform>
            <numerusform>%1 · %n files, %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Review</name>
    <message numerus="yes">
        <source>Take back from %1 devices</source>
        <translation>
            <numerusform>Take back from %1 device</numerusform>
            <numerusform>Take back from %1 devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RulesCard</name>
    <message numerus="yes">
        <source>%n devices are pinned here</source>
        <translation>
            <numerusform>%n device is pinned here</numerusform>
            <numerusform>%n devices are pinned here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RulesForm</name>
    <message numerus="yes">
        <source> days</source>
        <comment>behind a number</comment>
        <translation>
            <numerusform> day</numerusform>
            <numerusform> days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RulesSheet</name>
    <message numerus="yes">
        <source>Change %n rules</source>
        <translation>
            <numerusform>Change %n rule</numerusform>
            <numerusform>Change %n rules</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ShipStep</name>
    <message numerus="yes">
        <source>All of its %1 active devices get the bundle at their next check.</source>
        <translation>
            <numerusform>Its %1 active device gets the bundle at its next check.</numerusform>
            <numerusform>All of its %1 active devices get the bundle at their next check.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::StatusBar</name>
    <message numerus="yes">
        <source>%n running jobs</source>
        <translation>
            <numerusform>%n running job</numerusform>
            <numerusform>%n running jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::UndoToast</name>
    <message numerus="yes">
        <source>%n devices are back</source>
        <translation>
            <numerusform>%n device is back</numerusform>
            <numerusform>%n devices are back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n devices have taken it</source>
        <translation>
            <numerusform>%n device has taken it</numerusform>
            <numerusform>%n devices have taken it</numerusform>
        </translation>
    </message>
</context>
</TS>
