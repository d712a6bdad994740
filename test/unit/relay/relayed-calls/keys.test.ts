import { expect, it, onTestFinished } from 'vitest';
import { RelayedCall } from '../../../../src/relay/relayed-calls/call.ts';
import { openSqliteStore } from '../../../../src/relay/store/sqlite.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { portsOf } from './ports.ts';
import { ana } from './state-machine/arbitrary-events.ts';

it('keys that a customer presses while the recording is paused stand nowhere', async () => {
  const store = openSqliteStore(tempFolder());
  onTestFinished(() => store.close());
  const logged: string[] = [];
  const ports = portsOf(store);
  const call = new RelayedCall(
    {
      ...ports,
      store: {
        ...ports.store,
        saveRelayedCall(record, bodies, at) {
          logged.push(...bodies.flatMap((body) => (body.type === 'dtmf' ? [body.digit] : [])));
          return ports.store.saveRelayedCall(record, bodies, at);
        },
      },
    },
    {
      callId: 'main/1',
      accountId: 'main',
      direction: 'inbound',
      party: {},
      callOffers: [],
      dtmf: '',
      supervisors: [],
      state: { kind: 'talking', owner: ana, onHold: false },
      recording: { by: 'relay', state: { step: 'on' }, id: 'one', since: 0 },
    },
  );
  const press = (digit: string) => call.handleMediaEvent({ type: 'dtmf', digit, durationMs: 100 });
  await press('1');
  expect(await call.recording.ask(ana, 'pause')).toEqual({ kind: 'granted' });
  await press('4');
  await press('2');
  expect(await call.recording.ask(ana, 'continue')).toEqual({ kind: 'granted' });
  await press('9');
  expect(logged).toEqual(['1', '9']);
});
