import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/kernel/canonical-json.ts';
import { assignParts } from '../../src/splits/assign-parts.ts';
import { splitDocument } from '../../src/splits/split-document.ts';
import { splitExport } from '../../src/splits/split-export.ts';
import type { SplitRequest, SplitSubject } from '../../src/splits/split-strategy.ts';
import {
  aRequest,
  aSubject,
  bccd,
  hasShared,
  someShares,
  someSubjects,
  subjects,
  THREE_PARTS,
} from './subjects.ts';

const SCRIPT = resolve(import.meta.dirname, '../../docs/recompute_split.py');
const KEYS = { groupBy: 'subject', stratifyBy: 'label' };
const hasPython = spawnSync('python3', ['--version']).status === 0;

function exported(request: SplitRequest, of: readonly SplitSubject[]) {
  const assignment = assignParts(request, of);
  return splitExport(splitDocument(request, KEYS, assignment), of, assignment);
}

function recompute(document: object): {
  status: number | null;
  digest: string;
  parts: Record<string, string>;
} {
  const run = spawnSync('python3', [SCRIPT], { input: canonicalJson(document), encoding: 'utf8' });
  if (run.stdout === '') throw new Error(run.stderr);
  return { status: run.status, ...JSON.parse(run.stdout) };
}

describe('splitDocument', () => {
  const request = aRequest('RANDOM', 'train=0.5,test=0.5');
  const assignment = assignParts(request, subjects(5));

  test('has the digest it had when the format was fixed', () => {
    const keys = { groupBy: null, stratifyBy: null };
    expect(splitDocument(request, keys, assignment)).toEqual({
      document: {
        algorithm: 'holotype-split/1',
        strategy: 'RANDOM',
        seed: '7',
        parts: [
          { name: 'train', share: '0.5' },
          { name: 'test', share: '0.5' },
        ],
        folds: null,
        groupBy: null,
        stratifyBy: null,
        size: 5,
        counts: [
          { part: 'train', images: 3 },
          { part: 'test', images: 2 },
        ],
        root: '06258ac2823d4bd4bb4c43f31620b094061f60c9a4b39cd2c6aec23171525085',
      },
      digest: 'sha256:71487d9ec235a834ca1cd31dc0f9c6e3cb5d56550150f3ca0aa1cbebf7db648a',
    });
  });

  test('does not depend on the order of the assignment', () => {
    expect(splitDocument(request, KEYS, [...assignment].reverse())).toEqual(
      splitDocument(request, KEYS, assignment),
    );
  });

  test('has another digest when two images change places, though the counts stay', () => {
    const swapped = new Map(assignment.map(({ image, part }) => [image, part]));
    const one = assignment.find(({ part }) => part === 'train')!.image;
    const other = assignment.find(({ part }) => part === 'test')!.image;
    swapped.set(one, 'test').set(other, 'train');
    const entries = [...swapped].map(([image, part]) => ({ image, part }));
    expect(splitDocument(request, KEYS, entries).digest).not.toBe(
      splitDocument(request, KEYS, assignment).digest,
    );
  });
});

describe.skipIf(!hasPython)('a stranger with the standard library of Python', () => {
  const [of] = fc.sample(someSubjects(80, 60), { seed: 11, numRuns: 1 }) as [SplitSubject[]];
  const requests = [
    aRequest('RANDOM', THREE_PARTS),
    aRequest('STRATIFIED', 'train=0.333333,validation=0.333333,test=0.333334'),
    aRequest('GROUPED', 'train=0.6,test=0.4'),
    aRequest('GROUPED_STRATIFIED', 'train=0.5,validation=0.25,test=0.25', 'Saatgut \u{1f331}'),
    aRequest('K_FOLD', 5),
    aRequest('GROUPED_K_FOLD', 3),
    aRequest('STRATIFIED_K_FOLD', 4),
    aRequest('GROUPED_STRATIFIED_K_FOLD', 3),
    aRequest('BY_TIME', THREE_PARTS),
  ];

  test.each(requests.map((request) => [request.strategy, request] as const))(
    'recomputes parts and digest of a %s split',
    (_, request) => {
      expectSame(request, of);
    },
  );

  test('recomputes a split that leaves one group out, and an imported one', () => {
    expectSame(
      aRequest('LEAVE_ONE_GROUP_OUT', null),
      of.map((subject) => ({ ...subject, group: subject.group ?? '￰' })),
    );
    expectSame(
      aRequest('IMPORTED', null),
      of.map((subject, n) => ({ ...subject, part: n % 3 === 0 ? 'test' : 'train' })),
    );
  });

  test('recomputes grouped and stratified splits of many shapes', () => {
    const shapes = fc.sample(fc.tuple(someSubjects(40, 20), someShares), { seed: 5, numRuns: 6 });
    for (const [shape, shares] of shapes) {
      expectSame(aRequest('GROUPED_STRATIFIED_K_FOLD', 2, shares), shape);
      expectSame(aRequest('STRATIFIED', 'train=0.7,test=0.3', shares), shape);
    }
  });

  test.skipIf(!hasShared)('recomputes a stratified split of the BCCD blood smears', () => {
    expectSame(aRequest('STRATIFIED', THREE_PARTS), bccd());
  });

  test('sees that an image was moved after the fact', () => {
    const document = exported(aRequest('RANDOM', THREE_PARTS), subjects(20));
    const moved = document.images.map((image, n) => (n === 0 ? { ...image, part: 'elsewhere' } : image));
    expect(recompute({ ...document, images: moved }).status).toBe(1);
  });

  function expectSame(request: SplitRequest, given: readonly SplitSubject[]) {
    const document = exported(request, given);
    const answer = recompute(document);
    expect(answer.parts).toEqual(Object.fromEntries(document.images.map(({ id, part }) => [id, part])));
    expect(answer.digest).toBe(document.digest);
    expect(answer.status).toBe(0);
  }
});

describe('splitExport', () => {
  test('carries of each image what the strategy reads, and no more', () => {
    const of = [0, 1, 2, 3].map((n) =>
      aSubject(n, { group: `plant ${n}`, labels: ['b', 'a', 'b'], time: '2024-05-31' }),
    );
    const shapes = {
      RANDOM: { group: null, labels: [], time: null },
      GROUPED: { group: expect.stringMatching(/^plant/), labels: [], time: null },
      STRATIFIED: { group: null, labels: ['a', 'b'], time: null },
    } as const;
    for (const strategy of ['RANDOM', 'GROUPED', 'STRATIFIED'] as const) {
      for (const image of exported(aRequest(strategy, 'train=0.5,test=0.5'), of).images) {
        expect(image).toMatchObject(shapes[strategy]);
      }
    }
  });
});
