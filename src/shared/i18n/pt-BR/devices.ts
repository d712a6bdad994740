/** Devices: the check before the shift, headset buttons, and the diagnostics file. */

export const soundCheck = {
  title: 'Teste de som e rede',
  note: 'Meio minuto antes do turno, para que o primeiro cliente ouça você.',
  start: 'Testar microfone',
  microphone: 'Microfone',
  listening: 'Diga alguma coisa…',
  microphoneVerdicts: {
    good: 'Dá para ouvir você em {{device}}',
    quiet: 'A sua voz está baixa em {{device}}. Aproxime o microfone ou aumente o nível no sistema',
    loud: 'A sua voz está alta demais em {{device}}. Diminua o nível do microfone no sistema',
    silent: 'Nada foi ouvido em {{device}}. Está mudo no headset ou no sistema?',
  },
  speaker: 'Alto-falante',
  ring: 'Toque',
  play: 'Reproduzir um som',
  playRing: 'Tocar uma vez',
  heardQuestion: 'Você ouviu em {{device}}?',
  yes: 'Sim',
  no: 'Não',
  heard: 'Você ouve o som em {{device}}',
  notHeard: 'Nada ouvido em {{device}}. Verifique o volume no sistema ou escolha outro dispositivo',
  network: 'Rede',
  test: 'Testar a rede',
  testing: 'Testando…',
  offline: 'Sem conexão com o relay: chamadas não chegam',
  networkVerdicts: {
    good: 'A rede é adequada para chamadas',
    fair: 'O áudio pode oscilar nesta rede. Um cabo ajuda',
    poor: 'O áudio vai picotar nesta rede. Use um cabo ou outra rede',
    blocked: 'Esta rede bloqueia chamadas (UDP). Avise o administrador',
    unmeasured:
      'Conectado. Não há servidor para medir: faça uma chamada de treino para ter certeza',
  },
  measured: 'Ida e volta {{rtt}} ms, perda {{loss}}',
  echo: 'Teste de eco',
  hearYourself: 'Ouvir minha voz',
  calling: 'Ligando para o relay…',
  speak: 'Diga uma frase. Você a ouve logo depois',
  listen: 'Ouça…',
  stopEcho: 'Parar',
  inCall: 'Não disponível em chamada',
  echoVerdicts: {
    good: 'Os clientes ouvem você bem',
    fair: 'Os clientes ouvem você com falhas nesta rede. Um cabo ajuda',
    poor: 'A sua voz fica picotada nesta rede. Use um cabo ou outra rede',
    quiet: 'É difícil ouvir você. Aproxime o microfone ou aumente o nível dele no sistema',
    silent: 'O microfone não ouviu nada. Está mudo no headset ou no sistema?',
    lost: 'Você falou, e nada voltou. Tente de novo; se continuar, avise o administrador',
    blocked: 'Nenhum som chega ao relay. Avise o administrador',
    'no-media': 'Este relay não transporta som. Teste o microfone e o alto-falante acima',
    busy: 'Muitos estão testando agora. Tente de novo',
    unanswered: 'O relay não respondeu. Tente de novo',
    'no-microphone': 'Não há microfone, ou o Ringdesk não pode usá-lo',
  },
  notYet: 'Ainda não testado',
};

export const headsets = {
  title: 'Botões do headset',
  note: 'Atenda, desligue e silencie com os botões do headset. As luzes dele acompanham a chamada.',
  connect: 'Conectar um headset',
  none: 'Nenhum headset com botões foi encontrado. Conecte-o e feche outros programas de chamada',
  impossible: 'Este sistema não permite que programas usem botões de headset',
  connected: 'Conectado: {{controls, list}}',
  busy: 'Outro programa usa os botões. Feche-o e conecte o headset de novo',
  controls: {
    hook: 'atender e desligar',
    mute: 'silenciar',
    drop: 'desligar',
    reject: 'recusar',
  },
  muteLight: 'luz de mudo',
  which: 'Qual headset você usa nas chamadas?',
  noneOfThese: 'Nenhum destes',
};

export const globalKeys = {
  mute: 'Ativar o mudo em qualquer programa',
  muteNote:
    'Durante uma chamada. Na janela do Ringdesk, pressione M, ou segure M para ficar no mudo só enquanto segura',
  deaf: 'Este ambiente (Wayland) não envia teclas a programas em segundo plano. No X11 elas funcionam',
};

export const diagnostics = {
  title: 'Arquivo de diagnóstico',
  note: 'Para o administrador quando algo falha: versões, configurações, dispositivos, rede, qualidade das últimas chamadas e o registro. Sem números, nomes, mensagens ou senhas.',
  make: 'Criar arquivo de diagnóstico',
  making: 'Reunindo…',
  preview: 'Isto está no arquivo',
  previewNote: 'Leia antes de enviar. É exatamente isto que será salvo.',
  save: 'Salvar…',
  close: 'Fechar',
  saved: 'Salvo em {{path}}',
  saveTitle: 'Salvar o arquivo de diagnóstico',
};
