import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '../../shared/ipc/erasing.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { AdminRequest } from '../../shared/protocol/agent-admin.ts';
import type { Erasure } from '../../shared/protocol/erasure.ts';
import type { Party } from '../../shared/providers/events.ts';
import { personHash } from '../../sqlite/person-hash.ts';
import { refusal } from '../refusal.ts';
import type { Outcome } from '../relay-client/requests.ts';
import { certificateJson, certificateText } from './certificate.ts';
import type { PersonEraser, Progress } from './person-eraser.ts';

const SALT_BYTES = 16;

export interface ErasuresPorts {
  eraser: PersonEraser;
  /** Every key of a person. */
  keysOf: (key: string) => readonly string[];
  /** Whether one of them is in a call now. */
  isLive: (keys: readonly string[]) => boolean;
  /** Undefined for a console without a relay. */
  administer: ((request: AdminRequest) => Promise<Outcome>) | undefined;
  self: () => { id: string; name: string } | undefined;
  /** Where certificates are kept. */
  folder: string;
  clock: Clock;
}

/** A certificate, and where it stands. */
interface Certified {
  certificate: Certificate;
  text: string;
  path: string;
}

/** Erases a person everywhere: at the relay, which tells all consoles, and here. */
export class Erasures {
  readonly #ports: ErasuresPorts;

  constructor(ports: ErasuresPorts) {
    this.#ports = ports;
  }

  /** Where certificates are kept. */
  get folder(): string {
    return this.#ports.folder;
  }

  /**
   * Erases, and certifies what went.
   *
   * @throws Refusal if the agent is no admin, the relay cannot be reached, or they are in a call
   */
  async erase(party: Party, progress: Progress): Promise<Certified> {
    const { eraser, keysOf, isLive, clock, self } = this.#ports;
    const key = personKey(party);
    if (key === undefined) throw refusal('bad-request');
    const keys = keysOf(key);
    if (isLive(keys)) throw refusal('customer-in-call');
    const begunAt = clock.now();
    eraser.onProgress = progress;
    try {
      progress('relay', 0, 1);
      const relay = await this.#atRelay(keys);
      const erasure = relay?.erasure ?? this.#own(keys);
      // The relay's clock may be another one.
      const local = await eraser.erase({ ...erasure, at: Math.max(begunAt, clock.now()) });
      return await this.#keep({
        id: erasure.id,
        begunAt,
        endedAt: clock.now(),
        by: self()?.name ?? '',
        person: { salt: erasure.salt, hashes: erasure.hashes },
        ...(relay && { relay: { rows: relay.rows, consoles: relay.consoles } }),
        ...local,
      });
    } finally {
      eraser.onProgress = () => undefined;
    }
  }

  async #atRelay(keys: readonly string[]) {
    const { administer } = this.#ports;
    if (!administer) return undefined;
    const outcome = await administer({ do: 'erase', keys: [...keys] });
    switch (outcome.kind) {
      case 'erased':
        return outcome;
      case 'refused':
        // With a teammate, or nobody has taken it.
        if (outcome.why === 'in-call') throw refusal('customer-in-call');
        throw refusal('relay-refused', outcome.why);
      case 'unreachable':
        throw refusal('offline');
      default:
        throw refusal('internal');
    }
  }

  #own(keys: readonly string[]): Erasure {
    const salt = randomBytes(SALT_BYTES).toString('hex');
    return {
      id: randomBytes(SALT_BYTES).toString('hex'),
      at: this.#ports.clock.now(),
      salt,
      hashes: keys.map((key) => personHash(salt, key)),
    };
  }

  async #keep(certificate: Certificate): Promise<Certified> {
    const { folder } = this.#ports;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const day = new Date(certificate.endedAt).toISOString().slice(0, 10);
    const path = join(folder, `erasure-${day}-${certificate.id.slice(0, 8)}`);
    const text = certificateText(certificate);
    await writeFile(`${path}.json`, certificateJson(certificate), { mode: 0o600 });
    await writeFile(`${path}.txt`, text, { mode: 0o600 });
    return { certificate, text, path: `${path}.txt` };
  }
}
