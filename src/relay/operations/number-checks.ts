import type { Clock } from '../../shared/lib/clock.ts';
import type { Access } from '../access/access.ts';
import type { Account } from '../config/account.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member, Store } from '../store/store.ts';
import type { WebhookHealth } from '../webhooks/webhook-health.ts';
import type { ProviderClock } from './provider-clock.ts';

interface NumberChecksPorts {
  accounts: readonly Account[];
  access: Pick<Access, 'hears'>;
  store: Pick<Store, 'lastWebhooks'>;
  health: WebhookHealth;
  providerClock: ProviderClock;
  clock: Pick<Clock, 'now'>;
}

/** Answers what the relay knows of its clock, and of the webhooks of an agent's numbers. */
export class NumberChecks {
  readonly #ports: NumberChecksPorts;

  constructor(ports: NumberChecksPorts) {
    this.#ports = ports;
  }

  async of(member: Member | undefined): Promise<Outcome> {
    if (!member) return refused('unknown');
    const { accounts, access, store, health, providerClock, clock } = this.#ports;
    const [stored, clockAheadMs] = await Promise.all([
      store.lastWebhooks().catch(() => new Map<string, number>()),
      providerClock.ahead(),
    ]);
    const now = clock.now();
    const ago = (at: number) => Math.max(0, now - at);
    const numbers = accounts
      .filter(({ id }) => access.hears(member, id))
      .map(({ id }) => {
        const { takenAt = stored.get(id), refused: last } = health.of(id);
        return {
          accountId: id,
          ...(takenAt !== undefined && { takenAgoMs: ago(takenAt) }),
          ...(last && { refused: { agoMs: ago(last.at), code: last.code } }),
        };
      });
    return { kind: 'checks', ...(clockAheadMs !== undefined && { clockAheadMs }), numbers };
  }
}
