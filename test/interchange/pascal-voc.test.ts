import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImageSets } from '../../src/interchange/image-sets.ts';
import { readPascalVoc } from '../../src/interchange/pascal-voc.codec.ts';

const SHARED = process.env.HOLOTYPE_SHARED ?? join(process.cwd(), '../shared');
const BCCD = join(SHARED, 'data/bccd_trainval');
const read = (path: string) => ({ path, text: readFileSync(join(SHARED, path), 'utf8') });

const box = (xmin: string, ymin: string, xmax: string, ymax: string) =>
  `<bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox>`;
const file = (objects: string, head = '<filename>a.jpg</filename>', path = 'a.xml') => ({
  path,
  text: `<annotation>${head}<size><width>100</width><height>50</height><depth>3</depth></size>${objects}</annotation>`,
});
const object = (inner: string, name = 'leaf') => `<object><name>${name}</name>${inner}</object>`;
const plan = (objects: string, options = {}, head?: string) =>
  readPascalVoc([file(objects, head)], { annotator: 'p-1', ...options });

describe('readPascalVoc', () => {
  it('converts 1-based inclusive indices to 0-based edges', () => {
    const { annotations, source } = plan(object(box('2', '3', '5', '7')));
    expect(annotations[0]?.geometry).toEqual({ kind: 'BOX', x: '1', y: '2', width: '4', height: '5' });
    expect(source.frame).toContain('1-based');
  });

  it('takes 0-based edges as they stand', () => {
    const { annotations } = plan(object(box('2', '3', '5', '7')), { origin: 0 });
    expect(annotations[0]?.geometry).toEqual({ kind: 'BOX', x: '2', y: '3', width: '3', height: '4' });
  });

  it('converts floats without floating-point noise', () => {
    const { annotations } = plan(object(box('5.084745762712', '1.1', '7.3', '1.2e1')));
    expect(annotations[0]?.geometry).toEqual({
      kind: 'BOX',
      x: '4.084745762712',
      y: '0.1',
      width: '3.215254237288',
      height: '11.9',
    });
  });

  it.each([
    ['a point', box('5', '5', '5', '5')],
    ['a line', box('5', '5', '5', '9')],
    ['corners exchanged', box('9', '5', '5', '9')],
  ])('refuses %s as DEGENERATE_GEOMETRY, with the file’s own numbers, under either origin', (_, bndbox) => {
    for (const origin of [0, 1]) {
      const { annotations, refused } = plan(object(bndbox), { origin });
      expect(annotations).toEqual([]);
      expect(refused).toEqual([
        {
          where: 'a.xml object[1]',
          field: 'bndbox',
          code: 'DEGENERATE_GEOMETRY',
          message: expect.stringMatching(/\([59],5,5,[59]\)/),
        },
      ]);
    }
  });

  it('refuses one object and keeps the others', () => {
    const objects = object(box('x', '1', '5', '5')) + object(box('1', '1', '5', '5')) + object('');
    const { annotations, refused } = plan(objects);
    expect(annotations).toHaveLength(1);
    expect(refused.map(({ where, field, code }) => [where, field, code])).toEqual([
      ['a.xml object[1]', 'bndbox/xmin', 'INVALID_VALUE'],
      ['a.xml object[3]', 'bndbox', 'MALFORMED_FILE'],
    ]);
  });

  it('takes a file without objects for EMPTY, by its annotator, and one of refused objects for nothing', () => {
    expect(plan('').annotations).toMatchObject([
      { image: 'a.jpg', annotator: 'p-1', kind: 'EMPTY', label: null },
    ]);
    expect(plan(object('')).annotations).toEqual([]);
    const sizes = new Map([['a.jpg', { width: 50, height: 100 }]]);
    expect(plan('', { sizes }).annotations).toEqual([]);
  });

  it('refuses an object without a name', () => {
    const { refused } = plan(`<object>${box('1', '1', '5', '5')}</object>`);
    expect(refused[0]).toMatchObject({ field: 'name', code: 'INVALID_VALUE' });
  });

  it('refuses a box outside of the image, and notes one over its edge', () => {
    const { annotations, refused, notes } = plan(
      object(box('101', '1', '120', '5')) +
        object(box('90', '1', '120', '5')) +
        object(box('0', '1', '9', '5')),
    );
    expect(refused).toMatchObject([{ where: 'a.xml object[1]', code: 'OUTSIDE_IMAGE' }]);
    expect(annotations).toHaveLength(2);
    expect(notes.map(({ where }) => where)).toEqual(['a.xml object[2]', 'a.xml object[3]']);
    expect(notes[1]?.message).toContain('perhaps its origin is 0');
  });

  it('refuses the objects of a file that states another size than the image has', () => {
    const sizes = new Map([['a.jpg', { width: 50, height: 100 }]]);
    const { annotations, refused } = plan(object(box('1', '1', '9', '9')), { sizes });
    expect(annotations).toEqual([]);
    expect(refused).toMatchObject([{ field: 'size', code: 'SIZE_MISMATCH' }]);
    expect(refused[0]?.message).toContain('turned');
  });

  it('carries what is said of an object besides its box', () => {
    const said =
      '<pose>Left</pose><truncated>1</truncated><difficult>0</difficult><occluded>1</occluded><colour>red</colour>';
    const { annotations, notes } = plan(object(said + box('1', '1', '9', '9')));
    expect(annotations[0]?.attributes).toEqual([
      { name: 'difficult', value: '0' },
      { name: 'truncated', value: '1' },
      { name: 'occluded', value: '1' },
      { name: 'pose', value: 'Left' },
    ]);
    expect(notes[0]?.message).toContain('colour');
  });

  it('makes each part an annotation that names its whole', () => {
    const part = `<part><name>head</name>${box('2', '2', '4', '4')}</part>`;
    const { annotations, classes } = plan(object(box('1', '1', '9', '9') + part, 'person'));
    expect(annotations.map(({ label }) => label)).toEqual(['person', 'head']);
    expect(annotations[1]?.attributes).toEqual([
      { name: 'part_of', value: 'person' },
      { name: 'part_of_object', value: '1' },
    ]);
    expect(classes).toEqual(['person', 'head']);
  });

  it('takes the file’s stem for an image it does not name, or the one image of that stem', () => {
    const without = { path: 'x/b.xml', text: '<annotation/>' };
    expect(readPascalVoc([without], { annotator: null }).images).toEqual([{ name: 'b' }]);
    const sizes = new Map([['b.png', { width: 1, height: 1 }]]);
    expect(readPascalVoc([without], { annotator: null, sizes }).images).toEqual([{ name: 'b.png' }]);
  });

  it('takes the annotator from source/annotation, unless that names the challenge', () => {
    const head = (text: string) =>
      `<filename>a.jpg</filename><source><annotation>${text}</annotation><image>flickr</image></source>`;
    const annotators = ['p-7', 'PASCAL VOC2007', 'Unknown'].map(
      (text) => plan(object(box('1', '1', '9', '9')), {}, head(text)).annotations[0]?.annotator,
    );
    expect(annotators).toEqual(['p-7', 'p-1', 'p-1']);
  });

  it('numbers boxes that are stated twice', () => {
    const { annotations } = plan(object(box('1', '1', '9', '9')).repeat(2));
    expect(annotations.map(({ occurrence }) => occurrence)).toEqual([0, 1]);
  });

  it('reads predefined entities and character references, once', () => {
    const { classes } = plan(object(box('1', '1', '9', '9'), 'a &amp;lt; b &#233;&#xE9; &quot;'));
    expect(classes).toEqual(['a &lt; b éé "']);
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><annotation/>'],
    ['tags that do not match', '<annotation><object></annotation>'],
    ['an empty file', ''],
    ['another root', '<html></html>'],
    ['two roots', '<annotation></annotation><annotation></annotation>'],
    ['tags nested without end', `<annotation>${'<a>'.repeat(999)}${'</a>'.repeat(999)}</annotation>`],
    ['a tag that names a prototype', '<annotation><__proto__><x>1</x></__proto__></annotation>'],
    ['more text than an annotation file has', `<annotation>${' '.repeat(9_000_000)}</annotation>`],
  ])('refuses %s as MALFORMED_FILE and reads the other files', (_, text) => {
    const good = file(object(box('1', '1', '9', '9')));
    const { refused, annotations } = readPascalVoc([{ path: 'bad.xml', text }, good], { annotator: null });
    expect(refused).toEqual([
      { where: 'bad.xml', field: null, code: 'MALFORMED_FILE', message: expect.any(String) },
    ]);
    expect(annotations).toHaveLength(1);
  });

  describe.skipIf(!existsSync(BCCD))('on BCCD (skipped where the shared data are absent)', () => {
    const folder = 'data/bccd_trainval/Annotations';
    const files = () =>
      readdirSync(join(SHARED, folder))
        .sort()
        .map((name) => read(`${folder}/${name}`));

    it('keeps 3941 of 3943 boxes and names the two without area', () => {
      const { images, annotations, refused, notes, classes } = readPascalVoc(files(), { annotator: 'crew' });
      expect(images).toHaveLength(292);
      expect(annotations).toHaveLength(3941);
      expect(classes.sort()).toEqual(['Platelets', 'RBC', 'WBC']);
      expect(notes).toEqual([]);
      expect(refused.map(({ where, code, message }) => [where, code, message])).toEqual([
        [
          `${folder}/BloodImage_00338.xml object[13]`,
          'DEGENERATE_GEOMETRY',
          'RBC of "BloodImage_00338.jpg": the box (504,337,504,337) has no area.',
        ],
        [
          `${folder}/BloodImage_00343.xml object[4]`,
          'DEGENERATE_GEOMETRY',
          'RBC of "BloodImage_00343.jpg": the box (181,329,181,329) has no area.',
        ],
      ]);
    });

    it('gives 205 images to train and 87 to val', () => {
      const lists = ['train', 'trainval', 'val'].map((part) =>
        read(`data/bccd_trainval/ImageSets/Main/${part}.txt`),
      );
      const names = readdirSync(join(BCCD, 'JPEGImages'));
      const { parts, refused } = readImageSets(lists, names);
      expect(refused).toEqual([]);
      expect(parts.filter(({ part }) => part === 'train')).toHaveLength(205);
      expect(parts.filter(({ part }) => part === 'val')).toHaveLength(87);
      expect(parts).toHaveLength(292);
    });

    it('reads the example document', () => {
      const { annotations, refused } = readPascalVoc([read('examples/annotations/voc.xml')], {
        annotator: null,
      });
      expect(refused).toEqual([]);
      expect(annotations).toMatchObject([
        {
          image: 'img_000001.png',
          annotator: 'p-1f3a',
          label: 'lesion',
          geometry: { x: '1', y: '2', width: '4' },
        },
      ]);
    });
  });
});

describe('readImageSets', () => {
  const names = ['a.jpg', 'b.jpg', 'c.jpg', 'c.png'];
  const lists = (...files: [string, string][]) =>
    readImageSets(
      files.map(([path, text]) => ({ path, text })),
      names,
    );

  it('refuses an image of no known name, and one of two names', () => {
    const { parts, refused } = lists(['train.txt', 'a\r\nz\r\nc\r\nc.png\r\n']);
    expect(parts).toEqual([
      { image: 'a.jpg', part: 'train' },
      { image: 'c.png', part: 'train' },
    ]);
    expect(refused.map(({ where, code }) => [where, code])).toEqual([
      ['train.txt:2', 'UNKNOWN_IMAGE'],
      ['train.txt:3', 'UNKNOWN_IMAGE'],
    ]);
  });

  it('refuses to put an image in two parts', () => {
    const { parts, refused } = lists(['train.txt', 'a\nb'], ['val.txt', 'b']);
    expect(parts).toHaveLength(2);
    expect(refused).toMatchObject([{ where: 'val.txt:1', code: 'LEAKAGE' }]);
  });

  it('sets lists by class aside, and trainval beside its halves', () => {
    const { parts, notes } = lists(
      ['dog_train.txt', 'a -1\nb  1'],
      ['trainval.txt', 'a\nb'],
      ['train.txt', 'a'],
    );
    expect(parts).toEqual([{ image: 'a.jpg', part: 'train' }]);
    expect(notes.map(({ where }) => where)).toEqual(['dog_train.txt', 'trainval.txt']);
  });
});
