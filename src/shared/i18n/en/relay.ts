/** The relay's answers: to agents, beside “Sign-in rejected”, and to requests. */

export const relay = {
  recordings: {
    none: 'There is no such recording.',
    signIn: 'Sign in with the token of an agent.',
  },
  unknownToken:
    'This token is not known. It may have been replaced: ask your admin for a new profile.',
  replaced: 'You connected from another computer.',
  logUnreadable: 'The relay could not read its log.',
  storeUnusable: 'The relay could not use its store.',
  tooSlow: 'This console reads too slowly. Connect again.',
  restarting: 'The relay is being restarted.',
  updateRingdesk:
    'This Ringdesk is too old for the relay: it speaks version {{own}}, and the relay needs {{oldest}} or later. Install the newest Ringdesk.',
  updateRelay:
    'The relay is too old for this Ringdesk: it speaks version {{newest}}, and Ringdesk needs {{own}} or later. Update the relay.',
  otherVersion: 'The relay and this Ringdesk have different versions. Update the older of them.',
  notAPath: 'The address must be a path.',
  addressTooLong: 'The address is too long.',
  upgradeRequired: 'Consoles connect here by WebSocket.',
  nothingHere: 'There is nothing at this address.',
  wrongPath: 'Consoles connect to /v1/agents.',
  tokenMissing: 'The header Authorization: Bearer <token> is missing.',
  tokenNotLookedUp: 'The relay could not look up the token.',
  streamTokenUsed: 'This token was already used or has expired.',
  streamSecretWrong: 'The address is not that of the config.',
  noStream: 'There is no stream at this address.',
  secretMissing: 'The address must end in the webhookSecret of the config.',
  secretWrong: 'The secret is not the webhookSecret of the config.',
  wrongAddress: 'The webhook belongs to another number, whose address is {{path}}.',
  noSuchAccount:
    'No such account. Compare the webhook URL with the id under accounts in the config.',
  failed: 'Not stored. Please send it again.',
  bodyTooLarge: 'A delivery may have at most {{bytes}} bytes.',
  notAHandshake: 'Expected hub.mode=subscribe, hub.challenge and hub.verify_token.',
  verifyTokenWrong:
    "The verify token in Meta's App Dashboard is not the verifyToken in the config.",
  notPost: 'Deliveries must be sent by POST.',
  onlyGet: 'Only GET is allowed here.',
  adminToken: 'Sign in with the adminToken of the config as the password.',
  wholeRelay: 'Metrics cover the whole relay and require its own adminToken.',
  tooOld: 'Older than any retry. Check the clock of the relay’s machine.',
  tooMany: 'Too many from this address. Try again later.',
  busy: 'Too many deliveries of this number are waiting. Please send it again.',
  notStored: 'Nothing can be stored now. Please send it again.',
  noHello: 'No hello arrived in time.',
  frameNotJson: 'The frame is not JSON.',
  signatureMissing: 'The header {{header}} is missing.',
  notASignature: '{{header}} is not 64 hex digits.',
  signatureWrong: 'The signature does not match. {{help}}',
  compareAppSecret: "Compare appSecret in the config with the app's secret.",
  comparePlatformSecret: "Compare platformSecret in the config with your partner platform's.",
  compareSigningSecret: "Compare signingSecret in the config with the webhook's secret in Zernio.",
  invitationUnknown:
    'There is no invitation with this code. Check each letter, or ask your admin for a new one.',
  invitationUsed: 'This invitation was already used. Ask your admin for a new one.',
  invitationExpired: 'This invitation has expired. Ask your admin for a new one.',
  invitationRevoked: 'This invitation was withdrawn. Ask your admin for a new one.',
  invitationUnready:
    'The relay does not know enough about your numbers to set them up here. Ask your admin to run “relay invite” again: it says what is missing.',
  invitationBody: 'An invitation is redeemed by POST, with its code and a token of the console.',
} as const;
