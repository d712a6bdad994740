import type { Access } from '../access/access.ts';
import type { Account } from '../config/account.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import type { LastWebhooks, Store } from '../store/store.ts';
import type { WebhookHealth } from '../webhooks/webhook-health.ts';
import type { ProviderClock } from './provider-clock.ts';

interface NumberChecksPorts {
  accounts: readonly Account[];
  access: Pick<Access, 'hears'>;
  store: Pick<Store, 'lastWebhooks'>;
  health: WebhookHealth;
  providerClock: ProviderClock;
}

/** Answers what the relay knows of its clock, and of the webhooks of an agent's numbers. */
export class NumberChecks {
  readonly #ports: NumberChecksPorts;

  constructor(ports: NumberChecksPorts) {
    this.#ports = ports;
  }

  async of(member: Member | undefined): Promise<Outcome> {
    if (!member) return refused('unknown');
    const { accounts, access, store, health, providerClock } = this.#ports;
    const [stored, clockAheadMs] = await Promise.all([
      store.lastWebhooks().catch(() => new Map<string, LastWebhooks>()),
      providerClock.ahead(),
    ]);
    const numbers = accounts
      .filter(({ id }) => access.hears(member, id))
      .map(({ id }) => health.of(id, stored.get(id)));
    return { kind: 'checks', ...(clockAheadMs !== undefined && { clockAheadMs }), numbers };
  }
}
