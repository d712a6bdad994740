import { expect, it } from 'vitest';
import { announcementOf } from '../../../../src/main/todo/announcement.ts';
import { settings, snapshot } from '../../renderer/fixtures.ts';

const news = {
  kind: 'message',
  party: { waId: '5511999990000', name: 'Bia' },
  text: 'Where is\nmy order?',
} as const;

it('names the customer, and quotes one line', () => {
  expect(announcementOf(news, snapshot())).toEqual({
    title: 'Bia wrote',
    body: 'Where is my order?',
    sound: true,
  });
});

it('is silent when the agent does not want to be disturbed, or chose so', () => {
  const dnd = snapshot({ presence: { state: 'dnd', dnd: true } });
  expect(announcementOf(news, dnd)).toBeUndefined();
  const off = snapshot({ settings: { ...settings, announceMessages: false } });
  expect(announcementOf(news, off)).toBeUndefined();
});
