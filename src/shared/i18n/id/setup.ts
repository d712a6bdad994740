export const demo = {
  demoIntro:
    'Pelanggan simulasi dengan suara asli. Mereka bisa menelepon Anda, atau Anda menelepon mereka. Tidak ada yang keluar dari komputer ini.',
  demoInbound: 'Panggilan masuk',
  demoTeam: 'Panggilan untuk Anda dan tim',
  demoOutbound: 'Panggilan keluar',
  callMe: 'Telepon saya',
  callingYou: 'Menelepon Anda…',
  does: {
    talks: 'Berbicara seperti pelanggan asli',
    tone: 'Memutar nada tetap, untuk menguji audio Anda',
    echo: 'Mengulang ucapan Anda',
    'gives-up': 'Mengakhiri setelah beberapa dering',
    waits: 'Berdering sampai waktunya habis',
    'presses-keys': 'Menekan tombol di telepon selama panggilan',
    'two-at-once': 'Pelanggan kedua menelepon segera sesudahnya',
    'for-the-team': 'Tahan, alihkan ke Bea atau Leo, atau bicara dulu dengan Bea. Ia kembali',
    answers: 'Menjawab setelah beberapa dering',
    declines: 'Menolak panggilan Anda',
    'no-answer': 'Tidak pernah menjawab',
    'no-permission': 'Belum mengizinkan panggilan: minta izin dulu',
    'declines-permission': 'Menolak permintaan izin Anda',
    revokes: 'Menjawab, lalu menarik izin setelah panggilan',
  },
};

export const settings = {
  sound: 'Suara',
  remoteSession: 'Anda bekerja dalam sesi jarak jauh ({{name}}).',
  remoteSessions: {
    citrix: 'Citrix',
    horizon: 'Omnissa Horizon',
    windows365: 'Windows 365',
    avd: 'Azure Virtual Desktop',
    rdp: 'Remote Desktop',
  },
  remoteSound:
    'Mikrofon dan pengeras suara yang dipakai adalah milik sesi itu, jadi suara menempuh jalan memutar dan lebih lama sampai. Sambungkan headset Anda ke sesi; jika suara terputus-putus, beri tahu admin.',
  ringer: 'Perangkat dering',
  ringerVolume: 'Volume dering',
  testRing: 'Uji dering',
  whenItRings: 'Saat ada panggilan masuk',
  showRingWindow: 'Tampilkan jendela dering',
  showRingWindowNote: 'Jendela kecil di atas semua yang lain. Tidak mengganggu saat Anda mengetik',
  showNotification: 'Tampilkan notifikasi sistem',
  showNotificationNote: 'Dengan nama pelanggan dan nomor yang dihubungi',
  announceMessages: 'Umumkan pesan dan janji telepon balik',
  announceMessagesNote:
    'Dengan bunyi lembut dan notifikasi sistem, kecuali saat jangan ganggu aktif',
  acceptShortcut: 'Jawab dari aplikasi mana pun',
  declineShortcut: 'Tolak dari aplikasi mana pun',
  pressKeys: 'Tekan tombol…',
  pressToChange: 'Pilih untuk mengubah',
  none: 'Tidak ada',
  noShortcut: 'Belum ada pintasan',
  removeShortcut: 'Hapus pintasan',
  looks: 'Tampilan dan nomor',
  theme: 'Tema',
  themes: {
    system: 'Ikuti sistem',
    light: 'Terang',
    dark: 'Gelap',
  },
  language: 'Bahasa',
  languageOfSystem: 'Ikuti sistem',
  defaultCountry: 'Negara bawaan untuk menelepon',
  workspace: 'Ruang kerja',
  workspaces: {
    none: 'Belum disiapkan',
    demo: 'Ruang kerja demo',
    profile: 'Profil',
  },
  signedInAs: '· masuk sebagai {{name}}',
  ourNumbers: 'Nomor kami',
  tokenMissing: 'Token akses tidak ada. Impor profil lagi',
  secrets: 'Token akses',
  version: 'Ringdesk {{ours}}',
  electronVersion: ' · Electron {{theirs}}',
};

export const vault = {
  vaultTitle: 'Komputer ini tidak punya penyimpanan kunci yang aman',
  vaultText:
    'Ringdesk menyimpan token akses nomor Anda di penyimpanan kunci sistem, tetapi tidak menemukannya ({{backend}}).\n\nSimpan di memori: aman, tetapi setelah setiap mulai ulang Anda memerlukan lagi berkas profil atau undangan baru.\n\nSimpan saja: tidak terlindung. Siapa pun yang bisa membaca berkas Anda bisa membaca token itu.',
  storeAnyway: 'Simpan saja',
  memoryOnly: 'Hanya di memori',
  vaultBackend: '({{backend}})',
  states: {
    ready: 'Dilindungi penyimpanan kunci sistem Anda.',
    'needs-consent': 'Menunggu pilihan Anda.',
    weak: 'Disimpan tanpa perlindungan, sesuai pilihan Anda.',
    'memory-only': 'Hanya di memori. Impor profil lagi setiap kali Ringdesk dimulai.',
  },
};

export const welcome = {
  takeDemo: 'Pakai ruang kerja demo',
  importProfile: 'Impor profil',
  importNote: 'Profil berisi rahasia. Hapus berkasnya setelah diimpor.',
  imported: 'Profil diimpor. Anda masuk sebagai {{agent}}',
};

export const workspaces = {
  demoTitle: 'Pindah ke demo?',
  demoText:
    'Panggilan ke {{numbers, list}} tidak berdering di sini sampai Anda kembali. Tidak ada yang dihapus, dan untuk kembali cukup satu klik.',
  demoTextNoNumbers:
    'Panggilan ke nomor Anda tidak berdering di sini sampai Anda kembali. Tidak ada yang dihapus, dan untuk kembali cukup satu klik.',
  stay: 'Tetap di nomor saya',
  toDemo: 'Pindah ke demo',
  bar: 'Anda sedang di demo. Nomor Anda tidak berdering di sini.',
  plainBar: 'Ini demo: pelanggan dan rekan hanya simulasi.',
  setUp: 'Siapkan nomor Anda',
  backToOwn: 'Kembali ke nomor {{agent}}',
  back: 'Anda sudah kembali. Nomor {{agent}} berdering di sini lagi',
  trayHint: 'Tampilkan lagi petunjuk baki',
  trayHintNote: 'Sekali lagi, saat Anda menutup jendela',
  keysTaken: 'Program lain memakai tombol ini. Pilih yang lain',
};

/** What an organisation sets for its consoles. */
export const policy = {
  locked: 'Ditetapkan oleh organisasi Anda',
  sources: 'Kebijakan organisasi Anda dipakai: {{sources, list}}',
  problem: '{{key}}: {{why}}',
  several_other: '{{count}} kunci',
  differ: {
    relay: 'alamat relay',
    screenPop: 'halaman tentang pelanggan',
  },
  oneOf: 'harus salah satu dari {{known}}',
  flag: 'harus true atau false',
  days: 'harus jumlah hari dari 1 sampai 3650',
  percent: 'harus berupa persentase, di atas 0 dan di bawah 100',
  calls: 'harus berupa jumlah panggilan dari 1 sampai 100000',
  time: 'harus waktu dalam hari, misalnya "18:00"',
  country: 'harus negara dengan dua huruf kapital, misalnya "BR"',
  webAddress: 'harus alamat yang diawali http:// atau https://',
  proxy:
    'harus "system", "none", atau proksi tanpa kata sandi, misalnya "http://proxy.example.com:3128"',
  screenPop: 'harus alamat seperti yang diterima di pengaturan',
  notAGroup: 'harus kelompok pengaturan',
  unknown: 'tidak dikenal versi ini; periksa ejaannya atau hapus',
  cannotRead: 'tidak bisa dibaca ({{why}})',
  writable:
    'semua orang di komputer ini bisa menulisnya, jadi tidak diterapkan (chmod o-w {{path}})',
  notAPlist: 'ini bukan daftar properti (plist)',
} as const;
