export const call = {
  costSoFar: 'Costo hasta ahora',
  costOf: '{{seconds}} s hasta ahora, con la tarifa de {{region}}. Solo una estimación',
  talked: 'Tiempo de conversación',
  callActions: 'Controles de la llamada',
  muteLater: 'Podrá silenciar cuando la llamada se conecte',
  onCallMuted: 'En llamada, silenciado',
  noSoundYet: 'En llamada, aún sin audio del cliente',
  interrupted: 'Audio interrumpido',
  interruptedNext: 'Reconectando el audio…',
  microphoneLevel: 'Nivel del micrófono',
};

export const callEnds = {
  youHungUp: 'Usted colgó',
  partyHungUp: '{{party}} colgó',
  callerHungUp: 'El cliente colgó',
  callerHungUpFirst: 'El cliente colgó antes de que se conectara la llamada',
  answeredBy: 'Contestada por {{name}}',
  answeredByTeammate: 'Contestada por un compañero',
  youDeclined: 'Usted rechazó',
  notAnswered: 'Sin contestar',
  outOfDate: 'Dejó de sonar antes de llegar hasta usted',
  partyDeclined: '{{party}} rechazó',
  noAnswer: 'Sin respuesta',
  youCancelled: 'Usted canceló',
  transferredTo: 'Transferida a {{name}}',
  takenOverBy: '{{name}} tomó esta llamada',
  lostToTeam: 'Estuvo sin conexión demasiado tiempo; la llamada pasó a sus compañeros',
  lostTo: 'Estuvo sin conexión demasiado tiempo; {{name}} tomó la llamada',
  over: 'Llamada terminada',
  interrupted: 'Ringdesk se cerró durante la llamada',
  transferOff: {
    cancelled: {
      what: 'Su compañero canceló la transferencia',
    },
    'teammate-gone': {
      what: 'Usted perdió la conexión',
      next: 'La llamada volvió',
    },
    refused: {
      what: 'La transferencia falló',
      next: 'Su compañero sigue con la llamada',
    },
  },
};

export const customer = {
  why: 'Motivo de la llamada',
  before: 'Antes de esta llamada',
  more: 'Mostrar más',
  less: 'Mostrar menos',
  hide: 'Ocultar cliente',
  show: 'Mostrar cliente',
  wrapUp: 'Cierre',
  ready: 'Listo',
  moreTime: '+30 s',
  moreTimeHint: '30 segundos más',
  followUp: 'Enviar mensaje',
};

export const devices = {
  deviceMissing: 'No conectado',
  microphone: 'Micrófono',
  speaker: 'Altavoz',
  systemDefault: 'Predeterminado del sistema',
  micFailed: 'El cliente no le oye: {{why}}',
  ringer: 'Timbre',
  lost: '{{device}} se desconectó. {{roles, list}}: ahora {{now}}',
  back: '{{device}} se conectó. Ahora se usa para: {{roles, list}}',
  order: 'Orden de preferencia',
  orderNote: 'Se usa el mejor dispositivo conectado, también durante una llamada.',
  inUse: 'En uso',
  up: 'Preferir {{device}}',
  down: 'Bajar {{device}}',
  forget: 'Olvidar {{device}}',
};

export const dialpad = {
  dial: 'Marcar',
  number: 'Número',
  numberPlaceholder: 'Número o nombre',
  numberHelp: 'Escriba o pegue un número, o escriba un nombre',
  people: 'Contactos y llamadas',
  lastCall: 'Última llamada {{what}}',
  country: 'País',
  searchCountry: 'País o código',
  noSuchCountry: 'No se encontró ningún país',
  keypad: 'Teclado',
  erase: 'Borrar el último dígito',
  callFrom: 'Llamar desde',
  blockNoAccount: 'No hay ningún número configurado. Importe un perfil en Ajustes',
  blockNoToken: 'Este número no tiene un token de acceso legible. Importe el perfil de nuevo',
  blockBusy: 'Está en una llamada. Cuelgue primero',
  blockOffline: 'Sin red: no se puede llamar. Revise el cable o la red wifi',
  blockNoRelay: 'Sin conexión: no se puede llamar hasta que se conecte',
  blockLookingUp: 'Comprobando las reglas de llamada…',
  firstDemoCallTitle: 'Haga una llamada de práctica',
  firstDemoCall:
    'Clientes simulados llaman, hablan y escuchan como los reales. Nada sale de este equipo.',
  openDemo: 'Clientes demo',
  firstCallTitle: 'Llame a un cliente',
  firstCall:
    'Escriba un número. Ringdesk comprueba si puede llamar a este cliente antes de marcar.',
  lookupFailed: 'No se pudo comprobar el permiso: {{why}}',
  lookupFailedNext: 'Aun así puede intentar llamar.',
  problems: {
    empty: 'Escriba primero un número',
    'not-a-number': 'Escriba un número o el nombre de un contacto',
    'too-short': 'Este número es demasiado corto. Revise los dígitos',
    'too-long': 'Este número es demasiado largo. Revise los dígitos',
  },
  hints: {
    unusual: 'Número poco habitual. Revíselo antes de llamar',
    'first-of-several': 'Ha pegado varios números. Este es el primero',
  },
};

export const external = {
  stages: {
    dialling: 'Marcando…',
    ringing: 'Sonando',
    talking: 'Contestada en el destino',
  },
  note: 'Esta llamada se atiende en el destino del desvío. Termínela allí.',
  beginning: 'Marcando…',
  ongoing: 'En curso',
  play: 'Reproducir audio',
  playUrlExample: 'https://',
  playUrl: 'Dirección del archivo de audio',
  playUrlNote: 'Un enlace público a un archivo .mp3, .wav o .opus',
  playNow: 'Reproducir',
  playing: 'Enviado al proveedor. El cliente lo oye durante la llamada',
  dialOptions: 'Opciones de esta llamada: destino, grabación',
  forwardToExample: 'tel: sip: wss:',
  forwardTo: 'Conectar esta llamada con',
  forwardToNote: 'Déjelo vacío para usar el destino habitual de este número.',
  record: 'Grabar esta llamada',
  records: {
    usual: 'Según el ajuste del número',
    yes: 'Sí',
    no: 'No',
  },
};

export const lastCall = {
  cameFrom: 'Viene de: {{payload}}',
  message: '“{{text}}”, {{when}}',
  messageKind: '{{kind}}, {{when}}',
  promised: 'Usted prometió devolver la llamada: {{when}}',
  promisedBy: '{{name}} prometió devolver la llamada: {{when}}',
  last: 'Última llamada: {{outcome}}, {{when}}',
  lastWithLength: 'Última llamada: {{outcome}}, {{when}} ({{length}})',
  missedToday: 'Perdidas hoy: {{missed}}',
  first: 'Primera llamada con este cliente',
  outcomes: {
    answered: 'contestada',
    missed: 'perdida',
    declined: 'rechazada por usted',
    elsewhere: 'contestada por un compañero',
    unanswered: 'sin respuesta',
    rejected: 'rechazada por el cliente',
    cancelled: 'cancelada',
    failed: 'fallida',
    interrupted: 'interrumpida',
  },
};

export const mediaFailures = {
  unknown: 'El audio falló: {{why}}',
  callBack: 'Devolver llamada',
  'no-microphone': {
    what: 'No se encontró ningún micrófono',
    next: 'Conecte uno o elija uno en Ajustes',
  },
  'microphone-denied': {
    what: 'El sistema no deja que Ringdesk use el micrófono',
    next: 'Permítalo en los ajustes de privacidad del sistema',
  },
  'microphone-busy': {
    what: 'Otro programa está usando el micrófono',
    next: 'Ciérrelo o elija otro micrófono en Ajustes',
  },
  'sdp-rejected': {
    what: 'No se pudo preparar el audio: no se entendió la oferta de WhatsApp',
    next: 'Inténtelo de nuevo. Si vuelve a fallar, avise a su administrador',
  },
  'sdp-sdes': {
    what: 'El intercambio de claves de este número es SDES, que Ringdesk no admite',
    next: 'Pida a su administrador que lo cambie a DTLS en los ajustes de llamada del número',
  },
  'ice-failed': {
    what: 'El audio no pudo llegar a WhatsApp',
    next: 'Pregunte a su administrador si la red permite UDP',
  },
  'connection-lost': {
    what: 'Se perdió la conexión de audio',
    next: 'Revise la red y luego devuelva la llamada',
  },
  'leg-refused': {
    what: 'El relay no aceptó el audio',
    next: 'Inténtelo de nuevo. Si vuelve a fallar, avise a su administrador',
  },
  'no-media': {
    what: 'Se perdió el audio de esta llamada',
    next: 'Devolver llamada',
  },
  'window-lost': {
    what: 'El audio se detuvo porque se cerró su ventana',
    next: 'Devolver llamada',
  },
};

export const phases = {
  ringing: 'Sonando',
  accepting: 'Conectando',
  preparing: 'Preparando',
  placing: 'Llamando',
  calling: 'Llamando',
  'customer-ringing': 'Sonando',
  connected: 'En llamada',
  rejoining: 'Reconectando',
  external: 'Desviada',
  ended: 'Terminada',
};

export const quality = {
  quality: 'Calidad de la llamada',
  audioDevices: 'Dispositivos de audio',
  lossIn: 'Audio perdido en camino a usted',
  lossOut: 'Audio perdido en camino al cliente',
  jitter: 'Variación (jitter)',
  stat: '{{name}} {{ms}} ms',
  roundTrip: 'Latencia de ida y vuelta',
  mos: 'Calidad del audio (MOS)',
  route: 'Ruta',
  routes: {
    host: 'directa',
    srflx: 'directa, por su router',
    prflx: 'directa, por su router',
    relay: 'por un servidor TURN',
    provider: 'por el proveedor',
  },
  ofMos: 'de 4,5',
  grades: {
    good: 'Buena',
    fair: 'Regular',
    poor: 'Mala',
    unknown: 'Midiendo',
  },
  quoted: 'En palabras del proveedor: “{{words}}”',
  measuring: 'Las mediciones aparecen tras unos segundos.',
  unknownYet: 'aún no se sabe',
  onlyToProvider: 'Medido entre usted y el proveedor. El lado del cliente no se puede medir.',
  verdicts: {
    good: {
      what: 'Buena conexión',
    },
    yours: {
      what: 'Su red es inestable',
      next: 'Pruebe con un cable u otra red wifi',
    },
    theirs: {
      what: 'La red del cliente es inestable',
      next: 'Pida al cliente que se mueva o cambie de red',
    },
    unclear: {
      what: 'El audio se entrecorta',
      next: 'Aún no está claro en qué lado',
    },
  },
};

export const ring = {
  incomingCall: 'Llamada entrante',
  waitingCall: 'Otra llamada esperando',
  waitingNote: 'Esperando: usted está en otra llamada',
  cannotAcceptBusy: 'Termine primero su llamada',
  lastTryFailed: 'No se pudo contestar: {{why}}. Sigue sonando, inténtelo de nuevo',
  moreRing_one: '+{{count}} llamada sonando',
  moreRing_other: '+{{count}} llamadas sonando',
  ringingFor: 'Suena desde hace {{time}}',
  timeLeft: 'Suena {{seconds}} s más',
  silence: 'Silenciar timbre',
  silenceHint: 'Deja de sonar aquí. Sigue sonando para sus compañeros',
  silenced: 'Silenciada aquí',
  declined: 'Rechazada',
  undo: 'Deshacer',
  undoDecline: 'Deshacer el rechazo de {{name}}',
  undoKeys: 'Escape',
  silentInWrapUp: 'Sin timbre durante el cierre',
  onlyYou: 'Solo suena para usted',
  alsoRings: 'También suena para: {{names}}',
  alsoRingsMore: 'También suena para: {{names}} y {{more}} más',
};
