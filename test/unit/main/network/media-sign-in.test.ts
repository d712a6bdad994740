import { expect, it } from 'vitest';
import { MediaSignIn } from '../../../../src/main/network/media-sign-in.ts';

const relay = { host: 'calls.example.com', port: 443 };

it('Chromium is told each password of a proxy once, and none of a proxy without', () => {
  const asked: string[] = [];
  const media = new MediaSignIn((address, { user }) => void asked.push(`${user} ${address}`));
  media.handleTook('proxy:3128', relay, undefined);
  media.handleTook('proxy:3128', relay, { user: 'ana', password: 'one' });
  media.handleTook(
    'proxy:3128',
    { host: '2001:db8::1', port: 8443 },
    { user: 'ana', password: 'one' },
  );
  media.handleTook('proxy:3128', relay, { user: 'ana', password: 'two' });
  media.handleTook(
    'other:3128',
    { host: '2001:db8::1', port: 8443 },
    { user: 'bea', password: 'x' },
  );
  expect(asked).toEqual([
    'ana https://calls.example.com:443/healthz',
    'ana https://calls.example.com:443/healthz',
    'bea https://[2001:db8::1]:8443/healthz',
  ]);
});
