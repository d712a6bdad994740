import { expect, it } from 'vitest';
import type { NumberWebhooks } from '../../../../src/shared/protocol/frames.ts';
import { WebhookHealth } from '../../../../src/relay/webhooks/webhook-health.ts';
import { WebhookNews } from '../../../../src/relay/webhooks/webhook-news.ts';
import { FakeClock } from '../../../fakes/clock.ts';

function setUp() {
  const clock = new FakeClock();
  const health = new WebhookHealth(clock);
  const told: (readonly [NumberWebhooks, boolean])[] = [];
  const news = new WebhookNews({
    health,
    clock,
    tell: (webhooks, here) => void told.push([webhooks, here]),
  });
  return { clock, health, told, news };
}

it('tells at once that webhooks are refused, and that they are taken again', () => {
  const { clock, health, told } = setUp();
  health.refused('support', 'signature-wrong');
  clock.advance(0);
  expect(told).toEqual([
    [{ accountId: 'support', refused: { agoMs: 0, code: 'signature-wrong' } }, true],
  ]);
  health.refused('support', 'signature-wrong');
  clock.advance(5_000);
  expect(told).toHaveLength(1);
  health.taken('support');
  clock.advance(0);
  expect(told).toHaveLength(2);
  expect(told[1]?.[0]).toMatchObject({ takenAgoMs: 0 });
});

it('tells once a second at most, however often strangers have one refused', () => {
  const { clock, health, told } = setUp();
  for (let second = 0; second < 3; second += 1) {
    for (let n = 0; n < 100; n += 1) {
      health.refused('support', 'signature-wrong');
      clock.advance(5);
      health.taken('support');
      clock.advance(5);
    }
  }
  expect(told.length).toBeLessThanOrEqual(4);
});

it('passes on what another relay has seen, and does not tell it back', () => {
  const { clock, health, told } = setUp();
  health.taken('support');
  clock.advance(10_000);
  told.length = 0;
  health.learn({ accountId: 'support', refused: { agoMs: 500, code: 'signature-missing' } });
  clock.advance(1_000);
  expect(told).toEqual([[expect.objectContaining({ refused: expect.anything() }), false]]);
  // What is older than our own changes nothing.
  health.learn({ accountId: 'support', takenAgoMs: 60_000 });
  health.learn({ accountId: 'support', refused: { agoMs: 90_000, code: 'unreadable' } });
  clock.advance(1_000);
  expect(told).toHaveLength(1);
  expect(health.of('support').refused?.code).toBe('signature-missing');
});

it('tells nothing once it is closed', () => {
  const { clock, health, told, news } = setUp();
  health.refused('support', 'signature-wrong');
  news.close();
  clock.advance(10_000);
  expect(told).toEqual([]);
});
