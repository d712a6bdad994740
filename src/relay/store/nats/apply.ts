import { assertNever } from '../../../shared/lib/assert-never.ts';
import { isDiskTrouble } from '../disk-trouble.ts';
import type { AddedEntry, Store } from '../store.ts';
import type { Decision } from './command.ts';

/** The result of a command: the answer to its sender, and the log entries that it added. */
export interface Applied {
  answer: unknown;
  entries: readonly AddedEntry[];
}

/**
 * Executes one command. The result depends only on the commands before it, so that all nodes reach
 * the same answer without asking each other.
 */
export async function applyCommand(store: Store, command: Decision): Promise<Applied> {
  const nothing = (answer?: unknown): Applied => ({ answer, entries: [] });
  switch (command.kind) {
    case 'append': {
      const { accountId, at: receivedAt, delivery, unused, events } = command;
      // The body stays in the stream of deliveries; this is its place there.
      const headers = { 'stream-sequence': String(delivery) };
      const stub = { accountId, receivedAt, headers, body: Buffer.alloc(0), problems: [], unused };
      const entries = await store.append(stub, events);
      return { answer: entries, entries };
    }
    case 'message': {
      const { head } = await store.extent();
      await store.appendMessage(command.body, command.at, command.identity);
      return { answer: undefined, entries: await store.entriesAfter(head, 1) };
    }
    case 'people': {
      const { head } = await store.extent();
      await store.people.add(command.entries, command.at);
      return {
        answer: undefined,
        entries: await store.entriesAfter(head, command.entries.length),
      };
    }
    case 'agent-people':
      return nothing(await store.people.carry(command.entries));
    case 'reserve':
      return nothing(await store.reserve(command.callId, command.agent));
    case 'drop-reservations':
      return nothing(await store.dropReservations(command.agentId));
    case 'claim':
    case 'release': {
      const { callId, agent, at } = command;
      const verdict =
        command.kind === 'claim'
          ? await store.claim(callId, agent, at)
          : await store.release(callId, agent, command.why, at);
      const entry = verdict.kind === 'granted' ? verdict.entry : undefined;
      return { answer: verdict, entries: entry ? [entry] : [] };
    }
    case 'todo': {
      const { kind: _kind, ...request } = command;
      const verdict = await store.changeTodo(request);
      return { answer: verdict, entries: verdict.kind === 'granted' ? [verdict.entry] : [] };
    }
    case 'decline':
      return nothing(await store.decline(command.callId, command.agentId));
    case 'relayed-call': {
      const saved = await store.saveRelayedCall(command.record, command.bodies, command.at);
      return { answer: saved, entries: saved.entries };
    }
    case 'adopt':
      return nothing(await store.adoptRelayedCall(command.callId, command.from, command.to));
    case 'not-later':
      return nothing(await store.notLaterThan(command.now, command.wrapUpMs));
    case 'prune':
      return nothing(await store.prune(command.before));
    case 'erase': {
      const { head } = await store.extent();
      const erased = await store.erase(command.asked);
      if (!erased) return nothing();
      return { answer: erased, entries: await store.entriesAfter(head, 1) };
    }
    case 'legal-hold': {
      const { head } = await store.extent();
      await store.hold(command.hold);
      return { answer: undefined, entries: await store.entriesAfter(head, 1) };
    }
    case 'dispatch-add': {
      const { endpoint, cursor, added, wanted } = command;
      return nothing(await store.dispatches.add(endpoint, cursor, added, wanted));
    }
    case 'dispatch-tried':
      return nothing(await store.dispatches.tried(command.endpoint, command.id, command.attempt));
    case 'dispatch-again':
      return nothing(await store.dispatches.again(command.id, command.at));
    case 'endpoint-off':
      return nothing(await store.dispatches.setOff(command.endpoint, command.since));
    case 'wrap-up':
      return nothing(await store.agents.wrapUp(command.agentId, command.until));
    case 'acknowledged':
      for (const { id, cursor, at } of command.agents) {
        await store.agents.acknowledged([{ id, cursor }], at);
      }
      return nothing();
    case 'agent-add':
      return nothing(await store.agents.add(command.agents, command.at));
    case 'agent-update':
      return nothing(await store.agents.update(command.id, command.change));
    case 'agent-rotate':
      return nothing(await store.agents.rotate(command.id, command.tokenHash));
    case 'agent-remove':
      return nothing(await store.agents.remove(command.id));
    case 'agent-invite':
      return nothing(await store.invitations.add(command.invitation, command.at));
    case 'agent-redeem': {
      const { codeHash, tokenHash, at } = command;
      return nothing(await store.invitations.redeem(codeHash, tokenHash, at));
    }
    case 'agent-revoke':
      return nothing(await store.invitations.revoke(command.id, command.at));
    case 'agent-erased':
      return nothing(await store.noteErasure(command.workspace, command.erasure));
    case 'agent-legal-hold':
      return nothing(await store.noteHold(command.hold));
    case 'agent-wrap-up-form':
      return nothing(await store.agents.setWrapUpForm(command.workspace, command.form));
    default:
      return assertNever(command, 'command');
  }
}

/** Executes several commands in turn; a failing one does not stop the others. */
export async function applyAll(store: Store, commands: readonly Decision[]): Promise<Applied> {
  const entries: AddedEntry[] = [];
  for (const command of commands) {
    try {
      entries.push(...(await applyCommand(store, command)).entries);
    } catch (error) {
      if (isDiskTrouble(error)) throw error;
    }
  }
  return { answer: undefined, entries };
}
