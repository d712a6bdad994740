import { describe, expect, it } from 'vitest';
import { Guard } from '../../../../src/main/local-api/guard.ts';
import { TestClock } from '../fixtures.ts';

const port = 47_520;
const token = 'a'.repeat(43);
const fine = { host: `127.0.0.1:${port}`, authorization: `Bearer ${token}` };

function guard(expected = token) {
  const clock = new TestClock();
  const checked = new Guard(clock);
  return {
    clock,
    check: (changes: Record<string, string | undefined>, hosts?: readonly string[]) => {
      const headers = { ...fine, ...changes };
      const distinct = hosts ?? (headers.host === undefined ? [] : [headers.host]);
      return checked.check({ headers, headersDistinct: { host: [...distinct] } }, port, expected);
    },
  };
}

describe('the guard of the local API', () => {
  it.each([{}, { host: `LOCALHOST:${port}` }, { authorization: `bearer ${token}` }])(
    'lets a program with the token ask (%j)',
    (headers) => expect(guard().check(headers)).toBeUndefined(),
  );

  it('refuses a request for two hosts, whichever comes first', () => {
    for (const hosts of [
      [fine.host, 'evil.example'],
      ['evil.example', fine.host],
      [fine.host, fine.host],
    ]) {
      expect(guard().check({}, hosts)?.status).toBe(421);
    }
  });

  it.each([
    ['no host', { host: undefined }, 421],
    ['a name that was made to mean this machine', { host: `evil.example:${port}` }, 421],
    ['this machine at another port', { host: '127.0.0.1:80' }, 421],
    ['this machine without a port', { host: '127.0.0.1' }, 421],
    ['a host that begins like ours', { host: `127.0.0.1:${port}.evil.example` }, 421],
    ['a page', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['an image of a page', { 'sec-fetch-site': 'cross-site' }, 403],
    ['an address typed into a browser', { 'sec-fetch-site': 'none' }, 403],
    ['no token', { authorization: undefined }, 401],
    ['an empty token', { authorization: 'Bearer ' }, 401],
    ['half of the token', { authorization: `Bearer ${token.slice(1)}` }, 401],
    ['more than the token', { authorization: `Bearer ${token}a` }, 401],
    ['the token with another scheme', { authorization: `Basic ${token}` }, 401],
    ['the token among others', { authorization: `Bearer x ${token}` }, 401],
  ])('refuses %s', (_, headers, status) => {
    expect(guard().check(headers)?.status).toBe(status);
  });

  it('refuses everything while there is no token', () => {
    const { check } = guard('');
    expect(check({ authorization: 'Bearer ' })?.status).toBe(401);
    expect(check({ authorization: undefined })?.status).toBe(401);
  });

  it('slows a program down that asks without end, and says until when', () => {
    const { check, clock } = guard();
    const answers = Array.from({ length: 40 }, () => check({})?.status);
    expect(answers.filter((status) => status === 429)).toHaveLength(10);
    expect(check({})?.headers).toEqual({ 'Retry-After': '1' });
    clock.to(1_000);
    expect(check({})).toBeUndefined();
  });

  it('slows down guesses, but not who has the token', () => {
    const { check } = guard();
    const guess = { authorization: 'Bearer guess' };
    const answers = Array.from({ length: 20 }, () => check(guess)?.status);
    expect(answers.filter((status) => status === 401)).toHaveLength(10);
    expect(answers.at(-1)).toBe(429);
    expect(check({})).toBeUndefined();
  });
});
