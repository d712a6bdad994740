import { t } from '../../shared/i18n/i18n.ts';
import type { Facts } from '../../shared/rules/facts.ts';
import type { Finding } from '../../shared/rules/findings.ts';
import { mayCall } from '../../shared/rules/verdicts.ts';

interface CallVerdict {
  tone: 'good' | 'warned' | 'blocked';
  /** The reason in a few words. */
  title: string;
  findings: readonly Finding[];
}

/** Whether a call may be placed now, and why. */
export function callVerdict(facts: Facts, now: number): CallVerdict {
  const { allowed, findings } = mayCall(facts, now);
  if (!allowed) return { tone: 'blocked', title: t('cockpit.mayNotCall'), findings };
  return findings.some(({ severity }) => severity === 'warn')
    ? { tone: 'warned', title: t('cockpit.mayCallWarned'), findings }
    : { tone: 'good', title: t('cockpit.mayCall'), findings };
}
