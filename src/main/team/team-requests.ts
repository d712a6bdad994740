import type { Call } from '../../shared/call/model.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { RelayedApi, Verdict } from '../calls/ports.ts';
import { providerRefusal, refuse } from '../refusal.ts';

interface TeamDeskDeps {
  relayedApi: RelayedApi;
  /** Calls going on. */
  live: () => readonly Call[];
}

/** What an agent does with a relayed call besides talking. Each is the relay's to decide; its word comes back. */
export class TeamDesk {
  readonly #deps: TeamDeskDeps;

  constructor(deps: TeamDeskDeps) {
    this.#deps = deps;
  }

  hold(callId: string): Promise<Answered<null>> {
    return this.#ask(callId, (relayedApi) => relayedApi.hold(callId));
  }

  resume(callId: string): Promise<Answered<null>> {
    return this.#ask(callId, (relayedApi) => relayedApi.resume(callId));
  }

  transfer(
    callId: string,
    offer: { to: string; mode: 'blind' | 'consult'; note?: string | undefined },
  ): Promise<Answered<null>> {
    const { to, mode } = offer;
    const note = offer.note?.trim() ?? '';
    return this.#ask(callId, (relayedApi) =>
      relayedApi.transfer(callId, { to, mode, ...(note !== '' && { note }) }),
    );
  }

  cancel(callId: string): Promise<Answered<null>> {
    return this.#ask(callId, (relayedApi) => relayedApi.cancelTransfer(callId));
  }

  complete(callId: string): Promise<Answered<null>> {
    return this.#ask(callId, (relayedApi) => relayedApi.completeTransfer(callId));
  }

  async #ask(
    callId: string,
    what: (relayedApi: RelayedApi) => Promise<Verdict>,
  ): Promise<Answered<null>> {
    const call = this.#deps.live().find(({ id }) => id === callId);
    if (!call) return refuse('no-such-call');
    if (call.path !== 'relayed') return refuse('direct-route');
    return answerOf(await what(this.#deps.relayedApi));
  }
}

/** The relay's word as a window gets it. */
export function answerOf(verdict: Verdict): Answered<null> {
  switch (verdict.kind) {
    case 'granted':
      return { ok: true, value: null };
    case 'unreachable':
      return refuse('offline');
    case 'refused': {
      const { error, why } = verdict;
      if (!error) return refuse('relay-refused', why);
      return { ok: false, error: providerRefusal(error) };
    }
    default:
      return assertNever(verdict, 'verdict');
  }
}
