import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startCallSchema } from '../../../src/simulator/calls/plan.ts';
import { parseConfig } from '../../../src/simulator/config.ts';
import { noFaults, patchFaults } from '../../../src/simulator/faults.ts';

const account = {
  id: 'shop',
  provider: 'meta',
  phoneNumberId: '1',
  wabaId: '2',
  displayPhoneNumber: '+1 631-555-3601',
  accessToken: 't',
  appSecret: 's',
  verifyToken: 'v',
};

test('a short simulator configuration gets every default', () => {
  const config = parseConfig({ version: 1, accounts: [account] });
  expect(config.listen).toEqual({ host: '127.0.0.1', port: 4100 });
  expect(config.media.host).toBe('127.0.0.1');
  expect(config.timing).toMatchObject({ acceptDeadlineMs: 45_000, webhookAttempts: 6 });
});

test('simulator configuration errors name the field', () => {
  const { phoneNumberId: _, ...incomplete } = account;
  expect(() => parseConfig({ version: 1, accounts: [incomplete] })).toThrow(
    'accounts[0].phoneNumberId: required',
  );
  expect(() =>
    parseConfig({ version: 1, accounts: [account], customers: [{ name: 'Nobody' }] }),
  ).toThrow('customers[0]: waId or bsuid: required');
  expect(() => parseConfig({ version: 1, accounts: [account], timeing: {} })).toThrow('timeing');
  expect(() => parseConfig({ version: 1, accounts: [{ ...account, provider: 'other' }] })).toThrow(
    'accounts[0].provider',
  );
});

test('timeScale shortens durations that are not set', () => {
  const { timing } = parseConfig({
    version: 1,
    accounts: [account],
    timing: { timeScale: 0.01, ringTimeoutMs: 5 },
  });
  expect(timing).toMatchObject({ acceptDeadlineMs: 450, ringTimeoutMs: 5 });
});

test('fault knobs change one by one', () => {
  const some = patchFaults(noFaults, { webhooks: { copies: 2 } });
  const more = patchFaults(some, { webhooks: { delayMs: 5 } });
  expect(more.webhooks).toMatchObject({ copies: 2, delayMs: 5, damage: 'none' });
  expect(patchFaults(more, noFaults)).toEqual(noFaults);
});

test('digits may be typed as text', () => {
  const plan = startCallSchema.parse({ customer: { waId: '1' }, kind: 'dtmf', digits: '1#' });
  expect(plan.digits).toEqual([
    { digit: '1', atMs: 1000 },
    { digit: '#', atMs: 1400 },
  ]);
});

test('the example configuration has a number of every provider', () => {
  const example: unknown = JSON.parse(readFileSync('src/simulator/example.json', 'utf8'));
  const { accounts } = parseConfig(example);
  expect(accounts.map(({ provider }) => provider)).toEqual([
    'meta',
    'd360',
    'pilot-meta',
    'pilot-web',
    'zernio',
  ]);
  expect(accounts[3]).toMatchObject({ audio: { sampleRate: 16_000, frameMs: 20 } });
});
