export const ownMessages = {
  noProvider: 'essa conta não existe',
  untold: 'O provedor não informou mais nada sobre esta chamada',
  relaySilent: 'O relay não respondeu',
  unreadable: 'A resposta não tinha a forma esperada.',
  noNumber: 'Este cliente não mostra nenhum número.',
  noAccount: 'Este número não tem token de acesso neste computador.',
  interrupted: 'O app foi fechado antes da resposta.',
  noRecording: 'O WhatsApp não informou nenhuma gravação desta chamada.',
  relayEnded: 'O relay encerrou a chamada',
  cannotSet: '{{provider}} não permite definir isto: {{parts}}.',
  fileElsewhere: 'O arquivo está em {{host}}.',
  noNumberThere: 'O Zernio não informa nenhum número para esta conta.',
  nothingToPrepare: 'As chamadas deste número não têm nada a preparar antes.',
  noPermissionNeeded: 'Este número liga sem pedir permissão.',
  onlyInWindow:
    'A permissão só pode ser pedida enquanto a janela de atendimento ao cliente está aberta.',
  answeredElsewhere:
    'As chamadas deste número são atendidas e encerradas no destino do encaminhamento.',
};

export const providerErrors = {
  refused: 'O provedor recusou isto',
  nextTransient:
    'Tente de novo em um minuto. Se falhar outra vez, informe o código ao administrador',
  nextUnknown: 'Se acontecer de novo, informe o código ao administrador',
  meta: {
    1: {
      what: 'O WhatsApp está com um problema agora.',
      next: 'Tente de novo em um minuto.',
    },
    2: {
      what: 'O WhatsApp está com um problema agora.',
      next: 'Tente de novo em um minuto.',
    },
    4: {
      what: 'Solicitações demais ao WhatsApp.',
      next: 'Espere um minuto e tente de novo.',
    },
    10: {
      what: 'O token de acesso deste número não permite isso.',
      next: 'Peça ao administrador para verificar as permissões do token.',
    },
    33: {
      what: 'O WhatsApp não conhece mais este número.',
      next: 'Peça ao administrador para verificar a conta.',
    },
    100: {
      what: 'O WhatsApp não aceitou a solicitação.',
      next: 'Tente de novo. Se falhar outra vez, informe ao administrador os detalhes abaixo.',
    },
    190: {
      what: 'O token de acesso deste número expirou.',
      next: 'Peça ao administrador um perfil com um novo.',
    },
    368: {
      what: 'O WhatsApp bloqueou esta conta por algum tempo por causa das políticas dele.',
      next: 'Peça ao administrador para ler o aviso no WhatsApp Manager.',
    },
    613: {
      what: 'A permissão foi verificada vezes demais.',
      next: 'Espere um minuto e atualize.',
    },
    80007: {
      what: 'Solicitações demais ao WhatsApp.',
      next: 'Espere um minuto e tente de novo.',
    },
    130429: {
      what: 'Solicitações demais ao WhatsApp.',
      next: 'Espere um minuto e tente de novo.',
    },
    130472: {
      what: 'O WhatsApp não entregou esta mensagem: o cliente faz parte de um teste da Meta.',
      next: 'Espere o cliente escrever.',
    },
    130497: {
      what: 'Esta conta não pode enviar mensagens a clientes neste país.',
      next: 'Peça ao administrador para verificar a restrição no WhatsApp Manager.',
    },
    131000: {
      what: 'O WhatsApp está com um problema e não diz o motivo.',
      next: 'Tente de novo em um minuto. Se falhar outra vez, informe o código ao administrador.',
    },
    131005: {
      what: 'O token de acesso deste número não permite isso.',
      next: 'Peça ao administrador para verificar as permissões do token.',
    },
    131008: {
      what: 'O WhatsApp não aceitou a solicitação: falta alguma coisa.',
      next: 'Tente de novo. Se falhar outra vez, informe ao administrador os detalhes abaixo.',
    },
    131009: {
      what: 'Não é possível enviar um botão de chamada deste número ou para este país.',
      next: 'Envie uma mensagem comum.',
    },
    131016: {
      what: 'O WhatsApp está com um problema agora.',
      next: 'Tente de novo em um minuto.',
    },
    131021: {
      what: 'Você não pode enviar uma mensagem ao seu próprio número.',
      next: 'Escolha outro cliente.',
    },
    131026: {
      what: 'O WhatsApp não conseguiu entregar isto ao cliente.',
      next: 'Talvez ele não tenha WhatsApp, ou tenha uma versão antiga. Tente mais tarde.',
    },
    131030: {
      what: 'Este é um número de teste, e o cliente não está na lista dele.',
      next: 'Peça ao administrador para adicionar o cliente aos destinatários permitidos no App Dashboard da Meta.',
    },
    131031: {
      what: 'O WhatsApp bloqueou esta conta comercial.',
      next: 'Peça ao administrador para ler o aviso no WhatsApp Manager.',
    },
    131037: {
      what: 'O nome de exibição deste número ainda não foi aprovado.',
      next: 'Peça ao administrador para verificá-lo no WhatsApp Manager.',
    },
    131042: {
      what: 'A conta do WhatsApp tem um problema de pagamento.',
      next: 'Peça ao administrador para verificar a forma de pagamento no Business Manager da Meta.',
    },
    131044: {
      what: 'A conta do WhatsApp não tem uma forma de pagamento válida.',
      next: 'Peça ao administrador para adicionar um no Business Manager da Meta.',
    },
    131045: {
      what: 'O registro deste número não está completo.',
      next: 'Peça ao administrador para registrá-lo de novo.',
    },
    131047: {
      what: 'A janela de atendimento ao cliente está fechada: nenhuma mensagem ou chamada em 24 horas.',
      next: 'Envie um modelo ou espere o cliente escrever.',
    },
    131048: {
      what: 'O WhatsApp limita as mensagens deste número: clientes o bloquearam ou denunciaram.',
      next: 'Peça ao administrador para verificar a classificação de qualidade no WhatsApp Manager.',
    },
    131049: {
      what: 'O WhatsApp não entregou esta mensagem: o cliente recebe mensagens demais de empresas.',
      next: 'Espere um dia ou espere o cliente escrever.',
    },
    131050: {
      what: 'O cliente não quer mais mensagens de marketing suas.',
      next: 'Não envie de novo. Espere o cliente escrever.',
    },
    131051: {
      what: 'O WhatsApp não aceita este tipo de mensagem.',
      next: 'Envie uma mensagem comum.',
    },
    131052: {
      what: 'O WhatsApp não conseguiu carregar o arquivo do cliente.',
      next: 'Peça ao cliente para enviar de novo.',
    },
    131053: {
      what: 'O WhatsApp não conseguiu carregar o arquivo que você enviou.',
      next: 'Confira o arquivo e tente de novo.',
    },
    131055: {
      what: 'Este número usa SIP, por isso o Ringdesk não consegue receber nem fazer as chamadas dele.',
      next: 'Peça ao administrador para desativar o SIP deste número.',
    },
    131056: {
      what: 'Mensagens demais para este cliente em pouco tempo.',
      next: 'Espere um minuto e tente de novo.',
    },
    131057: {
      what: 'O WhatsApp está fazendo manutenção nesta conta.',
      next: 'Tente de novo em alguns minutos.',
    },
    132000: {
      what: 'A quantidade de valores não corresponde ao modelo.',
      next: 'Escolha outro modelo ou peça ao administrador para corrigi-lo.',
    },
    132001: {
      what: 'Este modelo não existe ou não foi aprovado neste idioma.',
      next: 'Escolha outro modelo ou peça ao administrador para corrigi-lo.',
    },
    132005: {
      what: 'O modelo fica longo demais com estes valores.',
      next: 'Escolha outro modelo ou peça ao administrador para corrigi-lo.',
    },
    132007: {
      what: 'O modelo viola as regras do WhatsApp.',
      next: 'Escolha outro modelo ou peça ao administrador para corrigi-lo.',
    },
    132012: {
      what: 'Um valor não tem a forma que o modelo exige.',
      next: 'Escolha outro modelo ou peça ao administrador para corrigi-lo.',
    },
    132015: {
      what: 'O WhatsApp pausou este modelo por causa da qualidade.',
      next: 'Escolha outro modelo ou peça ao administrador para corrigi-lo.',
    },
    132016: {
      what: 'O WhatsApp desativou este modelo por causa da qualidade.',
      next: 'Escolha outro modelo ou peça ao administrador para corrigi-lo.',
    },
    133010: {
      what: 'Este número não está registrado no WhatsApp.',
      next: 'Peça ao administrador para registrá-lo.',
    },
    135000: {
      what: 'O WhatsApp não aceitou a mensagem e não diz o motivo.',
      next: 'Tente de novo. Se falhar outra vez, informe o código ao administrador.',
    },
    138000: {
      what: 'As chamadas estão desativadas para este número.',
      next: 'Peça ao administrador para ativá-las.',
    },
    138001: {
      what: 'Não é possível ligar para este cliente no WhatsApp.',
      next: 'Confira o número ou envie uma mensagem: o WhatsApp dele pode ser antigo ou não existir.',
    },
    138002: {
      what: 'Este número tem chamadas demais ao mesmo tempo.',
      next: 'Tente de novo quando uma chamada terminar.',
    },
    138003: {
      what: 'Este cliente já está em chamada com você ou com um colega.',
      next: 'Espere essa chamada terminar.',
    },
    138004: {
      what: 'O WhatsApp não conseguiu conectar a chamada.',
      next: 'Tente de novo. Se continuar falhando, avise o administrador: a rede pode estar bloqueando chamadas.',
    },
    138005: {
      what: 'Este número fez chamadas demais hoje.',
      next: 'Espere ou ligue de outro número.',
    },
    138006: {
      what: 'O cliente não permitiu chamadas deste número.',
      next: 'Peça permissão primeiro.',
    },
    138007: {
      what: 'A chamada demorou demais para ser conectada.',
      next: 'Tente de novo. Se continuar falhando, avise o administrador: a rede pode estar bloqueando chamadas.',
    },
    138008: {
      what: 'O outro lado não aceitou a nossa descrição de mídia.',
      next: 'Retorne. Se continuar acontecendo, avise o administrador: o número pode estar com chaves SDES.',
    },
    138009: {
      what: 'Você pode pedir permissão uma vez por dia e duas vezes por semana. Esse limite foi atingido.',
      next: 'Envie uma mensagem ou espere o cliente ligar.',
    },
    138012: {
      what: 'Você atingiu o limite diário de chamadas para este cliente.',
      next: 'Envie uma mensagem ou espere até o horário indicado nos detalhes abaixo.',
    },
    138013: {
      what: 'Números deste país não podem ligar para clientes no WhatsApp.',
      next: 'Envie um botão de chamada e deixe o cliente ligar para você.',
    },
    138014: {
      what: 'O WhatsApp pausou as chamadas deste número: clientes reclamaram ou não atenderam.',
      next: 'Por enquanto, envie mensagens. O administrador vê no WhatsApp Manager até quando.',
    },
    138015: {
      what: 'Não é possível ativar as chamadas: o limite de mensagens está abaixo de 2.000 clientes por dia.',
      next: 'Peça ao administrador para aumentar primeiro o limite de mensagens.',
    },
    138017: {
      what: 'O cliente já permitiu chamadas permanentemente.',
      next: 'Você já pode ligar.',
    },
    138018: {
      what: 'Não é possível ativar as chamadas: nada as recebe.',
      next: 'Peça ao administrador para inscrever o relay no campo “calls”.',
    },
    138019: {
      what: 'O WhatsApp do cliente não conseguiu preparar a chamada.',
      next: 'Tente de novo ou envie uma mensagem.',
    },
    138020: {
      what: 'O telefone do cliente não conseguiu se conectar à chamada.',
      next: 'A conexão dele pode estar ruim. Tente mais tarde.',
    },
    138021: {
      what: 'O WhatsApp encerrou a chamada: nenhum áudio seu por muito tempo.',
      next: 'Verifique o microfone e a rede e depois retorne.',
    },
    138022: {
      what: 'O WhatsApp encerrou a chamada: nenhum áudio do cliente por muito tempo.',
      next: 'Retorne; a conexão dele pode ter caído.',
    },
    138023: {
      what: 'A chamada foi atendida, mas nenhum áudio passou.',
      next: 'Retorne. Se continuar acontecendo, avise o administrador: a rede pode estar bloqueando chamadas.',
    },
    138038: {
      what: 'O WhatsApp entrega as chamadas deste número a outro sistema de atendimento.',
      next: 'Peça ao administrador para devolver as chamadas a este app, em Conversation Routing.',
    },
    'http-401': {
      what: 'O WhatsApp não aceitou o token de acesso deste número.',
      next: 'Peça ao administrador um perfil com um novo.',
    },
    'http-403': {
      what: 'O token de acesso deste número não permite isso.',
      next: 'Peça ao administrador para verificar as permissões do token.',
    },
    'http-404': {
      what: 'O WhatsApp não conhece esta chamada ou este número.',
      next: 'Uma chamada pode ter terminado. Se for um número, peça ao administrador para verificar a conta.',
    },
    'http-429': {
      what: 'Solicitações demais ao WhatsApp.',
      next: 'Espere um minuto e tente de novo.',
    },
    'no-number': {
      what: 'Este cliente só mostra um nome de usuário, e este número não pode ligar para nomes de usuário.',
      next: 'Espere o cliente ligar ou escrever.',
    },
    'not-supported': {
      what: 'Este número não oferece isso.',
      next: 'O provedor dele não oferece isso.',
    },
    interrupted: {
      what: 'O Ringdesk foi fechado antes da resposta do WhatsApp. O cliente pode ter recebido a mensagem.',
      next: 'Pergunte ao cliente ou tente de novo.',
    },
    'no-recording': {
      what: 'Não há gravação desta chamada.',
      next: 'Se a chamada acabou de terminar, tente de novo em um minuto.',
    },
    'foreign-media': {
      what: 'A gravação não foi carregada: o endereço dela não é do WhatsApp.',
      next: 'Avise o administrador.',
    },
    'no-account': {
      what: 'Este computador não tem mais acesso a este número.',
      next: 'Importe o seu perfil de novo.',
    },
  },
  d360: {
    138002: {
      what: 'A conta do WhatsApp chegou a 1.000 chamadas ao mesmo tempo em todos os números.',
      next: 'Tente de novo quando uma chamada terminar.',
    },
    138015: {
      what: 'Não é possível ativar as chamadas: o limite de mensagens é baixo demais (a 360dialog pede 1.000 clientes por dia, a Meta 2.000).',
      next: 'Peça ao administrador para aumentar primeiro o limite de mensagens.',
    },
    'http-401': {
      what: 'A 360dialog não aceitou a chave deste número.',
      next: 'Peça ao administrador uma nova chave do 360dialog Hub.',
    },
    'http-403': {
      what: 'A 360dialog não permite isso com a chave deste número.',
      next: 'Pergunte ao administrador se as chamadas estão ativadas para ele no 360dialog Hub.',
    },
    'http-404': {
      what: 'A 360dialog não conhece esta chamada ou este número.',
      next: 'Uma chamada pode ter terminado. Se for um número, peça ao administrador para verificar a conta.',
    },
    'http-429': {
      what: 'Solicitações demais à 360dialog.',
      next: 'Espere um minuto e tente de novo.',
    },
  },
  'pilot-status': {
    'http-401': {
      what: 'O Pilot Status não aceitou a chave deste número.',
      next: 'Peça ao administrador uma nova chave deste número.',
    },
    'http-403': {
      what: 'A chave não permite isso.',
      next: 'Peça ao administrador uma chave deste número.',
    },
    'http-404': {
      what: 'O Pilot Status não conhece esta chamada.',
      next: 'Ela terminou ou é de outro número.',
    },
    'http-429': {
      what: 'Solicitações demais ao Pilot Status.',
      next: 'Espere um minuto e tente de novo.',
    },
    FEATURE_NOT_SUPPORTED: {
      what: 'Este tipo de número não oferece isso.',
      next: 'Pergunte ao administrador se ele está configurado aqui com o tipo certo: Meta ou web.',
    },
    WHATSAPP_INSTANCE_NOT_CONNECTED: {
      what: 'O número não está conectado ao WhatsApp.',
      next: 'Peça ao administrador para conectá-lo de novo com o QR code no Pilot Status.',
    },
    META_CALL_PERMISSION_REQUIRED: {
      what: 'O cliente não permitiu chamadas deste número.',
      next: 'Peça permissão primeiro.',
    },
    META_CALL_PERMISSION_REQUEST_LIMIT: {
      what: 'Você atingiu o limite de pedidos de permissão a este cliente.',
      next: 'Envie uma mensagem ou espere o cliente ligar.',
    },
    META_CALLING_PAYMENT_REQUIRED: {
      what: 'A conta do WhatsApp não tem uma forma de pagamento válida.',
      next: 'Peça ao administrador para adicionar um no Business Manager da Meta.',
    },
    TENANT_SCOPE_NOT_ALLOWED: {
      what: 'A chave é da conta inteira do Pilot Status, não deste número.',
      next: 'Peça ao administrador uma chave deste número.',
    },
    NUMBER_SCOPE_NOT_ALLOWED: {
      what: 'A chave é de um único número. Isto exige uma chave da conta.',
      next: 'Peça ao administrador uma chave da conta.',
    },
    NUMBER_MISMATCH: {
      what: 'A chave é de outro número.',
      next: 'Peça ao administrador para verificar a chave deste número.',
    },
    NUMBER_REQUIRED: {
      what: 'O Pilot Status não sabe que número usar.',
      next: 'Peça ao administrador uma chave deste número.',
    },
    NUMBER_NOT_FOUND: {
      what: 'O Pilot Status não conhece este número.',
      next: 'Peça ao administrador para verificar a chave deste número.',
    },
    WEBHOOK_NOT_FOUND: {
      what: 'Falta o webhook deste número.',
      next: 'Peça ao administrador para configurá-lo de novo no Pilot Status.',
    },
    SUBSCRIPTION_REQUIRED_FOR_MEDIA: {
      what: 'A assinatura do Pilot Status não inclui isto.',
      next: 'Peça ao administrador para verificar a assinatura.',
    },
    'http-402': {
      what: 'O Pilot Status exige uma assinatura para isto.',
      next: 'Peça ao administrador para verificar a assinatura.',
    },
    'http-409': {
      what: 'A chamada mudou, ou o número não está conectado.',
      next: 'Confira a chamada: um colega pode tê-la atendido.',
    },
  },
  zernio: {
    'http-401': {
      what: 'O Zernio não aceitou a chave.',
      next: 'Peça ao administrador uma nova chave.',
    },
    'http-404': {
      what: 'O Zernio não conhece este número.',
      next: 'Peça ao administrador para verificar a conta.',
    },
    'http-429': {
      what: 'Solicitações demais ao Zernio.',
      next: 'Espere um minuto e tente de novo.',
    },
    'config-404': {
      what: 'O Zernio não conhece este número.',
      next: 'Peça ao administrador para verificar a conta.',
    },
    'enable-400': {
      what: 'O Zernio não consegue encaminhar chamadas para este destino.',
      next: 'Use outro telefone, endereço SIP ou wss, e não o próprio número.',
    },
    'enable-404': {
      what: 'O Zernio não conhece este número.',
      next: 'Peça ao administrador para verificar a conta.',
    },
    'enable-409': {
      what: 'Não é possível ativar as chamadas: um tronco SIP usa este número.',
      next: 'Peça ao administrador para tirá-lo primeiro do tronco SIP no Zernio.',
    },
    'enable-422': {
      what: 'Não é possível ativar as chamadas: o plano não é por uso, ou o limite de mensagens está abaixo de 2.000 clientes por dia.',
      next: 'Peça ao administrador para verificar o plano no Zernio e o limite de mensagens no WhatsApp Manager.',
    },
    'update-400': {
      what: 'O Zernio não aceitou a mudança.',
      next: 'Confira o destino. Ele não pode ser o próprio número.',
    },
    'update-404': {
      what: 'O Zernio não conhece este número.',
      next: 'Peça ao administrador para verificar a conta.',
    },
    'permission-404': {
      what: 'O Zernio não conhece este número.',
      next: 'Peça ao administrador para verificar a conta.',
    },
    'dial-409': {
      what: 'O cliente não permitiu chamadas, ou esta chamada já está sendo feita.',
      next: 'Verifique a permissão e peça-a se faltar.',
    },
    'dial-busy': {
      what: 'Esta chamada já está sendo feita.',
      next: 'Espere até ela aparecer.',
    },
    'forward-to': {
      what: 'As chamadas não podem ser encaminhadas para este destino.',
      next: 'Veja nos detalhes abaixo como escrevê-lo.',
    },
    'request-409': {
      what: 'O Zernio não pode pedir permissão a este cliente agora.',
      next: 'Você pode pedir permissão uma vez por dia e duas vezes por semana.',
    },
    'request-422': {
      what: 'O Zernio não pode pedir permissão a este cliente.',
      next: 'Espere o cliente escrever. Você pode pedir nas 24 horas seguintes.',
    },
    'dial-422': {
      what: 'O Zernio não pode fazer esta chamada: as chamadas estão desativadas, o país do número não as permite, ou faltam credenciais SIP.',
      next: 'Peça ao administrador para verificar as configurações de chamada do número.',
    },
    'dial-502': {
      what: 'A operadora do Zernio não conseguiu fazer a chamada.',
      next: 'Tente de novo em um minuto.',
    },
    'recording-404': {
      what: 'Não há gravação desta chamada.',
      next: 'Se a chamada acabou de terminar, tente de novo em um minuto.',
    },
    'recording-502': {
      what: 'Não foi possível carregar a gravação.',
      next: 'Tente de novo em um minuto.',
    },
    'read-404': {
      what: 'O Zernio não conhece esta chamada.',
      next: 'Confira se ela é deste número.',
    },
    invalid_resource_state: {
      what: 'Isto não pode ser feito com o número agora.',
      next: 'Pergunte ao administrador se um tronco SIP usa o número.',
    },
    FEATURE_NOT_AVAILABLE: {
      what: 'O plano do Zernio não inclui isto.',
      next: 'Peça ao administrador para verificar o plano.',
    },
    invalid_request_error: {
      what: 'O Zernio não aceitou a solicitação.',
      next: 'Tente de novo. Se falhar outra vez, informe ao administrador os detalhes abaixo.',
    },
    authentication_error: {
      what: 'O Zernio não aceitou a chave.',
      next: 'Peça ao administrador uma nova chave.',
    },
    permission_error: {
      what: 'A chave não permite isso.',
      next: 'Peça ao administrador uma chave que permita chamadas.',
    },
    not_found: {
      what: 'O Zernio não conhece este número.',
      next: 'Peça ao administrador para verificar a conta.',
    },
    rate_limit_error: {
      what: 'Solicitações demais ao Zernio.',
      next: 'Espere um minuto e tente de novo.',
    },
    platform_error: {
      what: 'O WhatsApp recusou isto.',
      next: 'Veja o motivo nos detalhes abaixo.',
    },
    api_error: {
      what: 'O Zernio está com um problema.',
      next: 'Tente de novo em um minuto.',
    },
  },
  noAnswer: {
    network: {
      what: 'Não foi possível acessar {{provider}} deste computador.',
      next: 'Verifique a rede e tente de novo.',
    },
    'proxy-unreachable': {
      what: 'Não foi possível acessar {{provider}}: o proxy da sua rede não respondeu.',
      next: 'Verifique a rede ou pergunte ao administrador dela. Depois tente de novo.',
    },
    'proxy-password': {
      what: 'Não foi possível acessar {{provider}}: o proxy da sua rede pede uma senha.',
      next: 'Digite-a onde a conexão é mostrada e tente de novo.',
    },
    'proxy-sign-in': {
      what: 'Não foi possível acessar {{provider}}: o proxy da sua rede pede um tipo de autenticação que o Ringdesk não aceita.',
      next: 'Peça ao administrador da rede um nome e uma senha (Basic).',
    },
    'proxy-refused': {
      what: 'Não foi possível acessar {{provider}}: o proxy da sua rede não deixa o Ringdesk passar.',
      next: 'Peça ao administrador da rede para liberar o endereço dele.',
    },
    'certificate-untrusted': {
      what: 'Não foi possível acessar {{provider}}: o certificado mostrado não é confiável aqui.',
      next: 'Peça ao administrador da rede para instalar a autoridade certificadora neste computador.',
    },
    'certificate-early': {
      what: 'Não foi possível acessar {{provider}}: o certificado ainda não é válido.',
      next: 'Acerte o relógio deste computador e tente de novo.',
    },
    timeout: {
      what: '{{provider}} não respondeu a tempo.',
      next: 'Tente de novo. Se a chamada acabar sendo feita, o Ringdesk a encerra.',
    },
    unreadable: {
      what: 'O Ringdesk não entendeu a resposta de {{provider}}.',
      next: 'Tente de novo. Se falhar outra vez, avise o administrador: o Ringdesk pode precisar de uma atualização.',
    },
    'too-large': {
      what: 'A resposta de {{provider}} era grande demais para ser lida.',
      next: 'Tente de novo. Se falhar outra vez, avise o administrador: talvez outro servidor responda no lugar dele.',
    },
  },
  general: {
    broken: {
      what: 'O provedor está com um problema.',
      next: 'Tente de novo em um minuto.',
    },
  },
  own: {
    relay: {
      what: 'O relay não respondeu.',
      next: 'Tente de novo quando houver conexão.',
    },
    untold: {
      what: 'O provedor não informou mais nada sobre esta chamada.',
      next: 'Confirme com o cliente ou ligue de novo.',
    },
    failed: {
      what: 'A chamada falhou, e o provedor não diz o motivo.',
      next: 'Tente de novo. Se falhar outra vez, avise o administrador.',
    },
    unexpected: {
      what: 'Algo falhou dentro do Ringdesk.',
      next: 'Tente de novo. Se falhar outra vez, avise o administrador: o registro tem os detalhes.',
    },
  },
};
