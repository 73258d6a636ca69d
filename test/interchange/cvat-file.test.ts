import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCvat } from '../../src/interchange/cvat.codec.ts';
import { isShared, shared } from '../support/shared.ts';

const FILE = `<?xml version="1.0"?><annotations><version>1.1</version>
<meta><job><labels><label><name>leaf</name></label><label><name>lesion</name></label></labels><assignee>p-2</assignee></job></meta>
<image id="0" name="a.png" width="10" height="8">
<box label="lesion" source="manual" xtl="1.50" ytl="2.00" xbr="4.50" ybr="6.25"><attribute name="annotator">p-1</attribute></box>
<tag label="lesion" source="auto"></tag><cuboid label="lesion"></cuboid></image></annotations>`;

describe('A file of CVAT for images', () => {
  it('says who drew a shape, else the assignee, and keeps the order of its labels', () => {
    const plan = readCvat(FILE, { annotator: null });
    expect(plan.annotations.map(({ kind, annotator }) => [kind, annotator])).toEqual([
      ['BOX', 'p-1'],
      ['CLASS', 'p-2'],
    ]);
    expect(plan.classes).toEqual(['leaf', 'lesion']);
    expect(plan.refused.map(({ where }) => where)).toEqual(['image[1] cuboid[1]']);
  });

  it('is refused by image where its size is another, and wholly with tracks or a DOCTYPE', () => {
    const sizes = new Map([['a.png', { width: 8, height: 10 }]]);
    expect(readCvat(FILE, { annotator: null, sizes }).refused[0]?.code).toBe('SIZE_MISMATCH');
    expect(() => readCvat('<annotations><track/></annotations>', { annotator: null })).toThrow(/tracks/);
    expect(() => readCvat(`<!DOCTYPE a>${FILE}`, { annotator: null })).toThrow(/DOCTYPE/);
  });

  it('is refused where a mask lies in an image of a huge stated size, and where the file is too long', () => {
    const mask = '<mask label="a" rle="0, 1" left="0" top="0" width="1" height="1"/>';
    const huge = `<annotations><image name="a.png" width="100000" height="100000">${mask}</image></annotations>`;
    expect(readCvat(huge, { annotator: null }).refused).toMatchObject([
      { field: 'rle', code: 'INVALID_VALUE' },
    ]);
    expect(() => readCvat(' '.repeat(2 ** 27 + 1), { annotator: null })).toThrow(/longer/);
  });

  it('says what a model drew and what is not taken over, and keeps no zeros', () => {
    const shape = '<box label="a" source="auto" occluded="0" z_order="0" xtl="1" ytl="1" xbr="2" ybr="2"/>';
    const plan = readCvat(
      `<annotations><image name="a.png" width="10" height="8">${shape}<star/></image></annotations>`,
      { annotator: null },
    );
    expect(plan.annotations[0]?.attributes).toEqual([{ name: 'source', value: 'auto' }]);
    expect(plan.notes.map(({ message }) => message)).toEqual([
      'Not taken over: star.',
      expect.stringContaining('automatic'),
    ]);
  });

  it.runIf(isShared('examples/annotations/cvat.xml'))('reads the example', () => {
    const text = readFileSync(shared('examples/annotations/cvat.xml'), 'utf8');
    const plan = readCvat(text, { annotator: 'crew' });
    expect(plan.refused).toEqual([]);
    expect(plan.annotations.map(({ kind, annotator, label }) => [kind, annotator, label])).toEqual([
      ['BOX', 'p-1f3a', 'lesion'],
      ['POLYGON', 'crew', 'lesion'],
      ['MASK', 'crew', 'lesion'],
      ['CLASS', 'crew', 'lesion'],
    ]);
  });
});
