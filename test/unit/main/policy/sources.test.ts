import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../../src/main/db/settings.ts';
import { readOrganisation } from '../../../../src/main/policy/organisation.ts';
import { jsonFile, plistFile, policySources } from '../../../../src/main/policy/sources.ts';
import { Refusal } from '../../../../src/main/refusal.ts';
import { tempFolder } from '../../../helpers/temp.ts';

const fixture = (name: string) => join(import.meta.dirname, '../../../fixtures/policy', name);

/** What all three fixtures say. */
const POLICY = {
  relay: { url: 'wss://relay.example.com' },
  retention: { callDays: 90 },
  features: { localApi: false, export: true },
  settings: {
    theme: 'dark',
    defaultCountry: 'BR',
    screenPop: {
      address: 'https://crm.example.com/search?q={number}',
      name: 'Open in CRM',
      onAccept: true,
    },
  },
  updates: { channel: 'stable', forceAt: '18:00' },
};

const never = () => Promise.reject(new Error('nothing may be run'));

describe('where a system has its policy', () => {
  it('is a file on Linux', async () => {
    const read = await readOrganisation([jsonFile(fixture('policy.json'), false)]);
    expect(read.policy).toEqual(POLICY);
    expect(read.troubles).toEqual([]);
    const [own] = policySources({ platform: 'linux' });
    expect(own?.name).toBe('/etc/ringdesk/policy.json');
  });

  it('is the registry on Windows, the machine’s key before the user’s', async () => {
    const asked: string[] = [];
    const sources = policySources({
      platform: 'win32',
      env: { SystemRoot: String.raw`C:\Windows` },
      run(program, args) {
        asked.push([program, ...args].join(' '));
        const printed = readFileSync(fixture('reg-query.txt'), 'utf8');
        return Promise.resolve(
          args[1]?.startsWith('HKEY_CURRENT_USER') === true
            ? printed
                .replaceAll('LOCAL_MACHINE', 'CURRENT_USER')
                .replace('dark', 'light')
                .replace('relay.example', 'other.example')
            : printed,
        );
      },
    });
    const read = await readOrganisation(sources);
    expect(read.policy).toEqual(POLICY);
    expect(read.troubles).toEqual([]);
    expect(asked[0]).toBe(
      String.raw`C:\Windows\System32\reg.exe query HKEY_LOCAL_MACHINE\Software\Policies\Ringdesk /s`,
    );
  });

  it('is nothing where the registry has no such key', async () => {
    const read = await readOrganisation(policySources({ platform: 'win32', run: never }));
    expect(read.view).toBeUndefined();
    expect(read.troubles).toEqual([]);
  });

  it('is a property list on macOS, in XML or binary', async () => {
    const xml = readFileSync(fixture('managed.plist'), 'utf8');
    const binary = join(tempFolder(), 'managed.plist');
    writeFileSync(binary, 'bplist00…');
    const convert = (program: string, args: readonly string[]) => {
      expect([program, args.at(-1)]).toEqual(['/usr/bin/plutil', binary]);
      return Promise.resolve(xml);
    };
    for (const source of [plistFile(fixture('managed.plist'), never), plistFile(binary, convert)]) {
      const read = await readOrganisation([source]);
      expect(read.troubles).toEqual([]);
      expect(read.policy).toEqual(POLICY);
    }
  });
});

describe('a wrong policy', () => {
  it.each([
    ['a damaged file', '{ "relay": ', /not JSON/],
    ['a list', '[]', /group/],
    [
      'a name twice',
      '{ "updates": {},\n "updates": {} }',
      /^“updates” is there twice; look at line 2/,
    ],
    ['an unknown group', '{ "relays": {} }', /^relays: is not known to this version/],
    ['an unknown key', '{ "updates": { "chanel": "beta" } }', /^updates\.chanel: is not known/],
    ['a wrong key', '{ "updates": { "channel": "nightly" } }', /^updates\.channel: /],
  ])('with %s is said with its path', async (_, text, words) => {
    const path = join(tempFolder(), 'policy.json');
    writeFileSync(path, text);
    const { troubles, policy } = await readOrganisation([jsonFile(path, false)]);
    expect(troubles).toEqual([{ source: path, problems: [expect.stringMatching(words)] }]);
    expect(policy.updates?.channel).toBeUndefined();
  });

  it('that everybody can write, or put in its place, is said and not followed', async () => {
    const folder = tempFolder();
    const path = join(folder, 'policy.json');
    writeFileSync(path, '{ "updates": { "channel": "beta" } }');
    const read = () => readOrganisation([jsonFile(path, false)]);
    expect((await read()).policy.updates?.channel).toBe('beta');
    for (const open of [path, folder]) {
      chmodSync(open, 0o777);
      const { policy, troubles } = await read();
      expect(policy.updates).toBeUndefined();
      expect(troubles[0]?.problems).toEqual([expect.stringContaining(`chmod o-w ${open}`)]);
      chmodSync(open, 0o755);
    }
    // The agent's own choice is theirs to write.
    chmodSync(path, 0o777);
    expect((await readOrganisation([jsonFile(path, true)])).troubles).toEqual([]);
  });

  it('is said when the file that was named is missing, but not when the system has none', async () => {
    const path = join(tempFolder(), 'none.json');
    expect((await readOrganisation([jsonFile(path, false)])).troubles).toEqual([]);
    expect((await readOrganisation([jsonFile(path, true)])).troubles).toHaveLength(1);
    // A folder instead of a file.
    expect((await readOrganisation([jsonFile(tempFolder(), false)])).troubles).toHaveLength(1);
  });

  it('that is no property list is said', async () => {
    const path = join(tempFolder(), 'managed.plist');
    writeFileSync(path, '<plist><dict>');
    const { troubles } = await readOrganisation([plistFile(path, never)]);
    expect(troubles[0]?.problems).toEqual(['it is not a property list']);
  });
});

describe('what the organisation has set', () => {
  it('stands in place of the agent’s own, and cannot be changed', async () => {
    const organisation = await readOrganisation([jsonFile(fixture('policy.json'), false)]);
    const settings = organisation.settings({ ...defaultSettings, theme: 'light', localApi: true });
    expect(settings).toMatchObject({ theme: 'dark', localApi: false, language: 'system' });
    expect(() => organisation.assertFree({ theme: 'light' })).toThrow(Refusal);
    expect(() => organisation.assertFree({ localApi: true })).toThrow(Refusal);
    expect(() => organisation.assertFree({ ringerVolume: 1 })).not.toThrow();
    expect(() => organisation.assertAllowed('export')).not.toThrow();
    expect(() => organisation.assertAllowed('localApi')).toThrow(Refusal);
  });
});
