const CR = 'http://mlcommons.org/croissant/';

/** Terms of the Croissant vocabulary that the loader knows by their short names. */
const TERMS = [
  ...[
    'annotation',
    'arrayShape',
    'citeAs',
    'column',
    'containedIn',
    'equivalentProperty',
    'excludes',
    'extract',
  ],
  ...['field', 'fileProperty', 'fileObject', 'fileSet', 'format', 'includes', 'isArray', 'isLiveDataset'],
  ...[
    'jsonPath',
    'key',
    'md5',
    'parentField',
    'path',
    'recordSet',
    'references',
    'regex',
    'readLines',
    'repeated',
  ],
  ...[
    'replace',
    'samplingRate',
    'sdVersion',
    'separator',
    'source',
    'subField',
    'transform',
    'unArchive',
    'value',
  ],
];

/** The `@context` of a Croissant 1.1 document, with https://schema.org/ as mlcroissant wants it. */
export const CROISSANT_CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  sc: 'https://schema.org/',
  cr: CR,
  rai: `${CR}RAI/`,
  dct: 'http://purl.org/dc/terms/',
  prov: 'http://www.w3.org/ns/prov#',
  ...Object.fromEntries(TERMS.map((term) => [term, `cr:${term}`])),
  conformsTo: 'dct:conformsTo',
  data: { '@id': 'cr:data', '@type': '@json' },
  examples: { '@id': 'cr:examples', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
};
