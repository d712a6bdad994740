import { callbackDataOf } from '../../../shared/call/ids.ts';
import type { CallFacts } from '../../../shared/call/model.ts';
import type { Answer } from '../../../shared/providers/client.ts';
import type { ProviderError } from '../../../shared/providers/events.ts';
import { ownError } from '../../../shared/providers/own-errors.ts';
import type { Log } from '../../log.ts';
import type { CallPorts, Provider } from '../ports.ts';
import type { CallDriver } from './call-driver.ts';

export type ProviderRequests = Pick<
  CallDriver,
  'preAccept' | 'accept' | 'place' | 'reject' | 'hangUp'
>;

/** Requests about calls that go to the number's provider. */
export function createProviderRequests(
  ports: Pick<CallPorts, 'provider'>,
  log: Log,
): ProviderRequests {
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
export function providerIdOf({ providerCallId }: CallFacts): string {
  if (providerCallId === undefined) throw new Error('the provider has not named this call');
  return providerCallId;
}

function unexpected(error: unknown): ProviderError {
  return { code: 'unexpected', message: String(error), transient: false };
}
