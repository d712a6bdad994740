import { get } from 'node:http';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import type { Log } from '../log.ts';

/** What a network lets through: `portal`: a sign-in page answers in place of the site. */
export type Passage = 'open' | 'portal' | 'unknown';

/** An address that is asked, and how its site itself answers. */
interface Check {
  address: string;
  /** The beginning or part of its page; undefined: 204, without a page. */
  says?: string | undefined;
}

/** What each system itself asks; a portal knows these addresses and answers for them. */
const checks: Readonly<Partial<Record<NodeJS.Platform, Check>>> = {
  win32: {
    address: 'http://www.msftconnecttest.com/connecttest.txt',
    says: 'Microsoft Connect Test',
  },
  darwin: { address: 'http://captive.apple.com/hotspot-detect.html', says: 'Success' },
};
const usual: Check = {
  address: 'http://nmcheck.gnome.org/check_network_status.txt',
  says: 'NetworkManager is online',
};

/**
 * Where to ask; undefined if nobody may be asked.
 *
 * @param set what the organisation has set
 */
export function checkFor(platform: NodeJS.Platform, set: string | undefined): Check | undefined {
  if (set === 'off') return undefined;
  return set === undefined ? (checks[platform] ?? usual) : { address: set };
}

const WITHIN_MS = 4_000;
const LONGEST_PAGE = 4_096;

/** Asks once, by plain HTTP and without any data, because a portal can answer nothing else. */
export function askPassage({ address, says }: Check): Promise<Passage> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(WITHIN_MS);
    const request = get(address, { signal, agent: false }, (response) => {
      const { statusCode = 0 } = response;
      let page = '';
      const judge = () => {
        request.destroy();
        resolve(passageOf(statusCode, page, says));
      };
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        page += part;
        if (page.length > LONGEST_PAGE) judge();
      });
      response.on('end', judge);
      response.on('error', () => resolve('unknown'));
    });
    request.on('error', () => resolve('unknown'));
  });
}

function passageOf(status: number, page: string, says: string | undefined): Passage {
  // Network Authentication Required (RFC 6585, 6), or on to the sign-in page.
  if (status === 511 || (status >= 300 && status < 400)) return 'portal';
  if (status === 204) return says === undefined ? 'open' : 'portal';
  if (status !== 200) return 'unknown';
  return says !== undefined && page.includes(says) ? 'open' : 'portal';
}

/** Before the first question, in ms: a relay that restarts is back sooner. */
const FIRST_MS = 1_500;
/** Between questions while somebody signs in, in ms. */
const SOON_MS = 3_000;
/** The longest pause between questions about a network that gives no answer, in ms. */
const LONGEST_MS = 60_000;

export interface CaptivePortalPorts {
  check: Check | undefined;
  ask?: (check: Check) => Promise<Passage>;
  clock: Clock;
  log: Pick<Log, 'info'>;
  /** It has appeared or is gone. */
  changed: () => void;
  /** The agent has signed in: the relay can be reached. */
  passed: () => void;
}

/** Recognises a captive portal, while the relay cannot be reached. */
export class CaptivePortal {
  readonly #ports: CaptivePortalPorts;
  #isThere = false;
  #isAway = false;
  #pause = SOON_MS;
  #cancel: () => void = () => undefined;

  constructor(ports: CaptivePortalPorts) {
    this.#ports = ports;
  }

  /** A sign-in page is in the way. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /** Where the browser meets the sign-in page: an address we know, never one from the network. */
  get address(): string | undefined {
    return this.#ports.check?.address;
  }

  /** The connection to the relay has changed. */
  handleConnection({ state }: Pick<Connection, 'state'>): void {
    // Without any network there is nobody to ask; a relay that refuses has been reached.
    const isAway = state === 'reconnecting';
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#cancel();
    if (!isAway) return this.#become(false);
    this.#pause = SOON_MS;
    this.#askIn(FIRST_MS);
  }

  close(): void {
    this.#isAway = false;
    this.#cancel();
  }

  #askIn(ms: number): void {
    const { check, clock } = this.#ports;
    if (check) this.#cancel = clock.at(clock.now() + ms, () => void this.#askNow(check));
  }

  async #askNow(check: Check): Promise<void> {
    const { ask = askPassage, passed } = this.#ports;
    const passage = await ask(check);
    if (!this.#isAway) return;
    const wasThere = this.#isThere;
    this.#become(passage === 'portal');
    if (wasThere && passage === 'open') passed();
    if (passage === 'portal') this.#pause = SOON_MS;
    this.#askIn(this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_MS);
  }

  #become(isThere: boolean): void {
    if (isThere === this.#isThere) return;
    this.#isThere = isThere;
    this.#ports.log.info(`network: a sign-in page is ${isThere ? 'in the way' : 'gone'}`);
    this.#ports.changed();
  }
}
