/** What `holotype import` reads. */
export const IMPORT_FORMATS = [
  'images',
  'table',
  'ratings',
  'masks',
  'voc',
  'coco',
  'cvat',
  'label-studio',
  'yolo',
  'labelme',
  'camtrap-dp',
] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** Formats that are a folder; every other one is one file. */
export const FOLDER_FORMATS: readonly ImportFormat[] = [
  'images',
  'masks',
  'voc',
  'yolo',
  'labelme',
  'camtrap-dp',
];
