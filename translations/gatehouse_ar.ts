<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar">
<context>
    <name>ChartData</name>
    <message>
        <source>No values in this range.</source>
        <translation>لا قيم في هذه الفترة.</translation>
    </message>
    <message>
        <source>Last values: %1.</source>
        <translation>آخر القيم: %1.</translation>
    </message>
</context>
<context>
    <name>ForeignText</name>
    <message>
        <source>%1</source>
        <extracomment>A name, version or address from outside, as it stands in a text. A language written from the right puts U+2068 in front and U+2069 behind, so that &quot;1.2.0-beta.1&quot; is not turned around; all others leave it as it is.</extracomment>
        <translation>⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>M</source>
        <translation>مليون</translation>
    </message>
    <message>
        <source>k</source>
        <translation>ألف</translation>
    </message>
    <message>
        <source>%1 %</source>
        <extracomment>A share in percent. An ordinary space becomes a no-break space; languages that write none leave it out.</extracomment>
        <translation>%1٪</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 إلى %2</translation>
    </message>
    <message>
        <source>B</source>
        <translation>بايت</translation>
    </message>
    <message>
        <source>kB</source>
        <translation>ك.ب</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>م.ب</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>غ.ب</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>م.ث</translation>
    </message>
    <message>
        <source>s</source>
        <translation>ث</translation>
    </message>
    <message>
        <source>min</source>
        <translation>د</translation>
    </message>
    <message>
        <source>h</source>
        <translation>س</translation>
    </message>
    <message>
        <source>d</source>
        <translation>ي</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>Day and month, as QLocale reads patterns: &quot;12 Nov&quot;</extracomment>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>ddd d</source>
        <extracomment>Day of the week and of the month, as QLocale reads patterns: &quot;Wed 12&quot;</extracomment>
        <translation>ddd d</translation>
    </message>
    <message>
        <source>ddd d MMM HH:mm</source>
        <extracomment>A moment in a table, as QLocale reads patterns: &quot;Wed 12 Nov 09:12&quot;</extracomment>
        <translation>ddd d MMM HH:mm</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>الآن</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>قبل %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>أمس %1</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>غدًا %1</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>A date, as QLocale reads patterns: &quot;12 Nov 2025&quot;</extracomment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy HH:mm:ss</source>
        <extracomment>A moment in full, as QLocale reads patterns: &quot;Wednesday, 12 November 2025 09:12:04&quot;</extracomment>
        <translation>dddd، d MMMM yyyy HH:mm:ss</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>built-in</source>
        <translation>مضمّنة</translation>
    </message>
    <message>
        <source>95 % of active devices</source>
        <translation>٩٥٪ من الأجهزة النشطة</translation>
    </message>
    <message>
        <source>1.2.2 released</source>
        <translation>صدرت 1.2.2</translation>
    </message>
    <message>
        <source>1.2.3 · 10 %</source>
        <translation>1.2.3 · ١٠٪</translation>
    </message>
    <message>
        <source>50 %</source>
        <translation>٥٠٪</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>١٠٠٪</translation>
    </message>
    <message>
        <source>guard limit 2 %</source>
        <translation>حد الحارس ٢٪</translation>
    </message>
    <message>
        <source>Chart panel</source>
        <translation>لوحة المخطط</translation>
    </message>
    <message>
        <source>Active devices by bundle</source>
        <translation>الأجهزة النشطة حسب الحزمة</translation>
    </message>
    <message>
        <source>Failure rate</source>
        <translation>معدل الفشل</translation>
    </message>
    <message>
        <source>share of installs; band holds at every moment, 95 %</source>
        <translation>من التثبيتات؛ النطاق صالح في كل لحظة، ٩٥٪</translation>
    </message>
    <message>
        <source>Chart panel: crosshair and table</source>
        <translation>لوحة المخطط: مؤشر وجدول</translation>
    </message>
    <message>
        <source>Buttons</source>
        <translation>الأزرار</translation>
    </message>
    <message>
        <source>New bundle</source>
        <translation>حزمة جديدة</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Roll back to…</source>
        <translation>رجوع إلى…</translation>
    </message>
    <message>
        <source>Take back from 41 devices</source>
        <translation>سحب من ٤١ جهازًا</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>عادي</translation>
    </message>
    <message>
        <source>with icon</source>
        <translation>مع أيقونة</translation>
    </message>
    <message>
        <source>small</source>
        <translation>صغير</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>معطّل</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>الأنواع</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>More</source>
        <translation>المزيد</translation>
    </message>
    <message>
        <source>see why</source>
        <translation>لماذا</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>الحقول</translation>
    </message>
    <message>
        <source>Standard controls in the style</source>
        <translation>عناصر قياسية بهذا الأسلوب</translation>
    </message>
    <message>
        <source>typed text</source>
        <translation>نص مكتوب</translation>
    </message>
    <message>
        <source>A field</source>
        <translation>حقل</translation>
    </message>
    <message>
        <source>what could stand here</source>
        <translation>ما قد يُكتب هنا</translation>
    </message>
    <message>
        <source>A field with a hint</source>
        <translation>حقل مع تلميح</translation>
    </message>
    <message>
        <source>cannot be changed</source>
        <translation>لا يمكن تغييره</translation>
    </message>
    <message>
        <source>A disabled field</source>
        <translation>حقل معطّل</translation>
    </message>
    <message>
        <source>breaks a rule</source>
        <translation>يخالف قاعدة</translation>
    </message>
    <message>
        <source>A field with a mistake</source>
        <translation>حقل فيه خطأ</translation>
    </message>
    <message>
        <source>production</source>
        <translation>إنتاج</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>beta</translation>
    </message>
    <message>
        <source>A choice</source>
        <translation>اختيار</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>رقم</translation>
    </message>
    <message>
        <source>Several lines of text, as in a comment of a review.</source>
        <translation>عدة أسطر من النص، كما في تعليق مراجعة.</translation>
    </message>
    <message>
        <source>A comment</source>
        <translation>تعليق</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>مؤشَّر</translation>
    </message>
    <message>
        <source>partly</source>
        <translation>جزئيًا</translation>
    </message>
    <message>
        <source>one</source>
        <translation>أول</translation>
    </message>
    <message>
        <source>unchecked</source>
        <translation>غير مؤشَّر</translation>
    </message>
    <message>
        <source>other</source>
        <translation>آخر</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>التقدّم</translation>
    </message>
    <message>
        <source>Finished progress</source>
        <translation>تقدّم مكتمل</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>الملفات</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>الملاحظات</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>التواقيع</translation>
    </message>
    <message>
        <source>Tabs</source>
        <translation>ألسنة</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>جدول</translation>
    </message>
    <message>
        <source>Who gets what</source>
        <translation>من يحصل على ماذا</translation>
    </message>
    <message>
        <source>example rows of the gallery</source>
        <translation>صفوف مثال من المعرض</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>الإصدار</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>العضو</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>الأجهزة</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>هادئة</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>متوقف مؤقتًا</translation>
    </message>
    <message>
        <source>Built</source>
        <translation>مبنية</translation>
    </message>
    <message>
        <source>Example table</source>
        <translation>جدول مثال</translation>
    </message>
    <message>
        <source>Icons</source>
        <translation>الأيقونات</translation>
    </message>
    <message>
        <source>Active devices reached</source>
        <translation>الأجهزة المشمولة</translation>
    </message>
    <message>
        <source>Failures to expect in 24 h</source>
        <translation>حالات الفشل المتوقعة في ٢٤ ساعة</translation>
    </message>
    <message>
        <source>6 to 31, estimated</source>
        <translation>٦ إلى ٣١، تقديريًا</translation>
    </message>
    <message>
        <source>Time to take 90 % back</source>
        <translation>الوقت لسحب ٩٠٪</translation>
    </message>
    <message>
        <source>about 3 h</source>
        <translation>نحو ٣ ساعات</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>تقديريًا</translation>
    </message>
    <message>
        <source>Share slider</source>
        <translation>شريط النسبة</translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>الطرح</translation>
    </message>
    <message>
        <source>2 of 2 approvals</source>
        <translation>موافقتان من ٢</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>تجاهل</translation>
    </message>
    <message>
        <source>Review: 10 % → 25 %</source>
        <translation>مراجعة: ١٠٪ ← ٢٥٪</translation>
    </message>
    <message>
        <source>Impact strip</source>
        <translation>شريط الأثر</translation>
    </message>
    <message>
        <source>No device has this bundle yet.</source>
        <translation>لا جهاز لديه هذه الحزمة بعد.</translation>
    </message>
    <message>
        <source>Too few check-ins to say.</source>
        <translation>الاتصالات أقل من أن يُقال شيء.</translation>
    </message>
    <message>
        <source>Review sheet</source>
        <translation>ورقة المراجعة</translation>
    </message>
    <message>
        <source>Card %1 of the page below</source>
        <translation>البطاقة %1 في الصفحة تحتها</translation>
    </message>
    <message>
        <source>The scrim lies over it.</source>
        <translation>يغطيها الستار.</translation>
    </message>
    <message>
        <source>Approve 1.2.3 for channel 1</source>
        <translation>الموافقة على 1.2.3 للقناة ١</translation>
    </message>
    <message>
        <source>channel 1, rolling out</source>
        <translation>القناة ١، قيد الطرح</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>1.2.3 at 5 %, then 25 %</source>
        <translation>1.2.3 عند ٥٪، ثم ٢٥٪</translation>
    </message>
    <message>
        <source>channel 1, stable</source>
        <translation>القناة ١، المستقرة</translation>
    </message>
    <message>
        <source>Devices reached</source>
        <translation>الأجهزة المشمولة</translation>
    </message>
    <message>
        <source>Failures in 24 h</source>
        <translation>حالات الفشل في ٢٤ ساعة</translation>
    </message>
    <message>
        <source>2 to 16</source>
        <translation>٢ إلى ١٦</translation>
    </message>
    <message>
        <source>90 % back in</source>
        <translation>عودة ٩٠٪ خلال</translation>
    </message>
    <message>
        <source>est.</source>
        <translation>تقديرًا</translation>
    </message>
    <message>
        <source>Checked on this computer, just now</source>
        <translation>فُحص على هذا الحاسوب الآن</translation>
    </message>
    <message>
        <source>Downloaded as a device would</source>
        <translation>نُزّلت كما يفعل جهاز</translation>
    </message>
    <message>
        <source>Digest and signature hold</source>
        <translation>البصمة والتوقيع صحيحان</translation>
    </message>
    <message>
        <source>Decrypts with the key</source>
        <translation>يُفك تشفيرها بالمفتاح</translation>
    </message>
    <message>
        <source>The host change is the new crash reporter.</source>
        <translation>تغيّر المضيف سببه مُبلّغ الأعطال الجديد.</translation>
    </message>
    <message>
        <source>Your identity asks for its passphrase</source>
        <translation>تطلب هويتك عبارة مرورها</translation>
    </message>
    <message>
        <source>Decline…</source>
        <translation>رفض…</translation>
    </message>
    <message>
        <source>Sign approval 2 of 2</source>
        <translation>توقيع الموافقة ٢ من ٢</translation>
    </message>
    <message>
        <source>Toast</source>
        <translation>رسالة عابرة</translation>
    </message>
    <message>
        <source>Channel 2 now serves 1.2.2.</source>
        <translation>تقدّم القناة ٢ الآن 1.2.2.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>3 devices have taken it</source>
        <translation>أخذتها ٣ أجهزة</translation>
    </message>
    <message>
        <source>Stepper</source>
        <translation>شريط الخطوات</translation>
    </message>
    <message>
        <source>Assess</source>
        <translation>تقييم</translation>
    </message>
    <message>
        <source>Contain</source>
        <translation>احتواء</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>تعافٍ</translation>
    </message>
    <message>
        <source>Steps of the emergency</source>
        <translation>خطوات الطوارئ</translation>
    </message>
    <message>
        <source>Steps of the assistant</source>
        <translation>خطوات المساعد</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>المجلد</translation>
    </message>
    <message>
        <source>dist · 412 files, 11.8 MB</source>
        <translation>dist · ٤١٢ ملفًا، ١١٫٨ م.ب</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>الفحوص</translation>
    </message>
    <message>
        <source>24 passed, 2 to look at</source>
        <translation>نجح ٢٤، وملاحظتان</translation>
    </message>
    <message>
        <source>Version and notes</source>
        <translation>الإصدار والملاحظات</translation>
    </message>
    <message>
        <source>1.2.3 exists already</source>
        <translation>1.2.3 موجود من قبل</translation>
    </message>
    <message>
        <source>Sign and encrypt</source>
        <translation>التوقيع والتشفير</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>جارٍ</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>رفع</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>تجهيز</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>الخط الزمني</translation>
    </message>
    <message>
        <source>Recent activity</source>
        <translation>النشاط الأخير</translation>
    </message>
    <message>
        <source>Guard paused </source>
        <translation>أوقف الحارس </translation>
    </message>
    <message>
        <source> on channel 2</source>
        <translation> على القناة ٢</translation>
    </message>
    <message>
        <source>19:58 · evidence 41 devices</source>
        <translation>١٩:٥٨ · الدليل ٤١ جهازًا</translation>
    </message>
    <message>
        <source>You moved channel 2 from 5 % to 10 %</source>
        <translation>نقلتَ القناة ٢ من ٥٪ إلى ١٠٪</translation>
    </message>
    <message>
        <source>19:41 · approved by lead@gallery.example</source>
        <translation>١٩:٤١ · وافق عليه lead@gallery.example</translation>
    </message>
    <message>
        <source>You uploaded </source>
        <translation>رفعتَ </translation>
    </message>
    <message>
        <source>18:20 · 4.2 MB, signed, encrypted</source>
        <translation>١٨:٢٠ · ٤٫٢ م.ب، موقّعة ومشفرة</translation>
    </message>
    <message>
        <source>Sparkline and status</source>
        <translation>خط الاتجاه والحالة</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>الاتجاهات</translation>
    </message>
    <message>
        <source>Example trend %1</source>
        <translation>اتجاه مثال %1</translation>
    </message>
    <message>
        <source>States</source>
        <translation>الحالات</translation>
    </message>
    <message>
        <source>running</source>
        <translation>يعمل</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>يبدأ</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>قديم</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>Fingerprint and code</source>
        <translation>البصمة والشفرة</translation>
    </message>
    <message>
        <source>Identity of the gallery</source>
        <translation>هوية المعرض</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>أمر</translation>
    </message>
    <message>
        <source>Example command</source>
        <translation>أمر مثال</translation>
    </message>
    <message>
        <source>Form field, search, choice</source>
        <translation>حقل نموذج، بحث، اختيار</translation>
    </message>
    <message>
        <source>A form</source>
        <translation>نموذج</translation>
    </message>
    <message>
        <source>Semantic version, higher than what is live.</source>
        <translation>إصدار دلالي أعلى من المنشور.</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>عنوان الخادم</translation>
    </message>
    <message>
        <source>Only HTTPS is accepted outside this computer.</source>
        <translation>لا يُقبل خارج هذا الحاسوب إلا HTTPS.</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>الفترة الزمنية</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>ساعة</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>٢٤ ساعة</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>٧ أيام</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>٣٠ يومًا</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>٩٠ يومًا</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>تصفية</translation>
    </message>
    <message>
        <source>Empty state</source>
        <translation>حالة فارغة</translation>
    </message>
    <message>
        <source>No bundle has been uploaded yet. Build one from a folder of web assets.</source>
        <translation>لم تُرفع أي حزمة بعد. ابنِ واحدة من مجلد ملفات ويب.</translation>
    </message>
    <message>
        <source>Error state</source>
        <translation>حالة خطأ</translation>
    </message>
    <message>
        <source>The channels could not be read.</source>
        <translation>تعذّرت قراءة القنوات.</translation>
    </message>
    <message>
        <source>The server gallery.example did not answer within 10 s.</source>
        <translation>لم يجب الخادم gallery.example خلال ١٠ ث.</translation>
    </message>
    <message>
        <source>Check the connection, then retry.</source>
        <translation>تحقق من الاتصال ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>Skeleton</source>
        <translation>هيكل</translation>
    </message>
    <message>
        <source>channel %1</source>
        <translation>القناة %1</translation>
    </message>
    <message>
        <source>Paused by guard</source>
        <translation>أوقفها الحارس</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>المستقرة</translation>
    </message>
    <message>
        <source>since 12 Nov</source>
        <translation>منذ ١٢ نوفمبر</translation>
    </message>
    <message>
        <source>On newest, 24 h</source>
        <translation>على الأحدث، ٢٤ ساعة</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>حالات الفشل</translation>
    </message>
    <message>
        <source>Roll back…</source>
        <translation>رجوع…</translation>
    </message>
    <message>
        <source>Roll back channel %1</source>
        <translation>إرجاع القناة %1</translation>
    </message>
    <message>
        <source>Open channel %1</source>
        <translation>فتح القناة %1</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>بطاقة</translation>
    </message>
    <message>
        <source>A card with an explanation</source>
        <translation>بطاقة مع شرح</translation>
    </message>
    <message>
        <source>one line beside the title</source>
        <translation>سطر بجانب العنوان</translation>
    </message>
    <message>
        <source>Because the trust root, version 3, lists this identity with the role </source>
        <translation>لأن جذر الثقة، الإصدار ٣، يدرج هذه الهوية بدور </translation>
    </message>
    <message>
        <source>qa</source>
        <translation>qa</translation>
    </message>
    <message>
        <source>, and the policy takes two signatures. The bundle is </source>
        <translation>، والسياسة تتطلب توقيعين. الحزمة هي </translation>
    </message>
    <message>
        <source>Pill</source>
        <translation>شارة</translation>
    </message>
    <message>
        <source>Tones, with and without an icon</source>
        <translation>الألوان، مع أيقونة ومن دونها</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>تحت المراقبة</translation>
    </message>
    <message>
        <source>Wants approval</source>
        <translation>تنتظر موافقة</translation>
    </message>
    <message>
        <source>No guard</source>
        <translation>لا حارس</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>بلاطة</translation>
    </message>
    <message>
        <source>On the newest bundle after 24 h</source>
        <translation>على أحدث حزمة بعد ٢٤ ساعة</translation>
    </message>
    <message>
        <source>reference 95 %</source>
        <translation>المرجع ٩٥٪</translation>
    </message>
    <message>
        <source>Publish to install, median</source>
        <translation>من النشر إلى التثبيت، الوسيط</translation>
    </message>
    <message>
        <source>p95 19 h</source>
        <translation>p95 ‏١٩ س</translation>
    </message>
    <message>
        <source>Failures to expect</source>
        <translation>الفشل المتوقع</translation>
    </message>
    <message>
        <source>limit 2 %</source>
        <translation>الحد ٢٪</translation>
    </message>
    <message>
        <source>Update success</source>
        <translation>نجاح التحديث</translation>
    </message>
    <message>
        <source>No device has reported in this range.</source>
        <translation>لم يبلّغ أي جهاز في هذه الفترة.</translation>
    </message>
    <message>
        <source>Banner</source>
        <translation>لافتة</translation>
    </message>
    <message>
        <source>The guard paused the rollout of 1.2.2 on channel 2 at 19:58.</source>
        <translation>أوقف الحارس طرح 1.2.2 على القناة ٢ عند ١٩:٥٨.</translation>
    </message>
    <message>
        <source>9 of 41 devices failed to install; the limit is 2 %. 8 of the 9 run one old system version, and none of them has reported since.</source>
        <translation>فشل التثبيت على ٩ من ٤١ جهازًا؛ والحد ٢٪. ‏٨ من الـ ٩ تعمل بإصدار نظام قديم واحد، ولم يبلّغ أي منها منذئذ.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>لماذا؟</translation>
    </message>
    <message>
        <source>Why, banner %1</source>
        <translation>لماذا، اللافتة %1</translation>
    </message>
    <message>
        <source>Page header</source>
        <translation>رأس الصفحة</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>نظرة عامة</translation>
    </message>
    <message>
        <source>Updated 2 s ago</source>
        <translation>حُدّثت قبل ٢ ث</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>الحزم</translation>
    </message>
    <message>
        <source>Emergency: 1.2.2 fails on one system version</source>
        <translation>طوارئ: تفشل 1.2.2 على إصدار نظام واحد</translation>
    </message>
    <message>
        <source>Stale 4 min</source>
        <translation>قديم منذ ٤ د</translation>
    </message>
    <message>
        <source>older</source>
        <translation>أقدم</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>The sample starts: a server, an app, keys and the first bundle.</source>
        <translation>يبدأ النموذج: خادم وتطبيق ومفاتيح والحزمة الأولى.</translation>
    </message>
    <message>
        <source>2 000 simulated devices take bundle 1.0.0.</source>
        <translation>٢&#x202f;٠٠٠ جهاز محاكى تأخذ الحزمة 1.0.0.</translation>
    </message>
    <message>
        <source>They speak the real protocol: check, download, decrypt, unpack, report. Watch them under Monitor.</source>
        <translation>تتحدث البروتوكول الحقيقي: فحص وتنزيل وفك تشفير وفك ضغط وإبلاغ. تابعها في «المراقبة».</translation>
    </message>
    <message>
        <source>Bundle 1.1.0 is out, and the devices move to it.</source>
        <translation>صدرت الحزمة 1.1.0، والأجهزة تنتقل إليها.</translation>
    </message>
    <message>
        <source>Bundle 1.2.0 goes to 25 % of the devices, and it is a bad one.</source>
        <translation>تصل الحزمة 1.2.0 إلى ٢٥٪ من الأجهزة، وهي حزمة سيئة.</translation>
    </message>
    <message>
        <source>Take it back: under Overview, with one button.</source>
        <translation>اسحبها: في «نظرة عامة»، بزر واحد.</translation>
    </message>
    <message>
        <source>It is taken back: devices return to 1.1.0 at their next check.</source>
        <translation>سُحبت: تعود الأجهزة إلى 1.1.0 عند فحصها التالي.</translation>
    </message>
    <message>
        <source>The sample is gone when you choose another server or close the program.</source>
        <translation>يزول النموذج حين تختار خادمًا آخر أو تغلق البرنامج.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>There is no room left for the bundle “%1”.</source>
        <translation>لم تبقَ مساحة للحزمة «%1».</translation>
    </message>
    <message>
        <source>The bundle “%1” could not be written.</source>
        <translation>تعذّرت كتابة الحزمة «%1».</translation>
    </message>
    <message>
        <source>Make room or choose another folder, then try again.</source>
        <translation>وفّر مساحة أو اختر مجلدًا آخر ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>The bundle is larger than the server takes.</source>
        <translation>الحزمة أكبر مما يقبله الخادم.</translation>
    </message>
    <message>
        <source>The limit is %1 MiB.</source>
        <translation>الحد %1 م.ب.</translation>
    </message>
    <message>
        <source>Leave out media and source maps, or load large files from the web.</source>
        <translation>استبعد الوسائط وخرائط المصدر، أو حمّل الملفات الكبيرة من الويب.</translation>
    </message>
    <message>
        <source>This folder cannot be made into a bundle.</source>
        <translation>لا يمكن بناء حزمة من هذا المجلد.</translation>
    </message>
    <message>
        <source>Correct what the check found, then try again.</source>
        <translation>أصلح ما وجده الفحص ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>An encrypted bundle needs the app&apos;s bundle key.</source>
        <translation>تحتاج الحزمة المشفرة إلى مفتاح حزم التطبيق.</translation>
    </message>
    <message>
        <source>Create or import the bundle key of this app first.</source>
        <translation>أنشئ مفتاح حزم هذا التطبيق أو استورده أولًا.</translation>
    </message>
    <message>
        <source>The bundle has %1 MiB; above 20 MiB slow connections do not finish the download in time.</source>
        <translation>حجم الحزمة %1 م.ب؛ وفوق 20 م.ب لا تُكمل الاتصالات البطيئة التنزيل في الوقت المناسب.</translation>
    </message>
    <message>
        <source>Encrypted with AES-256: only apps with a plugin build of their own can read this bundle.</source>
        <translation>مشفرة بـ AES-256: لا تقرأ هذه الحزمة إلا تطبيقات لها نسخة خاصة من الإضافة.</translation>
    </message>
    <message>
        <source>The file could not be read: %1</source>
        <translation>تعذّرت قراءة الملف: %1</translation>
    </message>
    <message>
        <source>No .js file calls notifyAppReady, so devices take this bundle back after about ten seconds.</source>
        <translation>لا يستدعي أي ملف ‎.js‏ notifyAppReady، لذلك تتراجع الأجهزة عن هذه الحزمة بعد نحو عشر ثوانٍ.</translation>
    </message>
    <message>
        <source>On some devices this is the same name as “%1”.</source>
        <translation>على بعض الأجهزة هذا هو الاسم نفسه «%1».</translation>
    </message>
    <message>
        <source>There is no index.html at the top of the folder.</source>
        <translation>لا يوجد index.html في أعلى المجلد.</translation>
    </message>
    <message>
        <source>There is no folder “%1”.</source>
        <translation>لا يوجد مجلد «%1».</translation>
    </message>
    <message>
        <source>Build the web app first, then choose the folder with its index.html.</source>
        <translation>ابنِ تطبيق الويب أولًا، ثم اختر المجلد الذي فيه index.html.</translation>
    </message>
    <message>
        <source>The folder “%1” could not be read.</source>
        <translation>تعذّرت قراءة المجلد «%1».</translation>
    </message>
    <message>
        <source>The name is not UTF-8.</source>
        <translation>الاسم ليس UTF-8.</translation>
    </message>
    <message>
        <source>The file could not be looked at: %1.</source>
        <translation>تعذّر النظر في الملف: %1.</translation>
    </message>
    <message>
        <source>This link leads out of the folder, or nowhere.</source>
        <translation>يقود هذا الرابط إلى خارج المجلد أو إلى لا شيء.</translation>
    </message>
    <message>
        <source>This folder contains itself through a link, or lies too deep.</source>
        <translation>يحتوي هذا المجلد على نفسه عبر رابط، أو يقع عميقًا جدًا.</translation>
    </message>
    <message>
        <source>This is no regular file but a device, pipe or socket.</source>
        <translation>ليس هذا ملفًا عاديًا بل جهاز أو أنبوب أو مقبس.</translation>
    </message>
    <message>
        <source>The file could not be read: %1.</source>
        <translation>تعذّرت قراءة الملف: %1.</translation>
    </message>
    <message>
        <source>The file “%1” could not be read.</source>
        <translation>تعذّرت قراءة الملف «%1».</translation>
    </message>
    <message>
        <source>The file “%1” is not the JSON that npm writes.</source>
        <translation>الملف «%1» ليس JSON الذي يكتبه npm.</translation>
    </message>
    <message>
        <source>There is no package.json near the folder, so it is not known which native packages the app needs.</source>
        <translation>لا يوجد package.json قرب المجلد، فلا يُعرف أي مكوّنات أصلية يحتاجها التطبيق.</translation>
    </message>
    <message>
        <source>“%1” is not installed here; its version is what package.json asks for.</source>
        <translation>«%1» غير مثبّت هنا؛ وإصداره ما يطلبه package.json.</translation>
    </message>
    <message>
        <source>The path has an empty part.</source>
        <translation>في المسار جزء فارغ.</translation>
    </message>
    <message>
        <source>The path leads out of the bundle with “..”.</source>
        <translation>يقود المسار إلى خارج الحزمة بـ «..».</translation>
    </message>
    <message>
        <source>“%1” is a reserved name on Windows, so the bundle could not be unpacked there.</source>
        <translation>«%1» اسم محجوز في Windows، فلا يمكن فك ضغط الحزمة هناك.</translation>
    </message>
    <message>
        <source>A name that ends in a dot or a space becomes another name on Windows.</source>
        <translation>الاسم المنتهي بنقطة أو مسافة يصير اسمًا آخر في Windows.</translation>
    </message>
    <message>
        <source>The name is empty.</source>
        <translation>الاسم فارغ.</translation>
    </message>
    <message>
        <source>The path holds a zero byte.</source>
        <translation>في المسار بايت صفري.</translation>
    </message>
    <message>
        <source>The path holds a control character.</source>
        <translation>في المسار حرف تحكم.</translation>
    </message>
    <message>
        <source>The path holds a back-slash, which some devices take for a folder.</source>
        <translation>في المسار شرطة عكسية، وبعض الأجهزة تعدّها مجلدًا.</translation>
    </message>
    <message>
        <source>The path is absolute.</source>
        <translation>المسار مطلق.</translation>
    </message>
    <message>
        <source>The path is longer than 800 bytes.</source>
        <translation>المسار أطول من 800 بايت.</translation>
    </message>
    <message>
        <source>The path holds a character that Windows does not take in names.</source>
        <translation>في المسار حرف لا يقبله Windows في الأسماء.</translation>
    </message>
    <message>
        <source>The name holds a space: it works in a zip, but not in a delta release.</source>
        <translation>في الاسم مسافة: يصلح في ملف zip ولا يصلح في إصدار تفاضلي.</translation>
    </message>
    <message>
        <source>The file “%1” changed while the bundle was being made.</source>
        <translation>تغيّر الملف «%1» أثناء بناء الحزمة.</translation>
    </message>
    <message>
        <source>Wait until the web app is built completely, then try again.</source>
        <translation>انتظر حتى يكتمل بناء تطبيق الويب ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>This server takes uploads in one piece only.</source>
        <translation>لا يقبل هذا الخادم الرفع إلا قطعة واحدة.</translation>
    </message>
    <message>
        <source>This server takes whole archives only.</source>
        <translation>لا يقبل هذا الخادم إلا الأرشيفات الكاملة.</translation>
    </message>
    <message>
        <source>This version of the server (%1) does not have it.</source>
        <translation>لا يملك هذا الإصدار من الخادم (%1) ذلك.</translation>
    </message>
    <message>
        <source>The server has not been asked yet.</source>
        <translation>لم يُسأل الخادم بعد.</translation>
    </message>
    <message>
        <source>The app %1 has no channel &quot;%2&quot;.</source>
        <translation>ليس للتطبيق %1 قناة «%2».</translation>
    </message>
    <message>
        <source>The server does not let this key change the channel &quot;%1&quot;.</source>
        <translation>لا يسمح الخادم لهذا المفتاح بتغيير القناة «%1».</translation>
    </message>
    <message>
        <source>Changing a channel needs the permissions channel.update_settings and channel.promote_bundle.</source>
        <translation>يحتاج تغيير القناة إلى الصلاحيتين channel.update_settings و channel.promote_bundle.</translation>
    </message>
    <message>
        <source>Use a key with these permissions.</source>
        <translation>استخدم مفتاحًا له هذه الصلاحيات.</translation>
    </message>
    <message>
        <source>The channel &quot;%1&quot; was changed by somebody else meanwhile.</source>
        <translation>غيّر شخص آخر القناة «%1» في هذه الأثناء.</translation>
    </message>
    <message>
        <source>Look at its present state and decide again.</source>
        <translation>انظر إلى حالتها الراهنة وقرّر من جديد.</translation>
    </message>
    <message>
        <source>The server %1 cannot be reached.</source>
        <translation>تعذّر الوصول إلى الخادم %1.</translation>
    </message>
    <message>
        <source>Check the network and the address of the server.</source>
        <translation>تحقق من الشبكة ومن عنوان الخادم.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the address of a server.</source>
        <translation>«%1» ليس عنوان خادم.</translation>
    </message>
    <message>
        <source>An address looks like https://api.example.org.</source>
        <translation>يبدو العنوان مثل https://api.example.org.</translation>
    </message>
    <message>
        <source>The address of a server must not hold a name or a password.</source>
        <translation>يجب ألا يحتوي عنوان الخادم على اسم أو كلمة مرور.</translation>
    </message>
    <message>
        <source>The server %1 must be asked over https.</source>
        <translation>يجب سؤال الخادم %1 عبر https.</translation>
    </message>
    <message>
        <source>Over plain http everybody on the way could read the API key.</source>
        <translation>عبر http العادي يستطيع كل من على الطريق قراءة مفتاح API.</translation>
    </message>
    <message>
        <source>Give the server a certificate and use https://.</source>
        <translation>زوّد الخادم بشهادة واستخدم https://.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; cannot be read.</source>
        <translation>تعذّرت قراءة الملف «%1».</translation>
    </message>
    <message>
        <source>It is shorter than it was.</source>
        <translation>صار أقصر مما كان.</translation>
    </message>
    <message>
        <source>The server %1 is not the one it was.</source>
        <translation>الخادم %1 ليس الذي كان.</translation>
    </message>
    <message>
        <source>Its certificate holds another key than the one that was noted.</source>
        <translation>تحمل شهادته مفتاحًا غير المسجّل.</translation>
    </message>
    <message>
        <source>If the certificate was renewed with a new key, note the new key in the settings of this server.</source>
        <translation>إن جُدّدت الشهادة بمفتاح جديد، فسجّل المفتاح الجديد في إعدادات هذا الخادم.</translation>
    </message>
    <message>
        <source>The answer of the server %1 is too large.</source>
        <translation>رد الخادم %1 كبير جدًا.</translation>
    </message>
    <message>
        <source>It has %1 bytes; at most %2 are expected.</source>
        <translation>فيه %1 بايت؛ والمتوقع %2 على الأكثر.</translation>
    </message>
    <message>
        <source>At most %1 bytes are expected.</source>
        <translation>المتوقع %1 بايت على الأكثر.</translation>
    </message>
    <message>
        <source>The server %1 could not prove who it is.</source>
        <translation>لم يستطع الخادم %1 إثبات هويته.</translation>
    </message>
    <message>
        <source>If it uses an authority of your organization, add that certificate to the settings of this server.</source>
        <translation>إن كان يستخدم سلطة شهادات لمنظمتك، فأضف شهادتها إلى إعدادات هذا الخادم.</translation>
    </message>
    <message>
        <source>The server %1 did not answer in time.</source>
        <translation>لم يجب الخادم %1 في الوقت المناسب.</translation>
    </message>
    <message>
        <source>Nothing came for %1 s.</source>
        <translation>لم يصل شيء طوال %1 ث.</translation>
    </message>
    <message>
        <source>It closed the connection before it answered.</source>
        <translation>أغلق الاتصال قبل أن يجيب.</translation>
    </message>
    <message>
        <source>The answer of the server %1 was cut short.</source>
        <translation>انقطع رد الخادم %1.</translation>
    </message>
    <message>
        <source>The server %1 sends us elsewhere.</source>
        <translation>يحيلنا الخادم %1 إلى مكان آخر.</translation>
    </message>
    <message>
        <source>Enter the address it has moved to, if you trust it.</source>
        <translation>أدخل العنوان الذي انتقل إليه إن كنت تثق به.</translation>
    </message>
    <message>
        <source>The server %1 answered what is not HTTP.</source>
        <translation>أجاب الخادم %1 بما ليس HTTP.</translation>
    </message>
    <message>
        <source>It answered with HTTP status %1.</source>
        <translation>أجاب بحالة HTTP ‏%1.</translation>
    </message>
    <message>
        <source>Another program answers on the port of the server.</source>
        <translation>يجيب برنامج آخر على منفذ الخادم.</translation>
    </message>
    <message>
        <source>It does not know the key of this computer&apos;s server.</source>
        <translation>لا يعرف مفتاح خادم هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Close that program, or start the server on another port.</source>
        <translation>أغلق ذلك البرنامج، أو شغّل الخادم على منفذ آخر.</translation>
    </message>
    <message>
        <source>The server does not allow this.</source>
        <translation>لا يسمح الخادم بهذا.</translation>
    </message>
    <message>
        <source>The server does not know what was named.</source>
        <translation>لا يعرف الخادم ما ذُكر.</translation>
    </message>
    <message>
        <source>This does not fit what the server has now.</source>
        <translation>لا يوافق هذا ما لدى الخادم الآن.</translation>
    </message>
    <message>
        <source>The server cannot answer right now.</source>
        <translation>لا يستطيع الخادم الإجابة الآن.</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>لم يجب الخادم في الوقت المناسب.</translation>
    </message>
    <message>
        <source>The server refused the request.</source>
        <translation>رفض الخادم الطلب.</translation>
    </message>
    <message>
        <source>The server failed.</source>
        <translation>حدث خطأ في الخادم.</translation>
    </message>
    <message>
        <source>Check the API key of this server.</source>
        <translation>تحقق من مفتاح API لهذا الخادم.</translation>
    </message>
    <message>
        <source>Wait %1 s and try again.</source>
        <translation>انتظر %1 ث ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>Wait a minute and try again.</source>
        <translation>انتظر دقيقة ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>Ask an administrator of the organization for the permission, or use another API key.</source>
        <translation>اطلب الصلاحية من مدير المنظمة، أو استخدم مفتاح API آخر.</translation>
    </message>
    <message>
        <source>Look at the present state and decide again.</source>
        <translation>انظر إلى الحالة الراهنة وقرّر من جديد.</translation>
    </message>
    <message>
        <source>It says: &quot;%1&quot;.</source>
        <translation>يقول: «%1».</translation>
    </message>
    <message>
        <source>It answered with HTTP status %1 and no explanation.</source>
        <translation>أجاب بحالة HTTP ‏%1 بلا تفسير.</translation>
    </message>
    <message>
        <source>This server cannot do &quot;%1&quot;.</source>
        <translation>لا يستطيع هذا الخادم تنفيذ «%1».</translation>
    </message>
    <message>
        <source>A Capgo server has no such action.</source>
        <translation>ليس لخادم Capgo مثل هذا الإجراء.</translation>
    </message>
    <message>
        <source>At %1 is no server for updates.</source>
        <translation>لا خادم تحديثات عند %1.</translation>
    </message>
    <message>
        <source>Enter the address of the management API, for instance https://api.capgo.app.</source>
        <translation>أدخل عنوان واجهة الإدارة البرمجية، مثل https://api.capgo.app.</translation>
    </message>
    <message>
        <source>The server sends us to %1, which is not its own address.</source>
        <translation>يحيلنا الخادم إلى %1، وهو ليس عنوانه.</translation>
    </message>
    <message>
        <source>The API key must not go there.</source>
        <translation>يجب ألا يصل مفتاح API إلى هناك.</translation>
    </message>
    <message>
        <source>This was cancelled.</source>
        <translation>أُلغي هذا.</translation>
    </message>
    <message>
        <source>A request was made on the GUI thread, which must never wait.</source>
        <translation>صدر طلب من خيط الواجهة الذي يجب ألا ينتظر.</translation>
    </message>
    <message>
        <source>This took longer than allowed.</source>
        <translation>استغرق هذا أكثر من المسموح.</translation>
    </message>
    <message>
        <source>The server does not follow the upload protocol.</source>
        <translation>لا يتبع الخادم بروتوكول الرفع.</translation>
    </message>
    <message>
        <source>It names no Upload-Offset.</source>
        <translation>لا يذكر Upload-Offset.</translation>
    </message>
    <message>
        <source>The notes of a started upload cannot be read.</source>
        <translation>تعذّرت قراءة سجل رفع بدأ من قبل.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; cannot be written.</source>
        <translation>تعذّرت كتابة الملف «%1».</translation>
    </message>
    <message>
        <source>It names no place to send the content to.</source>
        <translation>لا يذكر مكانًا يُرسل إليه المحتوى.</translation>
    </message>
    <message>
        <source>It remembers an upload of another size.</source>
        <translation>يتذكر رفعًا بحجم آخر.</translation>
    </message>
    <message>
        <source>After bytes %1 to %2 it names offset %3.</source>
        <translation>بعد البايتات %1 إلى %2 يذكر الموضع %3.</translation>
    </message>
    <message>
        <source>The bundle %1 was uploaded, but the server does not call it ready.</source>
        <translation>رُفعت الحزمة %1، لكن الخادم لا يعدّها جاهزة.</translation>
    </message>
    <message>
        <source>The bundle is too large for this server.</source>
        <translation>الحزمة كبيرة جدًا على هذا الخادم.</translation>
    </message>
    <message>
        <source>It has %1 bytes; the server takes at most %2.</source>
        <translation>حجمها %1 بايت؛ ويقبل الخادم %2 على الأكثر.</translation>
    </message>
    <message>
        <source>The answer is not as agreed.</source>
        <translation>الرد ليس كما اتُّفق.</translation>
    </message>
    <message>
        <source>%1 should be true or false.</source>
        <translation>يجب أن يكون %1 صوابًا أو خطأ.</translation>
    </message>
    <message>
        <source>The server does not know this API key.</source>
        <translation>لا يعرف الخادم مفتاح API هذا.</translation>
    </message>
    <message>
        <source>The plan of the organization does not allow more storage.</source>
        <translation>لا تسمح خطة المنظمة بتخزين أكثر.</translation>
    </message>
    <message>
        <source>The organization asks for two-factor sign-in.</source>
        <translation>تطلب المنظمة تسجيل الدخول بخطوتين.</translation>
    </message>
    <message>
        <source>The owner of this API key has none.</source>
        <translation>لم يفعّله صاحب مفتاح API هذا.</translation>
    </message>
    <message>
        <source>Switch two-factor sign-in on for that account.</source>
        <translation>فعّل تسجيل الدخول بخطوتين لذلك الحساب.</translation>
    </message>
    <message>
        <source>The server has no app %1 for this key.</source>
        <translation>ليس على الخادم تطبيق %1 لهذا المفتاح.</translation>
    </message>
    <message>
        <source>A bundle %1 exists already.</source>
        <translation>توجد حزمة %1 من قبل.</translation>
    </message>
    <message>
        <source>A name is never used twice: devices know bundles by name.</source>
        <translation>لا يُستخدم اسم مرتين: تعرف الأجهزة الحزم بأسمائها.</translation>
    </message>
    <message>
        <source>Give the bundle a higher version.</source>
        <translation>أعطِ الحزمة إصدارًا أعلى.</translation>
    </message>
    <message>
        <source>The server did not take the bundle %1.</source>
        <translation>لم يقبل الخادم الحزمة %1.</translation>
    </message>
    <message>
        <source>The key may not upload bundles of this app, or the bundle is not encrypted as the organization asks.</source>
        <translation>لا يحق للمفتاح رفع حزم هذا التطبيق، أو أن الحزمة ليست مشفرة كما تطلب المنظمة.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an app id.</source>
        <translation>«%1» ليس معرّف تطبيق.</translation>
    </message>
    <message>
        <source>An app id looks like com.example.app: letters and digits, at least one dot.</source>
        <translation>يبدو معرّف التطبيق مثل com.example.app: أحرف وأرقام ونقطة واحدة على الأقل.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a device id.</source>
        <translation>«%1» ليس معرّف جهاز.</translation>
    </message>
    <message>
        <source>A device id is a UUID.</source>
        <translation>معرّف الجهاز هو UUID.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of a channel.</source>
        <translation>لا يصلح «%1» اسمًا لقناة.</translation>
    </message>
    <message>
        <source>A name has 1 to 128 characters and no white space at its ends.</source>
        <translation>يتكوّن الاسم من 1 إلى 128 حرفًا بلا مسافات في طرفيه.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the version of a bundle.</source>
        <translation>لا يصلح «%1» إصدارًا لحزمة.</translation>
    </message>
    <message>
        <source>Devices need a semantic version, as in 2.4.1, without a leading v.</source>
        <translation>تحتاج الأجهزة إلى إصدار دلالي مثل 2.4.1 من دون v في أوله.</translation>
    </message>
    <message>
        <source>%1 is not a share in basis points.</source>
        <translation>%1 ليس نسبة بنقاط الأساس.</translation>
    </message>
    <message>
        <source>A share lies between 0 and 10000 basis points.</source>
        <translation>تقع النسبة بين 0 و10000 نقطة أساس.</translation>
    </message>
    <message>
        <source>This is not a share in percent.</source>
        <translation>هذه ليست نسبة مئوية.</translation>
    </message>
    <message>
        <source>A share lies between 0 and 100 %.</source>
        <translation>تقع النسبة بين ٠ و١٠٠٪.</translation>
    </message>
    <message>
        <source>The backup does not say which key it holds.</source>
        <translation>لا تذكر النسخة الاحتياطية أي مفتاح تحمل.</translation>
    </message>
    <message>
        <source>The backup holds another kind of key.</source>
        <translation>تحمل النسخة الاحتياطية نوعًا آخر من المفاتيح.</translation>
    </message>
    <message>
        <source>It holds a key of the kind &quot;%1&quot;, wanted is &quot;%2&quot;.</source>
        <translation>تحمل مفتاحًا من نوع «%1»، والمطلوب «%2».</translation>
    </message>
    <message>
        <source>The backup holds the key of another app.</source>
        <translation>تحمل النسخة الاحتياطية مفتاح تطبيق آخر.</translation>
    </message>
    <message>
        <source>It is of &quot;%1&quot;, wanted is the key of &quot;%2&quot;.</source>
        <translation>هو مفتاح «%1»، والمطلوب مفتاح «%2».</translation>
    </message>
    <message>
        <source>Choose the backup of this app&apos;s key.</source>
        <translation>اختر النسخة الاحتياطية لمفتاح هذا التطبيق.</translation>
    </message>
    <message>
        <source>This sealed file is no backup of a key.</source>
        <translation>هذا الملف المختوم ليس نسخة احتياطية لمفتاح.</translation>
    </message>
    <message>
        <source>Create the key pair</source>
        <translation>إنشاء زوج المفاتيح</translation>
    </message>
    <message>
        <source>Gatehouse does not change a configuration that is a program.</source>
        <translation>لا يغيّر Gatehouse إعدادات مكتوبة كبرنامج.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a script.</source>
        <translation>«%1» نص برمجي.</translation>
    </message>
    <message>
        <source>Paste the text that is shown into it.</source>
        <translation>ألصق النص المعروض فيه.</translation>
    </message>
    <message>
        <source>The file is not a configuration that Gatehouse can change.</source>
        <translation>ليس الملف إعدادات يستطيع Gatehouse تغييرها.</translation>
    </message>
    <message>
        <source>Changing it would change more than the key.</source>
        <translation>تغييره سيغيّر أكثر من المفتاح.</translation>
    </message>
    <message>
        <source>Add the key in an editor.</source>
        <translation>أضف المفتاح في محرّر.</translation>
    </message>
    <message>
        <source>The file was changed since the differences were shown; it is as it was.</source>
        <translation>تغيّر الملف منذ عُرضت الفروق؛ وتُرك كما كان.</translation>
    </message>
    <message>
        <source>Look at the differences again.</source>
        <translation>انظر إلى الفروق من جديد.</translation>
    </message>
    <message>
        <source>The stored key &quot;%1&quot; is not what its name says.</source>
        <translation>المفتاح المحفوظ «%1» ليس كما يقول اسمه.</translation>
    </message>
    <message>
        <source>Its halves do not belong together, or it was filed under another key&apos;s name.</source>
        <translation>نصفاه لا يتوافقان، أو حُفظ باسم مفتاح آخر.</translation>
    </message>
    <message>
        <source>Do not use it; restore the key from a backup.</source>
        <translation>لا تستخدمه؛ استعد المفتاح من نسخة احتياطية.</translation>
    </message>
    <message>
        <source>This identity signs only with its passphrase.</source>
        <translation>لا توقّع هذه الهوية إلا بعبارة مرورها.</translation>
    </message>
    <message>
        <source>Enter the passphrase of the identity.</source>
        <translation>أدخل عبارة مرور الهوية.</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>سلسلة المفاتيح مقفلة.</translation>
    </message>
    <message>
        <source>It wants its password before it gives or takes a key.</source>
        <translation>تطلب كلمة مرورها قبل أن تعطي مفتاحًا أو تأخذه.</translation>
    </message>
    <message>
        <source>There is no keychain in this session.</source>
        <translation>لا سلسلة مفاتيح في هذه الجلسة.</translation>
    </message>
    <message>
        <source>No Secret Service answers.</source>
        <translation>لا تجيب أي خدمة أسرار (Secret Service).</translation>
    </message>
    <message>
        <source>The keychain does not answer yet.</source>
        <translation>لا تجيب سلسلة المفاتيح بعد.</translation>
    </message>
    <message>
        <source>It waits for a person, perhaps in a window behind others.</source>
        <translation>تنتظر شخصًا، ربما في نافذة خلف غيرها.</translation>
    </message>
    <message>
        <source>The keychain does not work.</source>
        <translation>سلسلة المفاتيح لا تعمل.</translation>
    </message>
    <message>
        <source>It answered with an error; nothing was changed.</source>
        <translation>أجابت بخطأ؛ ولم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>There is no key &quot;%1&quot;.</source>
        <translation>لا يوجد مفتاح «%1».</translation>
    </message>
    <message>
        <source>The place where keys are kept works, but it holds no such entry.</source>
        <translation>مكان حفظ المفاتيح يعمل، لكن ليس فيه هذا المدخل.</translation>
    </message>
    <message>
        <source>Import the key or restore it from a backup.</source>
        <translation>استورد المفتاح أو استعده من نسخة احتياطية.</translation>
    </message>
    <message>
        <source>The keychain could not be reserved for this program.</source>
        <translation>تعذّر حجز سلسلة المفاتيح لهذا البرنامج.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; cannot be made.</source>
        <translation>تعذّر إنشاء الملف «%1».</translation>
    </message>
    <message>
        <source>The keychain is used by another part of this program already.</source>
        <translation>يستخدم جزء آخر من هذا البرنامج سلسلة المفاتيح.</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>في انتظار سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the name of a stored key.</source>
        <translation>«%1» ليس اسم مفتاح محفوظ.</translation>
    </message>
    <message>
        <source>The stored key &quot;%1&quot; cannot be read.</source>
        <translation>تعذّرت قراءة المفتاح المحفوظ «%1».</translation>
    </message>
    <message>
        <source>Restore it from a backup.</source>
        <translation>استعده من نسخة احتياطية.</translation>
    </message>
    <message>
        <source>It holds no private part.</source>
        <translation>ليس فيه جزء خاص.</translation>
    </message>
    <message>
        <source>Its private part does not end.</source>
        <translation>جزؤه الخاص لا ينتهي.</translation>
    </message>
    <message>
        <source>Its private part is not base64.</source>
        <translation>جزؤه الخاص ليس base64.</translation>
    </message>
    <message>
        <source>It is not what Gatehouse stores under this name.</source>
        <translation>ليس ما يحفظه Gatehouse بهذا الاسم.</translation>
    </message>
    <message>
        <source>The vault opens only with its passphrase.</source>
        <translation>لا تُفتح الخزنة إلا بعبارة مرورها.</translation>
    </message>
    <message>
        <source>Enter the passphrase of the vault.</source>
        <translation>أدخل عبارة مرور الخزنة.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; could not be read.</source>
        <translation>تعذّرت قراءة «%1».</translation>
    </message>
    <message>
        <source>There is no file &quot;%1&quot;.</source>
        <translation>لا يوجد ملف «%1».</translation>
    </message>
    <message>
        <source>It became shorter while it was read.</source>
        <translation>صار أقصر أثناء قراءته.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; could not be written.</source>
        <translation>تعذّرت كتابة «%1».</translation>
    </message>
    <message>
        <source>&quot;%1&quot; can be read by others on this computer.</source>
        <translation>يستطيع آخرون على هذا الحاسوب قراءة «%1».</translation>
    </message>
    <message>
        <source>A file that holds a secret must be the owner&apos;s alone.</source>
        <translation>الملف الذي يحمل سرًا يجب أن يكون لصاحبه وحده.</translation>
    </message>
    <message>
        <source>The folder &quot;%1&quot; cannot be made.</source>
        <translation>تعذّر إنشاء المجلد «%1».</translation>
    </message>
    <message>
        <source>There is no API key to keep.</source>
        <translation>لا مفتاح API لحفظه.</translation>
    </message>
    <message>
        <source>There is no vault at &quot;%1&quot;.</source>
        <translation>لا خزنة عند «%1».</translation>
    </message>
    <message>
        <source>Make one, or choose the file that holds your keys.</source>
        <translation>أنشئ واحدة، أو اختر الملف الذي يحفظ مفاتيحك.</translation>
    </message>
    <message>
        <source>The vault could not be read.</source>
        <translation>تعذّرت قراءة الخزنة.</translation>
    </message>
    <message>
        <source>The vault could not be written; it is as it was.</source>
        <translation>تعذّرت كتابة الخزنة؛ وهي كما كانت.</translation>
    </message>
    <message>
        <source>The vault could not be reserved.</source>
        <translation>تعذّر حجز الخزنة.</translation>
    </message>
    <message>
        <source>No file can be made in &quot;%1&quot;.</source>
        <translation>لا يمكن إنشاء ملف في «%1».</translation>
    </message>
    <message>
        <source>There is a vault at &quot;%1&quot; already.</source>
        <translation>توجد خزنة عند «%1» من قبل.</translation>
    </message>
    <message>
        <source>Open it with its passphrase, or choose another file.</source>
        <translation>افتحها بعبارة مرورها، أو اختر ملفًا آخر.</translation>
    </message>
    <message>
        <source>The vault was sealed anew by another program.</source>
        <translation>ختم برنامج آخر الخزنة من جديد.</translation>
    </message>
    <message>
        <source>Its passphrase may be another one now.</source>
        <translation>قد تكون عبارة مرورها قد تغيّرت.</translation>
    </message>
    <message>
        <source>Open the vault again.</source>
        <translation>افتح الخزنة من جديد.</translation>
    </message>
    <message>
        <source>The server said yes, but the channel &quot;%1&quot; could not be read back.</source>
        <translation>وافق الخادم، لكن تعذّرت قراءة القناة «%1» ثانيةً.</translation>
    </message>
    <message>
        <source>The server said yes, but the channel &quot;%1&quot; does not show the change.</source>
        <translation>وافق الخادم، لكن القناة «%1» لا تُظهر التغيير.</translation>
    </message>
    <message>
        <source>Somebody may have changed it right after.</source>
        <translation>ربما غيّرها أحد بعدها مباشرة.</translation>
    </message>
    <message>
        <source>Look at the channel&apos;s present state.</source>
        <translation>انظر إلى الحالة الراهنة للقناة.</translation>
    </message>
    <message>
        <source>This cannot be carried out.</source>
        <translation>لا يمكن تنفيذ هذا.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has to be looked at before it is carried out.</source>
        <translation>يجب النظر في «%1» قبل تنفيذه.</translation>
    </message>
    <message>
        <source>The bundle cannot be encrypted.</source>
        <translation>لا يمكن تشفير الحزمة.</translation>
    </message>
    <message>
        <source>No bundle key was chosen for %1.</source>
        <translation>لم يُختر مفتاح حزم لـ %1.</translation>
    </message>
    <message>
        <source>Create or import one under Keys.</source>
        <translation>أنشئ واحدًا أو استورده في «المفاتيح».</translation>
    </message>
    <message>
        <source>The release statement could not be written.</source>
        <translation>تعذّرت كتابة بيان الإصدار.</translation>
    </message>
    <message>
        <source>Free some space or choose another folder.</source>
        <translation>حرّر بعض المساحة أو اختر مجلدًا آخر.</translation>
    </message>
    <message>
        <source>The server does not hold what was uploaded.</source>
        <translation>ليس على الخادم ما رُفع إليه.</translation>
    </message>
    <message>
        <source>%1 bytes were sent; %2 came back, or their digest differs.</source>
        <translation>أُرسل %1 بايت؛ وعاد %2، أو تختلف بصمتها.</translation>
    </message>
    <message>
        <source>Upload the bundle again under another version.</source>
        <translation>ارفع الحزمة من جديد بإصدار آخر.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; is not the one that was built.</source>
        <translation>الملف «%1» ليس الذي بُني.</translation>
    </message>
    <message>
        <source>%1 exists already.</source>
        <translation>%1 موجودة من قبل.</translation>
    </message>
    <message>
        <source>Devices know bundles by their version, so one is never used twice.</source>
        <translation>تعرف الأجهزة الحزم بإصدارها، فلا يُستخدم إصدار مرتين.</translation>
    </message>
    <message>
        <source>Choose a higher version.</source>
        <translation>اختر إصدارًا أعلى.</translation>
    </message>
    <message>
        <source>The simulated devices did not start.</source>
        <translation>لم تبدأ الأجهزة المحاكاة.</translation>
    </message>
    <message>
        <source>Install Gatehouse again: its fleet program is missing or damaged.</source>
        <translation>أعد تثبيت Gatehouse: برنامج الأسطول مفقود أو تالف.</translation>
    </message>
    <message>
        <source>It ended with code %1.</source>
        <translation>انتهى بالرمز %1.</translation>
    </message>
    <message>
        <source>The server on this computer does not start.</source>
        <translation>لا يبدأ الخادم على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Install Gatehouse again: its server program is missing or damaged.</source>
        <translation>أعد تثبيت Gatehouse: برنامج الخادم مفقود أو تالف.</translation>
    </message>
    <message>
        <source>The server on this computer did not say its port.</source>
        <translation>لم يذكر الخادم على هذا الحاسوب منفذه.</translation>
    </message>
    <message>
        <source>The server on this computer stopped.</source>
        <translation>توقف الخادم على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Nothing that was saved is lost. Start it again.</source>
        <translation>لم يضع شيء مما حُفظ. أعد تشغيله.</translation>
    </message>
    <message>
        <source>The vault is locked.</source>
        <translation>الخزنة مقفلة.</translation>
    </message>
    <message>
        <source>Its passphrase was not given yet.</source>
        <translation>لم تُدخل عبارة مرورها بعد.</translation>
    </message>
    <message>
        <source>This is not the address of a server.</source>
        <translation>هذا ليس عنوان خادم.</translation>
    </message>
    <message>
        <source>An address looks like https://updates.example.com.</source>
        <translation>يبدو العنوان مثل https://updates.example.com.</translation>
    </message>
    <message>
        <source>It holds more than scheme, host, port and path.</source>
        <translation>يحتوي على أكثر من البروتوكول والمضيف والمنفذ والمسار.</translation>
    </message>
    <message>
        <source>Plain http is accepted for this computer alone.</source>
        <translation>لا يُقبل http العادي إلا لهذا الحاسوب.</translation>
    </message>
    <message>
        <source>Use https.</source>
        <translation>استخدم https.</translation>
    </message>
    <message>
        <source>Its scheme is neither https nor http.</source>
        <translation>بروتوكوله ليس https ولا http.</translation>
    </message>
    <message>
        <source>The server has no organization.</source>
        <translation>لا منظمة على الخادم.</translation>
    </message>
    <message>
        <source>No server is connected.</source>
        <translation>لا خادم متصل.</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; is gone or has changed.</source>
        <translation>الملف «%1» اختفى أو تغيّر.</translation>
    </message>
    <message>
        <source>Build the bundle again.</source>
        <translation>ابنِ الحزمة من جديد.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>الذاكرة لا تكفي.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>تعذّرت قراءة %1.</translation>
    </message>
    <message>
        <source>The certificate has expired.</source>
        <translation>انتهت صلاحية الشهادة.</translation>
    </message>
    <message>
        <source>It was good until %1; devices refuse it.</source>
        <translation>كانت صالحة حتى %1؛ ترفضها الأجهزة.</translation>
    </message>
    <message>
        <source>Renew it, and choose the new file.</source>
        <translation>جدّدها ثم اختر الملف الجديد.</translation>
    </message>
    <message>
        <source>The certificate does not hold yet.</source>
        <translation>الشهادة غير سارية بعد.</translation>
    </message>
    <message>
        <source>It is good from %1 on; devices refuse it before.</source>
        <translation>تسري ابتداءً من %1؛ وترفضها الأجهزة قبل ذلك.</translation>
    </message>
    <message>
        <source>Wait, or check the clock of this computer.</source>
        <translation>انتظر أو تحقّق من ساعة هذا الحاسوب.</translation>
    </message>
    <message>
        <source>The certificate chain</source>
        <translation>سلسلة الشهادات</translation>
    </message>
    <message>
        <source>The private key</source>
        <translation>المفتاح الخاص</translation>
    </message>
    <message>
        <source>The file of the certificate chain holds no certificate.</source>
        <translation>لا يحتوي ملف سلسلة الشهادات على أي شهادة.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not have what begins with “-----BEGIN CERTIFICATE-----”.</source>
        <translation>لا يحتوي «%1» على ما يبدأ بـ «-----BEGIN CERTIFICATE-----».</translation>
    </message>
    <message>
        <source>Choose the PEM file with the whole chain, often “fullchain.pem”.</source>
        <translation>اختر ملف PEM الذي يضم السلسلة كاملة، وغالبًا ما يكون «fullchain.pem».</translation>
    </message>
    <message>
        <source>The private key of the certificate asks for a passphrase.</source>
        <translation>يطلب المفتاح الخاص للشهادة عبارة مرور.</translation>
    </message>
    <message>
        <source>Choose a key file without one that only you can read: the server starts by itself.</source>
        <translation>اختر ملف مفتاح بلا عبارة مرور لا يقرؤه سواك: فالخادم يبدأ من تلقاء نفسه.</translation>
    </message>
    <message>
        <source>The file of the private key holds no private key.</source>
        <translation>لا يحتوي ملف المفتاح الخاص على مفتاح خاص.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no PEM file with a private key.</source>
        <translation>«%1» ليس ملف PEM يحتوي على مفتاح خاص.</translation>
    </message>
    <message>
        <source>The private key does not belong to the certificate.</source>
        <translation>المفتاح الخاص لا يخص الشهادة.</translation>
    </message>
    <message>
        <source>The first certificate of the chain was made for another key.</source>
        <translation>صدرت الشهادة الأولى في السلسلة لمفتاح آخر.</translation>
    </message>
    <message>
        <source>Choose the key that the certificate was asked for with.</source>
        <translation>اختر المفتاح الذي طُلبت به الشهادة.</translation>
    </message>
    <message>
        <source>The certificate does not say which name devices use.</source>
        <translation>لا تذكر الشهادة الاسم الذي تستخدمه الأجهزة.</translation>
    </message>
    <message>
        <source>It names no host, or only a wildcard.</source>
        <translation>لا تذكر مضيفًا، أو تذكر حرف بدل فقط.</translation>
    </message>
    <message>
        <source>Write the address that devices ask, for instance https://updates.example.com:8443.</source>
        <translation>اكتب العنوان الذي تطلبه الأجهزة، مثل https://updates.example.com:8443.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address that devices can ask.</source>
        <translation>«%1» ليس عنوانًا يمكن للأجهزة طلبه.</translation>
    </message>
    <message>
        <source>Devices ask over https only.</source>
        <translation>تطلب الأجهزة عبر https فقط.</translation>
    </message>
    <message>
        <source>It looks like https://updates.example.com:8443.</source>
        <translation>يبدو العنوان مثل https://updates.example.com:8443.</translation>
    </message>
    <message>
        <source>The certificate is not for &quot;%1&quot;.</source>
        <translation>الشهادة ليست لـ «%1».</translation>
    </message>
    <message>
        <source>It is for: %1. Devices refuse it under another name.</source>
        <translation>هي لـ: %1. ترفضها الأجهزة تحت اسم آخر.</translation>
    </message>
    <message>
        <source>Use a name that the certificate has, or a certificate for that name.</source>
        <translation>استخدم اسمًا موجودًا في الشهادة، أو شهادة لهذا الاسم.</translation>
    </message>
    <message>
        <source>Unlock it with its passphrase.</source>
        <translation>افتح قفلها بعبارة مرورها.</translation>
    </message>
    <message>
        <source>The server cannot listen on %1.</source>
        <translation>لا يستطيع الخادم الاستماع على %1.</translation>
    </message>
    <message>
        <source>It goes on as before. Check address and port, and whether another program listens there.</source>
        <translation>يواصل العمل كما كان. تحقّق من العنوان والمنفذ، ومن أن برنامجًا آخر لا يستمع هناك.</translation>
    </message>
    <message>
        <source>“%1” could not be written.</source>
        <translation>تعذّرت كتابة «%1».</translation>
    </message>
    <message>
        <source>Its folder could not be made.</source>
        <translation>تعذّر إنشاء مجلده.</translation>
    </message>
    <message>
        <source>“%1” is there already and not an empty folder.</source>
        <translation>«%1» موجود من قبل وليس مجلدًا فارغًا.</translation>
    </message>
    <message>
        <source>Choose a new folder.</source>
        <translation>اختر مجلدًا جديدًا.</translation>
    </message>
    <message>
        <source>A folder for it could not be made.</source>
        <translation>تعذّر إنشاء مجلد لذلك.</translation>
    </message>
    <message>
        <source>The folder could not be put in its place.</source>
        <translation>تعذّر وضع المجلد في مكانه.</translation>
    </message>
    <message>
        <source>The archive “%1” could not be opened.</source>
        <translation>تعذّر فتح الأرشيف «%1».</translation>
    </message>
    <message>
        <source>The archive “%1” is not a good bundle.</source>
        <translation>الأرشيف «%1» ليس حزمة سليمة.</translation>
    </message>
    <message>
        <source>The file “%1” is no zip archive, or it is damaged.</source>
        <translation>الملف «%1» ليس أرشيف zip، أو هو تالف.</translation>
    </message>
    <message>
        <source>It has too many entries: %1.</source>
        <translation>عدد مدخلاته كبير جدًا: %1.</translation>
    </message>
    <message>
        <source>There is no index.html at the top.</source>
        <translation>لا يوجد index.html في أعلاه.</translation>
    </message>
    <message>
        <source>Entry %1 cannot be read.</source>
        <translation>تعذّرت قراءة المدخل %1.</translation>
    </message>
    <message>
        <source>“%1” and “%2” are the same name on some devices.</source>
        <translation>«%1» و«%2» اسم واحد على بعض الأجهزة.</translation>
    </message>
    <message>
        <source>The name “%1” is not UTF-8.</source>
        <translation>الاسم «%1» ليس UTF-8.</translation>
    </message>
    <message>
        <source>“%1” is encrypted inside the archive.</source>
        <translation>«%1» مشفر داخل الأرشيف.</translation>
    </message>
    <message>
        <source>“%1” is compressed by a method that devices do not know.</source>
        <translation>«%1» مضغوط بطريقة لا تعرفها الأجهزة.</translation>
    </message>
    <message>
        <source>“%1” has no attributes.</source>
        <translation>ليس لـ «%1» سمات.</translation>
    </message>
    <message>
        <source>“%1” is a link or a special file.</source>
        <translation>«%1» رابط أو ملف خاص.</translation>
    </message>
    <message>
        <source>“%1” claims an impossible size.</source>
        <translation>يدّعي «%1» حجمًا غير ممكن.</translation>
    </message>
    <message>
        <source>“%1” is too large.</source>
        <translation>«%1» كبير جدًا.</translation>
    </message>
    <message>
        <source>It is too large unpacked.</source>
        <translation>حجمه كبير جدًا بعد فك الضغط.</translation>
    </message>
    <message>
        <source>“%1” grows far too much when it is unpacked.</source>
        <translation>يكبر «%1» كثيرًا جدًا عند فك ضغطه.</translation>
    </message>
    <message>
        <source>“%1” is damaged.</source>
        <translation>«%1» تالف.</translation>
    </message>
    <message>
        <source>“%1” is longer than the archive says.</source>
        <translation>«%1» أطول مما يذكره الأرشيف.</translation>
    </message>
    <message>
        <source>“%1” is shorter than the archive says.</source>
        <translation>«%1» أقصر مما يذكره الأرشيف.</translation>
    </message>
    <message numerus="yes">
        <source>%n files or folders that no app needs were left out (such as .git and node_modules).</source>
        <translation>
            <numerusform>لم يُستبعد أي ملف أو مجلد (مثل ‎.git و node_modules).</numerusform>
            <numerusform>استُبعد ملف أو مجلد واحد لا يحتاجه أي تطبيق (مثل ‎.git و node_modules).</numerusform>
            <numerusform>استُبعد ملفان أو مجلدان لا يحتاجهما أي تطبيق (مثل ‎.git و node_modules).</numerusform>
            <numerusform>استُبعدت %n ملفات أو مجلدات لا يحتاجها أي تطبيق (مثل ‎.git و node_modules).</numerusform>
            <numerusform>استُبعد %n ملفًا أو مجلدًا لا يحتاجها أي تطبيق (مثل ‎.git و node_modules).</numerusform>
            <numerusform>استُبعد %n ملف أو مجلد لا يحتاجها أي تطبيق (مثل ‎.git و node_modules).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source maps were left out; they show the sources to everybody and devices do not need them.</source>
        <translation>
            <numerusform>لم تُستبعد أي خريطة مصدر.</numerusform>
            <numerusform>استُبعدت خريطة مصدر واحدة؛ فهي تكشف المصدر للجميع ولا تحتاجها الأجهزة.</numerusform>
            <numerusform>استُبعدت خريطتا مصدر؛ فهما تكشفان المصدر للجميع ولا تحتاجهما الأجهزة.</numerusform>
            <numerusform>استُبعدت %n خرائط مصدر؛ فهي تكشف المصدر للجميع ولا تحتاجها الأجهزة.</numerusform>
            <numerusform>استُبعدت %n خريطة مصدر؛ فهي تكشف المصدر للجميع ولا تحتاجها الأجهزة.</numerusform>
            <numerusform>استُبعدت %n خريطة مصدر؛ فهي تكشف المصدر للجميع ولا تحتاجها الأجهزة.</numerusform>
        </translation>
    </message>
    <message>
        <source>A delta release cannot hold “%1”.</source>
        <translation>لا يمكن أن يحتوي إصدار تفاضلي على «%1».</translation>
    </message>
    <message>
        <source>Its name has a space.</source>
        <translation>في اسمه مسافة.</translation>
    </message>
    <message>
        <source>Rename the file, or publish the zip alone.</source>
        <translation>غيّر اسم الملف، أو انشر ملف zip وحده.</translation>
    </message>
    <message>
        <source>Devices take “.br” for the mark of a compressed file and cut it off.</source>
        <translation>تعدّ الأجهزة «‎.br» علامة ملف مضغوط فتقطعها.</translation>
    </message>
    <message>
        <source>Leave pre-compressed files out, or publish the zip alone.</source>
        <translation>استبعد الملفات المضغوطة مسبقًا، أو انشر ملف zip وحده.</translation>
    </message>
    <message>
        <source>An encrypted release needs the app&apos;s bundle key.</source>
        <translation>يحتاج الإصدار المشفر إلى مفتاح حزم التطبيق.</translation>
    </message>
    <message>
        <source>The folder “%1” could not be made.</source>
        <translation>تعذّر إنشاء المجلد «%1».</translation>
    </message>
    <message>
        <source>The file “%1” of this release could not be decrypted.</source>
        <translation>تعذّر فك تشفير الملف «%1» من هذا الإصدار.</translation>
    </message>
    <message>
        <source>The hash of “%1” cannot be read.</source>
        <translation>تعذّرت قراءة بصمة «%1».</translation>
    </message>
    <message>
        <source>The file “%1” of this release is not what its hash says.</source>
        <translation>الملف «%1» من هذا الإصدار لا يطابق بصمته.</translation>
    </message>
    <message>
        <source>The payload “%1” could not be written.</source>
        <translation>تعذّرت كتابة الحمولة «%1».</translation>
    </message>
    <message>
        <source>A file of this release cannot be unpacked.</source>
        <translation>تعذّر فك ضغط ملف من هذا الإصدار.</translation>
    </message>
    <message>
        <source>It is too large.</source>
        <translation>هو كبير جدًا.</translation>
    </message>
    <message>
        <source>Something follows the Brotli data.</source>
        <translation>يلي بيانات Brotli شيء آخر.</translation>
    </message>
    <message>
        <source>The Brotli data is damaged or cut short.</source>
        <translation>بيانات Brotli تالفة أو مبتورة.</translation>
    </message>
    <message>
        <source>The session key of this bundle cannot be read.</source>
        <translation>تعذّرت قراءة مفتاح الجلسة لهذه الحزمة.</translation>
    </message>
    <message>
        <source>Expected is an IV, a colon and a key, both in base64.</source>
        <translation>المتوقع متجه ابتدائي (IV) ونقطتان رأسيتان ومفتاح، وكلاهما بترميز base64.</translation>
    </message>
    <message>
        <source>The part before the colon is not base64 of 16 bytes.</source>
        <translation>الجزء قبل النقطتين ليس base64 من 16 بايت.</translation>
    </message>
    <message>
        <source>The part after the colon is not base64 of 256 bytes.</source>
        <translation>الجزء بعد النقطتين ليس base64 من 256 بايت.</translation>
    </message>
    <message>
        <source>The session key of this bundle was made with another bundle key.</source>
        <translation>أُنشئ مفتاح الجلسة لهذه الحزمة بمفتاح حزم آخر.</translation>
    </message>
    <message>
        <source>Use the public key that the app was built with.</source>
        <translation>استخدم المفتاح العام الذي بُني به التطبيق.</translation>
    </message>
    <message>
        <source>It has %1 bytes instead of 16 or 32.</source>
        <translation>فيه %1 بايت بدلًا من 16 أو 32.</translation>
    </message>
    <message>
        <source>The checksum of this encrypted bundle cannot be read.</source>
        <translation>تعذّرت قراءة المجموع الاختباري لهذه الحزمة المشفرة.</translation>
    </message>
    <message>
        <source>Expected are 512 hex digits, or base64 of 256 bytes.</source>
        <translation>المتوقع 512 رقمًا ست عشريًا، أو base64 من 256 بايت.</translation>
    </message>
    <message>
        <source>The checksum of this bundle was made with another bundle key.</source>
        <translation>أُنشئ المجموع الاختباري لهذه الحزمة بمفتاح حزم آخر.</translation>
    </message>
    <message>
        <source>The checksum of this bundle is a CRC-32, which proves nothing.</source>
        <translation>المجموع الاختباري لهذه الحزمة هو CRC-32، وهو لا يثبت شيئًا.</translation>
    </message>
    <message>
        <source>It was made for plugins older than 5.10.0, 6.25.0 or 7.0.30.</source>
        <translation>أُنشئ لإضافات أقدم من 5.10.0 أو 6.25.0 أو 7.0.30.</translation>
    </message>
    <message>
        <source>Publish the bundle again under a new version.</source>
        <translation>انشر الحزمة من جديد بإصدار جديد.</translation>
    </message>
    <message>
        <source>The checksum of this bundle cannot be read.</source>
        <translation>تعذّرت قراءة المجموع الاختباري لهذه الحزمة.</translation>
    </message>
    <message>
        <source>Expected are 64 lower-case hex digits.</source>
        <translation>المتوقع 64 رقمًا ست عشريًا بأحرف صغيرة.</translation>
    </message>
    <message>
        <source>This bundle is encrypted; the app&apos;s public key is needed to read it.</source>
        <translation>هذه الحزمة مشفرة؛ ويلزم لقراءتها المفتاح العام للتطبيق.</translation>
    </message>
    <message>
        <source>The bundle “%1” could not be read.</source>
        <translation>تعذّرت قراءة الحزمة «%1».</translation>
    </message>
    <message>
        <source>The decrypted archive could not be written.</source>
        <translation>تعذّرت كتابة الأرشيف بعد فك تشفيره.</translation>
    </message>
    <message>
        <source>The content of this bundle could not be decrypted.</source>
        <translation>تعذّر فك تشفير محتوى هذه الحزمة.</translation>
    </message>
    <message>
        <source>It is cut short, damaged, or belongs to another session key.</source>
        <translation>هو مبتور أو تالف أو يخص مفتاح جلسة آخر.</translation>
    </message>
    <message>
        <source>The bundle “%1” could not be opened.</source>
        <translation>تعذّر فتح الحزمة «%1».</translation>
    </message>
    <message>
        <source>The content of this bundle is not what its checksum says.</source>
        <translation>محتوى هذه الحزمة لا يطابق مجموعها الاختباري.</translation>
    </message>
    <message>
        <source>The SHA-256 is %1 and should be %2.</source>
        <translation>قيمة SHA-256 هي %1 ويجب أن تكون %2.</translation>
    </message>
    <message>
        <source>There is no place for a temporary file.</source>
        <translation>لا مكان لملف مؤقت.</translation>
    </message>
    <message>
        <source>The archive “%1” could not be written.</source>
        <translation>تعذّرت كتابة الأرشيف «%1».</translation>
    </message>
    <message>
        <source>The app %1 has no bundle %2.</source>
        <translation>ليس للتطبيق %1 حزمة %2.</translation>
    </message>
    <message>
        <source>A Capgo server does not push events; Gatehouse asks it every few seconds instead.</source>
        <translation>لا يرسل خادم Capgo الأحداث من تلقاء نفسه؛ فيسأله Gatehouse كل بضع ثوانٍ.</translation>
    </message>
    <message>
        <source>A Capgo server keeps numbers by day only, not by minute or hour.</source>
        <translation>يحفظ خادم Capgo الأرقام باليوم فقط، لا بالدقيقة ولا بالساعة.</translation>
    </message>
    <message>
        <source>A Capgo server does not tell how many devices a channel has, nor its history to an API key.</source>
        <translation>لا يخبر خادم Capgo مفتاح API بعدد أجهزة القناة ولا بسجلها.</translation>
    </message>
    <message>
        <source>A Capgo server changes channels field by field; Gatehouse sends the fields and reads them back.</source>
        <translation>يغيّر خادم Capgo القنوات حقلًا حقلًا؛ ويرسل Gatehouse الحقول ثم يعيد قراءتها.</translation>
    </message>
    <message>
        <source>A Capgo server cannot freeze a channel.</source>
        <translation>لا يستطيع خادم Capgo تجميد قناة.</translation>
    </message>
    <message>
        <source>A Capgo server draws the devices anew for each rollout bundle.</source>
        <translation>يعيد خادم Capgo سحب الأجهزة بالقرعة لكل حزمة طرح.</translation>
    </message>
    <message>
        <source>A Capgo server does not tell which rule decides for a device.</source>
        <translation>لا يخبر خادم Capgo بالقاعدة التي تحسم أمر الجهاز.</translation>
    </message>
    <message>
        <source>A Capgo server keeps no trust root.</source>
        <translation>لا يحفظ خادم Capgo جذر ثقة.</translation>
    </message>
    <message>
        <source>A Capgo server enforces no approvals.</source>
        <translation>لا يفرض خادم Capgo الموافقات.</translation>
    </message>
    <message>
        <source>A Capgo server keeps no release statements.</source>
        <translation>لا يحفظ خادم Capgo بيانات الإصدار.</translation>
    </message>
    <message>
        <source>A Capgo server runs no rollout plans.</source>
        <translation>لا ينفّذ خادم Capgo خطط الطرح.</translation>
    </message>
    <message>
        <source>A Capgo server does not witness the journal.</source>
        <translation>لا يشهد خادم Capgo على السجل.</translation>
    </message>
    <message>
        <source>%1 should be more than 0.</source>
        <translation>يجب أن يكون %1 أكبر من 0.</translation>
    </message>
    <message>
        <source>The server ended the stream of events.</source>
        <translation>أنهى الخادم تدفق الأحداث.</translation>
    </message>
    <message>
        <source>%1 should be the address of a server.</source>
        <translation>يجب أن يكون %1 عنوان خادم.</translation>
    </message>
    <message>
        <source>This server has no numbers for &quot;%1&quot; by %2.</source>
        <translation>ليس لدى هذا الخادم أرقام لـ «%1» حسب %2.</translation>
    </message>
    <message>
        <source>A Capgo server keeps daily numbers and a log of events by bundle only.</source>
        <translation>لا يحفظ خادم Capgo إلا أرقامًا يومية وسجل أحداث حسب الحزمة.</translation>
    </message>
    <message>
        <source>%1 should hold days.</source>
        <translation>يجب أن يحتوي %1 على أيام.</translation>
    </message>
    <message>
        <source>A series needs a beginning before its end and a step of more than 0.</source>
        <translation>تحتاج السلسلة إلى بداية قبل نهايتها وخطوة أكبر من 0.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a time.</source>
        <translation>«%1» ليس وقتًا.</translation>
    </message>
    <message>
        <source>Times look like 2026-07-20T10:00:00Z.</source>
        <translation>تبدو الأوقات مثل 2026-07-20T10:00:00Z.</translation>
    </message>
    <message>
        <source>%1 should be a text.</source>
        <translation>يجب أن يكون %1 نصًا.</translation>
    </message>
    <message>
        <source>%1 should be a whole number.</source>
        <translation>يجب أن يكون %1 عددًا صحيحًا.</translation>
    </message>
    <message>
        <source>%1 should be a number.</source>
        <translation>يجب أن يكون %1 عددًا.</translation>
    </message>
    <message>
        <source>%1 should be a time.</source>
        <translation>يجب أن يكون %1 وقتًا.</translation>
    </message>
    <message>
        <source>%1 should be an object.</source>
        <translation>يجب أن يكون %1 كائنًا.</translation>
    </message>
    <message>
        <source>%1 should be a list.</source>
        <translation>يجب أن يكون %1 قائمة.</translation>
    </message>
    <message>
        <source>%1 should be JSON.</source>
        <translation>يجب أن يكون %1 من نوع JSON.</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>الأرشيف</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>المجموع الاختباري</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>التشفير</translation>
    </message>
    <message>
        <source>Decrypt</source>
        <translation>فك التشفير</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>قائمة الملفات</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>البيان</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>الرفع</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>الملفات</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>التنزيل</translation>
    </message>
    <message>
        <source>The cryptography library does not start.</source>
        <translation>لا تبدأ مكتبة التشفير.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a semantic version.</source>
        <translation>«%1» ليس إصدارًا دلاليًا.</translation>
    </message>
    <message>
        <source>A version has three numbers, as in 2.4.1 or 2.4.1-beta.1.</source>
        <translation>للإصدار ثلاثة أعداد، مثل 2.4.1 أو 2.4.1-beta.1.</translation>
    </message>
    <message>
        <source>The session key of a bundle has 16 or 32 bytes, its IV 16.</source>
        <translation>لمفتاح جلسة الحزمة 16 أو 32 بايت، ولمتجهه الابتدائي (IV) 16.</translation>
    </message>
    <message>
        <source>This one has %1 and %2.</source>
        <translation>ولهذا %1 و%2.</translation>
    </message>
    <message>
        <source>The cipher could not be started.</source>
        <translation>تعذّر بدء التشفير.</translation>
    </message>
    <message>
        <source>The cipher stopped working.</source>
        <translation>توقف التشفير عن العمل.</translation>
    </message>
    <message>
        <source>The content could not be decrypted.</source>
        <translation>تعذّر فك تشفير المحتوى.</translation>
    </message>
    <message>
        <source>It is cut short or damaged, or it was encrypted with another session key.</source>
        <translation>هو مبتور أو تالف، أو شُفّر بمفتاح جلسة آخر.</translation>
    </message>
    <message>
        <source>This value cannot be signed.</source>
        <translation>لا يمكن توقيع هذه القيمة.</translation>
    </message>
    <message>
        <source>A text in it holds half a character.</source>
        <translation>في أحد نصوصها نصف حرف.</translation>
    </message>
    <message>
        <source>A number in it is not a whole number of at most 53 bits.</source>
        <translation>أحد أعدادها ليس عددًا صحيحًا من 53 بتًا على الأكثر.</translation>
    </message>
    <message>
        <source>A value in it is missing.</source>
        <translation>إحدى قيمها ناقصة.</translation>
    </message>
    <message>
        <source>The file “%1” could not be opened.</source>
        <translation>تعذّر فتح الملف «%1».</translation>
    </message>
    <message>
        <source>This is not the public key of a release identity.</source>
        <translation>ليس هذا المفتاح العام لهوية إصدار.</translation>
    </message>
    <message>
        <source>This file does not hold an Ed25519 private key.</source>
        <translation>لا يحتوي هذا الملف على مفتاح Ed25519 خاص.</translation>
    </message>
    <message>
        <source>An unencrypted PKCS#8 file that begins with BEGIN PRIVATE KEY is expected.</source>
        <translation>المتوقع ملف PKCS#8 غير مشفر يبدأ بـ BEGIN PRIVATE KEY.</translation>
    </message>
    <message>
        <source>It has %1 bytes instead of 32.</source>
        <translation>فيه %1 بايت بدلًا من 32.</translation>
    </message>
    <message>
        <source>The bytes are not a point of the curve that a key may be.</source>
        <translation>البايتات ليست نقطة على المنحنى يصح أن تكون مفتاحًا.</translation>
    </message>
    <message>
        <source>It is not base64.</source>
        <translation>ليس base64.</translation>
    </message>
    <message>
        <source>The signature is not valid.</source>
        <translation>التوقيع غير صالح.</translation>
    </message>
    <message>
        <source>It was made by another key, or what was signed has changed since.</source>
        <translation>أُنشئ بمفتاح آخر، أو تغيّر الموقَّع بعد توقيعه.</translation>
    </message>
    <message>
        <source>This is not the private key of a release identity.</source>
        <translation>ليس هذا المفتاح الخاص لهوية إصدار.</translation>
    </message>
    <message>
        <source>This is not the fingerprint of a key.</source>
        <translation>ليست هذه بصمة مفتاح.</translation>
    </message>
    <message>
        <source>A fingerprint has 64 hexadecimal digits.</source>
        <translation>للبصمة 64 رقمًا ست عشريًا.</translation>
    </message>
    <message>
        <source>This is not a usable RSA key.</source>
        <translation>ليس هذا مفتاح RSA صالحًا للاستخدام.</translation>
    </message>
    <message>
        <source>Devices do not take this RSA key.</source>
        <translation>لا تقبل الأجهزة مفتاح RSA هذا.</translation>
    </message>
    <message>
        <source>It has %1 bits; devices take 2048 bits with the exponent 65537 only.</source>
        <translation>فيه %1 بت؛ ولا تقبل الأجهزة إلا 2048 بت بالأس 65537.</translation>
    </message>
    <message>
        <source>Create a new bundle key, or import the one that the app was built with.</source>
        <translation>أنشئ مفتاح حزم جديدًا، أو استورد الذي بُني به التطبيق.</translation>
    </message>
    <message>
        <source>The public key could not be written.</source>
        <translation>تعذّرت كتابة المفتاح العام.</translation>
    </message>
    <message>
        <source>This is not the public half of a bundle key.</source>
        <translation>ليس هذا النصف العام لمفتاح حزم.</translation>
    </message>
    <message>
        <source>Expected is a PEM file that begins with “-----BEGIN RSA PUBLIC KEY-----”.</source>
        <translation>المتوقع ملف PEM يبدأ بـ «-----BEGIN RSA PUBLIC KEY-----».</translation>
    </message>
    <message>
        <source>This is the public half of a key; the private half is needed.</source>
        <translation>هذا النصف العام لمفتاح؛ والمطلوب النصف الخاص.</translation>
    </message>
    <message>
        <source>Choose the file without “.pub” at its end, usually “.capgo_key_v2”.</source>
        <translation>اختر الملف الذي لا ينتهي بـ «‎.pub»، وهو غالبًا «‎.capgo_key_v2».</translation>
    </message>
    <message>
        <source>This key file is protected with a passphrase.</source>
        <translation>ملف المفتاح هذا محمي بعبارة مرور.</translation>
    </message>
    <message>
        <source>Take the protection off with “openssl rsa -traditional” and import the result.</source>
        <translation>أزل الحماية بالأمر «openssl rsa -traditional» ثم استورد الناتج.</translation>
    </message>
    <message>
        <source>This is not the private half of a bundle key.</source>
        <translation>ليس هذا النصف الخاص لمفتاح حزم.</translation>
    </message>
    <message>
        <source>Expected is a PEM file that begins with “-----BEGIN RSA PRIVATE KEY-----”.</source>
        <translation>المتوقع ملف PEM يبدأ بـ «-----BEGIN RSA PRIVATE KEY-----».</translation>
    </message>
    <message>
        <source>This was not made with the private half of this key.</source>
        <translation>لم يُنشأ هذا بالنصف الخاص لهذا المفتاح.</translation>
    </message>
    <message>
        <source>A bundle key could not be created.</source>
        <translation>تعذّر إنشاء مفتاح حزم.</translation>
    </message>
    <message>
        <source>This key file is damaged: its numbers do not belong together.</source>
        <translation>ملف المفتاح هذا تالف: أعداده لا تتوافق.</translation>
    </message>
    <message>
        <source>Import the key from a backup.</source>
        <translation>استورد المفتاح من نسخة احتياطية.</translation>
    </message>
    <message>
        <source>The private key could not be written.</source>
        <translation>تعذّرت كتابة المفتاح الخاص.</translation>
    </message>
    <message>
        <source>At most 245 bytes fit into one block of this key.</source>
        <translation>لا تتسع كتلة واحدة من هذا المفتاح لأكثر من 245 بايت.</translation>
    </message>
    <message>
        <source>The private key could not be used.</source>
        <translation>تعذّر استخدام المفتاح الخاص.</translation>
    </message>
    <message>
        <source>The passphrase is wrong.</source>
        <translation>عبارة المرور خاطئة.</translation>
    </message>
    <message>
        <source>The sealed file does not open with it; nothing was changed.</source>
        <translation>لا يُفتح بها الملف المختوم؛ ولم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>Check capital letters and the keyboard layout, then try again.</source>
        <translation>تحقق من الأحرف الكبيرة ومن تخطيط لوحة المفاتيح ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>The sealed file was altered.</source>
        <translation>جرى تغيير الملف المختوم.</translation>
    </message>
    <message>
        <source>The passphrase fits, but a part of the content is not what was sealed.</source>
        <translation>عبارة المرور صحيحة، لكن جزءًا من المحتوى ليس ما خُتم.</translation>
    </message>
    <message>
        <source>Take another copy of the file.</source>
        <translation>استخدم نسخة أخرى من الملف.</translation>
    </message>
    <message>
        <source>The sealed file is for another purpose.</source>
        <translation>الملف المختوم لغرض آخر.</translation>
    </message>
    <message>
        <source>It is a file of the kind &quot;%1&quot;, wanted is &quot;%2&quot;.</source>
        <translation>هو ملف من نوع «%1»، والمطلوب «%2».</translation>
    </message>
    <message>
        <source>The sealed file is not the one that is wanted here.</source>
        <translation>الملف المختوم ليس المطلوب هنا.</translation>
    </message>
    <message>
        <source>Its &quot;%1&quot; is &quot;%2&quot;, wanted is &quot;%3&quot;.</source>
        <translation>قيمة «%1» فيه «%2»، والمطلوب «%3».</translation>
    </message>
    <message>
        <source>It is longer than what was sealed.</source>
        <translation>هو أطول مما خُتم.</translation>
    </message>
    <message>
        <source>There is no passphrase.</source>
        <translation>لا توجد عبارة مرور.</translation>
    </message>
    <message>
        <source>An empty passphrase protects nothing.</source>
        <translation>عبارة المرور الفارغة لا تحمي شيئًا.</translation>
    </message>
    <message>
        <source>The key could not be made from the passphrase.</source>
        <translation>تعذّر اشتقاق المفتاح من عبارة المرور.</translation>
    </message>
    <message>
        <source>It needs %1 MiB of free memory for a moment.</source>
        <translation>يلزم لذلك %1 م.ب من الذاكرة الحرة للحظة.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>أغلق برامج أخرى ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>This is not a file sealed by Gatehouse.</source>
        <translation>ليس هذا ملفًا ختمه Gatehouse.</translation>
    </message>
    <message>
        <source>It does not begin as such a file does.</source>
        <translation>لا يبدأ كما يبدأ مثل هذا الملف.</translation>
    </message>
    <message>
        <source>The head of the sealed file is damaged.</source>
        <translation>رأس الملف المختوم تالف.</translation>
    </message>
    <message>
        <source>It names a way to use the passphrase that Gatehouse does not know.</source>
        <translation>يذكر طريقة لاستخدام عبارة المرور لا يعرفها Gatehouse.</translation>
    </message>
    <message>
        <source>It asks for more work or memory than Gatehouse spends on a passphrase.</source>
        <translation>يطلب من العمل أو الذاكرة أكثر مما ينفقه Gatehouse على عبارة مرور.</translation>
    </message>
    <message>
        <source>A part is missing.</source>
        <translation>جزء منه ناقص.</translation>
    </message>
    <message>
        <source>What is said about the content is too long.</source>
        <translation>ما يُذكر عن المحتوى أطول من اللازم.</translation>
    </message>
    <message>
        <source>Its second line does not end.</source>
        <translation>سطره الثاني لا ينتهي.</translation>
    </message>
    <message>
        <source>Its second line is not JSON.</source>
        <translation>سطره الثاني ليس JSON.</translation>
    </message>
    <message>
        <source>The sealed file is cut off.</source>
        <translation>الملف المختوم مبتور.</translation>
    </message>
    <message>
        <source>Its end is missing; nothing was changed.</source>
        <translation>نهايته ناقصة؛ ولم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>This is not base64.</source>
        <translation>ليس هذا base64.</translation>
    </message>
    <message>
        <source>The file does not hold exactly one &quot;%1&quot; block.</source>
        <translation>لا يحتوي الملف على كتلة «%1» واحدة بالضبط.</translation>
    </message>
    <message>
        <source>The protected memory for private keys could not be set up.</source>
        <translation>تعذّر إعداد الذاكرة المحمية للمفاتيح الخاصة.</translation>
    </message>
    <message>
        <source>Something follows the value.</source>
        <translation>يلي القيمة شيء آخر.</translation>
    </message>
    <message>
        <source>The signed text is not as agreed.</source>
        <translation>النص الموقّع ليس كما اتُّفق.</translation>
    </message>
    <message>
        <source>It is nested too deeply.</source>
        <translation>هو متداخل بعمق زائد.</translation>
    </message>
    <message>
        <source>A key is expected.</source>
        <translation>المتوقع اسم مفتاح.</translation>
    </message>
    <message>
        <source>A key is there twice.</source>
        <translation>اسم مفتاح مكرر.</translation>
    </message>
    <message>
        <source>A colon is expected.</source>
        <translation>المتوقع نقطتان رأسيتان.</translation>
    </message>
    <message>
        <source>A comma or the end of an object is expected.</source>
        <translation>المتوقع فاصلة أو نهاية كائن.</translation>
    </message>
    <message>
        <source>A comma or the end of a list is expected.</source>
        <translation>المتوقع فاصلة أو نهاية قائمة.</translation>
    </message>
    <message>
        <source>A value is expected.</source>
        <translation>المتوقع قيمة.</translation>
    </message>
    <message>
        <source>A number is too large.</source>
        <translation>أحد الأعداد كبير جدًا.</translation>
    </message>
    <message>
        <source>A number has a needless zero or sign.</source>
        <translation>في أحد الأعداد صفر أو إشارة بلا حاجة.</translation>
    </message>
    <message>
        <source>A number is not a whole number.</source>
        <translation>أحد الأعداد ليس عددًا صحيحًا.</translation>
    </message>
    <message>
        <source>A text does not end, or holds a control character.</source>
        <translation>نص لا ينتهي، أو فيه حرف تحكم.</translation>
    </message>
    <message>
        <source>A text is not UTF-8.</source>
        <translation>أحد النصوص ليس UTF-8.</translation>
    </message>
    <message>
        <source>A text has an unknown escape.</source>
        <translation>في أحد النصوص تسلسل هروب غير معروف.</translation>
    </message>
    <message>
        <source>A text holds half a character.</source>
        <translation>في أحد النصوص نصف حرف.</translation>
    </message>
    <message>
        <source>A text does not end.</source>
        <translation>أحد النصوص لا ينتهي.</translation>
    </message>
    <message>
        <source>An object is expected.</source>
        <translation>المتوقع كائن.</translation>
    </message>
    <message>
        <source>The signed text holds something that Gatehouse does not know.</source>
        <translation>في النص الموقّع شيء لا يعرفه Gatehouse.</translation>
    </message>
    <message>
        <source>“%1” has the key “%2”.</source>
        <translation>في «%1» اسم المفتاح «%2».</translation>
    </message>
    <message>
        <source>A newer Gatehouse may have made it.</source>
        <translation>ربما أنشأه إصدار أحدث من Gatehouse.</translation>
    </message>
    <message>
        <source>The list of stored keys cannot be read.</source>
        <translation>تعذّرت قراءة قائمة المفاتيح المحفوظة.</translation>
    </message>
    <message>
        <source>The keys themselves are untouched; restore a key from its backup to list it.</source>
        <translation>المفاتيح نفسها لم تُمس؛ استعد مفتاحًا من نسخته الاحتياطية ليظهر في القائمة.</translation>
    </message>
    <message>
        <source>A line of it is not as agreed.</source>
        <translation>أحد سطورها ليس كما اتُّفق.</translation>
    </message>
    <message>
        <source>It is not what Gatehouse writes.</source>
        <translation>ليست ما يكتبه Gatehouse.</translation>
    </message>
    <message>
        <source>Line %1, column %2: something follows the end of the object.</source>
        <translation>السطر %1، العمود %2: يلي نهاية الكائن شيء آخر.</translation>
    </message>
    <message>
        <source>The file is not valid JSON; nothing was changed.</source>
        <translation>الملف ليس JSON صالحًا؛ ولم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>Mend the file in an editor and try again.</source>
        <translation>أصلح الملف في محرّر ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>Line %1, column %2: it is nested too deeply.</source>
        <translation>السطر %1، العمود %2: التداخل أعمق من اللازم.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a value is expected.</source>
        <translation>السطر %1، العمود %2: المتوقع قيمة.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a key in double quotes is expected.</source>
        <translation>السطر %1، العمود %2: المتوقع اسم مفتاح بين علامتي اقتباس مزدوجتين.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a colon is expected.</source>
        <translation>السطر %1، العمود %2: المتوقع نقطتان رأسيتان.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a comma or a closing brace is expected.</source>
        <translation>السطر %1، العمود %2: المتوقع فاصلة أو قوس إغلاق معقوص.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a comma or a closing bracket is expected.</source>
        <translation>السطر %1، العمود %2: المتوقع فاصلة أو قوس إغلاق مربع.</translation>
    </message>
    <message>
        <source>Line %1, column %2: an escape is unknown.</source>
        <translation>السطر %1، العمود %2: تسلسل هروب غير معروف.</translation>
    </message>
    <message>
        <source>Line %1, column %2: a text does not end.</source>
        <translation>السطر %1، العمود %2: نص لا ينتهي.</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is there twice.</source>
        <translation>اسم المفتاح «%1» مكرر.</translation>
    </message>
    <message>
        <source>It holds no object.</source>
        <translation>ليس فيه كائن.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no object.</source>
        <translation>«%1» ليس كائنًا.</translation>
    </message>
    <message>
        <source>Unlock it and try again, or keep the keys in a vault with a passphrase.</source>
        <translation>افتحها وأعد المحاولة، أو احفظ المفاتيح في خزنة بعبارة مرور.</translation>
    </message>
    <message>
        <source>Start one (GNOME Keyring, KWallet or KeePassXC) and try again, or keep the keys in a vault with a passphrase.</source>
        <translation>شغّل واحدة (GNOME Keyring أو KWallet أو KeePassXC) وأعد المحاولة، أو احفظ المفاتيح في خزنة بعبارة مرور.</translation>
    </message>
    <message>
        <source>Answer its question and try again, or keep the keys in a vault with a passphrase.</source>
        <translation>أجب عن سؤالها وأعد المحاولة، أو احفظ المفاتيح في خزنة بعبارة مرور.</translation>
    </message>
    <message>
        <source>Try again, or keep the keys in a vault with a passphrase.</source>
        <translation>أعد المحاولة، أو احفظ المفاتيح في خزنة بعبارة مرور.</translation>
    </message>
    <message>
        <source>There is no entry &quot;%1&quot;.</source>
        <translation>لا يوجد مدخل «%1».</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is empty or too large.</source>
        <translation>«%1» فارغ أو كبير جدًا.</translation>
    </message>
    <message>
        <source>Let only its owner read it: chmod 600 &quot;%1&quot;</source>
        <translation>اجعل قراءته لصاحبه وحده: chmod 600 &quot;%1&quot;</translation>
    </message>
    <message>
        <source>The content of the vault is not as agreed.</source>
        <translation>محتوى الخزنة ليس كما اتُّفق.</translation>
    </message>
    <message>
        <source>A newer Gatehouse may have written it.</source>
        <translation>ربما كتبه إصدار أحدث من Gatehouse.</translation>
    </message>
    <message>
        <source>It does not begin as a vault does.</source>
        <translation>لا يبدأ كما تبدأ الخزنة.</translation>
    </message>
    <message>
        <source>An entry does not end.</source>
        <translation>أحد المدخلات لا ينتهي.</translation>
    </message>
    <message>
        <source>A private part does not end.</source>
        <translation>أحد الأجزاء الخاصة لا ينتهي.</translation>
    </message>
    <message>
        <source>Attempts and failures cannot be put together.</source>
        <translation>لا يمكن جمع المحاولات والإخفاقات معًا.</translation>
    </message>
    <message>
        <source>The two series cover different spans or are split differently.</source>
        <translation>تغطي السلسلتان فترتين مختلفتين أو قُسّمتا تقسيمًا مختلفًا.</translation>
    </message>
    <message>
        <source>No single action takes this change to &quot;%1&quot; back.</source>
        <translation>لا يوجد إجراء واحد يتراجع عن هذا التغيير في «%1».</translation>
    </message>
    <message>
        <source>The channel &quot;%1&quot; was changed once more since.</source>
        <translation>تغيّرت القناة «%1» مرة أخرى منذ ذلك الحين.</translation>
    </message>
    <message>
        <source>Undoing would overwrite that newer change.</source>
        <translation>التراجع سيمحو ذلك التغيير الأحدث.</translation>
    </message>
    <message>
        <source>Look at the channel and decide again.</source>
        <translation>انظر إلى القناة وقرّر من جديد.</translation>
    </message>
    <message>
        <source>The artifact is not as long as the server says.</source>
        <translation>طول الملف المنزَّل ليس كما يقول الخادم.</translation>
    </message>
    <message>
        <source>%1 bytes came; it says %2.</source>
        <translation>وصل %1 بايت؛ وهو يذكر %2.</translation>
    </message>
    <message>
        <source>The download could not be written to &quot;%1&quot;.</source>
        <translation>تعذّرت كتابة الملف المنزَّل إلى «%1».</translation>
    </message>
    <message>
        <source>Free some space on the disk.</source>
        <translation>حرّر بعض المساحة على القرص.</translation>
    </message>
    <message>
        <source>No key on this computer opens bundle %1.</source>
        <translation>لا يفتح الحزمة %1 أي مفتاح على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>It was encrypted with another key, labelled %1.</source>
        <translation>شُفّرت بمفتاح آخر وسمه %1.</translation>
    </message>
    <message>
        <source>There is no bundle key of this app.</source>
        <translation>لا يوجد مفتاح حزم لهذا التطبيق.</translation>
    </message>
    <message>
        <source>Import the app&apos;s key under Keys.</source>
        <translation>استورد مفتاح التطبيق في «المفاتيح».</translation>
    </message>
    <message>
        <source>The server holds no archive of bundle %1.</source>
        <translation>ليس على الخادم أرشيف للحزمة %1.</translation>
    </message>
    <message>
        <source>It lies at %1.</source>
        <translation>هو عند %1.</translation>
    </message>
    <message>
        <source>It was uploaded file by file.</source>
        <translation>رُفعت ملفًا ملفًا.</translation>
    </message>
    <message>
        <source>The signed envelope is not as agreed.</source>
        <translation>المغلف الموقّع ليس كما اتُّفق.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not base64.</source>
        <translation>«%1» ليس base64.</translation>
    </message>
    <message>
        <source>A signature names no key.</source>
        <translation>أحد التواقيع لا يذكر مفتاحًا.</translation>
    </message>
    <message>
        <source>It is larger than 4 MiB.</source>
        <translation>هو أكبر من 4 م.ب.</translation>
    </message>
    <message>
        <source>It has no type, no signature, or too many of them.</source>
        <translation>لا نوع له، أو لا توقيع فيه، أو تواقيعه كثيرة جدًا.</translation>
    </message>
    <message>
        <source>The signed envelope holds something else than expected.</source>
        <translation>في المغلف الموقّع غير المتوقع.</translation>
    </message>
    <message>
        <source>Its type is &quot;%1&quot;.</source>
        <translation>نوعه «%1».</translation>
    </message>
    <message>
        <source>A signature is wrong: what it covers was changed, or it is forged.</source>
        <translation>أحد التواقيع خاطئ: تغيّر ما يشمله، أو هو مزوّر.</translation>
    </message>
    <message>
        <source>It claims to be by the key %1.</source>
        <translation>يدّعي أنه من المفتاح %1.</translation>
    </message>
    <message>
        <source>Nobody that is trusted here signed this.</source>
        <translation>لم يوقّع هذا أحد موثوق به هنا.</translation>
    </message>
    <message>
        <source>No signature is by one of the expected keys.</source>
        <translation>لا توقيع من أحد المفاتيح المتوقعة.</translation>
    </message>
    <message>
        <source>The release statement belongs to something else.</source>
        <translation>بيان الإصدار يخص شيئًا آخر.</translation>
    </message>
    <message>
        <source>It is for the app “%1”; expected is “%2”.</source>
        <translation>هو للتطبيق «%1»؛ والمتوقع «%2».</translation>
    </message>
    <message>
        <source>It is for version %1; expected is %2.</source>
        <translation>هو للإصدار %1؛ والمتوقع %2.</translation>
    </message>
    <message>
        <source>It is for an archive with the SHA-256 %1; expected is %2.</source>
        <translation>هو لأرشيف قيمة SHA-256 له %1؛ والمتوقع %2.</translation>
    </message>
    <message>
        <source>It is for an encrypted archive with the SHA-256 %1; expected is %2.</source>
        <translation>هو لأرشيف مشفر قيمة SHA-256 له %1؛ والمتوقع %2.</translation>
    </message>
    <message>
        <source>It names no encrypted archive; expected is one with the SHA-256 %1.</source>
        <translation>لا يذكر أرشيفًا مشفرًا؛ والمتوقع أرشيف قيمة SHA-256 له %1.</translation>
    </message>
    <message>
        <source>It is for a manifest with the SHA-256 %1; expected is %2.</source>
        <translation>هو لقائمة ملفات قيمة SHA-256 لها %1؛ والمتوقع %2.</translation>
    </message>
    <message>
        <source>It names no manifest; expected is one with the SHA-256 %1.</source>
        <translation>لا يذكر قائمة ملفات؛ والمتوقع قائمة قيمة SHA-256 لها %1.</translation>
    </message>
    <message>
        <source>The release statement cannot be made.</source>
        <translation>لا يمكن إنشاء بيان الإصدار.</translation>
    </message>
    <message>
        <source>“%1” has no name.</source>
        <translation>ليس لـ «%1» اسم.</translation>
    </message>
    <message>
        <source>The SHA-256 of “%1” is not 64 lower-case hex digits.</source>
        <translation>قيمة SHA-256 لـ «%1» ليست 64 رقمًا ست عشريًا بأحرف صغيرة.</translation>
    </message>
    <message>
        <source>Two of its files have the same name.</source>
        <translation>لاثنين من ملفاته الاسم نفسه.</translation>
    </message>
    <message>
        <source>The cipher “%1” is unknown.</source>
        <translation>التشفير «%1» غير معروف.</translation>
    </message>
    <message>
        <source>A key must be named when there is a cipher, and only then.</source>
        <translation>يجب ذكر مفتاح عند وجود تشفير، وعندها فقط.</translation>
    </message>
    <message>
        <source>%1 should be a whole number from 0 on.</source>
        <translation>يجب أن يكون %1 عددًا صحيحًا من 0 فصاعدًا.</translation>
    </message>
    <message>
        <source>The release statement is not as agreed.</source>
        <translation>بيان الإصدار ليس كما اتُّفق.</translation>
    </message>
    <message>
        <source>%1 should be a list of different names.</source>
        <translation>يجب أن يكون %1 قائمة أسماء مختلفة.</translation>
    </message>
    <message>
        <source>%1 should be the name of a subject.</source>
        <translation>يجب أن يكون %1 اسم أحد العناصر.</translation>
    </message>
    <message>
        <source>%1 should be a list of texts.</source>
        <translation>يجب أن يكون %1 قائمة نصوص.</translation>
    </message>
    <message>
        <source>%1 should be a table of texts.</source>
        <translation>يجب أن يكون %1 جدول نصوص.</translation>
    </message>
    <message>
        <source>%1 should be the id of an app.</source>
        <translation>يجب أن يكون %1 معرّف تطبيق.</translation>
    </message>
    <message>
        <source>%1 should be a semantic version.</source>
        <translation>يجب أن يكون %1 إصدارًا دلاليًا.</translation>
    </message>
    <message>
        <source>%1 should name each subject once.</source>
        <translation>يجب أن يذكر %1 كل عنصر مرة واحدة.</translation>
    </message>
    <message>
        <source>%1 should be an in-toto statement.</source>
        <translation>يجب أن يكون %1 بيان in-toto.</translation>
    </message>
    <message>
        <source>%1 should be a release statement.</source>
        <translation>يجب أن يكون %1 بيان إصدار.</translation>
    </message>
    <message>
        <source>%1 should be an action that Gatehouse knows.</source>
        <translation>يجب أن يكون %1 إجراءً يعرفه Gatehouse.</translation>
    </message>
    <message>
        <source>%1 should be between 0 and 10000.</source>
        <translation>يجب أن يقع %1 بين 0 و10000.</translation>
    </message>
    <message>
        <source>%1 should be an object with id and name.</source>
        <translation>يجب أن يكون %1 كائنًا فيه id وname.</translation>
    </message>
    <message>
        <source>The error in it has neither “error” nor “code”.</source>
        <translation>ليس في الخطأ الوارد فيه «error» ولا «code».</translation>
    </message>
    <message>
        <source>%1 should hold only numbers and null.</source>
        <translation>يجب ألا يحتوي %1 إلا على أعداد وnull.</translation>
    </message>
    <message>
        <source>The lines of %1 differ in length.</source>
        <translation>تختلف خطوط %1 في الطول.</translation>
    </message>
    <message>
        <source>No place to keep keys is open.</source>
        <translation>لا مكان مفتوح لحفظ المفاتيح.</translation>
    </message>
    <message>
        <source>Choose keychain or vault under Keys.</source>
        <translation>اختر سلسلة المفاتيح أو الخزنة في «المفاتيح».</translation>
    </message>
    <message>
        <source>The program carries no version %1 of the sample app.</source>
        <translation>لا يحمل البرنامج الإصدار %1 من تطبيق المثال.</translation>
    </message>
    <message>
        <source>The sample app could not be written.</source>
        <translation>تعذّرت كتابة تطبيق المثال.</translation>
    </message>
    <message>
        <source>%1 cannot be created.</source>
        <translation>تعذّر إنشاء %1.</translation>
    </message>
    <message>
        <source>Free some space on the disk of temporary files.</source>
        <translation>حرّر بعض المساحة على قرص الملفات المؤقتة.</translation>
    </message>
    <message>
        <source>It was encrypted with another key.</source>
        <translation>شُفّرت بمفتاح آخر.</translation>
    </message>
</context>
<context>
    <name>gatehouse</name>
    <message>
        <source>Release desk for over-the-air updates of Capacitor apps</source>
        <translation>مكتب إصدار لتحديثات تطبيقات Capacitor عبر الهواء</translation>
    </message>
    <message>
        <source>Drive the program through its main job and save pictures of all screens in &lt;folder&gt;</source>
        <translation>تسيير البرنامج عبر مهمته الرئيسية وحفظ صور كل الشاشات في &lt;folder&gt;</translation>
    </message>
    <message>
        <source>Print the milliseconds from the start of main() to the painted window, and end</source>
        <translation>طباعة الزمن بالملّي ثانية من بدء main() إلى رسم النافذة، ثم الإنهاء</translation>
    </message>
    <message>
        <source>Speak the language of &lt;locale&gt;, as &quot;de&quot; or &quot;ar_EG&quot;, and write numbers and dates as it does</source>
        <translation>استخدام لغة &lt;locale&gt;، مثل &quot;de&quot; أو &quot;ar_EG&quot;، وكتابة الأرقام والتواريخ على طريقتها</translation>
    </message>
    <message>
        <source>&quot;%1&quot; names no language. Try &quot;de&quot; or &quot;ar_EG&quot;.</source>
        <translation>لا يسمّي «%1» لغة. جرّب &quot;de&quot; أو &quot;ar_EG&quot;.</translation>
    </message>
    <message>
        <source>There is no display to open a window on.</source>
        <translation>لا توجد شاشة لفتح نافذة عليها.</translation>
    </message>
    <message>
        <source>Start Gatehouse on a desktop, or use gatehouse-cli, which needs none.</source>
        <translation>شغّل Gatehouse على سطح مكتب، أو استخدم gatehouse-cli الذي لا يحتاج إلى شاشة.</translation>
    </message>
    <message>
        <source>Size of the tour&apos;s window, as 1920x1080</source>
        <translation>حجم نافذة الجولة، مثل 1920x1080</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no size of a window. Try &quot;1920x1080&quot;.</source>
        <translation>«%1» ليس حجم نافذة. جرّب «1920x1080».</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::ActivityList</name>
    <message>
        <source>%1 installed</source>
        <translation>تم تثبيت %1</translation>
    </message>
    <message>
        <source>%1 offered</source>
        <translation>عُرضت %1</translation>
    </message>
    <message>
        <source>%1 downloaded</source>
        <translation>نُزّلت %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::BundleTable</name>
    <message>
        <source>Version</source>
        <translation>الإصدار</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>أُنشئت</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>المفتاح</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>غير مشفرة</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>ملاحظات</translation>
    </message>
    <message>
        <source>d MMM hh:mm</source>
        <extracomment>Day, month and clock, as QLocale reads patterns</extracomment>
        <translation>d MMM hh:mm</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::DifferenceTable</name>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>التغيير</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>قبل</translation>
    </message>
    <message>
        <source>After</source>
        <translation>بعد</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>الفرق</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::HistoryTable</name>
    <message>
        <source>the built-in bundle</source>
        <translation>الحزمة المضمّنة</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1٪</translation>
    </message>
    <message>
        <source>Channel created</source>
        <translation>أُنشئت القناة</translation>
    </message>
    <message>
        <source>%1 became stable</source>
        <translation>صارت %1 المستقرة</translation>
    </message>
    <message>
        <source>Rollout of %1 at %2</source>
        <translation>طرح %1 عند %2</translation>
    </message>
    <message>
        <source>Share of %1 set to %2</source>
        <translation>ضُبطت نسبة %1 على %2</translation>
    </message>
    <message>
        <source>%1 replaced the rollout&apos;s bundle</source>
        <translation>حلّت %1 محل حزمة الطرح</translation>
    </message>
    <message>
        <source>Rollout of %1 paused</source>
        <translation>أُوقف طرح %1 مؤقتًا</translation>
    </message>
    <message>
        <source>Rollout of %1 resumed</source>
        <translation>استؤنف طرح %1</translation>
    </message>
    <message>
        <source>Channel frozen</source>
        <translation>جُمّدت القناة</translation>
    </message>
    <message>
        <source>Channel released from the freeze</source>
        <translation>رُفع تجميد القناة</translation>
    </message>
    <message>
        <source>%1 taken back</source>
        <translation>سُحبت %1</translation>
    </message>
    <message>
        <source>Rolled back to %1</source>
        <translation>تم الرجوع إلى %1</translation>
    </message>
    <message>
        <source>Rules changed</source>
        <translation>تغيّرت القواعد</translation>
    </message>
    <message>
        <source>When</source>
        <translation>متى</translation>
    </message>
    <message>
        <source>What</source>
        <translation>ماذا</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>d MMM hh:mm</source>
        <extracomment>Day, month and clock, as QLocale reads patterns</extracomment>
        <translation>d MMM hh:mm</translation>
    </message>
    <message>
        <source>Channel changed</source>
        <translation>غُيّرت القناة</translation>
    </message>
</context>
<context>
    <name>gatehouse::tables::RunningTable</name>
    <message>
        <source>built-in</source>
        <translation>مضمّنة</translation>
    </message>
    <message>
        <source>Native version</source>
        <translation>الإصدار الأصلي</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>الأجهزة</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ActivityCard</name>
    <message>
        <source>Recent activity</source>
        <translation>النشاط الأخير</translation>
    </message>
    <message>
        <source>Nothing was released yet.</source>
        <translation>لم يصدر شيء بعد.</translation>
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
        <translation>لماذا؟</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>سحب</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Show the evidence</source>
        <translation>إظهار الأدلة</translation>
    </message>
    <message>
        <source>Take back the failing bundle</source>
        <translation>سحب الحزمة الفاشلة</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>إغلاق الرسالة</translation>
    </message>
    <message>
        <source>Taken back from the overview</source>
        <translation>سُحبت من النظرة العامة</translation>
    </message>
    <message numerus="yes">
        <source>Take back from %1 devices</source>
        <translation>
            <numerusform>سحب من %1 جهاز</numerusform>
            <numerusform>سحب من %1 جهاز</numerusform>
            <numerusform>سحب من %1 جهاز</numerusform>
            <numerusform>سحب من %1 أجهزة</numerusform>
            <numerusform>سحب من %1 جهازًا</numerusform>
            <numerusform>سحب من %1 جهاز</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 fails on %2.</source>
        <translation>تفشل %1 على %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 devices failed by the bundle’s fault; more than %3 is sure.</source>
        <translation>
            <numerusform>فشل %1 من %2 جهاز بسبب الحزمة؛ المؤكد أكثر من %3.</numerusform>
            <numerusform>فشل %1 من %2 جهاز بسبب الحزمة؛ المؤكد أكثر من %3.</numerusform>
            <numerusform>فشل %1 من %2 جهاز بسبب الحزمة؛ المؤكد أكثر من %3.</numerusform>
            <numerusform>فشل %1 من %2 أجهزة بسبب الحزمة؛ المؤكد أكثر من %3.</numerusform>
            <numerusform>فشل %1 من %2 جهازًا بسبب الحزمة؛ المؤكد أكثر من %3.</numerusform>
            <numerusform>فشل %1 من %2 جهاز بسبب الحزمة؛ المؤكد أكثر من %3.</numerusform>
        </translation>
    </message>
    <message>
        <source>The rollout of %1 on %2 is paused.</source>
        <translation>طرح %1 على %2 متوقف مؤقتًا.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::BundleDetails</name>
    <message>
        <source>Roll out…</source>
        <translation>طرح…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>حذف…</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>أُنشئت</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>المجموع الاختباري</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>المفتاح</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
    <message>
        <source>Native packages</source>
        <translation>الحزم الأصلية</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>ملاحظات</translation>
    </message>
    <message>
        <source>Roll out the selected bundle</source>
        <translation>طرح الحزمة المحددة</translation>
    </message>
    <message>
        <source>Delete the selected bundle</source>
        <translation>حذف الحزمة المحددة</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>none</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>غير مشفرة</translation>
    </message>
    <message>
        <source>none named</source>
        <translation>لم يُذكر شيء</translation>
    </message>
    <message numerus="yes">
        <source>%n packages</source>
        <translation>
            <numerusform>لا حزم</numerusform>
            <numerusform>حزمة واحدة</numerusform>
            <numerusform>حزمتان</numerusform>
            <numerusform>%Ln حزم</numerusform>
            <numerusform>%Ln حزمة</numerusform>
            <numerusform>%Ln حزمة</numerusform>
        </translation>
    </message>
    <message>
        <source>It cannot be deleted: %1 serves it.</source>
        <translation>لا يمكن حذفها: تقدّمها %1.</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>مقارنة…</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>تحقّق</translation>
    </message>
    <message>
        <source>Compare the selected bundle with another one</source>
        <translation>مقارنة الحزمة المحددة بأخرى</translation>
    </message>
    <message>
        <source>Download and verify the selected bundle</source>
        <translation>تنزيل الحزمة المحددة والتحقق منها</translation>
    </message>
    <message>
        <source>Download it as devices get it, and check it as they do</source>
        <translation>تنزيلها كما تحصل عليها الأجهزة، وفحصها كما تفحصها</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::BundleListPage</name>
    <message>
        <source>ready</source>
        <translation>جاهزة</translation>
    </message>
    <message>
        <source>live</source>
        <translation>مباشرة</translation>
    </message>
    <message>
        <source>rolling out</source>
        <translation>قيد الطرح</translation>
    </message>
    <message>
        <source>uploading</source>
        <translation>قيد الرفع</translation>
    </message>
    <message>
        <source>Search version or notes</source>
        <translation>البحث في الإصدارات أو الملاحظات</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>الحزم</translation>
    </message>
    <message>
        <source>New bundle</source>
        <translation>حزمة جديدة</translation>
    </message>
    <message>
        <source>Bundles of the app</source>
        <translation>حزم التطبيق</translation>
    </message>
    <message>
        <source>No bundle yet. Build one from your web folder.</source>
        <translation>لا حزمة بعد. ابنِ واحدة من مجلد الويب.</translation>
    </message>
    <message>
        <source>Build the first bundle</source>
        <translation>بناء الحزمة الأولى</translation>
    </message>
    <message>
        <source>Which bundles</source>
        <translation>أي الحزم</translation>
    </message>
    <message>
        <source>All</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>مستخدمة</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>غير مستخدمة</translation>
    </message>
    <message>
        <source>No bundle matches.</source>
        <translation>لا حزمة مطابقة.</translation>
    </message>
    <message>
        <source>Show all bundles</source>
        <translation>عرض كل الحزم</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::BundlesScreen</name>
    <message>
        <source>Bundles</source>
        <translation>الحزم</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChangeList</name>
    <message>
        <source>What changes</source>
        <translation>ما الذي يتغيّر</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>الآن</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>بعدها</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelCard</name>
    <message>
        <source>On newest</source>
        <translation>على الأحدث</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>حالات الفشل</translation>
    </message>
    <message>
        <source>Roll back…</source>
        <translation>رجوع…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Paused by hand</source>
        <translation>أُوقف يدويًا</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>المستقرة</translation>
    </message>
    <message>
        <source>Roll back %1</source>
        <translation>إرجاع %1</translation>
    </message>
    <message>
        <source>Pause the rollout on %1</source>
        <translation>إيقاف الطرح على %1 مؤقتًا</translation>
    </message>
    <message>
        <source>Open the channel %1</source>
        <translation>فتح القناة %1</translation>
    </message>
    <message>
        <source>Rollout share of %1</source>
        <translation>نسبة الطرح على %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>ضُبطت %1</translation>
    </message>
    <message>
        <source>There is nothing to go back to.</source>
        <translation>لا شيء يمكن الرجوع إليه.</translation>
    </message>
    <message>
        <source>Rolling out</source>
        <translation>قيد الطرح</translation>
    </message>
    <message>
        <source>No rollout running</source>
        <translation>لا طرح جارٍ</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>مجمّدة</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>متوقف مؤقتًا</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>هادئة</translation>
    </message>
    <message>
        <source>no active device</source>
        <translation>لا جهاز نشط</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
    <message>
        <source>no outcome yet</source>
        <translation>لا نتيجة بعد</translation>
    </message>
    <message numerus="yes">
        <source>%1 active devices</source>
        <translation>
            <numerusform>%1 جهاز نشط</numerusform>
            <numerusform>%1 جهاز نشط</numerusform>
            <numerusform>%1 جهاز نشط</numerusform>
            <numerusform>%1 أجهزة نشطة</numerusform>
            <numerusform>%1 جهازًا نشطًا</numerusform>
            <numerusform>%1 جهاز نشط</numerusform>
        </translation>
    </message>
    <message>
        <source>Failures over the last 24 hours</source>
        <translation>حالات الفشل في آخر ٢٤ ساعة</translation>
    </message>
    <message>
        <source>not kept by channel here</source>
        <translation>لا يُحفظ لكل قناة هنا</translation>
    </message>
    <message>
        <source>active devices are not counted here</source>
        <translation>لا تُعدّ الأجهزة النشطة هنا</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelList</name>
    <message>
        <source>built-in</source>
        <translation>مضمّنة</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>مجمّدة</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>هادئة</translation>
    </message>
    <message>
        <source>Prepared</source>
        <translation>مُعدّ</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>متوقف مؤقتًا</translation>
    </message>
    <message>
        <source>Channel %1</source>
        <translation>القناة %1</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 devices, %3</source>
        <translation>
            <numerusform>%1، %2 جهاز، %3</numerusform>
            <numerusform>%1، %2 جهاز، %3</numerusform>
            <numerusform>%1، %2 جهاز، %3</numerusform>
            <numerusform>%1، %2 أجهزة، %3</numerusform>
            <numerusform>%1، %2 جهازًا، %3</numerusform>
            <numerusform>%1، %2 جهاز، %3</numerusform>
        </translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
    <message>
        <source>New</source>
        <translation>جديدة</translation>
    </message>
    <message>
        <source>New channel</source>
        <translation>قناة جديدة</translation>
    </message>
    <message>
        <source>Filter channels</source>
        <translation>تصفية القنوات</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>تصفية</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>stable bundle, bundle of the rollout</comment>
        <translation>%1 ← %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %2 devices</source>
        <translation>
            <numerusform>%1 · %2 جهاز</numerusform>
            <numerusform>%1 · %2 جهاز</numerusform>
            <numerusform>%1 · %2 جهاز</numerusform>
            <numerusform>%1 · %2 أجهزة</numerusform>
            <numerusform>%1 · %2 جهازًا</numerusform>
            <numerusform>%1 · %2 جهاز</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelPage</name>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>تجميد</translation>
    </message>
    <message>
        <source>Roll back to…</source>
        <translation>رجوع إلى…</translation>
    </message>
    <message>
        <source>Nothing happened on this channel yet.</source>
        <translation>لم يحدث شيء على هذه القناة بعد.</translation>
    </message>
    <message>
        <source>Roll back to this</source>
        <translation>الرجوع إلى هذه</translation>
    </message>
    <message>
        <source>History</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>History of the channel</source>
        <translation>سجل القناة</translation>
    </message>
    <message>
        <source>Paused by hand</source>
        <translation>أُوقف يدويًا</translation>
    </message>
    <message>
        <source>Frozen by hand</source>
        <translation>جُمّدت يدويًا</translation>
    </message>
    <message>
        <source>default for %1</source>
        <translation>افتراضية لـ %1</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>استئناف…</translation>
    </message>
    <message>
        <source>Resume the rollout</source>
        <translation>استئناف الطرح</translation>
    </message>
    <message>
        <source>Pause the rollout</source>
        <translation>إيقاف الطرح مؤقتًا</translation>
    </message>
    <message>
        <source>Unfreeze…</source>
        <translation>رفع التجميد…</translation>
    </message>
    <message>
        <source>Unfreeze the channel</source>
        <translation>رفع تجميد القناة</translation>
    </message>
    <message>
        <source>Freeze the channel</source>
        <translation>تجميد القناة</translation>
    </message>
    <message>
        <source>Take back %1</source>
        <translation>سحب %1</translation>
    </message>
    <message>
        <source>The built-in bundle</source>
        <translation>الحزمة المضمّنة</translation>
    </message>
    <message>
        <source>Select an entry in which a bundle became stable</source>
        <translation>حدّد مدخلًا صارت فيه حزمة هي المستقرة</translation>
    </message>
    <message>
        <source>This bundle is the stable one now</source>
        <translation>هذه الحزمة هي المستقرة الآن</translation>
    </message>
    <message>
        <source>This bundle was deleted</source>
        <translation>حُذفت هذه الحزمة</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChannelsScreen</name>
    <message>
        <source>This app has no channel. Devices get their bundles from one.</source>
        <translation>لا قناة لهذا التطبيق. تحصل الأجهزة على حزمها من قناة.</translation>
    </message>
    <message>
        <source>New channel</source>
        <translation>قناة جديدة</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChartLegend</name>
    <message>
        <source>%1, estimated</source>
        <translation>%1، تقديريًا</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChartPanel</name>
    <message>
        <source>The chart could not be written to &quot;%1&quot;.</source>
        <translation>تعذّرت كتابة المخطط في «%1».</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space.</source>
        <translation>اختر مجلدًا آخر، أو حرّر بعض المساحة.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>جدول</translation>
    </message>
    <message>
        <source>%1 as a table</source>
        <translation>%1 في جدول</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>تصدير %1</translation>
    </message>
    <message>
        <source>Values of %1</source>
        <translation>قيم %1</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>صورة (PNG)…</translation>
    </message>
    <message>
        <source>Values (CSV)…</source>
        <translation>قيم (CSV)…</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>صورة PNG ‏(*.png)</translation>
    </message>
    <message>
        <source>Comma separated values (*.csv)</source>
        <translation>قيم مفصولة بفواصل (*.csv)</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ChartTable</name>
    <message>
        <source>Time</source>
        <translation>الوقت</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::CodeBlock</name>
    <message>
        <source>Copy %1</source>
        <translation>نسخ %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ComparePage</name>
    <message>
        <source>added</source>
        <translation>مُضاف</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>مُغيَّر</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>مُزال</translation>
    </message>
    <message>
        <source>Cancel the comparison</source>
        <translation>إلغاء المقارنة</translation>
    </message>
    <message>
        <source>Choose two bundles.</source>
        <translation>اختر حزمتين.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>مقارنة</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>الحزم</translation>
    </message>
    <message>
        <source>Bundle before</source>
        <translation>الحزمة قبل</translation>
    </message>
    <message>
        <source>Bundle after</source>
        <translation>الحزمة بعد</translation>
    </message>
    <message>
        <source>Swap before and after</source>
        <translation>تبديل ما قبل وما بعد</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>قبل</translation>
    </message>
    <message>
        <source>After</source>
        <translation>بعد</translation>
    </message>
    <message>
        <source>Files added</source>
        <translation>ملفات مضافة</translation>
    </message>
    <message>
        <source>Files changed</source>
        <translation>ملفات مغيّرة</translation>
    </message>
    <message>
        <source>Files removed</source>
        <translation>ملفات مُزالة</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>كل الملفات</translation>
    </message>
    <message>
        <source>Which files</source>
        <translation>أي الملفات</translation>
    </message>
    <message>
        <source>All</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>المضافة</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>المغيّرة</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>المُزالة</translation>
    </message>
    <message>
        <source>Search path</source>
        <translation>البحث في المسارات</translation>
    </message>
    <message>
        <source>Files that differ</source>
        <translation>الملفات المختلفة</translation>
    </message>
    <message>
        <source>Both are the same bundle. Choose another one.</source>
        <translation>كلتاهما الحزمة نفسها. اختر حزمة أخرى.</translation>
    </message>
    <message>
        <source>Both bundles are opened on this computer and compared file by file.</source>
        <translation>تُفتح الحزمتان على هذا الحاسوب وتُقارنان ملفًا بملف.</translation>
    </message>
    <message>
        <source>the artifact on this computer</source>
        <translation>الملف الناتج على هذا الحاسوب</translation>
    </message>
    <message>
        <source>downloaded from the server</source>
        <translation>منزّلة من الخادم</translation>
    </message>
    <message>
        <source>%1, decrypted with the key %2</source>
        <translation>%1، مع فك التشفير بالمفتاح %2</translation>
    </message>
    <message>
        <source>%1, not encrypted</source>
        <translation>%1، من دون تشفير</translation>
    </message>
    <message>
        <source>none</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>%1 less</source>
        <translation>أقل بمقدار %1</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>أكثر بمقدار %1</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 ← %2</translation>
    </message>
    <message numerus="yes">
        <source>%n files are the same</source>
        <translation>
            <numerusform>لا ملفات متطابقة</numerusform>
            <numerusform>ملف واحد متطابق</numerusform>
            <numerusform>ملفان متطابقان</numerusform>
            <numerusform>%Ln ملفات متطابقة</numerusform>
            <numerusform>%Ln ملفًا متطابقًا</numerusform>
            <numerusform>%Ln ملف متطابق</numerusform>
        </translation>
    </message>
    <message>
        <source>Both bundles hold the same files.</source>
        <translation>في الحزمتين الملفات نفسها.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ConnectScreen</name>
    <message>
        <source>Plugin settings</source>
        <translation>إعدادات الإضافة</translation>
    </message>
    <message>
        <source>Listen beyond this computer</source>
        <translation>الاستماع خارج هذا الحاسوب</translation>
    </message>
    <message>
        <source>Loopback only</source>
        <translation>داخليًا فقط</translation>
    </message>
    <message>
        <source>Settings of the plugin</source>
        <translation>إعدادات الإضافة</translation>
    </message>
    <message>
        <source>for capacitor.config.json</source>
        <translation>للملف capacitor.config.json</translation>
    </message>
    <message>
        <source>Put this into the configuration of the app, then build and install it once. From then on the app asks this server for its bundles.</source>
        <translation>ضع هذا في إعدادات التطبيق، ثم ابنِه وثبّته مرة واحدة. ومن حينها يطلب التطبيق حزمه من هذا الخادم.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>اختيار: %1</translation>
    </message>
    <message>
        <source>PEM files (*.pem *.crt *.key);;All files (*)</source>
        <translation>ملفات PEM ‏(*.pem *.crt *.key);;كل الملفات (*)</translation>
    </message>
    <message>
        <source>Off unless you switch it on. Devices need HTTPS with a certificate they trust, made for the name they use. Everybody who reaches the address can ask for bundles and send statistics, as with every update server; changing anything needs a key.</source>
        <translation>متوقف ما لم تشغّله. تحتاج الأجهزة إلى HTTPS بشهادة تثق بها وصادرة للاسم الذي تستخدمه. كل من يصل إلى العنوان يمكنه طلب الحزم وإرسال الإحصاءات، كما في كل خادم تحديث؛ أما أي تغيير فيحتاج إلى مفتاح.</translation>
    </message>
    <message>
        <source>Address and port</source>
        <translation>العنوان والمنفذ</translation>
    </message>
    <message>
        <source>Restart the server and listen beyond this computer</source>
        <translation>إعادة تشغيل الخادم والاستماع خارج هذا الحاسوب</translation>
    </message>
    <message>
        <source>Restart the server for this computer only</source>
        <translation>إعادة تشغيل الخادم لهذا الحاسوب فقط</translation>
    </message>
    <message>
        <source>Certificate chain</source>
        <translation>سلسلة الشهادات</translation>
    </message>
    <message>
        <source>Its private key</source>
        <translation>مفتاحها الخاص</translation>
    </message>
    <message>
        <source>This app has no bundle key on this computer.</source>
        <translation>لا مفتاح حزم لهذا التطبيق على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Create one under Keys first, and the settings below will hold its public half.</source>
        <translation>أنشئ واحدًا في «المفاتيح» أولًا، وستحتوي الإعدادات أدناه على نصفه العام.</translation>
    </message>
    <message>
        <source>Only programs on this computer reach this address.</source>
        <translation>لا تصل إلى هذا العنوان إلا برامج هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Emulators and simulators do; a phone does not. Listen beyond this computer for phones.</source>
        <translation>المحاكيات تصل إليه، والهاتف لا يصل. للهواتف شغّل الاستماع خارج هذا الحاسوب.</translation>
    </message>
    <message>
        <source>An address looks like 0.0.0.0:8443.</source>
        <translation>يبدو العنوان هكذا: 0.0.0.0:8443.</translation>
    </message>
    <message>
        <source>The certificate chain cannot be read.</source>
        <translation>تعذّرت قراءة سلسلة الشهادات.</translation>
    </message>
    <message>
        <source>The private key of the certificate cannot be read.</source>
        <translation>تعذّرت قراءة المفتاح الخاص للشهادة.</translation>
    </message>
    <message>
        <source>Connect a device</source>
        <translation>توصيل جهاز</translation>
    </message>
    <message>
        <source>Left empty, it is made from the certificate</source>
        <translation>إذا تُرك فارغًا يؤخذ من الشهادة</translation>
    </message>
    <message>
        <source>Devices ask</source>
        <translation>تطلب الأجهزة</translation>
    </message>
    <message>
        <source>Devices reach this server at %1.</source>
        <translation>تصل الأجهزة إلى هذا الخادم عبر %1.</translation>
    </message>
    <message>
        <source>Its certificate is good until %1.</source>
        <translation>شهادته صالحة حتى %1.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::DeleteSheet</name>
    <message>
        <source>Delete %1</source>
        <translation>حذف %1</translation>
    </message>
    <message>
        <source>Asking the server which devices run it…</source>
        <translation>جارٍ سؤال الخادم عن الأجهزة التي تشغّلها…</translation>
    </message>
    <message>
        <source>%1, for new rollouts and for rolling back</source>
        <translation>%1، لعمليات الطرح الجديدة وللرجوع إليها</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>معروضة</translation>
    </message>
    <message>
        <source>gone for good</source>
        <translation>تزول نهائيًا</translation>
    </message>
    <message>
        <source>The version %1</source>
        <translation>الإصدار %1</translation>
    </message>
    <message>
        <source>used</source>
        <translation>مستخدم</translation>
    </message>
    <message>
        <source>never used again</source>
        <translation>لا يُستخدم ثانيةً أبدًا</translation>
    </message>
    <message>
        <source>It cannot be deleted: %1 serves it.</source>
        <translation>لا يمكن حذفها: تقدّمها %1.</translation>
    </message>
    <message>
        <source>Give the channel another bundle first.</source>
        <translation>أعطِ القناة حزمة أخرى أولًا.</translation>
    </message>
    <message numerus="yes">
        <source>It cannot be deleted: %n devices run it.</source>
        <translation>
            <numerusform>لا يمكن حذفها: لا جهاز يشغّلها.</numerusform>
            <numerusform>لا يمكن حذفها: يشغّلها جهاز واحد.</numerusform>
            <numerusform>لا يمكن حذفها: يشغّلها جهازان.</numerusform>
            <numerusform>لا يمكن حذفها: تشغّلها %Ln أجهزة.</numerusform>
            <numerusform>لا يمكن حذفها: يشغّلها %Ln جهازًا.</numerusform>
            <numerusform>لا يمكن حذفها: يشغّلها %Ln جهاز.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody could verify or compare any more what these devices run. Delete it when they have moved on.</source>
        <translation>لن يستطيع أحد بعدها التحقق مما تشغّله هذه الأجهزة أو مقارنته. احذفها حين تنتقل إلى غيرها.</translation>
    </message>
    <message>
        <source>No device runs it, as far as the server knows.</source>
        <translation>لا جهاز يشغّلها على حدّ علم الخادم.</translation>
    </message>
    <message>
        <source>The server does not tell which devices run it. Those that do keep it until they get another one.</source>
        <translation>لا يخبر الخادم بالأجهزة التي تشغّلها. تحتفظ بها تلك الأجهزة حتى تحصل على غيرها.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ErrorState</name>
    <message>
        <source>Retry</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>Copy the details of the error</source>
        <translation>نسخ تفاصيل الخطأ</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>تفاصيل الخطأ</translation>
    </message>
    <message>
        <source>Text of the error&apos;s details</source>
        <translation>نص تفاصيل الخطأ</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::FingerprintView</name>
    <message>
        <source>Fingerprint to compare with</source>
        <translation>البصمة المراد المقارنة بها</translation>
    </message>
    <message>
        <source>Type or paste what the other person reads out</source>
        <translation>اكتب أو ألصق ما يقرؤه الشخص الآخر</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>نسخ البصمة</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>متطابقة</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>غير متطابقة</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::FolderStep</name>
    <message>
        <source>Keep source maps</source>
        <translation>الإبقاء على خرائط المصدر</translation>
    </message>
    <message>
        <source>Build it without notifyAppReady</source>
        <translation>البناء من دون notifyAppReady</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>الفحوص</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>الملاحظات</translation>
    </message>
    <message>
        <source>Web folder</source>
        <translation>مجلد الويب</translation>
    </message>
    <message>
        <source>everything happens on this computer</source>
        <translation>كل شيء يجري على هذا الحاسوب</translation>
    </message>
    <message>
        <source>The folder with index.html, as your build leaves it</source>
        <translation>المجلد الذي فيه index.html كما يتركه البناء</translation>
    </message>
    <message>
        <source>Devices go back to the bundle before when a bundle does not call notifyAppReady in time.</source>
        <translation>تعود الأجهزة إلى الحزمة السابقة إن لم تستدعِ الحزمة notifyAppReady في الوقت المناسب.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Choose the web folder</source>
        <translation>اختيار مجلد الويب</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>فحص</translation>
    </message>
    <message>
        <source>Check the web folder</source>
        <translation>فحص مجلد الويب</translation>
    </message>
    <message>
        <source>Looking at the folder…</source>
        <translation>جارٍ فحص المجلد…</translation>
    </message>
    <message numerus="yes">
        <source>%n files, %1</source>
        <translation>
            <numerusform>لا ملفات، %1</numerusform>
            <numerusform>ملف واحد، %1</numerusform>
            <numerusform>ملفان، %1</numerusform>
            <numerusform>%Ln ملفات، %1</numerusform>
            <numerusform>%Ln ملفًا، %1</numerusform>
            <numerusform>%Ln ملف، %1</numerusform>
        </translation>
    </message>
    <message>
        <source>index.html is at the root, and all paths are ones that devices take.</source>
        <translation>الملف index.html في الجذر، وكل المسارات تقبلها الأجهزة.</translation>
    </message>
    <message>
        <source>notifyAppReady is called.</source>
        <translation>يُستدعى notifyAppReady.</translation>
    </message>
    <message numerus="yes">
        <source>%n to mend</source>
        <translation>
            <numerusform>لا أخطاء</numerusform>
            <numerusform>خطأ واحد</numerusform>
            <numerusform>خطآن</numerusform>
            <numerusform>%Ln أخطاء</numerusform>
            <numerusform>%Ln خطأً</numerusform>
            <numerusform>%Ln خطأ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>لا ملاحظات</numerusform>
            <numerusform>ملاحظة واحدة</numerusform>
            <numerusform>ملاحظتان</numerusform>
            <numerusform>%Ln ملاحظات</numerusform>
            <numerusform>%Ln ملاحظة</numerusform>
            <numerusform>%Ln ملاحظة</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing to look at</source>
        <translation>لا ملاحظات</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::HeaderBar</name>
    <message>
        <source>production</source>
        <translation>إنتاج</translation>
    </message>
    <message>
        <source>test</source>
        <translation>اختبار</translation>
    </message>
    <message>
        <source>development</source>
        <translation>تطوير</translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation>تجريبي</translation>
    </message>
    <message>
        <source>Gatehouse</source>
        <translation>Gatehouse</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>الخادم</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
    <message>
        <source>App</source>
        <translation>التطبيق</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>جارٍ الاتصال</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>مباشر</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>تم التحقق</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>لا اتصال</translation>
    </message>
    <message>
        <source>last answer %1 ago</source>
        <extracomment>%1 is a duration, as &quot;40 s&quot; or &quot;6 min&quot;</extracomment>
        <translation>آخر رد قبل %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Another server…</source>
        <translation>خادم آخر…</translation>
    </message>
    <message>
        <source>New app…</source>
        <translation>تطبيق جديد…</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::IdentityCard</name>
    <message>
        <source>Release identities</source>
        <translation>هويات الإصدار</translation>
    </message>
    <message>
        <source>Ask for a passphrase at each signature</source>
        <translation>طلب عبارة مرور عند كل توقيع</translation>
    </message>
    <message>
        <source>Create identity</source>
        <translation>إنشاء هوية</translation>
    </message>
    <message>
        <source>sign release statements, Ed25519</source>
        <translation>توقّع بيانات الإصدار، Ed25519</translation>
    </message>
    <message>
        <source>Name of the new identity</source>
        <translation>اسم الهوية الجديدة</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>اسمك</translation>
    </message>
    <message>
        <source>Create the release identity</source>
        <translation>إنشاء هوية الإصدار</translation>
    </message>
    <message>
        <source>None yet. Bundles are built without a signed statement until there is one.</source>
        <translation>لا هوية بعد. تُبنى الحزم من دون بيان موقّع إلى أن توجد واحدة.</translation>
    </message>
    <message>
        <source>made %1 · %2</source>
        <translation>أُنشئت %1 · %2</translation>
    </message>
    <message>
        <source>asks for its passphrase</source>
        <translation>تطلب عبارة مرورها</translation>
    </message>
    <message>
        <source>opened by the keychain</source>
        <translation>تفتحها سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>Export public half…</source>
        <translation>تصدير النصف العام…</translation>
    </message>
    <message>
        <source>Export the public half of %1</source>
        <translation>تصدير النصف العام لـ %1</translation>
    </message>
    <message>
        <source>Export the public half</source>
        <translation>تصدير النصف العام</translation>
    </message>
    <message>
        <source>Public key (*.pem)</source>
        <translation>مفتاح عام (*.pem)</translation>
    </message>
    <message>
        <source>The public half is in %1</source>
        <translation>النصف العام في %1</translation>
    </message>
    <message>
        <source>Seal the identity</source>
        <translation>ختم الهوية</translation>
    </message>
    <message>
        <source>The keychain is open to every program of your session. A sealed identity signs only with this passphrase.</source>
        <translation>سلسلة المفاتيح مفتوحة لكل برامج جلستك. أما الهوية المختومة فلا توقّع إلا بعبارة المرور هذه.</translation>
    </message>
    <message>
        <source>The identity was made</source>
        <translation>أُنشئت الهوية</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ImpactStrip</name>
    <message>
        <source>What the change would do</source>
        <translation>ما الذي سيفعله التغيير</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>before and after</comment>
        <translation>%1 ← %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::InspectSheet</name>
    <message>
        <source>Downloaded as devices get it: %1 in %2 s</source>
        <translation>نُزّلت كما تحصل عليها الأجهزة: %1 في %2&#xa0;ث</translation>
    </message>
    <message>
        <source>Decrypts with the app’s key %1 (%2)</source>
        <translation>يُفك تشفيرها بمفتاح التطبيق %1 ‏(%2)</translation>
    </message>
    <message>
        <source>Decrypts with the app’s key</source>
        <translation>يُفك تشفيرها بمفتاح التطبيق</translation>
    </message>
    <message>
        <source>Content is what the checksum says</source>
        <translation>المحتوى يطابق المجموع الاختباري</translation>
    </message>
    <message numerus="yes">
        <source>All %n files unpack, %1 in sum</source>
        <translation>
            <numerusform>لا ملفات لفك ضغطها، المجموع %1</numerusform>
            <numerusform>يُفك ضغط ملفها الوحيد، المجموع %1</numerusform>
            <numerusform>يُفك ضغط الملفين، المجموع %1</numerusform>
            <numerusform>يُفك ضغط كل ملفاتها، وهي %Ln ملفات، المجموع %1</numerusform>
            <numerusform>يُفك ضغط كل ملفاتها، وهي %Ln ملفًا، المجموع %1</numerusform>
            <numerusform>يُفك ضغط كل ملفاتها، وهي %Ln ملف، المجموع %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The author’s statement fits, signed by %1</source>
        <translation>بيان صاحبها مطابق، وقّعه %1</translation>
    </message>
    <message>
        <source>The download is not as long as the server says</source>
        <translation>طول التنزيل ليس كما يقول الخادم</translation>
    </message>
    <message>
        <source>It cannot be decrypted</source>
        <translation>لا يمكن فك تشفيرها</translation>
    </message>
    <message>
        <source>The content is not what the checksum says</source>
        <translation>المحتوى لا يطابق المجموع الاختباري</translation>
    </message>
    <message>
        <source>Its files cannot be unpacked</source>
        <translation>لا يمكن فك ضغط ملفاتها</translation>
    </message>
    <message>
        <source>The author’s statement does not fit</source>
        <translation>بيان صاحبها غير مطابق</translation>
    </message>
    <message>
        <source>Not downloaded</source>
        <translation>لم تُنزَّل</translation>
    </message>
    <message>
        <source>Not encrypted: anybody with the link can read it</source>
        <translation>غير مشفرة: يستطيع قراءتها كل من لديه الرابط</translation>
    </message>
    <message>
        <source>Decryption was not tried</source>
        <translation>لم يُجرَّب فك التشفير</translation>
    </message>
    <message>
        <source>The checksum was not compared</source>
        <translation>لم يُقارن المجموع الاختباري</translation>
    </message>
    <message>
        <source>The files were not looked at</source>
        <translation>لم تُفحص الملفات</translation>
    </message>
    <message>
        <source>No statement of its author is on this computer</source>
        <translation>لا بيان من صاحبها على هذا الحاسوب</translation>
    </message>
    <message>
        <source>Verify %1</source>
        <translation>التحقق من %1</translation>
    </message>
    <message>
        <source>Cancel the check of the bundle</source>
        <translation>إلغاء فحص الحزمة</translation>
    </message>
    <message>
        <source>Save the files…</source>
        <translation>حفظ الملفات…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Cancelled; nothing is left of it.</source>
        <translation>أُلغيت؛ ولم يبقَ منها شيء.</translation>
    </message>
    <message>
        <source>A device would accept this bundle.</source>
        <translation>سيقبل الجهاز هذه الحزمة.</translation>
    </message>
    <message>
        <source>This bundle is not what it should be.</source>
        <translation>ليست هذه الحزمة كما ينبغي أن تكون.</translation>
    </message>
    <message>
        <source>Save the files of %1</source>
        <translation>حفظ ملفات %1</translation>
    </message>
    <message>
        <source>The files are in %1</source>
        <translation>الملفات في %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::JobLine</name>
    <message>
        <source>Downloading</source>
        <translation>جارٍ التنزيل</translation>
    </message>
    <message>
        <source>Checking the content</source>
        <translation>جارٍ فحص المحتوى</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>جارٍ العمل</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>التقدّم</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2 من %3</translation>
    </message>
    <message>
        <source>%1 · %2 a second</source>
        <translation>%1 · %2 في الثانية</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::JobPane</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
    <message>
        <source>Nothing runs, and nothing ran.</source>
        <translation>لا شيء يعمل الآن، ولم يعمل شيء قبل.</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>المهام</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::JobRow</name>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Progress of %1</source>
        <translation>تقدّم %1</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>إلغاء %1</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/ث</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>جارٍ</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Cancelled, nothing was left half done</source>
        <translation>أُلغيت، ولم يبقَ شيء نصف منجز</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::KeyCard</name>
    <message>
        <source>RSA-2048 · made %1</source>
        <translation>RSA-2048 · أُنشئ %1</translation>
    </message>
    <message>
        <source>Label on the wire: </source>
        <translation>المعرّف في الإرسال: </translation>
    </message>
    <message>
        <source> (never proof)</source>
        <translation> (ليس إثباتًا أبدًا)</translation>
    </message>
    <message>
        <source>Export public half…</source>
        <translation>تصدير النصف العام…</translation>
    </message>
    <message>
        <source>Export the public half of %1</source>
        <translation>تصدير النصف العام لـ %1</translation>
    </message>
    <message>
        <source>Write into capacitor.config…</source>
        <translation>كتابة في capacitor.config…</translation>
    </message>
    <message>
        <source>Write the key %1 into the Capacitor configuration</source>
        <translation>كتابة المفتاح %1 في إعدادات Capacitor</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>نسخ احتياطي…</translation>
    </message>
    <message>
        <source>Back up the key %1</source>
        <translation>نسخ المفتاح %1 احتياطيًا</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>Remove the key %1</source>
        <translation>إزالة المفتاح %1</translation>
    </message>
    <message>
        <source>Export the public half</source>
        <translation>تصدير النصف العام</translation>
    </message>
    <message>
        <source>Public key (*.pub *.pem)</source>
        <translation>مفتاح عام (*.pub *.pem)</translation>
    </message>
    <message>
        <source>The public half is in %1</source>
        <translation>النصف العام في %1</translation>
    </message>
    <message>
        <source>Choose the Capacitor configuration</source>
        <translation>اختيار إعدادات Capacitor</translation>
    </message>
    <message>
        <source>Capacitor configuration (capacitor.config.json capacitor.config.ts capacitor.config.js)</source>
        <translation>إعدادات Capacitor ‏(capacitor.config.json capacitor.config.ts capacitor.config.js)</translation>
    </message>
    <message>
        <source>Write the public key</source>
        <translation>كتابة المفتاح العام</translation>
    </message>
    <message>
        <source>A script cannot be changed safely. Paste this into it:</source>
        <translation>لا يمكن تغيير نص برمجي بأمان. ألصق هذا فيه:</translation>
    </message>
    <message>
        <source>Text for the configuration</source>
        <translation>نص الإعدادات</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>What changes in the file</source>
        <translation>ما الذي يتغيّر في الملف</translation>
    </message>
    <message>
        <source>The file holds this key already.</source>
        <translation>الملف يحتوي على هذا المفتاح من قبل.</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>كتابة الملف</translation>
    </message>
    <message>
        <source>The key is in %1</source>
        <translation>المفتاح في %1</translation>
    </message>
    <message>
        <source>Back up a key</source>
        <translation>نسخ مفتاح احتياطيًا</translation>
    </message>
    <message>
        <source>The backup is encrypted under a passphrase of its own. Keep file and passphrase apart, and away from this computer.</source>
        <translation>تُشفَّر النسخة الاحتياطية بعبارة مرور خاصة بها. احفظ الملف وعبارة المرور منفصلين وبعيدًا عن هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>اختيار ملف…</translation>
    </message>
    <message>
        <source>Back up the key</source>
        <translation>نسخ المفتاح احتياطيًا</translation>
    </message>
    <message>
        <source>Key backup (*.ghbackup)</source>
        <translation>نسخة احتياطية لمفتاح (*.ghbackup)</translation>
    </message>
    <message>
        <source>Back up the key of %1</source>
        <translation>نسخ مفتاح %1 احتياطيًا</translation>
    </message>
    <message>
        <source>The backup is in %1</source>
        <translation>النسخة الاحتياطية في %1</translation>
    </message>
    <message>
        <source>Remove a bundle key</source>
        <translation>إزالة مفتاح حزم</translation>
    </message>
    <message>
        <source>This is the last key of the app on this computer. Without it, and without a backup, no bundle can be made for the devices that hold its public half.</source>
        <translation>هذا آخر مفتاح للتطبيق على هذا الحاسوب. من دونه ومن دون نسخة احتياطية لا يمكن بناء أي حزمة للأجهزة التي تحمل نصفه العام.</translation>
    </message>
    <message>
        <source>Bundles that were made with it stay valid. New ones can no longer be made with it on this computer.</source>
        <translation>الحزم التي بُنيت به تبقى صالحة. ولن يمكن بناء حزم جديدة به على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Remove the key</source>
        <translation>إزالة المفتاح</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::KeyTrouble</name>
    <message>
        <source>Keys cannot be read now</source>
        <translation>لا يمكن قراءة المفاتيح الآن</translation>
    </message>
    <message>
        <source>Unlock and try again</source>
        <translation>فتح القفل وإعادة المحاولة</translation>
    </message>
    <message>
        <source>Use a passphrase vault…</source>
        <translation>استخدام خزنة بعبارة مرور…</translation>
    </message>
    <message>
        <source>Nothing is ever kept in plain text, and no new key is made in silence.</source>
        <translation>لا يُحفظ شيء بنص صريح أبدًا، ولا يُنشأ مفتاح جديد في صمت.</translation>
    </message>
    <message>
        <source>Unlock the vault…</source>
        <translation>فتح الخزنة…</translation>
    </message>
    <message>
        <source>Use the keychain</source>
        <translation>استخدام سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>Unlock the vault</source>
        <translation>فتح الخزنة</translation>
    </message>
    <message>
        <source>A new vault</source>
        <translation>خزنة جديدة</translation>
    </message>
    <message>
        <source>The vault is a file on this computer, encrypted under your passphrase.</source>
        <translation>الخزنة ملف على هذا الحاسوب، مشفّر بعبارة مرورك.</translation>
    </message>
    <message>
        <source>Keys are kept in a file on this computer, encrypted under a passphrase (Argon2id, XChaCha20). It is asked for at each start. Without it the keys are lost.</source>
        <translation>تُحفظ المفاتيح في ملف على هذا الحاسوب، مشفّر بعبارة مرور (Argon2id، ‏XChaCha20). تُطلب عند كل تشغيل، ومن دونها تضيع المفاتيح.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>فتح القفل</translation>
    </message>
    <message>
        <source>Make the vault</source>
        <translation>إنشاء الخزنة</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::KeysScreen</name>
    <message>
        <source>Create bundle key</source>
        <translation>إنشاء مفتاح حزم</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>استيراد…</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>المفاتيح</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>استعادة…</translation>
    </message>
    <message>
        <source>Restore a key from a backup</source>
        <translation>استعادة مفتاح من نسخة احتياطية</translation>
    </message>
    <message>
        <source>Import a key made by the Capgo command line</source>
        <translation>استيراد مفتاح أنشأه سطر أوامر Capgo</translation>
    </message>
    <message>
        <source>Choose an app first: a bundle key belongs to one.</source>
        <translation>اختر تطبيقًا أولًا: مفتاح الحزم يخص تطبيقًا.</translation>
    </message>
    <message>
        <source>Bundle keys</source>
        <translation>مفاتيح الحزم</translation>
    </message>
    <message>
        <source>No bundle key yet. Devices check every bundle with its public half, which ships in the app; the private half stays in your keychain.</source>
        <translation>لا مفتاح حزم بعد. تتحقق الأجهزة من كل حزمة بنصفه العام المرفق بالتطبيق؛ أما النصف الخاص فيبقى في سلسلة مفاتيحك.</translation>
    </message>
    <message>
        <source>The key was made. Put its public half into the app’s configuration next.</source>
        <translation>أُنشئ المفتاح. ضع نصفه العام في إعدادات التطبيق الآن.</translation>
    </message>
    <message>
        <source>Import a private key</source>
        <translation>استيراد مفتاح خاص</translation>
    </message>
    <message>
        <source>Private key (.capgo_key_v2 *.pem);;All files (*)</source>
        <translation>مفتاح خاص (‎.capgo_key_v2 *.pem);;كل الملفات (*)</translation>
    </message>
    <message>
        <source>The key was imported</source>
        <translation>تم استيراد المفتاح</translation>
    </message>
    <message>
        <source>Restore a key</source>
        <translation>استعادة مفتاح</translation>
    </message>
    <message>
        <source>Key backup (*.ghbackup);;All files (*)</source>
        <translation>نسخة احتياطية لمفتاح (*.ghbackup);;كل الملفات (*)</translation>
    </message>
    <message>
        <source>The passphrase the backup was made with.</source>
        <translation>عبارة المرور التي أُنشئت بها النسخة الاحتياطية.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>استعادة</translation>
    </message>
    <message>
        <source>The key was restored</source>
        <translation>تمت استعادة المفتاح</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::LiveFeed</name>
    <message>
        <source>Live</source>
        <translation>مباشر</translation>
    </message>
    <message>
        <source>Nothing has happened since this page was opened.</source>
        <translation>لم يحدث شيء منذ فتح هذه الصفحة.</translation>
    </message>
    <message>
        <source>Hold the live feed</source>
        <translation>إيقاف البث المباشر</translation>
    </message>
    <message>
        <source>Live events</source>
        <translation>الأحداث المباشرة</translation>
    </message>
    <message>
        <source>Let the live feed go on</source>
        <translation>متابعة البث المباشر</translation>
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
        <translation>أقدم</translation>
    </message>
    <message>
        <source>built-in</source>
        <translation>مضمّنة</translation>
    </message>
    <message>
        <source>95 % of active devices</source>
        <translation>٩٥٪ من الأجهزة النشطة</translation>
    </message>
    <message>
        <source>limit of the auto-pause</source>
        <translation>حدّ الإيقاف التلقائي</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::MonitorScreen</name>
    <message>
        <source>Time range</source>
        <translation>الفترة الزمنية</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>ساعة</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>٢٤ ساعة</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>٧ أيام</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>٣٠ يومًا</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>٩٠ يومًا</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>المراقبة</translation>
    </message>
    <message>
        <source>Channel to look at</source>
        <translation>القناة المعروضة</translation>
    </message>
    <message>
        <source>On the newest bundle</source>
        <translation>على أحدث حزمة</translation>
    </message>
    <message>
        <source>Update success</source>
        <translation>نجاح التحديث</translation>
    </message>
    <message>
        <source>Installs</source>
        <translation>التثبيتات</translation>
    </message>
    <message>
        <source>Failures, bundle’s fault</source>
        <translation>حالات الفشل بسبب الحزمة</translation>
    </message>
    <message>
        <source>Active devices by bundle</source>
        <translation>الأجهزة النشطة حسب الحزمة</translation>
    </message>
    <message>
        <source>Failure rate</source>
        <translation>معدل الفشل</translation>
    </message>
    <message>
        <source>of first outcomes, bundle’s fault; 95 % band</source>
        <translation>من أولى النتائج، بسبب الحزمة؛ نطاق ٩٥٪</translation>
    </message>
    <message>
        <source>All channels</source>
        <translation>كل القنوات</translation>
    </message>
    <message>
        <source>No device has checked in during this time. Point an app at this server.</source>
        <translation>لم يتصل أي جهاز خلال هذه الفترة. وجّه تطبيقًا إلى هذا الخادم.</translation>
    </message>
    <message>
        <source>Connect a device</source>
        <translation>توصيل جهاز</translation>
    </message>
    <message>
        <source>reference 95 % after 24 h</source>
        <translation>المرجع ٩٥٪ بعد ٢٤ ساعة</translation>
    </message>
    <message>
        <source>no device runs a bundle yet</source>
        <translation>لا جهاز يشغّل حزمة بعد</translation>
    </message>
    <message>
        <source>reference 82 %</source>
        <translation>المرجع ٨٢٪</translation>
    </message>
    <message>
        <source>no device tried an update in this time</source>
        <translation>لم يجرّب أي جهاز تحديثًا في هذه الفترة</translation>
    </message>
    <message>
        <source>devices, each bundle once</source>
        <translation>أجهزة، مرة لكل حزمة</translation>
    </message>
    <message numerus="yes">
        <source>%1, of %2 devices</source>
        <translation>
            <numerusform>%1، من %2 جهاز</numerusform>
            <numerusform>%1، من %2 جهاز</numerusform>
            <numerusform>%1، من %2 جهاز</numerusform>
            <numerusform>%1، من %2 أجهزة</numerusform>
            <numerusform>%1، من %2 جهازًا</numerusform>
            <numerusform>%1، من %2 جهاز</numerusform>
        </translation>
    </message>
    <message>
        <source>no device has an outcome yet</source>
        <translation>لا نتيجة لأي جهاز بعد</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Navigation</name>
    <message>
        <source>Screens</source>
        <translation>الشاشات</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::NewAppScreen</name>
    <message>
        <source>Create app</source>
        <translation>إنشاء التطبيق</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>App name</source>
        <translation>اسم التطبيق</translation>
    </message>
    <message>
        <source>App id</source>
        <translation>معرّف التطبيق</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>المنظمة</translation>
    </message>
    <message>
        <source>First channel</source>
        <translation>القناة الأولى</translation>
    </message>
    <message>
        <source>Field Notes</source>
        <translation>Field Notes</translation>
    </message>
    <message>
        <source>Which app do you ship?</source>
        <translation>أي تطبيق تنشر؟</translation>
    </message>
    <message>
        <source>The app id is the one in capacitor.config; devices name it in every request.</source>
        <translation>معرّف التطبيق هو الموجود في capacitor.config؛ تذكره الأجهزة في كل طلب.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>New app</source>
        <translation>تطبيق جديد</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::NewBundlePage</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>New bundle</source>
        <translation>حزمة جديدة</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>الحزم</translation>
    </message>
    <message>
        <source>Steps of the assistant</source>
        <translation>خطوات المساعد</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n files, %2</source>
        <translation>
            <numerusform>%1 · لا ملفات، %2</numerusform>
            <numerusform>%1 · ملف واحد، %2</numerusform>
            <numerusform>%1 · ملفان، %2</numerusform>
            <numerusform>%1 · %Ln ملفات، %2</numerusform>
            <numerusform>%1 · %Ln ملفًا، %2</numerusform>
            <numerusform>%1 · %Ln ملف، %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder and checks</source>
        <translation>المجلد والفحوص</translation>
    </message>
    <message>
        <source>Version and notes</source>
        <translation>الإصدار والملاحظات</translation>
    </message>
    <message>
        <source>Sign and encrypt</source>
        <translation>التوقيع والتشفير</translation>
    </message>
    <message>
        <source>Upload and stage</source>
        <translation>الرفع والتجهيز</translation>
    </message>
    <message>
        <source>on the server</source>
        <translation>على الخادم</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::NewChannelSheet</name>
    <message>
        <source>New channel</source>
        <translation>قناة جديدة</translation>
    </message>
    <message>
        <source>Channel name</source>
        <translation>اسم القناة</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>beta</translation>
    </message>
    <message>
        <source>Default for devices that ask for no channel</source>
        <translation>افتراضية للأجهزة التي لا تطلب قناة</translation>
    </message>
    <message>
        <source>Another default channel of the same platforms stops being one.</source>
        <translation>أي قناة افتراضية أخرى للمنصات نفسها لا تعود كذلك.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Create channel</source>
        <translation>إنشاء القناة</translation>
    </message>
    <message>
        <source>A channel of this name exists.</source>
        <translation>توجد قناة بهذا الاسم.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::OverviewScreen</name>
    <message>
        <source>Overview</source>
        <translation>نظرة عامة</translation>
    </message>
    <message>
        <source>New bundle</source>
        <translation>حزمة جديدة</translation>
    </message>
    <message>
        <source>Make a new bundle</source>
        <translation>بناء حزمة جديدة</translation>
    </message>
    <message>
        <source>No bundle yet. Build one from your web folder, and devices can get it.</source>
        <translation>لا حزمة بعد. ابنِ واحدة من مجلد الويب لتحصل عليها الأجهزة.</translation>
    </message>
    <message>
        <source>Build the first bundle</source>
        <translation>بناء الحزمة الأولى</translation>
    </message>
    <message>
        <source>Updated %1</source>
        <translation>آخر تحديث %1</translation>
    </message>
    <message>
        <source>Who runs what</source>
        <translation>من يشغّل ماذا</translation>
    </message>
    <message>
        <source>version from the store × channel → bundle and devices</source>
        <translation>إصدار المتجر × القناة ← الحزمة والأجهزة</translation>
    </message>
    <message>
        <source>Devices by native version, channel and bundle</source>
        <translation>الأجهزة حسب الإصدار الأصلي والقناة والحزمة</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::PackageStep</name>
    <message>
        <source>Create bundle key</source>
        <translation>إنشاء مفتاح حزم</translation>
    </message>
    <message>
        <source>Create identity</source>
        <translation>إنشاء هوية</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>الأرشيف</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>المجموع الاختباري</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>التشفير</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>البيان</translation>
    </message>
    <message>
        <source>Sign and encrypt</source>
        <translation>التوقيع والتشفير</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Create a bundle key for this app</source>
        <translation>إنشاء مفتاح حزم لهذا التطبيق</translation>
    </message>
    <message>
        <source>Create a release identity</source>
        <translation>إنشاء هوية إصدار</translation>
    </message>
    <message>
        <source>Sign and encrypt the bundle</source>
        <translation>توقيع الحزمة وتشفيرها</translation>
    </message>
    <message>
        <source>Cancel signing and encrypting</source>
        <translation>إلغاء التوقيع والتشفير</translation>
    </message>
    <message>
        <source>Key and cipher</source>
        <translation>المفتاح والتشفير</translation>
    </message>
    <message>
        <source>keys never leave this computer</source>
        <translation>لا تغادر المفاتيح هذا الحاسوب أبدًا</translation>
    </message>
    <message>
        <source>everything happens on this computer</source>
        <translation>كل شيء يجري على هذا الحاسوب</translation>
    </message>
    <message>
        <source>Release manager</source>
        <translation>مدير الإصدار</translation>
    </message>
    <message>
        <source>Bundle key</source>
        <translation>مفتاح الحزم</translation>
    </message>
    <message>
        <source>Cipher</source>
        <translation>خوارزمية التشفير</translation>
    </message>
    <message>
        <source>Passphrase of the identity</source>
        <translation>عبارة مرور الهوية</translation>
    </message>
    <message>
        <source>AES-128, for the stock plugin</source>
        <translation>AES-128، للإضافة القياسية</translation>
    </message>
    <message>
        <source>AES-256, own plugin build only</source>
        <translation>AES-256، لنسخة خاصة من الإضافة فقط</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>من دون تشفير</translation>
    </message>
    <message>
        <source>Release identity</source>
        <translation>هوية الإصدار</translation>
    </message>
    <message>
        <source>%1… · %2</source>
        <translation>%1… · %2</translation>
    </message>
    <message>
        <source>Devices with the stock plugin refuse this bundle.</source>
        <translation>ترفض الأجهزة ذات الإضافة القياسية هذه الحزمة.</translation>
    </message>
    <message>
        <source>They take 16-byte session keys only. Choose AES-256 when the app ships a plugin build of its own that takes 32 bytes.</source>
        <translation>لا تقبل إلا مفاتيح جلسة من 16 بايت. اختر AES-256 حين يأتي التطبيق بنسخة خاصة من الإضافة تقبل 32 بايت.</translation>
    </message>
    <message>
        <source>Devices whose app has a public key refuse a bundle that is not encrypted.</source>
        <translation>الأجهزة التي لتطبيقها مفتاح عام ترفض الحزمة غير المشفرة.</translation>
    </message>
    <message>
        <source>Without a key, anyone who can change the server can change what devices run.</source>
        <translation>من دون مفتاح، كل من يستطيع تغيير الخادم يستطيع تغيير ما تشغّله الأجهزة.</translation>
    </message>
    <message>
        <source>This app has no bundle key on this computer yet.</source>
        <translation>لا مفتاح حزم لهذا التطبيق على هذا الحاسوب بعد.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
    <message>
        <source>None: the bundle gets no signed statement</source>
        <translation>لا هوية: لن تحصل الحزمة على بيان موقّع</translation>
    </message>
    <message>
        <source>not signed</source>
        <translation>غير موقّعة</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>موقّعة</translation>
    </message>
    <message>
        <source>Also each file by itself: devices load only what changed</source>
        <translation>كل ملف وحده أيضًا: لا تحمّل الأجهزة إلا ما تغيّر</translation>
    </message>
    <message>
        <source>Each file</source>
        <translation>كل ملف</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>التسليم</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>الملفات: %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::PageHeader</name>
    <message>
        <source>Back to %1</source>
        <translation>العودة إلى %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::PassphraseSheet</name>
    <message>
        <source>Passphrase</source>
        <translation>عبارة المرور</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>عبارة المرور مجددًا</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>مرة أخرى</translation>
    </message>
    <message>
        <source>At least %1 characters. Several words that do not belong together are good.</source>
        <translation>على الأقل %1 حرفًا. الأفضل عدة كلمات لا رابط بينها.</translation>
    </message>
    <message>
        <source>Type the same passphrase once more.</source>
        <translation>اكتب عبارة المرور نفسها مرة أخرى.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ProgressRows</name>
    <message>
        <source>Progress: %1</source>
        <translation>التقدّم: %1</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>في الانتظار</translation>
    </message>
    <message>
        <source>done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>جارٍ</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ReleaseFlow</name>
    <message>
        <source>Change %1</source>
        <translation>تغيير %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Review</name>
    <message>
        <source>Bundle %1 becomes the stable one of channel %2, instead of %3.</source>
        <translation>تصير الحزمة %1 المستقرة في القناة %2 بدلًا من %3.</translation>
    </message>
    <message>
        <source>Bundle %1 goes to %3 % of the devices of channel %2.</source>
        <translation>تصل الحزمة %1 إلى %3٪ من أجهزة القناة %2.</translation>
    </message>
    <message>
        <source>Bundle %1 goes to %4 % of the devices of channel %2, from %3 %.</source>
        <translation>تصل الحزمة %1 إلى %4٪ من أجهزة القناة %2 بعد أن كانت %3٪.</translation>
    </message>
    <message>
        <source>No more than %4 % of the devices of channel %2 newly get bundle %1, from %3 %.</source>
        <translation>لا تحصل على الحزمة %1 حديثًا أكثر من %4٪ من أجهزة القناة %2 بعد أن كانت %3٪.</translation>
    </message>
    <message>
        <source>Bundle %1 takes the place of %2 in the rollout of channel %3; the same devices come first.</source>
        <translation>تحل الحزمة %1 محل %2 في طرح القناة %3؛ والأجهزة نفسها تأتي أولًا.</translation>
    </message>
    <message>
        <source>No further device of channel %2 gets bundle %1 until the rollout is resumed.</source>
        <translation>لا يحصل أي جهاز آخر في القناة %2 على الحزمة %1 حتى يُستأنف الطرح.</translation>
    </message>
    <message>
        <source>The rollout of bundle %1 on channel %2 goes on.</source>
        <translation>يستمر طرح الحزمة %1 على القناة %2.</translation>
    </message>
    <message>
        <source>What channel %1 serves cannot be changed until it is unfrozen.</source>
        <translation>لا يمكن تغيير ما تقدّمه القناة %1 حتى يُرفع تجميدها.</translation>
    </message>
    <message>
        <source>What channel %1 serves can be changed again.</source>
        <translation>يمكن من جديد تغيير ما تقدّمه القناة %1.</translation>
    </message>
    <message>
        <source>The rollout of bundle %1 on channel %2 ends; its devices go back to %3 at their next check.</source>
        <translation>ينتهي طرح الحزمة %1 على القناة %2؛ وتعود أجهزته إلى %3 عند فحصها التالي.</translation>
    </message>
    <message>
        <source>All devices of channel %1 go back to bundle %2 at their next check, from %3.</source>
        <translation>تعود كل أجهزة القناة %1 من %3 إلى الحزمة %2 عند فحصها التالي.</translation>
    </message>
    <message>
        <source>%1 of %2 devices that were active in the last 7 days get another bundle.</source>
        <translation>%1 من %2 من الأجهزة النشطة خلال آخر ٧ أيام تحصل على حزمة أخرى.</translation>
    </message>
    <message>
        <source>No device gets another bundle than now.</source>
        <translation>لا يحصل أي جهاز على حزمة غير التي لديه الآن.</translation>
    </message>
    <message>
        <source>How many devices this reaches is not known: the server does not tell, or none was active in the last 7 days.</source>
        <translation>عدد الأجهزة التي يصلها هذا غير معروف: الخادم لا يخبر به، أو لم ينشط أي منها خلال آخر ٧ أيام.</translation>
    </message>
    <message>
        <source>Devices that have bundle %1 keep it.</source>
        <translation>الأجهزة التي لديها الحزمة %1 تحتفظ بها.</translation>
    </message>
    <message>
        <source>About %1 devices may fail (%2 to %3), going by those that tried it so far.</source>
        <translation>قد يفشل نحو %1 من الأجهزة (%2 إلى %3)، قياسًا على ما جرّبها حتى الآن.</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>This API key lacks the permission %1.</source>
        <translation>مفتاح API هذا تنقصه الصلاحية %1.</translation>
    </message>
    <message>
        <source>Channel %1 is frozen.</source>
        <translation>القناة %1 مجمّدة.</translation>
    </message>
    <message>
        <source>Channel %1 has no rollout.</source>
        <translation>لا طرح على القناة %1.</translation>
    </message>
    <message>
        <source>Channel %1 has no stable bundle yet, which a rollout needs beside it.</source>
        <translation>لا حزمة مستقرة للقناة %1 بعد، والطرح يحتاج إلى واحدة بجانبه.</translation>
    </message>
    <message>
        <source>Bundle %1 is the stable one already.</source>
        <translation>الحزمة %1 هي المستقرة من قبل.</translation>
    </message>
    <message>
        <source>This ends the rollout of bundle %1, which is at %2 %.</source>
        <translation>ينهي هذا طرح الحزمة %1، وهو عند %2٪.</translation>
    </message>
    <message>
        <source>The rollout of bundle %1 at %2 % goes on beside it.</source>
        <translation>يستمر بجانبه طرح الحزمة %1 عند %2٪.</translation>
    </message>
    <message>
        <source>The rollout of bundle %1 is paused: the share counts once it is resumed.</source>
        <translation>طرح الحزمة %1 متوقف مؤقتًا: تسري النسبة عند استئنافه.</translation>
    </message>
    <message>
        <source>The server has no bundle %1.</source>
        <translation>لا توجد على الخادم حزمة %1.</translation>
    </message>
    <message>
        <source>The upload of bundle %1 is not complete.</source>
        <translation>رفع الحزمة %1 لم يكتمل.</translation>
    </message>
    <message>
        <source>Bundle %1 is older than %2.</source>
        <translation>الحزمة %1 أقدم من %2.</translation>
    </message>
    <message>
        <source>Bundle %1 is not encrypted; the one before was.</source>
        <translation>الحزمة %1 غير مشفرة، وكانت السابقة مشفرة.</translation>
    </message>
    <message>
        <source>Bundle %1 is encrypted with another key than %2: apps with the old public key cannot open it.</source>
        <translation>الحزمة %1 مشفرة بمفتاح غير مفتاح %2: التطبيقات ذات المفتاح العام القديم لا تستطيع فتحها.</translation>
    </message>
    <message>
        <source>The bundle calls the native package %1 %2, which the one before did not: apps without it may fail.</source>
        <translation>تستدعي الحزمة المكوّن الأصلي %1 %2، ولم تكن السابقة تفعل: قد تفشل التطبيقات التي تخلو منه.</translation>
    </message>
    <message>
        <source>Only %1 devices have tried the bundle so far.</source>
        <translation>لم يجرّب الحزمة حتى الآن سوى %1 من الأجهزة.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>%1 at %2, paused</source>
        <translation>%1 عند %2، متوقفة مؤقتًا</translation>
    </message>
    <message>
        <source>%1, not started</source>
        <translation>%1، لم تبدأ</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 عند %2</translation>
    </message>
    <message>
        <source>the built-in bundle</source>
        <translation>الحزمة المضمّنة</translation>
    </message>
    <message>
        <source>%2 is stable on %1</source>
        <translation>%2 هي المستقرة على %1</translation>
    </message>
    <message>
        <source>%2 goes to %3 of %1</source>
        <translation>تصل %2 إلى %3 من %1</translation>
    </message>
    <message>
        <source>%2 is at %3 on %1</source>
        <translation>%2 عند %3 على %1</translation>
    </message>
    <message>
        <source>%2 replaces %3 on %1</source>
        <translation>تحل %2 محل %3 على %1</translation>
    </message>
    <message>
        <source>The rollout of %2 on %1 is paused</source>
        <translation>أُوقف طرح %2 على %1 مؤقتًا</translation>
    </message>
    <message>
        <source>The rollout of %2 on %1 goes on</source>
        <translation>يستمر طرح %2 على %1</translation>
    </message>
    <message>
        <source>%1 is frozen</source>
        <translation>%1 مجمّدة</translation>
    </message>
    <message>
        <source>%1 can be changed again</source>
        <translation>يمكن تغيير %1 من جديد</translation>
    </message>
    <message>
        <source>%2 is taken back on %1</source>
        <translation>سُحبت %2 من %1</translation>
    </message>
    <message>
        <source>%1 is rolled back to %2</source>
        <translation>رجعت %1 إلى %2</translation>
    </message>
    <message>
        <source>The rules of %1 are changed</source>
        <translation>تغيّرت قواعد %1</translation>
    </message>
    <message>
        <source>Make %1 stable</source>
        <translation>جعل %1 مستقرة</translation>
    </message>
    <message>
        <source>Roll %1 out to %2</source>
        <translation>طرح %1 إلى %2</translation>
    </message>
    <message>
        <source>Change %1 → %2</source>
        <translation>تغيير %1 ← %2</translation>
    </message>
    <message>
        <source>Replace by %1</source>
        <translation>استبدال بـ %1</translation>
    </message>
    <message>
        <source>Pause the rollout</source>
        <translation>إيقاف الطرح مؤقتًا</translation>
    </message>
    <message>
        <source>Resume the rollout</source>
        <translation>استئناف الطرح</translation>
    </message>
    <message>
        <source>Freeze the channel</source>
        <translation>تجميد القناة</translation>
    </message>
    <message>
        <source>Unfreeze the channel</source>
        <translation>رفع تجميد القناة</translation>
    </message>
    <message numerus="yes">
        <source>Take back from %1 devices</source>
        <translation>
            <numerusform>سحب من %1 جهاز</numerusform>
            <numerusform>سحب من %1 جهاز</numerusform>
            <numerusform>سحب من %1 جهاز</numerusform>
            <numerusform>سحب من %1 أجهزة</numerusform>
            <numerusform>سحب من %1 جهازًا</numerusform>
            <numerusform>سحب من %1 جهاز</numerusform>
        </translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>سحب</translation>
    </message>
    <message>
        <source>Roll back to %1</source>
        <translation>الرجوع إلى %1</translation>
    </message>
    <message>
        <source>Change the rules</source>
        <translation>تغيير القواعد</translation>
    </message>
    <message>
        <source>Review the change to %1</source>
        <translation>مراجعة التغيير على %1</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>المستقرة</translation>
    </message>
    <message>
        <source>Rolling out</source>
        <translation>قيد الطرح</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>no</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>مجمّدة</translation>
    </message>
    <message>
        <source>Devices reached</source>
        <translation>الأجهزة المشمولة</translation>
    </message>
    <message>
        <source>Failures to expect</source>
        <translation>الفشل المتوقع</translation>
    </message>
    <message>
        <source>Devices that change</source>
        <translation>الأجهزة التي تتغيّر</translation>
    </message>
    <message>
        <source>%1, estimated</source>
        <translation>%1، تقديريًا</translation>
    </message>
    <message>
        <source>no device has tried it yet</source>
        <translation>لم يجرّبها أي جهاز بعد</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>من %1</translation>
    </message>
    <message>
        <source>The rules of channel %1 change.</source>
        <translation>تتغيّر قواعد القناة %1.</translation>
    </message>
    <message>
        <source>A rule has a value that its column does not take: %1.</source>
        <translation>لقاعدةٍ قيمة لا يقبلها عمودها: %1.</translation>
    </message>
    <message>
        <source>Without a platform the channel serves nobody. To stop a rollout, pause it.</source>
        <translation>من دون منصة لا تخدم القناة أحدًا. لوقف طرحٍ أوقفه مؤقتًا.</translation>
    </message>
    <message>
        <source>Without store and development builds the channel serves nobody.</source>
        <translation>من دون نُسخ المتجر ونُسخ التطوير لا تخدم القناة أحدًا.</translation>
    </message>
    <message>
        <source>Without devices and emulators the channel serves nobody.</source>
        <translation>من دون الأجهزة والمحاكيات لا تخدم القناة أحدًا.</translation>
    </message>
    <message>
        <source>Without a limit for failures the automatic pause never acts.</source>
        <translation>من دون حدّ للإخفاقات لا يتدخل الإيقاف التلقائي أبدًا.</translation>
    </message>
    <message>
        <source>%1 must be between %2 and %3.</source>
        <translation>يجب أن تكون قيمة «%1» بين %2 و%3.</translation>
    </message>
    <message>
        <source>Bundle %1 names no lowest native version: devices would get an error instead of it.</source>
        <translation>لا تذكر الحزمة %1 أدنى إصدار أصلي: ستحصل الأجهزة على خطأ بدلًا منها.</translation>
    </message>
    <message>
        <source>Channel %1 stops being the default, and this cannot be undone with one action.</source>
        <translation>لن تبقى القناة %1 هي الافتراضية، ولا يمكن التراجع عن هذا بإجراء واحد.</translation>
    </message>
    <message>
        <source>Devices on %1 that ask for no channel get none then; they keep what they run.</source>
        <translation>الأجهزة على %1 التي لا تطلب قناة لا تحصل عندها على أي قناة؛ وتحتفظ بما تشغّله.</translation>
    </message>
    <message>
        <source>Only pinned devices reach the channel then.</source>
        <translation>لا تصل إلى القناة عندها إلا الأجهزة المثبّتة عليها.</translation>
    </message>
    <message>
        <source>Any device of the app can join the channel by itself then.</source>
        <translation>يستطيع عندها أي جهاز للتطبيق الانضمام إلى القناة بنفسه.</translation>
    </message>
    <message>
        <source>this server does not count checks</source>
        <translation>هذا الخادم لا يعدّ عمليات الفحص</translation>
    </message>
    <message>
        <source>too few checks were seen so far</source>
        <translation>فحوص قليلة حتى الآن</translation>
    </message>
    <message>
        <source>check-in habits are not loaded yet</source>
        <translation>لم تُحمَّل عادات الاتصال بعد</translation>
    </message>
    <message>
        <source>Until 90 % are back</source>
        <translation>حتى عودة ٩٠٪</translation>
    </message>
    <message>
        <source>Time to take 90 % back</source>
        <translation>الوقت لسحب ٩٠٪</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>نحو %1</translation>
    </message>
    <message>
        <source>no device is known to be active</source>
        <translation>لا يُعرف أي جهاز نشط</translation>
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
        <translation>إغلاق ورقة المراجعة</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>تعليق</translation>
    </message>
    <message>
        <source>Name typed to confirm</source>
        <translation>الاسم المكتوب للتأكيد</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>تطبيق</translation>
    </message>
    <message>
        <source>Comment, required here</source>
        <translation>تعليق، مطلوب هنا</translation>
    </message>
    <message>
        <source>This can never be undone. Type %1 to confirm.</source>
        <translation>لا يمكن التراجع عن هذا أبدًا. اكتب %1 للتأكيد.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RolloutCard</name>
    <message>
        <source>Rollout</source>
        <translation>الطرح</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>تجاهل</translation>
    </message>
    <message>
        <source>Make stable…</source>
        <translation>جعلها مستقرة…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>مراجعة</translation>
    </message>
    <message>
        <source>Bundle to roll out</source>
        <translation>الحزمة المراد طرحها</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>الحزمة</translation>
    </message>
    <message>
        <source>stable</source>
        <translation>المستقرة</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>متوقف مؤقتًا</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>لم يبدأ</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>جارٍ</translation>
    </message>
    <message>
        <source>none running, stable is</source>
        <translation>لا طرح جارٍ، والمستقرة هي</translation>
    </message>
    <message>
        <source>Review the rollout</source>
        <translation>مراجعة الطرح</translation>
    </message>
    <message>
        <source>Review: %1 → %2</source>
        <translation>مراجعة: %1 ← %2</translation>
    </message>
    <message>
        <source>Review: make %1 stable</source>
        <translation>مراجعة: جعل %1 مستقرة</translation>
    </message>
    <message>
        <source>Review: %1 to %2</source>
        <translation>مراجعة: %1 إلى %2</translation>
    </message>
    <message>
        <source>%1, taken back</source>
        <translation>%1، مسحوبة</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Rules</name>
    <message>
        <source>Default channel</source>
        <translation>القناة الافتراضية</translation>
    </message>
    <message>
        <source>Devices may join by themselves</source>
        <translation>يجوز للأجهزة الانضمام بنفسها</translation>
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
        <translation>نُسخ المتجر</translation>
    </message>
    <message>
        <source>Development builds</source>
        <translation>نُسخ التطوير</translation>
    </message>
    <message>
        <source>Real devices</source>
        <translation>الأجهزة الحقيقية</translation>
    </message>
    <message>
        <source>Emulators</source>
        <translation>المحاكيات</translation>
    </message>
    <message>
        <source>Version limit</source>
        <translation>حدّ الإصدار</translation>
    </message>
    <message>
        <source>Bundles below the native version</source>
        <translation>حزم دون الإصدار الأصلي</translation>
    </message>
    <message>
        <source>A device’s draw holds for</source>
        <translation>تسري قرعة الجهاز لمدة</translation>
    </message>
    <message>
        <source>Automatic pause</source>
        <translation>الإيقاف التلقائي</translation>
    </message>
    <message>
        <source>Limit for failures</source>
        <translation>حدّ الإخفاقات</translation>
    </message>
    <message>
        <source>Counted over</source>
        <translation>تُحسب على مدى</translation>
    </message>
    <message>
        <source>Attempts at least</source>
        <translation>أقل عدد للمحاولات</translation>
    </message>
    <message>
        <source>Failures at least</source>
        <translation>أقل عدد للإخفاقات</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>مستوى الثقة</translation>
    </message>
    <message>
        <source>When the limit is passed</source>
        <translation>عند تجاوز الحدّ</translation>
    </message>
    <message>
        <source>Not again within</source>
        <translation>لا يتكرر خلال</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>no</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>take the rollout back</source>
        <translation>سحب الطرح</translation>
    </message>
    <message>
        <source>only tell</source>
        <translation>الإبلاغ فقط</translation>
    </message>
    <message>
        <source>pause the rollout</source>
        <translation>إيقاف الطرح مؤقتًا</translation>
    </message>
    <message>
        <source>none</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>served</source>
        <translation>مخدومة</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>مستبعدة</translation>
    </message>
    <message>
        <source>never</source>
        <translation>أبدًا</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>مسموح</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: من %2 إلى %3</translation>
    </message>
    <message>
        <source>Up to the native major version</source>
        <translation>حتى الإصدار الرئيسي الأصلي</translation>
    </message>
    <message>
        <source>Same native minor version</source>
        <translation>الإصدار الفرعي الأصلي نفسه</translation>
    </message>
    <message>
        <source>Same native version</source>
        <translation>الإصدار الأصلي نفسه</translation>
    </message>
    <message>
        <source>As the bundle says</source>
        <translation>كما تحدد الحزمة</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>بلا حد</translation>
    </message>
    <message>
        <source>An app 1.4 takes 1.9.0, and not 2.0.0: that comes by the store.</source>
        <translation>التطبيق 1.4 يقبل 1.9.0 ولا يقبل 2.0.0، فذلك يأتي عبر المتجر.</translation>
    </message>
    <message>
        <source>An app 1.4 takes 1.4.9, and neither 1.5.0 nor 1.3.9.</source>
        <translation>التطبيق 1.4 يقبل 1.4.9 ولا يقبل 1.5.0 ولا 1.3.9.</translation>
    </message>
    <message>
        <source>An app 1.4.2 takes bundles 1.4.2 only, with another pre-release or build text.</source>
        <translation>التطبيق 1.4.2 يقبل حزم 1.4.2 فقط، مع لاحقة مختلفة للإصدار التمهيدي أو للبناء.</translation>
    </message>
    <message>
        <source>Each bundle names the lowest native version that may take it.</source>
        <translation>تذكر كل حزمة أدنى إصدار أصلي يجوز له أخذها.</translation>
    </message>
    <message>
        <source>Any app takes any bundle, also one for a newer native version.</source>
        <translation>يقبل أي تطبيق أي حزمة، حتى حزمة لإصدار أصلي أحدث.</translation>
    </message>
    <message>
        <source>no platform</source>
        <translation>لا منصة</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RulesCard</name>
    <message>
        <source>Bundles below native are allowed</source>
        <translation>الحزم دون الإصدار الأصلي مسموحة</translation>
    </message>
    <message>
        <source>No downgrade below native</source>
        <translation>لا نزول دون الإصدار الأصلي</translation>
    </message>
    <message>
        <source>Devices may join by themselves</source>
        <translation>يجوز للأجهزة الانضمام بنفسها</translation>
    </message>
    <message>
        <source>Devices may not join by themselves</source>
        <translation>لا يجوز للأجهزة الانضمام بنفسها</translation>
    </message>
    <message>
        <source>Store builds served</source>
        <translation>نُسخ المتجر تُخدَم</translation>
    </message>
    <message>
        <source>Store builds left out</source>
        <translation>نُسخ المتجر مستثناة</translation>
    </message>
    <message>
        <source>Development builds served</source>
        <translation>نُسخ التطوير تُخدَم</translation>
    </message>
    <message>
        <source>Development builds left out</source>
        <translation>نُسخ التطوير مستثناة</translation>
    </message>
    <message>
        <source>Real devices served</source>
        <translation>الأجهزة الحقيقية تُخدَم</translation>
    </message>
    <message>
        <source>Real devices left out</source>
        <translation>الأجهزة الحقيقية مستثناة</translation>
    </message>
    <message>
        <source>Emulators served</source>
        <translation>المحاكيات تُخدَم</translation>
    </message>
    <message>
        <source>Emulators left out</source>
        <translation>المحاكيات مستثناة</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>القواعد</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>تحرير…</translation>
    </message>
    <message>
        <source>Edit the rules of the channel</source>
        <translation>تحرير قواعد القناة</translation>
    </message>
    <message numerus="yes">
        <source>%n devices are pinned here</source>
        <translation>
            <numerusform>لا أجهزة مثبّتة هنا</numerusform>
            <numerusform>جهاز واحد مثبّت هنا</numerusform>
            <numerusform>جهازان مثبّتان هنا</numerusform>
            <numerusform>%Ln أجهزة مثبّتة هنا</numerusform>
            <numerusform>%Ln جهازًا مثبّتًا هنا</numerusform>
            <numerusform>%Ln جهاز مثبّت هنا</numerusform>
        </translation>
    </message>
    <message>
        <source>Pinned devices: not told by the server</source>
        <translation>الأجهزة المثبّتة: لا يخبر بها الخادم</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RulesForm</name>
    <message>
        <source>Who gets its bundles here</source>
        <translation>من يحصل على حزمه هنا</translation>
    </message>
    <message>
        <source>Default for devices that ask for no channel</source>
        <translation>افتراضية للأجهزة التي لا تطلب قناة</translation>
    </message>
    <message>
        <source>Devices may join by themselves</source>
        <translation>يجوز للأجهزة الانضمام بنفسها</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>المنصات</translation>
    </message>
    <message>
        <source>Store builds</source>
        <translation>نُسخ المتجر</translation>
    </message>
    <message>
        <source>Development builds</source>
        <translation>نُسخ التطوير</translation>
    </message>
    <message>
        <source>Real devices</source>
        <translation>الأجهزة الحقيقية</translation>
    </message>
    <message>
        <source>Emulators</source>
        <translation>المحاكيات</translation>
    </message>
    <message>
        <source>Builds and devices</source>
        <translation>النُّسخ والأجهزة</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>الإصدارات</translation>
    </message>
    <message>
        <source>Version limit</source>
        <translation>حدّ الإصدار</translation>
    </message>
    <message>
        <source>Never a bundle below the native version</source>
        <translation>لا حزمة دون الإصدار الأصلي أبدًا</translation>
    </message>
    <message>
        <source>Progressive deploy</source>
        <translation>الطرح التدريجي</translation>
    </message>
    <message>
        <source>any number</source>
        <translation>أي عدد</translation>
    </message>
    <message>
        <source>Act by itself when too many devices fail</source>
        <translation>التدخل تلقائيًا عند فشل أجهزة كثيرة</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>بلا حدّ</translation>
    </message>
    <message>
        <source> min</source>
        <translation> د</translation>
    </message>
    <message numerus="yes">
        <source> days</source>
        <comment>behind a number</comment>
        <translation>
            <numerusform> يوم</numerusform>
            <numerusform> يوم</numerusform>
            <numerusform> يومان</numerusform>
            <numerusform> أيام</numerusform>
            <numerusform> يومًا</numerusform>
            <numerusform> يوم</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::RulesSheet</name>
    <message>
        <source>This server has no automatic pause, and a device’s draw holds for the whole rollout. Watch the rollout under Monitor.</source>
        <translation>ليس لهذا الخادم إيقاف تلقائي، وتسري قرعة الجهاز طوال الطرح. تابع الطرح في «المراقبة».</translation>
    </message>
    <message>
        <source>Rules of %1</source>
        <translation>قواعد %1</translation>
    </message>
    <message>
        <source>Somebody else changed these rules meanwhile.</source>
        <translation>غيّر شخص آخر هذه القواعد في هذه الأثناء.</translation>
    </message>
    <message>
        <source>%1. What you change here goes on top of it.</source>
        <translation>%1. ما تغيّره هنا يُضاف فوق ذلك.</translation>
    </message>
    <message>
        <source>Change the rules</source>
        <translation>تغيير القواعد</translation>
    </message>
    <message numerus="yes">
        <source>Change %n rules</source>
        <translation>
            <numerusform>لا قواعد لتغييرها</numerusform>
            <numerusform>تغيير قاعدة واحدة</numerusform>
            <numerusform>تغيير قاعدتين</numerusform>
            <numerusform>تغيير %Ln قواعد</numerusform>
            <numerusform>تغيير %Ln قاعدة</numerusform>
            <numerusform>تغيير %Ln قاعدة</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>لم يتغيّر شيء بعد.</translation>
    </message>
    <message>
        <source>Change the rules of %1</source>
        <translation>تغيير قواعد %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::SearchField</name>
    <message>
        <source>Clear</source>
        <translation>مسح</translation>
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
        <translation>الاتصال بخادم</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>اتصال</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>https://updates.example.com</source>
        <translation>https://updates.example.com</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>إنتاج</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>اختبار</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>تطوير</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Where the management API answers.</source>
        <translation>حيث تجيب واجهة الإدارة البرمجية.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>How this server is called here.</source>
        <translation>اسم هذا الخادم هنا.</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>مفتاح API</translation>
    </message>
    <message>
        <source>Kept in the keychain, sent to this server only.</source>
        <translation>يُحفظ في سلسلة المفاتيح، ولا يُرسل إلا إلى هذا الخادم.</translation>
    </message>
    <message>
        <source>Used for</source>
        <translation>الاستخدام</translation>
    </message>
    <message>
        <source>Colours the line over every screen.</source>
        <translation>يلوّن الخط أعلى كل شاشة.</translation>
    </message>
    <message>
        <source>Connect to Capgo Cloud</source>
        <translation>الاتصال بـ Capgo Cloud</translation>
    </message>
    <message>
        <source>Capgo Cloud</source>
        <translation>Capgo Cloud</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>جارٍ الاتصال…</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ShareSlider</name>
    <message>
        <source>New share in percent</source>
        <translation>النسبة الجديدة بالمئة</translation>
    </message>
    <message>
        <source>New share</source>
        <translation>النسبة الجديدة</translation>
    </message>
    <message>
        <source>↑↓ 1 · Shift 10 · Ctrl 0.1</source>
        <translation>↑↓&#xa0;١ · ⇧&#xa0;١٠ · ‏Ctrl‏&#xa0;٠٫١</translation>
    </message>
    <message>
        <source>No rollout on the server now.</source>
        <translation>لا طرح على الخادم الآن.</translation>
    </message>
    <message>
        <source>On the server now: %1.</source>
        <translation>على الخادم الآن: %1.</translation>
    </message>
    <message>
        <source>On the server now: %1. Moving down does not take the bundle off devices that have it; Take back does.</source>
        <translation>على الخادم الآن: %1. خفض النسبة لا ينزع الحزمة من الأجهزة التي لديها؛ «سحب» يفعل ذلك.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ShareTrack</name>
    <message>
        <source>Take back</source>
        <translation>سحب</translation>
    </message>
    <message>
        <source>Rollout share in percent</source>
        <translation>نسبة الطرح بالمئة</translation>
    </message>
    <message>
        <source>Devices that have the bundle go back to the stable one at their next check.</source>
        <translation>الأجهزة التي لديها الحزمة تعود إلى المستقرة عند فحصها التالي.</translation>
    </message>
    <message>
        <source>%1 wished, %2 on the server now</source>
        <translation>المطلوب %1، وعلى الخادم الآن %2</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::ShipStep</name>
    <message>
        <source>Upload</source>
        <translation>رفع</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>It is on the server</source>
        <translation>هي على الخادم</translation>
    </message>
    <message>
        <source>Cancel the upload</source>
        <translation>إلغاء الرفع</translation>
    </message>
    <message>
        <source>Where it goes</source>
        <translation>إلى أين تذهب</translation>
    </message>
    <message>
        <source>read back and compared afterwards</source>
        <translation>تُقرأ بعدها وتُقارن</translation>
    </message>
    <message>
        <source>Open the channel</source>
        <translation>فتح القناة</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/ث</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>القناة</translation>
    </message>
    <message>
        <source>Share in percent</source>
        <translation>النسبة بالمئة</translation>
    </message>
    <message>
        <source>Make it stable for all devices of the channel</source>
        <translation>جعلها المستقرة لكل أجهزة القناة</translation>
    </message>
    <message>
        <source>Roll it out to a share of the devices</source>
        <translation>طرحها على نسبة من الأجهزة</translation>
    </message>
    <message>
        <source>Upload only</source>
        <translation>الرفع فقط</translation>
    </message>
    <message numerus="yes">
        <source>All of its %1 active devices get the bundle at their next check.</source>
        <translation>
            <numerusform>أجهزتها النشطة كلها، وعددها %1، تحصل على الحزمة عند فحصها التالي.</numerusform>
            <numerusform>أجهزتها النشطة كلها، وعددها %1، تحصل على الحزمة عند فحصها التالي.</numerusform>
            <numerusform>أجهزتها النشطة كلها، وعددها %1، تحصل على الحزمة عند فحصها التالي.</numerusform>
            <numerusform>أجهزتها النشطة كلها، وعددها %1، تحصل على الحزمة عند فحصها التالي.</numerusform>
            <numerusform>أجهزتها النشطة كلها، وعددها %1، تحصل على الحزمة عند فحصها التالي.</numerusform>
            <numerusform>أجهزتها النشطة كلها، وعددها %1، تحصل على الحزمة عند فحصها التالي.</numerusform>
        </translation>
    </message>
    <message>
        <source>The share can be raised, paused and taken back under Channels.</source>
        <translation>يمكن رفع النسبة وإيقافها وسحبها في «القنوات».</translation>
    </message>
    <message>
        <source>No device gets it until a channel points to it.</source>
        <translation>لا يحصل عليها أي جهاز حتى تشير إليها قناة.</translation>
    </message>
    <message>
        <source>%1 was uploaded, read back and found equal.</source>
        <translation>رُفعت %1 وقُرئت ثانيةً ووُجدت مطابقة.</translation>
    </message>
    <message>
        <source>%1 was uploaded.</source>
        <translation>رُفعت %1.</translation>
    </message>
    <message>
        <source>Each file</source>
        <translation>كل ملف</translation>
    </message>
    <message>
        <source>All of its devices get the bundle at their next check.</source>
        <translation>تحصل كل أجهزتها على الحزمة في فحصها التالي.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>جارٍ التحميل</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Sparkline</name>
    <message>
        <source>Too few values for a trend.</source>
        <translation>القيم أقل من أن تُظهر اتجاهًا.</translation>
    </message>
    <message>
        <source>From %1 to %2, highest %3.</source>
        <translation>من %1 إلى %2، والأعلى %3.</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::StartScreen</name>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Try to open the server again</source>
        <translation>محاولة فتح الخادم من جديد</translation>
    </message>
    <message>
        <source>Ship updates you can take back</source>
        <translation>انشر تحديثات يمكنك سحبها</translation>
    </message>
    <message>
        <source>Where do your devices get their updates from?</source>
        <translation>من أين تحصل أجهزتك على تحديثاتها؟</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>بدء</translation>
    </message>
    <message>
        <source>Start on this computer</source>
        <translation>البدء على هذا الحاسوب</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>اتصال…</translation>
    </message>
    <message>
        <source>Connect to Capgo Cloud</source>
        <translation>الاتصال بـ Capgo Cloud</translation>
    </message>
    <message>
        <source>Connect to another server</source>
        <translation>الاتصال بخادم آخر</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>هذا الحاسوب</translation>
    </message>
    <message>
        <source>Starts the server that comes with Gatehouse. Nothing to install, no account. Good for trying it and for small teams.</source>
        <translation>يشغّل الخادم المرفق مع Gatehouse. لا تثبيت ولا حساب. مناسب للتجربة وللفرق الصغيرة.</translation>
    </message>
    <message>
        <source>Capgo Cloud</source>
        <translation>Capgo Cloud</translation>
    </message>
    <message>
        <source>Use your organization’s apps and channels. You need an API key from its console.</source>
        <translation>استخدم تطبيقات منظمتك وقنواتها. تحتاج إلى مفتاح API من لوحة تحكمها.</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>خادم آخر</translation>
    </message>
    <message>
        <source>A self-hosted Capgo, or a Gatehouse server of your team. HTTPS, with the address your devices use.</source>
        <translation>خادم Capgo مستضاف ذاتيًا، أو خادم Gatehouse لفريقك. عبر HTTPS وبالعنوان الذي تستخدمه أجهزتك.</translation>
    </message>
    <message>
        <source>See it work first: a sample app, 2 000 simulated devices, one bad release.</source>
        <translation>شاهده يعمل أولًا: تطبيق نموذجي، و٢&#x202f;٠٠٠ جهاز محاكى، وإصدار سيئ واحد.</translation>
    </message>
    <message>
        <source>Runs on this computer, removes itself afterwards. About two minutes.</source>
        <translation>يعمل على هذا الحاسوب ويزيل نفسه بعدها. نحو دقيقتين.</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>أرني</translation>
    </message>
    <message>
        <source>Show me the sample</source>
        <translation>أرني النموذج</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::StatusBar</name>
    <message>
        <source>Progress of the running job</source>
        <translation>تقدّم المهمة الجارية</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>في انتظار سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>%1 unlocked</source>
        <translation>%1: مفتوحة</translation>
    </message>
    <message>
        <source>No keychain</source>
        <translation>لا سلسلة مفاتيح</translation>
    </message>
    <message>
        <source>%1 locked</source>
        <translation>%1: مقفلة</translation>
    </message>
    <message>
        <source>Keychain state: %1</source>
        <translation>حالة سلسلة المفاتيح: %1</translation>
    </message>
    <message>
        <source>No running jobs</source>
        <translation>لا مهام جارية</translation>
    </message>
    <message numerus="yes">
        <source>%n running jobs</source>
        <translation>
            <numerusform>لا مهام جارية</numerusform>
            <numerusform>مهمة جارية واحدة</numerusform>
            <numerusform>مهمتان جاريتان</numerusform>
            <numerusform>%Ln مهام جارية</numerusform>
            <numerusform>%Ln مهمة جارية</numerusform>
            <numerusform>%Ln مهمة جارية</numerusform>
        </translation>
    </message>
    <message>
        <source>Jobs: %1</source>
        <translation>المهام: %1</translation>
    </message>
    <message>
        <source>loopback</source>
        <translation>داخلي</translation>
    </message>
    <message>
        <source>Gatehouse server %1 · %2</source>
        <translation>خادم Gatehouse ‏%1 · %2</translation>
    </message>
    <message>
        <source>Capgo server · %1</source>
        <translation>خادم Capgo · %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::Stepper</name>
    <message>
        <source>Steps</source>
        <translation>الخطوات</translation>
    </message>
    <message>
        <source>done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>current step</source>
        <translation>الخطوة الحالية</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>في الانتظار</translation>
    </message>
    <message>
        <source>%1. %2, %3</source>
        <translation>%1. %2، %3</translation>
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
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>إغلاق الرسالة</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>No device has taken it yet</source>
        <translation>لم يأخذها أي جهاز بعد</translation>
    </message>
    <message numerus="yes">
        <source>%n devices are back</source>
        <translation>
            <numerusform>لم يعد أي جهاز</numerusform>
            <numerusform>عاد جهاز واحد</numerusform>
            <numerusform>عاد جهازان</numerusform>
            <numerusform>عادت %Ln أجهزة</numerusform>
            <numerusform>عاد %Ln جهازًا</numerusform>
            <numerusform>عاد %Ln جهاز</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n devices have taken it</source>
        <translation>
            <numerusform>لم يأخذها أي جهاز</numerusform>
            <numerusform>أخذها جهاز واحد</numerusform>
            <numerusform>أخذها جهازان</numerusform>
            <numerusform>أخذتها %Ln أجهزة</numerusform>
            <numerusform>أخذها %Ln جهازًا</numerusform>
            <numerusform>أخذها %Ln جهاز</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo the change to %1</source>
        <translation>التراجع عن تغيير %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::widgets::VersionStep</name>
    <message>
        <source>Version and notes</source>
        <translation>الإصدار والملاحظات</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>الإصدار</translation>
    </message>
    <message>
        <source>Devices know the bundle by it. Three numbers, never used before.</source>
        <translation>به تعرف الأجهزة الحزمة. ثلاثة أرقام لم تُستخدم من قبل.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>ملاحظات</translation>
    </message>
    <message>
        <source>What changes. Part of the signed statement, and shown to colleagues.</source>
        <translation>ما الذي يتغيّر. جزء من البيان الموقّع، ويراه الزملاء.</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::AppsRepository</name>
    <message>
        <source>Create the app %1</source>
        <translation>إنشاء التطبيق %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::BundleDraft</name>
    <message>
        <source>Look at %1</source>
        <translation>فحص %1</translation>
    </message>
    <message>
        <source>Sign and encrypt %1</source>
        <translation>توقيع %1 وتشفيرها</translation>
    </message>
    <message>
        <source>Upload %1</source>
        <translation>رفع %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::BundleShelf</name>
    <message>
        <source>Verify %1</source>
        <translation>التحقق من %1</translation>
    </message>
    <message>
        <source>Compare %1 and %2</source>
        <translation>مقارنة %1 و%2</translation>
    </message>
    <message>
        <source>Save the files of %1</source>
        <translation>حفظ ملفات %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::BundlesRepository</name>
    <message>
        <source>Delete %1</source>
        <translation>حذف %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::ChannelsRepository</name>
    <message>
        <source>Create the channel %1</source>
        <translation>إنشاء القناة %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::KeyRing</name>
    <message>
        <source>Create the bundle key of %1</source>
        <translation>إنشاء مفتاح حزم %1</translation>
    </message>
    <message>
        <source>Import a bundle key for %1</source>
        <translation>استيراد مفتاح حزم لـ %1</translation>
    </message>
    <message>
        <source>Create a release identity</source>
        <translation>إنشاء هوية إصدار</translation>
    </message>
    <message>
        <source>Remove a bundle key of %1</source>
        <translation>إزالة مفتاح حزم لـ %1</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::SecretPlace</name>
    <message>
        <source>Keychain</source>
        <translation>سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>الخزنة</translation>
    </message>
    <message>
        <source>Unlock the keychain</source>
        <translation>فتح سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>Open the vault</source>
        <translation>فتح الخزنة</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::ServerDesk</name>
    <message>
        <source>This computer</source>
        <translation>هذا الحاسوب</translation>
    </message>
    <message>
        <source>Get the key of the server on this computer</source>
        <translation>جلب مفتاح الخادم على هذا الحاسوب</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>بيئة تجريبية</translation>
    </message>
    <message>
        <source>Sandbox keys</source>
        <translation>مفاتيح البيئة التجريبية</translation>
    </message>
    <message>
        <source>Prove the server on this computer</source>
        <translation>التحقق من الخادم على هذا الحاسوب</translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>الاتصال بـ %1</translation>
    </message>
    <message>
        <source>Get the key of %1</source>
        <translation>جلب مفتاح %1</translation>
    </message>
    <message>
        <source>Look at the certificate</source>
        <translation>فحص الشهادة</translation>
    </message>
</context>
<context>
    <name>gatehouse::workspace::ShowMe</name>
    <message>
        <source>Prepare the sample app</source>
        <translation>تجهيز التطبيق النموذجي</translation>
    </message>
    <message>
        <source>Build and ship the sample %1</source>
        <translation>بناء النموذج %1 ونشره</translation>
    </message>
</context>
</TS>
