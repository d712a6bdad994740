import { t } from '../../shared/i18n/i18n.ts';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../shared/lib/clock.ts';
import { sameText } from '../http/constant-time.ts';
import { boundFrames } from '../http/frame-rate.ts';
import type { Target } from '../http/target.ts';
import { takesAudio, type RemoteAudio } from './audio-socket.ts';
import { even } from './frames.ts';
import type { MediaStreamRegistry } from './registry.ts';

/** A second of audio at 48 kHz in base64. Larger frames are not speech, in bytes. */
const MAX_FRAME_BYTES = 131_072;

/** The other relays that serve the same store. */
interface StreamNodes {
  readonly id: string | undefined;
  openAudio(node: string, token: string): Promise<RemoteAudio | undefined>;
}

/** Answers an upgrade with an ordinary HTTP response. */
type Decline = (stream: Duplex, status: 401 | 404, code: string, message: string) => void;

/**
 * `WS /v1/streams/zernio/<account id>/<secret>` for a provider's media server and `WS /v1/streams/agent/<token>[/<node>]` for
 * consoles, which may reach another node than the one that has the audio. The secret is part of the address because a `wss:` destination has no other place for it.
 */
export class StreamGate {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  readonly #streams: MediaStreamRegistry;
  readonly #nodes: StreamNodes;
  readonly #clock: Clock;

  constructor(streams: MediaStreamRegistry, nodes: StreamNodes, clock: Clock) {
    this.#streams = streams;
    this.#nodes = nodes;
    this.#clock = clock;
  }

  /** An upgrade to an address under `/v1/streams/`. */
  async upgrade(
    { path, query }: Target,
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    decline: Decline,
  ): Promise<void> {
    const [kind = '', name = '', rest = ''] = path.slice('/v1/streams/'.length).split('/');
    const open = (handle: (socket: WebSocket) => void) =>
      this.#sockets.handleUpgrade(request, stream, head, (socket) => {
        boundFrames(socket, this.#clock);
        handle(socket);
      });
    switch (kind) {
      case 'agent': {
        const isElsewhere = rest !== '' && rest !== this.#nodes.id;
        const connect = isElsewhere
          ? await this.#join(rest, name)
          : this.#streams.agents.redeem(name);
        if (!connect) return decline(stream, 401, 'token-unknown', t('relay.streamTokenUsed'));
        return open(connect);
      }
      case 'zernio': {
        const account = this.#streams.account(name);
        // An unknown account takes equally long and gets the same answer.
        if (!sameText(rest, account?.secret ?? '') || !account) {
          return decline(stream, 401, 'secret-wrong', t('relay.streamSecretWrong'));
        }
        const callIds = [query.get('call_id'), query.get('callId')];
        return open((socket) =>
          this.#streams.handleConnected(
            account,
            socket,
            callIds.filter((id) => id !== null),
          ),
        );
      }
      default:
        return decline(stream, 404, 'not-found', t('relay.noStream'));
    }
  }

  /** Connects a console to a call's audio at another node. */
  async #join(node: string, token: string): Promise<((socket: WebSocket) => void) | undefined> {
    const audio = await this.#nodes.openAudio(node, token);
    return audio && ((socket) => pass(socket, audio));
  }

  /** Cuts every connection that did not close in time. */
  terminate(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }
}

/** Passes audio on between a console and the node that has the call, until either goes. */
function pass(socket: WebSocket, audio: RemoteAudio): void {
  socket.on('message', (data, binary) => {
    if (binary && Buffer.isBuffer(data)) audio.send(even(data));
  });
  socket.on('pong', () => audio.pong());
  socket.on('error', () => undefined);
  socket.on('close', () => audio.close());
  audio.on('message', (pcm16) => {
    if (takesAudio(socket)) socket.send(pcm16);
  });
  audio.on('ping', () => {
    if (socket.readyState === socket.OPEN) socket.ping();
  });
  audio.on('close', () => socket.close(1000));
}
