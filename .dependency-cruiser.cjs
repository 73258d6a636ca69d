/**
 * The import rules of the house (ARCHITECTURE.md). `src/` is a sentence: each chapter reads only what stands
 * to its left; inside a chapter the suffix names the role, and a file with no suffix is pure.
 */
const STORY = [
  'governance',
  'catalogue',
  'acquisition',
  'ingestion',
  'annotation',
  'consensus',
  'splits',
  'snapshots',
  'bias',
  'runs',
  'interchange',
  'renderings',
  'stewardship',
];
const CAPABILITY = `^src/(${STORY.join('|')})/`;
const EFFECT = '\\.(tables|store|usecase|loaders|schema|resolver|routes|codec|worker)\\.ts$';
const PURE = { path: ['^src/(kernel|statistics)/', CAPABILITY], pathNot: EFFECT };

/** A shelf may import only the shelves named here, and pure files. */
const shelf = (suffix, ...allowed) => ({
  name: `${suffix}-reads-${allowed.join('+') || 'only-pure-files'}`,
  severity: 'error',
  from: { path: `\\.${suffix}\\.ts$` },
  to: { path: EFFECT, pathNot: allowed.map((name) => `\\.${name}\\.ts$`) },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/app/generate/' },
      to: {},
    },
    ...STORY.slice(0, -1).map((name, index) => ({
      name: `${name}-never-reads-ahead`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: { path: `^src/(${STORY.slice(index + 1).join('|')})/` },
    })),
    shelf('resolver', 'schema', 'usecase', 'loaders'),
    shelf('routes', 'usecase', 'routes'),
    shelf('loaders', 'usecase'),
    shelf('schema', 'schema'),
    shelf('usecase', 'store', 'codec'),
    shelf('store', 'store', 'tables'),
    shelf('tables', 'tables'),
    shelf('codec', 'codec'),
    shelf('worker'),
    {
      name: 'pure-imports-only-pure',
      severity: 'error',
      from: PURE,
      to: { path: ['^src/(app|platform)/', EFFECT] },
    },
    {
      name: 'pure-has-no-packages-and-no-node',
      severity: 'error',
      from: PURE,
      to: { dependencyTypesNot: ['local', 'type-only'], pathNot: ['^src/', '^(node:)?crypto$'] },
    },
    {
      name: 'codecs-know-no-platform',
      comment:
        'A codec is text in, rows out: it may use a parser package, never the disk, the network or the database.',
      severity: 'error',
      from: { path: '\\.codec\\.ts$' },
      to: {
        path: [
          '^src/(app|platform)/',
          '^(node:)?(fs|net|http|child_process|worker_threads)',
          'node_modules/(typeorm|pg|sharp)/',
        ],
      },
    },
    {
      name: 'the-page-is-a-client',
      comment:
        'The page knows the server by its API alone; the server knows the page by its built files alone.',
      severity: 'error',
      from: { path: '^src/page/' },
      to: { path: '^src/', pathNot: '^src/page/' },
    },
    {
      name: 'nobody-reads-the-page',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/page/' },
      to: { path: '^src/page/' },
    },
    {
      name: 'foundations-know-no-capability',
      severity: 'error',
      from: { path: '^src/(kernel|statistics|platform)/' },
      to: { path: [CAPABILITY, '^src/app/'] },
    },
    {
      name: 'kernel-and-statistics-know-no-platform',
      severity: 'error',
      from: { path: '^src/(kernel|statistics)/' },
      to: { path: '^src/platform/' },
    },
    {
      name: 'only-entry-points-import-app',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app/' },
      to: { path: '^src/app/' },
    },
    {
      name: 'typeorm-stays-on-its-shelves',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(platform|app)/', '\\.(tables|store)\\.ts$'] },
      to: { path: 'node_modules/(typeorm|pg|@electric-sql)/' },
    },
    {
      name: 'graphql-stays-on-its-shelves',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/app/', '\\.(schema|resolver)\\.ts$'] },
      to: { path: 'node_modules/(type-graphql|graphql|@apollo)/' },
    },
    {
      name: 'sharp-stays-where-images-are-decoded',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/platform/(image-decoder|image-probe|label-image|grey-png)\\.ts$',
      },
      to: { path: 'node_modules/sharp/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
