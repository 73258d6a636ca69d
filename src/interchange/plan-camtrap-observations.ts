import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { checkGeometry, type Geometry, type Size } from '../annotation/geometry.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import type { CamtrapOptions, CamtrapRow } from './camtrap-tables.ts';
import { fieldFault, readingField, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { readQuantity } from './read-quantity.ts';
import { readInstant } from './read-time.ts';

const ATTRIBUTES =
  'observationType count lifeStage sex behavior individualID cameraSetupType observationTags'.split(' ');
const BOX = ['bboxX', 'bboxY', 'bboxWidth', 'bboxHeight'] as const;

/** Adds the observations of single media; `names` are the images' by mediaID. */
export function planCamtrapObservations(
  plan: ImportPlan,
  observations: readonly CamtrapRow[],
  names: ReadonlyMap<string, string>,
  options: CamtrapOptions,
): void {
  const people = new Set(observations.filter((row) => !isMachine(row)).map((row) => row.get('classifiedBy')));
  let [events, unclassified] = [0, 0];
  for (const [index, row] of observations.entries()) {
    const where = `observations row ${index + 2}`;
    if (row.get('observationLevel') === 'event') events++;
    else if (row.get('observationType') === 'unclassified') unclassified++;
    else
      refusingFaults(plan, where, () => {
        const image = names.get(row.get('mediaID') ?? '');
        if (image === undefined)
          return fieldFault('UNKNOWN_IMAGE', 'mediaID', `No medium has the id "${row.get('mediaID')}".`);
        plan.annotations.push(
          statementOf(plan, where, row, image, annotatorOf(row, people, options), options),
        );
      });
  }
  declareAnnotators(plan, observations, people);
  if (events > 0) {
    const message = `${events} are of whole events and of no single image; they are not taken over.`;
    plan.notes.push({ where: 'observations', message });
  }
  if (unclassified > 0)
    plan.notes.push({ where: 'observations', message: `${unclassified} media are not classified yet.` });
  if (observations.some((row) => row.has('observationComments')))
    plan.notes.push({ where: 'observations', message: 'Not taken over: observationComments.' });
}

const isMachine = (row: CamtrapRow) => row.get('classificationMethod') === 'machine';

/** A name that is a person's elsewhere in the package is told apart where a machine bears it. */
function annotatorOf(
  row: CamtrapRow,
  people: ReadonlySet<string | undefined>,
  options: CamtrapOptions,
): string | null {
  const name = row.get('classifiedBy');
  if (!isMachine(row)) return name ?? options.annotator;
  if (name === undefined) return 'machine';
  return people.has(name) ? `${name} (machine)` : name;
}

function declareAnnotators(
  plan: ImportPlan,
  observations: readonly CamtrapRow[],
  people: ReadonlySet<string | undefined>,
): void {
  const models = observations.filter(isMachine).map((row) => annotatorOf(row, people, { annotator: null })!);
  const used = new Set(plan.annotations.map(({ annotator }) => annotator));
  for (const name of new Set(models))
    if (used.has(name)) plan.annotators.push({ name, kind: 'MODEL', expertise: null });
}

function statementOf(
  plan: ImportPlan,
  where: string,
  row: CamtrapRow,
  image: string,
  annotator: string | null,
  { sizes }: CamtrapOptions,
): AnnotationDraft {
  const type = row.get('observationType') ?? 'unknown';
  const isBlank = type === 'blank';
  const probability = row.get('classificationProbability');
  const box =
    isBlank || !BOX.some((name) => row.has(name)) ? null : boxOf(plan, where, row, sizes?.get(image));
  const kept = box === null ? [...ATTRIBUTES, ...BOX] : ATTRIBUTES;
  const instant = row.get('classificationTimestamp');
  return {
    image,
    annotator,
    kind: isBlank ? 'EMPTY' : box === null ? 'CLASS' : 'BOX',
    label: isBlank ? null : (row.get('scientificName') ?? type),
    attribute: null,
    value: null,
    geometry: box,
    confidence:
      probability === undefined
        ? null
        : readingField('classificationProbability', () => readQuantity(probability, 1)),
    seconds: null,
    annotatedAt: instant === undefined ? null : readInstant(instant),
    attributes: kept.flatMap((name) => {
      const value = row.get(name);
      return value === undefined ? [] : [{ name, value }];
    }),
    occurrence: 0,
  };
}

/**
 * The box in pixels, to six decimals. Where the image's size is not known, or the box is none, it is refused, and
 * the observation is kept as a class of the whole image with the shares as they were written.
 */
function boxOf(plan: ImportPlan, where: string, row: CamtrapRow, size: Size | undefined): Geometry | null {
  const before = plan.refused.length;
  let box: Geometry | null = null;
  const kept = 'the observation is kept as a class of the image, the box in its attributes as written.';
  refusingFaults(plan, where, () => {
    if (size === undefined)
      return fieldFault(
        'INVALID_VALUE',
        'bbox',
        `The box is in shares of an image whose size is not known; ${kept} Import the image's bytes to have the box.`,
      );
    const [x, y, width, height] = BOX.map((name) => {
      const share = readingField(name, () => readQuantity(row.get(name) ?? '', 1));
      const side = name === 'bboxX' || name === 'bboxWidth' ? size.width : size.height;
      return canonicalDecimal((Number(share) * side).toFixed(6));
    }) as [string, string, string, string];
    const read: Geometry = { kind: 'BOX', x, y, width, height };
    const [fault] = checkGeometry(read, size).reasons;
    if (fault !== undefined) fieldFault(fault.code, 'bbox', `${fault.message} ${kept}`);
    box = read;
  });
  return plan.refused.length > before ? null : box;
}
