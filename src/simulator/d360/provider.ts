import type { D360Account } from '../config.ts';
import type { ApiAction } from '../faults.ts';
import { parseBody, textField } from '../http/body.ts';
import { type HttpReply, type HttpRequest, json } from '../http/server.ts';
import { actionOf, CloudProvider, newId } from '../meta/cloud.ts';
import { getPermissions, getSettings, postCall, postSettings } from '../meta/endpoints.ts';
import { errorOfReply } from '../meta/errors.ts';
import { fileReply, mediaReply } from '../meta/files.ts';
import { postMessage } from '../meta/messages.ts';
import { metaUrlOf } from '../meta/message-payloads.ts';
import { templates } from '../meta/templates.ts';
import type { Handled, World } from '../providers.ts';
import type { HandshakeResult } from '../webhooks/handshake.ts';
import { hmac } from '../webhooks/signature.ts';

const PERMISSIONS = '/calling/permissions/';

const ACTIONS: Readonly<Record<string, ApiAction>> = {
  'GET /calling/settings': 'settings',
  'POST /calling/settings': 'settings',
  'POST /messages': 'messages',
  'GET /v1/configs/templates': 'templates',
};

/**
 * 360dialog's API and webhooks for one number: Meta's bodies behind other paths, and a key that
 * names the number (docs/providers/d360.md). Errors of the calling endpoints are text, as its
 * OpenAPI has them; `/messages` passes Meta's object on.
 */
export class D360Provider extends CloudProvider<D360Account> {
  constructor(account: D360Account, world: World) {
    const { webhookSecret } = account;
    super(account, world, (body, genuine) =>
      webhookSecret === undefined
        ? undefined
        : { 'x-360dialog-signature': hmac(genuine ? webhookSecret : 'not the secret', body) },
    );
  }

  claim(request: HttpRequest): (() => Promise<Handled>) | undefined {
    const mine = request.headers['d360-api-key'] === this.account.apiKey;
    if (!mine) return undefined;
    const asked = fileAsked(request);
    if (asked) return () => this.#file(request, asked);
    return isOurs(request) ? () => this.#handle(request) : undefined;
  }

  turnAway(request: HttpRequest): HttpReply | undefined {
    return isOurs(request) ? json(401, { error: 'Invalid api key' }) : undefined;
  }

  async #handle(request: HttpRequest): Promise<Handled> {
    const body = parseBody(request.body);
    const what = `${request.method} ${request.path}`;
    const action = actionAt(what, body);
    const callId = textField(body, 'call_id');
    const done = (reply: HttpReply): Handled => ({
      reply: what === 'POST /messages' ? reply : worded(reply),
      action,
      callId: callId ?? newId(reply),
    });
    const fault = await this.fault(request.method, action, body);
    if (fault) return done(fault);
    return done(await this.#answer(what, body));
  }

  /** Where a file is at Meta, and the file (docs/providers/d360.md#files). */
  async #file(request: HttpRequest, { id, isFile }: FileAsked): Promise<Handled> {
    const fault = await this.fault(request.method, 'recording', {});
    const file = this.number.fileOf(id);
    const reply =
      fault ??
      (file
        ? isFile
          ? fileReply(file)
          : mediaReply(id, file, metaUrlOf(id))
        : json(404, { error: 'Not found' }));
    return { reply, action: 'recording', callId: undefined };
  }

  async #answer(what: string, body: unknown): Promise<HttpReply> {
    const { number } = this;
    switch (what) {
      case 'POST /calling/calls':
        return withSuccess(await postCall(number, body));
      case 'GET /calling/settings':
        return getSettings(number);
      case 'POST /calling/settings':
        return postSettings(number, body);
      case 'POST /messages':
        return postMessage(number, body);
      case 'GET /v1/configs/templates':
        return listTemplates();
    }
    const to = what.startsWith(`GET ${PERMISSIONS}`) ? what.split('/').at(-1) : undefined;
    if (to === undefined || to === '') return json(404, { error: 'Not found' });
    return getPermissions(number, { to: decodeURIComponent(to) });
  }

  /** Its webhooks are set by API, without a handshake. */
  verifyWebhook(): Promise<HandshakeResult> {
    return Promise.resolve({ state: 'not-tried' });
  }
}

/** Its list is complete and has its own field name, with lower-case states. */
const listTemplates = (): HttpReply =>
  json(200, {
    count: templates.length,
    total: templates.length,
    limit: 1000,
    offset: 0,
    waba_templates: templates.map(({ status, ...one }) => ({
      ...one,
      status: status.toLowerCase(),
    })),
  });

interface FileAsked {
  id: string;
  isFile: boolean;
}

function fileAsked({ method, path, query }: HttpRequest): FileAsked | undefined {
  if (method !== 'GET') return undefined;
  const isFile = path === '/whatsapp_business/attachments/';
  const id = isFile ? query.get('mid') : /^\/(\d+)$/.exec(path)?.[1];
  return id == null ? undefined : { id, isFile };
}

const isOurs = ({ path }: HttpRequest): boolean =>
  path.startsWith('/calling/') || path === '/messages' || path === '/v1/configs/templates';

function actionAt(what: string, body: unknown): ApiAction | null {
  if (what === 'POST /calling/calls') return actionOf(body);
  if (what.startsWith(`GET ${PERMISSIONS}`)) return 'permissions';
  return ACTIONS[what] ?? null;
}

/** Its answer to `connect` has `success`, which Meta's does not. */
function withSuccess(reply: HttpReply): HttpReply {
  if (reply.kind !== 'json' || reply.status !== 200) return reply;
  return { ...reply, body: { success: true, ...Object(reply.body) } };
}

/** Meta's error as text. */
function worded(reply: HttpReply): HttpReply {
  const error = errorOfReply(reply);
  return reply.kind === 'json' && error !== undefined ? { ...reply, body: { error } } : reply;
}
