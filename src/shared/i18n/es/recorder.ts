export const recorder = {
  title: 'Grabación',
  signs: { on: 'REC', paused: 'REC en pausa', coming: 'Se grabará' },
  signNotes: {
    on: 'Esta llamada se está grabando',
    paused: 'La grabación está en pausa: ahora solo se graba silencio',
    coming: 'La grabación empieza después de avisar al cliente',
  },
  steps: {
    asking: 'Avise al cliente de que la llamada se grabará y confírmelo',
    announcing: 'El cliente escucha el aviso de grabación…',
    on: 'Grabando',
    paused: 'Grabación en pausa',
  },
  continuesIn: 'Continúa en {{seconds}} s',
  confirm: 'Cliente avisado',
  pause: 'Pausar grabación',
  continue: 'Continuar grabación',
  failures: {
    'no-key':
      'No se graba: este equipo no tiene un almacén de claves para proteger grabaciones. Avise al administrador',
    'disk-full': 'Ya no se graba: el disco está lleno. La llamada sigue',
    'read-only':
      'No se graba: no se puede escribir en la carpeta de grabaciones. Avise al administrador',
    disk: 'Ya no se graba: no se pudo escribir la grabación. La llamada sigue',
    codec: 'No se graba: este equipo no puede grabar este tipo de sonido',
    'no-recorder': 'Ya no se graba: la grabadora se detuvo. La llamada sigue',
  },
  settings: {
    by: 'Quién graba',
    byNote: 'Siempre se avisa al cliente antes de empezar a grabar.',
    recorders: {
      off: 'Nadie',
      provider: 'WhatsApp',
      relay: 'El relay',
      console: 'Esta consola',
    },
    byRelay: 'Definido por el relay para todos: {{who}}',
    consent: 'Cómo se avisa al cliente',
    consents: { announcement: 'Con un aviso hablado', agent: 'Lo dice el agente y lo confirma' },
    language: 'Idioma del aviso',
    pauseFor: 'La pausa termina después de (segundos)',
    keepDays: 'Eliminar grabaciones después de (días)',
    badSeconds: 'Introduzca de 5 a 600 segundos',
    badDays: 'Introduzca de 1 a 3650 días',
  },
  problems: {
    'provider-cannot': 'El proveedor de este número no ofrece grabaciones',
    'relay-does-not-carry': 'Las llamadas de este número no pasan por el relay',
    'console-does-not-speak': 'Las llamadas de este número no pasan por esta consola',
    'console-keeps-its-own': 'Lo que graba esta consola no puede guardarse en el relay',
    forbidden: 'Su organización no permite grabaciones',
  },
} as const;
