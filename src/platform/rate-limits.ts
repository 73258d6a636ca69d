import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../kernel/errors.ts';

/** How much one principal may ask, so that nobody's mistake keeps the others waiting. Counted by each server for itself. */
export interface RateLimits {
  /** Counts a request of a principal, or of an address from which nobody named themselves; RATE_LIMITED beyond what is taken. */
  count(principalId: string | null, address: string): Promise<void>;
  /** Counts a token that was none, by the address it came from; RATE_LIMITED beyond what is taken. A valid token is never counted here. */
  countRefused(address: string): Promise<void>;
}

/** What a window is long, and so how long to wait at most. */
export const WINDOW_SECONDS = 10;
const WINDOWS_A_MINUTE = 60 / WINDOW_SECONDS;

export function rateLimits(aMinute: {
  readonly requests: number;
  readonly refusedTokens: number;
}): RateLimits {
  const counter = (points: number) =>
    new RateLimiterMemory({ points: Math.ceil(points / WINDOWS_A_MINUTE), duration: WINDOW_SECONDS });
  const requests = counter(aMinute.requests);
  const refused = counter(aMinute.refusedTokens);
  return {
    count: (principalId, address) =>
      consume(
        requests,
        principalId === null ? `address:${address}` : `principal:${principalId}`,
        `More than ${aMinute.requests} requests a minute were made`,
      ),
    countRefused: (address) =>
      consume(refused, address, `More than ${aMinute.refusedTokens} unknown tokens a minute came from here`),
  };
}

async function consume(counter: RateLimiterMemory, key: string, said: string): Promise<void> {
  await counter.consume(key).catch((left: RateLimiterRes) => {
    const seconds = Math.ceil(left.msBeforeNext / 1_000);
    throw new DomainError('RATE_LIMITED', `${said}; ask again in ${seconds} s.`);
  });
}
