import type { Socket } from 'node:net';
import { PendingRequests } from '../../shared/lib/pending-requests.ts';
import { reasonOf, type Log } from '../log.ts';
import type { MediaHost, MediaListener } from './host.ts';
import {
  fromHost,
  HEARTBEAT_MS,
  lines,
  replies,
  SILENCE_MS,
  type HostRequest,
  type ToHost,
} from './wire.ts';

/** A request takes no longer than this, in ms; gathering candidates from a STUN server is the slowest. */
const REQUEST_MS = 10_000;

/**
 * The media of a process of its own. Should that process die, its calls' media is lost: each of them is told, and the
 * next request starts another process.
 *
 * @param connect finds or starts the process
 */
export async function openRemoteHost(
  connect: () => Promise<Socket>,
  listener: MediaListener,
  log: Log,
): Promise<MediaHost> {
  let socket: Socket | undefined;
  let connecting: Promise<Socket> | undefined;
  let closed = false;
  let listening = false;
  let heardAt = 0;
  const requests = new PendingRequests<unknown>();
  const calls = new Set<string>();
  /** Calls that ended while there was no process; one that only hung may still have them. */
  const toEnd = new Set<string>();

  const send = (to: Socket, message: ToHost) => to.write(`${JSON.stringify(message)}\n`);

  const lost = () => {
    socket = undefined;
    requests.settleAll(() => {
      throw new Error('the media process is gone');
    });
    if (closed) return;
    log.error('media.lost', { calls: calls.size });
    const gone = [...calls];
    calls.clear();
    for (const call of gone) listener(call, { type: 'host-gone' });
  };

  const read = (line: string) => {
    heardAt = Date.now();
    const parsed = fromHost.safeParse(JSON.parse(line));
    if (!parsed.success) return log.error('media.not-understood', { why: parsed.error.message });
    const message = parsed.data;
    if (message.type === 'event') return listener(message.call, message.event);
    if (message.type === 'alive' || message.type === 'hello') return;
    if (message.type === 'reply') requests.resolve(message.id, message.value);
    else requests.reject(message.id, new Error(message.why));
  };

  const open = async (): Promise<Socket> => {
    const opened = await connect();
    heardAt = Date.now();
    opened.setEncoding('utf8');
    const feed = lines(read);
    opened.on('data', (chunk: string) => feed(chunk));
    opened.on('error', (error) => log.warn('media.socket', { why: error.message }));
    opened.on('close', lost);
    opened.resume();
    socket = opened;
    // A process that takes the place of one that died.
    if (listening)
      send(opened, { type: 'request', id: requests.nextId(), request: { method: 'listen' } });
    for (const call of toEnd) {
      send(opened, { type: 'request', id: requests.nextId(), request: { method: 'end', call } });
    }
    toEnd.clear();
    return opened;
  };

  const connected = async (): Promise<Socket> => {
    if (socket) return socket;
    connecting ??= open().finally(() => {
      connecting = undefined;
    });
    return connecting;
  };

  const ask = async (request: HostRequest): Promise<unknown> => {
    const to = await connected();
    return requests.ask((id) => send(to, { type: 'request', id, request }), {
      withinMs: REQUEST_MS,
      late() {
        throw new Error(`the media process does not answer ${request.method}`);
      },
    });
  };

  const beat = setInterval(() => {
    if (!socket) return;
    send(socket, { type: 'alive' });
    if (Date.now() - heardAt > SILENCE_MS) socket.destroy();
  }, HEARTBEAT_MS);

  /** What could not be asked is answered like a call without media. */
  const sdp = async (
    request: HostRequest & { method: 'answerCustomer' | 'offerCustomer' | 'addLeg' },
  ) => {
    try {
      calls.add(request.call);
      return replies[request.method].parse(await ask(request));
    } catch (error) {
      return { ok: false as const, error: reasonOf(error) };
    }
  };
  const tell = async (request: HostRequest): Promise<void> => {
    await ask(request).catch((error: unknown) =>
      log.warn('media.failed', { method: request.method, why: reasonOf(error) }),
    );
  };

  await connected();
  return {
    outlivesRelay: true,
    async calls() {
      const alive = replies.calls.parse(await ask({ method: 'calls' }));
      for (const call of alive) calls.add(call);
      return alive;
    },
    async listen() {
      await tell({ method: 'listen' });
      listening = true;
    },
    answerCustomer: (call, offer) => sdp({ method: 'answerCustomer', call, sdp: offer }),
    offerCustomer: (call) => sdp({ method: 'offerCustomer', call }),
    startCustomer: (call) => tell({ method: 'startCustomer', call }),
    async applyCustomerAnswer(call, answer) {
      try {
        const reply = await ask({ method: 'applyCustomerAnswer', call, sdp: answer });
        return replies.applyCustomerAnswer.parse(reply);
      } catch (error) {
        return { ok: false, error: reasonOf(error) };
      }
    },
    openGate: (call) => tell({ method: 'openGate', call }),
    addLeg: (call, leg, offer) => sdp({ method: 'addLeg', call, leg, sdp: offer }),
    removeLeg: (call, leg) => tell({ method: 'removeLeg', call, leg }),
    async route(call, routing) {
      try {
        return replies.route.parse(await ask({ method: 'route', call, routing }));
      } catch {
        return { ok: false, error: 'unknown-leg' };
      }
    },
    async report(call) {
      try {
        return replies.report.parse(await ask({ method: 'report', call }));
      } catch {
        return undefined;
      }
    },
    async end(call) {
      calls.delete(call);
      // Not worth starting a process for.
      if (socket || connecting) await tell({ method: 'end', call });
      else toEnd.add(call);
    },
    async close() {
      closed = true;
      clearInterval(beat);
      if (!socket) return;
      const going = socket;
      await new Promise<void>((resolve) => {
        going.once('close', () => resolve());
        send(going, { type: 'bye' });
        going.end();
      });
    },
  };
}
