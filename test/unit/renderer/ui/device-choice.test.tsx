import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Settings } from '../../../../src/shared/ipc/settings.ts';
import { DeviceOrder } from '../../../../src/renderer/ui/device-choice.tsx';
import { settings } from '../fixtures.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const known = (id: string) => ({ id, label: `Headset ${id}`, group: '' });
let present: { deviceId: string; groupId: string; kind: string; label: string }[];
const mediaDevices = Object.assign(new EventTarget(), {
  enumerateDevices: async () => present,
});

beforeEach(() => {
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { mediaDevices }));
  present = [{ deviceId: 'b', groupId: '', kind: 'audioinput', label: 'Headset b' }];
});

async function open(order: Settings['microphones']) {
  const page = document.body.appendChild(document.createElement('div'));
  const root = createRoot(page);
  const changes: Partial<Settings>[] = [];
  onTestFinished(async () => {
    await act(async () => root.unmount());
    page.remove();
  });
  await act(async () =>
    root.render(
      <DeviceOrder
        usedFor="microphone"
        settings={{ ...settings, microphones: order }}
        onChange={(change) => changes.push(change)}
      />,
    ),
  );
  const press = (name: string) =>
    act(async () =>
      [...page.querySelectorAll('button')].find((one) => one.textContent.includes(name))?.click(),
    );
  const rows = () => [...page.querySelectorAll('li')].map((row) => row.firstChild?.textContent);
  return { changes, press, rows };
}

test('D1 the settings show the order, what is connected and what is in use', async () => {
  const { rows } = await open([known('a'), known('b')]);
  expect(rows()).toEqual(['Headset aNot connected', 'Headset bIn use', 'System default']);
  present = [];
  await act(async () => void mediaDevices.dispatchEvent(new Event('devicechange')));
  expect(rows()).toEqual([
    'Headset aNot connected',
    'Headset bNot connected',
    'System defaultIn use',
  ]);
});

test('D1 a device is preferred or forgotten in the settings', async () => {
  const { changes, press } = await open([known('a'), known('b')]);
  await press('Prefer Headset b');
  await press('Forget Headset a');
  expect(changes).toEqual([
    { microphones: [known('b'), known('a')] },
    { microphones: [known('b')] },
  ]);
});
