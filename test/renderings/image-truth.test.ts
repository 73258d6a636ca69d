import { describe, expect, it } from 'vitest';
import { checkOptions, imageTruth, statementsInForce } from '../../src/renderings/image-truth.ts';
import type { AnnotationDocument, Statement } from '../../src/renderings/snapshot-documents.ts';

const EVERYONE = { consensus: null, annotator: null };

function said(
  name: string,
  label: string,
  more: Partial<Statement> & { annotatorKind?: string } = {},
): Statement {
  const { annotatorKind = 'HUMAN', ...rest } = more;
  return { id: `${name}-${label}`, annotator: { name, kind: annotatorKind }, kind: 'CLASS', label, ...rest };
}

const document = (...annotations: Statement[]): AnnotationDocument => ({ image: 'i', annotations });

describe('the one label of an image', () => {
  it('is what most people said, and its shares are theirs', () => {
    expect(imageTruth(document(said('a', 'sick'), said('b', 'well'), said('c', 'sick')), EVERYONE)).toEqual({
      label: 'sick',
      soft: [
        { label: 'sick', share: 2 / 3 },
        { label: 'well', share: 1 / 3 },
      ],
      source: 'PEOPLE',
    });
  });

  it('is nobody’s where classes tie', () => {
    expect(imageTruth(document(said('a', 'sick'), said('b', 'well')), EVERYONE).label).toBeNull();
  });

  it('is none where a rater gave several classes, whose shares need not sum to 1', () => {
    const truth = imageTruth(document(said('a', 'sick'), said('a', 'wilted'), said('b', 'sick')), EVERYONE);
    expect(truth.label).toBeNull();
    expect(truth.soft).toEqual([
      { label: 'sick', share: 1 },
      { label: 'wilted', share: 0.5 },
    ]);
  });

  it('is that of people where a model contradicts them, and says so', () => {
    const model = said('net', 'well', { annotatorKind: 'MODEL' });
    expect(imageTruth(document(model, said('a', 'sick')), EVERYONE)).toMatchObject({
      label: 'sick',
      source: 'PEOPLE',
    });
    expect(imageTruth(document(model), EVERYONE)).toMatchObject({ label: 'well', source: 'MODELS' });
  });

  it('does not count what its rater took back, nor a later look', () => {
    const first = said('a', 'well');
    const corrected = said('a', 'sick', { supersedes: first.id });
    const second = said('b', 'well', { pass: 2 });
    expect(imageTruth(document(first, corrected, second), EVERYONE)).toEqual({
      label: 'sick',
      soft: [{ label: 'sick', share: 1 }],
      source: 'PEOPLE',
    });
  });

  it('counts people who are only counted as so many', () => {
    const crowd = [
      said('crowd', 'sick', { annotatorKind: 'GROUP', votes: 7 }),
      said('crowd', 'well', { annotatorKind: 'GROUP', votes: 3 }),
    ];
    expect(imageTruth(document(...crowd), EVERYONE)).toEqual({
      label: 'sick',
      soft: [
        { label: 'sick', share: 0.7 },
        { label: 'well', share: 0.3 },
      ],
      source: 'PEOPLE',
    });
  });

  it('is the consensus’s or the annotator’s where one is asked for', () => {
    const held: AnnotationDocument = {
      ...document(said('a', 'sick'), said('b', 'sick')),
      consensus: [
        {
          name: 'ds',
          label: 'well',
          soft: [
            { label: 'well', share: '0.9' },
            { label: 'sick', share: '0.1' },
          ],
        },
      ],
    };
    expect(imageTruth(held, { consensus: 'ds', annotator: null })).toMatchObject({
      label: 'well',
      source: 'CONSENSUS',
    });
    expect(imageTruth(held, { consensus: null, annotator: 'b' })).toMatchObject({
      label: 'sick',
      source: 'ANNOTATOR',
    });
    expect(imageTruth(held, { consensus: null, annotator: 'nobody' }).source).toBeNull();
  });
});

describe('the statements in force', () => {
  it('leave out what a later one of the same annotator superseded', () => {
    const first = said('a', 'well');
    const kept = statementsInForce(document(first, said('a', 'sick', { supersedes: first.id })), EVERYONE);
    expect(kept.map(({ label }) => label)).toEqual(['sick']);
  });
});

describe('options', () => {
  it('are refused where they name a consensus that the snapshot does not carry, or two truths', () => {
    expect(() => checkOptions({ consensus: 'x', annotator: null }, { consensus: [{ name: 'ds' }] })).toThrow(
      /carries "ds"/,
    );
    expect(() => checkOptions({ consensus: 'ds', annotator: 'a' }, { consensus: [{ name: 'ds' }] })).toThrow(
      /give one/,
    );
  });
});
