import { createHash } from 'node:crypto';
import { describe, type Log } from '../log.ts';
import { download } from '../network/download.ts';
import type { WayFetch } from '../network/transport.ts';

/** Larger than any of 30 s. */
const MOST_BYTES = 2_000_000;
/** The customer must not wait longer than that; in ms. */
const WITHIN_MS = 5_000;

/** An admin's own words before a recording: an Ogg Opus file. */
export interface OwnAnnouncement {
  sha256: string;
  bytes: Uint8Array;
}

export interface AnnouncementsPorts {
  /** The hash of a number's announcement, as the relay says; undefined: it is ours. */
  hashOf: (accountId: string) => string | undefined;
  /** Where the relay serves it. */
  address: (
    accountId: string,
  ) => { url: string; headers: Readonly<Record<string, string>> } | undefined;
  fetch: WayFetch;
  log: Log;
}

/** What the relay's admin has customers hear before a recording, fetched once. */
export class Announcements {
  readonly #ports: AnnouncementsPorts;
  readonly #known = new Map<string, Promise<OwnAnnouncement | undefined>>();

  constructor(ports: AnnouncementsPorts) {
    this.#ports = ports;
  }

  /** @returns undefined if the number has none of its own; resolves with undefined if it cannot be had now */
  of(accountId: string): Promise<OwnAnnouncement | undefined> | undefined {
    const sha256 = this.#ports.hashOf(accountId);
    if (sha256 === undefined) return undefined;
    const known = this.#known.get(sha256) ?? this.#fetch(accountId, sha256);
    this.#known.set(sha256, known);
    return known;
  }

  async #fetch(accountId: string, sha256: string): Promise<OwnAnnouncement | undefined> {
    const { address, fetch, log } = this.#ports;
    try {
      const from = address(accountId);
      if (!from) return undefined;
      const limits = { maxBytes: MOST_BYTES, withinMs: WITHIN_MS, redirect: 'error' } as const;
      const { bytes } = await download(from, { fetch, ...limits });
      if (createHash('sha256').update(bytes).digest('hex') === sha256) return { sha256, bytes };
      throw new Error('it is another file');
    } catch (error) {
      log.warn(`recorder: the relay's announcement cannot be played: ${describe(error)}`);
      // The next call tries again.
      this.#known.delete(sha256);
      return undefined;
    }
  }
}
