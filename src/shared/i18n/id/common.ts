export const common = {
  app: 'Ringdesk',
  loading: 'Memulai…',
  unreachable: 'Ringdesk tidak merespons. Tutup lalu buka lagi.',
  accept: 'Jawab',
  decline: 'Tolak',
  hangUp: 'Akhiri',
  mute: 'Bisukan',
  unmute: 'Suarakan',
  call: 'Telepon',
  callBack: 'Telepon balik',
  callAgain: 'Telepon lagi',
  dismiss: 'Tutup',
  connecting: 'Menyambungkan',
  liveCalls: 'Panggilan saat ini',
  mainNavigation: 'Utama',
  status: 'Status Anda',
  details: 'Detail',
  customer: 'Pelanggan',
  on: 'di',
  from: 'dari',
  dnd: 'Jangan ganggu',
  available: 'Tersedia',
  commands: 'Perintah',
  quote: '“{{text}}”',
  demoShort: 'Demo',
  notices: 'Pemberitahuan',
  messages: 'Pesan',
  callNow: 'Telepon sekarang',
  withDetails: '{{what}}: {{details}}',
  calls_other: '{{count}} panggilan',
  waiting_other: '{{count}} pelanggan menunggu',
  missedCalls_other: '{{count}} panggilan tak terjawab',
};

export const keys = {
  title: 'Tombol',
  text: 'Tombol tidak berlaku selama Anda mengetik di kolom.',
  anywhere: 'Di mana saja',
  inTodo: 'Pada pelanggan terpilih di Tugas',
  commands: 'Perintah',
  search: 'Cari panggilan',
  mute: 'Bisukan atau suarakan; tekan lama untuk membisukan sesaat',
  note: 'Tulis catatan panggilan',
  outcome: 'Pilih hasil panggilan',
  undoDecline: 'Urungkan penolakan',
  back: 'Bagian jendela sebelumnya',
};

export const palette = {
  palettePlaceholder: 'Cari perintah atau orang, atau ketik nomor',
  noCommand: 'Tidak ada hasil',
  goTo: 'Buka {{view}}',
  turnDndOn: 'Aktifkan jangan ganggu',
  turnDndOff: 'Matikan jangan ganggu',
  goDark: 'Pakai tema gelap',
  goSystem: 'Ikuti tema sistem',
  goLight: 'Pakai tema terang',
};

export const saving = {
  save: 'Simpan',
  inProgress: 'Menyimpan…',
  saved: 'Tersimpan',
  unchanged: 'Tidak ada perubahan untuk disimpan',
  undo: 'Urungkan',
  overtaken:
    'Orang lain mengubah pengaturan ini. Anda masih melihat perubahan Anda sendiri: urungkan untuk melihat perubahan mereka.',
};

export const time = {
  milliseconds: '{{ms}}\u00a0md',
  seconds: '{{seconds}}\u00a0dtk',
  minutes: '{{minutes}}\u00a0mnt',
  hours: '{{hours}}\u00a0j',
  hoursMinutes: '{{hours}}\u00a0j {{minutes}}\u00a0mnt',
  hourPeriod_other: '{{count}} jam',
  dayPeriod_other: '{{count}} hari',
  justNow: 'baru saja',
  minutesAgo: '{{minutes}}\u00a0mnt lalu',
  tomorrowAt: 'besok {{time}}',
  yesterdayAt: 'kemarin {{time}}',
  today: 'Hari ini',
  yesterday: 'Kemarin',
};

export const views = {
  lists: 'Daftar',
  todo: 'Tugas',
  recent: 'Terbaru',
  history: 'Semua panggilan',
  calls: 'Panggilan baru',
  contacts: 'Kontak',
  insight: 'Wawasan',
  team: 'Tim',
  demo: 'Pelanggan demo',
  start: 'Mulai',
  ready: 'Siap berdering',
  settings: 'Pengaturan',
};

export const shortViews = {
  demo: 'Demo',
  ready: 'Siap',
  settings: 'Pengaturan',
};
