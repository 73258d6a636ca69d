import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { npyRows } from '../../src/interchange/npy.ts';
import { type RatingsOptions, readRatings } from '../../src/interchange/ratings.codec.ts';
import { isShared, shared } from '../support/shared.ts';

const DEFAULTS: RatingsOptions = {
  path: 'ratings.csv',
  annotator: null,
  layout: null,
  columns: null,
  unnamed: false,
  quantity: null,
  classes: null,
  count: 'n',
  outer: 'annotator',
};
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, options: Partial<RatingsOptions>) =>
  readRatings(bytes(text), { ...DEFAULTS, ...options });
const said = (plan: ReturnType<typeof read>) =>
  plan.annotations.map(({ image, annotator, label, value, pass = 1, votes = 1 }) => [
    image,
    annotator,
    label ?? value,
    pass,
    votes,
  ]);
const mapping = (pairs: Record<string, string>) => new Map(Object.entries(pairs));

/** A NumPy file of format 1.0 or 2.0, as numpy.lib.format writes it. */
function npy(descr: string, shape: string, data: Uint8Array, version = 1, order = 'False'): Uint8Array {
  const header = bytes(`{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }\n`);
  const length = version === 1 ? [header.length, 0] : [header.length, 0, 0, 0];
  return Uint8Array.of(0x93, ...bytes('NUMPY'), version, 0, ...length, ...header, ...data);
}

describe('a table of ratings', () => {
  it('keeps a later look of the same rater apart, by its pass', () => {
    const plan = read('item,rater,occasion,rating\n1,1,1,3\n1,1,2,3\n1,2,1,4\n', {
      mapping: mapping({ image: 'item', annotator: 'rater', pass: 'occasion', label: 'rating' }),
    });
    expect(plan.refused).toEqual([]);
    expect(said(plan)).toEqual([
      ['1', '1', '3', 1, 1],
      ['1', '1', '3', 2, 1],
      ['1', '2', '4', 1, 1],
    ]);
  });

  it('reads one column a rater, and a missing cell as no rating', () => {
    const plan = read('image,r1,r2\na.png,cat,\nb.png,cat,dog\nc.png,,\n', { layout: 'wide' });
    expect(said(plan)).toEqual([
      ['a.png', 'r1', 'cat', 1, 1],
      ['b.png', 'r1', 'cat', 1, 1],
      ['b.png', 'r2', 'dog', 1, 1],
    ]);
    expect(plan.images.map(({ name }) => name)).toEqual(['a.png', 'b.png', 'c.png']);
  });

  it('makes votes of a group out of slots that are no persons', () => {
    const plan = read('subject,r1,r2,r3\n1,4,4,2\n', {
      layout: 'wide',
      unnamed: true,
      mapping: mapping({ image: 'subject' }),
    });
    expect(said(plan)).toEqual([
      ['1', 'group', '4', 1, 2],
      ['1', 'group', '2', 1, 1],
    ]);
    expect(plan.annotators).toEqual([{ name: 'group', kind: 'GROUP', expertise: null }]);
  });

  it('reads numbers of a quantity as values, not as classes', () => {
    const plan = read('image,r1,r2\na.png,3.50,4\n', { layout: 'wide', quantity: 'leaf length' });
    expect(plan.annotations.map(({ kind, attribute, value }) => [kind, attribute, value])).toEqual([
      ['VALUE', 'leaf length', '3.5'],
      ['VALUE', 'leaf length', '4'],
    ]);
    expect(plan.classes).toEqual([]);
  });

  it('reads counts as votes, leaving out what nobody chose, and keeps an item that nobody rated', () => {
    const plan = read('image,site,cat,dog,published\na,north,0,14,1.0\nb,south,3,11,.5\nc,south,0,0,0\n', {
      layout: 'counts',
      annotator: 'crowd',
      leaveOut: ['published'],
    });
    expect(said(plan)).toEqual([
      ['a', 'crowd', 'dog', 1, 14],
      ['b', 'crowd', 'cat', 1, 3],
      ['b', 'crowd', 'dog', 1, 11],
    ]);
    expect(plan.images).toHaveLength(3);
    expect(plan.acquisition.map(({ columns }) => columns[0]?.value)).toEqual(['north', 'south', 'south']);
  });

  it('refuses a count that is no whole number, with the row of the source', () => {
    const plan = read('image,cat,dog\na,1,2\nb,2.5,1\n', { layout: 'counts' });
    expect(plan.refused).toMatchObject([{ where: 'row 3', field: 'votes', code: 'INVALID_VALUE' }]);
    expect(said(plan)).toContainEqual(['b', 'group', 'dog', 1, 1]);
  });

  it('lets a row of grouped answers stand for as many items, each named by row and number', () => {
    const plan = read('r1,r2,n\n1,2,2\n2,2,1\n', { layout: 'patterns' });
    expect(said(plan).map(([image, annotator, label]) => `${image} ${annotator} ${label}`)).toEqual([
      'pattern-1-1 r1 1',
      'pattern-1-1 r2 2',
      'pattern-1-2 r1 1',
      'pattern-1-2 r2 2',
      'pattern-2-1 r1 2',
      'pattern-2-1 r2 2',
    ]);
    expect(plan.notes).toHaveLength(1);
  });

  it('says what is wrong with the columns asked for', () => {
    expect(() => read('image,a\n1,1\n', { layout: 'wide', columns: ['b'] })).toThrow(/no column "b"/);
    expect(() => read('image\n1\n', { layout: 'wide' })).toThrow(/name them with --columns/);
    expect(() => read('image,a,b\n1,1,1\n', { layout: 'counts', classes: ['x'] })).toThrow(/1 classes/);
    expect(() => read('r,m\n1,1\n', { layout: 'patterns' })).toThrow(/no column "n"/);
    expect(() => read('image,a\n1,1\n', { layout: 'nested' })).toThrow(/of YAML and JSON/);
  });
});

describe('a mapping of ratings', () => {
  it('reads annotator → image → rating, truth values and numbers as classes', () => {
    const plan = read('39: {11573: true, 11574: false}\n40: {11573: 2}\n', { path: 'labels.yaml' });
    expect(said(plan)).toEqual([
      ['11573', '39', 'true', 1, 1],
      ['11574', '39', 'false', 1, 1],
      ['11573', '40', '2', 1, 1],
    ]);
    expect(plan.source.format).toBe('YAML');
  });

  it('reads image → rating of the annotator that is named, and image → annotator → rating if told', () => {
    const truth = read('{"a": "cat", "b": null}', { path: 'gt.json', annotator: 'gold' });
    expect(said(truth)).toEqual([['a', 'gold', 'cat', 1, 1]]);
    const turned = read('{"a": {"r1": "cat"}}', { path: 'x.json', outer: 'image' });
    expect(said(turned)).toEqual([['a', 'r1', 'cat', 1, 1]]);
  });

  it('refuses a rating that is a list, and takes the others', () => {
    const plan = read('{"r1": {"a": ["cat", "dog"], "b": "cat"}, "r2": 3}', { path: 'x.json' });
    expect(plan.refused.map(({ where }) => where)).toEqual(['r1/a', 'r2']);
    expect(said(plan)).toHaveLength(1);
  });

  it('names what is no mapping', () => {
    expect(() => read('[1, 2]', { path: 'x.json' })).toThrow(/no mapping/);
    expect(() => read('{"a": ', { path: 'x.json' })).toThrow(/no JSON: the end of the text at line 1/);
    expect(() => read('a: [1', { path: 'x.yaml' })).toThrow(/no YAML/);
  });
});

describe('a NumPy array', () => {
  it('is read in every version, order and width, NaN as nothing', () => {
    expect(npyRows(npy('<i8', '2, 2', new Uint8Array(new BigInt64Array([1n, -2n, 3n, 4n]).buffer)))).toEqual([
      ['1', '-2'],
      ['3', '4'],
    ]);
    expect(npyRows(npy('|u1', '2, 2', Uint8Array.of(1, 2, 3, 4), 2, 'True'))).toEqual([
      ['1', '3'],
      ['2', '4'],
    ]);
    expect(npyRows(npy('<f4', '2,', new Uint8Array(new Float32Array([0.5, Number.NaN]).buffer)))).toEqual([
      ['0.5'],
      [''],
    ]);
  });

  it('keeps every 8-byte integer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 1 }),
        (list) => {
          const array = npy('<i8', `${list.length},`, new Uint8Array(new BigInt64Array(list).buffer));
          expect(npyRows(array).flat()).toEqual(list.map(String));
        },
      ),
    );
  });

  it.each([
    ['what is none', bytes('image,label\na,b,c')],
    ['records', npy('[(a', '1,', Uint8Array.of(1))],
    ['big-endian numbers', npy('>i4', '1,', new Uint8Array(4))],
    ['three dimensions', npy('|u1', '1, 1, 1', Uint8Array.of(1))],
    ['fewer bytes than its shape', npy('|u1', '3,', Uint8Array.of(1))],
    ['a header that does not end', npy('|u1', '1,', Uint8Array.of(1)).subarray(0, 30)],
    ['a version to come', npy('|u1', '1,', Uint8Array.of(1), 9)],
  ])('refuses %s', (_, array) => {
    expect(() => npyRows(array)).toThrow(/cannot be read.*numpy\.save/);
  });

  it('names the images by the row unless told otherwise, and its columns by the classes given', () => {
    const array = npy('|u1', '2, 2', Uint8Array.of(3, 0, 1, 2));
    const options = { ...DEFAULTS, path: 'counts.npy', annotator: 'crowd' };
    expect(said(readRatings(array, options))[0]).toEqual(['0', 'crowd', '0', 1, 3]);
    const told = readRatings(array, {
      ...options,
      set: mapping({ image: 'test/{row}' }),
      classes: ['cat', 'dog'],
    });
    expect(told.factors).toEqual([]);
    expect(said(told)).toEqual([
      ['test/0', 'crowd', 'cat', 1, 3],
      ['test/1', 'crowd', 'cat', 1, 1],
      ['test/1', 'crowd', 'dog', 1, 2],
    ]);
  });
});

describe.skipIf(!isShared('data', 'rater_classics'))('the published sets of ratings', () => {
  const file = (...path: string[]) => readFileSync(shared('data', ...path));

  it('are 19 295 ratings of 3 859 teeth', () => {
    const path = 'caries_espeland_handelman_1989_patterns.csv';
    const plan = readRatings(file('rater_classics', path), { ...DEFAULTS, path, layout: 'patterns' });
    expect([plan.images.length, plan.annotations.length]).toEqual([3_859, 19_295]);
  });

  it('are 180 diagnoses of 30 patients by nobody in particular', () => {
    const path = 'fleiss1971_psychiatric_diagnoses.csv';
    const plan = readRatings(file('rater_classics', path), {
      ...DEFAULTS,
      path,
      layout: 'wide',
      unnamed: true,
      mapping: mapping({ image: 'subject' }),
    });
    expect(plan.annotations.reduce((sum, { votes = 1 }) => sum + votes, 0)).toBe(180);
  });

  it('are 511 000 labels of 10 000 images of CIFAR-10, as counts', () => {
    const path = 'cifar10h-counts.npy';
    const plan = readRatings(file('cifar10h', path), { ...DEFAULTS, path, annotator: 'crowd' });
    expect(plan.images).toHaveLength(10_000);
    expect(plan.annotations.reduce((sum, { votes = 1 }) => sum + votes, 0)).toBe(511_000);
    expect(plan.refused).toEqual([]);
  });
});
