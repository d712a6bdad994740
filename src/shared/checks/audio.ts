import { assertNever } from '../lib/assert-never.ts';
import {
  button,
  fault,
  line,
  notApplicable,
  ok,
  unknown,
  warning,
  type CheckState,
} from './check.ts';
import type { ConsoleFacts, NetworkFacts } from './facts.ts';
import type { checkRows } from './ids.ts';
import type { Facts, Rule } from './rule.ts';

/** For numbers whose calls are spoken on this console. */
const spokenHere =
  (rule: Rule): Rule =>
  (facts) =>
    facts.number.path === 'external' ? notApplicable('spoken-elsewhere') : rule(facts);

/** From a test of the network, where our own media servers have the call. */
function fromNetwork(
  { console, number }: Facts,
  say: (network: NetworkFacts) => CheckState,
): CheckState {
  if (number.path === 'streamed') return notApplicable('by-websocket');
  return console.network
    ? say(console.network)
    : unknown('network-untried', undefined, button('test-network'));
}

/** Whether we can be heard. */
export const audio: Readonly<Record<(typeof checkRows)['heard'][number], Rule>> = {
  microphone: spokenHere(({ console: { devices } }) => {
    if (!devices) return unknown('window-untold');
    switch (devices.microphone) {
      case 'ready':
        return ok('device-ok', { device: devices.microphoneLabel });
      case 'none':
        return fault({ key: 'microphone-none' }, button('audio-settings'));
      case 'denied':
        return fault({ key: 'microphone-denied' }, line('allow-microphone'));
      default:
        return assertNever(devices.microphone, 'microphone');
    }
  }),
  speaker: spokenHere(({ console: { devices } }) => {
    if (!devices) return unknown('window-untold');
    return devices.speaker === 'ready'
      ? ok('device-ok', { device: devices.speakerLabel })
      : fault({ key: 'speaker-none' }, button('audio-settings'));
  }),
  ring: spokenHere(({ console: { ringer } }) => ringerState(ringer)),
  udp: spokenHere((facts) =>
    fromNetwork(facts, ({ stun, host }) => {
      if (stun === 'none') return notApplicable('no-stun');
      return stun === 'answered'
        ? ok('udp-ok', { host })
        : fault({ key: 'udp-blocked', values: { host } }, line('open-udp', { host }));
    }),
  ),
  turn: spokenHere((facts) =>
    fromNetwork(facts, ({ turn, host }) => {
      if (turn === 'none') return notApplicable('no-turn');
      return turn === 'answered'
        ? ok('turn-ok')
        : warning({ key: 'turn-silent' }, line('open-turn', { host }));
    }),
  ),
};

function ringerState(ringer: ConsoleFacts['ringer']): CheckState {
  switch (ringer.state) {
    case 'untried':
      return unknown('ring-untried');
    case 'ready':
      return ok('ring-ok', { triedAt: ringer.at });
    case 'dead':
      // The microphone has a check of its own.
      if (ringer.why === 'microphone') return ok('ring-ok', { triedAt: ringer.since });
      return fault(
        { key: ringer.why === 'ringer' ? 'ring-mute' : 'ring-window' },
        button('test-ring'),
      );
    default:
      return assertNever(ringer, 'ringer');
  }
}
