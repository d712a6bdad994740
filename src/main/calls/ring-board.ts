import type { FromRelayFrame } from '../../shared/protocol/frames.ts';

export type RingingFrame = Pick<
  Extract<FromRelayFrame, { type: 'ringing' }>,
  'callId' | 'agents' | 'soleCandidate'
>;

/** How many calls' frames are kept. A frame may come before the call it is about, and calls end without a frame. */
const MOST = 200;

/** Who can take the calls that ring, as the relay last said. Nothing here outlives the process. */
export class RingBoard {
  readonly #frames = new Map<string, RingingFrame>();
  readonly #selfId: () => string | undefined;

  constructor(selfId: () => string | undefined) {
    this.#selfId = selfId;
  }

  put(frame: RingingFrame): void {
    this.#frames.delete(frame.callId);
    this.#frames.set(frame.callId, frame);
    for (const [callId] of this.#frames) {
      if (this.#frames.size <= MOST) break;
      this.#frames.delete(callId);
    }
  }

  isSoleCandidate(callId: string): boolean {
    return this.#frames.get(callId)?.soleCandidate ?? false;
  }

  others(callId: string): readonly string[] {
    const self = this.#selfId();
    return (this.#frames.get(callId)?.agents ?? [])
      .filter((agent) => agent.id !== self)
      .map((agent) => agent.name);
  }
}
