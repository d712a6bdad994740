export const recorder = {
  title: 'Gravação',
  signs: { on: 'REC', paused: 'REC em pausa', coming: 'Será gravada' },
  signNotes: {
    on: 'Esta chamada está sendo gravada',
    paused: 'A gravação está em pausa: agora só silêncio é gravado',
    coming: 'A gravação começa depois que o cliente é avisado',
  },
  steps: {
    asking: 'Avise ao cliente que esta chamada é gravada e confirme',
    announcing: 'O cliente ouve que esta chamada é gravada…',
    on: 'Gravando',
    paused: 'Gravação em pausa',
  },
  continuesIn: 'Continua em {{seconds}} s',
  confirm: 'Cliente avisado',
  pause: 'Pausar gravação',
  continue: 'Continuar gravação',
  failures: {
    'no-key':
      'Não é gravada: este computador não tem um cofre de chaves para proteger gravações. Avise o administrador',
    'disk-full': 'Não é mais gravada: o disco está cheio. A chamada continua',
    'read-only':
      'Não é gravada: não é possível escrever na pasta de gravações. Avise o administrador',
    disk: 'Não é mais gravada: não foi possível escrever a gravação. A chamada continua',
    codec: 'Não é gravada: este computador não consegue gravar este tipo de som',
    'no-recorder': 'Não é mais gravada: o gravador parou. A chamada continua',
  },
  settings: {
    by: 'Quem grava',
    byNote: 'O cliente é sempre avisado antes de uma gravação começar.',
    recorders: {
      off: 'Ninguém',
      provider: 'WhatsApp',
      relay: 'O relay',
      console: 'Este console',
    },
    byRelay: 'Definido pelo relay para todos: {{who}}',
    consent: 'Como o cliente é avisado',
    consents: { announcement: 'Por um aviso falado', agent: 'Pelo atendente, que confirma' },
    language: 'Idioma do aviso',
    pauseFor: 'Uma pausa termina após, em segundos',
    keepDays: 'Excluir gravações após, em dias',
    badSeconds: 'Digite de 5 a 600 segundos',
    badDays: 'Digite de 1 a 3.650 dias',
  },
  problems: {
    'provider-cannot': 'O provedor deste número não oferece gravações',
    'relay-does-not-carry': 'O relay não transporta as chamadas deste número',
    'console-does-not-speak': 'As chamadas deste número não são faladas neste console',
    'console-keeps-its-own': 'O que este console grava não pode ficar no relay',
    forbidden: 'Sua organização não permite gravações',
  },
} as const;
