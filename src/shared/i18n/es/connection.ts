export const connection = {
  connection: 'Conexión',
  reconnectingIn: 'Reconectando en {{seconds}} s',
  reconnectingNow: 'Reconectando ahora',
  connectedSince: 'Conectado desde',
  lastProof: 'Última comprobación',
  ago: 'hace {{length}}',
  cannotRing: 'Las llamadas no le llegan hasta que se conecte.',
  lostFor: 'Sin conexión desde hace',
  tries: 'Intentos',
  why: 'Motivo',
  connectingToRelay: 'Conectando con el relay. Las llamadas aún no le llegan.',
  offlineSince: 'Sin red desde {{when}}. Las llamadas no le llegan. Revise el cable o la red wifi.',
  relayRefused:
    'El relay rechazó su acceso. Reintentar no ayuda: pida a su administrador un perfil nuevo. El relay dice:',
  noRelay:
    'No hay ningún relay configurado, por eso las llamadas no le llegan. Importe un perfil o pruebe la demo.',
  whileAway: 'Mientras estaba sin conexión: {{calls}}',
  showHistory: 'Mostrar en Todas las llamadas',
  openSettings: 'Abrir ajustes',
  losses: {
    dropped: 'Se cortó la conexión.',
    silent: 'El relay dejó de responder.',
    timeout: 'El relay no respondió a tiempo.',
    'host-unknown':
      'No se encontró la dirección del relay. Revise la red o pregunte a su administrador.',
    'no-route': 'La red de este equipo no llega al relay. Revise el cable, la red wifi o la VPN.',
    unreachable: 'No se puede conectar con el relay. Revise la red o pregunte a su administrador.',
    http: 'Respondió algo distinto del relay (HTTP {{about}}): un proxy, un firewall o una página de acceso. Pregunte al administrador de su red.',
    'certificate-untrusted':
      'El certificado, emitido por {{about}}, no es de confianza. Pida al administrador de su red que instale la autoridad certificadora en este equipo.',
    'certificate-expired': 'El certificado del relay ha caducado. Avise a su administrador.',
    'certificate-early':
      'El certificado del relay aún no es válido: el reloj de este equipo probablemente está mal.',
    'certificate-name':
      'El certificado no es de {{about}}: otra cosa responde en esa dirección. Avise a su administrador.',
    'not-tls':
      'El servidor de esa dirección no usa TLS. Revise la dirección del relay con su administrador.',
    'proxy-unreachable':
      'No se puede conectar con el proxy {{about}}. Revise la red o pregunte al administrador del proxy.',
    'proxy-password': 'El proxy {{about}} pide una contraseña.',
    'proxy-sign-in':
      'El proxy {{about}} pide un tipo de autenticación que Ringdesk no admite. Pida al administrador del proxy un nombre y una contraseña (Basic, Digest, NTLM).',
    'proxy-refused':
      'El proxy {{about}} no deja pasar a Ringdesk. Pida al administrador del proxy que permita la dirección del relay.',
    insecure:
      'La dirección {{about}} no está cifrada. Pida a su administrador un perfil con direcciones wss:// y https://.',
    unreadable: 'La respuesta no es de un relay de esta versión. Pregunte a su administrador.',
    'not-stored': 'Lo que envió el relay no se pudo guardar en este equipo.',
    'shutting-down': 'El relay se está reiniciando.',
    renewed: 'Conectando de nuevo.',
  },
  states: {
    connecting: 'Conectando',
    connected: 'Conectado',
    reconnecting: 'Reconectando',
    offline: 'Sin conexión',
    refused: 'Acceso rechazado',
    unconfigured: 'Sin configurar',
  },
};

export const reach = {
  cannotReach: 'Las llamadas no le llegan desde las {{time}}.',
  retryIn: 'Nuevo intento en {{seconds}} s',
  retrying: 'Reintentando ahora',
  tryNow: 'Reintentar ahora',
  why: 'Motivo',
  offline: 'Este equipo no tiene red.',
  rejected: 'Se rechazó su acceso.',
  rejectedNext: 'Pida a su administrador un perfil nuevo y luego impórtelo.',
  oldVersion: 'Esta versión de Ringdesk no funciona con la versión del relay.',
  oldVersionNext: 'Actualice Ringdesk o avise a su administrador.',
  elsewhere: 'Ha iniciado sesión en otro equipo.',
  elsewhereNext: 'Las llamadas suenan allí.',
  takeOver: 'Usar este',
  noSignIn: 'Las llamadas no le llegan: este equipo no tiene acceso al relay.',
  noSignInNext: 'Importe su perfil de nuevo o pida a su administrador una invitación nueva.',
  importProfile: 'Importar perfil',
  relaySays: 'El relay dice: {{message}}',
  enterPassword: 'Escribir contraseña',
  portal: 'Esta red pide iniciar sesión antes en una página. Después Ringdesk se conecta solo.',
  openPortal: 'Abrir la página de acceso',
  proxyTitle: 'Contraseña del proxy',
  proxyText:
    'El proxy {{proxy}} pregunta quién es usted. Si no lo sabe, pregunte al administrador de su red.',
  proxyWrong: 'El proxy {{proxy}} no aceptó este nombre y esta contraseña.',
  proxyUser: 'Usuario',
  proxyPassword: 'Contraseña',
  signIn: 'Entrar',
  causes: {
    silent: 'La consola no responde al relay.',
    window: 'La ventana que suena no responde.',
    ringer: 'No se puede reproducir el timbre.',
    microphone: 'Este equipo no tiene un micrófono que Ringdesk pueda usar.',
    connection: 'No se puede conectar con el relay.',
  },
  notReachable: 'Ilocalizable',
};
