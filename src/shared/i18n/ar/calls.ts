export const call = {
  costSoFar: 'التكلفة حتى الآن',
  costOf: '{{seconds}} ث حتى الآن، بسعر {{region}}. تقدير فقط',
  talked: 'مدة حديثك',
  callActions: 'أدوات المكالمة',
  muteLater: 'يمكنك الكتم بعد اتصال المكالمة',
  onCallMuted: 'في مكالمة، مكتوم',
  noSoundYet: 'في مكالمة، لا صوت من العميل بعد',
  interrupted: 'انقطع الصوت',
  interruptedNext: 'تجري إعادة وصل الصوت…',
  microphoneLevel: 'مستوى الميكروفون',
};

export const callEnds = {
  youHungUp: 'أنهيت المكالمة',
  partyHungUp: 'أنهى {{party}} المكالمة',
  callerHungUp: 'أنهى المتصل المكالمة',
  callerHungUpFirst: 'أنهى المتصل المكالمة قبل توصيلك بها',
  answeredBy: 'رد عليها {{name}}',
  answeredByTeammate: 'رد عليها زميل',
  youDeclined: 'رفضت المكالمة',
  notAnswered: 'لم يُرَد عليها',
  outOfDate: 'توقفت عن الرنين قبل أن تصلك',
  partyDeclined: 'رفض {{party}} المكالمة',
  noAnswer: 'لا رد',
  youCancelled: 'ألغيت المكالمة',
  transferredTo: 'حُوّلت إلى {{name}}',
  takenOverBy: 'أخذ {{name}} هذه المكالمة',
  lostToTeam: 'طال انقطاعك؛ ذهبت المكالمة إلى الفريق',
  lostTo: 'طال انقطاعك؛ أخذ {{name}} المكالمة',
  over: 'انتهت المكالمة',
  interrupted: 'أُغلق Ringdesk أثناء المكالمة',
  transferOff: {
    cancelled: {
      what: 'ألغى زميلك التحويل',
    },
    'teammate-gone': {
      what: 'انقطع اتصالك',
      next: 'عادت المكالمة',
    },
    refused: {
      what: 'فشل التحويل',
      next: 'ما زالت المكالمة لدى زميلك',
    },
  },
};

export const customer = {
  why: 'سبب الاتصال',
  before: 'قبل هذه المكالمة',
  more: 'عرض المزيد',
  less: 'عرض أقل',
  hide: 'إخفاء العميل',
  show: 'إظهار العميل',
  wrapUp: 'ما بعد المكالمة',
  ready: 'جاهز',
  moreTime: '+30 ث',
  moreTimeHint: '30 ثانية إضافية',
  followUp: 'إرسال متابعة',
};

export const devices = {
  deviceMissing: 'غير موصول (يُستخدم الافتراضي)',
  microphone: 'الميكروفون',
  speaker: 'السماعة',
  systemDefault: 'افتراضي النظام',
  micFellBack: 'فُصل الميكروفون. يُستخدم الافتراضي',
  micFailed: 'العميل لا يسمعك: {{why}}',
  ringer: 'جهاز الرنين',
  lost: '{{device}} لم يعد موصولًا. {{role}}: يُستخدم افتراضي النظام الآن',
  back: 'عاد {{device}}. {{role}}: يُستخدم من جديد',
  chosen: {
    microphone: 'الميكروفون الذي اخترته',
    speaker: 'السماعة التي اخترتها',
    ringer: 'جهاز الرنين الذي اخترته',
  },
};

export const dialpad = {
  dial: 'طلب رقم',
  number: 'الرقم',
  numberPlaceholder: 'رقم أو اسم',
  numberHelp: 'اكتب رقمًا أو الصقه، أو اكتب اسمًا',
  people: 'جهات الاتصال والمكالمات',
  lastCall: 'آخر مكالمة {{what}}',
  country: 'البلد',
  searchCountry: 'البلد أو الرمز',
  noSuchCountry: 'لا بلد بهذا الاسم',
  keypad: 'لوحة الأرقام',
  erase: 'حذف آخر رقم',
  callFrom: 'الاتصال من',
  blockNoAccount: 'لا رقم مُعدّ. استورد ملف إعداد من الإعدادات',
  blockNoToken: 'لا يمكن قراءة رمز الوصول لهذا الرقم. استورد ملف الإعداد من جديد',
  blockBusy: 'أنت في مكالمة. أنهها أولًا',
  blockOffline: 'لا توجد شبكة: لا يمكن الاتصال. تحقق من الكابل أو الواي فاي',
  blockNoRelay: 'غير متصل: لا يمكن إجراء مكالمات حتى تتصل',
  blockLookingUp: 'جارٍ التحقق من قواعد الاتصال…',
  firstDemoCallTitle: 'جرّب مكالمة تدريبية',
  firstDemoCall: 'عملاء محاكاة يتصلون ويتحدثون ويستمعون كالحقيقيين. لا يغادر شيء هذا الحاسوب.',
  openDemo: 'عملاء التجربة',
  firstCallTitle: 'اتصل بعميل',
  firstCall: 'أدخل رقمًا. يتحقق Ringdesk قبل الطلب من أنه يجوز لك الاتصال بهذا العميل.',
  lookupFailed: 'تعذّر التحقق من الإذن: {{why}}',
  lookupFailedNext: 'يمكنك محاولة الاتصال مع ذلك.',
  problems: {
    empty: 'أدخل رقمًا أولًا',
    'not-a-number': 'اكتب رقمًا أو اسم جهة اتصال',
    'too-short': 'هذا الرقم قصير جدًا. راجع الأرقام',
    'too-long': 'هذا الرقم طويل جدًا. راجع الأرقام',
  },
  hints: {
    unusual: 'رقم غير معتاد. راجعه قبل الاتصال',
    'first-of-several': 'لصقت عدة أرقام. هذا أولها',
  },
};

export const external = {
  stages: {
    dialling: 'جارٍ الطلب…',
    ringing: 'يرن',
    talking: 'رُدّ عليها في الوجهة',
  },
  note: 'تُدار هذه المكالمة في وجهة إعادة التوجيه. أنهها هناك.',
  beginning: 'جارٍ الطلب…',
  ongoing: 'جارية',
  play: 'تشغيل صوت',
  playUrlExample: 'https://',
  playUrl: 'عنوان الملف الصوتي',
  playUrlNote: 'رابط عام لملف ‎.mp3 أو ‎.wav أو ‎.opus',
  playNow: 'تشغيل',
  playing: 'أُرسل إلى المزوّد. يسمعه العميل أثناء المكالمة',
  dialOptions: 'خيارات هذه المكالمة: الوجهة والتسجيل',
  forwardToExample: 'tel: sip: wss:',
  forwardTo: 'وصل هذه المكالمة بـ',
  forwardToNote: 'اتركه فارغًا لاستخدام الوجهة المعتادة لهذا الرقم.',
  record: 'تسجيل هذه المكالمة',
  records: {
    usual: 'كما هو مضبوط لهذا الرقم',
    yes: 'نعم',
    no: 'لا',
  },
};

export const lastCall = {
  cameFrom: 'جاء من: {{payload}}',
  message: '«{{text}}»، {{when}}',
  promised: 'وعدت بمعاودة الاتصال: {{when}}',
  promisedBy: 'وعد {{name}} بمعاودة الاتصال: {{when}}',
  last: 'آخر مكالمة: {{outcome}}، {{when}}',
  lastWithLength: 'آخر مكالمة: {{outcome}}، {{when}} ({{length}})',
  missedToday: '{{missed}} فائتة اليوم',
  first: 'أول مكالمة مع هذا العميل',
  outcomes: {
    answered: 'رُدّ عليها',
    missed: 'فائتة',
    declined: 'رفضتها أنت',
    elsewhere: 'رد عليها زميل',
    unanswered: 'لا رد',
    rejected: 'رفضها العميل',
    cancelled: 'أُلغيت',
    failed: 'فشلت',
    interrupted: 'انقطعت',
  },
};

export const mediaFailures = {
  unknown: 'فشل الصوت: {{why}}',
  callBack: 'معاودة الاتصال',
  'no-microphone': {
    what: 'لم يُعثر على ميكروفون',
    next: 'وصّل ميكروفونًا أو اختر واحدًا من الإعدادات',
  },
  'microphone-denied': {
    what: 'لا يسمح النظام لـRingdesk باستخدام الميكروفون',
    next: 'اسمح به في إعدادات الخصوصية في نظامك',
  },
  'microphone-busy': {
    what: 'يستخدم برنامج آخر الميكروفون',
    next: 'أغلقه أو اختر ميكروفونًا آخر من الإعدادات',
  },
  'sdp-rejected': {
    what: 'تعذّر إعداد الصوت: لم يُفهم عرض واتساب',
    next: 'حاول مجددًا. إذا فشل ثانية فأخبر المسؤول',
  },
  'sdp-sdes': {
    what: 'تبادل المفاتيح لهذا الرقم SDES، ولا يدعمه Ringdesk',
    next: 'اطلب من المسؤول ضبطه على DTLS في إعدادات مكالمات الرقم',
  },
  'ice-failed': {
    what: 'لم يصل الصوت إلى واتساب',
    next: 'اسأل المسؤول هل تسمح الشبكة بـUDP',
  },
  'connection-lost': {
    what: 'انقطع اتصال الصوت',
    next: 'تحقق من شبكتك ثم عاود الاتصال',
  },
  'leg-refused': {
    what: 'لم يقبل المرحِّل الصوت',
    next: 'حاول مجددًا. إذا فشل ثانية فأخبر المسؤول',
  },
  'no-media': {
    what: 'فُقد صوت هذه المكالمة',
    next: 'معاودة الاتصال',
  },
  'window-lost': {
    what: 'توقف الصوت لأن نافذته أُغلقت',
    next: 'معاودة الاتصال',
  },
};

export const phases = {
  ringing: 'يرن',
  accepting: 'جارٍ الوصل',
  preparing: 'جارٍ التحضير',
  placing: 'جارٍ الاتصال',
  calling: 'جارٍ الاتصال',
  'customer-ringing': 'يرن',
  connected: 'في مكالمة',
  rejoining: 'تجري إعادة الوصل',
  external: 'أُعيد توجيهها',
  ended: 'انتهت',
};

export const quality = {
  quality: 'جودة المكالمة',
  audioDevices: 'أجهزة الصوت',
  lossIn: 'الصوت المفقود في الطريق إليك',
  lossOut: 'الصوت المفقود في الطريق إلى العميل',
  jitter: 'التذبذب',
  stat: ' · {{name}} {{ms}} م.ث',
  roundTrip: 'تأخير الذهاب والإياب',
  mos: 'جودة الصوت (MOS)',
  route: 'المسار',
  routes: {
    host: 'مباشر',
    srflx: 'مباشر عبر موجّهك',
    prflx: 'مباشر عبر موجّهك',
    relay: 'عبر خادم TURN',
    provider: 'عبر المزوّد',
  },
  ofMos: 'من 4.5',
  grades: {
    good: 'جيدة',
    fair: 'متوسطة',
    poor: 'ضعيفة',
    unknown: 'جارٍ القياس',
  },
  quoted: 'بكلمات المزوّد: «{{words}}»',
  measuring: 'تظهر القياسات بعد ثوانٍ.',
  unknownYet: 'غير معروف بعد',
  onlyToProvider: 'القياس بينك وبين المزوّد. لا يمكن قياس جهة العميل.',
  verdicts: {
    good: {
      what: 'الاتصال جيد',
    },
    yours: {
      what: 'شبكتك غير مستقرة',
      next: 'جرّب كابلًا أو شبكة واي فاي أخرى',
    },
    theirs: {
      what: 'شبكة العميل غير مستقرة',
      next: 'اطلب من العميل تغيير مكانه أو شبكته',
    },
    unclear: {
      what: 'الصوت متقطع',
      next: 'لم يتضح بعد في أي جهة',
    },
  },
};

export const ring = {
  incomingCall: 'مكالمة واردة',
  waitingCall: 'مكالمة منتظرة',
  waitingNote: 'في الانتظار: أنت في مكالمة أخرى',
  cannotAcceptBusy: 'أنهِ مكالمتك أولًا',
  lastTryFailed: 'تعذّر الرد: {{why}}. ما زالت ترن، حاول مجددًا',
  moreRing_zero: 'لا مكالمات أخرى ترن',
  moreRing_one: '+1 مكالمة ترن',
  moreRing_two: '+2 مكالمتان ترنّان',
  moreRing_few: '+{{count}} مكالمات ترن',
  moreRing_many: '+{{count}} مكالمة ترن',
  moreRing_other: '+{{count}} مكالمة ترن',
  ringingFor: 'ترن منذ {{time}}',
  timeLeft: 'ترن {{seconds}} ث أخرى',
  silence: 'إسكات',
  silenceHint: 'أوقف الرنين هنا. يستمر الرنين عند زملائك',
  silenced: 'أُسكتت هنا',
  declined: 'رُفضت',
  undo: 'تراجع',
  undoDecline: 'التراجع عن رفض {{name}}',
  undoKeys: 'Escape',
  onlyYou: 'الاتصال موجّه إليك وحدك',
  alsoRings: 'يرن أيضًا عند: {{names}}',
  alsoRingsMore: 'يرن أيضًا عند: {{names}} و{{more}} آخرين',
};
