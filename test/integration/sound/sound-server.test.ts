import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { soundServerPath, watchSoundServer } from '../../../src/main/os/sound-server.ts';
import { FakeLog } from '../../fakes/log.ts';
import { openSoundServer } from '../../helpers/sound-server.ts';
import { tempFolder } from '../../helpers/temp.ts';

test('D1 every plug at a real sound server is reported, and no change of volume', async () => {
  const server = await openSoundServer();
  onTestFinished(() => server.close());
  const plugs: string[] = [];
  let wake = () => {};
  const log = new FakeLog();
  const followed = new Promise<void>((resolve) => {
    log.info = () => resolve();
  });
  const stop = watchSoundServer(
    server.path,
    () => {
      plugs.push('plug');
      wake();
    },
    log,
  );
  onTestFinished(stop);
  await followed;
  const reported = async (count: number) => {
    while (plugs.length < count) await new Promise<void>((resolve) => (wake = resolve));
  };
  // A sink comes with the source that monitors it.
  const headset = await server.plugSink('headset');
  await reported(2);
  await server.setDefaults('headset', 'headset.monitor');
  await headset.unplug();
  await reported(4);
  const microphone = await server.plugTone('microphone', 500);
  await reported(5);
  await microphone.unplug();
  await reported(6);
  expect(plugs).toHaveLength(6);
});

test('a sound server that is restarted is followed again, and whatever answers nonsense is left', async () => {
  const path = join(tempFolder(), 'native');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(Buffer.alloc(40, 0xff));
  });
  server.listen(path);
  onTestFinished(() => void server.close());
  const stop = watchSoundServer(path, () => expect.unreachable(), new FakeLog(), {
    after: 1,
    without: 1,
  });
  onTestFinished(stop);
  await once(server, 'connection');
  await once(server, 'connection');
});

test('the sound server is looked for where PulseAudio says', () => {
  expect(soundServerPath({ XDG_RUNTIME_DIR: '/run/user/1' })).toBe('/run/user/1/pulse/native');
  expect(soundServerPath({ PULSE_RUNTIME_PATH: '/p', XDG_RUNTIME_DIR: '/r' })).toBe('/p/native');
  expect(soundServerPath({ PULSE_SERVER: 'unix:/tmp/s' })).toBe('/tmp/s');
  expect(soundServerPath({ PULSE_SERVER: '{id}unix:/tmp/s tcp:other' })).toBe('/tmp/s');
  expect(soundServerPath({ PULSE_SERVER: 'tcp:10.0.0.1', XDG_RUNTIME_DIR: '/r' })).toBeUndefined();
  expect(soundServerPath({})).toBeUndefined();
});
