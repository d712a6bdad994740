export const address = {
  notAnAddress: 'bukan alamat; seharusnya seperti {{wanted}}example.com',
  holdsPassword: 'tidak boleh memuat nama atau kata sandi, yang akan masuk ke log',
  wrongScheme: 'harus diawali {{wanted}}',
  inClear:
    'akan mengirim token tanpa enkripsi lewat jaringan; pakai {{wanted}} ({{clear}} hanya diterima untuk komputer ini)',
};

export const errors = {
  'bad-request': {
    what: 'Ada yang gagal di dalam Ringdesk',
    next: 'Coba lagi. Jika gagal lagi, beri tahu admin',
  },
  'unknown-sender': {
    what: 'Ada yang gagal di dalam Ringdesk: sebuah jendela meminta lebih dari haknya',
    next: 'Keluar dari Ringdesk lalu buka lagi',
  },
  internal: {
    what: 'Ada yang gagal di dalam Ringdesk',
    next: 'Coba lagi. Jika gagal lagi, beri tahu admin: detailnya ada di log',
  },
  'no-such-call': {
    what: 'Panggilan ini sudah berakhir',
  },
  'same-person': {
    what: 'Keduanya sudah menjadi satu orang',
  },
  'not-merged': {
    what: 'Keduanya tidak digabungkan lagi',
  },
  'do-not-call': {
    what: 'Orang ini ditandai “Jangan telepon”',
    next: 'Buka kontak untuk melihat sebabnya dan mengizinkan panggilan lagi',
  },
  'pick-up-held': {
    what: 'Panggilan keluar dari nomor ini diblokir',
    next: 'Jawab panggilan yang masuk. Wawasan menunjukkan kapan ini berakhir',
  },
  busy: {
    what: 'Anda sedang dalam panggilan lain',
    next: 'Akhiri dulu',
  },
  'customer-in-call': {
    what: 'Pelanggan ini sedang dalam panggilan',
    next: 'Hapus setelah panggilan berakhir',
  },
  'too-late': {
    what: 'Terlambat: panggilan sudah berubah',
    next: 'Periksa panggilan, lalu coba lagi',
  },
  'no-such-account': {
    what: 'Nomor ini belum disiapkan di komputer ini',
    next: 'Impor profil yang memuatnya',
  },
  'no-profile': {
    what: 'Belum ada nomor yang disiapkan',
    next: 'Impor profil atau coba demo',
  },
  'bad-number': {
    what: 'Nomor ini tidak bisa ditelepon',
    next: 'Periksa angkanya',
  },
  'direct-route': {
    what: 'Panggilan di nomor ini tidak bisa ditahan atau dialihkan',
    next: 'Minta admin menyalurkan panggilan lewat relay',
  },
  'relay-refused': {
    what: 'Relay menolak ini',
    next: 'Coba lagi',
  },
  'todo-refused': {
    what: 'Ini tidak bisa dilakukan lagi',
    next: 'Lihat lagi daftarnya',
  },
  provider: {
    what: 'WhatsApp menolak ini',
    next: 'Coba lagi',
  },
  offline: {
    what: 'Anda luring',
    next: 'Coba lagi saat Anda tersambung',
  },
  'profile-invalid': {
    what: 'Berkas ini bukan profil yang valid',
    next: 'Minta yang baru kepada admin',
  },
  organisation: {
    what: 'Organisasi Anda telah menetapkan ini',
    next: 'Tanyakan kepada admin',
  },
  'vault-unavailable': {
    what: 'Penyimpanan kunci sistem terkunci atau tidak terjangkau',
    next: 'Buka kuncinya, lalu coba lagi',
  },
  'vault-needs-consent': {
    what: 'Pilih dulu cara menyimpan token akses',
  },
  'export-failed': {
    what: 'Berkas tidak bisa disimpan',
    next: 'Pilih folder lain',
  },
  'not-offered': {
    what: 'Nomor ini tidak mendukungnya',
  },
  'log-unavailable': {
    what: 'Riwayat panggilan belum bisa dipakai saat ini',
    next: 'Pemberitahuan di atas menjelaskan sebabnya',
  },
  'bad-file': {
    what: 'Berkas ini tidak bisa dipakai',
    next: 'Perbaiki lalu impor lagi',
  },
  invitation: {
    what: 'Undangan ini tidak bisa dipakai',
    next: 'Minta yang baru kepada admin',
  },
  'set-up': {
    what: 'Berkas tidak bisa disimpan',
  },
  cancelled: {
    what: 'Dibatalkan',
  },
};

export const files = {
  invalid: '{{name}} tidak bisa dipakai.',
  unreadable: '{{name}} tidak bisa dibaca.',
  tooLarge: '{{name}} terlalu besar',
  notText: {
    'utf-32': '{{name}} disimpan dalam UTF-32. Simpan dalam UTF-8',
    binary: '{{name}} bukan berkas teks',
    'not-utf-8': '{{name}} tidak disimpan dalam UTF-8, atau rusak. Simpan dalam UTF-8',
    'damaged-utf-16': '{{name}} disimpan dalam UTF-16 dan rusak. Simpan dalam UTF-8',
  },
};

export const notOffered = {
  recording: 'Panggilan ini tidak punya rekaman',
  analytics: 'Penyedia nomor ini tidak menampilkan biaya total',
  estimate: 'Penyedia nomor ini tidak menampilkan perkiraan',
  settings: 'Nomor ini tidak punya pengaturan untuk diubah di sini',
  announcement: 'Penyedia nomor ini tidak menerima sapaan',
  messages: 'Pesan nomor ini tidak bisa dikirim dari sini',
  now: 'Nomor ini tidak bisa dipakai sekarang. Coba lagi dalam satu menit',
  number: 'Nomor ini belum disiapkan di komputer ini',
  notARecording: 'Kiriman penyedia bukan rekaman',
  notATranscript: 'Kiriman penyedia bukan transkrip',
  noAnswer: 'Berkas tidak bisa dimuat: tidak ada jawaban tepat waktu. Coba lagi',
  status: 'Berkas tidak bisa dimuat (HTTP {{status}}). Coba lagi dalam satu menit',
  broken: 'Berkas tidak bisa dimuat: koneksi terputus. Coba lagi',
  tooLarge: 'Berkas terlalu besar untuk dibuka di sini',
};

export const profile = {
  empty: 'tidak boleh kosong',
  quoted: '“{{text}}” {{problem}}',
  number: '“{{text}}” bukan nomor telepon lengkap. Tulis + dan kode negara, mis. +5511987654321',
  usedTwice: '“{{id}}” dipakai dua kali. Setiap nomor perlu ID sendiri',
  phoneNumberId: 'harus berupa angka yang ditampilkan Meta sebagai “Phone number ID”',
  wabaId: 'harus berupa angka yang ditampilkan Meta sebagai “WhatsApp Business Account ID”',
  apiVersion: 'harus seperti v26.0',
  recordingPurpose: 'harus menyebut untuk apa panggilan direkam',
  recordingPurposeLong: 'paling banyak 250 karakter',
  recordingLanguage: 'harus berupa bahasa pemberitahuan lisan, mis. pt atau en_US',
  sampleRateLow: 'harus berupa sampel per detik, mulai 8000',
  sampleRateHigh: 'harus berupa sampel per detik, sampai 48000',
  frameShort: 'harus berupa milidetik, mulai 10',
  frameLong: 'harus berupa milidetik, sampai 100',
  softphone: 'harus "relay", atau dihilangkan bila panggilan dijawab di tempat lain',
  relayAddress: 'harus berupa alamat berawalan wss:// tempat relay menerima panggilan Zernio',
  relayAddressAlone: 'hanya berlaku bersama "softphone": "relay"',
  providerMissing: 'tidak ada; pakai {{known}}',
  providerUnknown: 'bukan penyedia yang dikenal versi ini; pakai {{known}}',
  version: 'bukan versi yang dikenal Ringdesk ini; yang dibaca versi 1',
  noNumbers: 'harus memuat sedikitnya satu nomor',
  notJson: 'berkas bukan JSON ({{why}})',
  twice: '“{{key}}” ada dua kali; lihat baris {{line}} dan hapus salah satu',
  unknownKeys: '{{keys}} tidak semestinya ada di sini; periksa ejaannya atau hapus',
  missing: 'tidak ada',
  wrongType: 'harus bertipe {{type}}',
  badCharacter:
    'di posisi {{position}} ada karakter ({{character}}) yang tidak boleh ada pada kunci; salin lagi, tanpa tanda kutip dan ganti baris',
};

export const refusals = {
  'bad-request': 'Permintaan tidak valid.',
  'unknown-sender': 'Jendela ini tidak boleh memintanya.',
  internal: 'Ada yang gagal di dalam Ringdesk.',
  'no-such-call': 'Panggilan itu tidak ada.',
  'same-person': 'Keduanya sudah menjadi satu orang.',
  'not-merged': 'Keduanya tidak digabungkan lagi.',
  'do-not-call': 'Orang ini ditandai “Jangan telepon”.',
  'pick-up-held': 'Panggilan keluar dari nomor ini diblokir.',
  busy: 'Panggilan lain sedang berlangsung.',
  'customer-in-call': 'Pelanggan sedang dalam panggilan.',
  'too-late': 'Panggilan sudah berubah.',
  'no-such-account': 'Nomor ini tidak bisa dipakai sekarang.',
  'no-profile': 'Belum ada nomor yang disiapkan.',
  'bad-number': 'Ini bukan nomor yang bisa ditelepon.',
  'direct-route': 'Panggilan ini tersambung ke jendela ini dan tidak bisa dipindahkan.',
  'relay-refused': 'Relay menolak ini.',
  'todo-refused': 'Ini tidak bisa dilakukan lagi.',
  provider: 'Penyedia menolak ini.',
  offline: 'Tidak ada koneksi.',
  'profile-invalid': 'Profil ini tidak bisa dipakai.',
  organisation: 'Ini ditetapkan oleh organisasi.',
  'vault-unavailable': 'Sistem ini tidak bisa mengenkripsi rahasia.',
  'vault-needs-consent': 'Cara menyimpan rahasia belum dipilih.',
  'export-failed': 'Panggilan tidak bisa ditulis.',
  'not-offered': 'Nomor ini tidak mendukungnya.',
  'log-unavailable': 'Riwayat panggilan belum bisa dipakai saat ini.',
  'bad-file': 'Berkas ini tidak bisa dipakai.',
  invitation: 'Undangan ini tidak bisa dipakai.',
  'set-up': 'Berkas tidak bisa disimpan.',
  cancelled: 'Dibatalkan.',
};

export const requests = {
  noRoute: 'Permintaan “{{name}}” tidak ada.',
  badRequest: 'Permintaan “{{name}}” tidak valid.',
  failed: '“{{name}}” gagal',
};
