import { create } from 'zustand';
import type { SetUpDone } from '../../../shared/ipc/set-up.ts';
import type { SetUpNumber } from '../../../shared/set-up/set-up.ts';

export type StepName = 'practise' | 'connect' | 'checks' | 'call';
export type Way = 'invitation' | 'file' | 'admin';

/** The real call that the set-up waits for. */
interface FirstRing {
  /** Our number's name. */
  label: string;
  /** From the customer's press on call until it rang here; rounded up, because providers tell whole seconds. */
  seconds: number;
}

export type NumberSecrets = Pick<SetUpNumber, 'appSecret' | 'accessToken' | 'apiKey'>;
export const noSecrets: NumberSecrets = { appSecret: '', accessToken: '', apiKey: '' };

interface SetUpState {
  /** The step that is open; undefined means the first that is not done. */
  step: StepName | undefined;
  way: Way;
  practised: boolean;
  firstRing: FirstRing | undefined;
  /** Typed secrets of each number, which are never stored as drafts. */
  secrets: readonly NumberSecrets[];
  done: SetUpDone | undefined;
}

/** How far the set-up has come in this window; it can be left and taken up again. */
export const useSetUp = create<SetUpState>(() => ({
  step: undefined,
  way: 'invitation',
  practised: false,
  firstRing: undefined,
  secrets: [],
  done: undefined,
}));
