<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>ChartData</name>
    <message>
        <source>No values in this range.</source>
        <translation>Keine Werte in diesem Zeitraum.</translation>
    </message>
    <message>
        <source>Last values: %1.</source>
        <translation>Letzte Werte: %1.</translation>
    </message>
</context>
<context>
    <name>ForeignText</name>
    <message>
        <source>%1</source>
        <extracomment>A name, version or address from outside, as it stands in a text. A language written from the right puts U+2068 in front and U+2069 behind, so that &quot;1.2.0-beta.1&quot; is not turned around; all others leave it as it is.</extracomment>
        <translation>%1</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>M</source>
        <translation>Mio.</translation>
    </message>
    <message>
        <source>k</source>
        <translation>Tsd.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <extracomment>A share in percent. An ordinary space becomes a no-break space; languages that write none leave it out.</extracomment>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>kB</source>
        <translation>kB</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>min</source>
        <translation>Min.</translation>
    </message>
    <message>
        <source>h</source>
        <translation>Std.</translation>
    </message>
    <message>
        <source>d</source>
        <translation>Tg.</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>Day and month, as QLocale reads patterns: &quot;12 Nov&quot;</extracomment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>ddd d</source>
        <extracomment>Day of the week and of the month, as QLocale reads patterns: &quot;Wed 12&quot;</extracomment>
        <translation>ddd d.</translation>
    </message>
    <message>
        <source>ddd d MMM HH:mm</source>
        <extracomment>A moment in a table, as QLocale reads patterns: &quot;Wed 12 Nov 09:12&quot;</extracomment>
        <translation>ddd d. MMM HH:mm</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>morgen %1</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>A date, as QLocale reads patterns: &quot;12 Nov 2025&quot;</extracomment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy HH:mm:ss</source>
        <extracomment>A moment in full, as QLocale reads patterns: &quot;Wednesday, 12 November 2025 09:12:04&quot;</extracomment>
        <translation>dddd, d. MMMM yyyy HH:mm:ss</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>built-in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>95 % of active devices</source>
        <translation>95&#xa0;% der aktiven Geräte</translation>
    </message>
    <message>
        <source>1.2.2 released</source>
        <translation>1.2.2 veröffentlicht</translation>
    </message>
    <message>
        <source>1.2.3 · 10 %</source>
        <translation>1.2.3 · 10&#xa0;%</translation>
    </message>
    <message>
        <source>50 %</source>
        <translation>50&#xa0;%</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100&#xa0;%</translation>
    </message>
    <message>
        <source>guard limit 2 %</source>
        <translation>Grenze des Wächters 2&#xa0;%</translation>
    </message>
    <message>
        <source>Chart panel</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Active devices by bundle</source>
        <translation>Aktive Geräte nach Bundle</translation>
    </message>
    <message>
        <source>Failure rate</source>
        <translation>Fehlerquote</translation>
    </message>
    <message>
        <source>share of installs; band holds at every moment, 95 %</source>
        <translation>Anteil der Installationen; das Band gilt jederzeit, 95&#xa0;%</translation>
    </message>
    <message>
        <source>Chart panel: crosshair and table</source>
        <translation>Diagramm: Fadenkreuz und Tabelle</translation>
    </message>
    <message>
        <source>Buttons</source>
        <translation>Schaltflächen</translation>
    </message>
    <message>
        <source>New bundle</source>
        <translation>Neues Bundle</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Roll back to…</source>
        <translation>Zurücksetzen auf …</translation>
    </message>
    <message>
        <source>Take back from 41 devices</source>
        <translation>Von 41 Geräten zurücknehmen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>with icon</source>
        <translation>mit Symbol</translation>
    </message>
    <message>
        <source>small</source>
        <translation>klein</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Arten</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>see why</source>
        <translation>Grund zeigen</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Standard controls in the style</source>
        <translation>Standardelemente im eigenen Stil</translation>
    </message>
    <message>
        <source>typed text</source>
        <translation>getippter Text</translation>
    </message>
    <message>
        <source>A field</source>
        <translation>Ein Feld</translation>
    </message>
    <message>
        <source>what could stand here</source>
        <translation>was hier stehen könnte</translation>
    </message>
    <message>
        <source>A field with a hint</source>
        <translation>Ein Feld mit Hinweis</translation>
    </message>
    <message>
        <source>cannot be changed</source>
        <translation>nicht änderbar</translation>
    </message>
    <message>
        <source>A disabled field</source>
        <translation>Ein deaktiviertes Feld</translation>
    </message>
    <message>
        <source>breaks a rule</source>
        <translation>verletzt eine Regel</translation>
    </message>
    <message>
        <source>A field with a mistake</source>
        <translation>Ein Feld mit Fehler</translation>
    </message>
    <message>
        <source>production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>beta</translation>
    </message>
    <message>
        <source>A choice</source>
        <translation>Eine Auswahl</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>Eine Zahl</translation>
    </message>
    <message>
        <source>Several lines of text, as in a comment of a review.</source>
        <translation>Mehrere Zeilen Text, wie im Kommentar einer Prüfung.</translation>
    </message>
    <message>
        <source>A comment</source>
        <translation>Ein Kommentar</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>angehakt</translation>
    </message>
    <message>
        <source>partly</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <source>one</source>
        <translation>eins</translation>
    </message>
    <message>
        <source>unchecked</source>
        <translation>nicht angehakt</translation>
    </message>
    <message>
        <source>other</source>
        <translation>anderes</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Finished progress</source>
        <translation>Abgeschlossener Fortschritt</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Signaturen</translation>
    </message>
    <message>
        <source>Tabs</source>
        <translation>Reiter</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Who gets what</source>
        <translation>Wer bekommt was</translation>
    </message>
    <message>
        <source>example rows of the gallery</source>
        <translation>Beispielzeilen der Galerie</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Ruhig</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Built</source>
        <translation>Gebaut</translation>
    </message>
    <message>
        <source>Example table</source>
        <translation>Beispieltabelle</translation>
    </message>
    <message>
        <source>Icons</source>
        <translation>Symbole</translation>
    </message>
    <message>
        <source>Active devices reached</source>
        <translation>Erreichte Geräte</translation>
    </message>
    <message>
        <source>Failures to expect in 24 h</source>
        <translation>Zu erwartende Fehlschläge in 24&#xa0;Std.</translation>
    </message>
    <message>
        <source>6 to 31, estimated</source>
        <translation>6 bis 31, geschätzt</translation>
    </message>
    <message>
        <source>Time to take 90 % back</source>
        <translation>Zeit, um 90&#xa0;% zurückzunehmen</translation>
    </message>
    <message>
        <source>about 3 h</source>
        <translation>etwa 3&#xa0;Std.</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>geschätzt</translation>
    </message>
    <message>
        <source>Share slider</source>
        <translation>Anteilsregler</translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>Rollout</translation>
    </message>
    <message>
        <source>2 of 2 approvals</source>
        <translation>2 von 2 Freigaben</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Review: 10 % → 25 %</source>
        <translation>Prüfen: 10&#xa0;% → 25&#xa0;%</translation>
    </message>
    <message>
        <source>Impact strip</source>
        <translation>Wirkungsleiste</translation>
    </message>
    <message>
        <source>No device has this bundle yet.</source>
        <translation>Noch kein Gerät hat dieses Bundle.</translation>
    </message>
    <message>
        <source>Too few check-ins to say.</source>
        <translation>Zu wenige Meldungen für eine Aussage.</translation>
    </message>
    <message>
        <source>Review sheet</source>
        <translation>Prüfblatt</translation>
    </message>
    <message>
        <source>Card %1 of the page below</source>
        <translation>Karte %1 der Seite darunter</translation>
    </message>
    <message>
        <source>The scrim lies over it.</source>
        <translation>Der Schleier liegt darüber.</translation>
    </message>
    <message>
        <source>Approve 1.2.3 for channel 1</source>
        <translation>1.2.3 für Kanal 1 freigeben</translation>
    </message>
    <message>
        <source>channel 1, rolling out</source>
        <translation>Kanal 1, im Rollout</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>1.2.3 at 5 %, then 25 %</source>
        <translation>1.2.3 bei 5&#xa0;%, dann 25&#xa0;%</translation>
    </message>
    <message>
        <source>channel 1, stable</source>
        <translation>Kanal 1, stabil</translation>
    </message>
    <message>
        <source>Devices reached</source>
        <translation>Erreichte Geräte</translation>
    </message>
    <message>
        <source>Failures in 24 h</source>
        <translation>Fehlschläge in 24&#xa0;Std.</translation>
    </message>
    <message>
        <source>2 to 16</source>
        <translation>2 bis 16</translation>
    </message>
    <message>
        <source>90 % back in</source>
        <translation>90&#xa0;% zurück in</translation>
    </message>
    <message>
        <source>est.</source>
        <translation>gesch.</translation>
    </message>
    <message>
        <source>Checked on this computer, just now</source>
        <translation>Gerade auf diesem Computer geprüft</translation>
    </message>
    <message>
        <source>Downloaded as a device would</source>
        <translation>Heruntergeladen wie von einem Gerät</translation>
    </message>
    <message>
        <source>Digest and signature hold</source>
        <translation>Prüfsumme und Signatur stimmen</translation>
    </message>
    <message>
        <source>Decrypts with the key</source>
        <translation>Mit dem Schlüssel entschlüsselbar</translation>
    </message>
    <message>
        <source>The host change is the new crash reporter.</source>
        <translation>Der geänderte Host ist der neue Absturzmelder.</translation>
    </message>
    <message>
        <source>Your identity asks for its passphrase</source>
        <translation>Die Identität fragt nach ihrer Passphrase</translation>
    </message>
    <message>
        <source>Decline…</source>
        <translation>Ablehnen …</translation>
    </message>
    <message>
        <source>Sign approval 2 of 2</source>
        <translation>Freigabe 2 von 2 signieren</translation>
    </message>
    <message>
        <source>Toast</source>
        <translation>Einblendung</translation>
    </message>
    <message>
        <source>Channel 2 now serves 1.2.2.</source>
        <translation>Kanal 2 liefert jetzt 1.2.2 aus.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>3 devices have taken it</source>
        <translation>3 Geräte haben es geholt</translation>
    </message>
    <message>
        <source>Stepper</source>
        <translation>Schrittleiste</translation>
    </message>
    <message>
        <source>Assess</source>
        <translation>Beurteilen</translation>
    </message>
    <message>
        <source>Contain</source>
        <translation>Eindämmen</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Erholen</translation>
    </message>
    <message>
        <source>Steps of the emergency</source>
        <translation>Schritte im Notfall</translation>
    </message>
    <message>
        <source>Steps of the assistant</source>
        <translation>Schritte des Assistenten</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>dist · 412 files, 11.8 MB</source>
        <translation>dist · 412 Dateien, 11,8&#xa0;MB</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>24 passed, 2 to look at</source>
        <translation>24 bestanden, 2 Hinweise</translation>
    </message>
    <message>
        <source>Version and notes</source>
        <translation>Version und Notizen</translation>
    </message>
    <message>
        <source>1.2.3 exists already</source>
        <translation>1.2.3 gibt es schon</translation>
    </message>
    <message>
        <source>Sign and encrypt</source>
        <translation>Signieren, verschlüsseln</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Bereitstellen</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Recent activity</source>
        <translation>Zuletzt geschehen</translation>
    </message>
    <message>
        <source>Guard paused </source>
        <translation>Wächter hat angehalten: </translation>
    </message>
    <message>
        <source> on channel 2</source>
        <translation> auf Kanal 2</translation>
    </message>
    <message>
        <source>19:58 · evidence 41 devices</source>
        <translation>19:58 · Beleg 41 Geräte</translation>
    </message>
    <message>
        <source>You moved channel 2 from 5 % to 10 %</source>
        <translation>Kanal 2 von 5&#xa0;% auf 10&#xa0;% gesetzt</translation>
    </message>
    <message>
        <source>19:41 · approved by lead@gallery.example</source>
        <translation>19:41 · freigegeben von lead@gallery.example</translation>
    </message>
    <message>
        <source>You uploaded </source>
        <translation>Hochgeladen: </translation>
    </message>
    <message>
        <source>18:20 · 4.2 MB, signed, encrypted</source>
        <translation>18:20 · 4,2&#xa0;MB, signiert, verschlüsselt</translation>
    </message>
    <message>
        <source>Sparkline and status</source>
        <translation>Trendlinie und Status</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>Trends</translation>
    </message>
    <message>
        <source>Example trend %1</source>
        <translation>Beispieltrend %1</translation>
    </message>
    <message>
        <source>States</source>
        <translation>Zustände</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Fingerprint and code</source>
        <translation>Fingerabdruck und Code</translation>
    </message>
    <message>
        <source>Identity of the gallery</source>
        <translation>Identität der Galerie</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Example command</source>
        <translation>Beispielbefehl</translation>
    </message>
    <message>
        <source>Form field, search, choice</source>
        <translation>Formularfeld, Suche, Auswahl</translation>
    </message>
    <message>
        <source>A form</source>
        <translation>Ein Formular</translation>
    </message>
    <message>
        <source>Semantic version, higher than what is live.</source>
        <translation>Semantische Version, höher als die ausgelieferte.</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>Serveradresse</translation>
    </message>
    <message>
        <source>Only HTTPS is accepted outside this computer.</source>
        <translation>Außerhalb dieses Computers wird nur HTTPS angenommen.</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1&#xa0;Std.</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24&#xa0;Std.</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7&#xa0;Tage</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30&#xa0;Tage</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>90&#xa0;Tage</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Empty state</source>
        <translation>Leerer Zustand</translation>
    </message>
    <message>
        <source>No bundle has been uploaded yet. Build one from a folder of web assets.</source>
        <translation>Noch kein Bundle hochgeladen. Eines aus einem Ordner mit Web-Dateien bauen.</translation>
    </message>
    <message>
        <source>Error state</source>
        <translation>Fehlerzustand</translation>
    </message>
    <message>
        <source>The channels could not be read.</source>
        <translation>Die Kanäle konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The server gallery.example did not answer within 10 s.</source>
        <translation>Der Server gallery.example hat nicht innerhalb von 10&#xa0;s geantwortet.</translation>
    </message>
    <message>
        <source>Check the connection, then retry.</source>
        <translation>Verbindung prüfen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>Skeleton</source>
        <translation>Platzhalter</translation>
    </message>
    <message>
        <source>channel %1</source>
        <translation>Kanal %1</translation>
    </message>
    <message>
        <source>Paused by guard</source>
        <translation>Vom Wächter angehalten</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>Stabil</translation>
    </message>
    <message>
        <source>since 12 Nov</source>
        <translation>seit 12.&#xa0;Nov.</translation>
    </message>
    <message>
        <source>On newest, 24 h</source>
        <translation>Auf neuestem, 24&#xa0;Std.</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehlschläge</translation>
    </message>
    <message>
        <source>Roll back…</source>
        <translation>Zurücksetzen …</translation>
    </message>
    <message>
        <source>Roll back channel %1</source>
        <translation>Kanal %1 zurücksetzen</translation>
    </message>
    <message>
        <source>Open channel %1</source>
        <translation>Kanal %1 öffnen</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>A card with an explanation</source>
        <translation>Eine Karte mit Erläuterung</translation>
    </message>
    <message>
        <source>one line beside the title</source>
        <translation>eine Zeile neben dem Titel</translation>
    </message>
    <message>
        <source>Because the trust root, version 3, lists this identity with the role </source>
        <translation>Weil die Vertrauenswurzel, Version 3, diese Identität mit der Rolle </translation>
    </message>
    <message>
        <source>qa</source>
        <translation>qa</translation>
    </message>
    <message>
        <source>, and the policy takes two signatures. The bundle is </source>
        <translation> führt und die Richtlinie zwei Signaturen verlangt. Das Bundle ist </translation>
    </message>
    <message>
        <source>Pill</source>
        <translation>Plakette</translation>
    </message>
    <message>
        <source>Tones, with and without an icon</source>
        <translation>Farbtöne, mit und ohne Symbol</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>Wants approval</source>
        <translation>Freigabe nötig</translation>
    </message>
    <message>
        <source>No guard</source>
        <translation>Kein Wächter</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Kachel</translation>
    </message>
    <message>
        <source>On the newest bundle after 24 h</source>
        <translation>Nach 24&#xa0;Std. auf dem neuesten Bundle</translation>
    </message>
    <message>
        <source>reference 95 %</source>
        <translation>Richtwert 95&#xa0;%</translation>
    </message>
    <message>
        <source>Publish to install, median</source>
        <translation>Veröffentlichung bis Installation, Median</translation>
    </message>
    <message>
        <source>p95 19 h</source>
        <translation>p95 19&#xa0;Std.</translation>
    </message>
    <message>
        <source>Failures to expect</source>
        <translation>Erwartete Fehler</translation>
    </message>
    <message>
        <source>limit 2 %</source>
        <translation>Grenze 2&#xa0;%</translation>
    </message>
    <message>
        <source>Update success</source>
        <translation>Update-Erfolg</translation>
    </message>
    <message>
        <source>No device has reported in this range.</source>
        <translation>In diesem Zeitraum hat sich kein Gerät gemeldet.</translation>
    </message>
    <message>
        <source>Banner</source>
        <translation>Banner</translation>
    </message>
    <message>
        <source>The guard paused the rollout of 1.2.2 on channel 2 at 19:58.</source>
        <translation>Der Wächter hat den Rollout von 1.2.2 auf Kanal 2 um 19:58 angehalten.</translation>
    </message>
    <message>
        <source>9 of 41 devices failed to install; the limit is 2 %. 8 of the 9 run one old system version, and none of them has reported since.</source>
        <translation>9 von 41 Geräten konnten nicht installieren; die Grenze liegt bei 2&#xa0;%. 8 der 9 haben eine alte Systemversion, und keines hat sich seither gemeldet.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Why, banner %1</source>
        <translation>Warum, Banner %1</translation>
    </message>
    <message>
        <source>Page header</source>
        <translation>Seitenkopf</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Updated 2 s ago</source>
        <translation>Vor 2&#xa0;s aktualisiert</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>Bundles</translation>
    </message>
    <message>
        <source>Emergency: 1.2.2 fails on one system version</source>
        <translation>Notfall: 1.2.2 schlägt auf einer Systemversion fehl</translation>
    </message>
    <message>
        <source>Stale 4 min</source>
        <translation>Veraltet seit 4&#xa0;Min.</translation>
    </message>
    <message>
        <source>older</source>
        <translation>ältere</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>The sample starts: a server, an app, keys and the first bundle.</source>
        <translation>Das Beispiel startet: ein Server, eine App, Schlüssel und das erste Bundle.</translation>
    </message>
    <message>
        <source>2 000 simulated devices take bundle 1.0.0.</source>
        <translation>2&#x202f;000 simulierte Geräte holen Bundle 1.0.0.</translation>
    </message>
    <message>
        <source>They speak the real protocol: check, download, decrypt, unpack, report. Watch them under Monitor.</source>
        <translation>Sie sprechen das echte Protokoll: abfragen, herunterladen, entschlüsseln, entpacken, melden. Zu sehen unter „Monitor“.</translation>
    </message>
    <message>
        <source>Bundle 1.1.0 is out, and the devices move to it.</source>
        <translation>Bundle 1.1.0 ist draußen, und die Geräte wechseln darauf.</translation>
    </message>
    <message>
        <source>Bundle 1.2.0 goes to 25 % of the devices, and it is a bad one.</source>
        <translation>Bundle 1.2.0 geht an 25&#xa0;% der Geräte, und es ist ein schlechtes.</translation>
    </message>
    <message>
        <source>Take it back: under Overview, with one button.</source>
        <translation>Zurücknehmen: unter „Übersicht“, mit einem Knopf.</translation>
    </message>
    <message>
        <source>It is taken back: devices return to 1.1.0 at their next check.</source>
        <translation>Es ist zurückgenommen: Geräte kehren bei ihrer nächsten Abfrage zu 1.1.0 zurück.</translation>
    </message>
    <message>
        <source>The sample is gone when you choose another server or close the program.</source>
        <translation>Das Beispiel verschwindet, sobald ein anderer Server gewählt oder das Programm geschlossen wird.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>There is no room left for the bundle “%1”.</source>
        <translation>Für das Bundle „%1“ ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>The bundle “%1” could not be written.</source>
        <translation>Das Bundle „%1“ konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Make room or choose another folder, then try again.</source>
        <translation>Platz schaffen oder einen anderen Ordner wählen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The bundle is larger than the server takes.</source>
        <translation>Das Bundle ist größer, als der Server annimmt.</translation>
    </message>
    <message>
        <source>The limit is %1 MiB.</source>
        <translation>Die Grenze liegt bei %1&#xa0;MiB.</translation>
    </message>
    <message>
        <source>Leave out media and source maps, or load large files from the web.</source>
        <translation>Medien und Source-Maps auslassen oder große Dateien aus dem Netz laden.</translation>
    </message>
    <message>
        <source>This folder cannot be made into a bundle.</source>
        <translation>Aus diesem Ordner lässt sich kein Bundle bauen.</translation>
    </message>
    <message>
        <source>Correct what the check found, then try again.</source>
        <translation>Beheben, was die Prüfung gefunden hat, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>An encrypted bundle needs the app&apos;s bundle key.</source>
        <translation>Ein verschlüsseltes Bundle braucht den Bundle-Schlüssel der App.</translation>
    </message>
    <message>
        <source>Create or import the bundle key of this app first.</source>
        <translation>Erst den Bundle-Schlüssel dieser App erstellen oder importieren.</translation>
    </message>
    <message>
        <source>The bundle has %1 MiB; above 20 MiB slow connections do not finish the download in time.</source>
        <translation>Das Bundle hat %1&#xa0;MiB; über 20&#xa0;MiB schaffen langsame Verbindungen das Herunterladen nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>Encrypted with AES-256: only apps with a plugin build of their own can read this bundle.</source>
        <translation>Mit AES-256 verschlüsselt: Nur Apps mit eigenem Plugin-Build können dieses Bundle lesen.</translation>
    </message>
    <message>
        <source>The file could not be read: %1</source>
        <translation>Die Datei konnte nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>No .js file calls notifyAppReady, so devices take this bundle back after about ten seconds.</source>
        <translation>Keine .js-Datei ruft notifyAppReady auf; Geräte nehmen dieses Bundle deshalb nach etwa zehn Sekunden zurück.</translation>
    </message>
    <message>
        <source>On some devices this is the same name as “%1”.</source>
        <translation>Auf manchen Geräten ist dies derselbe Name wie „%1“.</translation>
    </message>
    <message>
        <source>There is no index.html at the top of the folder.</source>
        <translation>In der Wurzel des Ordners liegt keine index.html.</translation>
    </message>
    <message>
        <source>There is no folder “%1”.</source>
        <translation>Es gibt keinen Ordner „%1“.</translation>
    </message>
    <message>
        <source>Build the web app first, then choose the folder with its index.html.</source>
        <translation>Erst die Web-App bauen, dann den Ordner mit ihrer index.html wählen.</translation>
    </message>
    <message>
        <source>The folder “%1” could not be read.</source>
        <translation>Der Ordner „%1“ konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The name is not UTF-8.</source>
        <translation>Der Name ist kein UTF-8.</translation>
    </message>
    <message>
        <source>The file could not be looked at: %1.</source>
        <translation>Die Datei konnte nicht betrachtet werden: %1.</translation>
    </message>
    <message>
        <source>This link leads out of the folder, or nowhere.</source>
        <translation>Dieser Verweis führt aus dem Ordner hinaus oder ins Leere.</translation>
    </message>
    <message>
        <source>This folder contains itself through a link, or lies too deep.</source>
        <translation>Dieser Ordner enthält sich durch einen Verweis selbst oder liegt zu tief.</translation>
    </message>
    <message>
        <source>This is no regular file but a device, pipe or socket.</source>
        <translation>Dies ist keine gewöhnliche Datei, sondern ein Gerät, eine Pipe oder ein Socket.</translation>
    </message>
    <message>
        <source>The file could not be read: %1.</source>
        <translation>Die Datei konnte nicht gelesen werden: %1.</translation>
    </message>
    <message>
        <source>The file “%1” could not be read.</source>
        <translation>Die Datei „%1“ konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The file “%1” is not the JSON that npm writes.</source>
        <translation>Die Datei „%1“ ist nicht das JSON, das npm schreibt.</translation>
    </message>
    <message>
        <source>There is no package.json near the folder, so it is not known which native packages the app needs.</source>
        <translation>In der Nähe des Ordners liegt keine package.json; welche nativen Pakete die App braucht, ist daher unbekannt.</translation>
    </message>
    <message>
        <source>“%1” is not installed here; its version is what package.json asks for.</source>
        <translation>„%1“ ist hier nicht installiert; die Version ist die aus package.json.</translation>
    </message>
    <message>
        <source>The path has an empty part.</source>
        <translation>Der Pfad hat einen leeren Teil.</translation>
    </message>
    <message>
        <source>The path leads out of the bundle with “..”.</source>
        <translation>Der Pfad führt mit „..“ aus dem Bundle hinaus.</translation>
    </message>
    <message>
        <source>“%1” is a reserved name on Windows, so the bundle could not be unpacked there.</source>
        <translation>„%1“ ist unter Windows ein reservierter Name; das Bundle ließe sich dort nicht entpacken.</translation>
    </message>
    <message>
        <source>A name that ends in a dot or a space becomes another name on Windows.</source>
        <translation>Ein Name, der mit Punkt oder Leerzeichen endet, wird unter Windows ein anderer.</translation>
    </message>
    <message>
        <source>The name is empty.</source>
        <translation>Der Name ist leer.</translation>
    </message>
    <message>
        <source>The path holds a zero byte.</source>
        <translation>Der Pfad enthält ein Nullbyte.</translation>
    </message>
    <message>
        <source>The path holds a control character.</source>
        <translation>Der Pfad enthält ein Steuerzeichen.</translation>
    </message>
    <message>
        <source>The path holds a back-slash, which some devices take for a folder.</source>
        <translation>Der Pfad enthält einen umgekehrten Schrägstrich, den manche Geräte für einen Ordner halten.</translation>
    </message>
    <message>
        <source>The path is absolute.</source>
        <translation>Der Pfad ist absolut.</translation>
    </message>
    <message>
        <source>The path is longer than 800 bytes.</source>
        <translation>Der Pfad ist länger als 800&#xa0;Byte.</translation>
    </message>
    <message>
        <source>The path holds a character that Windows does not take in names.</source>
        <translation>Der Pfad enthält ein Zeichen, das Windows in Namen nicht annimmt.</translation>
    </message>
    <message>
        <source>The name holds a space: it works in a zip, but not in a delta release.</source>
        <translation>Der Name enthält ein Leerzeichen: Im ZIP geht das, in einem Delta-Release nicht.</translation>
    </message>
    <message>
        <source>The file “%1” changed while the bundle was being made.</source>
        <translation>Die Datei „%1“ hat sich geändert, während das Bundle gebaut wurde.</translation>
    </message>
    <message>
        <source>Wait until the web app is built completely, then try again.</source>
        <translation>Warten, bis die Web-App vollständig gebaut ist, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>This server takes uploads in one piece only.</source>
        <translation>Dieser Server nimmt Uploads nur in einem Stück an.</translation>
    </message>
    <message>
        <source>This server takes whole archives only.</source>
        <translation>Dieser Server nimmt nur vollständige Archive an.</translation>
    </message>
    <message>
        <source>This version of the server (%1) does not have it.</source>
        <translation>Diese Version des Servers (%1) hat das nicht.</translation>
    </message>
    <message>
        <source>The server has not been asked yet.</source>
        <translation>Der Server wurde noch nicht gefragt.</translation>
    </message>
    <message>
        <source>The app %1 has no channel &quot;%2&quot;.</source>
        <translation>Die App %1 hat keinen Kanal „%2“.</translation>
    </message>
    <message>
        <source>The server does not let this key change the channel &quot;%1&quot;.</source>
        <translation>Der Server lässt diesen Schlüssel den Kanal „%1“ nicht ändern.</translation>
    </message>
    <message>
        <source>Changing a channel needs the permissions channel.update_settings and channel.promote_bundle.</source>
        <translation>Einen Kanal zu ändern verlangt die Berechtigungen channel.update_settings und channel.promote_bundle.</translation>
    </message>
    <message>
        <source>Use a key with these permissions.</source>
        <translation>Einen Schlüssel mit diesen Berechtigungen verwenden.</translation>
    </message>
    <message>
        <source>The channel &quot;%1&quot; was changed by somebody else meanwhile.</source>
        <translation>Der Kanal „%1“ wurde inzwischen von jemand anderem geändert.</translation>
    </message>
    <message>
        <source>Look at its present state and decide again.</source>
        <translation>Seinen jetzigen Zustand ansehen und neu entscheiden.</translation>
    </message>
    <message>
        <source>The server %1 cannot be reached.</source>
        <translation>Der Server %1 ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check the network and the address of the server.</source>
        <translation>Netzwerk und Adresse des Servers prüfen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the address of a server.</source>
        <translation>„%1“ ist keine Serveradresse.</translation>
    </message>
    <message>
        <source>An address looks like https://api.example.org.</source>
        <translation>Eine Adresse sieht aus wie https://api.example.org.</translation>
    </message>
    <message>
        <source>The address of a server must not hold a name or a password.</source>
        <translation>Eine Serveradresse darf weder Namen noch Passwort enthalten.</translation>
    </message>
    <message>
        <source>The server %1 must be asked over https.</source>
        <translation>Der Server %1 muss über https gefragt werden.</translation>
    </message>
    <message>
        <source>Over plain http everybody on the way could read the API key.</source>
        <translation>Über einfaches http könnte jeder unterwegs den API-Schlüssel lesen.</translation>
    </message>
    <message>
        <source>Give the server a certificate and use https://.</source>
        <translation>Dem Server ein Zertifikat geben und https:// verwenden.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; cannot be read.</source>
        <translation>Die Datei „%1“ ist nicht lesbar.</translation>
    </message>
    <message>
        <source>It is shorter than it was.</source>
        <translation>Sie ist kürzer als zuvor.</translation>
    </message>
    <message>
        <source>The server %1 is not the one it was.</source>
        <translation>Der Server %1 ist nicht mehr derselbe.</translation>
    </message>
    <message>
        <source>Its certificate holds another key than the one that was noted.</source>
        <translation>Sein Zertifikat enthält einen anderen Schlüssel als den vermerkten.</translation>
    </message>
    <message>
        <source>If the certificate was renewed with a new key, note the new key in the settings of this server.</source>
        <translation>Wurde das Zertifikat mit einem neuen Schlüssel erneuert, diesen in den Einstellungen des Servers vermerken.</translation>
    </message>
    <message>
        <source>The answer of the server %1 is too large.</source>
        <translation>Die Antwort des Servers %1 ist zu groß.</translation>
    </message>
    <message>
        <source>It has %1 bytes; at most %2 are expected.</source>
        <translation>Sie hat %1&#xa0;Byte; erwartet sind höchstens %2.</translation>
    </message>
    <message>
        <source>At most %1 bytes are expected.</source>
        <translation>Erwartet sind höchstens %1&#xa0;Byte.</translation>
    </message>
    <message>
        <source>The server %1 could not prove who it is.</source>
        <translation>Der Server %1 konnte nicht beweisen, wer er ist.</translation>
    </message>
    <message>
        <source>If it uses an authority of your organization, add that certificate to the settings of this server.</source>
        <translation>Verwendet er eine Zertifizierungsstelle der Organisation, deren Zertifikat in den Einstellungen dieses Servers hinzufügen.</translation>
    </message>
    <message>
        <source>The server %1 did not answer in time.</source>
        <translation>Der Server %1 hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Nothing came for %1 s.</source>
        <translation>%1&#xa0;s lang kam nichts.</translation>
    </message>
    <message>
        <source>It closed the connection before it answered.</source>
        <translation>Er hat die Verbindung vor der Antwort geschlossen.</translation>
    </message>
    <message>
        <source>The answer of the server %1 was cut short.</source>
        <translation>Die Antwort des Servers %1 wurde abgeschnitten.</translation>
    </message>
    <message>
        <source>The server %1 sends us elsewhere.</source>
        <translation>Der Server %1 leitet anderswohin weiter.</translation>
    </message>
    <message>
        <source>Enter the address it has moved to, if you trust it.</source>
        <translation>Die neue Adresse eingeben, sofern sie vertrauenswürdig ist.</translation>
    </message>
    <message>
        <source>The server %1 answered what is not HTTP.</source>
        <translation>Die Antwort des Servers %1 ist kein HTTP.</translation>
    </message>
    <message>
        <source>It answered with HTTP status %1.</source>
        <translation>Er hat mit HTTP-Status %1 geantwortet.</translation>
    </message>
    <message>
        <source>Another program answers on the port of the server.</source>
        <translation>Auf dem Port des Servers antwortet ein anderes Programm.</translation>
    </message>
    <message>
        <source>It does not know the key of this computer&apos;s server.</source>
        <translation>Es kennt den Schlüssel des Servers auf diesem Computer nicht.</translation>
    </message>
    <message>
        <source>Close that program, or start the server on another port.</source>
        <translation>Jenes Programm beenden oder den Server auf einem anderen Port starten.</translation>
    </message>
    <message>
        <source>The server does not allow this.</source>
        <translation>Der Server erlaubt dies nicht.</translation>
    </message>
    <message>
        <source>The server does not know what was named.</source>
        <translation>Der Server kennt das Genannte nicht.</translation>
    </message>
    <message>
        <source>This does not fit what the server has now.</source>
        <translation>Dies passt nicht zu dem, was der Server jetzt hat.</translation>
    </message>
    <message>
        <source>The server cannot answer right now.</source>
        <translation>Der Server kann gerade nicht antworten.</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The server refused the request.</source>
        <translation>Der Server hat die Anfrage abgelehnt.</translation>
    </message>
    <message>
        <source>The server failed.</source>
        <translation>Der Server hat einen Fehler.</translation>
    </message>
    <message>
        <source>Check the API key of this server.</source>
        <translation>Den API-Schlüssel dieses Servers prüfen.</translation>
    </message>
    <message>
        <source>Wait %1 s and try again.</source>
        <translation>%1&#xa0;s warten und erneut versuchen.</translation>
    </message>
    <message>
        <source>Wait a minute and try again.</source>
        <translation>Eine Minute warten und erneut versuchen.</translation>
    </message>
    <message>
        <source>Ask an administrator of the organization for the permission, or use another API key.</source>
        <translation>Die Verwaltung der Organisation um die Berechtigung bitten oder einen anderen API-Schlüssel verwenden.</translation>
    </message>
    <message>
        <source>Look at the present state and decide again.</source>
        <translation>Den jetzigen Zustand ansehen und neu entscheiden.</translation>
    </message>
    <message>
        <source>It says: &quot;%1&quot;.</source>
        <translation>Er sagt: „%1“.</translation>
    </message>
    <message>
        <source>It answered with HTTP status %1 and no explanation.</source>
        <translation>Er hat mit HTTP-Status %1 und ohne Erklärung geantwortet.</translation>
    </message>
    <message>
        <source>This server cannot do &quot;%1&quot;.</source>
        <translation>Dieser Server kann „%1“ nicht.</translation>
    </message>
    <message>
        <source>A Capgo server has no such action.</source>
        <translation>Ein Capgo-Server kennt keine solche Aktion.</translation>
    </message>
    <message>
        <source>At %1 is no server for updates.</source>
        <translation>Unter %1 ist kein Update-Server.</translation>
    </message>
    <message>
        <source>Enter the address of the management API, for instance https://api.capgo.app.</source>
        <translation>Die Adresse der Verwaltungs-API eingeben, etwa https://api.capgo.app.</translation>
    </message>
    <message>
        <source>The server sends us to %1, which is not its own address.</source>
        <translation>Der Server verweist auf %1, was nicht seine eigene Adresse ist.</translation>
    </message>
    <message>
        <source>The API key must not go there.</source>
        <translation>Der API-Schlüssel darf nicht dorthin gelangen.</translation>
    </message>
    <message>
        <source>This was cancelled.</source>
        <translation>Dies wurde abgebrochen.</translation>
    </message>
    <message>
        <source>A request was made on the GUI thread, which must never wait.</source>
        <translation>Eine Anfrage kam aus dem GUI-Thread, der nie warten darf.</translation>
    </message>
    <message>
        <source>This took longer than allowed.</source>
        <translation>Dies hat länger gedauert als erlaubt.</translation>
    </message>
    <message>
        <source>The server does not follow the upload protocol.</source>
        <translation>Der Server hält sich nicht an das Upload-Protokoll.</translation>
    </message>
    <message>
        <source>It names no Upload-Offset.</source>
        <translation>Er nennt kein Upload-Offset.</translation>
    </message>
    <message>
        <source>The notes of a started upload cannot be read.</source>
        <translation>Der Vermerk eines begonnenen Uploads ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; cannot be written.</source>
        <translation>Die Datei „%1“ ist nicht schreibbar.</translation>
    </message>
    <message>
        <source>It names no place to send the content to.</source>
        <translation>Er nennt keinen Ort, an den der Inhalt gehen soll.</translation>
    </message>
    <message>
        <source>It remembers an upload of another size.</source>
        <translation>Er erinnert sich an einen Upload anderer Größe.</translation>
    </message>
    <message>
        <source>After bytes %1 to %2 it names offset %3.</source>
        <translation>Nach den Bytes %1 bis %2 nennt er Offset %3.</translation>
    </message>
    <message>
        <source>The bundle %1 was uploaded, but the server does not call it ready.</source>
        <translation>Bundle %1 ist hochgeladen, aber der Server nennt es nicht bereit.</translation>
    </message>
    <message>
        <source>The bundle is too large for this server.</source>
        <translation>Das Bundle ist zu groß für diesen Server.</translation>
    </message>
    <message>
        <source>It has %1 bytes; the server takes at most %2.</source>
        <translation>Es hat %1&#xa0;Byte; der Server nimmt höchstens %2.</translation>
    </message>
    <message>
        <source>The answer is not as agreed.</source>
        <translation>Die Antwort ist nicht wie vereinbart.</translation>
    </message>
    <message>
        <source>%1 should be true or false.</source>
        <translation>%1 sollte wahr oder falsch sein.</translation>
    </message>
    <message>
        <source>The server does not know this API key.</source>
        <translation>Der Server kennt diesen API-Schlüssel nicht.</translation>
    </message>
    <message>
        <source>The plan of the organization does not allow more storage.</source>
        <translation>Der Tarif der Organisation lässt nicht mehr Speicher zu.</translation>
    </message>
    <message>
        <source>The organization asks for two-factor sign-in.</source>
        <translation>Die Organisation verlangt eine Anmeldung mit zwei Faktoren.</translation>
    </message>
    <message>
        <source>The owner of this API key has none.</source>
        <translation>Wem dieser API-Schlüssel gehört, der hat keine.</translation>
    </message>
    <message>
        <source>Switch two-factor sign-in on for that account.</source>
        <translation>Die Anmeldung mit zwei Faktoren für jenes Konto einschalten.</translation>
    </message>
    <message>
        <source>The server has no app %1 for this key.</source>
        <translation>Der Server hat für diesen Schlüssel keine App %1.</translation>
    </message>
    <message>
        <source>A bundle %1 exists already.</source>
        <translation>Ein Bundle %1 gibt es schon.</translation>
    </message>
    <message>
        <source>A name is never used twice: devices know bundles by name.</source>
        <translation>Ein Name wird nie zweimal verwendet: Geräte erkennen Bundles am Namen.</translation>
    </message>
    <message>
        <source>Give the bundle a higher version.</source>
        <translation>Dem Bundle eine höhere Version geben.</translation>
    </message>
    <message>
        <source>The server did not take the bundle %1.</source>
        <translation>Der Server hat Bundle %1 nicht angenommen.</translation>
    </message>
    <message>
        <source>The key may not upload bundles of this app, or the bundle is not encrypted as the organization asks.</source>
        <translation>Der Schlüssel darf keine Bundles dieser App hochladen, oder das Bundle ist nicht so verschlüsselt, wie die Organisation es verlangt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an app id.</source>
        <translation>„%1“ ist keine App-ID.</translation>
    </message>
    <message>
        <source>An app id looks like com.example.app: letters and digits, at least one dot.</source>
        <translation>Eine App-ID sieht aus wie com.example.app: Buchstaben und Ziffern, mindestens ein Punkt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a device id.</source>
        <translation>„%1“ ist keine Geräte-ID.</translation>
    </message>
    <message>
        <source>A device id is a UUID.</source>
        <translation>Eine Geräte-ID ist eine UUID.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of a channel.</source>
        <translation>„%1“ kann kein Kanalname sein.</translation>
    </message>
    <message>
        <source>A name has 1 to 128 characters and no white space at its ends.</source>
        <translation>Ein Name hat 1 bis 128 Zeichen und an den Enden keine Leerzeichen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the version of a bundle.</source>
        <translation>„%1“ kann keine Bundle-Version sein.</translation>
    </message>
    <message>
        <source>Devices need a semantic version, as in 2.4.1, without a leading v.</source>
        <translation>Geräte brauchen eine semantische Version wie 2.4.1, ohne v am Anfang.</translation>
    </message>
    <message>
        <source>%1 is not a share in basis points.</source>
        <translation>%1 ist kein Anteil in Basispunkten.</translation>
    </message>
    <message>
        <source>A share lies between 0 and 10000 basis points.</source>
        <translation>Ein Anteil liegt zwischen 0 und 10&#x202f;000 Basispunkten.</translation>
    </message>
    <message>
        <source>This is not a share in percent.</source>
        <translation>Das ist kein Anteil in Prozent.</translation>
    </message>
    <message>
        <source>A share lies between 0 and 100 %.</source>
        <translation>Ein Anteil liegt zwischen 0 und 100&#xa0;%.</translation>
    </message>
    <message>
        <source>The backup does not say which key it holds.</source>
        <translation>Die Sicherung nennt nicht, welchen Schlüssel sie enthält.</translation>
    </message>
    <message>
        <source>The backup holds another kind of key.</source>
        <translation>Die Sicherung enthält eine andere Art von Schlüssel.</translation>
    </message>
    <message>
        <source>It holds a key of the kind &quot;%1&quot;, wanted is &quot;%2&quot;.</source>
        <translation>Sie enthält einen Schlüssel der Art „%1“, gesucht ist „%2“.</translation>
    </message>
    <message>
        <source>The backup holds the key of another app.</source>
        <translation>Die Sicherung enthält den Schlüssel einer anderen App.</translation>
    </message>
    <message>
        <source>It is of &quot;%1&quot;, wanted is the key of &quot;%2&quot;.</source>
        <translation>Er gehört zu „%1“, gesucht ist der von „%2“.</translation>
    </message>
    <message>
        <source>Choose the backup of this app&apos;s key.</source>
        <translation>Die Sicherung des Schlüssels dieser App wählen.</translation>
    </message>
    <message>
        <source>This sealed file is no backup of a key.</source>
        <translation>Diese versiegelte Datei ist keine Schlüsselsicherung.</translation>
    </message>
    <message>
        <source>Create the key pair</source>
        <translation>Schlüsselpaar erzeugen</translation>
    </message>
    <message>
        <source>Gatehouse does not change a configuration that is a program.</source>
        <translation>Gatehouse ändert keine Konfiguration, die ein Programm ist.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a script.</source>
        <translation>„%1“ ist ein Skript.</translation>
    </message>
    <message>
        <source>Paste the text that is shown into it.</source>
        <translation>Den gezeigten Text dort einfügen.</translation>
    </message>
    <message>
        <source>The file is not a configuration that Gatehouse can change.</source>
        <translation>Die Datei ist keine Konfiguration, die Gatehouse ändern kann.</translation>
    </message>
    <message>
        <source>Changing it would change more than the key.</source>
        <translation>Eine Änderung würde mehr als den Schlüssel ändern.</translation>
    </message>
    <message>
        <source>Add the key in an editor.</source>
        <translation>Den Schlüssel in einem Editor hinzufügen.</translation>
    </message>
    <message>
        <source>The file was changed since the differences were shown; it is as it was.</source>
        <translation>Die Datei wurde seit dem Anzeigen der Unterschiede geändert; sie ist, wie sie war.</translation>
    </message>
    <message>
        <source>Look at the differences again.</source>
        <translation>Die Unterschiede erneut ansehen.</translation>
    </message>
    <message>
        <source>The stored key &quot;%1&quot; is not what its name says.</source>
        <translation>Der gespeicherte Schlüssel „%1“ ist nicht, was sein Name sagt.</translation>
    </message>
    <message>
        <source>Its halves do not belong together, or it was filed under another key&apos;s name.</source>
        <translation>Seine Hälften gehören nicht zusammen, oder er liegt unter dem Namen eines anderen.</translation>
    </message>
    <message>
        <source>Do not use it; restore the key from a backup.</source>
        <translation>Nicht verwenden; den Schlüssel aus einer Sicherung wiederherstellen.</translation>
    </message>
    <message>
        <source>This identity signs only with its passphrase.</source>
        <translation>Diese Identität signiert nur mit ihrer Passphrase.</translation>
    </message>
    <message>
        <source>Enter the passphrase of the identity.</source>
        <translation>Die Passphrase der Identität eingeben.</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>Der Schlüsselbund ist gesperrt.</translation>
    </message>
    <message>
        <source>It wants its password before it gives or takes a key.</source>
        <translation>Er verlangt sein Passwort, bevor er einen Schlüssel herausgibt oder annimmt.</translation>
    </message>
    <message>
        <source>There is no keychain in this session.</source>
        <translation>In dieser Sitzung gibt es keinen Schlüsselbund.</translation>
    </message>
    <message>
        <source>No Secret Service answers.</source>
        <translation>Kein Secret Service antwortet.</translation>
    </message>
    <message>
        <source>The keychain does not answer yet.</source>
        <translation>Der Schlüsselbund antwortet noch nicht.</translation>
    </message>
    <message>
        <source>It waits for a person, perhaps in a window behind others.</source>
        <translation>Er wartet auf eine Eingabe, vielleicht in einem Fenster hinter anderen.</translation>
    </message>
    <message>
        <source>The keychain does not work.</source>
        <translation>Der Schlüsselbund funktioniert nicht.</translation>
    </message>
    <message>
        <source>It answered with an error; nothing was changed.</source>
        <translation>Er hat mit einem Fehler geantwortet; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>There is no key &quot;%1&quot;.</source>
        <translation>Es gibt keinen Schlüssel „%1“.</translation>
    </message>
    <message>
        <source>The place where keys are kept works, but it holds no such entry.</source>
        <translation>Der Aufbewahrungsort der Schlüssel funktioniert, enthält aber keinen solchen Eintrag.</translation>
    </message>
    <message>
        <source>Import the key or restore it from a backup.</source>
        <translation>Den Schlüssel importieren oder aus einer Sicherung wiederherstellen.</translation>
    </message>
    <message>
        <source>The keychain could not be reserved for this program.</source>
        <translation>Der Schlüsselbund konnte nicht für dieses Programm reserviert werden.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; cannot be made.</source>
        <translation>Die Datei „%1“ kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>The keychain is used by another part of this program already.</source>
        <translation>Der Schlüsselbund wird schon von einem anderen Teil dieses Programms verwendet.</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>Warten auf den Schlüsselbund</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the name of a stored key.</source>
        <translation>„%1“ ist nicht der Name eines gespeicherten Schlüssels.</translation>
    </message>
    <message>
        <source>The stored key &quot;%1&quot; cannot be read.</source>
        <translation>Der gespeicherte Schlüssel „%1“ ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Restore it from a backup.</source>
        <translation>Aus einer Sicherung wiederherstellen.</translation>
    </message>
    <message>
        <source>It holds no private part.</source>
        <translation>Er enthält keinen privaten Teil.</translation>
    </message>
    <message>
        <source>Its private part does not end.</source>
        <translation>Sein privater Teil endet nicht.</translation>
    </message>
    <message>
        <source>Its private part is not base64.</source>
        <translation>Sein privater Teil ist kein base64.</translation>
    </message>
    <message>
        <source>It is not what Gatehouse stores under this name.</source>
        <translation>Er ist nicht, was Gatehouse unter diesem Namen ablegt.</translation>
    </message>
    <message>
        <source>The vault opens only with its passphrase.</source>
        <translation>Der Tresor öffnet sich nur mit seiner Passphrase.</translation>
    </message>
    <message>
        <source>Enter the passphrase of the vault.</source>
        <translation>Die Passphrase des Tresors eingeben.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; could not be read.</source>
        <translation>„%1“ konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>There is no file &quot;%1&quot;.</source>
        <translation>Es gibt keine Datei „%1“.</translation>
    </message>
    <message>
        <source>It became shorter while it was read.</source>
        <translation>Sie wurde beim Lesen kürzer.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; could not be written.</source>
        <translation>„%1“ konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; can be read by others on this computer.</source>
        <translation>„%1“ ist für andere auf diesem Computer lesbar.</translation>
    </message>
    <message>
        <source>A file that holds a secret must be the owner&apos;s alone.</source>
        <translation>Eine Datei mit einem Geheimnis darf nur ihrem Besitzer gehören.</translation>
    </message>
    <message>
        <source>The folder &quot;%1&quot; cannot be made.</source>
        <translation>Der Ordner „%1“ kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>There is no API key to keep.</source>
        <translation>Es gibt keinen API-Schlüssel aufzubewahren.</translation>
    </message>
    <message>
        <source>There is no vault at &quot;%1&quot;.</source>
        <translation>Unter „%1“ ist kein Tresor.</translation>
    </message>
    <message>
        <source>Make one, or choose the file that holds your keys.</source>
        <translation>Einen anlegen oder die Datei wählen, die die Schlüssel enthält.</translation>
    </message>
    <message>
        <source>The vault could not be read.</source>
        <translation>Der Tresor konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The vault could not be written; it is as it was.</source>
        <translation>Der Tresor konnte nicht geschrieben werden; er ist, wie er war.</translation>
    </message>
    <message>
        <source>The vault could not be reserved.</source>
        <translation>Der Tresor konnte nicht reserviert werden.</translation>
    </message>
    <message>
        <source>No file can be made in &quot;%1&quot;.</source>
        <translation>In „%1“ kann keine Datei angelegt werden.</translation>
    </message>
    <message>
        <source>There is a vault at &quot;%1&quot; already.</source>
        <translation>Unter „%1“ gibt es schon einen Tresor.</translation>
    </message>
    <message>
        <source>Open it with its passphrase, or choose another file.</source>
        <translation>Ihn mit seiner Passphrase öffnen oder eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>The vault was sealed anew by another program.</source>
        <translation>Der Tresor wurde von einem anderen Programm neu versiegelt.</translation>
    </message>
    <message>
        <source>Its passphrase may be another one now.</source>
        <translation>Seine Passphrase ist jetzt womöglich eine andere.</translation>
    </message>
    <message>
        <source>Open the vault again.</source>
        <translation>Den Tresor erneut öffnen.</translation>
    </message>
    <message>
        <source>The server said yes, but the channel &quot;%1&quot; could not be read back.</source>
        <translation>Der Server hat zugestimmt, aber der Kanal „%1“ war nicht zurückzulesen.</translation>
    </message>
    <message>
        <source>The server said yes, but the channel &quot;%1&quot; does not show the change.</source>
        <translation>Der Server hat zugestimmt, aber der Kanal „%1“ zeigt die Änderung nicht.</translation>
    </message>
    <message>
        <source>Somebody may have changed it right after.</source>
        <translation>Vielleicht hat ihn gleich danach jemand geändert.</translation>
    </message>
    <message>
        <source>Look at the channel&apos;s present state.</source>
        <translation>Den jetzigen Zustand des Kanals ansehen.</translation>
    </message>
    <message>
        <source>This cannot be carried out.</source>
        <translation>Dies kann nicht ausgeführt werden.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has to be looked at before it is carried out.</source>
        <translation>„%1“ muss vor der Ausführung geprüft werden.</translation>
    </message>
    <message>
        <source>The bundle cannot be encrypted.</source>
        <translation>Das Bundle kann nicht verschlüsselt werden.</translation>
    </message>
    <message>
        <source>No bundle key was chosen for %1.</source>
        <translation>Für %1 wurde kein Bundle-Schlüssel gewählt.</translation>
    </message>
    <message>
        <source>Create or import one under Keys.</source>
        <translation>Unter „Schlüssel“ einen erstellen oder importieren.</translation>
    </message>
    <message>
        <source>The release statement could not be written.</source>
        <translation>Die Release-Erklärung konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Free some space or choose another folder.</source>
        <translation>Platz schaffen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The server does not hold what was uploaded.</source>
        <translation>Der Server enthält nicht, was hochgeladen wurde.</translation>
    </message>
    <message>
        <source>%1 bytes were sent; %2 came back, or their digest differs.</source>
        <translation>%1&#xa0;Byte wurden gesendet; %2 kamen zurück, oder ihre Prüfsumme weicht ab.</translation>
    </message>
    <message>
        <source>Upload the bundle again under another version.</source>
        <translation>Das Bundle unter einer anderen Version erneut hochladen.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; is not the one that was built.</source>
        <translation>Die Datei „%1“ ist nicht die gebaute.</translation>
    </message>
    <message>
        <source>%1 exists already.</source>
        <translation>%1 gibt es schon.</translation>
    </message>
    <message>
        <source>Devices know bundles by their version, so one is never used twice.</source>
        <translation>Geräte erkennen Bundles an der Version, deshalb wird keine zweimal verwendet.</translation>
    </message>
    <message>
        <source>Choose a higher version.</source>
        <translation>Eine höhere Version wählen.</translation>
    </message>
    <message>
        <source>The simulated devices did not start.</source>
        <translation>Die simulierten Geräte sind nicht gestartet.</translation>
    </message>
    <message>
        <source>Install Gatehouse again: its fleet program is missing or damaged.</source>
        <translation>Gatehouse neu installieren: Das Flottenprogramm fehlt oder ist beschädigt.</translation>
    </message>
    <message>
        <source>It ended with code %1.</source>
        <translation>Es endete mit Code %1.</translation>
    </message>
    <message>
        <source>The server on this computer does not start.</source>
        <translation>Der Server auf diesem Computer startet nicht.</translation>
    </message>
    <message>
        <source>Install Gatehouse again: its server program is missing or damaged.</source>
        <translation>Gatehouse neu installieren: Das Serverprogramm fehlt oder ist beschädigt.</translation>
    </message>
    <message>
        <source>The server on this computer did not say its port.</source>
        <translation>Der Server auf diesem Computer hat seinen Port nicht genannt.</translation>
    </message>
    <message>
        <source>The server on this computer stopped.</source>
        <translation>Der Server auf diesem Computer ist stehen geblieben.</translation>
    </message>
    <message>
        <source>Nothing that was saved is lost. Start it again.</source>
        <translation>Nichts Gespeichertes ist verloren. Erneut starten.</translation>
    </message>
    <message>
        <source>The vault is locked.</source>
        <translation>Der Tresor ist gesperrt.</translation>
    </message>
    <message>
        <source>Its passphrase was not given yet.</source>
        <translation>Seine Passphrase wurde noch nicht eingegeben.</translation>
    </message>
    <message>
        <source>This is not the address of a server.</source>
        <translation>Das ist keine Serveradresse.</translation>
    </message>
    <message>
        <source>An address looks like https://updates.example.com.</source>
        <translation>Eine Adresse sieht aus wie https://updates.example.com.</translation>
    </message>
    <message>
        <source>It holds more than scheme, host, port and path.</source>
        <translation>Sie enthält mehr als Schema, Host, Port und Pfad.</translation>
    </message>
    <message>
        <source>Plain http is accepted for this computer alone.</source>
        <translation>Einfaches http wird nur für diesen Computer angenommen.</translation>
    </message>
    <message>
        <source>Use https.</source>
        <translation>https verwenden.</translation>
    </message>
    <message>
        <source>Its scheme is neither https nor http.</source>
        <translation>Ihr Schema ist weder https noch http.</translation>
    </message>
    <message>
        <source>The server has no organization.</source>
        <translation>Der Server hat keine Organisation.</translation>
    </message>
    <message>
        <source>No server is connected.</source>
        <translation>Kein Server ist verbunden.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; is gone or has changed.</source>
        <translation>Die Datei „%1“ ist verschwunden oder hat sich geändert.</translation>
    </message>
    <message>
        <source>Build the bundle again.</source>
        <translation>Das Bundle erneut bauen.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Der Arbeitsspeicher reicht nicht.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The certificate has expired.</source>
        <translation>Das Zertifikat ist abgelaufen.</translation>
    </message>
    <message>
        <source>It was good until %1; devices refuse it.</source>
        <translation>Es galt bis %1; Geräte lehnen es ab.</translation>
    </message>
    <message>
        <source>Renew it, and choose the new file.</source>
        <translation>Erneuern und die neue Datei wählen.</translation>
    </message>
    <message>
        <source>The certificate does not hold yet.</source>
        <translation>Das Zertifikat gilt noch nicht.</translation>
    </message>
    <message>
        <source>It is good from %1 on; devices refuse it before.</source>
        <translation>Es gilt ab %1; vorher lehnen Geräte es ab.</translation>
    </message>
    <message>
        <source>Wait, or check the clock of this computer.</source>
        <translation>Warten oder die Uhr dieses Computers prüfen.</translation>
    </message>
    <message>
        <source>The certificate chain</source>
        <translation>Die Zertifikatskette</translation>
    </message>
    <message>
        <source>The private key</source>
        <translation>Der private Schlüssel</translation>
    </message>
    <message>
        <source>The file of the certificate chain holds no certificate.</source>
        <translation>Die Datei der Zertifikatskette enthält kein Zertifikat.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not have what begins with “-----BEGIN CERTIFICATE-----”.</source>
        <translation>„%1“ enthält nichts, das mit „-----BEGIN CERTIFICATE-----“ beginnt.</translation>
    </message>
    <message>
        <source>Choose the PEM file with the whole chain, often “fullchain.pem”.</source>
        <translation>Die PEM-Datei mit der ganzen Kette wählen, oft „fullchain.pem“.</translation>
    </message>
    <message>
        <source>The private key of the certificate asks for a passphrase.</source>
        <translation>Der private Schlüssel des Zertifikats verlangt eine Passphrase.</translation>
    </message>
    <message>
        <source>Choose a key file without one that only you can read: the server starts by itself.</source>
        <translation>Eine Schlüsseldatei ohne Passphrase wählen, die nur Sie lesen können: Der Server startet von selbst.</translation>
    </message>
    <message>
        <source>The file of the private key holds no private key.</source>
        <translation>Die Datei des privaten Schlüssels enthält keinen privaten Schlüssel.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no PEM file with a private key.</source>
        <translation>„%1“ ist keine PEM-Datei mit einem privaten Schlüssel.</translation>
    </message>
    <message>
        <source>The private key does not belong to the certificate.</source>
        <translation>Der private Schlüssel gehört nicht zum Zertifikat.</translation>
    </message>
    <message>
        <source>The first certificate of the chain was made for another key.</source>
        <translation>Das erste Zertifikat der Kette wurde für einen anderen Schlüssel ausgestellt.</translation>
    </message>
    <message>
        <source>Choose the key that the certificate was asked for with.</source>
        <translation>Den Schlüssel wählen, mit dem das Zertifikat beantragt wurde.</translation>
    </message>
    <message>
        <source>The certificate does not say which name devices use.</source>
        <translation>Das Zertifikat sagt nicht, welchen Namen Geräte verwenden.</translation>
    </message>
    <message>
        <source>It names no host, or only a wildcard.</source>
        <translation>Es nennt keinen Host oder nur einen Platzhalter.</translation>
    </message>
    <message>
        <source>Write the address that devices ask, for instance https://updates.example.com:8443.</source>
        <translation>Die Adresse angeben, die Geräte anfragen, zum Beispiel https://updates.example.com:8443.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address that devices can ask.</source>
        <translation>„%1“ ist keine Adresse, die Geräte anfragen können.</translation>
    </message>
    <message>
        <source>Devices ask over https only.</source>
        <translation>Geräte fragen nur über https an.</translation>
    </message>
    <message>
        <source>It looks like https://updates.example.com:8443.</source>
        <translation>Sie sieht aus wie https://updates.example.com:8443.</translation>
    </message>
    <message>
        <source>The certificate is not for &quot;%1&quot;.</source>
        <translation>Das Zertifikat gilt nicht für „%1“.</translation>
    </message>
    <message>
        <source>It is for: %1. Devices refuse it under another name.</source>
        <translation>Es gilt für: %1. Unter einem anderen Namen lehnen Geräte es ab.</translation>
    </message>
    <message>
        <source>Use a name that the certificate has, or a certificate for that name.</source>
        <translation>Einen Namen verwenden, der im Zertifikat steht, oder ein Zertifikat für diesen Namen.</translation>
    </message>
    <message>
        <source>Unlock it with its passphrase.</source>
        <translation>Mit der Passphrase entsperren.</translation>
    </message>
    <message>
        <source>The server cannot listen on %1.</source>
        <translation>Der Server kann nicht auf %1 lauschen.</translation>
    </message>
    <message>
        <source>It goes on as before. Check address and port, and whether another program listens there.</source>
        <translation>Er läuft weiter wie zuvor. Adresse und Port prüfen, und ob dort ein anderes Programm lauscht.</translation>
    </message>
    <message>
        <source>“%1” could not be written.</source>
        <translation>„%1“ konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Its folder could not be made.</source>
        <translation>Der Ordner dafür konnte nicht angelegt werden.</translation>
    </message>
    <message>
        <source>“%1” is there already and not an empty folder.</source>
        <translation>„%1“ gibt es schon, und es ist kein leerer Ordner.</translation>
    </message>
    <message>
        <source>Choose a new folder.</source>
        <translation>Einen neuen Ordner wählen.</translation>
    </message>
    <message>
        <source>A folder for it could not be made.</source>
        <translation>Ein Ordner dafür konnte nicht angelegt werden.</translation>
    </message>
    <message>
        <source>The folder could not be put in its place.</source>
        <translation>Der Ordner konnte nicht an seinen Platz gebracht werden.</translation>
    </message>
    <message>
        <source>The archive “%1” could not be opened.</source>
        <translation>Das Archiv „%1“ konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The archive “%1” is not a good bundle.</source>
        <translation>Das Archiv „%1“ ist kein gutes Bundle.</translation>
    </message>
    <message>
        <source>The file “%1” is no zip archive, or it is damaged.</source>
        <translation>Die Datei „%1“ ist kein ZIP-Archiv, oder sie ist beschädigt.</translation>
    </message>
    <message>
        <source>It has too many entries: %1.</source>
        <translation>Es hat zu viele Einträge: %1.</translation>
    </message>
    <message>
        <source>There is no index.html at the top.</source>
        <translation>In der Wurzel liegt keine index.html.</translation>
    </message>
    <message>
        <source>Entry %1 cannot be read.</source>
        <translation>Eintrag %1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>“%1” and “%2” are the same name on some devices.</source>
        <translation>„%1“ und „%2“ sind auf manchen Geräten derselbe Name.</translation>
    </message>
    <message>
        <source>The name “%1” is not UTF-8.</source>
        <translation>Der Name „%1“ ist kein UTF-8.</translation>
    </message>
    <message>
        <source>“%1” is encrypted inside the archive.</source>
        <translation>„%1“ ist im Archiv verschlüsselt.</translation>
    </message>
    <message>
        <source>“%1” is compressed by a method that devices do not know.</source>
        <translation>„%1“ ist mit einem Verfahren komprimiert, das Geräte nicht kennen.</translation>
    </message>
    <message>
        <source>“%1” has no attributes.</source>
        <translation>„%1“ hat keine Attribute.</translation>
    </message>
    <message>
        <source>“%1” is a link or a special file.</source>
        <translation>„%1“ ist ein Verweis oder eine besondere Datei.</translation>
    </message>
    <message>
        <source>“%1” claims an impossible size.</source>
        <translation>„%1“ gibt eine unmögliche Größe an.</translation>
    </message>
    <message>
        <source>“%1” is too large.</source>
        <translation>„%1“ ist zu groß.</translation>
    </message>
    <message>
        <source>It is too large unpacked.</source>
        <translation>Es ist entpackt zu groß.</translation>
    </message>
    <message>
        <source>“%1” grows far too much when it is unpacked.</source>
        <translation>„%1“ wird beim Entpacken viel zu groß.</translation>
    </message>
    <message>
        <source>“%1” is damaged.</source>
        <translation>„%1“ ist beschädigt.</translation>
    </message>
    <message>
        <source>“%1” is longer than the archive says.</source>
        <translation>„%1“ ist länger, als das Archiv angibt.</translation>
    </message>
    <message>
        <source>“%1” is shorter than the archive says.</source>
        <translation>„%1“ ist kürzer, als das Archiv angibt.</translation>
    </message>
    <message numerus="yes">
        <source>%n files or folders that no app needs were left out (such as .git and node_modules).</source>
        <translation>
            <numerusform>Eine Datei oder ein Ordner, den keine App braucht, wurde ausgelassen (etwa .git und node_modules).</numerusform>
            <numerusform>%n Dateien oder Ordner, die keine App braucht, wurden ausgelassen (etwa .git und node_modules).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source maps were left out; they show the sources to everybody and devices do not need them.</source>
        <translation>
            <numerusform>Eine Source-Map wurde ausgelassen; sie zeigt allen die Quellen, und Geräte brauchen sie nicht.</numerusform>
            <numerusform>%n Source-Maps wurden ausgelassen; sie zeigen allen die Quellen, und Geräte brauchen sie nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>A delta release cannot hold “%1”.</source>
        <translation>Ein Delta-Release kann „%1“ nicht enthalten.</translation>
    </message>
    <message>
        <source>Its name has a space.</source>
        <translation>Der Name enthält ein Leerzeichen.</translation>
    </message>
    <message>
        <source>Rename the file, or publish the zip alone.</source>
        <translation>Die Datei umbenennen oder nur das ZIP veröffentlichen.</translation>
    </message>
    <message>
        <source>Devices take “.br” for the mark of a compressed file and cut it off.</source>
        <translation>Geräte halten „.br“ für das Kennzeichen einer komprimierten Datei und schneiden es ab.</translation>
    </message>
    <message>
        <source>Leave pre-compressed files out, or publish the zip alone.</source>
        <translation>Bereits komprimierte Dateien auslassen oder nur das ZIP veröffentlichen.</translation>
    </message>
    <message>
        <source>An encrypted release needs the app&apos;s bundle key.</source>
        <translation>Ein verschlüsseltes Release braucht den Bundle-Schlüssel der App.</translation>
    </message>
    <message>
        <source>The folder “%1” could not be made.</source>
        <translation>Der Ordner „%1“ konnte nicht angelegt werden.</translation>
    </message>
    <message>
        <source>The file “%1” of this release could not be decrypted.</source>
        <translation>Die Datei „%1“ dieses Releases konnte nicht entschlüsselt werden.</translation>
    </message>
    <message>
        <source>The hash of “%1” cannot be read.</source>
        <translation>Die Prüfsumme von „%1“ ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The file “%1” of this release is not what its hash says.</source>
        <translation>Die Datei „%1“ dieses Releases entspricht nicht ihrer Prüfsumme.</translation>
    </message>
    <message>
        <source>The payload “%1” could not be written.</source>
        <translation>Die Nutzdaten „%1“ konnten nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>A file of this release cannot be unpacked.</source>
        <translation>Eine Datei dieses Releases kann nicht entpackt werden.</translation>
    </message>
    <message>
        <source>It is too large.</source>
        <translation>Sie ist zu groß.</translation>
    </message>
    <message>
        <source>Something follows the Brotli data.</source>
        <translation>Auf die Brotli-Daten folgt noch etwas.</translation>
    </message>
    <message>
        <source>The Brotli data is damaged or cut short.</source>
        <translation>Die Brotli-Daten sind beschädigt oder abgeschnitten.</translation>
    </message>
    <message>
        <source>The session key of this bundle cannot be read.</source>
        <translation>Der Sitzungsschlüssel dieses Bundles ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Expected is an IV, a colon and a key, both in base64.</source>
        <translation>Erwartet sind ein IV, ein Doppelpunkt und ein Schlüssel, beide in base64.</translation>
    </message>
    <message>
        <source>The part before the colon is not base64 of 16 bytes.</source>
        <translation>Der Teil vor dem Doppelpunkt ist kein base64 von 16 Byte.</translation>
    </message>
    <message>
        <source>The part after the colon is not base64 of 256 bytes.</source>
        <translation>Der Teil nach dem Doppelpunkt ist kein base64 von 256 Byte.</translation>
    </message>
    <message>
        <source>The session key of this bundle was made with another bundle key.</source>
        <translation>Der Sitzungsschlüssel dieses Bundles wurde mit einem anderen Bundle-Schlüssel erzeugt.</translation>
    </message>
    <message>
        <source>Use the public key that the app was built with.</source>
        <translation>Den öffentlichen Schlüssel verwenden, mit dem die App gebaut wurde.</translation>
    </message>
    <message>
        <source>It has %1 bytes instead of 16 or 32.</source>
        <translation>Er hat %1 statt 16 oder 32 Byte.</translation>
    </message>
    <message>
        <source>The checksum of this encrypted bundle cannot be read.</source>
        <translation>Die Prüfsumme dieses verschlüsselten Bundles ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Expected are 512 hex digits, or base64 of 256 bytes.</source>
        <translation>Erwartet sind 512 Hexadezimalziffern oder base64 von 256 Byte.</translation>
    </message>
    <message>
        <source>The checksum of this bundle was made with another bundle key.</source>
        <translation>Die Prüfsumme dieses Bundles wurde mit einem anderen Bundle-Schlüssel erzeugt.</translation>
    </message>
    <message>
        <source>The checksum of this bundle is a CRC-32, which proves nothing.</source>
        <translation>Die Prüfsumme dieses Bundles ist eine CRC-32, die nichts beweist.</translation>
    </message>
    <message>
        <source>It was made for plugins older than 5.10.0, 6.25.0 or 7.0.30.</source>
        <translation>Sie wurde für Plugins vor 5.10.0, 6.25.0 oder 7.0.30 erzeugt.</translation>
    </message>
    <message>
        <source>Publish the bundle again under a new version.</source>
        <translation>Das Bundle unter einer neuen Version erneut veröffentlichen.</translation>
    </message>
    <message>
        <source>The checksum of this bundle cannot be read.</source>
        <translation>Die Prüfsumme dieses Bundles ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Expected are 64 lower-case hex digits.</source>
        <translation>Erwartet sind 64 kleingeschriebene Hexadezimalziffern.</translation>
    </message>
    <message>
        <source>This bundle is encrypted; the app&apos;s public key is needed to read it.</source>
        <translation>Dieses Bundle ist verschlüsselt; zum Lesen ist der öffentliche Schlüssel der App nötig.</translation>
    </message>
    <message>
        <source>The bundle “%1” could not be read.</source>
        <translation>Das Bundle „%1“ konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The decrypted archive could not be written.</source>
        <translation>Das entschlüsselte Archiv konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The content of this bundle could not be decrypted.</source>
        <translation>Der Inhalt dieses Bundles konnte nicht entschlüsselt werden.</translation>
    </message>
    <message>
        <source>It is cut short, damaged, or belongs to another session key.</source>
        <translation>Er ist abgeschnitten, beschädigt oder gehört zu einem anderen Sitzungsschlüssel.</translation>
    </message>
    <message>
        <source>The bundle “%1” could not be opened.</source>
        <translation>Das Bundle „%1“ konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The content of this bundle is not what its checksum says.</source>
        <translation>Der Inhalt dieses Bundles entspricht nicht seiner Prüfsumme.</translation>
    </message>
    <message>
        <source>The SHA-256 is %1 and should be %2.</source>
        <translation>Die SHA-256 ist %1 und sollte %2 sein.</translation>
    </message>
    <message>
        <source>There is no place for a temporary file.</source>
        <translation>Für eine temporäre Datei ist kein Platz.</translation>
    </message>
    <message>
        <source>The archive “%1” could not be written.</source>
        <translation>Das Archiv „%1“ konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The app %1 has no bundle %2.</source>
        <translation>Die App %1 hat kein Bundle %2.</translation>
    </message>
    <message>
        <source>A Capgo server does not push events; Gatehouse asks it every few seconds instead.</source>
        <translation>Ein Capgo-Server meldet Ereignisse nicht von selbst; Gatehouse fragt ihn stattdessen alle paar Sekunden.</translation>
    </message>
    <message>
        <source>A Capgo server keeps numbers by day only, not by minute or hour.</source>
        <translation>Ein Capgo-Server führt Zahlen nur nach Tagen, nicht nach Minuten oder Stunden.</translation>
    </message>
    <message>
        <source>A Capgo server does not tell how many devices a channel has, nor its history to an API key.</source>
        <translation>Ein Capgo-Server nennt einem API-Schlüssel weder die Zahl der Geräte eines Kanals noch dessen Verlauf.</translation>
    </message>
    <message>
        <source>A Capgo server changes channels field by field; Gatehouse sends the fields and reads them back.</source>
        <translation>Ein Capgo-Server ändert Kanäle Feld für Feld; Gatehouse sendet die Felder und liest sie zurück.</translation>
    </message>
    <message>
        <source>A Capgo server cannot freeze a channel.</source>
        <translation>Ein Capgo-Server kann keinen Kanal einfrieren.</translation>
    </message>
    <message>
        <source>A Capgo server draws the devices anew for each rollout bundle.</source>
        <translation>Ein Capgo-Server lost die Geräte für jedes Bundle eines Rollouts neu aus.</translation>
    </message>
    <message>
        <source>A Capgo server does not tell which rule decides for a device.</source>
        <translation>Ein Capgo-Server sagt nicht, welche Regel für ein Gerät entscheidet.</translation>
    </message>
    <message>
        <source>A Capgo server keeps no trust root.</source>
        <translation>Ein Capgo-Server führt keine Vertrauenswurzel.</translation>
    </message>
    <message>
        <source>A Capgo server enforces no approvals.</source>
        <translation>Ein Capgo-Server erzwingt keine Freigaben.</translation>
    </message>
    <message>
        <source>A Capgo server keeps no release statements.</source>
        <translation>Ein Capgo-Server bewahrt keine Release-Erklärungen auf.</translation>
    </message>
    <message>
        <source>A Capgo server runs no rollout plans.</source>
        <translation>Ein Capgo-Server führt keine Rollout-Pläne aus.</translation>
    </message>
    <message>
        <source>A Capgo server does not witness the journal.</source>
        <translation>Ein Capgo-Server bezeugt das Journal nicht.</translation>
    </message>
    <message>
        <source>%1 should be more than 0.</source>
        <translation>%1 sollte größer als 0 sein.</translation>
    </message>
    <message>
        <source>The server ended the stream of events.</source>
        <translation>Der Server hat den Strom der Ereignisse beendet.</translation>
    </message>
    <message>
        <source>%1 should be the address of a server.</source>
        <translation>%1 sollte die Adresse eines Servers sein.</translation>
    </message>
    <message>
        <source>This server has no numbers for &quot;%1&quot; by %2.</source>
        <translation>Dieser Server hat keine Zahlen zu „%1“ nach %2.</translation>
    </message>
    <message>
        <source>A Capgo server keeps daily numbers and a log of events by bundle only.</source>
        <translation>Ein Capgo-Server führt nur tägliche Zahlen und ein Ereignisprotokoll nach Bundle.</translation>
    </message>
    <message>
        <source>%1 should hold days.</source>
        <translation>%1 sollte Tage enthalten.</translation>
    </message>
    <message>
        <source>A series needs a beginning before its end and a step of more than 0.</source>
        <translation>Eine Reihe braucht einen Anfang vor ihrem Ende und eine Schrittweite größer als 0.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a time.</source>
        <translation>„%1“ ist kein Zeitpunkt.</translation>
    </message>
    <message>
        <source>Times look like 2026-07-20T10:00:00Z.</source>
        <translation>Zeitpunkte sehen aus wie 2026-07-20T10:00:00Z.</translation>
    </message>
    <message>
        <source>%1 should be a text.</source>
        <translation>%1 sollte ein Text sein.</translation>
    </message>
    <message>
        <source>%1 should be a whole number.</source>
        <translation>%1 sollte eine ganze Zahl sein.</translation>
    </message>
    <message>
        <source>%1 should be a number.</source>
        <translation>%1 sollte eine Zahl sein.</translation>
    </message>
    <message>
        <source>%1 should be a time.</source>
        <translation>%1 sollte ein Zeitpunkt sein.</translation>
    </message>
    <message>
        <source>%1 should be an object.</source>
        <translation>%1 sollte ein Objekt sein.</translation>
    </message>
    <message>
        <source>%1 should be a list.</source>
        <translation>%1 sollte eine Liste sein.</translation>
    </message>
    <message>
        <source>%1 should be JSON.</source>
        <translation>%1 sollte JSON sein.</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>Verschlüsseln</translation>
    </message>
    <message>
        <source>Decrypt</source>
        <translation>Entschlüsseln</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>The cryptography library does not start.</source>
        <translation>Die Kryptografie-Bibliothek startet nicht.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a semantic version.</source>
        <translation>„%1“ ist keine semantische Version.</translation>
    </message>
    <message>
        <source>A version has three numbers, as in 2.4.1 or 2.4.1-beta.1.</source>
        <translation>Eine Version hat drei Zahlen, wie 2.4.1 oder 2.4.1-beta.1.</translation>
    </message>
    <message>
        <source>The session key of a bundle has 16 or 32 bytes, its IV 16.</source>
        <translation>Der Sitzungsschlüssel eines Bundles hat 16 oder 32 Byte, sein IV 16.</translation>
    </message>
    <message>
        <source>This one has %1 and %2.</source>
        <translation>Dieser hat %1 und %2.</translation>
    </message>
    <message>
        <source>The cipher could not be started.</source>
        <translation>Die Verschlüsselung konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The cipher stopped working.</source>
        <translation>Die Verschlüsselung hat aufgehört zu arbeiten.</translation>
    </message>
    <message>
        <source>The content could not be decrypted.</source>
        <translation>Der Inhalt konnte nicht entschlüsselt werden.</translation>
    </message>
    <message>
        <source>It is cut short or damaged, or it was encrypted with another session key.</source>
        <translation>Er ist abgeschnitten oder beschädigt, oder er wurde mit einem anderen Sitzungsschlüssel verschlüsselt.</translation>
    </message>
    <message>
        <source>This value cannot be signed.</source>
        <translation>Dieser Wert kann nicht signiert werden.</translation>
    </message>
    <message>
        <source>A text in it holds half a character.</source>
        <translation>Ein Text darin enthält ein halbes Zeichen.</translation>
    </message>
    <message>
        <source>A number in it is not a whole number of at most 53 bits.</source>
        <translation>Eine Zahl darin ist keine ganze Zahl von höchstens 53 Bit.</translation>
    </message>
    <message>
        <source>A value in it is missing.</source>
        <translation>Ein Wert darin fehlt.</translation>
    </message>
    <message>
        <source>The file “%1” could not be opened.</source>
        <translation>Die Datei „%1“ konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>This is not the public key of a release identity.</source>
        <translation>Das ist nicht der öffentliche Schlüssel einer Release-Identität.</translation>
    </message>
    <message>
        <source>This file does not hold an Ed25519 private key.</source>
        <translation>Diese Datei enthält keinen privaten Ed25519-Schlüssel.</translation>
    </message>
    <message>
        <source>An unencrypted PKCS#8 file that begins with BEGIN PRIVATE KEY is expected.</source>
        <translation>Erwartet wird eine unverschlüsselte PKCS#8-Datei, die mit BEGIN PRIVATE KEY beginnt.</translation>
    </message>
    <message>
        <source>It has %1 bytes instead of 32.</source>
        <translation>Er hat %1 statt 32 Byte.</translation>
    </message>
    <message>
        <source>The bytes are not a point of the curve that a key may be.</source>
        <translation>Die Bytes sind kein Punkt der Kurve, der ein Schlüssel sein darf.</translation>
    </message>
    <message>
        <source>It is not base64.</source>
        <translation>Er ist kein base64.</translation>
    </message>
    <message>
        <source>The signature is not valid.</source>
        <translation>Die Signatur ist ungültig.</translation>
    </message>
    <message>
        <source>It was made by another key, or what was signed has changed since.</source>
        <translation>Sie stammt von einem anderen Schlüssel, oder das Signierte hat sich seither geändert.</translation>
    </message>
    <message>
        <source>This is not the private key of a release identity.</source>
        <translation>Das ist nicht der private Schlüssel einer Release-Identität.</translation>
    </message>
    <message>
        <source>This is not the fingerprint of a key.</source>
        <translation>Das ist nicht der Fingerabdruck eines Schlüssels.</translation>
    </message>
    <message>
        <source>A fingerprint has 64 hexadecimal digits.</source>
        <translation>Ein Fingerabdruck hat 64 Hexadezimalziffern.</translation>
    </message>
    <message>
        <source>This is not a usable RSA key.</source>
        <translation>Das ist kein brauchbarer RSA-Schlüssel.</translation>
    </message>
    <message>
        <source>Devices do not take this RSA key.</source>
        <translation>Geräte nehmen diesen RSA-Schlüssel nicht an.</translation>
    </message>
    <message>
        <source>It has %1 bits; devices take 2048 bits with the exponent 65537 only.</source>
        <translation>Er hat %1 Bit; Geräte nehmen nur 2048 Bit mit dem Exponenten 65537 an.</translation>
    </message>
    <message>
        <source>Create a new bundle key, or import the one that the app was built with.</source>
        <translation>Einen neuen Bundle-Schlüssel erstellen oder den importieren, mit dem die App gebaut wurde.</translation>
    </message>
    <message>
        <source>The public key could not be written.</source>
        <translation>Der öffentliche Schlüssel konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>This is not the public half of a bundle key.</source>
        <translation>Das ist nicht die öffentliche Hälfte eines Bundle-Schlüssels.</translation>
    </message>
    <message>
        <source>Expected is a PEM file that begins with “-----BEGIN RSA PUBLIC KEY-----”.</source>
        <translation>Erwartet wird eine PEM-Datei, die mit „-----BEGIN RSA PUBLIC KEY-----“ beginnt.</translation>
    </message>
    <message>
        <source>This is the public half of a key; the private half is needed.</source>
        <translation>Das ist die öffentliche Hälfte eines Schlüssels; nötig ist die private.</translation>
    </message>
    <message>
        <source>Choose the file without “.pub” at its end, usually “.capgo_key_v2”.</source>
        <translation>Die Datei ohne „.pub“ am Ende wählen, meist „.capgo_key_v2“.</translation>
    </message>
    <message>
        <source>This key file is protected with a passphrase.</source>
        <translation>Diese Schlüsseldatei ist mit einer Passphrase geschützt.</translation>
    </message>
    <message>
        <source>Take the protection off with “openssl rsa -traditional” and import the result.</source>
        <translation>Den Schutz mit „openssl rsa -traditional“ entfernen und das Ergebnis importieren.</translation>
    </message>
    <message>
        <source>This is not the private half of a bundle key.</source>
        <translation>Das ist nicht die private Hälfte eines Bundle-Schlüssels.</translation>
    </message>
    <message>
        <source>Expected is a PEM file that begins with “-----BEGIN RSA PRIVATE KEY-----”.</source>
        <translation>Erwartet wird eine PEM-Datei, die mit „-----BEGIN RSA PRIVATE KEY-----“ beginnt.</translation>
    </message>
    <message>
        <source>This was not made with the private half of this key.</source>
        <translation>Das wurde nicht mit der privaten Hälfte dieses Schlüssels erzeugt.</translation>
    </message>
    <message>
        <source>A bundle key could not be created.</source>
        <translation>Ein Bundle-Schlüssel konnte nicht erstellt werden.</translation>
    </message>
    <message>
        <source>This key file is damaged: its numbers do not belong together.</source>
        <translation>Diese Schlüsseldatei ist beschädigt: Ihre Zahlen gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>Import the key from a backup.</source>
        <translation>Den Schlüssel aus einer Sicherung importieren.</translation>
    </message>
    <message>
        <source>The private key could not be written.</source>
        <translation>Der private Schlüssel konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>At most 245 bytes fit into one block of this key.</source>
        <translation>In einen Block dieses Schlüssels passen höchstens 245 Byte.</translation>
    </message>
    <message>
        <source>The private key could not be used.</source>
        <translation>Der private Schlüssel konnte nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The passphrase is wrong.</source>
        <translation>Die Passphrase ist falsch.</translation>
    </message>
    <message>
        <source>The sealed file does not open with it; nothing was changed.</source>
        <translation>Die versiegelte Datei öffnet sich damit nicht; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Check capital letters and the keyboard layout, then try again.</source>
        <translation>Großschreibung und Tastaturbelegung prüfen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The sealed file was altered.</source>
        <translation>Die versiegelte Datei wurde verändert.</translation>
    </message>
    <message>
        <source>The passphrase fits, but a part of the content is not what was sealed.</source>
        <translation>Die Passphrase passt, aber ein Teil des Inhalts ist nicht, was versiegelt wurde.</translation>
    </message>
    <message>
        <source>Take another copy of the file.</source>
        <translation>Eine andere Kopie der Datei nehmen.</translation>
    </message>
    <message>
        <source>The sealed file is for another purpose.</source>
        <translation>Die versiegelte Datei dient einem anderen Zweck.</translation>
    </message>
    <message>
        <source>It is a file of the kind &quot;%1&quot;, wanted is &quot;%2&quot;.</source>
        <translation>Es ist eine Datei der Art „%1“, gesucht ist „%2“.</translation>
    </message>
    <message>
        <source>The sealed file is not the one that is wanted here.</source>
        <translation>Die versiegelte Datei ist nicht die hier gesuchte.</translation>
    </message>
    <message>
        <source>Its &quot;%1&quot; is &quot;%2&quot;, wanted is &quot;%3&quot;.</source>
        <translation>Ihr „%1“ ist „%2“, gesucht ist „%3“.</translation>
    </message>
    <message>
        <source>It is longer than what was sealed.</source>
        <translation>Sie ist länger als das, was versiegelt wurde.</translation>
    </message>
    <message>
        <source>There is no passphrase.</source>
        <translation>Es gibt keine Passphrase.</translation>
    </message>
    <message>
        <source>An empty passphrase protects nothing.</source>
        <translation>Eine leere Passphrase schützt nichts.</translation>
    </message>
    <message>
        <source>The key could not be made from the passphrase.</source>
        <translation>Aus der Passphrase konnte kein Schlüssel abgeleitet werden.</translation>
    </message>
    <message>
        <source>It needs %1 MiB of free memory for a moment.</source>
        <translation>Dafür sind kurz %1 MiB freier Arbeitsspeicher nötig.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Andere Programme schließen und erneut versuchen.</translation>
    </message>
    <message>
        <source>This is not a file sealed by Gatehouse.</source>
        <translation>Das ist keine von Gatehouse versiegelte Datei.</translation>
    </message>
    <message>
        <source>It does not begin as such a file does.</source>
        <translation>Sie beginnt nicht wie eine solche Datei.</translation>
    </message>
    <message>
        <source>The head of the sealed file is damaged.</source>
        <translation>Der Kopf der versiegelten Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>It names a way to use the passphrase that Gatehouse does not know.</source>
        <translation>Er nennt eine Verwendung der Passphrase, die Gatehouse nicht kennt.</translation>
    </message>
    <message>
        <source>It asks for more work or memory than Gatehouse spends on a passphrase.</source>
        <translation>Er verlangt mehr Rechenzeit oder Speicher, als Gatehouse für eine Passphrase aufwendet.</translation>
    </message>
    <message>
        <source>A part is missing.</source>
        <translation>Ein Teil fehlt.</translation>
    </message>
    <message>
        <source>What is said about the content is too long.</source>
        <translation>Die Angaben zum Inhalt sind zu lang.</translation>
    </message>
    <message>
        <source>Its second line does not end.</source>
        <translation>Seine zweite Zeile endet nicht.</translation>
    </message>
    <message>
        <source>Its second line is not JSON.</source>
        <translation>Seine zweite Zeile ist kein JSON.</translation>
    </message>
    <message>
        <source>The sealed file is cut off.</source>
        <translation>Die versiegelte Datei ist abgeschnitten.</translation>
    </message>
    <message>
        <source>Its end is missing; nothing was changed.</source>
        <translation>Ihr Ende fehlt; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>This is not base64.</source>
        <translation>Das ist kein base64.</translation>
    </message>
    <message>
        <source>The file does not hold exactly one &quot;%1&quot; block.</source>
        <translation>Die Datei enthält nicht genau einen Block „%1“.</translation>
    </message>
    <message>
        <source>The protected memory for private keys could not be set up.</source>
        <translation>Der geschützte Speicher für private Schlüssel konnte nicht eingerichtet werden.</translation>
    </message>
    <message>
        <source>Something follows the value.</source>
        <translation>Auf den Wert folgt noch etwas.</translation>
    </message>
    <message>
        <source>The signed text is not as agreed.</source>
        <translation>Der signierte Text ist nicht wie vereinbart.</translation>
    </message>
    <message>
        <source>It is nested too deeply.</source>
        <translation>Er ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>A key is expected.</source>
        <translation>Ein Schlüsselname wird erwartet.</translation>
    </message>
    <message>
        <source>A key is there twice.</source>
        <translation>Ein Schlüsselname kommt zweimal vor.</translation>
    </message>
    <message>
        <source>A colon is expected.</source>
        <translation>Ein Doppelpunkt wird erwartet.</translation>
    </message>
    <message>
        <source>A comma or the end of an object is expected.</source>
        <translation>Ein Komma oder das Ende eines Objekts wird erwartet.</translation>
    </message>
    <message>
        <source>A comma or the end of a list is expected.</source>
        <translation>Ein Komma oder das Ende einer Liste wird erwartet.</translation>
    </message>
    <message>
        <source>A value is expected.</source>
        <translation>Ein Wert wird erwartet.</translation>
    </message>
    <message>
        <source>A number is too large.</source>
        <translation>Eine Zahl ist zu groß.</translation>
    </message>
    <message>
        <source>A number has a needless zero or sign.</source>
        <translation>Eine Zahl hat eine überflüssige Null oder ein überflüssiges Vorzeichen.</translation>
    </message>
    <message>
        <source>A number is not a whole number.</source>
        <translation>Eine Zahl ist keine ganze Zahl.</translation>
    </message>
    <message>
        <source>A text does not end, or holds a control character.</source>
        <translation>Ein Text endet nicht oder enthält ein Steuerzeichen.</translation>
    </message>
    <message>
        <source>A text is not UTF-8.</source>
        <translation>Ein Text ist kein UTF-8.</translation>
    </message>
    <message>
        <source>A text has an unknown escape.</source>
        <translation>Ein Text enthält eine unbekannte Escape-Sequenz.</translation>
    </message>
    <message>
        <source>A text holds half a character.</source>
        <translation>Ein Text enthält ein halbes Zeichen.</translation>
    </message>
    <message>
        <source>A text does not end.</source>
        <translation>Ein Text endet nicht.</translation>
    </message>
    <message>
        <source>An object is expected.</source>
        <translation>Ein Objekt wird erwartet.</translation>
    </message>
    <message>
        <source>The signed text holds something that Gatehouse does not know.</source>
        <translation>Der signierte Text enthält etwas, das Gatehouse nicht kennt.</translation>
    </message>
    <message>
        <source>“%1” has the key “%2”.</source>
        <translation>„%1“ hat den Schlüsselnamen „%2“.</translation>
    </message>
    <message>
        <source>A newer Gatehouse may have made it.</source>
        <translation>Womöglich stammt er von einem neueren Gatehouse.</translation>
    </message>
    <message>
        <source>The list of stored keys cannot be read.</source>
        <translation>Die Liste der gespeicherten Schlüssel ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The keys themselves are untouched; restore a key from its backup to list it.</source>
        <translation>Die Schlüssel selbst sind unberührt; einen Schlüssel aus seiner Sicherung wiederherstellen, um ihn aufzulisten.</translation>
    </message>
    <message>
        <source>A line of it is not as agreed.</source>
        <translation>Eine Zeile darin ist nicht wie vereinbart.</translation>
    </message>
    <message>
        <source>It is not what Gatehouse writes.</source>
        <translation>Sie ist nicht, was Gatehouse schreibt.</translation>
    </message>
    <message>
        <source>Line %1, column %2: something follows the end of the object.</source>
        <translation>Zeile %1, Spalte %2: Auf das Ende des Objekts folgt noch etwas.</translation>
    </message>
    <message>
        <source>The file is not valid JSON; nothing was changed.</source>
        <translation>Die Datei ist kein gültiges JSON; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Mend the file in an editor and try again.</source>
        <translation>Die Datei in einem Editor berichtigen und erneut versuchen.</translation>
    </message>
    <message>
        <source>Line %1, column %2: it is nested too deeply.</source>
        <translation>Zeile %1, Spalte %2: Zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a value is expected.</source>
        <translation>Zeile %1, Spalte %2: Ein Wert wird erwartet.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a key in double quotes is expected.</source>
        <translation>Zeile %1, Spalte %2: Ein Schlüsselname in doppelten Anführungszeichen wird erwartet.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a colon is expected.</source>
        <translation>Zeile %1, Spalte %2: Ein Doppelpunkt wird erwartet.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a comma or a closing brace is expected.</source>
        <translation>Zeile %1, Spalte %2: Ein Komma oder eine schließende geschweifte Klammer wird erwartet.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a comma or a closing bracket is expected.</source>
        <translation>Zeile %1, Spalte %2: Ein Komma oder eine schließende eckige Klammer wird erwartet.</translation>
    </message>
    <message>
        <source>Line %1, column %2: an escape is unknown.</source>
        <translation>Zeile %1, Spalte %2: Eine Escape-Sequenz ist unbekannt.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a text does not end.</source>
        <translation>Zeile %1, Spalte %2: Ein Text endet nicht.</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is there twice.</source>
        <translation>Der Schlüsselname „%1“ kommt zweimal vor.</translation>
    </message>
    <message>
        <source>It holds no object.</source>
        <translation>Sie enthält kein Objekt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no object.</source>
        <translation>„%1“ ist kein Objekt.</translation>
    </message>
    <message>
        <source>Unlock it and try again, or keep the keys in a vault with a passphrase.</source>
        <translation>Entsperren und erneut versuchen oder die Schlüssel in einem Tresor mit Passphrase aufbewahren.</translation>
    </message>
    <message>
        <source>Start one (GNOME Keyring, KWallet or KeePassXC) and try again, or keep the keys in a vault with a passphrase.</source>
        <translation>Einen starten (GNOME-Schlüsselbund, KWallet oder KeePassXC) und erneut versuchen oder die Schlüssel in einem Tresor mit Passphrase aufbewahren.</translation>
    </message>
    <message>
        <source>Answer its question and try again, or keep the keys in a vault with a passphrase.</source>
        <translation>Seine Frage beantworten und erneut versuchen oder die Schlüssel in einem Tresor mit Passphrase aufbewahren.</translation>
    </message>
    <message>
        <source>Try again, or keep the keys in a vault with a passphrase.</source>
        <translation>Erneut versuchen oder die Schlüssel in einem Tresor mit Passphrase aufbewahren.</translation>
    </message>
    <message>
        <source>There is no entry &quot;%1&quot;.</source>
        <translation>Es gibt keinen Eintrag „%1“.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is empty or too large.</source>
        <translation>„%1“ ist leer oder zu groß.</translation>
    </message>
    <message>
        <source>Let only its owner read it: chmod 600 &quot;%1&quot;</source>
        <translation>Nur den Besitzer lesen lassen: chmod 600 &quot;%1&quot;</translation>
    </message>
    <message>
        <source>The content of the vault is not as agreed.</source>
        <translation>Der Inhalt des Tresors ist nicht wie vereinbart.</translation>
    </message>
    <message>
        <source>A newer Gatehouse may have written it.</source>
        <translation>Womöglich hat ihn ein neueres Gatehouse geschrieben.</translation>
    </message>
    <message>
        <source>It does not begin as a vault does.</source>
        <translation>Er beginnt nicht wie ein Tresor.</translation>
    </message>
    <message>
        <source>An entry does not end.</source>
        <translation>Ein Eintrag endet nicht.</translation>
    </message>
    <message>
        <source>A private part does not end.</source>
        <translation>Ein privater Teil endet nicht.</translation>
    </message>
    <message>
        <source>Attempts and failures cannot be put together.</source>
        <translation>Versuche und Fehlschläge lassen sich nicht zusammenführen.</translation>
    </message>
    <message>
        <source>The two series cover different spans or are split differently.</source>
        <translation>Die beiden Reihen decken verschiedene Zeiträume ab oder sind verschieden unterteilt.</translation>
    </message>
    <message>
        <source>No single action takes this change to &quot;%1&quot; back.</source>
        <translation>Keine einzelne Aktion nimmt diese Änderung an „%1“ zurück.</translation>
    </message>
    <message>
        <source>The channel &quot;%1&quot; was changed once more since.</source>
        <translation>Der Kanal „%1“ wurde seither noch einmal geändert.</translation>
    </message>
    <message>
        <source>Undoing would overwrite that newer change.</source>
        <translation>Rückgängig zu machen würde jene neuere Änderung überschreiben.</translation>
    </message>
    <message>
        <source>Look at the channel and decide again.</source>
        <translation>Den Kanal ansehen und neu entscheiden.</translation>
    </message>
    <message>
        <source>The artifact is not as long as the server says.</source>
        <translation>Das Artefakt ist nicht so lang, wie der Server angibt.</translation>
    </message>
    <message>
        <source>%1 bytes came; it says %2.</source>
        <translation>%1 Byte sind angekommen; er nennt %2.</translation>
    </message>
    <message>
        <source>The download could not be written to &quot;%1&quot;.</source>
        <translation>Die heruntergeladene Datei konnte nicht nach „%1“ geschrieben werden.</translation>
    </message>
    <message>
        <source>Free some space on the disk.</source>
        <translation>Auf der Festplatte Platz schaffen.</translation>
    </message>
    <message>
        <source>No key on this computer opens bundle %1.</source>
        <translation>Kein Schlüssel auf diesem Computer öffnet Bundle %1.</translation>
    </message>
    <message>
        <source>It was encrypted with another key, labelled %1.</source>
        <translation>Es wurde mit einem anderen Schlüssel verschlüsselt, bezeichnet mit %1.</translation>
    </message>
    <message>
        <source>There is no bundle key of this app.</source>
        <translation>Es gibt keinen Bundle-Schlüssel dieser App.</translation>
    </message>
    <message>
        <source>Import the app&apos;s key under Keys.</source>
        <translation>Den Schlüssel der App unter „Schlüssel“ importieren.</translation>
    </message>
    <message>
        <source>The server holds no archive of bundle %1.</source>
        <translation>Der Server enthält kein Archiv von Bundle %1.</translation>
    </message>
    <message>
        <source>It lies at %1.</source>
        <translation>Es liegt unter %1.</translation>
    </message>
    <message>
        <source>It was uploaded file by file.</source>
        <translation>Es wurde Datei für Datei hochgeladen.</translation>
    </message>
    <message>
        <source>The signed envelope is not as agreed.</source>
        <translation>Der signierte Umschlag ist nicht wie vereinbart.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not base64.</source>
        <translation>„%1“ ist kein base64.</translation>
    </message>
    <message>
        <source>A signature names no key.</source>
        <translation>Eine Signatur nennt keinen Schlüssel.</translation>
    </message>
    <message>
        <source>It is larger than 4 MiB.</source>
        <translation>Er ist größer als 4 MiB.</translation>
    </message>
    <message>
        <source>It has no type, no signature, or too many of them.</source>
        <translation>Er hat keinen Typ, keine Signatur oder zu viele davon.</translation>
    </message>
    <message>
        <source>The signed envelope holds something else than expected.</source>
        <translation>Der signierte Umschlag enthält etwas anderes als erwartet.</translation>
    </message>
    <message>
        <source>Its type is &quot;%1&quot;.</source>
        <translation>Sein Typ ist „%1“.</translation>
    </message>
    <message>
        <source>A signature is wrong: what it covers was changed, or it is forged.</source>
        <translation>Eine Signatur ist falsch: Was sie deckt, wurde geändert, oder sie ist gefälscht.</translation>
    </message>
    <message>
        <source>It claims to be by the key %1.</source>
        <translation>Sie gibt an, vom Schlüssel %1 zu stammen.</translation>
    </message>
    <message>
        <source>Nobody that is trusted here signed this.</source>
        <translation>Niemand, dem hier vertraut wird, hat das signiert.</translation>
    </message>
    <message>
        <source>No signature is by one of the expected keys.</source>
        <translation>Keine Signatur stammt von einem der erwarteten Schlüssel.</translation>
    </message>
    <message>
        <source>The release statement belongs to something else.</source>
        <translation>Die Release-Erklärung gehört zu etwas anderem.</translation>
    </message>
    <message>
        <source>It is for the app “%1”; expected is “%2”.</source>
        <translation>Sie gilt für die App „%1“; erwartet ist „%2“.</translation>
    </message>
    <message>
        <source>It is for version %1; expected is %2.</source>
        <translation>Sie gilt für Version %1; erwartet ist %2.</translation>
    </message>
    <message>
        <source>It is for an archive with the SHA-256 %1; expected is %2.</source>
        <translation>Sie gilt für ein Archiv mit der SHA-256 %1; erwartet ist %2.</translation>
    </message>
    <message>
        <source>It is for an encrypted archive with the SHA-256 %1; expected is %2.</source>
        <translation>Sie gilt für ein verschlüsseltes Archiv mit der SHA-256 %1; erwartet ist %2.</translation>
    </message>
    <message>
        <source>It names no encrypted archive; expected is one with the SHA-256 %1.</source>
        <translation>Sie nennt kein verschlüsseltes Archiv; erwartet ist eines mit der SHA-256 %1.</translation>
    </message>
    <message>
        <source>It is for a manifest with the SHA-256 %1; expected is %2.</source>
        <translation>Sie gilt für ein Manifest mit der SHA-256 %1; erwartet ist %2.</translation>
    </message>
    <message>
        <source>It names no manifest; expected is one with the SHA-256 %1.</source>
        <translation>Sie nennt kein Manifest; erwartet ist eines mit der SHA-256 %1.</translation>
    </message>
    <message>
        <source>The release statement cannot be made.</source>
        <translation>Die Release-Erklärung kann nicht erstellt werden.</translation>
    </message>
    <message>
        <source>“%1” has no name.</source>
        <translation>„%1“ hat keinen Namen.</translation>
    </message>
    <message>
        <source>The SHA-256 of “%1” is not 64 lower-case hex digits.</source>
        <translation>Die SHA-256 von „%1“ besteht nicht aus 64 kleingeschriebenen Hexadezimalziffern.</translation>
    </message>
    <message>
        <source>Two of its files have the same name.</source>
        <translation>Zwei ihrer Dateien haben denselben Namen.</translation>
    </message>
    <message>
        <source>The cipher “%1” is unknown.</source>
        <translation>Die Verschlüsselung „%1“ ist unbekannt.</translation>
    </message>
    <message>
        <source>A key must be named when there is a cipher, and only then.</source>
        <translation>Ein Schlüssel muss genau dann genannt sein, wenn es eine Verschlüsselung gibt.</translation>
    </message>
    <message>
        <source>%1 should be a whole number from 0 on.</source>
        <translation>%1 sollte eine ganze Zahl ab 0 sein.</translation>
    </message>
    <message>
        <source>The release statement is not as agreed.</source>
        <translation>Die Release-Erklärung ist nicht wie vereinbart.</translation>
    </message>
    <message>
        <source>%1 should be a list of different names.</source>
        <translation>%1 sollte eine Liste verschiedener Namen sein.</translation>
    </message>
    <message>
        <source>%1 should be the name of a subject.</source>
        <translation>%1 sollte der Name eines Subjekts sein.</translation>
    </message>
    <message>
        <source>%1 should be a list of texts.</source>
        <translation>%1 sollte eine Liste von Texten sein.</translation>
    </message>
    <message>
        <source>%1 should be a table of texts.</source>
        <translation>%1 sollte eine Tabelle von Texten sein.</translation>
    </message>
    <message>
        <source>%1 should be the id of an app.</source>
        <translation>%1 sollte eine App-ID sein.</translation>
    </message>
    <message>
        <source>%1 should be a semantic version.</source>
        <translation>%1 sollte eine semantische Version sein.</translation>
    </message>
    <message>
        <source>%1 should name each subject once.</source>
        <translation>%1 sollte jedes Subjekt einmal nennen.</translation>
    </message>
    <message>
        <source>%1 should be an in-toto statement.</source>
        <translation>%1 sollte eine in-toto-Erklärung sein.</translation>
    </message>
    <message>
        <source>%1 should be a release statement.</source>
        <translation>%1 sollte eine Release-Erklärung sein.</translation>
    </message>
    <message>
        <source>%1 should be an action that Gatehouse knows.</source>
        <translation>%1 sollte eine Aktion sein, die Gatehouse kennt.</translation>
    </message>
    <message>
        <source>%1 should be between 0 and 10000.</source>
        <translation>%1 sollte zwischen 0 und 10000 liegen.</translation>
    </message>
    <message>
        <source>%1 should be an object with id and name.</source>
        <translation>%1 sollte ein Objekt mit id und name sein.</translation>
    </message>
    <message>
        <source>The error in it has neither “error” nor “code”.</source>
        <translation>Der Fehler darin hat weder „error“ noch „code“.</translation>
    </message>
    <message>
        <source>%1 should hold only numbers and null.</source>
        <translation>%1 sollte nur Zahlen und null enthalten.</translation>
    </message>
    <message>
        <source>The lines of %1 differ in length.</source>
        <translation>Die Linien von %1 sind verschieden lang.</translation>
    </message>
    <message>
        <source>No place to keep keys is open.</source>
        <translation>Kein Aufbewahrungsort für Schlüssel ist geöffnet.</translation>
    </message>
    <message>
        <source>Choose keychain or vault under Keys.</source>
        <translation>Unter „Schlüssel“ Schlüsselbund oder Tresor wählen.</translation>
    </message>
    <message>
        <source>The program carries no version %1 of the sample app.</source>
        <translation>Das Programm enthält keine Version %1 der Beispiel-App.</translation>
    </message>
    <message>
        <source>The sample app could not be written.</source>
        <translation>Die Beispiel-App konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 cannot be created.</source>
        <translation>%1 kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>Free some space on the disk of temporary files.</source>
        <translation>Auf der Festplatte für temporäre Dateien Platz schaffen.</translation>
    </message>
    <message>
        <source>It was encrypted with another key.</source>
        <translation>Es wurde mit einem anderen Schlüssel verschlüsselt.</translation>
    </message>
</context>
<context>
    <name>gatehouse</name>
    <message>
        <source>Release desk for over-the-air updates of Capacitor apps</source>
        <translation>Leitstand für Over-the-Air-Updates von Capacitor-Apps</translation>
    </message>
    <message>
        <source>Drive the program through its main job and save pictures of all screens in &lt;folder&gt;</source>
        <translation>Das Programm durch seine Hauptaufgabe führen und Bilder aller Ansichten in &lt;folder&gt; speichern</translation>
    </message>
    <message>
        <source>Print the milliseconds from the start of main() to the painted window, and end</source>
        <translation>Die Millisekunden vom Start von main() bis zum gezeichneten Fenster ausgeben und enden</translation>
    </message>
    <message>
        <source>Speak the language of &lt;locale&gt;, as &quot;de&quot; or &quot;ar_EG&quot;, and write numbers and dates as it does</source>
        <translation>Die Sprache von &lt;locale&gt; sprechen, etwa „de“ oder „ar_EG“, und Zahlen und Daten so schreiben wie sie</translation>
    </message>
    <message>
        <source>&quot;%1&quot; names no language. Try &quot;de&quot; or &quot;ar_EG&quot;.</source>
        <translation>„%1“ nennt keine Sprache, wie es etwa „de“ oder „ar_EG“ tun.</translation>
    </message>
    <message>
        <source>There is no display to open a window on.</source>
        <translation>Es gibt keine Anzeige, auf der ein Fenster geöffnet werden kann.</translation>
    </message>
    <message>
        <source>Start Gatehouse on a desktop, or use gatehouse-cli, which needs none.</source>
        <translation>Starten Sie Gatehouse auf einem Desktop oder verwenden Sie gatehouse-cli, das keine braucht.</translation>
    </message>
    <message>
        <source>Size of the tour&apos;s window, as 1920x1080</source>
        <translation>Größe des Fensters für den Rundgang, etwa 1920x1080</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no size of a window. Try &quot;1920x1080&quot;.</source>
        <translation>„%1“ ist keine Fenstergröße. Versuchen Sie „1920x1080“.</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::ActivityList</name>
    <message>
        <source>%1 installed</source>
        <translation>%1 installiert</translation>
    </message>
    <message>
        <source>%1 offered</source>
        <translation>%1 angeboten</translation>
    </message>
    <message>
        <source>%1 downloaded</source>
        <translation>%1 heruntergeladen</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::BundleTable</name>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>nicht verschlüsselt</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>d MMM hh:mm</source>
        <extracomment>Day, month and clock, as QLocale reads patterns</extracomment>
        <translation>d. MMM hh:mm</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::DifferenceTable</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::HistoryTable</name>
    <message>
        <source>the built-in bundle</source>
        <translation>das eingebaute Bundle</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>Channel created</source>
        <translation>Kanal angelegt</translation>
    </message>
    <message>
        <source>%1 became stable</source>
        <translation>%1 wurde stabil</translation>
    </message>
    <message>
        <source>Rollout of %1 at %2</source>
        <translation>Rollout von %1 bei %2</translation>
    </message>
    <message>
        <source>Share of %1 set to %2</source>
        <translation>Anteil von %1 auf %2 gesetzt</translation>
    </message>
    <message>
        <source>%1 replaced the rollout&apos;s bundle</source>
        <translation>%1 hat das Bundle des Rollouts ersetzt</translation>
    </message>
    <message>
        <source>Rollout of %1 paused</source>
        <translation>Rollout von %1 angehalten</translation>
    </message>
    <message>
        <source>Rollout of %1 resumed</source>
        <translation>Rollout von %1 fortgesetzt</translation>
    </message>
    <message>
        <source>Channel frozen</source>
        <translation>Kanal eingefroren</translation>
    </message>
    <message>
        <source>Channel released from the freeze</source>
        <translation>Kanal wieder freigegeben</translation>
    </message>
    <message>
        <source>%1 taken back</source>
        <translation>%1 zurückgenommen</translation>
    </message>
    <message>
        <source>Rolled back to %1</source>
        <translation>Zurückgesetzt auf %1</translation>
    </message>
    <message>
        <source>Rules changed</source>
        <translation>Regeln geändert</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>d MMM hh:mm</source>
        <extracomment>Day, month and clock, as QLocale reads patterns</extracomment>
        <translation>d. MMM hh:mm</translation>
    </message>
    <message>
        <source>Channel changed</source>
        <translation>Kanal geändert</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::RunningTable</name>
    <message>
        <source>built-in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>Native version</source>
        <translation>Native Version</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ActivityCard</name>
    <message>
        <source>Recent activity</source>
        <translation>Zuletzt geschehen</translation>
    </message>
    <message>
        <source>Nothing was released yet.</source>
        <translation>Noch nichts veröffentlicht.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::AlertBanner</name>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Show the evidence</source>
        <translation>Belege zeigen</translation>
    </message>
    <message>
        <source>Take back the failing bundle</source>
        <translation>Das fehlschlagende Bundle zurücknehmen</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Taken back from the overview</source>
        <translation>Von der Übersicht aus zurückgenommen</translation>
    </message>
    <message numerus="yes">
        <source>Take back from %1 devices</source>
        <translation>
            <numerusform>Von %1 Gerät zurücknehmen</numerusform>
            <numerusform>Von %1 Geräten zurücknehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 fails on %2.</source>
        <translation>%1 schlägt auf %2 fehl.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 devices failed by the bundle’s fault; more than %3 is sure.</source>
        <translation>
            <numerusform>%1 von %2 Gerät ist durch das Bundle fehlgeschlagen; mehr als %3 ist gewiss.</numerusform>
            <numerusform>%1 von %2 Geräten sind durch das Bundle fehlgeschlagen; mehr als %3 ist gewiss.</numerusform>
        </translation>
    </message>
    <message>
        <source>The rollout of %1 on %2 is paused.</source>
        <translation>Der Rollout von %1 auf %2 ist angehalten.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::BundleDetails</name>
    <message>
        <source>Roll out…</source>
        <translation>Ausrollen …</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Native packages</source>
        <translation>Native Pakete</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Roll out the selected bundle</source>
        <translation>Das gewählte Bundle ausrollen</translation>
    </message>
    <message>
        <source>Delete the selected bundle</source>
        <translation>Das gewählte Bundle löschen</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>nicht verschlüsselt</translation>
    </message>
    <message>
        <source>none named</source>
        <translation>keine genannt</translation>
    </message>
    <message numerus="yes">
        <source>%n packages</source>
        <translation>
            <numerusform>%n Paket</numerusform>
            <numerusform>%n Pakete</numerusform>
        </translation>
    </message>
    <message>
        <source>It cannot be deleted: %1 serves it.</source>
        <translation>Löschen nicht möglich: %1 liefert es aus.</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen&#xa0;…</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Überprüfen</translation>
    </message>
    <message>
        <source>Compare the selected bundle with another one</source>
        <translation>Das gewählte Bundle mit einem anderen vergleichen</translation>
    </message>
    <message>
        <source>Download and verify the selected bundle</source>
        <translation>Das gewählte Bundle herunterladen und überprüfen</translation>
    </message>
    <message>
        <source>Download it as devices get it, and check it as they do</source>
        <translation>So herunterladen, wie Geräte es erhalten, und so prüfen wie sie</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::BundleListPage</name>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>rolling out</source>
        <translation>im Rollout</translation>
    </message>
    <message>
        <source>uploading</source>
        <translation>wird hochgeladen</translation>
    </message>
    <message>
        <source>Search version or notes</source>
        <translation>Version oder Notizen suchen</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>Bundles</translation>
    </message>
    <message>
        <source>New bundle</source>
        <translation>Neues Bundle</translation>
    </message>
    <message>
        <source>Bundles of the app</source>
        <translation>Bundles der App</translation>
    </message>
    <message>
        <source>No bundle yet. Build one from your web folder.</source>
        <translation>Noch kein Bundle. Aus dem Web-Ordner lässt sich eines bauen.</translation>
    </message>
    <message>
        <source>Build the first bundle</source>
        <translation>Erstes Bundle bauen</translation>
    </message>
    <message>
        <source>Which bundles</source>
        <translation>Welche Bundles</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht in Gebrauch</translation>
    </message>
    <message>
        <source>No bundle matches.</source>
        <translation>Kein Bundle passt.</translation>
    </message>
    <message>
        <source>Show all bundles</source>
        <translation>Alle Bundles zeigen</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::BundlesScreen</name>
    <message>
        <source>Bundles</source>
        <translation>Bundles</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChangeList</name>
    <message>
        <source>What changes</source>
        <translation>Was sich ändert</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Danach</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelCard</name>
    <message>
        <source>On newest</source>
        <translation>Auf neuestem</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehlschläge</translation>
    </message>
    <message>
        <source>Roll back…</source>
        <translation>Zurücksetzen …</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Paused by hand</source>
        <translation>Von Hand angehalten</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>Stabil</translation>
    </message>
    <message>
        <source>Roll back %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>Pause the rollout on %1</source>
        <translation>Rollout auf %1 anhalten</translation>
    </message>
    <message>
        <source>Open the channel %1</source>
        <translation>Kanal %1 öffnen</translation>
    </message>
    <message>
        <source>Rollout share of %1</source>
        <translation>Rollout-Anteil von %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>gesetzt %1</translation>
    </message>
    <message>
        <source>There is nothing to go back to.</source>
        <translation>Es gibt nichts, worauf zurückgesetzt werden kann.</translation>
    </message>
    <message>
        <source>Rolling out</source>
        <translation>Im Rollout</translation>
    </message>
    <message>
        <source>No rollout running</source>
        <translation>Kein Rollout im Gang</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Eingefroren</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Ruhig</translation>
    </message>
    <message>
        <source>no active device</source>
        <translation>kein aktives Gerät</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>no outcome yet</source>
        <translation>noch kein Ergebnis</translation>
    </message>
    <message numerus="yes">
        <source>%1 active devices</source>
        <translation>
            <numerusform>%1 aktives Gerät</numerusform>
            <numerusform>%1 aktive Geräte</numerusform>
        </translation>
    </message>
    <message>
        <source>Failures over the last 24 hours</source>
        <translation>Fehlschläge in den letzten 24&#xa0;Stunden</translation>
    </message>
    <message>
        <source>not kept by channel here</source>
        <translation>hier nicht je Kanal erfasst</translation>
    </message>
    <message>
        <source>active devices are not counted here</source>
        <translation>aktive Geräte werden hier nicht gezählt</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelList</name>
    <message>
        <source>built-in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Eingefroren</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Ruhig</translation>
    </message>
    <message>
        <source>Prepared</source>
        <translation>Vorbereitet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Channel %1</source>
        <translation>Kanal %1</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 devices, %3</source>
        <translation>
            <numerusform>%1, %2 Gerät, %3</numerusform>
            <numerusform>%1, %2 Geräte, %3</numerusform>
        </translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New channel</source>
        <translation>Neuer Kanal</translation>
    </message>
    <message>
        <source>Filter channels</source>
        <translation>Kanäle filtern</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>stable bundle, bundle of the rollout</comment>
        <translation>%1 → %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %2 devices</source>
        <translation>
            <numerusform>%1 · %2 Gerät</numerusform>
            <numerusform>%1 · %2 Geräte</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelPage</name>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>Roll back to…</source>
        <translation>Zurücksetzen auf …</translation>
    </message>
    <message>
        <source>Nothing happened on this channel yet.</source>
        <translation>Auf diesem Kanal ist noch nichts geschehen.</translation>
    </message>
    <message>
        <source>Roll back to this</source>
        <translation>Hierauf zurücksetzen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>History of the channel</source>
        <translation>Verlauf des Kanals</translation>
    </message>
    <message>
        <source>Paused by hand</source>
        <translation>Von Hand angehalten</translation>
    </message>
    <message>
        <source>Frozen by hand</source>
        <translation>Von Hand eingefroren</translation>
    </message>
    <message>
        <source>default for %1</source>
        <translation>Standard für %1</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>Fortsetzen …</translation>
    </message>
    <message>
        <source>Resume the rollout</source>
        <translation>Rollout fortsetzen</translation>
    </message>
    <message>
        <source>Pause the rollout</source>
        <translation>Rollout anhalten</translation>
    </message>
    <message>
        <source>Unfreeze…</source>
        <translation>Auftauen …</translation>
    </message>
    <message>
        <source>Unfreeze the channel</source>
        <translation>Kanal auftauen</translation>
    </message>
    <message>
        <source>Freeze the channel</source>
        <translation>Kanal einfrieren</translation>
    </message>
    <message>
        <source>Take back %1</source>
        <translation>%1 zurücknehmen</translation>
    </message>
    <message>
        <source>The built-in bundle</source>
        <translation>Das eingebaute Bundle</translation>
    </message>
    <message>
        <source>Select an entry in which a bundle became stable</source>
        <translation>Einen Eintrag wählen, in dem ein Bundle stabil wurde</translation>
    </message>
    <message>
        <source>This bundle is the stable one now</source>
        <translation>Dieses Bundle ist jetzt das stabile</translation>
    </message>
    <message>
        <source>This bundle was deleted</source>
        <translation>Dieses Bundle wurde gelöscht</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelsScreen</name>
    <message>
        <source>This app has no channel. Devices get their bundles from one.</source>
        <translation>Diese App hat keinen Kanal. Geräte beziehen ihre Bundles aus einem Kanal.</translation>
    </message>
    <message>
        <source>New channel</source>
        <translation>Neuer Kanal</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChartLegend</name>
    <message>
        <source>%1, estimated</source>
        <translation>%1, geschätzt</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChartPanel</name>
    <message>
        <source>The chart could not be written to &quot;%1&quot;.</source>
        <translation>Das Diagramm konnte nicht nach „%1“ geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space.</source>
        <translation>Anderen Ordner wählen oder Platz schaffen.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>%1 as a table</source>
        <translation>%1 als Tabelle</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>%1 exportieren</translation>
    </message>
    <message>
        <source>Values of %1</source>
        <translation>Werte von %1</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>Bild (PNG) …</translation>
    </message>
    <message>
        <source>Values (CSV)…</source>
        <translation>Werte (CSV) …</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>Comma separated values (*.csv)</source>
        <translation>Durch Komma getrennte Werte (*.csv)</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChartTable</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::CodeBlock</name>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ComparePage</name>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>Cancel the comparison</source>
        <translation>Vergleich abbrechen</translation>
    </message>
    <message>
        <source>Choose two bundles.</source>
        <translation>Zwei Bundles auswählen.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>Bundles</translation>
    </message>
    <message>
        <source>Bundle before</source>
        <translation>Bundle vorher</translation>
    </message>
    <message>
        <source>Bundle after</source>
        <translation>Bundle nachher</translation>
    </message>
    <message>
        <source>Swap before and after</source>
        <translation>Vorher und nachher tauschen</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Files added</source>
        <translation>Dateien hinzugefügt</translation>
    </message>
    <message>
        <source>Files changed</source>
        <translation>Dateien geändert</translation>
    </message>
    <message>
        <source>Files removed</source>
        <translation>Dateien entfernt</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Which files</source>
        <translation>Welche Dateien</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Search path</source>
        <translation>Pfad suchen</translation>
    </message>
    <message>
        <source>Files that differ</source>
        <translation>Dateien, die sich unterscheiden</translation>
    </message>
    <message>
        <source>Both are the same bundle. Choose another one.</source>
        <translation>Beides ist dasselbe Bundle. Ein anderes auswählen.</translation>
    </message>
    <message>
        <source>Both bundles are opened on this computer and compared file by file.</source>
        <translation>Beide Bundles werden auf diesem Computer geöffnet und Datei für Datei verglichen.</translation>
    </message>
    <message>
        <source>the artifact on this computer</source>
        <translation>das Artefakt auf diesem Computer</translation>
    </message>
    <message>
        <source>downloaded from the server</source>
        <translation>vom Server heruntergeladen</translation>
    </message>
    <message>
        <source>%1, decrypted with the key %2</source>
        <translation>%1, entschlüsselt mit dem Schlüssel %2</translation>
    </message>
    <message>
        <source>%1, not encrypted</source>
        <translation>%1, nicht verschlüsselt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 less</source>
        <translation>%1 weniger</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 mehr</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message numerus="yes">
        <source>%n files are the same</source>
        <translation>
            <numerusform>%n Datei ist gleich</numerusform>
            <numerusform>%n Dateien sind gleich</numerusform>
        </translation>
    </message>
    <message>
        <source>Both bundles hold the same files.</source>
        <translation>Beide Bundles enthalten dieselben Dateien.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ConnectScreen</name>
    <message>
        <source>Plugin settings</source>
        <translation>Plugin-Einstellungen</translation>
    </message>
    <message>
        <source>Listen beyond this computer</source>
        <translation>Über diesen Computer hinaus erreichbar</translation>
    </message>
    <message>
        <source>Loopback only</source>
        <translation>Nur Loopback</translation>
    </message>
    <message>
        <source>Settings of the plugin</source>
        <translation>Einstellungen des Plugins</translation>
    </message>
    <message>
        <source>for capacitor.config.json</source>
        <translation>für capacitor.config.json</translation>
    </message>
    <message>
        <source>Put this into the configuration of the app, then build and install it once. From then on the app asks this server for its bundles.</source>
        <translation>Dies in die Konfiguration der App einfügen, dann die App einmal bauen und installieren. Von da an fragt sie diesen Server nach ihren Bundles.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Auswählen: %1</translation>
    </message>
    <message>
        <source>PEM files (*.pem *.crt *.key);;All files (*)</source>
        <translation>PEM-Dateien (*.pem *.crt *.key);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Off unless you switch it on. Devices need HTTPS with a certificate they trust, made for the name they use. Everybody who reaches the address can ask for bundles and send statistics, as with every update server; changing anything needs a key.</source>
        <translation>Aus, bis es eingeschaltet wird. Geräte brauchen HTTPS mit einem Zertifikat, dem sie vertrauen und das auf den verwendeten Namen ausgestellt ist. Wer die Adresse erreicht, kann wie bei jedem Update-Server Bundles abfragen und Statistik senden; jede Änderung braucht einen Schlüssel.</translation>
    </message>
    <message>
        <source>Address and port</source>
        <translation>Adresse und Port</translation>
    </message>
    <message>
        <source>Restart the server and listen beyond this computer</source>
        <translation>Server neu starten und über diesen Computer hinaus erreichbar machen</translation>
    </message>
    <message>
        <source>Restart the server for this computer only</source>
        <translation>Server nur für diesen Computer neu starten</translation>
    </message>
    <message>
        <source>Certificate chain</source>
        <translation>Zertifikatskette</translation>
    </message>
    <message>
        <source>Its private key</source>
        <translation>Zugehöriger privater Schlüssel</translation>
    </message>
    <message>
        <source>This app has no bundle key on this computer.</source>
        <translation>Diese App hat auf diesem Computer keinen Bundle-Schlüssel.</translation>
    </message>
    <message>
        <source>Create one under Keys first, and the settings below will hold its public half.</source>
        <translation>Erst unter „Schlüssel“ einen erstellen; dann enthalten die Einstellungen unten dessen öffentliche Hälfte.</translation>
    </message>
    <message>
        <source>Only programs on this computer reach this address.</source>
        <translation>Nur Programme auf diesem Computer erreichen diese Adresse.</translation>
    </message>
    <message>
        <source>Emulators and simulators do; a phone does not. Listen beyond this computer for phones.</source>
        <translation>Emulatoren und Simulatoren erreichen sie, ein Telefon nicht. Für Telefone den Server über diesen Computer hinaus erreichbar machen.</translation>
    </message>
    <message>
        <source>An address looks like 0.0.0.0:8443.</source>
        <translation>Eine Adresse sieht aus wie 0.0.0.0:8443.</translation>
    </message>
    <message>
        <source>The certificate chain cannot be read.</source>
        <translation>Die Zertifikatskette ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The private key of the certificate cannot be read.</source>
        <translation>Der private Schlüssel des Zertifikats ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Connect a device</source>
        <translation>Gerät verbinden</translation>
    </message>
    <message>
        <source>Left empty, it is made from the certificate</source>
        <translation>Bleibt es leer, kommt es aus dem Zertifikat</translation>
    </message>
    <message>
        <source>Devices ask</source>
        <translation>Geräte fragen an</translation>
    </message>
    <message>
        <source>Devices reach this server at %1.</source>
        <translation>Geräte erreichen diesen Server unter %1.</translation>
    </message>
    <message>
        <source>Its certificate is good until %1.</source>
        <translation>Sein Zertifikat gilt bis %1.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::DeleteSheet</name>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Asking the server which devices run it…</source>
        <translation>Server wird gefragt, welche Geräte es haben&#xa0;…</translation>
    </message>
    <message>
        <source>%1, for new rollouts and for rolling back</source>
        <translation>%1, für neue Rollouts und zum Zurücksetzen</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>angeboten</translation>
    </message>
    <message>
        <source>gone for good</source>
        <translation>endgültig weg</translation>
    </message>
    <message>
        <source>The version %1</source>
        <translation>Die Version %1</translation>
    </message>
    <message>
        <source>used</source>
        <translation>verwendet</translation>
    </message>
    <message>
        <source>never used again</source>
        <translation>nie wieder verwendet</translation>
    </message>
    <message>
        <source>It cannot be deleted: %1 serves it.</source>
        <translation>Löschen nicht möglich: %1 liefert es aus.</translation>
    </message>
    <message>
        <source>Give the channel another bundle first.</source>
        <translation>Dem Kanal zuerst ein anderes Bundle geben.</translation>
    </message>
    <message numerus="yes">
        <source>It cannot be deleted: %n devices run it.</source>
        <translation>
            <numerusform>Löschen nicht möglich: %n Gerät hat es.</numerusform>
            <numerusform>Löschen nicht möglich: %n Geräte haben es.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody could verify or compare any more what these devices run. Delete it when they have moved on.</source>
        <translation>Niemand könnte mehr überprüfen oder vergleichen, was diese Geräte haben. Löschen, wenn sie ein anderes Bundle haben.</translation>
    </message>
    <message>
        <source>No device runs it, as far as the server knows.</source>
        <translation>Soweit der Server weiß, hat es kein Gerät.</translation>
    </message>
    <message>
        <source>The server does not tell which devices run it. Those that do keep it until they get another one.</source>
        <translation>Der Server sagt nicht, welche Geräte es haben. Diese behalten es, bis sie ein anderes erhalten.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ErrorState</name>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the details of the error</source>
        <translation>Details des Fehlers kopieren</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>Details des Fehlers</translation>
    </message>
    <message>
        <source>Text of the error&apos;s details</source>
        <translation>Text der Fehlerdetails</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::FingerprintView</name>
    <message>
        <source>Fingerprint to compare with</source>
        <translation>Fingerabdruck zum Vergleichen</translation>
    </message>
    <message>
        <source>Type or paste what the other person reads out</source>
        <translation>Eintippen oder einfügen, was die andere Person vorliest</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>Fingerabdruck kopieren</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>Nicht gleich</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::FolderStep</name>
    <message>
        <source>Keep source maps</source>
        <translation>Source-Maps behalten</translation>
    </message>
    <message>
        <source>Build it without notifyAppReady</source>
        <translation>Ohne notifyAppReady bauen</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Web folder</source>
        <translation>Web-Ordner</translation>
    </message>
    <message>
        <source>everything happens on this computer</source>
        <translation>alles geschieht auf diesem Computer</translation>
    </message>
    <message>
        <source>The folder with index.html, as your build leaves it</source>
        <translation>Der Ordner mit index.html, wie ihn der Build hinterlässt</translation>
    </message>
    <message>
        <source>Devices go back to the bundle before when a bundle does not call notifyAppReady in time.</source>
        <translation>Geräte kehren zum vorigen Bundle zurück, wenn ein Bundle notifyAppReady nicht rechtzeitig aufruft.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Choose the web folder</source>
        <translation>Web-Ordner auswählen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Check the web folder</source>
        <translation>Web-Ordner prüfen</translation>
    </message>
    <message>
        <source>Looking at the folder…</source>
        <translation>Ordner wird durchgesehen …</translation>
    </message>
    <message numerus="yes">
        <source>%n files, %1</source>
        <translation>
            <numerusform>%n Datei, %1</numerusform>
            <numerusform>%n Dateien, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>index.html is at the root, and all paths are ones that devices take.</source>
        <translation>index.html liegt in der Wurzel, und alle Pfade werden von Geräten angenommen.</translation>
    </message>
    <message>
        <source>notifyAppReady is called.</source>
        <translation>notifyAppReady wird aufgerufen.</translation>
    </message>
    <message numerus="yes">
        <source>%n to mend</source>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n Hinweis</numerusform>
            <numerusform>%n Hinweise</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing to look at</source>
        <translation>nichts zu beanstanden</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::HeaderBar</name>
    <message>
        <source>production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Gatehouse</source>
        <translation>Gatehouse</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>last answer %1 ago</source>
        <extracomment>%1 is a duration, as &quot;40 s&quot; or &quot;6 min&quot;</extracomment>
        <translation>letzte Antwort vor %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Another server…</source>
        <translation>Anderer Server …</translation>
    </message>
    <message>
        <source>New app…</source>
        <translation>Neue App …</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::IdentityCard</name>
    <message>
        <source>Release identities</source>
        <translation>Release-Identitäten</translation>
    </message>
    <message>
        <source>Ask for a passphrase at each signature</source>
        <translation>Bei jeder Signatur nach einer Passphrase fragen</translation>
    </message>
    <message>
        <source>Create identity</source>
        <translation>Identität erstellen</translation>
    </message>
    <message>
        <source>sign release statements, Ed25519</source>
        <translation>signieren Release-Erklärungen, Ed25519</translation>
    </message>
    <message>
        <source>Name of the new identity</source>
        <translation>Name der neuen Identität</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Eigener Name</translation>
    </message>
    <message>
        <source>Create the release identity</source>
        <translation>Release-Identität erstellen</translation>
    </message>
    <message>
        <source>None yet. Bundles are built without a signed statement until there is one.</source>
        <translation>Noch keine. Bis es eine gibt, werden Bundles ohne signierte Erklärung gebaut.</translation>
    </message>
    <message>
        <source>made %1 · %2</source>
        <translation>erstellt %1 · %2</translation>
    </message>
    <message>
        <source>asks for its passphrase</source>
        <translation>fragt nach ihrer Passphrase</translation>
    </message>
    <message>
        <source>opened by the keychain</source>
        <translation>vom Schlüsselbund geöffnet</translation>
    </message>
    <message>
        <source>Export public half…</source>
        <translation>Öffentliche Hälfte exportieren …</translation>
    </message>
    <message>
        <source>Export the public half of %1</source>
        <translation>Öffentliche Hälfte von %1 exportieren</translation>
    </message>
    <message>
        <source>Export the public half</source>
        <translation>Öffentliche Hälfte exportieren</translation>
    </message>
    <message>
        <source>Public key (*.pem)</source>
        <translation>Öffentlicher Schlüssel (*.pem)</translation>
    </message>
    <message>
        <source>The public half is in %1</source>
        <translation>Die öffentliche Hälfte liegt in %1</translation>
    </message>
    <message>
        <source>Seal the identity</source>
        <translation>Identität versiegeln</translation>
    </message>
    <message>
        <source>The keychain is open to every program of your session. A sealed identity signs only with this passphrase.</source>
        <translation>Der Schlüsselbund steht jedem Programm der Sitzung offen. Eine versiegelte Identität signiert nur mit dieser Passphrase.</translation>
    </message>
    <message>
        <source>The identity was made</source>
        <translation>Die Identität ist erstellt</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ImpactStrip</name>
    <message>
        <source>What the change would do</source>
        <translation>Was die Änderung bewirken würde</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>before and after</comment>
        <translation>%1 → %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::InspectSheet</name>
    <message>
        <source>Downloaded as devices get it: %1 in %2 s</source>
        <translation>Heruntergeladen, wie Geräte es erhalten: %1 in %2&#xa0;s</translation>
    </message>
    <message>
        <source>Decrypts with the app’s key %1 (%2)</source>
        <translation>Lässt sich mit dem Schlüssel %1 der App entschlüsseln (%2)</translation>
    </message>
    <message>
        <source>Decrypts with the app’s key</source>
        <translation>Lässt sich mit dem Schlüssel der App entschlüsseln</translation>
    </message>
    <message>
        <source>Content is what the checksum says</source>
        <translation>Inhalt entspricht der Prüfsumme</translation>
    </message>
    <message numerus="yes">
        <source>All %n files unpack, %1 in sum</source>
        <translation>
            <numerusform>%n Datei lässt sich entpacken, zusammen %1</numerusform>
            <numerusform>Alle %n Dateien lassen sich entpacken, zusammen %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The author’s statement fits, signed by %1</source>
        <translation>Die Erklärung des Autors passt, signiert von %1</translation>
    </message>
    <message>
        <source>The download is not as long as the server says</source>
        <translation>Der Download ist nicht so lang, wie der Server sagt</translation>
    </message>
    <message>
        <source>It cannot be decrypted</source>
        <translation>Es lässt sich nicht entschlüsseln</translation>
    </message>
    <message>
        <source>The content is not what the checksum says</source>
        <translation>Der Inhalt entspricht nicht der Prüfsumme</translation>
    </message>
    <message>
        <source>Its files cannot be unpacked</source>
        <translation>Seine Dateien lassen sich nicht entpacken</translation>
    </message>
    <message>
        <source>The author’s statement does not fit</source>
        <translation>Die Erklärung des Autors passt nicht</translation>
    </message>
    <message>
        <source>Not downloaded</source>
        <translation>Nicht heruntergeladen</translation>
    </message>
    <message>
        <source>Not encrypted: anybody with the link can read it</source>
        <translation>Nicht verschlüsselt: Wer den Link hat, kann es lesen</translation>
    </message>
    <message>
        <source>Decryption was not tried</source>
        <translation>Entschlüsseln nicht versucht</translation>
    </message>
    <message>
        <source>The checksum was not compared</source>
        <translation>Die Prüfsumme wurde nicht verglichen</translation>
    </message>
    <message>
        <source>The files were not looked at</source>
        <translation>Die Dateien wurden nicht geprüft</translation>
    </message>
    <message>
        <source>No statement of its author is on this computer</source>
        <translation>Auf diesem Computer liegt keine Erklärung des Autors</translation>
    </message>
    <message>
        <source>Verify %1</source>
        <translation>%1 überprüfen</translation>
    </message>
    <message>
        <source>Cancel the check of the bundle</source>
        <translation>Überprüfung des Bundles abbrechen</translation>
    </message>
    <message>
        <source>Save the files…</source>
        <translation>Dateien speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cancelled; nothing is left of it.</source>
        <translation>Abgebrochen; nichts ist davon geblieben.</translation>
    </message>
    <message>
        <source>A device would accept this bundle.</source>
        <translation>Ein Gerät würde dieses Bundle annehmen.</translation>
    </message>
    <message>
        <source>This bundle is not what it should be.</source>
        <translation>Dieses Bundle ist nicht, was es sein sollte.</translation>
    </message>
    <message>
        <source>Save the files of %1</source>
        <translation>Dateien von %1 speichern</translation>
    </message>
    <message>
        <source>The files are in %1</source>
        <translation>Die Dateien liegen in %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::JobLine</name>
    <message>
        <source>Downloading</source>
        <translation>Wird heruntergeladen</translation>
    </message>
    <message>
        <source>Checking the content</source>
        <translation>Inhalt wird geprüft</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2 von %3</translation>
    </message>
    <message>
        <source>%1 · %2 a second</source>
        <translation>%1 · %2 pro Sekunde</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::JobPane</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Nothing runs, and nothing ran.</source>
        <translation>Nichts läuft, und nichts ist gelaufen.</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::JobRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Progress of %1</source>
        <translation>Fortschritt von %1</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>%1 abbrechen</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cancelled, nothing was left half done</source>
        <translation>Abgebrochen, nichts blieb halb getan</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::KeyCard</name>
    <message>
        <source>RSA-2048 · made %1</source>
        <translation>RSA-2048 · erstellt %1</translation>
    </message>
    <message>
        <source>Label on the wire: </source>
        <translation>Kennung in der Übertragung: </translation>
    </message>
    <message>
        <source> (never proof)</source>
        <translation> (nie ein Beweis)</translation>
    </message>
    <message>
        <source>Export public half…</source>
        <translation>Öffentliche Hälfte exportieren …</translation>
    </message>
    <message>
        <source>Export the public half of %1</source>
        <translation>Öffentliche Hälfte von %1 exportieren</translation>
    </message>
    <message>
        <source>Write into capacitor.config…</source>
        <translation>In capacitor.config schreiben …</translation>
    </message>
    <message>
        <source>Write the key %1 into the Capacitor configuration</source>
        <translation>Schlüssel %1 in die Capacitor-Konfiguration schreiben</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sichern …</translation>
    </message>
    <message>
        <source>Back up the key %1</source>
        <translation>Schlüssel %1 sichern</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Remove the key %1</source>
        <translation>Schlüssel %1 entfernen</translation>
    </message>
    <message>
        <source>Export the public half</source>
        <translation>Öffentliche Hälfte exportieren</translation>
    </message>
    <message>
        <source>Public key (*.pub *.pem)</source>
        <translation>Öffentlicher Schlüssel (*.pub *.pem)</translation>
    </message>
    <message>
        <source>The public half is in %1</source>
        <translation>Die öffentliche Hälfte liegt in %1</translation>
    </message>
    <message>
        <source>Choose the Capacitor configuration</source>
        <translation>Capacitor-Konfiguration auswählen</translation>
    </message>
    <message>
        <source>Capacitor configuration (capacitor.config.json capacitor.config.ts capacitor.config.js)</source>
        <translation>Capacitor-Konfiguration (capacitor.config.json capacitor.config.ts capacitor.config.js)</translation>
    </message>
    <message>
        <source>Write the public key</source>
        <translation>Öffentlichen Schlüssel schreiben</translation>
    </message>
    <message>
        <source>A script cannot be changed safely. Paste this into it:</source>
        <translation>Ein Skript lässt sich nicht sicher ändern. Dies dort einfügen:</translation>
    </message>
    <message>
        <source>Text for the configuration</source>
        <translation>Text für die Konfiguration</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>What changes in the file</source>
        <translation>Was sich in der Datei ändert</translation>
    </message>
    <message>
        <source>The file holds this key already.</source>
        <translation>Die Datei enthält diesen Schlüssel bereits.</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>Datei schreiben</translation>
    </message>
    <message>
        <source>The key is in %1</source>
        <translation>Der Schlüssel liegt in %1</translation>
    </message>
    <message>
        <source>Back up a key</source>
        <translation>Schlüssel sichern</translation>
    </message>
    <message>
        <source>The backup is encrypted under a passphrase of its own. Keep file and passphrase apart, and away from this computer.</source>
        <translation>Die Sicherung wird mit einer eigenen Passphrase verschlüsselt. Datei und Passphrase getrennt und fern von diesem Computer aufbewahren.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei auswählen …</translation>
    </message>
    <message>
        <source>Back up the key</source>
        <translation>Schlüssel sichern</translation>
    </message>
    <message>
        <source>Key backup (*.ghbackup)</source>
        <translation>Schlüsselsicherung (*.ghbackup)</translation>
    </message>
    <message>
        <source>Back up the key of %1</source>
        <translation>Schlüssel von %1 sichern</translation>
    </message>
    <message>
        <source>The backup is in %1</source>
        <translation>Die Sicherung liegt in %1</translation>
    </message>
    <message>
        <source>Remove a bundle key</source>
        <translation>Bundle-Schlüssel entfernen</translation>
    </message>
    <message>
        <source>This is the last key of the app on this computer. Without it, and without a backup, no bundle can be made for the devices that hold its public half.</source>
        <translation>Dies ist der letzte Schlüssel der App auf diesem Computer. Ohne ihn und ohne Sicherung lassen sich keine Bundles mehr für Geräte bauen, die seine öffentliche Hälfte enthalten.</translation>
    </message>
    <message>
        <source>Bundles that were made with it stay valid. New ones can no longer be made with it on this computer.</source>
        <translation>Damit gebaute Bundles bleiben gültig. Neue lassen sich auf diesem Computer nicht mehr damit bauen.</translation>
    </message>
    <message>
        <source>Remove the key</source>
        <translation>Schlüssel entfernen</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::KeyTrouble</name>
    <message>
        <source>Keys cannot be read now</source>
        <translation>Schlüssel sind gerade nicht lesbar</translation>
    </message>
    <message>
        <source>Unlock and try again</source>
        <translation>Entsperren und erneut versuchen</translation>
    </message>
    <message>
        <source>Use a passphrase vault…</source>
        <translation>Passphrasen-Tresor verwenden …</translation>
    </message>
    <message>
        <source>Nothing is ever kept in plain text, and no new key is made in silence.</source>
        <translation>Nichts wird je im Klartext abgelegt, und kein neuer Schlüssel entsteht stillschweigend.</translation>
    </message>
    <message>
        <source>Unlock the vault…</source>
        <translation>Tresor entsperren …</translation>
    </message>
    <message>
        <source>Use the keychain</source>
        <translation>Schlüsselbund verwenden</translation>
    </message>
    <message>
        <source>Unlock the vault</source>
        <translation>Tresor entsperren</translation>
    </message>
    <message>
        <source>A new vault</source>
        <translation>Ein neuer Tresor</translation>
    </message>
    <message>
        <source>The vault is a file on this computer, encrypted under your passphrase.</source>
        <translation>Der Tresor ist eine Datei auf diesem Computer, verschlüsselt mit der eigenen Passphrase.</translation>
    </message>
    <message>
        <source>Keys are kept in a file on this computer, encrypted under a passphrase (Argon2id, XChaCha20). It is asked for at each start. Without it the keys are lost.</source>
        <translation>Schlüssel liegen in einer Datei auf diesem Computer, verschlüsselt mit einer Passphrase (Argon2id, XChaCha20). Sie wird bei jedem Start erfragt. Ohne sie sind die Schlüssel verloren.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Make the vault</source>
        <translation>Tresor anlegen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::KeysScreen</name>
    <message>
        <source>Create bundle key</source>
        <translation>Bundle-Schlüssel erstellen</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wiederherstellen …</translation>
    </message>
    <message>
        <source>Restore a key from a backup</source>
        <translation>Schlüssel aus einer Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>Import a key made by the Capgo command line</source>
        <translation>Schlüssel der Capgo-Kommandozeile importieren</translation>
    </message>
    <message>
        <source>Choose an app first: a bundle key belongs to one.</source>
        <translation>Erst eine App wählen: Ein Bundle-Schlüssel gehört zu einer.</translation>
    </message>
    <message>
        <source>Bundle keys</source>
        <translation>Bundle-Schlüssel</translation>
    </message>
    <message>
        <source>No bundle key yet. Devices check every bundle with its public half, which ships in the app; the private half stays in your keychain.</source>
        <translation>Noch kein Bundle-Schlüssel. Geräte prüfen jedes Bundle mit der öffentlichen Hälfte, die in der App steckt; die private bleibt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>The key was made. Put its public half into the app’s configuration next.</source>
        <translation>Der Schlüssel ist erstellt. Als Nächstes die öffentliche Hälfte in die Konfiguration der App einfügen.</translation>
    </message>
    <message>
        <source>Import a private key</source>
        <translation>Privaten Schlüssel importieren</translation>
    </message>
    <message>
        <source>Private key (.capgo_key_v2 *.pem);;All files (*)</source>
        <translation>Privater Schlüssel (.capgo_key_v2 *.pem);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The key was imported</source>
        <translation>Der Schlüssel ist importiert</translation>
    </message>
    <message>
        <source>Restore a key</source>
        <translation>Schlüssel wiederherstellen</translation>
    </message>
    <message>
        <source>Key backup (*.ghbackup);;All files (*)</source>
        <translation>Schlüsselsicherung (*.ghbackup);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The passphrase the backup was made with.</source>
        <translation>Die Passphrase, mit der die Sicherung erstellt wurde.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>The key was restored</source>
        <translation>Der Schlüssel ist wiederhergestellt</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::LiveFeed</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Nothing has happened since this page was opened.</source>
        <translation>Seit dem Öffnen dieser Seite ist nichts geschehen.</translation>
    </message>
    <message>
        <source>Hold the live feed</source>
        <translation>Live-Ansicht anhalten</translation>
    </message>
    <message>
        <source>Live events</source>
        <translation>Live-Ereignisse</translation>
    </message>
    <message>
        <source>Let the live feed go on</source>
        <translation>Live-Ansicht weiterlaufen lassen</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::MainWindow</name>
    <message>
        <source>Gatehouse</source>
        <translation>Gatehouse</translation>
    </message>
    <message>
        <source>%1 – %2 – Gatehouse</source>
        <translation>%1 – %2 – Gatehouse</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::MonitorCharts</name>
    <message>
        <source>older</source>
        <translation>ältere</translation>
    </message>
    <message>
        <source>built-in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>95 % of active devices</source>
        <translation>95&#xa0;% der aktiven Geräte</translation>
    </message>
    <message>
        <source>limit of the auto-pause</source>
        <translation>Grenze der automatischen Pause</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::MonitorScreen</name>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1&#xa0;Std.</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24&#xa0;Std.</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7&#xa0;Tage</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30&#xa0;Tage</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>90&#xa0;Tage</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Monitor</translation>
    </message>
    <message>
        <source>Channel to look at</source>
        <translation>Betrachteter Kanal</translation>
    </message>
    <message>
        <source>On the newest bundle</source>
        <translation>Auf dem neuesten Bundle</translation>
    </message>
    <message>
        <source>Update success</source>
        <translation>Update-Erfolg</translation>
    </message>
    <message>
        <source>Installs</source>
        <translation>Installationen</translation>
    </message>
    <message>
        <source>Failures, bundle’s fault</source>
        <translation>Fehlschläge durch das Bundle</translation>
    </message>
    <message>
        <source>Active devices by bundle</source>
        <translation>Aktive Geräte nach Bundle</translation>
    </message>
    <message>
        <source>Failure rate</source>
        <translation>Fehlerquote</translation>
    </message>
    <message>
        <source>of first outcomes, bundle’s fault; 95 % band</source>
        <translation>der ersten Ergebnisse, durch das Bundle; 95-%-Band</translation>
    </message>
    <message>
        <source>All channels</source>
        <translation>Alle Kanäle</translation>
    </message>
    <message>
        <source>No device has checked in during this time. Point an app at this server.</source>
        <translation>In diesem Zeitraum hat sich kein Gerät gemeldet. Eine App auf diesen Server ausrichten.</translation>
    </message>
    <message>
        <source>Connect a device</source>
        <translation>Gerät verbinden</translation>
    </message>
    <message>
        <source>reference 95 % after 24 h</source>
        <translation>Richtwert 95&#xa0;% nach 24&#xa0;Std.</translation>
    </message>
    <message>
        <source>no device runs a bundle yet</source>
        <translation>noch kein Gerät hat ein Bundle</translation>
    </message>
    <message>
        <source>reference 82 %</source>
        <translation>Richtwert 82&#xa0;%</translation>
    </message>
    <message>
        <source>no device tried an update in this time</source>
        <translation>kein Gerät hat in diesem Zeitraum ein Update versucht</translation>
    </message>
    <message>
        <source>devices, each bundle once</source>
        <translation>Geräte, je Bundle einmal</translation>
    </message>
    <message numerus="yes">
        <source>%1, of %2 devices</source>
        <translation>
            <numerusform>%1, von %2 Gerät</numerusform>
            <numerusform>%1, von %2 Geräten</numerusform>
        </translation>
    </message>
    <message>
        <source>no device has an outcome yet</source>
        <translation>noch kein Gerät hat ein Ergebnis</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Navigation</name>
    <message>
        <source>Screens</source>
        <translation>Ansichten</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::NewAppScreen</name>
    <message>
        <source>Create app</source>
        <translation>App anlegen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>App name</source>
        <translation>App-Name</translation>
    </message>
    <message>
        <source>App id</source>
        <translation>App-ID</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>First channel</source>
        <translation>Erster Kanal</translation>
    </message>
    <message>
        <source>Field Notes</source>
        <translation>Field Notes</translation>
    </message>
    <message>
        <source>Which app do you ship?</source>
        <translation>Welche App wird ausgeliefert?</translation>
    </message>
    <message>
        <source>The app id is the one in capacitor.config; devices name it in every request.</source>
        <translation>Die App-ID ist die aus capacitor.config; Geräte nennen sie in jeder Anfrage.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New app</source>
        <translation>Neue App</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::NewBundlePage</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>New bundle</source>
        <translation>Neues Bundle</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>Bundles</translation>
    </message>
    <message>
        <source>Steps of the assistant</source>
        <translation>Schritte des Assistenten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n files, %2</source>
        <translation>
            <numerusform>%1 · %n Datei, %2</numerusform>
            <numerusform>%1 · %n Dateien, %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder and checks</source>
        <translation>Ordner prüfen</translation>
    </message>
    <message>
        <source>Version and notes</source>
        <translation>Version und Notizen</translation>
    </message>
    <message>
        <source>Sign and encrypt</source>
        <translation>Verschlüsseln</translation>
    </message>
    <message>
        <source>Upload and stage</source>
        <translation>Bereitstellen</translation>
    </message>
    <message>
        <source>on the server</source>
        <translation>auf dem Server</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::NewChannelSheet</name>
    <message>
        <source>New channel</source>
        <translation>Neuer Kanal</translation>
    </message>
    <message>
        <source>Channel name</source>
        <translation>Kanalname</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>beta</translation>
    </message>
    <message>
        <source>Default for devices that ask for no channel</source>
        <translation>Standard für Geräte, die nach keinem Kanal fragen</translation>
    </message>
    <message>
        <source>Another default channel of the same platforms stops being one.</source>
        <translation>Ein anderer Standardkanal derselben Plattformen ist es dann nicht mehr.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Create channel</source>
        <translation>Kanal anlegen</translation>
    </message>
    <message>
        <source>A channel of this name exists.</source>
        <translation>Einen Kanal dieses Namens gibt es schon.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::OverviewScreen</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>New bundle</source>
        <translation>Neues Bundle</translation>
    </message>
    <message>
        <source>Make a new bundle</source>
        <translation>Ein neues Bundle bauen</translation>
    </message>
    <message>
        <source>No bundle yet. Build one from your web folder, and devices can get it.</source>
        <translation>Noch kein Bundle. Eines aus dem Web-Ordner bauen, dann können Geräte es beziehen.</translation>
    </message>
    <message>
        <source>Build the first bundle</source>
        <translation>Erstes Bundle bauen</translation>
    </message>
    <message>
        <source>Updated %1</source>
        <translation>Aktualisiert %1</translation>
    </message>
    <message>
        <source>Who runs what</source>
        <translation>Was wo läuft</translation>
    </message>
    <message>
        <source>version from the store × channel → bundle and devices</source>
        <translation>Version aus dem Store × Kanal → Bundle und Geräte</translation>
    </message>
    <message>
        <source>Devices by native version, channel and bundle</source>
        <translation>Geräte nach nativer Version, Kanal und Bundle</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::PackageStep</name>
    <message>
        <source>Create bundle key</source>
        <translation>Bundle-Schlüssel erstellen</translation>
    </message>
    <message>
        <source>Create identity</source>
        <translation>Identität erstellen</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>Verschlüsseln</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>Sign and encrypt</source>
        <translation>Signieren, verschlüsseln</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Create a bundle key for this app</source>
        <translation>Bundle-Schlüssel für diese App erstellen</translation>
    </message>
    <message>
        <source>Create a release identity</source>
        <translation>Release-Identität erstellen</translation>
    </message>
    <message>
        <source>Sign and encrypt the bundle</source>
        <translation>Bundle signieren und verschlüsseln</translation>
    </message>
    <message>
        <source>Cancel signing and encrypting</source>
        <translation>Signieren und Verschlüsseln abbrechen</translation>
    </message>
    <message>
        <source>Key and cipher</source>
        <translation>Schlüssel und Verfahren</translation>
    </message>
    <message>
        <source>keys never leave this computer</source>
        <translation>Schlüssel verlassen diesen Computer nie</translation>
    </message>
    <message>
        <source>everything happens on this computer</source>
        <translation>alles geschieht auf diesem Computer</translation>
    </message>
    <message>
        <source>Release manager</source>
        <translation>Release-Manager</translation>
    </message>
    <message>
        <source>Bundle key</source>
        <translation>Bundle-Schlüssel</translation>
    </message>
    <message>
        <source>Cipher</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Passphrase of the identity</source>
        <translation>Passphrase der Identität</translation>
    </message>
    <message>
        <source>AES-128, for the stock plugin</source>
        <translation>AES-128, für das Standard-Plugin</translation>
    </message>
    <message>
        <source>AES-256, own plugin build only</source>
        <translation>AES-256, nur mit eigenem Plugin-Build</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>Nicht verschlüsselt</translation>
    </message>
    <message>
        <source>Release identity</source>
        <translation>Release-Identität</translation>
    </message>
    <message>
        <source>%1… · %2</source>
        <translation>%1… · %2</translation>
    </message>
    <message>
        <source>Devices with the stock plugin refuse this bundle.</source>
        <translation>Geräte mit dem Standard-Plugin weisen dieses Bundle zurück.</translation>
    </message>
    <message>
        <source>They take 16-byte session keys only. Choose AES-256 when the app ships a plugin build of its own that takes 32 bytes.</source>
        <translation>Sie nehmen nur Sitzungsschlüssel mit 16&#xa0;Byte. AES-256 nur wählen, wenn die App einen eigenen Plugin-Build mitbringt, der 32&#xa0;Byte annimmt.</translation>
    </message>
    <message>
        <source>Devices whose app has a public key refuse a bundle that is not encrypted.</source>
        <translation>Geräte, deren App einen öffentlichen Schlüssel hat, weisen ein unverschlüsseltes Bundle zurück.</translation>
    </message>
    <message>
        <source>Without a key, anyone who can change the server can change what devices run.</source>
        <translation>Ohne Schlüssel kann, wer den Server ändern kann, auch ändern, was auf den Geräten läuft.</translation>
    </message>
    <message>
        <source>This app has no bundle key on this computer yet.</source>
        <translation>Diese App hat auf diesem Computer noch keinen Bundle-Schlüssel.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>None: the bundle gets no signed statement</source>
        <translation>Keine: Das Bundle erhält keine signierte Erklärung</translation>
    </message>
    <message>
        <source>not signed</source>
        <translation>nicht signiert</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>signiert</translation>
    </message>
    <message>
        <source>Also each file by itself: devices load only what changed</source>
        <translation>Auch jede Datei einzeln: Geräte laden nur, was sich geändert hat</translation>
    </message>
    <message>
        <source>Each file</source>
        <translation>Jede Datei</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Auslieferung</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 Dateien</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::PageHeader</name>
    <message>
        <source>Back to %1</source>
        <translation>Zurück zu %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::PassphraseSheet</name>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>Passphrase wiederholen</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>At least %1 characters. Several words that do not belong together are good.</source>
        <translation>Mindestens %1 Zeichen. Gut sind mehrere Wörter, die nicht zusammengehören.</translation>
    </message>
    <message>
        <source>Type the same passphrase once more.</source>
        <translation>Dieselbe Passphrase noch einmal eingeben.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ProgressRows</name>
    <message>
        <source>Progress: %1</source>
        <translation>Fortschritt: %1</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>läuft</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ReleaseFlow</name>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Review</name>
    <message>
        <source>Bundle %1 becomes the stable one of channel %2, instead of %3.</source>
        <translation>Bundle %1 wird anstelle von %3 das stabile des Kanals %2.</translation>
    </message>
    <message>
        <source>Bundle %1 goes to %3 % of the devices of channel %2.</source>
        <translation>Bundle %1 geht an %3&#xa0;% der Geräte des Kanals %2.</translation>
    </message>
    <message>
        <source>Bundle %1 goes to %4 % of the devices of channel %2, from %3 %.</source>
        <translation>Bundle %1 geht an %4&#xa0;% der Geräte des Kanals %2, bisher %3&#xa0;%.</translation>
    </message>
    <message>
        <source>No more than %4 % of the devices of channel %2 newly get bundle %1, from %3 %.</source>
        <translation>Höchstens %4&#xa0;% der Geräte des Kanals %2 erhalten Bundle %1 neu, bisher %3&#xa0;%.</translation>
    </message>
    <message>
        <source>Bundle %1 takes the place of %2 in the rollout of channel %3; the same devices come first.</source>
        <translation>Bundle %1 tritt im Rollout des Kanals %3 an die Stelle von %2; dieselben Geräte kommen zuerst.</translation>
    </message>
    <message>
        <source>No further device of channel %2 gets bundle %1 until the rollout is resumed.</source>
        <translation>Kein weiteres Gerät des Kanals %2 erhält Bundle %1, bis der Rollout fortgesetzt wird.</translation>
    </message>
    <message>
        <source>The rollout of bundle %1 on channel %2 goes on.</source>
        <translation>Der Rollout von Bundle %1 auf Kanal %2 geht weiter.</translation>
    </message>
    <message>
        <source>What channel %1 serves cannot be changed until it is unfrozen.</source>
        <translation>Was Kanal %1 ausliefert, kann nicht geändert werden, bis er aufgetaut wird.</translation>
    </message>
    <message>
        <source>What channel %1 serves can be changed again.</source>
        <translation>Was Kanal %1 ausliefert, kann wieder geändert werden.</translation>
    </message>
    <message>
        <source>The rollout of bundle %1 on channel %2 ends; its devices go back to %3 at their next check.</source>
        <translation>Der Rollout von Bundle %1 auf Kanal %2 endet; seine Geräte kehren bei ihrer nächsten Abfrage zu %3 zurück.</translation>
    </message>
    <message>
        <source>All devices of channel %1 go back to bundle %2 at their next check, from %3.</source>
        <translation>Alle Geräte des Kanals %1 kehren bei ihrer nächsten Abfrage von %3 zu Bundle %2 zurück.</translation>
    </message>
    <message>
        <source>%1 of %2 devices that were active in the last 7 days get another bundle.</source>
        <translation>%1 von %2 Geräten, die in den letzten 7&#xa0;Tagen aktiv waren, erhalten ein anderes Bundle.</translation>
    </message>
    <message>
        <source>No device gets another bundle than now.</source>
        <translation>Kein Gerät erhält ein anderes Bundle als jetzt.</translation>
    </message>
    <message>
        <source>How many devices this reaches is not known: the server does not tell, or none was active in the last 7 days.</source>
        <translation>Wie viele Geräte das erreicht, ist unbekannt: Der Server sagt es nicht, oder in den letzten 7&#xa0;Tagen war keines aktiv.</translation>
    </message>
    <message>
        <source>Devices that have bundle %1 keep it.</source>
        <translation>Geräte, die Bundle %1 haben, behalten es.</translation>
    </message>
    <message>
        <source>About %1 devices may fail (%2 to %3), going by those that tried it so far.</source>
        <translation>Etwa %1 Geräte könnten fehlschlagen (%2 bis %3), nach denen zu urteilen, die es bisher versucht haben.</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>This API key lacks the permission %1.</source>
        <translation>Diesem API-Schlüssel fehlt die Berechtigung %1.</translation>
    </message>
    <message>
        <source>Channel %1 is frozen.</source>
        <translation>Kanal %1 ist eingefroren.</translation>
    </message>
    <message>
        <source>Channel %1 has no rollout.</source>
        <translation>Kanal %1 hat keinen Rollout.</translation>
    </message>
    <message>
        <source>Channel %1 has no stable bundle yet, which a rollout needs beside it.</source>
        <translation>Kanal %1 hat noch kein stabiles Bundle, das ein Rollout neben sich braucht.</translation>
    </message>
    <message>
        <source>Bundle %1 is the stable one already.</source>
        <translation>Bundle %1 ist bereits das stabile.</translation>
    </message>
    <message>
        <source>This ends the rollout of bundle %1, which is at %2 %.</source>
        <translation>Das beendet den Rollout von Bundle %1, der bei %2&#xa0;% steht.</translation>
    </message>
    <message>
        <source>The rollout of bundle %1 at %2 % goes on beside it.</source>
        <translation>Der Rollout von Bundle %1 bei %2&#xa0;% läuft daneben weiter.</translation>
    </message>
    <message>
        <source>The rollout of bundle %1 is paused: the share counts once it is resumed.</source>
        <translation>Der Rollout von Bundle %1 ist angehalten: Der Anteil zählt, sobald er fortgesetzt wird.</translation>
    </message>
    <message>
        <source>The server has no bundle %1.</source>
        <translation>Der Server hat kein Bundle %1.</translation>
    </message>
    <message>
        <source>The upload of bundle %1 is not complete.</source>
        <translation>Das Hochladen von Bundle %1 ist nicht abgeschlossen.</translation>
    </message>
    <message>
        <source>Bundle %1 is older than %2.</source>
        <translation>Bundle %1 ist älter als %2.</translation>
    </message>
    <message>
        <source>Bundle %1 is not encrypted; the one before was.</source>
        <translation>Bundle %1 ist nicht verschlüsselt; das vorige war es.</translation>
    </message>
    <message>
        <source>Bundle %1 is encrypted with another key than %2: apps with the old public key cannot open it.</source>
        <translation>Bundle %1 ist mit einem anderen Schlüssel verschlüsselt als %2: Apps mit dem alten öffentlichen Schlüssel können es nicht öffnen.</translation>
    </message>
    <message>
        <source>The bundle calls the native package %1 %2, which the one before did not: apps without it may fail.</source>
        <translation>Das Bundle ruft das native Paket %1 %2 auf, das vorige tat es nicht: Apps ohne dieses Paket können fehlschlagen.</translation>
    </message>
    <message>
        <source>Only %1 devices have tried the bundle so far.</source>
        <translation>Erst %1 Geräte haben das Bundle bisher versucht.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>%1 at %2, paused</source>
        <translation>%1 bei %2, angehalten</translation>
    </message>
    <message>
        <source>%1, not started</source>
        <translation>%1, nicht gestartet</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>the built-in bundle</source>
        <translation>das eingebaute Bundle</translation>
    </message>
    <message>
        <source>%2 is stable on %1</source>
        <translation>%2 ist stabil auf %1</translation>
    </message>
    <message>
        <source>%2 goes to %3 of %1</source>
        <translation>%2 geht an %3 von %1</translation>
    </message>
    <message>
        <source>%2 is at %3 on %1</source>
        <translation>%2 steht bei %3 auf %1</translation>
    </message>
    <message>
        <source>%2 replaces %3 on %1</source>
        <translation>%2 ersetzt %3 auf %1</translation>
    </message>
    <message>
        <source>The rollout of %2 on %1 is paused</source>
        <translation>Der Rollout von %2 auf %1 ist angehalten</translation>
    </message>
    <message>
        <source>The rollout of %2 on %1 goes on</source>
        <translation>Der Rollout von %2 auf %1 geht weiter</translation>
    </message>
    <message>
        <source>%1 is frozen</source>
        <translation>%1 ist eingefroren</translation>
    </message>
    <message>
        <source>%1 can be changed again</source>
        <translation>%1 kann wieder geändert werden</translation>
    </message>
    <message>
        <source>%2 is taken back on %1</source>
        <translation>%2 ist auf %1 zurückgenommen</translation>
    </message>
    <message>
        <source>%1 is rolled back to %2</source>
        <translation>%1 ist auf %2 zurückgesetzt</translation>
    </message>
    <message>
        <source>The rules of %1 are changed</source>
        <translation>Die Regeln von %1 sind geändert</translation>
    </message>
    <message>
        <source>Make %1 stable</source>
        <translation>%1 stabil machen</translation>
    </message>
    <message>
        <source>Roll %1 out to %2</source>
        <translation>%1 an %2 ausrollen</translation>
    </message>
    <message>
        <source>Change %1 → %2</source>
        <translation>Ändern: %1 → %2</translation>
    </message>
    <message>
        <source>Replace by %1</source>
        <translation>Durch %1 ersetzen</translation>
    </message>
    <message>
        <source>Pause the rollout</source>
        <translation>Rollout anhalten</translation>
    </message>
    <message>
        <source>Resume the rollout</source>
        <translation>Rollout fortsetzen</translation>
    </message>
    <message>
        <source>Freeze the channel</source>
        <translation>Kanal einfrieren</translation>
    </message>
    <message>
        <source>Unfreeze the channel</source>
        <translation>Kanal auftauen</translation>
    </message>
    <message numerus="yes">
        <source>Take back from %1 devices</source>
        <translation>
            <numerusform>Von %1 Gerät zurücknehmen</numerusform>
            <numerusform>Von %1 Geräten zurücknehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Roll back to %1</source>
        <translation>Auf %1 zurücksetzen</translation>
    </message>
    <message>
        <source>Change the rules</source>
        <translation>Regeln ändern</translation>
    </message>
    <message>
        <source>Review the change to %1</source>
        <translation>Änderung an %1 prüfen</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>Stabil</translation>
    </message>
    <message>
        <source>Rolling out</source>
        <translation>Im Rollout</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Eingefroren</translation>
    </message>
    <message>
        <source>Devices reached</source>
        <translation>Erreichte Geräte</translation>
    </message>
    <message>
        <source>Failures to expect</source>
        <translation>Erwartete Fehler</translation>
    </message>
    <message>
        <source>Devices that change</source>
        <translation>Betroffene Geräte</translation>
    </message>
    <message>
        <source>%1, estimated</source>
        <translation>%1, geschätzt</translation>
    </message>
    <message>
        <source>no device has tried it yet</source>
        <translation>noch kein Gerät hat es versucht</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>The rules of channel %1 change.</source>
        <translation>Die Regeln des Kanals %1 ändern sich.</translation>
    </message>
    <message>
        <source>A rule has a value that its column does not take: %1.</source>
        <translation>Eine Regel hat einen Wert, den ihre Spalte nicht annimmt: %1.</translation>
    </message>
    <message>
        <source>Without a platform the channel serves nobody. To stop a rollout, pause it.</source>
        <translation>Ohne Plattform beliefert der Kanal niemanden. Um einen Rollout zu stoppen, ihn anhalten.</translation>
    </message>
    <message>
        <source>Without store and development builds the channel serves nobody.</source>
        <translation>Ohne Store- und Entwicklungs-Builds beliefert der Kanal niemanden.</translation>
    </message>
    <message>
        <source>Without devices and emulators the channel serves nobody.</source>
        <translation>Ohne Geräte und Emulatoren beliefert der Kanal niemanden.</translation>
    </message>
    <message>
        <source>Without a limit for failures the automatic pause never acts.</source>
        <translation>Ohne Grenze für Fehlschläge greift die automatische Pause nie ein.</translation>
    </message>
    <message>
        <source>%1 must be between %2 and %3.</source>
        <translation>„%1“ muss zwischen %2 und %3 liegen.</translation>
    </message>
    <message>
        <source>Bundle %1 names no lowest native version: devices would get an error instead of it.</source>
        <translation>Bundle %1 nennt keine niedrigste native Version: Geräte bekämen statt des Bundles einen Fehler.</translation>
    </message>
    <message>
        <source>Channel %1 stops being the default, and this cannot be undone with one action.</source>
        <translation>Kanal %1 ist dann nicht mehr der Standard, und das lässt sich nicht mit einem Schritt rückgängig machen.</translation>
    </message>
    <message>
        <source>Devices on %1 that ask for no channel get none then; they keep what they run.</source>
        <translation>Geräte mit %1, die nach keinem Kanal fragen, erhalten dann keinen; sie behalten, was sie haben.</translation>
    </message>
    <message>
        <source>Only pinned devices reach the channel then.</source>
        <translation>Dann erreichen nur fest zugewiesene Geräte den Kanal.</translation>
    </message>
    <message>
        <source>Any device of the app can join the channel by itself then.</source>
        <translation>Dann kann jedes Gerät der App dem Kanal selbst beitreten.</translation>
    </message>
    <message>
        <source>this server does not count checks</source>
        <translation>dieser Server zählt keine Abfragen</translation>
    </message>
    <message>
        <source>too few checks were seen so far</source>
        <translation>zu wenige Abfragen bisher</translation>
    </message>
    <message>
        <source>check-in habits are not loaded yet</source>
        <translation>Meldegewohnheiten sind noch nicht geladen</translation>
    </message>
    <message>
        <source>Until 90 % are back</source>
        <translation>Bis 90&#xa0;% zurück sind</translation>
    </message>
    <message>
        <source>Time to take 90 % back</source>
        <translation>Zeit, um 90&#xa0;% zurückzunehmen</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>no device is known to be active</source>
        <translation>kein aktives Gerät bekannt</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ReviewSheet</name>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close the review sheet</source>
        <translation>Prüfblatt schließen</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Name typed to confirm</source>
        <translation>Name zur Bestätigung</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Comment, required here</source>
        <translation>Kommentar, hier nötig</translation>
    </message>
    <message>
        <source>This can never be undone. Type %1 to confirm.</source>
        <translation>Das lässt sich nie rückgängig machen. Zur Bestätigung %1 eingeben.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RolloutCard</name>
    <message>
        <source>Rollout</source>
        <translation>Rollout</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Make stable…</source>
        <translation>Stabil machen …</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Bundle to roll out</source>
        <translation>Auszurollendes Bundle</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Bundle</translation>
    </message>
    <message>
        <source>stable</source>
        <translation>stabil</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Nicht gestartet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>none running, stable is</source>
        <translation>keiner im Gang, stabil ist</translation>
    </message>
    <message>
        <source>Review the rollout</source>
        <translation>Rollout prüfen</translation>
    </message>
    <message>
        <source>Review: %1 → %2</source>
        <translation>Prüfen: %1 → %2</translation>
    </message>
    <message>
        <source>Review: make %1 stable</source>
        <translation>Prüfen: %1 stabil machen</translation>
    </message>
    <message>
        <source>Review: %1 to %2</source>
        <translation>Prüfen: %1 an %2</translation>
    </message>
    <message>
        <source>%1, taken back</source>
        <translation>%1, zurückgenommen</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Rules</name>
    <message>
        <source>Default channel</source>
        <translation>Standardkanal</translation>
    </message>
    <message>
        <source>Devices may join by themselves</source>
        <translation>Geräte dürfen selbst beitreten</translation>
    </message>
    <message>
        <source>iOS</source>
        <translation>iOS</translation>
    </message>
    <message>
        <source>Android</source>
        <translation>Android</translation>
    </message>
    <message>
        <source>Electron</source>
        <translation>Electron</translation>
    </message>
    <message>
        <source>Store builds</source>
        <translation>Store-Builds</translation>
    </message>
    <message>
        <source>Development builds</source>
        <translation>Entwicklungs-Builds</translation>
    </message>
    <message>
        <source>Real devices</source>
        <translation>Echte Geräte</translation>
    </message>
    <message>
        <source>Emulators</source>
        <translation>Emulatoren</translation>
    </message>
    <message>
        <source>Version limit</source>
        <translation>Versionsgrenze</translation>
    </message>
    <message>
        <source>Bundles below the native version</source>
        <translation>Bundles unter der nativen Version</translation>
    </message>
    <message>
        <source>A device’s draw holds for</source>
        <translation>Das Los eines Geräts gilt für</translation>
    </message>
    <message>
        <source>Automatic pause</source>
        <translation>Automatische Pause</translation>
    </message>
    <message>
        <source>Limit for failures</source>
        <translation>Grenze für Fehlschläge</translation>
    </message>
    <message>
        <source>Counted over</source>
        <translation>Gezählt über</translation>
    </message>
    <message>
        <source>Attempts at least</source>
        <translation>Versuche mindestens</translation>
    </message>
    <message>
        <source>Failures at least</source>
        <translation>Fehlschläge mindestens</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>When the limit is passed</source>
        <translation>Wenn die Grenze überschritten ist</translation>
    </message>
    <message>
        <source>Not again within</source>
        <translation>Nicht erneut innerhalb von</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>take the rollout back</source>
        <translation>den Rollout zurücknehmen</translation>
    </message>
    <message>
        <source>only tell</source>
        <translation>nur melden</translation>
    </message>
    <message>
        <source>pause the rollout</source>
        <translation>den Rollout anhalten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>served</source>
        <translation>beliefert</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>Up to the native major version</source>
        <translation>Bis zur nativen Hauptversion</translation>
    </message>
    <message>
        <source>Same native minor version</source>
        <translation>Gleiche native Nebenversion</translation>
    </message>
    <message>
        <source>Same native version</source>
        <translation>Gleiche native Version</translation>
    </message>
    <message>
        <source>As the bundle says</source>
        <translation>Wie im Bundle angegeben</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <source>An app 1.4 takes 1.9.0, and not 2.0.0: that comes by the store.</source>
        <translation>Eine App 1.4 nimmt 1.9.0 an, nicht aber 2.0.0: Das kommt über den Store.</translation>
    </message>
    <message>
        <source>An app 1.4 takes 1.4.9, and neither 1.5.0 nor 1.3.9.</source>
        <translation>Eine App 1.4 nimmt 1.4.9 an, aber weder 1.5.0 noch 1.3.9.</translation>
    </message>
    <message>
        <source>An app 1.4.2 takes bundles 1.4.2 only, with another pre-release or build text.</source>
        <translation>Eine App 1.4.2 nimmt nur Bundles 1.4.2 an, mit anderem Vorabversions- oder Build-Zusatz.</translation>
    </message>
    <message>
        <source>Each bundle names the lowest native version that may take it.</source>
        <translation>Jedes Bundle nennt die niedrigste native Version, die es annehmen darf.</translation>
    </message>
    <message>
        <source>Any app takes any bundle, also one for a newer native version.</source>
        <translation>Jede App nimmt jedes Bundle an, auch eines für eine neuere native Version.</translation>
    </message>
    <message>
        <source>no platform</source>
        <translation>keine Plattform</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RulesCard</name>
    <message>
        <source>Bundles below native are allowed</source>
        <translation>Bundles unter der nativen Version sind erlaubt</translation>
    </message>
    <message>
        <source>No downgrade below native</source>
        <translation>Keine Rückstufung unter die native Version</translation>
    </message>
    <message>
        <source>Devices may join by themselves</source>
        <translation>Geräte dürfen selbst beitreten</translation>
    </message>
    <message>
        <source>Devices may not join by themselves</source>
        <translation>Geräte dürfen nicht selbst beitreten</translation>
    </message>
    <message>
        <source>Store builds served</source>
        <translation>Store-Builds werden beliefert</translation>
    </message>
    <message>
        <source>Store builds left out</source>
        <translation>Store-Builds ausgenommen</translation>
    </message>
    <message>
        <source>Development builds served</source>
        <translation>Entwicklungs-Builds werden beliefert</translation>
    </message>
    <message>
        <source>Development builds left out</source>
        <translation>Entwicklungs-Builds ausgenommen</translation>
    </message>
    <message>
        <source>Real devices served</source>
        <translation>Echte Geräte werden beliefert</translation>
    </message>
    <message>
        <source>Real devices left out</source>
        <translation>Echte Geräte ausgenommen</translation>
    </message>
    <message>
        <source>Emulators served</source>
        <translation>Emulatoren werden beliefert</translation>
    </message>
    <message>
        <source>Emulators left out</source>
        <translation>Emulatoren ausgenommen</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten&#xa0;…</translation>
    </message>
    <message>
        <source>Edit the rules of the channel</source>
        <translation>Regeln des Kanals bearbeiten</translation>
    </message>
    <message numerus="yes">
        <source>%n devices are pinned here</source>
        <translation>
            <numerusform>%n Gerät ist hier fest zugewiesen</numerusform>
            <numerusform>%n Geräte sind hier fest zugewiesen</numerusform>
        </translation>
    </message>
    <message>
        <source>Pinned devices: not told by the server</source>
        <translation>Fest zugewiesene Geräte: vom Server nicht genannt</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RulesForm</name>
    <message>
        <source>Who gets its bundles here</source>
        <translation>Wer seine Bundles hier erhält</translation>
    </message>
    <message>
        <source>Default for devices that ask for no channel</source>
        <translation>Standard für Geräte, die nach keinem Kanal fragen</translation>
    </message>
    <message>
        <source>Devices may join by themselves</source>
        <translation>Geräte dürfen selbst beitreten</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>Plattformen</translation>
    </message>
    <message>
        <source>Store builds</source>
        <translation>Store-Builds</translation>
    </message>
    <message>
        <source>Development builds</source>
        <translation>Entwicklungs-Builds</translation>
    </message>
    <message>
        <source>Real devices</source>
        <translation>Echte Geräte</translation>
    </message>
    <message>
        <source>Emulators</source>
        <translation>Emulatoren</translation>
    </message>
    <message>
        <source>Builds and devices</source>
        <translation>Builds und Geräte</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Version limit</source>
        <translation>Versionsgrenze</translation>
    </message>
    <message>
        <source>Never a bundle below the native version</source>
        <translation>Nie ein Bundle unter der nativen Version</translation>
    </message>
    <message>
        <source>Progressive deploy</source>
        <translation>Schrittweises Ausrollen</translation>
    </message>
    <message>
        <source>any number</source>
        <translation>beliebig viele</translation>
    </message>
    <message>
        <source>Act by itself when too many devices fail</source>
        <translation>Selbst eingreifen, wenn zu viele Geräte fehlschlagen</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source> min</source>
        <translation>&#xa0;Min.</translation>
    </message>
    <message numerus="yes">
        <source> days</source>
        <comment>behind a number</comment>
        <translation>
            <numerusform>&#xa0;Tag</numerusform>
            <numerusform>&#xa0;Tage</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RulesSheet</name>
    <message>
        <source>This server has no automatic pause, and a device’s draw holds for the whole rollout. Watch the rollout under Monitor.</source>
        <translation>Dieser Server hat keine automatische Pause, und das Los eines Geräts gilt für den ganzen Rollout. Den Rollout unter „Monitor“ beobachten.</translation>
    </message>
    <message>
        <source>Rules of %1</source>
        <translation>Regeln von %1</translation>
    </message>
    <message>
        <source>Somebody else changed these rules meanwhile.</source>
        <translation>Jemand anderes hat diese Regeln inzwischen geändert.</translation>
    </message>
    <message>
        <source>%1. What you change here goes on top of it.</source>
        <translation>%1. Was hier geändert wird, kommt noch hinzu.</translation>
    </message>
    <message>
        <source>Change the rules</source>
        <translation>Regeln ändern</translation>
    </message>
    <message numerus="yes">
        <source>Change %n rules</source>
        <translation>
            <numerusform>%n Regel ändern</numerusform>
            <numerusform>%n Regeln ändern</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>Noch ist nichts geändert.</translation>
    </message>
    <message>
        <source>Change the rules of %1</source>
        <translation>Regeln von %1 ändern</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::SegmentedControl</name>
    <message>
        <source>%1: %2</source>
        <comment>what is chosen, one choice</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ServerForm</name>
    <message>
        <source>Connect to a server</source>
        <translation>Mit einem Server verbinden</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>https://updates.example.com</source>
        <translation>https://updates.example.com</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Where the management API answers.</source>
        <translation>Wo die Verwaltungs-API antwortet.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>How this server is called here.</source>
        <translation>Wie dieser Server hier heißt.</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Kept in the keychain, sent to this server only.</source>
        <translation>Liegt im Schlüsselbund, geht nur an diesen Server.</translation>
    </message>
    <message>
        <source>Used for</source>
        <translation>Verwendet für</translation>
    </message>
    <message>
        <source>Colours the line over every screen.</source>
        <translation>Färbt die Linie über jeder Ansicht.</translation>
    </message>
    <message>
        <source>Connect to Capgo Cloud</source>
        <translation>Mit Capgo Cloud verbinden</translation>
    </message>
    <message>
        <source>Capgo Cloud</source>
        <translation>Capgo Cloud</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindet …</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ShareSlider</name>
    <message>
        <source>New share in percent</source>
        <translation>Neuer Anteil in Prozent</translation>
    </message>
    <message>
        <source>New share</source>
        <translation>Neuer Anteil</translation>
    </message>
    <message>
        <source>↑↓ 1 · Shift 10 · Ctrl 0.1</source>
        <translation>↑↓&#xa0;1 · ⇧&#xa0;10 · Strg&#xa0;0,1</translation>
    </message>
    <message>
        <source>No rollout on the server now.</source>
        <translation>Derzeit kein Rollout auf dem Server.</translation>
    </message>
    <message>
        <source>On the server now: %1.</source>
        <translation>Derzeit auf dem Server: %1.</translation>
    </message>
    <message>
        <source>On the server now: %1. Moving down does not take the bundle off devices that have it; Take back does.</source>
        <translation>Derzeit auf dem Server: %1. Verkleinern nimmt das Bundle den Geräten nicht weg, die es haben; das tut „Zurücknehmen“.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ShareTrack</name>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Rollout share in percent</source>
        <translation>Rollout-Anteil in Prozent</translation>
    </message>
    <message>
        <source>Devices that have the bundle go back to the stable one at their next check.</source>
        <translation>Geräte, die das Bundle haben, kehren bei ihrer nächsten Abfrage zum stabilen zurück.</translation>
    </message>
    <message>
        <source>%1 wished, %2 on the server now</source>
        <translation>%1 gewünscht, derzeit %2 auf dem Server</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ShipStep</name>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It is on the server</source>
        <translation>Es ist auf dem Server</translation>
    </message>
    <message>
        <source>Cancel the upload</source>
        <translation>Hochladen abbrechen</translation>
    </message>
    <message>
        <source>Where it goes</source>
        <translation>Wohin es geht</translation>
    </message>
    <message>
        <source>read back and compared afterwards</source>
        <translation>danach zurückgelesen und verglichen</translation>
    </message>
    <message>
        <source>Open the channel</source>
        <translation>Kanal öffnen</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Share in percent</source>
        <translation>Anteil in Prozent</translation>
    </message>
    <message>
        <source>Make it stable for all devices of the channel</source>
        <translation>Für alle Geräte des Kanals stabil machen</translation>
    </message>
    <message>
        <source>Roll it out to a share of the devices</source>
        <translation>An einen Anteil der Geräte ausrollen</translation>
    </message>
    <message>
        <source>Upload only</source>
        <translation>Nur hochladen</translation>
    </message>
    <message numerus="yes">
        <source>All of its %1 active devices get the bundle at their next check.</source>
        <translation>
            <numerusform>Sein %1 aktives Gerät erhält das Bundle bei der nächsten Abfrage.</numerusform>
            <numerusform>Alle %1 aktiven Geräte erhalten das Bundle bei ihrer nächsten Abfrage.</numerusform>
        </translation>
    </message>
    <message>
        <source>The share can be raised, paused and taken back under Channels.</source>
        <translation>Der Anteil lässt sich unter „Kanäle“ erhöhen, anhalten und zurücknehmen.</translation>
    </message>
    <message>
        <source>No device gets it until a channel points to it.</source>
        <translation>Kein Gerät erhält es, bis ein Kanal darauf zeigt.</translation>
    </message>
    <message>
        <source>%1 was uploaded, read back and found equal.</source>
        <translation>%1 ist hochgeladen, zurückgelesen und stimmt überein.</translation>
    </message>
    <message>
        <source>%1 was uploaded.</source>
        <translation>%1 ist hochgeladen.</translation>
    </message>
    <message>
        <source>Each file</source>
        <translation>Jede Datei</translation>
    </message>
    <message>
        <source>All of its devices get the bundle at their next check.</source>
        <translation>Alle seine Geräte bekommen das Bundle bei ihrer nächsten Abfrage.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Sparkline</name>
    <message>
        <source>Too few values for a trend.</source>
        <translation>Zu wenige Werte für einen Trend.</translation>
    </message>
    <message>
        <source>From %1 to %2, highest %3.</source>
        <translation>Von %1 auf %2, höchstens %3.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::StartScreen</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Try to open the server again</source>
        <translation>Erneut versuchen, den Server zu öffnen</translation>
    </message>
    <message>
        <source>Ship updates you can take back</source>
        <translation>Updates, die sich zurücknehmen lassen</translation>
    </message>
    <message>
        <source>Where do your devices get their updates from?</source>
        <translation>Woher beziehen die Geräte ihre Updates?</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start on this computer</source>
        <translation>Auf diesem Computer starten</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>Connect to Capgo Cloud</source>
        <translation>Mit Capgo Cloud verbinden</translation>
    </message>
    <message>
        <source>Connect to another server</source>
        <translation>Mit einem anderen Server verbinden</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Starts the server that comes with Gatehouse. Nothing to install, no account. Good for trying it and for small teams.</source>
        <translation>Startet den Server, der mit Gatehouse kommt. Keine Installation, kein Konto. Gut zum Ausprobieren und für kleine Teams.</translation>
    </message>
    <message>
        <source>Capgo Cloud</source>
        <translation>Capgo Cloud</translation>
    </message>
    <message>
        <source>Use your organization’s apps and channels. You need an API key from its console.</source>
        <translation>Die Apps und Kanäle der eigenen Organisation verwenden. Dafür ist ein API-Schlüssel aus ihrer Konsole nötig.</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Anderer Server</translation>
    </message>
    <message>
        <source>A self-hosted Capgo, or a Gatehouse server of your team. HTTPS, with the address your devices use.</source>
        <translation>Ein selbst betriebenes Capgo oder ein Gatehouse-Server des Teams. HTTPS, mit der Adresse, die die Geräte verwenden.</translation>
    </message>
    <message>
        <source>See it work first: a sample app, 2 000 simulated devices, one bad release.</source>
        <translation>Erst zusehen: eine Beispiel-App, 2&#x202f;000 simulierte Geräte, ein schlechtes Release.</translation>
    </message>
    <message>
        <source>Runs on this computer, removes itself afterwards. About two minutes.</source>
        <translation>Läuft auf diesem Computer und räumt danach auf. Etwa zwei Minuten.</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>Vorführen</translation>
    </message>
    <message>
        <source>Show me the sample</source>
        <translation>Das Beispiel vorführen</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::StatusBar</name>
    <message>
        <source>Progress of the running job</source>
        <translation>Fortschritt des laufenden Auftrags</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>Warten auf den Schlüsselbund</translation>
    </message>
    <message>
        <source>%1 unlocked</source>
        <translation>%1 entsperrt</translation>
    </message>
    <message>
        <source>No keychain</source>
        <translation>Kein Schlüsselbund</translation>
    </message>
    <message>
        <source>%1 locked</source>
        <translation>%1 gesperrt</translation>
    </message>
    <message>
        <source>Keychain state: %1</source>
        <translation>Zustand des Schlüsselbunds: %1</translation>
    </message>
    <message>
        <source>No running jobs</source>
        <translation>Keine laufenden Aufträge</translation>
    </message>
    <message numerus="yes">
        <source>%n running jobs</source>
        <translation>
            <numerusform>%n laufender Auftrag</numerusform>
            <numerusform>%n laufende Aufträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Jobs: %1</source>
        <translation>Aufträge: %1</translation>
    </message>
    <message>
        <source>loopback</source>
        <translation>Loopback</translation>
    </message>
    <message>
        <source>Gatehouse server %1 · %2</source>
        <translation>Gatehouse-Server %1 · %2</translation>
    </message>
    <message>
        <source>Capgo server · %1</source>
        <translation>Capgo-Server · %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Stepper</name>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>current step</source>
        <translation>aktueller Schritt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>%1. %2, %3</source>
        <translation>%1. %2, %3</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Tile</name>
    <message>
        <source>%1: %2. %3</source>
        <comment>label, figure, context</comment>
        <translation>%1: %2. %3</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Toast</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>No device has taken it yet</source>
        <translation>Noch hat es kein Gerät geholt</translation>
    </message>
    <message numerus="yes">
        <source>%n devices are back</source>
        <translation>
            <numerusform>%n Gerät ist zurück</numerusform>
            <numerusform>%n Geräte sind zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n devices have taken it</source>
        <translation>
            <numerusform>%n Gerät hat es geholt</numerusform>
            <numerusform>%n Geräte haben es geholt</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo the change to %1</source>
        <translation>Änderung an %1 rückgängig machen</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::VersionStep</name>
    <message>
        <source>Version and notes</source>
        <translation>Version und Notizen</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Devices know the bundle by it. Three numbers, never used before.</source>
        <translation>Daran erkennen Geräte das Bundle. Drei Zahlen, nie zuvor verwendet.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>What changes. Part of the signed statement, and shown to colleagues.</source>
        <translation>Was sich ändert. Teil der signierten Erklärung und für das Team sichtbar.</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::AppsRepository</name>
    <message>
        <source>Create the app %1</source>
        <translation>App %1 anlegen</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::BundleDraft</name>
    <message>
        <source>Look at %1</source>
        <translation>%1 durchsehen</translation>
    </message>
    <message>
        <source>Sign and encrypt %1</source>
        <translation>%1 signieren und verschlüsseln</translation>
    </message>
    <message>
        <source>Upload %1</source>
        <translation>%1 hochladen</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::BundleShelf</name>
    <message>
        <source>Verify %1</source>
        <translation>%1 überprüfen</translation>
    </message>
    <message>
        <source>Compare %1 and %2</source>
        <translation>%1 und %2 vergleichen</translation>
    </message>
    <message>
        <source>Save the files of %1</source>
        <translation>Dateien von %1 speichern</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::BundlesRepository</name>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::ChannelsRepository</name>
    <message>
        <source>Create the channel %1</source>
        <translation>Kanal %1 anlegen</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::KeyRing</name>
    <message>
        <source>Create the bundle key of %1</source>
        <translation>Bundle-Schlüssel von %1 erstellen</translation>
    </message>
    <message>
        <source>Import a bundle key for %1</source>
        <translation>Bundle-Schlüssel für %1 importieren</translation>
    </message>
    <message>
        <source>Create a release identity</source>
        <translation>Release-Identität erstellen</translation>
    </message>
    <message>
        <source>Remove a bundle key of %1</source>
        <translation>Bundle-Schlüssel von %1 entfernen</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::SecretPlace</name>
    <message>
        <source>Keychain</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Tresor</translation>
    </message>
    <message>
        <source>Unlock the keychain</source>
        <translation>Schlüsselbund entsperren</translation>
    </message>
    <message>
        <source>Open the vault</source>
        <translation>Tresor öffnen</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::ServerDesk</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Get the key of the server on this computer</source>
        <translation>Schlüssel des Servers auf diesem Computer holen</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Sandbox keys</source>
        <translation>Sandbox-Schlüssel</translation>
    </message>
    <message>
        <source>Prove the server on this computer</source>
        <translation>Server auf diesem Computer prüfen</translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>Mit %1 verbinden</translation>
    </message>
    <message>
        <source>Get the key of %1</source>
        <translation>Schlüssel von %1 holen</translation>
    </message>
    <message>
        <source>Look at the certificate</source>
        <translation>Das Zertifikat prüfen</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::ShowMe</name>
    <message>
        <source>Prepare the sample app</source>
        <translation>Beispiel-App vorbereiten</translation>
    </message>
    <message>
        <source>Build and ship the sample %1</source>
        <translation>Beispiel %1 bauen und ausliefern</translation>
    </message>
</context>
</TS>
