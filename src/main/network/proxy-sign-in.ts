import { createHash, randomBytes } from 'node:crypto';
import { authenticateMessage, negotiateMessage, readChallenge } from './ntlm.ts';

/** Credentials for a proxy. */
export interface SignIn {
  user: string;
  password: string;
}

/** How we can sign in. */
export type Scheme = 'digest' | 'ntlm' | 'basic';

/** What a proxy asks for, in its words. */
export interface Challenge {
  scheme: string;
  /** What follows the scheme. */
  rest: string;
}

/** The strongest first; Basic sends the password itself. */
const ORDER: readonly Scheme[] = ['digest', 'ntlm', 'basic'];

/** Splits the values of `Proxy-Authenticate` (RFC 9110, 11.6.1) into challenges. */
export function readChallenges(values: string | readonly string[] | undefined): Challenge[] {
  return [values ?? []].flat().flatMap((value) =>
    value
      // A comma also stands between the parameters of one challenge.
      .split(/,\s*(?=[A-Za-z][\w-]*(?:\s+[^=,\s]|\s*$|\s*,))/)
      .flatMap((part) => {
        const [, scheme, rest = ''] = /^\s*([A-Za-z][\w-]*)(?:\s+(.*))?$/s.exec(part) ?? [];
        return scheme === undefined ? [] : [{ scheme: scheme.toLowerCase(), rest: rest.trim() }];
      }),
  );
}

/** The strongest scheme that we can answer; undefined without any. */
export function chooseScheme(challenges: readonly Challenge[]): Scheme | undefined {
  // Some old proxies name none at all and mean Basic.
  if (challenges.length === 0) return 'basic';
  return ORDER.find((scheme) =>
    challenges.some((one) => one.scheme === scheme && (scheme !== 'digest' || canDigest(one))),
  );
}

/** A conversation with one proxy about one request, answer by answer. */
export class ProxyTalk {
  readonly #signIn: SignIn;
  readonly #authority: string;
  #last: Scheme | 'ntlm-negotiate' | undefined;

  /** @param authority the target of the `CONNECT` */
  constructor(signIn: SignIn, authority: string) {
    this.#signIn = signIn;
    this.#authority = authority;
  }

  /**
   * What to send before the proxy has asked, where it is known to take Basic; else nothing, because
   * the password would be in clear.
   */
  first(known: Scheme | undefined): string | undefined {
    if (known === 'ntlm') return this.#negotiate();
    if (known !== 'basic') return undefined;
    this.#last = 'basic';
    return basic(this.#signIn);
  }

  /**
   * The answer to its challenges.
   *
   * @returns `refused` if it has rejected what we sent, `unknown` if it asks for what we cannot do
   */
  answer(challenges: readonly Challenge[]): { send: string } | 'refused' | 'unknown' {
    if (this.#last === 'ntlm-negotiate') {
      const said = challenges.find(({ scheme, rest }) => scheme === 'ntlm' && rest !== '');
      const challenge = said && readChallenge(Buffer.from(said.rest, 'base64'));
      if (!challenge) return 'refused';
      this.#last = 'ntlm';
      const message = authenticateMessage(this.#signIn, challenge);
      return { send: `NTLM ${message.toString('base64')}` };
    }
    const scheme = chooseScheme(challenges);
    if (scheme === undefined) return 'unknown';
    const asked = challenges.find((one) => one.scheme === scheme);
    if (this.#last !== undefined && !(scheme === 'digest' && isStale(asked))) return 'refused';
    if (scheme === 'ntlm') return { send: this.#negotiate() };
    this.#last = scheme;
    if (scheme === 'basic') return { send: basic(this.#signIn) };
    return asked ? { send: digest(this.#signIn, asked, this.#authority) } : 'unknown';
  }

  #negotiate(): string {
    this.#last = 'ntlm-negotiate';
    return `NTLM ${negotiateMessage().toString('base64')}`;
  }
}

function basic({ user, password }: SignIn): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The parameters of a challenge; quotes are gone. */
function parametersOf({ rest }: Challenge): ReadonlyMap<string, string> {
  const found = [...rest.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)];
  return new Map(
    found.map(([, name = '', quoted, plain = '']) => [
      name.toLowerCase(),
      quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'),
    ]),
  );
}

const HASHES: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256' };

function canDigest(challenge: Challenge): boolean {
  const values = parametersOf(challenge);
  const algorithm = (values.get('algorithm') ?? 'MD5').toLowerCase().replace(/-sess$/, '');
  const qop = values.get('qop');
  const canProtect = qop === undefined || qop.split(',').some((one) => one.trim() === 'auth');
  return HASHES[algorithm] !== undefined && canProtect && values.has('nonce');
}

function isStale(challenge: Challenge | undefined): boolean {
  return challenge !== undefined && parametersOf(challenge).get('stale')?.toLowerCase() === 'true';
}

/** RFC 7616, for `CONNECT`. */
export function digest(
  { user, password }: SignIn,
  challenge: Challenge,
  authority: string,
  cnonce = randomBytes(12).toString('hex'),
): string {
  const values = parametersOf(challenge);
  const algorithm = values.get('algorithm');
  const hash = HASHES[(algorithm ?? 'MD5').toLowerCase().replace(/-sess$/, '')] ?? 'md5';
  const h = (...parts: readonly string[]) => createHash(hash).update(parts.join(':')).digest('hex');
  const [realm = '', nonce = ''] = [values.get('realm'), values.get('nonce')];
  const plain = h(user, realm, password);
  const a1 = /-sess$/i.test(algorithm ?? '') ? h(plain, nonce, cnonce) : plain;
  const a2 = h('CONNECT', authority);
  const hasQop = values.has('qop');
  const response = hasQop ? h(a1, nonce, '00000001', cnonce, 'auth', a2) : h(a1, nonce, a2);
  const opaque = values.get('opaque');
  const said = [
    `username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(authority)}`,
    `response="${response}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(hasQop || /-sess$/i.test(algorithm ?? '')
      ? ['qop=auth', 'nc=00000001', `cnonce="${cnonce}"`]
      : []),
  ];
  return `Digest ${said.join(', ')}`;
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
