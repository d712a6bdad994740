import { z } from 'zod';
import { accountList } from './account.ts';
import { adminToken, filled } from './fields.ts';
import { policy, type Policy } from './media.ts';
import { webhookList } from './webhooks.ts';

/** The workspace of a config that names none. */
export const DEFAULT_WORKSPACE = 'default';

const workspace = z.strictObject(
  {
    id: z.string({ error: 'must be a text' }).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
      error: 'must be 1 to 64 letters, digits, dots, dashes or underscores',
    }),
    name: filled('It is what its agents call it'),
    accounts: accountList,
    policy: policy.optional(),
    webhooks: webhookList,
    /** Lets its admins see its part of the status page. */
    adminToken: adminToken.optional(),
  },
  { error: 'must be a workspace, e.g. { "id": "sales", "name": "Sales", "accounts": […] }' },
);

/** A company or department, with numbers and agents of its own. */
export const workspaceList = z
  .array(workspace, { error: 'must be a list of workspaces' })
  .min(1, { error: 'must have one workspace at least; leave it out for one without a name' })
  .superRefine((workspaces, context) => {
    const ids = new Set<string>();
    const accounts = new Set<string>();
    workspaces.forEach((one, index) => {
      const complain = (path: PropertyKey[], message: string) =>
        context.addIssue({ code: 'custom', path: [index, ...path], message });
      if (ids.has(one.id)) complain(['id'], `is "${one.id}" again. Every workspace needs its own`);
      ids.add(one.id);
      // Within a workspace, the schema of the account list checks this.
      const taken = one.accounts.findIndex(({ id }) => accounts.has(id));
      if (taken !== -1) {
        complain(
          ['accounts', taken, 'id'],
          'is an account of another workspace. Webhook addresses name the account alone',
        );
      }
      for (const { id } of one.accounts) accounts.add(id);
    });
  });

/** What the policies of a relay are looked up in. */
interface Policies {
  policy: Policy;
  workspaces: readonly { id: string; numbers: readonly string[]; policy: Policy }[];
}

/** The policy for an account's calls. */
export function policyOfAccount(
  { policy: general, workspaces }: Policies,
  accountId: string,
): Policy {
  return workspaces.find(({ numbers }) => numbers.includes(accountId))?.policy ?? general;
}

/** The policy for a workspace's agents. */
export function policyOfWorkspace({ policy: general, workspaces }: Policies, id: string): Policy {
  return workspaces.find((one) => one.id === id)?.policy ?? general;
}
