import type { Answer } from '../../../src/shared/providers/client.ts';
import { failureOf } from '../../unit/main/providers/failure.ts';
import { describe, expect, it } from 'vitest';
import type { Provider } from '../../../src/main/calls/ports.ts';
import { capabilities } from '../../../src/shared/providers/capabilities.ts';
import { type Ability, type ContractNumber, numberOf, numbers } from './numbers.ts';
import { ANA, openContract } from './contract.ts';

type Row = [
  kind: ContractNumber['kind'],
  ability: Ability,
  reason: string,
  /** The result of trying it all the same: a refused request, or a missing group of requests. */
  instead: (provider: Provider) => Promise<Answer<unknown>> | undefined,
];

const to = { waId: ANA.waId };
const reads = ({ reads: group }: Provider) => group?.call('any');
const settings = ({ settings: group }: Provider) => group?.get();
const play = (provider: Provider) => provider.play?.('any', 'https://example.com/a.mp3');
const recording = (provider: Provider) => provider.recording?.({ providerCallId: 'any' });
const estimate = (provider: Provider) => provider.estimate?.(to, 1);
const analytics = (provider: Provider) => provider.analytics?.(0, Date.now());
const write = ({ messages }: Provider) => messages?.sendText(to, 'Hello');
const ask = (provider: Provider) => provider.requestPermission(to, { kind: 'free-form', text: '' });
const voicemail = ({ settings: group }: Provider) =>
  group?.set({ voicemail: { on: false, triggers: [] } });
const announcement = (provider: Provider) => provider.uploadAnnouncement?.(Uint8Array.of(0));

/** What each kind of number cannot do, and why. */
const lacking: Row[] = [
  ['meta', 'play', 'web-numbers-only', play],
  ['meta', 'cost', 'aggregate-only', estimate],
  ['meta', 'estimate', 'not-offered', estimate],
  ['meta', 'callList', 'not-offered', reads],
  ['d360', 'play', 'web-numbers-only', play],
  ['d360', 'cost', 'aggregate-only', estimate],
  ['d360', 'estimate', 'not-offered', estimate],
  ['d360', 'analytics', 'not-offered', analytics],
  ['d360', 'recording', 'not-offered', recording],
  ['d360', 'voicemail', 'not-offered', voicemail],
  ['d360', 'announcement', 'not-offered', announcement],
  ['d360', 'callList', 'not-offered', reads],
  ['pilot-meta', 'play', 'web-numbers-only', play],
  ['pilot-meta', 'cost', 'not-offered', estimate],
  ['pilot-meta', 'estimate', 'not-offered', estimate],
  ['pilot-meta', 'analytics', 'not-offered', analytics],
  ['pilot-meta', 'messages', 'written-elsewhere', write],
  ['pilot-meta', 'recording', 'not-offered', recording],
  ['pilot-meta', 'announcement', 'not-offered', announcement],
  ['pilot-web', 'preAccept', 'server-media', (provider) => provider.calls.preAccept('any', 'v=0')],
  ['pilot-web', 'permissions', 'no-permission-needed', (provider) => provider.permission(to)],
  ['pilot-web', 'permissionRequest', 'no-permission-needed', ask],
  ['pilot-web', 'settings', 'official-numbers-only', settings],
  ['pilot-web', 'cost', 'no-charge', estimate],
  ['pilot-web', 'estimate', 'no-charge', estimate],
  ['pilot-web', 'analytics', 'no-charge', analytics],
  ['pilot-web', 'messages', 'written-elsewhere', write],
  ['pilot-web', 'recording', 'not-offered', recording],
  ['pilot-web', 'voicemail', 'official-numbers-only', voicemail],
  ['pilot-web', 'announcement', 'official-numbers-only', announcement],
  [
    'zernio',
    'preAccept',
    'answered-at-destination',
    (provider) => provider.calls.preAccept('any', ''),
  ],
  ['zernio', 'accept', 'answered-at-destination', (provider) => provider.calls.accept('any')],
  ['zernio', 'reject', 'answered-at-destination', (provider) => provider.calls.reject('any')],
  ['zernio', 'hangUp', 'answered-at-destination', (provider) => provider.calls.terminate('any')],
  ['zernio', 'play', 'web-numbers-only', play],
  ['zernio', 'analytics', 'not-offered', analytics],
  ['zernio', 'voicemail', 'not-offered', voicemail],
  ['zernio', 'announcement', 'not-offered', announcement],
  ['zernio', 'messages', 'written-elsewhere', write],
];

describe('the abilities of a number', () => {
  it.each(lacking)('a %s number: %s (%s)', async (kind, ability, reason, instead) => {
    const { provider, simulator } = await openContract(numberOf(kind));
    expect(provider.capabilities[ability]).toEqual({ missing: reason });
    const request = instead(provider);
    const answer = request === undefined ? 'not there' : (await failureOf(request)).code;
    expect(['not there', 'not-supported']).toContain(answer);
    expect(simulator.requests()).toEqual([]);
  });

  it('are all in this table', () => {
    const said = numbers.flatMap(({ kind }) =>
      Object.entries(capabilities[kind]).flatMap(([ability, value]) =>
        typeof value === 'object' ? [`${kind} ${ability}`] : [],
      ),
    );
    expect(lacking.map(([kind, ability]) => `${kind} ${ability}`).toSorted()).toEqual(
      said.toSorted(),
    );
  });
});
