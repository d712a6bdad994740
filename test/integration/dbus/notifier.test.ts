import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LinuxNotifier } from '../../../src/main/os/notification-linux.ts';
import { SessionBus } from '../../../src/main/os/session-bus.ts';
import { watchTrayHost } from '../../../src/main/os/tray-host.ts';
import type { RingNotification } from '../../../src/main/os/attention.ts';
import { DbusDesktop } from '../../helpers/dbus-desktop.ts';

/** The system's own program. */
const DAEMON = 'dbus-daemon';

const lines: string[] = [];
const note = (text: string) => void lines.push(text);
const log = { info: note, warn: note, error: note };

let daemon: ChildProcess;
let address: string;
let outer: string | undefined;

beforeEach(async () => {
  daemon = spawn(DAEMON, ['--session', '--nofork', '--nopidfile', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (!daemon.stdout) throw new Error('the D-Bus daemon has no output');
  const [line]: unknown[] = await once(createInterface(daemon.stdout), 'line');
  address = String(line);
  outer = process.env['DBUS_SESSION_BUS_ADDRESS'];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = address;
  lines.length = 0;
});

afterEach(() => {
  daemon.kill();
  if (outer === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
  else process.env['DBUS_SESSION_BUS_ADDRESS'] = outer;
});

const ring = (more: Partial<RingNotification> = {}): RingNotification => ({
  callId: 'acc/1',
  title: 'Ana is calling',
  body: 'on Support',
  actions: ['accept', 'decline'],
  ...more,
});

describe('the notification of a ringing call', () => {
  it('C20 handles a button pressed the moment it appears', async () => {
    const desktop = await DbusDesktop.start({ busAddress: address });
    const bus = new SessionBus(log);
    const pressed: string[] = [];
    const notifier = new LinuxNotifier(bus, 'icon', (callId, action) =>
      pressed.push(`${action} ${callId}`),
    );
    for (let i = 0; i < 8; i++) {
      notifier.set(ring({ callId: `acc/${i}`, title: `Caller ${i}` }));
      await desktop.notification(`Caller ${i}`);
      desktop.pressAction('accept');
      await desktop.until(() => Promise.resolve(pressed[i]), `press ${i}`);
      notifier.set(undefined);
    }
    expect(pressed).toHaveLength(8);
    bus.close();
    desktop.stop();
  });

  it('has buttons, stays until the ring ends, and is replaced rather than repeated', async () => {
    const desktop = await DbusDesktop.start({ busAddress: address });
    const bus = new SessionBus(log);
    const pressed: string[] = [];
    const notifier = new LinuxNotifier(bus, 'icon', (callId, action) =>
      pressed.push(`${action} ${callId}`),
    );

    notifier.set(ring({ body: '<b>Ana</b> & Co' }));
    const shown = await desktop.notification('Ana is calling');
    expect(shown).toMatchObject({ body: '&lt;b&gt;Ana&lt;/b&gt; &amp; Co', timeoutMs: 0 });
    expect(shown.actions.map(({ key }) => key)).toEqual(['accept', 'decline', 'default']);
    expect(shown.hints).toMatchObject({ urgency: 2, category: 'call.incoming' });

    notifier.set(ring({ actions: ['decline'] }));
    const updated = await desktop.until(
      () => Promise.resolve(desktop.notifications().find((one) => one.updates === 1)),
      'the updated notification',
    );
    expect(updated.actions.map(({ key }) => key)).toEqual(['decline', 'default']);
    expect(desktop.allNotifications()).toHaveLength(1);

    desktop.pressAction('decline');
    await desktop.until(() => Promise.resolve(pressed[0]), 'the pressed button');
    expect(pressed).toEqual(['decline acc/1']);

    notifier.set(undefined);
    notifier.set(ring({ callId: 'acc/2', title: 'Bo is calling' }));
    await desktop.notification('Bo is calling');
    notifier.set(undefined);
    await desktop.noNotifications();
    bus.close();
    desktop.stop();
  });

  it('is closed even if the ring ends before the service replies', async () => {
    const desktop = await DbusDesktop.start({ busAddress: address });
    const bus = new SessionBus(log);
    const notifier = new LinuxNotifier(bus, 'icon', () => undefined);
    notifier.set(ring());
    notifier.set(undefined);
    notifier.set(ring());
    notifier.set(undefined);
    await bus.hasOwner('x');
    await desktop.noNotifications();
    expect(desktop.notifications()).toEqual([]);
    bus.close();
    desktop.stop();
  });

  it('is closed when the console quits while ringing', async () => {
    const desktop = await DbusDesktop.start({ busAddress: address });
    const bus = new SessionBus(log);
    const notifier = new LinuxNotifier(bus, 'icon', () => undefined);
    notifier.set(ring());
    await desktop.notification('Ana is calling');
    await notifier.close();
    bus.close();
    await desktop.noNotifications();
    expect(desktop.notifications()).toEqual([]);
    desktop.stop();
  });

  it('does not escape markup for a service that shows plain text', async () => {
    const desktop = await DbusDesktop.start({ busAddress: address, capabilities: ['actions'] });
    const bus = new SessionBus(log);
    new LinuxNotifier(bus, 'icon', () => undefined).set(ring({ body: 'A & B' }));
    expect((await desktop.notification('Ana is calling')).body).toBe('A & B');
    bus.close();
    desktop.stop();
  });

  it('fails silently without a notification service or a bus', async () => {
    const bus = new SessionBus(log);
    const notifier = new LinuxNotifier(bus, 'icon', () => undefined);
    notifier.set(ring());
    expect(await bus.hasOwner('org.freedesktop.Notifications')).toBe(false);
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere/bus';
    const lost = new SessionBus(log);
    expect(await lost.hasOwner('org.freedesktop.DBus')).toBe(false);
    expect(lines.some((line) => line.startsWith('d-bus: '))).toBe(true);
    bus.close();
  });
});

it('notices a tray that starts after the console', async () => {
  const bus = new SessionBus(log);
  const reported: boolean[] = [];
  await watchTrayHost(bus, (has) => reported.push(has));
  expect(reported).toEqual([false]);
  const desktop = await DbusDesktop.start({ busAddress: address });
  await desktop.until(() => Promise.resolve(reported.at(-1) === true || undefined), 'the tray');
  bus.close();
  desktop.stop();
});
