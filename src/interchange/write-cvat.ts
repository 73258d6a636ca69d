import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Size } from '../annotation/geometry.ts';
import { compareText } from '../kernel/compare-text.ts';
import { escapeXml } from '../kernel/escape-xml.ts';
import { CVAT_OWN_ATTRIBUTES, cvatElements, UNLABELLED } from './cvat-elements.ts';
import { writeCvatExtra } from './cvat-extra.ts';
import type { ExportPlan, ExportSource } from './export-plan.ts';
import { emptyPlan } from './import-plan.ts';
import type { JsonObject } from './json-members.ts';
import { LossTally } from './loss-tally.ts';
import { planCvatImage } from './plan-cvat.ts';
import { differingMembers, EXTRA, statementJson } from './statement-json.ts';
import { classesOf, statementsByImage } from './statements-by-image.ts';
import { elementsOf, textOf, type XmlElement, type XmlValue } from './xml-element.ts';

/**
 * Writes `annotations.xml`, CVAT for images 1.1. Shapes with all their digits, and CLASS as `tag`, are CVAT's own; each
 * names its annotator in the attribute `annotator`, which the labels declare. A shape without a class has the label
 * `unlabelled`.
 *
 * Nothing is lost to our reader: what CVAT cannot say stands as JSON under `holotype`, a declared attribute of shapes,
 * and an XML attribute of images (statements that are neither shape nor class) and of the file (annotators, classes).
 * CVAT keeps the former, and passes over the latter.
 */
export function writeCvat(source: ExportSource): ExportPlan {
  const tally = new LossTally();
  const byImage = statementsByImage(source);
  const images = source.images.map(({ name, width, height }, index) => {
    const size = { width, height };
    const elements: [string, XmlElement][] = [];
    const statements: JsonObject[] = [];
    for (const [number, draft] of byImage.get(name)!.entries()) {
      const written = writeStatement(draft, size, number + 1);
      elements.push(...written);
      if (written.length === 0) statements.push(statementJson(draft));
      tallyStatement(draft, written.length, tally);
    }
    const escaped = escapeXml(name);
    const isExact = textOf({ name: escaped }, 'name') === name;
    const extra = { ...(isExact ? {} : { name }), ...(statements.length === 0 ? {} : { statements }) };
    const image: XmlElement = {
      '@id': String(index),
      '@name': escaped,
      '@width': String(width),
      '@height': String(height),
      ...(Object.keys(extra).length === 0 ? {} : { [`@${EXTRA}`]: writeCvatExtra(extra) }),
    };
    return { image, elements };
  });
  const shown = images.flatMap(({ elements }) => elements.map(([, element]) => element));
  const annotators = new Set(source.annotations.map(({ annotator }) => annotator)).size;
  if (annotators > 1)
    tally.add(
      'annotators',
      'CVAT shows the shapes of all annotators together, told apart by an attribute.',
      annotators,
    );
  const head = writeCvatExtra({ annotators: source.annotators, classes: classesOf(source) });
  const content = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<annotations ${EXTRA}="${head}">`,
    '  <version>1.1</version>',
    ...metaLines(source, shown),
    ...images.flatMap(({ image, elements }) => [
      `  ${tagOf('image', image)}>`,
      ...elements.map(([name, element]) => `    ${writeElement(name, element)}`),
      '  </image>',
    ]),
    '</annotations>',
    '',
  ].join('\n');
  return { files: [{ path: 'annotations.xml', content }], losses: tally.losses };
}

/** The elements of a statement, the first with what our reader would not know else; none where CVAT has none for it. */
function writeStatement(draft: AnnotationDraft, size: Size, number: number): [string, XmlElement][] {
  const elements = cvatElements(draft, size);
  const [first, ...parts] = elements;
  if (first === undefined) return [];
  const plain = readBack(draft, first, size);
  if (plain === null) return [];
  const isSeveral = parts.length > 0;
  const differing = differingMembers(draft, plain);
  const extra = { ...(isSeveral ? { part: number } : {}), ...differing };
  return [
    Object.keys(extra).length === 0 ? first : [first[0], withExtra(first[1], extra)],
    ...parts.map(([name, element]): [string, XmlElement] => [name, withExtra(element, { partOf: number })]),
  ];
}

/** Null where our reader would refuse the element. */
function readBack(draft: AnnotationDraft, [name, element]: [string, XmlElement], size: Size) {
  const plan = emptyPlan({ format: '', version: null, frame: '' });
  const sides = { '@width': String(size.width), '@height': String(size.height) };
  planCvatImage(plan, { '@name': 'image', ...sides, [name]: element }, 0, { annotator: null });
  const [plain, ...others] = plan.annotations;
  return plain === undefined || others.length > 0 ? null : { ...plain, image: draft.image };
}

function withExtra(element: XmlElement, extra: JsonObject): XmlElement {
  const attribute = { '@name': EXTRA, '#text': writeCvatExtra(extra) };
  return { ...element, attribute: [...elementsOf(element, 'attribute'), attribute] };
}

function tallyStatement(draft: AnnotationDraft, elements: number, tally: LossTally): void {
  const { kind, geometry } = draft;
  if (elements === 0)
    tally.add(kind, 'CVAT does not show it, nor keep it; our reader restores it from this file.');
  else if (geometry?.kind === 'POLYGON' && elements > 1)
    tally.add('rings', 'CVAT shows a polygon of several rings as several; our reader joins them.');
  if (elements > 0 && draft.label === null)
    tally.add(
      'unlabelled shapes',
      `CVAT shows the label "${UNLABELLED}"; our reader restores that there is none.`,
    );
}

/** CVAT takes only labels and attributes that are declared. */
function metaLines({ title, images, ...source }: ExportSource, shown: readonly XmlElement[]): string[] {
  const attributes = new Map<string, Set<string>>();
  const declare = (label: string): Set<string> => {
    const names = attributes.get(label) ?? new Set(CVAT_OWN_ATTRIBUTES);
    attributes.set(label, names);
    return names;
  };
  for (const name of classesOf({ title, images, ...source })) {
    if (textOf({ name: escapeXml(name) }, 'name') !== '') declare(escapeXml(name));
  }
  for (const element of shown) {
    const names = declare(String(element['@label']));
    for (const child of elementsOf(element, 'attribute')) names.add(String(child['@name']));
  }
  const labels = [...attributes].map(([label, names]) => {
    const declared = [...names]
      .sort(compareText)
      .map(
        (name) =>
          `<attribute><name>${name}</name><mutable>False</mutable><input_type>text</input_type><default_value></default_value><values></values></attribute>`,
      );
    return `      <label><name>${label}</name><type>any</type><attributes>${declared.join('')}</attributes></label>`;
  });
  return [
    '  <meta><task>',
    `    <name>${escapeXml(title)}</name><size>${images.length}</size><mode>annotation</mode>`,
    '    <labels>',
    ...labels,
    '    </labels>',
    '  </task></meta>',
  ];
}

/** The texts are escaped already. */
function writeElement(name: string, element: XmlElement): string {
  const children = elementsOf(element, 'attribute').map(
    (child) => `<attribute name="${textIn(child['@name'])}">${textIn(child['#text'])}</attribute>`,
  );
  return `${tagOf(name, element)}>${children.join('')}</${name}>`;
}

function tagOf(name: string, element: XmlElement): string {
  const members = Object.entries(element).filter(([member]) => member.startsWith('@'));
  return [`<${name}`, ...members.map(([member, value]) => `${member.slice(1)}="${textIn(value)}"`)].join(' ');
}

const textIn = (value: XmlValue | undefined): string => (typeof value === 'string' ? value : '');
