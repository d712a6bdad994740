export const call = {
  costSoFar: 'Custo até agora',
  costOf: '{{seconds}} s até agora, pelo preço de {{region}}. Apenas uma estimativa',
  talked: 'Tempo de conversa',
  callActions: 'Controles da chamada',
  muteLater: 'Você pode usar o mudo quando a chamada for conectada',
  onCallMuted: 'Em chamada, no mudo',
  noSoundYet: 'Em chamada, ainda sem áudio do cliente',
  interrupted: 'Áudio interrompido',
  interruptedNext: 'Reconectando o áudio…',
  microphoneLevel: 'Nível do microfone',
};

export const callEnds = {
  youHungUp: 'Você desligou',
  partyHungUp: '{{party}} desligou',
  callerHungUp: 'O cliente desligou',
  callerHungUpFirst: 'O cliente desligou antes que a chamada fosse conectada',
  answeredBy: 'Atendida por {{name}}',
  answeredByTeammate: 'Atendida por um colega',
  youDeclined: 'Você recusou',
  notAnswered: 'Não atendida',
  outOfDate: 'Parou de tocar antes de chegar até você',
  partyDeclined: '{{party}} recusou',
  noAnswer: 'Sem resposta',
  youCancelled: 'Você cancelou',
  transferredTo: 'Transferida para {{name}}',
  takenOverBy: '{{name}} assumiu esta chamada',
  lostToTeam: 'Você ficou offline tempo demais; a chamada foi para a equipe',
  lostTo: 'Você ficou offline tempo demais; {{name}} assumiu a chamada',
  over: 'Chamada encerrada',
  interrupted: 'O Ringdesk foi fechado durante a chamada',
  transferOff: {
    cancelled: {
      what: 'O seu colega cancelou a transferência',
    },
    'teammate-gone': {
      what: 'Você perdeu a conexão',
      next: 'A chamada voltou',
    },
    refused: {
      what: 'A transferência falhou',
      next: 'O seu colega continua com a chamada',
    },
  },
};

export const customer = {
  why: 'Motivo do contato',
  before: 'Antes desta chamada',
  more: 'Mostrar mais',
  less: 'Mostrar menos',
  hide: 'Ocultar cliente',
  show: 'Mostrar cliente',
  wrapUp: 'Pós-atendimento',
  ready: 'Pronto',
  moreTime: '+30 s',
  moreTimeHint: 'Mais 30 segundos',
  followUp: 'Enviar mensagem',
};

export const devices = {
  deviceMissing: 'Não conectado',
  microphone: 'Microfone',
  speaker: 'Alto-falante',
  systemDefault: 'Padrão do sistema',
  micFailed: 'O cliente não ouve você: {{why}}',
  ringer: 'Toque',
  lost: '{{device}} se desconectou. {{roles, list}}: agora {{now}}',
  back: '{{device}} se conectou. Usado agora para: {{roles, list}}',
  order: 'Ordem de preferência',
  orderNote: 'O melhor dispositivo conectado é usado, também durante uma chamada.',
  inUse: 'Em uso',
  up: 'Preferir {{device}}',
  down: 'Mover {{device}} para baixo',
  forget: 'Esquecer {{device}}',
};

export const dialpad = {
  dial: 'Discar',
  number: 'Número',
  numberPlaceholder: 'Número ou nome',
  numberHelp: 'Digite ou cole um número, ou digite um nome',
  people: 'Contatos e chamadas',
  lastCall: 'Última chamada {{what}}',
  country: 'País',
  searchCountry: 'País ou código',
  noSuchCountry: 'Nenhum país encontrado',
  keypad: 'Teclado',
  erase: 'Apagar o último dígito',
  callFrom: 'Ligar de',
  blockNoAccount: 'Nenhum número configurado. Importe um perfil em Configurações',
  blockNoToken: 'Este número não tem um token de acesso legível. Importe o perfil de novo',
  blockBusy: 'Você está em uma chamada. Desligue primeiro',
  blockOffline: 'Sem rede: não é possível ligar. Verifique o cabo ou o Wi-Fi',
  blockNoRelay: 'Offline: não é possível ligar até você se conectar',
  blockLookingUp: 'Verificando as regras de chamada…',
  firstDemoCallTitle: 'Faça uma chamada de treino',
  firstDemoCall:
    'Clientes simulados ligam, falam e escutam como os reais. Nada sai deste computador.',
  openDemo: 'Clientes demo',
  firstCallTitle: 'Ligue para um cliente',
  firstCall:
    'Digite um número. O Ringdesk verifica se você pode ligar para este cliente antes de discar.',
  lookupFailed: 'Não foi possível verificar a permissão: {{why}}',
  lookupFailedNext: 'Mesmo assim, você pode tentar ligar.',
  problems: {
    empty: 'Digite um número primeiro',
    'not-a-number': 'Digite um número ou o nome de um contato',
    'too-short': 'Este número é curto demais. Confira os dígitos',
    'too-long': 'Este número é longo demais. Confira os dígitos',
  },
  hints: {
    unusual: 'Número incomum. Confira antes de ligar',
    'first-of-several': 'Você colou vários números. Este é o primeiro',
  },
};

export const external = {
  stages: {
    dialling: 'Discando…',
    ringing: 'Tocando',
    talking: 'Atendida no destino',
  },
  note: 'Esta chamada é atendida no destino do encaminhamento. Encerre-a lá.',
  beginning: 'Discando…',
  ongoing: 'Em andamento',
  play: 'Reproduzir áudio',
  playUrlExample: 'https://',
  playUrl: 'Endereço do arquivo de áudio',
  playUrlNote: 'Um link público para um arquivo .mp3, .wav ou .opus',
  playNow: 'Reproduzir',
  playing: 'Enviado ao provedor. O cliente ouve durante a chamada',
  dialOptions: 'Opções desta chamada: destino, gravação',
  forwardToExample: 'tel: sip: wss:',
  forwardTo: 'Conectar esta chamada a',
  forwardToNote: 'Deixe vazio para usar o destino habitual deste número.',
  record: 'Gravar esta chamada',
  records: {
    usual: 'Como definido para este número',
    yes: 'Sim',
    no: 'Não',
  },
};

export const lastCall = {
  cameFrom: 'Veio de: {{payload}}',
  message: '“{{text}}”, {{when}}',
  messageKind: '{{kind}}, {{when}}',
  promised: 'Você prometeu retornar: {{when}}',
  promisedBy: '{{name}} prometeu retornar: {{when}}',
  last: 'Última chamada: {{outcome}}, {{when}}',
  lastWithLength: 'Última chamada: {{outcome}}, {{when}} ({{length}})',
  missedToday: 'Perdidas hoje: {{missed}}',
  first: 'Primeira chamada com este cliente',
  outcomes: {
    answered: 'atendida',
    missed: 'perdida',
    declined: 'recusada por você',
    elsewhere: 'atendida por um colega',
    unanswered: 'sem resposta',
    rejected: 'recusada pelo cliente',
    cancelled: 'cancelada',
    failed: 'falhou',
    interrupted: 'interrompida',
  },
};

export const mediaFailures = {
  unknown: 'O áudio falhou: {{why}}',
  callBack: 'Retornar',
  'no-microphone': {
    what: 'Nenhum microfone encontrado',
    next: 'Conecte um ou escolha um em Configurações',
  },
  'microphone-denied': {
    what: 'O sistema não deixa o Ringdesk usar o microfone',
    next: 'Permita nas configurações de privacidade do sistema',
  },
  'microphone-busy': {
    what: 'Outro programa está usando o microfone',
    next: 'Feche-o ou escolha outro microfone em Configurações',
  },
  'sdp-rejected': {
    what: 'Não foi possível preparar o áudio: a oferta do WhatsApp não foi compreendida',
    next: 'Tente de novo. Se falhar outra vez, avise o administrador',
  },
  'sdp-sdes': {
    what: 'A troca de chaves deste número é SDES, que o Ringdesk não aceita',
    next: 'Peça ao administrador para mudá-la para DTLS nas configurações de chamada do número',
  },
  'ice-failed': {
    what: 'O áudio não conseguiu chegar ao WhatsApp',
    next: 'Pergunte ao administrador se a rede permite UDP',
  },
  'connection-lost': {
    what: 'A conexão de áudio caiu',
    next: 'Verifique a rede e depois retorne a chamada',
  },
  'leg-refused': {
    what: 'O relay não aceitou o áudio',
    next: 'Tente de novo. Se falhar outra vez, avise o administrador',
  },
  'no-media': {
    what: 'O áudio desta chamada se perdeu',
    next: 'Retornar',
  },
  'window-lost': {
    what: 'O áudio parou porque a janela foi fechada',
    next: 'Retornar',
  },
};

export const phases = {
  ringing: 'Tocando',
  accepting: 'Conectando',
  preparing: 'Preparando',
  placing: 'Ligando',
  calling: 'Ligando',
  'customer-ringing': 'Tocando',
  connected: 'Em chamada',
  rejoining: 'Reconectando',
  external: 'Encaminhada',
  ended: 'Encerrada',
};

export const quality = {
  quality: 'Qualidade da chamada',
  audioDevices: 'Dispositivos de áudio',
  lossIn: 'Áudio perdido no caminho até você',
  lossOut: 'Áudio perdido no caminho até o cliente',
  jitter: 'Variação (jitter)',
  stat: '{{name}} {{ms}} ms',
  roundTrip: 'Latência de ida e volta',
  mos: 'Qualidade do áudio (MOS)',
  route: 'Rota',
  routes: {
    host: 'direta',
    srflx: 'direta, pelo seu roteador',
    prflx: 'direta, pelo seu roteador',
    relay: 'por um servidor TURN',
    provider: 'pelo provedor',
  },
  ofMos: 'de 4,5',
  grades: {
    good: 'Boa',
    fair: 'Razoável',
    poor: 'Ruim',
    unknown: 'Medindo',
  },
  quoted: 'Nas palavras do provedor: “{{words}}”',
  measuring: 'As medições aparecem após alguns segundos.',
  unknownYet: 'ainda não se sabe',
  onlyToProvider: 'Medido entre você e o provedor. O lado do cliente não pode ser medido.',
  verdicts: {
    good: {
      what: 'Boa conexão',
    },
    yours: {
      what: 'A sua rede está instável',
      next: 'Tente um cabo ou outra rede Wi-Fi',
    },
    theirs: {
      what: 'A rede do cliente está instável',
      next: 'Peça ao cliente para mudar de lugar ou de rede',
    },
    unclear: {
      what: 'O áudio está falhando',
      next: 'Ainda não está claro de que lado',
    },
  },
};

export const ring = {
  incomingCall: 'Chamada recebida',
  waitingCall: 'Outra chamada esperando',
  waitingNote: 'Esperando: você está em outra chamada',
  cannotAcceptBusy: 'Encerre a sua chamada primeiro',
  lastTryFailed: 'Não foi possível atender: {{why}}. Ainda está tocando, tente de novo',
  moreRing_one: '+{{count}} chamada tocando',
  moreRing_other: '+{{count}} chamadas tocando',
  ringingFor: 'Tocando há {{time}}',
  timeLeft: 'Toca por mais {{seconds}} s',
  silence: 'Silenciar',
  silenceHint: 'Interrompe o toque aqui. Continua tocando para os seus colegas',
  silenced: 'Silenciada aqui',
  declined: 'Recusada',
  undo: 'Desfazer',
  undoDecline: 'Desfazer a recusa de {{name}}',
  undoKeys: 'Escape',
  silentInWrapUp: 'Sem toque durante o pós-atendimento',
  onlyYou: 'Só toca para você',
  alsoRings: 'Também toca para: {{names}}',
  alsoRingsMore: 'Também toca para: {{names}} e mais {{more}}',
};
