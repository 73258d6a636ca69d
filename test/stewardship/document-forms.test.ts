import { describe, expect, it } from 'vitest';
import { FORMS, formOfSlug, itemOf, itemsAsking } from '../../src/stewardship/documents/document-forms.ts';
import { sectionsOf } from '../../src/stewardship/documents/document-text.ts';
import { HUMAN_QUESTIONS } from '../../src/stewardship/documents/human-questions.ts';

const numbersOf = (slug: string) => formOfSlug(slug).items.map(({ number }) => number);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => String(index + 1));

describe('the lists of questions', () => {
  it('number the datasheet 1 to 59, in the sections of its source', () => {
    expect(numbersOf('datasheet')).toEqual(upTo(59));
    const { items } = formOfSlug('datasheet');
    expect(sectionsOf(items).map(({ title, items: held }) => [title, held.at(-1)!.number])).toEqual([
      ['Motivation', '4'],
      ['Composition', '21'],
      ['Collection', '34'],
      ['Preprocessing', '38'],
      ['Uses', '44'],
      ['Distribution', '51'],
      ['Maintenance', '59'],
    ]);
  });

  it('number the data card 1 to 18', () => {
    expect(numbersOf('data-card')).toEqual(upTo(18));
  });

  it('number Article 10 of the AI Act 1 to 12, and have all that Annex IV 2(d) names', () => {
    expect(numbersOf('ai-act')).toEqual([
      ...upTo(12),
      '2(d) general description',
      '2(d) provenance',
      '2(d) scope and main characteristics',
      '2(d) how obtained and selected',
      '2(d) labelling procedures',
      '2(d) cleaning',
      '2(g)',
    ]);
  });

  it('have the items on data of the NeurIPS checklist by their numbers, and the eight fields of the minimal set', () => {
    expect(numbersOf('neurips')).toEqual([
      ...['2', '4', '5', '6', '10', '11', '12', '13', '14', '15', '16'],
      'rai:dataLimitations',
      'rai:dataBiases',
      'rai:personalSensitiveInformation',
      'rai:dataUseCases',
      'rai:dataSocialImpact',
      'rai:hasSyntheticData',
      'prov:wasDerivedFrom',
      'prov:wasGeneratedBy',
    ]);
  });

  it('demand of MIAPPE what has cardinality 1 in a section that no study is without', () => {
    const demanded = formOfSlug('miappe').items.filter(({ demand }) => demand === 'REQUIRED');
    expect(demanded.map(({ number }) => number)).toEqual([
      ...['investigationTitle', 'miappeVersion'],
      ...['studyTitle', 'studyStartDate', 'contactInst', 'locationCountry', 'siteName', 'expeDesignDesc'],
      ...['obsUnitDesc', 'growthFacilityDesc', 'personName', 'personRole', 'personAffiliation'],
      ...['biologicalMaterialId', 'organism', 'obsUnitId', 'obsUnitType'],
      ...['variableId', 'traitName', 'methodName', 'scaleName'],
    ]);
  });

  it('demand of REMBI and MIFA what they demand', () => {
    const demanded = formOfSlug('rembi-mifa').items.filter(({ demand }) => demand === 'REQUIRED');
    expect(demanded.map(({ number }) => number)).toEqual([
      ...['title', 'description', 'private_until_date', 'keywords', 'authors', 'rembi_version'].map(
        (name) => `study.${name}`,
      ),
      ...['study_component.name', 'study_component.description'],
      ...[
        'biosample.organism.scientific_name',
        'biosample.organism.ncbi_taxon',
        'biosample.biological_entity',
      ],
      'specimen.sample_preparation',
      ...['imaging_method', 'imaging_instrument', 'image_acquisition_parameters'].map(
        (name) => `image_acquisition.${name}`,
      ),
      'image_analysis.analysis_overview',
      ...['authors', 'annotation_overview', 'annotation_type', 'annotation_method'].map(
        (name) => `annotations.${name}`,
      ),
      ...['annotation_id', 'source_image_id', 'annotation_type'].map((name) => `annotation_file.${name}`),
    ]);
  });

  it.each(FORMS)(
    'never give two items of $slug one number, and stand in the order of their numbers',
    ({ items }) => {
      const numbers = items.map(({ number }) => number);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(sectionsOf(items).flatMap((section) => section.items.map(({ number }) => number))).toEqual(
        numbers,
      );
    },
  );

  it('ask every shared question somewhere, and no shared question that does not exist', () => {
    const asked = new Set(FORMS.flatMap(({ items }) => items.map(({ asks }) => asks)));
    const shared = [...asked].filter((question) => !question.includes('.'));
    expect(shared.sort()).toEqual(Object.keys(HUMAN_QUESTIONS).sort());
  });

  it('let one answer serve every document that asks the same', () => {
    expect(itemsAsking(itemOf('data-card.2').asks)).toEqual([
      ...['datasheet.3', 'data-card.2', 'rembi-mifa.study.funding'],
    ]);
    expect(itemsAsking(itemOf('datasheet.4').asks)).toEqual(['datasheet.4']);
  });

  it('refuse an item that no document has, with what it has', () => {
    expect(() => itemOf('datasheet.60')).toThrow('the datasheet has no item "60", but 1 to 59');
    expect(() => itemOf('letter.1')).toThrow('with one of datasheet, data-card');
    expect(() => formOfSlug('letter')).toThrow('"letter" is no document');
  });
});
