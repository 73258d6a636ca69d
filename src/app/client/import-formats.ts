/** What `holotype import` reads. */
export const IMPORT_FORMATS = ['images', 'table', 'voc', 'coco'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];
