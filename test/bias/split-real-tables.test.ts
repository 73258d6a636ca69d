import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/kernel/sha256.ts';
import { reportOn, subjectsOf } from './subjects-fixture.ts';

const SHARED = resolve(import.meta.dirname, '../../../shared/data');
const lines = (file: string) => readFileSync(resolve(SHARED, file), 'utf8').trim().split(/\r?\n/).slice(1);
const rows = (file: string) => lines(file).map((line) => line.split(','));
const idOf = (name: string) => sha256Hex(name).slice(0, 32);

describe.skipIf(!existsSync(SHARED))('the split report on real tables (shared/data)', () => {
  it('finds 3 016 of the 3 507 test images of DeepWeeds in a minute of its training images', () => {
    const folder = 'deepweeds_labels';
    const partOf = new Map(
      ['train', 'val', 'test'].flatMap((part) =>
        rows(`${folder}/${part}_subset0.csv`).map(([file]) => [file!, part] as const),
      ),
    );
    const images = rows(`${folder}/labels.csv`).map(([file, , species]) => ({
      id: idOf(file!),
      labels: [species!],
      part: partOf.get(file!) ?? null,
      values: { minute: file!.slice(0, 13), date: file!.slice(0, 8) },
    }));
    const classes = [...new Set(images.flatMap(({ labels }) => labels))];
    const columns = subjectsOf(images, { factors: ['date'], classes, groupKeys: ['minute'] });
    const made = reportOn('SPLIT', columns, { group: 'minute' });
    expect(made.leakage.keys[0]).toMatchObject({
      key: 'minute',
      verdict: { colour: 'RED' },
      testImages: { value: 3016 },
    });
    expect(made.leakage.testShare.value).toBeCloseTo(3016 / 3507, 12);
    expect(made.cards[0]).toMatchObject({ kind: 'LEAKAGE', colour: 'RED' });
    expect(made.cards[0]!.sentence).toMatch(/^3016 test images share a minute with train/);
    expect(made.balance.find(({ name }) => name === 'label')!.compared[0]!.isBeyondChance).toBe(false);
  });

  it('names the maize plant that stands in training and in testing', () => {
    const images = ['training', 'validation', 'testing'].flatMap((part) => {
      const text = readFileSync(resolve(SHARED, `maize_leaf_tips/example_${part}.csv`), 'utf8');
      const files = new Set([...text.matchAll(/[\w.-]+\.jpg/g)].map(([file]) => file));
      return [...files].map((file) => ({ part, unit: file.split('_')[0]!, id: idOf(file) }));
    });
    const [unit] = reportOn('SPLIT', subjectsOf(images), { group: 'unit' }).leakage.keys;
    expect(unit!.groups).toMatchObject([
      { value: '81-274-NC360', parts: [{ part: 'testing' }, { part: 'training' }] },
    ]);
  });

  it.each([
    ['10', 0.0325, 'AMBER'],
    ['100', 0.0995, 'RED'],
  ])('counts the known copies of CIFAR-%s as they were published: %s', (name, published, colour) => {
    const judgements = ['EXACT', 'NEAR', 'SIMILAR'] as const;
    const pairsOf = (file: string, other: string) =>
      rows(`cifair_duplicates/${file}.csv`).map(([test, twin, , judged]) => ({
        first: idOf(`test ${test}`),
        second: idOf(`${other} ${twin}`),
        judgement: judgements[Number(judged)]!,
      }));
    const across = pairsOf(`duplicates_cifar${name}`, 'train');
    const declaredPairs = [...across, ...pairsOf(`duplicates_cifar${name}_test`, 'test')];
    const images = (part: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({ id: idOf(`${part} ${index}`), part }));
    const columns = subjectsOf([...images('test', 10_000), ...images('train', 50_000)]);
    const { leakage, cards } = reportOn('SPLIT', columns, { group: 'unit' }, { declaredPairs });
    expect(leakage.declared.pairsPerTestImage.value).toBeCloseTo(published, 12);
    expect(leakage.declared.testImages.value).toBe(across.length);
    expect(cards[0]).toMatchObject({ kind: 'LEAKAGE', colour });
  });
});
