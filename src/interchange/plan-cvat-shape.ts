import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { checkGeometry, type Size } from '../annotation/geometry.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { CVAT_MEMBERS, CVAT_OWN_ATTRIBUTES, cvatElements, isSameElement } from './cvat-elements.ts';
import { readCvatExtra } from './cvat-extra.ts';
import { type CvatShape, cvatGeometry } from './cvat-geometry.ts';
import { fieldFault } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import type { JsonObject } from './json-members.ts';
import { blankStatement, EXTRA, restoreStatement } from './statement-json.ts';
import { elementsOf, textOf, type XmlElement } from './xml-element.ts';

interface Context {
  readonly image: string;
  readonly size: Size;
  readonly annotator: string | null;
}

/**
 * Adds what one of an image's elements says, and gives those read with it: further parts of the same statement, as our
 * writer joins them. What it puts under `holotype` is restored, but for class and shape where they were edited since.
 */
export function planCvatShape(
  plan: ImportPlan,
  where: string,
  shape: CvatShape | 'tag',
  elements: readonly XmlElement[],
  at: number,
  context: Context,
): readonly XmlElement[] {
  const element = elements[at]!;
  const drafts = readShape(plan, where, shape, element, context);
  const { part, partOf, ...members } = extraOf(element);
  const [plain] = drafts;
  if (plain === undefined || drafts.length > 1 || Object.keys(members).length === 0) {
    plan.annotations.push(...drafts);
    return [];
  }
  const parts = part === undefined ? [] : partsOf(elements, at + 1, part);
  const exact = restoreStatement(plain, members, context.size);
  const written = cvatElements(exact, context.size);
  const seen = [element, ...parts];
  const isSame =
    written.length === seen.length && written.every(([, each], index) => isSameElement(each, seen[index]!));
  if (isSame) {
    plan.annotations.push(exact);
    return parts;
  }
  const { kind: _, label: __, geometry: ___, ...others } = members;
  plan.annotations.push(restoreStatement(plain, others, context.size));
  plan.notes.push({ where, message: 'It was edited since it was exported; the edited form is taken over.' });
  return [];
}

function readShape(
  plan: ImportPlan,
  where: string,
  shape: CvatShape | 'tag',
  element: XmlElement,
  { image, size, annotator }: Context,
): AnnotationDraft[] {
  const label = textOf(element, '@label');
  if (label === null || label === '' || !isStorableText(label)) {
    return fieldFault('INVALID_VALUE', 'label', `The ${shape} of "${image}" has no label; give its class.`);
  }
  const said = attributesOf(element);
  const by = said.find(({ name }) => name === 'annotator')?.value || annotator;
  const attributes = said.filter(({ name }) => !CVAT_OWN_ATTRIBUTES.has(name));
  const statement = { ...blankStatement(image, by), label, attributes };
  if (shape === 'tag') return [{ ...statement, kind: 'CLASS' }];
  const geometries = cvatGeometry(shape, element, size);
  const checks = geometries.map((geometry) => checkGeometry(geometry, size));
  const reason = checks.flatMap(({ reasons }) => reasons)[0];
  if (reason !== undefined) fieldFault(reason.code, null, `${label} of "${image}": ${reason.message}`);
  for (const message of checks.flatMap(({ notes }) => notes)) plan.notes.push({ where, message });
  return geometries.map((geometry) => ({ ...statement, kind: geometry.kind, geometry }));
}

/** They stand behind the first part. */
function partsOf(elements: readonly XmlElement[], start: number, part: unknown): XmlElement[] {
  let end = start;
  while (end < elements.length && extraOf(elements[end]!).partOf === part) end++;
  return elements.slice(start, end);
}

function extraOf(element: XmlElement): JsonObject {
  const own = elementsOf(element, 'attribute').find((child) => textOf(child, '@name') === EXTRA);
  return (own === undefined ? null : readCvatExtra(textOf(own, '#text'))) ?? {};
}

/** That a shape is not occluded, and lies in the layer 0, is on every shape of CVAT: nobody said it. */
function attributesOf(element: XmlElement): { name: string; value: string }[] {
  const own = CVAT_MEMBERS.map((name) => ({
    name: name as string,
    value: textOf(element, `@${name}`) ?? '',
  }));
  const given = elementsOf(element, 'attribute').map((child) => ({
    name: textOf(child, '@name') ?? '',
    value: textOf(child, '#text') ?? '',
  }));
  return [
    ...own.filter(({ name, value }) => value !== '0' || (name !== 'occluded' && name !== 'z_order')),
    ...given,
  ].filter(({ name, value }) => name !== '' && value !== '' && isStorableText(name + value));
}
