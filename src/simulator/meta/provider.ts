import type { WorldEvent } from '../calls/call.ts';
import type { MetaAccount } from '../config.ts';
import type { ApiAction } from '../faults.ts';
import { parseBody, textField } from '../http/body.ts';
import { type HttpReply, type HttpRequest } from '../http/server.ts';
import type { Handled, World } from '../providers.ts';
import { type HandshakeResult, verifyEndpoint } from '../webhooks/handshake.ts';
import { signBody } from '../webhooks/signature.ts';
import { getAnalytics } from './analytics.ts';
import { actionOf, CloudProvider, newId } from './cloud.ts';
import { getPermissions, getSettings, postCall, postSettings } from './endpoints.ts';
import { graphError, unknownObject } from './errors.ts';
import { fileReply, mediaReply } from './files.ts';
import { postMessage } from './messages.ts';
import {
  debugToken,
  getNumber,
  getNumbers,
  getSubscriptions,
  getTemplates,
  setSubscription,
} from './objects.ts';
import { postMedia } from './voicemail.ts';
import { tellRecordings } from './webhooks.ts';

/** The method and object of a request, e.g. `POST number/calls`. */
const ACTIONS: Readonly<Record<string, ApiAction>> = {
  'GET number/call_permissions': 'permissions',
  'GET number/settings': 'settings',
  'POST number/settings': 'settings',
  'POST number/messages': 'messages',
  'POST number/media': 'settings',
  'GET waba/message_templates': 'templates',
  'GET waba/': 'analytics',
  'GET number/': 'number',
  'GET waba/phone_numbers': 'number',
  'GET waba/subscribed_apps': 'subscriptions',
  'POST waba/subscribed_apps': 'subscriptions',
  'DELETE waba/subscribed_apps': 'subscriptions',
  'GET token/': 'token',
  'GET media/': 'recording',
  'GET file/': 'recording',
};
const FILES = '/whatsapp_business/attachments/';
/** Graph versions that are still answered on 2026-11-28; a call without one gets the app's own. */
const OLDEST_VERSION = 20;
const NEWEST_VERSION = 26;

const isVersion = (major: number): boolean => major >= OLDEST_VERSION && major <= NEWEST_VERSION;

/** Meta's Graph API and webhooks for one phone number. */
export class MetaProvider extends CloudProvider<MetaAccount> {
  constructor(account: MetaAccount, world: World) {
    super(account, world, (body, genuine) => ({
      'x-hub-signature-256': signBody(genuine ? account.appSecret : 'not the app secret', body),
    }));
  }

  /** Paths are `/{object id}/{edge}`, with or without a version in front. */
  claim(request: HttpRequest): (() => Promise<Handled>) | undefined {
    const { method, path, query } = request;
    const match = /^(?:\/v(\d+)\.0)?\/([^/]+)(?:\/([a-z_]*))?\/?$/.exec(path);
    if (match?.[1] !== undefined && !isVersion(Number(match[1]))) return undefined;
    const id = path === FILES ? (query.get('mid') ?? '') : (match?.[2] ?? '');
    if (id === 'debug_token' && this.#isOurs(query.get('input_token'), request)) {
      return () => this.#handle(`${method} token/`, id, request);
    }
    const object = path === FILES && this.#kindOf(id) === 'media' ? 'file' : this.#kindOf(id);
    if (object === undefined) return undefined;
    const edge = path === FILES ? '' : (match?.[3] ?? '');
    return () => this.#handle(`${method} ${object}/${edge}`, id, request);
  }

  turnAway({ path }: HttpRequest): HttpReply | undefined {
    const match = /^(?:\/v([\d.]+))?\/(\d+|debug_token)(?:\/[a-z_]+)?\/?$/.exec(path);
    if (!match) return undefined;
    const [, version, id = ''] = match;
    if (version !== undefined && !/^\d+\.0$/.test(version)) return graphError(2500, path);
    if (version !== undefined && !isVersion(Number.parseInt(version, 10))) {
      return graphError(2500, path);
    }
    return id === 'debug_token' ? graphError(190) : unknownObject(id);
  }

  /** Among several numbers, the one that owns the token answers; an unknown token gets an error. */
  #isOurs(token: string | null, { headers }: HttpRequest): boolean {
    const { accessToken } = this.account;
    return token === accessToken || headers.authorization === `Bearer ${accessToken}`;
  }

  #kindOf(id: string): 'number' | 'waba' | 'media' | undefined {
    if (id === this.account.phoneNumberId) return 'number';
    if (id === this.account.wabaId) return 'waba';
    return this.number.fileOf(id) ? 'media' : undefined;
  }

  async #handle(what: string, id: string, request: HttpRequest): Promise<Handled> {
    // Subscribing needs no body, and an upload has a form.
    const hasJson = ACTIONS[what] !== 'subscriptions' && what !== 'POST number/media';
    const body = hasJson ? parseBody(request.body) : {};
    const action = what === 'POST number/calls' ? actionOf(body) : (ACTIONS[what] ?? null);
    const callId = textField(body, 'call_id');
    const done = (reply: HttpReply): Handled => ({ reply, action, callId: callId ?? newId(reply) });

    if (request.headers.authorization !== `Bearer ${this.account.accessToken}`) {
      return done(graphError(190));
    }
    if (action === null && what !== 'POST number/calls') return done(unknownObject(id));
    const fault = await this.fault(request.method, action, body);
    if (fault) return done(fault);
    return done(await this.#answer(what, id, request, body));
  }

  #answer(
    what: string,
    id: string,
    { query, headers, body: bytes }: HttpRequest,
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
      case 'POST number/media':
        return postMedia(number, headers['content-type'] ?? '', bytes);
      case 'GET waba/message_templates':
        return getTemplates(query);
      case 'GET number/':
        return getNumber(number, query.get('fields'));
      case 'GET waba/phone_numbers':
        return getNumbers(number);
      case 'GET waba/subscribed_apps':
        return getSubscriptions(number);
      case 'POST waba/subscribed_apps':
        return setSubscription(number, true);
      case 'DELETE waba/subscribed_apps':
        return setSubscription(number, false);
      case 'GET token/':
        return debugToken(number, query.get('input_token'), this.account.accessToken);
      case 'GET waba/':
        return getAnalytics(number, query.get('fields') ?? '');
      default:
        return this.#file(what, id);
    }
  }

  /** A file's address, and the file itself (docs/providers/meta.md#recording, #files). */
  #file(what: string, id: string): HttpReply {
    const file = this.number.fileOf(id);
    if (!file) return unknownObject(id);
    if (what === 'GET file/') return fileReply(file);
    return mediaReply(id, file, this.number.recordings.url(id));
  }

  override async notify(event: WorldEvent): Promise<void> {
    if (event.type === 'ended') {
      tellRecordings(this.number, event.call, (more) => void this.post(more));
    }
    await super.notify(event);
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
}
