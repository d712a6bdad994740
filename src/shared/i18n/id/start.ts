export const start = {
  intro:
    'Empat langkah menuju panggilan pertama Anda. Tinggalkan kapan saja: halaman ini bisa ditemukan di bilah demo dan di pengaturan.',
  steps: {
    practise: 'Berlatih dengan pelanggan demo',
    connect: 'Hubungkan nomor Anda',
    checks: 'Periksa apakah panggilan bisa masuk',
    call: 'Telepon nomor Anda sekarang',
  },
  done: 'Selesai',
  next: 'Berikutnya: telepon nomor Anda',
  finish: 'Ke meja kerja Anda',
  leave: 'Keluar dulu',
  practiseText:
    'Seorang pelanggan simulasi segera menelepon Anda, dengan suara nyata. Jawab, bicara, lalu akhiri. Tidak ada yang keluar dari komputer ini.',
  practiseNow: 'Telepon saya',
  practised:
    'Anda telah menerima panggilan latihan. Ada pelanggan lain, dan rekan untuk pengalihan.',
  practiseInDemo:
    'Panggilan latihan berdering di demo. Anda menemukannya di Pengaturan, Ruang kerja.',
  moreCustomers: 'Pelanggan lain',
  demoStarts: 'Demo sedang dimulai',
  connectFirst: 'Hubungkan nomor Anda dulu.',
  connected: 'Anda adalah {{agent}}. Yang berdering di sini: {{numbers, list}}',
  how: 'Bagaimana Anda ingin menghubungkannya?',
  ways: {
    invitation: 'Saya punya undangan',
    file: 'Saya punya berkas profil',
    admin: 'Saya admin: siapkan relay',
  },
  dropHere: 'Letakkan berkas profil di sini',
  chooseFile: 'Pilih berkas…',
  copy: 'Salin',
  copyWhat: 'Salin: {{what}}',
  copied: 'Disalin: {{what}}',
  relayReached: 'Ringdesk tersambung ke relay',
  relayWaits: 'Ringdesk belum tersambung ke relay. Ringdesk terus mencoba',
  numberReady: '{{label}}: aksesnya tersimpan di sini',
  numberWaits: '{{label}}: aksesnya belum ada di sini',
  callNow: 'Ambil ponsel dan telepon {{numbers, list}} di WhatsApp.',
  callNowNote:
    'Halaman ini menunggu dering. WhatsApp di komputer tidak bisa menelepon bisnis. Jika tidak terjadi apa-apa, lihat pemeriksaan di atas.',
  rang: '{{label}} berdering di sini, dalam {{seconds}} dtk sejak pelanggan menelepon. Anda siap.',
};

export const invitation = {
  textLabel: 'Tautan atau kode undangan',
  textNote: 'Dari admin Anda. Hanya berlaku sekali',
  relayLabel: 'Alamat relay',
  relayNote: 'Tertulis di samping kode, seperti calls.example.com',
  opened: 'Sebuah undangan dibuka. Pakailah hanya jika dari admin Anda.',
  join: 'Siapkan konsol ini',
  joining: 'Menyiapkan…',
  empty: 'Tempel tautan atau ketik kode dulu',
  dismiss: 'Jangan dipakai',
  joined: 'Anda masuk sebagai {{agent}}',
  waits: 'Sebuah undangan dibuka. Undangan itu menunggu di halaman Mulai',
  replaceTitle: 'Ganti yang sudah disiapkan di sini?',
  replaceText:
    'Komputer ini disiapkan untuk {{agent}}. Nomornya tidak lagi berdering di sini, dan kuncinya dihapus. Riwayat panggilan tetap ada.',
  replaceYes: 'Ganti',
  unfit:
    'Undangan ini tidak cocok dengan versi Ringdesk ini. Perbarui Ringdesk, atau tanyakan kepada admin',
  unreachable:
    'Tidak ada jawaban dari {{host}}. Periksa alamatnya, dan apakah relay berjalan. ({{why}})',
  noRelay: 'Tidak ada relay di {{host}}, atau ada sesuatu di depannya (status {{status}})',
  oldRelay: 'Relay ini tidak mengenal undangan. Minta admin memperbaruinya',
  problems: {
    'not-an-invitation': 'Ini bukan tautan undangan',
    'no-relay': 'Alamat relay tidak ada atau bukan alamat. Bentuknya seperti calls.example.com',
    'bad-code':
      'Kode terdiri dari 12 huruf dan angka, seperti K7QF-3MRA-9TWX. Periksa satu per satu',
    insecure: 'Alamat ini tidak terenkripsi. Minta kepada admin alamat yang diawali wss://',
  },
};

export const setUp = {
  intro:
    'Anda mendapat folder untuk server Anda, dengan konfigurasi relay, dan undangan untuk setiap agen. Tambahkan semua nomor Anda di sini, atau di relay.json nanti.',
  fields: {
    relay: 'Alamat server Anda',
    provider: 'Penyedia nomor',
    label: 'Nama nomor',
    number: 'Nomor telepon',
    phoneNumberId: 'ID nomor telepon',
    wabaId: 'ID Akun WhatsApp Business',
    appSecret: 'Rahasia aplikasi',
    accessToken: 'Token akses',
    apiKey: 'Kunci API',
    zernioAccountId: 'ID akun di Zernio',
    mediaAddress: 'Alamat IP publik server Anda',
    apiBase: 'Alamat API penyedia',
    admin: 'Nama Anda',
    agents: 'Agen lain, satu per baris',
  },
  notes: {
    relay:
      'Nama yang menuju server Anda, seperti calls.example.com. Untuk mencoba di komputer ini: http://127.0.0.1:8787',
    number: 'Dengan + dan kode negara',
    phoneNumberId: 'Di App Dashboard Meta, pada WhatsApp, API Setup',
    wabaId: 'Di samping ID nomor telepon',
    appSecret: 'Di App Dashboard Meta, pada App settings, Basic',
    accessToken:
      'Dari pengguna sistem, dengan whatsapp_business_messaging dan whatsapp_business_management',
    apiBase: 'Kosongkan untuk alamat penyedia sendiri',
  },
  problems: {
    missing: 'Isi kolom ini',
    address: 'Ini bukan alamat. Bentuknya seperti calls.example.com',
    insecure: 'Alamat ini tidak terenkripsi. Alamat harus diawali https://',
    number: 'Tulis + dan kode negara, seperti +551150201234',
    digits: 'Isi dengan angka saja',
    ip: 'Alamat IP bentuknya seperti 203.0.113.7',
    characters: 'Ada spasi atau karakter yang tidak pernah ada dalam kunci. Salin lagi',
    twice: 'Nomor ini diketik dua kali',
    'too-many': 'Paling banyak 100 agen. Undang yang lain dengan “relay invite”',
  },
  numberTitle: 'Nomor {{position}}',
  addNumber: 'Tambah nomor lain',
  removeNumber: 'Hapus nomor ini',
  relayed: 'Panggilan melalui relay',
  relayedNote:
    'Untuk menahan, mengalihkan, dan mendengarkan panggilan. Port UDP 40000 sampai 40999 di server Anda harus terbuka',
  more: 'Pengaturan lain',
  save: 'Simpan ke folder…',
  saving: 'Menyimpan…',
  incomplete: 'Beberapa kolom perlu diperiksa',
  folderTaken: 'Sudah ada relay.json di {{folder}}. Pilih folder lain',
  notWritten: 'Berkas tidak bisa disimpan di {{folder}}: {{why}}. Pilih folder lain',
  savedIn: 'Disimpan di {{folder}}',
  savedNote:
    'Salin folder ini ke server Anda. Isinya rahasia, jadi orang lain tidak boleh membacanya.',
  startRelay: 'Jalankan relay di server Anda:',
  inContainers: 'Di folder ini, dengan Docker',
  withoutContainers: 'Atau di folder Ringdesk, dengan Node',
  atProvider: 'Masukkan ini di penyedia {{label}} ({{provider}}):',
  webhook: 'Alamat webhook',
  verifyToken: 'Token verifikasi',
  webhookSecret: 'Rahasia webhook',
  forwardTo: 'Teruskan panggilan ke',
  subscribe:
    'Di App Dashboard Meta, pada WhatsApp, Configuration. Berlanggananlah kolom calls dan messages.',
  sendInvitations:
    'Kirim undangan kepada setiap agen. Masing-masing berlaku sekali, selama 14 hari:',
  useMine: 'Setelah relay berjalan, siapkan konsol ini dengan undangan Anda sendiri:',
  joinHere: 'Siapkan konsol ini untuk {{name}}',
  again: 'Ubah yang Anda ketik',
  letter:
    'Halo {{name}},\n\nini undangan Anda ke Ringdesk. Berlaku sekali, sampai {{until, date}}. Buka tautan di bawah. Atau buka halaman Mulai di Ringdesk, lalu ketik alamat relay dan kodenya.',
};
