import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/**
 * A wall clock can be set at any time, so no deadline may depend on it. These files read it, for
 * these reasons:
 */
const MAY: Readonly<Record<string, string>> = {
  'src/shared/lib/clock.ts': 'makes the clocks that others are given',
  'src/main/clock.ts': 'follows the machine while nothing hangs on it',
  'src/relay/cli/backup.ts': 'the time in the name of a file',
  'src/relay/cli/doctor.ts': 'compares it with that of others',
  'src/relay/log.ts': 'the time that a line of the log carries',
  'src/relay/media/gather.ts': 'credentials that coturn compares with its own wall clock',
  'src/main/windows/dialogs.ts': 'the day in the name of a file',
  'src/main/provisioning/headless-export.ts': 'when a file was written',
  'src/main/history/export/manifest.ts': 'when a file says that it was written',
  'src/main/lib/json-file.ts': 'the time in the name of a file',
  'src/main/network/ntlm.ts': 'a time that the proxy compares with its own',
  'src/main/db/open.ts': 'the time in the name of a file',
  'src/main/provisioning/write-set-up.ts': 'until when a relay elsewhere takes an invitation',
};

const files = ['src/relay', 'src/shared', 'src/main', 'src/sqlite', 'src/werift']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      path.posix.join(folder, name),
    ),
  )
  .filter((name) => name.endsWith('.ts'));

it('nothing is decided by the wall clock', () => {
  const readers = files.filter((name) =>
    /\bDate\.now\b|new Date\(\)/.test(readFileSync(name, 'utf8')),
  );
  expect(readers.toSorted()).toEqual(Object.keys(MAY).toSorted());
});
