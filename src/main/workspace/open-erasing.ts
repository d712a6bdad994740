import type { KeptMessage } from '../../shared/ipc/team-message.ts';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { personKey } from '../../shared/lib/person-key.ts';
import type { CallService } from '../calls/call-service.ts';
import type { MessageFiles } from '../contacts/files/message-files.ts';
import { keysOfPerson } from '../db/erasing/person-keys.ts';
import type { SafeCallLog } from '../db/storage/safe-calls.ts';
import type { SafeSetting, SafeSettings } from '../db/storage/safe-stores.ts';
import type { SafeTodos } from '../db/storage/safe-todos.ts';
import { Erasures, type ErasuresPorts } from '../erasing/erasures.ts';
import { PersonEraser, type PersonEraserPorts } from '../erasing/person-eraser.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { WorkspaceStorage } from './workspace-storage.ts';

interface ErasingPorts
  extends
    Pick<ErasuresPorts, 'administer' | 'self' | 'clock'>,
    Pick<PersonEraserPorts, 'changed' | 'log'> {
  file: WorkspaceStorage;
  database: string;
  calls: Pick<CallService, 'live'>;
  callLog: SafeCallLog;
  files: Pick<MessageFiles, 'forget'>;
  recordings: Pick<Recordings, 'erase' | 'holds'>;
  messages: SafeSetting<readonly KeptMessage[]>;
  settings: SafeSettings;
  todos: Pick<SafeTodos, 'queued' | 'setQueued'>;
}

/** What erases people from this console, and everywhere. */
export function openErasing(ports: ErasingPorts): { eraser: PersonEraser; erasures: Erasures } {
  const { file, database, calls, clock, log } = ports;
  const { storage, erasures: store, history, repairs, snapshots } = file;
  const live = (keys: readonly string[]) =>
    calls.live().filter(({ party }) => {
      const { userId } = party;
      return [personKey(party), personKey({ userId })].some(
        (key) => key !== undefined && keys.includes(key),
      );
    }).length;
  const eraser = new PersonEraser({
    store,
    keysOf: (salt, hashes) => history.keysOfHashes(salt, hashes),
    live,
    texts: (words, callIds) => eraseTexts(ports, words, callIds),
    forgetCalls: (callIds) => ports.callLog.drop(callIds),
    forgetFiles: (files) => ports.files.forget(files),
    applyHolds: () => ports.recordings.holds.apply(),
    eraseRecordings: (callIds) => ports.recordings.erase(callIds),
    purge: () => repairs.purge(database),
    async renewCopies() {
      // What an update keeps of the version before, with the log as it was.
      const kept = join(dirname(database), 'updates', 'data-before');
      rmSync(kept, { recursive: true, force: true });
      return snapshots.renew();
    },
    changed: ports.changed,
    log,
  });
  const erasures = new Erasures({
    eraser,
    keysOf: (key) => storage.read(({ db }) => keysOfPerson(db, key), [key]),
    isLive: (keys) => live(keys) > 0,
    administer: ports.administer,
    self: ports.self,
    folder: join(dirname(database), 'erasures'),
    clock,
  });
  return { eraser, erasures };
}

/** Texts that name the person outside their own rows. @returns how many were removed */
function eraseTexts(
  { file, messages, settings, todos, clock }: ErasingPorts,
  words: readonly string[],
  callIds: readonly string[],
): number {
  const traces = [...words.map((word) => word.replaceAll('"', '')), ...callIds];
  const names = (text: string) => {
    const digits = text.replaceAll(/[\s().+-]/g, '');
    return traces.some((trace) => text.includes(trace) || digits.includes(trace));
  };
  const without = <T>(list: readonly T[]) => list.filter((one) => !names(JSON.stringify(one)));
  let count = 0;
  for (const [key, text] of Object.entries(file.drafts.all())) {
    if (!names(key) && !names(text)) continue;
    file.drafts.set(key, '', clock.now());
    count += 1;
  }
  const change = <T>(list: readonly T[], set: (left: readonly T[]) => void) => {
    const left = without(list);
    if (left.length === list.length) return;
    count += list.length - left.length;
    set(left);
  };
  const { savedViews, exportPresets } = settings.get();
  change(messages.get(), (left) => messages.set(left));
  change(todos.queued(), (left) => todos.setQueued(left));
  change(savedViews, (left) => settings.set({ savedViews: left }));
  change(exportPresets, (left) => settings.set({ exportPresets: left }));
  return count;
}
