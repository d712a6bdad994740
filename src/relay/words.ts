/** What the relay tells a console when it ends its connection. Agents read these beside “Sign-in rejected”. */
export const relayWords = {
  unknownToken:
    'This token is not known. It may have been replaced: ask your admin for a new profile.',
  replaced: 'You connected from another computer.',
  logUnreadable: 'The relay could not read its log.',
  storeUnusable: 'The relay could not use its store.',
  restarting: 'The relay is being restarted.',
  version: (relay: number, console: number) =>
    `The relay speaks version ${relay}, Ringdesk ${console}. Update ${console < relay ? 'Ringdesk' : 'the relay'}.`,
} as const;
