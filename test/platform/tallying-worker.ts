import { setTimeout as wait } from 'node:timers/promises';
import { DomainError } from '../../src/kernel/errors.ts';
import { serveSessions } from '../../src/platform/serve-sessions.ts';

/** Adds numbers up, session by session, and errs or dies when told to. */
serveSessions(() => {
  let total = 0;
  return async (message) => {
    if (message === 'refuse')
      throw new DomainError('BAD_INPUT', 'no number', [{ path: ['n'], code: 'BAD_INPUT', message: 'no' }]);
    if (message === 'break') throw new TypeError('broken');
    if (message === 'answer a function') return () => total;
    if (message === 'exit') process.exit(3);
    if (message === 'compute for ever') for (;;) total++;
    if (message instanceof Float64Array) return message.reduce((sum, value) => sum + value, 0);
    // The larger, the sooner: were messages not handled in order, the totals would tell.
    await wait(20 - Number(message));
    total += Number(message);
    return total;
  };
});
