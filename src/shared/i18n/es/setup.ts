export const demo = {
  demoIntro:
    'Clientes simulados con audio real. Pueden llamarle, o puede llamarles usted. Nada sale de este equipo.',
  demoInbound: 'Llamadas entrantes',
  demoTeam: 'Llamadas para usted y su equipo',
  demoOutbound: 'Llamadas salientes',
  callMe: 'Llámeme',
  callingYou: 'Llamando…',
  does: {
    talks: 'Habla como un cliente real',
    tone: 'Reproduce un tono continuo para probar su audio',
    echo: 'Repite lo que usted dice',
    'gives-up': 'Cuelga tras unos tonos',
    waits: 'Suena hasta que se acaba el tiempo',
    'presses-keys': 'Pulsa teclas en el teléfono durante la llamada',
    'two-at-once': 'Un segundo cliente llama justo después',
    'for-the-team': 'Póngala en espera, transfiérala a Bea o Leo, o hable antes con Bea. Vuelve',
    answers: 'Contesta tras unos tonos',
    declines: 'Rechaza su llamada',
    'no-answer': 'Nunca contesta',
    'no-permission': 'No ha permitido llamadas: pida permiso primero',
    'declines-permission': 'Rechaza su solicitud de permiso',
    revokes: 'Contesta y retira el permiso después de la llamada',
  },
};

export const settings = {
  sound: 'Sonido',
  remoteSession: 'Trabaja en una sesión remota ({{name}}).',
  remoteSessions: {
    citrix: 'Citrix',
    horizon: 'Omnissa Horizon',
    windows365: 'Windows 365',
    avd: 'Azure Virtual Desktop',
    rdp: 'Remote Desktop',
  },
  remoteSound:
    'El micrófono y el altavoz son los de la sesión, así que el sonido da un rodeo y tarda más. Conecte los auriculares a la sesión; si las voces se entrecortan, avise a su administrador.',
  ringer: 'Dispositivo del timbre',
  ringerVolume: 'Volumen del timbre',
  testRing: 'Probar timbre',
  whenItRings: 'Cuando entra una llamada',
  showRingWindow: 'Mostrar la ventana de llamada',
  showRingWindowNote: 'Una ventana pequeña sobre todas las demás. No interrumpe lo que escribe',
  showNotification: 'Mostrar una notificación del sistema',
  showNotificationNote: 'Con el nombre del cliente y el número llamado',
  announceMessages: 'Anunciar mensajes y llamadas prometidas',
  announceMessagesNote:
    'Con un sonido suave y una notificación del sistema, salvo en “No molestar”',
  acceptShortcut: 'Contestar desde cualquier programa',
  declineShortcut: 'Rechazar desde cualquier programa',
  pressKeys: 'Pulse las teclas…',
  pressToChange: 'Seleccione para cambiar',
  none: 'Ninguno',
  noShortcut: 'No hay ningún atajo',
  removeShortcut: 'Quitar atajo',
  looks: 'Apariencia y números',
  theme: 'Tema',
  themes: {
    system: 'Igual que el sistema',
    light: 'Claro',
    dark: 'Oscuro',
  },
  language: 'Idioma',
  languageOfSystem: 'Igual que el sistema',
  defaultCountry: 'País predeterminado para marcar',
  workspace: 'Espacio de trabajo',
  workspaces: {
    none: 'Sin configurar',
    demo: 'Espacio demo',
    profile: 'Perfil',
  },
  signedInAs: '· sesión de {{name}}',
  ourNumbers: 'Nuestros números',
  tokenMissing: 'Falta el token de acceso. Importe el perfil de nuevo',
  secrets: 'Tokens de acceso',
  version: 'Ringdesk {{ours}}',
  electronVersion: ' · Electron {{theirs}}',
};

export const vault = {
  vaultTitle: 'Este equipo no tiene un almacén de claves seguro',
  vaultText:
    'Ringdesk guarda los tokens de acceso de sus números en el almacén de claves del sistema, pero no encontró ninguno ({{backend}}).\n\nMantener en memoria: seguro, pero después de cada reinicio vuelve a necesitar su archivo de perfil o una nueva invitación.\n\nGuardar de todos modos: sin protección. Quien pueda leer sus archivos puede leer los tokens.',
  storeAnyway: 'Guardar de todos modos',
  memoryOnly: 'Mantener solo en memoria',
  vaultBackend: '({{backend}})',
  states: {
    ready: 'Protegidos por el almacén de claves del sistema.',
    'needs-consent': 'A la espera de su elección.',
    weak: 'Guardados sin protección, como eligió.',
    'memory-only': 'Solo en memoria. Importe su perfil de nuevo después de cada inicio.',
  },
};

export const welcome = {
  takeDemo: 'Usar el espacio demo',
  importProfile: 'Importar perfil',
  importNote: 'El perfil contiene secretos. Elimine el archivo después de importarlo.',
  imported: 'Perfil importado. Inició sesión como {{agent}}',
};

export const workspaces = {
  demoTitle: '¿Cambiar a la demo?',
  demoText:
    'Las llamadas a {{numbers, list}} no sonarán aquí hasta que vuelva. No se elimina nada, y para volver basta un clic.',
  demoTextNoNumbers:
    'Las llamadas a sus números no sonarán aquí hasta que vuelva. No se elimina nada, y para volver basta un clic.',
  stay: 'Seguir con mis números',
  toDemo: 'Cambiar a la demo',
  bar: 'Está en la demo. Sus números no suenan aquí.',
  plainBar: 'Esta es la demo: clientes y compañeros son simulados.',
  setUp: 'Configurar sus números',
  backToOwn: 'Volver a los números de {{agent}}',
  back: 'Ha vuelto. Los números de {{agent}} suenan aquí de nuevo',
  trayHint: 'Mostrar otra vez el aviso de la bandeja',
  trayHintNote: 'Una vez más, cuando cierre la ventana',
  keysTaken: 'Otro programa usa estas teclas. Elija otras',
};

/** What an organisation sets for its consoles. */
export const policy = {
  locked: 'Definido por su organización',
  sources: 'Se usa la política de su organización: {{sources, list}}',
  problem: '{{key}}: {{why}}',
  several_one: '{{count}} clave',
  several_other: '{{count}} claves',
  differ: {
    relay: 'la dirección del relay',
    screenPop: 'la página sobre clientes',
  },
  oneOf: 'debe ser uno de estos: {{known}}',
  flag: 'debe ser true o false',
  days: 'debe ser un número de días de 1 a 3650',
  percent: 'debe ser un porcentaje, mayor que 0 y menor que 100',
  calls: 'debe ser un número de llamadas de 1 a 100000',
  time: 'debe ser una hora, p. ej. "18:00"',
  country: 'debe ser un país en dos letras mayúsculas, p. ej. "BR"',
  webAddress: 'debe ser una dirección que empiece por http:// o https://',
  proxy:
    'debe ser "system", "none" o un proxy sin contraseña, p. ej. "http://proxy.example.com:3128"',
  screenPop: 'debe ser una dirección como la que admiten los ajustes',
  notAGroup: 'debe ser un grupo de ajustes',
  unknown: 'esta versión no la reconoce; revise cómo está escrita o quítela',
  cannotRead: 'no se puede leer ({{why}})',
  writable:
    'todos en este equipo pueden escribir en ella, así que no se sigue (chmod o-w {{path}})',
  notAPlist: 'no es una lista de propiedades',
} as const;
