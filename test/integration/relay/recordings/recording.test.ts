import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordingKeyOf } from '../../../../src/recording/keys.ts';
import { readRecording } from '../../../../src/recording/reader.ts';
import { Deletions } from '../../../../src/relay/recordings/deletions.ts';
import { hashOfCall } from '../../../../src/sqlite/call-hash.ts';
import { OggSound } from '../../../helpers/ogg-sound.ts';
import { ACCOUNT } from '../harness.ts';
import { CUSTOMER_HZ, HZ, RelayedCallWorld } from '../relayed-call-world.ts';
import { RECORDING_SECRET, recordingsIn } from './recording-files.ts';

describe('a number whose calls the relay records', () => {
  const world = new RelayedCallWorld({
    apart: true,
    recording: { key: RECORDING_SECRET },
    account: {
      recording: { by: 'relay', consent: 'announcement', language: 'id', where: 'relay' },
    },
  });

  it('announces it, records both sides through a transfer, and leaves silence in a pause', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const welcome = await ana.console.first('welcome');
    expect(welcome.rights.numbers[0]?.recording).toMatchObject({ by: 'relay', where: 'relay' });
    const callId = await world.ring(ana);
    const peer = await ana.bringLeg(callId);
    await ana.console.claim(callId);
    const is = (step: string) => (call: { recording?: { state: { step: string } } | undefined }) =>
      call.recording?.state.step === step;
    await ana.console.call(is('announcing'));
    const { recording } = await ana.console.call(is('on'));
    expect(recording).toMatchObject({ by: 'relay', id: expect.any(String) });
    await world.customerHears(callId, HZ['ana'] ?? 0);
    await peer.detectors[0].more(50);

    expect(await ben.console.record(callId, 'pause')).toMatchObject({ why: 'not-yours' });
    expect(await ana.console.record(callId, 'confirm')).toMatchObject({ why: 'not-asked' });
    expect(await ana.console.record(callId, 'pause')).toEqual({ kind: 'granted' });
    await ana.console.call(is('paused'));
    await peer.detectors[0].more(40);
    expect(await ana.console.record(callId, 'continue')).toEqual({ kind: 'granted' });
    await peer.detectors[0].more(40);

    expect(await ana.console.transfer(callId, 'ben')).toEqual({ kind: 'granted' });
    const { callOffer } = await ben.console.entry('call-offer');
    const other = await ben.bringLeg(callOffer.callOfferId);
    expect(await ben.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await world.customerHears(callId, HZ['ben'] ?? 0);
    await other.detectors[0].more(40);
    await ben.console.hangUp(callOffer.callOfferId);
    await ben.console.call(({ state, recording: last }) => {
      return state === 'ended' && last?.state.step === 'over';
    });

    const [file = ''] = recordingsIn(world.folder);
    expect(file).toContain(recording?.id);
    const keys = [recordingKeyOf(RECORDING_SECRET)];
    await expect.poll(async () => (await readRecording(file, keys)).stop.why).toBe('complete');
    const { facts, marks, tracks } = await readRecording(file, keys);
    expect(facts).toMatchObject({ callId, by: 'relay', agent: 'ANA', consent: 'announcement' });
    const kinds = marks.map(({ kind }) => kind);
    expect(kinds.slice(0, 3)).toEqual(['announcement', 'pause', 'continue']);
    expect(kinds).toContain('transfer');
    const at = (kind: string) => marks.find((mark) => mark.kind === kind)?.atMs ?? NaN;
    const [agent, customer] = [0, 1].map(
      (track) => new OggSound(tracks.get(track) ?? Buffer.alloc(0)),
    );
    expect(agent?.heard(300, at('pause') - 100).hz).toBeCloseTo(HZ['ana'] ?? 0, -1);
    expect(customer?.heard(300, at('pause') - 100).hz).toBeCloseTo(CUSTOMER_HZ, -1);
    for (const side of [agent, customer]) {
      expect(side?.heard(at('pause') + 250, at('continue') - 150).hz).toBeUndefined();
      expect(Math.abs((side?.ms ?? 0) - at('end'))).toBeLessThan(400);
    }
    expect(agent?.heard(at('end') - 700, at('end') - 200).hz).toBeCloseTo(HZ['ben'] ?? 0, -1);
  });

  it('stops for the rest of the call, whoever has it, and keeps or deletes what there was', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const sue = await world.join('sue', { role: 'supervisor', calls: 'none' });
    const keys = [recordingKeyOf(RECORDING_SECRET)];
    for (const ask of ['stop', 'stop-and-delete'] as const) {
      const before = recordingsIn(world.folder);
      const callId = await world.ring(ana);
      const peer = await ana.bringLeg(callId);
      await ana.console.claim(callId);
      const { recording } = await ana.console.call(
        (call) => call.callId === callId && call.recording?.state.step === 'on',
      );
      await peer.detectors[0].more(25);
      const held = { type: 'legal-hold', accountId: ACCOUNT, call: hashOfCall(callId) } as const;
      await sue.console.ask({ ...held, on: true, recordings: [] });
      expect(await ana.console.record(callId, 'stop-and-delete')).toMatchObject({
        why: 'legal-hold',
      });
      await sue.console.ask({ ...held, on: false, recordings: [] });
      expect(await ana.console.record(callId, ask)).toEqual({ kind: 'granted' });
      const stopped = ask === 'stop' ? 'kept' : 'deleted';
      await ana.console.call((call) => {
        const { state } = call.recording ?? {};
        return call.callId === callId && state?.step === 'over' && state.stopped === stopped;
      });
      for (const again of ['stop', 'pause', 'continue', 'confirm'] as const) {
        expect(await ana.console.record(callId, again)).toMatchObject({ kind: 'refused' });
      }
      expect(await ana.console.transfer(callId, 'ben')).toEqual({ kind: 'granted' });
      const { callOffer } = await ben.console.entry(
        'call-offer',
        (entry) => entry.callOffer.callId === callId,
      );
      const other = await ben.bringLeg(callOffer.callOfferId);
      expect(await ben.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
      await world.customerHears(callId, HZ['ben'] ?? 0);
      await other.detectors[0].more(25);
      await ben.console.hangUp(callOffer.callOfferId);
      await ben.console.call(({ callId: id, state }) => id === callId && state === 'ended');

      // Ana's console asks for it.
      const deletions = new Deletions(path.join(world.folder, 'recordings'));
      const note = await deletions.of(recording?.id ?? '');
      expect(note?.by).toBe(ask === 'stop' ? undefined : 'ANA');

      const made = recordingsIn(world.folder).filter((file) => !before.includes(file));
      const ids = made.map((file) => path.basename(file, '.rdrec'));
      expect(ids).toEqual(ask === 'stop' ? [recording?.id] : []);
      for (const { marks, tracks, stop } of await Promise.all(
        made.map((file) => readRecording(file, keys)),
      )) {
        expect(stop.why).toBe('complete');
        expect(marks.map(({ kind }) => kind)).toEqual(['announcement', 'stop', 'end']);
        expect(marks[1]).toMatchObject({ by: 'ANA' });
        const end = marks[2]?.atMs ?? NaN;
        for (const side of [0, 1]) {
          const sound = new OggSound(tracks.get(side) ?? Buffer.alloc(0));
          expect(sound.ms - end).toBeLessThan(400);
        }
      }
    }
  });
});
