import { describe, expect, it } from 'vitest';
import { readCvat } from '../../src/interchange/cvat.codec.ts';

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
});
