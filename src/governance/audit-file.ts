import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { parseEnvelope } from '../kernel/dsse.ts';
import { DomainError } from '../kernel/errors.ts';
import { type AuditEvent, type ChainProblem, findChainBreak } from './audit-chain.ts';
import { checkpointDigest, parseCheckpoint } from './audit-checkpoint.ts';
import { findCheckpointBreak, type HeldCheckpoint } from './check-checkpoints.ts';

export const AUDIT_FILE_FORMAT = 'urn:holotype:audit-export:1';

/**
 * The first line of an exported log: which events follow, the hash before them, and the checkpoint before them; then a line an
 * event, then a line a checkpoint.
 */
export interface AuditFileHeader {
  readonly format: typeof AUDIT_FILE_FORMAT;
  readonly from: number;
  readonly to: number;
  readonly previousHash: string;
  readonly previousCheckpoint: { readonly digest: string; readonly sequence: number } | null;
}

export const headerLine = (header: Omit<AuditFileHeader, 'format'>): string =>
  canonicalJson({ ...header, format: AUDIT_FILE_FORMAT });
export const eventLine = (event: AuditEvent): string => canonicalJson({ ...event });
export const checkpointLine = ({ envelope }: HeldCheckpoint): string =>
  canonicalJson({
    checkpoint: { ...envelope, signatures: envelope.signatures.map((signature) => ({ ...signature })) },
  });

export interface AuditFileReport {
  readonly from: number;
  readonly to: number;
  readonly headHash: string;
  readonly checkpoints: number;
  /** Whether their signatures were looked at. */
  readonly signed: boolean;
  readonly problem: ChainProblem | null;
}

/** Checks an exported log a line at a time; MALFORMED_FILE for what is no such file. */
export class AuditFileCheck {
  private header: AuditFileHeader | null = null;
  private last = { sequence: 0, hash: '' };
  private problem: ChainProblem | null = null;
  private readonly hashes = new Map<number, string>();
  private readonly checkpoints: HeldCheckpoint[] = [];

  constructor(private readonly keys: readonly KeyObject[]) {}

  line(text: string): void {
    const value = parsed(text);
    if (this.header === null) this.open(value as AuditFileHeader);
    else if ('checkpoint' in value) this.checkpoint(JSON.stringify(value.checkpoint));
    else this.event(value as AuditEvent);
  }

  end(): AuditFileReport {
    if (this.header === null) throw malformed('it is empty');
    const { from, to, previousCheckpoint } = this.header;
    if (this.problem === null && this.last.sequence !== to)
      this.problem = {
        sequence: this.last.sequence + 1,
        message: `event ${this.last.sequence + 1} is missing: the file ends before event ${to}`,
      };
    const held = this.checkpoints.map(({ envelope }) => ({
      envelope,
      eventHash: this.hashes.get(parseCheckpoint(envelope).sequence) ?? null,
    }));
    this.problem ??= findCheckpointBreak(
      held,
      this.keys,
      previousCheckpoint ?? { sequence: 0, digest: null },
    );
    return {
      from,
      to,
      headHash: this.last.hash,
      checkpoints: held.length,
      signed: this.keys.length > 0,
      problem: this.problem ?? this.untold(),
    };
  }

  private open(header: AuditFileHeader): void {
    if (header.format !== AUDIT_FILE_FORMAT) throw malformed(`its first line is no ${AUDIT_FILE_FORMAT}`);
    this.header = header;
    this.last = { sequence: header.from - 1, hash: header.previousHash };
  }

  private event(event: AuditEvent): void {
    if (this.problem !== null) return;
    this.problem = findChainBreak([event], this.last);
    this.last = event;
    if (event.action === 'audit.checkpoint') this.told.push(event);
    this.hashes.set(event.sequence, event.hash);
  }

  private readonly told: AuditEvent[] = [];

  private checkpoint(text: string): void {
    this.checkpoints.push({ envelope: parseEnvelope(text), eventHash: null });
  }

  /** A checkpoint that an event tells of and that is not in the file. */
  private untold(): ChainProblem | null {
    const there = new Set(this.checkpoints.map(({ envelope }) => checkpointDigest(envelope)));
    const of = (event: AuditEvent) => JSON.parse(event.detail) as { digest: string; sequence: number };
    const lost = this.told.find(
      (event) => of(event).sequence >= this.header!.from && !there.has(of(event).digest),
    );
    return lost === undefined
      ? null
      : {
          sequence: lost.sequence,
          message: `the checkpoint that event ${lost.sequence} tells of was removed`,
        };
  }
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) throw new Error('a line is no object');
    return value;
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

function malformed(why: string): DomainError {
  return new DomainError('MALFORMED_FILE', `The file is no exported audit log: ${why}.`);
}
