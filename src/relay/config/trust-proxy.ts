import { z } from 'zod';

const TRUST_PROXY = 'must be a list of addresses or subnets, e.g. ["127.0.0.1", "10.0.0.0/8"]';

/**
 * Reverse proxies whose `X-Forwarded-For` header is trusted. By default none, because a sender can
 * write anything into it.
 */
export const trustProxy = z
  .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: TRUST_PROXY }), {
    error: TRUST_PROXY,
  })
  .max(100, { error: 'must have 100 entries at most' });
