import { z } from 'zod';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { LONGEST_NOTE } from '../../shared/protocol/limits.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Answer } from './answer.ts';
import { dialFor, type DialPorts } from './dial.ts';
import { stateOf } from './state.ts';

export type Routes = readonly {
  /** In the log. */
  name: string;
  method: 'GET' | 'POST' | 'PUT';
  /** Its first group is passed on. */
  path: RegExp;
  run: (body: unknown, part: string) => Answer | Promise<Answer>;
}[];

export interface RoutesPorts extends DialPorts {
  workspace: DialPorts['workspace'] & { notes: Pick<Workspace['notes'], 'of' | 'set'> };
  snapshot: () => Snapshot;
  /** A note was changed: windows read it again. */
  noted: () => void;
}

const dialBody = z
  .object({
    number: z.string().min(1).max(100),
    from: z.string().min(1).max(200).optional(),
    evenIfWarned: z.boolean().optional(),
  })
  .strict();

const noteBody = z
  .object({ text: z.string().max(LONGEST_NOTE), replace: z.boolean().optional() })
  .strict();

/** What a program may ask of one workspace; see `docs/local-api.md`. */
export function routesOf(ports: RoutesPorts): Routes {
  let isDialling = false;
  return [
    {
      name: 'state',
      method: 'GET',
      path: /^\/v1\/state$/,
      run: () => ({ status: 200, body: stateOf(ports.snapshot()) }),
    },
    {
      name: 'dial',
      method: 'POST',
      path: /^\/v1\/dial$/,
      async run(body) {
        const read = dialBody.safeParse(body);
        if (!read.success) return badRequest(read.error);
        // The rules are asked before each call, which takes a moment.
        if (isDialling)
          return { status: 409, body: { error: 'busy', message: 'Another call is being placed.' } };
        isDialling = true;
        try {
          return await dialFor(read.data, ports);
        } finally {
          isDialling = false;
        }
      },
    },
    {
      name: 'note',
      method: 'PUT',
      path: /^\/v1\/calls\/([^/?#]{1,1800})\/note$/,
      run(body, part) {
        const read = noteBody.safeParse(body);
        if (!read.success) return badRequest(read.error);
        return note(idOf(part), read.data, ports);
      },
    },
  ];
}

function note(
  callId: string,
  { text, replace = false }: z.infer<typeof noteBody>,
  { workspace, noted }: RoutesPorts,
): Answer {
  const { others: _, ...own } = workspace.notes.of(callId);
  // What the agent has written is not lost without being asked for.
  if (own.text !== '' && own.text !== text && !replace) {
    const message = 'The agent has written a note. Send "replace": true to replace it.';
    return { status: 409, body: { error: 'note-exists', message } };
  }
  if (!workspace.notes.set(callId, { ...own, text }))
    return { status: 404, body: { error: 'no-such-call', message: 'There is no such call.' } };
  noted();
  return { status: 204 };
}

/** Ids of calls have slashes, which a path has as %2F. */
function idOf(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function badRequest({ issues }: z.ZodError): Answer {
  const message = issues
    .map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
    .join('; ');
  return { status: 400, body: { error: 'bad-request', message } };
}
