import { basename, dirname, join } from 'node:path';
import { t } from '../../../shared/i18n/i18n.ts';
import { savedName } from '../../../shared/lib/file-name.ts';
import { KeyedQueue } from '../../../shared/lib/keyed-queue.ts';
import type { MessageFile } from '../../../shared/providers/events.ts';
import type { Provider } from '../../calls/ports.ts';
import type { ContactFact } from '../../db/contacts.ts';
import { describe, type Log, messageOf } from '../../log.ts';
import { download, DownloadFailure } from '../../network/download.ts';
import type { WayFetch } from '../../network/transport.ts';
import { notOffered, orProviderRefusal, providerRefusal, Refusal, refusal } from '../../refusal.ts';
import type { FileCache } from './file-cache.ts';
import { MOST_PIXELS, pixelsOf } from './picture-size.ts';
import { isAmr, isShownType, LARGEST_BYTES, shownMime, type ShownType } from './file-type.ts';
import { writeForeign } from './write-foreign.ts';

/** How long WhatsApp keeps a customer's file (docs/providers/meta.md#files), in ms. */
const KEPT_MS = 7 * 86_400_000;
/** WhatsApp's own limit of a document (docs/providers/meta.md#files). */
const LARGEST_SAVED_BYTES = 100_000_000;

export interface MessageFilePorts {
  message: (identity: string) => ContactFact | undefined;
  provider: (accountId: string) => Provider | undefined;
  fetch: WayFetch;
  cache: FileCache;
  /** A file of a customer was saved in a folder. */
  handleSaved: (folder: string) => void;
  now: () => number;
  log: Log;
}

/** A file that a window may show or play. */
export interface ShownFile {
  mime: string;
  bytes: Uint8Array;
}

/** A file where the agent wanted it. */
export interface SavedFile {
  name: string;
  bytes: number;
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
    if (this.#ports.message(identity)?.body.kind !== 'message-in') throw refusal('internal');
    const wanted = this.#wantedOf(identity);
    if (!wanted) throw notOffered(t('contacts.files.notShown'));
    return (
      (await this.#kept(wanted)) ??
      this.#queue.run(
        wanted.accountId,
        async () => (await this.#kept(wanted)) ?? this.#fetch(wanted),
      )
    );
  }

  /**
   * Saves a file where the agent wants it, of whatever type. It is never opened.
   *
   * @param choose asks where, with a name for it
   * @returns undefined if the agent wants it nowhere
   * @throws Refusal that says why it is not saved, and what to do
   */
  async save(
    identity: string,
    choose: (name: string) => Promise<string | undefined>,
  ): Promise<SavedFile | undefined> {
    const fact = this.#ports.message(identity);
    if (fact?.body.kind !== 'message-in' || !fact.body.file) throw refusal('internal');
    const { accountId, at, body } = fact;
    const { file } = fact.body;
    const path = await choose(savedName(file.name) ?? unnamed(body.type, file.mime));
    if (path === undefined) return undefined;
    return this.#queue.run(accountId, async () => {
      const bytes = await this.#bytesOf({ accountId, at, file }, LARGEST_SAVED_BYTES);
      try {
        await writeForeign(path, bytes);
      } catch (error) {
        throw refusal('export-failed', messageOf(error));
      }
      this.#ports.handleSaved(dirname(path));
      return { name: basename(path), bytes: bytes.length };
    });
  }

  /**
   * Copies what is kept here of these messages' files into a folder.
   *
   * @returns how many there were
   */
  async copy(identities: readonly string[], folder: string): Promise<number> {
    let count = 0;
    for (const identity of identities) {
      const wanted = this.#wantedOf(identity);
      const kept = wanted && (await this.#kept(wanted));
      if (!kept) continue;
      count += 1;
      await writeForeign(join(folder, `file-${count}.${endingOf(kept.mime)}`), kept.bytes);
    }
    return count;
  }

  #wantedOf(identity: string): Wanted | undefined {
    const fact = this.#ports.message(identity);
    if (fact?.body.kind !== 'message-in') return undefined;
    const { type, file } = fact.body;
    if (!file || !isShownType(type)) return undefined;
    return { accountId: fact.accountId, at: fact.at, type, file };
  }

  async #kept(wanted: Wanted): Promise<ShownFile | undefined> {
    const bytes = await this.#ports.cache.get(keyOf(wanted));
    const mime = bytes && shownMime(wanted.type, bytes);
    return bytes && mime !== undefined && mayBeDrawn(mime, bytes) ? { mime, bytes } : undefined;
  }

  async #fetch(wanted: Wanted): Promise<ShownFile> {
    const { cache } = this.#ports;
    const { type } = wanted;
    const bytes = await this.#bytesOf(wanted, LARGEST_BYTES[type]);
    const mime = shownMime(type, bytes);
    if (mime === undefined) {
      throw notOffered(t(isAmr(bytes) ? 'contacts.files.amr' : 'contacts.files.notShown'));
    }
    if (!mayBeDrawn(mime, bytes)) throw notOffered(t('contacts.files.tooManyPixels'));
    await cache.put(keyOf(wanted), bytes);
    return { mime, bytes };
  }

  /** Seals those that are kept here with the newest key. */
  sealAnew(isOver: () => boolean): Promise<void> {
    return this.#ports.cache.sealAnew(isOver);
  }

  /** Removes those that have been kept here since before a time, Unix ms. @returns how many there were */
  forgetOld(before: number): Promise<number> {
    return this.#ports.cache.forget(before);
  }

  /** Removes files that are kept here. @returns how many there were */
  async forget(files: readonly { accountId: string; fileId: string }[]): Promise<number> {
    let count = 0;
    for (const { accountId, fileId } of files) {
      if (await this.#ports.cache.remove(keyOf({ accountId, file: { id: fileId } }))) count += 1;
    }
    return count;
  }

  async #bytesOf({ accountId, at, file }: Omit<Wanted, 'type'>, most: number): Promise<Uint8Array> {
    const { provider, now } = this.#ports;
    // 360dialog blocks a number that asks for too much that is gone (docs/providers/d360.md#files).
    if (now() - at > KEPT_MS) throw notOffered(t('contacts.files.gone'));
    const answer = await provider(accountId)?.file?.(file.id);
    if (!answer) throw notOffered(t('notOffered.messages'));
    const found = orProviderRefusal(answer);
    if ((found.bytes ?? 0) > most) throw tooLarge(most);
    return this.#download(found, most);
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

/** The ending where the customer gave no name: of what is most often sent. */
function unnamed(type: string, mime = ''): string {
  const ending = ENDINGS[mime.split(';')[0]?.trim() ?? ''];
  return ending === undefined ? type : `${type}.${ending}`;
}

/** What the name of a shown file ends in. */
function endingOf(mime: string): string {
  const [type = ''] = mime.split(';');
  return ENDINGS[type] ?? /\/([a-z\d]{2,5})$/.exec(type)?.[1] ?? 'bin';
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'audio/amr': 'amr',
  'audio/ogg': 'ogg',
  'image/jpeg': 'jpg',
  'text/plain': 'txt',
};

const keyOf = ({ accountId, file }: { accountId: string; file: Pick<MessageFile, 'id'> }) =>
  `${accountId}\n${file.id}`;

function mayBeDrawn(mime: string, bytes: Uint8Array): boolean {
  return !mime.startsWith('image/') || (pixelsOf(mime, bytes) ?? Infinity) <= MOST_PIXELS;
}

function tooLarge(most: number) {
  return notOffered(t('contacts.files.tooLarge', { megabytes: most / 1_000_000 }));
}
