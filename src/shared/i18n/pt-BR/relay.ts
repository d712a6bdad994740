export const relay = {
  recordings: {
    none: 'Não existe essa gravação.',
    deleted: 'Esta gravação foi excluída.',
    unreadable:
      'Esta gravação não pode ser lida. Falta a chave dela, ou o arquivo está danificado.',
    signIn: 'Entre com o token de um atendente.',
  },
  unknownToken:
    'Este token não é conhecido. Talvez tenha sido substituído: peça ao administrador um novo perfil.',
  replaced: 'Você se conectou em outro computador.',
  logUnreadable: 'O relay não conseguiu ler o próprio registro.',
  storeUnusable: 'O relay não conseguiu usar o próprio armazenamento.',
  tooSlow: 'Este console lê devagar demais. Conecte de novo.',
  restarting: 'O relay está sendo reiniciado.',
  updateRingdesk:
    'Este Ringdesk é antigo demais para o relay: usa a versão {{own}}, e o relay precisa da {{oldest}} ou posterior. Instale o Ringdesk mais novo.',
  updateRelay:
    'O relay é antigo demais para este Ringdesk: usa a versão {{newest}}, e o Ringdesk precisa da {{own}} ou posterior. Atualize o relay.',
  otherVersion: 'O relay e este Ringdesk têm versões diferentes. Atualize o mais antigo.',
  notAPath: 'O endereço precisa ser um caminho.',
  addressTooLong: 'O endereço é longo demais.',
  upgradeRequired: 'Os consoles se conectam aqui por WebSocket.',
  nothingHere: 'Não há nada neste endereço.',
  wrongPath: 'Os consoles se conectam a /v1/agents.',
  tokenMissing: 'Falta o cabeçalho Authorization: Bearer <token>.',
  tokenNotLookedUp: 'O relay não conseguiu consultar o token.',
  streamTokenUsed: 'Este token já foi usado ou expirou.',
  streamSecretWrong: 'O endereço não é o da configuração.',
  noStream: 'Não há nenhum stream neste endereço.',
  secretMissing: 'O endereço precisa terminar com o webhookSecret da configuração.',
  secretWrong: 'O segredo não é o webhookSecret da configuração.',
  wrongAddress: 'O webhook pertence a outro número, cujo endereço é {{path}}.',
  noSuchAccount:
    'Essa conta não existe. Compare a URL do webhook com o id em accounts na configuração.',
  failed: 'Não foi guardado. Envie de novo.',
  bodyTooLarge: 'Uma entrega pode ter no máximo {{bytes}} bytes.',
  notAHandshake: 'Eram esperados hub.mode=subscribe, hub.challenge e hub.verify_token.',
  verifyTokenWrong:
    'O token de verificação no App Dashboard da Meta não é o verifyToken da configuração.',
  notPost: 'As entregas precisam ser enviadas por POST.',
  onlyGet: 'Aqui só GET é permitido.',
  adminToken: 'Entre com o adminToken da configuração como senha.',
  wholeRelay: 'As métricas abrangem o relay inteiro e exigem o adminToken dele.',
  tooOld: 'Mais antigo que qualquer nova tentativa. Confira o relógio da máquina do relay.',
  tooMany: 'Tentativas demais deste endereço. Tente mais tarde.',
  busy: 'Há entregas demais deste número na fila. Envie de novo.',
  notStored: 'Nada pode ser guardado agora. Envie de novo.',
  noHello: 'Nenhum hello chegou a tempo.',
  frameNotJson: 'O quadro não é JSON.',
  signatureMissing: 'Falta o cabeçalho {{header}}.',
  notASignature: '{{header}} não é formado por 64 dígitos hexadecimais.',
  signatureWrong: 'A assinatura não confere. {{help}}',
  compareAppSecret: 'Compare o appSecret da configuração com o segredo do app.',
  comparePlatformSecret:
    'Compare o platformSecret da configuração com o da sua plataforma parceira.',
  compareSigningSecret:
    'Compare o signingSecret da configuração com o segredo do webhook no Zernio.',
  invitationUnknown:
    'Não existe convite com este código. Confira cada letra ou peça um novo ao administrador.',
  invitationUsed: 'Este convite já foi usado. Peça um novo ao administrador.',
  invitationExpired: 'Este convite expirou. Peça um novo ao administrador.',
  invitationRevoked: 'Este convite foi cancelado. Peça um novo ao administrador.',
  invitationUnready:
    'O relay não sabe o suficiente sobre os seus números para configurá-los aqui. Peça ao administrador que execute “relay invite” de novo: o comando diz o que falta.',
  invitationBody: 'Um convite é resgatado por POST, com o código e um token do console.',
};
