import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Size } from '../annotation/geometry.ts';
import { addDecimals } from '../kernel/decimal.ts';
import { type AnnotatorSet, annotatorSets } from './annotator-sets.ts';
import type { ExportPlan, ExportSource } from './export-plan.ts';
import type { JsonObject } from './json-members.ts';
import { labelStudioConfig } from './label-studio-config.ts';
import { labelStudioForms } from './label-studio-forms.ts';
import { LossTally } from './loss-tally.ts';
import { EXTRA, statementJson } from './statement-json.ts';
import { classesOf } from './statements-by-image.ts';

/**
 * Writes `tasks.json`, a task for each image with an annotation for each annotator and pass, a prediction where the
 * annotator is a MODEL; and `labels.xml`, the labelling interface that shows them. Ids count from 1, those of people in
 * the order of the annotators. Nothing is lost to our reader: each region holds its exact statement under the key
 * `holotype`, each annotation what Label Studio has no result for, and the first task what is said of annotators and classes.
 */
export function writeLabelStudio(source: ExportSource): ExportPlan {
  const tally = new LossTally();
  const sets = annotatorSets(source);
  const people = peopleOf(sets);
  const ids = { annotation: 0, prediction: 0 };
  const used = new Map<string, string>();
  const tasks = source.images.map(({ name, ...size }, index) => {
    const speakers = sets.flatMap((set) => {
      const drafts = set.byImage.get(name)?.map((draft) => ({ ...draft }));
      return drafts === undefined ? [] : [{ set, drafts }];
    });
    const models = speakers.filter(({ set }) => isModel(set));
    const persons = speakers.filter(({ set }) => !isModel(set));
    const regions = new Regions(
      models.flatMap(({ drafts }) => drafts),
      persons.flatMap(({ drafts }) => drafts),
    );
    const write = ({ set, drafts }: (typeof speakers)[number]) =>
      writeSpeaker(set, drafts, size, regions, used, tally);
    // Predictions come first, so that a correction can bear the id of what it corrects.
    const predictions = models.map((speaker) => {
      const id = ++ids.prediction;
      for (const draft of speaker.drafts) regions.predictedIn(draft, id);
      return { id, model_version: speaker.set.annotator!.name, ...write(speaker) };
    });
    const annotations = persons.map((speaker) => {
      const { set, drafts } = speaker;
      const parent = drafts.flatMap(({ corrects }) => regions.predictionOf(corrects) ?? [])[0];
      return {
        id: ++ids.annotation,
        ...(set.annotator === null ? {} : { completed_by: people.get(set.annotator.name) }),
        was_cancelled: drafts.every(({ kind }) => kind === 'SKIP'),
        ground_truth: set.annotator?.kind === 'REFERENCE',
        ...(parent === undefined ? {} : { parent_prediction: parent }),
        ...timesOf(drafts),
        ...write(speaker),
      };
    });
    const file = index === 0 ? { annotators: source.annotators, classes: classesOf(source) } : {};
    return {
      id: index + 1,
      data: { image: name },
      meta: { [EXTRA]: { image: name, ...size, ...file } },
      annotations,
      predictions,
    };
  });
  if (tasks.length === 0)
    tally.add('classes', 'Without images there are no tasks to say them.', source.classes.length);
  const rows = tasks.map((task) => JSON.stringify(task)).join(',\n');
  return {
    files: [
      { path: 'tasks.json', content: tasks.length === 0 ? '[]\n' : `[\n${rows}\n]\n` },
      { path: 'labels.xml', content: labelStudioConfig(used, classesOf(source)) },
    ],
    losses: tally.losses,
  };
}

function writeSpeaker(
  set: AnnotatorSet,
  drafts: readonly AnnotationDraft[],
  size: Size,
  regions: Regions,
  used: Map<string, string>,
  tally: LossTally,
) {
  const result: JsonObject[] = [];
  const statements: JsonObject[] = [];
  for (const draft of drafts) {
    const forms = labelStudioForms(draft, size);
    if (forms.length === 0) statements.push(statementJson(draft));
    if (forms.length === 0 && draft.kind !== 'EMPTY' && draft.kind !== 'SKIP') {
      tally.add(draft.kind, 'Label Studio has no result for it; our reader restores it.');
    }
    tallyMembers(draft, isModel(set), tally);
    const id = regions.idOf(draft);
    for (const [index, { type, from_name, value }] of forms.entries()) {
      const control = (used.get(from_name) ?? type) === type ? from_name : `${from_name} (${type})`;
      used.set(control, type);
      result.push({
        id: index === 0 ? id : `${id}-${index + 1}`,
        type,
        from_name: control,
        to_name: 'image',
        original_width: size.width,
        original_height: size.height,
        image_rotation: 0,
        ...(isModel(set) && draft.confidence !== null ? { score: Number(draft.confidence) } : {}),
        ...(regions.predictionOf(draft.corrects) === undefined ? {} : { origin: 'prediction-changed' }),
        value,
        [EXTRA]: index === 0 ? statementJson(draft) : { partOf: id },
      });
    }
  }
  const { annotator, pass } = set;
  const said = statements.length === 0 ? {} : { statements };
  return { result, [EXTRA]: { annotator: annotator?.name ?? null, pass, ...said } };
}

/** What Label Studio does not show of a statement that it shows. */
function tallyMembers(draft: AnnotationDraft, isPrediction: boolean, tally: LossTally): void {
  const hidden = 'Label Studio does not show it; our reader restores it.';
  if ((draft.votes ?? 1) > 1) tally.add('votes', hidden);
  if (draft.confidence !== null && !isPrediction) tally.add('confidence', hidden);
  tally.add(
    'attributes',
    'Label Studio does not show them; our reader restores them.',
    draft.attributes.length,
  );
}

/** The ids of regions in one task: that of the prediction's region where one corrects it, each once in an annotation. */
class Regions {
  private readonly ids = new Map<AnnotationDraft, string>();
  private readonly predictions = new Map<string, number>();

  constructor(predicted: readonly AnnotationDraft[], said: readonly AnnotationDraft[]) {
    const byKey = new Map<string, string>();
    for (const [index, draft] of [...predicted, ...said].entries()) {
      const id = `r${index + 1}`;
      this.ids.set(draft, id);
      if (draft.key !== undefined && index < predicted.length) byKey.set(draft.key, id);
    }
    const taken = new Set<string>();
    for (const draft of said) {
      const id = byKey.get(draft.corrects ?? '');
      const place = JSON.stringify([draft.annotator, draft.pass ?? 1, id]);
      if (id === undefined || taken.has(place)) continue;
      this.ids.set(draft, id);
      taken.add(place);
    }
  }

  idOf(draft: AnnotationDraft): string {
    return this.ids.get(draft)!;
  }

  predictedIn({ key }: AnnotationDraft, prediction: number): void {
    if (key !== undefined) this.predictions.set(key, prediction);
  }

  predictionOf(key: string | undefined): number | undefined {
    return key === undefined ? undefined : this.predictions.get(key);
  }
}

function isModel({ annotator }: AnnotatorSet): boolean {
  return annotator?.kind === 'MODEL';
}

/** Numbers for people, in the order of the annotators. */
function peopleOf(sets: readonly AnnotatorSet[]): Map<string, number> {
  const names = sets.flatMap((set) => (set.annotator === null || isModel(set) ? [] : [set.annotator.name]));
  return new Map([...new Set(names)].map((name, index) => [name, index + 1]));
}

function timesOf(drafts: readonly AnnotationDraft[]): JsonObject {
  const seconds = drafts.flatMap(({ seconds }) => seconds ?? []);
  const times = drafts.flatMap(({ annotatedAt }) => annotatedAt ?? []);
  times.sort((one, other) => Date.parse(one) - Date.parse(other));
  return {
    ...(seconds.length === 0 ? {} : { lead_time: Number(seconds.reduce(addDecimals)) }),
    ...(times.length === 0 ? {} : { created_at: times[0], updated_at: times.at(-1) }),
  };
}
