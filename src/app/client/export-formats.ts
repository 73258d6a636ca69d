import type { ExportPlan, ExportSource } from '../../interchange/export-plan.ts';

/** Each format's writer, loaded when it is asked for. */
export const EXPORT_FORMATS = {
  coco: async (source: ExportSource) => (await import('../../interchange/write-coco.ts')).writeCoco(source),
  cvat: async (source: ExportSource) => (await import('../../interchange/write-cvat.ts')).writeCvat(source),
  labelme: async (source: ExportSource) => (await import('./export-labelme.ts')).exportLabelMe(source),
  'label-studio': async (source: ExportSource) =>
    (await import('../../interchange/write-label-studio.ts')).writeLabelStudio(source),
  masks: async (source: ExportSource) => (await import('./export-masks.ts')).exportMasks(source),
  ratings: async (source: ExportSource) =>
    (await import('../../interchange/write-ratings.ts')).writeRatings(source),
  voc: async (source: ExportSource) =>
    (await import('../../interchange/write-pascal-voc.ts')).writePascalVoc(source),
  yolo: async (source: ExportSource) => (await import('../../interchange/yolo.codec.ts')).writeYolo(source),
} satisfies Record<string, (source: ExportSource) => Promise<ExportPlan>>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
