import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chromiumVersion, Diagnostics } from '../../../../src/main/diagnostics/diagnostics.ts';
import type { WindowReport } from '../../../../src/shared/diagnostics/report.ts';
import { scrubText } from '../../../../src/shared/diagnostics/scrub.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { historyDetail, historyRow, settings, snapshot } from '../../renderer/fixtures.ts';

/** Each kind of thing that must not leave the machine, recognisable wherever it ends up. */
const planted = {
  phone: '+55 11 91234-5678',
  waId: '5511912345678',
  vaultToken: 'v4ult-T0ken/of&relay',
  metaToken: 'EAAGplanted1234567890abcdefXYZ',
  bearer: 'Bearer abc.DEF-planted',
  webhookSecret: '0123456789abcdef0123456789abcdef',
  email: 'camila.souza@example.com',
  link: 'https://crm.example/customers/planted-path?key=planted-key',
  ufrag: 'a=ice-ufrag:pLnT',
  pwd: 'a=ice-pwd:plantedPasswordOfIce1234',
  sdp: 'v=0\r\no=- 1 2 IN IP4 10.9.8.7\r\ns=planted\r\na=ice-ufrag:pLnT\r\na=fingerprint:sha-256 AA:BB',
  candidate: 'candidate:1 1 udp 2130706431 10.9.8.7 50000 typ host ufrag pLnT',
} as const;
const everything = Object.values(planted).join(' | ');
/** What a search in the file must not find. */
const traces = [
  '91234',
  '5511912345',
  planted.vaultToken,
  encodeURIComponent(planted.vaultToken),
  'EAAGplanted',
  'abc.DEF-planted',
  '0123456789abcdef',
  'camila.souza',
  'planted-path',
  'planted-key',
  'pLnT',
  'plantedPasswordOfIce',
  '10.9.8.7',
  's=planted',
  'AA:BB',
];

/** A copy of a value in which every text also holds everything planted. */
function poison<T extends object>(value: T): T {
  const copy = structuredClone(value);
  taint(copy);
  return copy;
}

function taint(value: object): void {
  for (const [name, one] of Object.entries<unknown>({ ...value })) {
    if (typeof one === 'string') Reflect.set(value, name, `${one} ${everything}`);
    else if (typeof one === 'object' && one !== null) taint(one);
  }
}

const report: WindowReport = {
  microphonePermission: 'granted',
  devices: [{ kind: 'audioinput', label: 'Headset' }],
  inUse: { microphone: 'Headset', speaker: '', ringer: '' },
  headset: { name: 'Jabra', controls: ['hook', 'mute'] },
  network: { stun: 'answered', turn: 'none', rttMs: 20, lossPercent: 0 },
};

function open(changes: { isPoisoned: boolean; savesTo?: string }) {
  const given = <T extends object>(value: T): T => (changes.isPoisoned ? poison(value) : value);
  const logFile = join(tempFolder(), 'main.log');
  const lines = ['[2026-11-30 10:20:30.123] [info]  call: rings', '    at somewhere (file.ts:1:2)'];
  if (changes.isPoisoned) lines.push(`[2026-11-30 10:20:31.000] [warn]  ${everything}`, everything);
  writeFileSync(logFile, lines.join('\n'));
  const detail = historyDetail(historyRow(0));
  const state = snapshot({
    settings: {
      ...settings,
      microphones: [{ id: 'a', label: 'Headset', group: 'g' }],
      screenPop: { address: planted.link, name: 'CRM', onAccept: true },
      savedViews: [{ name: everything, filter: { text: everything } }],
    },
    notices: [
      { id: 'n', at: 0, kind: 'warning', code: 'shortcut-taken', values: { a: everything } },
    ],
  });
  return new Diagnostics({
    // A poisoned snapshot has texts where there should be others, as a damaged one would.
    snapshot: () => given(state),
    history: () => ({
      list: async () => ({ rows: [detail] }),
      get: async () => given(detail),
    }),
    secrets: () => [planted.vaultToken],
    logFile,
    ask: async () => changes.savesTo,
  });
}

test('the diagnostics file holds nothing secret, wherever it was planted', async () => {
  const { text } = await open({ isPoisoned: true }).make(poison(report));
  for (const trace of traces) expect(text).not.toContain(trace);
});

test('the diagnostics file says what an admin needs, and what was read is what is saved', async () => {
  const savesTo = join(tempFolder(), 'diagnostics.json');
  const diagnostics = open({ isPoisoned: false, savesTo });
  expect(await diagnostics.save()).toBeUndefined();
  const { text } = await diagnostics.make(report);
  expect(JSON.parse(text)).toMatchObject({
    format: 'ringdesk-diagnostics/1',
    app: { version: '0.1.0' },
    system: { platform: process.platform },
    numbers: [{ id: 'support', provider: 'meta', ready: true }],
    settings: { microphones: ['Headset'], screenPop: true, savedViews: 1 },
    devices: report,
    calls: [{ direction: expect.any(String), timeline: expect.any(Array) }],
    notices: [{ code: 'shortcut-taken' }],
    log: [
      {
        at: '2026-11-30T10:20:30.123',
        level: 'info',
        text: 'call: rings\n    at somewhere (file.ts:1:2)',
      },
    ],
  });
  expect(await diagnostics.save()).toBe(savesTo);
  expect(readFileSync(savesTo, 'utf8')).toBe(`${text}\n`);
});

test('tells which Chromium it is, although numbers are hidden', () => {
  const version = chromiumVersion('142.0.7444.175') ?? '';
  expect(version).toBe('142, build 7444.175');
  expect(scrubText(version, { secrets: [], home: '', user: '' })).toBe(version);
  expect(chromiumVersion(undefined)).toBeUndefined();
});
