import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RecordingFiles } from '../../src/main/recordings/recording-files.ts';
import { recordingKeyOf } from '../../src/recording/keys.ts';
import { sealFileAnew } from '../../src/relay/recordings/sealing.ts';

/**
 * `seal-forever.ts CONSOLE RELAY KEY KEY`: seals a console's and a relay's recordings with one key, then with the other, and
 * so on. Prints a line for each turn. It is killed.
 */
const [, , console = '', relay = '', ...keys] = process.argv;

for (;;) {
  const [key = '', old = ''] = keys;
  await new RecordingFiles({ folder: console, keys }).sealAnew(() => false);
  for (const name of readdirSync(relay).filter((one) => one.endsWith('.rdrec'))) {
    const by = { key: recordingKeyOf(key), oldKeys: [recordingKeyOf(old)] };
    await sealFileAnew(join(relay, name), by);
  }
  keys.reverse();
  process.stdout.write('turn\n');
}
