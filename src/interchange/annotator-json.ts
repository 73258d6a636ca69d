import { ANNOTATOR_KINDS, type AnnotatorKind } from '../annotation/annotator-kind.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { fieldFault } from './field-fault.ts';
import type { AnnotatorDraft } from './import-plan.ts';
import { isJsonObject } from './json-members.ts';

/** Reads `{name, kind, expertise}` as our writers put it under their extra key. */
export function readAnnotator(json: unknown, field: string): AnnotatorDraft {
  const { name, kind, expertise = null } = isJsonObject(json) ? json : {};
  const isKind = (ANNOTATOR_KINDS as readonly unknown[]).includes(kind);
  if (!isText(name) || !isKind || (expertise !== null && !isText(expertise))) {
    return fieldFault('INVALID_VALUE', field, 'An annotator has a name, a kind and perhaps an expertise.');
  }
  return { name, kind: kind as AnnotatorKind, expertise };
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && isStorableText(value);
