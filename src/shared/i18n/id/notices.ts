export const noticeCentre = {
  centre: 'Pemberitahuan terbaru',
  nothing: 'Belum ada pemberitahuan.',
  more: '{{count}} lagi. Tutup satu untuk melihat yang berikutnya',
  copy: 'Salin',
  callFailed: 'Panggilan gagal',
};

export const notices = {
  'calls-interrupted': {
    what: 'Ringdesk ditutup saat panggilan berlangsung ({{count}})',
    next: 'Cari di Semua panggilan dan telepon balik',
  },
  'softphone-restarted': {
    what: 'Suara Ringdesk dimulai ulang',
    next: 'Jika ada panggilan terputus, telepon balik',
  },
  'rights-changed': {
    what: 'Admin mengubah hak Anda: {{what}}',
  },
  'team-message': {
    what: '{{name}}: {{what}}',
  },
  'relay-log-incomplete': {
    what: 'Anda terlalu lama luring untuk mendapat semua panggilan',
    next: 'Sebagian mungkin tidak ada di Semua panggilan',
  },
  'profile-invalid': {
    what: 'Profil ini tidak bisa dipakai: {{why}}',
    next: 'Minta yang baru kepada admin, lalu impor',
  },
  'policy-wrong': {
    what: 'Kebijakan organisasi Anda {{source}} salah: {{why}}',
    next: 'Sisanya berlaku. Beri tahu admin',
  },
  'policy-over-profile': {
    what: 'Profil Anda dan kebijakan organisasi Anda berbeda: {{what}}',
    next: 'Kebijakan yang dipakai. Beri tahu admin',
  },
  'file-trouble': {
    what: '{{path}}',
  },
  'folder-read-only': {
    what: 'Ringdesk tidak bisa menulis ke foldernya {{path}}, jadi tidak ada yang disimpan saat Anda keluar',
    next: 'Beri pengguna Anda izin tulis pada folder itu, lalu mulai Ringdesk lagi',
  },
  'storage-trouble': {
    what: '{{path}}',
  },
  'storage-set-aside': {
    what: '{{path}}',
  },
  'export-failed': {
    what: 'Ekspor berulang tidak tertulis: {{name}}',
    next: 'Periksa foldernya, dan apakah disk penuh: {{why}}',
  },
  'storage-left-out': {
    what: 'Ada yang tersimpan tidak terbaca dan dilewatkan: {{what}}',
    next: 'Periksa apakah pengaturan dan riwayat masih seperti semula',
  },
  'storage-network': {
    what: 'Riwayat panggilan ada di folder komputer lain: {{path}}',
    next: 'Jika bisa, simpan di disk komputer ini sendiri. Lewat jaringan lebih lambat, dan saat koneksi putus panggilan hanya ada di memori',
  },
  'microphone-denied': {
    what: 'Sistem tidak mengizinkan Ringdesk memakai mikrofon',
    next: 'Izinkan di pengaturan privasi sistem Anda',
  },
  'provider-error': {
    what: 'WhatsApp: {{message}}',
  },
  'callback-due': {
    what: 'Telepon balik {{name}} sekarang',
    next: 'Anda menjanjikannya. Janji ini tetap jatuh tempo sampai ada yang bicara dengan pelanggan.',
  },
  'still-waits': {
    what: '{{name}} masih menunggu',
    next: 'Ada hal baru saat Anda luring, jadi tindakan Anda waktu itu tidak diterapkan.',
  },
  'permission-granted': {
    what: '{{name}} kini mengizinkan panggilan',
  },
  'permission-declined': {
    what: '{{name}} menolak permintaan panggilan Anda',
  },
  'number-restricted': {
    what: 'WhatsApp membatasi {{label}}: {{what}}',
    next: 'Lihat berapa lama di pengaturan nomor',
  },
  'webhooks-late': {
    what: 'Pesan WhatsApp tentang {{label}} terlambat {{seconds}} dtk',
    next: 'Panggilan tetap berdering. Beri tahu admin: jam relay salah, atau firewall memperlambat pesan',
  },
  'relay-clock-behind': {
    what: 'Jam relay terlambat {{seconds}} dtk dari jam WhatsApp',
    next: 'Panggilan tetap berdering. Minta admin menyetelnya',
  },
  'number-warned': {
    what: 'Peringatan WhatsApp untuk {{label}}: {{what}}',
    next: 'Pembatasan mungkin menyusul',
  },
  'number-fact': {
    what: '{{label}}: {{what}}',
  },
  'shortcut-taken': {
    what: 'Program lain memakai pintasan {{shortcut}}',
    next: 'Pilih yang lain di Pengaturan',
  },
  'screen-pop-failed': {
    what: '{{why}}',
    next: 'Buka dari panel pelanggan, atau periksa alamatnya di Pengaturan',
  },
  'transfer-reverted': {
    what: '{{name}} tidak mengambil panggilan',
    next: 'Panggilan kembali pada Anda',
  },
  'tray-missing': {
    what: 'Desktop ini tidak punya baki',
    next: 'Menutup jendela akan mengecilkan Ringdesk',
  },
};

export const storage = {
  withPath: '{{what}}: {{path}}',
  keptAs: 'Berkas yang rusak disimpan sebagai {{path}}',
  noneCameBack: 'Tidak ada panggilan yang bisa dipulihkan',
  cameBack_other: '{{count}} panggilan dipulihkan',
  damaged: {
    'going-on':
      'Riwayat panggilan rusak, dan yang baru dimulai. Panggilan yang masih terbaca sedang dipulihkan',
    done: 'Riwayat panggilan rusak, dan yang baru dimulai. {{cameBack}}',
    stopped:
      'Riwayat panggilan rusak, dan yang baru dimulai. Pemulihan berhenti; dilanjutkan saat Ringdesk dimulai lagi',
  },
  gap: {
    'going-on':
      'Panggilan sebelumnya sedang dipulihkan ({{percent}}). Berkas yang rusak disimpan sebagai',
    done: 'Riwayat rusak. {{cameBack}}. Panggilan sebelumnya yang lain mungkin hilang. Berkas yang rusak disimpan sebagai',
    nothing: 'Riwayat rusak. {{cameBack}}. Berkas yang rusak disimpan sebagai',
    stopped:
      'Panggilan sebelumnya tidak ada karena pemulihan berhenti. Berkas yang rusak disimpan sebagai',
  },
  waits: 'Panggilan saat ini disimpan di memori dan muncul di sini setelah bisa disimpan di',
  troubles: {
    full: {
      what: 'Disk penuh, jadi panggilan hanya disimpan di memori',
      next: 'Kosongkan ruang; Ringdesk lalu menyimpannya sendiri. Jangan keluar sebelum itu',
    },
    locked: {
      what: 'Program lain mengunci riwayat panggilan, jadi panggilan hanya disimpan di memori',
      next: 'Tutup program pencadangan, sinkronisasi, atau basis data. Jangan keluar dari Ringdesk sebelum itu',
    },
    'read-only': {
      what: 'Riwayat panggilan tidak bisa ditulis, jadi panggilan hanya disimpan di memori',
      next: 'Beri pengguna Anda izin tulis pada berkas dan foldernya. Jangan keluar dari Ringdesk sebelum itu',
    },
    'no-access': {
      what: 'Sistem tidak mengizinkan Ringdesk membuka riwayat panggilan, jadi panggilan hanya disimpan di memori',
      next: 'Beri pengguna Anda akses ke berkas dan foldernya. Jangan keluar dari Ringdesk sebelum itu',
    },
    disk: {
      what: 'Disk bermasalah, jadi panggilan hanya disimpan di memori',
      next: 'Periksakan disk. Jangan keluar dari Ringdesk sebelum itu',
    },
    missing: {
      what: 'Folder riwayat panggilan tidak ada, jadi panggilan hanya disimpan di memori',
      next: 'Pulihkan folder atau sambungkan lagi drive-nya. Jangan keluar dari Ringdesk sebelum itu',
    },
    removed: {
      what: 'Riwayat panggilan dipindahkan atau dihapus saat dipakai Ringdesk',
      next: 'Yang baru dimulai. Keluar dari Ringdesk sebelum Anda mengembalikan yang lama',
    },
    'wears-out': {
      what: 'Disk merusak setiap riwayat panggilan baru, jadi panggilan hanya disimpan di memori',
      next: 'Periksakan disk. Panggilan pada giliran kerja ini hilang saat Anda keluar',
    },
    newer: {
      what: 'Versi Ringdesk yang lebih baru menulis riwayat panggilan, jadi panggilan hanya disimpan di memori',
      next: 'Pasang lagi versi itu. Panggilan pada giliran kerja ini hilang saat Anda keluar',
    },
    'no-key': {
      what: 'Riwayat panggilan terenkripsi, dan penyimpanan kunci sistem ini tidak memberikan kuncinya, jadi panggilan hanya disimpan di memori',
      next: 'Buka kunci penyimpanan kunci lalu mulai Ringdesk lagi; riwayat tidak diubah. Untuk memulai yang kosong, pindahkan berkasnya',
    },
  },
  files: {
    damaged: {
      what: 'Berkas pengaturan Anda rusak dan disimpan sebagai',
      next: 'Impor profil Anda lagi',
    },
    'damaged-restored': {
      what: 'Berkas yang rusak diganti salinannya; disimpan sebagai',
      next: 'Tidak ada yang hilang',
    },
    newer: {
      what: 'Versi Ringdesk yang lebih baru menulis sebuah berkas, jadi tidak diubah',
      next: 'Pasang lagi versi itu, atau pindahkan berkasnya dan impor profil Anda',
    },
    'newer-restored': {
      what: 'Versi Ringdesk yang lebih baru menulis sebuah berkas; dipakai tetapi tidak diubah',
      next: 'Pasang lagi versi itu untuk mengubah pengaturan Anda',
    },
    'no-access': {
      what: 'Sistem tidak mengizinkan Ringdesk membaca sebuah berkas',
      next: 'Beri pengguna Anda akses, lalu mulai Ringdesk lagi',
    },
    'no-access-restored': {
      what: 'Sistem tidak mengizinkan Ringdesk membaca sebuah berkas; salinannya dipakai',
      next: 'Beri pengguna Anda akses',
    },
    'not-written': {
      what: 'Pengaturan Anda tidak bisa disimpan dan hanya berlaku sampai Anda keluar',
      next: 'Kosongkan ruang atau beri pengguna Anda izin tulis pada folder, lalu impor profil lagi',
    },
  },
  historyEmpty: {
    title: 'Panggilan tidak bisa ditampilkan sekarang',
    text: 'Panggilan tetap berdering dan berfungsi. Baris di atas menjelaskan masalahnya dan letak berkasnya.',
  },
};
