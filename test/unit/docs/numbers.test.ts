import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseProfile } from '../../../src/main/provisioning/profile-schema.ts';
import { parseConfig } from '../../../src/relay/config/load.ts';
import {
  type Capabilities,
  capabilities,
  capabilitiesOf,
} from '../../../src/shared/providers/capabilities.ts';

/** The page must not mislead its readers. */
const page = readFileSync(join(import.meta.dirname, '../../../docs/admin/numbers.md'), 'utf8');

/**
 * Its examples, in order: the files for a number at Meta, then the accounts of all others for both.
 */
const [relayFile, profileFile, relayAccounts, profileAccounts] = [
  ...page.matchAll(/^ *```json\n(.*?)^ *```$/gms),
].map(([, text = '']): unknown => JSON.parse(text));

const withAccounts = (file: unknown, accounts: unknown) =>
  typeof file === 'object' ? { ...file, accounts } : undefined;

/** Rows of the table of abilities, by their first cell. */
const table = new Map(
  [...page.matchAll(/^\| ([^|]*?) +\|(.*)\|$/gm)].map(([, name = '', cells = '']) => [
    name,
    cells.split('|').map((cell) => cell.trim()),
  ]),
);
const columns = [
  capabilities.meta,
  capabilities.d360,
  capabilities['pilot-meta'],
  capabilities['pilot-web'],
  capabilities.zernio,
  capabilitiesOf({ provider: 'zernio', softphone: 'relay' }),
];

describe('docs/admin/numbers.md', () => {
  it('shows relay configs that parse', () => {
    expect(parseConfig(relayFile, '/').accounts).toHaveLength(1);
    const others = parseConfig(withAccounts(relayFile, relayAccounts), '/');
    expect(others.accounts.map(({ provider }) => provider)).toEqual([
      'd360',
      'pilot-meta',
      'pilot-web',
      'zernio',
    ]);
  });

  it('shows profiles that parse', () => {
    expect(parseProfile(JSON.stringify(profileFile))).toMatchObject({ ok: true });
    const others = JSON.stringify(withAccounts(profileFile, profileAccounts));
    expect(parseProfile(others)).toMatchObject({ ok: true, value: { accounts: { length: 4 } } });
  });

  it.each<[string, keyof Capabilities]>([
    ['accept, decline, hang up', 'accept'],
    ['accept, decline, hang up', 'reject'],
    ['accept, decline, hang up', 'hangUp'],
    ['audio ready while it rings', 'preAccept'],
    ['permission checked and requested', 'permissions'],
    ['permission checked and requested', 'permissionRequest'],
    ['the number’s settings', 'settings'],
    ['voicemail', 'voicemail'],
    ['messages, templates, call buttons', 'messages'],
    ['play an audio file to the customer', 'play'],
    ['recordings', 'recording'],
    ['past calls read from the provider', 'callList'],
    ['the bill of each call', 'cost'],
    ['the provider’s estimate before a call', 'estimate'],
    ['the provider’s daily totals', 'analytics'],
  ])('agrees with the capabilities about “%s” (%s)', (row, ability) => {
    const cells = table.get(row.replace('’', "'"));
    expect(cells?.map((cell) => cell === 'yes')).toEqual(
      columns.map((column) => column[ability] === 'available'),
    );
  });
});
