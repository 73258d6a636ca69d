import { DomainError } from '../kernel/errors.ts';
import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import { partPath, partsOf, pathName, splitFolder, splitsOf } from './part-paths.ts';
import type { MadeFile, Selection } from './rendering.ts';

type Node = Readonly<Record<string, unknown>>;

/** What Croissant calls the roles of parts; others have none. */
const ROLES: Readonly<Record<string, string>> = {
  train: 'cr:TrainingSplit',
  validation: 'cr:ValidationSplit',
  val: 'cr:ValidationSplit',
  test: 'cr:TestSplit',
};

/** The loader knows these media types of files; over HTTP the registered ones are served. */
const ENCODINGS: readonly (readonly [string, string])[] = [
  ['.parquet', 'application/x-parquet'],
  ['.tar', 'application/x-tar'],
  ['.csv', 'text/csv'],
];

export interface CroissantInput {
  readonly header: SnapshotHeader;
  /** Of the files, without a slash at its end. */
  readonly address: string;
  readonly files: readonly MadeFile[];
  /** Of the images with bytes. */
  readonly mediaTypes: readonly string[];
}

/** `distribution`: every file with its hash, and the images in each tar. */
export function distribution({ header, address, files, mediaTypes }: CroissantInput): Node[] {
  const objects = files.map(({ path, digest, size }) => ({
    '@type': 'cr:FileObject',
    '@id': path,
    name: path,
    contentUrl: `${address}/${path}`,
    contentSize: String(size),
    encodingFormat: ENCODINGS.find(([ending]) => path.endsWith(ending))?.[1],
    sha256: digest,
  }));
  const sets = imageTars(header, files).map(({ path }) => ({
    '@type': 'cr:FileSet',
    '@id': imagesIn(path),
    containedIn: { '@id': path },
    encodingFormat: mediaTypes.length === 1 ? mediaTypes[0] : mediaTypes,
    includes: '*/*',
  }));
  return [...objects, ...sets];
}

/** `recordSet`: the parts, the classes, a table of images for each part, the images by themselves, and every statement. */
export function recordSets(input: CroissantInput): Node[] {
  const { header, files } = input;
  const paths = new Set(files.map(({ path }) => path));
  const parts = partsOf(header);
  return [
    ...(parts[0]!.split === null ? [] : [splitsRecords(header, parts)]),
    ...(header.classes.length > 0 ? [classRecords(header)] : []),
    ...parts.map((part) => partRecords(input, part, paths)),
    ...imageTars(header, files).map(({ split, path }) => imageRecords(header, split, path)),
    ...(paths.has('annotations.csv') ? [statementRecords()] : []),
  ];
}

/** The tars of images that there are, by split. */
function imageTars(header: SnapshotHeader, files: readonly MadeFile[]) {
  return splitsOf(header)
    .map((split) => ({ split, path: `${splitFolder(header, split)}images.tar` }))
    .filter(({ path }) => header.images.bytes > 0 && files.some((file) => file.path === path));
}

const imagesIn = (tar: string) => `${tar}/images`;

function splitsRecords(header: SnapshotHeader, parts: readonly Selection[]): Node {
  return {
    ...recordSet('splits', 'The parts of the frozen splits.', ['name']),
    dataType: 'cr:Split',
    field: [field('splits/name', 'sc:Text'), field('splits/url', 'sc:URL')],
    data: parts.map((part) => ({
      'splits/name': partPath(header, part),
      'splits/url': ROLES[part.part] ?? 'cr:Split',
    })),
  };
}

function classRecords({ classes }: SnapshotHeader): Node {
  return {
    ...recordSet('classes', 'The classes, in the order of the label schema: the numbers of labels.', ['id']),
    dataType: 'sc:Enumeration',
    field: [field('classes/id', 'sc:Integer'), field('classes/name', 'sc:Text')],
    data: classes.map(({ name }, id) => ({ 'classes/id': id, 'classes/name': name })),
  };
}

/** One record an image, from the Parquet file of the part. */
function partRecords({ header }: CroissantInput, part: Selection, paths: ReadonlySet<string>): Node {
  const path = partPath(header, part);
  const parquet = `${path}.parquet`;
  if (!paths.has(parquet)) throw new DomainError('INTERNAL', `${parquet} was not made.`);
  const id = isTaken(header, path, paths) ? `part/${path}` : path;
  const column = (name: string, dataType: DataType, more: Node = {}, jsonPath?: string): Node => ({
    ...field(`${id}/${name}`, dataType),
    source: {
      fileObject: { '@id': parquet },
      extract: { column: more.column ?? name },
      ...(more.format === undefined ? {} : { format: more.format }),
      ...(jsonPath === undefined ? {} : { transform: { jsonPath } }),
    },
    ...without(more, 'column', 'format'),
  });
  const list = { isArray: true, arrayShape: '-1' };
  const member = (list: string, name: string, dataType: DataType, more: Node = {}) =>
    column(`${list}/${name}`, dataType, { column: list, ...more }, name);
  const source = { equivalentProperty: 'prov:wasAttributedTo' };
  return {
    ...recordSet(id, `Images of ${path}, one record each.`, ['image_id']),
    field: [
      column('image_id', 'sc:Text'),
      ...(header.images.bytes > 0 ? [column('image', 'sc:ImageObject', {}, 'bytes')] : []),
      column('sha256', 'sc:Text'),
      column('width', 'sc:Integer'),
      column('height', 'sc:Integer'),
      column('label', ['sc:Integer', 'cr:Label'], {
        description: 'What most people said; null where they tie or nobody said anything.',
      }),
      column('label_source', 'sc:Text', { description: 'Whose word the label is.' }),
      column('soft', 'sc:Float', {
        ...list,
        description: 'The share of those who labelled the image, by class in order.',
      }),
      {
        ...field(`${id}/labels`, 'cr:Label'),
        description: 'The class by every rater.',
        ...list,
        subField: [member('labels', 'annotator', 'sc:Text', source), member('labels', 'label', 'sc:Integer')],
      },
      column('bbox', ['sc:Float', 'cr:BoundingBox'], { column: 'objects', ...BOXES }, 'bbox'),
      column('category', ['sc:Integer', 'cr:Label'], { column: 'objects', ...list }, 'category'),
      column('marked_by', 'sc:Text', { column: 'objects', ...list, ...source }, 'annotator'),
    ],
  };
}

const BOXES = {
  format: 'XYWH',
  isArray: true,
  arrayShape: '-1,4',
  description: 'x, y, width, height in pixels.',
};

/** Names that other record sets and files have. */
function isTaken(header: SnapshotHeader, name: string, paths: ReadonlySet<string>): boolean {
  const images = splitsOf(header).map((split) => imagesOf(header, split));
  return paths.has(name) || ['splits', 'classes', 'annotations', ...images].includes(name);
}

const imagesOf = (header: SnapshotHeader, split: string | null) => `${splitFolder(header, split)}images`;

/** One record an image, from a tar; `images/split` can be filtered by. */
function imageRecords(header: SnapshotHeader, split: string | null, tar: string): Node {
  const id = imagesOf(header, split);
  const from = (fileProperty: string, regex?: string) => ({
    source: {
      fileSet: { '@id': imagesIn(tar) },
      extract: { fileProperty },
      ...(regex === undefined ? {} : { transform: { regex } }),
    },
  });
  const prefix = split === null ? '' : ` of ${pathName(split)}`;
  return {
    ...recordSet(id, `The images${prefix} as they came; filter by ${id}/split.`, ['image_id']),
    field: [
      { ...field(`${id}/image_id`, 'sc:Text'), ...from('filename', '^([0-9a-f]{32})\\.') },
      { ...field(`${id}/split`, 'sc:Text'), ...from('fullpath', '^([^/]+)/.*$') },
      { ...field(`${id}/image`, 'sc:ImageObject'), ...from('content') },
    ],
  };
}

function statementRecords(): Node {
  const column = (name: string, dataType: DataType, more: Node = {}) => ({
    ...field(`annotations/${name}`, dataType),
    source: { fileObject: { '@id': 'annotations.csv' }, extract: { column: name } },
    ...more,
  });
  return {
    ...recordSet('annotations', 'Every statement of every rater, one record each.', ['id']),
    field: [
      column('id', 'sc:Text'),
      column('image_id', 'sc:Text'),
      column('annotator', 'sc:Text', { equivalentProperty: 'prov:wasAttributedTo' }),
      column('kind', 'sc:Text'),
      column('label', ['sc:Text', 'cr:Label']),
    ],
  };
}

type DataType = string | readonly string[];

function recordSet(id: string, description: string, key: readonly string[]): Node {
  const keys = key.map((name) => ({ '@id': `${id}/${name}` }));
  return {
    '@type': 'cr:RecordSet',
    '@id': id,
    name: id,
    description,
    key: keys.length === 1 ? keys[0] : keys,
  };
}

function field(id: string, dataType: DataType): Node {
  return { '@type': 'cr:Field', '@id': id, name: id.slice(id.lastIndexOf('/') + 1), dataType };
}

function without(node: Node, ...names: readonly string[]): Node {
  return Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)));
}
