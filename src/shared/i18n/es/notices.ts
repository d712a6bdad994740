export const noticeCentre = {
  centre: 'Avisos recientes',
  nothing: 'Aún no hay avisos.',
  more: '{{count}} más. Descarte uno para ver el siguiente',
  copy: 'Copiar',
  callFailed: 'La llamada falló',
};

export const notices = {
  'calls-interrupted': {
    what: 'Ringdesk se cerró durante una llamada ({{count}})',
    next: 'Búsquela en Todas las llamadas y devuelva la llamada',
  },
  'softphone-restarted': {
    what: 'El audio de Ringdesk se reinició',
    next: 'Si se cortó una llamada, devuélvala',
  },
  'rights-changed': {
    what: 'Un administrador cambió lo que usted puede hacer: {{what}}',
  },
  'team-message': {
    what: '{{name}}: {{what}}',
  },
  'relay-log-incomplete': {
    what: 'Estuvo sin conexión demasiado tiempo para recibir todas las llamadas',
    next: 'Pueden faltar algunas en Todas las llamadas',
  },
  'profile-invalid': {
    what: 'Este perfil no se puede usar: {{why}}',
    next: 'Pida uno nuevo a su administrador y luego impórtelo',
  },
  'policy-wrong': {
    what: 'La política de su organización {{source}} tiene un error: {{why}}',
    next: 'Lo demás se aplica. Avise a su administrador',
  },
  'policy-over-profile': {
    what: 'Su perfil y la política de su organización no coinciden: {{what}}',
    next: 'Se usa la política. Avise a su administrador',
  },
  'file-trouble': {
    what: '{{path}}',
  },
  'folder-read-only': {
    what: 'Ringdesk no puede escribir en su carpeta {{path}}, por eso no guarda nada cuando sale',
    next: 'Dé a su usuario permiso de escritura en esa carpeta e inicie Ringdesk de nuevo',
  },
  'storage-trouble': {
    what: '{{path}}',
  },
  'storage-set-aside': {
    what: '{{path}}',
  },
  'export-failed': {
    what: 'No se guardó una exportación automática: {{name}}',
    next: 'Compruebe la carpeta y si el disco está lleno: {{why}}',
  },
  'storage-left-out': {
    what: 'Algo guardado no se pudo leer y se omitió: {{what}}',
    next: 'Compruebe que sus ajustes y el historial están como los dejó',
  },
  'storage-network': {
    what: 'El historial de llamadas está en una carpeta de otro equipo: {{path}}',
    next: 'Si puede, guárdelo en el disco de este equipo. Por la red es más lento y, sin conexión, las llamadas quedan solo en la memoria',
  },
  'microphone-denied': {
    what: 'El sistema no deja que Ringdesk use el micrófono',
    next: 'Permítalo en los ajustes de privacidad del sistema',
  },
  'provider-error': {
    what: 'WhatsApp: {{message}}',
  },
  'callback-due': {
    what: 'Devuelva ahora la llamada a {{name}}',
    next: 'Usted lo prometió. Sigue pendiente hasta que alguien hable con el cliente.',
  },
  'still-waits': {
    what: '{{name}} sigue esperando',
    next: 'Llegó algo nuevo mientras usted estaba sin conexión, así que lo que hizo entonces no se aplicó.',
  },
  'permission-granted': {
    what: '{{name}} ahora permite llamadas',
  },
  'permission-declined': {
    what: '{{name}} rechazó su solicitud de llamada',
  },
  'number-restricted': {
    what: 'WhatsApp restringió {{label}}: {{what}}',
    next: 'Vea en los ajustes del número hasta cuándo',
  },
  'webhooks-late': {
    what: 'Los mensajes de WhatsApp sobre {{label}} llegan con {{seconds}} s de retraso',
    next: 'Las llamadas siguen sonando. Avise a su administrador: el reloj del relay está mal, o un firewall retrasa los mensajes',
  },
  'relay-clock-behind': {
    what: 'El reloj del relay va {{seconds}} s por detrás del de WhatsApp',
    next: 'Las llamadas siguen sonando. Pida a su administrador que lo ajuste',
  },
  'number-warned': {
    what: 'Advertencia de WhatsApp para {{label}}: {{what}}',
    next: 'Después puede venir una restricción',
  },
  'number-fact': {
    what: '{{label}}: {{what}}',
  },
  'shortcut-taken': {
    what: 'Otro programa usa el atajo {{shortcut}}',
    next: 'Elija otro en Ajustes',
  },
  'screen-pop-failed': {
    what: '{{why}}',
    next: 'Ábrala desde el panel del cliente o revise su dirección en Ajustes',
  },
  'transfer-reverted': {
    what: '{{name}} no contestó la llamada',
    next: 'La llamada es suya de nuevo',
  },
  'tray-missing': {
    what: 'Este escritorio no tiene bandeja',
    next: 'Al cerrar la ventana, Ringdesk se minimiza',
  },
};

export const storage = {
  withPath: '{{what}}: {{path}}',
  keptAs: 'El archivo dañado se conserva como {{path}}',
  noneCameBack: 'No se pudo recuperar ninguna llamada',
  cameBack_one: 'Se recuperó {{count}} llamada',
  cameBack_other: 'Se recuperaron {{count}} llamadas',
  damaged: {
    'going-on':
      'El historial de llamadas estaba dañado y se inició uno nuevo. Se están recuperando las llamadas que aún se pueden leer',
    done: 'El historial de llamadas estaba dañado y se inició uno nuevo. {{cameBack}}',
    stopped:
      'El historial de llamadas estaba dañado y se inició uno nuevo. La recuperación se detuvo; sigue en el próximo inicio',
  },
  gap: {
    'going-on':
      'Se están recuperando llamadas anteriores ({{percent}}). El archivo dañado se conserva como',
    done: 'El historial estaba dañado. {{cameBack}}. Pueden faltar otras llamadas anteriores. El archivo dañado se conserva como',
    nothing: 'El historial estaba dañado. {{cameBack}}. El archivo dañado se conserva como',
    stopped:
      'Faltan llamadas anteriores porque la recuperación se detuvo. El archivo dañado se conserva como',
  },
  waits:
    'Las llamadas actuales se mantienen en memoria y aparecerán aquí cuando se puedan guardar en',
  troubles: {
    full: {
      what: 'El disco está lleno, por eso las llamadas solo se mantienen en memoria',
      next: 'Libere espacio y Ringdesk las guardará por sí solo. Hasta entonces, no salga de Ringdesk',
    },
    locked: {
      what: 'Otro programa bloqueó el historial de llamadas, por eso las llamadas solo se mantienen en memoria',
      next: 'Cierre los programas de copia de seguridad, sincronización o bases de datos. Hasta entonces, no salga de Ringdesk',
    },
    'read-only': {
      what: 'No se puede escribir en el historial de llamadas, por eso las llamadas solo se mantienen en memoria',
      next: 'Dé a su usuario permiso de escritura en el archivo y su carpeta. Hasta entonces, no salga de Ringdesk',
    },
    'no-access': {
      what: 'El sistema no deja que Ringdesk abra el historial de llamadas, por eso las llamadas solo se mantienen en memoria',
      next: 'Dé a su usuario acceso al archivo y su carpeta. Hasta entonces, no salga de Ringdesk',
    },
    disk: {
      what: 'El disco está fallando, por eso las llamadas solo se mantienen en memoria',
      next: 'Haga revisar el disco. Hasta entonces, no salga de Ringdesk',
    },
    missing: {
      what: 'Falta la carpeta del historial de llamadas, por eso las llamadas solo se mantienen en memoria',
      next: 'Restaure la carpeta o reconecte su unidad. Hasta entonces, no salga de Ringdesk',
    },
    removed: {
      what: 'El historial de llamadas se movió o se eliminó mientras Ringdesk lo usaba',
      next: 'Se inició uno nuevo. Salga de Ringdesk antes de devolver el anterior',
    },
    'wears-out': {
      what: 'El disco daña cada historial de llamadas nuevo, por eso las llamadas solo se mantienen en memoria',
      next: 'Haga revisar el disco. Las llamadas de este turno se pierden al salir',
    },
    newer: {
      what: 'Una versión más nueva de Ringdesk escribió el historial de llamadas, por eso las llamadas solo se mantienen en memoria',
      next: 'Instale esa versión de nuevo. Las llamadas de este turno se pierden al salir',
    },
    'no-key': {
      what: 'El historial de llamadas está cifrado y el almacén de claves de este sistema no entrega la clave, por eso las llamadas solo se mantienen en memoria',
      next: 'Desbloquee el almacén de claves e inicie Ringdesk de nuevo; no se cambió nada del historial. Para empezar uno vacío, mueva el archivo',
    },
  },
  files: {
    damaged: {
      what: 'Un archivo de su configuración estaba dañado y se conserva como',
      next: 'Importe su perfil de nuevo',
    },
    'damaged-restored': {
      what: 'Un archivo dañado se reemplazó por su copia; se conserva como',
      next: 'No se perdió nada',
    },
    newer: {
      what: 'Una versión más nueva de Ringdesk escribió un archivo, por eso no se cambió',
      next: 'Instale esa versión de nuevo, o mueva el archivo a otro lugar e importe su perfil',
    },
    'newer-restored': {
      what: 'Una versión más nueva de Ringdesk escribió un archivo; se usa, pero no se cambia',
      next: 'Instale esa versión de nuevo para cambiar su configuración',
    },
    'no-access': {
      what: 'El sistema no deja que Ringdesk lea un archivo',
      next: 'Dé a su usuario acceso a él e inicie Ringdesk de nuevo',
    },
    'no-access-restored': {
      what: 'El sistema no deja que Ringdesk lea un archivo; se usa su copia',
      next: 'Dé a su usuario acceso a él',
    },
    'not-written': {
      what: 'Su configuración no se pudo guardar y dura solo hasta que salga',
      next: 'Libere espacio o dé a su usuario permiso de escritura en la carpeta y luego importe su perfil de nuevo',
    },
  },
  historyEmpty: {
    title: 'Las llamadas no se pueden mostrar ahora',
    text: 'Las llamadas siguen sonando y funcionan. La línea de arriba dice qué pasa y dónde está el archivo.',
  },
};
