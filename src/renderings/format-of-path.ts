/** Which format writes a path below `/snapshots/{digest}/`; null: none does. */
export function formatOfPath(path: string): string | null {
  return PATHS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

const PATHS: readonly (readonly [RegExp, string])[] = [
  [/\.parquet$/, 'parquet'],
  [/^(images|annotations|consensus)\.csv$/, 'csv'],
  [/^webdataset\/.*\.tar$/, 'webdataset'],
  [/^imagefolder\/.*\.tar$/, 'imagefolder'],
  [/^coco\/.*\.json$/, 'coco'],
  [/(^|\/)images\.tar$/, 'tar'],
  [/(^|\/)yolo\.tar$/, 'yolo'],
  [/(^|\/)voc\.tar$/, 'voc'],
  [/^croissant\.json$/, 'croissant'],
  [/^ro-crate-metadata\.json$/, 'ro-crate'],
  [/^bag\.tar$/, 'bagit'],
  [/^bioimageio\.(yaml|md)$/, 'bioimageio'],
  [/^mlflow\.json$/, 'mlflow'],
  [/^facts\.json$/, 'facts'],
];
