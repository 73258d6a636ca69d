import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDomainError } from '../../src/kernel/errors.ts';
import { type ComputeThread, computeThread } from '../../src/platform/compute-thread.ts';

const ENTRY = new URL('./tallying-worker.ts', import.meta.url);

describe('A compute thread', () => {
  let compute: ComputeThread;
  beforeEach(() => {
    compute = computeThread();
  });
  afterEach(() => compute.close());

  it('answers each message in order, and keeps the state of each session apart', async () => {
    const [one, other] = await Promise.all([compute.open(ENTRY), compute.open(ENTRY)]);
    const totals = await Promise.all([one.ask(1), other.ask(5), one.ask(10), other.ask(6), one.ask(19)]);
    expect(totals).toEqual([1, 5, 11, 11, 30]);
  });

  it('takes over a transferred buffer without copying it', async () => {
    const session = await compute.open(ENTRY);
    const column = Float64Array.of(1, 2, 3.5);
    expect(await session.ask(column, [column.buffer])).toBe(6.5);
    expect(column.length).toBe(0);
  });

  it('gives back a refusal with its code and reasons, and lives on', async () => {
    const session = await compute.open(ENTRY);
    await expect(session.ask('refuse')).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: 'no number',
      reasons: [{ path: ['n'], code: 'BAD_INPUT', message: 'no' }],
    });
    expect(await session.ask(1)).toBe(1);
  });

  it('gives back a defect as a defect, and an answer that cannot cross as one', async () => {
    const session = await compute.open(ENTRY);
    for (const message of ['break', 'answer a function']) {
      const defect = await session.ask(message).catch((error) => error);
      expect(defect).toBeInstanceOf(Error);
      expect(isDomainError(defect)).toBe(false);
    }
  });

  it('refuses what is asked of a session that has ended, and nothing else', async () => {
    const [one, other] = await Promise.all([compute.open(ENTRY), compute.open(ENTRY)]);
    one.end();
    await expect(one.ask(1)).rejects.toThrow('the session has ended');
    expect(await other.ask(1)).toBe(1);
  });

  it('that dies refuses all that was asked of it, and is started anew at the next session', async () => {
    const [one, other] = await Promise.all([compute.open(ENTRY), compute.open(ENTRY)]);
    const asked = await Promise.allSettled([one.ask('exit'), other.ask(1)]);
    for (const result of [...asked, ...(await Promise.allSettled([one.ask(1)]))])
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } });
    one.end();
    expect(await (await compute.open(ENTRY)).ask(2)).toBe(2);
  });

  it('whose entry cannot be loaded refuses to open a session', async () => {
    const missing = compute.open(new URL('./nowhere.ts', import.meta.url));
    await expect(missing).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('is ended by closing even while it computes', async () => {
    const session = await compute.open(ENTRY);
    const endless = expect(session.ask('compute for ever')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await compute.close();
    await endless;
    await expect(compute.open(ENTRY)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
