import { describe, expect, it } from 'vitest';
import { annotationDocument } from '../../src/snapshots/annotation-document.ts';
import { type MetadataEntry, metadataDocument } from '../../src/snapshots/metadata-document.ts';
import {
  type HeaderContent,
  parseSnapshotHeader,
  snapshotHeader,
} from '../../src/snapshots/snapshot-header.ts';
import { statement } from './snapshot-fixture.ts';

const IMAGE = 'a'.repeat(32);
const refusal = (code: string) => expect.objectContaining({ code });

describe('an annotation document', () => {
  it('keeps every rater, in the order of the ids, and leaves out what is unknown', () => {
    const both = [
      statement(IMAGE, { annotator: 'one', label: 'x' }),
      statement(IMAGE, { annotator: 'two', label: 'y' }),
    ];
    const document = JSON.parse(annotationDocument(IMAGE, both));
    expect(document.annotations).toHaveLength(2);
    expect(document.annotations[0].id < document.annotations[1].id).toBe(true);
    expect(Object.keys(document.annotations[0])).not.toContain('seconds');
    expect(document).not.toHaveProperty('salt');
  });

  it('writes decimals in their one form and attributes in the order of their names', () => {
    const annotation = {
      ...statement(IMAGE, { annotator: 'one', label: 'x' }),
      confidence: 0.5,
      seconds: '12.50',
      attributes: [
        { name: 'größe', value: '2' },
        { name: 'difficult', value: '1' },
      ],
    };
    const [written] = JSON.parse(annotationDocument(IMAGE, [annotation])).annotations;
    expect(written).toMatchObject({ confidence: '0.5', seconds: '12.5' });
    expect(written.attributes.map(({ name }: { name: string }) => name)).toEqual(['difficult', 'größe']);
  });

  it('refuses an id twice, and one that is not of the format', () => {
    const one = statement(IMAGE, { annotator: 'one', label: 'x' });
    expect(() => annotationDocument(IMAGE, [one, one])).toThrow(refusal('INVALID_VALUE'));
    expect(() => annotationDocument(IMAGE, [{ ...one, id: '6f1c0f0e-1111-4222-8333-944455556666' }])).toThrow(
      refusal('INVALID_VALUE'),
    );
  });
});

describe('a metadata document', () => {
  const entry: MetadataEntry = {
    ...{
      image: IMAGE,
      name: 'a.png',
      address: null,
      width: 4,
      height: 3,
      orientation: 6,
      bitDepth: 8,
      channels: 3,
    },
    ...{
      pages: 1,
      mediaType: 'image/png',
      acquisition: { site: { value: 'N', source: 'table' } },
      factors: { 温度: '21.5' },
    },
  };

  it('names factors in any script', () => {
    expect(metadataDocument(entry, 'NONE')).toBe(
      `{"acquisition":{"site":{"source":"table","value":"N"}},"bitDepth":8,"channels":3,"factors":[{"name":"温度","value":"21.5"}],` +
        `"height":3,"image":"${IMAGE}","mediaType":"image/png","name":"a.png","orientation":6,"pages":1,"width":4}`,
    );
  });

  it('refuses restricted fields', () => {
    const acquisition = { ...entry.acquisition, deviceSerial: { value: '1', source: 'EXIF' } };
    expect(() => metadataDocument({ ...entry, acquisition }, 'NONE')).toThrow(refusal('INVALID_VALUE'));
  });

  it('of a personal dataset has a salt and no name, and is refused without the salt', () => {
    const document = JSON.parse(metadataDocument({ ...entry, salt: 'f'.repeat(32) }, 'PERSONAL'));
    expect(document).toMatchObject({ salt: 'f'.repeat(32) });
    expect(document).not.toHaveProperty('name');
    expect(() => metadataDocument(entry, 'PERSONAL')).toThrow(refusal('INVALID_VALUE'));
  });
});

describe('a snapshot header', () => {
  const content: HeaderContent = {
    ...{
      classes: [{ name: 'z' }, { name: 'a' }],
      dataset: 'leaves',
      factors: [],
      license: null,
      parent: null,
    },
    ...{
      images: { bytes: 2, reference: 1 },
      root: 'a'.repeat(64),
      sensitivity: 'NONE',
      size: 3,
      title: 'Leaves',
      unit: 'subject',
    },
    splits: {
      cv: {
        digest: `sha256:${'b'.repeat(64)}`,
        strategy: 'GROUPED',
        seed: '7',
        counts: { 'Größe: 2': 1, a: 2 },
      },
    },
  };

  it('keeps the order of the classes and names parts in any script', () => {
    const header = parseSnapshotHeader(Buffer.from(snapshotHeader(content)));
    expect(header.classes.map(({ name }) => name)).toEqual(['z', 'a']);
    expect(header.splits.cv?.counts).toEqual([
      { part: 'Größe: 2', images: 1 },
      { part: 'a', images: 2 },
    ]);
  });

  it('holds no time, tag, version or address', () => {
    expect(Object.keys(JSON.parse(snapshotHeader(content)))).toEqual([
      ...[
        'classes',
        'dataset',
        'factors',
        'format',
        'images',
        'license',
        'parent',
        'policy',
        'root',
        'salted',
      ],
      ...['sensitivity', 'size', 'splits', 'title', 'tree', 'unit'],
    ]);
  });

  it.each([
    ['a root that is no hash', { root: 'x' }],
    ['counts that do not add up', { size: 4 }],
    ['a parent that is no digest', { parent: 'v1' }],
    ['a split named with a colon', { splits: { 'a:b': content.splits.cv! } }],
  ])('refuses %s', (_, change) => {
    expect(() => snapshotHeader({ ...content, ...change })).toThrow(refusal('INVALID_VALUE'));
  });

  it.each([
    ['another format', (text: string) => text.replace('image-snapshot:1', 'image-snapshot:2')],
    ['another form', (text: string) => text.replace(':', ': ')],
    ['no JSON', () => 'x'],
    ['null', () => 'null'],
  ])('is not read with %s', (_, change) => {
    expect(() => parseSnapshotHeader(Buffer.from(change(snapshotHeader(content))))).toThrow(
      refusal('MALFORMED_FILE'),
    );
  });
});
