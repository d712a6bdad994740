export const noticeCentre = {
  centre: 'Avisos recentes',
  nothing: 'Nenhum aviso ainda.',
  more: 'Mais {{count}}. Dispense um para ver o próximo',
  copy: 'Copiar',
  callFailed: 'A chamada falhou',
};

export const notices = {
  'calls-interrupted': {
    what: 'O Ringdesk foi fechado durante uma chamada ({{count}})',
    next: 'Encontre-a em Todas as chamadas e retorne',
  },
  'softphone-restarted': {
    what: 'O áudio do Ringdesk reiniciou',
    next: 'Se uma chamada caiu, retorne',
  },
  'rights-changed': {
    what: 'Um administrador mudou o que você pode fazer: {{what}}',
  },
  'team-message': {
    what: '{{name}}: {{what}}',
  },
  'relay-log-incomplete': {
    what: 'Você ficou offline tempo demais para receber todas as chamadas',
    next: 'Algumas podem faltar em Todas as chamadas',
  },
  'profile-invalid': {
    what: 'Este perfil não pode ser usado: {{why}}',
    next: 'Peça um novo ao administrador e importe-o',
  },
  'policy-wrong': {
    what: 'A política da sua organização {{source}} tem um erro: {{why}}',
    next: 'O restante vale. Avise o administrador',
  },
  'policy-over-profile': {
    what: 'Seu perfil e a política da sua organização divergem: {{what}}',
    next: 'A política é usada. Avise o administrador',
  },
  'file-trouble': {
    what: '{{path}}',
  },
  'folder-read-only': {
    what: 'O Ringdesk não consegue gravar na pasta {{path}}, por isso não guarda nada quando você sai',
    next: 'Dê ao seu usuário permissão de gravação nessa pasta e inicie o Ringdesk de novo',
  },
  'storage-trouble': {
    what: '{{path}}',
  },
  'storage-set-aside': {
    what: '{{path}}',
  },
  'export-failed': {
    what: 'Uma exportação automática não foi salva: {{name}}',
    next: 'Veja a pasta e se o disco está cheio: {{why}}',
  },
  'storage-left-out': {
    what: 'Algo guardado não pôde ser lido e ficou de fora: {{what}}',
    next: 'Confira se as suas configurações e o histórico estão como você os deixou',
  },
  'storage-network': {
    what: 'O histórico de chamadas está em uma pasta de outro computador: {{path}}',
    next: 'Se puder, guarde-o no disco deste computador. Pela rede ele é mais lento, e sem conexão as chamadas ficam só na memória',
  },
  'microphone-denied': {
    what: 'O sistema não deixa o Ringdesk usar o microfone',
    next: 'Permita nas configurações de privacidade do sistema',
  },
  'provider-error': {
    what: 'WhatsApp: {{message}}',
  },
  'callback-due': {
    what: 'Retorne agora para {{name}}',
    next: 'Você prometeu. Continua pendente até alguém falar com o cliente.',
  },
  'still-waits': {
    what: '{{name}} ainda espera',
    next: 'Chegou algo novo enquanto você estava offline, então o que você fez naquele momento não valeu.',
  },
  'permission-granted': {
    what: '{{name}} agora permite chamadas',
  },
  'permission-declined': {
    what: '{{name}} recusou o seu pedido de chamada',
  },
  'number-restricted': {
    what: 'O WhatsApp restringiu {{label}}: {{what}}',
    next: 'Veja nas configurações do número por quanto tempo',
  },
  'webhooks-late': {
    what: 'As mensagens do WhatsApp sobre {{label}} chegam com {{seconds}} s de atraso',
    next: 'As chamadas ainda tocam. Avise o administrador: o relógio do relay está errado, ou um firewall atrasa as mensagens',
  },
  'relay-clock-behind': {
    what: 'O relógio do relay está {{seconds}} s atrás do relógio do WhatsApp',
    next: 'As chamadas ainda tocam. Peça ao administrador para acertá-lo',
  },
  'number-warned': {
    what: 'Aviso do WhatsApp para {{label}}: {{what}}',
    next: 'Pode vir uma restrição em seguida',
  },
  'number-fact': {
    what: '{{label}}: {{what}}',
  },
  'shortcut-taken': {
    what: 'Outro programa usa o atalho {{shortcut}}',
    next: 'Escolha outro em Configurações',
  },
  'screen-pop-failed': {
    what: '{{why}}',
    next: 'Abra-a pelo painel do cliente ou confira o endereço dela em Configurações',
  },
  'transfer-reverted': {
    what: '{{name}} não atendeu a chamada',
    next: 'A chamada é sua de novo',
  },
  'tray-missing': {
    what: 'Esta área de trabalho não tem bandeja',
    next: 'Ao fechar a janela, o Ringdesk é minimizado',
  },
};

export const storage = {
  withPath: '{{what}}: {{path}}',
  keptAs: 'O arquivo danificado fica guardado como {{path}}',
  noneCameBack: 'Nenhuma chamada pôde ser recuperada',
  cameBack_one: '{{count}} chamada foi recuperada',
  cameBack_other: '{{count}} chamadas foram recuperadas',
  damaged: {
    'going-on':
      'O histórico de chamadas estava danificado e um novo foi iniciado. As chamadas que ainda podem ser lidas estão sendo recuperadas',
    done: 'O histórico de chamadas estava danificado e um novo foi iniciado. {{cameBack}}',
    stopped:
      'O histórico de chamadas estava danificado e um novo foi iniciado. A recuperação parou; ela continua no próximo início',
  },
  gap: {
    'going-on':
      'Chamadas anteriores estão sendo recuperadas ({{percent}}). O arquivo danificado fica guardado como',
    done: 'O histórico estava danificado. {{cameBack}}. Outras chamadas anteriores podem faltar. O arquivo danificado fica guardado como',
    nothing: 'O histórico estava danificado. {{cameBack}}. O arquivo danificado fica guardado como',
    stopped:
      'Faltam chamadas anteriores porque a recuperação parou. O arquivo danificado fica guardado como',
  },
  waits: 'As chamadas atuais ficam na memória e aparecem aqui quando puderem ser guardadas em',
  troubles: {
    full: {
      what: 'O disco está cheio, por isso as chamadas ficam só na memória',
      next: 'Libere espaço, e o Ringdesk as guardará sozinho. Não saia do Ringdesk antes disso',
    },
    locked: {
      what: 'Outro programa bloqueou o histórico de chamadas, por isso as chamadas ficam só na memória',
      next: 'Feche programas de backup, sincronização ou banco de dados. Não saia do Ringdesk antes disso',
    },
    'read-only': {
      what: 'Não é possível gravar no histórico de chamadas, por isso as chamadas ficam só na memória',
      next: 'Dê ao seu usuário permissão de gravação no arquivo e na pasta. Não saia do Ringdesk antes disso',
    },
    'no-access': {
      what: 'O sistema não deixa o Ringdesk abrir o histórico de chamadas, por isso as chamadas ficam só na memória',
      next: 'Dê ao seu usuário acesso ao arquivo e à pasta. Não saia do Ringdesk antes disso',
    },
    disk: {
      what: 'O disco está falhando, por isso as chamadas ficam só na memória',
      next: 'Mande verificar o disco. Não saia do Ringdesk antes disso',
    },
    missing: {
      what: 'A pasta do histórico de chamadas sumiu, por isso as chamadas ficam só na memória',
      next: 'Restaure a pasta ou reconecte a unidade. Não saia do Ringdesk antes disso',
    },
    removed: {
      what: 'O histórico de chamadas foi movido ou excluído enquanto o Ringdesk o usava',
      next: 'Um novo foi iniciado. Saia do Ringdesk antes de pôr o antigo de volta',
    },
    'wears-out': {
      what: 'O disco danifica cada novo histórico de chamadas, por isso as chamadas ficam só na memória',
      next: 'Mande verificar o disco. As chamadas deste turno se perdem quando você sai',
    },
    newer: {
      what: 'Uma versão mais nova do Ringdesk gravou o histórico de chamadas, por isso as chamadas ficam só na memória',
      next: 'Instale essa versão de novo. As chamadas deste turno se perdem quando você sai',
    },
    'no-key': {
      what: 'O histórico de chamadas está criptografado e o cofre de chaves deste sistema não entrega a chave, por isso as chamadas ficam só na memória',
      next: 'Desbloqueie o cofre de chaves e inicie o Ringdesk de novo; nada do histórico foi alterado. Para começar um vazio, mova o arquivo',
    },
  },
  files: {
    damaged: {
      what: 'Um arquivo da sua configuração estava danificado e fica guardado como',
      next: 'Importe o seu perfil de novo',
    },
    'damaged-restored': {
      what: 'Um arquivo danificado foi substituído pela cópia; ele fica guardado como',
      next: 'Nada se perdeu',
    },
    newer: {
      what: 'Uma versão mais nova do Ringdesk gravou um arquivo, por isso ele ficou como estava',
      next: 'Instale essa versão de novo, ou tire o arquivo dali e importe o seu perfil',
    },
    'newer-restored': {
      what: 'Uma versão mais nova do Ringdesk gravou um arquivo; ele é usado, mas não alterado',
      next: 'Instale essa versão de novo para mudar a sua configuração',
    },
    'no-access': {
      what: 'O sistema não deixa o Ringdesk ler um arquivo',
      next: 'Dê ao seu usuário acesso a ele e inicie o Ringdesk de novo',
    },
    'no-access-restored': {
      what: 'O sistema não deixa o Ringdesk ler um arquivo; a cópia dele é usada',
      next: 'Dê ao seu usuário acesso a ele',
    },
    'not-written': {
      what: 'A sua configuração não pôde ser salva e só vale até você sair',
      next: 'Libere espaço ou dê ao seu usuário permissão de gravação na pasta e importe o seu perfil de novo',
    },
  },
  historyEmpty: {
    title: 'As chamadas não podem ser listadas agora',
    text: 'As chamadas ainda tocam e funcionam. A linha acima diz o que há de errado e onde está o arquivo.',
  },
};
