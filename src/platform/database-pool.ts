import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

export interface PoolCounts {
  readonly total: number;
  readonly idle: number;
  /** Who waits for a connection. */
  readonly waiting: number;
}

export function poolCounts(dataSource: DataSource): PoolCounts {
  const { totalCount, idleCount, waitingCount } = poolOf(dataSource);
  return { total: totalCount, idle: idleCount, waiting: waitingCount };
}

/** Tells `observe` how long each asker waited for a connection. */
export function onPoolWait(dataSource: DataSource, observe: (seconds: number) => void): void {
  const pool = poolOf(dataSource);
  type Callback = Parameters<Pool['connect']>[0];
  const connect = pool.connect.bind(pool) as (callback: Callback) => void;
  const watched = (callback: Callback) => {
    const began = process.hrtime.bigint();
    connect((...given) => {
      observe(Number(process.hrtime.bigint() - began) / 1e9);
      callback(...given);
    });
  };
  // TypeORM, the only one who asks, asks by callback.
  pool.connect = watched as Pool['connect'];
}

/** TypeORM keeps the pool of the `pg` package there. */
function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { master: Pool }).master;
}
