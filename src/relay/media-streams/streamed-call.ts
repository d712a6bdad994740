import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import { takesAudio, type AudioSocket } from './audio-socket.ts';
import { even } from './frames.ts';
import type { ProviderStream } from './provider-stream.ts';

/** How often an agent's connection is checked, in ms; consoles always send, even silence. */
const BEAT_MS = 5_000;
/** A call without an agent is ended after this, in ms: the customer hears nothing. */
const ALONE_MS = 60_000;

interface AgentSocket {
  id: string;
  socket: AudioSocket;
  alive: boolean;
}

/**
 * One call whose audio the provider streams here: joins its stream with the connection of the agent
 * who has the call.
 */
export class StreamedCall {
  readonly callId: string;
  readonly accountId: string;
  readonly announcedAt: number;
  readonly direction: 'inbound' | 'outbound';
  /** The agent who placed it; for customers' calls the store knows who claimed them. */
  readonly placedBy: string | undefined;
  stream: ProviderStream | undefined;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #handleChanged: () => void;
  #agent: AgentSocket | undefined;
  /** When it was hung up; a stream that still arrives is closed at once. */
  overAt: number | undefined;
  /** Numbers the provider's connections, also those to other nodes. */
  streams = 0;
  #cancelBeat: () => void = () => undefined;
  #cancelAlone: () => void = () => undefined;

  constructor(
    call: Pick<StreamedCall, 'callId' | 'accountId' | 'direction' | 'placedBy'>,
    { clock, log }: { clock: Clock; log: Log },
    handleChanged: () => void,
  ) {
    this.callId = call.callId;
    this.accountId = call.accountId;
    this.direction = call.direction;
    this.placedBy = call.placedBy;
    this.announcedAt = clock.now();
    this.#clock = clock;
    this.#log = log;
    this.#handleChanged = handleChanged;
  }

  /** Whether a stream without an id may be this call's: it has none yet, or lost the one it had. */
  get awaitsStream(): boolean {
    return !this.stream && (this.streams === 0 || this.overAt === undefined);
  }

  /** Whether an agent's console is connected to it. */
  get isAttended(): boolean {
    return this.#agent !== undefined;
  }

  /**
   * The provider's stream has arrived; an earlier one is replaced.
   *
   * @param elsewhere number of one at another node
   */
  join(stream: ProviderStream, elsewhere = 0): void {
    this.streams = Math.max(this.streams, elsewhere) + 1;
    if (this.overAt !== undefined) return stream.close();
    const before = this.stream;
    this.stream = stream;
    before?.close();
    this.#watchAlone();
    this.#handleChanged();
    this.#log.info('stream.joined', { call: this.callId, rate: stream.sampleRate });
  }

  /** The provider's stream has ended, so there is no more audio. */
  leave(stream: ProviderStream): void {
    if (this.stream !== stream) return;
    this.stream = undefined;
    this.#cancelAlone();
    this.#log.info('stream.ended', { call: this.callId, ...stream.figures });
    this.#dismiss();
    this.#handleChanged();
  }

  /** Sends the customer's audio to the agent, if there is one. */
  hear(pcm16: Buffer): void {
    const socket = this.#agent?.socket;
    if (socket && takesAudio(socket)) socket.send(pcm16);
  }

  /** An agent's connection; an earlier one is replaced, e.g. after a crash of the console. */
  connect(agentId: string, socket: AudioSocket): void {
    this.#dismiss();
    const agent = { id: agentId, socket, alive: true };
    this.#agent = agent;
    this.#cancelAlone();
    socket.on('message', (data, binary) => {
      agent.alive = true;
      if (binary && Buffer.isBuffer(data)) this.stream?.say(even(data));
    });
    socket.on('pong', () => {
      agent.alive = true;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.#lost(agent));
    this.#beat();
    this.#log.info('stream.agent-joined', { call: this.callId, agent: agentId });
  }

  /** Cuts an agent's connection. The customer hears nothing until another agent has the call. */
  disconnect(agentId: string): void {
    if (this.#agent?.id !== agentId) return;
    this.#dismiss();
    if (this.stream) this.#watchAlone();
  }

  /** Ends both sides for good. */
  end(): void {
    const isNew = this.overAt === undefined;
    this.overAt ??= this.#clock.now();
    this.#cancelAlone();
    this.#dismiss();
    this.stream?.close();
    if (isNew) this.#handleChanged();
  }

  #lost(agent: AgentSocket): void {
    if (this.#agent !== agent) return;
    this.#agent = undefined;
    this.#cancelBeat();
    this.#log.info('stream.agent-left', { call: this.callId, agent: agent.id });
    if (this.stream) this.#watchAlone();
  }

  #dismiss(): void {
    const agent = this.#agent;
    this.#agent = undefined;
    this.#cancelBeat();
    agent?.socket.close(1000);
  }

  #watchAlone(): void {
    this.#cancelAlone();
    if (this.#agent) return;
    this.#cancelAlone = this.#clock.at(this.#clock.now() + ALONE_MS, () => {
      this.#log.warn('stream.alone', { call: this.callId });
      this.end();
    });
  }

  #beat(): void {
    this.#cancelBeat();
    this.#cancelBeat = this.#clock.at(this.#clock.now() + BEAT_MS, () => {
      const agent = this.#agent;
      if (!agent) return;
      if (!agent.alive) return agent.socket.terminate();
      agent.alive = false;
      if (agent.socket.readyState === agent.socket.OPEN) agent.socket.ping();
      this.#beat();
    });
  }
}
