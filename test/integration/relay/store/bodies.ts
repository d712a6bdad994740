import { inboundCallId } from '../../../../src/shared/call/ids.ts';
import type { ProviderEntry } from '../../../../src/shared/protocol/log-entry.ts';
import type { RelayedCallRecord } from '../../../../src/relay/store/relayed-call-record.ts';
import type { Delivery, IdentifiedBody } from '../../../../src/relay/store/store.ts';
import type { Member } from '../../../../src/relay/store/agent-store.ts';
import { RIGHTS } from '../../../helpers/rights.ts';

const ACCOUNT = 'main';
/** When everything happens by default, Unix ms. */
export const AT = 1_700_000_000_000;

export const ana = { id: 'ana', name: 'Ana' };
export const ben = { id: 'ben', name: 'Ben' };
const bia = { waId: '5511999991234' };

export const callIdOf = (id: string) => inboundCallId(ACCOUNT, id);

export const member = (id: string, more: Partial<Member> = {}): Member => ({
  id,
  name: `Agent ${id}`,
  ...RIGHTS,
  team: undefined,
  ...more,
});

export const delivery = (receivedAt = AT): Delivery => ({
  accountId: ACCOUNT,
  receivedAt,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"any":"thing"}'),
  problems: [{ path: 'entry[0]', why: 'is new' }],
});

const report = (
  id: string,
  kind: string,
  event: ProviderEntry['event'],
  more: { path?: 'relayed' } = {},
): IdentifiedBody => ({
  identity: `${ACCOUNT}/${id}/${kind}`,
  body: { type: 'provider', accountId: ACCOUNT, providerCallId: id, event, ...more },
});

/** A direct call's offer. */
export const offer = (id: string, at = AT): IdentifiedBody =>
  report(id, 'offer', { kind: 'offer', at, party: bia, sdp: 'v=0' });

/** A relayed call's offer: consoles do not get its SDP. */
export const relayedOffer = (id: string, at = AT): IdentifiedBody => ({
  ...report(id, 'offer', { kind: 'offer', at, party: bia }, { path: 'relayed' }),
  sdp: 'v=0 of WhatsApp',
});

export const announced = (id: string, at = AT): IdentifiedBody => ({
  ...report(id, 'announced', { kind: 'announced', at, party: bia, direction: 'inbound' }),
  byAnnouncement: true,
});

export const accepted = (id: string, at = AT): IdentifiedBody =>
  report(id, 'accepted', { kind: 'status', at, status: 'accepted' });

export const terminated = (id: string, at = AT): IdentifiedBody =>
  report(id, 'terminated', { kind: 'terminated', at, party: bia, failed: false, errors: [] });

export const message = (id: string, at = AT): IdentifiedBody => ({
  identity: `${ACCOUNT}/message/${id}`,
  body: {
    type: 'provider',
    accountId: ACCOUNT,
    event: { kind: 'message', at, party: bia, messageId: id, type: 'text', text: `Text ${id}` },
  },
});

export const moved = (from: string, to: string): IdentifiedBody => ({
  identity: `${ACCOUNT}/moved/${from}/${to}`,
  body: {
    type: 'provider',
    accountId: ACCOUNT,
    event: { kind: 'moved', at: AT, before: { waId: from }, now: { waId: to } },
  },
});

export const talking = (id: string): RelayedCallRecord => ({
  callId: callIdOf(id),
  accountId: ACCOUNT,
  providerCallId: id,
  direction: 'inbound',
  party: bia,
  callOffers: [],
  dtmf: '',
  supervisors: [],
  state: { kind: 'talking', owner: ana, onHold: false },
});
