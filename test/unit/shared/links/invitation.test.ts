import { describe, expect, it } from 'vitest';
import { isDialLink } from '../../../../src/shared/links/dial-link.ts';
import {
  checkInvitation,
  invitationLink,
  isInvitationLink,
  parseInvitation,
  readCode,
  redeemAddress,
  showCode,
} from '../../../../src/shared/links/invitation.ts';

const CODE = 'K7QF3MRA9TWX';
const RELAY = 'wss://calls.example.com';

describe('an invitation', () => {
  it('is read from the link that was made of it', () => {
    const link = invitationLink({ relay: RELAY, code: CODE });
    expect(link).toBe('ringdesk:join?relay=wss%3A%2F%2Fcalls.example.com&code=K7QF-3MRA-9TWX');
    expect(parseInvitation(` ${link}\n`)).toEqual({
      ok: true,
      value: { relay: RELAY, code: CODE },
    });
    // The command line takes it as it takes a link to a number.
    expect(isDialLink(link)).toBe(true);
    expect(isInvitationLink('ringdesk:call?number=1')).toBe(false);
  });

  it('is read as mails and pages write it', () => {
    const link = invitationLink({ relay: RELAY, code: CODE });
    for (const written of [
      `<${link}>`,
      ` “${link}”`,
      `\u2066${link}\u2069`,
      link.replace('&', '&amp;'),
      link.replaceAll('-', '+'),
      link.replaceAll('-', '%20'),
      `${link}#top`,
    ]) {
      expect(isInvitationLink(written)).toBe(true);
      expect(parseInvitation(written)).toEqual({ ok: true, value: { relay: RELAY, code: CODE } });
    }
  });

  it('is typed as people type', () => {
    for (const typed of [
      'k7qf 3mra 9twx',
      'K7QF–3MRA–9TWX',
      'k7qf3mra9twx.',
      'k7qf_3mra_9twx',
      'Ｋ７ＱＦ　３ＭＲＡ　９ＴＷＸ',
    ]) {
      expect(readCode(typed)).toBe(CODE);
    }
    expect(readCode('oil0 oil0 oil0')).toBe('011001100110');
    expect(showCode(CODE)).toBe('K7QF-3MRA-9TWX');
    const pasted = `${RELAY}/?utm_source=mail#top`;
    for (const relay of ['calls.example.com', 'https://calls.example.com/', RELAY, pasted]) {
      expect(checkInvitation({ relay, code: CODE })).toMatchObject({ value: { relay: RELAY } });
    }
    expect(checkInvitation({ relay: 'ws://127.0.0.1:8787', code: CODE }).ok).toBe(true);
  });

  it('says what is wrong with it', () => {
    const why = (relay: string, code: string) => {
      const read = checkInvitation({ relay, code });
      return read.ok ? undefined : read.error;
    };
    expect(why('', CODE)).toBe('no-relay');
    expect(why('two words', CODE)).toBe('no-relay');
    expect(why('ws://calls.example.com', CODE)).toBe('insecure');
    expect(why('http://calls.example.com', CODE)).toBe('insecure');
    expect(why('wss://me:secret@calls.example.com', CODE)).toBe('insecure');
    expect(why('file:///etc/passwd', CODE)).toBe('insecure');
    for (const code of [
      '',
      'K7QF',
      `${CODE}A`,
      'K7QF-3MRA-9TW!',
      'U'.repeat(12),
      '0'.repeat(9_999),
    ])
      expect(why(RELAY, code)).toBe('bad-code');
    expect(parseInvitation('hello')).toEqual({ ok: false, error: 'not-an-invitation' });
    expect(parseInvitation(`ringdesk:join?${'x'.repeat(3_000)}`).ok).toBe(false);
    expect(parseInvitation('ringdesk:join?relay=%E0%A4%A&code=')).toEqual({
      ok: false,
      error: 'no-relay',
    });
  });

  it('is redeemed at its relay, also below a path', () => {
    expect(redeemAddress(RELAY)).toBe('https://calls.example.com/v1/invitations/redeem');
    expect(redeemAddress('ws://127.0.0.1:8787/v1/agents')).toBe(
      'http://127.0.0.1:8787/v1/invitations/redeem',
    );
    expect(redeemAddress('wss://example.com/calls/')).toBe(
      'https://example.com/calls/v1/invitations/redeem',
    );
  });
});
