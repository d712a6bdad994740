import { callbackDataOf } from '../../../shared/call/ids.ts';
import type { CallFacts } from '../../../shared/call/model.ts';
import type { Answer } from '../../../shared/providers/client.ts';
import type { MediaPath } from '../../../shared/providers/media-path.ts';
import type { ProviderError } from '../../../shared/providers/events.ts';
import { ownError } from '../../../shared/providers/own-errors.ts';
import type { Log } from '../../log.ts';
import type { CallPorts, Provider, StreamAddress } from '../ports.ts';
import type { CallDriver } from './call-driver.ts';
import { errorOf } from './relay-refusal.ts';

/** The paths on which this console itself asks the provider to accept, place and end calls. */
type ProviderDrivers = Record<Exclude<MediaPath, 'relayed'>, CallDriver>;

export function createProviderDrivers(ports: CallPorts, log: Log): ProviderDrivers {
  const shared = {
    ...createRequests(ports, log),
    claim: ({ id }: CallFacts) => ports.coordinator.claim(id),
  };
  return {
    direct: {
      ...shared,
      goLive: ({ id }) => ports.media({ do: 'live', callId: id }),
      close: ({ id }) => ports.media({ do: 'close', callId: id }),
    },
    streamed: {
      ...shared,
      async place(call, placing) {
        const { accountId, party } = call;
        const { waId: to, userId } = party;
        const verdict = await ports.coordinator.dial({ accountId, to, userId });
        // A relay that does not answer will not have the audio either; the call then says so itself.
        if (verdict.kind !== 'refused') return shared.place(call, placing);
        return { from: 'api', kind: 'place-failed', error: errorOf(verdict) };
      },
      // The relay ends a call whose media it serves; the provider cannot.
      hangUp: (call) => {
        ports.streams.hangUp(streamOf(call));
        return shared.hangUp(call);
      },
      goLive: (call) => ports.streams.open(streamOf(call)),
      close: ({ id }) => {
        ports.streams.close(id);
        ports.media({ do: 'close', callId: id });
      },
    },
    // Spoken elsewhere: the softphone has no media of it.
    external: { ...shared, goLive: () => undefined, close: () => undefined },
  };
}

function streamOf(call: CallFacts): StreamAddress {
  return { callId: call.id, accountId: call.accountId, providerCallId: providerIdOf(call) };
}

/** Requests about calls that go to the number's provider. */
function createRequests(
  ports: Pick<CallPorts, 'provider'>,
  log: Log,
): Omit<CallDriver, 'claim' | 'goLive' | 'close'> {
  const request = async <T>(
    { accountId }: CallFacts,
    send: (provider: Provider) => Promise<Answer<T>>,
  ): Promise<Answer<T>> => {
    const provider = ports.provider(accountId);
    if (!provider) return { ok: false, error: ownError('noAccount') };
    try {
      return await send(provider);
    } catch (error) {
      // Only a fault of our own ends here, and the call still needs an outcome.
      return { ok: false, error: unexpected(error) };
    }
  };
  const warnOf = (call: CallFacts, what: string, answer: Answer) => {
    if (answer.ok) return;
    const { code, message } = answer.error;
    log.warn(`call ${call.id}: ${what} refused: ${code} ${message}`);
  };
  return {
    preAccept: async (call, sdp) => {
      const answer = await request(call, (provider) =>
        provider.calls.preAccept(providerIdOf(call), sdp),
      );
      return answer.ok
        ? { from: 'api', kind: 'pre-accepted' }
        : { from: 'api', kind: 'pre-accept-failed', error: answer.error };
    },
    accept: async (call, sdp) => {
      const answer = await request(call, (provider) =>
        provider.calls.accept(providerIdOf(call), sdp),
      );
      return answer.ok
        ? { from: 'api', kind: 'accepted' }
        : { from: 'api', kind: 'accept-failed', error: answer.error };
    },
    place: async (call, { sdp, forwardTo, record }) => {
      const { id, party: to } = call;
      const callbackData = callbackDataOf(id);
      const answer = await request(call, (provider) =>
        provider.calls.place({ to, sdp, callbackData, once: id, forwardTo, record }),
      );
      return answer.ok
        ? { from: 'api', kind: 'placed', providerCallId: answer.value.providerCallId }
        : { from: 'api', kind: 'place-failed', error: answer.error };
    },
    // A refused reject usually means that the customer was faster.
    reject: async (call) => {
      const answer = await request(call, (provider) => provider.calls.reject(providerIdOf(call)));
      warnOf(call, 'reject', answer);
    },
    hangUp: async (call) => {
      const answer = await request(call, (provider) =>
        provider.calls.terminate(providerIdOf(call)),
      );
      warnOf(call, 'terminate', answer);
    },
  };
}

/** The rules make requests only about calls that the provider has named. */
function providerIdOf({ providerCallId }: CallFacts): string {
  if (providerCallId === undefined) throw new Error('the provider has not named this call');
  return providerCallId;
}

function unexpected(error: unknown): ProviderError {
  return { code: 'unexpected', message: String(error), transient: false };
}
