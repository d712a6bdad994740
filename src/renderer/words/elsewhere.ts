/** Words of calls whose sound is not in this window alone. */
export const elsewhereWords = {
  note: 'Spoken where this number’s calls are forwarded to. It can only be ended there.',
  beginning: 'Being dialled',
  goingOn: 'Going on',
  play: 'Play a sound to them',
  playUrl: 'Address of the file',
  playUrlNote: 'A public address of an .mp3, .wav or .opus file',
  playNow: 'Play',
  playing: 'The provider plays it as soon as the call is up',
  dialOptions: 'For this call only: destination, recording',
  forwardTo: 'Connect it to',
  forwardToNote: 'Empty: where this number’s calls always go.',
  record: 'Record it',
  records: { usual: 'as this number is set up', yes: 'yes', no: 'no' },
} as const;
