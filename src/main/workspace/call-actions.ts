import type { Log } from '../log.ts';
import type { CallActions } from '../os/indicators.ts';
import type { WorkspaceSwitcher } from './workspace-switcher.ts';

/**
 * Accept, Decline, Undo and Mute from outside the windows. A refusal is logged, because nobody would see
 * it.
 *
 * @param onAccepted shows the call
 */
export function callActions(
  workspaces: WorkspaceSwitcher,
  onAccepted: (callId: string) => void,
  log: Log,
): CallActions {
  return {
    accept(callId) {
      const answer = workspaces.current?.calls.accept(callId);
      if (answer?.ok === true) onAccepted(callId);
      else log.info(`accept: ${answer?.error.code ?? 'no workspace'}`);
    },
    decline(callId) {
      const answer = workspaces.current?.calls.decline(callId);
      if (answer?.ok === false) log.info(`decline: ${answer.error.code}`);
    },
    mute(callId, muted) {
      const answer = workspaces.current?.calls.mute(callId, muted);
      if (answer?.ok === false) log.info(`mute: ${answer.error.code}`);
    },
    undo(callId) {
      const answer = workspaces.current?.calls.undoDecline(callId);
      if (answer?.ok === false) log.info(`undo decline: ${answer.error.code}`);
    },
  };
}
