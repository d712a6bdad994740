import type { Call, WorldEvent } from '../calls/call.ts';
import type { D360Account, MetaAccount } from '../config.ts';
import type { ApiAction } from '../faults.ts';
import { textField } from '../http/body.ts';
import { type HttpReply, type HttpRequest, mustSucceed } from '../http/server.ts';
import type { Handled, Notice, Provider, RawWebhook, World } from '../providers.ts';
import type { HandshakeResult } from '../webhooks/handshake.ts';
import { Outbox } from '../outbox.ts';
import { metaJson } from '../webhooks/signature.ts';
import { postSettings } from './endpoints.ts';
import { graphError } from './errors.ts';
import { newWacid } from './ids.ts';
import { BusinessNumber } from './number.ts';
import { settingsUpdate } from './account-payloads.ts';
import { envelope } from './envelope.ts';
import { endingOf } from './voicemail.ts';
import { changeOf, grantCallback, type MetaChange, noticeOf } from './webhooks.ts';

/** What Meta's and 360dialog's APIs share: the number behind them, and every webhook. */
export abstract class CloudProvider<A extends MetaAccount | D360Account> implements Provider {
  readonly account: A;
  readonly media = { kind: 'webrtc' } as const;
  protected readonly world: World;
  protected readonly number: BusinessNumber;
  readonly #outbox: Outbox;

  /** @param proofOf the signature of a webhook, `genuine` or not */
  constructor(account: A, world: World, proofOf: ConstructorParameters<typeof Outbox>[2]) {
    this.account = { ...account };
    this.world = world;
    this.#outbox = new Outbox(this.account, world, proofOf);
    this.number = new BusinessNumber(this.account, world, (changes) => {
      const value = settingsUpdate(this.account, changes, world.clock.now());
      void this.post({ label: 'settings', field: 'account_settings_update', value });
    });
  }

  abstract claim(request: HttpRequest): (() => Promise<Handled>) | undefined;
  abstract turnAway(request: HttpRequest): HttpReply | undefined;
  abstract verifyWebhook(signal: AbortSignal): Promise<HandshakeResult>;

  newCallId(customerNumber: string | undefined, direction: Call['direction']): string {
    return newWacid(customerNumber ?? this.account.displayPhoneNumber, direction);
  }

  takesCalls(): boolean {
    return this.number.takesCalls();
  }

  setWebhookUrl(url: string): void {
    this.account.webhookUrl = url;
  }

  async notify(event: WorldEvent): Promise<void> {
    const { account, world, number } = this;
    const now = world.clock.now();
    if (event.type !== 'ended') {
      const change = changeOf(account, event, now);
      if (change) await this.post(change);
      return;
    }
    grantCallback(number, event.call);
    const changes = endingOf(number, event.call, (call) =>
      changeOf(account, { ...event, call }, now),
    );
    for (const change of changes) await this.post(change);
  }

  announce(notice: Notice): Promise<void> {
    return this.post(noticeOf(this.number, notice));
  }

  changeSettings(settings: unknown): void {
    mustSucceed(postSettings(this.number, settings));
  }

  postRaw(webhook: RawWebhook): Promise<void> {
    return this.#outbox.postRaw(webhook);
  }

  protected post({ label, call, field, value }: MetaChange): Promise<void> {
    const body = metaJson(envelope(this.account, field, value, this.world.clock.now()));
    return this.#outbox.post({ label, call, body });
  }

  /**
   * A request's answer if it is not handled: a requested fault, or an error if its body cannot be
   * read.
   */
  protected async fault(
    method: string,
    action: ApiAction | null,
    body: unknown,
  ): Promise<HttpReply | undefined> {
    const callId = textField(body, 'call_id');
    const call = callId === undefined ? undefined : this.world.switchboard.find(callId);
    const failure =
      action === null ? undefined : await this.world.apiFaults.pass(action, method, call);
    if (failure === 'reset') return { kind: 'reset' };
    if (failure) return graphError(Number(failure.code), failure.details);
    if (body !== undefined || method !== 'POST') return undefined;
    return graphError(100, 'The body is not JSON');
  }
}

const CALL_ACTIONS: readonly ApiAction[] = [
  'connect',
  'pre_accept',
  'accept',
  'reject',
  'terminate',
];

/** Null for an unknown action, which the endpoint's schema refuses with its reason. */
export const actionOf = (body: unknown): ApiAction | null =>
  CALL_ACTIONS.find((action) => action === textField(body, 'action')) ?? null;

/** The id in the answer of a connect request, for the records. */
export function newId(reply: HttpReply): string | undefined {
  if (reply.kind !== 'json') return undefined;
  const { body } = reply;
  const calls: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, 'calls') : [];
  return Array.isArray(calls) ? textField(calls[0], 'id') : undefined;
}
