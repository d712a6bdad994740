import { expect, it } from 'vitest';
import {
  ACCOUNT,
  APP_SECRET,
  NUMBER_ID,
  relayConfig,
  startRelay,
  temporaryFolder,
  VERIFY_TOKEN,
} from '../harness.ts';

it('the relay reports at its start that WhatsApp cannot reach its media', async () => {
  const folder = temporaryFolder();
  const relayed = {
    id: ACCOUNT,
    provider: 'meta',
    phoneNumberId: NUMBER_ID,
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    path: 'relayed',
    accessToken: 'token',
  };
  const relay = await startRelay(relayConfig(folder.dir, { accounts: [relayed] }));
  const warnings = relay.lines.filter(({ level }) => level === 'warn');
  expect(warnings).toEqual([
    expect.objectContaining({
      event: 'config.unreachable',
      field: 'media.bind',
      account: ACCOUNT,
    }),
  ]);
  await relay.close();
  folder.remove();
});
