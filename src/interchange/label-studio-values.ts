import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { fieldFault, readingField } from './field-fault.ts';
import { isAbsent, isJsonObject, type JsonObject, textMember } from './json-members.ts';
import type { LabelStudioShape } from './label-studio-geometry.ts';

export type LabelStudioAttribute = AnnotationDraft['attributes'][number];

type Whole = Pick<AnnotationDraft, 'kind' | 'label' | 'attribute' | 'value' | 'attributes'>;

/** What a result without a shape says of the whole image: a CLASS for each choice, an ATTRIBUTE for each text, a VALUE. */
export function wholeStatements(result: JsonObject, namesControl: boolean): Whole[] {
  const control = textMember(result.from_name);
  const blank: Whole = { kind: 'CLASS', label: null, attribute: null, value: null, attributes: [] };
  const attributes = namesControl && control !== null ? [{ name: 'control', value: control }] : [];
  if (result.type === 'choices') {
    return textsOf(result, 'choices').map((label) => ({ ...blank, label, attributes }));
  }
  const values = valuesOf(result);
  if (control === null)
    return fieldFault('INVALID_VALUE', 'from_name', 'The result does not say what it values.');
  const kind = result.type === 'textarea' ? 'ATTRIBUTE' : 'VALUE';
  return values.map((value) => ({ ...blank, kind, attribute: control, value }));
}

/** What further controls say of a region; a second control of labels is an attribute of its own name, too. */
export function regionAttributes(others: readonly JsonObject[], shape: JsonObject): LabelStudioAttribute[] {
  return others.flatMap((other) => {
    if (other.type === 'labels') return [];
    const name = textMember(other.from_name) ?? textMember(other.type) ?? 'control';
    if (other.type === shape.type) {
      const labels = textsOf(other, String(other.type));
      return labels.length === 0 ? [] : [{ name, value: labels.join('\n') }];
    }
    const values = other.type === 'choices' ? textsOf(other, 'choices') : valuesOf(other);
    return values.length === 0 ? [] : [{ name, value: values.join('\n') }];
  });
}

/** The labels in the value of a shape, or of the `labels` beside it. */
export function labelsOf(value: JsonObject, shape: LabelStudioShape): string[] {
  const list = value[`${shape}labels`] ?? value.labels;
  if (isAbsent(list)) return [];
  if (!Array.isArray(list) || !list.every(isLabel)) {
    return fieldFault(
      'INVALID_VALUE',
      `value/${shape}labels`,
      'The labels are no list of texts; correct them.',
    );
  }
  return list;
}

function valuesOf(result: JsonObject): string[] {
  switch (result.type) {
    case 'textarea':
      return textsOf(result, 'text');
    case 'rating':
    case 'number': {
      const number = isJsonObject(result.value) ? result.value[result.type] : undefined;
      if (typeof number !== 'number') {
        return fieldFault('INVALID_VALUE', `value/${result.type}`, `The ${result.type} is no number.`);
      }
      return [readingField(`value/${result.type}`, () => canonicalDecimal(number))];
    }
    default:
      return fieldFault(
        'INVALID_VALUE',
        'type',
        `Results of the type ${JSON.stringify(result.type)?.slice(0, 60)} are not taken over.`,
      );
  }
}

/** A list of texts, or one text alone; what is empty says nothing. */
function textsOf(result: JsonObject, name: string): string[] {
  const written = isJsonObject(result.value) ? result.value[name] : undefined;
  const list = typeof written === 'string' ? [written] : written;
  if (!Array.isArray(list) || !list.every((text) => text === '' || isLabel(text))) {
    return fieldFault('INVALID_VALUE', `value/${name}`, `The ${name} are no list of texts; correct them.`);
  }
  return list.filter((text) => text !== '');
}

const isLabel = (text: unknown): text is string =>
  typeof text === 'string' && text !== '' && isStorableText(text);
