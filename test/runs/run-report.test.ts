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
  trainedOn: null,
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

  it.each([
    [{ better: 'big', worse: 'small', by: 0.04 }, 'GREEN', /by 0\.04 is supported\./],
    [
      { better: 'big', worse: 'small', by: 0.2 },
      'GREEN',
      /by 0\.2 is supported as to which is better, and not/,
    ],
    [{ better: 'small', worse: 'big', by: 0.01 }, 'RED', /by 0\.01 is contradicted/],
  ])('holds a claim against the interval: %o', (claim, colour, sentence) => {
    const [pair] = report(twoModels(0.05), { claims: [claim] }).pairs;
    expect(pair).toMatchObject({ better: 'big', colour, sentence: expect.stringMatching(sentence) });
  });

  it('refuses a claim of models that no snapshot has both of', () => {
    const claims = [{ better: 'big', worse: 'nobody', by: 0.1 }];
    expect(() => report(twoModels(0.05), { claims })).toThrow(/no snapshot has runs of both/);
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

  it('never guesses which of two snapshots of a dataset stands for it in the ranks', () => {
    const scores = ['a', 'b', 'c', 'd', 'e', 'e2'].flatMap((snapshot) =>
      ['x', 'y', 'z'].map((model, index) => score(model, 1, '1', 0.5 + index / 10, { snapshot })),
    );
    const wish = { metric: 'accuracy', part: 'test', isGreaterBetter: true, claims: [] };
    const ranked = (held: readonly RunScore[]) =>
      runReport(
        held,
        wish,
        (snapshot) => snapshot[0]!,
        () => null,
      );
    expect(ranked(scores)).toMatchObject({ ranks: null, ranksReason: 'SEVERAL_SNAPSHOTS_OF_A_DATASET' });
    expect(ranked(scores.filter(({ snapshot }) => snapshot !== 'e2'))).toMatchObject({
      ranks: { datasets: 5, leftOut: 0 },
      ranksReason: null,
    });
  });

  it('says why there is no F where every dataset ranks the models the same', () => {
    const scores = ['a', 'b', 'c', 'd', 'e'].flatMap((snapshot) =>
      ['x', 'y', 'z'].map((model, index) => score(model, 1, '1', 0.5 + index / 10, { snapshot })),
    );
    const made = report(scores);
    expect(made.ranks).toMatchObject({ f: null, pF: null, fReason: 'SAME_RANKING_EVERYWHERE' });
    expect(runReportMarkdown(made)).toContain('SAME_RANKING_EVERYWHERE');
  });

  it('counts a run that was reported under two keys once', () => {
    const scores = twoModels(0.05);
    const again = scores.map((one) => ({ ...one, run: `${one.run} again` }));
    const [once, twice] = [report(scores), report([...scores, ...again])];
    expect(twice.models).toEqual(once.models);
    expect(twice.pairs).toEqual(once.pairs);
    expect(twice.card.caveats.join(' ')).toMatch(/20 runs repeat another .* counted once/);
  });

  it('keeps twins with other scores, and says how many runs have one', () => {
    const scores = twoModels(0.05);
    const first = scores.find(({ model }) => model === 'big')!;
    const twins = [
      { ...first, run: 'same', value: first.value },
      { ...first, run: 'other', value: first.value + Number.EPSILON },
    ];
    const { models, card } = report([...scores, ...twins]);
    expect(models.map(({ model, spread }) => [model, spread.runs])).toEqual([
      ['big', 11],
      ['small', 10],
    ]);
    expect(card.caveats.join(' ')).toMatch(
      /3 runs have a twin .* another score: training is not deterministic/,
    );
    expect(card.caveats.join(' ')).toMatch(/1 runs repeat another/);
    expect(report(scores).card.caveats.join(' ')).not.toMatch(/twin|repeat another/);
  });

  it('takes runs on other parts, folds or seeds for no twins', () => {
    const one = score('m', null, '1', 0.8, { trainedOn: 'train' });
    const runs = [one, { ...one, trainedOn: 'small' }, { ...one, repeat: 2 }, { ...one, seed: '2' }];
    expect(report(runs).models[0]!.spread.runs).toBe(4);
  });

  it('shows a difference without an interval, and why, where nobody knows the sizes', () => {
    const { pairs, card } = report(
      twoModels(0.05).map((one) => ({ ...one, trainImages: null, testImages: null })),
    );
    expect(pairs[0]).toMatchObject({
      isPaired: true,
      colour: 'GREY',
      difference: { status: 'INSUFFICIENT', reason: 'SIZES_UNKNOWN', interval: null, p: null },
      detectable: { value: null, reason: 'SIZES_UNKNOWN' },
    });
    expect(pairs[0]!.difference.value).toBeGreaterThan(0.05);
    expect(card.wouldChange).toMatch(/How many images/);
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
      areUnitsKnown: true,
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
