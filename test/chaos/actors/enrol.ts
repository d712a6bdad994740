import { systemClock } from '../../../src/shared/lib/clock.ts';
import { createAgentRegistry } from '../../../src/relay/agents/registry.ts';
import { withStore } from '../../../src/relay/cli/store.ts';
import { loadConfig } from '../../../src/relay/config/load.ts';
import { agents } from '../fleet.ts';

/** Adds all agents to a relay's store and prints their tokens by id: `node enrol.ts CONFIG`. */
const [config = ''] = process.argv.slice(2);
await withStore(loadConfig(config), async (store) => {
  const named = agents.map(({ numbers, ...agent }) => ({
    ...agent,
    name: agent.id,
    numbers: numbers === 'all' ? numbers : [...numbers],
  }));
  const added = await createAgentRegistry(store.agents, systemClock).addAll(named);
  const tokens = Object.fromEntries(added.map(({ id, token }) => [id, token]));
  process.stdout.write(`${JSON.stringify(tokens)}\n`);
});
