import { assertNever } from '../lib/assert-never.ts';
import type { MediaPath } from '../providers/media-path.ts';
import type { Beginning } from './begin.ts';
import { directBeginning } from './direct.ts';
import type { CallEvent, FromProvider } from './events.ts';
import { externalBeginning } from './external.ts';
import { mergeParty, withProviderResult } from './facts.ts';
import type { CallAddress } from './ids.ts';
import type { CallFacts } from './model.ts';
import { relayedBeginning } from './relayed.ts';
import { ignored, type Step } from './step.ts';
import { streamedBeginning } from './streamed.ts';
import { callOffered } from './transfer.ts';

const beginnings: Readonly<Record<MediaPath, Beginning>> = {
  direct: directBeginning,
  relayed: relayedBeginning,
  streamed: streamedBeginning,
  external: externalBeginning,
};

/** The first event of a call: an offer rings, a dial prepares, a terminate that came first leaves a closed record. */
export function create(address: CallAddress, event: CallEvent, now: number): Step {
  if (event.from === 'agent' && event.kind === 'dial') {
    const { party } = event;
    const facts: CallFacts = { ...only(address), direction: 'outbound', party, createdAt: now };
    return beginnings[event.path].dial(facts, event, now);
  }
  if (event.from === 'relay' && event.kind === 'call-offered') {
    return callOffered(address, event.callOffer, now);
  }
  return event.from === 'provider' ? reported(address, event, now) : ignored('no such call');
}

function reported(address: CallAddress, event: FromProvider, now: number): Step {
  const { event: report, path = 'direct', mediaServer, providerCallId, reconciled } = event;
  const secondaryId = event.secondaryId === providerCallId ? undefined : event.secondaryId;
  const facts = { ...only(address), providerCallId, secondaryId, reconciled };
  switch (report.kind) {
    case 'offer':
    case 'announced': {
      if (report.kind === 'announced' && report.direction === 'outbound') return byAnother;
      const { at, party } = report;
      const payload = report.kind === 'offer' ? report.payload : undefined;
      // The clocks of provider and desk differ; a time from the future would make the ring longer.
      const createdAt = Math.min(at, now);
      const call: CallFacts = { ...facts, direction: 'inbound', party, createdAt, payload };
      return beginnings[path].ring(call, report, now, mediaServer);
    }
    case 'terminated': {
      if (report.direction === 'outbound') return byAnother;
      const party = mergeParty({}, report.party);
      const createdAt = report.startedAt ?? report.at;
      const call: CallFacts = { ...facts, direction: 'inbound', party, createdAt };
      const step = beginnings[path].miss(call, report, mediaServer);
      return step.ok ? { ...step, call: withProviderResult(step.call, report) } : step;
    }
    case 'answer':
    case 'status':
    case 'recording':
      return byAnother;
    default:
      return assertNever(report, 'provider event');
  }
}

const byAnother = ignored('a call placed by another console');

/** Addresses may come with more, e.g. as a whole call. */
function only({ id, accountId }: CallAddress): CallAddress {
  return { id, accountId };
}
