import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Call, WorldEvent } from '../calls/call.ts';
import type { MetaAccount } from '../config.ts';
import { type ApiAction, noFaults, type WebhookFaults, type WebhookLabel } from '../faults.ts';
import { type HttpReply, type HttpRequest, json } from '../http/server.ts';
import type { Handled, Provider, RawWebhook, World } from '../providers.ts';
import { type HandshakeResult, verifyEndpoint } from '../webhooks/handshake.ts';
import { metaJson, signBody } from '../webhooks/signature.ts';
import {
  type BusinessNumber,
  getPermissions,
  postCall,
  postMessage,
  postSettings,
} from './endpoints.ts';
import { graphError, unknownObject } from './errors.ts';
import { newWacid, newWamid } from './ids.ts';
import * as payloads from './payloads.ts';
import { initialSettings } from './settings.ts';

const CALL_ACTIONS: readonly ApiAction[] = [
  'connect',
  'pre_accept',
  'accept',
  'reject',
  'terminate',
];

const EDGES: readonly string[] = [
  'POST calls',
  'GET call_permissions',
  'GET settings',
  'POST settings',
  'POST messages',
];

/** Meta's Graph API and webhooks for one phone number. */
export class MetaProvider implements Provider {
  readonly account: MetaAccount;
  private readonly world: World;
  private readonly number: BusinessNumber;

  constructor(account: MetaAccount, world: World) {
    this.account = { ...account };
    this.world = world;
    this.number = {
      account: this.account,
      world,
      settings: initialSettings,
      settingsChanged: (changes) => {
        const value = payloads.settingsUpdate(this.account, changes, world.clock.now());
        void this.post('settings', undefined, 'account_settings_update', value);
      },
    };
  }

  newCallId(customerNumber: string | undefined, direction: Call['direction']): string {
    return newWacid(customerNumber ?? this.account.displayPhoneNumber, direction);
  }

  takesCalls(): boolean {
    return (
      this.number.settings.status === 'ENABLED' && this.number.settings.sip?.status !== 'ENABLED'
    );
  }

  setWebhookUrl(url: string): void {
    this.account.webhookUrl = url;
  }

  /** Paths are `/{number id}/{edge}`, with or without a version in front. */
  claim(request: HttpRequest): (() => Promise<Handled>) | undefined {
    const match = /^(?:\/v\d+\.\d+)?\/([^/]+)\/([a-z_]+)\/?$/.exec(request.path);
    if (match?.[1] !== this.account.phoneNumberId) return undefined;
    return () => this.handle(`${request.method} ${match[2]}`, request);
  }

  private async handle(edge: string, request: HttpRequest): Promise<Handled> {
    const body = parseBody(request.body);
    const action = actionOf(edge, body);
    const callId = textField(body, 'call_id');
    const done = (reply: HttpReply): Handled => ({ reply, action, callId: callId ?? newId(reply) });

    if (request.headers.authorization !== `Bearer ${this.account.accessToken}`) {
      return done(graphError(190, undefined));
    }
    if (!EDGES.includes(edge)) return done(unknownObject(this.account.phoneNumberId));
    const call = callId === undefined ? undefined : this.world.switchboard.find(callId);
    const failure = action === null ? undefined : await this.world.apiFaults.pass(action, call);
    if (failure === 'reset') return done({ kind: 'reset' });
    if (failure) return done(graphError(failure.code, failure.details));
    if (body === undefined && request.method === 'POST') {
      return done(graphError(100, 'The body is not JSON'));
    }
    switch (edge) {
      case 'POST calls':
        return done(await postCall(this.number, body));
      case 'GET call_permissions':
        return done(getPermissions(this.number, request));
      case 'GET settings':
        return done(json(200, { calling: this.number.settings }));
      case 'POST settings':
        return done(postSettings(this.number, body));
      default:
        return done(postMessage(this.number, body));
    }
  }

  async notify(event: WorldEvent): Promise<void> {
    const { account } = this;
    const now = this.world.clock.now();
    if (event.type === 'permission') {
      const value = payloads.permissionReply(account, event.change, newWamid(), now);
      return this.post('permission', undefined, 'messages', value);
    }
    const { call } = event;
    switch (event.type) {
      case 'offered':
      case 'answered':
        return this.post('connect', call, 'calls', payloads.connect(account, call, now));
      case 'ringing':
        return this.post('ringing', call, 'calls', payloads.status(account, call, 'RINGING', now));
      case 'picked-up':
        return this.post(
          'accepted',
          call,
          'calls',
          payloads.status(account, call, 'ACCEPTED', now),
        );
      case 'declined':
        return this.post(
          'rejected',
          call,
          'calls',
          payloads.status(account, call, 'REJECTED', now),
        );
      case 'ended':
        if (
          call.direction === 'user-initiated' &&
          this.number.settings.callback_permission_status === 'ENABLED'
        ) {
          this.world.permissions.grantCallback(account.id, call.customer, call.id);
        }
        return this.post('terminate', call, 'calls', payloads.terminate(account, call, now));
      default:
        return assertNever(event, 'world event');
    }
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

  postRaw({ body, signature }: RawWebhook): Promise<void> {
    const damage = { good: 'none', bad: 'bad-signature', none: 'unsigned' } as const;
    return this.send('raw', undefined, body, {
      ...noFaults.webhooks,
      damage: damage[signature],
    });
  }

  private post(
    label: WebhookLabel,
    call: Call | undefined,
    field: string,
    value: Record<string, unknown>,
  ): Promise<void> {
    const body = metaJson(payloads.envelope(this.account, field, value));
    return this.send(label, call, body, this.world.switchboard.faultsOf(call).webhooks);
  }

  private send(
    label: WebhookLabel,
    call: Call | undefined,
    whole: string,
    faults: WebhookFaults,
  ): Promise<void> {
    const body = faults.damage === 'garbage' ? whole.slice(0, Math.ceil(whole.length / 2)) : whole;
    const secret =
      faults.damage === 'bad-signature' ? 'not the app secret' : this.account.appSecret;
    return this.world.webhooks.post(
      {
        accountId: this.account.id,
        url: this.account.webhookUrl,
        label,
        callId: call?.id,
        body,
        headers:
          faults.damage === 'unsigned' ? {} : { 'x-hub-signature-256': signBody(secret, body) },
      },
      faults,
    );
  }
}

/** Null for an action that does not exist: the endpoint's schema refuses it with its reason. */
function actionOf(edge: string, body: unknown): ApiAction | null {
  switch (edge) {
    case 'POST calls':
      return CALL_ACTIONS.find((action) => action === textField(body, 'action')) ?? null;
    case 'GET call_permissions':
      return 'permissions';
    case 'GET settings':
    case 'POST settings':
      return 'settings';
    case 'POST messages':
      return 'messages';
    default:
      return null;
  }
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function textField(body: unknown, key: string): string | undefined {
  const value: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The id in the answer of a connect request, for the records. */
function newId(reply: HttpReply): string | undefined {
  if (reply.kind !== 'json') return undefined;
  const { body } = reply;
  const calls: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, 'calls') : [];
  return Array.isArray(calls) ? textField(calls[0], 'id') : undefined;
}
