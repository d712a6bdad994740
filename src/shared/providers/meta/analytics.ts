import { z } from 'zod';
import type { AnalyticsPoint } from '../requests.ts';

const direction = z
  .enum(['USER_INITIATED', 'BUSINESS_INITIATED'])
  .transform((direction) => (direction === 'USER_INITIATED' ? 'inbound' : 'outbound'))
  .optional()
  .catch(undefined);

const maybeNumber = z.number().nonnegative().optional().catch(undefined);

const point = z
  .object({
    start: z.number().nonnegative(),
    end: z.number().nonnegative(),
    count: z.number().nonnegative().catch(0),
    cost: maybeNumber,
    average_duration: maybeNumber,
    direction,
    country: z.string().min(1).optional().catch(undefined),
  })
  .transform((point): AnalyticsPoint => ({
    from: point.start * 1000,
    to: point.end * 1000,
    direction: point.direction,
    country: point.country,
    count: point.count,
    cost: point.cost,
    averageSeconds: point.average_duration,
  }));

/**
 * docs/providers/meta.md#analytics. An account without calls has no `call_analytics`. Unreadable
 * points are skipped.
 */
export const analyticsAnswer = z
  .object({
    call_analytics: z
      .object({ data_points: z.array(z.unknown()).default([]), directions: direction })
      .optional(),
  })
  .transform(({ call_analytics: totals }): readonly AnalyticsPoint[] =>
    (totals?.data_points ?? []).flatMap((item) => {
      const read = point.safeParse(item);
      // When asked for one direction, Meta's sample states it once, above the points.
      return read.success
        ? [{ ...read.data, direction: read.data.direction ?? totals?.directions }]
        : [];
    }),
  );
