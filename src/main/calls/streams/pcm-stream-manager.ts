import type { WebSocketClass } from '../../network/transport.ts';
import type { MediaCommand } from '../../../shared/ipc/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { inboundCallId } from '../../../shared/call/ids.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { ProviderError } from '../../../shared/providers/events.ts';
import type { Log } from '../../log.ts';
import { PcmSocket, type SessionAnswer } from './pcm-socket.ts';
import type { Provider, StreamAddress, MediaStreams } from '../ports.ts';

/** The relay as the holder of calls that a provider forwards to it. */
export interface RelayStreams {
  /** Base of the paths that the relay names, e.g. `wss://relay.example/v1/agents`. */
  url: string;
  stream(
    callId: string,
  ): Promise<
    | { kind: 'stream'; path: string; sampleRate: number }
    | { kind: 'refused'; why: string; error?: ProviderError | undefined }
    | { kind: 'unreachable' }
  >;
  /** Ends a call at the relay, the only place where such a call can be ended. */
  hangUp(callId: string): void;
}

export interface PcmStreamManagerPorts {
  provider: (accountId: string) => Provider | undefined;
  relay: RelayStreams | undefined;
  /** Orders to the softphone. */
  media: (command: MediaCommand) => void;
  /** Sound of the customer, to the softphone. */
  play: (callId: string, frame: Uint8Array) => void;
  report: (callId: string, report: StreamReport) => void;
  WebSocket: WebSocketClass;
  clock: Clock;
  random: () => number;
  log: Log;
}

/** What becomes of a call's sound; that it is heard (`audio`) is the softphone's to say. */
export type StreamReport = { kind: 'connected' } | { kind: 'failed'; why: string };

interface Open {
  line: PcmSocket;
  /** As the softphone was told last. */
  format: { sampleRate: number; frameMs: number } | undefined;
  /** As the softphone was told last. */
  lost: boolean;
}

/** What the relay's agents send at once, ms. */
const RELAY_FRAME_MS = 20;
/** A call that is just being connected may not have its sound yet, ms. */
const SETTLING_MS = 2_000;

/**
 * Opens the sound of calls that are not WebRTC, carries it between socket and softphone, and keeps it open until the
 * call is over, whatever becomes of a connection.
 */
export class PcmStreamManager implements MediaStreams {
  readonly #ports: PcmStreamManagerPorts;
  readonly #calls = new Map<string, Open>();

  constructor(ports: PcmStreamManagerPorts) {
    this.#ports = ports;
  }

  open(call: StreamAddress): void {
    const { callId } = call;
    const { media, play, report, WebSocket, clock, random, log } = this.#ports;
    const before = this.#calls.get(callId);
    if (before) {
      if (before.format) media({ do: 'stream', callId, ...before.format });
      if (before.lost) media({ do: 'sound', callId, lost: true });
      return;
    }
    const provider = this.#ports.provider(call.accountId);
    const relayCallId = this.#atRelay(call);
    const settledAt = clock.now() + SETTLING_MS;
    const line = new PcmSocket({
      callId,
      requestSession: () =>
        relayCallId === undefined
          ? providerSession(provider, call.providerCallId, clock.now() < settledAt)
          : relaySession(this.#ports.relay, relayCallId),
      WebSocket,
      clock,
      random,
      log,
      onFormat: (format) => {
        const open = this.#calls.get(callId);
        if (!open || sameFormat(open.format, format)) return;
        open.format = format;
        media({ do: 'stream', callId, ...format });
      },
      onFrame: (frame) => play(callId, frame),
      onConnected: () => {
        this.#reportLost(callId, false);
        report(callId, { kind: 'connected' });
      },
      onLost: () => this.#reportLost(callId, true),
      onOver: (why) => {
        this.#calls.delete(callId);
        report(callId, { kind: 'failed', why });
      },
    });
    this.#calls.set(callId, { line, format: undefined, lost: false });
  }

  /** Sound of the agent. */
  send(callId: string, frame: Uint8Array): void {
    this.#calls.get(callId)?.line.send(frame);
  }

  close(callId: string): void {
    const open = this.#calls.get(callId);
    if (!open) return;
    this.#calls.delete(callId);
    open.line.close();
  }

  hangUp(call: StreamAddress): void {
    const relayCallId = this.#atRelay(call);
    if (relayCallId !== undefined) this.#ports.relay?.hangUp(relayCallId);
  }

  /** The relay's name of a call whose sound no provider hands out. */
  #atRelay({ accountId, providerCallId }: StreamAddress): string | undefined {
    const held = this.#ports.provider(accountId)?.stream !== undefined;
    return held ? undefined : inboundCallId(accountId, providerCallId);
  }

  #reportLost(callId: string, lost: boolean): void {
    const open = this.#calls.get(callId);
    if (!open || open.lost === lost) return;
    open.lost = lost;
    this.#ports.media({ do: 'sound', callId, lost });
  }

  /** Closes every connection and leaves the calls as they are: the app stops, or another workspace is opened. */
  closeAll(): void {
    for (const { line } of this.#calls.values()) line.close();
    this.#calls.clear();
  }
}

async function providerSession(
  provider: Provider | undefined,
  providerCallId: string,
  settling: boolean,
): Promise<SessionAnswer> {
  if (!provider?.stream) return { kind: 'over', why: 'This number has no key on this machine.' };
  const answer = await provider.stream(providerCallId);
  if (answer.ok) {
    if (isSafe(answer.value.url)) return { kind: 'session', session: answer.value };
    return { kind: 'over', why: 'The provider named no encrypted WebSocket.' };
  }
  const { code, message, transient } = answer.error;
  const words = `${message} (${code})`;
  const offline = code === 'WHATSAPP_INSTANCE_NOT_CONNECTED';
  return { kind: !offline && (transient || settling) ? 'later' : 'over', why: words };
}

/** Encrypted, or on this machine as a simulator is. Of the relay's own address the profile has made sure. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, hash } = new URL(address);
  if (hash !== '') return false;
  if (protocol === 'wss:') return true;
  return protocol === 'ws:' && /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/i.test(hostname);
}

async function relaySession(
  relay: RelayStreams | undefined,
  callId: string,
): Promise<SessionAnswer> {
  if (!relay) return { kind: 'over', why: 'There is no relay that could hold this call.' };
  const outcome = await relay.stream(callId);
  switch (outcome.kind) {
    case 'stream': {
      const { sampleRate } = outcome;
      const url = new URL(outcome.path, relay.url).href;
      return { kind: 'session', session: { url, sampleRate, frameMs: RELAY_FRAME_MS } };
    }
    case 'unreachable':
      return { kind: 'later', why: 'the relay gives no answer' };
    case 'refused':
      // The provider's connection to the relay may come after the news of the call.
      if (outcome.why === 'no-stream' || outcome.why === 'unknown') {
        return { kind: 'later', why: `the relay has no sound yet (${outcome.why})` };
      }
      return { kind: 'over', why: outcome.error?.message ?? `The relay refused: ${outcome.why}.` };
    default:
      return assertNever(outcome, 'answer of the relay');
  }
}

function sameFormat(
  a: { sampleRate: number; frameMs: number } | undefined,
  b: { sampleRate: number; frameMs: number },
): boolean {
  return a?.sampleRate === b.sampleRate && a.frameMs === b.frameMs;
}
