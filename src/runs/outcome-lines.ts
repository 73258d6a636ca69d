import { DomainError, type ErrorCode } from '../kernel/errors.ts';
import { splitLines } from '../kernel/split-lines.ts';
import { type RunOutcome, readOutcome } from './run-outcome.ts';

const MOST_BYTES = 32 * 1024 * 1024;
const LONGEST_LINE = 262_144;
const MOST_REASONS = 1_000;

/** An outcome, and the line that told it, from 1. */
export interface ToldOutcome extends RunOutcome {
  readonly line: number;
}

/** `field` null: the line as a whole is at fault. */
export interface LineFault {
  readonly line: number;
  readonly field: string | null;
  readonly code: ErrorCode;
  readonly message: string;
}

/** Outcomes as they come, one JSON object a line, and the faults of every other line, up to more than anyone is told. */
export async function readOutcomeLines(
  body: AsyncIterable<Uint8Array>,
): Promise<{ told: ToldOutcome[]; faults: LineFault[] }> {
  const told = new Map<string, ToldOutcome>();
  const faults: LineFault[] = [];
  let line = 0;
  for await (const bytes of splitLines(withinLimit(body), 'outcomes')) {
    if (faults.length > MOST_REASONS) continue;
    line += 1;
    const value = parsed(bytes);
    if (value === undefined) {
      const message = `is no JSON of at most ${LONGEST_LINE} bytes; write one object a line.`;
      faults.push({ line, field: null, code: 'MALFORMED_FILE', message });
      continue;
    }
    const result = readOutcome(value);
    if ('faults' in result) {
      faults.push(...result.faults.map((fault) => ({ ...fault, line, code: 'INVALID_VALUE' as const })));
      continue;
    }
    const { image } = result.outcome;
    const before = told.get(image);
    if (before) {
      const message = `the image ${image} is told on line ${before.line} already.`;
      faults.push({ line, field: 'image', code: 'DUPLICATE_ROW', message });
    } else told.set(image, { ...result.outcome, line });
  }
  return { told: [...told.values()], faults };
}

/** Refuses the whole request where a line is at fault, with the reason of each, up to a thousand. */
export function refuseFaults(faults: readonly LineFault[]): void {
  if (faults.length === 0) return;
  const reasons = [...faults]
    .sort((a, b) => a.line - b.line)
    .slice(0, MOST_REASONS)
    .map(({ line, field, code, message }) => ({
      path: [`line ${line}`, ...(field === null ? [] : [field])],
      code,
      message: `line ${line}: ${message}`,
    }));
  const more = reasons.length < faults.length ? ' and more' : '';
  throw new DomainError(
    reasons[0]!.code,
    `${reasons[0]!.message} Faults: ${reasons.length}${more}; nothing of the request was kept.`,
    reasons,
  );
}

function parsed(line: Buffer): unknown {
  try {
    return line.length > LONGEST_LINE ? undefined : JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What is held in memory may not grow without end. Read to its end all the same: who still sends hears no answer. */
async function* withinLimit(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size <= MOST_BYTES) yield chunk;
  }
  if (size > MOST_BYTES)
    throw new DomainError(
      'LIMIT_EXCEEDED',
      `The outcomes have more than ${MOST_BYTES} bytes, and nothing of them was kept; send them in several requests.`,
    );
}
