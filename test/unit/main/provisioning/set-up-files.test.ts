import { expect, test } from 'vitest';
import { setUpFiles } from '../../../../src/main/provisioning/set-up-files.ts';
import type { SetUp } from '../../../../src/shared/set-up/set-up.ts';

const typed: SetUp = {
  relay: 'wss://calls.example.com',
  mediaAddress: '203.0.113.7',
  numbers: [],
  admin: 'Con',
  agents: 'AUX\ncom1\n../../up\nCON\n宮本\n\u202eana\n',
};

test('no agent’s name makes a file that a computer takes for something else', () => {
  const { files } = setUpFiles(typed, '/relay', { below: () => 0, now: 0 });
  const names = files.map(({ name }) => name).filter((name) => name.startsWith('invitations/'));
  expect(names).toEqual([
    'invitations/con-2.txt',
    'invitations/aux-2.txt',
    'invitations/com1-2.txt',
    'invitations/up.txt',
    'invitations/con-3.txt',
    'invitations/agent.txt',
    'invitations/ana.txt',
  ]);
});

test.each([
  ['/srv/relay', '/srv/relay/relay.json'],
  ['/srv/$(reboot) `id`', "'/srv/$(reboot) `id`/relay.json'"],
  ["/srv/Ana's", String.raw`'/srv/Ana'\''s/relay.json'`],
  [String.raw`C:\Users\Ana B`, String.raw`"C:\Users\Ana B/relay.json"`],
])('the command for the folder %s runs nothing that the folder’s name says', (folder, word) => {
  const { done } = setUpFiles(typed, folder, { below: () => 0, now: 0 });
  expect(done.commands.plain).toBe(`npm run relay -- --config ${word}`);
});
