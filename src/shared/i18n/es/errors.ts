export const address = {
  notAnAddress: 'no es una dirección; debería ser como {{wanted}}example.com',
  holdsPassword: 'no debe contener nombre ni contraseña, que acabarían en los registros',
  wrongScheme: 'debe empezar por {{wanted}}',
  inClear:
    'enviaría tokens sin cifrar por la red; use {{wanted}} ({{clear}} solo se acepta para este equipo)',
};

export const errors = {
  'bad-request': {
    what: 'Algo falló dentro de Ringdesk',
    next: 'Inténtelo de nuevo. Si vuelve a fallar, avise a su administrador',
  },
  'unknown-sender': {
    what: 'Algo falló dentro de Ringdesk: una ventana pidió más de lo que puede',
    next: 'Salga de Ringdesk y ábralo de nuevo',
  },
  internal: {
    what: 'Algo falló dentro de Ringdesk',
    next: 'Inténtelo de nuevo. Si vuelve a fallar, avise a su administrador: el registro tiene los detalles',
  },
  'no-such-call': {
    what: 'Esta llamada ya terminó',
  },
  'same-person': {
    what: 'Ya son una sola persona',
  },
  'not-merged': {
    what: 'Ya no están combinados',
  },
  'do-not-call': {
    what: 'Esta persona está marcada como “No llamar”',
    next: 'Abra el contacto para ver el motivo y permitir llamadas de nuevo',
  },
  'pick-up-held': {
    what: 'Las llamadas salientes de este número están suspendidas',
    next: 'Conteste a quienes llaman. Análisis dice cuándo termina',
  },
  busy: {
    what: 'Está en otra llamada',
    next: 'Cuelgue primero',
  },
  'customer-in-call': {
    what: 'Este cliente está en una llamada ahora',
    next: 'Bórrelo cuando termine la llamada',
  },
  'too-late': {
    what: 'Demasiado tarde: la llamada cambió',
    next: 'Revise la llamada e inténtelo de nuevo',
  },
  'no-such-account': {
    what: 'Este número no está configurado en este equipo',
    next: 'Importe un perfil que lo tenga',
  },
  'no-profile': {
    what: 'Aún no hay ningún número configurado',
    next: 'Importe un perfil o pruebe la demo',
  },
  'bad-number': {
    what: 'No se puede llamar a este número',
    next: 'Revise los dígitos',
  },
  'direct-route': {
    what: 'La espera y la transferencia no están disponibles en este número',
    next: 'Pida a su administrador que pase las llamadas por el relay',
  },
  'relay-refused': {
    what: 'El relay rechazó esto',
    next: 'Inténtelo de nuevo',
  },
  'todo-refused': {
    what: 'Esto ya no es posible',
    next: 'Mire la lista de nuevo',
  },
  provider: {
    what: 'WhatsApp rechazó esto',
    next: 'Inténtelo de nuevo',
  },
  offline: {
    what: 'Está sin conexión',
    next: 'Inténtelo de nuevo cuando haya conexión',
  },
  'profile-invalid': {
    what: 'Este archivo no es un perfil válido',
    next: 'Pida uno nuevo a su administrador',
  },
  organisation: {
    what: 'Su organización lo ha definido',
    next: 'Consulte a su administrador',
  },
  'vault-unavailable': {
    what: 'El almacén de claves del sistema está bloqueado o no responde',
    next: 'Desbloquéelo e inténtelo de nuevo',
  },
  'vault-needs-consent': {
    what: 'Elija primero cómo guardar los tokens de acceso',
  },
  'export-failed': {
    what: 'No se pudo guardar el archivo',
    next: 'Elija otra carpeta',
  },
  'not-offered': {
    what: 'Este número no lo admite',
  },
  'log-unavailable': {
    what: 'El historial de llamadas no se puede usar en este momento',
    next: 'El aviso de arriba dice por qué',
  },
  'bad-file': {
    what: 'Este archivo no se puede usar',
    next: 'Corríjalo e impórtelo de nuevo',
  },
  invitation: {
    what: 'Esta invitación no se puede usar',
    next: 'Pida una nueva a su administrador',
  },
  'set-up': {
    what: 'No se pudieron guardar los archivos',
  },
  cancelled: {
    what: 'Cancelado',
  },
};

export const files = {
  invalid: '{{name}} no se puede usar.',
  unreadable: '{{name}} no se puede leer.',
  tooLarge: '{{name}} es demasiado grande',
  notText: {
    'utf-32': '{{name}} está guardado en UTF-32. Guárdelo en UTF-8',
    binary: '{{name}} no es un archivo de texto',
    'not-utf-8': '{{name}} no está guardado en UTF-8 o está dañado. Guárdelo en UTF-8',
    'damaged-utf-16': '{{name}} está guardado en UTF-16 y está dañado. Guárdelo en UTF-8',
  },
};

export const notOffered = {
  recording: 'Esta llamada no tiene grabación',
  analytics: 'El proveedor de este número no muestra costos totales',
  estimate: 'El proveedor de este número no muestra estimaciones',
  settings: 'Este número no tiene ajustes que cambiar aquí',
  announcement: 'El proveedor de este número no admite un saludo',
  messages: 'Los mensajes de este número no se pueden enviar desde aquí',
  now: 'Este número no se puede usar ahora. Inténtelo de nuevo en un minuto',
  number: 'Este número no está configurado en este equipo',
  notARecording: 'El proveedor envió algo que no es una grabación',
  notATranscript: 'El proveedor envió algo que no es una transcripción',
  noAnswer: 'No se pudo cargar el archivo: sin respuesta a tiempo. Inténtelo de nuevo',
  status: 'No se pudo cargar el archivo (HTTP {{status}}). Inténtelo de nuevo en un minuto',
  broken: 'No se pudo cargar el archivo: se cortó la conexión. Inténtelo de nuevo',
  tooLarge: 'El archivo es demasiado grande para abrirlo aquí',
};

export const profile = {
  empty: 'no debe estar vacío',
  quoted: '“{{text}}” {{problem}}',
  number:
    '“{{text}}” no es un número de teléfono completo. Escriba + y el código del país, p. ej. +5511987654321',
  usedTwice: '“{{id}}” se usa dos veces. Cada número necesita su propio id',
  phoneNumberId:
    'debe contener los dígitos que Meta muestra como “Phone number ID” (“Identificador de número de teléfono”)',
  wabaId:
    'debe contener los dígitos que Meta muestra como “WhatsApp Business Account ID” (“Identificador de la cuenta de WhatsApp Business”)',
  apiVersion: 'debe tener la forma v26.0',
  recordingPurpose: 'debe decir para qué se graban las llamadas',
  recordingPurposeLong: 'debe tener como máximo 250 caracteres',
  recordingLanguage: 'debe ser un idioma del aviso hablado, p. ej. pt o en_US',
  sampleRateLow: 'debe indicarse en muestras por segundo, como mínimo 8000',
  sampleRateHigh: 'debe indicarse en muestras por segundo, como máximo 48000',
  frameShort: 'debe indicarse en milisegundos, como mínimo 10',
  frameLong: 'debe indicarse en milisegundos, como máximo 100',
  softphone: 'debe ser "relay", u omitirse donde las llamadas se contestan en otro lugar',
  relayAddress:
    'debe ser la dirección, con wss://, en la que el relay recibe las llamadas de Zernio',
  relayAddressAlone: 'solo funciona junto con "softphone": "relay"',
  providerMissing: 'falta; use {{known}}',
  providerUnknown: 'no es un proveedor que esta versión conozca; use {{known}}',
  version: 'no es una versión que este Ringdesk conozca; lee la versión 1',
  noNumbers: 'debe tener al menos un número',
  notJson: 'el archivo no es JSON ({{why}})',
  twice: '“{{key}}” aparece dos veces; mire la línea {{line}} y quite una',
  unknownKeys: '{{keys}} no es válido aquí; revise la ortografía o quítelo',
  missing: 'falta',
  wrongType: 'debe ser de tipo {{type}}',
  badCharacter:
    'tiene en la posición {{position}} un carácter ({{character}}) que las claves no pueden contener; cópielo de nuevo, sin comillas ni saltos de línea',
};

export const refusals = {
  'bad-request': 'La solicitud no es válida.',
  'unknown-sender': 'Esta ventana no puede pedir eso.',
  internal: 'Algo falló dentro de Ringdesk.',
  'no-such-call': 'No existe esa llamada.',
  'same-person': 'Ya son una sola persona.',
  'not-merged': 'Ya no están combinados.',
  'do-not-call': 'Esta persona está marcada como “No llamar”.',
  'pick-up-held': 'Las llamadas salientes de este número están suspendidas.',
  busy: 'Hay otra llamada en curso.',
  'customer-in-call': 'El cliente está en una llamada ahora.',
  'too-late': 'La llamada ya cambió.',
  'no-such-account': 'Este número no se puede usar ahora.',
  'no-profile': 'Aún no hay ningún número configurado.',
  'bad-number': 'No es un número al que se pueda llamar.',
  'direct-route': 'Esta llamada está conectada a esta ventana y no se puede mover.',
  'relay-refused': 'El relay rechazó esto.',
  'todo-refused': 'Esto ya no es posible.',
  provider: 'El proveedor rechazó esto.',
  offline: 'No hay conexión.',
  'profile-invalid': 'Este perfil no se puede usar.',
  organisation: 'Esto lo ha definido la organización.',
  'vault-unavailable': 'Este sistema no puede cifrar secretos.',
  'vault-needs-consent': 'Aún no se ha elegido cómo guardar los secretos.',
  'export-failed': 'No se pudieron guardar las llamadas exportadas.',
  'not-offered': 'Este número no lo admite.',
  'log-unavailable': 'El historial de llamadas no se puede usar en este momento.',
  'bad-file': 'Este archivo no se puede usar.',
  invitation: 'Esta invitación no se puede usar.',
  'set-up': 'No se pudieron guardar los archivos.',
  cancelled: 'Cancelado.',
};

export const requests = {
  noRoute: 'No existe la solicitud “{{name}}”.',
  badRequest: 'La solicitud “{{name}}” no es válida.',
  failed: '“{{name}}” falló',
};
