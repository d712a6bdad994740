import { t } from '../../../shared/i18n/i18n.ts';
import { toast } from '../../state/ui.ts';
import { useSetUp } from './set-up-state.ts';

/** This console is an agent's now: says so, and shows what is left to check. */
export function handleJoined(agent: string): void {
  toast('good', () => t('invitation.joined', { agent }));
  // Typed secrets are in their files by now, or were not needed.
  useSetUp.setState({ step: 'checks', secrets: [] });
}
