import { closeSync, fsyncSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { readAgents, tokensCsv, type RowProblem } from '../../shared/agents/agents-csv.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import { callRights, role } from '../../shared/protocol/rights.ts';
import { AgentError, wordsOf, type AgentRegistry } from '../agents/registry.ts';
import type { RelayConfig } from '../config/schema.ts';
import { reasonOf } from '../log.ts';

interface Import {
  file: string;
  /** Where to write the tokens; by default beside the file. */
  tokens: string | undefined;
}

/**
 * Adds all agents of a file, or none, and writes their tokens to a new file that only its owner can read.
 *
 * @throws AgentError that lists every invalid row
 */
export async function importAgents(
  agents: AgentRegistry,
  { workspaces }: Pick<RelayConfig, 'workspaces'>,
  { file, tokens }: Import,
): Promise<void> {
  const read = readAgents(textOf(file));
  if (!read.ok) throw unfit(file, read.error);
  const [only] = workspaces.length === 1 ? workspaces : [];
  const problems: RowProblem[] = [];
  const rows = read.value.map(({ row, agent, workspace: named }) => {
    const workspace = named === '' ? (only?.id ?? '') : named;
    if (!workspaces.some(({ id }) => id === workspace)) {
      problems.push({ row, why: 'workspace', what: workspace });
    }
    return { row, agent: { ...agent, workspace } };
  });
  if (problems.length > 0) throw unfit(file, problems);
  const target = tokens ?? path.format({ ...path.parse(file), base: '', ext: '.tokens.csv' });
  // Opened before anything is added, so that no token is lost because it cannot be saved.
  const handle = openNew(target);
  try {
    const added = await agents.addAll(rows.map(({ agent }) => agent));
    await keepOrUndo(agents, added, handle);
    console.error(
      `Added ${added.length} agents. Their tokens are in ${target}; they are shown nowhere else.`,
    );
  } catch (error) {
    unlinkSync(target);
    if (!(error instanceof AgentError) || error.problems.length === 0) throw error;
    throw unfit(
      file,
      error.problems.map(({ index, why, what }) => ({ row: rows[index]?.row ?? 0, why, what })),
    );
  } finally {
    closeSync(handle);
  }
}

/** Writes the tokens. If that fails, removes the agents again, because nobody could know their tokens. */
async function keepOrUndo(
  agents: AgentRegistry,
  added: readonly { id: string; token: string }[],
  handle: number,
): Promise<void> {
  try {
    writeSync(handle, tokensCsv(added));
    fsyncSync(handle);
  } catch (error) {
    for (const { id } of added) await agents.remove(id);
    throw error;
  }
}

function textOf(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new AgentError(`${file} cannot be read: ${reasonOf(error)}`);
  }
  const text = decodeText(bytes);
  if (text.ok) return text.value;
  throw new AgentError(`${file} is no text: save it as CSV in UTF-8.`);
}

function openNew(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    throw new AgentError(
      `The tokens cannot be written to ${file}: ${reasonOf(error)}. Name another file with --tokens. Nothing was added.`,
    );
  }
}

const unfit = (file: string, problems: readonly RowProblem[]) =>
  new AgentError(
    [
      `Nothing was added from ${file}:`,
      ...problems.map((problem) => `row ${problem.row}: ${rowWords(problem)}`),
    ].join('\n'),
  );

function rowWords({ why, what }: RowProblem): string {
  switch (why) {
    case 'quote':
      return 'A quote is opened here and never closed.';
    case 'empty':
      return 'There are no agents. The first row names the columns: id, name, role, team, calls, numbers, workspace.';
    case 'column-missing':
      return `The column "${what}" is missing.`;
    case 'column-unknown':
      return `There is no column "${what}". There are id, name, role, team, calls, numbers and workspace.`;
    case 'too-long':
      return `The ${what} is too long.`;
    case 'role':
      return `"${what}" is no role. Roles are ${role.options.join(', ')}.`;
    case 'calls':
      return `"${what}" is none of ${callRights.options.join(', ')}.`;
    case 'workspace':
      return what === ''
        ? 'The workspace is missing: the config has several.'
        : `There is no workspace "${what}" in the config.`;
    default:
      return wordsOf({ why, what });
  }
}
