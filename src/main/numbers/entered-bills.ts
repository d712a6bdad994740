import { t } from '../../shared/i18n/i18n.ts';
import type { EnteredBill } from '../../shared/ipc/entered-bill.ts';
import { notOffered } from '../refusal.ts';

/** Bills that are kept, the newest months first. */
const MOST_BILLS = 1_000;

interface Ports {
  store: { get: () => readonly EnteredBill[]; set: (bills: readonly EnteredBill[]) => void };
  /** Whether this agent is an admin. */
  mayEnter: () => boolean;
}

/** The monthly bills of providers that report no charges to programs, as admins entered them. */
export class EnteredBills {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** The newest month first. */
  list(): { bills: readonly EnteredBill[]; mayEnter: boolean } {
    return { bills: this.#ports.store.get(), mayEnter: this.#ports.mayEnter() };
  }

  /**
   * Replaces the bill of a number and month; without an amount it is removed.
   *
   * @throws Refusal for agents who are no admins
   */
  set({ amount, ...of }: Omit<EnteredBill, 'amount'> & { amount?: string | undefined }): void {
    const { store, mayEnter } = this.#ports;
    if (!mayEnter()) throw notOffered(t('insight.onlyAdminsEnter'));
    const others = store
      .get()
      .filter(({ accountId, month }) => accountId !== of.accountId || month !== of.month);
    const all = amount === undefined ? others : [...others, { ...of, amount }];
    const sorted = all.toSorted((a, b) =>
      a.month === b.month ? (a.accountId < b.accountId ? -1 : 1) : a.month < b.month ? 1 : -1,
    );
    store.set(sorted.slice(0, MOST_BILLS));
  }
}
