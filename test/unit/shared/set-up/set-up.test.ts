import { expect, it } from 'vitest';
import { setUpProblems, type SetUp } from '../../../../src/shared/set-up/set-up.ts';

const good: SetUp = {
  relay: 'calls.example.com',
  relayed: true,
  mediaAddress: '203.0.113.7',
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
  admin: 'Ana',
  agents: '',
};

it('a set-up is complete with what its provider needs', () => {
  expect(setUpProblems(good)).toEqual({});
  expect(setUpProblems({ ...good, relayed: false, mediaAddress: '' })).toEqual({});
  // Sound stays on this machine.
  expect(setUpProblems({ ...good, relay: 'http://127.0.0.1:1', mediaAddress: '' })).toEqual({});
  const web = { ...good, provider: 'pilot-web', wabaId: '', accessToken: '' } as const;
  expect(setUpProblems({ ...web, mediaAddress: '' })).toEqual({ apiKey: 'missing' });
  expect(setUpProblems({ ...web, provider: 'zernio', apiKey: 'key' })).toEqual({
    zernioAccountId: 'missing',
  });
});

it('each fault is named at its field', () => {
  const fault = (change: Partial<SetUp>) => setUpProblems({ ...good, ...change });
  expect(fault({ relay: ' ' })).toEqual({ relay: 'missing' });
  expect(fault({ relay: 'two words' })).toEqual({ relay: 'address' });
  expect(fault({ relay: 'http://calls.example.com' })).toEqual({ relay: 'insecure' });
  expect(fault({ mediaAddress: 'calls.example.com' })).toEqual({ mediaAddress: 'ip' });
  expect(fault({ number: '11 5020-1234' })).toEqual({ number: 'number' });
  expect(fault({ wabaId: '12a' })).toEqual({ wabaId: 'digits' });
  expect(fault({ accessToken: 'EA\nAG' })).toEqual({ accessToken: 'characters' });
  expect(fault({ appSecret: '“secret”' })).toEqual({ appSecret: 'characters' });
  expect(fault({ apiBase: 'http://graph.example.com' })).toEqual({ apiBase: 'insecure' });
  expect(fault({ admin: '' })).toEqual({ admin: 'missing' });
  expect(fault({ agents: 'A\n'.repeat(200) })).toEqual({ agents: 'too-many' });
});
