import type { Call } from './calls/call.ts';
import { noFaults, type WebhookFaults, type WebhookLabel } from './faults.ts';
import type { RawWebhook, World } from './providers.ts';

/** A webhook's body and its destination. */
export interface Webhook {
  label: WebhookLabel;
  call?: Call | undefined;
  body: string;
  /** In addition to the signature. */
  headers?: Record<string, string> | undefined;
}

/** An account's outgoing webhooks, with the configured faults. */
export class Outbox {
  readonly #account: { id: string; webhookUrl?: string | undefined };
  readonly #world: World;
  /** The headers that authenticate a body; `genuine: false` uses another secret. */
  readonly #sign: (body: string, genuine: boolean) => Record<string, string> | undefined;

  constructor(
    account: { id: string; webhookUrl?: string | undefined },
    world: World,
    sign: (body: string, genuine: boolean) => Record<string, string> | undefined,
  ) {
    this.#account = account;
    this.#world = world;
    this.#sign = sign;
  }

  /** Resolves when the webhook is delivered, dropped or given up. */
  post(webhook: Webhook): Promise<void> {
    return this.#send(webhook, this.#world.switchboard.faultsOf(webhook.call).webhooks);
  }

  postRaw({ body, signature }: RawWebhook): Promise<void> {
    const damage = { good: 'none', bad: 'bad-signature', none: 'unsigned' } as const;
    return this.#send({ label: 'raw', body }, { ...noFaults.webhooks, damage: damage[signature] });
  }

  #send({ label, call, body: whole, headers }: Webhook, faults: WebhookFaults) {
    const body = faults.damage === 'garbage' ? whole.slice(0, Math.ceil(whole.length / 2)) : whole;
    const proof =
      faults.damage === 'unsigned' ? {} : this.#sign(body, faults.damage !== 'bad-signature');
    return this.#world.webhooks.post(
      {
        accountId: this.#account.id,
        url: this.#account.webhookUrl,
        label,
        callId: call?.id,
        body,
        headers: { ...headers, ...proof },
      },
      faults,
    );
  }
}
