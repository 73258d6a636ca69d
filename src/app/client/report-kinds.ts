/** The reports, in the order in which they are printed. */
export const REPORT_KINDS = [
  'selection',
  'measurement',
  'association',
  'attrition',
  'split',
  'agreement',
  'shapes',
  'raters',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
