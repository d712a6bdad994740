import { expect, test } from 'vitest';
import { isPrivateAddress, post } from '../../../../src/relay/dispatch/post.ts';
import { scriptedServer } from '../../../fakes/http-server.ts';

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['0.0.0.0', true],
  ['::1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['fec0::1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:7f00:1', true],
  ['::127.0.0.1', true],
  ['::ffff:0:127.0.0.1', true],
  ['64:ff9b::10.1.2.3', true],
  ['64:ff9b::7f00:1', true],
  ['64:ff9b::8.8.8.8', false],
  ['2002:7f00:1::', true],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', true],
  ['2001:4860:4860::8888', false],
  ['::ffff:8.8.8.8', false],
  ['203.0.113.7', false],
  ['172.32.0.1', false],
  ['2606:4700::1111', false],
])('%s is private: %s', (address, isPrivate) => {
  expect(isPrivateAddress(address)).toBe(isPrivate);
});

test('nothing is sent to a private address, by number or by name, unless that is allowed', async () => {
  const { received, url } = await scriptedServer({ status: 204, body: '' });
  const named = url.replace('127.0.0.1', 'localhost');
  for (const to of [url, named]) {
    expect(await post({ url: to, privateNetwork: false }, {}, '{}')).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('private network'),
    });
  }
  expect(received).toEqual([]);
  expect(await post({ url, privateNetwork: true }, { 'webhook-id': 'msg_1' }, '{"a":"é"}')).toEqual(
    {
      kind: 'answer',
      status: 204,
    },
  );
  expect(received).toMatchObject([{ body: '{"a":"é"}', headers: { 'webhook-id': 'msg_1' } }]);
});

test.each([
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0/',
  'http://①②⑦.0.0.1/',
  'http://[::ffff:127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
])('%s is this machine, too', async (url) => {
  expect(await post({ url, privateNetwork: false }, {}, '{}')).toMatchObject({
    kind: 'failed',
    why: expect.stringContaining('private network'),
  });
});

test('a receiver that switches protocols has answered', async () => {
  const { url } = await scriptedServer({
    status: 101,
    body: '',
    headers: { connection: 'upgrade', upgrade: 'x' },
  });
  expect(await post({ url, privateNetwork: true }, {}, '{}')).toMatchObject({ status: 101 });
});

test('a redirect is an answer, and a broken connection has a reason', async () => {
  const { url, received } = await scriptedServer(
    { status: 302, body: '', headers: { location: '/elsewhere' } },
    'break',
  );
  const send = () => post({ url, privateNetwork: true }, {}, '{}');
  expect(await send()).toMatchObject({ kind: 'answer', status: 302 });
  expect(await send()).toMatchObject({ kind: 'failed', why: expect.stringMatching(/./) });
  expect(received).toHaveLength(2);
});
