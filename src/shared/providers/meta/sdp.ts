/**
 * Limits of the search for an SDP, in depth and in values: webhooks are small, and parsing must
 * stay cheap.
 */
const DEPTH = 6;
const VALUES = 2_000;

/** Where a call's SDP is documented to be. */
const KNOWN = ['session', 'sdp', 'connection'];

type SdpType = 'offer' | 'answer';

/** A session description found in a call, and its stated type. */
export interface FoundSdp {
  sdp: string;
  /** As stated beside it. */
  type: SdpType | undefined;
}

/**
 * Finds a call's SDP wherever it is: in `session` as documented, as JSON text or plain text in
 * `connection.webrtc.sdp`, as lines, or anywhere else (docs/providers/meta.md#call-actions,
 * #business-initiated-connect; case W1). Only text that begins like an SDP counts.
 */
export function findSdp(call: unknown): FoundSdp | undefined {
  const budget = { left: VALUES };
  return search(call, undefined, DEPTH, budget);
}

function search(
  value: unknown,
  type: SdpType | undefined,
  depth: number,
  budget: { left: number },
): FoundSdp | undefined {
  if (depth < 0 || budget.left-- <= 0) return undefined;
  if (typeof value === 'string') return fromText(value, type, depth, budget);
  if (Array.isArray(value)) {
    const lines = value.every((line) => typeof line === 'string') ? value.join('\r\n') : '';
    return (
      fromText(lines, type, 0, budget) ??
      first(value, (one) => search(one, type, depth - 1, budget))
    );
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const stated = typeOf(fields['sdp_type']) ?? typeOf(fields['type']) ?? type;
  const others = Object.keys(fields).filter((name) => !KNOWN.includes(name));
  return first([...KNOWN.filter((name) => name in fields), ...others], (name) =>
    search(fields[name], stated, depth - 1, budget),
  );
}

function fromText(
  text: string,
  type: SdpType | undefined,
  depth: number,
  budget: { left: number },
): FoundSdp | undefined {
  const trimmed = text.replace(/^[\s\p{Cf}]+/u, '');
  if (/^v=\d/.test(trimmed)) return { sdp: withLineEnds(trimmed), type };
  if (depth <= 0 || !/^["[{]/.test(trimmed)) return undefined;
  const inside = parseJson(trimmed);
  return inside === undefined ? undefined : search(inside, type, depth - 1, budget);
}

/**
 * SDP lines end in CRLF (RFC 8866 § 5). JSON turns some into LF alone or into a literal `\r\n`, or
 * drops the last. A lone CR inside a line is kept: it must not start a new line.
 */
function withLineEnds(sdp: string): string {
  if (sdp.endsWith('\r\n') && !/[^\r]\n/.test(sdp)) return sdp;
  const isSpelled = /\\n[a-z]=/.test(sdp) && !/\n[a-z]=/.test(sdp);
  const lines = isSpelled
    ? sdp.split(/(?:\\r)?\\n|\r?\n/)
    : sdp.includes('\n')
      ? sdp.split(/\r?\n/)
      : sdp.split('\r');
  while (lines.at(-1)?.trim() === '') lines.pop();
  return `${lines.join('\r\n')}\r\n`;
}

/**
 * Whether media would be keyed by SDES, which browsers do not support: `a=crypto` without a DTLS
 * fingerprint.
 */
export function isSdes(sdp: string): boolean {
  const hasLine = (pattern: RegExp) => pattern.test(sdp);
  if (hasLine(/^a=fingerprint:/im)) return false;
  return hasLine(/^a=crypto:/im) || hasLine(/^m=audio \d+ RTP\/SAVPF? /im);
}

function typeOf(value: unknown): SdpType | undefined {
  if (typeof value !== 'string') return undefined;
  const type = value.trim().toLowerCase();
  return type === 'offer' || type === 'answer' ? type : undefined;
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Undefined if the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
