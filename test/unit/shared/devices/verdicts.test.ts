import { expect, it } from 'vitest';
import {
  echoVerdict,
  microphoneVerdict,
  networkVerdict,
} from '../../../../src/shared/devices/verdicts.ts';

it.each([
  ['silent', []],
  ['silent', [0, 0.1, 0.15]],
  ['quiet', [0.1, 0.3, 0.4]],
  ['good', [0.1, 0.5, 0.7, 0.2]],
  ['loud', [0.97, 0.99, 0.8, 0.9]],
  ['good', [...Array.from({ length: 30 }, () => 0.6), 1]],
])('a microphone is %s with the levels %j', (verdict, levels) => {
  expect(microphoneVerdict(levels)).toBe(verdict);
});

it.each([
  ['good', { stun: 'answered', turn: 'answered', rttMs: 40, lossPercent: 0 }],
  ['fair', { stun: 'answered', turn: 'answered', rttMs: 350, lossPercent: 0 }],
  ['fair', { stun: 'answered', turn: 'answered', rttMs: 40, lossPercent: 3 }],
  ['poor', { stun: 'answered', turn: 'answered', rttMs: 40, lossPercent: 20 }],
  ['blocked', { stun: 'answered', turn: 'silent' }],
  ['blocked', { stun: 'silent', turn: 'none' }],
  // A network without UDP to STUN, but with TURN over TCP, carries calls.
  ['good', { stun: 'silent', turn: 'answered', rttMs: 60, lossPercent: 0 }],
  ['good', { stun: 'answered', turn: 'none' }],
  ['unmeasured', { stun: 'none', turn: 'none' }],
] as const)('a network is %s with %j', (verdict, report) => {
  expect(networkVerdict(report)).toBe(verdict);
});

const heard = {
  end: 'heard',
  spoken: 0.7,
  heard: 0.6,
  rttMs: 40,
  lossPercent: 0,
  by: 'udp',
} as const;

it.each([
  ['good', heard],
  ['fair', { ...heard, rttMs: 350 }],
  ['poor', { ...heard, lossPercent: 20 }],
  ['quiet', { ...heard, heard: 0.3 }],
  // A microphone that is mute is no fault of the network.
  ['silent', { ...heard, spoken: 0.1, heard: 0 }],
  ['lost', { ...heard, heard: 0 }],
  ['blocked', { end: 'blocked' }],
] as const)('an echo call is %s with %j', (verdict, report) => {
  expect(echoVerdict(report)).toBe(verdict);
});
