import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureFirstSounds, measureRings } from './calls.ts';
import { Desk } from './desk.ts';
import { measureIdle, measureStart } from './start-and-idle.ts';

/**
 * `npm run bench:app -- [--only start,idle,ring,sound] [--pairs 6] [--seconds 60] [--rings 50] [--accepts 30] [--json FILE]`
 *
 * What the console costs beside a blank window of the same Electron and the smallest console that there could be, and how
 * soon it rings and speaks, with a log of 10,000 calls. `docs/performance.md` says how each figure is measured.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'start,idle,ring,sound' },
    pairs: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '60' },
    rings: { type: 'string', default: '50' },
    accepts: { type: 'string', default: '30' },
    json: { type: 'string' },
  },
});

const wanted = new Set(values.only.split(','));
const desk = await Desk.open();
try {
  const { backend, userData, profile, open } = await desk.workspace();
  const result: Record<string, unknown> = {};
  /** Each part as soon as it is measured: the next one takes minutes. */
  const measured = (part: string, figures: unknown) => {
    result[part] = figures;
    process.stdout.write(`${part} ${JSON.stringify(figures, null, 2)}\n`);
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  };
  measured('machine', {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    electron: desk.electronVersion,
  });
  if (wanted.has('start') || wanted.has('idle')) {
    const programs = {
      blank: desk.blank(),
      twoBlank: desk.blank('--second-window'),
      parts: await desk.parts(profile),
      ringdesk: desk.console(userData),
    };
    if (wanted.has('start')) measured('start', await measureStart(programs, Number(values.pairs)));
    if (wanted.has('idle')) measured('idle', await measureIdle(programs, Number(values.seconds)));
  }
  if (wanted.has('ring')) measured('ring', await measureRings(backend, open, Number(values.rings)));
  if (wanted.has('sound'))
    measured('firstSoundAfterAccept', await measureFirstSounds(desk, Number(values.accepts)));
} finally {
  await desk.close();
}
