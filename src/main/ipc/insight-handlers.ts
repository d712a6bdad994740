import { writeFile } from 'node:fs/promises';
import { messageOf } from '../log.ts';
import { ReadFailure } from '../history/history-reader.ts';
import { Refusal, refusal } from '../refusal.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Handlers } from './ipc-dispatcher.ts';

interface InsightHandlerPorts {
  workspace: () => Pick<Workspace, 'insight' | 'enteredBills'>;
  /** Asks where to save a file; undefined if the agent cancels. */
  askFileToSave: (name: string) => Promise<string | undefined>;
}

type InsightHandlers = Pick<Handlers, Extract<keyof Handlers, `insight.${string}`>>;

/** What calls add up to: from this console's log, or for supervisors from the relay. */
export function createInsightHandlers({
  workspace,
  askFileToSave,
}: InsightHandlerPorts): InsightHandlers {
  return {
    async 'insight.figures'({ part, range, ofTeam }) {
      const { insight } = workspace();
      if (ofTeam) {
        const answer = await insight.ofTeam(part, range);
        if (!answer.ok) throw new Refusal(answer.error);
        return answer.value;
      }
      try {
        return await insight.own(part, range);
      } catch (error) {
        // The window asked for something else meanwhile, or the file was set aside.
        if (error instanceof ReadFailure && error.cancelled) throw refusal('cancelled');
        throw error;
      }
    },
    'insight.limits': () => workspace().insight.limits,
    'insight.bills': () => workspace().enteredBills.list(),
    'insight.set-bill'(bill) {
      workspace().enteredBills.set(bill);
      return null;
    },
    async 'insight.save'({ name, content }) {
      const path = await askFileToSave(name);
      if (path === undefined) throw refusal('cancelled');
      // Excel takes a CSV file without a byte order mark for one of the system's code page.
      const bytes =
        content.type === 'png' ? Buffer.from(content.base64, 'base64') : `\uFEFF${content.text}`;
      try {
        await writeFile(path, bytes);
      } catch (error) {
        throw refusal('export-failed', messageOf(error));
      }
      return { path };
    },
  };
}
