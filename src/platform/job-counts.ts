import type { EntityManager } from 'typeorm';

export interface JobCounts {
  readonly queue: string;
  /** Not begun yet. */
  readonly waiting: number;
  readonly running: number;
  /** Begun before, and to be begun again. */
  readonly retrying: number;
  /** The job that has been there longest. */
  readonly oldest: string;
}

/** What is in each queue, over all servers on this database. */
export async function jobCounts(db: EntityManager): Promise<JobCounts[]> {
  return db.query(`
    SELECT queue, min(id)::text AS oldest,
           count(*) FILTER (WHERE leased_until > clock_timestamp())::int AS running,
           count(*) FILTER (WHERE (leased_until > clock_timestamp()) IS NOT TRUE AND attempt = 0)::int AS waiting,
           count(*) FILTER (WHERE (leased_until > clock_timestamp()) IS NOT TRUE AND attempt > 0)::int AS retrying
    FROM job GROUP BY queue`);
}
