import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Exclusion, type Label, type Photograph, SITES, STAGES } from './greenhouse.ts';

/** The tables beside the images, as comma-separated values with a header. No value of the demo needs quoting. */
export async function writeTables(
  directory: string,
  photographs: readonly Photograph[],
  labels: readonly Label[],
  exclusions: readonly Exclusion[],
): Promise<void> {
  const acquisition = photographs.map((photograph) => ({
    image: photograph.image,
    subject: photograph.plant.subject,
    site: photograph.plant.site,
    device: photograph.device,
    operator: photograph.operator,
    session: `session-${photograph.session + 1}`,
    capturedAt: photograph.capturedAt,
    stage: photograph.stage,
    tray: photograph.tray,
    lamp: photograph.lamp,
  }));
  const even = (factor: string, levels: readonly string[]) =>
    levels.map((level) => ({ factor, level, share: 1 / levels.length }));
  const tables: Record<string, string> = {
    'acquisition.csv': table(Object.keys(acquisition[0]!), acquisition),
    'labels.csv': table(['image', 'annotator', 'label', 'annotatedAt', 'seconds'], labels),
    'exclusions.csv': table(['image', 'stage', 'reason'], exclusions),
    'target.csv': table(['factor', 'level', 'share'], [...even('site', SITES), ...even('stage', STAGES)]),
  };
  for (const [name, text] of Object.entries(tables)) await writeFile(join(directory, name), text);
}

function table(columns: readonly string[], rows: readonly object[]): string {
  const lines = rows.map((row) => {
    const values = new Map(Object.entries(row));
    return columns.map((column) => String(values.get(column))).join(',');
  });
  return [columns.join(','), ...lines, ''].join('\n');
}
