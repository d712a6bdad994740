/** Devices: the check before the shift, headset buttons, and the diagnostics file. */

export const soundCheck = {
  title: 'Prueba de sonido y red',
  note: 'Medio minuto antes del turno, para que el primer cliente le oiga.',
  start: 'Probar el micrófono',
  microphone: 'Micrófono',
  listening: 'Diga algo…',
  microphoneVerdicts: {
    good: 'Se le oye en {{device}}',
    quiet: 'Se le oye poco en {{device}}. Acerque el micrófono o suba su nivel en el sistema',
    loud: 'Se le oye demasiado fuerte en {{device}}. Baje el nivel del micrófono en el sistema',
    silent: 'No se oyó nada en {{device}}. ¿Está silenciado en los auriculares o en el sistema?',
  },
  speaker: 'Altavoz',
  ring: 'Timbre',
  play: 'Reproducir un sonido',
  playRing: 'Hacer sonar una vez',
  heardQuestion: '¿Lo oyó en {{device}}?',
  yes: 'Sí',
  no: 'No',
  heard: 'Usted oye el sonido en {{device}}',
  notHeard:
    'No se oyó nada en {{device}}. Revise su volumen en el sistema o elija otro dispositivo',
  network: 'Red',
  test: 'Probar la red',
  testing: 'Probando…',
  offline: 'No hay conexión con el relay, así que no pueden entrar llamadas',
  networkVerdicts: {
    good: 'La red es adecuada para llamadas',
    fair: 'El audio puede ser irregular en esta red. Un cable ayuda',
    poor: 'El audio se entrecortará en esta red. Use un cable u otra red',
    blocked: 'Esta red bloquea las llamadas (UDP). Avise a su administrador',
    unmeasured:
      'Conectado. No hay ningún servidor para medir: haga una llamada de práctica para asegurarse',
  },
  measured: 'Ida y vuelta {{rtt}} ms, pérdida {{loss}}',
  echo: 'Prueba de eco',
  hearYourself: 'Oír mi voz',
  calling: 'Llamando al relay…',
  speak: 'Diga una frase. La oirá un momento después',
  listen: 'Escuche…',
  stopEcho: 'Detener',
  inCall: 'No disponible en llamada',
  echoVerdicts: {
    good: 'Los clientes oyen bien su voz',
    fair: 'Los clientes oyen su voz con cortes en esta red. Un cable ayuda',
    poor: 'Su voz se entrecorta en esta red. Use un cable u otra red',
    quiet: 'Cuesta oír su voz. Acerque el micrófono o suba su nivel en el sistema',
    silent: 'El micrófono no oyó nada. ¿Está silenciado en los auriculares o en el sistema?',
    lost: 'Habló, y nada volvió. Inténtelo de nuevo; si sigue igual, avise a su administrador',
    blocked: 'Ningún sonido llega al relay. Avise a su administrador',
    'no-media': 'Este relay no transporta sonido. Pruebe el micrófono y el altavoz de arriba',
    busy: 'Muchos están probando ahora. Inténtelo de nuevo',
    unanswered: 'El relay no respondió. Inténtelo de nuevo',
    'no-microphone': 'No hay micrófono, o Ringdesk no puede usarlo',
  },
  notYet: 'Aún sin probar',
};

export const headsets = {
  title: 'Botones de los auriculares',
  note: 'Conteste, cuelgue y silencie con los botones de sus auriculares. Sus luces siguen la llamada.',
  connect: 'Conectar auriculares',
  none: 'No se encontraron auriculares con botones. Conéctelos y cierre otros programas de llamadas',
  impossible: 'Este sistema no deja a los programas usar botones de auriculares',
  connected: 'Conectados: {{controls, list}}',
  busy: 'Otro programa usa sus botones. Ciérrelo y vuelva a conectar los auriculares',
  controls: {
    hook: 'contestar y colgar',
    mute: 'silenciar',
    drop: 'colgar',
    reject: 'rechazar',
  },
  muteLight: 'luz de silencio',
  which: '¿Qué auriculares usa para las llamadas?',
  noneOfThese: 'Ninguno de estos',
};

export const globalKeys = {
  mute: 'Silenciar desde cualquier programa',
  muteNote:
    'Durante una llamada. En la ventana de Ringdesk, pulse M, o mantenga M pulsada para silenciar solo mientras tanto',
  deaf: 'Este escritorio (Wayland) no envía teclas a programas en segundo plano. En X11 funcionan',
};

export const diagnostics = {
  title: 'Archivo de diagnóstico',
  note: 'Para su administrador cuando algo falla: versiones, ajustes, dispositivos, red, calidad de las últimas llamadas y el registro. Sin números, nombres, mensajes ni contraseñas.',
  make: 'Crear un archivo de diagnóstico',
  making: 'Reuniendo…',
  preview: 'Esto hay en el archivo',
  previewNote: 'Léalo antes de enviarlo. Se guarda exactamente esto.',
  save: 'Guardar…',
  close: 'Cerrar',
  saved: 'Guardado en {{path}}',
  saveTitle: 'Guardar el archivo de diagnóstico',
};
