import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { columnMapping } from '../../src/interchange/column-mapping.ts';
import { readTable } from '../../src/interchange/table.codec.ts';

const DATA = join(process.env.HOLOTYPE_SHARED ?? join(process.cwd(), '../shared'), 'data');

const read = (text: string, mapping = '', options = {}) =>
  readTable(text, { annotator: 'crew', mapping: columnMapping(mapping), ...options });
const faults = ({ refused }: ReturnType<typeof read>) =>
  refused.map(({ where, field, code }) => [where, field, code]);

describe('readTable', () => {
  it('takes known columns for what they say and every other one for a declared factor', () => {
    const plan = read('image,site,label,soil,part\na.png,north,weed,clay,train\nb.png,,crop,,\n');
    expect(plan.images).toEqual([{ name: 'a.png' }, { name: 'b.png' }]);
    expect(plan.acquisition).toEqual([
      {
        image: 'a.png',
        row: 2,
        columns: [
          { name: 'site', value: 'north' },
          { name: 'soil', value: 'clay' },
        ],
      },
    ]);
    expect(plan.factors).toEqual([{ name: 'soil', kind: 'NOMINAL' }]);
    expect(plan.parts).toEqual([{ image: 'a.png', part: 'train' }]);
    expect(plan.classes).toEqual(['weed', 'crop']);
    expect(plan.annotations).toMatchObject([
      { image: 'a.png', annotator: 'crew', kind: 'CLASS', label: 'weed', geometry: null },
      { image: 'b.png', annotator: 'crew', kind: 'CLASS', label: 'crop', geometry: null },
    ]);
  });

  it('reads annotator, confidence, seconds and time of an annotation', () => {
    const header = 'image,annotator,label,confidence,seconds,annotatedAt';
    const { annotations } = read(`${header}\na,p-1,x,0.50,12.0,2026-05-04T09:30:00+02:00\n`);
    expect(annotations[0]).toMatchObject({
      annotator: 'p-1',
      confidence: '0.5',
      seconds: '12',
      annotatedAt: '2026-05-04T07:30:00Z',
    });
  });

  it.each([
    ['image,value\na,1.50', { kind: 'VALUE', attribute: null, value: '1.5' }],
    ['image,value\na,tall', { kind: 'ATTRIBUTE', attribute: 'value', value: 'tall' }],
    ['image,attribute,value\na,height,1.50', { kind: 'ATTRIBUTE', attribute: 'height', value: '1.50' }],
  ])('makes of %j the right kind of statement', (text, statement) => {
    expect(read(text).annotations).toMatchObject([{ ...statement, label: null }]);
  });

  it('names a value after the column mapped to it', () => {
    const { annotations } = read('image,tips\na,14', 'value=tips');
    expect(annotations).toMatchObject([{ kind: 'VALUE', attribute: 'tips', value: '14' }]);
  });

  it('takes a label repeated in a row for each attribute once, and the seconds once a row', () => {
    const text =
      'image,label,attribute,value,seconds\na,weed,height,3,\na,weed,colour,red,\nb,weed,height,2,9';
    const { annotations, notes } = read(text);
    expect(annotations.map(({ image, kind, seconds }) => [image, kind, seconds])).toEqual([
      ['a', 'CLASS', null],
      ['a', 'ATTRIBUTE', null],
      ['a', 'ATTRIBUTE', null],
      ['b', 'CLASS', '9'],
      ['b', 'ATTRIBUTE', null],
    ]);
    expect(notes).toMatchObject([{ where: 'column label' }]);
  });

  it('keeps every annotator of an image', () => {
    const { images, annotations, refused } = read('image,annotator,label,site\na,p,x,n\na,q,y,n\na,r,x,\n');
    expect(images).toHaveLength(1);
    expect(refused).toEqual([]);
    expect(annotations.map(({ annotator, label }) => [annotator, label])).toEqual([
      ['p', 'x'],
      ['q', 'y'],
      ['r', 'x'],
    ]);
  });

  it('refuses a row that disagrees with another on the image itself, naming both', () => {
    const plan = read('image,annotator,label,site\na,p,x,\na,q,y,north\na,r,x,south\n');
    expect(faults(plan)).toEqual([['row 4', 'site', 'INVALID_VALUE']]);
    expect(plan.refused[0]?.message).toContain('"north" in row 3');
    expect(plan.annotations).toHaveLength(2);
    expect(plan.acquisition[0]?.columns).toEqual([{ name: 'site', value: 'north' }]);
  });

  it('refuses the same statement made twice, naming the first', () => {
    const plan = read('image,annotator,label\na,p,x\na,q,x\n a ,p,x\n');
    expect(faults(plan)).toEqual([['row 4', null, 'DUPLICATE_ROW']]);
    expect(plan.refused[0]?.message).toContain('row 2');
  });

  it.each([
    ['an empty image cell', 'image,label\n,x', 'image', 'INVALID_VALUE'],
    ['too few cells', 'image,label\na', null, 'MALFORMED_FILE'],
    ['too many cells', 'image,label\na,x,y', null, 'MALFORMED_FILE'],
    ['a confidence above 1', 'image,label,confidence\na,x,1.5', 'confidence', 'INVALID_VALUE'],
    ['negative seconds', 'image,label,seconds\na,x,-1', 'seconds', 'INVALID_VALUE'],
    ['seconds of no number', 'image,label,seconds\na,x,NaN', 'seconds', 'INVALID_VALUE'],
    ['a time without zone', 'image,label,annotatedAt\na,x,2026-05-04 09:30', 'annotatedAt', 'INVALID_VALUE'],
    ['an attribute without value', 'image,attribute,value\na,x,', 'value', 'INVALID_VALUE'],
    ['a digest cut short', 'image,sha256\na,abc', 'sha256', 'INVALID_VALUE'],
    ['a size of 0', 'image,size\na,0', 'size', 'INVALID_VALUE'],
    ['a fractional width', 'image,width\na,1.5', 'width', 'INVALID_VALUE'],
    ['a cell that cannot be stored', 'image,label\na,x\0', 'label', 'INVALID_VALUE'],
  ])('refuses a row of %s and takes nothing of it', (_, text, field, code) => {
    const plan = read(text);
    expect(faults(plan)).toEqual([['row 2', field, code]]);
    expect([plan.images, plan.annotations, plan.acquisition]).toEqual([[], [], []]);
  });

  it('registers by reference', () => {
    const digest = 'ab'.repeat(32);
    const header = 'image,address,sha256,size,width,height,mediaType';
    const { images } = read(`${header}\na,s3://b/a.tif,sha256:${digest.toUpperCase()},10,4,3,image/tiff`);
    expect(images).toEqual([
      { name: 'a', address: 's3://b/a.tif', digest, size: 10, width: 4, height: 3, mediaType: 'image/tiff' },
    ]);
  });

  it('reads quotes, CRLF, a BOM and empty lines, and counts rows as a spreadsheet does', () => {
    const plan = read('\uFEFF"image","note"\r\n"a,1.png","say ""hi""\nthere"\r\n\r\n,x\r\n');
    expect(plan.images).toEqual([{ name: 'a,1.png' }]);
    expect(plan.acquisition[0]?.columns).toEqual([{ name: 'note', value: 'say "hi"\nthere' }]);
    expect(plan.refused.map(({ where }) => where)).toEqual(['row 4']);
  });

  it.each([
    ['image;label\na;x,y', 'labels.csv', 'CSV'],
    ['image\tlabel\na\tx,y', 'labels.csv', 'TSV'],
    ['image\tlabel\na\tx,y', 'labels.tsv', 'TSV'],
    ['"im,age"|image|label\n1|a|x,y', 'labels.txt', 'CSV'],
  ])('finds the delimiter of %j', (text, path, format) => {
    const plan = read(text, '', { path });
    expect(plan.source.format).toBe(format);
    expect(plan.classes).toEqual(['x,y']);
  });

  it('takes unnamed columns for nothing, and notes what they held', () => {
    const plan = read('image,label,,\na,x,y,\nb,x\n');
    expect(plan.refused).toEqual([]);
    expect(plan.notes).toEqual([{ where: 'column 3', message: expect.stringContaining('1 rows') }]);
  });

  it('sets a column aside whose name is mapped to another', () => {
    const plan = read('image,filename,label\n1,a.png,x', 'image=filename');
    expect(plan.images).toEqual([{ name: 'a.png' }]);
    expect(plan.notes).toMatchObject([{ where: 'column image' }]);
  });

  it('renames a factor by the mapping', () => {
    expect(read('image,Soil Type\na,clay', 'soil=Soil Type').factors).toEqual([
      { name: 'soil', kind: 'NOMINAL' },
    ]);
  });

  it('names the nearest column to one that is not there', () => {
    expect(() => read('Filename,Label\na,x', 'image=filname')).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_COLUMN',
        message: expect.stringContaining('is it "Filename"?'),
      }),
    );
    expect(() => read('Images,Label\na,x')).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_COLUMN',
        message: expect.stringContaining('--map image=COLUMN'),
      }),
    );
  });

  it.each([
    ['two columns of one name', 'image,a,a\nx,1,2'],
    ['a quote that is not closed', 'image,a\n"x,1'],
    ['text after a closing quote', 'image,a\n"x"y,1'],
    ['no rows at all', ''],
  ])('refuses a table of %s as MALFORMED_FILE', (_, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'MALFORMED_FILE' }));
  });
});

describe('columnMapping', () => {
  it('reads FIELD=COLUMN pairs, with spaces and further signs in the column', () => {
    expect([...columnMapping('image=Image Index, label=a=b')]).toEqual([
      ['image', 'Image Index'],
      ['label', 'a=b'],
    ]);
  });

  it.each(['image', '=x', 'image=', 'image=a,image=b'])('refuses %s', (text) => {
    expect(() => columnMapping(text)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
});

describe.skipIf(!existsSync(DATA))(
  'readTable on real tables (skipped where the shared data are absent)',
  () => {
    it('reads the DeepWeeds labels', () => {
      const text = readFileSync(join(DATA, 'deepweeds_labels/labels.csv'), 'utf8');
      const plan = read(text, 'image=Filename,label=Species');
      expect(plan.refused).toEqual([]);
      expect(plan.images).toHaveLength(17509);
      expect(plan.classes).toHaveLength(9);
      expect(plan.annotations.filter(({ label }) => label === 'Negative')).toHaveLength(9106);
    });

    it('reads the first rows of the NIH image table, whose header holds commas', () => {
      const text = gunzipSync(
        readFileSync(join(DATA, 'nih_cxr14_metadata/Data_Entry_2017_v2020.csv.gz')),
      ).toString();
      const head = text.split('\n').slice(0, 1001).join('\n');
      const plan = read(head, 'image=Image Index,subject=Patient ID,label=Finding Labels,view=View Position');
      expect(plan.refused).toEqual([]);
      expect(plan.images).toHaveLength(1000);
      expect(plan.acquisition[0]?.columns.slice(0, 3)).toEqual([
        { name: 'Follow-up #', value: '0' },
        { name: 'subject', value: '1' },
        { name: 'Patient Age', value: '57' },
      ]);
      expect(plan.factors.find(({ name }) => name === 'Patient Gender')?.kind).toBe('NOMINAL');
    });

    it('reads the NIH boxes, whose header has three empty names that the rows lack', () => {
      const text = gunzipSync(
        readFileSync(join(DATA, 'nih_cxr14_metadata/BBox_List_2017.csv.gz')),
      ).toString();
      const plan = read(text, 'image=Image Index,label=Finding Label');
      expect(plan.images.length).toBe(880);
      expect(plan.annotations.length + plan.refused.length).toBe(984);
      // Its box columns are factors of the image here, on which a second finding's row disagrees.
      expect(new Set(plan.refused.map(({ code }) => code))).toEqual(new Set(['INVALID_VALUE']));
    });

    it('reads the COVID-19 metadata with its padded and its unnamed column', () => {
      const text = readFileSync(join(DATA, 'covid_cxr_metadata/metadata.csv'), 'utf8');
      const plan = read(text, 'image=filename,subject=patientid,label=finding');
      expect(plan.images).toHaveLength(279);
      expect(plan.annotations.filter(({ label }) => label === 'COVID-19')).toHaveLength(213);
      expect(plan.factors.map(({ name }) => name)).toContain('url');
      expect(plan.notes).toMatchObject([{ where: 'column 27' }]);
    });
  },
);
