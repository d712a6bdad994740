/**
 * Makes everything in `resources` except the hand-written files (`drawings/`, `README.md`); the
 * output is the same every time: `node scripts/resources/make.mjs`. The customer's speech requires
 * espeak-ng.
 */
import { fileURLToPath } from 'node:url';
import { makeImages } from './drawings.mjs';
import { makeSounds } from './sounds.mjs';
import { makeSpeech } from './speech.mjs';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));

await makeImages(resources);
makeSounds(resources);
if (!makeSpeech(resources)) {
  process.stdout.write('espeak-ng is not installed: speech/customer.opus20 was left as it was.\n');
}
