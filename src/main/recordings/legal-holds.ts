import { t } from '../../shared/i18n/i18n.ts';
import type { Call } from '../../shared/call/model.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { LegalHold } from '../../shared/protocol/legal-hold.ts';
import { callHash } from '../../sqlite/call-hash.ts';
import type { SafeRecordings } from '../db/storage/safe-recordings.ts';
import type { Log } from '../log.ts';
import { notOffered, Refusal } from '../refusal.ts';

/** What the relay is asked. */
type HoldAsked = Pick<LegalHold, 'accountId' | 'call' | 'on' | 'recordings'>;

export interface LegalHoldsPorts {
  store: SafeRecordings;
  call: (callId: string) => Pick<Call, 'accountId' | 'providerCallId'> | undefined;
  /** Undefined for a console without a relay. */
  ask: ((hold: HoldAsked) => Promise<Answered<null>>) | undefined;
  /** Whether the agent may keep recordings from being deleted. */
  mayHold: () => boolean;
  log: Log;
  /** Something became free that may have to go. */
  released: () => void;
  changed: () => void;
}

/**
 * Which calls' recordings must stay whatever their age. The relay has the last word, for all consoles and for its own
 * recordings; a console without one decides for itself.
 */
export class LegalHolds {
  readonly #ports: LegalHoldsPorts;

  constructor(ports: LegalHoldsPorts) {
    this.#ports = ports;
  }

  /** @throws Refusal if the agent may not say so, or the relay does not take it */
  async set(callId: string, on: boolean): Promise<void> {
    const { store, call: find, ask, mayHold } = this.#ports;
    if (!mayHold()) throw notOffered(t('recordings.notSupervisor'));
    const { accountId, providerCallId } = find(callId) ?? {};
    if (ask && accountId !== undefined && providerCallId !== undefined) {
      const call = callHash(accountId, providerCallId);
      const made = store.of(callId).filter(({ source }) => source === 'relay');
      const recordings = made.map(({ id }) => id);
      const answer = await ask({ accountId, call, on, recordings });
      if (!answer.ok) throw new Refusal(answer.error);
      this.#keep(call, on);
    }
    this.#set(callId, on);
  }

  /** The relay's word about a call, of which there may be nothing here yet. */
  handle({ call, on }: Pick<LegalHold, 'call' | 'on'>): void {
    const { store } = this.#ports;
    if (store.holds().includes(call) === on) return;
    this.#keep(call, on);
    for (const one of store.calls()) if (hashOf(one) === call) this.#set(one.callId, on);
  }

  /** Before anything is deleted: recordings may have come since the relay said so. */
  apply(): void {
    const { store } = this.#ports;
    const held = new Set(store.holds());
    if (held.size === 0) return;
    for (const one of store.calls()) if (held.has(hashOf(one))) store.hold(one.callId, true);
  }

  #keep(call: string, on: boolean): void {
    const { store } = this.#ports;
    const others = store.holds().filter((one) => one !== call);
    store.setHolds(on ? [...others, call] : others);
  }

  #set(callId: string, on: boolean): void {
    const { store, log, changed, released } = this.#ports;
    store.hold(callId, on);
    log.info(`recordings: legal hold ${on ? 'set' : 'lifted'}`);
    if (!on) released();
    changed();
  }
}

const hashOf = ({ accountId, providerCallId }: { accountId: string; providerCallId: string }) =>
  callHash(accountId, providerCallId);
