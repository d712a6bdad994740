import { EventEmitter } from 'node:events';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import type { RemoteAudio } from '../media-streams/audio-socket.ts';
import { publish } from './publish.ts';

/** Messages of one byte; audio always has an even number of bytes. */
const CLOSE = 0;
const PING = 1;
const PONG = 2;

interface AudioEvents {
  message: [pcm16: Buffer, binary: boolean];
  ping: [];
  pong: [];
  close: [];
  error: [error: Error];
}

/**
 * One end of the connection over NATS between the node that has a call's audio and the one that the
 * agent's console has reached. Audio is sent as plain messages: what comes late is of no use.
 */
export class NatsAudio extends EventEmitter<AudioEvents> implements RemoteAudio {
  readonly OPEN = 1;
  readonly #connection: NatsConnection;
  readonly #to: string;
  readonly #isCutOff: () => boolean;
  readonly #subscription: Subscription;
  #isOpen = true;

  /**
   * @param from subject of the other end's messages
   * @param to subject of this end's messages
   * @param isCutOff whether what is sent now would come late
   */
  constructor(
    connection: NatsConnection,
    { from, to, isCutOff }: { from: string; to: string; isCutOff: () => boolean },
  ) {
    super();
    this.#connection = connection;
    this.#to = to;
    this.#isCutOff = isCutOff;
    this.#subscription = connection.subscribe(from, {
      callback: (error, { data }) => {
        if (!error) this.#receive(Buffer.from(data));
      },
    });
  }

  get readyState(): number {
    return this.#isOpen ? this.OPEN : 3;
  }

  /** Nothing waits here: what cannot be sent at once is dropped. */
  get bufferedAmount(): number {
    return 0;
  }

  send(pcm16: Buffer): void {
    if (pcm16.length % 2 === 0 && !this.#isCutOff()) this.#publish(pcm16);
  }

  ping(): void {
    this.#publish(Buffer.of(PING));
  }

  pong(): void {
    this.#publish(Buffer.of(PONG));
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#publish(Buffer.of(CLOSE));
    this.#end();
  }

  terminate(): void {
    this.close();
  }

  #publish(data: Buffer): void {
    if (this.#isOpen) publish(this.#connection, this.#to, data);
  }

  #receive(data: Buffer): void {
    if (!this.#isOpen) return;
    if (data.length !== 1) return void this.emit('message', data, true);
    switch (data[0]) {
      case CLOSE:
        return this.#end();
      case PING:
        return void this.emit('ping');
      case PONG:
        return void this.emit('pong');
      default:
        return undefined;
    }
  }

  #end(): void {
    this.#isOpen = false;
    this.#subscription.unsubscribe();
    this.emit('close');
  }
}
