import { canonicalJson } from '../kernel/canonical-json.ts';
import { type DocumentInput, formsAddress } from './about-snapshot.ts';
import { partsOf, sizeOfPart } from './part-paths.ts';
import type { RenderingFormat, Selection } from './rendering.ts';

/** MLflow's dataset digests end here. */
const DIGEST_CHARACTERS = 32;
const MOST_NAME_CHARACTERS = 500;
/** What MLflow's pages show of a part; others keep their name. */
const CONTEXTS: Readonly<Record<string, string>> = {
  train: 'training',
  validation: 'validation',
  val: 'validation',
  test: 'testing',
};

/** `mlflow.json`: the `datasets` of MLflow's `runs/log-inputs`, one for each part, to which a run adds its `run_id`. */
export const MLFLOW: RenderingFormat = {
  kind: 'DOCUMENTS',
  version: 1,
  holdsPixels: false,
  purpose: 'What a run logs in MLflow of the snapshot that it trained on: one dataset input for each part.',
  limits: [
    'MLflow keeps 36 characters of a digest: the first 32 stand there, all of them in the tag `snapshot.digest`.',
  ],
  needs: [],
  async *documents(input) {
    const datasets = partsOf(input.source.header).map((part) => datasetInput(input, part));
    yield {
      path: 'mlflow.json',
      mediaType: 'application/json',
      chunks: [`${canonicalJson({ datasets })}\n`],
    };
  },
};

function datasetInput(input: DocumentInput, part: Selection) {
  const { header, digest } = input.source;
  const place = part.split === null ? [] : [part.split, part.part];
  const tags = {
    'mlflow.data.context': CONTEXTS[part.part] ?? part.part,
    'snapshot.digest': digest,
    ...(part.split === null ? {} : { 'snapshot.split': part.split, 'snapshot.part': part.part }),
  };
  return {
    dataset: {
      digest: digest.slice('sha256:'.length).slice(0, DIGEST_CHARACTERS),
      name: [header.dataset, ...place].join('/').slice(0, MOST_NAME_CHARACTERS),
      profile: canonicalJson({ digest, images: sizeOfPart(header, part), title: header.title, ...part }),
      source: canonicalJson({ url: `${formsAddress(input)}/croissant.json` }),
      source_type: 'http',
    },
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  };
}
