import { XMLParser } from 'fast-xml-parser';
import { numberOccurrences } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import { type CvatOptions, planCvatImage } from './plan-cvat.ts';
import { elementsOf, textOf, type XmlElement } from './xml-element.ts';

const DEEPEST_PATH = 24;

/**
 * Reads CVAT for images 1.1. Its frame is ours. The annotator is the shape's attribute `annotator`, else the job's
 * assignee, else `options.annotator`. `source` (manual, auto, semi-auto) stays an attribute. Throws MALFORMED_FILE for what is no such file.
 */
export function readCvat(text: string, options: CvatOptions): ImportPlan {
  if (/<!DOCTYPE/i.test(text)) malformed('The file declares a DOCTYPE, which is not accepted; remove it.');
  const root = parse(text).annotations;
  if (typeof root !== 'object' || Array.isArray(root)) {
    return malformed('The root element is not <annotations>; is this a CVAT file?');
  }
  if (elementsOf(root, 'track').length > 0) {
    return malformed('The file has tracks of a video; export it as "CVAT for images 1.1".');
  }
  const version = textOf(root, 'version');
  const plan = emptyPlan({ format: 'CVAT', version, frame: 'pixel edges, 0-based' });
  const meta = elementsOf(root, 'meta')[0] ?? {};
  const job = ['job', 'task', 'project'].flatMap((name) => elementsOf(meta, name))[0] ?? {};
  const assignee = elementsOf(job, 'assignee')[0] ?? {};
  const annotator = textOf(assignee, 'username') || textOf(assignee, '#text') || options.annotator;
  const declared = elementsOf(job, 'labels').flatMap((labels) => elementsOf(labels, 'label'));
  for (const [index, image] of elementsOf(root, 'image').entries()) {
    planCvatImage(plan, image, index, { ...options, annotator });
  }
  const used = plan.annotations.map(({ label }) => label);
  const names = [...declared.map((label) => textOf(label, 'name')), ...used];
  plan.classes = [...new Set(names.filter((name) => name !== null && name !== ''))] as string[];
  plan.annotations = numberOccurrences(plan.annotations);
  return plan;
}

function parse(text: string): XmlElement {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    maxNestedTags: DEEPEST_PATH,
  });
  try {
    return parser.parse(text.replace(/^\uFEFF/, ''), true) as XmlElement;
  } catch (error) {
    return malformed(`The XML is not well formed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function malformed(message: string): never {
  throw new DomainError('MALFORMED_FILE', message);
}
