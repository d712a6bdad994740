import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { readAgents, tokensCsv, type RowProblem } from '../../shared/agents/agents-csv.ts';
import { fill, t } from '../../shared/i18n/i18n.ts';
import { invitationLink, showCode } from '../../shared/links/invitation.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import type { AdminRequest, AgentProblem } from '../../shared/protocol/agent-admin.ts';
import { messageOf } from '../log.ts';
import { notOffered, Refusal, refusal } from '../refusal.ts';
import type { Outcome } from '../relay-client/requests.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Handlers } from './ipc-dispatcher.ts';

interface AgentHandlerPorts {
  workspace: () => Pick<Workspace, 'administer' | 'relayUrl'>;
  /** Asks for a CSV file; undefined if the admin cancels. */
  askAgentsFile: () => Promise<string | undefined>;
  /** Asks where tokens are saved; undefined if the admin cancels. */
  askTokensFile: () => Promise<string | undefined>;
}

type AgentHandlers = Pick<Handlers, Extract<keyof Handlers, `agents.${string}`>>;

/** Requests of admins about their workspace. The relay decides, whatever a window asks. */
export function createAgentHandlers({
  workspace,
  askAgentsFile,
  askTokensFile,
}: AgentHandlerPorts): AgentHandlers {
  const ask = async (request: AdminRequest) => accepted(await workspace().administer(request));
  /** Saves the tokens. If that fails, removes the agents again, because nobody could know their tokens. */
  const keepOrUndo = async (tokens: readonly { id: string; token: string }[], file: FileHandle) => {
    try {
      await file.writeFile(tokensCsv(tokens));
      await file.sync();
    } catch (error) {
      for (const { id } of tokens) await ask({ do: 'remove', agentId: id });
      throw notOffered(t('agents.notWritten', { why: messageOf(error) }));
    }
  };
  const tokenOf = async (request: AdminRequest) => {
    const outcome = await ask(request);
    const [first] = outcome.kind === 'tokens' ? outcome.tokens : [];
    if (!first) throw refusal('internal');
    return { token: first.token };
  };
  return {
    async 'agents.list'() {
      const all = [];
      for (;;) {
        const page = await ask({ do: 'list', after: all.at(-1)?.id });
        if (page.kind !== 'agents') throw refusal('internal');
        all.push(...page.agents);
        if (!page.more) return all;
      }
    },
    'agents.add': ({ agent }) => tokenOf({ do: 'add', agents: [agent] }),
    'agents.rotate': ({ agentId }) => tokenOf({ do: 'rotate', agentId }),
    async 'agents.invite'({ agentId }) {
      const outcome = await workspace().administer({ do: 'invite', agentId });
      if (outcome.kind === 'refused' && outcome.why === 'unready') {
        throw notOffered(t('agents.inviteUnready'));
      }
      const invited = accepted(outcome);
      if (invited.kind !== 'invited') throw refusal('internal');
      const relay = workspace().relayUrl.replace(/\/v1\/agents$/, '');
      return { link: invitationLink({ relay, code: invited.code }), code: showCode(invited.code) };
    },
    async 'agents.update'({ agentId, change, evenMyself }) {
      await ask({ do: 'update', agentId, change, evenMyself });
      return null;
    },
    async 'agents.remove'({ agentId, evenMyself }) {
      await ask({ do: 'remove', agentId, evenMyself });
      return null;
    },
    async 'agents.set-wrap-up-form'({ form }) {
      await ask({ do: 'set-wrap-up-form', form });
      return null;
    },
    async 'agents.read'() {
      const file = await askAgentsFile();
      if (file === undefined) throw refusal('cancelled');
      const name = basename(file);
      const text = decodeText(await readFile(file));
      if (!text.ok) throw refusal('bad-file', t(`files.notText.${text.error}`, { name }));
      const read = readAgents(text.value);
      if (!read.ok) return { name, agents: [], problems: wordsOf(read.error) };
      const placed = read.value.filter(({ workspace: named }) => named !== '');
      const problems = placed.map(({ row }) => ({ row, why: 'workspace' as const, what: '' }));
      const agents = read.value.map(({ row, agent }) => ({ row, agent }));
      return { name, agents, problems: wordsOf(problems) };
    },
    async 'agents.import'({ agents }) {
      const path = await askTokensFile();
      if (path === undefined) throw refusal('cancelled');
      // Opened before anything is added, so that no token is lost because it cannot be saved.
      const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
        throw notOffered(t('agents.notWritten', { why: messageOf(error) }));
      });
      try {
        const adding = { do: 'add', agents: agents.map(({ agent }) => agent) } as const;
        const outcome = await workspace().administer(adding);
        if (outcome.kind === 'problems') {
          await rm(path, { force: true });
          const found = outcome.problems.map((one) => ({
            ...one,
            row: agents[one.index]?.row ?? 0,
          }));
          return { problems: wordsOf(found) };
        }
        accepted(outcome);
        if (outcome.kind !== 'tokens') throw refusal('internal');
        await keepOrUndo(outcome.tokens, file);
        return { path, added: outcome.tokens.length };
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      } finally {
        await file.close();
      }
    },
  };
}

/** The relay's answer; throws if it refused or could not be reached. */
function accepted(outcome: Outcome): Outcome {
  switch (outcome.kind) {
    case 'unreachable':
      throw refusal('offline');
    case 'refused':
      throw refusal('relay-refused', outcome.why);
    case 'problems':
      throw new Refusal({
        code: 'not-offered',
        message: outcome.problems.map(problemWords).join(' '),
      });
    default:
      return outcome;
  }
}

const problemWords = ({ why, what }: Pick<AgentProblem | RowProblem, 'why' | 'what'>): string =>
  fill(`agents.problems.${why}`, { what });

const wordsOf = (
  problems: readonly (Pick<RowProblem, 'why' | 'what'> & { row: number })[],
): string[] => problems.map((one) => t('agents.row', { row: one.row, problem: problemWords(one) }));
