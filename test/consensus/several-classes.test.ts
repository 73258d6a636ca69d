import { describe, expect, it } from 'vitest';
import { type ConsensusRequest, consensusRequest } from '../../src/consensus/consensus-request.ts';
import type { ImageRatings, Rating } from '../../src/consensus/image-ratings.ts';
import { itemsTogether } from '../../src/consensus/make-items.ts';

const rating = (annotator: string, label: string, more: Partial<Rating> = {}): Rating => ({
  id: `${annotator} ${label}`,
  annotator,
  isGroup: false,
  kind: 'CLASS',
  label,
  geometry: null,
  pass: 1,
  votes: 1,
  order: label,
  ...more,
});
const image = (number: number, ratings: Rating[]): ImageRatings => ({
  imageId: number.toString(16).padStart(32, '0'),
  width: null,
  height: null,
  ratings,
});
const request = (method: ConsensusRequest['method']) =>
  consensusRequest({ datasetId: 'd', revision: 1, name: 'n', method, annotators: null, parameters: {} });
const made = (method: ConsensusRequest['method'], images: ImageRatings[]) =>
  itemsTogether(request(method), images, 3, () => true)!;

const divided = [rating('a', 'edema'), rating('a', 'mass'), rating('b', 'edema'), rating('c', 'nodule')];

describe('A consensus of images that show several classes', () => {
  it('has the share of the raters who gave each class, and no likeliest one', () => {
    const { items, severalClasses } = made('VOTE_SHARE', [image(1, divided)]);
    expect(severalClasses).toBe(true);
    expect(items).toMatchObject([
      {
        label: null,
        ties: [],
        entropy: null,
        soft: [
          { label: 'edema', share: '0.666666667' },
          { label: 'mass', share: '0.333333333' },
          { label: 'nodule', share: '0.333333333' },
        ],
      },
    ]);
  });

  it('is no model of Dawid and Skene, and says why', () => {
    expect(made('DAWID_SKENE', [image(1, divided)]).fits).toMatchObject([
      { status: 'NOT_APPLICABLE', faults: ['SEVERAL_CLASSES_AN_IMAGE'] },
    ]);
  });

  it('takes one image in a hundred with two classes of a rater for a slip, of which the latest counts', () => {
    const single = Array.from({ length: 100 }, (_, index) =>
      image(index + 2, [rating('a', 'mass'), rating('b', 'mass')]),
    );
    const { items, severalClasses } = made('VOTE_SHARE', [image(1, divided), ...single]);
    expect(severalClasses).toBe(false);
    expect(items[0]).toMatchObject({ votes: [{ label: 'edema' }, { label: 'mass' }, { label: 'nodule' }] });
  });

  it('does not take a later look for a second class', () => {
    expect(
      made('VOTE_SHARE', [image(1, [rating('a', 'mass'), rating('a', 'edema', { pass: 2 })])]).severalClasses,
    ).toBe(false);
  });
});
