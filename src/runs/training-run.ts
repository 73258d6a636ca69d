import { canonicalJson } from '../kernel/canonical-json.ts';
import { compareText } from '../kernel/compare-text.ts';
import { DomainError, type ErrorCode, type Reason } from '../kernel/errors.ts';
import { sha256Hex } from '../kernel/sha256.ts';

export interface TrainingRunMetric {
  /** The part it was measured on, such as `test`. */
  readonly part: string;
  readonly name: string;
  readonly value: number;
  /** Number of images that it is of; null where the reporter did not say. */
  readonly images: number | null;
}

export interface NamedText {
  readonly name: string;
  readonly value: string;
}

export interface TrainingRunReport {
  readonly model: string;
  readonly split: string | null;
  /** The part it was trained on. */
  readonly part: string | null;
  /** From 1, as the parts `fold-1`, `fold-2`, … of a split are numbered. */
  readonly fold: number | null;
  readonly repeat: number | null;
  readonly seed: string | null;
  readonly codeVersion: string | null;
  /** The reporter's own name of the run, of 1–200 characters: a report that is sent twice under it is one run. */
  readonly key: string | null;
  readonly startedAt: Date | null;
  /** Seconds, not negative. */
  readonly durationSeconds: number | null;
  /** kWh, not negative; never without how it was measured. */
  readonly energyKilowattHours: number | null;
  readonly energyMethod: string | null;
  readonly trainImages: number | null;
  readonly testImages: number | null;
  /** Name and version of each. */
  readonly libraries: readonly NamedText[];
  readonly hyperparameters: readonly NamedText[];
  /** Such as `cpu`, `gpu`, `memory`. */
  readonly hardware: readonly NamedText[];
  readonly metrics: readonly TrainingRunMetric[];
}

/** What the header of the snapshot says of its splits. */
export type CarriedSplits = Readonly<
  Record<string, { readonly strategy: string; readonly counts: readonly { readonly part: string }[] }>
>;

/** What an index of the database takes of text, with room to spare. */
export const LONGEST_NAME = 200;
const LARGEST_INTEGER = 2 ** 31 - 1;

/** Refuses a report with every fault it has: names that are there, numbers in their range, nothing said twice. */
export function checkTrainingRun(report: TrainingRunReport, splits: CarriedSplits): void {
  const reasons: Reason[] = [];
  const fault = (path: readonly string[], code: ErrorCode, message: string) =>
    void reasons.push({ path, code, message: `${path.join(' ')}: ${message}` });
  const name = (path: readonly string[], text: string) => {
    if (text.trim() === '') fault(path, 'BAD_INPUT', 'must not be empty.');
    if (text.length > LONGEST_NAME)
      fault(path, 'BAD_INPUT', `has ${text.length} characters, and at most ${LONGEST_NAME} are taken.`);
  };
  name(['model'], report.model);
  if (report.key !== null) name(['key'], report.key);
  for (const field of ['fold', 'repeat', 'trainImages', 'testImages'] as const) {
    const value = report[field];
    if (value !== null && !(Number.isInteger(value) && value >= 0 && value <= LARGEST_INTEGER))
      fault([field], 'INVALID_VALUE', `${value} is no whole number from 0.`);
  }
  for (const field of ['durationSeconds', 'energyKilowattHours'] as const) {
    const value = report[field];
    if (value !== null && !(Number.isFinite(value) && value >= 0))
      fault([field], 'INVALID_VALUE', `${value} is no number from 0.`);
  }
  if (report.startedAt !== null && Number.isNaN(report.startedAt.getTime()))
    fault(['startedAt'], 'INVALID_VALUE', 'is no instant; write it as ISO 8601 with its zone.');
  if (report.energyKilowattHours !== null && !report.energyMethod?.trim())
    fault(['energyMethod'], 'BAD_INPUT', 'an energy is given; say how it was measured.');
  for (const field of ['libraries', 'hyperparameters', 'hardware'] as const)
    checkNamed(report[field], field, name, fault);
  checkMetrics(report.metrics, name, fault);
  checkPlace(report, splits, fault);
  if (reasons.length > 0)
    throw new DomainError('BAD_INPUT', 'The run is refused; nothing was written.', reasons);
}

type Fault = (path: readonly string[], code: ErrorCode, message: string) => void;
type CheckName = (path: readonly string[], text: string) => void;

function checkNamed(texts: readonly NamedText[], field: string, name: CheckName, fault: Fault): void {
  const seen = new Set<string>();
  texts.forEach((text, index) => {
    const path = [field, String(index)];
    name(path, text.name);
    if (seen.has(text.name)) fault(path, 'DUPLICATE_ROW', `"${text.name}" is told twice.`);
    seen.add(text.name);
  });
}

function checkMetrics(metrics: readonly TrainingRunMetric[], name: CheckName, fault: Fault): void {
  const seen = new Set<string>();
  metrics.forEach((metric, index) => {
    const path = ['metrics', String(index)];
    const key = JSON.stringify([metric.part, metric.name]);
    name(path, metric.part);
    name(path, metric.name);
    if (!Number.isFinite(metric.value)) fault(path, 'INVALID_VALUE', 'the value must be a finite number.');
    if (
      metric.images !== null &&
      !(Number.isInteger(metric.images) && metric.images >= 1 && metric.images <= LARGEST_INTEGER)
    )
      fault(path, 'INVALID_VALUE', `${metric.images} is no number of images.`);
    if (seen.has(key))
      fault(path, 'DUPLICATE_ROW', `"${metric.name}" on "${metric.part}" is reported twice.`);
    seen.add(key);
  });
}

/** The split, the part and the fold must be ones that the snapshot carries; it is said which these are. */
function checkPlace({ split, part, fold }: TrainingRunReport, splits: CarriedSplits, fault: Fault): void {
  if (split === null) {
    if (part !== null) fault(['split'], 'BAD_INPUT', `"${part}" is a part; say of which split.`);
    return;
  }
  const carried = Object.hasOwn(splits, split) ? splits[split]! : null;
  if (!carried) {
    const names = Object.keys(splits);
    fault(
      ['split'],
      'NOT_FOUND',
      `the snapshot carries no split "${split}"; it carries ${names.length > 0 ? names.join(', ') : 'none'}.`,
    );
    return;
  }
  const parts = carried.counts.map(({ part: held }) => held);
  if (part !== null && !parts.includes(part))
    fault(['part'], 'NOT_FOUND', `"${split}" has no part "${part}"; it has ${parts.join(', ')}.`);
  if (fold === null) return;
  const isOneOfGroups = carried.strategy === 'LEAVE_ONE_GROUP_OUT' && fold >= 1 && fold <= parts.length;
  if (!parts.includes(`fold-${fold}`) && !isOneOfGroups)
    fault(['fold'], 'NOT_FOUND', `"${split}" has no fold ${fold}; it has ${parts.join(', ')}.`);
}

/** SHA-256, in hexadecimal, of all that was said of one snapshot; the order of names and metrics does not matter. */
export function reportDigest(snapshot: string, report: TrainingRunReport): string {
  const number = (value: number | null) => (value === null ? null : String(value));
  const named = (texts: readonly NamedText[]) =>
    texts
      .map(({ name, value }) => [name, value] as const)
      .sort(([first], [second]) => compareText(first, second));
  return sha256Hex(
    canonicalJson({
      snapshot,
      model: report.model,
      split: report.split,
      part: report.part,
      fold: report.fold,
      repeat: report.repeat,
      seed: report.seed,
      codeVersion: report.codeVersion,
      startedAt: report.startedAt?.toISOString() ?? null,
      durationSeconds: number(report.durationSeconds),
      energyKilowattHours: number(report.energyKilowattHours),
      energyMethod: report.energyMethod,
      trainImages: report.trainImages,
      testImages: report.testImages,
      libraries: named(report.libraries),
      hyperparameters: named(report.hyperparameters),
      hardware: named(report.hardware),
      metrics: report.metrics
        .map(({ part, name, value, images }) => [part, name, String(value), images] as const)
        .sort((first, second) => compareText(first[0], second[0]) || compareText(first[1], second[1])),
    }),
  );
}
