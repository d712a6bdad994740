export const ownMessages = {
  noProvider: 'no existe esa cuenta',
  untold: 'El proveedor no informó nada más sobre esta llamada',
  relaySilent: 'El relay no respondió',
  unreadable: 'La respuesta no tenía la forma esperada.',
  noNumber: 'Este cliente no muestra ningún número.',
  noAccount: 'Este número no tiene token de acceso en este equipo.',
  interrupted: 'La app se cerró antes de la respuesta.',
  noRecording: 'WhatsApp no ha informado de ninguna grabación de esta llamada.',
  relayEnded: 'El relay terminó la llamada',
  cannotSet: '{{provider}} no puede ajustar esto: {{parts}}.',
  fileElsewhere: 'El archivo está en {{host}}.',
  noNumberThere: 'Zernio no da ningún número para esta cuenta.',
  nothingToPrepare: 'Las llamadas de este número no tienen nada que preparar antes.',
  noPermissionNeeded: 'Este número llama sin pedir permiso.',
  onlyInWindow:
    'El permiso solo se puede pedir mientras la ventana de atención al cliente está abierta.',
  answeredElsewhere:
    'Las llamadas de este número se contestan y terminan en el destino del desvío.',
};

export const providerErrors = {
  refused: 'El proveedor rechazó esto',
  nextTransient:
    'Inténtelo de nuevo en un minuto. Si vuelve a fallar, dé el código a su administrador',
  nextUnknown: 'Si ocurre de nuevo, dé el código a su administrador',
  meta: {
    1: {
      what: 'WhatsApp tiene un problema en este momento.',
      next: 'Inténtelo de nuevo en un minuto.',
    },
    2: {
      what: 'WhatsApp tiene un problema en este momento.',
      next: 'Inténtelo de nuevo en un minuto.',
    },
    4: {
      what: 'Demasiadas solicitudes a WhatsApp.',
      next: 'Espere un minuto e inténtelo de nuevo.',
    },
    10: {
      what: 'El token de acceso de este número no lo permite.',
      next: 'Pida a su administrador que revise los permisos del token.',
    },
    33: {
      what: 'WhatsApp ya no conoce este número.',
      next: 'Pida a su administrador que revise la cuenta.',
    },
    100: {
      what: 'WhatsApp no aceptó la solicitud.',
      next: 'Inténtelo de nuevo. Si vuelve a fallar, dé a su administrador los detalles de abajo.',
    },
    190: {
      what: 'El token de acceso de este número ha caducado.',
      next: 'Pida a su administrador un perfil con uno nuevo.',
    },
    368: {
      what: 'WhatsApp bloqueó esta cuenta por un tiempo debido a sus políticas.',
      next: 'Pida a su administrador que lea el aviso en WhatsApp Manager.',
    },
    613: {
      what: 'El permiso se comprobó demasiadas veces.',
      next: 'Espere un minuto y actualice.',
    },
    80007: {
      what: 'Demasiadas solicitudes a WhatsApp.',
      next: 'Espere un minuto e inténtelo de nuevo.',
    },
    130429: {
      what: 'Demasiadas solicitudes a WhatsApp.',
      next: 'Espere un minuto e inténtelo de nuevo.',
    },
    130472: {
      what: 'WhatsApp no entregó este mensaje: el cliente forma parte de una prueba de Meta.',
      next: 'Espere a que el cliente escriba.',
    },
    130497: {
      what: 'Esta cuenta no puede enviar mensajes a clientes de este país.',
      next: 'Pida a su administrador que revise la restricción en WhatsApp Manager.',
    },
    131000: {
      what: 'WhatsApp tiene un problema y no da el motivo.',
      next: 'Inténtelo de nuevo en un minuto. Si vuelve a fallar, dé el código a su administrador.',
    },
    131005: {
      what: 'El token de acceso de este número no lo permite.',
      next: 'Pida a su administrador que revise los permisos del token.',
    },
    131008: {
      what: 'WhatsApp no aceptó la solicitud: falta algo.',
      next: 'Inténtelo de nuevo. Si vuelve a fallar, dé a su administrador los detalles de abajo.',
    },
    131009: {
      what: 'No se puede enviar un botón de llamada desde este número o a este país.',
      next: 'Envíe un mensaje normal.',
    },
    131016: {
      what: 'WhatsApp tiene un problema en este momento.',
      next: 'Inténtelo de nuevo en un minuto.',
    },
    131021: {
      what: 'No puede enviar un mensaje a su propio número.',
      next: 'Elija otro cliente.',
    },
    131026: {
      what: 'WhatsApp no pudo entregarlo al cliente.',
      next: 'Puede que no tenga WhatsApp, o que tenga una versión antigua. Inténtelo más tarde.',
    },
    131030: {
      what: 'Este es un número de prueba, y el cliente no está en su lista.',
      next: 'Pida a su administrador que añada al cliente a los destinatarios permitidos en el App Dashboard de Meta.',
    },
    131031: {
      what: 'WhatsApp bloqueó esta cuenta de empresa.',
      next: 'Pida a su administrador que lea el aviso en WhatsApp Manager.',
    },
    131037: {
      what: 'El nombre visible de este número aún no está aprobado.',
      next: 'Pida a su administrador que lo revise en WhatsApp Manager.',
    },
    131042: {
      what: 'La cuenta de WhatsApp tiene un problema de pago.',
      next: 'Pida a su administrador que revise el método de pago en el Business Manager de Meta.',
    },
    131044: {
      what: 'La cuenta de WhatsApp no tiene un método de pago válido.',
      next: 'Pida a su administrador que añada uno en el Business Manager de Meta.',
    },
    131045: {
      what: 'El registro de este número no está completo.',
      next: 'Pida a su administrador que lo registre de nuevo.',
    },
    131047: {
      what: 'La ventana de atención al cliente está cerrada: ningún mensaje ni llamada en 24 horas.',
      next: 'Envíe una plantilla o espere a que el cliente escriba.',
    },
    131048: {
      what: 'WhatsApp limita los mensajes de este número: hay clientes que lo bloquearon o denunciaron.',
      next: 'Pida a su administrador que revise la calificación de calidad en WhatsApp Manager.',
    },
    131049: {
      what: 'WhatsApp no entregó este mensaje: el cliente recibe demasiados mensajes de empresas.',
      next: 'Espere un día o espere a que el cliente escriba.',
    },
    131050: {
      what: 'El cliente ya no quiere sus mensajes de marketing.',
      next: 'No lo envíe de nuevo. Espere a que el cliente escriba.',
    },
    131051: {
      what: 'WhatsApp no admite este tipo de mensaje.',
      next: 'Envíe un mensaje normal.',
    },
    131052: {
      what: 'WhatsApp no pudo cargar el archivo del cliente.',
      next: 'Pida al cliente que lo envíe de nuevo.',
    },
    131053: {
      what: 'WhatsApp no pudo cargar el archivo que usted envió.',
      next: 'Revise el archivo e inténtelo de nuevo.',
    },
    131055: {
      what: 'Este número usa SIP, por eso Ringdesk no puede recibir ni hacer sus llamadas.',
      next: 'Pida a su administrador que desactive SIP para el número.',
    },
    131056: {
      what: 'Demasiados mensajes a este cliente en poco tiempo.',
      next: 'Espere un minuto e inténtelo de nuevo.',
    },
    131057: {
      what: 'WhatsApp está haciendo mantenimiento en esta cuenta.',
      next: 'Inténtelo de nuevo en unos minutos.',
    },
    132000: {
      what: 'La cantidad de valores no corresponde a la plantilla.',
      next: 'Elija otra plantilla o pida a su administrador que la corrija.',
    },
    132001: {
      what: 'Esta plantilla no existe o no está aprobada en este idioma.',
      next: 'Elija otra plantilla o pida a su administrador que la corrija.',
    },
    132005: {
      what: 'La plantilla es demasiado larga con estos valores.',
      next: 'Elija otra plantilla o pida a su administrador que la corrija.',
    },
    132007: {
      what: 'La plantilla incumple las reglas de WhatsApp.',
      next: 'Elija otra plantilla o pida a su administrador que la corrija.',
    },
    132012: {
      what: 'Un valor no tiene la forma que necesita la plantilla.',
      next: 'Elija otra plantilla o pida a su administrador que la corrija.',
    },
    132015: {
      what: 'WhatsApp pausó esta plantilla por su calidad.',
      next: 'Elija otra plantilla o pida a su administrador que la corrija.',
    },
    132016: {
      what: 'WhatsApp desactivó esta plantilla por su calidad.',
      next: 'Elija otra plantilla o pida a su administrador que la corrija.',
    },
    133010: {
      what: 'Este número no está registrado en WhatsApp.',
      next: 'Pida a su administrador que lo registre.',
    },
    135000: {
      what: 'WhatsApp no aceptó el mensaje y no da el motivo.',
      next: 'Inténtelo de nuevo. Si vuelve a fallar, dé el código a su administrador.',
    },
    138000: {
      what: 'Las llamadas están desactivadas para este número.',
      next: 'Pida a su administrador que las active.',
    },
    138001: {
      what: 'No se puede llamar a este cliente en WhatsApp.',
      next: 'Revise el número o envíe un mensaje: el WhatsApp del cliente puede ser antiguo o no existir.',
    },
    138002: {
      what: 'Este número tiene demasiadas llamadas a la vez.',
      next: 'Inténtelo de nuevo cuando termine una llamada.',
    },
    138003: {
      what: 'Este cliente ya está en llamada con usted o con un compañero.',
      next: 'Espere a que termine esa llamada.',
    },
    138004: {
      what: 'WhatsApp no pudo conectar la llamada.',
      next: 'Inténtelo de nuevo. Si sigue fallando, avise a su administrador: la red puede bloquear llamadas.',
    },
    138005: {
      what: 'Este número ha hecho demasiadas llamadas hoy.',
      next: 'Espere o llame desde otro número.',
    },
    138006: {
      what: 'El cliente no ha permitido llamadas de este número.',
      next: 'Pida primero permiso.',
    },
    138007: {
      what: 'La llamada tardó demasiado en conectarse.',
      next: 'Inténtelo de nuevo. Si sigue fallando, avise a su administrador: la red puede bloquear llamadas.',
    },
    138008: {
      what: 'El otro lado no aceptó nuestra descripción de medios.',
      next: 'Devuelva la llamada. Si sigue ocurriendo, avise a su administrador: el número puede usar claves SDES.',
    },
    138009: {
      what: 'Puede pedir permiso una vez al día y dos veces por semana. Se llegó a ese límite.',
      next: 'Envíe un mensaje o espere a que el cliente llame.',
    },
    138012: {
      what: 'Ha llegado al límite diario de llamadas a este cliente.',
      next: 'Envíe un mensaje o espere hasta la hora indicada en los detalles de abajo.',
    },
    138013: {
      what: 'Los números de este país no pueden llamar a clientes en WhatsApp.',
      next: 'Envíe un botón de llamada y deje que el cliente le llame.',
    },
    138014: {
      what: 'WhatsApp pausó las llamadas de este número: los clientes se quejaron o no contestaron.',
      next: 'Por ahora envíe mensajes. Su administrador ve en WhatsApp Manager hasta cuándo.',
    },
    138015: {
      what: 'No se pueden activar las llamadas: el límite de mensajes es inferior a 2000 clientes al día.',
      next: 'Pida a su administrador que aumente primero el límite de mensajes.',
    },
    138017: {
      what: 'El cliente ya ha permitido llamadas de forma permanente.',
      next: 'Ya puede llamar.',
    },
    138018: {
      what: 'No se pueden activar las llamadas: nada las recibe.',
      next: 'Pida a su administrador que suscriba el relay al campo “calls”.',
    },
    138019: {
      what: 'El WhatsApp del cliente no pudo preparar la llamada.',
      next: 'Inténtelo de nuevo o envíe un mensaje.',
    },
    138020: {
      what: 'El teléfono del cliente no pudo conectarse a la llamada.',
      next: 'Puede que la conexión del cliente sea mala. Inténtelo más tarde.',
    },
    138021: {
      what: 'WhatsApp terminó la llamada: largo tiempo sin audio suyo.',
      next: 'Revise el micrófono y la red y luego devuelva la llamada.',
    },
    138022: {
      what: 'WhatsApp terminó la llamada: largo tiempo sin audio del cliente.',
      next: 'Devuelva la llamada; puede que se haya cortado la conexión del cliente.',
    },
    138023: {
      what: 'La llamada se contestó, pero no pasó el audio.',
      next: 'Devuelva la llamada. Si sigue ocurriendo, avise a su administrador: la red puede bloquear llamadas.',
    },
    138038: {
      what: 'WhatsApp entrega las llamadas de este número a otro sistema de atención.',
      next: 'Pida a su administrador que devuelva las llamadas a esta app, en Conversation Routing.',
    },
    'http-401': {
      what: 'WhatsApp no aceptó el token de acceso de este número.',
      next: 'Pida a su administrador un perfil con uno nuevo.',
    },
    'http-403': {
      what: 'El token de acceso de este número no lo permite.',
      next: 'Pida a su administrador que revise los permisos del token.',
    },
    'http-404': {
      what: 'WhatsApp no conoce esta llamada o este número.',
      next: 'Si es una llamada, ya terminó. Si es un número, pida a su administrador que revise la cuenta.',
    },
    'http-429': {
      what: 'Demasiadas solicitudes a WhatsApp.',
      next: 'Espere un minuto e inténtelo de nuevo.',
    },
    'no-number': {
      what: 'Este cliente muestra solo un nombre de usuario, y este número no puede llamar a nombres de usuario.',
      next: 'Espere a que el cliente llame o escriba.',
    },
    'not-supported': {
      what: 'Este número no lo admite.',
      next: 'Su proveedor no lo ofrece.',
    },
    interrupted: {
      what: 'Ringdesk se cerró antes de que WhatsApp respondiera. Puede que el cliente recibiera el mensaje.',
      next: 'Pregunte al cliente o inténtelo de nuevo.',
    },
    'no-recording': {
      what: 'No hay grabación de esta llamada.',
      next: 'Si la llamada acaba de terminar, inténtelo de nuevo en un minuto.',
    },
    'foreign-media': {
      what: 'No se cargó la grabación: su dirección no es de WhatsApp.',
      next: 'Avise a su administrador.',
    },
    'no-account': {
      what: 'Este equipo ya no tiene acceso a este número.',
      next: 'Importe su perfil de nuevo.',
    },
  },
  d360: {
    138002: {
      what: 'La cuenta de WhatsApp ha llegado a 1000 llamadas a la vez en todos sus números.',
      next: 'Inténtelo de nuevo cuando termine una llamada.',
    },
    138015: {
      what: 'No se pueden activar las llamadas: el límite de mensajes es demasiado bajo (360dialog pide 1000 clientes al día, Meta 2000).',
      next: 'Pida a su administrador que aumente primero el límite de mensajes.',
    },
    'http-401': {
      what: '360dialog no aceptó la clave de este número.',
      next: 'Pida a su administrador una clave nueva del 360dialog Hub.',
    },
    'http-403': {
      what: '360dialog no lo permite con la clave de este número.',
      next: 'Pregunte a su administrador si las llamadas están activadas para él en el 360dialog Hub.',
    },
    'http-404': {
      what: '360dialog no conoce esta llamada o este número.',
      next: 'Si es una llamada, ya terminó. Si es un número, pida a su administrador que revise la cuenta.',
    },
    'http-429': {
      what: 'Demasiadas solicitudes a 360dialog.',
      next: 'Espere un minuto e inténtelo de nuevo.',
    },
  },
  'pilot-status': {
    'http-401': {
      what: 'Pilot Status no aceptó la clave de este número.',
      next: 'Pida a su administrador una clave nueva de este número.',
    },
    'http-403': {
      what: 'La clave no lo permite.',
      next: 'Pida a su administrador una clave de este número.',
    },
    'http-404': {
      what: 'Pilot Status no conoce esta llamada.',
      next: 'Terminó o es de otro número.',
    },
    'http-429': {
      what: 'Demasiadas solicitudes a Pilot Status.',
      next: 'Espere un minuto e inténtelo de nuevo.',
    },
    FEATURE_NOT_SUPPORTED: {
      what: 'Este tipo de número no lo admite.',
      next: 'Pregunte a su administrador si está configurado aquí con el tipo correcto: Meta o web.',
    },
    WHATSAPP_INSTANCE_NOT_CONNECTED: {
      what: 'El número no está conectado a WhatsApp.',
      next: 'Pida a su administrador que lo conecte de nuevo con el código QR en Pilot Status.',
    },
    META_CALL_PERMISSION_REQUIRED: {
      what: 'El cliente no ha permitido llamadas de este número.',
      next: 'Pida primero permiso.',
    },
    META_CALL_PERMISSION_REQUEST_LIMIT: {
      what: 'Ha llegado al límite de solicitudes de permiso a este cliente.',
      next: 'Envíe un mensaje o espere a que el cliente llame.',
    },
    META_CALLING_PAYMENT_REQUIRED: {
      what: 'La cuenta de WhatsApp no tiene un método de pago válido.',
      next: 'Pida a su administrador que añada uno en el Business Manager de Meta.',
    },
    TENANT_SCOPE_NOT_ALLOWED: {
      what: 'La clave es de toda la cuenta de Pilot Status, no de este número.',
      next: 'Pida a su administrador una clave de este número.',
    },
    NUMBER_SCOPE_NOT_ALLOWED: {
      what: 'La clave es de un solo número. Esto necesita una clave de la cuenta.',
      next: 'Pida a su administrador una clave de la cuenta.',
    },
    NUMBER_MISMATCH: {
      what: 'La clave es de otro número.',
      next: 'Pida a su administrador que revise la clave de este número.',
    },
    NUMBER_REQUIRED: {
      what: 'Pilot Status no sabe qué número usar.',
      next: 'Pida a su administrador una clave de este número.',
    },
    NUMBER_NOT_FOUND: {
      what: 'Pilot Status no conoce este número.',
      next: 'Pida a su administrador que revise la clave de este número.',
    },
    WEBHOOK_NOT_FOUND: {
      what: 'Falta el webhook de este número.',
      next: 'Pida a su administrador que lo configure de nuevo en Pilot Status.',
    },
    SUBSCRIPTION_REQUIRED_FOR_MEDIA: {
      what: 'La suscripción de Pilot Status no incluye esto.',
      next: 'Pida a su administrador que revise la suscripción.',
    },
    'http-402': {
      what: 'Pilot Status necesita una suscripción para esto.',
      next: 'Pida a su administrador que revise la suscripción.',
    },
    'http-409': {
      what: 'La llamada cambió, o el número no está conectado.',
      next: 'Revise la llamada: puede haberla contestado un compañero.',
    },
  },
  zernio: {
    'http-401': {
      what: 'Zernio no aceptó la clave.',
      next: 'Pida a su administrador una clave nueva.',
    },
    'http-404': {
      what: 'Zernio no conoce este número.',
      next: 'Pida a su administrador que revise la cuenta.',
    },
    'http-429': {
      what: 'Demasiadas solicitudes a Zernio.',
      next: 'Espere un minuto e inténtelo de nuevo.',
    },
    'config-404': {
      what: 'Zernio no conoce este número.',
      next: 'Pida a su administrador que revise la cuenta.',
    },
    'enable-400': {
      what: 'Zernio no puede desviar llamadas a este destino.',
      next: 'Use otro teléfono, dirección SIP o wss, no el propio número.',
    },
    'enable-404': {
      what: 'Zernio no conoce este número.',
      next: 'Pida a su administrador que revise la cuenta.',
    },
    'enable-409': {
      what: 'No se pueden activar las llamadas: un troncal SIP usa este número.',
      next: 'Pida a su administrador que lo quite primero del troncal SIP en Zernio.',
    },
    'enable-422': {
      what: 'No se pueden activar las llamadas: el plan no es por uso, o el límite de mensajes es inferior a 2000 clientes al día.',
      next: 'Pida a su administrador que revise el plan en Zernio y el límite de mensajes en WhatsApp Manager.',
    },
    'update-400': {
      what: 'Zernio no aceptó el cambio.',
      next: 'Revise el destino. No debe ser el propio número.',
    },
    'update-404': {
      what: 'Zernio no conoce este número.',
      next: 'Pida a su administrador que revise la cuenta.',
    },
    'permission-404': {
      what: 'Zernio no conoce este número.',
      next: 'Pida a su administrador que revise la cuenta.',
    },
    'dial-409': {
      what: 'El cliente no ha permitido llamadas, o esta llamada ya se está haciendo.',
      next: 'Compruebe el permiso y pídalo si falta.',
    },
    'dial-busy': {
      what: 'Esta llamada ya se está haciendo.',
      next: 'Espere a que aparezca.',
    },
    'forward-to': {
      what: 'Las llamadas no se pueden desviar a este destino.',
      next: 'Vea en los detalles de abajo cómo escribirlo.',
    },
    'request-409': {
      what: 'Zernio no puede pedir permiso a este cliente ahora.',
      next: 'Puede pedir permiso una vez al día y dos veces por semana.',
    },
    'request-422': {
      what: 'Zernio no puede pedir permiso a este cliente.',
      next: 'Espere a que el cliente escriba. Puede pedirlo en las 24 horas siguientes.',
    },
    'dial-422': {
      what: 'Zernio no puede hacer esta llamada: las llamadas están desactivadas, el país del número no las permite o faltan credenciales SIP.',
      next: 'Pida a su administrador que revise los ajustes de llamada del número.',
    },
    'dial-502': {
      what: 'El operador de Zernio no pudo hacer la llamada.',
      next: 'Inténtelo de nuevo en un minuto.',
    },
    'recording-404': {
      what: 'No hay grabación de esta llamada.',
      next: 'Si la llamada acaba de terminar, inténtelo de nuevo en un minuto.',
    },
    'recording-502': {
      what: 'No se pudo cargar la grabación.',
      next: 'Inténtelo de nuevo en un minuto.',
    },
    'read-404': {
      what: 'Zernio no conoce esta llamada.',
      next: 'Compruebe que es de este número.',
    },
    invalid_resource_state: {
      what: 'Ahora no se puede hacer esto con el número.',
      next: 'Pregunte a su administrador si un troncal SIP usa el número.',
    },
    FEATURE_NOT_AVAILABLE: {
      what: 'El plan de Zernio no incluye esto.',
      next: 'Pida a su administrador que revise el plan.',
    },
    invalid_request_error: {
      what: 'Zernio no aceptó la solicitud.',
      next: 'Inténtelo de nuevo. Si vuelve a fallar, dé a su administrador los detalles de abajo.',
    },
    authentication_error: {
      what: 'Zernio no aceptó la clave.',
      next: 'Pida a su administrador una clave nueva.',
    },
    permission_error: {
      what: 'La clave no lo permite.',
      next: 'Pida a su administrador una clave que permita llamadas.',
    },
    not_found: {
      what: 'Zernio no conoce este número.',
      next: 'Pida a su administrador que revise la cuenta.',
    },
    rate_limit_error: {
      what: 'Demasiadas solicitudes a Zernio.',
      next: 'Espere un minuto e inténtelo de nuevo.',
    },
    platform_error: {
      what: 'WhatsApp rechazó esto.',
      next: 'Vea el motivo en los detalles de abajo.',
    },
    api_error: {
      what: 'Zernio tiene un problema.',
      next: 'Inténtelo de nuevo en un minuto.',
    },
  },
  noAnswer: {
    network: {
      what: 'No se pudo conectar con {{provider}} desde este equipo.',
      next: 'Revise la red e inténtelo de nuevo.',
    },
    'proxy-unreachable': {
      what: 'No se pudo conectar con {{provider}}: el proxy de su red no respondió.',
      next: 'Revise la red o pregunte al administrador de su red. Luego inténtelo de nuevo.',
    },
    'proxy-password': {
      what: 'No se pudo conectar con {{provider}}: el proxy de su red pide una contraseña.',
      next: 'Escríbala donde se muestra la conexión e inténtelo de nuevo.',
    },
    'proxy-sign-in': {
      what: 'No se pudo conectar con {{provider}}: el proxy de su red pide un tipo de autenticación que Ringdesk no admite.',
      next: 'Pida al administrador de su red un nombre y una contraseña (Basic).',
    },
    'proxy-refused': {
      what: 'No se pudo conectar con {{provider}}: el proxy de su red no deja pasar a Ringdesk.',
      next: 'Pida al administrador de su red que permita su dirección.',
    },
    'certificate-untrusted': {
      what: 'No se pudo conectar con {{provider}}: aquí no se confía en el certificado que muestra.',
      next: 'Pida al administrador de su red que instale la autoridad certificadora en este equipo.',
    },
    'certificate-early': {
      what: 'No se pudo conectar con {{provider}}: su certificado aún no es válido.',
      next: 'Ajuste el reloj de este equipo e inténtelo de nuevo.',
    },
    timeout: {
      what: '{{provider}} no respondió a tiempo.',
      next: 'Inténtelo de nuevo. Si la llamada al final se hace, Ringdesk la termina.',
    },
    unreadable: {
      what: 'Ringdesk no entendió la respuesta de {{provider}}.',
      next: 'Inténtelo de nuevo. Si vuelve a fallar, avise a su administrador: puede que Ringdesk necesite una actualización.',
    },
    'too-large': {
      what: 'La respuesta de {{provider}} era demasiado grande para leerla.',
      next: 'Inténtelo de nuevo. Si vuelve a fallar, avise a su administrador: puede que otro servidor responda en su lugar.',
    },
  },
  general: {
    broken: {
      what: 'El proveedor tiene un problema.',
      next: 'Inténtelo de nuevo en un minuto.',
    },
  },
  own: {
    relay: {
      what: 'El relay no respondió.',
      next: 'Inténtelo de nuevo cuando haya conexión.',
    },
    untold: {
      what: 'El proveedor no informó nada más sobre esta llamada.',
      next: 'Confirme con el cliente o llame de nuevo.',
    },
    failed: {
      what: 'La llamada falló, y el proveedor no da el motivo.',
      next: 'Inténtelo de nuevo. Si vuelve a fallar, avise a su administrador.',
    },
    unexpected: {
      what: 'Algo falló dentro de Ringdesk.',
      next: 'Inténtelo de nuevo. Si vuelve a fallar, avise a su administrador: el registro tiene los detalles.',
    },
  },
};
