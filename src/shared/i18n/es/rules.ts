export const billDifferences = {
  unreadable: 'El importe de la factura, “{{theirs}}”, no es un número.',
  currency: 'La factura está en {{theirs}}, la estimación de Ringdesk en {{ours}}.',
  'billed-unanswered': 'Sin contestar, pero facturada: {{theirs}}.',
  'not-billed': 'Estimado {{ours}}, no se facturó nada.',
  'whole-minutes': 'Estimado {{ours}} cada 6 s, facturado {{theirs}} por minutos enteros.',
  duration: 'Ringdesk contó {{ours}} s, la factura {{theirs}} s.',
  amount: 'Estimado {{ours}}, facturado {{theirs}}: una diferencia de {{by}}.',
};

export const findings = {
  'permission-unchecked': {
    what: 'Aún no se sabe si puede llamar a este cliente.',
    next: 'Actualice para comprobar el permiso.',
  },
  'permission-unavailable': {
    what: 'El proveedor no supo decir si puede llamar a este cliente.',
    next: 'Actualice en un minuto o intente llamar. Sin permiso, el proveedor la rechaza.',
  },
  'permission-missing': {
    what: 'Este cliente no ha permitido llamadas de este número.',
    next: 'Pida permiso.',
  },
  'permission-declined': {
    what: 'Este cliente rechazó su solicitud de llamada ({{declinedAt}}).',
    next: 'Pídalo de nuevo tras 24 horas o envíe un mensaje.',
  },
  'permission-revoked': {
    what: 'El cliente o WhatsApp retiró el permiso para llamar ({{revokedAt}}).',
    next: 'Pida permiso de nuevo.',
  },
  'permission-expired': {
    what: 'El permiso para llamar caducó ({{expiredAt}}).',
    next: 'Pida permiso de nuevo.',
  },
  'permission-maybe-revoked': {
    what_one:
      '{{count}} llamada quedó sin respuesta. Probablemente WhatsApp ha retirado el permiso.',
    what_other:
      '{{count}} llamadas seguidas quedaron sin respuesta. Probablemente WhatsApp ha retirado el permiso.',
    next: 'Actualice para comprobar el permiso.',
  },
  'permission-temporary': {
    what: 'Este cliente ha permitido llamadas por tiempo limitado.',
    next: 'Puede llamar hasta entonces.',
  },
  'permission-permanent': {
    what: 'Este cliente ha permitido llamadas de forma permanente.',
    next: 'Puede llamar.',
  },
  'permission-answer-old': {
    what: 'El permiso puede haber cambiado desde la última comprobación ({{checkedAt}}).',
    next: 'Actualice para comprobarlo de nuevo.',
  },
  'call-refused': {
    what: 'El proveedor no permite ahora llamadas a este cliente y no da el motivo.',
    next: 'Actualice en unos minutos.',
  },
  'call-limit': {
    what_one: 'Ha llegado al límite de {{count}} llamada contestada con este cliente en {{hours}}.',
    what_other:
      'Ha llegado al límite de {{count}} llamadas contestadas con este cliente en {{hours}}.',
    next: 'Envíe un mensaje o espere hasta poder llamar de nuevo.',
  },
  'calls-left': {
    what_one: 'Queda {{left}} de {{count}} llamada contestada en {{hours}}.',
    what_other: 'Quedan {{left}} de {{count}} llamadas contestadas en {{hours}}.',
    next: 'Puede llamar.',
  },
  'unanswered-some': {
    what_one:
      '{{count}} llamada quedó sin respuesta. WhatsApp preguntó al cliente si aún permite sus llamadas. Tras {{limit}}, retira el permiso.',
    what_other:
      '{{count}} llamadas seguidas quedaron sin respuesta. WhatsApp preguntó al cliente si aún permite sus llamadas. Tras {{limit}}, retira el permiso.',
    next: 'Envíe un mensaje antes de llamar de nuevo.',
  },
  'unanswered-last': {
    what_one:
      '{{count}} llamada quedó sin respuesta. Si la próxima también queda así, WhatsApp retira el permiso.',
    what_other:
      '{{count}} llamadas seguidas quedaron sin respuesta. Si la próxima también queda así, WhatsApp retira el permiso.',
    next: 'Envíe primero un mensaje y acuerde una hora para la llamada.',
  },
  'pick-up-low': {
    what: 'En siete días se contestó el {{ratePercent}} de las llamadas de clientes a este número (de {{calls}}). WhatsApp quita el botón de llamada a los números que contestan poco.',
    next: 'Conteste las llamadas de clientes antes de llamar a otros.',
  },
  'pick-up-falling': {
    what: 'En siete días se contestó el {{ratePercent}} de las llamadas de clientes a este número. Si sigue así, la tasa estará por debajo del {{limitPercent}} el {{fallsAt}}, y las llamadas salientes se suspenderán.',
    next: 'Conteste las llamadas de clientes antes de llamar a otros.',
  },
  'pick-up-held': {
    what: 'Las llamadas salientes están suspendidas: en siete días se contestó el {{ratePercent}} de las llamadas de clientes a este número (de {{calls}}), y su organización quiere al menos el {{limitPercent}}. De lo contrario, WhatsApp quita el botón de llamada.',
    next: 'Podrá llamar de nuevo cuando se contesten suficientes llamadas. Análisis muestra cuántas.',
  },
  'permission-not-needed': {
    what: 'Este número no necesita permiso para llamar.',
    next: 'Puede llamar.',
  },
  'permission-already-permanent': {
    what: 'Este cliente ya ha permitido llamadas de forma permanente.',
    next: 'Puede llamar.',
  },
  'declined-recently': {
    what: 'Este cliente rechazó su solicitud de llamada ({{declinedAt}}).',
    next: 'Puede pedirlo de nuevo tras 24 horas.',
  },
  'request-limit': {
    what_one: 'Puede enviar {{count}} solicitud de permiso cada {{hours}}.',
    what_other: 'Puede enviar {{count}} solicitudes de permiso cada {{hours}}.',
    next: 'Espere o deje que el cliente le llame: entonces puede pedirlo de nuevo.',
  },
  'request-refused': {
    what: 'El proveedor no permite ahora una solicitud de permiso y no da el motivo.',
    next: 'Actualice en unos minutos.',
  },
  'requests-left': {
    what_one: 'Queda {{left}} de {{count}} solicitud de permiso en {{hours}}.',
    what_other: 'Quedan {{left}} de {{count}} solicitudes de permiso en {{hours}}.',
    next: 'Puede pedir permiso.',
  },
  'request-pending': {
    what: 'Permiso solicitado ({{sentAt}}). Aún sin respuesta.',
    next: 'Espere la respuesta. El cliente tiene siete días.',
  },
  'request-free-form-unsupported': {
    what: 'Este proveedor no puede enviar una solicitud de permiso como mensaje libre.',
    next: 'Pídalo con una plantilla.',
  },
  'request-template-unsupported': {
    what: 'Este proveedor no puede enviar una solicitud de permiso como plantilla.',
    next: 'Pídalo con un mensaje libre.',
  },
  'window-open': {
    what: 'La ventana de atención al cliente está abierta: el cliente escribió o habló con usted en las últimas 24 horas.',
    next: 'Puede enviar mensajes libres hasta que se cierre.',
  },
  'window-closed': {
    what: 'La ventana de atención al cliente está cerrada: ningún mensaje ni llamada del cliente en las últimas 24 horas.',
    next: 'Envíe una plantilla o espere al cliente.',
  },
  'window-needs-reply': {
    what: 'El cliente aún no ha respondido a su plantilla.',
    next: 'Espere la respuesta. Abre la ventana de atención al cliente durante 24 horas.',
  },
  'call-window-disputed': {
    what: 'La ventana de atención al cliente está cerrada. 360dialog dice que las llamadas la necesitan abierta; Meta dice que no.',
    next: 'Intente llamar. Si se rechaza, envíe primero una plantilla.',
  },
  'country-blocked': {
    what: 'Los números de {{country}} no pueden llamar a clientes en WhatsApp.',
    next: 'Llame desde un número de otro país o pida al cliente que le llame.',
  },
  'country-refused': {
    what: 'El proveedor lo rechazó ({{refusedAt}}): los números de este país no pueden llamar a clientes.',
    next: 'Llame desde un número de otro país o pida al cliente que le llame.',
  },
  'country-unknown': {
    what: 'No se conoce el país de su número, por eso no está claro si puede llamar a clientes.',
    next: 'Revise el número en sus ajustes.',
  },
  'region-sanctioned': {
    what: 'WhatsApp no permite llamadas con números de {{region}}.',
    next: 'Envíe un mensaje.',
  },
  'region-doubtful': {
    what: 'Este número puede ser de la parte sancionada de {{region}}. La llamada puede ser rechazada.',
    next: 'Compruebe dónde está el cliente antes de llamar.',
  },
  'region-unreliable': {
    what: 'Las llamadas por internet a {{country}} fallan a menudo.',
    next: 'Si la llamada falla, envíe un mensaje.',
  },
  'calling-off': {
    what: 'Las llamadas están desactivadas para este número.',
    next: 'Pida a su administrador que las active en los ajustes del número.',
  },
  'tier-too-low': {
    what: 'El límite de mensajes de este número ({{tier}}) es inferior al {{needed}} que hace falta para llamadas.',
    next: 'Si se rechazan las llamadas, pida a su administrador que lo aumente con el proveedor.',
  },
  'tier-disputed': {
    what: 'El límite de mensajes de este número ({{tier}}) cumple el {{needed}} que pide este proveedor, pero no el {{otherNeeded}} que pide WhatsApp.',
    next: 'Si se rechazan las llamadas, pida a su administrador que lo aumente con el proveedor.',
  },
  'tier-refused': {
    what: 'El proveedor se negó a activar las llamadas ({{refusedAt}}): el límite de mensajes es demasiado bajo (138015).',
    next: 'Pida a su administrador que aumente el límite con el proveedor y luego active las llamadas de nuevo.',
  },
  'access-refused': {
    what: '{{label}} está sin conexión: su token de acceso caducó.',
    next: 'Importe un perfil nuevo.',
  },
  'relay-access-refused': {
    what: 'El relay no puede recibir llamadas de {{label}}: su token de acceso caducó.',
    next: 'Pida a su administrador que dé uno nuevo al relay.',
  },
  'account-disabled': {
    what: 'WhatsApp ha inhabilitado la cuenta de {{label}}.',
    next: 'Apele en el Business Support Home de Meta; hasta entonces use otro número.',
  },
  'account-disabling': {
    what: 'WhatsApp está a punto de inhabilitar la cuenta de {{label}}.',
    next: 'Su administrador ve el motivo en el Business Support Home de Meta.',
  },
  'account-deleted': {
    what: 'Se eliminó la cuenta de WhatsApp de {{label}}.',
    next: 'Use otro número.',
  },
  'account-offboarded': {
    what: 'La cuenta de WhatsApp de {{label}} ha dejado esta plataforma.',
    next: 'Pida a su administrador que la conecte de nuevo.',
  },
  'account-unshared': {
    what: 'La cuenta de WhatsApp de {{label}} ya no se comparte con esta app.',
    next: 'Pida a su administrador que la comparta de nuevo.',
  },
  'routed-elsewhere': {
    what: '{{label}} ha dejado de sonar aquí: WhatsApp entrega sus llamadas a otro sistema de atención (138038).',
    next: 'Pida a su administrador que devuelva las llamadas a esta app, en Conversation Routing.',
  },
  'routing-shared': {
    what: '{{label}} puede haber dejado de sonar aquí: otro sistema de atención, como el Business Agent de Meta, también contesta por él.',
    next: 'Llame al número para probarlo. Si no suena, vea Conversation Routing.',
  },
  'calls-unsubscribed': {
    what: 'Nada recibe las llamadas de {{label}}: el campo “calls” de su webhook no está suscrito (138018).',
    next: 'Pida a su administrador que suscriba el relay al campo “calls”.',
  },
  coexistence: {
    what: '{{label}} también se usa en la app WhatsApp Business, y esos números no pueden recibir ni hacer llamadas aquí.',
    next: 'Use un número que esté solo en la API.',
  },
  'keys-sdes': {
    what: 'Las llamadas de {{label}} no se pueden contestar aquí: el intercambio de claves de este número es SDES.',
    next: 'Cámbielo a DTLS en los ajustes de llamada del número (srtp_key_exchange_protocol).',
  },
  'payment-missing': {
    what: 'La cuenta de WhatsApp de {{label}} no tiene un método de pago válido, por eso las llamadas fallan (131044).',
    next: 'Pida a su administrador que añada uno en el Business Manager de Meta y luego llame de nuevo.',
  },
  'number-error': {
    what: 'WhatsApp informa de un error de {{label}} ({{errorCode}}): “{{quote}}”.',
    next: 'Muéstrelo a su administrador.',
  },
  'version-ending': {
    what: 'Meta retirará la versión {{version}} de su API, que usa {{label}} ({{endsAt}}).',
    next: 'Pida a su administrador un perfil con una versión más nueva.',
  },
  'customer-not-callable': {
    what: 'WhatsApp no pudo llamar a este cliente ({{refusedAt}}). Puede que no use WhatsApp, o que su app sea demasiado antigua (138001).',
    next: 'Envíe un mensaje o pida al cliente que actualice WhatsApp.',
  },
  'calling-paused': {
    what: 'WhatsApp pausó las llamadas de este número por los comentarios de los clientes ({{refusedAt}}). Puede durar siete días.',
    next: 'Pida a su administrador que lea el aviso en WhatsApp Manager.',
  },
  restricted: {
    what: 'WhatsApp restringió esta cuenta: {{restriction}}.',
    next: 'Pida a su administrador que lea el aviso en WhatsApp Manager.',
  },
  'restricted-inbound': {
    what: 'WhatsApp restringió esta cuenta: {{restriction}}.',
    next: 'Pida a su administrador que lea el aviso en WhatsApp Manager.',
  },
  'restriction-unknown': {
    what: 'WhatsApp restringió esta cuenta. Lo llama así: {{restriction}}.',
    next: 'Pida a su administrador que lea el aviso en WhatsApp Manager.',
  },
  'balance-too-low': {
    what: 'El saldo es {{balance}} {{currency}}. Las llamadas necesitan {{minimum}} {{currency}}.',
    next: 'Recargue al menos {{shortfall}} {{currency}}.',
  },
  'balance-unreadable': {
    what: 'El saldo ({{balance}}) o el mínimo ({{minimum}}) no es un número.',
    next: 'Corríjalo en los ajustes del número.',
  },
  'do-not-call': {
    what: 'No llamar: {{by}} marcó así a esta persona ({{markedAt}}).',
    next: 'Envíe un mensaje, o permita llamadas de nuevo si pide una.',
  },
  'do-not-call-because': {
    what: 'No llamar: {{by}} marcó así a esta persona ({{markedAt}}): “{{reason}}”.',
    next: 'Envíe un mensaje, o permita llamadas de nuevo si pide una.',
  },
  'already-in-call': {
    what: 'Está en llamada con este cliente.',
    next: 'Termine primero esa llamada.',
  },
  'colleague-in-call': {
    what: 'Un compañero está en llamada con este cliente.',
    next: 'Pregunte a su compañero o espere a que termine esa llamada.',
  },
  'concurrent-limit': {
    what_one: 'Este número ha llegado a su límite de {{count}} llamada a la vez.',
    what_other: 'Este número ha llegado a su límite de {{count}} llamadas a la vez.',
    next: 'Espere a que termine una. Hasta entonces los clientes no pueden llamar, y usted no verá sus llamadas.',
  },
  'concurrent-limit-account': {
    what_one:
      'Su cuenta de WhatsApp Business ha llegado a su límite de {{count}} llamada a la vez en todos los números.',
    what_other:
      'Su cuenta de WhatsApp Business ha llegado a su límite de {{count}} llamadas a la vez en todos los números.',
    next: 'Espere a que termine una. Hasta entonces los clientes no pueden llamar, y usted no verá sus llamadas.',
  },
  'outside-hours': {
    what: 'Está fuera de su horario de llamadas. El cliente no puede devolver la llamada ahora.',
    next: 'Llame dentro del horario.',
  },
  'hours-unreadable': {
    what: 'La zona horaria del horario de llamadas ({{zone}}) es desconocida.',
    next: 'Corríjala en los ajustes del número.',
  },
  'cost-rate': {
    what: 'Las llamadas a {{region}} cuestan {{perMinute}} {{currency}} por minuto, facturadas cada 6 s a {{perPulse}} {{currency}}.',
    next: 'Solo paga si el cliente contesta.',
  },
  'cost-unknown': {
    what: 'La tabla de precios no tiene precio en {{currency}} para este número.',
    next: 'Importe una tabla de precios más nueva.',
  },
  'cost-by-minute': {
    what: 'Este proveedor muestra precios por minutos enteros, pero WhatsApp factura cada 6 s.',
    next: 'Compare su importe con la factura de WhatsApp.',
  },
};

export const hoursProblems = {
  'unknown-zone': 'Zona horaria desconocida: {{zone}}.',
  'no-hours': 'Añada horarios al menos en un día.',
  'bad-time': '“{{time}}” no es una hora. Use 0930.',
  'open-not-before-close':
    '{{where}}: el cierre debe ser después de la apertura. Para horario nocturno, añada dos intervalos.',
  'too-many-entries': '{{where}}: puede añadir como máximo dos intervalos al día.',
  overlap: '{{where}}: los horarios se superponen.',
  'bad-date': '“{{date}}” no es una fecha. Use 2026-12-24.',
  'past-holiday': 'El día festivo {{date}} ya pasó. Quítelo.',
  'too-many-holidays': 'Tiene {{count}} días festivos. El límite es 20.',
};

export const missing = {
  'server-media':
    'El proveedor conecta las llamadas de este número, por eso no se prepara nada antes.',
  'official-numbers-only': 'Disponible solo en números de la API oficial de WhatsApp.',
  'web-numbers-only': 'Disponible solo en números conectados por código QR.',
  'no-permission-needed': 'Este número no necesita permiso para llamar.',
  'answered-at-destination':
    'Las llamadas de este número se contestan y terminan en el destino del desvío.',
  'not-offered': 'El proveedor de este número no lo ofrece.',
  'aggregate-only': 'El proveedor muestra solo costos totales, no el costo de una llamada.',
  'no-charge': 'Las llamadas de este número son gratuitas.',
  'written-elsewhere':
    'Ringdesk solo atiende las llamadas de este número. Envíe mensajes desde la bandeja de entrada del propio proveedor.',
};

export const rateCard = {
  empty: 'El archivo no tiene precios.',
  'missing-column': 'Falta la columna: {{what}}.',
  'unclosed-quote': 'Línea {{line}}: falta cerrar unas comillas.',
  'too-few-fields_one':
    'Línea {{line}}: solo {{count}} campo. Cada línea necesita todas las columnas.',
  'too-few-fields_other':
    'Línea {{line}}: solo {{count}} campos. Cada línea necesita todas las columnas.',
  'bad-date': 'Línea {{line}}: “{{what}}” no es una fecha. Use 2026-10-01.',
  'bad-currency': 'Línea {{line}}: “{{what}}” no es una moneda. Use un código, p. ej. USD.',
  'bad-area':
    'Línea {{line}}: “{{what}}” no es una zona. Use un país (MX), un código de país (+44) o *.',
  'bad-minutes': 'Línea {{line}}: “{{what}}” no es un número de minutos.',
  'bad-rate': 'Línea {{line}}: “{{what}}” no es un precio. Use un número, p. ej. 0.0095.',
  'repeated-area': 'Línea {{line}}: {{what}} ya tiene un precio para esta fecha, moneda y volumen.',
  'no-first-tier': 'Línea {{line}}: {{what}} no tiene un precio desde 0 minutos.',
};
