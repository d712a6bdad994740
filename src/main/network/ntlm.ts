import { createHmac, randomBytes } from 'node:crypto';
import { md4 } from './md4.ts';

/** Unicode, target, NTLM, always sign, extended session security, target information. */
const FLAGS = 0x00888205 | 0x00000200;
const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
/** From 1601 to 1970, in ms. */
const EPOCH_MS = 11_644_473_600_000;
/** The identifiers of target information ([MS-NLMP] 2.2.2.1). */
const END = 0;
const TIMESTAMP = 7;

/** The first message of NTLM ([MS-NLMP] 2.2.1.1): what we can do. */
export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(32);
  SIGNATURE.copy(message);
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE(FLAGS, 12);
  return message;
}

export interface NtlmChallenge {
  challenge: Buffer;
  target: Buffer;
}

/** Reads the proxy's answer ([MS-NLMP] 2.2.1.2); undefined if it is none. */
export function readChallenge(message: Buffer): NtlmChallenge | undefined {
  const isOne =
    message.length >= 48 &&
    message.subarray(0, 8).equals(SIGNATURE) &&
    message.readUInt32LE(8) === 2;
  if (!isOne) return undefined;
  const [length, at] = [message.readUInt16LE(40), message.readUInt32LE(44)];
  if (at + length > message.length) return undefined;
  return {
    challenge: Buffer.from(message.subarray(24, 32)),
    target: Buffer.from(message.subarray(at, at + length)),
  };
}

interface NtlmSignIn {
  /** `DOMAIN\user`, `user@domain` or `user`. */
  user: string;
  password: string;
}

/** What is different each time. */
interface NtlmMoment {
  nonce?: Buffer;
  /** Unix ms. */
  now?: number;
}

/** The last message of NTLM ([MS-NLMP] 2.2.1.3), which proves the password by NTLMv2. */
export function authenticateMessage(
  signIn: NtlmSignIn,
  { challenge, target }: NtlmChallenge,
  moment: NtlmMoment = {},
): Buffer {
  const { domain, user } = nameOf(signIn.user);
  const key = ntlmKey(user, domain, signIn.password);
  const { nonce = randomBytes(8), now = Date.now() } = moment;
  const time = timestampIn(target);
  const proof = proofOf(key, challenge, {
    nonce,
    time: time ?? fileTime(now),
    target,
  });
  // Where the proxy tells the time, the older response is left out ([MS-NLMP] 3.1.5.1.2).
  const older =
    time === undefined
      ? Buffer.concat([hmac(key, Buffer.concat([challenge, nonce])), nonce])
      : Buffer.alloc(24);
  const parts = [older, proof, utf16(domain), utf16(user), utf16('')];
  const head = Buffer.alloc(64);
  SIGNATURE.copy(head);
  head.writeUInt32LE(3, 8);
  let at = head.length;
  for (const [n, part] of parts.entries()) {
    head.writeUInt16LE(part.length, 12 + n * 8);
    head.writeUInt16LE(part.length, 14 + n * 8);
    head.writeUInt32LE(at, 16 + n * 8);
    at += part.length;
  }
  head.writeUInt32LE(at, 56);
  head.writeUInt32LE(FLAGS, 60);
  return Buffer.concat([head, ...parts]);
}

/** NTOWFv2 ([MS-NLMP] 3.3.2). */
export function ntlmKey(user: string, domain: string, password: string): Buffer {
  return hmac(md4(utf16(password)), utf16(user.toUpperCase() + domain));
}

/** The NTLMv2 response ([MS-NLMP] 3.3.2): 16 bytes of proof, then what was proven with. */
export function proofOf(
  key: Buffer,
  challenge: Buffer,
  { nonce, time, target }: { nonce: Buffer; time: Buffer; target: Buffer },
): Buffer {
  const zero = Buffer.alloc(4);
  const said = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    time,
    nonce,
    zero,
    target,
    zero,
  ]);
  return Buffer.concat([hmac(key, Buffer.concat([challenge, said])), said]);
}

function nameOf(text: string): { domain: string; user: string } {
  const [, domain, user] = /^([^\\]+)\\(.+)$/.exec(text) ?? [];
  return domain === undefined || user === undefined ? { domain: '', user: text } : { domain, user };
}

function timestampIn(target: Buffer): Buffer | undefined {
  for (let at = 0; at + 4 <= target.length;) {
    const [id, length] = [target.readUInt16LE(at), target.readUInt16LE(at + 2)];
    if (id === END) return undefined;
    if (id === TIMESTAMP && length === 8) return Buffer.from(target.subarray(at + 4, at + 12));
    at += 4 + length;
  }
  return undefined;
}

function fileTime(now: number): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(BigInt(now + EPOCH_MS) * 10_000n);
  return time;
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const hmac = (key: Buffer, data: Buffer) => createHmac('md5', key).update(data).digest();
