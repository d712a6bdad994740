import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { boundsSchema, firstBounds } from '../../../../src/main/windows/bounds.ts';
import { ringPlacesSchema } from '../../../../src/main/windows/ring-place.ts';
import { vaultSchema } from '../../../../src/main/credentials/vault.ts';
import { workspaceFileSchema } from '../../../../src/main/provisioning/workspace-file.ts';
import { type FileTrouble, JsonFile } from '../../../../src/main/lib/json-file.ts';
import { tempFolder } from '../../../helpers/temp.ts';

const schema = z.object({ version: z.literal(1), name: z.string() });
const value = { version: 1, name: 'Ana' } as const;

function file(path = join(tempFolder(), 'state.json')) {
  const reported: FileTrouble[] = [];
  const open = () =>
    new JsonFile(path, schema, {
      copy: true,
      trouble: (trouble) => reported.push(trouble),
      now: () => Date.UTC(2026, 0, 2),
    });
  return { path, reported, open };
}

const asides = (path: string) =>
  readdirSync(join(path, '..')).filter((name) => name.includes('unreadable'));

const bad: Record<string, string | Buffer> = {
  empty: '',
  'cut off': '{"version":1,"na',
  'of zeros': Buffer.alloc(512),
  'something else': '"hello"',
  'without what it needs': '{"version":1}',
  'nested for ever': '['.repeat(1_000_000),
  binary: Buffer.from([0xff, 0xfe, 0x00, 0x41]),
};

describe('a small file', () => {
  it('B9 that never existed is absent, and no trouble is reported', () => {
    const { reported, open } = file();
    const state = open();
    expect(state.read()).toBeUndefined();
    expect(state.lost).toBe(false);
    expect(reported).toEqual([]);
  });

  it.each(Object.entries(bad))('B9 that is %s is set aside, and its copy used', (_, content) => {
    const { path, reported, open } = file();
    expect(open().write(value)).toBe(true);
    writeFileSync(path, content);
    expect(open().read()).toEqual(value);
    expect(reported).toMatchObject([{ kind: 'damaged', restored: true }]);
    expect(readFileSync(reported[0]?.aside ?? '')).toEqual(Buffer.from(content));
    expect(open().read()).toEqual(value);
    expect(reported).toHaveLength(1);
  });

  it.each(Object.entries(bad))(
    'B9 that is %s and has no copy is lost, not absent',
    (_, content) => {
      const { path, reported, open } = file();
      writeFileSync(path, content);
      const state = open();
      expect(state.read()).toBeUndefined();
      expect(state.lost).toBe(true);
      // At every start, until something is written.
      const again = open();
      expect(again.read()).toBeUndefined();
      expect(again.lost).toBe(true);
      expect(reported).toMatchObject([
        { kind: 'damaged' },
        { kind: 'damaged', aside: reported[0]?.aside },
      ]);
      expect(again.write(value)).toBe(true);
      expect(open().read()).toEqual(value);
      expect(asides(path)).toHaveLength(1);
    },
  );

  it('B9 that was deleted comes back from its copy', () => {
    const { path, open } = file();
    open().write(value);
    rmSync(path);
    expect(open().read()).toEqual(value);
    expect(existsSync(path)).toBe(true);
  });

  it('B9 of a newer version is read as far as possible, and never written', () => {
    const { path, reported, open } = file();
    const newer = '{"version":2,"name":"Bea","more":true}';
    writeFileSync(path, newer);
    const state = open();
    expect(state.read()).toEqual({ version: 1, name: 'Bea' });
    expect(state.write(value)).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe(newer);
    expect(reported).toMatchObject([{ kind: 'newer', restored: true }]);
  });

  it('B9 that is a folder is no first start, and is moved aside only before a write', () => {
    const { path, reported, open } = file();
    mkdirSync(path);
    const state = open();
    expect(state.read()).toBeUndefined();
    expect(state.lost).toBe(true);
    expect(reported).toMatchObject([{ kind: 'no-access' }]);
    expect(statSync(path).isDirectory()).toBe(true);
    expect(state.write(value)).toBe(true);
    expect(open().read()).toEqual(value);
    expect(asides(path)).toHaveLength(1);
  });

  it('B9 that cannot be written is reported, and nothing throws', () => {
    const { reported, open } = file(join(tempFolder(), 'none', 'state.json'));
    expect(open().write(value)).toBe(false);
    expect(reported).toMatchObject([{ kind: 'not-written' }]);
  });

  it('B9 saved by Notepad with a byte order mark is read', () => {
    const { path, reported, open } = file();
    writeFileSync(path, `\uFEFF${JSON.stringify(value)}\r\n`);
    expect(open().read()).toEqual(value);
    expect(reported).toEqual([]);
  });

  it('leaves no other files, and only this user can read it', () => {
    const { path, open } = file();
    open().write(value);
    expect(readdirSync(join(path, '..')).toSorted()).toEqual(['state.json', 'state.json.copy']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}.copy`).mode & 0o777).toBe(0o600);
  });
});

describe('damaged content', () => {
  it('B9 one damaged secret does not affect the others', () => {
    const good = { backend: 'kwallet6', cipher: 'AAAA' };
    const read = vaultSchema.parse({ version: 1, secrets: { a: good, b: 5, c: { backend: 'x' } } });
    expect(read.secrets).toEqual({ a: good });
  });

  it('B9 one unreadable number does not affect the others', () => {
    const account = { id: 'a', label: 'A', number: '+1', provider: 'd360' };
    const profile = {
      agent: { id: 'ana', name: 'Ana' },
      relayUrl: 'wss://relay.example.com/v1/agents',
      accounts: [account, { provider: 'of-tomorrow' }, null],
    };
    const read = workspaceFileSchema.parse({ version: 1, open: 'profile', profile });
    expect(read.profile?.accounts).toEqual([account]);
  });

  it.each([
    '{"x":null,"y":0,"width":1,"height":1,"maximized":false}',
    '{"x":0,"y":0,"width":1e9,"height":1e9,"maximized":false}',
    '{"x":-1e9,"y":1e308,"width":800,"height":600,"maximized":false}',
    '{"x":"0","y":"0","width":"800","height":"600","maximized":"no"}',
    '{"x":0.5,"y":0,"width":800,"height":600,"maximized":true}',
    '[]',
    '7',
    '['.repeat(200_000),
  ])('L13 an absurd window.json is ignored: %.40s', (text) => {
    const path = join(tempFolder(), 'window.json');
    writeFileSync(path, text);
    expect(new JsonFile(path, boundsSchema).read()).toBeUndefined();
    writeFileSync(path, text);
    expect(new JsonFile(path, ringPlacesSchema).read() ?? { places: [] }).toEqual({ places: [] });
  });

  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  it.each([
    [-50_000, -50_000, 800, 600],
    [99_999, 0, 99_999, 99_999],
    [0, 0, 99_999, 99_999],
    [1900, 1060, 1, 1],
  ])('L13 a window at %i, %i of %i × %i is opened where it is visible', (x, y, width, height) => {
    const bounds = firstBounds({ x, y, width, height, maximized: false }, [screen]);
    expect(bounds.width).toBeLessThanOrEqual(1920);
    expect(bounds.height).toBeLessThanOrEqual(1080);
    expect(bounds.width).toBeGreaterThanOrEqual(360);
    expect(bounds.x ?? 0).toBeLessThan(1920 - 80);
  });
});
