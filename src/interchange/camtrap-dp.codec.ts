import { numberOccurrences } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import type { CamtrapOptions, CamtrapRow, CamtrapTables } from './camtrap-tables.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import { isJsonObject } from './json-members.ts';
import { planCamtrapMedia } from './plan-camtrap-media.ts';
import { planCamtrapObservations } from './plan-camtrap-observations.ts';
import { tableRows } from './table.codec.ts';

const TABLES = ['deployments', 'media', 'observations'] as const;

/** The version of Camtrap DP, and the path of each table below the package. Throws MALFORMED_FILE. */
export function camtrapResources(datapackage: string): { version: string | null; paths: CamtrapTables } {
  const json = parseJson(datapackage);
  const resources = isJsonObject(json) && Array.isArray(json.resources) ? json.resources : [];
  const profile = isJsonObject(json) && typeof json.profile === 'string' ? json.profile : '';
  const pathOf = (table: string) => {
    const found = resources.find((resource) => isJsonObject(resource) && resource.name === table)?.path;
    const path = Array.isArray(found) && found.length === 1 ? found[0] : found;
    if (typeof path === 'string' && !/^[a-z]+:\/\//i.test(path)) return path;
    throw new DomainError(
      'MALFORMED_FILE',
      `datapackage.json names no file for the table ${table}; Camtrap DP has ${TABLES.join(', ')}, each one CSV.`,
    );
  };
  return {
    version: /camtrap-dp\/([0-9][0-9.]*)\//.exec(profile)?.[1] ?? null,
    paths: {
      media: pathOf('media'),
      deployments: pathOf('deployments'),
      observations: pathOf('observations'),
    },
  };
}

/**
 * Reads a Camtrap DP package (Bubnicki et al. 2024, doi 10.1002/rse2.374; tdwg/camtrap-dp 1.0). Media become images,
 * deployments and events how they were captured, observations of the level media what people (`classificationMethod`
 * human) and models (machine) say: CLASS of the scientific name, BOX where it has one, EMPTY for blank. Those of the
 * level event speak of no single image, and are counted in a note.
 */
export function readCamtrapDp(
  tables: CamtrapTables,
  version: string | null,
  options: CamtrapOptions,
): ImportPlan {
  const frame = 'shares of the image, from pixel edges; converted to pixels';
  const plan = emptyPlan({ format: 'Camtrap DP', version, frame });
  const [media, deployments, observations] = (['media', 'deployments', 'observations'] as const).map((name) =>
    rowsOf(tables[name], name),
  ) as [CamtrapRow[], CamtrapRow[], CamtrapRow[]];
  const names = planCamtrapMedia(plan, { media, deployments, observations });
  planCamtrapObservations(plan, observations, names, options);
  plan.annotations = numberOccurrences(plan.annotations);
  plan.classes = [...new Set(plan.annotations.flatMap(({ label }) => label ?? []))];
  return plan;
}

function rowsOf(text: string, name: string): CamtrapRow[] {
  const { header, rows } = tableRows(text, `${name}.csv`);
  return rows
    .filter((row) => row.some((cell) => cell.trim() !== ''))
    .map(
      (row) =>
        new Map(
          header.flatMap((column, index) => {
            const cell = (row[index] ?? '').trim();
            return cell === '' ? [] : [[column.trim(), cell] as const];
          }),
        ),
    );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DomainError('MALFORMED_FILE', `datapackage.json is no JSON: ${error.message}.`);
  }
}
