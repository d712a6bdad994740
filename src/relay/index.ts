import { AgentError } from './agents/registry.ts';
import { readArguments, UsageError, wordsOf } from './cli/arguments.ts';
import { usageOf } from './cli/usage.ts';
import { assertNever } from '../shared/lib/assert-never.ts';
import { ConfigError, loadConfig } from './config/load.ts';

/** The command line: serves a relay, or manages one that may be running. Each command loads only what it needs. */
async function main(argv: readonly string[]): Promise<void> {
  const command = readArguments(argv);
  if (command.kind === 'help') return console.log(usageOf(wordsOf(argv)));
  if (command.kind === 'store-copy') {
    const { copyStores, whileUnserved } = await import('./cli/store.ts');
    const [from, to] = [loadConfig(command.from), loadConfig(command.to)];
    return whileUnserved([from, to], () => copyStores(from, to));
  }
  const config = loadConfig(command.config);
  switch (command.kind) {
    case 'serve':
      return (await import('./cli/serve.ts')).serve(config, command.config);
    case 'media-host':
      return (await import('./media-process/process.ts')).runHostProcess(config, command.index);
    case 'agent':
      return (await import('./cli/agent.ts')).agentCommand(config, command.action);
    case 'invite':
      return (await import('./cli/invite.ts')).inviteCommand(config, command.action);
    case 'doctor':
      return (await import('./cli/doctor.ts')).doctor(config, command.config, command.json);
    case 'tail':
      return (await import('./cli/entries.ts')).tail(config, command.after);
    case 'export':
      return (await import('./cli/entries.ts')).exportEntries(config, command);
    case 'replay':
      return (await import('./cli/replay.ts')).replay(config, command);
    case 'webhooks':
      return (await import('./cli/webhooks.ts')).webhookCommand(config, command.action);
    case 'backup':
      return (await import('./cli/backup.ts')).backUp(config, command.to);
    case 'restore':
      return (await import('./cli/backup.ts')).restore(config, command.from);
    case 'epoch-renew':
      return (await import('./cli/epoch.ts')).renewEpoch(config);
    default:
      return assertNever(command, 'command');
  }
}

const argv = process.argv.slice(2);
main(argv).catch((error: unknown) => {
  const expected =
    error instanceof ConfigError || error instanceof UsageError || error instanceof AgentError;
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usageOf(wordsOf(argv))}`);
  else if (error instanceof Error)
    console.error(expected ? error.message : `Failed: ${error.message}`);
  else console.error(`Failed: ${String(error)}`);
  // At once, whatever a failed start has left open: a service manager starts it again.
  process.exit(expected ? 2 : 1);
});
