export const ownMessages = {
  noProvider: 'akun itu tidak ada',
  untold: 'Penyedia tidak melaporkan apa pun lagi tentang panggilan ini',
  relaySilent: 'Relay tidak menjawab',
  unreadable: 'Bentuk jawabannya tidak seperti yang diharapkan.',
  noNumber: 'Pelanggan ini tidak menampilkan nomor.',
  noAccount: 'Nomor ini tidak punya token akses di komputer ini.',
  interrupted: 'Aplikasi ditutup sebelum ada jawaban.',
  noRecording: 'WhatsApp tidak melaporkan rekaman panggilan ini.',
  relayEnded: 'Relay mengakhiri panggilan',
  cannotSet: '{{provider}} tidak bisa mengatur ini: {{parts}}.',
  fileElsewhere: 'Berkas ada di {{host}}.',
  noNumberThere: 'Zernio tidak menyebut nomor untuk akun ini.',
  nothingToPrepare: 'Panggilan nomor ini tidak perlu disiapkan sebelumnya.',
  noPermissionNeeded: 'Nomor ini menelepon tanpa meminta izin.',
  onlyInWindow: 'Izin hanya bisa diminta selama jendela layanan pelanggan terbuka.',
  answeredElsewhere: 'Panggilan nomor ini dijawab dan diakhiri di tujuan penerusannya.',
};

export const providerErrors = {
  refused: 'Penyedia menolak ini',
  nextTransient: 'Coba lagi dalam satu menit. Jika gagal lagi, beri tahu admin kodenya',
  nextUnknown: 'Jika terjadi lagi, beri tahu admin kodenya',
  meta: {
    1: {
      what: 'WhatsApp sedang bermasalah.',
      next: 'Coba lagi dalam satu menit.',
    },
    2: {
      what: 'WhatsApp sedang bermasalah.',
      next: 'Coba lagi dalam satu menit.',
    },
    4: {
      what: 'Terlalu banyak permintaan ke WhatsApp.',
      next: 'Tunggu semenit, lalu coba lagi.',
    },
    10: {
      what: 'Token akses nomor ini tidak mengizinkannya.',
      next: 'Minta admin memeriksa izinnya.',
    },
    33: {
      what: 'WhatsApp tidak mengenal nomor ini lagi.',
      next: 'Minta admin memeriksa akun.',
    },
    100: {
      what: 'WhatsApp tidak menerima permintaan.',
      next: 'Coba lagi. Jika gagal lagi, beri tahu admin detail di bawah.',
    },
    190: {
      what: 'Token akses nomor ini kedaluwarsa.',
      next: 'Minta profil dengan token baru kepada admin.',
    },
    368: {
      what: 'WhatsApp memblokir akun ini untuk sementara karena kebijakannya.',
      next: 'Minta admin membaca pemberitahuan di WhatsApp Manager.',
    },
    613: {
      what: 'Izin diperiksa terlalu sering.',
      next: 'Tunggu semenit, lalu segarkan.',
    },
    80007: {
      what: 'Terlalu banyak permintaan ke WhatsApp.',
      next: 'Tunggu semenit, lalu coba lagi.',
    },
    130429: {
      what: 'Terlalu banyak permintaan ke WhatsApp.',
      next: 'Tunggu semenit, lalu coba lagi.',
    },
    130472: {
      what: 'WhatsApp tidak mengirimkan pesan ini: pelanggan ikut dalam uji coba Meta.',
      next: 'Tunggu sampai pelanggan menulis.',
    },
    130497: {
      what: 'Akun ini tidak bisa mengirim pesan ke pelanggan di negara ini.',
      next: 'Minta admin memeriksa pembatasan di WhatsApp Manager.',
    },
    131000: {
      what: 'WhatsApp bermasalah dan tidak memberi alasan.',
      next: 'Coba lagi dalam satu menit. Jika gagal lagi, beri tahu admin kodenya.',
    },
    131005: {
      what: 'Token akses nomor ini tidak mengizinkannya.',
      next: 'Minta admin memeriksa izinnya.',
    },
    131008: {
      what: 'WhatsApp tidak menerima permintaan: ada yang kurang.',
      next: 'Coba lagi. Jika gagal lagi, beri tahu admin detail di bawah.',
    },
    131009: {
      what: 'Tombol panggilan tidak bisa dikirim dari nomor ini atau ke negara ini.',
      next: 'Kirim pesan biasa saja.',
    },
    131016: {
      what: 'WhatsApp sedang bermasalah.',
      next: 'Coba lagi dalam satu menit.',
    },
    131021: {
      what: 'Anda tidak bisa mengirim pesan ke nomor sendiri.',
      next: 'Pilih pelanggan lain.',
    },
    131026: {
      what: 'WhatsApp tidak bisa mengirimkannya ke pelanggan.',
      next: 'Mungkin ia tidak punya WhatsApp, atau versinya lama. Coba lagi nanti.',
    },
    131030: {
      what: 'Ini nomor uji, dan pelanggan tidak ada di daftarnya.',
      next: 'Minta admin menambahkan pelanggan ke penerima yang diizinkan di App Dashboard Meta.',
    },
    131031: {
      what: 'WhatsApp mengunci akun bisnis ini.',
      next: 'Minta admin membaca pemberitahuan di WhatsApp Manager.',
    },
    131037: {
      what: 'Nama tampilan nomor ini belum disetujui.',
      next: 'Minta admin memeriksanya di WhatsApp Manager.',
    },
    131042: {
      what: 'Akun WhatsApp punya masalah pembayaran.',
      next: 'Minta admin memeriksa metode pembayaran di Business Manager Meta.',
    },
    131044: {
      what: 'Akun WhatsApp tidak punya metode pembayaran yang valid.',
      next: 'Minta admin menambahkannya di Business Manager Meta.',
    },
    131045: {
      what: 'Pendaftaran nomor ini belum lengkap.',
      next: 'Minta admin mendaftarkannya lagi.',
    },
    131047: {
      what: 'Jendela layanan pelanggan tertutup: tidak ada pesan atau panggilan dalam 24 jam.',
      next: 'Kirim template, atau tunggu sampai pelanggan menulis.',
    },
    131048: {
      what: 'WhatsApp membatasi pesan dari nomor ini: ada pelanggan yang memblokir atau melaporkannya.',
      next: 'Minta admin memeriksa peringkat kualitas di WhatsApp Manager.',
    },
    131049: {
      what: 'WhatsApp tidak mengirimkan pesan ini: pelanggan menerima terlalu banyak pesan dari bisnis.',
      next: 'Tunggu sehari, atau tunggu sampai pelanggan menulis.',
    },
    131050: {
      what: 'Pelanggan menghentikan pesan pemasaran dari Anda.',
      next: 'Jangan kirim lagi. Tunggu sampai pelanggan menulis.',
    },
    131051: {
      what: 'WhatsApp tidak mendukung jenis pesan ini.',
      next: 'Kirim pesan biasa saja.',
    },
    131052: {
      what: 'WhatsApp tidak bisa memuat berkas pelanggan.',
      next: 'Minta pelanggan mengirimnya lagi.',
    },
    131053: {
      what: 'WhatsApp tidak bisa memuat berkas yang Anda kirim.',
      next: 'Periksa berkasnya, lalu coba lagi.',
    },
    131055: {
      what: 'Nomor ini memakai SIP, jadi Ringdesk tidak bisa menangani panggilannya.',
      next: 'Minta admin mematikan SIP untuk nomor ini.',
    },
    131056: {
      what: 'Terlalu banyak pesan ke pelanggan ini dalam waktu singkat.',
      next: 'Tunggu semenit, lalu coba lagi.',
    },
    131057: {
      what: 'WhatsApp sedang melakukan pemeliharaan pada akun ini.',
      next: 'Coba lagi dalam beberapa menit.',
    },
    132000: {
      what: 'Jumlah nilai tidak cocok dengan template.',
      next: 'Pilih template lain, atau minta admin memperbaikinya.',
    },
    132001: {
      what: 'Template ini tidak ada atau tidak disetujui dalam bahasa ini.',
      next: 'Pilih template lain, atau minta admin memperbaikinya.',
    },
    132005: {
      what: 'Template terlalu panjang dengan nilai ini.',
      next: 'Pilih template lain, atau minta admin memperbaikinya.',
    },
    132007: {
      what: 'Template melanggar aturan WhatsApp.',
      next: 'Pilih template lain, atau minta admin memperbaikinya.',
    },
    132012: {
      what: 'Ada nilai yang bentuknya tidak sesuai template.',
      next: 'Pilih template lain, atau minta admin memperbaikinya.',
    },
    132015: {
      what: 'WhatsApp menjeda template ini karena kualitasnya.',
      next: 'Pilih template lain, atau minta admin memperbaikinya.',
    },
    132016: {
      what: 'WhatsApp mematikan template ini karena kualitasnya.',
      next: 'Pilih template lain, atau minta admin memperbaikinya.',
    },
    133010: {
      what: 'Nomor ini tidak terdaftar di WhatsApp.',
      next: 'Minta admin mendaftarkannya.',
    },
    135000: {
      what: 'WhatsApp tidak menerima pesan dan tidak memberi alasan.',
      next: 'Coba lagi. Jika gagal lagi, beri tahu admin kodenya.',
    },
    138000: {
      what: 'Panggilan dimatikan untuk nomor ini.',
      next: 'Minta admin mengaktifkannya.',
    },
    138001: {
      what: 'Pelanggan ini tidak bisa ditelepon di WhatsApp.',
      next: 'Periksa nomornya, atau kirim pesan: WhatsApp-nya mungkin versi lama atau tidak ada.',
    },
    138002: {
      what: 'Nomor ini punya terlalu banyak panggilan bersamaan.',
      next: 'Coba lagi setelah satu panggilan berakhir.',
    },
    138003: {
      what: 'Pelanggan ini sudah dalam panggilan dengan Anda atau rekan.',
      next: 'Tunggu sampai panggilan itu berakhir.',
    },
    138004: {
      what: 'WhatsApp tidak bisa menyambungkan panggilan.',
      next: 'Coba lagi. Jika terus gagal, beri tahu admin: jaringan mungkin memblokir panggilan.',
    },
    138005: {
      what: 'Nomor ini sudah terlalu banyak menelepon hari ini.',
      next: 'Tunggu, atau telepon dari nomor lain.',
    },
    138006: {
      what: 'Pelanggan belum mengizinkan panggilan dari nomor ini.',
      next: 'Minta izin dulu.',
    },
    138007: {
      what: 'Panggilan terlalu lama tersambung.',
      next: 'Coba lagi. Jika terus gagal, beri tahu admin: jaringan mungkin memblokir panggilan.',
    },
    138008: {
      what: 'Pihak lain tidak menerima deskripsi media kami.',
      next: 'Telepon balik. Jika terus terjadi, beri tahu admin: nomor ini mungkin memakai kunci SDES.',
    },
    138009: {
      what: 'Anda boleh meminta izin sekali sehari dan dua kali seminggu. Batas itu sudah tercapai.',
      next: 'Kirim pesan, atau tunggu sampai pelanggan menelepon.',
    },
    138012: {
      what: 'Anda mencapai batas harian panggilan ke pelanggan ini.',
      next: 'Kirim pesan, atau tunggu sampai waktu pada detail di bawah.',
    },
    138013: {
      what: 'Nomor dari negara ini tidak bisa menelepon pelanggan di WhatsApp.',
      next: 'Kirim tombol panggilan agar pelanggan bisa menelepon Anda.',
    },
    138014: {
      what: 'WhatsApp menjeda panggilan dari nomor ini: pelanggan mengeluh atau tidak menjawab.',
      next: 'Untuk sementara kirim pesan. Admin bisa melihat di WhatsApp Manager sampai kapan.',
    },
    138015: {
      what: 'Panggilan tidak bisa diaktifkan: batas pesan di bawah 2.000 pelanggan per hari.',
      next: 'Minta admin menaikkan batas pesan dulu.',
    },
    138017: {
      what: 'Pelanggan sudah mengizinkan panggilan selamanya.',
      next: 'Anda boleh menelepon sekarang.',
    },
    138018: {
      what: 'Panggilan tidak bisa diaktifkan: tidak ada yang menerimanya.',
      next: 'Minta admin membuat relay berlangganan kolom “calls”.',
    },
    138019: {
      what: 'WhatsApp pelanggan tidak bisa menyiapkan panggilan.',
      next: 'Coba lagi, atau kirim pesan.',
    },
    138020: {
      what: 'Telepon pelanggan tidak bisa tersambung ke panggilan.',
      next: 'Koneksinya mungkin buruk. Coba lagi nanti.',
    },
    138021: {
      what: 'WhatsApp mengakhiri panggilan: lama tidak ada suara dari Anda.',
      next: 'Periksa mikrofon dan jaringan, lalu telepon balik.',
    },
    138022: {
      what: 'WhatsApp mengakhiri panggilan: lama tidak ada suara dari pelanggan.',
      next: 'Telepon balik; koneksinya mungkin terputus.',
    },
    138023: {
      what: 'Panggilan dijawab, tetapi tidak ada suara yang lewat.',
      next: 'Telepon balik. Jika terus terjadi, beri tahu admin: jaringan mungkin memblokir panggilan.',
    },
    138038: {
      what: 'WhatsApp memberikan panggilan nomor ini kepada penjawab lain.',
      next: 'Minta admin memberikan lagi panggilannya ke aplikasi ini, di Conversation Routing.',
    },
    'http-401': {
      what: 'WhatsApp tidak menerima token akses nomor ini.',
      next: 'Minta profil dengan token baru kepada admin.',
    },
    'http-403': {
      what: 'Token akses nomor ini tidak mengizinkannya.',
      next: 'Minta admin memeriksa izinnya.',
    },
    'http-404': {
      what: 'WhatsApp tidak mengenal panggilan atau nomor ini.',
      next: 'Jika ini panggilan, panggilan sudah berakhir. Jika ini nomor, minta admin memeriksa akun.',
    },
    'http-429': {
      what: 'Terlalu banyak permintaan ke WhatsApp.',
      next: 'Tunggu semenit, lalu coba lagi.',
    },
    'no-number': {
      what: 'Pelanggan ini hanya menampilkan nama pengguna, dan nomor ini tidak bisa menelepon nama pengguna.',
      next: 'Tunggu sampai pelanggan menelepon atau menulis.',
    },
    'not-supported': {
      what: 'Nomor ini tidak mendukungnya.',
      next: 'Penyedianya tidak menawarkannya.',
    },
    interrupted: {
      what: 'Ringdesk ditutup sebelum WhatsApp menjawab. Pelanggan mungkin sudah menerima pesan.',
      next: 'Tanyakan kepada pelanggan, atau coba lagi.',
    },
    'no-recording': {
      what: 'Tidak ada rekaman panggilan ini.',
      next: 'Jika panggilan baru saja berakhir, coba lagi dalam satu menit.',
    },
    'foreign-media': {
      what: 'Rekaman tidak dimuat: alamatnya bukan milik WhatsApp.',
      next: 'Beri tahu admin.',
    },
    'no-account': {
      what: 'Komputer ini tidak punya akses lagi ke nomor ini.',
      next: 'Impor profil Anda lagi.',
    },
  },
  d360: {
    138002: {
      what: 'Akun WhatsApp mencapai 1.000 panggilan bersamaan di semua nomornya.',
      next: 'Coba lagi setelah satu panggilan berakhir.',
    },
    138015: {
      what: 'Panggilan tidak bisa diaktifkan: batas pesan terlalu rendah (360dialog meminta 1.000 pelanggan per hari, Meta 2.000).',
      next: 'Minta admin menaikkan batas pesan dulu.',
    },
    'http-401': {
      what: '360dialog tidak menerima kunci nomor ini.',
      next: 'Minta kunci baru dari 360dialog Hub kepada admin.',
    },
    'http-403': {
      what: '360dialog tidak mengizinkannya dengan kunci nomor ini.',
      next: 'Tanyakan kepada admin apakah panggilan diaktifkan untuknya di 360dialog Hub.',
    },
    'http-404': {
      what: '360dialog tidak mengenal panggilan atau nomor ini.',
      next: 'Jika ini panggilan, panggilan sudah berakhir. Jika ini nomor, minta admin memeriksa akun.',
    },
    'http-429': {
      what: 'Terlalu banyak permintaan ke 360dialog.',
      next: 'Tunggu semenit, lalu coba lagi.',
    },
  },
  'pilot-status': {
    'http-401': {
      what: 'Pilot Status tidak menerima kunci nomor ini.',
      next: 'Minta kunci baru untuk nomor ini kepada admin.',
    },
    'http-403': {
      what: 'Kunci itu tidak mengizinkannya.',
      next: 'Minta kunci untuk nomor ini kepada admin.',
    },
    'http-404': {
      what: 'Pilot Status tidak mengenal panggilan ini.',
      next: 'Sudah berakhir, atau milik nomor lain.',
    },
    'http-429': {
      what: 'Terlalu banyak permintaan ke Pilot Status.',
      next: 'Tunggu semenit, lalu coba lagi.',
    },
    FEATURE_NOT_SUPPORTED: {
      what: 'Jenis nomor ini tidak mendukungnya.',
      next: 'Tanyakan kepada admin apakah di sini disiapkan sebagai jenis yang benar: Meta atau web.',
    },
    WHATSAPP_INSTANCE_NOT_CONNECTED: {
      what: 'Nomor ini tidak tersambung ke WhatsApp.',
      next: 'Minta admin menghubungkannya lagi dengan kode QR di Pilot Status.',
    },
    META_CALL_PERMISSION_REQUIRED: {
      what: 'Pelanggan belum mengizinkan panggilan dari nomor ini.',
      next: 'Minta izin dulu.',
    },
    META_CALL_PERMISSION_REQUEST_LIMIT: {
      what: 'Anda mencapai batas permintaan izin ke pelanggan ini.',
      next: 'Kirim pesan, atau tunggu sampai pelanggan menelepon.',
    },
    META_CALLING_PAYMENT_REQUIRED: {
      what: 'Akun WhatsApp tidak punya metode pembayaran yang valid.',
      next: 'Minta admin menambahkannya di Business Manager Meta.',
    },
    TENANT_SCOPE_NOT_ALLOWED: {
      what: 'Kunci itu untuk seluruh akun Pilot Status, bukan untuk nomor ini.',
      next: 'Minta kunci untuk nomor ini kepada admin.',
    },
    NUMBER_SCOPE_NOT_ALLOWED: {
      what: 'Kunci itu hanya untuk satu nomor. Ini perlu kunci akun.',
      next: 'Minta kunci akun kepada admin.',
    },
    NUMBER_MISMATCH: {
      what: 'Kunci itu untuk nomor lain.',
      next: 'Minta admin memeriksa kunci nomor ini.',
    },
    NUMBER_REQUIRED: {
      what: 'Pilot Status tidak tahu nomor mana yang dipakai.',
      next: 'Minta kunci untuk nomor ini kepada admin.',
    },
    NUMBER_NOT_FOUND: {
      what: 'Pilot Status tidak mengenal nomor ini.',
      next: 'Minta admin memeriksa kunci nomor ini.',
    },
    WEBHOOK_NOT_FOUND: {
      what: 'Webhook nomor ini tidak ada.',
      next: 'Minta admin menyiapkannya lagi di Pilot Status.',
    },
    SUBSCRIPTION_REQUIRED_FOR_MEDIA: {
      what: 'Langganan Pilot Status tidak mencakup ini.',
      next: 'Minta admin memeriksa langganan.',
    },
    'http-402': {
      what: 'Pilot Status perlu langganan untuk ini.',
      next: 'Minta admin memeriksa langganan.',
    },
    'http-409': {
      what: 'Panggilan berubah, atau nomor tidak tersambung.',
      next: 'Periksa panggilan: rekan mungkin sudah menjawabnya.',
    },
  },
  zernio: {
    'http-401': {
      what: 'Zernio tidak menerima kuncinya.',
      next: 'Minta kunci baru kepada admin.',
    },
    'http-404': {
      what: 'Zernio tidak mengenal nomor ini.',
      next: 'Minta admin memeriksa akun.',
    },
    'http-429': {
      what: 'Terlalu banyak permintaan ke Zernio.',
      next: 'Tunggu semenit, lalu coba lagi.',
    },
    'config-404': {
      what: 'Zernio tidak mengenal nomor ini.',
      next: 'Minta admin memeriksa akun.',
    },
    'enable-400': {
      what: 'Zernio tidak bisa meneruskan panggilan ke tujuan ini.',
      next: 'Pakai nomor telepon, alamat SIP, atau alamat wss lain, bukan nomor itu sendiri.',
    },
    'enable-404': {
      what: 'Zernio tidak mengenal nomor ini.',
      next: 'Minta admin memeriksa akun.',
    },
    'enable-409': {
      what: 'Panggilan tidak bisa diaktifkan: trunk SIP memakai nomor ini.',
      next: 'Minta admin mengeluarkannya dulu dari trunk SIP di Zernio.',
    },
    'enable-422': {
      what: 'Panggilan tidak bisa diaktifkan: paketnya tidak berbasis pemakaian, atau batas pesan di bawah 2.000 pelanggan per hari.',
      next: 'Minta admin memeriksa paket di Zernio dan batas pesan di WhatsApp Manager.',
    },
    'update-400': {
      what: 'Zernio tidak menerima perubahan.',
      next: 'Periksa tujuannya. Tidak boleh nomor itu sendiri.',
    },
    'update-404': {
      what: 'Zernio tidak mengenal nomor ini.',
      next: 'Minta admin memeriksa akun.',
    },
    'permission-404': {
      what: 'Zernio tidak mengenal nomor ini.',
      next: 'Minta admin memeriksa akun.',
    },
    'dial-409': {
      what: 'Pelanggan belum mengizinkan panggilan, atau panggilan ini sudah dalam proses.',
      next: 'Periksa izin, dan mintalah jika belum ada.',
    },
    'dial-busy': {
      what: 'Panggilan ini sudah dalam proses.',
      next: 'Tunggu sampai muncul.',
    },
    'forward-to': {
      what: 'Panggilan tidak bisa diteruskan ke tujuan ini.',
      next: 'Lihat cara menulisnya pada detail di bawah.',
    },
    'request-409': {
      what: 'Zernio tidak bisa meminta izin kepada pelanggan ini sekarang.',
      next: 'Anda boleh meminta izin sekali sehari dan dua kali seminggu.',
    },
    'request-422': {
      what: 'Zernio tidak bisa meminta izin kepada pelanggan ini.',
      next: 'Tunggu sampai pelanggan menulis. Anda boleh meminta dalam 24 jam sesudahnya.',
    },
    'dial-422': {
      what: 'Zernio tidak bisa melakukan panggilan ini: panggilan dimatikan, negara nomor tidak mengizinkannya, atau kredensial SIP tidak ada.',
      next: 'Minta admin memeriksa pengaturan panggilan nomor.',
    },
    'dial-502': {
      what: 'Operator Zernio tidak bisa melakukan panggilan.',
      next: 'Coba lagi dalam satu menit.',
    },
    'recording-404': {
      what: 'Tidak ada rekaman panggilan ini.',
      next: 'Jika panggilan baru saja berakhir, coba lagi dalam satu menit.',
    },
    'recording-502': {
      what: 'Rekaman tidak bisa dimuat.',
      next: 'Coba lagi dalam satu menit.',
    },
    'read-404': {
      what: 'Zernio tidak mengenal panggilan ini.',
      next: 'Pastikan panggilan itu milik nomor ini.',
    },
    invalid_resource_state: {
      what: 'Ini tidak bisa dilakukan dengan nomor itu sekarang.',
      next: 'Tanyakan kepada admin apakah trunk SIP memakai nomor itu.',
    },
    FEATURE_NOT_AVAILABLE: {
      what: 'Paket Zernio tidak mencakup ini.',
      next: 'Minta admin memeriksa paket.',
    },
    invalid_request_error: {
      what: 'Zernio tidak menerima permintaan.',
      next: 'Coba lagi. Jika gagal lagi, beri tahu admin detail di bawah.',
    },
    authentication_error: {
      what: 'Zernio tidak menerima kuncinya.',
      next: 'Minta kunci baru kepada admin.',
    },
    permission_error: {
      what: 'Kunci itu tidak mengizinkannya.',
      next: 'Minta kunci yang mengizinkan panggilan kepada admin.',
    },
    not_found: {
      what: 'Zernio tidak mengenal nomor ini.',
      next: 'Minta admin memeriksa akun.',
    },
    rate_limit_error: {
      what: 'Terlalu banyak permintaan ke Zernio.',
      next: 'Tunggu semenit, lalu coba lagi.',
    },
    platform_error: {
      what: 'WhatsApp menolak ini.',
      next: 'Lihat alasannya pada detail di bawah.',
    },
    api_error: {
      what: 'Zernio bermasalah.',
      next: 'Coba lagi dalam satu menit.',
    },
  },
  noAnswer: {
    network: {
      what: '{{provider}} tidak bisa dijangkau dari komputer ini.',
      next: 'Periksa jaringan, lalu coba lagi.',
    },
    'proxy-unreachable': {
      what: '{{provider}} tidak bisa dijangkau: proksi jaringan Anda tidak menjawab.',
      next: 'Periksa jaringan, atau tanyakan kepada adminnya. Lalu coba lagi.',
    },
    'proxy-password': {
      what: '{{provider}} tidak bisa dijangkau: proksi jaringan Anda meminta kata sandi.',
      next: 'Masukkan di tempat koneksi ditampilkan, lalu coba lagi.',
    },
    'proxy-sign-in': {
      what: '{{provider}} tidak bisa dijangkau: proksi jaringan Anda meminta cara masuk yang tidak didukung Ringdesk.',
      next: 'Minta nama dan kata sandi (Basic) kepada admin jaringan.',
    },
    'proxy-refused': {
      what: '{{provider}} tidak bisa dijangkau: proksi jaringan Anda tidak meloloskan Ringdesk.',
      next: 'Minta admin jaringan mengizinkan alamatnya.',
    },
    'certificate-untrusted': {
      what: '{{provider}} tidak bisa dijangkau: sertifikat yang ditunjukkan tidak tepercaya di sini.',
      next: 'Minta admin jaringan memasang otoritasnya di komputer ini.',
    },
    'certificate-early': {
      what: '{{provider}} tidak bisa dijangkau: sertifikatnya belum berlaku.',
      next: 'Setel jam komputer ini, lalu coba lagi.',
    },
    timeout: {
      what: '{{provider}} tidak menjawab tepat waktu.',
      next: 'Coba lagi. Jika panggilan ternyata tersambung, Ringdesk mengakhirinya.',
    },
    unreadable: {
      what: 'Ringdesk tidak memahami jawaban {{provider}}.',
      next: 'Coba lagi. Jika gagal lagi, beri tahu admin: Ringdesk mungkin perlu diperbarui.',
    },
    'too-large': {
      what: 'Jawaban {{provider}} terlalu besar untuk dibaca.',
      next: 'Coba lagi. Jika gagal lagi, beri tahu admin: mungkin pihak lain yang menjawab.',
    },
  },
  general: {
    broken: {
      what: 'Penyedia bermasalah.',
      next: 'Coba lagi dalam satu menit.',
    },
  },
  own: {
    relay: {
      what: 'Relay tidak menjawab.',
      next: 'Coba lagi saat Anda tersambung.',
    },
    untold: {
      what: 'Penyedia tidak mengirim kabar lagi tentang panggilan ini.',
      next: 'Pastikan kepada pelanggan, atau telepon lagi.',
    },
    failed: {
      what: 'Panggilan gagal, dan penyedia tidak memberi alasan.',
      next: 'Coba lagi. Jika gagal lagi, beri tahu admin.',
    },
    unexpected: {
      what: 'Ada yang gagal di dalam Ringdesk.',
      next: 'Coba lagi. Jika gagal lagi, beri tahu admin: detailnya ada di log.',
    },
  },
};
