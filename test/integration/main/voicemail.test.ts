import { describe, expect, test } from 'vitest';
import { writeOggOpus } from '../../../src/shared/lib/ogg-opus.ts';
import { inboundCallId } from '../../../src/shared/call/ids.ts';
import type { StartCall } from '../../../src/simulator/calls/plan.ts';
import { ANA, openConversation } from './conversation.ts';

/** A number's voicemail, from its set-up to a message that is played. */

/** Silence of that length, in Ogg. */
function announcement(seconds: number): Uint8Array {
  const packets = Array<Uint8Array>(seconds * 50 + 1).fill(Uint8Array.of(0xf8, 0xff, 0xfe));
  const samples = seconds * 48_000;
  return writeOggOpus({ packets, samplesPerPacket: 960, channels: 1, preSkip: 312, samples });
}

const on = { on: true, triggers: ['declined', 'not-answered'], waitSeconds: 10 } as const;

async function openWithVoicemail(acceptDeadlineMs = 300) {
  const conversation = await openConversation('meta', { acceptDeadlineMs });
  await conversation.workspace.numbers.changeSettings(
    'support',
    { voicemail: on },
    announcement(5),
  );
  return conversation;
}

describe('setting it up', () => {
  test('uploads the announcement, names it in the settings and reads them back', async () => {
    const { simulator, workspace } = await openConversation('meta');
    const { numbers } = workspace;
    expect((await numbers.get('support')).settings?.voicemail).toEqual({ on: false, triggers: [] });
    const set = await numbers.changeSettings('support', { voicemail: on }, announcement(5));
    const { announcement: id, ...rest } = set.settings?.voicemail ?? {};
    expect(rest).toEqual(on);
    expect(id).toMatch(/^\d+$/);

    // Other changes keep it, and so does turning it off.
    await numbers.changeSettings('support', {
      voicemail: { ...on, waitSeconds: 30, announcement: id },
    });
    const off = await numbers.changeSettings('support', {
      voicemail: { on: false, triggers: [], announcement: id },
    });
    expect(off.settings?.voicemail).toMatchObject({ on: false, announcement: id });
    const uploads = simulator.requests().filter(({ path }) => path.endsWith('/media'));
    expect(uploads).toHaveLength(1);
  });

  test('refuses what is no announcement before anything is sent', async () => {
    const { simulator, workspace } = await openConversation('meta');
    const save = (sound: Uint8Array) =>
      workspace.numbers.changeSettings('support', { voicemail: on }, sound);
    await expect(save(Buffer.from('ID3 an MP3'))).rejects.toThrow('no audio that can be read');
    await expect(save(announcement(60))).rejects.toThrow('shorter than a minute');
    expect(simulator.requests().filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('passes on the provider’s refusal, and leaves the settings as they were', async () => {
    const { workspace } = await openWithVoicemail();
    const { numbers } = workspace;
    const hours = {
      zone: 'America/Manaus',
      weekly: [{ day: 'MONDAY', open: '0900', close: '1700' }],
      holidays: [],
      holidaysMean: 'open',
    } as const;
    await expect(numbers.changeSettings('support', { hours })).rejects.toMatchObject({
      error: { provider: { details: expect.stringContaining('call_hours') } },
    });
    expect((await numbers.get('support')).settings?.voicemail).toMatchObject(on);
  });

  test.each(['d360', 'zernio'] as const)('is not offered on a %s number', async (kind) => {
    const { workspace } = await openConversation(kind);
    const { numbers } = workspace;
    expect((await numbers.get('support')).settings?.voicemail).toBeUndefined();
    await expect(numbers.changeSettings('support', { voicemail: on })).rejects.toThrow('voicemail');
    await expect(
      numbers.changeSettings('support', { voicemail: on }, announcement(5)),
    ).rejects.toThrow('takes no announcement');
  });

  test('is possible without an announcement where that cannot be uploaded', async () => {
    const { workspace } = await openConversation('pilot-meta');
    const voicemail = { ...on, announcement: '9388' };
    await expect(
      workspace.numbers.changeSettings('support', { voicemail }, announcement(5)),
    ).rejects.toThrow('takes no announcement');
  });
});

describe('a call that ends in voicemail is missed, and its message is there to be played', () => {
  const orders = [
    { first: 'end', startTime: false },
    { first: 'end', startTime: true },
    { first: 'message', startTime: false },
    { first: 'message', startTime: true },
  ] as const;

  test.each(orders)('when nobody answers: $first first, a start: $startTime', async (voicemail) => {
    const { workspace, simulator, until, timeline } = await openWithVoicemail();
    const { callId } = await simulator.startCall({ customer: ANA, voicemail });
    const row = await until(async () => {
      const { rows } = await workspace.history.list({ voicemail: true }, undefined, 10);
      return rows[0];
    });
    expect(row).toMatchObject({ outcome: 'missed', voicemail: true, unseen: true });
    expect(row.talkSeconds).toBeUndefined();

    const detail = await until(async () => {
      const found = await workspace.history.get(row.id);
      return found?.voicemailItem === undefined ? undefined : found;
    });
    expect(detail).toMatchObject({ id: inboundCallId('support', callId), voicemail: true });
    await expect(workspace.files.get(detail.voicemailItem ?? '')).resolves.toMatchObject({
      mime: 'audio/ogg',
    });

    expect(await timeline()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'call', outcome: 'missed', voicemail: true }),
        expect.objectContaining({ kind: 'message-in', type: 'audio', voicemail: true }),
      ]),
    );
    const item = await until(() => {
      const [waiting] = workspace.todo.list().flatMap(({ items }) => items);
      return waiting?.reasons.missed && waiting.reasons.messages ? waiting : undefined;
    });
    expect(item.reasons).toMatchObject({
      missed: { count: 1, voicemail: true },
      messages: { type: 'voicemail' },
    });
  });

  test('when it is declined here', async () => {
    const { workspace, simulator, until } = await openWithVoicemail(30_000);
    const plan: StartCall = { customer: ANA, voicemail: {} };
    const { callId } = await simulator.startCall(plan);
    const call = await until(() => workspace.calls.live()[0]);
    workspace.calls.hangUp(call.id);
    await simulator.waitFor(() => simulator.report(callId)?.endedAt);
    const row = await until(async () => {
      const { rows } = await workspace.history.list({}, undefined, 10);
      return rows.find(({ voicemail }) => voicemail);
    });
    expect(row).toMatchObject({ outcome: 'missed' });
    expect((await workspace.history.get(row.id))?.endReason.kind).toBe('declined-by-agent');
  });

  test('and a caller who leaves none is missed without one', async () => {
    const { workspace, simulator, until } = await openWithVoicemail();
    await simulator.startCall({ customer: ANA });
    const row = await until(async () => (await workspace.history.list({}, undefined, 10)).rows[0]);
    expect(row).toMatchObject({ outcome: 'missed' });
    expect(row.voicemail).toBeUndefined();
  });
});
