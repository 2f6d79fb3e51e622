### نصف الدائرة، العربية. المعرّفات والمتغيرات هي نفسها في en.ftl.
### Arabic has six plural forms: zero, one, two, few (3–10), many (11–99) and other (100, 1000 …).

## Languages, each in its own words

language-en = English
language-fr = Français
language-es = Español
language-ar = العربية
language-label = اللغة

## Choices: singular on a button and for one Member, plural beside a number

choice-yes = مؤيد
choice-no = معارض
choice-abstain = ممتنع
choice-none = لم يصوّت
choice-absent = غائب
choice-suspended = حق التصويت معلّق
choice-present = حاضر
choice-pass = تجاوز

count-yes = المؤيدون
count-no = المعارضون
count-abstain = { $n ->
    [one] الممتنع عن التصويت
   *[other] الممتنعون عن التصويت
}
count-none = لم يصوّتوا
count-absent = الغائبون
count-suspended = المعلّق حقهم
count-invalid = الباطلة
count-entitled = أصحاب حق التصويت
count-present = الحاضرون
count-voted = صوّتوا
count-members = الأعضاء
count-spoken = { $label }: { NUMBER($n) }

## Phases

phase-draft = مسودة
phase-prepared = جاهز
phase-announced = أُعلن
phase-open = مفتوح
phase-suspended = موقوف مؤقتًا
phase-closed = مغلق
phase-declared = أُعلنت نتيجته
phase-certified = مصدّق
phase-published = منشور
phase-cancelled = ملغى
phase-void = باطل
phase-in-doubt = قيد التحقق

## Said in the hall

said-announced = سيبدأ التصويت بعد قليل
said-open = باب التصويت مفتوح
said-last-call = هل صوّت جميع الأعضاء؟
said-closing = سيُغلق باب التصويت بعد قليل
said-suspended = أُوقف التصويت مؤقتًا
said-resumed = فُتح باب التصويت من جديد
said-extended = { $seconds ->
    [zero] يبقى باب التصويت مفتوحًا دون تمديد
    [one] يبقى باب التصويت مفتوحًا ثانية أخرى
    [two] يبقى باب التصويت مفتوحًا ثانيتين أخريين
    [few] يبقى باب التصويت مفتوحًا { NUMBER($seconds) } ثوانٍ أخرى
    [many] يبقى باب التصويت مفتوحًا { NUMBER($seconds) } ثانية أخرى
   *[other] يبقى باب التصويت مفتوحًا { NUMBER($seconds) } ثانية أخرى
}
said-time-out = في انتظار الرئاسة
said-closed = أُغلق باب التصويت
said-cancelled = أُلغي التصويت. لا يُحتسب أي صوت.
said-void = التصويت باطل
said-votes-kept = الأصوات محفوظة
said-in-doubt = يجري التحقق من التصويت. يُرجى الانتظار.
said-consensus = اعتُمد دون تصويت
said-no-vote = لا يوجد تصويت جارٍ

## How a ballot is held

kind-motion = اقتراح
kind-election = انتخاب
kind-attendance = التحقق من النصاب
kind-test = تصويت تجريبي
kind-poll = استطلاع غير رسمي
mode-recorded = تصويت مسجّل
mode-consensus = دون تصويت
mode-non-recorded = تصويت غير مسجّل
mode-secret = اقتراع سري
mode-hands = التصويت برفع الأيدي
mode-roll-call = التصويت بنداء الأسماء
mode-paper = اقتراع ورقي
disclosure-none = وجود تصويت فقط
disclosure-turnout = المشاركة دون الأعداد
disclosure-counts = الأعداد دون الأسماء
disclosure-individual = الأعداد والأسماء

## Words used on every screen

hall-item = البند { $number }
hall-sitting = الجلسة { $number }
hall-document = الوثيقة { $symbol }
hall-presiding = الرئاسة: { $name }
hall-seat = المقعد { $seat }
hall-ballot = التصويت { $number }
hall-quorum = النصاب القانوني
hall-quorum-met = اكتمل النصاب القانوني: الحاضرون { NUMBER($present) } والمطلوب { NUMBER($needed) }
hall-quorum-missed = لم يكتمل النصاب القانوني: الحاضرون { NUMBER($present) } والمطلوب { NUMBER($needed) }
hall-turnout = { NUMBER($voted) } من { NUMBER($entitled) }
hall-turnout-spoken = { $voted ->
    [zero] لم يصوّت أي عضو من { NUMBER($entitled) }
    [one] صوّت عضو واحد من { NUMBER($entitled) }
    [two] صوّت عضوان من { NUMBER($entitled) }
    [few] صوّت { NUMBER($voted) } أعضاء من { NUMBER($entitled) }
    [many] صوّت { NUMBER($voted) } عضوًا من { NUMBER($entitled) }
   *[other] صوّت { NUMBER($voted) } عضو من { NUMBER($entitled) }
}
hall-seconds-left = { $seconds ->
    [zero] انتهى الوقت
    [one] بقيت ثانية واحدة
    [two] بقيت ثانيتان
    [few] بقيت { NUMBER($seconds) } ثوانٍ
    [many] بقيت { NUMBER($seconds) } ثانية
   *[other] بقيت { NUMBER($seconds) } ثانية
}
hall-time = { $time } ({ $zone })
hall-test = تجربة
hall-rehearsal = تدريب
hall-live = مباشر
hall-not-live = غير مباشر
hall-tellers = فارزو الأصوات
hall-explanations = تعليل التصويت
hall-close = إغلاق
hall-back = رجوع
hall-yes = نعم
hall-cancel = إلغاء
hall-wait = يُرجى الانتظار

## الصفحة التي تفحص ورقة فتحها مقعد

check-title = فحص ورقة اقتراع
check-intro = فتح مقعد تصويت ورقة بدلًا من الإدلاء بها ليُظهر أنه يختم ما يُختار. تصنع هذه الصفحة تلك الورقة من جديد مما كشفه المقعد وتقارن. لا يغادر شيء من ذلك هذا الجهاز.
check-field = العنوان الوارد في رمز المقعد، أو النص المنسوخ
check-file = أو ملف فيه النص
check-do = فحص
check-working = تُصنع الورقة من جديد…
check-holds = الصوت المختوم الذي يحمل هذه البصمة يتضمن
check-wrong = خطأ: لا تتضمن الورقة ما يقوله المقعد
check-wrong-fingerprint = ما كشفه المقعد يصنع صوتًا مختومًا غير الذي عرض بصمته.
check-wrong-next = احتفظوا بهذا النص، ولا تصوّتوا على ذلك المقعد، وأبلغوا فارزي الأصوات.
check-said = يقول المقعد إنها تتضمن
check-question = السؤال
check-fingerprint-told = بصمة الصوت المختوم كما ذكرها المقعد
check-fingerprint-made = بصمة ما كُشف
check-compare = قارنوا بأعينكم
check-compare-fingerprint = بصمة الصوت المختوم: هل هي التي عرضها المقعد قبل أن تطلبوا فتح الورقة؟
check-compare-election = بصمة الانتخاب: هل هي المنشورة؟
check-compare-scrutineers = مفتاح فارزي الأصوات: هل هو الذي أعلنه الفارزون؟
check-compare-key = مفتاح المقعد: هل هو المذكور في أعلى شاشة المقعد؟
check-compare-archive = الورقة المفتوحة لا تُوقَّع ولا يُدلى بها أبدًا. بعد الإقفال يجب ألا تكون في أرشيف الانتخاب ورقة تحمل بصمتها.
check-archive = أرشيف الانتخاب (ملف ‎.bel)
check-archive-absent = الورقة المفتوحة ليست في هذا الأرشيف: هذا صحيح.
check-archive-present = خطأ: الورقة المفتوحة في هذا الأرشيف. أبلغوا فارزي الأصوات.
check-archive-other = هذا أرشيف انتخاب آخر.
check-archive-none = هذا الملف ليس أرشيف انتخاب.
check-fault = لا يمكن الفحص
check-fault-nothing = لا يوجد نص. امسحوا رمز المقعد أو ألصقوا النص المنسوخ.
check-fault-unreadable = هذا ليس العنوان الوارد في رمز مقعد ولا النص المنسوخ. امسحوه أو انسخوه مرة أخرى.
check-fault-cut-off = النص مبتور. انسخوه كاملًا مرة أخرى.
check-fault-field = ما يرد في { $place } ليس مما يكشفه مقعد. امسحوه أو انسخوه مرة أخرى.
check-fault-unpassed = المقعد الذي لا يمكن فحص نصه لم يجتز الفحص.

## Connection

connection-connecting = جارٍ الاتصال…
connection-online = متصل
connection-lost = لا يوجد اتصال
connection-replaced = مستعمل على جهاز آخر
connection-stopped = متوقف

## Kiosk

kiosk-title = مقعد التصويت
kiosk-pair-title = توصيل هذا المقعد
kiosk-pair-hint = امسحوا الرمز الذي يعطيكم إياه المشغّل، أو اكتبوا رمز المقعد.
kiosk-pair-field = رمز المقعد
kiosk-pair-submit = توصيل
kiosk-pair-failed = هذا الرمز غير صالح. اطلبوا من المشغّل رمزًا جديدًا.
kiosk-card-make = إنشاء بطاقة لمفتاح هذا المقعد
kiosk-card-working = يجري إنشاء البطاقة…
kiosk-card-title = بطاقة مفتاح هذا المقعد
kiosk-card-hint = إذا تعطّل هذا الجهاز، يأخذ جهاز آخر في هذا المقعد المفتاح من هذه البطاقة ويصوّت في الاقتراع السري الجاري. البطاقة والرقم السري معًا يصوّتان باسمكم: احفظوا كلًّا منهما على حدة.
kiosk-card-code = رمز البطاقة
kiosk-card-text = نص البطاقة
kiosk-card-pin = الرقم السري للبطاقة
kiosk-card-pin-hint = اكتبوه في مكان آخر. يُعرض مرة واحدة ولا يُطبع.
kiosk-card-print = طباعة البطاقة
kiosk-card-done = إخفاء البطاقة
kiosk-card-failed = لا يستطيع هذا الجهاز ذلك. يُرجى استدعاء المشغّل.
kiosk-card-take-title = ببطاقة وفدكم يستطيع هذا الجهاز التصويت
kiosk-card-take-hint = مفتاح جهاز آخر هو المعتمد لهذا الاقتراع. امسحوا نص البطاقة أو اكتبوه، ثم رقمها السري.
kiosk-card-take = أخذ المفتاح
kiosk-card-taking = يجري فتح البطاقة…
kiosk-card-fault-no-card = ليس هذا نص بطاقة كاملًا. تحققوا منه.
kiosk-card-fault-other-seat = هذه البطاقة لمقعد آخر.
kiosk-card-fault-wrong-pin = الرقم السري غير صحيح.
kiosk-card-fault-other-key = مفتاح هذه البطاقة ليس المعتمد لهذا الاقتراع.
kiosk-card-wait = أعيدوا المحاولة بعد: { NUMBER($n) } ث
kiosk-no-vote = لا يوجد تصويت جارٍ
kiosk-next-item = المعروض الآن على الجمعية
kiosk-votes-for = تصوّت أيضًا نيابةً عن: { $names }
kiosk-voted-for-by = { $name } يصوّت نيابةً عنك ما لم تصوّت أنت
kiosk-votes-by = يصوّت الآن: { $name }
kiosk-votes-by-nobody = لم يُحدَّد من يصوّت
kiosk-hand-over = نقل التصويت
kiosk-hand-over-title = من يصوّت من الآن فصاعدًا؟
kiosk-hand-over-hint = الصوت الذي أُدلي به يبقى كما هو.
kiosk-hand-over-confirm = يصوّت { $name } من الآن فصاعدًا
kiosk-hand-over-failed = لم تقبله القاعة. حاولوا مرة أخرى أو استدعوا المشغّل.
kiosk-hand-over-now = يصوّت الآن
kiosk-announced = لم يُفتح باب التصويت بعد
kiosk-open = باب التصويت مفتوح
kiosk-choose = المسوا اختياركم
kiosk-sending = جارٍ الإرسال…
kiosk-secret-checking = يجري التحقق من صوتكم المختوم…
kiosk-secret-recorded = سُجّل. صوتكم سري.
kiosk-unlinked-recorded = لقد صوّتم. لا يُسجَّل من صوّت بماذا.
kiosk-recorded = سُجّل صوتكم
kiosk-recorded-choice = سُجّل: { $choice }
kiosk-code = رمز الإيصال
kiosk-receipt = الإيصال الموقّع
kiosk-receipt-hint = وقّعت القاعة بأن لديها صوتكم المختوم، لا كيف صوّتم. امسحوه أو انسخوه: إذا غاب الصوت عن الأرشيف فهو يثبت أن القاعة فقدته.
kiosk-receipt-code = رمز الإيصال الموقّع
kiosk-key = مفتاح المقعد
kiosk-scrutineers-key = مفتاح فارزي الأصوات
kiosk-tracker = رمز التتبع
kiosk-sealed-fingerprint = بصمة الصوت المختوم
kiosk-change-to = التغيير إلى
kiosk-change-hint = يمكنكم تغييره حتى إغلاق باب التصويت
kiosk-final = لا يمكن تغيير هذا الصوت
kiosk-last-call = سيُغلق باب التصويت بعد قليل
kiosk-not-voted-yet = لم تصوّتوا بعد
kiosk-suspended = أُوقف التصويت مؤقتًا
kiosk-suspended-kept = صوتكم محفوظ
kiosk-time-out = في انتظار الرئاسة
kiosk-closed = أُغلق باب التصويت
kiosk-your-vote = صوتكم: { $choice }
kiosk-did-not-vote = لم تصوّتوا
kiosk-too-late = فات الأوان: لم يُحتسب
kiosk-press-again = تغيّر التصويت. المسوا اختياركم من جديد.
kiosk-cancelled = أُلغي التصويت. لا يُحتسب أي صوت.
kiosk-void = التصويت باطل. صوتكم لا يُحتسب.
kiosk-in-doubt = يجري التحقق من التصويت. يُرجى انتظار الرئاسة.
kiosk-right-suspended = حقكم في التصويت معلّق
kiosk-not-on-roll = لستم مدرجين في قائمة هذا التصويت
kiosk-call-operator = يُرجى استدعاء المشغّل: المسوا «مساعدة»
kiosk-not-connected = لا يوجد اتصال
kiosk-not-connected-hint = لا يُرسل أي شيء تلمسونه الآن. سيعود المقعد إلى الاتصال تلقائيًا.
kiosk-not-trusted = شهادة القاعة غير موثوقة
kiosk-not-trusted-hint = لا يعرف هذا المقعد الجهة التي أصدرتها، فلا يُرسل أي شيء. اتصلوا بالمشغّل.
kiosk-not-sent = لم يُرسل. المسوا اختياركم من جديد بعد عودة الاتصال.
kiosk-not-sealed = تعذّر ختم صوتكم ولم يُرسل شيء. المسوا اختياركم مرة أخرى، وإذا استمر ذلك فاتصلوا بالمشغّل.
kiosk-not-opened = لم يفتح هذا المقعد الورقة كما يجب. لم يُدلَ بشيء. لا تصوّتوا على هذا المقعد: اتصلوا بالمشغّل.
kiosk-other-ballot = يذكر إيصال القاعة صوتًا مختومًا غير صوت هذا المقعد. لا تعدّوا صوتكم مسجلًا: أبلغوا المشغّل وفارزي الأصوات.
kiosk-other-election = غيّرت القاعة المفتاح الذي تُختم له هذه الورقة أو سؤالها. لم يُرسل شيء: أبلغوا المشغّل وفارزي الأصوات.
kiosk-check-seat = فحص هذا المقعد
kiosk-check-on = أنتم تفحصون هذا المقعد. لا يُدلى بشيء قبل أن تقرروا ذلك.
kiosk-check-end = إنهاء الفحص
kiosk-check-review = راجعوا صوتكم قبل ختمه
kiosk-check-seal = الختم دون الإدلاء
kiosk-check-sealing = جارٍ الختم…
kiosk-check-shown = خُتم ولم يُدلَ به بعد
kiosk-check-shown-hint = دوّنوا البصمة ثم قرروا: لم يكن بإمكان هذا المقعد حتى الآن أن يعرف ما ستفعلونه.
kiosk-check-chosen = اخترتم:
kiosk-check-cast = الإدلاء بهذا الصوت
kiosk-check-open = فتحه للفحص
kiosk-check-opening = جارٍ الفتح…
kiosk-check-opened = فُتحت: استُهلكت هذه الورقة ولم يُدلَ بها
kiosk-check-must-hold = يجب أن يجد الفحص:
kiosk-check-opened-hint = امسحوا الرمز بجهاز يخصكم وقارنوا البصمة المعروضة بالبصمة التي دوّنتموها، ثم صوّتوا.
kiosk-check-code = رمز يضم كل ما دخل في هذه الورقة
kiosk-check-no-code = تعذّر صنع رمز منه: انسخوا النص بدلًا منه.
kiosk-check-text = كل ما دخل في هذه الورقة
kiosk-check-copy = نسخ النص
kiosk-check-copied = نُسخ
kiosk-check-vote = التصويت الآن
kiosk-check-earlier = الصوت الذي أدليتم به من قبل ما زال محتسبًا
kiosk-no-answer = لا يُعرف هل سُجّل صوتكم. المسوا خياركم من جديد.
kiosk-replaced = يُستعمل هذا المقعد الآن على جهاز آخر
kiosk-replaced-hint = إن لم يكن ذلك بعلمكم، فاستدعوا المشغّل.
kiosk-use-here = استخدام هذا الجهاز
kiosk-revoked = لم يعد التصويت ممكنًا من هذا الجهاز. استدعوا المشغّل.
kiosk-protocol = هذه الشاشة غير محدّثة. أعيدوا تحميلها أو استدعوا المشغّل.
kiosk-reload = إعادة التحميل
kiosk-assistance = مساعدة
kiosk-assistance-called = المساعدة في الطريق إليكم
kiosk-assistance-cancel = لم تعد لازمة
kiosk-point-of-order = نقطة نظام
kiosk-point-of-order-raised = نقطة نظام: أُبلغت الرئاسة
kiosk-point-of-order-withdraw = سحب
kiosk-text-size = حجم النص
kiosk-text-size-value = { $size ->
    [1] عادي
    [2] كبير
    [3] أكبر
   *[4] الأكبر
}
kiosk-result = النتيجة
kiosk-choices-label = الخيارات
kiosk-lamp-label = { $lit ->
    [yes] { $choice }، سُجّل
   *[no] { $choice }
}

## جهاز المقعد: تصويت تجريبي، والتحقق من النصاب، وما يُجاب عنه في القاعة

kiosk-test-press = المسوا: { $choice }
kiosk-test-recorded = تجربة: وصلت لمستكم
kiosk-test-right = هذا هو الزر المطلوب
kiosk-test-wrong = كان المطلوب زرًا آخر: { $choice }
kiosk-test-yours = تجربة: لمستم { $choice }
kiosk-test-missed = تجربة: لم يصل شيء من هذا المقعد
kiosk-test-hint = هذه تجربة. لا يُتخذ أي قرار.
kiosk-poll-hint = هذا استطلاع غير رسمي. لا يُتخذ أي قرار.
kiosk-present = حاضر
kiosk-presence-ask = يجري التحقق من النصاب
kiosk-presence-touch = المسوا «حاضر»
kiosk-presence-recorded = سُجّل حضوركم
kiosk-presence-missed = لم يُسجَّل حضوركم
kiosk-hands = صوّتوا برفع اليد
kiosk-hands-hint = يعدّ فارزو الأصوات الأيدي المرفوعة. لا يُلمس شيء على المقعد.
kiosk-paper = صوّتوا على ورقة الاقتراع
kiosk-paper-hint = يجمع فارزو الأصوات الأوراق ويعدّونها. لا يُلمس شيء على المقعد.
kiosk-roll-call = أجيبوا بصوت عالٍ عند النداء عليكم
kiosk-roll-call-hint = مؤيد أو معارض أو ممتنع أو تجاوز الدور. لا يُلمس شيء على المقعد.
kiosk-consensus = تقترح الرئاسة الاعتماد دون تصويت
kiosk-consensus-hint = من لديه اعتراض يعلنه في القاعة. لا يُلمس شيء على المقعد.
kiosk-called-now = جاء دوركم: أجيبوا بصوت عالٍ
kiosk-called-next = الدور التالي لكم
kiosk-called-passed = تجاوزتم دوركم: سيُنادى عليكم مرة أخرى
kiosk-calling = يُنادى الآن على: { $member }
kiosk-second-call = النداء الثاني
kiosk-answered = { $n ->
    [zero] لم يُجب أي عضو بعد
    [one] أجاب عضو واحد
    [two] أجاب عضوان
    [few] أجاب { NUMBER($n) } أعضاء
    [many] أجاب { NUMBER($n) } عضوًا
   *[other] أجاب { NUMBER($n) } عضو
}

## جهاز المقعد: ورقة الاقتراع في الانتخاب

kiosk-round = الجولة { NUMBER($n) }
kiosk-tie-ballot = اقتراع لكسر التعادل
kiosk-places = { $places ->
    [zero] لا مقاعد شاغرة
    [one] مقعد واحد شاغر
    [two] مقعدان شاغران
    [few] { NUMBER($places) } مقاعد شاغرة
    [many] { NUMBER($places) } مقعدًا شاغرًا
   *[other] { NUMBER($places) } مقعد شاغر
}
kiosk-names-most = { $most ->
    [zero] لا تختاروا أي اسم
    [one] اختاروا اسمًا واحدًا
    [two] اختاروا اسمين على الأكثر
    [few] اختاروا { NUMBER($most) } أسماء على الأكثر
    [many] اختاروا { NUMBER($most) } اسمًا على الأكثر
   *[other] اختاروا { NUMBER($most) } اسم على الأكثر
}
kiosk-names-chosen = اختير { NUMBER($chosen) } من { NUMBER($most) }
kiosk-names-full = اختير العدد الأقصى: { NUMBER($most) }. احذفوا اسمًا أولًا.
kiosk-names-below = أسماء أخرى في الأسفل
kiosk-names-above = أسماء أخرى في الأعلى
kiosk-candidates = المرشحون
kiosk-review = مراجعة
kiosk-review-title = راجعوا صوتكم قبل الإدلاء به
kiosk-cast = الإدلاء بالصوت
kiosk-back-to-names = العودة إلى الأسماء
kiosk-blank = ورقة بيضاء
kiosk-blank-hint = الورقة البيضاء لا تسمّي أحدًا
kiosk-change-vote = تغيير صوتي
kiosk-keep-vote = الإبقاء على صوتي
kiosk-bad-names = لم يُحتسب صوتكم: لا يلائم هذا الاقتراع. اختاروا من جديد من الأسماء المعروضة.
kiosk-number-typed = الرقم: { $typed }
kiosk-keys-choose = الرقم: اختيار · Enter: مراجعة · B: ورقة بيضاء
kiosk-keys-review = Enter: الإدلاء بالصوت · Esc: عودة
kiosk-keys-pages = ‏Page Up، Page Down: الصفحة { NUMBER($page) } من { NUMBER($pages) }

## Refusals

refused-unknown-ballot = لم يعد هذا التصويت قائمًا. انتظروا التصويت التالي.
refused-not-open = باب التصويت غير مفتوح. لم تُحتسب لمستكم.
refused-closed = فات الأوان: لم يُحتسب
refused-not-on-roll = لستم مدرجين في قائمة هذا التصويت. يُرجى استدعاء المشغّل.
refused-not-accredited = مقعدكم غير معتمد لهذا الاقتراع السري. يُرجى استدعاء المشغّل.
refused-suspended-right = حقكم في التصويت معلّق. يُرجى استدعاء المشغّل.
refused-not-revocable = لا يمكن تغيير هذا الصوت. يبقى اختياركم الأول قائمًا.
refused-bad-choice = هذا الخيار غير متاح في هذا التصويت. المسوا أحد الخيارات المعروضة.
refused-bad-proof = تعذّر التحقق من صوتكم ولم يُحتسب. يُرجى التصويت من جديد.
refused-press-id-reused = لم تُحتسب لمستكم. يُرجى لمس اختياركم من جديد.
refused-replaced = يُستعمل هذا المقعد الآن على جهاز آخر. صوّتوا منه أو استدعوا المشغّل.
refused-rate-limited = لمسات كثيرة. انتظروا لحظة ثم المسوا اختياركم من جديد.
refused-unavailable = لا يُعرف هل حُفظ صوتكم. سيعيد المقعد إرساله تلقائيًا.

## Hall display

display-title = شاشة القاعة
display-idle = { $item ->
    [none] ستبدأ الجمعية أعمالها بعد قليل
   *[other] البند { $item }
}
display-agenda = جدول الأعمال
display-presence = الأعضاء الحاضرون
display-presence-count = الأعضاء الحاضرون: { NUMBER($present) } من { NUMBER($members) }
display-announced = سيبدأ التصويت بعد قليل
display-open = باب التصويت مفتوح
display-last-call = هل صوّت جميع الأعضاء؟
display-voted = صوّتوا
display-voted-of = من { NUMBER($entitled) } لهم حق التصويت
display-suspended = أُوقف التصويت مؤقتًا
display-suspended-kept = الأصوات محفوظة
display-time-out = في انتظار الرئاسة
display-closed = أُغلق باب التصويت
display-opening = يفتح فارزو الأصوات نتيجة الفرز
display-awaiting = في انتظار الرئاسة
display-recording = يجري تسجيل التصويت
display-in-doubt = يجري التحقق من التصويت
display-cancelled = أُلغي التصويت
display-void = التصويت باطل
display-consensus = اعتُمد دون تصويت
display-counts-withheld = تُعرض الأعداد بعد إعلان النتيجة
display-result = النتيجة
display-board = أصوات الأعضاء
display-board-page = الصفحة { NUMBER($page) } من { NUMBER($pages) }
display-not-live = غير مباشر
display-not-live-hint = تعرض هذه الشاشة حالة سابقة
display-test = تجربة: لا يُحتسب هذا التصويت
display-rehearsal = تدريب
display-blank = شاشة فارغة
display-round = الجولة { NUMBER($round) }
display-tie-ballot = اقتراع لكسر التعادل
display-places = عدد المقاعد المطلوب شغلها: { NUMBER($places) }
display-names-per-ballot = الحد الأقصى للأسماء: { NUMBER($names) }
display-candidates = المرشحون بترتيب ورقة الاقتراع
display-elected = انتُخب
display-stays = إلى الجولة التالية
display-leaves = خارج الجولة التالية
display-elected-so-far = المنتخبون حتى الآن: { $names }
display-next-round = في الجولة التالية: { $names }
display-blank-papers = الأوراق البيضاء: { NUMBER($n) }
display-called = يُنادى الآن على
display-called-again = النداء الثاني: يُنادى الآن على
display-called-next = التالي: { $names }
display-called-all = نودي على جميع الأعضاء
display-called-passed = تجاوزوا دورهم ويُنادى عليهم مرة أخرى: { NUMBER($n) }
display-answered = أجاب { NUMBER($answered) } من { NUMBER($entitled) }
display-hands = يعدّ فارزو الأصوات الأيدي المرفوعة
display-paper = يجمع فارزو الأصوات الأوراق ويعدّونها
display-tellers-wait = تُعرض الأعداد بعد تأكيدها
display-test-word = تجربة
display-test-press = تصويت تجريبي: المسوا
display-test-closed = انتهى التصويت التجريبي
display-attendance-press = المسوا «حاضر»
display-attendance-open = يجري التحقق من النصاب
display-attendance-closed = انتهى التحقق من النصاب
display-poll-note = استطلاع غير رسمي: لا يُتخذ أي قرار
display-sound-off = الصوت مغلق – المسوا لتشغيله
display-pair-title = شاشة القاعة
display-pair-hint = افتحوا هذه الشاشة من لوحة التحكم.
display-scene-label = شاشة القاعة: { $scene }

## Scenes

scene-auto = متابعة التصويت
scene-idle = البند
scene-agenda = جدول الأعمال
scene-presence = الحضور
scene-question = المسألة المطروحة
scene-voting = التصويت
scene-closed = أُغلق التصويت
scene-result = النتيجة
scene-board = لوحة الأعضاء
scene-hemicycle = نصف الدائرة
scene-message = رسالة
scene-interrupted = أُوقف التصويت مؤقتًا
scene-blank = شاشة فارغة

## Commands

command-create = اقتراح جديد
command-update = حفظ التغييرات
command-announce = إعلان التصويت
command-open = فتح باب التصويت
command-suspend = إيقاف مؤقت
command-resume = استئناف
command-extend = 30 ثانية إضافية
command-last-call = النداء الأخير
command-close = إغلاق باب التصويت
command-declare = إعلان النتيجة
command-certify = تصديق
command-publish = نشر
command-cancel = إلغاء التصويت
command-void = إعلان بطلان التصويت
command-second-vote = تصويت ثانٍ على الاقتراح
command-next-round = الجولة التالية
command-tie-ballot = اقتراع لكسر التعادل
command-lots = تدوين نتيجة القرعة
command-ask-chair = تدوين قرار الرئاسة
command-call = تدوين الجواب
command-second-call = النداء الثاني
command-rerun = إعادة التصويت
command-hands = إدخال تصويت برفع الأيدي
command-paper = إدخال عدّ الأوراق
command-correct = تدوين تصويب
command-consensus = اعتماد دون تصويت
command-recover = البت في التصويت قيد التحقق
command-next-item = البند التالي
command-explanations = تعليل التصويت

## Confirmations

confirm-announce = هل تُثبَّت قائمة المصوّتين ويُعلن هذا التصويت في القاعة؟
confirm-open = اضغطوا ثانية كاملة لفتح باب التصويت
confirm-suspend = هل يوقف التصويت مؤقتًا؟ تبقى الأصوات محفوظة.
confirm-resume = هل يُفتح باب التصويت من جديد؟
confirm-extend = { $seconds ->
    [zero] هل يبقى باب التصويت مفتوحًا دون تمديد؟
    [one] هل يبقى باب التصويت مفتوحًا ثانية أخرى؟
    [two] هل يبقى باب التصويت مفتوحًا ثانيتين أخريين؟
    [few] هل يبقى باب التصويت مفتوحًا { NUMBER($seconds) } ثوانٍ أخرى؟
    [many] هل يبقى باب التصويت مفتوحًا { NUMBER($seconds) } ثانية أخرى؟
   *[other] هل يبقى باب التصويت مفتوحًا { NUMBER($seconds) } ثانية أخرى؟
}
confirm-last-call = هل يُقرع الجرس ويُسأل هل صوّت جميع الأعضاء؟
confirm-close = اضغطوا ثانية كاملة لإغلاق باب التصويت. لا يمكن فتحه بعد ذلك.
confirm-declare = هل تُعرض هذه النتيجة في القاعة؟
confirm-certify = هل يُصدَّق المحضر؟ يُوقَّع ولا يمكن تغييره بعد ذلك، بل تصويبه بالإضافة فقط.
confirm-publish = هل يُنشر المحضر المصدّق؟
confirm-cancel = هل يُلغى هذا التصويت؟ لا يُحتسب أي صوت ولا تُعرض أي أعداد.
confirm-void = هل يُعلن بطلان هذا التصويت؟ يحتفظ المحضر بما عُدّ، ولا يُتخذ قرار.
confirm-second-vote = هل يُفتح تصويت ثانٍ على الاقتراح نفسه؟ هذا القرار للرئاسة.
confirm-next-round = هل تُعدّ الجولة التالية؟
confirm-tie-ballot = هل يُعدّ اقتراع بين المتعادلين؟
confirm-lots = أدخلوا الأسماء بترتيب سحبها، وأسماء الشهود.
confirm-ask-chair = أدخلوا الأسماء التي قررتها الرئاسة، والسبب.
confirm-call = هل يُدوَّن هذا الجواب؟
confirm-second-call = هل يُنادى من جديد على من تجاوز دوره؟
confirm-rerun = هل يُعدّ تصويت جديد على المسألة نفسها؟ يبقى مرتبطًا بهذا التصويت.
confirm-hands = هل يُدخل عدّ التصويت برفع الأيدي؟
confirm-paper = هل يُدخل عدّ الأوراق؟
confirm-correct = هل يضاف تصويب إلى المحضر؟ لا تتغير النتيجة.
confirm-consensus = هل خلا الأمر من أي اعتراض سمعته الرئاسة؟ يُعتمد البند عندئذ دون تصويت.
confirm-recover = يُسجَّل هذا القرار باسمكم مع السبب.
confirm-next-item = هل ننتقل إلى البند التالي؟
confirm-explanations = هل يُعرض «تعليل التصويت» في القاعة؟
confirm-reason = السبب
confirm-reason-hint = يُسجَّل باسمكم
confirm-reason-missing = اذكروا السبب
confirm-do = تأكيد
confirm-hold = اضغطوا باستمرار للتأكيد
confirm-holding = استمروا في الضغط…
confirm-released = رُفع الضغط قبل الأوان: لم يحدث شيء
console-with-reason = المضي رغم ذلك مع ذكر السبب
field-seconds = الثواني
field-text = نص التصويب
field-member = العضو
field-intention = النية المعلنة
field-missing = املؤوا هذه الخانة
field-unknown = لا تستطيع هذه الشاشة طلب: { $fields }. أعيدوا تحميلها.

## Console

console-title = لوحة تحكم المشغّل
console-sign-in = تسجيل الدخول
console-sign-in-title = تسجيل الدخول إلى لوحة التحكم
console-user = المستخدم
console-password = كلمة السر
console-sign-in-failed = اسم المستخدم أو كلمة السر غير صحيح
console-sign-out = تسجيل الخروج
console-signed-in-as = دخل باسم { $user } ({ $role })
console-agenda = جدول الأعمال
console-agenda-empty = لا بنود في جدول الأعمال
console-sitting-opens = تُفتتح في { $time }
console-ballots-of-item = عمليات التصويت على هذا البند
console-no-ballot = لم يُختر أي تصويت
console-no-ballot-hint = اختاروا بندًا ثم أعدّوا اقتراحًا.
console-select-item = اختيار البند { $number }
console-on-air = على شاشة القاعة
console-preview = معاينة
console-take = عرض على الشاشة
console-freeze = تجميد الشاشة
console-frozen = الشاشة مجمّدة
console-unfreeze = تحرير الشاشة
console-blank-display = إفراغ الشاشة
console-question = المسألة المطروحة
console-rule = الأغلبية
console-turnout = المشاركة
console-elapsed = مفتوح منذ { $time }
console-closes-in = المؤقّت: { $time }
console-timer-out = انتهى الوقت: في انتظار الرئاسة
console-next = التالي
console-next-none = لا شيء مطلوب الآن
console-more = أوامر أخرى
console-say-now = تقول الرئاسة
console-if-all-vote = { $needed ->
    [zero] إذا صوّت الجميع، لا يلزم أي صوت مؤيد
    [one] إذا صوّت الجميع، يلزم صوت مؤيد واحد
    [two] إذا صوّت الجميع، يلزم صوتان مؤيدان
    [few] إذا صوّت الجميع، يلزم { NUMBER($needed) } أصوات مؤيدة
    [many] إذا صوّت الجميع، يلزم { NUMBER($needed) } صوتًا مؤيدًا
   *[other] إذا صوّت الجميع، يلزم { NUMBER($needed) } صوت مؤيد
}
console-needed-varies = يتوقف العدد المطلوب على عدد المؤيدين والمعارضين
console-entitled-present = أصحاب حق التصويت { NUMBER($entitled) }، الحاضرون { NUMBER($present) }
console-recording = يجري تسجيل الإغلاق
console-result-not-declared = لم تُعلن بعد: لا يراها إلا أنتم والرئاسة
console-link-kiosk = جهاز المقعد
console-link-display = شاشة القاعة
console-link-chair = صفحة الرئاسة
console-devices = الأجهزة
console-display = شاشة القاعة
console-expired = انتهت جلستكم. سجّلوا الدخول من جديد.
console-wrong-role = دور هذا الحساب: { $role }. تتطلب لوحة التحكم مشغّلًا.
console-password-show = إظهار كلمة السر
console-password-hide = إخفاء كلمة السر
console-try-again = إعادة المحاولة
console-held = المشهد مثبَّت
console-not-now = لا يمكن ذلك الآن
console-on-floor = المعروض الآن في القاعة
console-go-to-ballot = الانتقال إلى التصويت
console-other-ballots = عمليات تصويت أخرى
console-show-all = عرض الكل
console-show-item = عرض هذا البند في القاعة
console-open-for = مفتوح منذ
console-timer = المؤقّت
console-hold-scene = تثبيت هذا المشهد
console-follow = متابعة التصويت
console-journal-all = السجل كاملًا
console-no-quorum-asked = لا تشترط هذه الجمعية نصابًا

## Console: elections, the other ways of deciding, people

console-interrupt-why = إيقاف التصويت مؤقتا مع ذكر السبب
console-open-from = فتح التصويت ابتداء من اسم معيّن
console-rerun-paper = إعادة التصويت بأوراق الاقتراع
console-rerun-roll-call = إعادة التصويت بنداء الأسماء
console-optional = { $field } (يجوز تركه فارغا)
console-field-start = أول اسم ينادى عليه
console-field-answer = الجواب
console-field-withdrawn = المنسحبون منذ الجولة الأخيرة
console-field-names = الأسماء التي قرر الرئيس لصالحها
console-field-drawn = الأسماء المسحوبة بالقرعة
console-field-witnesses = الشهود
console-field-candidates = مرشحون جدد
console-new-candidates-hint = اسم في كل سطر؛ تجيزهم اللائحة في اقتراع غير مقيّد
console-photo = صورة
console-photo-choose = اختيار صورة لـ { $name }
console-photo-remove = إزالة صورة { $name }
console-field-counts = العدّ
console-drawn-hint = ضع علامة على الأسماء بترتيب سحبها.
console-witnesses-hint = اسم في كل سطر، شخصان على الأقل شهدا القرعة
console-witnesses-missing = اذكر شاهدين على الأقل، واحدا في كل سطر
console-counts-missing = املأ كل عدد، واكتب 0 حيث لا يوجد شيء
console-count-ballots = أوراق عليها اسم واحد على الأقل
console-count-blank = أوراق بيضاء
console-count-spoilt = أوراق تالفة
console-count-invalid = أوراق باطلة
console-secret-no-key = لم يُنشئ فارزو الأصوات المفتاح بعد: تُعقد مراسم المفاتيح أولاً.
console-secret-accredited = الأعضاء الذين يحق لهم التصويت السري (مقاعدهم معتمدة): { NUMBER($n) }
console-secret-without = حاضرون بلا مقعد معتمد: { $members }
console-secret-signed = وقّع قائمة من يحق لهم التصويت: { $names }
console-secret-unsigned = التوقيعات المنتظرة: { NUMBER($n) }؛ لم يوقّع بعد: { $names }
console-secret-proving = الأوراق المختومة قيد التحقق: { NUMBER($n) }
console-secret-opened = فتحه { $names }
console-secret-unopened = عدد فارزي الأصوات المنتظرين لفتح النتيجة: { NUMBER($n) }؛ الباقون: { $names }
console-secret-turned-away-form = لم تُقبل، ليست ورقة لهذا السؤال: { $members }
console-secret-turned-away-election = لم تُقبل، مختومة لاقتراع آخر: { $members }
console-secret-turned-away-credential = لم تُقبل، موقّعة بمفتاح غير المعتمد: { $members }
console-secret-turned-away-signature = لم تُقبل، التوقيع غير صحيح: { $members }
console-secret-turned-away-proof = رُفضت، البراهين غير صحيحة: { $members }
console-secret-turned-away-replayed = لم تُقبل، ورقة أُدلي بها من قبل: { $members }
console-secret-turned-away-late = لم تُقبل، بعد الإغلاق: { $members }
console-secret-fingerprint = بصمة الانتخاب
console-tellers-hint = يُعتمد العدّ متى أُدخل مرتين بالأعداد نفسها.
console-tellers-second = أدخل { $who } العدّ الأول، وهو ينتظر العدّ الثاني.
console-tellers-another = يُدخله شخص آخر.
console-kind = المطلوب
console-kind-test = يُطلب من الجميع الضغط على الزر نفسه. لا يُتخذ أي قرار.
console-kind-attendance = زر واحد: «حاضر». يبيّن هل النصاب متوافر.
console-kind-poll = يُعدّ ويُعرض. لا يُتخذ أي قرار.
console-asked = الزر المطلوب
console-rehearsal = للتدريب فقط: يحمل علامة تجربة
console-election-new = انتخاب جديد
console-election-from-item = انتخاب في البند { $number }
console-election-unsupported = لا يمكن إجراء هذا الانتخاب هنا بعد.
console-region = المنطقة
console-region-missing = اختر المنطقة
region-africa = أفريقيا
region-americas = الأمريكتان
region-asia = آسيا
region-europe = أوروبا
region-oceania = أوقيانوسيا
console-places = المقاعد المطلوب شغلها
console-places-bounds = المقاعد: من 1 إلى 100
console-names-per-ballot = الحد الأقصى للأسماء في ورقة الاقتراع
console-names-bounds = الأسماء في ورقة الاقتراع: من 1 إلى 100
console-candidates = المرشحون
console-candidates-missing = لا يوجد من يُنتخب: أضف مرشحا
console-candidate = المرشح
console-candidate-add = إضافة مرشح
console-candidate-name = الاسم
console-candidate-member = من أي عضو
console-candidate-up = نقل { $name } إلى أعلى
console-candidate-down = نقل { $name } إلى أسفل
console-candidate-remove = حذف { $name }
console-candidate-unnamed = المرشح رقم { NUMBER($place) } بلا اسم
console-candidate-unnamed-in = { $name } بلا اسم باللغة { $language }
console-candidate-twice = { $name } مذكور مرتين
console-same-name = الاسم نفسه بجميع اللغات
console-order = ترتيب المرشحين
console-order-drawn = بالقرعة، مرة واحدة لجميع الشاشات
console-order-given = كما ورد هنا
console-order-alphabetical = أبجدي
console-round = الجولة { NUMBER($round) }
console-tie-round = اقتراع لكسر التعادل، الجولة { NUMBER($round) }
console-round-places = { $places ->
    [one] مقعد واحد
    [two] مقعدان
    [few] { NUMBER($places) } مقاعد
   *[other] { NUMBER($places) } مقعدا
}، { $names ->
    [one] اسم واحد في الورقة
    [two] اسمان في الورقة على الأكثر
    [few] { NUMBER($names) } أسماء في الورقة على الأكثر
   *[other] { NUMBER($names) } اسما في الورقة على الأكثر
}
console-round-needed = المطلوب: { NUMBER($needed) } من { NUMBER($base) }
console-elected-so-far = المنتخبون حتى الآن
console-votes = الأصوات
console-standing = الوضع
console-standing-elected = منتخب
console-standing-out = خرج من السباق
console-standing-stays = مستمر
console-first-call = النداء الأول
console-second-call = النداء الثاني
console-answered = أجاب: { NUMBER($n) }
console-nobody-to-call = نودي على الجميع
console-answer-pass = تأجيل الجواب
console-called-next = ينادى بعده
console-passed = أجّلوا الجواب
console-keys-answers = نداء الأسماء: مؤيد، معارض، ممتنع، تأجيل الجواب
console-test-report = تقرير التصويت التجريبي
console-test-right = ضغطوا على الزر المطلوب: { NUMBER($n) }
console-test-faultless = لا شيء يستدعي الانتباه: ضغط الجميع في الوقت المحدد.
console-test-silent = لم يضغطوا
console-test-wrong = ضغطوا على زر آخر
console-test-late = بعد فوات الوقت
console-test-pressed = ضغط: { $choice }
console-people = الأشخاص
console-role = الدور
console-person-add = إضافة الشخص
console-person-added = يمكن الآن أن يسجل { $user } الدخول ({ $role }).
console-password-short = اذكر اسما وكلمة مرور من 8 أحرف على الأقل
console-fingerprint = بصمة مفتاح القاعة
console-fingerprint-hint = من يتحقق من محضر يقارنه بهذه البصمة.
console-waiting-title = ينتظر شخصا ثانيا
console-waiting-by = يطلب { $who }: { $command }
console-waiting-approve = موافقة
console-waiting-refuse = رفض

## Console: a new motion

motion-new = اقتراح جديد
motion-from-item = اقتراح بشأن البند { $number }
motion-title = العنوان
motion-title-in = العنوان باللغة: { $language }
motion-title-missing = العنوان غير متوافر باللغة: { $language }
motion-document = رمز الوثيقة
motion-matter = ما تسميه الرئاسة
matter-resolution = مشروع قرار
matter-proposal = اقتراح
matter-amendment = تعديل
matter-paragraph = فقرة
matter-budget = البرنامج والميزانية
matter-constitution-amendment = تعديل القانون الأساسي
matter-regulations-amendment = تعديل النظام
matter-admission = قبول عضو
matter-host = البلد المضيف لدورة
matter-appointment = تعيين
matter-convention = اتفاقية أو صك آخر
matter-procedural = اقتراح إجرائي
motion-matter-usual = كما يحدده نوع القرار
motion-part-of = جزء من النص
motion-part-none = نص كامل
motion-part-hint = تُطرح الأجزاء للتصويت أولًا بحسب ترتيبها: التعديل الأبعد عن النص رقمه 1.
motion-part-place = الترتيب
motion-part-place-missing = حدّد ترتيب الجزء: 1، 2، 3…
motion-decision = نوع القرار
motion-mode = طريقة التصويت
motion-disclosure = ما يُعرض أثناء التصويت
motion-timer = المؤقّت بالثواني
motion-timer-none = دون مؤقّت
motion-auto-close = إغلاق تلقائي عند انتهاء الوقت
motion-timer-bounds = من 5 إلى 86400 ثانية
motion-revocable = يمكن تغيير الصوت حتى إغلاق باب التصويت
motion-create = إعداد التصويت
motion-created = التصويت جاهز
motion-edit = تعديل
motion-blocked = لا يمكن إعلانه بعد
motion-blocked-language = النص غير متوافر باللغة: { $language }
motion-blocked-quorum = لم يكتمل النصاب القانوني
motion-blocked-decision = اختاروا نوع القرار
motion-override = إعلان التصويت رغم ذلك مع ذكر السبب
motion-silent = { $n ->
    [0] استجابت جميع المقاعد
    [one] مقعد واحد لم يستجب
    [two] مقعدان لم يستجيبا
    [few] { NUMBER($n) } مقاعد لم تستجب
    [many] { NUMBER($n) } مقعدًا لم تستجب
   *[other] { NUMBER($n) } مقعد لم تستجب
}

## Console: exceptions, and the roll

exceptions-title = ما يستدعي الانتباه
exceptions-none = لا شيء يستدعي انتباهكم
exceptions-silent = لم يستجيبوا
exceptions-silent-hint = متصل ولم يصوّت
exceptions-offline = غير متصلين
exceptions-offline-hint = لا جهاز متصل بهذا المقعد
exceptions-refused = المرفوضة
exceptions-refused-hint = لمسات لم تُحتسب
exceptions-assistance = طلبات المساعدة
exceptions-point-of-order = نقاط النظام
exceptions-seen = اطُّلع عليه
exceptions-more = { $n ->
    [zero] ولا غير ذلك
    [one] وواحد آخر
    [two] واثنان آخران
    [few] و{ NUMBER($n) } آخرون
    [many] و{ NUMBER($n) } آخرون
   *[other] و{ NUMBER($n) } آخرون
}
exceptions-count = { $label }: { NUMBER($n) }
members-find = البحث عن عضو
members-find-hint = الاسم أو الرمز
members-none-found = لا يوجد عضو بهذا الاسم
members-title = الأعضاء
member-present = حاضر
member-not-present = غير حاضر
member-online = متصل
member-offline = غير متصل
member-voted = صوّت
member-silent = لم يصوّت
member-suspended = حق التصويت معلّق
member-set-present = تسجيل الحضور
member-set-absent = تسجيل الغياب
member-suspend-right = تعليق حق التصويت
member-restore-right = إعادة حق التصويت
member-right-hint = يسري ذلك ابتداءً من التصويت التالي الذي يُعلن.
member-name-unapproved = لم يُعتمد هذا الاسم لهذه الجمعية
admit-title = قبول عضو
admit-hint = يُدرج العضو في القائمة ابتداءً من التصويت التالي الذي يُعلن عنه، ويُمنح مقعده رمزًا فورًا.
admit-code = الرمز (حرفان يدلان على البلد)
admit-name = الاسم: { $language }
admit-tile = صيغة مختصرة لا تتجاوز 18 حرفًا: { $language }
admit-ballot = قُبل بموجب التصويت
admit-do = قبول العضو
admit-incomplete = املأ الحقول المؤشَّر عليها. إن لم يكن هناك تصويت وجب ذكر السبب.
admit-done = أصبح { $name } عضوًا.
member-proxy = يصوّت نيابةً عنه
member-proxy-give = منح الوكالة
member-proxy-end = إنهاء الوكالة
member-votes-by = من يصوّت عن العضو
member-hand-over = نقل التصويت
member-delegation = الوفد
member-delegates = المندوبون
member-delegates-hint = اسم في كل سطر، ورئيس الوفد أولاً
member-delegation-set = تسمية الوفد
member-withdraw = انسحاب العضو من الجمعية
member-withdraw-hint = يُشطب من القائمة وتتوقف مقاعده فورًا، ولا يجوز ذلك أثناء تصويت جارٍ. يجب ذكر السبب.
member-withdraw-do = الشطب من القائمة

## Console: after the close

reconcile-title = المطابقة
reconcile-line = صوّتوا { NUMBER($voted) } + لم يصوّتوا { NUMBER($not_voted) } + الغائبون { NUMBER($absent) } + المعلّق حقهم { NUMBER($suspended) } = الأعضاء { NUMBER($members) }
reconcile-good = المجموع صحيح
reconcile-bad = المجموع غير صحيح: لا تعلنوا النتيجة. استدعوا الفني.
reconcile-offline = { $n ->
    [zero] لم يكن أي مقعد منقطعًا عند الإغلاق
    [one] كان مقعد واحد غير متصل عند الإغلاق
    [two] كان مقعدان غير متصلين عند الإغلاق
    [few] كانت { NUMBER($n) } مقاعد غير متصلة عند الإغلاق
    [many] كان { NUMBER($n) } مقعدًا غير متصل عند الإغلاق
   *[other] كان { NUMBER($n) } مقعد غير متصل عند الإغلاق
}
reconcile-refused = { $n ->
    [zero] لم تُرفض أي لمسة
    [one] رُفضت لمسة واحدة
    [two] رُفضت لمستان
    [few] رُفضت { NUMBER($n) } لمسات
    [many] رُفضت { NUMBER($n) } لمسة
   *[other] رُفضت { NUMBER($n) } لمسة
}
reconcile-corrections = التصويبات
reconcile-correction-hint = يضاف التصويب إلى المحضر ولا يغيّر النتيجة أبدًا.

## Console: a ballot in doubt

doubt-title = هذا التصويت قيد التحقق
doubt-explain = بعد إعادة التشغيل لا يحتوي صندوق الاقتراع على كل ما جرى تأكيده للمقاعد. توقف التصويت ولن يُستأنف من تلقاء نفسه.
doubt-missing = صندوق الاقتراع مفقود.
doubt-behind = { $n ->
    [zero] لا ينقص صندوقَ الاقتراع أي صوت مؤكد.
    [one] ينقص صندوقَ الاقتراع صوت مؤكد واحد.
    [two] ينقص صندوقَ الاقتراع صوتان مؤكدان.
    [few] تنقص صندوقَ الاقتراع { NUMBER($n) } أصوات مؤكدة.
    [many] ينقص صندوقَ الاقتراع { NUMBER($n) } صوتًا مؤكدًا.
   *[other] ينقص صندوقَ الاقتراع { NUMBER($n) } صوت مؤكد.
}
doubt-tampered = يحتوي صندوق الاقتراع على غير ما جرى تأكيده.
doubt-keep = المتابعة بما في الصندوق
doubt-keep-hint = يرى كل عضو ما هو محفوظ له ويمكنه التصويت من جديد. لا تختاروا ذلك إلا إذا أبلغت الرئاسة القاعة.
doubt-close = الإغلاق بما في الصندوق
doubt-close-hint = تُحتسب الأصوات المحفوظة في الصندوق. لا تختاروا ذلك إلا إذا اتفق السجل مع إيصالات الأعضاء.
doubt-cancel = إلغاء التصويت
doubt-cancel-hint = لا يُحتسب أي صوت. يُعاد التصويت بوصفه تصويتًا جديدًا.
doubt-void = إعلان بطلان التصويت
doubt-void-hint = لا يُتخذ قرار. يحتفظ المحضر بما بقي.

## Console: journal, record, pairing

journal-title = السجل
journal-empty = لم يُسجَّل شيء بعد
journal-seq = الرقم
journal-time = الوقت
journal-event = الحدث
journal-actor = بواسطة
journal-head = رأس السلسلة
record-title = المحضر
record-download = تنزيل المحضر الموقّع
record-download-format = تنزيل بصيغة { $format }
record-verify-hint = للتحقق منه: hemicycle verify FILE
record-not-yet = يمكن تنزيل المحضر بعد إعلان النتيجة
pair-title = توصيل جهاز
pair-seat = توصيل مقعد
pair-display = توصيل شاشة قاعة
pair-chair = توصيل صفحة الرئاسة
pair-scan = امسحوا هذا الرمز بالجهاز
pair-once = إصدار رمز جديد يوقف الجهاز الذي يستعمل الرمز القديم
pair-one-seat = لمقعد واحد، افتحوا العضو في القائمة.
pair-issued = { $n ->
    [zero] لم يصدر أي رمز
    [one] صدر رمز واحد
    [two] صدر رمزان
    [few] صدرت { NUMBER($n) } رموز
    [many] صدر { NUMBER($n) } رمزًا
   *[other] صدر { NUMBER($n) } رمز
}
pair-issue = إصدار رمز جديد
pair-copy = نسخ العنوان
pair-copied = نُسخ
pair-all-seats = رموز جميع المقاعد
pair-print = طباعة

## Console: keyboard

keys-title = لوحة المفاتيح
keys-hint = لا تعمل المفاتيح أثناء الكتابة في حقل
keys-next = الخطوة التالية
keys-hold = ضغط لمدة ثانية: فتح باب التصويت أو إغلاقه
keys-bell = الجرس
keys-last-call = النداء الأخير
keys-interrupt = إيقاف مؤقت أو استئناف
keys-extend = 30 ثانية إضافية
keys-silent = المقاعد التي لم تستجب
keys-assistance = طلبات المساعدة
keys-quorum = النصاب القانوني
keys-find = البحث عن عضو
keys-preview = معاينة مشهد
keys-take = عرض المعاينة على الشاشة
keys-freeze = تجميد الشاشة
keys-blank = إفراغ الشاشة
keys-journal = السجل
keys-help = هذه المساعدة
keys-escape = الخروج من مربع حوار
key-enter = Enter
key-shift = Shift
key-escape = Esc

## Chair's page

chair-title = الرئاسة
chair-say-now = يُقال الآن
chair-nothing = لا يوجد تصويت جارٍ
chair-not-declared = لم تُعلن النتيجة بعد
chair-declared = أُعلنت النتيجة
chair-turnout = صوّتوا
chair-points-of-order = نقاط النظام
chair-points-of-order-none = لا توجد نقاط نظام
chair-request-bell = طلب قرع الجرس
chair-request-last-call = طلب النداء الأخير
chair-request-close = طلب إغلاق باب التصويت
chair-requested = أُبلغ المشغّل بالطلب
chair-request-bell-received = تطلب الرئاسة قرع الجرس
chair-request-last-call-received = تطلب الرئاسة النداء الأخير
chair-request-close-received = تطلب الرئاسة إغلاق باب التصويت
chair-next-announce = نصوّت الآن على { $title }.
chair-next-open = باب التصويت مفتوح. يُرجى من الأعضاء التصويت الآن.
chair-next-last-call = هل صوّت جميع الأعضاء؟ سيُغلق باب التصويت بعد قليل.
chair-next-close = أُغلق باب التصويت.
chair-next-sealed = أُغلق باب التصويت. يفتح فارزو الأصوات الآن نتيجة الفرز.
chair-next-suspended = أُوقف التصويت مؤقتًا. أصواتكم محفوظة. يُرجى البقاء في مقاعدكم.
chair-next-resumed = فُتح باب التصويت من جديد.
chair-next-cancelled = أُلغي التصويت. لا يُحتسب أي صوت.
chair-next-void = التصويت باطل. لم يُتخذ قرار.
chair-next-in-doubt = يجري التحقق من التصويت. يُرجى البقاء في مقاعدكم.
chair-next-time-out = انتهى الوقت. تغلق الرئاسة باب التصويت.
chair-next-hands = ليرفع الأعضاء المؤيدون أيديهم، ثم المعارضون، ثم الممتنعون عن التصويت.
chair-next-paper = يُرجى من الأعضاء ملء أوراق الاقتراع. سيجمعها فارزو الأصوات.
chair-next-call = { $name }: مؤيد أم معارض أم ممتنع؟
chair-next-second-call = يُنادى الآن من جديد على الأعضاء الذين تجاوزوا دورهم.
chair-next-call-over = أجاب جميع الأعضاء. سيُغلق باب التصويت.

## What became of a Member in a ballot, and what a seat can ask for

status-voted = صوّت
status-not-voted = لم يصوّت
status-absent = غائب
status-suspended = حق التصويت معلّق
status-unnamed = غير مسجّل بالاسم
signal-assistance = مساعدة
signal-point-of-order = نقطة نظام

## Roles

role-operator = المشغّل
role-chair = الرئاسة
role-scrutineer = فارز الأصوات
role-display = الشاشة
role-seat = المقعد

## Problems

problem-title = لم ينجح ذلك
problem-unknown = حدث خطأ ({ $code }). حاولوا مرة أخرى أو استدعوا الفني.
problem-network = لا يستجيب الخادم. لم يحدث شيء بقدر ما تعلمه هذه الشاشة.
problem-not-allowed-now = لا يمكن ذلك في هذه المرحلة
problem-unknown-ballot = لا يوجد هذا التصويت
problem-secret-undecided = يوجد اقتراع سري معلّق لا يفتحه إلا المفتاح الحالي. أعلنوا نتيجته أو ألغوه أولًا.
problem-no-key = لا يوجد مفتاح للاقتراع السري بعد: على فارزي الأصوات أن يصنعوه
problem-nobody-accredited = لا يوجد بعد مقعد لعضو حاضر جاهز للاقتراع السري
problem-not-signed = يجب أن يوقّع اثنان من فارزي الأصوات على قائمة المصوّتين
problem-floor-taken = يوجد تصويت آخر جارٍ. أنهوه أولًا.
problem-bad-field = حقل ناقص أو غير صحيح
problem-no-quorum = لم يكتمل النصاب القانوني. يلزم ذكر سبب للمتابعة.
problem-tallies-differ = العدّان مختلفان. أعيدوا العدّ وأدخلوه مرتين.
problem-second-person = يجب أن يؤكد ذلك شخص آخر
problem-nothing-waits = لا شيء ينتظر شخصًا ثانيًا
problem-run-again = سبقت إعادة هذا التصويت
problem-out-of-order = تسبقه تصويتات أخرى. يلزم ذكر سبب للخروج عن الترتيب.
problem-key-reused = سبق إرسال هذا الطلب بمحتوى آخر
problem-unauthorised = لم تسجّلوا الدخول
problem-forbidden = دوركم لا يسمح بذلك
problem-not-found = هذا غير موجود
problem-malformed = تعذّرت قراءة الطلب
problem-too-large = الطلب أكبر من المسموح به
problem-rate-limited = طلبات كثيرة. انتظروا لحظة.
problem-unavailable = أحد مخازن القاعة لا يستجيب. أعيدوا المحاولة.

## The rule in words. A base is a genitive that follows "أغلبية" or a fraction

base-yes-no = الأعضاء الحاضرين والمصوّتين
base-valid = الأصوات الصحيحة بما فيها الامتناع عن التصويت
base-cast = جميع الأصوات المدلى بها بما فيها الامتناع والأصوات الباطلة
base-present = الأعضاء الحاضرين
base-entitled = الأعضاء الذين لهم حق التصويت
base-members = جميع أعضاء المنظمة
base-valid-papers = الأوراق الصحيحة دون احتساب الأوراق البيضاء
base-cast-papers = جميع الأوراق المودعة بما فيها البيضاء والباطلة

measure-present = الأعضاء الحاضرون
measure-cast = الأصوات المدلى بها
measure-yes-no = الأصوات المؤيدة والمعارضة

rule-majority-simple = أغلبية { $base }
rule-majority-two-thirds = أغلبية ثلثي { $base }
rule-majority-fraction = { $strict ->
    [yes] أكثر من { NUMBER($numerator) }/{ NUMBER($denominator) } من { $base }
   *[no] ما لا يقل عن { NUMBER($numerator) }/{ NUMBER($denominator) } من { $base }
}
rule-needed-if-all-vote = المطلوب { NUMBER($needed) } إذا صوّت الجميع وعددهم { NUMBER($entitled) }
rule-second-vote = إذا لم تتحقق الأغلبية، جاز إجراء تصويت ثانٍ
rule-part = { $part }: { $rule }
rule-blocking-minority = لا يمكن لأقل من { NUMBER($number) } غير مؤيدين أن يعطلوا القرار ({ $part })
rule-tie-ballot = يُنتخب المرشح الحاصل على أكثر الأصوات
rule-rounds = الجولات من { NUMBER($first) } إلى { NUMBER($last) }: { $rule }
rule-from-round = ابتداءً من الجولة { NUMBER($first) }: { $rule }
rule-quorum-fraction = { $strict ->
    [yes] النصاب القانوني: { $measure }، أكثر من { NUMBER($numerator) }/{ NUMBER($denominator) } من { $base }
   *[no] النصاب القانوني: { $measure }، ما لا يقل عن { NUMBER($numerator) }/{ NUMBER($denominator) } من { $base }
}
rule-quorum-number = النصاب القانوني: { $measure }، ما لا يقل عن { NUMBER($number) }

## Outcomes, as a headline

outcome-adopted = اعتُمد
outcome-rejected = رُفض
outcome-not-adopted = لم يُعتمد
outcome-second-vote = لم تتحقق الأغلبية
outcome-casting-vote = تعادل الأصوات: صوت الرئاسة مرجّح
outcome-tie = تعادل الأصوات
outcome-no-quorum = لا قرار: لم يكتمل النصاب القانوني
outcome-consensus = اعتُمد دون تصويت
outcome-elected = تم الانتخاب
outcome-next-round = جولة أخرى
outcome-tie-ballot = تعادل: اقتراع لكسر التعادل
outcome-lots = تعادل: تُجرى القرعة
outcome-ask = تعادل: القرار للرئاسة
outcome-counted = انتهى العدّ

## Votes needed, and of what

needed-base-yes-no = المطلوب { NUMBER($needed) } من { NUMBER($base) } (لا يُحتسب الامتناع عن التصويت)
needed-base-valid = المطلوب { NUMBER($needed) } من { NUMBER($base) } (يُحتسب الامتناع عن التصويت)
needed-base-cast = المطلوب { NUMBER($needed) } من { NUMBER($base) } من الأصوات المدلى بها (يُحتسب الامتناع والأصوات الباطلة)
needed-base-present = المطلوب { NUMBER($needed) } من { NUMBER($base) } من الأعضاء الحاضرين
needed-base-entitled = المطلوب { NUMBER($needed) } من { NUMBER($base) } ممن لهم حق التصويت
needed-base-members = المطلوب { NUMBER($needed) } من { NUMBER($base) } (يُحتسب جميع الأعضاء)
needed-blocking-minority = غير المؤيدين { NUMBER($against) } فقط؛ وأقلية التعطيل تستلزم { NUMBER($needed) }
needed-base-valid-papers = المطلوب { NUMBER($needed) } من { NUMBER($base) } ورقة صحيحة (لا تُحتسب الأوراق البيضاء)
needed-base-cast-papers = المطلوب { NUMBER($needed) } من { NUMBER($base) } ورقة مقترع بها (تُحتسب الأوراق البيضاء والباطلة)

## What the Chair reads out, in full

sentence-matter-adopted = { $matter ->
    [proposal] اعتُمد الاقتراح.
    [amendment] اعتُمد التعديل.
    [paragraph] اعتُمدت الفقرة.
    [budget] اعتُمد البرنامج والميزانية.
    [constitution_amendment] اعتُمد تعديل القانون الأساسي.
    [regulations_amendment] اعتُمد تعديل النظام.
    [admission] قُبل طالب العضوية عضوًا.
    [host] قُبلت الدعوة إلى استضافة الدورة.
    [appointment] أُقرّ التعيين.
    [convention] اعتُمد الصك.
    [procedural] قُبل الاقتراح الإجرائي.
   *[resolution] اعتُمد مشروع القرار.
}
sentence-matter-rejected = { $matter ->
    [proposal] رُفض الاقتراح.
    [amendment] رُفض التعديل.
    [paragraph] رُفضت الفقرة.
    [budget] رُفض البرنامج والميزانية.
    [constitution_amendment] رُفض تعديل القانون الأساسي.
    [regulations_amendment] رُفض تعديل النظام.
    [admission] رُفض طلب العضوية.
    [host] رُفضت الدعوة إلى استضافة الدورة.
    [appointment] رُفض التعيين.
    [convention] رُفض الصك.
    [procedural] رُفض الاقتراح الإجرائي.
   *[resolution] رُفض مشروع القرار.
}
sentence-matter-not-adopted = { $matter ->
    [proposal] لم يُعتمد الاقتراح.
    [amendment] لم يُعتمد التعديل.
    [paragraph] لم تُعتمد الفقرة.
    [budget] لم يُعتمد البرنامج والميزانية.
    [constitution_amendment] لم يُعتمد تعديل القانون الأساسي.
    [regulations_amendment] لم يُعتمد تعديل النظام.
    [admission] لم يُقبل طالب العضوية عضوًا.
    [host] لم تُقبل الدعوة إلى استضافة الدورة.
    [appointment] لم يُقرّ التعيين.
    [convention] لم يُعتمد الصك.
    [procedural] لم يُقبل الاقتراح الإجرائي.
   *[resolution] لم يُعتمد مشروع القرار.
}
sentence-matter-consensus = { $matter ->
    [proposal] اعتُمد الاقتراح دون تصويت.
    [amendment] اعتُمد التعديل دون تصويت.
    [paragraph] اعتُمدت الفقرة دون تصويت.
    [budget] اعتُمد البرنامج والميزانية دون تصويت.
    [constitution_amendment] اعتُمد تعديل القانون الأساسي دون تصويت.
    [regulations_amendment] اعتُمد تعديل النظام دون تصويت.
    [admission] قُبل طالب العضوية عضوًا دون تصويت.
    [host] قُبلت الدعوة إلى استضافة الدورة دون تصويت.
    [appointment] أُقرّ التعيين دون تصويت.
    [convention] اعتُمد الصك دون تصويت.
    [procedural] قُبل الاقتراح الإجرائي دون تصويت.
   *[resolution] اعتُمد مشروع القرار دون تصويت.
}
sentence-result = النتيجة كما يلي: المؤيدون: { $yes ->
    [zero] لا أحد
    [one] عضو واحد
    [two] عضوان
    [few] { NUMBER($yes) } أعضاء
    [many] { NUMBER($yes) } عضوًا
   *[other] { NUMBER($yes) } عضو
}؛ المعارضون: { $no ->
    [zero] لا أحد
    [one] عضو واحد
    [two] عضوان
    [few] { NUMBER($no) } أعضاء
    [many] { NUMBER($no) } عضوًا
   *[other] { NUMBER($no) } عضو
}؛ الممتنعون عن التصويت: { $abstain ->
    [zero] لا أحد
    [one] عضو واحد
    [two] عضوان
    [few] { NUMBER($abstain) } أعضاء
    [many] { NUMBER($abstain) } عضوًا
   *[other] { NUMBER($abstain) } عضو
}.
sentence-needed = { $needed ->
    [zero] لم يكن يلزم أي صوت مؤيد.
    [one] كان يلزم صوت مؤيد واحد.
    [two] كان يلزم صوتان مؤيدان.
    [few] كانت تلزم { NUMBER($needed) } أصوات مؤيدة.
    [many] كان يلزم { NUMBER($needed) } صوتًا مؤيدًا.
   *[other] كان يلزم { NUMBER($needed) } صوت مؤيد.
}
sentence-adopted = { sentence-result } { sentence-matter-adopted }
sentence-rejected = { sentence-result } { sentence-matter-rejected }
sentence-not-adopted = { sentence-result } { sentence-needed } { sentence-matter-not-adopted }
sentence-second-vote = { sentence-result } { sentence-needed } لم تتحقق الأغلبية. يجوز إجراء تصويت ثانٍ على الاقتراح.
sentence-casting-vote = { sentence-result } تعادلت الأصوات. للرئاسة الصوت المرجّح.
sentence-tie = { sentence-result } تعادلت الأصوات. لم يُبتّ في الأمر بعد.
sentence-no-quorum = لم يكتمل النصاب القانوني: العدد { NUMBER($measured) } والمطلوب { NUMBER($quorum) }. لا يُتخذ أي قرار.
sentence-consensus = لا يوجد اعتراض. { sentence-matter-consensus }
sentence-part = { $part }: المؤيدون { NUMBER($yes) } من { NUMBER($base) }، والمطلوب { NUMBER($needed) }.
sentence-parts = { sentence-result } { $parts } { $ending }
sentence-parts-adopted = { sentence-matter-adopted }
sentence-parts-not-adopted = { sentence-matter-not-adopted }
sentence-parts-second-vote = لم تتحقق الأغلبية في كل جزء. يجوز إجراء تصويت ثانٍ على الاقتراح.
sentence-parts-casting-vote = تعادلت الأصوات في أحد الأجزاء. للرئاسة الصوت المرجّح.
sentence-parts-tie = تعادلت الأصوات في أحد الأجزاء. لم يُبتّ في الأمر بعد.
sentence-parts-no-quorum = لم يكتمل النصاب القانوني. لا يُتخذ أي قرار.
sentence-elected = { $so_far }
sentence-next-round = { $so_far } { $places ->
    [one] يبقى مقعد واحد شاغرًا ({ NUMBER($places) }).
    [two] يبقى مقعدان شاغران ({ NUMBER($places) }).
    [few] تبقى { NUMBER($places) } مقاعد شاغرة.
    [many] يبقى { NUMBER($places) } مقعدًا شاغرًا.
   *[other] يبقى { NUMBER($places) } مقعد شاغر.
} تُجرى جولة أخرى بين: { $names }.
sentence-tie-ballot = { $so_far } تعادلت أصوات: { $names }. يُجرى بينهم اقتراع لكسر التعادل.
sentence-lots = { $so_far } تعادلت أصوات: { $names }. تُجرى القرعة بينهم.
sentence-ask = { $so_far } تعادلت أصوات: { $names }. تقرر الرئاسة ما يلي.
sentence-counted = انتهى العدّ. ولا يُتخذ به أي قرار.
sentence-counted-test = انتهى التصويت التجريبي. لا يُقرَّر به شيء.
sentence-counted-poll = { sentence-result } كان ذلك استطلاعًا غير رسمي: لم يُقرَّر شيء.
sentence-counted-attendance = الأعضاء الحاضرون: { NUMBER($yes) }.
sentence-counted-attendance-quorum = الأعضاء الحاضرون: { NUMBER($measured) }، والمطلوب للنصاب: { NUMBER($quorum) }. اكتمل النصاب القانوني.
sentence-counted-attendance-no-quorum = الأعضاء الحاضرون: { NUMBER($measured) }، والمطلوب للنصاب: { NUMBER($quorum) }. لم يكتمل النصاب القانوني.
election-votes = { $name }، { NUMBER($votes) }
election-and = { $most } و{ $last }
election-list = { $most }؛ { $last }
election-names = { $most }، { $last }
election-result = نتيجة الجولة { NUMBER($round) }: { $list }. الأوراق البيضاء: { NUMBER($blank) }. المطلوب: { NUMBER($needed) } من { NUMBER($base) }.
election-tie-result = نتيجة اقتراع كسر التعادل: { $list }. الأوراق البيضاء: { NUMBER($blank) }.
election-elected = { $count ->
    [one] انتُخب/انتُخبت { $names }.
    [two] انتُخب كلٌّ من { $names }.
   *[other] انتُخب كلٌّ من { $names }.
}
election-drawn = أُجريت القرعة علنًا. سُحب: { $names }.
election-chair-settled = حسمت الرئاسة التعادل لصالح: { $names }.
election-nobody-left = { $so_far } { $places ->
    [one] يبقى مقعد واحد ({ NUMBER($places) }) بلا مرشح. يلزم تقديم ترشيحات جديدة.
    [two] يبقى مقعدان ({ NUMBER($places) }) بلا مرشح. يلزم تقديم ترشيحات جديدة.
    [few] تبقى { NUMBER($places) } مقاعد بلا مرشح. يلزم تقديم ترشيحات جديدة.
   *[other] يبقى { NUMBER($places) } مقعدًا بلا مرشح. يلزم تقديم ترشيحات جديدة.
}
person-adopted = { sentence-result } { $count ->
    [one] انتُخب/انتُخبت { $names }.
   *[other] انتُخب كلٌّ من { $names }.
}
person-not-adopted = { sentence-result } { sentence-needed } { $count ->
    [one] لم يُنتخب/لم تُنتخب { $names }.
   *[other] لم يُنتخب أيٌّ من { $names }.
}
person-acclaimed = لا اعتراض. { $count ->
    [one] انتُخب/انتُخبت { $names } بالتزكية.
   *[other] انتُخب بالتزكية كلٌّ من { $names }.
}

## What the operator is warned of before the result is declared

alarm-sum = المطابقة غير صحيحة. لا تعلنوا النتيجة واستدعوا الفني.
alarm-no-quorum = لم يكن النصاب القانوني مكتملًا عند الإغلاق: العدد { NUMBER($measured) } والمطلوب { NUMBER($quorum) }.
alarm-offline = { $n ->
    [zero] لم يكن أي عضو حاضر منقطعًا عند الإغلاق.
    [one] كان عضو حاضر واحد غير متصل عند الإغلاق ولم يصوّت.
    [two] كان عضوان حاضران غير متصلين عند الإغلاق ولم يصوّتا.
    [few] كان { NUMBER($n) } أعضاء حاضرين غير متصلين عند الإغلاق ولم يصوّتوا.
    [many] كان { NUMBER($n) } عضوًا حاضرًا غير متصلين عند الإغلاق ولم يصوّتوا.
   *[other] كان { NUMBER($n) } عضو حاضر غير متصلين عند الإغلاق ولم يصوّتوا.
}
alarm-refused = { $n ->
    [zero] لم تُرفض لمسات أي مقعد.
    [one] رُفضت لمسات من مقعد واحد.
    [two] رُفضت لمسات من مقعدين.
    [few] رُفضت لمسات من { NUMBER($n) } مقاعد.
    [many] رُفضت لمسات من { NUMBER($n) } مقعدًا.
   *[other] رُفضت لمسات من { NUMBER($n) } مقعد.
}
alarm-store = مخزن الأصوات لا يستجيب. لا تُقبل الأصوات في الوقت الحالي.
alarm-clock = قفزت ساعة مخزن الأصوات. لم يضع أي صوت، وصُحِّح المؤقِّت الجاري. تحقَّق منه ومدِّده عند الحاجة، ولتُضبط ساعة الجهاز تدريجيًا لا دفعةً واحدة.
alarm-too-many-offices = شُغل بالفعل { NUMBER($held) } من { NUMBER($most) } من المناصب من هذا النوع، وهذا التصويت يشغل { NUMBER($places) } أخرى.
alarm-country-unknown = لم يُذكر بلد { $names }: لا تُفحص شروط البلدان والمناطق.

## The printed sheet of a vote

sheet-title = محضر التصويت
sheet-member = العضو
sheet-vote = الصوت
sheet-code = الرمز
sheet-closed = إغلاق التصويت: { $time }
sheet-correction = تصويب
sheet-intention = النية المعلنة: { $choice }
sheet-key = مفتاح القاعة: { $fingerprint }
sheet-head = رأس السلسلة: { $head } ({ NUMBER($size) })
sheet-attached = المحضر الموقّع مرفق بهذه الوثيقة: record.json
sheet-voted-in-secret = صوّت (سرّي)
sheet-voted = صوّت (غير مسجّل)
sheet-by = من قبل { $name }
sheet-opened = فُرز مشفّرًا وفتحه { $names }؛ بصمة الانتخاب: { $fingerprint }
sheet-turned-away = الأوراق المختومة التي لم تُقبل: { NUMBER($n) }
sheet-blank = بيضاء

## برنامج فارزي الأصوات، في الطرفية

scrutineer-yes = نعم
scrutineer-no = لا
scrutineer-yes-letter = ن
scrutineer-no-letter = ل
scrutineer-comma = {"، "}
scrutineer-step-certificate = الشهادة
scrutineer-step-polynomial = حصص المفتاح
scrutineer-step-voutput = التأكيد
scrutineer-in-clear = تنبيه: يبدأ العنوان بـ http://. يمكن لمن يتنصت على هذه الشبكة قراءة كلمة مروركم. استخدموا https:// في جلسة حقيقية.
scrutineer-ask-password = كلمة مرور { $user } في القاعة:
scrutineer-sign-in-failed = الاسم أو كلمة المرور غير صحيحة. ابدؤوا من جديد أو اطلبوا كلمة مرور جديدة من المشغّل.
scrutineer-wrong-role = { $user } ليس فارز أصوات في هذه القاعة. اطلبوا من المشغّل إضافتكم بهذه الصفة.
scrutineer-signed-in = سُجّل دخول { $user } إلى { $hall }.
scrutineer-session-ended = انتهت جلستكم. سجّلوا الدخول من جديد.
scrutineer-hall-silent = القاعة لا تستجيب ({ $why }). تُعاد المحاولة كل ثانية، ولا يضيع شيء.
scrutineer-hall-again = القاعة تستجيب من جديد.
scrutineer-refused = رفضت القاعة ذلك: { $why }
scrutineer-stopped = توقف البرنامج. شغّلوه متى شئتم: سيتابع من هنا.
scrutineer-new-file = سيحفظ ملف جديد سرّكم: { $file }. اختاروا عبارة مرور من { $least } حرفًا على الأقل. لا يمكن لأحد استعادتها.
scrutineer-ask-passphrase = عبارة مرور { $file }:
scrutineer-ask-new-passphrase = عبارة المرور الجديدة:
scrutineer-ask-passphrase-again = عبارة المرور نفسها مرة أخرى:
scrutineer-passphrase-short = عبارة المرور قصيرة جدًا: { $least } حرفًا على الأقل، أربع كلمات مثلًا.
scrutineer-passphrases-differ = العبارتان مختلفتان. لم يُكتب شيء، ابدؤوا من جديد.
scrutineer-wrong-passphrase = لا تفتح هذه العبارة { $file }. الملف سليم ولم يتغير؛ حاولوا من جديد.
scrutineer-unreadable = لا يمكن استخدام { $file } ({ $why }). خذوا النسخة التي صنعتموها: hemicycle scrutineer import COPY.
scrutineer-other-hall = { $file } يخص قاعة أخرى ({ $hall }). حددوا ملفًا آخر بـ ‎--file.
scrutineer-other-user = { $file } يخص { $user }. حددوا ملفكم بـ ‎--file.
scrutineer-file-exists = { $file } موجود مسبقًا ولن يُستبدل. اختاروا اسمًا آخر.
scrutineer-copy-passphrase = تكون لـ { $file } عبارة مرور خاصة به من { $least } حرفًا على الأقل.
scrutineer-copied = كُتب { $file }.
scrutineer-not-written = تعذرت كتابة { $file } ({ $why }). لم يُرسل شيء. أفسحوا مجالًا أو اختاروا مكانًا آخر وابدؤوا من جديد.
scrutineer-not-begun = بانتظار أن يبدأ المشغّل مراسم المفاتيح.
scrutineer-not-named = عيّن المشغّل { $names } لمراسم المفاتيح. لا يُطلب منكم شيء.
scrutineer-ceremony = مراسم المفاتيح: { $names }. رقمكم { $n }. يفتح اثنان من الثلاثة كل عدّ.
scrutineer-ceremony-again = تُعاد المراسم: { $reason }
scrutineer-begun-anew = أعاد المشغّل بدء المراسم.
scrutineer-making-certificate = الخطوة 1 من 3: إنشاء شهادتكم.
scrutineer-making-polynomial = الخطوة 2 من 3: إنشاء حصص الآخرين.
scrutineer-making-voutput = الخطوة 3 من 3: التحقق مما أعطاكم الآخرون وتأكيده.
scrutineer-taken = وصل إلى القاعة: { $what }.
scrutineer-waiting = بانتظار { $names }: { $what }. بقي { $n } من 3.
scrutineer-compare = بصمات الشهادات الثلاث. اقرؤوها بعضكم لبعض بصوت عالٍ: لا يُوثق بالقاعة في ذلك.
scrutineer-ask-same = هل ترون أنتم الثلاثة الشيء نفسه؟
scrutineer-not-same = توقفوا. هناك من يتدخل بينكم. أبلغوا الرئاسة؛ يعيد المشغّل المراسم بعد معرفة السبب.
scrutineer-wrong = توقفوا. ما قدمه { $name } غير صحيح: { $why }. أبلغوا الرئاسة؛ يجب إعادة المراسم.
scrutineer-wrong-messages = توقفوا. الرسائل في القاعة غير متوافقة: { $why }. أبلغوا الرئاسة.
scrutineer-lost = لدى القاعة رسالة منكم لم يصنعها هذا الملف: { $what }. استخدموا الملف الصحيح أو نسختكم. وإن فُقد كلاهما فاطلبوا من المشغّل إعادة المراسم.
scrutineer-contradiction = توقفوا. تعرض القاعة غير ما عرضته سابقًا: { $what } { $name }. لا تتابعوا، وأبلغوا الرئاسة.
scrutineer-key-ready = أُنشئ المفتاح؛ لديكم الحصة { $n }. بصمته، وهي نفسها للثلاثة:
scrutineer-keep-copy = سرّكم في { $file }. احتفظوا بنسخة في مكان آخر: hemicycle scrutineer export COPY. اتركوا هذا البرنامج يعمل أثناء الاقتراعات السرية.
scrutineer-other-key = هذا الاقتراع ليس بمفتاح يملك هذا الملف حصة منه. استخدموا ملف مراسمه؛ ويكفي اثنان من الثلاثة.
scrutineer-list = من يحق لهم الاقتراع السري: «{ $title }»
scrutineer-list-count = المقاعد المعتمدة: { $n }. بصمة القائمة: { $fingerprint }
scrutineer-list-first = هذه أول قائمة ترونها. قارنوها بالأعضاء الحاضرين:
scrutineer-list-same = هي نفس القائمة التي وقّعتموها آخر مرة.
scrutineer-list-added = جدد منذ القائمة الأخيرة ({ $n }): { $members }
scrutineer-list-removed = لم يعودوا فيها ({ $n }): { $members }
scrutineer-list-changed = بجهاز غير السابق ({ $n }): { $members }
scrutineer-ask-sign = هل توقّعون هذه القائمة؟
scrutineer-signed = توقيعكم في القاعة.
scrutineer-not-signed = لم توقّعوا. يُفتح التصويت دونكم إذا وقّع الآخران.
scrutineer-list-wrong = توقفوا. القائمة غير صحيحة: { $why }. لا توقّعوا، وأبلغوا الرئاسة.
scrutineer-list-swapped = توقفوا. لقد وقّعتم قائمة أخرى لهذا الاقتراع. لا تتابعوا، وأبلغوا الرئاسة.
scrutineer-list-unproved = توقفوا. قائمة هذا الاقتراع لا تحمل توقيعات عدد كافٍ من الفارزين، وقد يكون أُضيف إليها مصوّتون. لا تتابعوا، وأبلغوا الرئاسة.
scrutineer-list-waiting = بانتظار توقيع القائمة من { $names }.
scrutineer-ballot-waiting = القائمة موقّعة. بانتظار إغلاق باب التصويت.
scrutineer-archive = أُغلق باب التصويت: «{ $title }». يجري التحقق من الصندوق.
scrutineer-archive-checked = تم التحقق من { $n } من { $total }.
scrutineer-archive-sound = الصندوق سليم: تُحتسب { $n } ورقة من { $events } أُودعت.
scrutineer-archive-unsound = توقفوا. الصندوق غير سليم: { $why }. لم يُفك تشفير شيء، وأبلغوا الرئاسة.
scrutineer-tally-swapped = توقفوا. لقد فككتم تشفير عدّ آخر لهذا الاقتراع. عدّ ثانٍ يكشف أصواتًا؛ أبلغوا الرئاسة.
scrutineer-list-unsigned = لم توقّعوا قائمة هذا الاقتراع. بصمتها: { $fingerprint }
scrutineer-too-few = { $n } ورقة فقط: قد يكشف مجموعها الأصوات. يلزم { $least } على الأقل (‎--least). تقرر الرئاسة طريقة التصويت.
scrutineer-ask-open = هل تفتحون العدّ؟ لن يُعرف إلا المجموع.
scrutineer-opened = حصتكم من الفتح في القاعة.
scrutineer-not-opened = لم تفتحوه. يكفي الآخران.
scrutineer-opening-waiting = بانتظار فارز ثانٍ لفتح العدّ: { $names }.
scrutineer-is-open = فُتح العدّ بواسطة { $names }.
scrutineer-show = ملف { $user } للقاعة { $hall }
scrutineer-show-share = المراسم { $number }: الحصة { $n } من المفتاح
scrutineer-show-unfinished = لم تنته المراسم.
scrutineer-show-ballots = القوائم الموقّعة: { $lists }. الأعداد المفتوحة: { $openings }.

## لوحة التحكم: مفتاح فارزي الأصوات

console-ceremony-title = الاقتراع السري: مفتاح فارزي الأصوات
console-ceremony-hint = يصنعه ثلاثة فارزين، كل بواسطة hemicycle scrutineer على جهازه. يفتح اثنان منهم كل عدّ.
console-ceremony-choose = الفارزون الثلاثة (أضيفوا أعلاه أشخاصًا بهذه الصفة)
console-ceremony-missing = بقي: { $names }
console-ceremony-ready = أُنشئ المفتاح: يمكن إعلان الاقتراعات السرية.
console-ceremony-begin = بدء مراسم المفاتيح
console-ceremony-again = إعادة بدء المراسم
console-ceremony-reason = سبب الإعادة
console-ceremony-needs-three = اختاروا ثلاثة أشخاص.
console-ceremony-needs-reason = اذكروا السبب: تنهي المراسم الجديدة المفتاح السابق.
