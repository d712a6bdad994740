export const address = {
  notAnAddress: 'não é um endereço; deveria ser como {{wanted}}example.com',
  holdsPassword: 'não pode conter nome nem senha, que acabariam nos registros',
  wrongScheme: 'precisa começar com {{wanted}}',
  inClear:
    'enviaria tokens sem criptografia pela rede; use {{wanted}} ({{clear}} só é aceito para este computador)',
};

export const errors = {
  'bad-request': {
    what: 'Algo falhou dentro do Ringdesk',
    next: 'Tente de novo. Se falhar outra vez, avise o administrador',
  },
  'unknown-sender': {
    what: 'Algo falhou dentro do Ringdesk: uma janela pediu mais do que pode',
    next: 'Saia do Ringdesk e abra-o de novo',
  },
  internal: {
    what: 'Algo falhou dentro do Ringdesk',
    next: 'Tente de novo. Se falhar outra vez, avise o administrador: o registro tem os detalhes',
  },
  'no-such-call': {
    what: 'Esta chamada já terminou',
  },
  'same-person': {
    what: 'Já são uma só pessoa',
  },
  'not-merged': {
    what: 'Não estão mais unidos',
  },
  'do-not-call': {
    what: 'Esta pessoa está marcada como “Não ligar”',
    next: 'Abra o contato para ver o motivo e permitir chamadas de novo',
  },
  'pick-up-held': {
    what: 'As chamadas de saída deste número estão suspensas',
    next: 'Atenda quem liga. A Análise diz quando isso termina',
  },
  busy: {
    what: 'Você está em outra chamada',
    next: 'Desligue primeiro',
  },
  'customer-in-call': {
    what: 'Este cliente está em uma chamada agora',
    next: 'Apague-o quando a chamada terminar',
  },
  'too-late': {
    what: 'Tarde demais: a chamada mudou',
    next: 'Confira a chamada e tente de novo',
  },
  'no-such-account': {
    what: 'Este número não está configurado neste computador',
    next: 'Importe um perfil que o contenha',
  },
  'no-profile': {
    what: 'Nenhum número configurado ainda',
    next: 'Importe um perfil ou experimente a demo',
  },
  'bad-number': {
    what: 'Não é possível ligar para este número',
    next: 'Confira os dígitos',
  },
  'direct-route': {
    what: 'Espera e transferência não estão disponíveis neste número',
    next: 'Peça ao administrador para passar as chamadas pelo relay',
  },
  'relay-refused': {
    what: 'O relay recusou isto',
    next: 'Tente de novo',
  },
  'todo-refused': {
    what: 'Isto não é mais possível',
    next: 'Olhe a lista de novo',
  },
  provider: {
    what: 'O WhatsApp recusou isto',
    next: 'Tente de novo',
  },
  offline: {
    what: 'Você está offline',
    next: 'Tente de novo quando houver conexão',
  },
  'profile-invalid': {
    what: 'Este arquivo não é um perfil válido',
    next: 'Peça um novo ao administrador',
  },
  organisation: {
    what: 'A sua organização definiu isto',
    next: 'Fale com o administrador',
  },
  'vault-unavailable': {
    what: 'O cofre de chaves do sistema está bloqueado ou inacessível',
    next: 'Desbloqueie-o e tente de novo',
  },
  'vault-needs-consent': {
    what: 'Primeiro escolha como guardar os tokens de acesso',
  },
  'export-failed': {
    what: 'Não foi possível salvar o arquivo',
    next: 'Escolha outra pasta',
  },
  'not-offered': {
    what: 'Este número não permite isso',
  },
  'log-unavailable': {
    what: 'O histórico de chamadas não pode ser usado agora',
    next: 'O aviso no alto diz por quê',
  },
  'bad-file': {
    what: 'Este arquivo não pode ser usado',
    next: 'Corrija-o e importe-o de novo',
  },
  invitation: {
    what: 'Este convite não pode ser usado',
    next: 'Peça um novo ao administrador',
  },
  'set-up': {
    what: 'Não foi possível salvar os arquivos',
  },
  cancelled: {
    what: 'Cancelado',
  },
};

export const files = {
  invalid: '{{name}} não pode ser usado.',
  unreadable: '{{name}} não pode ser lido.',
  tooLarge: '{{name}} é grande demais',
  notText: {
    'utf-32': '{{name}} está salvo em UTF-32. Salve-o em UTF-8',
    binary: '{{name}} não é um arquivo de texto',
    'not-utf-8': '{{name}} não está salvo em UTF-8 ou está danificado. Salve-o em UTF-8',
    'damaged-utf-16': '{{name}} está salvo em UTF-16 e está danificado. Salve-o em UTF-8',
  },
};

export const notOffered = {
  recording: 'Esta chamada não tem gravação',
  analytics: 'O provedor deste número não mostra custos totais',
  estimate: 'O provedor deste número não mostra estimativas',
  settings: 'Este número não tem configurações para mudar aqui',
  announcement: 'O provedor deste número não aceita uma saudação',
  messages: 'As mensagens deste número não podem ser enviadas daqui',
  now: 'Este número não pode ser usado agora. Tente de novo em um minuto',
  number: 'Este número não está configurado neste computador',
  notARecording: 'O provedor enviou algo que não é uma gravação',
  notATranscript: 'O provedor enviou algo que não é uma transcrição',
  noAnswer: 'Não foi possível carregar o arquivo: sem resposta a tempo. Tente de novo',
  status: 'Não foi possível carregar o arquivo (HTTP {{status}}). Tente de novo em um minuto',
  broken: 'Não foi possível carregar o arquivo: a conexão caiu. Tente de novo',
  tooLarge: 'O arquivo é grande demais para abrir aqui',
};

export const profile = {
  empty: 'não pode ficar vazio',
  quoted: '“{{text}}” {{problem}}',
  number:
    '“{{text}}” não é um número de telefone completo. Escreva + e o código do país, p. ex. +5511987654321',
  usedTwice: '“{{id}}” é usado duas vezes. Cada número precisa de um id próprio',
  phoneNumberId:
    'precisa conter os dígitos que a Meta mostra como “Phone number ID” (“Identificação do número de telefone”)',
  wabaId:
    'precisa conter os dígitos que a Meta mostra como “WhatsApp Business Account ID” (“Identificação da conta do WhatsApp Business”)',
  apiVersion: 'precisa ter a forma v26.0',
  recordingPurpose: 'precisa dizer para que as chamadas são gravadas',
  recordingPurposeLong: 'pode ter no máximo 250 caracteres',
  recordingLanguage: 'precisa ser um idioma do aviso falado, p. ex. pt ou en_US',
  sampleRateLow: 'precisa ser em amostras por segundo, no mínimo 8000',
  sampleRateHigh: 'precisa ser em amostras por segundo, no máximo 48000',
  frameShort: 'precisa ser em milissegundos, no mínimo 10',
  frameLong: 'precisa ser em milissegundos, no máximo 100',
  softphone: 'precisa ser "relay", ou ser omitido onde as chamadas são atendidas em outro lugar',
  relayAddress: 'precisa ser o endereço, com wss://, em que o relay recebe as chamadas do Zernio',
  relayAddressAlone: 'só funciona junto com "softphone": "relay"',
  providerMissing: 'está faltando; use {{known}}',
  providerUnknown: 'não é um provedor que esta versão conhece; use {{known}}',
  version: 'não é uma versão que este Ringdesk conhece; ele lê a versão 1',
  noNumbers: 'precisa listar pelo menos um número',
  notJson: 'o arquivo não é JSON ({{why}})',
  twice: '“{{key}}” aparece duas vezes; veja a linha {{line}} e remova uma delas',
  unknownKeys: '{{keys}} não é válido aqui; confira a grafia ou remova',
  missing: 'está faltando',
  wrongType: 'precisa ser do tipo {{type}}',
  badCharacter:
    'tem na posição {{position}} um caractere ({{character}}) que chaves não podem conter; copie de novo, sem aspas nem quebras de linha',
};

export const refusals = {
  'bad-request': 'A solicitação é inválida.',
  'unknown-sender': 'Esta janela não pode pedir isso.',
  internal: 'Algo falhou dentro do Ringdesk.',
  'no-such-call': 'Essa chamada não existe.',
  'same-person': 'Já são uma só pessoa.',
  'not-merged': 'Não estão mais unidos.',
  'do-not-call': 'Esta pessoa está marcada como “Não ligar”.',
  'pick-up-held': 'As chamadas de saída deste número estão suspensas.',
  busy: 'Há outra chamada em andamento.',
  'customer-in-call': 'O cliente está em uma chamada agora.',
  'too-late': 'A chamada já mudou.',
  'no-such-account': 'Este número não pode ser usado agora.',
  'no-profile': 'Nenhum número configurado ainda.',
  'bad-number': 'Não é um número para o qual se possa ligar.',
  'direct-route': 'Esta chamada está conectada a esta janela e não pode ser movida.',
  'relay-refused': 'O relay recusou isto.',
  'todo-refused': 'Isto não é mais possível.',
  provider: 'O provedor recusou isto.',
  offline: 'Não há conexão.',
  'profile-invalid': 'Este perfil não pode ser usado.',
  organisation: 'Isto foi definido pela organização.',
  'vault-unavailable': 'Este sistema não consegue criptografar segredos.',
  'vault-needs-consent': 'Ainda não foi escolhido como guardar segredos.',
  'export-failed': 'Não foi possível salvar as chamadas exportadas.',
  'not-offered': 'Este número não permite isso.',
  'log-unavailable': 'O histórico de chamadas não pode ser usado agora.',
  'bad-file': 'Este arquivo não pode ser usado.',
  invitation: 'Este convite não pode ser usado.',
  'set-up': 'Não foi possível salvar os arquivos.',
  cancelled: 'Cancelado.',
};

export const requests = {
  noRoute: 'A solicitação “{{name}}” não existe.',
  badRequest: 'A solicitação “{{name}}” é inválida.',
  failed: '“{{name}}” falhou',
};
