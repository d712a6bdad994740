import { type ChildProcess, fork } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { newCertificate } from '../../../src/relay/media/transport.ts';
import { Latencies } from './latencies.ts';
import { BenchPeer } from './peer.ts';
import { HOST, type Reply, type Request } from './wire.ts';

/** The result of one step of load. */
export interface Step {
  calls: number;
  /** Packets through the process each second. */
  packetsPerSecond: number;
  lossPercent: number;
  p50Ms: number;
  p99Ms: number;
  /** Share of one core that the process used. */
  cpuPercent: number;
  cpuUsPerPacket: number;
  /** Share of the time in which the process was ready but did not get a core. */
  waitedPercent: number;
  rssMib: number;
}

const PACKETS_PER_CALL = 100;
/** As large as calls' packets are on average. */
const PACKET_BYTES = 114;
/** By then every customer hears an agent instead of hold music. */
const SETTLE_MS = 500;

/** Drives the process under measurement: calls for the bridge, datagrams for the echo, both at 50 packets/s each way. */
export class Load {
  private readonly child: ChildProcess;
  /** Measured separately, because calls keep playing hold music meanwhile. */
  private readonly latencies = { calls: new Latencies(), echo: new Latencies() };
  private readonly waiting = new Set<(reply: Reply) => void>();
  private readonly calls: { customer: BenchPeer; agent: BenchPeer }[] = [];
  private readonly certificate = newCertificate();

  private constructor(child: ChildProcess) {
    this.child = child;
    child.on('message', (reply: Reply) => {
      for (const check of this.waiting) check(reply);
    });
  }

  /** @param recordings folder in which every call is recorded; undefined: none is */
  static async open(nodeOptions: readonly string[], recordings?: string): Promise<Load> {
    const child = fork(new URL('./relay-process.ts', import.meta.url), {
      execArgv: [...nodeOptions],
      env: {
        ...process.env,
        ...(recordings !== undefined && { RINGDESK_BENCH_RECORDINGS: recordings }),
      },
    });
    const load = new Load(child);
    await load.reply('ready');
    return load;
  }

  /** Brings the number of connected calls up to `count`. */
  async grow(count: number): Promise<void> {
    for (let id = this.calls.length; id < count; id++) {
      const certificate = await this.certificate;
      const [customer, agent] = await Promise.all([
        BenchPeer.open('customer', certificate, this.latencies.calls),
        BenchPeer.open('agent', certificate, this.latencies.calls),
      ]);
      customer.other = agent;
      agent.other = customer;
      const answers = this.reply('answers');
      this.ask({ ask: 'call', id, customerOffer: customer.offer, agentOffer: agent.offer });
      const { customer: forCustomer, agent: forAgent } = await answers;
      const started = this.reply('started');
      const connected = Promise.all([customer.connect(forCustomer), agent.connect(forAgent)]);
      this.ask({ ask: 'start', id });
      await Promise.all([connected, started]);
      this.calls.push({ customer, agent });
    }
  }

  /** Runs all calls for a while. */
  async forward(seconds: number): Promise<Step> {
    const peers = this.calls.flatMap(({ customer, agent }) => [customer, agent]);
    return this.run(
      this.calls.length,
      seconds,
      (slot) => peers[slot]?.send(),
      () => peers.reduce((sum, { received }) => sum + received, 0),
      this.latencies.calls,
    );
  }

  /** Sends as many datagrams of the same size through a bare echo in the same process. */
  async echo(calls: number, seconds: number): Promise<Step> {
    const reply = this.reply('echo');
    this.ask({ ask: 'echo' });
    const { port } = await reply;
    const sockets: Socket[] = [];
    let received = 0;
    for (let i = 0; i < calls * 2; i++) {
      const socket = createSocket('udp4');
      socket.on('message', (packet) => {
        received++;
        this.latencies.echo.add(performance.now() - packet.readDoubleBE(0));
      });
      await new Promise<void>((resolve) => socket.bind(0, HOST, resolve));
      sockets.push(socket);
    }
    const step = await this.run(
      calls,
      seconds,
      (slot) => {
        const packet = Buffer.allocUnsafe(PACKET_BYTES);
        packet.writeDoubleBE(performance.now(), 0);
        sockets[slot]?.send(packet, port, HOST);
      },
      () => received,
      this.latencies.echo,
    );
    for (const socket of sockets) socket.close();
    return step;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.calls.flatMap(({ customer, agent }) => [customer.close(), agent.close()]),
    );
    const left = new Promise((resolve) => this.child.once('exit', resolve));
    this.ask({ ask: 'end' });
    await left;
  }

  /** Sends from every slot each 20 ms, spread evenly as independent callers are, and measures after settling. */
  private async run(
    calls: number,
    seconds: number,
    send: (slot: number) => void,
    received: () => number,
    latencies: Latencies,
  ): Promise<Step> {
    const perMs = (calls * PACKETS_PER_CALL) / 1000;
    const slots = calls * 2;
    let sent = 0;
    const startMs = performance.now();
    const totalMs = SETTLE_MS + seconds * 1000;
    let before:
      | { us: number; waitedUs: number; sent: number; received: number; atMs: number }
      | undefined;
    for (;;) {
      const elapsed = performance.now() - startMs;
      if (elapsed >= totalMs) break;
      for (const due = elapsed * perMs; sent < due; sent++) send(sent % slots);
      if (!before && elapsed >= SETTLE_MS) {
        const { us, waitedUs } = await this.cpu();
        before = { us, waitedUs, sent, received: received(), atMs: performance.now() };
        latencies.isOn = true;
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    latencies.isOn = false;
    const { us, waitedUs, rssMib } = await this.cpu();
    const passedMs = performance.now() - (before?.atMs ?? startMs);
    const packets = received() - (before?.received ?? 0);
    const { p50Ms, p99Ms } = latencies.take();
    const usedUs = us - (before?.us ?? 0);
    return {
      calls,
      packetsPerSecond: (packets * 1000) / passedMs,
      lossPercent: Math.max(0, 100 * (1 - packets / (sent - (before?.sent ?? 0)))),
      p50Ms,
      p99Ms,
      cpuPercent: usedUs / (passedMs * 10),
      cpuUsPerPacket: usedUs / packets,
      waitedPercent: (waitedUs - (before?.waitedUs ?? 0)) / (passedMs * 10),
      rssMib,
    };
  }

  private async cpu(): Promise<Extract<Reply, { is: 'cpu' }>> {
    const reply = this.reply('cpu');
    this.ask({ ask: 'cpu' });
    return reply;
  }

  private ask(request: Request): void {
    this.child.send(request);
  }

  private reply<T extends Reply['is']>(is: T): Promise<Extract<Reply, { is: T }>> {
    return new Promise((resolve) => {
      const check = (reply: Reply) => {
        if (!isReply(reply, is)) return;
        this.waiting.delete(check);
        resolve(reply);
      };
      this.waiting.add(check);
    });
  }
}

const isReply = <T extends Reply['is']>(reply: Reply, is: T): reply is Extract<Reply, { is: T }> =>
  reply.is === is;
