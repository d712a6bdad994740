import { asRelayed, type Call } from '../../shared/call/model.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { RelayedApi, Verdict } from '../calls/ports.ts';
import { providerRefusal, refuse } from '../refusal.ts';

interface TeamRequestsPorts {
  relayedApi: RelayedApi;
  /** Live calls of this agent. */
  live: () => readonly Call[];
}

/** Hold and transfer of a relayed call. The relay decides; its answer is passed on. */
export class TeamRequests {
  readonly #ports: TeamRequestsPorts;

  constructor(ports: TeamRequestsPorts) {
    this.#ports = ports;
  }

  hold(callId: string): Promise<Answered<null>> {
    return this.#request(callId, (relayedApi) => relayedApi.hold(callId));
  }

  resume(callId: string): Promise<Answered<null>> {
    return this.#request(callId, (relayedApi) => relayedApi.resume(callId));
  }

  transfer(
    callId: string,
    offer: { to: string; mode: 'blind' | 'consult'; note?: string | undefined },
  ): Promise<Answered<null>> {
    const { to, mode } = offer;
    const note = offer.note?.trim() ?? '';
    return this.#request(callId, (relayedApi) =>
      relayedApi.transfer(callId, { to, mode, ...(note !== '' && { note }) }),
    );
  }

  transferToTeam(
    callId: string,
    offer: { team: string; note?: string | undefined },
  ): Promise<Answered<null>> {
    const { team } = offer;
    const note = offer.note?.trim() ?? '';
    return this.#request(callId, (relayedApi) =>
      relayedApi.transferToTeam(callId, { team, ...(note !== '' && { note }) }),
    );
  }

  cancelTransfer(callId: string): Promise<Answered<null>> {
    return this.#request(callId, (relayedApi) => relayedApi.cancelTransfer(callId));
  }

  completeTransfer(callId: string): Promise<Answered<null>> {
    return this.#request(callId, (relayedApi) => relayedApi.completeTransfer(callId));
  }

  async #request(
    callId: string,
    request: (relayedApi: RelayedApi) => Promise<Verdict>,
  ): Promise<Answered<null>> {
    const call = this.#ports.live().find(({ id }) => id === callId);
    if (!call) return refuse('no-such-call');
    if (!asRelayed(call)) return refuse('direct-route');
    return answerOfVerdict(await request(this.#ports.relayedApi));
  }
}

/** The relay's verdict as an answer to a window. */
export function answerOfVerdict(verdict: Verdict): Answered<null> {
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
