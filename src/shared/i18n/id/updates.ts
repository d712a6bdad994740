export const updates = {
  title: 'Versi dan pembaruan',
  channel: 'Pembaruan',
  channels: { stable: 'Stabil: versi final', beta: 'Beta: lebih awal, kurang teruji' },
  look: 'Cari pembaruan',
  checking: 'Mencari pembaruan…',
  notChecked: 'Belum mencari pembaruan',
  currentSince: 'Ini versi terbaru, diperiksa {{time}}',
  downloading: 'Mengunduh versi {{version}}: {{percent}}',
  ready: 'Versi {{version}} siap',
  whatIsNew: 'Yang baru',
  now: 'Mulai ulang dan perbarui',
  tray: 'Mulai ulang dan perbarui ke {{version}}',
  later: 'Nanti',
  shiftEnd: 'Di akhir giliran kerja saya',
  plans: {
    ask: 'Ringdesk dimulai ulang. Selama beberapa detik panggilan tidak sampai ke Anda',
    now: 'Dipasang begitu Anda luang',
    later: 'Anda akan ditanya lagi dalam beberapa jam',
    'shift-end':
      'Dipasang saat Anda mengubah status ke “Tidak di tempat”, atau keluar dari Ringdesk',
  },
  busy: 'Menunggu sampai panggilan dan pascapanggilan Anda selesai',
  forced: 'Organisasi Anda ingin ini dipasang sekarang. Dipasang begitu Anda luang',
  forceAt: 'Mulai {{time}} tidak bisa ditunda lagi',
  installing:
    'Memasang versi {{version}}. Panggilan tetap sampai ke Anda. Komputer mungkin meminta kata sandi administrator',
  cameFrom: 'Sekarang Anda memakai versi {{version}}. Sebelumnya {{before}}',
  wentBack:
    'Versi {{version}} gagal dimulai. Anda kembali memakai {{own}}, dengan data seperti sebelumnya',
  wentBackNext: 'Versi itu tidak ditawarkan lagi. Beri tahu admin',
  dismiss: 'OK',
  none: {
    'not-installed': 'Salinan ini tidak memperbarui diri, karena tidak dipasang oleh penginstal',
    'no-server': 'Salinan ini tidak memperbarui diri, karena dibuat tanpa server pembaruan',
    administrator: 'Administrator komputer ini yang memperbarui Ringdesk',
    organisation: 'Organisasi Anda mematikan pembaruan',
  },
  failed: {
    unreachable:
      'Server pembaruan tidak terjangkau, atau berkasnya tidak ada di sana. Ringdesk mencoba lagi',
    'not-ours': 'Pembaruan ditolak: tanpa tanda tangan Ringdesk. Beri tahu admin',
    disk: 'Pembaruan tidak bisa disimpan. Kosongkan ruang disk, lalu cari lagi',
    'not-allowed': 'Pembaruan tidak diizinkan di komputer ini. Tanyakan kepada administratornya',
    installer: 'Penginstal pembaruan gagal. Log menyebutkan sebabnya. Anda tetap memakai versi ini',
  },
  goingBack:
    'Ringdesk {{to}} dua kali gagal dimulai. Versi {{from}} dipasang lagi, dengan datanya.',
  didNotStart: 'Ringdesk {{to}} gagal dimulai',
  notBack: 'Versi {{from}} tidak bisa dipasang lagi: {{why}}. Pasanglah sendiri: {{file}}',
  noPackage: 'paket versi {{from}} tidak ada di sini',
  packageChanged: 'paket yang disimpan telah diubah',
  byHand: 'di sistem ini harus dipasang sendiri',
} as const;

export const autostart = {
  label: 'Mulai saat saya masuk ke komputer ini',
  note: 'Ringdesk dimulai di baki sistem, siap menerima panggilan',
  states: {
    'unknown-program': 'Hanya Ringdesk yang terpasang yang bisa mulai sendiri',
    forbidden: 'Ini dilarang di pengaturan sistem Anda. Izinkan di sana',
  },
  refused: 'Sistem Anda tidak mengizinkannya: {{why}}',
} as const;
