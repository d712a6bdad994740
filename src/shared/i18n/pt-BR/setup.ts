export const demo = {
  demoIntro:
    'Clientes simulados com áudio real. Eles podem ligar para você, ou você para eles. Nada sai deste computador.',
  demoInbound: 'Chamadas recebidas',
  demoTeam: 'Chamadas para você e a sua equipe',
  demoOutbound: 'Chamadas realizadas',
  callMe: 'Ligue para mim',
  callingYou: 'Ligando para você…',
  does: {
    talks: 'Fala como um cliente real',
    tone: 'Reproduz um tom contínuo para testar o seu áudio',
    echo: 'Repete o que você diz',
    'gives-up': 'Desliga depois de alguns toques',
    waits: 'Toca até o tempo acabar',
    'presses-keys': 'Pressiona teclas no telefone durante a chamada',
    'two-at-once': 'Um segundo cliente liga logo depois',
    'for-the-team':
      'Coloque em espera, transfira para Bea ou Leo, ou fale antes com Bea. Ela volta',
    answers: 'Atende depois de alguns toques',
    declines: 'Recusa a sua chamada',
    'no-answer': 'Nunca atende',
    'no-permission': 'Não permitiu chamadas: peça permissão primeiro',
    'declines-permission': 'Recusa o seu pedido de permissão',
    revokes: 'Atende e retira a permissão depois da chamada',
  },
};

export const settings = {
  sound: 'Som',
  remoteSession: 'Você trabalha em uma sessão remota ({{name}}).',
  remoteSessions: {
    citrix: 'Citrix',
    horizon: 'Omnissa Horizon',
    windows365: 'Windows 365',
    avd: 'Azure Virtual Desktop',
    rdp: 'Remote Desktop',
  },
  remoteSound:
    'Microfone e alto-falante são os da sessão, então o som dá uma volta e demora mais. Conecte o headset à sessão; se as vozes falharem, avise o administrador.',
  ringer: 'Dispositivo do toque',
  ringerVolume: 'Volume do toque',
  testRing: 'Testar toque',
  whenItRings: 'Quando chega uma chamada',
  showRingWindow: 'Mostrar a janela de toque',
  showRingWindowNote: 'Uma janela pequena sobre todas as outras. Não interrompe o que você digita',
  showNotification: 'Mostrar uma notificação do sistema',
  showNotificationNote: 'Com o nome do cliente e o número chamado',
  announceMessages: 'Anunciar mensagens e retornos prometidos',
  announceMessagesNote: 'Com um som suave e uma notificação do sistema, exceto em “Não perturbe”',
  acceptShortcut: 'Atender de qualquer programa',
  declineShortcut: 'Recusar de qualquer programa',
  pressKeys: 'Pressione as teclas…',
  pressToChange: 'Selecione para mudar',
  none: 'Nenhum',
  noShortcut: 'Nenhum atalho definido',
  removeShortcut: 'Remover atalho',
  looks: 'Aparência e números',
  theme: 'Tema',
  themes: {
    system: 'Igual ao sistema',
    light: 'Claro',
    dark: 'Escuro',
  },
  language: 'Idioma',
  languageOfSystem: 'Igual ao sistema',
  defaultCountry: 'País padrão para discagem',
  workspace: 'Espaço de trabalho',
  workspaces: {
    none: 'Não configurado',
    demo: 'Espaço demo',
    profile: 'Perfil',
  },
  signedInAs: '· entrou como {{name}}',
  ourNumbers: 'Nossos números',
  tokenMissing: 'Falta o token de acesso. Importe o perfil de novo',
  secrets: 'Tokens de acesso',
  version: 'Ringdesk {{ours}}',
  electronVersion: ' · Electron {{theirs}}',
};

export const vault = {
  vaultTitle: 'Este computador não tem um cofre de chaves seguro',
  vaultText:
    'O Ringdesk guarda os tokens de acesso dos seus números no cofre de chaves do sistema, mas não encontrou nenhum ({{backend}}).\n\nManter na memória: seguro, mas depois de cada reinício você precisa de novo do seu arquivo de perfil ou de um novo convite.\n\nGuardar mesmo assim: sem proteção. Quem puder ler os seus arquivos poderá ler os tokens.',
  storeAnyway: 'Guardar mesmo assim',
  memoryOnly: 'Manter só na memória',
  vaultBackend: '({{backend}})',
  states: {
    ready: 'Protegidos pelo cofre de chaves do sistema.',
    'needs-consent': 'Aguardando a sua escolha.',
    weak: 'Guardados sem proteção, como você escolheu.',
    'memory-only': 'Mantidos só na memória. Importe o seu perfil de novo depois de cada início.',
  },
};

export const welcome = {
  takeDemo: 'Usar o espaço demo',
  importProfile: 'Importar perfil',
  importNote: 'O perfil contém segredos. Exclua o arquivo depois de importá-lo.',
  imported: 'Perfil importado. Você entrou como {{agent}}',
};

export const workspaces = {
  demoTitle: 'Mudar para a demo?',
  demoText:
    'As chamadas para {{numbers, list}} não tocarão aqui até você voltar. Nada é excluído, e para voltar basta um clique.',
  demoTextNoNumbers:
    'As chamadas para os seus números não tocarão aqui até você voltar. Nada é excluído, e para voltar basta um clique.',
  stay: 'Ficar com os meus números',
  toDemo: 'Mudar para a demo',
  bar: 'Você está na demo. Os seus números não tocam aqui.',
  plainBar: 'Esta é a demo: clientes e colegas são simulados.',
  setUp: 'Configurar os seus números',
  backToOwn: 'Voltar aos números de {{agent}}',
  back: 'Você voltou. Os números de {{agent}} tocam aqui de novo',
  trayHint: 'Mostrar de novo a dica da bandeja',
  trayHintNote: 'Mais uma vez, quando você fechar a janela',
  keysTaken: 'Outro programa usa estas teclas. Escolha outras',
};

/** What an organisation sets for its consoles. */
export const policy = {
  locked: 'Definido pela sua organização',
  sources: 'A política da sua organização está em uso: {{sources, list}}',
  problem: '{{key}}: {{why}}',
  several_one: '{{count}} chave',
  several_other: '{{count}} chaves',
  differ: {
    relay: 'o endereço do relay',
    screenPop: 'a página sobre clientes',
  },
  oneOf: 'precisa ser um destes: {{known}}',
  flag: 'precisa ser true ou false',
  days: 'precisa ser um número de dias de 1 a 3650',
  percent: 'precisa ser uma porcentagem, acima de 0 e abaixo de 100',
  calls: 'precisa ser um número de chamadas de 1 a 100000',
  time: 'precisa ser um horário, por exemplo "18:00"',
  country: 'precisa ser um país em duas letras maiúsculas, por exemplo "BR"',
  webAddress: 'precisa ser um endereço que comece com http:// ou https://',
  proxy:
    'precisa ser "system", "none" ou um proxy sem senha, por exemplo "http://proxy.example.com:3128"',
  screenPop: 'precisa ser um endereço como as configurações aceitam',
  notAGroup: 'precisa ser um grupo de configurações',
  unknown: 'não é reconhecida por esta versão; confira a grafia ou remova-a',
  cannotRead: 'não pode ser lida ({{why}})',
  writable: 'todos neste computador podem gravar nela, por isso não é seguida (chmod o-w {{path}})',
  notAPlist: 'não é uma lista de propriedades',
} as const;
