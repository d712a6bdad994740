import { t } from '../../../shared/i18n/i18n.ts';
import { KeyedQueue } from '../../../shared/lib/keyed-queue.ts';
import type { MessageFile } from '../../../shared/providers/events.ts';
import type { Provider } from '../../calls/ports.ts';
import type { ContactFact } from '../../db/contacts.ts';
import { describe, type Log } from '../../log.ts';
import { download, DownloadFailure } from '../../network/download.ts';
import type { WayFetch } from '../../network/transport.ts';
import { notOffered, orProviderRefusal, providerRefusal, Refusal, refusal } from '../../refusal.ts';
import type { FileCache } from './file-cache.ts';
import { MOST_PIXELS, pixelsOf } from './picture-size.ts';
import { isShownType, LARGEST_BYTES, shownMime, type ShownType } from './file-type.ts';

/** How long WhatsApp keeps a customer's file (docs/providers/meta.md#files), in ms. */
const KEPT_MS = 7 * 86_400_000;

export interface MessageFilePorts {
  message: (identity: string) => ContactFact | undefined;
  provider: (accountId: string) => Provider | undefined;
  fetch: WayFetch;
  cache: FileCache;
  now: () => number;
  log: Log;
}

/** A file that a window may show or play. */
export interface ShownFile {
  mime: string;
  bytes: Uint8Array;
}

interface Wanted {
  accountId: string;
  at: number;
  type: ShownType;
  file: MessageFile;
}

/**
 * Pictures, voice messages and videos of customers, fetched when an agent looks at them. A window gets the
 * bytes, never an address, and only of types that are drawn or played, never run.
 */
export class MessageFiles {
  readonly #ports: MessageFilePorts;
  /** One at a time from each number: a page of pictures must not use up its limits. */
  readonly #queue: KeyedQueue;

  constructor(ports: MessageFilePorts) {
    this.#ports = ports;
    this.#queue = new KeyedQueue((_, error) => {
      ports.log.info(`files: not shown: ${describe(error)}`);
    });
  }

  /** @throws Refusal that says why the file is not shown, and what to do */
  async get(identity: string): Promise<ShownFile> {
    const fact = this.#ports.message(identity);
    if (fact?.body.kind !== 'message-in') throw refusal('internal');
    const { type, file } = fact.body;
    if (!file || !isShownType(type)) throw notOffered(t('contacts.files.notShown'));
    const wanted = { accountId: fact.accountId, at: fact.at, type, file };
    return (
      (await this.#kept(wanted)) ??
      this.#queue.run(fact.accountId, async () => (await this.#kept(wanted)) ?? this.#fetch(wanted))
    );
  }

  async #kept(wanted: Wanted): Promise<ShownFile | undefined> {
    const bytes = await this.#ports.cache.get(keyOf(wanted));
    const mime = bytes && shownMime(wanted.type, bytes);
    return bytes && mime !== undefined && mayBeDrawn(mime, bytes) ? { mime, bytes } : undefined;
  }

  async #fetch(wanted: Wanted): Promise<ShownFile> {
    const { provider, cache, now } = this.#ports;
    const { accountId, at, type, file } = wanted;
    // 360dialog blocks a number that asks for too much that is gone (docs/providers/d360.md#files).
    if (now() - at > KEPT_MS) throw notOffered(t('contacts.files.gone'));
    const answer = await provider(accountId)?.file?.(file.id);
    if (!answer) throw notOffered(t('notOffered.messages'));
    const found = orProviderRefusal(answer);
    const most = LARGEST_BYTES[type];
    if ((found.bytes ?? 0) > most) throw tooLarge(most);
    const bytes = await this.#download(found, most);
    const mime = shownMime(type, bytes);
    if (mime === undefined) throw notOffered(t('contacts.files.notShown'));
    if (!mayBeDrawn(mime, bytes)) throw notOffered(t('contacts.files.tooManyPixels'));
    await cache.put(keyOf(wanted), bytes);
    return { mime, bytes };
  }

  async #download(
    { url, headers }: { url: string; headers: Readonly<Record<string, string>> },
    maxBytes: number,
  ): Promise<Uint8Array> {
    const { fetch } = this.#ports;
    try {
      return (await download({ url, headers }, { fetch, maxBytes, redirect: 'error' })).bytes;
    } catch (error) {
      if (!(error instanceof DownloadFailure)) throw error;
      const { why, status = 0 } = error;
      if (why === 'tooLarge') throw tooLarge(maxBytes);
      const code = why === 'status' ? `http-${status}` : 'network';
      throw new Refusal(providerRefusal({ code, message: '', transient: true }));
    }
  }
}

const keyOf = ({ accountId, file }: Wanted) => `${accountId}\n${file.id}`;

function mayBeDrawn(mime: string, bytes: Uint8Array): boolean {
  return !mime.startsWith('image/') || (pixelsOf(mime, bytes) ?? Infinity) <= MOST_PIXELS;
}

function tooLarge(most: number) {
  return notOffered(t('contacts.files.tooLarge', { megabytes: most / 1_000_000 }));
}
