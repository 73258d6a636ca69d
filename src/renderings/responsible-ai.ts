import type { DocumentInput } from './about-snapshot.ts';
import type { SnapshotFacts, ValueCount } from './snapshot-facts.ts';

const NOT_RECORDED = 'Not recorded.';

/**
 * The members of Croissant RAI 1.0 (mlcommons.org/croissant/RAI/1.0) that a snapshot itself can answer, and the eight that
 * NeurIPS asks for: of what the snapshot does not know they say so, for people to complete. Nothing is guessed.
 */
export function responsibleAi(facts: SnapshotFacts, { facts: about, source }: DocumentInput) {
  const { captured, raters, statements } = facts;
  const timeframe = captured === null ? [NOT_RECORDED] : [captured.first, captured.last];
  const useTerms = about.dataUseTerms;
  return {
    'rai:dataCollection': collection(facts),
    'rai:dataCollectionMissingData': missingData(facts),
    'rai:dataCollectionRawData': rawData(facts),
    'rai:dataCollectionTimeframe': timeframe,
    'rai:dataAnnotationProtocol': annotationProtocol(facts),
    'rai:dataAnnotationAnalysis': [agreement(facts)],
    'rai:annotationsPerItem': `${spread(statements.perImage)} statements an image, of ${spread(raters.perImage)} raters.`,
    'rai:annotatorDemographics': demographics(facts),
    'rai:machineAnnotationTools': raters.models.length > 0 ? raters.models : ['None.'],
    'rai:dataReleaseMaintenancePlan': `A frozen snapshot: nothing under its digest ever changes, but for images that are withdrawn, whose lines give way to tombstones; ${facts.images.withdrawn} were so far.`,
    'rai:personalSensitiveInformation': [
      facts.isPersonal
        ? 'Its custodians declared that it speaks of people. Names of files, positions and serial numbers are not in it.'
        : 'Its custodians declared that it does not speak of people.',
    ],
    'rai:dataBiases': biases(facts),
    'rai:dataLimitations': limitations(facts),
    'rai:dataUseCases': [
      useTerms.length > 0 ? `Not recorded but for data use terms: ${useTerms.join(', ')}.` : NOT_RECORDED,
    ],
    'rai:dataSocialImpact': NOT_RECORDED,
    'rai:hasSyntheticData': NOT_RECORDED,
    'prov:wasDerivedFrom': derivedFrom(facts, source.header.parent, about.origin),
    'prov:wasGeneratedBy': [
      activity('Collection', collection(facts)),
      activity('Preprocessing', rawData(facts)),
      activity('Annotation', annotationProtocol(facts)),
    ],
  };
}

function collection({ images, levels, captured }: SnapshotFacts): string {
  const known = levels.filter(({ count }) => count > 0);
  const from = known.map(({ name, count, isMore }) => `${isMore ? 'more than ' : ''}${count} of ${name}`);
  const when = captured === null ? 'at times not recorded' : `from ${captured.first} to ${captured.last}`;
  const breadth = from.length > 0 ? `different values: ${from.join(', ')}` : 'where and by what not recorded';
  return `${images.all} images taken ${when}; ${breadth}.`;
}

function missingData({ missing, images }: SnapshotFacts): string {
  const lacking = missing.filter((column) => column.images > 0);
  if (lacking.length === 0) return 'Every image has every acquisition field and declared factor.';
  const each = lacking.map((column) => `${column.name} ${column.images}`);
  return `Of ${images.all} images so many have no value: ${each.join(', ')}.`;
}

function rawData({ images }: SnapshotFacts): string {
  const elsewhere =
    images.byReference > 0 ? ` ${images.byReference} images lie elsewhere and are named by address.` : '';
  return `The bytes of ${images.withBytes} images as they were imported; what was done to them before is not recorded.${elsewhere}`;
}

function annotationProtocol({ raters, statements, consensuses }: SnapshotFacts): string {
  const who = listed(raters.kinds) || 'nobody';
  const beside =
    consensuses.length === 0
      ? 'No consensus was made.'
      : `Beside them stand by name: ${consensuses.map(({ name, method }) => `${name} (${method})`).join(', ')}.`;
  const kinds = listed(statements.kinds) || 'none';
  return `Every statement of every rater is kept under a pseudonym; raters: ${who}; statements: ${kinds}. ${beside}`;
}

function agreement({ agreement: { images, unanimous, alpha } }: SnapshotFacts): string {
  if (images === 0) return 'No image has the class of two people, so their agreement cannot be told.';
  const beyondChance = alpha === null ? '' : ` Krippendorff's alpha (nominal) is ${alpha}.`;
  return `Of ${images} images that two people or more gave a class they agree on ${unanimous} (${percent(unanimous, images)}).${beyondChance}`;
}

function demographics({ raters }: SnapshotFacts): string[] {
  if (raters.expertise.length === 0) return ['No person labelled it.'];
  const cells = raters.expertise.map(
    ({ value, count }) => `expertise ${value}: ${count ?? 'fewer than can be told'}`,
  );
  return [...cells, 'Nothing else about the raters is recorded in the snapshot.'];
}

function biases({ statements, levels, images }: SnapshotFacts): string[] {
  const told = statements.labels.filter((label): label is { value: string; count: number } => !!label.count);
  const all = told.reduce((sum, { count }) => sum + count, 0);
  const most = [...told].sort((a, b) => b.count - a.count)[0];
  const least = [...told].sort((a, b) => a.count - b.count)[0];
  const found: string[] = [];
  if (most && least && told.length > 1)
    found.push(
      `Classes are not equally frequent: ${most.value} has ${percent(most.count, all)} of the labels, ${least.value} ${percent(least.count, all)}.`,
    );
  const never = statements.labels.filter(({ count }) => count === 0);
  if (never.length > 0) found.push(`Classes without a label: ${never.map(({ value }) => value).join(', ')}.`);
  for (const { name, count } of levels)
    if (count === 1) found.push(`All images whose ${name} is recorded have the same ${name}.`);
  for (const { name, count } of levels)
    if (count === 0 && images.all > 0)
      found.push(`No ${name} is recorded, so bias by ${name} cannot be seen.`);
  found.push('More is told by the bias reports of the dataset, which are made on the server.');
  return found;
}

function limitations({ images, statements, raters }: SnapshotFacts): string[] {
  const unlabelled = images.all - statements.labelledImages;
  return [
    ...(unlabelled > 0 ? [`${unlabelled} of ${images.all} images have no label.`] : []),
    ...(images.byReference > 0
      ? [`The pixels of ${images.byReference} images are not pinned by the digest.`]
      : []),
    ...(images.withdrawn > 0 ? [`${images.withdrawn} images were withdrawn.`] : []),
    ...(raters.perImage.most < 2
      ? ['No image has the statements of two raters: errors of labelling cannot be estimated.']
      : []),
    'How the images were chosen is not recorded.',
  ];
}

function derivedFrom(facts: SnapshotFacts, parent: string | null, origin: string) {
  const dataset = {
    '@type': 'sc:Dataset',
    name: facts.title,
    description: `The dataset ${facts.dataset} of this server; where its images came from before is not recorded.`,
  };
  if (parent === null) return [dataset];
  return [dataset, { '@type': 'sc:Dataset', name: parent, url: `${origin}/snapshots/${parent}` }];
}

function activity(label: string, description: string) {
  return { '@type': 'prov:Activity', 'prov:label': label, 'sc:description': description };
}

function listed(counts: readonly ValueCount[]): string {
  return counts.map(({ value, count }) => `${count ?? 'few'} ${value}`).join(', ');
}

function spread({ least, most, mean }: SnapshotFacts['raters']['perImage']): string {
  return least === most ? String(least) : `${least} to ${most} (mean ${mean})`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
