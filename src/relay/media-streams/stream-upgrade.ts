import { t } from '../../shared/i18n/i18n.ts';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { sameText } from '../http/constant-time.ts';
import type { Target } from '../http/target.ts';
import type { MediaStreamRegistry } from './registry.ts';

/** A second of audio at 48 kHz in base64. Larger frames are not speech, in bytes. */
const MAX_FRAME_BYTES = 131_072;

/** Answers an upgrade with an ordinary HTTP response. */
type Decline = (stream: Duplex, status: 401 | 404, code: string, message: string) => void;

/**
 * `WS /v1/streams/zernio/<account id>/<secret>` for a provider's media server and `WS /v1/streams/agent/<token>` for
 * consoles. The secret is part of the address because a `wss:` destination has no other place for it.
 */
export class StreamGate {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  readonly #streams: MediaStreamRegistry;

  constructor(streams: MediaStreamRegistry) {
    this.#streams = streams;
  }

  /** An upgrade to an address under `/v1/streams/`. */
  upgrade(
    { path, query }: Target,
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    decline: Decline,
  ): void {
    const [kind = '', name = '', secret = ''] = path.slice('/v1/streams/'.length).split('/');
    const sockets = this.#sockets;
    switch (kind) {
      case 'agent': {
        const connect = this.#streams.redeem(name);
        if (!connect) return decline(stream, 401, 'token-unknown', t('relay.streamTokenUsed'));
        return sockets.handleUpgrade(request, stream, head, connect);
      }
      case 'zernio': {
        const account = this.#streams.account(name);
        // An unknown account takes equally long and gets the same answer.
        if (!sameText(secret, account?.secret ?? '') || !account) {
          return decline(stream, 401, 'secret-wrong', t('relay.streamSecretWrong'));
        }
        const callIds = [query.get('call_id'), query.get('callId')];
        return sockets.handleUpgrade(request, stream, head, (socket) =>
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

  /** Cuts every connection that did not close in time. */
  terminate(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }
}
