export const call = {
  costSoFar: 'Biaya sejauh ini',
  costOf: '{{seconds}} dtk sejauh ini, dengan tarif {{region}}. Hanya perkiraan',
  talked: 'Waktu bicara',
  callActions: 'Kontrol panggilan',
  muteLater: 'Anda bisa membisukan setelah panggilan tersambung',
  onCallMuted: 'Dalam panggilan, dibisukan',
  noSoundYet: 'Dalam panggilan, belum ada suara pelanggan',
  interrupted: 'Suara terputus',
  interruptedNext: 'Menyambungkan ulang suara…',
  microphoneLevel: 'Tingkat mikrofon',
};

export const callEnds = {
  youHungUp: 'Anda mengakhiri panggilan',
  partyHungUp: '{{party}} mengakhiri panggilan',
  callerHungUp: 'Penelepon mengakhiri panggilan',
  callerHungUpFirst: 'Penelepon mengakhiri panggilan sebelum Anda tersambung',
  answeredBy: 'Dijawab oleh {{name}}',
  answeredByTeammate: 'Dijawab oleh rekan',
  youDeclined: 'Anda menolak',
  notAnswered: 'Tidak dijawab',
  outOfDate: 'Berhenti berdering sebelum sampai ke Anda',
  partyDeclined: '{{party}} menolak',
  noAnswer: 'Tidak ada jawaban',
  youCancelled: 'Anda membatalkan',
  transferredTo: 'Dialihkan ke {{name}}',
  takenOverBy: '{{name}} mengambil alih panggilan ini',
  lostToTeam: 'Anda terlalu lama luring; panggilan pindah ke tim',
  lostTo: 'Anda terlalu lama luring; {{name}} mengambil panggilan',
  over: 'Panggilan berakhir',
  interrupted: 'Ringdesk ditutup saat panggilan berlangsung',
  transferOff: {
    cancelled: {
      what: 'Rekan Anda membatalkan pengalihan',
    },
    'teammate-gone': {
      what: 'Koneksi Anda terputus',
      next: 'Panggilan dikembalikan',
    },
    refused: {
      what: 'Pengalihan gagal',
      next: 'Panggilan masih ada pada rekan Anda',
    },
  },
};

export const customer = {
  why: 'Alasan menelepon',
  before: 'Sebelum panggilan ini',
  more: 'Tampilkan lebih banyak',
  less: 'Tampilkan lebih sedikit',
  hide: 'Sembunyikan pelanggan',
  show: 'Tampilkan pelanggan',
  wrapUp: 'Pascapanggilan',
  ready: 'Siap',
  moreTime: '+30 dtk',
  moreTimeHint: '30 detik lagi',
  followUp: 'Kirim tindak lanjut',
};

export const devices = {
  deviceMissing: 'Tidak tersambung',
  microphone: 'Mikrofon',
  speaker: 'Pengeras suara',
  systemDefault: 'Bawaan sistem',
  micFailed: 'Pelanggan tidak bisa mendengar Anda: {{why}}',
  ringer: 'Dering',
  lost: '{{device}} terputus. {{roles, list}}: kini {{now}}',
  back: '{{device}} tersambung. Kini dipakai untuk: {{roles, list}}',
  order: 'Urutan pilihan',
  orderNote: 'Perangkat terbaik yang tersambung dipakai, juga selama panggilan.',
  inUse: 'Dipakai',
  up: 'Utamakan {{device}}',
  down: 'Turunkan {{device}}',
  forget: 'Lupakan {{device}}',
};

export const dialpad = {
  dial: 'Telepon',
  number: 'Nomor',
  numberPlaceholder: 'Nomor atau nama',
  numberHelp: 'Ketik atau tempel nomor, atau ketik nama',
  people: 'Kontak dan panggilan',
  lastCall: 'Panggilan terakhir {{what}}',
  country: 'Negara',
  searchCountry: 'Negara atau kode',
  noSuchCountry: 'Negara tidak ditemukan',
  keypad: 'Papan angka',
  erase: 'Hapus angka terakhir',
  callFrom: 'Telepon dari',
  blockNoAccount: 'Belum ada nomor yang disiapkan. Impor profil di Pengaturan',
  blockNoToken: 'Token akses nomor ini tidak terbaca. Impor profil lagi',
  blockBusy: 'Anda sedang dalam panggilan. Akhiri dulu',
  blockOffline: 'Tidak ada jaringan: tidak bisa menelepon. Periksa kabel atau Wi-Fi',
  blockNoRelay: 'Luring: tidak bisa menelepon sampai Anda tersambung',
  blockLookingUp: 'Memeriksa aturan panggilan…',
  firstDemoCallTitle: 'Coba panggilan latihan',
  firstDemoCall:
    'Pelanggan simulasi menelepon, berbicara, dan mendengarkan seperti yang asli. Tidak ada yang keluar dari komputer ini.',
  openDemo: 'Pelanggan demo',
  firstCallTitle: 'Telepon pelanggan',
  firstCall:
    'Masukkan nomor. Ringdesk memeriksa apakah Anda boleh menelepon pelanggan ini sebelum menghubunginya.',
  lookupFailed: 'Izin tidak bisa diperiksa: {{why}}',
  lookupFailedNext: 'Anda tetap bisa mencoba menelepon.',
  problems: {
    empty: 'Masukkan nomor dulu',
    'not-a-number': 'Ketik nomor, atau nama kontak',
    'too-short': 'Nomor ini terlalu pendek. Periksa angkanya',
    'too-long': 'Nomor ini terlalu panjang. Periksa angkanya',
  },
  hints: {
    unusual: 'Nomor tidak lazim. Periksa sebelum menelepon',
    'first-of-several': 'Anda menempel beberapa nomor. Ini yang pertama',
  },
};

export const external = {
  stages: {
    dialling: 'Menelepon…',
    ringing: 'Berdering',
    talking: 'Dijawab di tujuan',
  },
  note: 'Panggilan ini ditangani di tujuan penerusan. Akhiri di sana.',
  beginning: 'Menelepon…',
  ongoing: 'Berlangsung',
  play: 'Putar audio',
  playUrlExample: 'https://',
  playUrl: 'Alamat berkas audio',
  playUrlNote: 'Tautan publik ke berkas .mp3, .wav, atau .opus',
  playNow: 'Putar',
  playing: 'Dikirim ke penyedia. Pelanggan mendengarnya selama panggilan',
  dialOptions: 'Opsi panggilan ini: tujuan, rekaman',
  forwardToExample: 'tel: sip: wss:',
  forwardTo: 'Sambungkan panggilan ini ke',
  forwardToNote: 'Kosongkan untuk memakai tujuan biasa nomor ini.',
  record: 'Rekam panggilan ini',
  records: {
    usual: 'Sesuai pengaturan nomor ini',
    yes: 'Ya',
    no: 'Tidak',
  },
};

export const lastCall = {
  cameFrom: 'Berasal dari: {{payload}}',
  message: '“{{text}}”, {{when}}',
  messageKind: '{{kind}}, {{when}}',
  promised: 'Anda berjanji menelepon balik: {{when}}',
  promisedBy: '{{name}} berjanji menelepon balik: {{when}}',
  last: 'Panggilan terakhir: {{outcome}}, {{when}}',
  lastWithLength: 'Panggilan terakhir: {{outcome}}, {{when}} ({{length}})',
  missedToday: '{{missed}} tak terjawab hari ini',
  first: 'Panggilan pertama dengan pelanggan ini',
  outcomes: {
    answered: 'dijawab',
    missed: 'tak terjawab',
    declined: 'Anda tolak',
    elsewhere: 'dijawab rekan',
    unanswered: 'tidak ada jawaban',
    rejected: 'ditolak pelanggan',
    cancelled: 'dibatalkan',
    failed: 'gagal',
    interrupted: 'terputus',
  },
};

export const mediaFailures = {
  unknown: 'Suara gagal: {{why}}',
  callBack: 'Telepon balik',
  'no-microphone': {
    what: 'Mikrofon tidak ditemukan',
    next: 'Colokkan mikrofon, atau pilih di Pengaturan',
  },
  'microphone-denied': {
    what: 'Sistem tidak mengizinkan Ringdesk memakai mikrofon',
    next: 'Izinkan di pengaturan privasi sistem Anda',
  },
  'microphone-busy': {
    what: 'Program lain sedang memakai mikrofon',
    next: 'Tutup program itu, atau pilih mikrofon lain di Pengaturan',
  },
  'sdp-rejected': {
    what: 'Suara tidak bisa disiapkan: tawaran WhatsApp tidak dipahami',
    next: 'Coba lagi. Jika gagal lagi, beri tahu admin',
  },
  'sdp-sdes': {
    what: 'Pertukaran kunci nomor ini SDES, yang tidak didukung Ringdesk',
    next: 'Minta admin menggantinya ke DTLS di pengaturan panggilan nomor ini',
  },
  'ice-failed': {
    what: 'Suara tidak bisa mencapai WhatsApp',
    next: 'Tanyakan kepada admin apakah jaringan mengizinkan UDP',
  },
  'connection-lost': {
    what: 'Koneksi suara terputus',
    next: 'Periksa jaringan, lalu telepon balik',
  },
  'leg-refused': {
    what: 'Relay tidak menerima suara',
    next: 'Coba lagi. Jika gagal lagi, beri tahu admin',
  },
  'no-media': {
    what: 'Suara panggilan ini hilang',
    next: 'Telepon balik',
  },
  'window-lost': {
    what: 'Suara berhenti karena jendelanya ditutup',
    next: 'Telepon balik',
  },
};

export const phases = {
  ringing: 'Berdering',
  accepting: 'Menyambungkan',
  preparing: 'Menyiapkan',
  placing: 'Menelepon',
  calling: 'Menelepon',
  'customer-ringing': 'Berdering',
  connected: 'Dalam panggilan',
  rejoining: 'Menyambung ulang',
  external: 'Diteruskan',
  ended: 'Berakhir',
};

export const quality = {
  quality: 'Kualitas panggilan',
  audioDevices: 'Perangkat audio',
  lossIn: 'Suara hilang ke arah Anda',
  lossOut: 'Suara hilang ke arah pelanggan',
  jitter: 'Variasi jeda (jitter)',
  stat: '{{name}} {{ms}} md',
  roundTrip: 'Jeda pulang-pergi',
  mos: 'Kualitas suara (MOS)',
  route: 'Rute',
  routes: {
    host: 'langsung',
    srflx: 'langsung, lewat router Anda',
    prflx: 'langsung, lewat router Anda',
    relay: 'lewat server TURN',
    provider: 'lewat penyedia',
  },
  ofMos: 'dari 4,5',
  grades: {
    good: 'Baik',
    fair: 'Cukup',
    poor: 'Buruk',
    unknown: 'Mengukur',
  },
  quoted: 'Menurut penyedia: “{{words}}”',
  measuring: 'Hasil ukur muncul setelah beberapa detik.',
  unknownYet: 'belum diketahui',
  onlyToProvider: 'Diukur antara Anda dan penyedia. Sisi pelanggan tidak bisa diukur.',
  verdicts: {
    good: {
      what: 'Koneksi baik',
    },
    yours: {
      what: 'Jaringan Anda tidak stabil',
      next: 'Coba kabel atau Wi-Fi lain',
    },
    theirs: {
      what: 'Jaringan pelanggan tidak stabil',
      next: 'Minta pelanggan berpindah tempat atau ganti jaringan',
    },
    unclear: {
      what: 'Suara terputus-putus',
      next: 'Belum jelas di sisi mana',
    },
  },
};

export const ring = {
  incomingCall: 'Panggilan masuk',
  waitingCall: 'Panggilan menunggu',
  waitingNote: 'Menunggu: Anda sedang dalam panggilan lain',
  cannotAcceptBusy: 'Akhiri panggilan Anda dulu',
  lastTryFailed: 'Tidak bisa dijawab: {{why}}. Masih berdering, coba lagi',
  moreRing_other: '+{{count}} panggilan berdering',
  ringingFor: 'Berdering {{time}}',
  timeLeft: 'Berdering {{seconds}} dtk lagi',
  silence: 'Senyapkan',
  silenceHint: 'Hentikan dering di sini. Rekan Anda tetap mendengarnya',
  silenced: 'Disenyapkan di sini',
  declined: 'Ditolak',
  undo: 'Urungkan',
  undoDecline: 'Urungkan penolakan {{name}}',
  undoKeys: 'Escape',
  silentInWrapUp: 'Tanpa dering selama pascapanggilan',
  onlyYou: 'Hanya Anda yang dipanggil',
  alsoRings: 'Juga berdering pada: {{names}}',
  alsoRingsMore: 'Juga berdering pada: {{names}} dan {{more}} lagi',
};
