import { checkGeometry, type Size } from '../annotation/geometry.ts';
import { CVAT_SHAPES, cvatGeometry } from './cvat-geometry.ts';
import { fieldFault, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { isStorableText } from './is-storable-text.ts';
import { blankStatement } from './statement-json.ts';
import { elementsOf, textOf, type XmlElement } from './xml-element.ts';

export interface CvatOptions {
  /** Who annotated, where neither the shape nor the job's assignee says. */
  readonly annotator: string | null;
  /** The true sizes of images by name, in stored pixels, where known. */
  readonly sizes?: ReadonlyMap<string, Size>;
}

const REFUSED = ['cuboid', 'skeleton'] as const;
const SAID = ['source', 'occluded', 'z_order', 'group_id'] as const;

/** Adds one `image` to the plan. An image without shapes stays one of which nothing is said: CVAT does not tell who looked. */
export function planCvatImage(
  plan: ImportPlan,
  image: XmlElement,
  index: number,
  options: CvatOptions,
): void {
  const place = `image[${index + 1}]`;
  refusingFaults(plan, place, () => {
    const name = textOf(image, '@name');
    const [width, height] = ['@width', '@height'].map((side) => Number(textOf(image, side) ?? Number.NaN));
    const size = { width: width!, height: height! };
    if (name === null || name === '' || !isStorableText(name)) {
      return fieldFault('INVALID_VALUE', 'name', 'The image has no name; give it.');
    }
    if (![width, height].every((side) => Number.isSafeInteger(side) && side! > 0)) {
      return fieldFault('INVALID_VALUE', 'width', `"${name}" has no size in pixels; give width and height.`);
    }
    const known = options.sizes?.get(name) ?? size;
    if (known.width !== size.width || known.height !== size.height) {
      const stated = `${size.width} × ${size.height} pixels for "${name}"`;
      return fieldFault(
        'SIZE_MISMATCH',
        'width',
        `The file states ${stated}, which has ${known.width} × ${known.height}; send the labels of this image.`,
      );
    }
    plan.images.push({ name, ...size });
    for (const shape of [...CVAT_SHAPES, 'tag', ...REFUSED] as const) {
      for (const [at, element] of elementsOf(image, shape).entries()) {
        const where = `${place} ${shape}[${at + 1}]`;
        refusingFaults(plan, where, () => {
          if (shape === 'cuboid' || shape === 'skeleton') {
            return fieldFault(
              'INVALID_VALUE',
              null,
              `A ${shape} is not taken over; write it as other shapes.`,
            );
          }
          const label = textOf(element, '@label');
          if (label === null || label === '' || !isStorableText(label)) {
            return fieldFault(
              'INVALID_VALUE',
              'label',
              `The ${shape} of "${name}" has no label; give its class.`,
            );
          }
          const said = attributesOf(element);
          const annotator =
            said.find((attribute) => attribute.name === 'annotator')?.value || options.annotator;
          const attributes = said.filter((attribute) => attribute.name !== 'annotator');
          const statement = { ...blankStatement(name, annotator), label, attributes };
          if (shape === 'tag') {
            plan.annotations.push({ ...statement, kind: 'CLASS' });
            return;
          }
          const geometries = cvatGeometry(shape, element, size);
          const checks = geometries.map((geometry) => checkGeometry(geometry, size));
          const reason = checks.flatMap(({ reasons }) => reasons)[0];
          if (reason !== undefined)
            return fieldFault(reason.code, null, `${label} of "${name}": ${reason.message}`);
          for (const geometry of geometries)
            plan.annotations.push({ ...statement, kind: geometry.kind, geometry });
          for (const message of checks.flatMap(({ notes }) => notes)) plan.notes.push({ where, message });
        });
      }
    }
  });
}

function attributesOf(element: XmlElement): { name: string; value: string }[] {
  const own = SAID.map((name) => ({ name: name as string, value: textOf(element, `@${name}`) ?? '' }));
  const given = elementsOf(element, 'attribute').map((child) => ({
    name: textOf(child, '@name') ?? '',
    value: textOf(child, '#text') ?? '',
  }));
  return [...own, ...given].filter(
    ({ name, value }) => name !== '' && value !== '' && isStorableText(name + value),
  );
}
