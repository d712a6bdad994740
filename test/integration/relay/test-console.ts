import { WebSocket, type RawData } from 'ws';
import type { FromConsole } from '../../../src/shared/protocol/agent-frames.ts';
import {
  fromRelay,
  type FromRelayFrame,
  type RelayedCallStatus,
} from '../../../src/shared/protocol/frames.ts';
import type { LogBody } from '../../../src/shared/protocol/log-entry.ts';
import type { RecordingAsk } from '../../../src/shared/recording/state.ts';
import { PROTOCOL_VERSION } from '../../../src/shared/protocol/versions.ts';

type Kind = FromRelayFrame['type'];
type Frame<K extends Kind> = Extract<FromRelayFrame, { type: K }>;
type Outcome = Frame<'result'>['outcome'];
type Hello = Extract<FromConsole, { type: 'hello' }>;
type WithoutId<T> = T extends { id: number } ? Omit<T, 'id'> : never;
/** A request that still lacks its number. */
export type Asked = WithoutId<FromConsole>;

/** A console by the protocol's description. Parses everything it receives strictly and keeps it. */
export class TestConsole {
  readonly frames: FromRelayFrame[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  /** Pending requests, by number. */
  readonly #answers = new Map<number, (outcome: Outcome) => void>();
  #nextId = 1;
  /** Acknowledges every entry at once. */
  acking = true;
  /** Answers that it can ring whenever it is asked. */
  answersProbes = true;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const frame = fromRelay.parse(JSON.parse(textOf(data)));
      this.frames.push(frame);
      if (frame.type === 'result') this.#answers.get(frame.id)?.(frame.outcome);
      if (frame.type === 'entry' && this.acking) this.send({ type: 'ack', cursor: frame.cursor });
      if (frame.type === 'probe' && this.answersProbes) {
        this.send({ type: 'ringer', probe: frame.probe });
      }
      for (const check of this.#waiting) check();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  /** Opens the connection without a hello. */
  static async open(url: string, token: string): Promise<TestConsole> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/agents`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const console = new TestConsole(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return console;
  }

  /** Opens the connection, says hello and waits for the welcome. */
  static async join(url: string, token: string, hello: Partial<Hello> = {}): Promise<TestConsole> {
    const console = await TestConsole.open(url, token);
    console.hello(hello);
    await console.first('welcome');
    return console;
  }

  hello(hello: Partial<Hello> = {}): void {
    this.send({
      type: 'hello',
      version: PROTOCOL_VERSION,
      epoch: null,
      cursor: null,
      presence: 'available',
      ...hello,
    });
  }

  get welcome(): Frame<'welcome'> {
    const welcome = this.all('welcome')[0];
    if (!welcome) throw new Error('no welcome yet');
    return welcome;
  }

  send(frame: FromConsole): void {
    this.#socket.send(JSON.stringify(frame));
  }

  sendRaw(data: string | Buffer): void {
    this.#socket.send(data);
  }

  all<K extends Kind>(type: K): Frame<K>[] {
    return this.frames.filter((frame): frame is Frame<K> => frame.type === type);
  }

  get cursors(): number[] {
    return this.all('entry').map((entry) => entry.cursor);
  }

  /** Resolves once `ready` returns a value, checked at every frame. */
  until<T>(ready: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = () => {
        const value = ready();
        if (value === undefined) return;
        this.#waiting.delete(check);
        resolve(value);
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** The first matching frame of a kind, past or future. */
  first<K extends Kind>(
    type: K,
    fits: (frame: Frame<K>) => boolean = () => true,
  ): Promise<Frame<K>> {
    return this.until(() => this.all(type).find(fits));
  }

  /** The first matching log entry of a kind, past or future. */
  async entry<K extends LogBody['type']>(
    type: K,
    fits: (body: Extract<LogBody, { type: K }>) => boolean = () => true,
  ): Promise<Extract<LogBody, { type: K }>> {
    const isIt = (body: LogBody): body is Extract<LogBody, { type: K }> => body.type === type;
    return this.until(() =>
      this.all('entry')
        .map(({ body }) => body)
        .filter(isIt)
        .find(fits),
    );
  }

  /** Resolves when the latest status of a relayed call matches. */
  call(fits: (call: RelayedCallStatus) => boolean): Promise<RelayedCallStatus> {
    return this.until(() => {
      const newest = this.all('call').at(-1)?.call;
      return newest && fits(newest) ? newest : undefined;
    });
  }

  /** Everybody's presence as last reported, by id. */
  get team(): ReadonlyMap<string, Frame<'team'>['agents'][number]> {
    const team = new Map<string, Frame<'team'>['agents'][number]>();
    for (const { whole, agents, gone } of this.all('team')) {
      if (whole) team.clear();
      for (const agent of agents) team.set(agent.id, agent);
      for (const id of gone) team.delete(id);
    }
    return team;
  }

  /** Resolves when an agent's last reported presence matches. */
  sees(agentId: string, presence: string): Promise<unknown> {
    return this.until(() => {
      const agent = this.team.get(agentId);
      return agent?.presence === presence ? agent : undefined;
    });
  }

  /** Resolves when the last report on a ringing call says that these agents can take it. */
  ringing(callId: string, agents: readonly string[]): Promise<Frame<'ringing'>> {
    return this.until(() => {
      const newest = this.all('ringing').findLast((frame) => frame.callId === callId);
      const ids = newest?.agents.map((agent) => agent.id).toSorted();
      return JSON.stringify(ids) === JSON.stringify([...agents].toSorted()) ? newest : undefined;
    });
  }

  leg = (callId: string, sdp: string) => this.#ask((id) => ({ type: 'leg', id, callId, sdp }));
  place = (callId: string, to: string) =>
    this.#ask((id) => ({ type: 'place', id, callId, accountId: 'main', to }));
  hangUp = (callId: string) => this.#ask((id) => ({ type: 'hang-up', id, callId }));
  hold = (callId: string) => this.#ask((id) => ({ type: 'hold', id, callId }));
  record = (callId: string, ask: RecordingAsk) =>
    this.#ask((id) => ({ type: 'record', id, callId, ask }));
  resume = (callId: string) => this.#ask((id) => ({ type: 'resume', id, callId }));
  transfer = (callId: string, to: string, mode: 'blind' | 'consult' = 'blind', note?: string) =>
    this.#ask((id) => ({ type: 'transfer', id, callId, to, mode, note }));
  transferToTeam = (callId: string, team: string, note?: string) =>
    this.#ask((id) => ({ type: 'transfer-to-team', id, callId, team, ...(note && { note }) }));
  cancelTransfer = (callId: string) => this.#ask((id) => ({ type: 'transfer-cancel', id, callId }));
  completeTransfer = (callId: string) =>
    this.#ask((id) => ({ type: 'transfer-complete', id, callId }));
  supervise = (callId: string, mode: 'listen' | 'whisper' | 'barge' | 'off') =>
    this.#ask((id) => ({ type: 'supervise', id, callId, mode }));
  takeOver = (callId: string) => this.#ask((id) => ({ type: 'take-over', id, callId }));
  reserve = (callId: string) => this.#ask((id) => ({ type: 'reserve', id, callId }));
  stream = (callId: string) => this.#ask((id) => ({ type: 'stream', id, callId }));
  claim = (callId: string) => this.#ask((id) => ({ type: 'claim', id, callId }));
  release = (callId: string, why = 'refused') =>
    this.#ask((id) => ({ type: 'release', id, callId, why }));
  decline = (callId: string) => this.#ask((id) => ({ type: 'decline', id, callId }));
  sent = (what: Omit<Extract<FromConsole, { type: 'sent' }>, 'type' | 'id'>) =>
    this.#ask((id) => ({ type: 'sent', id, ...what }));
  noted = (what: Omit<Extract<FromConsole, { type: 'noted' }>, 'type' | 'id'>) =>
    this.#ask((id) => ({ type: 'noted', id, ...what }));

  described = (what: Omit<Extract<FromConsole, { type: 'described' }>, 'type' | 'id'>) =>
    this.#ask((id) => ({ type: 'described', id, ...what }));

  /** Sends any request; `id` is made here. */
  ask = (request: Asked) => this.#ask((id) => ({ ...request, id }));

  #ask(request: (id: number) => FromConsole): Promise<Outcome> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.send(request(id));
    });
  }

  /**
   * Sends a frame; resolves when the relay has received it, and so knows that this console is
   * alive.
   */
  async speaks(): Promise<void> {
    await this.decline('no such call');
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  /** Resolves at the next ping. */
  pinged(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('ping', () => resolve());
    });
  }

  /** Stops reading, so that not even pings are answered. */
  freeze(): void {
    this.#socket.pause();
  }

  /** Continues reading. */
  thaw(): void {
    this.#socket.resume();
  }

  terminate(): void {
    this.#socket.terminate();
  }
}

function textOf(data: RawData): string {
  if (!Buffer.isBuffer(data)) throw new Error('a frame in pieces');
  return data.toString('utf8');
}
