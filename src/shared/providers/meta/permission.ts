import { z } from 'zod';
import { flag, maybe, number, word } from '../fields.ts';
import type { AllowedAction, Permission } from '../../rules/facts.ts';

const limit = z.object({
  time_period: z.string(),
  max_allowed: number,
  current_usage: number,
  limit_expiration_time: maybe(number).catch(undefined),
});

const action = z.object({
  action_name: z.string(),
  can_perform_action: flag,
  limits: readableOf(limit),
});

/**
 * docs/providers/meta.md#call-permissions. Meta's table says `expiration`, its sample
 * `expiration_time`. Unreadable actions and limits are skipped.
 */
export const permissionAnswer = z.object({
  permission: z.object({
    status: word.pipe(z.enum(['no_permission', 'temporary', 'permanent'])).catch('no_permission'),
    expiration_time: maybe(number).catch(undefined),
    expiration: maybe(number).catch(undefined),
  }),
  actions: readableOf(action),
});

/** Those of a list that can be read. */
function readableOf<S extends z.ZodType>(schema: S) {
  return z
    .array(z.unknown())
    .nullish()
    .catch(undefined)
    .transform((all): z.output<S>[] =>
      (all ?? []).flatMap((one) => schema.safeParse(one).data ?? []),
    );
}

type PermissionAnswer = z.infer<typeof permissionAnswer>;

const statuses = { no_permission: 'none', temporary: 'temporary', permanent: 'permanent' } as const;

/**
 * What may be done according to the provider's `can_perform_action`, never to limits we know
 * (docs/providers/meta.md#call-permissions).
 *
 * @param checkedAt Unix ms
 */
export function permissionOf(answer: PermissionAnswer, checkedAt: number): Permission {
  const { permission } = answer;
  const expires = permission.expiration_time ?? permission.expiration;
  return {
    status: statuses[permission.status],
    expiresAt: expires === undefined ? undefined : expires * 1000,
    call: actionOf(answer, 'start_call'),
    request: actionOf(answer, 'send_call_permission_request'),
    checkedAt,
  };
}

/** An action that is not listed is not allowed. */
function actionOf(answer: PermissionAnswer, name: string): AllowedAction {
  const found = answer.actions.find((action) => action.action_name === name);
  return {
    allowed: found?.can_perform_action ?? false,
    limits: (found?.limits ?? []).map((one) => ({
      period: one.time_period,
      max: one.max_allowed,
      used: one.current_usage,
      freeAt:
        one.limit_expiration_time === undefined ? undefined : one.limit_expiration_time * 1000,
    })),
  };
}
