import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readCode } from '../../shared/links/invitation.ts';
import { parseJson } from '../../shared/lib/parse-json.ts';
import { callRights, role } from '../../shared/protocol/rights.ts';
import { DEFAULT_WORKSPACE } from '../config/workspaces.ts';
import { reasonOf, type Log } from '../log.ts';
import type { InvitationStore } from '../store/invitation-store.ts';
import { hashCode } from './invitation-code.ts';
import { AgentError, type AgentRegistry } from './registry.ts';

/** A file that the console's set-up writes: the first agents, each with an invitation. */
const invitationsFile = z.strictObject({
  version: z.literal(1),
  invitations: z.array(
    z.strictObject({
      /** Never given again, so that the relay takes it once. */
      id: z.string().min(1).max(100),
      code: z.string(),
      expires: z.iso.datetime(),
      agent: z.strictObject({
        id: z.string(),
        name: z.string(),
        workspace: z.string().default(DEFAULT_WORKSPACE),
        role: role.default('agent'),
        team: z.string().optional(),
        calls: callRights.default('all'),
        numbers: z.union([z.literal('all'), z.array(z.string())]).default('all'),
      }),
    }),
  ),
});

/**
 * Adds the agents of a config's file of invitations, each once. What cannot be used is logged: a relay that already
 * serves must not stop because of it.
 */
export async function addFirstAgents(
  file: string,
  {
    agents,
    invitations,
    now,
    log,
  }: { agents: AgentRegistry; invitations: InvitationStore; now: number; log: Log },
): Promise<void> {
  const read = readInvitations(file);
  if (typeof read === 'string') return log.warn('invitations.unreadable', { file, why: read });
  for (const { id, code: typed, expires, agent } of read) {
    const expiresAt = Date.parse(expires);
    const code = readCode(typed);
    if (code === undefined) log.warn('invitations.bad-code', { agent: agent.id });
    if (code === undefined || expiresAt <= now) continue;
    if ((await invitations.list()).some((known) => known.id === id)) continue;
    try {
      await agents.add(agent);
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      // An invitation for an agent who is there replaces their console.
      if (!error.problems.some(({ why }) => why === 'taken')) {
        log.warn('invitations.bad-agent', { agent: agent.id, why: error.message });
        continue;
      }
    }
    const codeHash = await hashCode(code);
    await invitations.add({ id, codeHash, agentId: agent.id, expiresAt }, now);
    log.info('invitations.added', { agent: agent.id });
  }
}

/** The invitations, or why they cannot be read. */
function readInvitations(file: string): z.infer<typeof invitationsFile>['invitations'] | string {
  try {
    const json = parseJson(readFileSync(file, 'utf8'));
    if (!json.ok) return json.error;
    const parsed = invitationsFile.safeParse(json.value);
    if (parsed.success) return parsed.data.invitations;
    return parsed.error.issues
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
  } catch (error) {
    return reasonOf(error);
  }
}
