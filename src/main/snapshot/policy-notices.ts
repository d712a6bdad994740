import { t } from '../../shared/i18n/i18n.ts';
import type { Disagreement } from '../policy/under-policy.ts';
import type { Organisation } from '../policy/organisation.ts';
import type { Notices } from './notices.ts';

/** Says what is wrong with the organisation's policy, by its place and key. */
export function notifyPolicy(notices: Notices, { troubles }: Pick<Organisation, 'troubles'>): void {
  for (const { source, problems } of troubles) {
    const [why = '', ...more] = problems;
    notices.add({
      id: `policy-wrong-${source}`,
      kind: 'error',
      code: 'policy-wrong',
      values:
        more.length === 0
          ? { source, why }
          : {
              source,
              why: t('policy.several', { count: problems.length }),
              problems: problems.join('\n'),
            },
    });
  }
}

/** Says about what the policy overrules the profile. */
export function notifyPolicyOverProfile(notices: Notices, differ: readonly Disagreement[]): void {
  if (differ.length === 0) return notices.remove('policy-over-profile');
  const what = differ.map((one) => t(`policy.differ.${one}`)).join(', ');
  notices.add({ kind: 'warning', code: 'policy-over-profile', values: { what } });
}
