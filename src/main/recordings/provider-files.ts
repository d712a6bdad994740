import { t } from '../../shared/i18n/i18n.ts';
import type { RecordingPlace } from '../../shared/ipc/recordings.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { providerErrorMessage } from '../../shared/providers/error-words.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import type { Call } from '../../shared/call/model.ts';
import type { Provider } from '../calls/ports.ts';
import type { StoredRecording } from '../db/recordings/rows.ts';
import type { SafeRecordings } from '../db/storage/safe-recordings.ts';
import { describe, type Log } from '../log.ts';
import type { WayFetch } from '../network/transport.ts';
import { FileFailure, fetchRecording, fetchTranscript } from './provider-file.ts';
import { askRelay, fetchFromRelay, type RelayAddress } from './relay-file.ts';
import type { RecordingFiles } from './recording-files.ts';
import { transcriptLines } from './transcript.ts';

/** Pauses before the next attempt, in ms; the last one repeats. */
const RETRY_DELAYS_MS = [10_000, 60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000];
/** A copy of what is kept at the relay stays here so long, in ms. */
const COPY_KEPT_MS = 86_400_000;
/** The last attempt comes so long before the provider deletes the file, in ms. */
const LAST_ATTEMPT_MS = 10 * 60_000;

export interface ProviderFilesPorts {
  store: SafeRecordings;
  files: RecordingFiles;
  call: (callId: string) => Pick<Call, 'accountId' | 'providerCallId'> | undefined;
  provider: (accountId: string) => Provider | undefined;
  fetch: WayFetch;
  /** When a recording of this number is deleted here, Unix ms; undefined: never. */
  keepUntil: (accountId: string, from: number) => number | undefined;
  /** Where the relay serves its recordings. */
  relayFile: RelayAddress;
  /** Where recordings of a number are kept. */
  placeOf: (accountId: string) => RecordingPlace;
  clock: Clock;
  log: Log;
  changed: () => void;
}

/**
 * Fetches recordings and transcripts from providers before they delete them, one after another, those that would be
 * gone first first. What fails is tried again, with growing pauses, over restarts and times without a network.
 */
export class ProviderFiles {
  readonly #ports: ProviderFilesPorts;
  #cancel: () => void = () => undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(ports: ProviderFilesPorts) {
    this.#ports = ports;
  }

  /** What a stopped app had begun is begun again. */
  start(): void {
    this.#ports.store.interrupted();
    this.wake();
  }

  /** There may be something to fetch. */
  wake(): void {
    if (this.#closed || this.#running) return;
    this.#cancel();
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      this.#schedule();
    });
  }

  /** The network is back, or the agent asks: nothing waits for its pause. @param id this one, even if it does not wait */
  tryNow(id?: string): void {
    const { store, clock } = this.#ports;
    store.tryNow(clock.now());
    const asked = id === undefined ? undefined : store.get(id);
    if (asked && asked.state !== 'kept' && asked.state !== 'erased') {
      store.put({ ...asked, nextAt: clock.now() });
    }
    this.wake();
  }

  /** Resolves when nothing is fetched at the moment. */
  async settled(): Promise<void> {
    await this.#running;
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  #schedule(): void {
    const { store, clock } = this.#ports;
    const at = store.nextDue();
    if (this.#closed || at === undefined) return;
    this.#cancel();
    this.#cancel = clock.at(Math.max(at, clock.now() + 1000), () => this.wake());
  }

  async #run(): Promise<void> {
    const { store, clock, log } = this.#ports;
    const done = new Set<string>();
    for (;;) {
      const next = this.#closed ? undefined : store.due(clock.now());
      // While the index cannot be written, an answer would be asked for again and again.
      if (!next || done.has(next.id)) return;
      done.add(next.id);
      try {
        await this.#fetchOne(next);
      } catch (error) {
        log.error(`recordings: ${describe(error)}`);
        this.#failed(next, t('recordings.notStored'));
      }
      this.#ports.changed();
    }
  }

  async #fetchOne(expected: StoredRecording): Promise<void> {
    const { store, clock, call: find, provider: of, log } = this.#ports;
    const now = clock.now();
    if (expected.expiresAt !== undefined && now >= expected.expiresAt) {
      log.warn(`recordings: a ${expected.what} is gone at its provider`);
      return store.put({ ...expected, state: 'expired', nextAt: undefined });
    }
    const call = find(expected.callId);
    if (expected.source === 'relay' && call) return this.#fetchFromRelay(expected, call.accountId);
    const provider = call && of(call.accountId);
    if (call?.providerCallId === undefined || !provider?.recording) {
      return this.#failed(expected, t('notOffered.recording'));
    }
    const { providerCallId } = call;
    store.put({ ...expected, state: 'fetching' });
    const { mediaId } = expected;
    const answer = await provider.recording({ providerCallId, mediaId });
    if (!answer.ok) return this.#failed(expected, wordsOf(answer.error));
    try {
      await this.#keep(expected, answer.value, call.accountId);
      if (expected.what === 'audio')
        await this.#keepSaid(expected, call.accountId, provider, providerCallId);
    } catch (error) {
      if (!(error instanceof FileFailure)) throw error;
      if (error.isGone) store.put({ ...expected, state: 'expired', nextAt: undefined });
      else this.#failed(expected, error.message);
    }
  }

  /** A recording that stays at the relay is only fetched to be heard. */
  async #fetchFromRelay(expected: StoredRecording, accountId: string): Promise<void> {
    const { store, files, fetch, clock, keepUntil, relayFile, placeOf } = this.#ports;
    const place = placeOf(accountId);
    const at = { address: relayFile, fetch };
    store.put({ ...expected, state: 'fetching' });
    try {
      if (place !== 'console' && expected.place === undefined) {
        const known = await askRelay(expected.id, at);
        if (!store.get(expected.id)) return;
        if ('deletedBy' in known) return store.erase(expected, known.deletedBy);
        const unfetched = { why: undefined, nextAt: undefined, expiresAt: undefined };
        // Until the relay deletes it.
        const keptUntil = keepUntil(accountId, expected.startedAt ?? clock.now());
        return store.put({
          ...expected,
          ...unfetched,
          state: 'expected',
          place,
          keepUntil: keptUntil,
        });
      }
      const found = await fetchFromRelay(expected.id, { ...at, files });
      if (!store.get(expected.id)) return await files.remove(expected.id);
      if ('deletedBy' in found) return store.erase(expected, found.deletedBy);
      const now = clock.now();
      store.put({
        ...expected,
        ...found,
        tracks: [...found.tracks],
        marks: [...found.marks],
        state: 'kept',
        why: undefined,
        nextAt: undefined,
        place,
        keepUntil: place === 'console' ? keepUntil(accountId, now) : now + COPY_KEPT_MS,
      });
    } catch (error) {
      if (!(error instanceof FileFailure)) throw error;
      this.#failed(expected, error.message);
    }
  }

  async #keep(
    expected: StoredRecording,
    address: Parameters<typeof fetchRecording>[0],
    accountId: string,
  ): Promise<void> {
    const { store, files, fetch, clock, keepUntil } = this.#ports;
    const kept = {
      ...expected,
      state: 'kept',
      why: undefined,
      nextAt: undefined,
      place: 'console',
      keepUntil: keepUntil(accountId, clock.now()),
    } as const;
    if (expected.what === 'transcript') {
      const lines = transcriptLines(await fetchTranscript(address, { fetch }));
      if (!store.get(expected.id)) return;
      return store.putTranscript(kept, lines);
    }
    const track = await files.create(expected.id, 0);
    try {
      const mime = await fetchRecording(address, (part) => track.write(part), { fetch });
      const { bytes, sha256 } = await track.finish();
      // Its customer was erased meanwhile.
      if (!store.get(expected.id)) return await files.remove(expected.id);
      store.put({ ...kept, bytes, sha256, tracks: [{ side: 'both', mime, bytes }] });
    } catch (error) {
      await track.abandon();
      throw error;
    }
  }

  /** The transcript of a provider that keeps it with the call. Without it the recording is kept all the same. */
  async #keepSaid(
    { id, callId, startedAt }: StoredRecording,
    accountId: string,
    provider: Provider,
    providerCallId: string,
  ): Promise<void> {
    const { store, clock, keepUntil, log } = this.#ports;
    const answer = await provider.transcript?.(providerCallId);
    if (answer && !answer.ok) log.warn(`recordings: no transcript: ${wordsOf(answer.error)}`);
    if (!answer?.ok || answer.value.length === 0 || !store.get(id)) return;
    const lines = answer.value.map(({ fromMs, text }, n, all) => {
      return { speaker: 'unknown', fromMs, toMs: all[n + 1]?.fromMs ?? fromMs, text } as const;
    });
    store.putTranscript(
      {
        id: `${id}-said`,
        callId,
        what: 'transcript',
        source: 'provider',
        state: 'kept',
        place: 'console',
        tries: 0,
        legalHold: store.of(callId).some(({ legalHold }) => legalHold),
        keepUntil: keepUntil(accountId, clock.now()),
        startedAt,
        tracks: [],
        marks: [],
      },
      lines,
    );
  }

  #failed(expected: StoredRecording, why: string): void {
    const { store, clock, log } = this.#ports;
    if (!store.get(expected.id)) return;
    const now = clock.now();
    const pause = RETRY_DELAYS_MS[Math.min(expected.tries, RETRY_DELAYS_MS.length - 1)] ?? 0;
    const { expiresAt = Infinity } = expected;
    const last = expiresAt - LAST_ATTEMPT_MS;
    // One more attempt before it is gone, and one look afterwards that says so.
    const nextAt = now >= last ? expiresAt : Math.min(now + pause, last);
    log.warn(`recordings: a ${expected.what} was not fetched (${expected.tries + 1}): ${why}`);
    store.put({ ...expected, state: 'failed', why, nextAt, tries: expected.tries + 1 });
  }
}

/** Why a provider does not give out a file, for the agent. */
function wordsOf(error: ProviderError): string {
  const known = providerErrorMessage(error.provider, error);
  return known?.what ?? (error.message || t('providerErrors.refused'));
}
