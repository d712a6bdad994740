import {
  constants,
  createHash,
  createHmac,
  timingSafeEqual,
  verify,
  X509Certificate,
} from 'node:crypto';

/**
 * Checks that werift skips. Certificates travel in clear, so a matching fingerprint proves nothing:
 * these signatures show that the peer has the certificate's key, and Finished that nobody changed
 * the handshake on its way.
 */

const HASHES: Readonly<Record<number, string>> = { 4: 'sha256', 5: 'sha384', 6: 'sha512' };
const RSA = 1;
const ECDSA = 3;
/** TLS's rsa_pss_rsae_sha256 … sha512 are 0x0804 … 0x0806: the hash stands where others have their signature. */
const PSS = 8;

/** The first certificate of a Certificate message (RFC 5246 7.4.2), DER. */
export function firstCertificate(body: Buffer): Buffer | undefined {
  if (body.length < 6) return undefined;
  const end = 6 + body.readUIntBE(3, 3);
  return end > 6 && end <= body.length ? body.subarray(6, end) : undefined;
}

/** Whether a CertificateVerify (RFC 5246 7.4.8) signs `transcript` with the certificate's key. */
export function provesKey(certificate: Buffer, body: Buffer, transcript: Buffer): boolean {
  return isSigned(certificate, transcript, body);
}

/** Whether a ServerKeyExchange (RFC 8422 5.4) over a named curve is signed with the certificate's key. */
export function provesKeyExchange(certificate: Buffer, body: Buffer, randoms: Buffer): boolean {
  const end = 4 + (body[3] ?? 0);
  if (end > body.length) return false;
  return isSigned(certificate, Buffer.concat([randoms, body.subarray(0, end)]), body.subarray(end));
}

/** Whether a Finished (RFC 5246 7.4.9) matches the handshake as we saw it. */
export function provesHandshake(
  body: Buffer,
  masterSecret: Buffer,
  label: 'client finished' | 'server finished',
  transcript: Buffer,
): boolean {
  const seed = Buffer.concat([
    Buffer.from(label),
    createHash('sha256').update(transcript).digest(),
  ]);
  const hmac = (data: Buffer) => createHmac('sha256', masterSecret).update(data).digest();
  const expected = hmac(Buffer.concat([hmac(seed), seed])).subarray(0, 12);
  return body.length === expected.length && timingSafeEqual(body, expected);
}

/** `signed` is a digitally-signed struct (RFC 5246 4.7): two bytes of algorithm, two of length, the signature. */
function isSigned(certificate: Buffer, data: Buffer, signed: Buffer): boolean {
  if (signed.length < 4 || signed.length !== 4 + signed.readUInt16BE(2)) return false;
  const [first = 0, second = 0] = signed;
  const isPss = first === PSS;
  const hash = HASHES[isPss ? second : first];
  if (hash === undefined) return false;
  try {
    const key = new X509Certificate(certificate).publicKey;
    const wanted = isPss || second === RSA ? 'rsa' : second === ECDSA ? 'ec' : undefined;
    if (key.asymmetricKeyType !== wanted) return false;
    const padding = isPss ? { padding: constants.RSA_PKCS1_PSS_PADDING } : {};
    return verify(hash, data, { key, ...padding }, signed.subarray(4));
  } catch {
    // No certificate, or a key that OpenSSL does not support.
    return false;
  }
}
