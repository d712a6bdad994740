import {
  callUsage,
  canCall,
  canRequest,
  grantNow,
  type PermissionRecord,
  requestUsage,
  type Usage,
} from '../customers/permission-rules.ts';

/** The answer of `GET /{id}/call_permissions` (docs/providers/meta.md#call-permissions). */
export function permissionState(record: PermissionRecord, now: number, callable: boolean) {
  const grant = callable ? grantNow(record, now) : ({ kind: 'none' } as const);
  const requests = requestUsage(record, now);
  return {
    messaging_product: 'whatsapp',
    permission: {
      status: grant.kind === 'none' ? 'no_permission' : grant.kind,
      ...(grant.kind === 'temporary' ? { expiration_time: seconds(grant.expiresAt) } : {}),
    },
    actions: [
      {
        action_name: 'send_call_permission_request',
        can_perform_action: callable && canRequest(record, now),
        limits: [limit('PT24H', requests.day), limit('P7D', requests.week)],
      },
      {
        action_name: 'start_call',
        can_perform_action: callable && canCall(record, now),
        limits: [limit('PT24H', callUsage(record, now))],
      },
    ],
  };
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** `limit_expiration_time` is there only when the limit is used up. */
const limit = (period: string, { used, max, freeAt }: Usage) => ({
  time_period: period,
  max_allowed: max,
  current_usage: used,
  ...(freeAt === undefined ? {} : { limit_expiration_time: seconds(freeAt) }),
});
