import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnnotationDraft,
  annotationId,
  numberOccurrences,
} from '../../src/annotation/annotation-draft.ts';

const DRAFT: AnnotationDraft = {
  image: 'a.png',
  annotator: 'p-1',
  kind: 'BOX',
  label: 'lesion',
  attribute: null,
  value: null,
  geometry: { kind: 'BOX', x: '1', y: '2', width: '3', height: '4.5' },
  confidence: null,
  seconds: null,
  annotatedAt: null,
  attributes: [
    { name: 'truncated', value: '0' },
    { name: 'difficult', value: '1' },
  ],
  occurrence: 0,
};

describe('annotationId', () => {
  it('is the head of the SHA-256 of the tag, a NUL and the canonical JSON', () => {
    const json =
      '{"annotatedAt":null,"annotatorId":"r","attribute":null,"attributes":[["difficult","1"],["truncated","0"]],' +
      '"confidence":null,"geometry":{"height":"4.5","kind":"BOX","width":"3","x":"1","y":"2"},"imageId":"i",' +
      '"kind":"BOX","label":"lesion","occurrence":0,"round":null,"seconds":null,"value":null}';
    const digest = createHash('sha256').update(`holotype-annotation-id/1\0${json}`).digest('hex');
    expect(annotationId('i', 'r', null, DRAFT)).toBe(digest.slice(0, 32));
  });

  it('does not depend on the order of attributes nor on the members’ order', () => {
    const turned = Object.fromEntries(Object.entries(DRAFT).reverse()) as unknown as AnnotationDraft;
    const other = { ...turned, attributes: [...DRAFT.attributes].reverse() };
    expect(annotationId('i', 'r', null, other)).toBe(annotationId('i', 'r', null, DRAFT));
  });

  it.each<[string, Partial<AnnotationDraft>]>([
    ['kind', { kind: 'CLASS' }],
    ['label', { label: 'other' }],
    ['attribute', { attribute: 'a' }],
    ['value', { value: '1' }],
    ['geometry', { geometry: { kind: 'POINT', x: '1', y: '2' } }],
    ['confidence', { confidence: '0.5' }],
    ['seconds', { seconds: '2' }],
    ['annotatedAt', { annotatedAt: '2026-01-01T00:00:00Z' }],
    ['attributes', { attributes: [] }],
    ['occurrence', { occurrence: 1 }],
  ])('changes with the %s', (_, change) => {
    expect(annotationId('i', 'r', null, { ...DRAFT, ...change })).not.toBe(
      annotationId('i', 'r', null, DRAFT),
    );
  });

  it('changes with the image, the annotator and the round', () => {
    const ids = [
      annotationId('i', 'r', null, DRAFT),
      annotationId('j', 'r', null, DRAFT),
      annotationId('i', 's', null, DRAFT),
      annotationId('i', 'r', 'first', DRAFT),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});

describe('numberOccurrences', () => {
  it('makes the ids of any list of statements distinct, and keeps its order', () => {
    const drafts = fc.array(
      fc
        .record({ label: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', null) })
        .map((each) => ({ ...DRAFT, ...each })),
    );
    fc.assert(
      fc.property(drafts, (list) => {
        const numbered = numberOccurrences(list);
        expect(numbered.map(({ label, value }) => [label, value])).toEqual(
          list.map(({ label, value }) => [label, value]),
        );
        const ids = numbered.map((draft) => annotationId('i', 'r', null, draft));
        expect(new Set(ids).size).toBe(list.length);
      }),
    );
  });
});
