import { openSoundServer, type SoundServer } from '../helpers/sound-server.ts';
import { test as base } from './fixture.ts';

/** A console with a private sound server, whose devices the test plugs. */
export const test = base.extend<{ sound: SoundServer }>({
  sound: async ({}, use) => {
    const sound = await openSoundServer();
    await use(sound);
    await sound.close();
  },
});
