import { canonicalJson } from '../kernel/canonical-json.ts';
import type { RenderingFormat } from './rendering.ts';
import { snapshotFacts } from './snapshot-facts.ts';

/** `facts.json`: what is counted over a snapshot for the documents about it, as canonical JSON. */
export const FACTS: RenderingFormat = {
  kind: 'FILES',
  version: 1,
  holdsPixels: false,
  purpose: 'Counts over the whole snapshot: images, statements, raters, classes, times and what is missing.',
  limits: ['Counts alone: no image and no statement is in it.'],
  async *files({ source }) {
    const facts = canonicalJson(await snapshotFacts(source));
    yield { path: 'facts.json', mediaType: 'application/json', chunks: [facts] };
  },
};
