/** Dispositivos. */

export const soundCheck = {
  title: 'Teste de som e rede',
  note: 'Meio minuto antes do turno, para que o primeiro cliente ouça você.',
  start: 'Testar microfone',
  microphone: 'Microfone',
  listening: 'Diga alguma coisa…',
  microphoneVerdicts: {
    good: 'Dá para ouvir você em {{device}}',
    quiet: 'Você está baixo em {{device}}. Aproxime o microfone ou aumente o nível no sistema',
    loud: 'Você está alto demais em {{device}}. Diminua o nível do microfone no sistema',
    silent: 'Nada foi ouvido em {{device}}. Está mudo no headset ou no sistema?',
  },
  speaker: 'Alto-falante',
  ring: 'Toque',
  play: 'Tocar um som',
  playRing: 'Tocar uma vez',
  heardQuestion: 'Você ouviu em {{device}}?',
  yes: 'Sim',
  no: 'Não',
  heard: 'Você ouve {{device}}',
  notHeard: 'Nada ouvido em {{device}}. Verifique o volume no sistema ou escolha outro dispositivo',
  network: 'Rede',
  test: 'Testar a rede',
  testing: 'Testando…',
  offline: 'Sem conexão com o relay: chamadas não chegam',
  networkVerdicts: {
    good: 'A rede leva bem as chamadas',
    fair: 'As chamadas podem oscilar nesta rede. Um cabo ajuda',
    poor: 'As chamadas vão falhar nesta rede. Use um cabo ou outra rede',
    blocked: 'Esta rede bloqueia chamadas (UDP). Avise o administrador',
    unmeasured: 'Conectado. Não há servidor para medir: faça uma chamada de teste',
  },
  measured: 'Ida e volta {{rtt}} ms, perda {{loss}} %',
  notYet: 'Ainda não testado',
};

export const headsets = {
  title: 'Botões do headset',
  note: 'Atenda, desligue e silencie com os botões do headset. As luzes acompanham a chamada.',
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
  mute: 'Silenciar de qualquer programa',
  muteNote:
    'Durante uma chamada. Na janela do Ringdesk, tecle M, ou segure M para silenciar só enquanto segura',
  deaf: 'Este ambiente (Wayland) não dá teclas a programas em segundo plano. No X11 elas funcionam',
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
