import type { DtlsSocket, RTCDtlsTransport } from 'werift';
import { firstCertificate, provesHandshake, provesKey, provesKeyExchange } from './dtls-proof.ts';
import { type HandshakeMessage, readFragments, Reassembly, writeWhole } from './handshake.ts';
import { headerOf, readRecords, RECORD_HEADER_BYTES, RecordNumbers } from './records.ts';

type WeriftMessage = Parameters<DtlsSocket['onHandleHandshakes']>[0][number];

const RECORD = { alert: 21, handshake: 22 } as const;
/** Handshake types (RFC 5246 7.4). */
const HELLO = 1;
const SERVER_HELLO = 2;
const HELLO_VERIFY = 3;
const CERTIFICATE = 11;
const SERVER_KEY_EXCHANGE = 12;
const CERTIFICATE_REQUEST = 13;
const SERVER_HELLO_DONE = 14;
const CERTIFICATE_VERIFY = 15;
const CLIENT_KEY_EXCHANGE = 16;
const FINISHED = 20;

/**
 * The messages that may follow each other, for client and server. We always request a certificate.
 */
const FOLLOWS: Readonly<Record<number, readonly number[]>> = {
  [HELLO]: [CERTIFICATE],
  [CLIENT_KEY_EXCHANGE]: [CERTIFICATE_VERIFY],
  [CERTIFICATE_VERIFY]: [FINISHED],
  [SERVER_HELLO]: [CERTIFICATE],
  [CERTIFICATE]: [CLIENT_KEY_EXCHANGE, SERVER_KEY_EXCHANGE],
  [SERVER_KEY_EXCHANGE]: [CERTIFICATE_REQUEST, SERVER_HELLO_DONE],
  [CERTIFICATE_REQUEST]: [SERVER_HELLO_DONE],
  [SERVER_HELLO_DONE]: [FINISHED],
};
/** The fields that each side's reader gets. */
const TOLD = {
  server: new Set([HELLO, CERTIFICATE, CLIENT_KEY_EXCHANGE, CERTIFICATE_VERIFY, FINISHED]),
  client: new Set([
    HELLO_VERIFY,
    SERVER_HELLO,
    CERTIFICATE,
    SERVER_KEY_EXCHANGE,
    CERTIFICATE_REQUEST,
    SERVER_HELLO_DONE,
    FINISHED,
  ]),
} as const;

/** How far ahead of the expected message one may be: more than a flight has. */
const MAX_AHEAD = 8;
/** Different messages kept for one place; at most one of them is not forged. */
const MAX_RIVALS = 4;
/** Encrypted records that arrived before the keys. */
const MAX_LOCKED = 4;
/** How many cookies are tried before HelloVerifyRequests are ignored. */
const MAX_COOKIES = 4;
const VERSION_AND_RANDOM_BYTES = 34;
const LEVEL_FATAL = 2;
const CLOSE_NOTIFY = 0;

/**
 * Starts DTLS with our reader and record numbers in place of werift's. The reader may already have
 * received messages.
 */
export function startDtls(transport: RTCDtlsTransport): {
  secured: Promise<void>;
  reader: DtlsReader | undefined;
} {
  const secured = transport.start();
  const socket = transport.dtls;
  if (!socket) return { secured, reader: undefined };
  const reader = new DtlsReader(socket, transport.role === 'client' ? 'client' : 'server');
  const numbers = new RecordNumbers(socket);
  const wire = socket.transport.socket;
  const send = wire.send.bind(wire);
  wire.send = (datagram) => send(numbers.renumber(datagram));
  wire.onData = (datagram) => reader.take(datagram);
  return { secured, reader };
}

/**
 * Filters what arrives, between the network and werift's handshake. werift 0.25.2 joins fragments
 * of different messages, accepts any in any order, obeys forged alerts, and restarts at every
 * ClientHello. Here messages are reassembled and delivered once each in the protocol's order, and
 * anything else is dropped without a trace: the peer retransmits its own, and a forger's does no
 * harm.
 */
class DtlsReader {
  readonly #socket: DtlsSocket;
  readonly #role: 'client' | 'server';
  readonly #clear = new Reassembly();
  readonly #secret = new Reassembly();
  #ahead = new Map<number, HandshakeMessage[]>();
  #locked: Buffer[] = [];
  /** The message delivered last; 0 until the hellos are exchanged. */
  #last = 0;
  #due = 0;
  #certificate: Buffer | undefined;
  readonly #cookies = new Set<string>();

  constructor(socket: DtlsSocket, role: 'client' | 'server') {
    this.#socket = socket;
    this.#role = role;
  }

  take(datagram: Buffer): void {
    for (const record of readRecords(datagram)) this.#takeRecord(record);
  }

  #takeRecord(record: Buffer): void {
    const { type, epoch } = headerOf(record);
    if (type !== RECORD.handshake && type !== RECORD.alert) return;
    if (epoch === 0) {
      // An alert in clear may be forged.
      if (type === RECORD.handshake)
        this.#takeHandshake(record.subarray(RECORD_HEADER_BYTES), this.#clear);
      return;
    }
    if (epoch !== 1) return;
    if (!this.#hasKeys) {
      if (this.#locked.length < MAX_LOCKED) this.#locked.push(Buffer.from(record));
      return;
    }
    const plain = this.#decrypt(record);
    if (!plain) return;
    if (type === RECORD.handshake) this.#takeHandshake(plain, this.#secret);
    else this.#takeAlert(plain);
  }

  #takeAlert([level, description]: Buffer): void {
    if (level === LEVEL_FATAL || description === CLOSE_NOTIFY) this.#socket.onClose.execute();
  }

  #takeHandshake(record: Buffer, reassembly: Reassembly): void {
    // As client we begin.
    if (this.#role === 'client' && this.#socket.dtls.flight === 0) return;
    for (const fragment of readFragments(record)) {
      const { type } = fragment;
      // Finished is the only encrypted message, and the only useful one after it.
      if ((type === FINISHED) !== (reassembly === this.#secret)) continue;
      if (!TOLD[this.#role].has(type) || (this.#last === FINISHED && type !== FINISHED)) continue;
      const message = reassembly.take(fragment);
      if (message) this.#takeMessage(message);
    }
  }

  #takeMessage(message: HandshakeMessage): void {
    if (message.type === HELLO) return this.#takeHello(message);
    if (message.type === HELLO_VERIFY) return this.#takeHelloVerify(message);
    if (message.type === SERVER_HELLO && this.#last === 0) this.#due = message.seq;
    const due = this.#due;
    if (message.seq < due) return this.#takeAgain(message);
    if (message.seq > due + MAX_AHEAD) return;
    const rivals = (this.#ahead.get(message.seq) ?? []).filter(
      ({ type, body }) => type !== message.type || !body.equals(message.body),
    );
    this.#ahead.set(message.seq, [...rivals, message].slice(-MAX_RIVALS));
    this.#advance();
  }

  /** Delivers the expected messages, as far as they are complete. */
  #advance(): void {
    for (;;) {
      const allowed = this.#last === 0 ? this.#opening : FOLLOWS[this.#last];
      const message = this.#ahead
        .get(this.#due)
        ?.find((rival) => allowed?.includes(rival.type) && this.#isProven(rival));
      if (!message) return;
      for (const seq of this.#ahead.keys()) if (seq <= message.seq) this.#ahead.delete(seq);
      this.#due = message.seq + 1;
      this.#last = message.type;
      if (message.type === CERTIFICATE) this.#certificate = firstCertificate(message.body);
      this.#deliver(message);
      if (this.#hasKeys) for (const record of this.#locked.splice(0)) this.#takeRecord(record);
    }
  }

  get #opening(): readonly number[] {
    return this.#role === 'client' ? [SERVER_HELLO] : [];
  }

  /**
   * The peer repeats the end of its flight because our answer was lost: makes werift send its
   * answer again.
   */
  #takeAgain(message: HandshakeMessage): void {
    if (message.seq !== this.#due - 1 || message.type !== this.#last) return;
    if (message.type === FINISHED || message.type === SERVER_HELLO_DONE) this.#deliver(message);
  }

  /**
   * Until a hello returns our cookie, anybody may have sent it. werift remembers the first hello's
   * random and curve, so it gets the second one as a first one again, and nothing in between
   * matters.
   */
  #takeHello(message: HandshakeMessage): void {
    const { dtls } = this.#socket;
    const cookie = cookieOf(message.body);
    if (!cookie) return;
    const isOpen = this.#last === 0;
    if (cookie.bytes.length === 0) {
      if (isOpen) this.#deliver(message);
      return;
    }
    if (!dtls.cookie?.equals(cookie.bytes)) return;
    if (isOpen) {
      if (!this.#rehearse({ ...message, body: cookie.without })) return;
      this.#last = HELLO;
      this.#due = message.seq + 1;
    }
    this.#deliver(message);
    this.#advance();
  }

  #takeHelloVerify(message: HandshakeMessage): void {
    const { dtls } = this.#socket;
    const cookie = message.body.toString('hex');
    if (this.#last !== 0 || this.#cookies.has(cookie) || this.#cookies.size >= MAX_COOKIES) return;
    this.#cookies.add(cookie);
    // werift accepts only one, but another may be the real one.
    dtls.flight = 1;
    this.#deliver(message);
  }

  /** Lets werift read a hello without answering it; false when it cannot use it. */
  #rehearse(hello: HandshakeMessage): boolean {
    const { transport, dtls, srtp } = this.#socket;
    const { socket } = transport;
    let isAnswered = false;
    const send = async (): Promise<void> => {
      isAnswered = true;
    };
    dtls.remoteExtendedMasterSecret = false;
    delete srtp.srtpProfile;
    transport.socket = { ...socket, send };
    this.#deliver(hello);
    transport.socket = socket;
    return isAnswered;
  }

  /**
   * Messages that werift cannot use are dropped like the rest; ICE's time limit ends a handshake
   * that never completes.
   */
  #deliver(message: HandshakeMessage): void {
    this.#socket.onHandleHandshakes([new WholeMessage(message)]).catch(() => undefined);
  }

  #isProven({ type, body }: HandshakeMessage): boolean {
    const { cipher, dtls } = this.#socket;
    const transcript = () =>
      Buffer.concat(dtls.sortedHandshakeCache.map((message) => message.serialize()));
    switch (type) {
      case CERTIFICATE:
        return firstCertificate(body) !== undefined;
      case CERTIFICATE_VERIFY:
        return this.#certificate !== undefined && provesKey(this.#certificate, body, transcript());
      case SERVER_KEY_EXCHANGE: {
        const randoms = [cipher.localRandom, cipher.remoteRandom].map((random) =>
          random.serialize(),
        );
        return (
          this.#certificate !== undefined &&
          provesKeyExchange(this.#certificate, body, Buffer.concat(randoms))
        );
      }
      case FINISHED: {
        const label = this.#role === 'server' ? 'client finished' : 'server finished';
        return provesHandshake(body, cipher.masterSecret, label, transcript());
      }
      default:
        return true;
    }
  }

  /**
   * werift sets the cipher once both keys are known; its type does not say that it may be missing.
   */
  get #hasKeys(): boolean {
    const cipher: unknown = this.#socket.cipher.cipher;
    return cipher !== undefined;
  }

  #decrypt(record: Buffer): Buffer | undefined {
    const { sessionType, cipher } = this.#socket.cipher;
    try {
      return cipher.decrypt(sessionType, record.subarray(RECORD_HEADER_BYTES), headerOf(record));
    } catch {
      // Forged or damaged.
      return undefined;
    }
  }
}

/**
 * The cookie of a ClientHello (RFC 6347 4.2.1), and the hello without it; undefined if it is
 * malformed.
 */
function cookieOf(hello: Buffer): { bytes: Buffer; without: Buffer } | undefined {
  const session = VERSION_AND_RANDOM_BYTES;
  const at = session + 1 + (hello[session] ?? 0);
  const start = at + 1;
  const end = start + (hello[at] ?? 0);
  if (end > hello.length || at >= hello.length) return undefined;
  const without = Buffer.concat([hello.subarray(0, at), Buffer.from([0]), hello.subarray(end)]);
  return { bytes: hello.subarray(start, end), without };
}

/** A message in the form that werift works with and adds to the transcript. */
class WholeMessage implements WeriftMessage {
  readonly msg_type: number;
  readonly message_seq: number;
  readonly fragment: Buffer;
  readonly length: number;
  readonly fragment_offset = 0;
  readonly fragment_length: number;

  constructor({ type, seq, body }: HandshakeMessage) {
    this.msg_type = type;
    this.message_seq = seq;
    this.fragment = body;
    this.length = body.length;
    this.fragment_length = body.length;
  }

  get summary(): string {
    return `${this.msg_type} #${this.message_seq}, ${this.length} bytes`;
  }

  serialize(): Buffer {
    return writeWhole({ type: this.msg_type, seq: this.message_seq, body: this.fragment });
  }

  chunk(): WeriftMessage[] {
    return [this];
  }
}
