import type { Reason } from '../../kernel/errors.ts';
import { THRESHOLDS } from '../../statistics/thresholds.ts';
import type { ThresholdName } from './own-threshold.ts';

export interface ThresholdDeclaration {
  readonly statistic: ThresholdName;
  readonly side: 'ABOVE' | 'BELOW';
  readonly amber: number;
  readonly red: number;
  readonly source: string;
}

/** Every fault of limits that a dataset wants for itself: red lies beyond amber, on the side that is worse. */
export function thresholdFaults({ statistic, side, amber, red, source }: ThresholdDeclaration): Reason[] {
  const reasons: Reason[] = [];
  const fault = (field: string, message: string) =>
    reasons.push({ path: [field], code: 'BAD_INPUT', message: `${field}: ${message}` });
  const { worse } = THRESHOLDS[statistic].bands;
  if (worse !== 'BOTH' && worse !== side)
    fault('side', `${statistic} is worse ${worse === 'ABOVE' ? 'above' : 'below'} its limits.`);
  if (!Number.isFinite(amber) || !Number.isFinite(red))
    fault('amber', 'amber and red must be finite numbers.');
  else if (side === 'ABOVE' ? red <= amber : red >= amber)
    fault('red', `${red} must lie ${side === 'ABOVE' ? 'above' : 'below'} amber, which is ${amber}.`);
  if (source.trim() === '') fault('source', 'say where the limits come from.');
  return reasons;
}
