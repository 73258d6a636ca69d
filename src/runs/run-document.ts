import { DomainError, type Reason } from '../kernel/errors.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import type { NamedText, TrainingRunMetric, TrainingRunReport } from './training-run.ts';

type Members = Record<string, unknown>;

const FIELDS = [
  ...['snapshot', 'model', 'split', 'part', 'fold', 'repeat', 'seed', 'codeVersion', 'key', 'startedAt'],
  ...['durationSeconds', 'energyKilowattHours', 'energyMethod', 'trainImages', 'testImages'],
  ...['libraries', 'hyperparameters', 'hardware', 'metrics'],
];
const METRIC_FIELDS = ['part', 'name', 'value', 'images'];

/** Reads the JSON that `POST /runs` takes; refuses it with every fault of its form. Ranges are checked elsewhere. */
export function readRunDocument(value: unknown): TrainingRunReport & { snapshot: string } {
  const reasons: Reason[] = [];
  const fault = (path: readonly string[], message: string) =>
    void reasons.push({ path, code: 'BAD_INPUT', message: `${path.join(' ')}: ${message}` });
  if (!isMembers(value)) throw new DomainError('BAD_INPUT', 'The body must be one JSON object: a run.');
  const text = (members: Members, name: string, path: readonly string[]): string | null => {
    const given = members[name] ?? null;
    if (given === null) return null;
    if (typeof given === 'string' && isStorableText(given)) return given;
    fault([...path, name], 'must be text.');
    return null;
  };
  const required = (members: Members, name: string, path: readonly string[]): string => {
    if (members[name] === undefined || members[name] === null) fault([...path, name], 'is missing.');
    return text(members, name, path) ?? '';
  };
  const number = (members: Members, name: string, path: readonly string[]): number | null => {
    const given = members[name] ?? null;
    if (given === null || typeof given === 'number') return given;
    fault([...path, name], 'must be a number.');
    return null;
  };
  const unknown = (members: Members, known: readonly string[], path: readonly string[]) => {
    for (const name of Object.keys(members))
      if (!known.includes(name))
        fault([...path, name.slice(0, 100)], `is not known here; known are ${known.join(', ')}.`);
  };
  const named = (name: string): NamedText[] => {
    const given = value[name] ?? {};
    if (!isMembers(given)) {
      fault([name], 'must be an object of names and values.');
      return [];
    }
    return Object.entries(given).map(([key, held]) => {
      const shown = typeof held === 'string' ? held : String(held);
      if (!['string', 'number', 'boolean'].includes(typeof held) || !isStorableText(key + shown))
        fault([name, key.slice(0, 100)], 'must be text, a number or a truth value.');
      return { name: key, value: shown };
    });
  };
  const metrics = (): TrainingRunMetric[] => {
    const given = value.metrics ?? [];
    if (!Array.isArray(given)) {
      fault(['metrics'], 'must be a list.');
      return [];
    }
    return given.map((held: unknown, index) => {
      const path = ['metrics', String(index)];
      const members = isMembers(held) ? held : {};
      unknown(members, METRIC_FIELDS, path);
      if (members.value === undefined) fault([...path, 'value'], 'is missing.');
      return {
        part: required(members, 'part', path),
        name: required(members, 'name', path),
        value: number(members, 'value', path) ?? Number.NaN,
        images: number(members, 'images', path),
      };
    });
  };
  unknown(value, FIELDS, []);
  const startedAt = text(value, 'startedAt', []);
  if (startedAt !== null && !INSTANT.test(startedAt))
    fault(['startedAt'], 'must be an instant with its zone, such as 2026-01-31T09:30:00Z.');
  const seed = typeof value.seed === 'number' ? { seed: String(value.seed) } : value;
  const report = {
    snapshot: required(value, 'snapshot', []),
    model: required(value, 'model', []),
    split: text(value, 'split', []),
    part: text(value, 'part', []),
    fold: number(value, 'fold', []),
    repeat: number(value, 'repeat', []),
    seed: text(seed, 'seed', []),
    codeVersion: text(value, 'codeVersion', []),
    key: text(value, 'key', []),
    startedAt: startedAt === null ? null : new Date(startedAt),
    durationSeconds: number(value, 'durationSeconds', []),
    energyKilowattHours: number(value, 'energyKilowattHours', []),
    energyMethod: text(value, 'energyMethod', []),
    trainImages: number(value, 'trainImages', []),
    testImages: number(value, 'testImages', []),
    libraries: named('libraries'),
    hyperparameters: named('hyperparameters'),
    hardware: named('hardware'),
    metrics: metrics(),
  };
  if (reasons.length > 0)
    throw new DomainError(
      'BAD_INPUT',
      `The run is refused; nothing was written. ${reasons[0]!.message}`,
      reasons,
    );
  return report;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
