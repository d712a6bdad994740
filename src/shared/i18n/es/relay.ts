export const relay = {
  recordings: {
    none: 'No existe esa grabación.',
    signIn: 'Inicia sesión con el token de un agente.',
  },
  unknownToken:
    'No se conoce este token. Puede haber sido reemplazado: pida a su administrador un perfil nuevo.',
  replaced: 'Se conectó desde otro equipo.',
  logUnreadable: 'El relay no pudo leer su registro.',
  storeUnusable: 'El relay no pudo usar su almacén.',
  tooSlow: 'Esta consola lee demasiado despacio. Conéctese de nuevo.',
  restarting: 'El relay se está reiniciando.',
  updateRingdesk:
    'Este Ringdesk es demasiado antiguo para el relay: usa la versión {{own}} y el relay necesita la {{oldest}} o posterior. Instale el Ringdesk más reciente.',
  updateRelay:
    'El relay es demasiado antiguo para este Ringdesk: usa la versión {{newest}} y Ringdesk necesita la {{own}} o posterior. Actualice el relay.',
  otherVersion: 'El relay y este Ringdesk tienen versiones distintas. Actualice el más antiguo.',
  notAPath: 'La dirección debe ser una ruta.',
  addressTooLong: 'La dirección es demasiado larga.',
  upgradeRequired: 'Las consolas se conectan aquí por WebSocket.',
  nothingHere: 'No hay nada en esta dirección.',
  wrongPath: 'Las consolas se conectan a /v1/agents.',
  tokenMissing: 'Falta el encabezado Authorization: Bearer <token>.',
  tokenNotLookedUp: 'El relay no pudo consultar el token.',
  streamTokenUsed: 'Este token ya se usó o ha caducado.',
  streamSecretWrong: 'La dirección no es la de la configuración.',
  noStream: 'No hay ningún flujo en esta dirección.',
  secretMissing: 'La dirección debe terminar en el webhookSecret de la configuración.',
  secretWrong: 'El secreto no es el webhookSecret de la configuración.',
  wrongAddress: 'El webhook es de otro número, cuya dirección es {{path}}.',
  noSuchAccount:
    'No existe esa cuenta. Compare la URL del webhook con el id en accounts de la configuración.',
  failed: 'No se guardó. Envíelo de nuevo.',
  bodyTooLarge: 'Una entrega puede tener como máximo {{bytes}} bytes.',
  notAHandshake: 'Se esperaba hub.mode=subscribe, hub.challenge y hub.verify_token.',
  verifyTokenWrong:
    'El token de verificación en el App Dashboard de Meta no es el verifyToken de la configuración.',
  notPost: 'Las entregas deben enviarse por POST.',
  onlyGet: 'Aquí solo se permite GET.',
  adminToken: 'Entre con el adminToken de la configuración como contraseña.',
  wholeRelay: 'Las métricas abarcan todo el relay y requieren su propio adminToken.',
  tooOld: 'Más antiguo que cualquier reintento. Revise el reloj de la máquina del relay.',
  tooMany: 'Demasiados desde esta dirección. Inténtelo más tarde.',
  busy: 'Demasiadas entregas de este número están en cola. Envíelo de nuevo.',
  notStored: 'Ahora no se puede guardar nada. Envíelo de nuevo.',
  noHello: 'No llegó ningún hello a tiempo.',
  frameNotJson: 'La trama no es JSON.',
  signatureMissing: 'Falta el encabezado {{header}}.',
  notASignature: '{{header}} no son 64 dígitos hexadecimales.',
  signatureWrong: 'La firma no coincide. {{help}}',
  compareAppSecret: 'Compare appSecret en la configuración con el secreto de la app.',
  comparePlatformSecret:
    'Compare platformSecret en la configuración con el de su plataforma asociada.',
  compareSigningSecret:
    'Compare signingSecret en la configuración con el secreto del webhook en Zernio.',
  invitationUnknown:
    'No hay ninguna invitación con este código. Revise cada letra o pida una nueva a su administrador.',
  invitationUsed: 'Esta invitación ya se usó. Pida una nueva a su administrador.',
  invitationExpired: 'Esta invitación ha caducado. Pida una nueva a su administrador.',
  invitationRevoked: 'Esta invitación se retiró. Pida una nueva a su administrador.',
  invitationUnready:
    'El relay no sabe lo suficiente de sus números para configurarlos aquí. Pida a su administrador que ejecute “relay invite” de nuevo: dice lo que falta.',
  invitationBody: 'Una invitación se canjea por POST, con su código y un token de la consola.',
};
