export const updates = {
  title: 'Versión y actualizaciones',
  channel: 'Actualizaciones',
  channels: { stable: 'Estable: versiones terminadas', beta: 'Beta: anticipada, menos probada' },
  look: 'Buscar actualizaciones',
  checking: 'Buscando actualizaciones…',
  notChecked: 'Aún no se han buscado actualizaciones',
  currentSince: 'Esta es la versión más reciente (comprobado a las {{time}})',
  downloading: 'Descargando la versión {{version}}: {{percent}}',
  ready: 'La versión {{version}} está lista',
  whatIsNew: 'Novedades',
  now: 'Reiniciar y actualizar',
  tray: 'Reiniciar y actualizar a {{version}}',
  later: 'Más tarde',
  shiftEnd: 'Al final de mi turno',
  plans: {
    ask: 'Ringdesk se reinicia. Durante unos segundos no le llega ninguna llamada',
    now: 'Se instala en cuanto esté libre',
    later: 'Ringdesk volverá a preguntar en unas horas',
    'shift-end': 'Se instala cuando se ponga ausente o salga',
  },
  busy: 'Espera hasta que terminen su llamada y el cierre',
  forced: 'Su organización quiere que se instale ahora. Se instala en cuanto esté libre',
  forceAt: 'A partir de las {{time}} ya no se puede aplazar',
  installing:
    'Instalando la versión {{version}}. Las llamadas siguen llegando. El equipo puede pedir la contraseña de un administrador',
  cameFrom: 'Ahora tiene la versión {{version}}. Antes era la {{before}}',
  wentBack:
    'La versión {{version}} no arrancó. Tiene de nuevo la {{own}}, con sus datos como estaban',
  wentBackNext: 'No se volverá a ofrecer. Avise a su administrador',
  dismiss: 'Aceptar',
  none: {
    'not-installed': 'Esta copia no se actualiza, porque ningún instalador la puso aquí',
    'no-server': 'Esta copia no se actualiza, porque se hizo sin servidor de actualizaciones',
    administrator: 'El administrador de este equipo actualiza Ringdesk',
    organisation: 'Su organización ha desactivado las actualizaciones',
  },
  failed: {
    unreachable:
      'No se pudo conectar con el servidor de actualizaciones, o no tiene el archivo. Ringdesk lo intentará de nuevo',
    'not-ours':
      'La actualización se rechazó: no lleva la firma de Ringdesk. Avise a su administrador',
    disk: 'No se pudo guardar la actualización. Libere espacio en el disco y busque de nuevo',
    'not-allowed': 'La actualización no se permitió en este equipo. Consulte a su administrador',
    installer:
      'El instalador de la actualización falló. El registro dice por qué. Sigue teniendo esta versión',
  },
  goingBack:
    'Ringdesk {{to}} no pudo arrancar en dos intentos. Se instala de nuevo la versión {{from}}, con sus datos.',
  didNotStart: 'Ringdesk {{to}} no arrancó',
  notBack: 'No se pudo instalar de nuevo la versión {{from}}: {{why}}. Instálela a mano: {{file}}',
  noPackage: 'el paquete de la versión {{from}} no está aquí',
  packageChanged: 'el paquete guardado fue modificado',
  byHand: 'en este sistema hay que instalarla a mano',
} as const;

export const autostart = {
  label: 'Iniciar cuando inicie sesión en este equipo',
  note: 'Ringdesk se inicia en la bandeja, listo para llamadas',
  states: {
    'unknown-program': 'Solo un Ringdesk instalado puede iniciarse solo',
    forbidden: 'Está prohibido en los ajustes de su sistema. Permítalo allí',
  },
  refused: 'Su sistema no lo permitió: {{why}}',
} as const;
