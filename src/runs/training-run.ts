import { DomainError, type Reason } from '../kernel/errors.ts';

export interface TrainingRunMetric {
  /** The part it was measured on, such as `test`. */
  readonly part: string;
  readonly name: string;
  readonly value: number;
}

export interface TrainingRunReport {
  readonly model: string;
  readonly split: string | null;
  /** The part it was trained on. */
  readonly part: string | null;
  readonly fold: number | null;
  readonly repeat: number | null;
  readonly seed: string | null;
  readonly codeVersion: string | null;
  readonly metrics: readonly TrainingRunMetric[];
}

/** Refuses a report with every fault it has: each metric a finite number, said once. */
export function checkTrainingRun(report: TrainingRunReport): void {
  const reasons: Reason[] = [];
  if (report.model.trim() === '')
    reasons.push({ path: ['model'], code: 'BAD_INPUT', message: 'model: must not be empty.' });
  const seen = new Set<string>();
  report.metrics.forEach(({ part, name, value }, index) => {
    const path = ['metrics', String(index)];
    const key = JSON.stringify([part, name]);
    if (part.trim() === '' || name.trim() === '')
      reasons.push({ path, code: 'BAD_INPUT', message: `metric ${index}: names a part and a measure.` });
    if (!Number.isFinite(value))
      reasons.push({
        path,
        code: 'INVALID_VALUE',
        message: `metric ${index}: the value must be a finite number.`,
      });
    if (seen.has(key))
      reasons.push({
        path,
        code: 'DUPLICATE_ROW',
        message: `metric ${index}: "${name}" on "${part}" is reported twice.`,
      });
    seen.add(key);
  });
  if (reasons.length > 0)
    throw new DomainError('BAD_INPUT', 'The run is refused; nothing was written.', reasons);
}
