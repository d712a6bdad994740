import { failureOf, valueOf } from '../../unit/main/providers/failure.ts';
import { describe, expect, it } from 'vitest';
import { able, numberOf, numbers } from './numbers.ts';
import { ANA, openContract } from './contract.ts';

const to = { waId: ANA.waId };
const ask = { kind: 'free-form', text: 'May we call you?' } as const;

describe.each(able('permissions'))('permission at a $kind number', (number) => {
  it.each(['none', 'temporary', 'permanent'] as const)('is looked up: %s', async (permission) => {
    const { provider } = await openContract(number, { customers: [{ ...ANA, permission }] });
    const found = await valueOf(provider.permission(to));
    expect(found).toMatchObject({
      status: permission,
      call: { allowed: permission !== 'none' },
      request: { allowed: permission !== 'permanent' },
    });
    expect(found.expiresAt !== undefined).toBe(permission === 'temporary');
  });

  it('is requested, and the reply is reported', async () => {
    const { provider, listener } = await openContract(number, { customers: [ANA] });
    await valueOf(provider.requestPermission(to, ask));
    expect(await listener.event(undefined, 'permission')).toMatchObject({
      party: { waId: ANA.waId },
      granted: true,
      permanent: false,
      expiresAt: expect.any(Number),
      source: 'user',
    });
    expect(await valueOf(provider.permission(to))).toMatchObject({ status: 'temporary' });
  });

  it('is granted and revoked by the customer unasked, and both are reported', async () => {
    const { provider, listener, simulator } = await openContract(number, { customers: [ANA] });
    simulator.decide({ customer: ANA, decision: 'allow-permanent' });
    const given = await listener.event(undefined, 'permission');
    expect(given).toMatchObject({ granted: true, permanent: true });
    expect(given.expiresAt).toBeUndefined();
    expect(await valueOf(provider.permission(to))).toMatchObject({ status: 'permanent' });
    simulator.decide({ customer: ANA, decision: 'refuse' });
    await listener.event(undefined, 'permission', ({ granted }) => !granted);
    expect(await valueOf(provider.permission(to))).toMatchObject({ status: 'none' });
  });

  it('is declined, and the decline is reported', async () => {
    const customers = [{ ...ANA, onPermissionRequest: 'decline' as const }];
    const { provider, listener } = await openContract(number, { customers });
    await valueOf(provider.requestPermission(to, ask));
    expect(await listener.event(undefined, 'permission')).toMatchObject({ granted: false });
  });

  it('is not requested twice a day, nor outside the service window', async () => {
    const eva = { waId: '5511988880000', serviceWindow: 'closed' as const };
    const { provider } = await openContract(number, {
      customers: [{ ...ANA, onPermissionRequest: 'ignore' }, eva],
    });
    await valueOf(provider.requestPermission(to, ask));
    const again = await failureOf(provider.requestPermission(to, ask));
    expect(again).toMatchObject({
      code: expect.stringMatching(/^(?:138009|META_CALL_PERMISSION_REQUEST_LIMIT)$/),
      message: expect.stringMatching(/limit/i),
    });
    expect(await failureOf(provider.requestPermission({ waId: eva.waId }, ask))).toMatchObject({
      code: '131047',
      message: expect.stringMatching(/24 hours/),
    });
  });

  it('is needed for a call', async () => {
    const contract = await openContract(number, { customers: [ANA] });
    expect(await failureOf(contract.place())).toMatchObject({
      code: expect.stringMatching(/^(?:138006|META_CALL_PERMISSION_REQUIRED)$/),
      message: expect.stringMatching(/permission/i),
      transient: false,
    });
  });
});

describe.each(able('messages'))('messages at a $kind number', (number) => {
  const template = { name: 'order_update', language: 'en', values: ['Ana', '991'] };

  it('are sent, delivered and read', async () => {
    const { provider, listener, simulator } = await openContract(number);
    const sent = await valueOf(provider.messages?.sendText(to, 'Your order is on its way.'));
    const isIt = ({ messageId }: { messageId: string }) => messageId === sent?.messageId;
    await listener.event(undefined, 'message-status', (one) => isIt(one) && one.status === 'read');
    expect(simulator.messages()).toMatchObject([{ text: 'Your order is on its way.' }]);
  });

  it('of a customer are reported', async () => {
    const { listener, simulator } = await openContract(number);
    simulator.writeMessage({ customer: ANA, text: 'Where is my order?' });
    expect(await listener.event(undefined, 'message')).toMatchObject({
      party: { waId: ANA.waId, name: ANA.name },
      type: 'text',
      text: 'Where is my order?',
    });
  });

  it('are templates outside the service window, and free text once the customer wrote', async () => {
    const customers = [{ ...ANA, serviceWindow: 'closed' as const }];
    const { provider, simulator } = await openContract(number, { customers });
    const send = () => provider.messages?.sendText(to, 'Hello');
    expect(await failureOf(send())).toMatchObject({ code: '131047' });
    await valueOf(provider.messages?.sendTemplate(to, template));
    simulator.writeMessage({ customer: ANA, text: 'Yes?' });
    await send();
    expect(simulator.messages().map(({ from, text }) => `${from}: ${text}`)).toEqual([
      'business: Hello Ana, your order 991 is on its way.',
      'customer: Yes?',
      'business: Hello',
    ]);
  });

  it('as templates are listed when approved, and can request permission', async () => {
    const customers = [{ ...ANA, serviceWindow: 'closed' as const }];
    const { provider, listener } = await openContract(number, { customers });
    const list = (await valueOf(provider.messages?.templates())) ?? [];
    expect(list.map(({ name, values, asksPermission }) => [name, values, asksPermission])).toEqual([
      ['order_update', 2, false],
      ['may_we_call', 1, true],
      ['call_us', 0, false],
    ]);
    const asking = { ...template, name: 'may_we_call', values: ['Ana'] };
    await valueOf(provider.requestPermission(to, { kind: 'template', template: asking }));
    expect(await listener.event(undefined, 'permission')).toMatchObject({ granted: true });
  });

  it('with a call button bring their payload back with the call', async () => {
    const { provider, simulator } = await openContract(number);
    const button = { text: 'Talk to us', label: 'Call now', minutes: 60, payload: 'order-991' };
    await valueOf(provider.messages?.sendCallButton(to, button));
    expect(simulator.messages()).toMatchObject([{ type: 'voice_call', payload: 'order-991' }]);
  });
});

const CLARA = { bsuid: 'BR.13491208655302741918', name: 'Clara', username: 'clara.b' };

describe.each([numberOf('meta'), numberOf('d360')])(
  'people without a number, at $kind',
  (number) => {
    it('are known by their user id', async () => {
      const contract = await openContract(number, { customers: [CLARA] });
      const { callId, reported } = await contract.rung({ customer: { bsuid: CLARA.bsuid } });
      expect(reported.party).toMatchObject({ userId: CLARA.bsuid, name: CLARA.name });
      expect(reported.party.waId).toBeUndefined();
      contract.simulator.hangUp(callId);
      expect((await contract.end(callId)).party).toMatchObject({ userId: CLARA.bsuid });
    });
  },
);

it('who hides their number gives it when asked, in a message that names both', async () => {
  const customers = [{ ...CLARA, serviceWindow: 'open' as const, sharesNumber: '5511987650000' }];
  const { provider, listener, simulator } = await openContract(numberOf('meta'), { customers });
  await valueOf(
    provider.messages?.sendContactRequest({ userId: CLARA.bsuid }, 'May we have your number?'),
  );
  expect(simulator.messages()).toMatchObject([{ type: 'request_contact_info' }]);
  expect(await listener.event(undefined, 'message')).toMatchObject({
    type: 'contacts',
    party: { userId: CLARA.bsuid, waId: '5511987650000', name: CLARA.name },
    text: '+55 11 98765 0000',
  });
});

it('Meta calls people without a number', async () => {
  const customers = [{ ...CLARA, permission: 'permanent' as const, answerAfterMs: 20 }];
  const contract = await openContract(numberOf('meta'), { customers });
  expect(await valueOf(contract.provider.permission({ userId: CLARA.bsuid }))).toMatchObject({
    status: 'permanent',
  });
  const callId = await contract.placed({ userId: CLARA.bsuid });
  await contract.status(callId, 'accepted');
  expect(contract.simulator.report(callId)?.customer).toMatchObject({ waId: null });
});

it.each(numbers.filter(({ kind }) => kind !== 'meta'))(
  'a $kind number reports that it cannot call people without a number',
  async (number) => {
    const contract = await openContract(number);
    const error = await failureOf(contract.place({ userId: CLARA.bsuid }));
    expect(error).toMatchObject({ code: 'no-number', transient: false });
    expect(contract.simulator.requests()).toEqual([]);
  },
);

it.each([numberOf('pilot-meta'), numberOf('pilot-web')])(
  'a $kind number reports customers’ messages and calls answered elsewhere',
  async (number) => {
    const { listener, simulator } = await openContract(number);
    simulator.writeMessage({ customer: ANA, text: 'Where is my order?' });
    expect(await listener.event(undefined, 'message')).toMatchObject({
      party: { waId: ANA.waId },
      text: 'Where is my order?',
    });
  },
);
