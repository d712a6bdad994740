import {
  type CandidatePair,
  CandidatePairState,
  classes,
  Connection,
  isStunMessage,
  type Message,
  methods,
  parseMessage,
  type Protocol,
  type RTCIceGatherer,
  StunOverTurnProtocol,
  StunProtocol,
} from 'werift';

type Address = readonly [host: string, port: number];

/**
 * What a peer sends right after its own check, while ours is still pending: a hello in two
 * datagrams, twice.
 */
const MAX_HELD = 8;
/**
 * A peer with this many addresses is bogus: anybody with our password could make us send checks
 * anywhere.
 */
const MAX_PAIRS = 32;
/**
 * Checks sent without an answer; an ice-lite peer that gets our SDP half a minute late needs a
 * hundred.
 */
const MAX_UNANSWERED_CHECKS = 200;

/**
 * Accepts only what the connection's peer sent. werift 0.25.2 accepts connectivity checks without
 * verifying their MESSAGE-INTEGRITY, and anything else from anywhere. Call it before candidates are
 * gathered.
 *
 * - STUN requests must name both of us and be signed with our password (RFC 8445 7.3), or they get
 *   no answer.
 * - Anything but STUN must come from an address where a check has succeeded. A peer that has
 *   already checked us may be a moment ahead; its first packets are kept until our own check is
 *   answered.
 * - Checks without answers stop: an SDP must not be able to flood somebody else.
 *
 * As an ice-lite agent we send to the first address that checks us, and follow the peer's
 * nomination.
 */
export function guardIce(connection: RTCIceGatherer['connection']): void {
  if (!(connection instanceof Connection)) throw new TypeError('not an ICE agent of werift');
  const guard = new IceGuard(connection);
  const ensureProtocol = connection['ensureProtocol'].bind(connection);
  connection['ensureProtocol'] = (protocol: Protocol) => {
    guard.watch(protocol);
    ensureProtocol(protocol);
  };
}

class IceGuard {
  readonly #connection: Connection;
  #held: { protocol: Protocol; from: Address; packet: Buffer }[] = [];
  #unanswered = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    const checkComplete = connection['checkComplete'].bind(connection);
    connection['checkComplete'] = (pair: CandidatePair) => {
      checkComplete(pair);
      if (pair.state === CandidatePairState.SUCCEEDED) this.#handleValid();
    };
    const checkIncoming = connection.checkIncoming.bind(connection);
    connection.checkIncoming = (message, from, protocol) => {
      if (!this.#pair(protocol, from) && connection.checkList.length >= MAX_PAIRS) return;
      checkIncoming(message, from, protocol);
      if (connection.iceLite) this.#select(message, this.#pair(protocol, from));
    };
  }

  watch(protocol: Protocol): void {
    if (protocol instanceof StunProtocol) {
      const receive = protocol['datagramReceived'].bind(protocol);
      protocol['datagramReceived'] = this.#filter(protocol, receive);
    } else if (protocol instanceof StunOverTurnProtocol) {
      const receive = protocol['handleStunMessage'].bind(protocol);
      protocol['handleStunMessage'] = this.#filter(protocol, receive);
      guardTurn(protocol);
    }
    const sendStun = protocol.sendStun.bind(protocol);
    protocol.sendStun = async (message, to) => {
      if (
        isCheck(message) &&
        !this.#isValid(protocol, to) &&
        ++this.#unanswered > MAX_UNANSWERED_CHECKS
      )
        return;
      await sendStun(message, to);
    };
  }

  #filter(
    protocol: Protocol,
    receive: (packet: Buffer, from: Address) => void,
  ): (packet: Buffer, from: Address) => void {
    return (packet, from) => {
      if (isStun(packet)) {
        if (this.#isExpected(packet)) receive(packet, from);
        return;
      }
      const pair = this.#pair(protocol, from);
      if (pair?.state === CandidatePairState.SUCCEEDED) return receive(packet, from);
      if (!pair || pair.requestsReceived === 0 || this.#held.length >= MAX_HELD) return;
      this.#held.push({ protocol, from, packet });
    };
  }

  /**
   * Whether a STUN message is from our peer, or may answer us: werift matches answers to its
   * requests.
   */
  #isExpected(packet: Buffer): boolean {
    const { localUsername, localPassword, remoteUsername } = this.#connection;
    const message = parse(packet);
    if (!message || message.messageMethod !== methods.BINDING) return false;
    if (message.messageClass !== classes.REQUEST)
      return message.messageClass !== classes.INDICATION;
    const user: unknown = message.getAttributeValue('USERNAME');
    if (typeof user !== 'string' || !user.startsWith(`${localUsername}:`)) return false;
    if (remoteUsername !== '' && user !== `${localUsername}:${remoteUsername}`) return false;
    return parse(packet, Buffer.from(localPassword)) !== undefined;
  }

  #handleValid(): void {
    const held = this.#held;
    this.#held = [];
    for (const one of held) {
      const state = this.#pair(one.protocol, one.from)?.state;
      if (state === CandidatePairState.SUCCEEDED) one.protocol.onDataReceived.execute(one.packet);
      else this.#held.push(one);
    }
  }

  /** Ice-lite: every check from the peer shows a path to it. */
  #select(message: Message, pair: CandidatePair | undefined): void {
    if (!pair) return;
    const isNominated = message.attributesKeys.includes('USE-CANDIDATE');
    pair.updateState(CandidatePairState.SUCCEEDED);
    if (!this.#connection.nominated) {
      pair.nominated = true;
      this.#connection['checkComplete'](pair);
    } else if (isNominated) {
      this.#connection.nominated = pair;
    }
  }

  #pair(protocol: Protocol, [host, port]: Address): CandidatePair | undefined {
    return this.#connection.checkList.find(
      ({ protocol: ours, remoteCandidate }) =>
        ours === protocol && remoteCandidate.host === host && remoteCandidate.port === port,
    );
  }

  #isValid(protocol: Protocol, to: Address): boolean {
    return this.#pair(protocol, to)?.state === CandidatePairState.SUCCEEDED;
  }
}

/**
 * Anybody can send to the socket of a TURN client; over UDP, packets from other addresses than its
 * server's are dropped.
 */
function guardTurn({ turn }: StunOverTurnProtocol): void {
  if (turn.transport.type !== 'udp') return;
  const receive = turn['dataReceived'].bind(turn);
  turn['dataReceived'] = (packet: Buffer, from: Address) => {
    const server = turn.serverEndpoint;
    if (server && server[0] === from[0] && server[1] === from[1]) receive(packet, from);
  };
}

/** STUN's first byte is 0 to 3 (RFC 7983). */
const isStun = (packet: Buffer): boolean => (packet[0] ?? 0) <= 3 && isStunMessage(packet);

const isCheck = ({ messageClass, attributesKeys }: Message): boolean =>
  messageClass === classes.REQUEST && attributesKeys.includes('USERNAME');

function parse(packet: Buffer, key?: Buffer): Message | undefined {
  try {
    return parseMessage(packet, key);
  } catch {
    return undefined;
  }
}
