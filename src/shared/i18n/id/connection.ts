export const connection = {
  connection: 'Koneksi',
  reconnectingIn: 'Menyambung ulang dalam {{seconds}} dtk',
  reconnectingNow: 'Menyambung ulang sekarang',
  connectedSince: 'Tersambung sejak',
  lastProof: 'Terakhir diperiksa',
  ago: '{{length}} lalu',
  cannotRing: 'Panggilan tidak akan sampai ke Anda sebelum Anda tersambung.',
  lostFor: 'Luring selama',
  tries: 'Percobaan',
  why: 'Alasan',
  connectingToRelay: 'Menyambung ke relay. Panggilan belum sampai ke Anda.',
  offlineSince:
    'Tidak ada jaringan sejak {{when}}. Panggilan tidak sampai ke Anda. Periksa kabel atau Wi-Fi.',
  relayRefused:
    'Relay menolak akses Anda. Mencoba lagi tidak membantu: minta profil baru kepada admin. Pesan relay:',
  noRelay:
    'Relay belum disiapkan, jadi panggilan tidak sampai ke Anda. Impor profil atau coba demo.',
  whileAway: '{{calls}} masuk saat Anda luring',
  showHistory: 'Tampilkan di Semua panggilan',
  openSettings: 'Buka Pengaturan',
  losses: {
    dropped: 'Koneksi terputus.',
    silent: 'Relay berhenti menjawab.',
    timeout: 'Relay tidak menjawab tepat waktu.',
    'host-unknown': 'Alamat relay tidak ditemukan. Periksa jaringan, atau tanyakan kepada admin.',
    'no-route': 'Jaringan komputer ini tidak sampai ke relay. Periksa kabel, Wi-Fi, atau VPN Anda.',
    unreachable: 'Relay tidak bisa dijangkau. Periksa jaringan, atau tanyakan kepada admin.',
    http: 'Yang menjawab bukan relay (HTTP {{about}}): proksi, firewall, atau halaman masuk. Tanyakan kepada admin jaringan Anda.',
    'certificate-untrusted':
      'Sertifikat tidak tepercaya: diterbitkan oleh {{about}}. Minta admin jaringan memasang otoritasnya di komputer ini.',
    'certificate-expired': 'Sertifikat relay sudah kedaluwarsa. Beri tahu admin.',
    'certificate-early': 'Sertifikat relay belum berlaku: jam komputer ini mungkin salah.',
    'certificate-name':
      'Sertifikat itu bukan untuk {{about}}: yang menjawab di alamat itu pihak lain. Beri tahu admin.',
    'not-tls': 'Server di sana tidak memakai TLS. Periksa alamat relay bersama admin.',
    'proxy-unreachable':
      'Proksi {{about}} tidak bisa dijangkau. Periksa jaringan, atau tanyakan kepada adminnya.',
    'proxy-password': 'Proksi {{about}} meminta kata sandi.',
    'proxy-sign-in':
      'Proksi {{about}} meminta cara masuk yang tidak didukung Ringdesk. Minta nama dan kata sandi (Basic, Digest, NTLM) kepada adminnya.',
    'proxy-refused':
      'Proksi {{about}} tidak meloloskan Ringdesk. Minta adminnya mengizinkan alamat relay.',
    insecure:
      '{{about}} tidak terenkripsi. Minta profil dengan alamat wss:// dan https:// kepada admin.',
    unreadable: 'Jawaban itu bukan dari relay versi ini. Tanyakan kepada admin.',
    'not-stored': 'Kiriman relay tidak bisa disimpan di komputer ini.',
    'shutting-down': 'Relay sedang dimulai ulang.',
    renewed: 'Menyambung lagi.',
  },
  states: {
    connecting: 'Menyambungkan',
    connected: 'Tersambung',
    reconnecting: 'Menyambung ulang',
    offline: 'Luring',
    refused: 'Akses ditolak',
    unconfigured: 'Belum disiapkan',
  },
};

export const reach = {
  cannotReach: 'Panggilan tidak sampai ke Anda sejak {{time}}.',
  retryIn: 'Mencoba lagi dalam {{seconds}} dtk',
  retrying: 'Mencoba lagi sekarang',
  tryNow: 'Coba sekarang',
  why: 'Mengapa',
  offline: 'Komputer ini tidak punya jaringan.',
  rejected: 'Akses Anda ditolak.',
  rejectedNext: 'Minta profil baru kepada admin, lalu impor.',
  oldVersion: 'Versi Ringdesk ini tidak cocok dengan versi relay.',
  oldVersionNext: 'Perbarui Ringdesk, atau beri tahu admin.',
  elsewhere: 'Anda masuk di komputer lain.',
  elsewhereNext: 'Panggilan berdering di sana.',
  takeOver: 'Pakai yang ini',
  noSignIn: 'Panggilan tidak sampai ke Anda: komputer ini tidak punya akses ke relay.',
  noSignInNext: 'Impor profil Anda lagi, atau minta undangan baru kepada admin.',
  importProfile: 'Impor profil',
  relaySays: 'Pesan relay: {{message}}',
  enterPassword: 'Masukkan kata sandi',
  portal:
    'Jaringan ini meminta Anda masuk di sebuah halaman dulu. Setelah itu Ringdesk tersambung sendiri.',
  openPortal: 'Buka halaman masuk',
  proxyTitle: 'Kata sandi proksi',
  proxyText:
    'Proksi {{proxy}} menanyakan siapa Anda. Tanyakan kepada admin jaringan jika Anda tidak tahu.',
  proxyWrong: 'Proksi {{proxy}} tidak menerima nama dan kata sandi ini.',
  proxyUser: 'Nama pengguna',
  proxyPassword: 'Kata sandi',
  signIn: 'Masuk',
  causes: {
    silent: 'Konsol tidak menjawab relay.',
    window: 'Jendela yang berdering tidak menjawab.',
    ringer: 'Dering tidak bisa diputar.',
    microphone: 'Komputer ini tidak memiliki mikrofon yang boleh dipakai Ringdesk.',
    connection: 'Relay tidak bisa dijangkau.',
  },
  notReachable: 'Tidak terjangkau',
};
