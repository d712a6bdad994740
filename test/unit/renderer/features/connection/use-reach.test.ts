import { expect, it } from 'vitest';
import { reachOf } from '../../../../../src/renderer/features/connection/use-reach.ts';
import type { Connection } from '../../../../../src/shared/protocol/connection.ts';
import { snapshot } from '../../fixtures.ts';

const profile = { version: '1', electron: '1', language: 'en', workspace: 'profile' } as const;
const since = 1_000_000;

it.each<Connection>([
  { state: 'reconnecting', lostAt: since, retryAt: since, attempt: 1, why: { code: 'dropped' } },
  { state: 'refused', since, code: 'token-unknown', message: 'Ask.' },
  { state: 'offline', since },
  { state: 'connecting', since },
])('U4 $state counts as unreachable within 5 s, but not at once', (connection) => {
  const at = (now: number) => reachOf(snapshot({ app: profile, connection }), now);
  expect(at(since + 500)).toEqual({ kind: 'fine' });
  expect(at(since + 2_000)).toEqual({ kind: 'away', since, why: 'connection' });
  expect(at(since + 3_600_000)).toEqual({ kind: 'away', since, why: 'connection' });
});

it('U4 a profile without a relay token counts as unreachable', () => {
  const connection = { state: 'unconfigured' } as const;
  expect(reachOf(snapshot({ app: profile, connection }), since)).toEqual({ kind: 'no-sign-in' });
});

it.each(['demo', 'none'] as const)(
  'U4 the workspace %s never counts as unreachable',
  (workspace) => {
    const connection = { state: 'connecting', since } as const;
    const app = { ...profile, workspace };
    expect(reachOf(snapshot({ app, connection }), since + 60_000)).toEqual({ kind: 'fine' });
  },
);
