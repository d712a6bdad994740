import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { acceleratorOf } from '../../../../src/renderer/lib/accelerator.ts';
import {
  clockTime,
  dayName,
  endOfDay,
  lengthInWords,
  moment,
  momentSince,
  startOfDay,
} from '../../../../src/renderer/lib/format.ts';
import { initials, partyName } from '../../../../src/renderer/lib/party.ts';
import { printedKeys } from '../../../../src/renderer/ui/kbd.tsx';

const now = new Date(2026, 10, 22, 15, 0, 0).getTime();
const ago = (hours: number) => now - hours * 3_600_000;

describe('times', () => {
  it('are relative today and absolute before', () => {
    expect(moment(now - 5000, now)).toBe('just now');
    expect(moment(now - 12 * 60_000, now)).toBe('12\u00a0min ago');
    expect(moment(ago(5), now)).toBe('10:00');
    expect(moment(ago(24), now)).toBe('yesterday 15:00');
    expect(moment(ago(72), now)).toBe('Thursday 15:00');
    expect(moment(ago(24 * 40), now)).toBe('13 Oct 15:00');
    expect(moment(ago(24 * 400), now)).toBe('18 Oct 2025 15:00');
  });

  it('follow “since” without being relative', () => {
    expect(momentSince(now - 12 * 60_000, now)).toBe('14:48');
    expect(momentSince(ago(24), now)).toBe('yesterday 15:00');
  });

  it('can be in the future', () => {
    expect(moment(ago(-2), now)).toBe('17:00');
    expect(moment(ago(-24), now)).toBe('tomorrow 15:00');
    expect(moment(ago(-24 * 6), now)).toBe('Saturday 15:00');
    expect(moment(ago(-24 * 20), now)).toBe('12 Dec 15:00');
  });

  it('bound a day, also where clocks change', () => {
    vi.stubEnv('TZ', 'Europe/Lisbon');
    onTestFinished(() => void vi.unstubAllEnvs());
    const hours = (day: string) => ((endOfDay(day) ?? 0) + 1 - (startOfDay(day) ?? 0)) / 3_600_000;
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map(hours)).toEqual([24, 23, 25]);
    expect(endOfDay('')).toBeUndefined();
  });

  it('head their days', () => {
    expect(dayName(now, now)).toBe('Today');
    expect(dayName(ago(20), now)).toBe('Yesterday');
    expect(dayName(ago(24 * 20), now)).toBe('2 Nov 2026');
  });
});

it('durations are written for clocks and for sentences', () => {
  expect([7, 750, 3723, -3].map(clockTime)).toEqual(['0:07', '12:30', '1:02:03', '0:00']);
  expect([12, 240, 3900, 7200, 600_000].map(lengthInWords)).toEqual([
    '12\u00a0s',
    '4\u00a0min',
    '1\u00a0h 5\u00a0min',
    '2\u00a0h',
    '6 days',
  ]);
});

it('a person is shown by name, number or username, whichever is known', () => {
  expect(partyName({ name: 'Ana Souza', waId: '5511955501234' })).toBe('Ana Souza');
  expect(partyName({ waId: '5511955501234' })).toBe('+55 11 95550 1234');
  expect(partyName({ userId: 'US.1' })).toBe('Hidden number');
  expect(initials({ name: ' Ana  Maria Souza ' })).toBe('AS');
  expect(initials({ name: '李' })).toBe('李');
  expect(initials({})).toBe('');
});

describe('shortcuts', () => {
  const press = (key: string, code: string, held: Partial<KeyboardEvent> = {}) =>
    acceleratorOf({
      key,
      code,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      ...held,
    });

  it('are written as Electron wants them', () => {
    expect(press('a', 'KeyA', { ctrlKey: true, altKey: true })).toBe('CommandOrControl+Alt+A');
    expect(press('å', 'KeyA', { altKey: true })).toBe('Alt+A');
    expect(press('F9', 'F9')).toBe('F9');
    expect(press('ArrowUp', 'ArrowUp', { ctrlKey: true })).toBe('CommandOrControl+Up');
  });

  it('need a modifier, because they work in every program', () => {
    expect(press('a', 'KeyA')).toBeUndefined();
    expect(press('A', 'KeyA', { shiftKey: true })).toBeUndefined();
    expect(press('Control', 'ControlLeft', { ctrlKey: true })).toBeUndefined();
  });

  it('are printed as on the keys', () => {
    expect(printedKeys('CommandOrControl+Alt+A', false)).toEqual(['Ctrl', 'Alt', 'A']);
    expect(printedKeys('CommandOrControl+Alt+A', true)).toEqual(['⌘', '⌥', 'A']);
  });
});
