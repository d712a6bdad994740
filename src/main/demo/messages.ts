import { t } from '../../shared/i18n/i18n.ts';
/** What main tells the demo world's process. */
export type ToWorld =
  | {
      type: 'start';
      /** For the relay's data. */
      folder: string;
      /** The talking customer's clip. */
      speechFile: string;
      sqliteBinding: string | undefined;
    }
  | { type: 'call'; id: number; customerId: string };

/** What the demo world tells main. */
export type FromWorld =
  | { type: 'ready'; endpoints: WorldEndpoints }
  | { type: 'failed'; why: string }
  | { type: 'called'; id: number; problem: string | undefined };

/**
 * Where the simulated world is, and its secrets; made up anew at every start and kept in memory.
 */
export interface WorldEndpoints {
  relayUrl: string;
  relayToken: string;
  apiBase: string;
  accessToken: string;
}

/** What both sides of the demo have agreed on. */
export const demoIds = {
  agent: { id: 'you', name: t('desktop.demoAgent') },
  account: {
    id: 'demo',
    label: t('desktop.demoShop'),
    number: '+551150200100',
    phoneNumberId: '100000000000001',
    wabaId: '200000000000001',
  },
} as const;
