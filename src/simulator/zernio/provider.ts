import { createHash, randomUUID } from 'node:crypto';
import type { Call, WorldEvent } from '../calls/call.ts';
import type { Destination, ZernioAccount } from '../config.ts';
import type { ApiAction } from '../faults.ts';
import { parseBody, textField } from '../http/body.ts';
import { type HttpReply, type HttpRequest, json, mustSucceed } from '../http/server.ts';
import type { MediaKind } from '../calls/call-media.ts';
import { newWacid } from '../meta/ids.ts';
import type { Handled, Notice, Provider, RawWebhook, World } from '../providers.ts';
import type { HandshakeResult } from '../webhooks/handshake.ts';
import { Outbox } from '../outbox.ts';
import { hmac } from '../webhooks/signature.ts';
import { plainError, tooOften, zernioError } from './errors.ts';
import { type Ask, recordingFileOf, respond } from './endpoints.ts';
import { Forwarding } from './forwarding.ts';
import { newCallId } from './ids.ts';
import type { ZernioNumber } from './number.ts';
import { webhookOf } from './payloads.ts';
import { initialCalling, update } from './settings.ts';

const API = '/api/v1';
const RECORDINGS = '/recordings/';

const ACTIONS: Readonly<Record<string, ApiAction>> = {
  'GET /whatsapp/calling': 'settings',
  'GET /:number': 'settings',
  'POST /:number': 'settings',
  'PATCH /:number': 'settings',
  'DELETE /:number': 'settings',
  'GET /whatsapp/call-permissions': 'permissions',
  'POST /whatsapp/calls': 'connect',
  'GET /whatsapp/calls': 'calls',
  'GET /whatsapp/calls/:': 'calls',
  'GET /whatsapp/calls/:/recording': 'recording',
  'GET /whatsapp/calls/estimate': 'estimate',
};

/**
 * Zernio's API and webhooks for one number, and the telephones to which it forwards calls
 * (docs/providers/zernio.md).
 */
export class ZernioProvider implements Provider {
  readonly account: ZernioAccount;
  readonly media: MediaKind;
  readonly #world: World;
  readonly #number: ZernioNumber;
  readonly #forwarding: Forwarding;
  readonly #outbox: Outbox;
  /** Answers by idempotency key; `undefined` while the first request is running. */
  readonly #answered = new Map<string, { body: string; reply: HttpReply | undefined }>();

  constructor(account: ZernioAccount, world: World) {
    this.account = { ...account };
    this.#world = world;
    const sampleRate = account.bridge.codec === 'L16' ? 16_000 : 8000;
    this.media = { kind: 'streamed', format: { sampleRate, frameMs: 20 } };
    this.#number = {
      account: this.account,
      world,
      calling: initialCalling(account),
      destination: account.destination,
      notes: new Map(),
    };
    this.#forwarding = new Forwarding(this.#number);
    const { webhookSecret } = account;
    this.#outbox = new Outbox(this.account, world, (body, genuine) =>
      webhookSecret === undefined
        ? undefined
        : { 'x-zernio-signature': hmac(genuine ? webhookSecret : 'not the secret', body) },
    );
  }

  newCallId(): string {
    return newCallId();
  }

  takesCalls(): boolean {
    return this.#number.calling.enabled;
  }

  setWebhookUrl(url: string): void {
    this.account.webhookUrl = url;
  }

  setDestination(destination: Destination): void {
    this.#number.destination = destination;
  }

  claim(request: HttpRequest): (() => Promise<Handled>) | undefined {
    const { path, query } = request;
    if (path.startsWith(RECORDINGS)) {
      const file = recordingFileOf(this.#number, path.slice(RECORDINGS.length), query);
      return file && (() => Promise.resolve({ reply: file, action: null, callId: undefined }));
    }
    const mine = request.headers.authorization === `Bearer ${this.account.apiKey}`;
    if (!mine || !path.startsWith(API)) return undefined;
    const ask = this.#read(request);
    return ask && (() => this.#handle(request, ask));
  }

  turnAway({ path, headers }: HttpRequest): HttpReply | undefined {
    if (!path.startsWith(API)) return undefined;
    return headers.authorization === `Bearer ${this.account.apiKey}`
      ? zernioError(404, 'No WhatsApp number found for this account')
      : zernioError(401, 'Invalid API key');
  }

  /** Undefined if the request names another account or number. */
  #read({ method, path, query, body }: HttpRequest): Ask | undefined {
    const parsed = body.length === 0 ? undefined : parseBody(body);
    const rest = path.slice(API.length);
    const numbered =
      /^\/whatsapp\/phone-numbers\/([^/]+)\/calling$/.exec(rest) ??
      /^\/phone-numbers\/([^/]+)\/whatsapp\/calling$/.exec(rest);
    const accountId = query.get('accountId') ?? textField(parsed, 'accountId');
    const keyed = numbered !== null && method === 'GET' && accountId === undefined;
    if (numbered && decodeURIComponent(numbered[1] ?? '') !== this.account.phoneNumberDocId) {
      return undefined;
    }
    if (!keyed && accountId !== this.account.zernioAccountId) return undefined;
    const ofCall = /^\/whatsapp\/calls\/(?!estimate$)([^/]+)(\/recording)?$/.exec(rest);
    const id = ofCall?.[1] === undefined ? undefined : decodeURIComponent(ofCall[1]);
    const where = numbered ? '/:number' : ofCall ? `/whatsapp/calls/:${ofCall[2] ?? ''}` : rest;
    const call = id === undefined ? undefined : this.#world.switchboard.find(id);
    const own = call?.accountId === this.account.id ? call : undefined;
    return { what: `${method} ${where}`, call: own, query, body: parsed, media: this.media };
  }

  async #handle(request: HttpRequest, ask: Ask): Promise<Handled> {
    const action = ACTIONS[ask.what] ?? null;
    const done = (reply: HttpReply): Handled => ({
      reply: reply.kind === 'json' ? { ...reply, headers: tagged(request, reply.headers) } : reply,
      action,
      callId: ask.call?.id ?? (reply.kind === 'json' ? textField(reply.body, 'callId') : undefined),
    });
    const failure =
      action === null
        ? undefined
        : await this.#world.apiFaults.pass(action, request.method, ask.call);
    if (failure === 'reset') return done({ kind: 'reset' });
    if (failure) {
      const code = Number(failure.code);
      const status = failure.status ?? (code >= 400 && code < 600 ? code : 400);
      if (status === 429) return done(tooOften(this.#world.clock.now()));
      const words = failure.details ?? 'The request failed';
      return done(
        status === code
          ? plainError(status, words)
          : zernioError(status, words, { platformError: { code, message: words } }),
      );
    }
    const key = request.headers['idempotency-key'];
    const once = ask.what === 'POST /whatsapp/calls' && typeof key === 'string';
    return done(await (once ? this.#once(key, request.body, ask) : respond(this.#number, ask)));
  }

  /**
   * The same key with the same body gets the same answer again, and dials once
   * (docs/providers/zernio.md#base).
   */
  async #once(key: string, raw: Buffer, ask: Ask): Promise<HttpReply> {
    const body = createHash('sha256').update(raw).digest('hex');
    const earlier = this.#answered.get(key);
    if (earlier) {
      if (earlier.body !== body) return plainError(422, 'Idempotency key used with another body');
      const { reply } = earlier;
      if (!reply) return plainError(409, 'A request with this idempotency key is in progress');
      return reply.kind === 'json' ? json(reply.status, reply.body) : reply;
    }
    this.#answered.set(key, { body, reply: undefined });
    const reply = await respond(this.#number, ask);
    this.#answered.set(key, { body, reply });
    return reply;
  }

  async notify(event: WorldEvent): Promise<void> {
    if (event.type === 'offered') this.#noteInbound(event.call);
    const webhook = webhookOf(this.#number, event);
    const posted = webhook && this.#post(webhook);
    if (event.type === 'offered' || event.type === 'picked-up') this.#forwarding.ring(event.call);
    if (event.type === 'ended') this.#forwarding.stop(event.call);
    await posted;
  }

  #post({ label, call, id, event, body }: NonNullable<ReturnType<typeof webhookOf>>) {
    const headers = {
      'user-agent': 'Zernio-Webhooks/1.0',
      'x-zernio-event': event,
      'x-zernio-event-id': id,
    };
    return this.#outbox.post({ label, call, body: JSON.stringify(body), headers });
  }

  #noteInbound(call: Call): void {
    const { calling, notes } = this.#number;
    notes.set(call.id, {
      metaCallId: newWacid(call.customer.waId ?? call.customer.bsuid, 'user-initiated'),
      forwardTo: calling.forwardTo ?? '',
      recording: calling.recordingEnabled,
      transferredAt: undefined,
      sipHangupCause: undefined,
    });
  }

  announce(notice: Notice): Promise<void> {
    throw new Error(`Zernio passes no ${notice.what} on`);
  }

  changeSettings(settings: unknown): void {
    const { zernioAccountId: accountId } = this.account;
    mustSucceed(update(this.#number, { ...Object(settings), accountId }));
  }

  /** There is no handshake. */
  verifyWebhook(): Promise<HandshakeResult> {
    return Promise.resolve({ state: 'not-tried' });
  }

  postRaw(webhook: RawWebhook): Promise<void> {
    return this.#outbox.postRaw(webhook);
  }
}

/** Every answer has a request id; one that was sent is kept. */
function tagged({ headers }: HttpRequest, own: Readonly<Record<string, string>> | undefined) {
  const sent = headers['x-request-id'];
  return { ...own, 'x-request-id': typeof sent === 'string' ? sent : randomUUID() };
}
