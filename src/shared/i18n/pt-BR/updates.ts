export const updates = {
  title: 'Versão e atualizações',
  channel: 'Atualizações',
  channels: { stable: 'Estável: versões prontas', beta: 'Beta: antecipada, menos testada' },
  look: 'Procurar atualizações',
  checking: 'Procurando atualizações…',
  notChecked: 'Ainda não houve busca por atualizações',
  currentSince: 'Esta é a versão mais nova (verificado às {{time}})',
  downloading: 'Baixando a versão {{version}}: {{percent}}',
  ready: 'A versão {{version}} está pronta',
  whatIsNew: 'O que há de novo',
  now: 'Reiniciar e atualizar',
  tray: 'Reiniciar e atualizar para {{version}}',
  later: 'Mais tarde',
  shiftEnd: 'No fim do meu turno',
  plans: {
    ask: 'O Ringdesk será reiniciado. Por alguns segundos, as chamadas não chegam até você',
    now: 'Será instalada assim que você estiver livre',
    later: 'O Ringdesk perguntará de novo em algumas horas',
    'shift-end': 'Será instalada quando você ficar ausente ou sair',
  },
  busy: 'Espera até terminar a sua chamada e o pós-atendimento',
  forced:
    'A sua organização quer que seja instalada agora. Será instalada assim que você estiver livre',
  forceAt: 'A partir das {{time}} não pode mais ser adiada',
  installing:
    'Instalando a versão {{version}}. As chamadas continuam chegando. O computador pode pedir a senha de um administrador',
  cameFrom: 'Agora você tem a versão {{version}}. Antes era a {{before}}',
  wentBack:
    'A versão {{version}} não iniciou. Você tem a {{own}} de novo, com os dados como estavam',
  wentBackNext: 'Ela não será oferecida de novo. Avise o administrador',
  dismiss: 'OK',
  none: {
    'not-installed': 'Esta cópia não se atualiza, porque nenhum instalador a colocou aqui',
    'no-server': 'Esta cópia não se atualiza, porque foi feita sem servidor de atualizações',
    administrator: 'O administrador deste computador atualiza o Ringdesk',
    organisation: 'A sua organização desativou as atualizações',
  },
  failed: {
    unreachable:
      'Não foi possível acessar o servidor de atualizações, ou ele não tem o arquivo. O Ringdesk tentará de novo',
    'not-ours':
      'A atualização foi recusada: não traz a assinatura do Ringdesk. Avise o administrador',
    disk: 'Não foi possível guardar a atualização. Libere espaço no disco e procure de novo',
    'not-allowed':
      'A atualização não foi permitida neste computador. Fale com o administrador dele',
    installer:
      'O instalador da atualização falhou. O registro diz por quê. Você ainda tem esta versão',
  },
  goingBack:
    'O Ringdesk {{to}} não conseguiu iniciar em duas tentativas. A versão {{from}} é instalada de novo, com os dados dela.',
  didNotStart: 'O Ringdesk {{to}} não iniciou',
  notBack:
    'Não foi possível instalar de novo a versão {{from}}: {{why}}. Instale-a manualmente: {{file}}',
  noPackage: 'o pacote da versão {{from}} não está aqui',
  packageChanged: 'o pacote guardado foi alterado',
  byHand: 'neste sistema é preciso instalar manualmente',
} as const;

export const autostart = {
  label: 'Iniciar quando eu entrar neste computador',
  note: 'O Ringdesk inicia na bandeja, pronto para chamadas',
  states: {
    'unknown-program': 'Só um Ringdesk instalado pode iniciar sozinho',
    forbidden: 'Está proibido nas configurações do seu sistema. Permita lá',
  },
  refused: 'O seu sistema não permitiu: {{why}}',
} as const;
