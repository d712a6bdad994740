import { createSimulator, type Simulator } from '../../../src/simulator/simulator.ts';
import { simulatorConfig } from '../fleet.ts';
import { HistoryWriter, type ProviderEvent } from '../history.ts';
import type { PlannedCall } from '../plan.ts';
import { act, atPlanned, type Actor, type ProviderOrder } from './orders.ts';
import { PostOffice } from './office.ts';

/** The port of the providers' API. */
export const API_PORT = 4100;

/**
 * All providers and their customers in one process: the simulator, and the post office for its
 * webhooks.
 */
class Provider implements Actor {
  readonly #order: ProviderOrder;
  readonly #simulator: Simulator;
  readonly #office: PostOffice;
  readonly #planned: NodeJS.Timeout[] = [];
  /** Calls that are not over, by the provider's call id. */
  readonly #live = new Map<string, string>();

  private constructor(
    order: ProviderOrder,
    simulator: Simulator,
    office: PostOffice,
    history: HistoryWriter<ProviderEvent>,
  ) {
    this.#order = order;
    this.#simulator = simulator;
    this.#office = office;
    simulator.on('call', ({ callId, phase, end }) => {
      const report = simulator.report(callId);
      if (!report) return;
      const { accountId: account, customer } = report;
      if (!this.#live.has(callId) && phase !== 'ended') {
        this.#live.set(callId, account);
        history.write({ what: 'call', account, callId, waId: customer.waId ?? '' });
        this.#endInTime(callId, customer.waId ?? '');
      }
      if (phase !== 'ended' || !this.#live.delete(callId)) return;
      history.write({ what: 'call-ended', account, callId, by: end?.by ?? '' });
    });
    simulator.on('request', ({ request }) => {
      const { accountId, action, callId, status, body } = request;
      if (accountId === null || action === null) return;
      const by = callbackOf(body);
      history.write({
        what: 'request',
        account: accountId,
        action,
        callId: callId ?? undefined,
        by,
        status,
      });
    });
  }

  static async open(order: ProviderOrder): Promise<Provider> {
    const history = new HistoryWriter<ProviderEvent>(order.historyFile);
    const office = await PostOffice.open(order.plan.seed, order.relays, history);
    const place = { host: order.host, port: API_PORT, office: office.url };
    const simulator = await createSimulator(simulatorConfig(place));
    return new Provider(order, simulator, office, history);
  }

  begin(at: number): void {
    const { calls, placed, messages, permissions } = this.#order.plan;
    const plan = (when: number, task: () => unknown) =>
      this.#planned.push(atPlanned(at, when, task));
    for (const { waId } of placed) {
      this.#simulator.setCustomer({ waId }, { permission: 'permanent', answerAfterMs: 1_500 });
    }
    for (const call of calls) plan(call.at, () => void this.#call(call));
    for (const one of messages) {
      const { account, waId } = one;
      plan(one.at, () =>
        this.#simulator.writeMessage({ account, customer: { waId }, text: `I am ${waId}` }),
      );
    }
    for (const one of permissions) {
      const { account, waId, decision } = one;
      plan(one.at, () => this.#simulator.decide({ account, customer: { waId }, decision }));
    }
  }

  finish(): void {
    for (const timer of this.#planned.splice(0)) clearTimeout(timer);
    for (const callId of this.#live.keys()) this.#simulator.hangUp(callId);
    this.#office.hurry();
  }

  state() {
    const pending = this.#office.pending + this.#live.size;
    return { is: 'state', pending, connected: true, cursor: 0 } as const;
  }

  async #call({ account, waId }: PlannedCall): Promise<void> {
    await this.#simulator.startCall({ account, customer: { waId }, kind: 'tone' });
  }

  #endInTime(callId: string, waId: string): void {
    const { calls, placed } = this.#order.plan;
    const planned = [...calls, ...placed].find((one) => one.waId === waId);
    if (!planned) return;
    this.#planned.push(
      setTimeout(() => this.#simulator.hangUp(callId), planned.customerEndsAfterMs),
    );
  }
}

/** The callback data that an agent's console sent with an accept. */
function callbackOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const data = 'biz_opaque_callback_data' in body && body.biz_opaque_callback_data;
  return typeof data === 'string' ? data : undefined;
}

act((order) => {
  if (order.actor !== 'provider') throw new Error(`an order for a ${order.actor}`);
  return Provider.open(order);
});
