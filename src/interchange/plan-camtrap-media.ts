import { compareText } from '../kernel/compare-text.ts';
import type { CamtrapRow } from './camtrap-tables.ts';
import { cellFault } from './cell-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { inferFactorKind } from './infer-factor-kind.ts';

interface Tables {
  readonly media: readonly CamtrapRow[];
  readonly deployments: readonly CamtrapRow[];
  readonly observations: readonly CamtrapRow[];
}

/** Our column ← that of deployments, the first that has a value. */
const OF_DEPLOYMENT: readonly (readonly [string, readonly string[]])[] = [
  ['site', ['locationName', 'locationID']],
  ['device', ['cameraID', 'cameraModel']],
  ['operator', ['setupBy']],
  ['session', ['deploymentID']],
  ['latitude', ['latitude']],
  ['longitude', ['longitude']],
];
/** Columns that become declared factors under their own name. */
const FACTORS_OF_DEPLOYMENT =
  'cameraModel cameraDelay cameraHeight cameraDepth cameraTilt cameraHeading detectionDistance timestampIssues baitUse featureType habitat deploymentGroups deploymentTags'.split(
    ' ',
  );

const isRemote = (path: string) => /^[a-z][a-z0-9+.-]*:\/\//i.test(path);

/**
 * Adds each medium as an image, with how it was captured: the time as written with its offset, and what its deployment
 * says. Only public media have an address. Returns the image's name by mediaID. A file within the package is named by its
 * path, one elsewhere by its file name, or where two share that, by mediaID and file name.
 */
export function planCamtrapMedia(
  plan: ImportPlan,
  { media, deployments, observations }: Tables,
): Map<string, string> {
  const deploymentOf = new Map(deployments.map((row) => [row.get('deploymentID'), row]));
  const eventOf = new Map(observations.map((row) => [row.get('mediaID'), row.get('eventID')]));
  const shared = repeated(media.map((row) => row.get('fileName') ?? ''));
  const names = new Map<string, string>();
  for (const [index, row] of media.entries()) {
    const [id, path = ''] = [row.get('mediaID'), row.get('filePath')];
    const where = `media row ${index + 2}`;
    if (id === undefined || names.has(id)) {
      const message = id === undefined ? 'It has no mediaID.' : `Another medium has the mediaID ${id}.`;
      const code = id === undefined ? 'INVALID_VALUE' : 'DUPLICATE_ROW';
      plan.refused.push({ where, field: 'mediaID', code, message });
      continue;
    }
    const file = row.get('fileName') ?? id;
    const name = path !== '' && !isRemote(path) ? path : shared.has(file) ? `${id}/${file}` : file;
    names.set(id, name);
    const isPublic = row.get('filePublic') !== 'false';
    const mediaType = row.get('fileMediatype');
    plan.images.push({
      name,
      ...(isPublic && isRemote(path) ? { address: path } : {}),
      ...(mediaType === undefined ? {} : { mediaType }),
    });
    const deployment = deploymentOf.get(row.get('deploymentID'));
    if (deployment === undefined)
      plan.notes.push({
        where,
        message: `Its deployment "${row.get('deploymentID')}" is not in the package.`,
      });
    const columns = captured(plan, where, row, deployment, eventOf.get(id));
    plan.acquisition.push({ image: name, row: index + 2, columns });
  }
  declareFactors(plan);
  noteMedia(plan, media);
  return names;
}

function captured(
  plan: ImportPlan,
  where: string,
  medium: CamtrapRow,
  deployment: CamtrapRow | undefined,
  event: string | undefined,
): { name: string; value: string }[] {
  const stated: [string, string | undefined][] = [
    ['capturedAt', medium.get('timestamp')],
    ...OF_DEPLOYMENT.map(
      ([name, columns]) =>
        [name, columns.map((column) => deployment?.get(column)).find((value) => value !== undefined)] as [
          string,
          string | undefined,
        ],
    ),
    ['captureMethod', medium.get('captureMethod')],
    ['eventID', event],
    ...FACTORS_OF_DEPLOYMENT.map((name) => [name, deployment?.get(name)] as [string, string | undefined]),
  ];
  return stated.flatMap(([name, value]) => {
    if (value === undefined) return [];
    const fault = cellFault(name, value);
    if (fault === null) return [{ name, value }];
    const message = `${name}: "${value}" ${fault}; the value is left out.`;
    plan.refused.push({ where, field: name, code: 'INVALID_VALUE', message });
    return [];
  });
}

function declareFactors(plan: ImportPlan): void {
  for (const name of ['captureMethod', 'eventID', ...FACTORS_OF_DEPLOYMENT]) {
    const values = plan.acquisition.flatMap(({ columns }) =>
      columns.flatMap((column) => (column.name === name ? [column.value] : [])),
    );
    if (values.length > 0) plan.factors.push({ name, kind: inferFactorKind(values) });
  }
}

function noteMedia(plan: ImportPlan, media: readonly CamtrapRow[]): void {
  const hidden = media.filter((row) => row.get('filePublic') === 'false').length;
  if (hidden > 0)
    plan.notes.push({
      where: 'media',
      message: `${hidden} are not public and are registered without address.`,
    });
  const left = ['mediaComments', 'exifData', 'favorite'].filter((name) => media.some((row) => row.has(name)));
  if (left.length > 0)
    plan.notes.push({ where: 'media', message: `Not taken over: ${left.sort(compareText).join(', ')}.` });
}

function repeated(texts: readonly string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(texts.filter((text) => seen.size === seen.add(text).size));
}
