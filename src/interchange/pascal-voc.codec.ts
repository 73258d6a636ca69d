import { XMLParser } from 'fast-xml-parser';
import { numberOccurrences } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import { refusingFaults } from './field-fault.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import { namesByStem } from './names-by-stem.ts';
import { type PascalVocOptions, planPascalVoc } from './plan-pascal-voc.ts';
import type { XmlElement } from './xml-element.ts';

export { writePascalVoc } from './write-pascal-voc.ts';

/** One image has at most a few thousand objects of some 300 bytes. */
const LARGEST_FILE = 8 * 1024 * 1024;
/** annotation/object/part/bndbox/xmin is the deepest path of the format. */
const DEEPEST_PATH = 16;
const REPEATED = new Set(['annotation.object', 'annotation.object.part']);

/**
 * Reads Pascal VOC annotation files, one for each image (Everingham et al. 2010, VOC2012 development kit §4).
 *
 * `origin` 1, the default: pixel indices are 1-based and inclusive, so x0 = xmin − 1 and x1 = xmax. `origin` 0, for
 * tools that write 0-based edges: the numbers are taken as they stand. A box without area in the file's own numbers
 * (xmax ≤ xmin or ymax ≤ ymin) is refused under either. `sizes` are the true sizes of the images, where known; a
 * file that states another size has its objects refused. A file without objects is an EMPTY of its annotator. Faults never throw: each is a refusal of its file or object.
 */
export function readPascalVoc(
  files: readonly { readonly path: string; readonly text: string }[],
  options: PascalVocOptions,
): ImportPlan {
  const origin = options.origin ?? 1;
  const plan = emptyPlan({
    format: 'Pascal VOC',
    version: null,
    frame: origin === 1 ? 'pixel indices, 1-based, inclusive' : 'pixel edges, 0-based',
  });
  const context = { ...options, imagesByStem: namesByStem(options.sizes?.keys() ?? []) };
  for (const { path, text } of files) {
    refusingFaults(plan, path, () => planPascalVoc(plan, path, parseXml(text), context));
  }
  plan.images = [...new Map(plan.images.map((image) => [image.name, image])).values()];
  plan.classes = [...new Set(plan.classes)];
  plan.annotations = numberOccurrences(plan.annotations);
  return plan;
}

/** A DOCTYPE may define entities that expand without bound, or read files; VOC has no use for one. */
function parseXml(text: string): XmlElement {
  if (text.length > LARGEST_FILE) return malformed(`The file is longer than ${LARGEST_FILE} characters.`);
  if (/<!DOCTYPE/i.test(text)) {
    return malformed('The file declares a DOCTYPE, which is not accepted; remove it.');
  }
  const root = parseTree(text.replace(/^\uFEFF/, '')).annotation;
  if (root === undefined || Array.isArray(root)) {
    return malformed('The root element is not <annotation>; is this a Pascal VOC file?');
  }
  return typeof root === 'string' ? {} : root;
}

function parseTree(text: string): XmlElement {
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    maxNestedTags: DEEPEST_PATH,
    isArray: (_name, path) => REPEATED.has(String(path)),
  });
  try {
    return parser.parse(text, true) as XmlElement;
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return malformed(`The XML is not well formed (fault:line:column): ${fault}`);
  }
}

function malformed(message: string): never {
  throw new DomainError('MALFORMED_FILE', message);
}
