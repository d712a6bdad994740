import { t } from '../../shared/i18n/i18n.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { nameWorthShowing } from '../../shared/lib/foreign-text.ts';
import { fillAddress, screenPopOf } from '../../shared/links/screen-pop.ts';
import type { Log } from '../log.ts';
import { notOffered, refusal, refusalReason } from '../refusal.ts';
import type { Notices } from '../snapshot/notices.ts';

export interface ScreenPopPorts {
  /** Opens an address in the system's browser; rejects if it cannot. */
  open: (address: string) => Promise<void>;
  snapshot: () => Snapshot;
  notices: Pick<Notices, 'add' | 'remove'>;
  log: Log;
}

const NOTICE = 'screen-pop';

/** Opens the page about a customer, by hand or once the agent has their call. */
export class ScreenPops {
  readonly #ports: ScreenPopPorts;
  /** Calls that rang here, and are not accepted yet. */
  readonly #rang = new Set<string>();

  constructor(ports: ScreenPopPorts) {
    this.#ports = ports;
  }

  /** @throws Refusal */
  async open(callId: string): Promise<void> {
    const snapshot = this.#ports.snapshot();
    const call = snapshot.calls.find(({ id }) => id === callId);
    if (!call) throw refusal('no-such-call');
    await this.#open(call, snapshot);
  }

  readonly handleSnapshot = (snapshot: Snapshot): void => {
    const { calls } = snapshot;
    for (const call of calls) {
      if (call.phase.name === 'ringing') this.#rang.add(call.id);
      // A teammate may still have been faster while it was being accepted.
      if (call.phase.name !== 'connected' || !this.#rang.delete(call.id)) continue;
      const { address, onAccept } = screenPopOf(snapshot);
      if (onAccept && address !== '') void this.#openOnAccept(call, snapshot);
    }
    for (const id of this.#rang) if (!calls.some((call) => call.id === id)) this.#rang.delete(id);
  };

  async #openOnAccept(call: LiveCall, snapshot: Snapshot): Promise<void> {
    const { notices } = this.#ports;
    try {
      await this.#open(call, snapshot);
      notices.remove(NOTICE);
    } catch (error) {
      const values = { why: refusalReason(error) };
      notices.add({ id: NOTICE, kind: 'warning', code: 'screen-pop-failed', values });
    }
  }

  async #open(call: LiveCall, snapshot: Snapshot): Promise<void> {
    const { address } = screenPopOf(snapshot);
    const filled = fillAddress(address, valuesOf(call, snapshot));
    if (filled === undefined) throw notOffered(t('screenPop.none'));
    try {
      await this.#ports.open(filled);
    } catch (error) {
      // The system repeats the address, with the customer's number in it.
      const why = refusalReason(error).replaceAll(filled, '…');
      this.#ports.log.warn(`screen pop: not opened: ${why}`);
      throw notOffered(t('screenPop.notOpened', { why }));
    }
  }
}

function valuesOf(call: LiveCall, { agent }: Snapshot) {
  const { party, providerCallId = '', direction, payload = '', account } = call;
  const digits = party.waId ?? '';
  return {
    number: digits === '' ? '' : `+${digits}`,
    digits,
    name: nameWorthShowing(party.name) ?? '',
    callId: providerCallId,
    ourNumber: account.number,
    direction,
    payload,
    agent: agent?.id ?? '',
  };
}
