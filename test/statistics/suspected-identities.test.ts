import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ClassRatings } from '../../src/statistics/class-ratings.ts';
import { dawidSkene } from '../../src/statistics/dawid-skene.ts';
import { identicalStatements } from '../../src/statistics/identical-statements.ts';
import { identityFindings } from '../../src/statistics/identity-findings.ts';
import { raterEqualsReference } from '../../src/statistics/rater-equals-reference.ts';
import { suspectedIdentities } from '../../src/statistics/suspected-identities.ts';
import { isShared, shared } from '../support/shared.ts';
import { seeded } from './oracle.ts';

const ITEMS = 300;

/** Items × annotators, complete. */
function complete(labels: readonly (readonly number[])[], classes: number): ClassRatings {
  const annotators = labels[0]!.length;
  const flat = labels.flat();
  return {
    items: labels.length,
    annotators,
    classes,
    itemOf: Int32Array.from(flat, (_, at) => Math.floor(at / annotators)),
    annotatorOf: Int32Array.from(flat, (_, at) => at % annotators),
    labelOf: Int32Array.from(flat),
  };
}

/** Six people, right on these shares of items, who err independently among four classes; unequal classes. */
function people(seed: number, skills = [0.9, 0.8, 0.7, 0.8, 0.6, 0.75]): number[][] {
  const random = seeded(seed);
  return Array.from({ length: ITEMS }, () => {
    const truth = random() < 0.5 ? 0 : Math.floor(random() * 4);
    return skills.map((skill) => (random() < skill ? truth : Math.floor(random() * 4)));
  });
}

const suspects = (ratings: ClassRatings) => suspectedIdentities(ratings, dawidSkene(ratings)).found;

describe('two names of one person', () => {
  it('are found by their agreement, a few slips apart, and are the only ones', () => {
    const labels = people(11).map((item, at) => [...item, at % 15 === 0 ? (item[4]! + 1) % 4 : item[4]!]);
    const [found, ...others] = suspects(complete(labels, 4));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ first: 4, second: 6, sharedItems: ITEMS, agreeing: 280 });
    expect(found!.p).toBeLessThan(1e-6);
    expect(found!.expected).toBeLessThan(240);
    expect(found!.excess).toBeGreaterThan(0.5);
  });
  it('are not seen in people who judge for themselves, however good', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      expect(suspects(complete(people(seed), 4))).toEqual([]);
      expect(suspects(complete(people(seed, [0.97, 0.98, 0.95, 0.99, 0.96]), 4))).toEqual([]);
      expect(suspects(complete(people(seed, [0.7, 0.7, 0.7, 0.7, 0.7]), 4))).toEqual([]);
    }
  });
  it('are not seen in few items', () => {
    const labels = people(11).map((item) => [...item, item[4]!]);
    const few = complete(labels.slice(0, 29), 4);
    expect(suspectedIdentities(few, dawidSkene(few))).toEqual({ pairsCompared: 0, found: [] });
  });
  it('are looked for only where a third person says what to expect', () => {
    const pair = complete(
      people(3).map((item) => [item[0]!, item[0]!]),
      4,
    );
    expect(suspectedIdentities(pair, dawidSkene(pair)).pairsCompared).toBe(0);
  });
});

const hasBluebirds = isShared('data', 'bluebirds_crowd');
it.skipIf(!hasBluebirds)('tell a copy from a crowd that disagrees, on the bluebirds', () => {
  const crowd: Record<string, Record<string, boolean>> = parse(
    readFileSync(shared('data', 'bluebirds_crowd', 'labels.yaml'), 'utf8'),
  );
  const workers = Object.keys(crowd).sort();
  const images = Object.keys(crowd[workers[0]!]!).sort();
  const labels = images.map((image) => workers.map((worker) => (crowd[worker]![image] ? 1 : 0)));
  const honest = suspects(complete(labels, 2));
  const copied = suspects(
    complete(
      labels.map((item) => [...item, item[5]!]),
      2,
    ),
  );
  expect(copied[0]).toMatchObject({ first: 5, second: workers.length, agreeing: 108, excess: 1 });
  expect(honest).toEqual([]);
});

describe('identical statements', () => {
  it('name the pair, the items, and how many both made', () => {
    const statements = {
      itemOf: Int32Array.of(0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 3),
      annotatorOf: Int32Array.of(0, 1, 2, 0, 1, 1, 0, 0, 0, 1, 1),
      statementOf: Int32Array.of(7, 7, 8, 9, 9, 5, 4, 1, 2, 2, 1),
    };
    expect(identicalStatements(statements)).toEqual([
      { first: 0, second: 1, sharedItems: 4, identical: 3, examples: [0, 1, 3] },
    ]);
    expect(identicalStatements(statements, 4)).toEqual([]);
  });
});

describe('a rater who is the reference', () => {
  it('is found where nobody else comes near', () => {
    const raters = [
      { rater: 0, items: 200, equal: 200 },
      { rater: 1, items: 200, equal: 170 },
      { rater: 2, items: 20, equal: 20 },
    ];
    expect(raterEqualsReference(raters)).toMatchObject([{ rater: 0, bestOther: 0.85 }]);
  });
  it('is not found where all are as good, or nobody else can be compared', () => {
    const good = [
      { rater: 0, items: 50, equal: 50 },
      { rater: 1, items: 50, equal: 49 },
    ];
    expect(raterEqualsReference(good)).toEqual([]);
    expect(raterEqualsReference(good.slice(0, 1))).toEqual([]);
  });
});

describe('findings of identity', () => {
  it('stand together, each with its evidence', () => {
    const labels = people(11).map((item) => [...item, item[4]!]);
    const gold = people(11, [1]).map(([label]) => label!);
    const ratings = complete(
      labels.map((item, at) => [...item, gold[at]!]),
      4,
    );
    const findings = identityFindings({
      ratings,
      fit: dawidSkene(ratings),
      referenceOf: Int32Array.from(gold),
      statements: {
        itemOf: Int32Array.of(0, 0, 1, 1, 2, 2),
        annotatorOf: Int32Array.of(2, 3, 2, 3, 2, 3),
        statementOf: Int32Array.of(1, 1, 2, 2, 3, 3),
      },
    });
    expect(findings).toMatchObject([
      { kind: 'IDENTICAL_STATEMENTS', first: 2, second: 3, identical: 3 },
      { kind: 'EQUALS_REFERENCE', rater: 7, items: ITEMS, equal: ITEMS },
      { kind: 'IMPROBABLE_AGREEMENT', first: 4, second: 6, agreeing: ITEMS },
    ]);
    expect(identityFindings({})).toEqual([]);
  });
});
