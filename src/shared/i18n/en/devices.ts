/** Devices: the check before the shift, headset buttons, and the diagnostics file. */

export const soundCheck = {
  title: 'Sound and network check',
  note: 'Half a minute before the shift, so that the first customer hears you.',
  start: 'Check microphone',
  microphone: 'Microphone',
  listening: 'Say something…',
  microphoneVerdicts: {
    good: 'You can be heard on {{device}}',
    quiet:
      'You are hard to hear on {{device}}. Move the microphone closer, or raise its level in the system',
    loud: 'You are too loud on {{device}}. Lower the level of the microphone in the system',
    silent: 'Nothing was heard on {{device}}. Is it muted at the headset or in the system?',
  },
  speaker: 'Speaker',
  ring: 'Ring',
  play: 'Play a sound',
  playRing: 'Ring once',
  heardQuestion: 'Did you hear it on {{device}}?',
  yes: 'Yes',
  no: 'No',
  heard: 'You hear {{device}}',
  notHeard: 'Nothing heard on {{device}}. Check its volume in the system, or choose another device',
  network: 'Network',
  test: 'Test the network',
  testing: 'Testing…',
  offline: 'There is no connection to the relay, so calls cannot come in',
  networkVerdicts: {
    good: 'The network carries calls well',
    fair: 'Calls may sound uneven on this network. A cable helps',
    poor: 'Calls will break up on this network. Use a cable or another network',
    blocked: 'This network blocks calls (UDP). Tell your admin',
    unmeasured: 'Connected. There is no server to measure against: make a practice call to be sure',
  },
  measured: 'Round trip {{rtt}} ms, loss {{loss}}',
  echo: 'Echo call',
  hearYourself: 'Hear yourself',
  calling: 'Calling the relay…',
  speak: 'Say a sentence. You hear it a moment later',
  listen: 'Listen…',
  stopEcho: 'Stop',
  inCall: 'Not during a call',
  echoVerdicts: {
    good: 'Customers hear you well',
    fair: 'Customers hear you unevenly on this network. A cable helps',
    poor: 'Your voice breaks up on this network. Use a cable or another network',
    quiet: 'You are hard to hear. Move the microphone closer, or raise its level in the system',
    silent: 'The microphone heard nothing. Is it muted at the headset or in the system?',
    lost: 'You spoke, and nothing came back. Try again; if it stays so, tell your admin',
    blocked: 'No sound gets through to the relay. Tell your admin',
    'no-media': 'This relay carries no sound. Check microphone and speaker above instead',
    busy: 'Too many try at the same moment. Try again',
    unanswered: 'The relay did not answer. Try again',
    'no-microphone': 'There is no microphone, or Ringdesk may not use it',
  },
  notYet: 'Not checked yet',
} as const;

export const headsets = {
  title: 'Headset buttons',
  note: 'Answer, hang up and mute with the buttons of your headset. Its lights follow the call.',
  connect: 'Connect a headset',
  none: 'No headset with buttons was found. Plug it in, and close other call programs',
  impossible: 'This system does not let programs use headset buttons',
  connected: 'Connected: {{controls, list}}',
  busy: 'Another program uses its buttons. Close that program, then plug the headset in again',
  controls: {
    hook: 'answer and hang up',
    mute: 'mute',
    drop: 'hang up',
    reject: 'decline',
  },
  muteLight: 'mute light',
  which: 'Which headset do you use for calls?',
  noneOfThese: 'None of these',
} as const;

export const globalKeys = {
  mute: 'Mute from any app',
  muteNote:
    'During a call. In Ringdesk’s window, press M, or hold M to mute only while you hold it',
  deaf: 'This desktop (Wayland) gives no keys to programs in the background. They work on X11',
} as const;

export const diagnostics = {
  title: 'Diagnostics file',
  note: 'For your admin when something is wrong: versions, settings, devices, network, the last calls’ quality and the log. No numbers, names, messages or passwords.',
  make: 'Make a diagnostics file',
  making: 'Collecting…',
  preview: 'This is in the file',
  previewNote: 'Read it before you send it. Exactly this is saved.',
  save: 'Save…',
  close: 'Close',
  saved: 'Saved as {{path}}',
  saveTitle: 'Save the diagnostics file',
} as const;
