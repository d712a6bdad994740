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
  const hz = 500;
  await server.plugTone('other-microphone', hz);
  const plugs: string[] = [];
  let wake = () => {};
  const log = new FakeLog();
  const followed = new Promise<void>((resolve) => {
    log.info = () => resolve();
  });
  const stop = watchSoundServer(
    server.path,
    {
      onPlugged(returnsSound) {
        plugs.push(returnsSound ? 'sound returns' : 'it does not');
        wake();
      },
      isOurs: () => false,
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
  // A microphone comes alone: what it hears plays already.
  const microphone = await server.plugTone('microphone', hz);
  await reported(5);
  await microphone.unplug();
  await reported(6);
  expect(plugs).toEqual(Array(6).fill('sound returns'));
});

test('D1 our sound returns to an output that is plugged in again, and nothing else follows it', async () => {
  const server = await openSoundServer();
  onTestFinished(() => server.close());
  await server.plugSink('desk');
  await server.setDefaults('desk', 'desk.monitor');
  const headset = await server.plugSink('headset');
  const ours: (number | undefined)[] = [];
  const log = new FakeLog();
  const followed = new Promise<void>((resolve) => {
    log.info = () => resolve();
  });
  const watch = { onPlugged: () => undefined, isOurs: (pid: number) => ours.includes(pid) };
  onTestFinished(watchSoundServer(server.path, watch, log));
  await followed;
  const [voice, radio] = [server.play(440, 'headset'), server.play(900, 'headset')];
  ours.push(voice.pid);
  await server.listen('headset').hearsSound();
  await headset.unplug();
  await server.listen('desk').hearsSound();
  await server.plugSink('headset');
  // Alone: the radio stays where it went.
  await server.listen('headset').hears(440);
  radio.stop();
  // The server took it for a wish about all sounds of that program.
  const ring = server.play(600);
  ours.push(ring.pid);
  await expect(server.listen('desk').hears(600)).resolves.toBeGreaterThan(0);
});

test('a sound server that is restarted is followed again, and whatever answers nonsense is left', async () => {
  const path = join(tempFolder(), 'native');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(Buffer.alloc(40, 0xff));
  });
  server.listen(path);
  onTestFinished(() => void server.close());
  const unreachable = () => expect.unreachable();
  const stop = watchSoundServer(
    path,
    { onPlugged: unreachable, isOurs: unreachable },
    new FakeLog(),
    { after: 1, without: 1 },
  );
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
