import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallBridge } from '../../../src/relay/media/call-bridge.ts';
import { MediaEngine } from '../../../src/relay/media/engine.ts';
import type { SdpResult } from '../../../src/relay/media/sdp-parse.ts';
import { RECORDING_EXTENSION } from '../../../src/shared/recording/model.ts';
import { HOST, type Reply, type Request } from './wire.ts';

/** The process under measurement: nothing but the relay's media, and a bare UDP echo to compare it with. */
const engine = await MediaEngine.open({
  network: { bind: HOST },
  holdFile: new URL('../../../resources/speech/hold.opus20', import.meta.url).pathname,
});
const bridges = new Map<number, CallBridge>();

const say = (reply: Reply): void => void process.send?.(reply);

const talk = (bridge: CallBridge): void => void bridge.route({ kind: 'talking', agent: 'agent' });

/** Where every call is recorded; undefined: nowhere. */
const recordings = process.env['RINGDESK_BENCH_RECORDINGS'];

function record(bridge: CallBridge, folder: string, id: number): void {
  const name = `call-${id}`;
  const facts = { callId: name, accountId: 'bench', by: 'relay', consent: 'agent' } as const;
  const path = join(folder, `${name}${RECORDING_EXTENSION}`);
  bridge.record({ do: 'start', id: name, path, facts, secret: randomBytes(32).toString('hex') });
}

function take<T>(result: SdpResult<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

async function handle(request: Request): Promise<void> {
  switch (request.ask) {
    case 'call': {
      const { id } = request;
      let connected = 0;
      const bridge = engine.openBridge((event) => {
        if (event.type === 'connected' && ++connected === 2) say({ is: 'started', id });
        // Between two steps of load the agent is silent and the customer on hold.
        if (event.type === 'media-back' && event.leg.side === 'agent') talk(bridge);
      });
      bridges.set(id, bridge);
      const customer = take(await bridge.answerCustomer(request.customerOffer));
      const agent = take(await bridge.addLeg('agent', request.agentOffer));
      return say({ is: 'answers', id, customer, agent });
    }
    case 'start': {
      const bridge = bridges.get(request.id);
      bridge?.startCustomer();
      if (bridge) talk(bridge);
      bridge?.openGate();
      if (bridge && recordings !== undefined) record(bridge, recordings, request.id);
      return;
    }
    case 'echo': {
      const socket = createSocket('udp4');
      socket.on('message', (packet, { port, address }) => socket.send(packet, port, address));
      socket.bind(0, HOST, () => say({ is: 'echo', port: socket.address().port }));
      return;
    }
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      const rssMib = process.memoryUsage().rss / 2 ** 20;
      return say({ is: 'cpu', us: user + system, waitedUs: waitedUs(), rssMib });
    }
    case 'end':
      await engine.close();
      process.exit();
  }
}

/** Linux reports how long a process was ready while others ran; elsewhere this stays 0. */
function waitedUs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1000;
  } catch {
    return 0;
  }
}

process.on('message', (request: Request) => {
  handle(request).catch((error: unknown) => {
    throw error;
  });
});
// The bench has ended without asking.
process.on('disconnect', () => process.exit());
say({ is: 'ready' });
