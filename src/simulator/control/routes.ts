import { z } from 'zod';
import { sentFileSchema } from '../customers/sample-files.ts';
import type { Simulator } from '../api.ts';
import { startCallSchema } from '../calls/plan.ts';
import { parseWith } from '../lib/parse.ts';
import { destinationSchema } from '../config.ts';
import { behaviourPatchSchema, customerRefSchema } from '../customers/behaviour.ts';
import { faultsPatchSchema } from '../faults.ts';
import { type HttpReply, type HttpRequest, json } from '../http/server.ts';
import { noticeSchema } from '../providers.ts';

const rawWebhookSchema = z.strictObject({
  account: z.string().optional(),
  /** Any text; an object is sent as its JSON. */
  body: z.union([z.string(), z.looseObject({}).transform((value) => JSON.stringify(value))]),
  signature: z.enum(['good', 'bad', 'none']).default('good'),
});
const accountSchema = z.strictObject({
  webhookUrl: z.url().optional(),
  destination: destinationSchema.optional(),
});
const messageSchema = z
  .strictObject({
    account: z.string().optional(),
    customer: customerRefSchema,
    text: z.string().min(1).max(4096).optional(),
    file: sentFileSchema.optional(),
    replyTo: z.string().min(1).optional(),
  })
  .refine(({ text, file }) => text !== undefined || file !== undefined, 'text or file: required');
const decisionSchema = z.strictObject({
  account: z.string().optional(),
  customer: customerRefSchema,
  decision: z.enum(['allow', 'allow-permanent', 'refuse']),
});
const faultsBodySchema = faultsPatchSchema.extend({ reset: z.boolean().default(false) });

type Route = (parameter: string, request: HttpRequest) => HttpReply | Promise<HttpReply>;

/**
 * The control API under `/sim/`: the same as `Simulator`, for other processes and for manual use.
 */
export function createControl(simulator: Simulator): (request: HttpRequest) => Promise<HttpReply> {
  const routes: Record<string, Route> = {
    'GET /sim/health': () =>
      json(200, { ok: true, baseUrl: simulator.baseUrl, handshakes: simulator.handshakes() }),
    'POST /sim/calls': async (_, request) =>
      json(201, await simulator.startCall(parse(startCallSchema, request))),
    'GET /sim/calls': () => json(200, { calls: simulator.calls() }),
    'GET /sim/calls/:': (callId) => found(simulator.report(callId)),
    'POST /sim/calls/:/hangup': (callId) => {
      const hungUp = simulator.hangUp(callId);
      return json(hungUp ? 200 : 409, { ok: hungUp });
    },
    'POST /sim/calls/:/cut-sound': (callId) => {
      const cut = simulator.cutAudio(callId);
      return json(cut ? 200 : 409, { ok: cut });
    },
    'PUT /sim/faults': (_, request) => {
      const { reset, ...patch } = parse(faultsBodySchema, request);
      if (reset) simulator.clearFaults();
      return json(200, simulator.setFaults(patch));
    },
    'PUT /sim/customers/:': (id, request) => {
      const reference = /^\+?\d+$/.test(id) ? { waId: id } : { bsuid: id };
      simulator.setCustomer(reference, parse(behaviourPatchSchema, request));
      return json(200, { ok: true });
    },
    'PUT /sim/accounts/:': async (id, request) => {
      const { webhookUrl, destination } = parse(accountSchema, request);
      if (destination) simulator.setDestination(destination, id);
      if (webhookUrl !== undefined) await simulator.setWebhookUrl(webhookUrl, id);
      return json(200, simulator.handshakes()[id]);
    },
    'POST /sim/accounts/:/notices': async (id, request) => {
      await simulator.announce(parse(noticeSchema, request), id);
      return json(200, { ok: true });
    },
    'POST /sim/accounts/:/settings': (id, request) => {
      simulator.changeSettings(parse(z.unknown(), request), id);
      return json(200, { ok: true });
    },
    'POST /sim/messages': (_, request) =>
      json(201, simulator.writeMessage(parse(messageSchema, request))),
    'POST /sim/permissions': (_, request) => {
      simulator.decide(parse(decisionSchema, request));
      return json(200, { ok: true });
    },
    'GET /sim/messages': () => json(200, { messages: simulator.messages() }),
    'POST /sim/accounts/:/verify': async (id) => json(200, await simulator.verifyWebhook(id)),
    'GET /sim/requests': () => json(200, { requests: simulator.requests() }),
    'GET /sim/webhooks': () => json(200, { webhooks: simulator.webhooks() }),
    'POST /sim/webhooks': async (_, request) => {
      await simulator.postWebhook(parse(rawWebhookSchema, request));
      return json(200, { webhook: simulator.webhooks().findLast(({ label }) => label === 'raw') });
    },
    'GET /sim/events': () => ({
      kind: 'events',
      start: (write) => simulator.on('*', write),
    }),
  };
  return async (request) => {
    const [, sim = '', collection = '', id, ...rest] = request.path.split('/');
    const pattern = [`${request.method} /${sim}/${collection}`];
    if (id !== undefined) pattern.push(':');
    const route = routes[[...pattern, ...rest].join('/')];
    if (!route) return json(404, { error: `No ${request.method} ${request.path}` });
    try {
      return await route(decodeURIComponent(id ?? ''), request);
    } catch (error) {
      return json(400, { error: error instanceof Error ? error.message : String(error) });
    }
  };
}

const found = (report: unknown): HttpReply =>
  report === undefined ? json(404, { error: 'No such call' }) : json(200, report);

/** Reads a JSON body; the error names the wrong fields. */
const parse = <S extends z.ZodType>(schema: S, { body }: HttpRequest): z.output<S> =>
  parseWith(schema, body.length === 0 ? {} : JSON.parse(body.toString()));
