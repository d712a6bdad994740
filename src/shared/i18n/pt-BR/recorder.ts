export const recorder = {
  title: 'Gravação',
  signs: { on: 'REC', paused: 'REC em pausa', coming: 'Será gravada' },
  signNotes: {
    on: 'Esta chamada está sendo gravada',
    paused: 'A gravação está em pausa: agora só o silêncio é gravado',
    coming: 'A gravação começa depois que o cliente é avisado',
  },
  steps: {
    asking: 'Avise ao cliente que a chamada será gravada e confirme',
    announcing: 'O cliente ouve o aviso de gravação…',
    on: 'Gravando',
    paused: 'Gravação em pausa',
  },
  continuesIn: 'Continua em {{seconds}} s',
  confirm: 'Cliente avisado',
  pause: 'Pausar gravação',
  continue: 'Continuar gravação',
  failures: {
    'no-key':
      'Sem gravação: este computador não tem um cofre de chaves para proteger gravações. Avise o administrador',
    'disk-full': 'A gravação parou: o disco está cheio. A chamada continua',
    'read-only':
      'Sem gravação: não é possível escrever na pasta de gravações. Avise o administrador',
    disk: 'A gravação parou: não foi possível salvá-la. A chamada continua',
    codec: 'Sem gravação: este computador não consegue gravar este tipo de som',
    'no-recorder': 'A gravação parou: o gravador deixou de responder. A chamada continua',
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
    pauseFor: 'A pausa termina após (segundos)',
    keepDays: 'Excluir gravações após (dias)',
    badSeconds: 'Digite de 5 a 600 segundos',
    badDays: 'Digite de 1 a 3.650 dias',
  },
  problems: {
    'provider-cannot': 'O provedor deste número não oferece gravações',
    'relay-does-not-carry': 'As chamadas deste número não passam pelo relay',
    'console-does-not-speak': 'As chamadas deste número não passam por este console',
    'console-keeps-its-own': 'O que este console grava não pode ficar no relay',
    forbidden: 'Sua organização não permite gravações',
  },
} as const;
