import { describe, expect, it } from 'vitest';
import { isGreaterBetter } from '../../src/runs/metric-direction.ts';
import { runReport } from '../../src/runs/run-report.ts';
import { runReportCsv, runReportMarkdown } from '../../src/runs/run-report-text.ts';
import type { RunScore } from '../../src/runs/run-score.ts';
import { withSizes } from '../../src/runs/run-sizes.ts';
import { testSampling } from '../../src/runs/test-sampling.ts';
import type { SnapshotHeader } from '../../src/snapshots/snapshot-header.ts';

const score = (
  model: string,
  fold: number | null,
  seed: string,
  value: number,
  more: Partial<RunScore> = {},
): RunScore => ({
  run: `${model}-${fold}-${seed}`,
  model,
  snapshot: 'sha256:a',
  split: 'k',
  fold,
  repeat: null,
  seed,
  part: 'test',
  metric: 'accuracy',
  value,
  trainImages: 80,
  testImages: 20,
  ...more,
});
/** Five folds by two seeds, the second model lower by `gap` and a little noise. */
const twoModels = (gap: number) =>
  [1, 2, 3, 4, 5].flatMap((fold) =>
    ['1', '2'].flatMap((seed, index) => {
      const base = 0.8 + 0.02 * fold + 0.004 * index;
      const noise = 0.003 * ((fold * 3 + index * 5) % 4);
      return [score('big', fold, seed, base), score('small', fold, seed, base - gap - noise)];
    }),
  );
const report = (scores: readonly RunScore[], more: object = {}) =>
  runReport(
    scores,
    { metric: 'accuracy', part: 'test', isGreaterBetter: true, claims: [], ...more },
    (snapshot) => snapshot,
    () => null,
  );

describe('the report of runs', () => {
  it('pairs runs of the same fold and seed, and calls a large difference green', () => {
    const { pairs, card } = report(twoModels(0.05));
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({ better: 'big', worse: 'small', isPaired: true, colour: 'GREEN' });
    expect(pairs[0]!.difference).toMatchObject({
      unitCount: 10,
      interval: { method: expect.stringMatching(/corrected/) },
    });
    expect(card.colour).toBe('GREEN');
  });

  it('turns the difference about where less is better', () => {
    const { pairs } = report(twoModels(0.05), { isGreaterBetter: false });
    expect(pairs[0]).toMatchObject({ better: 'small', worse: 'big' });
    expect(pairs[0]!.difference.value).toBeGreaterThan(0);
  });

  it('does not support a claim that so many runs could not have shown', () => {
    const scores = [1, 2, 3, 4, 5].flatMap((fold) => [
      score('big', fold, '1', 0.8 + (fold % 2 ? 0.04 : -0.04)),
      score('small', fold, '1', 0.79),
    ]);
    const { pairs, card } = report(scores, { claims: [{ better: 'big', worse: 'small', by: 0.008 }] });
    expect(pairs[0]!.colour).toBe('RED');
    expect(card.sentence).toMatch(/is not supported/);
  });

  it('says what share of the spread is the split and what the seed', () => {
    const [big] = report(twoModels(0.05)).models;
    expect(big!.components).toMatchObject({ seeds: 2, folds: 5 });
    expect(big!.sentence).toMatch(/seeds and folds varied.*% of the spread is the data split/);
  });

  it('judges nothing below five runs', () => {
    expect(report(twoModels(0.05).slice(0, 4)).card).toMatchObject({ colour: 'GREY' });
  });

  it('compares runs without partners, and says that it does', () => {
    const scores = twoModels(0.05).map((one) =>
      one.model === 'small' ? { ...one, seed: `other ${one.seed}` } : one,
    );
    const { pairs, card } = report(scores);
    expect(pairs[0]).toMatchObject({ isPaired: false, winShare: null });
    expect(card.caveats.join(' ')).toMatch(/no partner/);
  });

  it('never ranks over snapshots of one dataset', () => {
    const scores = ['a', 'b', 'c', 'd', 'e'].flatMap((snapshot) =>
      ['x', 'y', 'z'].flatMap((model, index) => [score(model, 1, '1', 0.5 + index / 10, { snapshot })]),
    );
    const wish = { metric: 'accuracy', part: 'test', isGreaterBetter: true, claims: [] };
    expect(
      runReport(
        scores,
        wish,
        () => 'one',
        () => null,
      ),
    ).toMatchObject({ ranks: null, ranksReason: 'FEWER_THAN_5_DATASETS' });
    expect(
      runReport(
        scores,
        wish,
        (snapshot) => snapshot,
        () => null,
      ).ranks,
    ).toMatchObject({ meanRanks: [3, 2, 1], f: null });
  });

  it('refuses a metric that no run reports, and says which there are', () => {
    expect(() => report(twoModels(0.05), { metric: 'dice' })).toThrow(/accuracy on test/);
  });

  it('is written as a page and as rows with every figure’s interval and method', () => {
    const made = report(twoModels(0.05));
    expect(runReportMarkdown(made)).toMatch(/\| big \| small \| yes \| 0\.05\d+ \[/);
    const [head, ...rows] = runReportCsv(made).trimEnd().split('\n');
    expect(head).toBe('kind,snapshot,model,other,figure,value,lower,upper,p,q,n,status,reason,method');
    expect(rows.filter((row) => row.startsWith('pair')).length).toBe(4);
  });
});

describe('the direction of a metric', () => {
  it.each([
    ['accuracy', true],
    ['val_f1', true],
    ['meanIoU', null],
    ['loss', false],
    ['RMSE', false],
    ['accuracyLoss', null],
    ['throughput', null],
  ])('of %s is %s', (name, greater) => {
    expect(isGreaterBetter(name)).toBe(greater);
  });
});

describe('the sizes of a run', () => {
  const header = {
    splits: { k: { counts: [1, 2, 3].map((fold) => ({ part: `fold-${fold}`, images: 10 * fold })) } },
  } as unknown as SnapshotHeader;
  const stored = { ...score('m', 2, '1', 0.9), trainImages: null, testImages: null, trainedOn: null };

  it('are those of the fold that was held out and of the others', () => {
    expect(withSizes({ ...stored, part: 'test' }, header)).toMatchObject({
      part: 'test',
      testImages: 20,
      trainImages: 40,
    });
    expect(withSizes({ ...stored, part: 'fold-2' }, header)).toMatchObject({
      part: 'test',
      testImages: 20,
      trainImages: 40,
    });
  });

  it('leave a score on the images trained on what it is, beside that on the fold held out', () => {
    expect(withSizes({ ...stored, part: 'train' }, header)).toMatchObject({
      part: 'train',
      testImages: null,
      trainImages: null,
    });
  });

  it('are as the run says where it says them', () => {
    expect(withSizes({ ...stored, trainImages: 7, testImages: 3 }, header)).toMatchObject({
      testImages: 3,
      trainImages: 7,
    });
  });
});

describe('the error of the test images', () => {
  it('is the jackknife over their units where it is known which came out right', () => {
    const buckets = Array.from({ length: 30 }, (_, index) => [index % 3 === 0 ? 1 : 2, 2]);
    const total = [buckets.reduce((sum, [right]) => sum + right!, 0), 60];
    const made = testSampling('accuracy', [score('m', 1, '1', 0.8)], {
      total,
      buckets,
      imageCount: 60,
      unitCount: 30,
    });
    expect(made!.value).toBeCloseTo(50 / 60, 9);
    expect(made!.interval!.method).toMatch(/jackknife/i);
  });

  it('takes each image for a unit where it is not, and says so', () => {
    expect(testSampling('accuracy', [score('m', 1, '1', 0.8)], null)).toMatchObject({
      reason: 'UNITS_UNKNOWN',
      imageCount: 20,
    });
    expect(testSampling('loss', [score('m', 1, '1', 0.8)], null)).toBeNull();
  });
});
