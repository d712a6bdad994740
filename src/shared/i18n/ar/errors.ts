export const address = {
  notAnAddress: 'ليس عنوانًا؛ يجب أن يشبه {{wanted}}example.com',
  holdsPassword: 'يجب ألا يحتوي على اسم أو كلمة مرور، فسينتهيان في السجلات',
  wrongScheme: 'يجب أن يبدأ بـ{{wanted}}',
  inClear: 'سيرسل الرموز بلا تشفير عبر الشبكة؛ استخدم {{wanted}} (لا يُقبل {{clear}} إلا لهذا الحاسوب)',
};

export const errors = {
  'bad-request': {
    what: 'فشل شيء داخل Ringdesk',
    next: 'حاول مجددًا. إذا فشل ثانية فأخبر المسؤول',
  },
  'unknown-sender': {
    what: 'فشل شيء داخل Ringdesk: طلبت نافذة أكثر مما يجوز لها',
    next: 'أغلق Ringdesk وافتحه من جديد',
  },
  internal: {
    what: 'فشل شيء داخل Ringdesk',
    next: 'حاول مجددًا. إذا فشل ثانية فأخبر المسؤول: التفاصيل في السجل',
  },
  'no-such-call': {
    what: 'انتهت هذه المكالمة بالفعل',
  },
  'same-person': {
    what: 'هما شخص واحد بالفعل',
  },
  'not-merged': {
    what: 'لم يعودا مدموجين',
  },
  'do-not-call': {
    what: 'على هذا الشخص علامة «لا تتصل»',
    next: 'افتح جهة الاتصال لمعرفة السبب والسماح بالمكالمات مجددًا',
  },
  'pick-up-held': {
    what: 'المكالمات الصادرة من هذا الرقم موقوفة',
    next: 'رد على من يتصلون. تبيّن التحليلات متى ينتهي ذلك',
  },
  busy: {
    what: 'أنت في مكالمة أخرى',
    next: 'أنهها أولًا',
  },
  'too-late': {
    what: 'فات الأوان: تغيّرت المكالمة',
    next: 'راجع المكالمة ثم حاول مجددًا',
  },
  'no-such-account': {
    what: 'هذا الرقم غير مُعدّ على هذا الحاسوب',
    next: 'استورد ملف إعداد يحتويه',
  },
  'no-profile': {
    what: 'لا رقم مُعدّ بعد',
    next: 'استورد ملف إعداد أو جرّب التجربة',
  },
  'bad-number': {
    what: 'لا يمكن الاتصال بهذا الرقم',
    next: 'راجع الأرقام',
  },
  'direct-route': {
    what: 'الانتظار والتحويل غير متاحين على هذا الرقم',
    next: 'اطلب من المسؤول تمرير المكالمات عبر المرحِّل',
  },
  'relay-refused': {
    what: 'رفض المرحِّل ذلك',
    next: 'حاول مجددًا',
  },
  'todo-refused': {
    what: 'لم يعد هذا ممكنًا',
    next: 'انظر إلى القائمة من جديد',
  },
  provider: {
    what: 'رفض واتساب ذلك',
    next: 'حاول مجددًا',
  },
  offline: {
    what: 'أنت غير متصل',
    next: 'حاول مجددًا عند اتصالك',
  },
  'profile-invalid': {
    what: 'هذا الملف ليس ملف إعداد صالحًا',
    next: 'اطلب من المسؤول ملفًا جديدًا',
  },
  organisation: {
    what: 'حددت مؤسستك هذا الإعداد',
    next: 'اسأل المسؤول',
  },
  'vault-unavailable': {
    what: 'مخزن مفاتيح النظام مقفل أو لا يمكن الوصول إليه',
    next: 'افتح قفله ثم حاول مجددًا',
  },
  'vault-needs-consent': {
    what: 'اختر أولًا كيفية حفظ رموز الوصول',
  },
  'export-failed': {
    what: 'تعذّر حفظ الملف',
    next: 'اختر مجلدًا آخر',
  },
  'not-offered': {
    what: 'لا يدعم هذا الرقم ذلك',
  },
  'bad-file': {
    what: 'لا يمكن استخدام هذا الملف',
    next: 'صحّحه واستورده من جديد',
  },
  invitation: {
    what: 'لا يمكن استخدام هذه الدعوة',
    next: 'اطلب دعوة جديدة من المسؤول',
  },
  'set-up': {
    what: 'تعذّر حفظ الملفات',
  },
  cancelled: {
    what: 'أُلغي',
  },
};

export const files = {
  invalid: 'لا يمكن استخدام {{name}}.',
  unreadable: 'لا يمكن قراءة {{name}}.',
  tooLarge: '{{name}} كبير جدًا',
  notText: '{{name}} {{why}}',
};

export const notOffered = {
  recording: 'لا تسجيل لهذه المكالمة',
  analytics: 'مزوّد هذا الرقم لا يعرض تكاليف إجمالية',
  estimate: 'مزوّد هذا الرقم لا يعرض تقديرات',
  settings: 'لا إعدادات لهذا الرقم يمكن تغييرها هنا',
  announcement: 'مزوّد هذا الرقم لا يقبل تحية',
  messages: 'لا يمكن إرسال رسائل هذا الرقم من هنا',
  now: 'لا يمكن استخدام هذا الرقم الآن. حاول مجددًا بعد دقيقة',
  number: 'هذا الرقم غير مُعدّ على هذا الحاسوب',
  notARecording: 'أرسل المزوّد شيئًا ليس تسجيلًا',
  notATranscript: 'أرسل المزوّد شيئًا ليس نصًا مفرّغًا',
  noAnswer: 'تعذّر تحميل الملف: لا رد في الوقت المحدد. حاول مجددًا',
  status: 'تعذّر تحميل الملف (HTTP {{status}}). حاول مجددًا بعد دقيقة',
  broken: 'تعذّر تحميل الملف: انقطع الاتصال. حاول مجددًا',
  tooLarge: 'الملف أكبر من أن يُفتح هنا',
};

export const profile = {
  empty: 'يجب ألا يكون فارغًا',
  quoted: '«{{text}}» {{problem}}',
  number: '«{{text}}» ليس رقم هاتف كاملًا. اكتب + ورمز البلد، مثل ‎+5511987654321',
  usedTwice: '«{{id}}» مستخدم مرتين. لكل رقم معرّف خاص به',
  phoneNumberId: 'يجب أن يكون الأرقام التي تعرضها Meta باسم “Phone number ID”',
  wabaId: 'يجب أن يكون الأرقام التي تعرضها Meta باسم “WhatsApp Business Account ID”',
  apiVersion: 'يجب أن يشبه v26.0',
  recordingPurpose: 'يجب أن يذكر سبب تسجيل المكالمات',
  recordingPurposeLong: 'يجب ألا يتجاوز 250 حرفًا',
  recordingLanguage: 'يجب أن يكون لغة للتنبيه الصوتي، مثل pt أو en_US',
  sampleRateLow: 'يجب أن يكون عدد عينات في الثانية، من 8000',
  sampleRateHigh: 'يجب أن يكون عدد عينات في الثانية، حتى 48000',
  frameShort: 'يجب أن يكون بالملي ثانية، من 10',
  frameLong: 'يجب أن يكون بالملي ثانية، حتى 100',
  softphone: 'يجب أن يكون "relay"، أو يُترك حيث يُرَد على المكالمات في مكان آخر',
  relayAddress: 'يجب أن يكون العنوان الذي يبدأ بـwss:// ويتلقى المرحِّل عليه مكالمات Zernio',
  relayAddressAlone: 'لا يعمل إلا مع "softphone": "relay"',
  providerMissing: 'مفقود؛ استخدم {{known}}',
  providerUnknown: 'ليس مزوّدًا يعرفه هذا الإصدار؛ استخدم {{known}}',
  version: 'ليس إصدارًا يعرفه Ringdesk هذا؛ فهو يقرأ الإصدار 1',
  noNumbers: 'يجب أن يضم رقمًا واحدًا على الأقل',
  notJson: 'الملف ليس JSON ({{why}})',
  unknownKeys: '{{keys}} لا مكان له هنا؛ راجع التهجئة أو احذفه',
  missing: 'مفقود',
  wrongType: 'يجب أن يكون من النوع {{type}}',
  badCharacter:
    'فيه عند الموضع {{position}} محرف ({{character}}) لا تقبله المفاتيح؛ انسخه من جديد بلا علامات اقتباس ولا أسطر جديدة',
};

export const refusals = {
  'bad-request': 'الطلب غير صالح.',
  'unknown-sender': 'لا يجوز لهذه النافذة طلب ذلك.',
  internal: 'فشل شيء داخل Ringdesk.',
  'no-such-call': 'لا مكالمة كهذه.',
  'same-person': 'هما شخص واحد بالفعل.',
  'not-merged': 'لم يعودا مدموجين.',
  'do-not-call': 'على هذا الشخص علامة «لا تتصل».',
  'pick-up-held': 'المكالمات الصادرة من هذا الرقم موقوفة.',
  busy: 'هناك مكالمة أخرى جارية.',
  'too-late': 'تغيّرت المكالمة.',
  'no-such-account': 'لا يمكن استخدام هذا الرقم الآن.',
  'no-profile': 'لا رقم مُعدّ بعد.',
  'bad-number': 'ليس رقمًا يمكن الاتصال به.',
  'direct-route': 'هذه المكالمة متصلة بهذه النافذة ولا يمكن نقلها.',
  'relay-refused': 'رفض المرحِّل ذلك.',
  'todo-refused': 'لم يعد هذا ممكنًا.',
  provider: 'رفض المزوّد ذلك.',
  offline: 'لا يوجد اتصال.',
  'profile-invalid': 'لا يمكن استخدام ملف الإعداد هذا.',
  organisation: 'حددت المؤسسة هذا الإعداد.',
  'vault-unavailable': 'لا يستطيع هذا النظام تشفير الأسرار.',
  'vault-needs-consent': 'لم تُحدد بعد كيفية حفظ الأسرار.',
  'export-failed': 'تعذّرت كتابة المكالمات.',
  'not-offered': 'لا يدعم هذا الرقم ذلك.',
  'bad-file': 'لا يمكن استخدام هذا الملف.',
  invitation: 'لا يمكن استخدام هذه الدعوة.',
  'set-up': 'تعذّر حفظ الملفات.',
  cancelled: 'أُلغي.',
};

export const requests = {
  noRoute: 'لا طلب باسم «{{name}}».',
  badRequest: 'الطلب «{{name}}» غير صالح.',
  failed: 'فشل «{{name}}»',
};
