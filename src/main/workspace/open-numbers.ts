import { SafeRateCard, SafeSetting } from '../db/storage/safe-stores.ts';
import type { Storage } from '../db/storage/storage.ts';
import { EnteredBills } from '../numbers/entered-bills.ts';
import { NumberService } from '../numbers/number-service.ts';
import { type Numbers, openNumbers } from '../numbers/numbers.ts';
import { RateCards } from '../numbers/rate-cards.ts';
import type { ReadyService } from '../ready/ready-service.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import type { WorkspaceOptions, WorkspacePorts } from './workspace.ts';

export interface NumberPartsPorts {
  workspace: WorkspacePorts;
  options: WorkspaceOptions;
  storage: Storage;
  mayAdminister: () => boolean;
  /** Opened later. */
  relay: () => RelayClient | undefined;
  /** Opened later, as it checks the numbers. */
  ready: () => ReadyService;
}

/** The numbers, their settings at the provider, and what their calls cost. */
export interface NumberParts {
  numbers: Numbers;
  numberService: NumberService;
  rateCard: SafeRateCard;
  rateCards: RateCards;
  enteredBills: EnteredBills;
}

/** Opens these parts. */
export function openNumberParts(ports: NumberPartsPorts): NumberParts {
  const { workspace, options, storage, mayAdminister, relay, ready } = ports;
  const { clock, log, notices, changed } = workspace;
  const numberChanged = (accountId: string) => {
    workspace.numberChanged(accountId);
    ready().handleNumber(accountId);
  };
  const numbers = openNumbers({
    storage,
    ...options,
    mayRecord: workspace.organisation.policy.recording?.allowed !== false,
    mayDecideRecording: mayAdminister,
    relay: {
      pathOf: (accountId) => relay()?.pathOf(accountId),
      recordingOf: (accountId) => relay()?.recordingOf(accountId),
      hasAnnouncement: (accountId) => relay()?.announcementOf(accountId) !== undefined,
    },
    fetch: workspace.transport.fetch,
    clock,
    log,
    notices,
    changed(accountId) {
      numberChanged(accountId);
      changed();
    },
  });
  const numberService = new NumberService({ ...numbers, clock, log, changed: numberChanged });
  const rateCard = new SafeRateCard(storage);
  const rateCards = new RateCards({
    store: rateCard,
    clock,
    changed() {
      workspace.contactsChanged();
      ready().handleChange();
      workspace.readyChanged();
      changed();
    },
  });
  const enteredBills = new EnteredBills({
    store: new SafeSetting(storage, (stores) => stores.enteredBills, []),
    mayEnter: mayAdminister,
  });
  return { numbers, numberService, rateCard, rateCards, enteredBills };
}
