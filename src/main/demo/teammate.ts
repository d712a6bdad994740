import { WebSocket } from 'ws';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { CallOffer, LogBody } from '../../shared/protocol/log-entry.ts';
import type { FromRelayFrame } from '../../shared/protocol/frames.ts';
import { OLDEST_VERSION, PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import { TeammateLeg } from './teammate-leg.ts';

/** What a simulated teammate does with a call that is transferred to them. */
export type TeammateBehaviour =
  /** Accepts, talks for a while, and transfers it back. */
  | 'gives-back'
  /** Lets it ring, so that it comes back by itself. */
  | 'does-not-answer';

interface TeammateOptions {
  id: string;
  does: TeammateBehaviour;
  /** The relay's endpoint for consoles. */
  url: string;
  token: string;
  /** Whom calls are given back to. */
  agentId: string;
  /** What they say with it, in the agent's language. */
  note: () => string;
  speechFile: string;
  /** Overridden by tests, in ms. */
  acceptsAfterMs?: number;
  talksForMs?: number;
}

type Outcome = Extract<FromRelayFrame, { type: 'result' }>['outcome'];
type Request = Extract<FromConsole, { id: number; callId: string }>;
type Asked = Request extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

const ACCEPTS_AFTER_MS = 2_000;
const TALKS_FOR_MS = 10_000;
const RECONNECT_MS = 1_000;

/** A simulated agent with a console of their own at the demo's relay. */
export class Teammate {
  readonly #options: TeammateOptions;
  #socket: WebSocket | undefined;
  readonly #answers = new Map<number, (outcome: Outcome) => void>();
  #lastId = 0;
  /** The call that they are on, by the relay's id, or are about to accept. */
  #callId: string | undefined;
  #leg: TeammateLeg | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: TeammateOptions) {
    this.#options = options;
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    void this.#end();
    this.#socket?.terminate();
  }

  #connect(): void {
    const { url, token } = this.#options;
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
    this.#socket = socket;
    socket.on('open', () =>
      this.#send({
        type: 'hello',
        version: OLDEST_VERSION,
        newest: PROTOCOL_VERSION,
        epoch: null,
        cursor: null,
        presence: 'available',
      }),
    );
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-base-to-string -- the relay of the same process
    socket.on('message', (data) => this.#handle(JSON.parse(String(data)) as FromRelayFrame));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#answers.clear();
      void this.#end();
      if (!this.#closed) setTimeout(() => this.#connect(), RECONNECT_MS).unref();
    });
  }

  #handle(frame: FromRelayFrame): void {
    if (frame.type === 'result') {
      this.#answers.get(frame.id)?.(frame.outcome);
      this.#answers.delete(frame.id);
    } else if (frame.type === 'probe') {
      this.#send({ type: 'ringer', probe: frame.probe });
    } else if (frame.type === 'entry') {
      this.#send({ type: 'ack', cursor: frame.cursor });
      this.#handleEntry(frame.body);
    }
  }

  #handleEntry(body: LogBody): void {
    const { id, does, acceptsAfterMs = ACCEPTS_AFTER_MS } = this.#options;
    switch (body.type) {
      case 'call-offer': {
        const { callOffer } = body;
        const isAsked = callOffer.to.some((one) => one.id === id);
        if (does !== 'gives-back' || !isAsked || this.#callId !== undefined) return;
        this.#callId = callOffer.callId;
        this.#later(acceptsAfterMs, () => this.#accept(callOffer));
        return;
      }
      case 'call-offer-ended': {
        if (body.callId !== this.#callId) return;
        // Theirs from now on, or somebody else's, or not offered any more.
        const isTheirs = body.end === 'accepted' && body.by?.id === id;
        const isStillTheirs = this.#leg !== undefined && body.end !== 'accepted';
        if (isTheirs || isStillTheirs) this.#giveBackLater(body.callId);
        else void this.#end();
        return;
      }
      case 'ended':
        if (body.callId === this.#callId) void this.#end();
        return;
      case 'provider':
        if (body.event.kind === 'terminated' && this.#isMine(body)) void this.#end();
        return;
      default:
        return;
    }
  }

  #isMine(body: Extract<LogBody, { type: 'provider' }>): boolean {
    return this.#callId === `${body.accountId}/${body.providerCallId ?? ''}`;
  }

  async #accept({ callOfferId }: CallOffer): Promise<void> {
    const leg = await TeammateLeg.open();
    this.#leg = leg;
    const opened = await this.#ask({ type: 'leg', callId: callOfferId, sdp: leg.offer });
    if (opened.kind !== 'leg' || this.#leg !== leg) return this.#end();
    await leg.connect(opened.sdp);
    const claimed = await this.#ask({ type: 'claim', callId: callOfferId });
    if (claimed.kind !== 'granted' || this.#leg !== leg) return this.#end();
    leg.talk(this.#options.speechFile);
  }

  #giveBackLater(callId: string): void {
    const { talksForMs = TALKS_FOR_MS, agentId, note } = this.#options;
    this.#later(talksForMs, async () => {
      const transfer = { type: 'transfer', callId, to: agentId, mode: 'blind' } as const;
      const { kind } = await this.#ask({ ...transfer, note: note() });
      // The agent may be busy, or still consulting.
      if (kind !== 'granted' && this.#callId === callId) this.#giveBackLater(callId);
    });
  }

  /** The call is over for them. */
  async #end(): Promise<void> {
    clearTimeout(this.#timer);
    const leg = this.#leg;
    this.#leg = undefined;
    this.#callId = undefined;
    await leg?.close().catch(() => undefined);
  }

  #later(ms: number, task: () => Promise<void>): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void task().catch(() => this.#end()), ms);
  }

  #ask(request: Asked): Promise<Outcome> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#send({ ...request, id });
    });
  }

  #send(frame: FromConsole): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
