import { z } from 'zod';
import type { AllowedAction, Permission } from '../../rules/facts.ts';

const seconds = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

/**
 * docs/providers/meta.md#call-permissions. Meta's table says `expiration`, its sample
 * `expiration_time`. Unreadable limits are skipped.
 */
export const permissionAnswer = z.object({
  permission: z.object({
    status: z.enum(['no_permission', 'temporary', 'permanent']).catch('no_permission'),
    expiration_time: seconds.optional().catch(undefined),
    expiration: seconds.optional().catch(undefined),
  }),
  actions: z
    .array(
      z.object({
        action_name: z.string(),
        can_perform_action: z.boolean(),
        limits: z
          .array(
            z.object({
              time_period: z.string(),
              max_allowed: z.number(),
              current_usage: z.number(),
              limit_expiration_time: seconds.optional().catch(undefined),
            }),
          )
          .default([])
          .catch([]),
      }),
    )
    .default([]),
});

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
    limits: (found?.limits ?? []).map((limit) => ({
      period: limit.time_period,
      max: limit.max_allowed,
      used: limit.current_usage,
      freeAt:
        limit.limit_expiration_time === undefined ? undefined : limit.limit_expiration_time * 1000,
    })),
  };
}
