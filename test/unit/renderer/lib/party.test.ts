import { t } from '../../../../src/shared/i18n/i18n.ts';
import { describe, expect, it } from 'vitest';
import { attentionFor } from '../../../../src/main/os/attention.ts';
import { initials, partyName, partyNumber } from '../../../../src/renderer/lib/party.ts';
import { ringingCall, settings, snapshot } from '../fixtures.ts';
import { announcementText } from '../../../../src/renderer/messages/team.ts';
import { contextLine, endMessage } from '../../../../src/renderer/messages/calls.ts';

const arabic = 'عبد الرحمن بن خالد';
const isolated = `\u2068${arabic}\u2069`;

describe('names on the screen', () => {
  it('F7 fall back to the username without a name or number', () => {
    const party = { userId: 'BR.1', username: 'ana.lima' };
    expect(partyName(party)).toBe('@ana.lima');
    expect(partyNumber({ ...party, name: 'Ana' })).toBe('@ana.lima');
    expect(partyNumber({ ...party, waId: '5511987654321' })).toBe('+55 11 98765 4321');
    expect(partyName({ userId: 'BR.1' })).toBe(t('history.hiddenNumber'));
  });

  it('T1 are never an empty line', () => {
    for (const name of ['', ' ', '\u200b', '\u3164', '\u2800', '\u202e', '\ufe0f', '\ud83d']) {
      expect(partyName({ name, waId: '5511987654321' })).toBe('+55 11 98765 4321');
      expect(initials({ name })).toBe('');
    }
  });

  it('U14 cannot disturb any of our sentences', () => {
    const call = ringingCall({ party: { name: arabic, waId: '201001234567' } });
    expect(endMessage({ kind: 'customer-hung-up' }, arabic).what).toContain(isolated);
    expect(announcementText(arabic, call)).toContain(isolated);
    expect(t('team.transferTo', { name: arabic })).toContain(isolated);
    expect(contextLine({ ...call, payload: arabic }, () => '')).toContain(isolated);
  });

  it('U14 T1 cannot disturb the notification or the tray', () => {
    const call = ringingCall({
      party: { name: `\u202e${arabic}`, waId: '201001234567' },
    });
    const { notification, tray } = attentionFor({ ...snapshot({ calls: [call] }), settings });
    expect(notification?.title).toContain(isolated);
    expect(tray.tooltip).toContain(isolated);
    expect(`${notification?.title}${notification?.body}${tray.tooltip}`).not.toContain('\u202e');
    const unseen = ringingCall({ party: { name: '\u3164', waId: '201001234567' } });
    const shown = attentionFor({ ...snapshot({ calls: [unseen] }), settings });
    expect(shown.notification?.title).toContain('+20');
  });
});
