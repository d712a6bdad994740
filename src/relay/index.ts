import { AgentError } from './agents/registry.ts';
import { agentCommand } from './cli/agent.ts';
import { readArguments, USAGE, UsageError } from './cli/arguments.ts';
import { backUp, restore } from './cli/backup.ts';
import { doctor } from './cli/doctor.ts';
import { exportEntries, tail } from './cli/entries.ts';
import { renewEpoch } from './cli/epoch.ts';
import { replay } from './cli/replay.ts';
import { serve } from './cli/serve.ts';
import { copyStores, whileUnserved } from './cli/store.ts';
import { assertNever } from '../shared/lib/assert-never.ts';
import { ConfigError, loadConfig } from './config/load.ts';
import { runHostProcess } from './media-process/process.ts';

/** The command line: serves a relay, or manages one that may be running. */
async function main(argv: readonly string[]): Promise<void> {
  const command = readArguments(argv);
  if (command.kind === 'help') return console.log(USAGE);
  if (command.kind === 'store-copy') {
    const [from, to] = [loadConfig(command.from), loadConfig(command.to)];
    return whileUnserved([from, to], () => copyStores(from, to));
  }
  const config = loadConfig(command.config);
  switch (command.kind) {
    case 'serve':
      return serve(config, command.config);
    case 'media-host':
      return runHostProcess(config, command.index);
    case 'agent':
      return agentCommand(config, command.action);
    case 'doctor':
      return doctor(config, command.config);
    case 'tail':
      return tail(config, command.after);
    case 'export':
      return exportEntries(config, command);
    case 'replay':
      return replay(config, command);
    case 'backup':
      return backUp(config, command.to);
    case 'restore':
      return restore(config, command.from);
    case 'epoch-renew':
      return renewEpoch(config);
    default:
      return assertNever(command, 'command');
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const expected =
    error instanceof ConfigError || error instanceof UsageError || error instanceof AgentError;
  if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
  else if (error instanceof Error)
    console.error(expected ? error.message : `Failed: ${error.message}`);
  else console.error(`Failed: ${String(error)}`);
  // At once, whatever a failed start has left open: a service manager starts it again.
  process.exit(expected ? 2 : 1);
});
