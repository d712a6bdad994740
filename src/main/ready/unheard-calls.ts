import { withoutSound } from '../../shared/checks/without-sound.ts';
import type { Call } from '../../shared/call/model.ts';

/** The numbers whose last call on this console ended because no sound of ours reached WhatsApp. */
export class UnheardCalls {
  readonly #since = new Map<string, number>();

  /** A call has ended. */
  handleEnded({ accountId, phase, connectedAt, direction, ...call }: Call): void {
    if (phase.name !== 'ended') return;
    const { reason, at } = phase;
    if (reason.kind !== 'failed') {
      if (connectedAt !== undefined) this.#since.delete(accountId);
      return;
    }
    // A ring that nobody took says nothing about our sound.
    const isAccepted = 'acceptPressedAt' in call && call.acceptPressedAt !== undefined;
    const isOurs = direction === 'outbound' || isAccepted;
    if (isOurs && withoutSound.includes(reason.error.code)) this.#since.set(accountId, at);
  }

  /** When it ended, Unix ms. */
  at(accountId: string): number | undefined {
    return this.#since.get(accountId);
  }
}
