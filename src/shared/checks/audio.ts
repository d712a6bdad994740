import { echoVerdict } from '../devices/verdicts.ts';
import type { Values } from '../i18n/keys.ts';
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
  udp: spokenHere((facts) => udpState(facts)),
  turn: spokenHere((facts) =>
    fromNetwork(facts, ({ turn, host }) => {
      if (turn === 'none') return notApplicable('no-turn');
      if (turn === 'answered') return ok('turn-ok');
      const proxy = facts.console.socksSignedIn;
      // Chromium does not sign in to SOCKS proxies.
      return proxy === undefined
        ? warning({ key: 'turn-silent' }, line('open-turn', { host }))
        : warning({ key: 'turn-behind-socks', values: { proxy } }, line('past-socks', { host }));
    }),
  ),
  echo: spokenHere((facts) => echoState(facts)),
};

/** UDP to the relay, and what the last call showed of the way to WhatsApp. */
function udpState(facts: Facts): CheckState {
  const toRelay = udpToRelay(facts);
  const { unheardAt, path } = facts.number;
  if (unheardAt === undefined || toRelay.state === 'fault') return toRelay;
  // The sound of a relayed call goes on from the relay.
  const from = path === 'relayed' ? 'open-udp-of-relay' : 'open-udp-to-whatsapp';
  return fault({ key: 'call-unheard', values: { endedAt: unheardAt } }, line(from));
}

/** An echo call or an address from a TURN server proves UDP; an answer of a STUN server is the next best. */
function udpToRelay(facts: Facts): CheckState {
  const { echo } = facts.console;
  const carried = echo?.report.end === 'heard' ? echo.report.by : undefined;
  if (echo && carried === 'udp') return ok('udp-carried', { triedAt: echo.at });
  return fromNetwork(facts, ({ stun, turnByUdp, host }) => {
    const blocked = fault({ key: 'udp-blocked', values: { host } }, line('open-udp', { host }));
    if (carried === 'tcp') return blocked;
    if (stun === 'answered' || turnByUdp === 'answered') return ok('udp-ok', { host });
    return stun === 'none' && turnByUdp === 'none' ? notApplicable('no-stun') : blocked;
  });
}

/** Whether the relay hears us, as far as it can: it carries only the sound of relayed calls. */
function echoState(facts: Facts): CheckState {
  const { console, number } = facts;
  if (number.path !== 'relayed') return notApplicable('echo-not-relayed');
  if (console.connection.state !== 'connected') return unknown('needs-relay');
  if (console.relay === 'older') return unknown('relay-older');
  const again = button('hear-yourself');
  if (!console.echo) return unknown('echo-untried', undefined, again);
  const { at, report } = console.echo;
  const verdict = echoVerdict(report);
  const values: Values = {
    triedAt: at,
    ...(report.end === 'heard' && { rtt: report.rttMs ?? 0, lossPercent: report.lossPercent }),
  };
  switch (verdict) {
    case 'good':
      return ok('echo-good', values);
    case 'fair':
      return warning({ key: 'echo-fair', values }, again);
    case 'quiet':
      return warning({ key: 'echo-quiet', values }, button('audio-settings'));
    case 'poor':
      return fault({ key: 'echo-poor', values }, again);
    case 'silent':
      return fault({ key: 'echo-silent', values }, button('audio-settings'));
    case 'lost':
      return fault({ key: 'echo-lost', values }, again);
    case 'blocked': {
      // What is known to be blocked has its own repair.
      if (udpToRelay(facts).state === 'fault') return unknown('echo-waits', undefined, again);
      const host = /^[a-z]+:\/\/([^/:]+)/i.exec(console.relayUrl)?.[1] ?? '';
      return fault({ key: 'echo-blocked', values }, line('open-media', { host }));
    }
    case 'no-media':
      return notApplicable('echo-no-media');
    case 'busy':
      return unknown('echo-busy', undefined, again);
    case 'unanswered':
      return unknown('echo-unanswered', undefined, again);
    case 'no-microphone':
      return unknown('echo-no-microphone', undefined, again);
    default:
      return assertNever(verdict, 'verdict');
  }
}

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
