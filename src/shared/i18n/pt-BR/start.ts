export const start = {
  intro:
    'Quatro passos até a sua primeira chamada. Saia quando quiser: esta página fica na faixa da demo e nas configurações.',
  steps: {
    practise: 'Pratique com um cliente simulado',
    connect: 'Conecte o seu número',
    checks: 'Verifique se as chamadas chegam',
    call: 'Ligue agora para o seu número',
  },
  done: 'Concluído',
  next: 'Próximo: ligar para o seu número',
  finish: 'Começar a trabalhar',
  leave: 'Sair por enquanto',
  practiseText:
    'Um cliente simulado liga para você em instantes, com áudio real. Atenda, fale e desligue. Nada sai deste computador.',
  practiseNow: 'Ligar para mim',
  practised:
    'Você atendeu uma chamada de treino. Há mais clientes, e colegas para quem transferir.',
  practiseInDemo:
    'As chamadas de treino tocam na demo. Ela fica em Configurações, Espaço de trabalho.',
  moreCustomers: 'Mais clientes',
  demoStarts: 'A demo ainda está iniciando',
  connectFirst: 'Primeiro conecte o seu número.',
  connected: 'Você é {{agent}}. Aqui tocam: {{numbers, list}}',
  how: 'Como você quer se conectar?',
  ways: {
    invitation: 'Tenho um convite',
    file: 'Tenho um arquivo de perfil',
    admin: 'Sou o administrador: configurar um relay',
  },
  dropHere: 'Solte aqui o arquivo de perfil',
  chooseFile: 'Escolher um arquivo…',
  copy: 'Copiar',
  copyWhat: 'Copiar: {{what}}',
  copied: 'Copiado: {{what}}',
  relayReached: 'O Ringdesk está conectado ao relay',
  relayWaits: 'O Ringdesk ainda não se conectou ao relay. Ele continua tentando',
  numberReady: '{{label}}: o acesso está guardado aqui',
  numberWaits: '{{label}}: o acesso falta aqui',
  callNow: 'Pegue um telefone e ligue para {{numbers, list}} no WhatsApp.',
  callNowNote:
    'Esta página espera o toque. O WhatsApp no computador não liga para empresas. Se nada acontecer, veja as verificações acima.',
  rang: '{{label}} tocou aqui, em até {{seconds}} s depois que o cliente ligou. Tudo pronto.',
};

export const invitation = {
  textLabel: 'Link ou código do convite',
  textNote: 'Do seu administrador. Vale uma vez',
  relayLabel: 'Endereço do relay',
  relayNote: 'Está ao lado do código, como calls.example.com',
  opened: 'Um convite foi aberto. Use-o só se vier do seu administrador.',
  join: 'Configurar este console',
  joining: 'Configurando…',
  empty: 'Primeiro cole o link ou digite o código',
  dismiss: 'Não usar',
  joined: 'Você entrou como {{agent}}',
  waits: 'Um convite foi aberto. Ele espera na página “Primeiros passos”',
  replaceTitle: 'Substituir o que está configurado aqui?',
  replaceText:
    'Este computador está configurado para {{agent}}. Os números dessa pessoa deixariam de tocar aqui, e as chaves dela seriam excluídas. O histórico de chamadas fica.',
  replaceYes: 'Substituir',
  unfit:
    'Este convite não serve para esta versão do Ringdesk. Atualize-o ou fale com o administrador',
  unreachable:
    'Não há resposta de {{host}}. Confira o endereço e se o relay está em execução. ({{why}})',
  noRelay: 'Não há um relay em {{host}}, ou algo está na frente dele (status {{status}})',
  oldRelay: 'Este relay não conhece convites. Peça ao administrador que o atualize',
  problems: {
    'not-an-invitation': 'Este não é o link de um convite',
    'no-relay': 'O endereço do relay falta ou não é um endereço. Deve ser como calls.example.com',
    'bad-code': 'Um código tem 12 letras e dígitos, como K7QF-3MRA-9TWX. Confira cada um',
    insecure: 'Este endereço não é criptografado. Peça ao administrador um que comece com wss://',
  },
};

export const setUp = {
  intro:
    'Você recebe uma pasta para o seu servidor, com a configuração do relay, e um convite para cada atendente. Adicione todos os seus números aqui, ou em relay.json depois.',
  fields: {
    relay: 'Endereço do seu servidor',
    provider: 'Provedor do número',
    label: 'Nome do número',
    number: 'Número de telefone',
    phoneNumberId: 'Identificação do número de telefone',
    wabaId: 'Identificação da conta do WhatsApp Business',
    appSecret: 'Chave secreta do app',
    accessToken: 'Token de acesso',
    apiKey: 'Chave da API',
    zernioAccountId: 'ID da conta no Zernio',
    mediaAddress: 'Endereço IP público do seu servidor',
    apiBase: 'Endereço da API do provedor',
    admin: 'Seu nome',
    agents: 'Outros atendentes, um por linha',
  },
  notes: {
    relay:
      'Um nome que leva ao seu servidor, como calls.example.com. Para testar neste computador: http://127.0.0.1:8787',
    number: 'Com + e o código do país',
    phoneNumberId: 'No App Dashboard da Meta, em WhatsApp, API Setup',
    wabaId: 'Ao lado da identificação do número de telefone',
    appSecret: 'No App Dashboard da Meta, em App settings, Basic',
    accessToken:
      'De um usuário do sistema, com whatsapp_business_messaging e whatsapp_business_management',
    apiBase: 'Deixe vazio para o do próprio provedor',
  },
  problems: {
    missing: 'Preencha este campo',
    address: 'Isto não é um endereço. Deve ser como calls.example.com',
    insecure: 'Este endereço não é criptografado. Ele deve começar com https://',
    number: 'Escreva + e o código do país, como +551150201234',
    digits: 'Use apenas dígitos',
    ip: 'Um endereço IP tem a forma 203.0.113.7',
    characters: 'Há um espaço ou um caractere que chaves nunca têm. Copie-a de novo',
    twice: 'Este número foi digitado duas vezes',
    'too-many': 'Até 100 atendentes. Convide os outros com “relay invite”',
  },
  numberTitle: 'Número {{position}}',
  addNumber: 'Adicionar outro número',
  removeNumber: 'Remover este número',
  relayed: 'As chamadas passam pelo relay',
  relayedNote:
    'Para espera, transferência e escuta. As portas UDP 40000 a 40999 do seu servidor devem estar abertas',
  more: 'Mais configurações',
  save: 'Salvar em uma pasta…',
  saving: 'Salvando…',
  incomplete: 'Alguns campos precisam da sua atenção',
  folderTaken: 'Já existe um relay.json em {{folder}}. Escolha outra pasta',
  notWritten: 'Não foi possível salvar os arquivos em {{folder}}: {{why}}. Escolha outra pasta',
  savedIn: 'Salvo em {{folder}}',
  savedNote:
    'Copie esta pasta para o seu servidor. Ela contém segredos, então ninguém mais pode lê-la.',
  startRelay: 'Inicie o relay no seu servidor:',
  inContainers: 'Nesta pasta, com Docker',
  withoutContainers: 'Ou na pasta do Ringdesk, com Node',
  atProvider: 'Insira isto no provedor de {{label}} ({{provider}}):',
  webhook: 'Endereço do webhook',
  verifyToken: 'Token de verificação',
  webhookSecret: 'Segredo do webhook',
  forwardTo: 'Encaminhar chamadas para',
  subscribe:
    'No App Dashboard da Meta, em WhatsApp, Configuration. Assine os campos calls e messages.',
  sendInvitations: 'Envie a cada atendente o convite dele. Cada um vale uma vez, por 14 dias:',
  useMine: 'Quando o relay estiver em execução, configure este console com o seu próprio convite:',
  joinHere: 'Configurar este console para {{name}}',
  again: 'Alterar o que você digitou',
  letter:
    'Olá, {{name}},\n\nEste é o seu convite para o Ringdesk. Ele vale uma vez, até {{until, date}}. Abra o link abaixo. Ou abra a página “Primeiros passos” no Ringdesk e digite o endereço do relay e o código.',
};
