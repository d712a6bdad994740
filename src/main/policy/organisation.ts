import { t } from '../../shared/i18n/i18n.ts';
import type { PolicyView } from '../../shared/ipc/snapshot.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import {
  appliedSettings,
  type Feature,
  mergePolicies,
  parsePolicy,
  type Policy,
  policyView,
} from '../../shared/policy/policy.ts';
import { refusal } from '../refusal.ts';
import type { PolicySource } from './sources.ts';

/** What is wrong with one place of the policy. */
export interface PolicyTrouble {
  /** E.g. a file's path. */
  source: string;
  /** Each with its key. */
  problems: readonly string[];
}

/** What the organisation has set for this console. */
export class Organisation {
  readonly policy: Policy;
  readonly view: PolicyView | undefined;
  readonly troubles: readonly PolicyTrouble[];

  constructor(
    policy: Policy = {},
    sources: readonly string[] = [],
    troubles: readonly PolicyTrouble[] = [],
  ) {
    this.policy = policy;
    this.view = policyView(policy, sources);
    this.troubles = troubles;
  }

  /** The agent's settings with those of the organisation in place of theirs. */
  settings(own: Settings): Settings {
    return { ...own, ...appliedSettings(this.policy) };
  }

  /** @throws Refusal if the organisation set one of these */
  assertFree(changes: Partial<Settings>): void {
    const locked = this.view?.locked.find((key) => changes[key] !== undefined);
    if (locked !== undefined) throw refusal('organisation');
  }

  /** @throws Refusal if the organisation turned this off */
  assertAllowed(feature: Feature): void {
    if (this.policy.features?.[feature] === false) throw refusal('organisation');
  }
}

/** Reads every source. A wrong key, or a source that cannot be read, never stops the console. */
export async function readOrganisation(sources: readonly PolicySource[]): Promise<Organisation> {
  const troubles: PolicyTrouble[] = [];
  const policies: Policy[] = [];
  const names: string[] = [];
  for (const { name, read } of await Promise.all(sources.map(readNow))) {
    if (read === undefined) continue;
    names.push(name);
    if (!read.ok) {
      troubles.push({ source: name, problems: [read.error] });
      continue;
    }
    const { policy, problems } = parsePolicy(read.value);
    policies.push(policy);
    if (problems.length > 0) troubles.push({ source: name, problems });
  }
  return new Organisation(mergePolicies(policies), names, troubles);
}

async function readNow({ name, read }: PolicySource) {
  return {
    name,
    read: await read().catch((error: unknown) => ({
      ok: false as const,
      error: t('policy.cannotRead', {
        why: error instanceof Error ? error.message : String(error),
      }),
    })),
  };
}
