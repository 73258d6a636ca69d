import answer, { type ProbeTask } from '../../src/platform/image-probe.worker.ts';

/** The worker of the image probe, except that it exits or fills its heap at files of that name. */
export default async function dyingAnswer(task: ProbeTask) {
  if (task.options.name === 'exits.png') process.exit(3);
  if (task.options.name === 'fills-the-heap.png') {
    const kept: number[][] = [];
    for (;;) kept.push(Array.from({ length: 1e5 }, (_, index) => index / 3));
  }
  return answer(task);
}
