import { expect, it } from 'vitest';
import {
  isComplete,
  setUpProblems,
  type SetUp,
  type SetUpNumber,
} from '../../../../src/shared/set-up/set-up.ts';

const number: SetUpNumber = {
  relayed: true,
  provider: 'meta',
  label: 'Support',
  number: '+55 (11) 5020-1234',
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
  appSecret: 'secret',
  accessToken: 'EAAG',
  apiKey: '',
  zernioAccountId: '',
  apiBase: '',
};
const good: SetUp = {
  relay: 'calls.example.com',
  mediaAddress: '203.0.113.7',
  numbers: [number],
  admin: 'Ana',
  agents: '',
};
const none = { fields: {}, numbers: [{}] };
const withNumber = (change: Partial<SetUpNumber>) => [{ ...number, ...change }];

it('a set-up is complete with what its provider needs', () => {
  expect(setUpProblems(good)).toEqual(none);
  expect(isComplete(setUpProblems(good))).toBe(true);
  expect(isComplete(setUpProblems({ ...good, numbers: [] }))).toBe(false);
  const direct = { ...good, numbers: withNumber({ relayed: false }), mediaAddress: '' };
  expect(setUpProblems(direct)).toEqual(none);
  // Sound stays on this machine.
  expect(setUpProblems({ ...good, relay: 'http://127.0.0.1:1', mediaAddress: '' })).toEqual(none);
  const web = { provider: 'pilot-web', wabaId: '', accessToken: '' } as const;
  const found = (change: Partial<SetUpNumber>) =>
    setUpProblems({ ...good, numbers: withNumber({ ...web, ...change }), mediaAddress: '' });
  expect(found({})).toEqual({ fields: {}, numbers: [{ apiKey: 'missing' }] });
  expect(found({ provider: 'zernio', apiKey: 'key' })).toEqual({
    fields: {},
    numbers: [{ zernioAccountId: 'missing' }],
  });
});

it('each fault is named at its field', () => {
  const fault = (change: Partial<SetUp>) => setUpProblems({ ...good, ...change }).fields;
  expect(fault({ relay: ' ' })).toEqual({ relay: 'missing' });
  expect(fault({ relay: 'two words' })).toEqual({ relay: 'address' });
  expect(fault({ relay: 'http://calls.example.com' })).toEqual({ relay: 'insecure' });
  expect(fault({ mediaAddress: 'calls.example.com' })).toEqual({ mediaAddress: 'ip' });
  expect(fault({ admin: '' })).toEqual({ admin: 'missing' });
  expect(fault({ agents: 'A\n'.repeat(200) })).toEqual({ agents: 'too-many' });
  const ofNumber = (change: Partial<SetUpNumber>) =>
    setUpProblems({ ...good, numbers: withNumber(change) }).numbers[0];
  expect(ofNumber({ number: '11 5020-1234' })).toEqual({ number: 'number' });
  expect(ofNumber({ wabaId: '12a' })).toEqual({ wabaId: 'digits' });
  expect(ofNumber({ accessToken: 'EA\nAG' })).toEqual({ accessToken: 'characters' });
  expect(ofNumber({ appSecret: '“secret”' })).toEqual({ appSecret: 'characters' });
  expect(ofNumber({ apiBase: 'http://graph.example.com' })).toEqual({ apiBase: 'insecure' });
});

it('a fault is named at its number, and so is a number that is there twice', () => {
  const numbers = [number, { ...number, number: '+551150201234', label: '' }];
  expect(setUpProblems({ ...good, numbers }).numbers).toEqual([
    {},
    { label: 'missing', number: 'twice' },
  ]);
});
