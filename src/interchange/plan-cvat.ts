import type { Size } from '../annotation/geometry.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';
import { readCvatExtra } from './cvat-extra.ts';
import { CVAT_SHAPES } from './cvat-geometry.ts';
import { fieldFault, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import type { JsonObject } from './json-members.ts';
import { planCvatShape } from './plan-cvat-shape.ts';
import { blankStatement, EXTRA, restoreStatement } from './statement-json.ts';
import { elementsOf, textOf, type XmlElement } from './xml-element.ts';

export interface CvatOptions {
  /** Who annotated, where neither the shape nor the job's assignee says. */
  readonly annotator: string | null;
  /** The true sizes of images by name, in stored pixels, where known. */
  readonly sizes?: ReadonlyMap<string, Size>;
}

const REFUSED = ['cuboid', 'skeleton'] as const;
const KNOWN: ReadonlySet<string> = new Set([...CVAT_SHAPES, 'tag', ...REFUSED, '#text']);

/** Adds one `image` to the plan. An image without shapes stays one of which nothing is said: CVAT does not tell who looked. */
export function planCvatImage(
  plan: ImportPlan,
  image: XmlElement,
  index: number,
  options: CvatOptions,
): void {
  const place = `image[${index + 1}]`;
  refusingFaults(plan, place, () => {
    const extra = readCvatExtra(textOf(image, `@${EXTRA}`)) ?? {};
    const { name, size } = readImage(image, extra, options);
    plan.images.push({ name, ...size });
    const context = { image: name, size, annotator: options.annotator };
    for (const shape of [...CVAT_SHAPES, 'tag'] as const) {
      const elements = elementsOf(image, shape);
      const done = new Set<XmlElement>();
      for (const [at, element] of elements.entries()) {
        if (done.has(element)) continue;
        const where = `${place} ${shape}[${at + 1}]`;
        refusingFaults(plan, where, () => {
          for (const each of planCvatShape(plan, where, shape, elements, at, context)) done.add(each);
        });
      }
    }
    for (const shape of REFUSED) {
      for (const at of elementsOf(image, shape).keys()) {
        refusingFaults(plan, `${place} ${shape}[${at + 1}]`, () =>
          fieldFault('INVALID_VALUE', null, `A ${shape} is not taken over; write it as other shapes.`),
        );
      }
    }
    const statements = Array.isArray(extra.statements) ? extra.statements : [];
    for (const [at, statement] of statements.entries()) {
      refusingFaults(plan, `${place} ${EXTRA}/statements[${at}]`, () => {
        const blank = blankStatement(name, options.annotator);
        plan.annotations.push(restoreStatement(blank, statement, size));
      });
    }
    const others = Object.keys(image).filter((child) => !child.startsWith('@') && !KNOWN.has(child));
    if (others.length > 0)
      plan.notes.push({ where: place, message: `Not taken over: ${others.join(', ')}.` });
  });
}

function readImage(
  image: XmlElement,
  extra: JsonObject,
  { sizes }: CvatOptions,
): { name: string; size: Size } {
  const name = typeof extra.name === 'string' ? extra.name : textOf(image, '@name');
  const [width, height] = ['@width', '@height'].map((side) => Number(textOf(image, side) ?? Number.NaN));
  const size = { width: width!, height: height! };
  if (name === null || name === '' || !isStorableText(name)) {
    return fieldFault('INVALID_VALUE', 'name', 'The image has no name; give it.');
  }
  if (![width, height].every((side) => Number.isSafeInteger(side) && side! > 0)) {
    return fieldFault('INVALID_VALUE', 'width', `"${name}" has no size in pixels; give width and height.`);
  }
  const known = sizes?.get(name) ?? size;
  if (known.width !== size.width || known.height !== size.height) {
    const stated = `${size.width} × ${size.height} pixels for "${name}"`;
    return fieldFault(
      'SIZE_MISMATCH',
      'width',
      `The file states ${stated}, which has ${known.width} × ${known.height}; send the labels of this image.`,
    );
  }
  return { name, size };
}
