export const start = {
  intro:
    'Cuatro pasos hasta su primera llamada. Salga cuando quiera: esta página está en la franja de la demo y en los ajustes.',
  steps: {
    practise: 'Practique con un cliente simulado',
    connect: 'Conecte su número',
    checks: 'Compruebe que las llamadas llegan',
    call: 'Llame ahora a su número',
  },
  done: 'Hecho',
  next: 'Siguiente: llamar a su número',
  finish: 'Empezar a trabajar',
  leave: 'Salir por ahora',
  practiseText:
    'Un cliente simulado le llama enseguida, con audio real. Conteste, hable y cuelgue. Nada sale de este equipo.',
  practiseNow: 'Llámeme',
  practised:
    'Ha atendido una llamada de práctica. Hay más clientes, y compañeros a quienes transferir.',
  practiseInDemo:
    'Las llamadas de práctica suenan en la demo. La encuentra en Ajustes, Espacio de trabajo.',
  moreCustomers: 'Más clientes',
  demoStarts: 'La demo todavía se está iniciando',
  connectFirst: 'Primero conecte su número.',
  connected: 'Usted es {{agent}}. Aquí suenan: {{numbers, list}}',
  how: '¿Cómo quiere conectarse?',
  ways: {
    invitation: 'Tengo una invitación',
    file: 'Tengo un archivo de perfil',
    admin: 'Soy el administrador: configurar un relay',
  },
  dropHere: 'Suelte aquí el archivo de perfil',
  chooseFile: 'Elegir un archivo…',
  copy: 'Copiar',
  copyWhat: 'Copiar: {{what}}',
  copied: 'Copiado: {{what}}',
  relayReached: 'Ringdesk está conectado con el relay',
  relayWaits: 'Ringdesk aún no se ha conectado con el relay. Sigue intentándolo',
  numberReady: '{{label}}: su acceso está guardado aquí',
  numberWaits: '{{label}}: su acceso falta aquí',
  callNow: 'Tome un teléfono y llame a {{numbers, list}} en WhatsApp.',
  callNowNote:
    'Esta página espera la llamada. WhatsApp de escritorio no puede llamar a empresas. Si no pasa nada, mire las comprobaciones de arriba.',
  rang: '{{label}} sonó aquí en menos de {{seconds}} s desde que el cliente llamó. Todo listo.',
};

export const invitation = {
  textLabel: 'Enlace o código de la invitación',
  textNote: 'De su administrador. Sirve una vez',
  relayLabel: 'Dirección del relay',
  relayNote: 'Está junto al código, como calls.example.com',
  opened: 'Se abrió una invitación. Úsela solo si es de su administrador.',
  join: 'Configurar esta consola',
  joining: 'Configurando…',
  empty: 'Primero pegue el enlace o escriba el código',
  dismiss: 'No usarla',
  joined: 'Ha iniciado sesión como {{agent}}',
  waits: 'Se abrió una invitación. Espera en la página “Primeros pasos”',
  replaceTitle: '¿Reemplazar lo que está configurado aquí?',
  replaceText:
    'Este equipo está configurado para {{agent}}. Los números de esa persona dejarían de sonar aquí y sus claves se eliminarían. El historial de llamadas se conserva.',
  replaceYes: 'Reemplazar',
  unfit:
    'Esta invitación no sirve para esta versión de Ringdesk. Actualícela o consulte a su administrador',
  unreachable:
    'No hay respuesta de {{host}}. Revise la dirección y que el relay esté en marcha. ({{why}})',
  noRelay: 'No hay un relay en {{host}}, o hay algo delante (estado {{status}})',
  oldRelay: 'Este relay no conoce invitaciones. Pida a su administrador que lo actualice',
  problems: {
    'not-an-invitation': 'Este no es el enlace de una invitación',
    'no-relay':
      'Falta la dirección del relay o no es una dirección. Debe ser como calls.example.com',
    'bad-code': 'Un código tiene 12 letras y dígitos, como K7QF-3MRA-9TWX. Revise cada uno',
    insecure: 'Esta dirección no está cifrada. Pida a su administrador una que empiece por wss://',
  },
};

export const setUp = {
  intro:
    'Recibe una carpeta para su servidor, con la configuración del relay, y una invitación para cada agente. Añada aquí todos sus números, o en relay.json después.',
  fields: {
    relay: 'Dirección de su servidor',
    provider: 'Proveedor del número',
    label: 'Nombre del número',
    number: 'Número de teléfono',
    phoneNumberId: 'Identificador de número de teléfono',
    wabaId: 'Identificador de la cuenta de WhatsApp Business',
    appSecret: 'Clave secreta de la app',
    accessToken: 'Token de acceso',
    apiKey: 'Clave de la API',
    zernioAccountId: 'Identificador de la cuenta en Zernio',
    mediaAddress: 'Dirección IP pública de su servidor',
    apiBase: 'Dirección de la API del proveedor',
    admin: 'Su nombre',
    agents: 'Otros agentes, uno por línea',
  },
  notes: {
    relay:
      'Un nombre que lleve a su servidor, como calls.example.com. Para probarlo en este equipo: http://127.0.0.1:8787',
    number: 'Con + y el código del país',
    phoneNumberId: 'En el App Dashboard de Meta, en WhatsApp, API Setup',
    wabaId: 'Junto al identificador de número de teléfono',
    appSecret: 'En el App Dashboard de Meta, en App settings, Basic',
    accessToken:
      'De un usuario del sistema, con whatsapp_business_messaging y whatsapp_business_management',
    apiBase: 'Déjela vacía para la del propio proveedor',
  },
  problems: {
    missing: 'Rellene este campo',
    address: 'Esto no es una dirección. Debe ser como calls.example.com',
    insecure: 'Esta dirección no está cifrada. Debe empezar por https://',
    number: 'Escriba + y el código del país, como +551150201234',
    digits: 'Use solo dígitos',
    ip: 'Una dirección IP tiene la forma 203.0.113.7',
    characters: 'Hay un espacio o un carácter que las claves nunca tienen. Cópiela de nuevo',
    twice: 'Este número está escrito dos veces',
    'too-many': 'Hasta 100 agentes. Invite a los demás con “relay invite”',
  },
  numberTitle: 'Número {{position}}',
  addNumber: 'Añadir otro número',
  removeNumber: 'Quitar este número',
  relayed: 'Las llamadas pasan por el relay',
  relayedNote:
    'Para espera, transferencia y escucha. Los puertos UDP 40000 a 40999 de su servidor deben estar abiertos',
  more: 'Más ajustes',
  save: 'Guardar en una carpeta…',
  saving: 'Guardando…',
  incomplete: 'Algunos campos necesitan su atención',
  folderTaken: 'Ya hay un relay.json en {{folder}}. Elija otra carpeta',
  notWritten: 'Los archivos no se pudieron guardar en {{folder}}: {{why}}. Elija otra carpeta',
  savedIn: 'Guardado en {{folder}}',
  savedNote: 'Copie esta carpeta a su servidor. Contiene secretos, así que nadie más debe leerla.',
  startRelay: 'Inicie el relay en su servidor:',
  inContainers: 'En esta carpeta, con Docker',
  withoutContainers: 'O en la carpeta de Ringdesk, con Node',
  atProvider: 'Introduzca esto en el proveedor de {{label}} ({{provider}}):',
  webhook: 'Dirección del webhook',
  verifyToken: 'Token de verificación',
  webhookSecret: 'Secreto del webhook',
  forwardTo: 'Desviar las llamadas a',
  subscribe:
    'En el App Dashboard de Meta, en WhatsApp, Configuration. Suscríbase a los campos calls y messages.',
  sendInvitations: 'Envíe a cada agente su invitación. Cada una sirve una vez, durante 14 días:',
  useMine: 'Cuando el relay esté en marcha, configure esta consola con su propia invitación:',
  joinHere: 'Configurar esta consola para {{name}}',
  again: 'Cambiar lo que escribió',
  letter:
    'Hola, {{name}}:\n\nEsta es su invitación a Ringdesk. Sirve una vez, hasta el {{until, date}}. Abra el enlace de abajo. O abra la página “Primeros pasos” en Ringdesk y escriba la dirección del relay y el código.',
};
