import type { Call, WorldEvent } from '../calls/call.ts';
import type { PilotMetaAccount, PilotWebAccount } from '../config.ts';
import type { ApiAction } from '../faults.ts';
import { parseBody } from '../http/body.ts';
import { type HttpReply, type HttpRequest, mustSucceed } from '../http/server.ts';
import { newWacid } from '../meta/ids.ts';
import { BusinessNumber } from '../meta/number.ts';
import { changeOf } from '../meta/webhooks.ts';
import type { MediaKind } from '../calls/call-media.ts';
import type { Handled, Notice, Provider, RawWebhook, World } from '../providers.ts';
import type { HandshakeResult } from '../webhooks/handshake.ts';
import { Outbox } from '../outbox.ts';
import { PilotCalls } from './calls.ts';
import { type Ask, type PilotNumber, putSettings, respond } from './endpoints.ts';
import { newWebCallId } from './ids.ts';
import { passedOn, pilotError } from './errors.ts';
import { flatEvent, messageReceived } from './payloads.ts';

const CALLS = '/v1/calls';

/** An endpoint's name among the faults, by method and the path after `/v1/calls` without its id. */
const ACTIONS: Readonly<Record<string, ApiAction>> = {
  'POST ': 'connect',
  'GET ': 'calls',
  'GET /settings': 'settings',
  'PUT /settings': 'settings',
  'GET /permissions': 'permissions',
  'POST /permissions/request': 'messages',
  'GET /:': 'calls',
  'POST /:/accept': 'accept',
  'POST /:/pre-accept': 'pre_accept',
  'POST /:/reject': 'reject',
  'POST /:/terminate': 'terminate',
  'POST /:/play': 'play',
  'POST /:/realtime-session': 'stream',
};

/**
 * Pilot Status' API and webhooks for one number of either kind (docs/providers/pilot-status.md).
 */
export class PilotProvider implements Provider {
  readonly account: PilotMetaAccount | PilotWebAccount;
  readonly media: MediaKind;
  readonly #world: World;
  readonly #number: PilotNumber;
  readonly #outbox: Outbox;

  constructor(account: PilotMetaAccount | PilotWebAccount, world: World) {
    const own = { ...account };
    this.account = own;
    this.#world = world;
    this.media =
      own.provider === 'pilot-web' ? { kind: 'streamed', format: own.audio } : { kind: 'webrtc' };
    // How its webhooks are signed is not documented, so they are unsigned. The receiver's address
    // must contain a secret.
    this.#outbox = new Outbox(own, world, () => undefined);
    this.#number = {
      account: own,
      world,
      media: this.media,
      calls: new PilotCalls(),
      // No webhook reports changed settings.
      cloud:
        own.provider === 'pilot-meta' ? new BusinessNumber(own, world, () => undefined) : undefined,
    };
  }

  newCallId(customerNumber: string | undefined, direction: Call['direction']): string {
    return this.account.provider === 'pilot-meta'
      ? newWacid(customerNumber ?? this.account.displayPhoneNumber, direction)
      : newWebCallId();
  }

  takesCalls(): boolean {
    return this.#number.cloud?.takesCalls() ?? !this.#world.switchboard.faults.api.disconnected;
  }

  setWebhookUrl(url: string): void {
    this.account.webhookUrl = url;
  }

  claim(request: HttpRequest): (() => Promise<Handled>) | undefined {
    const { apiKey, tenantKey } = this.account;
    const key = request.headers['x-api-key'];
    const known = key === apiKey || (tenantKey !== undefined && key === tenantKey);
    return isOurs(request) && known ? () => this.#handle(request, key === apiKey) : undefined;
  }

  turnAway(request: HttpRequest): HttpReply | undefined {
    return isOurs(request)
      ? pilotError('UNAUTHORIZED', 'API key missing or invalid', 401)
      : undefined;
  }

  async #handle(request: HttpRequest, mine: boolean): Promise<Handled> {
    const ask = this.#read(request);
    const action = ACTIONS[ask.what] ?? null;
    const done = (reply: HttpReply): Handled => ({
      reply,
      action,
      callId: ask.call?.id ?? this.#placed(reply),
    });
    if (!mine) {
      return done(pilotError('TENANT_SCOPE_NOT_ALLOWED', 'Use a key of the number', 403));
    }
    const failure =
      action === null
        ? undefined
        : await this.#world.apiFaults.pass(action, request.method, ask.call);
    if (failure === 'reset') return done({ kind: 'reset' });
    if (failure) {
      const { code, details, status } = failure;
      return done(pilotError(String(code), details ?? String(code), status));
    }
    if (!this.#number.cloud && this.#world.switchboard.faultsOf(ask.call).api.disconnected) {
      return done(
        pilotError('WHATSAPP_INSTANCE_NOT_CONNECTED', 'The WhatsApp number is not connected'),
      );
    }
    return done(passedOn(await respond(this.#number, ask)));
  }

  #read({ method, path, query, body }: HttpRequest): Ask {
    const rest = path.slice(CALLS.length);
    const fixed = `${method} ${rest}` in ACTIONS;
    const [, id = '', ...tail] = rest.split('/');
    const named = fixed ? undefined : decodeURIComponent(id);
    const mine = this.#world.switchboard
      .all()
      .filter(({ accountId }) => accountId === this.account.id);
    return {
      what: fixed ? `${method} ${rest}` : `${method} /${[':', ...tail].join('/')}`,
      call: named === undefined ? undefined : this.#number.calls.find(named, mine),
      query,
      body: body.length === 0 ? undefined : parseBody(body),
    };
  }

  /** The call that the answer to a dial names. */
  #placed(reply: HttpReply): string | undefined {
    const id: unknown =
      reply.kind === 'json' ? Reflect.get(Object(reply.body), 'externalCallId') : undefined;
    return typeof id === 'string' ? id : undefined;
  }

  async notify(event: WorldEvent): Promise<void> {
    const { account } = this;
    const world = this.#world;
    const number = this.#number;
    const now = world.clock.now();
    const flat = flatEvent(number.calls, event, now);
    const posts: Promise<void>[] = [];
    if (flat && account.events.includes(flat.event)) {
      const body = JSON.stringify({ event: flat.event, ...flat.fields });
      posts.push(this.#outbox.post({ label: flat.label, call: flat.call, body }));
    }
    if (event.type === 'message' && account.events.includes('message.received')) {
      const body = JSON.stringify(messageReceived(account, event.message));
      posts.push(this.#outbox.post({ label: 'message', body }));
    }
    // Meta's own envelope: the value of its change, with the SDPs.
    if (account.provider === 'pilot-meta' && account.events.includes('calls')) {
      const change = changeOf(account, event, now);
      if (change?.field === 'calls') {
        const body = JSON.stringify({ event: 'calls', data: change.value });
        posts.push(this.#outbox.post({ label: change.label, call: change.call, body }));
      }
    }
    await Promise.all(posts);
  }

  announce(notice: Notice): Promise<void> {
    throw new Error(`Pilot Status passes no ${notice.what} on`);
  }

  changeSettings(settings: unknown): void {
    mustSucceed(putSettings(this.#number, settings));
  }

  /** There is no handshake. */
  verifyWebhook(): Promise<HandshakeResult> {
    return Promise.resolve({ state: 'not-tried' });
  }

  postRaw(webhook: RawWebhook): Promise<void> {
    return this.#outbox.postRaw(webhook);
  }
}

const isOurs = ({ path }: HttpRequest): boolean => path === CALLS || path.startsWith(`${CALLS}/`);
