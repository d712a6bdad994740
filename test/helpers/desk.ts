import { onTestFinished } from 'vitest';
import { CallService } from '../../src/main/calls/call-service.ts';
import { createCallLog } from '../../src/main/db/call-log.ts';
import { History } from '../../src/main/db/history.ts';
import { openDatabase } from '../../src/main/db/open.ts';
import { RelayCursor } from '../../src/main/db/relay-cursor.ts';
import type { MediaCommand } from '../../src/shared/ipc/events.ts';
import type { ProviderEvent } from '../../src/shared/providers/events.ts';
import type { LogBody } from '../../src/shared/relay/protocol.ts';
import { FakeAnchor } from '../fakes/anchor.ts';
import { FakeClock } from '../fakes/clock.ts';
import { FakeCoordinator } from '../fakes/coordinator.ts';
import { FakeLog } from '../fakes/log.ts';
import { FakeProvider, type Kind } from '../fakes/provider.ts';
import { FakeSounds } from '../fakes/sounds.ts';

export const ACCOUNT = 'support';
const SELF = { id: 'ana', name: 'Ana' };

/** A call service on a real database, with fakes around it. */
export function createDesk({
  path = ':memory:',
  clock = new FakeClock(),
  kind = 'meta',
}: { path?: string; clock?: FakeClock; kind?: Kind } = {}) {
  const { db } = openDatabase({ path });
  onTestFinished(() => {
    db.close();
  });
  const cursor = new RelayCursor(db);
  if (!cursor.get()) cursor.reset('epoch', 0);
  const log = createCallLog(db);
  const provider = new FakeProvider(kind);
  const sounds = new FakeSounds();
  const coordinator = new FakeCoordinator();
  const anchor = new FakeAnchor();
  const media: MediaCommand[] = [];
  const lines = new FakeLog();
  let ids = 0;
  const service = new CallService({
    ports: {
      log,
      media: (command) => media.push(command),
      provider: (accountId) => (accountId === ACCOUNT ? provider : undefined),
      coordinator,
      anchor,
      sounds,
      iceServers: () => [],
    },
    clock,
    newId: () => `uuid-${++ids}`,
    log: lines,
    self: () => SELF,
  });
  let entry = cursor.get()?.cursor ?? 0;

  /** The next entry of the relay's log: something the provider said. */
  const say = (
    event: ProviderEvent,
    providerCallId = 'wacid.1',
    opaque?: string,
    route?: 'anchored',
  ) => {
    service.fromRelay({
      cursor: ++entry,
      at: clock.now(),
      body: {
        type: 'provider',
        accountId: ACCOUNT,
        providerCallId,
        opaque,
        route,
        event: wire(event),
      },
    });
  };
  /** The next entry, whatever it says. */
  const tell = (body: LogBody) => service.fromRelay({ cursor: ++entry, at: clock.now(), body });
  const claimed = (callId: string, by = { id: 'bob', name: 'Bob' }) => {
    tell({ type: 'claimed', callId, by });
  };
  return {
    /** For tests that break something in the file. */
    exec: (sql: string): void => {
      db.exec(sql);
    },
    log,
    cursor,
    provider,
    coordinator,
    anchor,
    sounds,
    tell,
    media,
    lines,
    service,
    clock,
    say,
    claimed,
    history: new History(db),
    did: () => media.map((command) => command.do),
  };
}

/** Through JSON, as the relay's frames go. */
function wire(event: ProviderEvent): Extract<LogBody, { type: 'provider' }>['event'] {
  return JSON.parse(JSON.stringify(event));
}
