import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HELP, parseArguments } from '../../../../src/main/config.ts';
import { simulatedCustomers } from '../../../../src/main/demo/behaviour.ts';
import { demoCustomers } from '../../../../src/main/demo/customers.ts';
import { firstBounds } from '../../../../src/main/windows/bounds.ts';
import { fileFor } from '../../../../src/main/windows/files.ts';
import { PageOrigin } from '../../../../src/main/windows/origin.ts';
import { SoftphoneLink } from '../../../../src/main/windows/softphone.ts';
import type { AppEvent, MediaCommand } from '../../../../src/shared/ipc/events.ts';
import { OWN_SWITCHES } from '../../../../src/main/switches.ts';
import { parsePhone } from '../../../../src/shared/lib/phone.ts';
import { memoryLog } from '../fixtures.ts';

describe('the command line', () => {
  it('ignores Chromium’s switches', () => {
    expect(parseArguments(['--no-sandbox', '.', '--user-data-dir=/x'])).toEqual({
      ok: true,
      value: {
        print: undefined,
        profile: undefined,
        link: undefined,
        policy: undefined,
        rotateKey: false,
        hidden: false,
        exportCalls: undefined,
        importCalls: undefined,
      },
    });
  });

  it('reads a date as the whole day', () => {
    const parsed = parseArguments([
      '--export-calls=a.jsonl',
      '--from=2026-01-31',
      '--to=2026-01-31',
    ]);
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        exportCalls: {
          format: 'jsonl',
          from: new Date(2026, 0, 31).getTime(),
          to: new Date(2026, 0, 31, 23, 59, 59, 999).getTime(),
        },
      },
    });
  });

  it.each(['help', 'version'] as const)('is told by --%s, whatever else it asks for', (print) => {
    const parsed = parseArguments([`--${print}`, '--hidden']);
    expect(parsed).toMatchObject({ ok: true, value: { print } });
  });

  it('has a line of help for every switch of ours', () => {
    const named = new Set(HELP.match(/(?<=--)[a-z-]+/g));
    expect(OWN_SWITCHES.filter((one) => !named.has(one))).toEqual([]);
  });

  it.each([
    ['--export-calls'],
    ['--export-calls=a', '--format=xls'],
    ['--export-calls=a', '--from=yesterday'],
    ['--export-calls=a', '--to=2026-13-01'],
  ])('explains what is wrong with %s', (...argv) => {
    expect(parseArguments(argv)).toMatchObject({ ok: false });
  });
});

describe('Origin', () => {
  it('H1 accepts its own pages only', () => {
    const origin = new PageOrigin(undefined);
    expect(origin.owns(origin.page('index.html'))).toBe(true);
    expect(origin.owns('http://localhost:5173/index.html')).toBe(false);
    expect(origin.owns('app://other/index.html')).toBe(false);
    expect(origin.contentSecurityPolicy()).not.toContain('unsafe');
  });

  it('is Vite’s server in development', () => {
    const origin = new PageOrigin('http://localhost:5173');
    expect(origin.page('ring.html')).toBe('http://localhost:5173/ring.html');
    expect(origin.owns('http://localhost:5174/')).toBe(false);
    expect(origin.owns('app://ringdesk/index.html')).toBe(false);
  });
});

describe('documents', () => {
  it.each(['app://ringdesk/index.html', 'app://ringdesk/ring.html', 'app://ringdesk/index.html#x'])(
    'L2 %s is a page of ours',
    (address) => expect(new PageOrigin(undefined).isPage(address)).toBe(true),
  );

  it.each([
    'app://ringdesk/',
    'app://ringdesk/nope',
    'app://ringdesk/assets/index.js',
    'app://ringdesk/index.html/',
    'app://ringdesk//index.html',
    'app://ringdesk/assets/../assets/x.html',
    'app://ringdesk/INDEX.html',
    'app://ringdesk:1/index.html',
    'app://ana@ringdesk/index.html',
    'app://ringdesk.evil/index.html',
    'http://ringdesk/index.html',
    'https://example.com/index.html',
    'file:///index.html',
    'data:text/html,x',
    'about:blank',
    'javascript:alert(1)',
    '',
    undefined,
  ])('L2 %s is not, and nothing navigates there', (address) => {
    expect(new PageOrigin(undefined).isPage(address)).toBe(false);
  });
});

describe('page files', () => {
  const root = join('/app', 'out', 'renderer');

  it('are served with their type', () => {
    expect(fileFor('app://ringdesk/assets/ring.wav', root)).toEqual({
      path: join(root, 'assets', 'ring.wav'),
      type: 'audio/wav',
    });
  });

  it.each([
    'app://ringdesk/../../package.json',
    'app://ringdesk/..%2f..%2fpackage.json',
    'app://ringdesk/%2e%2e/renderer.json/../../x.json',
    'app://ringdesk/a%00.html',
    'app://ringdesk/%ff.html',
    'app://elsewhere/index.html',
    'app://ringdesk/index',
    'app://ringdesk/',
  ])('H7 are nothing else: %s', (address) => {
    const file = fileFor(address, root);
    expect(file === undefined || file.path.startsWith(root + sep)).toBe(true);
  });
});

describe('window positions', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 };
  const saved = { x: 100, y: 100, width: 200, height: 200, maximized: false };

  it('are restored, but never too small', () => {
    expect(firstBounds(saved, [screen])).toEqual({ x: 100, y: 100, width: 360, height: 520 });
  });

  it('are reset when their screen is gone', () => {
    expect(firstBounds({ ...saved, x: 3000 }, [screen])).toEqual({ width: 360, height: 520 });
  });
});

describe('SoftphoneLink', () => {
  const command = (callId: string): MediaCommand => ({ do: 'live', callId });

  it('keeps commands until the softphone is ready', () => {
    const sent: AppEvent[] = [];
    const link = new SoftphoneLink({ send: (event) => sent.push(event) }, memoryLog());
    link.send(command('a'));
    expect(sent).toEqual([]);
    link.handleReady();
    link.send(command('b'));
    expect(sent).toEqual(['a', 'b'].map((id) => ({ type: 'media', command: command(id) })));
  });

  it('keeps commands sent after a page is gone for the next page', () => {
    const sent: AppEvent[] = [];
    const link = new SoftphoneLink({ send: (event) => sent.push(event) }, memoryLog());
    link.handleReady();
    expect(link.handleGone()).toBe(true);
    link.send(command('a'));
    // The new page starts to load, which loses nothing more.
    expect(link.handleGone()).toBe(false);
    expect(sent).toEqual([]);
    link.handleReady();
    expect(sent).toEqual([{ type: 'media', command: command('a') }]);
  });
});

it('has demo customers who can be dialled and simulated', () => {
  const countries = demoCustomers.map(({ waId }) => {
    const parsed = parsePhone(`+${waId}`);
    return parsed.ok ? parsed.value.number.country : waId;
  });
  expect(countries).toEqual(demoCustomers.map(({ country }) => country));
  expect(new Set(demoCustomers.map(({ id }) => id)).size).toBe(demoCustomers.length);
  expect(simulatedCustomers()).toHaveLength(demoCustomers.length + 1);
});
