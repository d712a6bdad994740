import type { Call, WorldEvent } from '../calls/call.ts';
import type { MetaAccount } from '../config.ts';
import type { ApiAction } from '../faults.ts';
import { parseBody, textField } from '../http/body.ts';
import { type HttpReply, type HttpRequest, json, mustSucceed } from '../http/server.ts';
import type { Handled, Notice, Provider, RawWebhook, World } from '../providers.ts';
import { type HandshakeResult, verifyEndpoint } from '../webhooks/handshake.ts';
import { Outbox } from '../webhooks/outbox.ts';
import { metaJson, signBody } from '../webhooks/signature.ts';
import { getAnalytics } from './analytics.ts';
import { getPermissions, getSettings, postCall, postSettings } from './endpoints.ts';
import { graphError, unknownObject } from './errors.ts';
import { newWacid } from './ids.ts';
import { getTemplates, postMessage } from './messages.ts';
import { BusinessNumber } from './number.ts';
import * as payloads from './payloads.ts';
import { changeOf, grantCallback, type MetaChange, noticeOf, tellRecordings } from './webhooks.ts';

/** What is asked of which object, e.g. `POST number/calls`. */
const ACTIONS: Readonly<Record<string, ApiAction>> = {
  'GET number/call_permissions': 'permissions',
  'GET number/settings': 'settings',
  'POST number/settings': 'settings',
  'POST number/messages': 'messages',
  'GET waba/message_templates': 'templates',
  'GET waba/': 'analytics',
  'GET media/': 'recording',
  'GET file/': 'recording',
};
const FILES = '/whatsapp_business/attachments/';

/** Meta's Graph API and webhooks for one phone number. */
export class MetaProvider implements Provider {
  readonly account: MetaAccount;
  readonly media = { kind: 'webrtc' } as const;
  private readonly world: World;
  private readonly number: BusinessNumber;
  private readonly outbox: Outbox;

  constructor(account: MetaAccount, world: World) {
    this.account = { ...account };
    this.world = world;
    this.outbox = new Outbox(this.account, world, (body, genuine) => ({
      'x-hub-signature-256': signBody(genuine ? account.appSecret : 'not the app secret', body),
    }));
    this.number = new BusinessNumber(this.account, world, (changes) => {
      const value = payloads.settingsUpdate(this.account, changes, world.clock.now());
      void this.post({ label: 'settings', field: 'account_settings_update', value });
    });
  }

  newCallId(customerNumber: string | undefined, direction: Call['direction']): string {
    return newWacid(customerNumber ?? this.account.displayPhoneNumber, direction);
  }

  takesCalls(): boolean {
    return this.number.takesCalls();
  }

  setWebhookUrl(url: string): void {
    this.account.webhookUrl = url;
  }

  /** Paths are `/{object id}/{edge}`, with or without a version in front. */
  claim(request: HttpRequest): (() => Promise<Handled>) | undefined {
    const { method, path, query } = request;
    const match = /^(?:\/v\d+\.\d+)?\/([^/]+)(?:\/([a-z_]*))?\/?$/.exec(path);
    const id = path === FILES ? (query.get('mid') ?? '') : (match?.[1] ?? '');
    const object = path === FILES && this.kindOf(id) === 'media' ? 'file' : this.kindOf(id);
    if (object === undefined) return undefined;
    const edge = path === FILES ? '' : (match?.[2] ?? '');
    return () => this.handle(`${method} ${object}/${edge}`, id, request);
  }

  turnAway({ path }: HttpRequest): HttpReply | undefined {
    const match = /^(?:\/v\d+\.\d+)?\/(\d+)(?:\/[a-z_]+)?\/?$/.exec(path);
    return match ? unknownObject(match[1] ?? '') : undefined;
  }

  private kindOf(id: string): 'number' | 'waba' | 'media' | undefined {
    if (id === this.account.phoneNumberId) return 'number';
    if (id === this.account.wabaId) return 'waba';
    return this.number.recordings.find(id) ? 'media' : undefined;
  }

  private async handle(what: string, id: string, request: HttpRequest): Promise<Handled> {
    const body = parseBody(request.body);
    const action = what === 'POST number/calls' ? actionOf(body) : (ACTIONS[what] ?? null);
    const callId = textField(body, 'call_id');
    const done = (reply: HttpReply): Handled => ({ reply, action, callId: callId ?? newId(reply) });

    if (request.headers.authorization !== `Bearer ${this.account.accessToken}`) {
      return done(graphError(190));
    }
    if (action === null && what !== 'POST number/calls') return done(unknownObject(id));
    const call = callId === undefined ? undefined : this.world.switchboard.find(callId);
    const failure = action === null ? undefined : await this.world.apiFaults.pass(action, call);
    if (failure === 'reset') return done({ kind: 'reset' });
    if (failure) return done(graphError(Number(failure.code), failure.details));
    if (body === undefined && request.method === 'POST') {
      return done(graphError(100, 'The body is not JSON'));
    }
    return done(await this.answer(what, id, request, body));
  }

  private answer(
    what: string,
    id: string,
    { query }: HttpRequest,
    body: unknown,
  ): HttpReply | Promise<HttpReply> {
    const { number } = this;
    switch (what) {
      case 'POST number/calls':
        return postCall(number, body);
      case 'GET number/call_permissions':
        return getPermissions(number, {
          to: query.get('user_wa_id') ?? undefined,
          recipient: query.get('recipient') ?? undefined,
        });
      case 'GET number/settings':
        return getSettings(number);
      case 'POST number/settings':
        return postSettings(number, body);
      case 'POST number/messages':
        return postMessage(number, body);
      case 'GET waba/message_templates':
        return getTemplates();
      case 'GET waba/':
        return getAnalytics(number, query.get('fields') ?? '');
      default:
        return this.file(what, id);
    }
  }

  /** Where a recording is, and the recording itself (facts 1.9). */
  private file(what: string, id: string): HttpReply {
    const { recordings } = this.number;
    const file = recordings.find(id);
    if (!file) return unknownObject(id);
    const { type, content, sha256 } = file;
    if (what === 'GET file/') return { kind: 'file', type, content };
    return json(200, {
      messaging_product: 'whatsapp',
      url: recordings.url(id),
      mime_type: type,
      sha256,
      file_size: content.length,
      id,
    });
  }

  async notify(event: WorldEvent): Promise<void> {
    const change = changeOf(this.account, event, this.world.clock.now());
    if (event.type === 'ended') {
      grantCallback(this.number, event.call);
      tellRecordings(this.number, event.call, (more) => void this.post(more));
    }
    if (change) await this.post(change);
  }

  announce(notice: Notice): Promise<void> {
    return this.post(noticeOf(this.number, notice));
  }

  changeSettings(settings: unknown): void {
    mustSucceed(postSettings(this.number, settings));
  }

  async verifyWebhook(signal: AbortSignal): Promise<HandshakeResult> {
    const { webhookUrl, verifyToken } = this.account;
    if (webhookUrl === undefined) return { state: 'not-tried' };
    return verifyEndpoint({
      webhookUrl,
      verifyToken,
      timeoutMs: this.world.timing.webhookTimeoutMs,
      now: () => this.world.clock.now(),
      signal,
    });
  }

  postRaw(webhook: RawWebhook): Promise<void> {
    return this.outbox.postRaw(webhook);
  }

  private post({ label, call, field, value }: MetaChange): Promise<void> {
    const body = metaJson(payloads.envelope(this.account, field, value, this.world.clock.now()));
    return this.outbox.post({ label, call, body });
  }
}

const CALL_ACTIONS: readonly ApiAction[] = [
  'connect',
  'pre_accept',
  'accept',
  'reject',
  'terminate',
];

/** Null for an action that does not exist: the endpoint's schema refuses it with its reason. */
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
