import { describe, expect, it } from 'vitest';
import { closeCodes } from '../../../../src/shared/protocol/frames.ts';
import { accounts } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld({ accounts });

describe('an agent’s message', () => {
  const party = { waId: '5511999990000' };
  const text = { what: 'text', text: 'We will call you back.' } as const;

  it('is logged once for everybody, by the connected agent', async () => {
    const [ana, bea] = [await world.join('ana'), await world.join('bea')];
    const frame = { accountId: 'web', party, messageId: 'wamid.9', sent: text };
    expect(await ana.sent(frame)).toEqual({ kind: 'granted' });
    expect(await ana.sent(frame)).toEqual({ kind: 'granted' });
    expect(await ana.sent({ ...frame, messageId: undefined })).toEqual({ kind: 'granted' });
    const said = {
      type: 'sent',
      accountId: 'web',
      by: { id: 'ana', name: 'Agent ana' },
      at: world.clock.now(),
      party,
      sent: text,
    };
    for (const console of [ana, bea]) {
      await console.until(() => console.cursors.length === 2 || undefined);
      expect(console.all('entry').map(({ body }) => body)).toEqual([
        { ...said, messageId: 'wamid.9' },
        said,
      ]);
    }
  });

  it('B1 is not suppressed by a teammate who reports its id first', async () => {
    const [ana, eva] = [await world.join('ana'), await world.join('eva')];
    const frame = { accountId: 'web', party, messageId: 'wamid.9', sent: text };
    const forged = { ...frame, sent: { what: 'text', text: 'Something else' } } as const;
    expect(await eva.sent(forged)).toEqual({ kind: 'granted' });
    expect(await ana.sent(frame)).toEqual({ kind: 'granted' });
    const genuine = await ana.entry('sent', ({ by }) => by.id === 'ana');
    expect(genuine).toMatchObject({ messageId: 'wamid.9', sent: text });
    // And each is told as their own.
    expect(await ana.entry('sent', ({ by }) => by.id === 'eva')).toMatchObject(forged);
  });

  it('is refused for an unknown number, and a permission request without the right', async () => {
    await world.token('eva', { calls: 'none' });
    const eva = await world.join('eva');
    expect(await eva.sent({ accountId: 'nobody', party, sent: text })).toEqual({
      kind: 'refused',
      why: 'unknown-account',
    });
    const request = { what: 'permission-request', text: 'May we call?' } as const;
    expect(await eva.sent({ accountId: 'web', party, sent: request })).toEqual({
      kind: 'refused',
      why: 'restricted',
    });
    expect(await eva.sent({ accountId: 'web', party, sent: text })).toEqual({ kind: 'granted' });
  });

  it('is not logged once the agent is removed', async () => {
    const [ana, eva] = [await world.join('ana'), await world.join('eva')];
    const frame = { accountId: 'web', party, sent: text };
    expect(await eva.sent(frame)).toEqual({ kind: 'granted' });
    await world.relay.agents.remove('eva');
    void eva.sent(frame);
    expect(await eva.closed).toMatchObject({ code: closeCodes.unauthorized });
    expect(await ana.sent(frame)).toEqual({ kind: 'granted' });
    await ana.until(() => ana.cursors.length === 2 || undefined);
    expect(ana.all('entry').map(({ body }) => body)).toMatchObject([
      { by: { id: 'eva' } },
      { by: { id: 'ana' } },
    ]);
  });
});
