import type { IpcMainInvokeEvent } from 'electron';
import { expect, it } from 'vitest';
import { RequestChannel } from '../../../../src/main/ipc/request-channel.ts';

type Listener = (event: IpcMainInvokeEvent, ...input: unknown[]) => unknown;

it('a request that comes before main can answer is answered, and so is a later one', async () => {
  const listeners = new Map<string, Listener>();
  const channel = new RequestChannel(
    {
      handle: (name, listener) => void listeners.set(name, listener),
      removeHandler: (name) => void listeners.delete(name),
    },
    'requests',
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only passed on
  const event = { type: 'invoke' } as unknown as IpcMainInvokeEvent;
  const early = listeners.get('requests')?.(event, 'app.hello', { softphone: true });
  channel.handle('requests', (from: unknown, ...input: unknown[]) => [from === event, ...input]);
  expect(await early).toEqual([true, 'app.hello', { softphone: true }]);
  expect(await listeners.get('requests')?.(event, 'app.copy')).toEqual([true, 'app.copy']);
  channel.removeHandler('requests');
  expect(listeners.size).toBe(0);
});
