const STEP = 5;

/**
 * Of a personal dataset, on how many images and units a figure rests is told in steps of five, rounded down: else two of
 * them, subtracted, are a count of 1 to 4. Goes through all that has both counts, figures and cards.
 */
export function coarseCounts<T>(report: T): T {
  if (Array.isArray(report)) return report.map(coarseCounts) as T;
  if (report === null || typeof report !== 'object') return report;
  const copy: Record<string, unknown> = {};
  const counts = 'imageCount' in report && 'unitCount' in report;
  for (const [name, member] of Object.entries(report)) {
    const isCount = counts && (name === 'imageCount' || name === 'unitCount') && typeof member === 'number';
    copy[name] = isCount ? member - (member % STEP) : coarseCounts(member);
  }
  return copy as T;
}
