import { pino } from 'pino';
import { ormOptions } from '../../ormconfig.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { jobQueue } from '../../src/platform/job-queue.ts';

/** A server that takes a job of the queue `work`, says so, and never ends it. */
const { db } = await openDatabase(JSON.parse(process.argv[2]!), ormOptions);
jobQueue(db, pino({ level: 'silent' })).work('work', async () => {
  process.send!('begun');
  await new Promise(() => {});
});
