import type { Answered } from '../../shared/ipc/errors.ts';
import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { SupervisableCall } from '../../shared/ipc/team.ts';
import type { MediaReport } from '../../shared/ipc/routes/media.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { IceServer } from '../../shared/protocol/frames.ts';
import { Legs, type LegOutcome } from '../calls/legs.ts';
import type { RelayedApi, Verdict } from '../calls/ports.ts';
import { refuse } from '../refusal.ts';
import { answerOfVerdict } from './team-requests.ts';

export interface SupervisionPorts {
  media: (command: MediaCommand) => void;
  relayedApi: Pick<RelayedApi, 'leg' | 'supervise' | 'takeOver'>;
  iceServers: () => readonly IceServer[];
  clock: Clock;
  changed: () => void;
}

type Mode = 'listen' | 'whisper' | 'barge';

interface Listening {
  callId: string;
  mode: Mode;
  ready: boolean;
  /** Answers the request that started it. */
  settle: (answer: Answered<null>) => void;
}

/** Prefix of the softphone's key for a supervisor's leg, which is no call of this console. */
const MARK = 'supervise/';

/**
 * A supervisor's leg to a teammate's call. One at a time; it is heard only while they whisper or speak to both.
 */
export class Supervision {
  readonly #ports: SupervisionPorts;
  readonly #legs: Legs;
  #current: Listening | undefined;

  constructor(ports: SupervisionPorts) {
    this.#ports = ports;
    const { media, relayedApi, iceServers, clock } = ports;
    this.#legs = new Legs({
      media,
      relayedApi: { leg: (key, sdp) => relayedApi.leg(key.slice(MARK.length), sdp) },
      iceServers,
      clock,
      report: (key, report) => void this.#handleReport(key, report),
    });
  }

  /** Whether a softphone report is about a supervisor's leg. */
  owns(key: string): boolean {
    return key.startsWith(MARK);
  }

  modeOf(callId: string): SupervisableCall['mode'] {
    const current = this.#current;
    if (current?.callId !== callId) return 'off';
    return current.ready ? current.mode : 'connecting';
  }

  async set(callId: string, mode: Mode | 'off'): Promise<Answered<null>> {
    if (mode === 'off') return this.#stop(callId);
    const current = this.#current;
    if (current?.callId === callId && current.ready) {
      const answer = answerToSupervisor(await this.#ports.relayedApi.supervise(callId, mode));
      if (answer.ok && this.#current === current) this.#become({ ...current, mode });
      return answer;
    }
    if (current) await this.#stop(current.callId);
    return new Promise((settle) => {
      this.#current = { callId, mode, ready: false, settle };
      this.#legs.open(MARK + callId);
      this.#ports.changed();
    });
  }

  /**
   * Asks for a teammate's call. The relay offers it, and it is accepted here at once; what is heard of it goes on until
   * then.
   */
  async takeOver(callId: string): Promise<Answered<null>> {
    return answerToSupervisor(await this.#ports.relayedApi.takeOver(callId));
  }

  handleMediaReport(key: string, report: MediaReport): void {
    if (report.kind === 'offer-ready') void this.#legs.handleOffer(key, report.sdp);
    else void this.#handleReport(key, report);
  }

  /** Ends supervision: the call ended, or the window or the relay is gone. */
  end(callId?: string): void {
    const current = this.#current;
    if (!current || (callId !== undefined && current.callId !== callId)) return;
    void this.#close(current, refuse('too-late'));
  }

  async #handleReport(key: string, report: MediaReport | LegOutcome): Promise<void> {
    const current = this.#current;
    if (!current || key !== MARK + current.callId) return;
    if (report.kind === 'failed') {
      void this.#close(current, refuse('relay-refused', report.why));
      return undefined;
    }
    if (report.kind !== 'leg-ready') return undefined;
    const answer = answerToSupervisor(
      await this.#ports.relayedApi.supervise(current.callId, current.mode),
    );
    if (this.#current !== current) return undefined;
    if (!answer.ok) {
      void this.#close(current, answer);
      return undefined;
    }
    this.#become({ ...current, ready: true });
    this.#ports.media({ do: 'live', callId: key });
    return current.settle(answer);
  }

  #become(next: Listening): void {
    this.#current = next;
    const muted = next.mode === 'listen';
    this.#ports.media({ do: 'mute', callId: MARK + next.callId, muted });
    this.#ports.changed();
  }

  async #stop(callId: string): Promise<Answered<null>> {
    const current = this.#current;
    if (current?.callId !== callId) return { ok: true, value: null };
    return answerOfVerdict(await this.#close(current, refuse('cancelled')));
  }

  #close(listening: Listening, answer: Answered<null>): Promise<Verdict> {
    this.#current = undefined;
    this.#legs.close(MARK + listening.callId);
    this.#ports.changed();
    listening.settle(answer);
    return this.#ports.relayedApi.supervise(listening.callId, 'off');
  }
}

/** Of a transfer, `restricted` is about the teammate; here it is about the supervisor's own calls. */
function answerToSupervisor(verdict: Verdict): Answered<null> {
  const isOwn = verdict.kind === 'refused' && verdict.why === 'restricted';
  return isOwn ? refuse('relay-refused', 'takes-none') : answerOfVerdict(verdict);
}
