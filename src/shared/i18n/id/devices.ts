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
    silent: 'Tidak ada suara di {{device}}. Apakah mikrofon dibisukan di headset atau di sistem?',
  },
  speaker: 'Pengeras suara',
  ring: 'Dering',
  play: 'Putar suara',
  playRing: 'Deringkan sekali',
  heardQuestion: 'Apakah terdengar di {{device}}?',
  yes: 'Ya',
  no: 'Tidak',
  heard: 'Anda mendengar suara dari {{device}}',
  notHeard: 'Tidak terdengar di {{device}}. Periksa volumenya di sistem, atau pilih perangkat lain',
  network: 'Jaringan',
  test: 'Uji jaringan',
  testing: 'Menguji…',
  offline: 'Tidak ada koneksi ke relay, jadi panggilan tidak bisa masuk',
  networkVerdicts: {
    good: 'Jaringan ini baik untuk panggilan',
    fair: 'Suara panggilan mungkin tersendat di jaringan ini. Sebaiknya pakai kabel',
    poor: 'Panggilan akan terputus-putus di jaringan ini. Pakai kabel atau jaringan lain',
    blocked: 'Jaringan ini memblokir panggilan (UDP). Beri tahu admin',
    unmeasured:
      'Tersambung. Tidak ada server untuk mengukur: lakukan panggilan latihan untuk memastikan',
  },
  measured: 'Pulang-pergi {{rtt}} md, hilang {{loss}}',
  echo: 'Panggilan gema',
  hearYourself: 'Dengar suara sendiri',
  calling: 'Menelepon relay…',
  speak: 'Ucapkan satu kalimat. Anda mendengarnya sesaat kemudian',
  listen: 'Dengarkan…',
  stopEcho: 'Berhenti',
  inCall: 'Tidak saat panggilan berlangsung',
  echoVerdicts: {
    good: 'Pelanggan mendengar Anda dengan baik',
    fair: 'Pelanggan mendengar Anda tersendat-sendat di jaringan ini. Sebaiknya pakai kabel',
    poor: 'Suara Anda terputus-putus di jaringan ini. Pakai kabel atau jaringan lain',
    quiet: 'Suara Anda sulit didengar. Dekatkan mikrofon, atau naikkan levelnya di sistem',
    silent:
      'Mikrofon tidak mendengar apa pun. Apakah mikrofon dibisukan di headset atau di sistem?',
    lost: 'Anda berbicara, tetapi tidak ada suara yang kembali. Coba lagi; jika tetap begitu, beri tahu admin',
    blocked: 'Tidak ada suara yang sampai ke relay. Beri tahu admin',
    'no-media':
      'Relay ini tidak menyalurkan suara. Sebagai gantinya, periksa mikrofon dan pengeras suara di atas',
    busy: 'Terlalu banyak yang mencoba pada saat yang sama. Coba lagi',
    unanswered: 'Relay tidak menjawab. Coba lagi',
    'no-microphone': 'Tidak ada mikrofon, atau Ringdesk tidak boleh memakainya',
  },
  notYet: 'Belum diperiksa',
};

export const headsets = {
  title: 'Tombol headset',
  note: 'Jawab, akhiri, dan bisukan dengan tombol headset. Lampunya mengikuti panggilan.',
  connect: 'Hubungkan headset',
  none: 'Headset dengan tombol tidak ditemukan. Colokkan headset, dan tutup program panggilan lain',
  impossible: 'Sistem ini tidak mengizinkan program memakai tombol headset',
  connected: 'Tersambung: {{controls, list}}',
  busy: 'Program lain memakai tombolnya. Tutup program itu, lalu colokkan lagi headset',
  controls: {
    hook: 'jawab dan akhiri',
    mute: 'bisukan',
    drop: 'akhiri',
    reject: 'tolak',
  },
  muteLight: 'lampu bisu',
  which: 'Headset mana yang Anda pakai untuk panggilan?',
  noneOfThese: 'Bukan semuanya',
};

export const globalKeys = {
  mute: 'Bisukan dari aplikasi mana pun',
  muteNote:
    'Selama panggilan. Di jendela Ringdesk, tekan M, atau tahan M untuk membisukan hanya selama ditahan',
  deaf: 'Desktop ini (Wayland) tidak meneruskan tombol ke program di latar belakang. Di X11 bisa',
};

export const diagnostics = {
  title: 'Berkas diagnostik',
  note: 'Untuk admin Anda jika ada masalah: versi, pengaturan, perangkat, jaringan, kualitas panggilan terakhir, dan log. Tanpa nomor, nama, pesan, atau kata sandi.',
  make: 'Buat berkas diagnostik',
  making: 'Mengumpulkan…',
  preview: 'Ini isi berkasnya',
  previewNote: 'Baca sebelum mengirimnya. Persis inilah yang disimpan.',
  save: 'Simpan…',
  close: 'Tutup',
  saved: 'Disimpan sebagai {{path}}',
  saveTitle: 'Simpan berkas diagnostik',
};
