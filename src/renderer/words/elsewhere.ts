/** Words of calls whose audio is not in this window alone. */
export const elsewhereWords = {
  note: 'This call is handled at the forwarding destination. End it there.',
  beginning: 'Dialling…',
  goingOn: 'In progress',
  play: 'Play a sound',
  playUrlExample: 'https://',
  playUrl: 'Address of the sound file',
  playUrlNote: 'A public link to an .mp3, .wav or .opus file',
  playNow: 'Play',
  playing: 'Sent to the provider. The customer hears it during the call',
  dialOptions: 'Options for this call: destination, recording',
  forwardToExample: 'tel: sip: wss:',
  forwardTo: 'Connect this call to',
  forwardToNote: 'Leave empty to use this number’s usual destination.',
  record: 'Record this call',
  records: { usual: 'As set for this number', yes: 'Yes', no: 'No' },
} as const;
