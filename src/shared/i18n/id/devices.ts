/** Perangkat. */

export const soundCheck = {
  title: 'Pemeriksaan suara dan jaringan',
  note: 'Setengah menit sebelum giliran kerja, agar pelanggan pertama mendengar Anda.',
  start: 'Periksa mikrofon',
  microphone: 'Mikrofon',
  listening: 'Ucapkan sesuatu…',
  microphoneVerdicts: {
    good: 'Anda terdengar di {{device}}',
    quiet: 'Suara Anda pelan di {{device}}. Dekatkan mikrofon, atau naikkan levelnya di sistem',
    loud: 'Suara Anda terlalu keras di {{device}}. Turunkan level mikrofon di sistem',
    silent: 'Tidak ada suara di {{device}}. Apakah dibisukan di headset atau di sistem?',
  },
  speaker: 'Pengeras suara',
  ring: 'Dering',
  play: 'Putar suara',
  playRing: 'Deringkan sekali',
  heardQuestion: 'Apakah terdengar di {{device}}?',
  yes: 'Ya',
  no: 'Tidak',
  heard: 'Anda mendengar {{device}}',
  notHeard: 'Tidak terdengar di {{device}}. Periksa volumenya di sistem, atau pilih perangkat lain',
  network: 'Jaringan',
  test: 'Uji jaringan',
  testing: 'Menguji…',
  offline: 'Tidak ada koneksi ke relay, jadi panggilan tidak bisa masuk',
  networkVerdicts: {
    good: 'Jaringan ini membawa panggilan dengan baik',
    fair: 'Panggilan mungkin kurang mulus di jaringan ini. Kabel membantu',
    poor: 'Panggilan akan terputus-putus di jaringan ini. Pakai kabel atau jaringan lain',
    blocked: 'Jaringan ini memblokir panggilan (UDP). Beri tahu admin Anda',
    unmeasured: 'Terhubung. Tidak ada server untuk mengukur: lakukan panggilan latihan',
  },
  measured: 'Pulang pergi {{rtt}} ms, hilang {{loss}} %',
  notYet: 'Belum diperiksa',
};

export const headsets = {
  title: 'Tombol headset',
  note: 'Jawab, tutup, dan bisukan dengan tombol headset. Lampunya mengikuti panggilan.',
  connect: 'Hubungkan headset',
  none: 'Tidak ada headset dengan tombol. Colokkan, dan tutup program panggilan lain',
  impossible: 'Sistem ini tidak mengizinkan program memakai tombol headset',
  connected: 'Terhubung: {{controls, list}}',
  busy: 'Program lain memakai tombolnya. Tutup program itu, lalu colokkan lagi headset',
  controls: {
    hook: 'jawab dan tutup',
    mute: 'bisukan',
    drop: 'tutup',
    reject: 'tolak',
  },
  muteLight: 'lampu bisu',
  which: 'Headset mana yang Anda pakai untuk panggilan?',
  noneOfThese: 'Bukan semuanya',
};

export const globalKeys = {
  mute: 'Bisukan dari program mana pun',
  muteNote:
    'Selama panggilan. Di jendela Ringdesk, tekan M, atau tahan M untuk membisukan hanya selama ditahan',
  deaf: 'Desktop ini (Wayland) tidak memberi tombol kepada program di latar belakang. Di X11 bisa',
};

export const diagnostics = {
  title: 'Berkas diagnostik',
  note: 'Untuk admin Anda jika ada masalah: versi, pengaturan, perangkat, jaringan, mutu panggilan terakhir, dan log. Tanpa nomor, nama, pesan, atau kata sandi.',
  make: 'Buat berkas diagnostik',
  making: 'Mengumpulkan…',
  preview: 'Ini isi berkasnya',
  previewNote: 'Baca sebelum mengirimnya. Persis inilah yang disimpan.',
  save: 'Simpan…',
  close: 'Tutup',
  saved: 'Disimpan sebagai {{path}}',
  saveTitle: 'Simpan berkas diagnostik',
};
