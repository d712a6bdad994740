/**
 * What the relay answers: to agents, beside “Sign-in rejected”, and to those who call its addresses.
 */

export const relay = {
  unknownToken:
    'This token is not known. It may have been replaced: ask your admin for a new profile.',
  replaced: 'You connected from another computer.',
  logUnreadable: 'The relay could not read its log.',
  storeUnusable: 'The relay could not use its store.',
  tooSlow: 'Too much waits to be read. Connect again.',
  restarting: 'The relay is being restarted.',
  updateRingdesk: 'The relay speaks version {{relay}}, Ringdesk {{own}}. Update Ringdesk.',
  updateRelay: 'The relay speaks version {{relay}}, Ringdesk {{own}}. Update the relay.',
  notAPath: 'The address must be a path.',
  addressTooLong: 'There is no address as long as this.',
  upgradeRequired: 'Consoles connect here by WebSocket.',
  nothingHere: 'There is nothing at this address.',
  wrongPath: 'Consoles connect to /v1/agents.',
  tokenMissing: 'The header Authorization: Bearer <token> is missing.',
  tokenNotLookedUp: 'The relay could not look up the token.',
  streamTokenUsed: 'This token is used or expired.',
  streamSecretWrong: 'The address is not that of the config.',
  noStream: 'There is no stream at this address.',
  secretMissing: 'The address must end in the webhookSecret of the config.',
  secretWrong: 'The secret is not the webhookSecret of the config.',
  noSuchAccount:
    'No such account. Compare the webhook URL with the id under accounts in the config.',
  failed: 'Not stored. Please send it again.',
  bodyTooLarge: 'A delivery may have {{bytes}} bytes.',
  notAHandshake: 'Expected hub.mode=subscribe, hub.challenge and hub.verify_token.',
  verifyTokenWrong:
    "The verify token in Meta's App Dashboard is not the verifyToken in the config.",
  notPost: 'Deliveries come by POST.',
  onlyGet: 'This can only be read.',
  adminToken: 'Show the adminToken of the config, as the password.',
  wholeRelay: 'Metrics are of the whole relay: show its own adminToken.',
  tooOld:
    'Older than anything that is sent again. Compare the clock of the relay’s machine with the right time.',
  tooMany: 'Too many from this address. Try again later.',
  notStored: 'The disk takes nothing now. Please send it again.',
  noHello: 'No hello came.',
  frameNotJson: 'The frame is not JSON.',
  signatureMissing: 'The header {{header}} is missing.',
  notASignature: '{{header}} is not 64 hex digits.',
  signatureWrong: 'The signature does not fit. {{help}}',
  compareAppSecret: "Compare appSecret in the config with the app's secret.",
  comparePlatformSecret: "Compare platformSecret in the config with your partner platform's.",
  compareSigningSecret: "Compare signingSecret in the config with the webhook's secret in Zernio.",
} as const;
