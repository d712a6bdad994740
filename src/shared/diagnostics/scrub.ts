import { redact } from '../lib/redact.ts';

/** What is known to be secret or personal on this machine. */
export interface Private {
  /** Tokens and passwords in use. */
  secrets: readonly string[];
  /** The user's folder and name, which paths hold. */
  home: string;
  user: string;
}

const HIDDEN = '[…]';
/** Values under such names are never written, whatever they look like. */
const SECRET_NAME =
  /token|secret|passw|pwd|ufrag|authori[sz]ation|credential|cookie|sdp|fingerprint|api_?key/i;
/** Shorter ones would hide common words. */
const SHORTEST_SECRET = 4;

/** A copy of a value for a file that leaves this machine: no secret, number or address is in it. */
export function scrub(value: unknown, known: Private): unknown {
  if (typeof value === 'string') return scrubText(value, known);
  if (Array.isArray(value)) return value.map((one) => scrub(one, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      scrubText(name, known),
      SECRET_NAME.test(name) ? hidden(one) : scrub(one, known),
    ]),
  );
}

function hidden(value: unknown): unknown {
  return value === undefined || value === null || typeof value === 'boolean' ? value : HIDDEN;
}

/** A text without secrets, numbers, SDP, e-mail addresses, paths of links and the user's name. */
export function scrubText(text: string, { secrets, home, user }: Private): string {
  let clean = text;
  for (const secret of secrets.toSorted((a, b) => b.length - a.length)) {
    if (secret.length < SHORTEST_SECRET) continue;
    for (const form of formsOf(secret)) clean = clean.replaceAll(form, HIDDEN);
    // What stands beside it was written by the same program.
    for (const form of asBytes(secret)) {
      clean = clean.replaceAll(
        new RegExp(`(?<![\\w+/-])[\\w+/-]*${literal(form)}[\\w+/=-]*`, 'g'),
        HIDDEN,
      );
    }
  }
  if (home.length > 1) clean = clean.replaceAll(home, '~');
  // Only from where a word begins: else a long one without an @ would take quadratic time.
  clean = clean.replaceAll(
    /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu,
    '[address]',
  );
  if (user.length > 2) clean = clean.replaceAll(wordOf(user), '[user]');
  return redact(
    clean
      // An SDP to its last line, with real or written line ends.
      .replaceAll(/\bv=0(?:(?:\\r|\\n|\r|\n)+[a-z]=[^\r\n"\\]*)+/g, '[SDP]')
      .replaceAll(/(?<=^|[\r\n])[a-z]=[^\r\n]*/g, '[SDP]')
      .replaceAll(/\bcandidate:\S+ \d+ (?:udp|tcp)\b[^\r\n"\\]*/gi, 'candidate:[…]')
      .replaceAll(
        /\b(ice-(?:ufrag|pwd)|ufrag|pwd|usernameFragment)(["']?\s*[:= ]\s*["']?)[\w+/]+/gi,
        '$1$2[…]',
      )
      .replaceAll(
        /(?<![a-z\d+.-])([a-z\d+.-]+:\/\/)(?:[^\s/"@]*@)?([^\s/"?#]+)[^\s"']*/gi,
        '$1$2/…',
      )
      .replaceAll(/\b((?:set-)?cookie["']?\s*[:=]\s*)[^\r\n]+/gi, '$1[…]')
      // Of a certificate, or of a network device.
      .replaceAll(/\b[\da-f]{2}(?::[\da-f]{2}){5,}\b/gi, HIDDEN)
      .replaceAll(/\beyJ[\w-]+(?:\.[\w-]+)*/g, HIDDEN),
  )
    .replaceAll(/[\w+/-]{24,}={0,2}/g, opaque)
    .replaceAll(/(?:\p{Nd}[ ().-]?){7,}\p{Nd}/gu, digits);
}

/** As it stands in a text, in a link, in a link within a link, and in JSON. */
function formsOf(secret: string): ReadonlySet<string> {
  const inLink = encodeURIComponent(secret);
  const strict = inLink.replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const twice = [inLink, strict].map((form) => encodeURIComponent(form));
  const inJson = JSON.stringify(secret).slice(1, -1);
  return new Set([secret, inLink, strict, ...twice, inJson]);
}

/** In hex and in base64; there also after one or two bytes of something else, such as a user's name. */
function asBytes(secret: string): readonly string[] {
  const bytes = [...new TextEncoder().encode(secret)];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = [0, 1, 2].map((before) => {
    const text = btoa(String.fromCharCode(...Array<number>(before).fill(0), ...bytes));
    // The first and last characters depend on what stands beside it.
    const whole = text.slice(before === 0 ? 0 : before + 1).replace(/=+$/, '');
    return (before + bytes.length) % 3 === 0 ? whole : whole.slice(0, -1);
  });
  const inLinks = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [hex, hex.toUpperCase(), ...base64, ...inLinks].filter(
    ({ length }) => length >= SHORTEST_SECRET,
  );
}

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const wordOf = (text: string) => new RegExp(`(?<![\\w-])${literal(text)}(?![\\w-])`, 'g');

/** Long words of letters and digits together are keys and ids; others are names and paths. */
function opaque(word: string): string {
  return /\d/.test(word) && /[A-Za-z]/.test(word) ? HIDDEN : word;
}

/** A phone number's last three digits; times and addresses have other separators. */
function digits(run: string): string {
  if (/^\d{4}-\d\d-\d\d\b/.test(run) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(run)) return run;
  return `…${/\p{Nd}{0,3}$/u.exec(run.replaceAll(/\P{Nd}/gu, ''))?.[0] ?? ''}`;
}
