import { beforeAll, describe, expect, it } from 'vitest';
import { PLANTED } from '../../simulation/biased.ts';
import { achieved } from '../../simulation/tables.ts';
import { QUICK, type Results, runTask, tasksOf, together } from '../../simulation/tasks.ts';

describe('honesty in simulation', () => {
  let results: Results;

  /** The same few samples every time; `npm run simulate` draws many. */
  beforeAll(() => {
    results = together(tasksOf(QUICK).map(runTask));
  });

  it('gives intervals that cover nineteen truths of twenty, where images cluster in units', () => {
    const sound = results.coverage.filter(({ figure }) => !figure.startsWith('…') && !figure.endsWith('(0)'));
    const mean = sound.reduce((total, row) => total + achieved(row), 0) / sound.length;
    expect(mean).toBeGreaterThan(91);
    expect(mean).toBeLessThan(98);
  });

  it('needs the units for that: an interval of independent images covers half', () => {
    const textbook = results.coverage.find(({ figure }) => figure.includes('Wilson'))!;
    expect(achieved(textbook)).toBeLessThan(75);
  });

  it('shows no card in red where there is nothing to find', () => {
    expect(results.quiet.filter(({ RED }) => RED > 0)).toEqual([]);
  });

  it('shows few cards in amber there', () => {
    const amber = results.quiet.reduce((total, { AMBER }) => total + AMBER, 0);
    const all = results.quiet.reduce((total, row) => total + row.RED + row.AMBER + row.GREY + row.GREEN, 0);
    expect(amber / all).toBeLessThan(0.1);
  });

  it('finds every strong bias, and names it', () => {
    const strong = results.biased.filter(({ strength }) => strength === 'strong');
    expect(strong.map(({ planted, found, datasets }) => [PLANTED[planted]!.card, found / datasets])).toEqual(
      PLANTED.map(({ card }) => [card, 1]),
    );
  });
});
