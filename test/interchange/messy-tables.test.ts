import { describe, expect, it } from 'vitest';
import { planDuplicatePairs } from '../../src/interchange/plan-duplicate-pairs.ts';
import { readTable, tableRows } from '../../src/interchange/table.codec.ts';
import type { TableReading } from '../../src/interchange/table-reading.ts';

const read = (text: string, reading: TableReading = {}) => readTable(text, { annotator: 'crew', ...reading });
const map = (object: Record<string, string>) => new Map(Object.entries(object));

describe('a cell of several labels', () => {
  const labels = (text: string, labelSeparator: string | null) =>
    read(text, { labelSeparator }).annotations.map(({ image, label, annotator }) => [
      image,
      label,
      annotator,
    ]);

  it('is one statement for each of them, of the same rater', () => {
    expect(labels('image,label\na,Oedema | Mass\nb,No Finding', '|')).toEqual([
      ['a', 'Oedema', 'crew'],
      ['a', 'Mass', 'crew'],
      ['b', 'No Finding', 'crew'],
    ]);
  });

  it('says each label once, and nothing between two separators', () => {
    expect(labels('image,label\na,x||x|', '|')).toEqual([['a', 'x', 'crew']]);
    expect(labels('image,label\na,||', '|')).toEqual([]);
  });

  it('is one label where no separator was given', () => {
    expect(labels('image,label\na,x|y', null)).toEqual([['a', 'x|y', 'crew']]);
  });

  it('carries the seconds of its row once', () => {
    const { annotations } = read('image,label,seconds\na,x|y,9', { labelSeparator: '|' });
    expect(annotations.map(({ seconds }) => seconds)).toEqual(['9', null]);
  });
});

describe('a value that is none of its field', () => {
  it.each(['January 22, 2020', '03/16/20', '2020', 'May 2020', '2020-02-30'])(
    'is left out, named by row, column, value and rule, and its image is taken: %s',
    (date) => {
      const plan = read(`Name,When,site\na,"${date}",north\nb,2020-01-22,south`, {
        mapping: map({ image: 'Name', capturedAt: 'When' }),
      });
      expect(plan.images.map(({ name }) => name)).toEqual(['a', 'b']);
      expect(plan.acquisition.map(({ columns }) => columns)).toEqual([
        [{ name: 'site', value: 'north' }],
        [
          { name: 'capturedAt', value: '2020-01-22' },
          { name: 'site', value: 'south' },
        ],
      ]);
      expect(plan.refused).toEqual([
        {
          where: 'row 2',
          field: 'capturedAt',
          code: 'INVALID_VALUE',
          message: expect.stringContaining('ISO 8601'),
        },
      ]);
      expect(plan.refused[0]!.message).toContain(`When: "${date}"`);
    },
  );

  it('is left out where it should be a number', () => {
    const plan = read('image,angle\na,steep\nb,30');
    expect(plan.refused).toMatchObject([
      { where: 'row 2', field: 'angle', message: expect.stringContaining('steep') },
    ]);
    expect(plan.acquisition).toMatchObject([{ image: 'b', columns: [{ name: 'angle', value: '30' }] }]);
  });

  it('does not make two rows of an image disagree', () => {
    const plan = read('image,annotator,label,capturedAt\na,p,x,2020\na,q,y,2020-01-22');
    expect(plan.annotations).toHaveLength(2);
    expect(plan.acquisition[0]!.columns).toEqual([{ name: 'capturedAt', value: '2020-01-22' }]);
  });

  it('is kept as text in a column that nobody called a date', () => {
    const plan = read('image,when\na,2020\nb,May 2020');
    expect([plan.refused, plan.factors]).toEqual([[], [{ name: 'when', kind: 'NOMINAL' }]]);
  });
});

describe('a table whose columns are not the fields', () => {
  it('gives fields made of its columns, and the same text for every row', () => {
    const plan = read('ID,When\n7,2020-05-04 10:31\n8,', {
      set: map({ image: 'test/{ID}', minute: '{When~^.{16}}', fold: 'test' }),
      leaveOut: ['When', 'ID'],
    });
    expect(plan.acquisition).toEqual([
      {
        image: 'test/7',
        row: 2,
        columns: [
          { name: 'minute', value: '2020-05-04 10:31' },
          { name: 'fold', value: 'test' },
        ],
      },
      { image: 'test/8', row: 3, columns: [{ name: 'fold', value: 'test' }] },
    ]);
    expect(plan.factors.map(({ name }) => name)).toEqual(['minute', 'fold']);
  });

  it('lets a column be left out and its name be set anew, but not held twice', () => {
    const set = map({ image: 'x/{image}' });
    expect(read('image\na', { set, leaveOut: ['image'] }).images).toEqual([{ name: 'x/a' }]);
    expect(() => read('image\na', { set })).toThrow(expect.objectContaining({ code: 'MALFORMED_FILE' }));
  });

  it('refuses to leave out a column that is not there', () => {
    expect(() => read('image,notes\na,x', { leaveOut: ['note'] })).toThrow(/is it "notes"\?/);
  });

  it('names the image that a row at fault would have brought', () => {
    const { refused } = read('image,width\na,0\n,1\nb,2,3');
    expect(refused.map(({ where, image }) => [where, image])).toEqual([
      ['row 2', 'a'],
      ['row 3', undefined],
      ['row 4', 'b'],
    ]);
  });
});

describe('a table of duplicates', () => {
  const pairs = (text: string, reading: Pick<TableReading, 'mapping' | 'set'> = {}) =>
    planDuplicatePairs(tableRows(text, 'pairs.csv'), reading);

  it('judges by word, or by the numbers of the published lists', () => {
    expect(pairs('first,second,judgement\na,b,exact\nc,d,Near\ne,f,2').pairs).toEqual([
      { first: 'a', second: 'b', judgement: 'EXACT', row: 2 },
      { first: 'c', second: 'd', judgement: 'NEAR', row: 3 },
      { first: 'e', second: 'f', judgement: 'SIMILAR', row: 4 },
    ]);
  });

  it('names images by templates and columns of other names', () => {
    const reading = {
      mapping: map({ judgement: 'Judgment' }),
      set: map({ first: 'test/{TestID}', second: 'train/{TrainID}' }),
    };
    expect(pairs('TestID,TrainID,Distance,Judgment\n1,2,0.1,0', reading).pairs).toMatchObject([
      { first: 'test/1', second: 'train/2', judgement: 'EXACT' },
    ]);
  });

  it('refuses a row that names no image or judges in other words, and takes the others', () => {
    const { pairs: taken, refused } = pairs('first,second,judgement\n,b,exact\na,b,perhaps\na,b,near\n');
    expect(taken).toHaveLength(1);
    expect(refused.map(({ where, field }) => [where, field])).toEqual([
      ['row 2', 'first'],
      ['row 3', 'judgement'],
    ]);
  });

  it('is refused without its columns, with the nearest name', () => {
    expect(() => pairs('first,second,judgment\na,b,near')).toThrow(/is it "judgment"\?/);
  });
});
