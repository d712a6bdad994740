import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { decodeText } from '../shared/lib/decode-text.ts';
import type { SimulatorConfigInput } from './config.ts';
import { createSimulator } from './simulator.ts';

/** `node src/simulator/index.ts --config FILE`: runs a world until stopped. For tests only. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, quiet: { type: 'boolean', default: false } },
  });
  if (values.config === undefined) throw new Error('--config FILE: required');
  // createSimulator validates it and names what is wrong.
  const decoded = decodeText(readFileSync(values.config));
  if (!decoded.ok) throw new Error(`${values.config}: ${decoded.error}`);
  const config: SimulatorConfigInput = JSON.parse(decoded.value);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const simulator = await createSimulator(config, {
    log: (line) => {
      if (!values.quiet && !line.endsWith(' heard')) say(line);
    },
  });
  const stop = () => {
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  say(`simulator listening on ${simulator.baseUrl}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
