import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SqliteCallLog } from '../../../src/main/db/call-log.ts';
import { ExportedFiles } from '../../../src/main/db/erasing/exported-files.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { pathsOf } from '../../../src/main/paths.ts';
import { exportWithoutWindow } from '../../../src/main/provisioning/headless-export.ts';
import { endedCall, put } from '../../helpers/calls.ts';
import { tempFolder } from '../../helpers/temp.ts';

const readerWorker = fileURLToPath(
  new URL('../../../src/main/history/reader-worker.ts', import.meta.url),
);

test('an export without a window is noted beside those of the open console', async () => {
  const folder = tempFolder();
  const at = { userData: folder, app: folder, out: folder, resourcesPath: folder };
  const paths = { ...pathsOf({ ...at, packaged: false, env: {} }), readerWorker };
  const { db } = openDatabase({ path: paths.database('profile') });
  put(new SqliteCallLog(db), endedCall(1));
  const exported = new ExportedFiles(db);
  exported.note({ path: '/exports/own.xlsx', at: 1, has: 'calls' });

  const file = join(folder, 'calls.csv');
  const options = { file, format: 'csv', from: undefined, to: 5_000_000_000_000 } as const;
  const rest = { separator: undefined, columns: undefined, manifest: false, preset: undefined };
  const said = await exportWithoutWindow(paths, { ...options, ...rest }, []);
  expect(said).toBe(`1 call written to ${file}`);
  expect(exported.all()).toMatchObject([
    { path: file, has: 'calls', to: 5_000_000_000_000 },
    { path: '/exports/own.xlsx' },
  ]);
  db.close();
});
