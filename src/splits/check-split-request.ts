import { DomainError, type Reason } from '../kernel/errors.ts';
import { millionths } from './part-shares.ts';
import { type SplitRequest, type SplitSubject, splitTraits } from './split-strategy.ts';

const SHARE = /^0\.[0-9]{0,5}[1-9]$/;
const PART_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const IMAGE_ID = /^[0-9a-f]{32}$/;
/** NUL separates what is hashed; a lone surrogate has no UTF-8 form. */
const NOT_HASHABLE = /\0|\p{Surrogate}/u;
const MOST_PARTS = 1000;
/** More labels than this is an identifier, not a stratum (statistics §0.6). */
const MOST_LABELS = 1000;
const LISTED = 100;

/** Throws BAD_INPUT with every fault of the request and the first hundred of its subjects; else returns. */
export function checkSplitRequest(request: SplitRequest, subjects: readonly SplitSubject[]): void {
  const faults = [...requestFaults(request), ...subjectFaults(request, subjects)];
  if (faults.length === 0) return;
  const reasons = faults.map(({ path, message }): Reason => ({ path, code: 'BAD_INPUT', message }));
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  throw new DomainError('BAD_INPUT', `The split cannot be made: ${reasons[0]?.message}${more}`, reasons);
}

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

function requestFaults(request: SplitRequest): Fault[] {
  const faults: Fault[] = [];
  if (NOT_HASHABLE.test(request.seed)) {
    faults.push({ path: ['seed'], message: 'The seed holds a NUL or a lone surrogate; write plain text.' });
  }
  const source = splitTraits(request.strategy).parts;
  if (source === 'SHARES') faults.push(...shareFaults(request));
  else if (request.parts.length > 0) {
    faults.push({ path: ['parts'], message: `${request.strategy} makes its own parts; leave parts empty.` });
  }
  if (source === 'FOLDS') faults.push(...foldFaults(request.folds));
  else if (request.folds !== null) {
    faults.push({ path: ['folds'], message: `${request.strategy} has no folds; leave folds out.` });
  }
  return faults;
}

function foldFaults(folds: number | null): Fault[] {
  if (folds !== null && Number.isInteger(folds) && folds >= 2 && folds <= MOST_PARTS) return [];
  return [{ path: ['folds'], message: `folds is ${folds}; give a whole number from 2 to ${MOST_PARTS}.` }];
}

function shareFaults({ parts }: SplitRequest): Fault[] {
  const faults: Fault[] = [];
  if (parts.length < 2 || parts.length > MOST_PARTS) {
    faults.push({
      path: ['parts'],
      message: `A split has 2 to ${MOST_PARTS} parts; ${parts.length} were given.`,
    });
  }
  const names = new Set<string>();
  for (const [index, { name, share }] of parts.entries()) {
    if (!PART_NAME.test(name)) {
      const message = `The part name ${JSON.stringify(name)} is not 1 to 64 of A-Z a-z 0-9 . _ - beginning with a letter or digit.`;
      faults.push({ path: ['parts', String(index), 'name'], message });
    } else if (names.has(name)) {
      faults.push({ path: ['parts', String(index), 'name'], message: `The part "${name}" is named twice.` });
    }
    names.add(name);
    if (!SHARE.test(share)) {
      const message = `The share ${JSON.stringify(share)} of "${name}" is not a decimal between 0 and 1 such as 0.15: at most six decimals, no trailing zero.`;
      faults.push({ path: ['parts', String(index), 'share'], message });
    }
  }
  if (parts.length > 0 && parts.every(({ share }) => SHARE.test(share))) {
    const sum = parts.reduce((total, { share }) => total + millionths(share), 0);
    if (sum !== 1e6) {
      faults.push({ path: ['parts'], message: `The shares sum to ${sum / 1e6}; they must sum to 1.` });
    }
  }
  return faults;
}

function subjectFaults(request: SplitRequest, subjects: readonly SplitSubject[]): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  const labels = new Set<string>();
  for (const subject of subjects) {
    const fault = subjectFault(subject, seen);
    if (fault !== null && faults.length < LISTED) {
      faults.push({ path: ['subjects', subject.image], message: fault });
    }
    seen.add(subject.image);
    for (const label of subject.labels) labels.add(label);
  }
  if (splitTraits(request.strategy).stratified && labels.size > MOST_LABELS) {
    const message = `The images carry ${labels.size} different labels; at most ${MOST_LABELS} can be balanced. Stratify by something coarser.`;
    faults.push({ path: ['stratifyBy'], message });
  }
  return faults;
}

function subjectFault(subject: SplitSubject, seen: ReadonlySet<string>): string | null {
  const { image, group, labels, part } = subject;
  if (!IMAGE_ID.test(image)) return `The image id "${image}" is not 32 lower-case hexadecimal characters.`;
  if (seen.has(image)) return `The image ${image} stands twice among the subjects.`;
  if (group === '') return `The group of image ${image} is empty text; give null where it is unknown.`;
  if (part === '') return `The part of image ${image} is empty text; name it.`;
  if ([group ?? '', part ?? '', ...labels].some((text) => NOT_HASHABLE.test(text))) {
    return `The group, part or a label of image ${image} holds a NUL or a lone surrogate.`;
  }
  return null;
}
