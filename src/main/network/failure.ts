import type { Loss, LossCode } from '../../shared/protocol/connection.ts';

/** A failed connection, with a reason for a person. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  readonly loss: Loss;
  /** Read like the `code` of Node's errors. */
  readonly code: LossCode;

  constructor(code: LossCode, about?: string, cause?: unknown) {
    super(about === undefined ? code : `${code}: ${about}`, { cause });
    this.loss = about === undefined ? { code } : { code, about };
    this.code = code;
  }
}

/** Error codes of Node (errno, OpenSSL, HTTP parser, ws), mapped to ours. */
const codes: Readonly<Record<string, LossCode>> = {
  ECONNREFUSED: 'unreachable',
  ENETUNREACH: 'no-route',
  EHOSTUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  ETIMEDOUT: 'timeout',
  EPROTO: 'not-tls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-early',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
};

/** Why a connection ended or failed. */
export function lossOf(error: unknown): Loss {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof NetworkFailure) return at.loss;
    if (at instanceof AggregateError && at.errors.length > 0) return lossOf(at.errors[0]);
    const code = 'code' in at && typeof at.code === 'string' ? codes[at.code] : undefined;
    if (code !== undefined) return { code };
    if (/timed? ?out/i.test(at.message)) return { code: 'timeout' };
    // The server speaks neither HTTP nor WebSocket.
    if ('code' in at && typeof at.code === 'string' && at.code.startsWith('HPE_')) {
      return { code: 'unreadable' };
    }
    if (/^Invalid (Upgrade|Sec-WebSocket|WebSocket)|^Server sent/i.test(at.message)) {
      return { code: 'unreadable' };
    }
  }
  return { code: 'dropped' };
}
