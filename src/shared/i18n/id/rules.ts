export const billDifferences = {
  unreadable: 'Jumlah pada tagihan, “{{theirs}}”, bukan angka.',
  currency: 'Tagihan dalam {{theirs}}, perkiraan Ringdesk dalam {{ours}}.',
  'billed-unanswered': 'Tidak dijawab, tetapi ditagih: {{theirs}}.',
  'not-billed': 'Diperkirakan {{ours}}, tidak ditagih.',
  'whole-minutes':
    'Diperkirakan {{ours}} dengan hitungan per 6 dtk, ditagih {{theirs}} dengan hitungan menit penuh.',
  duration: 'Menurut Ringdesk {{ours}} dtk, menurut tagihan {{theirs}} dtk.',
  amount: 'Diperkirakan {{ours}}, ditagih {{theirs}}: selisih {{by}}.',
};

export const findings = {
  'permission-unchecked': {
    what: 'Belum diketahui apakah Anda boleh menelepon pelanggan ini.',
    next: 'Segarkan untuk memeriksa izin.',
  },
  'permission-unavailable': {
    what: 'Penyedia tidak bisa memastikan apakah Anda boleh menelepon pelanggan ini.',
    next: 'Segarkan dalam satu menit, atau coba menelepon. Tanpa izin, penyedia menolaknya.',
  },
  'permission-missing': {
    what: 'Pelanggan ini belum mengizinkan panggilan dari nomor ini.',
    next: 'Minta izin.',
  },
  'permission-declined': {
    what: 'Pelanggan ini menolak permintaan panggilan Anda ({{declinedAt}}).',
    next: 'Minta lagi setelah 24 jam, atau kirim pesan.',
  },
  'permission-revoked': {
    what: 'Pelanggan atau WhatsApp mencabut izin menelepon ({{revokedAt}}).',
    next: 'Minta izin lagi.',
  },
  'permission-expired': {
    what: 'Izin menelepon kedaluwarsa ({{expiredAt}}).',
    next: 'Minta izin lagi.',
  },
  'permission-maybe-revoked': {
    what_other:
      '{{count}} panggilan berturut-turut tak terjawab. WhatsApp mungkin sudah mencabut izin.',
    next: 'Segarkan untuk memeriksa izin.',
  },
  'permission-temporary': {
    what: 'Pelanggan ini mengizinkan panggilan untuk waktu terbatas.',
    next: 'Anda boleh menelepon sampai saat itu.',
  },
  'permission-permanent': {
    what: 'Pelanggan ini mengizinkan panggilan selamanya.',
    next: 'Anda boleh menelepon.',
  },
  'permission-answer-old': {
    what: 'Izin mungkin berubah sejak pemeriksaan terakhir ({{checkedAt}}).',
    next: 'Segarkan untuk memeriksanya lagi.',
  },
  'call-refused': {
    what: 'Penyedia sekarang tidak mengizinkan panggilan ke pelanggan ini dan tidak memberi alasan.',
    next: 'Segarkan dalam beberapa menit.',
  },
  'call-limit': {
    what_other:
      'Anda mencapai batas {{count}} panggilan terjawab dengan pelanggan ini dalam {{hours}}.',
    next: 'Kirim pesan, atau tunggu sampai Anda boleh menelepon lagi.',
  },
  'calls-left': {
    what_other: 'Sisa {{left}} dari {{count}} panggilan terjawab dalam {{hours}}.',
    next: 'Anda boleh menelepon.',
  },
  'unanswered-some': {
    what_other:
      '{{count}} panggilan berturut-turut tak terjawab. WhatsApp bertanya kepada pelanggan apakah Anda masih boleh menelepon. Setelah {{limit}} izin dicabut.',
    next: 'Kirim pesan sebelum Anda menelepon lagi.',
  },
  'unanswered-last': {
    what_other:
      '{{count}} panggilan berturut-turut tak terjawab. Jika yang berikut juga, WhatsApp mencabut izin.',
    next: 'Kirim pesan dulu dan sepakati waktu menelepon.',
  },
  'pick-up-low': {
    what: '{{ratePercent}} panggilan pelanggan ke nomor ini dijawab dalam tujuh hari, dari total {{calls}}. WhatsApp mencabut tombol panggilan dari nomor yang terlalu jarang menjawab.',
    next: 'Jawab panggilan pelanggan dulu sebelum menelepon yang lain.',
  },
  'pick-up-falling': {
    what: '{{ratePercent}} panggilan pelanggan ke nomor ini dijawab dalam tujuh hari. Jika terus begini, angkanya di bawah {{limitPercent}} pada {{fallsAt}}, dan panggilan keluar akan diblokir.',
    next: 'Jawab panggilan pelanggan dulu sebelum menelepon yang lain.',
  },
  'pick-up-held': {
    what: 'Panggilan keluar diblokir: {{ratePercent}} panggilan pelanggan ke nomor ini dijawab dalam tujuh hari, dari total {{calls}}, dan organisasi Anda menginginkan sedikitnya {{limitPercent}}. Jika tidak, WhatsApp mencabut tombol panggilan.',
    next: 'Anda bisa menelepon lagi setelah cukup panggilan dijawab. Wawasan menunjukkan berapa banyak.',
  },
  'permission-not-needed': {
    what: 'Nomor ini tidak perlu izin untuk menelepon.',
    next: 'Anda boleh menelepon.',
  },
  'permission-already-permanent': {
    what: 'Pelanggan ini sudah mengizinkan panggilan selamanya.',
    next: 'Anda boleh menelepon.',
  },
  'declined-recently': {
    what: 'Pelanggan ini menolak permintaan panggilan Anda ({{declinedAt}}).',
    next: 'Anda boleh meminta lagi setelah 24 jam.',
  },
  'request-limit': {
    what_other: 'Anda boleh mengirim {{count}} permintaan izin setiap {{hours}}.',
    next: 'Tunggu, atau minta pelanggan menelepon Anda: sesudah itu Anda boleh meminta lagi.',
  },
  'request-refused': {
    what: 'Penyedia sekarang tidak mengizinkan permintaan izin dan tidak memberi alasan.',
    next: 'Segarkan dalam beberapa menit.',
  },
  'requests-left': {
    what_other: 'Sisa {{left}} dari {{count}} permintaan izin dalam {{hours}}.',
    next: 'Anda boleh meminta izin.',
  },
  'request-pending': {
    what: 'Izin diminta {{sentAt}}. Belum ada jawaban.',
    next: 'Tunggu jawabannya. Pelanggan punya tujuh hari.',
  },
  'request-free-form-unsupported': {
    what: 'Penyedia ini tidak bisa mengirim permintaan izin sebagai pesan bebas.',
    next: 'Minta dengan template.',
  },
  'request-template-unsupported': {
    what: 'Penyedia ini tidak bisa mengirim permintaan izin sebagai template.',
    next: 'Minta dengan pesan bebas.',
  },
  'window-open': {
    what: 'Jendela layanan pelanggan terbuka: pelanggan menulis atau bicara dengan Anda dalam 24 jam terakhir.',
    next: 'Anda boleh mengirim pesan bebas sampai tertutup.',
  },
  'window-closed': {
    what: 'Jendela layanan pelanggan tertutup: tidak ada pesan atau panggilan pelanggan dalam 24 jam terakhir.',
    next: 'Kirim template, atau tunggu pelanggan.',
  },
  'window-needs-reply': {
    what: 'Pelanggan belum membalas template Anda.',
    next: 'Tunggu balasannya. Balasan membuka jendela layanan pelanggan selama 24 jam.',
  },
  'call-window-disputed': {
    what: 'Jendela layanan pelanggan tertutup. Menurut 360dialog, panggilan memerlukannya terbuka; menurut Meta, tidak.',
    next: 'Coba menelepon. Jika ditolak, kirim template dulu.',
  },
  'country-blocked': {
    what: 'Nomor dari {{country}} tidak bisa menelepon pelanggan di WhatsApp.',
    next: 'Telepon dari nomor negara lain, atau minta pelanggan menelepon Anda.',
  },
  'country-refused': {
    what: 'Penyedia menolak ({{refusedAt}}): nomor dari negara ini tidak bisa menelepon pelanggan.',
    next: 'Telepon dari nomor negara lain, atau minta pelanggan menelepon Anda.',
  },
  'country-unknown': {
    what: 'Negara nomor Anda tidak diketahui, jadi tidak jelas apakah bisa menelepon pelanggan.',
    next: 'Periksa nomor di pengaturannya.',
  },
  'region-sanctioned': {
    what: 'WhatsApp tidak mengizinkan panggilan dengan nomor dari {{region}}.',
    next: 'Kirim pesan saja.',
  },
  'region-doubtful': {
    what: 'Nomor ini mungkin termasuk bagian {{region}} yang terkena sanksi. Panggilan mungkin ditolak.',
    next: 'Pastikan di mana pelanggan berada sebelum menelepon.',
  },
  'region-unreliable': {
    what: 'Panggilan internet ke {{country}} sering gagal.',
    next: 'Jika panggilan gagal, kirim pesan.',
  },
  'calling-off': {
    what: 'Panggilan dimatikan untuk nomor ini.',
    next: 'Minta admin mengaktifkannya di pengaturan nomor.',
  },
  'tier-too-low': {
    what: 'Batas pesan nomor ini ({{tier}}) di bawah {{needed}} yang diperlukan untuk panggilan.',
    next: 'Jika panggilan ditolak, minta admin menaikkannya lewat penyedia.',
  },
  'tier-disputed': {
    what: 'Batas pesan nomor ini ({{tier}}) memenuhi {{needed}} yang diminta penyedia ini, tetapi tidak {{otherNeeded}} yang diminta WhatsApp.',
    next: 'Jika panggilan ditolak, minta admin menaikkannya lewat penyedia.',
  },
  'tier-refused': {
    what: 'Penyedia menolak mengaktifkan panggilan ({{refusedAt}}): batas pesan terlalu rendah (138015).',
    next: 'Minta admin menaikkan batasnya lewat penyedia, lalu aktifkan panggilan lagi.',
  },
  'access-refused': {
    what: '{{label}} luring: token aksesnya kedaluwarsa.',
    next: 'Impor profil baru.',
  },
  'relay-access-refused': {
    what: 'Relay tidak bisa menerima panggilan untuk {{label}}: token aksesnya kedaluwarsa.',
    next: 'Minta admin memberi relay token baru.',
  },
  'account-disabled': {
    what: 'WhatsApp memblokir akun {{label}}.',
    next: 'Ajukan banding di Business Support Home Meta; sementara itu, pakai nomor lain.',
  },
  'account-disabling': {
    what: 'WhatsApp akan segera memblokir akun {{label}}.',
    next: 'Admin bisa melihat sebabnya di Business Support Home Meta.',
  },
  'account-deleted': {
    what: 'Akun WhatsApp {{label}} dihapus.',
    next: 'Pakai nomor lain.',
  },
  'account-offboarded': {
    what: 'Akun WhatsApp {{label}} keluar dari platform ini.',
    next: 'Minta admin menghubungkannya lagi.',
  },
  'account-unshared': {
    what: 'Akun WhatsApp {{label}} tidak lagi dibagikan ke aplikasi ini.',
    next: 'Minta admin membagikannya lagi.',
  },
  'routed-elsewhere': {
    what: '{{label}} berhenti berdering di sini: WhatsApp memberikan panggilannya kepada penjawab lain (138038).',
    next: 'Minta admin memberikan lagi panggilannya ke aplikasi ini, di Conversation Routing.',
  },
  'routing-shared': {
    what: '{{label}} mungkin berhenti berdering di sini: penjawab lain, seperti Business Agent Meta, juga menjawab untuknya.',
    next: 'Telepon nomor itu untuk mencobanya. Jika tidak berdering, lihat Conversation Routing.',
  },
  'calls-unsubscribed': {
    what: 'Tidak ada yang menerima panggilan {{label}}: kolom webhook “calls” belum dilanggani (138018).',
    next: 'Minta admin membuat relay berlangganan kolom “calls”.',
  },
  coexistence: {
    what: '{{label}} juga dipakai di aplikasi WhatsApp Business, dan nomor seperti itu tidak bisa menerima atau melakukan panggilan di sini.',
    next: 'Pakai nomor yang hanya ada di API.',
  },
  'keys-sdes': {
    what: 'Panggilan {{label}} tidak bisa dijawab di sini: pertukaran kunci nomor ini SDES.',
    next: 'Ganti ke DTLS di pengaturan panggilan nomor (srtp_key_exchange_protocol).',
  },
  'payment-missing': {
    what: 'Akun WhatsApp {{label}} tidak punya metode pembayaran yang valid, jadi panggilan gagal (131044).',
    next: 'Minta admin menambahkannya di Business Manager Meta, lalu telepon lagi.',
  },
  'number-error': {
    what: 'WhatsApp melaporkan kesalahan {{label}} ({{errorCode}}): “{{quote}}”.',
    next: 'Tunjukkan kepada admin.',
  },
  'version-ending': {
    what: 'Meta mengakhiri versi {{version}} dari API-nya, yang dipakai {{label}} ({{endsAt}}).',
    next: 'Minta profil dengan versi yang lebih baru kepada admin.',
  },
  'customer-not-callable': {
    what: 'WhatsApp tidak bisa menelepon pelanggan ini ({{refusedAt}}). Mungkin ia tidak memakai WhatsApp, atau aplikasinya terlalu lama (138001).',
    next: 'Kirim pesan, atau minta pelanggan memperbarui WhatsApp.',
  },
  'calling-paused': {
    what: 'WhatsApp menjeda panggilan dari nomor ini karena umpan balik pelanggan ({{refusedAt}}). Bisa berlangsung tujuh hari.',
    next: 'Minta admin membaca pemberitahuan di WhatsApp Manager.',
  },
  restricted: {
    what: 'WhatsApp membatasi akun ini: {{restriction}}.',
    next: 'Minta admin membaca pemberitahuan di WhatsApp Manager.',
  },
  'restricted-inbound': {
    what: 'WhatsApp membatasi akun ini: {{restriction}}.',
    next: 'Minta admin membaca pemberitahuan di WhatsApp Manager.',
  },
  'restriction-unknown': {
    what: 'WhatsApp membatasi akun ini. Istilah WhatsApp: {{restriction}}.',
    next: 'Minta admin membaca pemberitahuan di WhatsApp Manager.',
  },
  'balance-too-low': {
    what: 'Saldonya {{balance}} {{currency}}. Panggilan perlu {{minimum}} {{currency}}.',
    next: 'Isi ulang sedikitnya {{shortfall}} {{currency}}.',
  },
  'balance-unreadable': {
    what: 'Saldo ({{balance}}) atau minimum ({{minimum}}) bukan angka.',
    next: 'Perbaiki di pengaturan nomor.',
  },
  'do-not-call': {
    what: 'Jangan telepon: begitulah {{by}} menandai orang ini ({{markedAt}}).',
    next: 'Kirim pesan, atau izinkan lagi panggilan jika ia memintanya.',
  },
  'do-not-call-because': {
    what: 'Jangan telepon: begitulah {{by}} menandai orang ini ({{markedAt}}): “{{reason}}”.',
    next: 'Kirim pesan, atau izinkan lagi panggilan jika ia memintanya.',
  },
  'already-in-call': {
    what: 'Anda sedang dalam panggilan dengan pelanggan ini.',
    next: 'Akhiri panggilan itu dulu.',
  },
  'colleague-in-call': {
    what: 'Rekan sedang dalam panggilan dengan pelanggan ini.',
    next: 'Tanyakan kepada rekan Anda, atau tunggu sampai panggilan itu berakhir.',
  },
  'concurrent-limit': {
    what_other: 'Nomor ini mencapai batas {{count}} panggilan bersamaan.',
    next: 'Tunggu sampai satu berakhir. Sampai saat itu pelanggan tidak bisa masuk, dan Anda tidak melihat panggilan mereka.',
  },
  'concurrent-limit-account': {
    what_other:
      'Akun WhatsApp Business Anda mencapai batas {{count}} panggilan bersamaan di semua nomor.',
    next: 'Tunggu sampai satu berakhir. Sampai saat itu pelanggan tidak bisa masuk, dan Anda tidak melihat panggilan mereka.',
  },
  'outside-hours': {
    what: 'Sekarang di luar jam panggilan Anda. Pelanggan tidak bisa menelepon balik sekarang.',
    next: 'Telepon pada jam panggilan Anda.',
  },
  'hours-unreadable': {
    what: 'Zona waktu jam panggilan ({{zone}}) tidak dikenal.',
    next: 'Perbaiki di pengaturan nomor.',
  },
  'cost-rate': {
    what: 'Panggilan ke {{region}} berbiaya {{perMinute}} {{currency}} per menit, ditagih per 6 dtk sebesar {{perPulse}} {{currency}}.',
    next: 'Anda hanya membayar jika pelanggan menjawab.',
  },
  'cost-unknown': {
    what: 'Daftar tarif tidak punya tarif {{currency}} untuk nomor ini.',
    next: 'Impor daftar tarif yang lebih baru.',
  },
  'cost-by-minute': {
    what: 'Penyedia ini menampilkan harga per menit penuh, tetapi WhatsApp menagih per 6 dtk.',
    next: 'Bandingkan angkanya dengan tagihan WhatsApp.',
  },
};

export const hoursProblems = {
  'unknown-zone': 'Zona waktu tidak dikenal: {{zone}}.',
  'no-hours': 'Tambahkan jam sedikitnya pada satu hari.',
  'bad-time': '“{{time}}” bukan jam. Pakai 0930.',
  'open-not-before-close':
    '{{where}}: jam tutup harus setelah jam buka. Untuk jam malam, tambahkan dua rentang.',
  'too-many-entries': '{{where}}: paling banyak dua rentang per hari.',
  overlap: '{{where}}: jamnya tumpang-tindih.',
  'bad-date': '“{{date}}” bukan tanggal. Pakai 2026-12-24.',
  'past-holiday': 'Hari libur {{date}} sudah lewat. Hapus hari libur itu.',
  'too-many-holidays': 'Anda punya {{count}} hari libur. Batasnya 20.',
};

export const missing = {
  'server-media':
    'Penyedia menyambungkan panggilan nomor ini, jadi tidak ada yang disiapkan sebelumnya.',
  'official-numbers-only': 'Hanya tersedia pada nomor API resmi WhatsApp.',
  'web-numbers-only': 'Hanya tersedia pada nomor yang tersambung dengan kode QR.',
  'no-permission-needed': 'Nomor ini tidak perlu izin untuk menelepon.',
  'answered-at-destination': 'Panggilan nomor ini dijawab dan diakhiri di tujuan penerusannya.',
  'not-offered': 'Penyedia nomor ini tidak menawarkannya.',
  'aggregate-only': 'Penyedia hanya menampilkan biaya total, bukan biaya satu panggilan.',
  'no-charge': 'Panggilan nomor ini gratis.',
  'written-elsewhere':
    'Ringdesk hanya menangani panggilan di nomor ini. Kirim pesan dari kotak masuk penyedia.',
};

export const rateCard = {
  empty: 'Berkas ini tidak memuat tarif.',
  'missing-column': 'Kolom tidak ada: {{what}}.',
  'unclosed-quote': 'Baris {{line}}: tanda kutip tidak ditutup.',
  'too-few-fields_other': 'Baris {{line}}: hanya {{count}} kolom. Setiap baris perlu semua kolom.',
  'bad-date': 'Baris {{line}}: “{{what}}” bukan tanggal. Pakai 2026-10-01.',
  'bad-currency': 'Baris {{line}}: “{{what}}” bukan mata uang. Pakai kode, mis. USD.',
  'bad-area':
    'Baris {{line}}: “{{what}}” bukan wilayah. Pakai negara (MX), kode telepon (+44), atau *.',
  'bad-minutes': 'Baris {{line}}: “{{what}}” bukan jumlah menit.',
  'bad-rate': 'Baris {{line}}: “{{what}}” bukan harga. Pakai angka, mis. 0.0095.',
  'repeated-area':
    'Baris {{line}}: {{what}} sudah punya harga untuk tanggal, mata uang, dan volume ini.',
  'no-first-tier': 'Baris {{line}}: {{what}} tidak punya harga mulai 0 menit.',
};
