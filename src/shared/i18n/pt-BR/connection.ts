export const connection = {
  connection: 'Conexão',
  reconnectingIn: 'Reconectando em {{seconds}} s',
  reconnectingNow: 'Reconectando agora',
  connectedSince: 'Conectado desde',
  lastProof: 'Última verificação',
  ago: 'há {{length}}',
  cannotRing: 'As chamadas não chegam até você enquanto não houver conexão.',
  lostFor: 'Offline há',
  tries: 'Tentativas',
  why: 'Motivo',
  connectingToRelay: 'Conectando ao relay. As chamadas ainda não chegam até você.',
  offlineSince:
    'Sem rede desde {{when}}. As chamadas não chegam até você. Verifique o cabo ou o Wi-Fi.',
  relayRefused:
    'O relay recusou o seu acesso. Tentar de novo não adianta: peça ao administrador um novo perfil. O relay diz:',
  noRelay:
    'Nenhum relay configurado, por isso as chamadas não chegam até você. Importe um perfil ou experimente a demo.',
  whileAway: 'Enquanto você estava offline: {{calls}}',
  showHistory: 'Mostrar em Todas as chamadas',
  openSettings: 'Abrir configurações',
  losses: {
    dropped: 'A conexão caiu.',
    silent: 'O relay parou de responder.',
    timeout: 'O relay não respondeu a tempo.',
    'host-unknown':
      'O endereço do relay não foi encontrado. Verifique a rede ou pergunte ao administrador.',
    'no-route': 'A rede deste computador não chega ao relay. Confira o cabo, o Wi-Fi ou a VPN.',
    unreachable: 'Não é possível conectar ao relay. Verifique a rede ou pergunte ao administrador.',
    http: 'Quem respondeu não foi o relay (HTTP {{about}}): um proxy, um firewall ou uma página de acesso. Pergunte ao administrador da rede.',
    'certificate-untrusted':
      'Certificado não confiável: emitido por {{about}}. Peça ao administrador da rede para instalar a autoridade certificadora neste computador.',
    'certificate-expired': 'O certificado do relay expirou. Avise o administrador.',
    'certificate-early':
      'O certificado do relay ainda não é válido: o relógio deste computador deve estar errado.',
    'certificate-name':
      'O certificado não é de {{about}}: outra coisa responde nesse endereço. Avise o administrador.',
    'not-tls':
      'O servidor desse endereço não usa TLS. Confira o endereço do relay com o administrador.',
    'proxy-unreachable':
      'Não é possível conectar ao proxy {{about}}. Verifique a rede ou pergunte ao administrador dele.',
    'proxy-password': 'O proxy {{about}} pede uma senha.',
    'proxy-sign-in':
      'O proxy {{about}} pede um tipo de autenticação que o Ringdesk não aceita. Peça ao administrador dele um nome e uma senha (Basic, Digest, NTLM).',
    'proxy-refused':
      'O proxy {{about}} não deixa o Ringdesk passar. Peça ao administrador dele para liberar o endereço do relay.',
    insecure:
      'O endereço {{about}} não é criptografado. Peça ao administrador um perfil com endereços wss:// e https://.',
    unreadable: 'A resposta não é de um relay desta versão. Pergunte ao administrador.',
    'not-stored': 'O que o relay enviou não pôde ser guardado neste computador.',
    'shutting-down': 'O relay está reiniciando.',
    renewed: 'Conectando de novo.',
  },
  states: {
    connecting: 'Conectando',
    connected: 'Conectado',
    reconnecting: 'Reconectando',
    offline: 'Offline',
    refused: 'Acesso recusado',
    unconfigured: 'Não configurado',
  },
};

export const reach = {
  cannotReach: 'As chamadas não chegam até você desde as {{time}}.',
  retryIn: 'Nova tentativa em {{seconds}} s',
  retrying: 'Tentando de novo agora',
  tryNow: 'Tentar agora',
  why: 'Motivo',
  offline: 'Este computador está sem rede.',
  rejected: 'O seu acesso foi recusado.',
  rejectedNext: 'Peça ao administrador um novo perfil e importe-o.',
  oldVersion: 'Esta versão do Ringdesk não funciona com a versão do relay.',
  oldVersionNext: 'Atualize o Ringdesk ou avise o administrador.',
  elsewhere: 'Você entrou em outro computador.',
  elsewhereNext: 'As chamadas tocam lá.',
  takeOver: 'Usar este',
  noSignIn: 'As chamadas não chegam até você: este computador não tem acesso ao relay.',
  noSignInNext: 'Importe o seu perfil de novo ou peça ao administrador um novo convite.',
  importProfile: 'Importar perfil',
  relaySays: 'O relay diz: {{message}}',
  enterPassword: 'Digitar senha',
  portal:
    'Esta rede pede que você entre em uma página antes. Depois o Ringdesk se conecta sozinho.',
  openPortal: 'Abrir a página de acesso',
  proxyTitle: 'Senha do proxy',
  proxyText:
    'O proxy {{proxy}} pergunta quem é você. Se não souber, pergunte ao administrador da rede.',
  proxyWrong: 'O proxy {{proxy}} não aceitou este nome e esta senha.',
  proxyUser: 'Usuário',
  proxyPassword: 'Senha',
  signIn: 'Entrar',
  causes: {
    silent: 'O console não responde ao relay.',
    window: 'A janela que toca não responde.',
    ringer: 'O toque não pode ser reproduzido.',
    microphone: 'Este computador não tem um microfone que o Ringdesk possa usar.',
    connection: 'Não é possível conectar ao relay.',
  },
  notReachable: 'Inacessível',
};
