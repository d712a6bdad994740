import { t } from '../../shared/i18n/i18n.ts';
import type { Language } from '../../shared/i18n/languages.ts';

/** Messages from main to the demo's process. */
export type ToWorld =
  | {
      type: 'start';
      /** For the relay's data. */
      folder: string;
      /** The audio clip that the customer plays. */
      speechFile: string;
      sqliteBinding: string | undefined;
      /** Of the names of numbers and teammates. */
      language: Language;
    }
  | { type: 'call'; id: number; customerId: string };

/** Messages from the demo's process to main. */
export type FromWorld =
  | { type: 'ready'; endpoints: WorldEndpoints }
  | { type: 'failed'; why: string }
  | { type: 'called'; id: number; problem: string | undefined };

/** Where the simulated world is, and its secrets; generated at every start and kept in memory. */
export interface WorldEndpoints {
  relayUrl: string;
  relayToken: string;
  apiBase: string;
  accessToken: string;
}

/** The ids and names the relay and the console share in the demo; names in the current language. */
export const demoIds = () =>
  ({
    agent: { id: 'you', name: t('desktop.demoAgent') },
    account: {
      id: 'demo',
      label: t('desktop.demoShop'),
      number: '+551150200100',
      phoneNumberId: '100000000000001',
      wabaId: '200000000000001',
    },
    /** The number whose calls the relay carries. */
    teamAccount: {
      id: 'demo-team',
      label: t('desktop.demoTeamLine'),
      number: '+551150200200',
      phoneNumberId: '100000000000002',
      wabaId: '200000000000001',
    },
    teammates: [
      { id: 'bea', name: t('desktop.demoTeammates.givesBack'), does: 'gives-back' },
      { id: 'leo', name: t('desktop.demoTeammates.doesNotAnswer'), does: 'does-not-answer' },
    ],
  }) as const;

/** What the demo's agent chooses from after a call; in the current language. */
export const demoForm = () => ({
  outcomes: [
    t('desktop.demoOutcomes.solved'),
    t('desktop.demoOutcomes.callAgain'),
    t('desktop.demoOutcomes.passedOn'),
  ],
  tags: [t('desktop.demoTags.delivery'), t('desktop.demoTags.refund')],
  required: false,
});
