import { type Results, runTask, type Task } from './tasks.ts';

/** One thread's share of the simulation. */
export default (task: Task): Partial<Results> => runTask(task);
