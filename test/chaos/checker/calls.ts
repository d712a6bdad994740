import type { LogBody } from '../../../src/shared/protocol/log-entry.ts';
import { policy } from '../fleet.ts';
import type { ConductorEvent, ConsoleEvent, History } from '../history.ts';
import { grantsOf, lostWithMemory, type Grant, type Violation } from './facts-of-run.ts';

/**
 * A call has one owner at a time: according to the log, each owner released it before the next
 * claimed it.
 */
export function twoOwners({ exported, provider }: History): Violation[] {
  const owners = new Map<string, { id: string; row: unknown }>();
  const inLog = exported.flatMap((row): Violation[] => {
    const { body } = row;
    if (body.type === 'released') owners.delete(body.callId);
    if (body.type !== 'claimed') return [];
    const owner = owners.get(body.callId);
    owners.set(body.callId, { id: body.by.id, row });
    if (!owner || owner.id === body.by.id) return [];
    const says = `${body.callId} was ${owner.id}’s when ${body.by.id} got it`;
    return [{ rule: 'two-owners', says, evidence: [owner.row, row] }];
  });
  const released = releasesIn(exported);
  const accepts = new Map<string, string>();
  const atProvider = provider.flatMap((event): Violation[] => {
    if (event.what !== 'request' || event.action !== 'accept') return [];
    const { callId, by } = event;
    if (callId === undefined || by === undefined) return [];
    const first = accepts.get(callId);
    if (event.status === 200) accepts.set(callId, by);
    if (first === undefined || first === by) return [];
    // Given back, as by an agent who lost the number: docs/relay/access.md.
    if (released.includes(`${event.account}/${callId} ${first}`)) return [];
    const says = `${callId} was accepted by ${first}, and by ${by} as well`;
    return [{ rule: 'two-owners', says, evidence: [event] }];
  });
  return [...inLog, ...atProvider];
}

/** Which agent gave which call back, as `CALL AGENT`. */
const releasesIn = (exported: History['exported']): readonly string[] =>
  exported.flatMap(({ body }) =>
    body.type === 'released' ? [`${body.callId} ${body.by.id}`] : [],
  );

/**
 * No two agents were granted the same call unless the first released it in between, or the first grant came from a relay
 * that lost its memory.
 */
export function twoGrants({ consoles, exported, conductor }: History): Violation[] {
  const isLost = lostWithMemory(conductor);
  const grants = grantsOf(consoles)
    .filter(({ at }) => !isLost(at))
    .toSorted((a, b) => a.at - b.at);
  const released = releasesIn(exported);
  const held = new Map<string, Grant>();
  return grants.flatMap((grant): Violation[] => {
    const before = held.get(grant.callId);
    held.set(grant.callId, grant);
    if (!before || before.agent === grant.agent) return [];
    if (released.includes(`${grant.callId} ${before.agent}`)) return [];
    const says = `${grant.callId} was granted to ${before.agent} and to ${grant.agent}`;
    return [{ rule: 'two-owners', says, evidence: [before, grant] }];
  });
}

/**
 * A granted claim is in the log. The exception is documented (src/relay/README.md): what a relay
 * grants while its store cannot be written is lost if it is killed before the store works again.
 */
export function grantsLost({ consoles, exported, conductor }: History): Violation[] {
  const claimed = new Set(
    exported.flatMap(({ body }) =>
      body.type === 'claimed' ? [`${body.callId} ${body.by.id}`] : [],
    ),
  );
  const isLost = lostWithMemory(conductor);
  return grantsOf(consoles)
    .filter(({ callId, agent }) => !claimed.has(`${callId} ${agent}`))
    .filter(({ at }) => !isLost(at))
    .map((grant) => ({
      rule: 'grant-lost',
      says: `${grant.callId} was granted to ${grant.agent}, and the log knows nothing of it`,
      evidence: [grant],
    }));
}

/** How long after a deadline everybody's log must show it, in ms. */
const GRACE_MS = 10_000;

/** Every offer of a transfer ended, and in time; periods of faults are not counted. */
export function transfers({ exported, consoles, conductor }: History): Violation[] {
  const ends = new Set(
    exported.flatMap(({ body }) => (body.type === 'call-offer-ended' ? [body.callOfferId] : [])),
  );
  const open = exported.flatMap((row): Violation[] => {
    const { body } = row;
    if (body.type !== 'call-offer' || ends.has(body.callOffer.callOfferId)) return [];
    const { callOfferId, callId } = body.callOffer;
    const says = `the offer ${callOfferId} of ${callId} never ended`;
    return [{ rule: 'transfer-open', says, evidence: [row] }];
  });
  return [...open, ...lateTransfers(consoles, conductor)];
}

function lateTransfers(
  consoles: History['consoles'],
  conductor: readonly ConductorEvent[],
): Violation[] {
  const begun = new Map<string, { at: number; seconds: number }>();
  const over = new Map<string, number>();
  for (const events of consoles.values()) {
    for (const event of events) {
      if (event.what !== 'entry') continue;
      const { at, body } = event;
      if (body.type === 'call-offer') {
        const { callOfferId, why } = body.callOffer;
        const seconds = why === 'transfer' ? policy.transferSeconds : policy.waitingSeconds;
        const known = begun.get(callOfferId);
        begun.set(callOfferId, { at: Math.min(at, known?.at ?? at), seconds });
      }
      if (body.type === 'call-offer-ended') {
        over.set(body.callOfferId, Math.min(at, over.get(body.callOfferId) ?? at));
      }
    }
  }
  const disturbances = disturbed(conductor);
  return [...begun].flatMap(([id, { at, seconds }]): Violation[] => {
    const end = over.get(id);
    if (end === undefined) return [];
    const excused = disturbances.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(to, end) - Math.max(from, at)),
      0,
    );
    const lateMs = end - at - seconds * 1_000 - excused;
    if (lateMs <= GRACE_MS) return [];
    const says = `the offer ${id} ended ${Math.round(lateMs / 1_000)} s after its deadline`;
    return [{ rule: 'transfer-late', says, evidence: [{ begunAt: at, endedAt: end }] }];
  });
}

/** The periods in which a relay, its store or its network had a fault. */
function disturbed(conductor: readonly ConductorEvent[]): { from: number; to: number }[] {
  const begun = new Map<string, number>();
  return conductor.flatMap((event) => {
    if (event.what !== 'fault' || event.fault.kind.endsWith('-console')) return [];
    const name = JSON.stringify(event.fault);
    if (event.phase === 'begun') {
      begun.set(name, event.at);
      return [];
    }
    // A killed relay is down from the fault's planned time, shortly before it is recorded.
    const from = (begun.get(name) ?? event.at) - 1_000;
    return [{ from, to: event.at + 3_000 }];
  });
}

/** Every call that ended is over at the provider, in the log and on every console. */
export function callsEnded({ provider, consoles, exported }: History): Violation[] {
  const found: Violation[] = [];
  const over = new Set(
    provider.flatMap((event) =>
      event.what === 'call-ended' ? [`${event.account}/${event.callId}`] : [],
    ),
  );
  for (const event of provider) {
    if (event.what !== 'call' || over.has(`${event.account}/${event.callId}`)) continue;
    const says = `${event.account}/${event.callId} never ended at the provider`;
    found.push({ rule: 'call-open', says, evidence: [event] });
  }
  for (const row of exported) {
    if (row.body.type !== 'ended' || row.body.callId.startsWith('out/')) continue;
    if (over.has(row.body.callId)) continue;
    const says = `${row.body.callId} ended in the log, but not at the provider`;
    found.push({ rule: 'call-open', says, evidence: [row] });
  }
  for (const [agent, events] of consoles) found.push(...stillOpen(agent, events));
  return found;
}

/** The calls that a console shows after its last connection; by then all calls are over. */
function stillOpen(agent: string, events: readonly ConsoleEvent[]): Violation[] {
  const shown = new Map<string, ConsoleEvent>();
  const rings = (callId: string) => `${callId} rings`;
  for (const event of events) {
    if (event.what === 'started' || event.what === 'welcome') shown.clear();
    if (event.what === 'entry') for (const id of quietenedBy(event.body)) shown.delete(rings(id));
    if (event.what !== 'frame') continue;
    const { frame } = event;
    if (frame.type === 'call') show(`${frame.call.callId} goes on`, frame.call.state !== 'ended');
    if (frame.type === 'ringing') show(rings(frame.callId), frame.agents.length > 0);

    function show(what: string, isOpen: boolean): void {
      if (isOpen) shown.set(what, event);
      else shown.delete(what);
    }
  }
  return [...shown].map(([what, event]) => ({
    rule: 'call-open',
    says: `${agent}’s console still shows that ${what}`,
    evidence: [event],
  }));
}

/** The calls and offers that stop ringing after a log entry. */
function quietenedBy(body: LogBody): string[] {
  switch (body.type) {
    case 'provider':
      return body.event.kind === 'terminated' ? [`${body.accountId}/${body.providerCallId}`] : [];
    case 'claimed':
    case 'ended':
      return [body.callId];
    case 'call-offer-ended':
      return [body.callOfferId];
    default:
      return [];
  }
}
