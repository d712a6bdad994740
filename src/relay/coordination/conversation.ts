import type { RawData, WebSocket } from 'ws';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import {
  fromConsole,
  PROTOCOL_VERSION,
  type Agent,
  type FromConsole,
} from '../../shared/relay/protocol.ts';
import { reasonOf, type Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { Console, isRefused, refuse } from './console.ts';
import type { Coordinator } from './coordinator.ts';
import { startOfReplay } from './replay.ts';

/** A console that connects says hello within this, in ms. */
const HELLO_MS = 10_000;

interface Ports {
  store: Store;
  clock: Clock;
  log: Log;
  coordinator: Coordinator;
}

type Hello = Extract<FromConsole, { type: 'hello' }>;

/**
 * Talks with one console, from its connection to its end. Frames are handled one after the other.
 *
 * @returns resolves when the connection is gone and nothing of it is left to do
 */
export function converse(ports: Ports, socket: WebSocket, agent: Agent): Promise<void> {
  const { coordinator, clock, log } = ports;
  let console: Console | undefined;
  let work = Promise.resolve();

  const bad = (message: string) => {
    log.warn('agent.bad-frame', { agent: agent.id, why: message });
    refuse(socket, 'bad-frame', message);
  };
  const cancelHello = clock.at(clock.now() + HELLO_MS, () => bad('No hello came.'));

  const handle = async (data: RawData, binary: boolean): Promise<void> => {
    if (isRefused(socket)) return;
    const read = readFrame(data, binary);
    if ('why' in read) return bad(read.why);
    const { frame } = read;
    if (frame.type === 'hello') {
      if (console) return bad('A second hello.');
      cancelHello();
      console = await greet(ports, socket, agent, frame);
      return;
    }
    if (!console) return bad(`The first frame must be a hello, not ${frame.type}.`);
    switch (frame.type) {
      case 'ack':
        if (console.ack(frame.cursor)) coordinator.pump(console);
        return;
      case 'presence':
        return coordinator.presence(console, frame.presence);
      case 'hold':
      case 'claim':
      case 'release':
      case 'decline': {
        const outcome = await coordinator.decide(console, frame);
        return console.send({ type: 'result', id: frame.id, outcome });
      }
      default:
        return assertNever(frame, 'frame');
    }
  };

  socket.on('message', (data, binary) => {
    work = work
      .then(() => handle(data, binary))
      .catch((error: unknown) => {
        log.error('store.failed', { agent: agent.id, why: reasonOf(error) });
        refuse(socket, 'shutting-down', 'The relay could not use its store.');
      });
  });
  socket.on('error', (error) => {
    log.info('agent.socket-error', { agent: agent.id, why: error.message });
  });
  return new Promise((resolve) => {
    socket.on('close', () => {
      cancelHello();
      // After the frames that came before, or a hello still being handled would enter a console that has left.
      resolve(work.then(() => (console ? leave(ports, console) : undefined)));
    });
  });
}

async function leave({ store, clock, log, coordinator }: Ports, console: Console): Promise<void> {
  coordinator.leave(console);
  await store.agents
    .acknowledged(console.agent.id, console.acked, clock.now())
    .catch((error: unknown) => log.error('store.failed', { why: reasonOf(error) }));
}

async function greet(
  { store, clock, coordinator }: Ports,
  socket: WebSocket,
  agent: Agent,
  hello: Hello,
): Promise<Console | undefined> {
  if (hello.version !== PROTOCOL_VERSION) {
    const which = hello.version < PROTOCOL_VERSION ? 'console' : 'relay';
    refuse(
      socket,
      'version',
      `The relay speaks version ${PROTOCOL_VERSION}, the console ${hello.version}. Update the ${which}.`,
    );
    return undefined;
  }
  const { from, complete, head, epoch } = await startOfReplay(store, clock, hello);
  const console = new Console(socket, store, agent, hello.presence, from);
  const now = clock.now();
  console.send({
    type: 'welcome',
    version: PROTOCOL_VERSION,
    epoch,
    now,
    agent,
    head,
    from,
    complete,
  });
  coordinator.enter(console);
  coordinator.pump(console);
  return console;
}

function readFrame(data: RawData, binary: boolean): { frame: FromConsole } | { why: string } {
  if (binary || !Buffer.isBuffer(data)) return { why: 'Frames are JSON text.' };
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return { why: 'The frame is not JSON.' };
  }
  const parsed = fromConsole.safeParse(value);
  if (parsed.success) return { frame: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  return { why: `The frame is not understood: ${where} ${issue?.message ?? ''}`.trim() };
}
