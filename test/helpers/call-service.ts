import { onTestFinished } from 'vitest';
import { CallService } from '../../src/main/calls/call-service.ts';
import { History } from '../../src/main/history/history.ts';
import { SafeCallLog } from '../../src/main/db/storage/safe-calls.ts';
import { Storage } from '../../src/main/db/storage/storage.ts';
import type { MediaCommand } from '../../src/shared/ipc/events.ts';
import type { ProviderEvent } from '../../src/shared/providers/events.ts';
import type { LogBody } from '../../src/shared/protocol/log-entry.ts';
import { FakeRelayedApi } from '../fakes/relayed-api.ts';
import { FakeClock } from '../fakes/clock.ts';
import { FakeCoordinator } from '../fakes/coordinator.ts';
import { FakeLog } from '../fakes/log.ts';
import { FakeProvider, type Kind } from '../fakes/provider.ts';
import { FakeMediaStreams } from '../fakes/media-streams.ts';

export const ACCOUNT = 'support';
const SELF = { id: 'ana', name: 'Ana' };

/** An open file until the end of the test. */
export function openStorage(path = ':memory:', clock = new FakeClock(), log = new FakeLog()) {
  const storage = new Storage({ path, clock, log });
  onTestFinished(() => storage.close());
  return storage;
}

/**
 * A call service on a real database, surrounded by fakes.
 *
 * @param options.storage what earlier services of the same test have used; theirs is over
 */
export function createCallService({
  path = ':memory:',
  clock = new FakeClock(),
  kind = 'meta',
  storage: used,
}: { path?: string; clock?: FakeClock; kind?: Kind; storage?: Storage } = {}) {
  const lines = new FakeLog();
  const storage = used ?? openStorage(path, clock, lines);
  storage.removeAllListeners('refreshed');
  const log = new SafeCallLog(storage);
  const { cursor } = log;
  if (!cursor.get()) cursor.reset('epoch', 0);
  const provider = new FakeProvider(kind);
  const streams = new FakeMediaStreams();
  const coordinator = new FakeCoordinator();
  const relayedApi = new FakeRelayedApi();
  const media: MediaCommand[] = [];
  let ids = 0;
  const service = new CallService({
    ports: {
      log,
      media: (command) => media.push(command),
      provider: (accountId) => (accountId === ACCOUNT ? provider : undefined),
      coordinator,
      relayedApi,
      relayPath: () => relayedApi.path,
      streams,
      iceServers: () => [],
    },
    clock,
    newId: () => `uuid-${++ids}`,
    log: lines,
    self: () => SELF,
  });
  storage.on('refreshed', () => service.restore());
  let entry = cursor.get()?.cursor ?? 0;

  /** Delivers the next log entry: a provider report. */
  const receive = (
    event: ProviderEvent,
    providerCallId = 'wacid.1',
    callbackData?: string,
    relayed?: 'relayed',
  ) => {
    service.reports.handleEntry({
      cursor: ++entry,
      at: clock.now(),
      body: {
        type: 'provider',
        accountId: ACCOUNT,
        providerCallId,
        callbackData,
        path: relayed,
        event: wire(event),
      },
    });
  };
  /** Delivers the next log entry as given. */
  const receiveEntry = (body: LogBody) =>
    service.reports.handleEntry({ cursor: ++entry, at: clock.now(), body });
  const claimed = (callId: string, by = { id: 'bob', name: 'Bob' }) => {
    receiveEntry({ type: 'claimed', callId, by });
  };
  return {
    /** For tests that damage the file. */
    exec: (sql: string): void => storage.read(({ db }) => void db.exec(sql), undefined),
    storage,
    log,
    cursor,
    provider,
    coordinator,
    relayedApi,
    streams,
    receiveEntry,
    media,
    lines,
    service,
    clock,
    receive,
    claimed,
    get history() {
      const open = storage.read(({ db }) => new History(db), undefined);
      if (!open) throw new Error('the file is not open');
      return open;
    },
    did: () => media.map((command) => command.do),
  };
}

/** Passes through JSON, like the relay's frames. */
function wire(event: ProviderEvent): Extract<LogBody, { type: 'provider' }>['event'] {
  return JSON.parse(JSON.stringify(event));
}
