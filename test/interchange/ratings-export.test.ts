import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnnotationDraft, numberOccurrences } from '../../src/annotation/annotation-draft.ts';
import type { ExportSource } from '../../src/interchange/export-plan.ts';
import { readRatings } from '../../src/interchange/ratings.codec.ts';
import { writeRatings } from '../../src/interchange/write-ratings.ts';

const OPTIONS = {
  path: 'ratings.csv',
  annotator: null,
  layout: null,
  columns: null,
  unnamed: false,
} as const;
const MORE = { quantity: null, classes: null, count: 'n', outer: 'annotator' } as const;
const read = (content: string | Uint8Array) =>
  readRatings(new TextEncoder().encode(content as string), { ...OPTIONS, ...MORE });

const rating = (more: Partial<AnnotationDraft>): AnnotationDraft => ({
  image: 'a.png',
  annotator: 'r1',
  kind: 'CLASS',
  label: 'cat',
  attribute: null,
  value: null,
  geometry: null,
  confidence: null,
  seconds: null,
  annotatedAt: null,
  attributes: [],
  occurrence: 0,
  ...more,
});
const source = (annotations: AnnotationDraft[]): ExportSource => ({
  title: 'ratings',
  classes: [],
  annotators: [],
  images: ['a.png', 'b, "c".png'].map((name) => ({ name, width: 8, height: 4 })),
  annotations,
});

const word = fc.stringMatching(/^[a-z]([a-z ",]{0,5}[a-z])?$/);
const anyRating = fc
  .record({
    image: fc.constantFrom('a.png', 'b, "c".png'),
    annotator: word,
    pass: fc.integer({ min: 1, max: 3 }),
    votes: fc.integer({ min: 1, max: 50 }),
    label: word,
    attribute: word,
    value: word,
    confidence: fc.constantFrom(null, '0.25', '1'),
    seconds: fc.constantFrom(null, '0', '12.5'),
    annotatedAt: fc.constantFrom(null, '2026-05-04T09:30:00Z'),
    isClass: fc.boolean(),
  })
  .map(({ isClass, pass, votes, label, attribute, value, ...said }) =>
    rating({
      ...said,
      ...(isClass ? { kind: 'CLASS', label } : { kind: 'ATTRIBUTE', label: null, attribute, value }),
      ...(pass > 1 ? { pass } : {}),
      ...(votes > 1 ? { votes } : {}),
    }),
  );

describe('ratings written as a table', () => {
  it('are read back as they were', () => {
    fc.assert(
      fc.property(fc.array(anyRating), (drafts) => {
        const annotations = numberOccurrences(drafts).filter(({ occurrence }) => occurrence === 0);
        const { files, losses } = writeRatings(source(annotations));
        const plan = read(files[0]!.content);
        expect([losses, plan.refused]).toEqual([[], []]);
        const texts = (list: readonly AnnotationDraft[]) =>
          list.map((draft) => JSON.stringify(draft, Object.keys(draft).sort())).sort();
        expect(texts(plan.annotations)).toEqual(texts(annotations));
        expect(plan.images.map(({ name }) => name)).toEqual(['a.png', 'b, "c".png']);
      }),
    );
  });

  it('name what a table cannot say', () => {
    const { losses } = writeRatings({
      ...source([
        rating({ kind: 'EMPTY', label: null }),
        rating({ kind: 'BOX', geometry: { kind: 'BOX', x: '0', y: '0', width: '1', height: '1' } }),
        rating({ attributes: [{ name: 'difficult', value: '1' }] }),
        rating({ kind: 'VALUE', label: null, attribute: 'length', value: '3' }),
      ]),
      annotators: [{ name: 'r1', kind: 'MODEL', expertise: null }],
    });
    expect(losses.map(({ what, count }) => [what, count])).toEqual([
      ['shapes', 1],
      ['EMPTY and SKIP', 1],
      ['attributes', 1],
      ['named numbers', 1],
      ['annotator kinds', 1],
    ]);
  });
});
