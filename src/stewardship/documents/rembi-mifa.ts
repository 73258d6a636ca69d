import { type DocumentForm, type Item, sectionOf, type Teller, told } from './document-item.ts';
import { imageField } from './image-field.ts';
import * as data from './tell-data.ts';
import * as governance from './tell-governance.ts';
import * as labels from './tell-labels.ts';

const slug = 'rembi-mifa';
type Options = Partial<Pick<Item, 'asks' | 'tell' | 'way' | 'codes' | 'field'>>;
type Demand = 'REQUIRED' | 'OPTIONAL';

/** Fields of one module, by their paths in the standard. */
const moduleOf = (module: string, path: string) => {
  const item = sectionOf(slug, module);
  return (name: string, demand: Demand, { codes = ['H'], ...options }: Options = {}): Item =>
    item(`${path}.${name}`, demand === 'REQUIRED' ? 'required' : 'optional', codes, {
      ...options,
      demand,
    });
};

const study = moduleOf('REMBI: Study', 'study');
const component = moduleOf('REMBI: Study component', 'study_component');
const biosample = moduleOf('REMBI: Biosample', 'biosample');
const specimen = moduleOf('REMBI: Specimen', 'specimen');
const acquisition = moduleOf('REMBI: Image acquisition', 'image_acquisition');
const correlation = moduleOf('REMBI: Image correlation', 'image_correlation');
const analysis = moduleOf('REMBI: Image analysis', 'image_analysis');
const annotations = moduleOf('MIFA: Annotations', 'annotations');
const file = moduleOf('MIFA: Annotation files', 'annotation_file');

const own =
  (code: 'D' | 'A' | 'N', basis: string, text: string): Teller =>
  () =>
    told(code, basis, text);

/** MIFA's types of annotation that our kinds of statements are. */
const TYPES: Readonly<Record<string, string>> = {
  CLASS: 'class_labels',
  ATTRIBUTE: 'class_labels',
  VALUE: 'other',
  POINT: 'point_annotations',
  BOX: 'bounding_boxes',
  ROTATED_BOX: 'geometrical_annotations',
  POLYGON: 'geometrical_annotations',
  POLYLINE: 'geometrical_annotations',
  ELLIPSE: 'geometrical_annotations',
  MASK: 'segmentation_mask',
  EMPTY: 'class_labels',
};
const annotationTypes: Teller = ({ statements, subject }) => {
  const types = [...new Set(statements.kinds.map(({ value }) => TYPES[value] ?? 'other'))].sort();
  return told('A', `annotations, revision ${subject.revision}`, types.length > 0 && `${types.join(', ')}.`);
};
const ofStatements =
  (text: string): Teller =>
  ({ statements, subject }) =>
    told('A', `annotations, revision ${subject.revision}`, statements.all > 0 && text);

/** REMBI 1.5 and, for what is made for learning, MIFA: their modules and fields by name. */
export const REMBI_MIFA: DocumentForm = {
  kind: 'REMBI_MIFA',
  slug,
  title: 'REMBI and MIFA completeness',
  source:
    'REMBI 1.5 (Sarkans et al. 2021) and MIFA, their modules and fields by name as the BioImage Archive has them',
  items: [
    study('title', 'REQUIRED', { codes: ['D'], tell: [data.title] }),
    study('description', 'REQUIRED', {
      ...{ codes: ['D'], way: 'Describe the dataset: `describeDataset`.' },
      tell: [
        ({ subject }) =>
          told('D', `dataset record, revision ${subject.revision}`, subject.description.trim() || null),
      ],
    }),
    study('private_until_date', 'REQUIRED'),
    study('keywords', 'REQUIRED'),
    study('authors', 'REQUIRED', { asks: 'creators' }),
    study('rembi_version', 'REQUIRED', { codes: ['D'], tell: [own('D', 'this document', '1.5')] }),
    study('license', 'OPTIONAL', {
      codes: ['D'],
      tell: [data.licence],
      way: 'Declare a licence: `describeDataset`.',
    }),
    study('funding', 'OPTIONAL', { asks: 'funding' }),
    study('publications', 'OPTIONAL', { asks: 'publications' }),
    study('links', 'OPTIONAL', { codes: ['N'], tell: [data.access] }),
    study('acknowledgements', 'OPTIONAL'),
    component('name', 'REQUIRED', {
      codes: ['D'],
      tell: [({ subject }) => told('D', `dataset record, revision ${subject.revision}`, subject.dataset)],
    }),
    component('description', 'REQUIRED', { codes: ['N'], tell: [data.instances] }),
    biosample('organism.scientific_name', 'REQUIRED', {
      ...imageField('scientific_name', 'organism', 'species'),
      asks: 'species',
    }),
    biosample('organism.common_name', 'OPTIONAL', imageField('common_name')),
    biosample('organism.ncbi_taxon', 'REQUIRED', { ...imageField('ncbi_taxon'), asks: 'species' }),
    biosample('biological_entity', 'REQUIRED', imageField('biological_entity', 'anatomicalEntity')),
    biosample('description', 'OPTIONAL'),
    biosample('intrinsic_variables', 'OPTIONAL', { codes: ['M'], tell: [data.fieldsTold('stage')] }),
    biosample('extrinsic_variables', 'OPTIONAL', {
      codes: ['M'],
      tell: [data.fieldsTold('illumination', 'weather')],
    }),
    biosample('experimental_variables', 'OPTIONAL', { codes: ['M'], tell: [data.factors] }),
    specimen('sample_preparation', 'REQUIRED', { ...imageField('sample_preparation'), asks: 'preparation' }),
    specimen('growth_protocol', 'OPTIONAL', { asks: 'growth' }),
    acquisition('imaging_method', 'REQUIRED', imageField('imaging_method')),
    acquisition('imaging_instrument', 'REQUIRED', imageField('imaging_instrument', 'device')),
    acquisition(
      'image_acquisition_parameters',
      'REQUIRED',
      imageField('image_acquisition_parameters', 'protocol', 'magnification', 'pixelSize'),
    ),
    correlation('spatial_and_temporal_alignment', 'OPTIONAL'),
    correlation('fiducials_used', 'OPTIONAL'),
    correlation('transformation_matrix', 'OPTIONAL'),
    analysis('analysis_overview', 'REQUIRED', { codes: ['B'], asks: 'uses', tell: [governance.runs] }),
    annotations('authors', 'REQUIRED', { codes: ['A'], asks: 'collectors', tell: [labels.raters] }),
    annotations('annotation_overview', 'REQUIRED', {
      codes: ['A'],
      tell: [labels.labelTable, labels.classes],
    }),
    annotations('annotation_type', 'REQUIRED', { codes: ['A'], tell: [annotationTypes] }),
    annotations('annotation_method', 'REQUIRED', {
      codes: ['A', 'H'],
      asks: 'annotationMethod',
      tell: [labels.rounds, labels.models],
    }),
    annotations('annotation_criteria', 'OPTIONAL', {
      ...{
        codes: ['A'],
        asks: 'annotationMethod',
        tell: [labels.instructions],
        way: 'Add the guideline given to raters: `addGuideline`.',
      },
    }),
    annotations('annotation_coverage', 'OPTIONAL', { codes: ['A'], tell: [labels.coverage] }),
    annotations('annotation_confidence_level', 'OPTIONAL', {
      codes: ['A', 'B'],
      tell: [labels.confidence, labels.agreement],
    }),
    file('annotation_id', 'REQUIRED', {
      codes: ['A'],
      tell: [ofStatements('Every statement has an id made of its content.')],
    }),
    file('source_image_id', 'REQUIRED', {
      codes: ['A'],
      tell: [ofStatements('Every statement names its image by the id of the manifest.')],
    }),
    file('annotation_type', 'REQUIRED', { codes: ['A'], tell: [annotationTypes] }),
    file('transformations', 'OPTIONAL', { codes: ['A'], tell: [governance.origins] }),
    file('spatial_information', 'OPTIONAL', {
      codes: ['A'],
      tell: [
        ofStatements(
          'Shapes are in the frame of the stored pixels, 0-based, the origin at the top left (docs/snapshot-format.md).',
        ),
      ],
    }),
    file('annotation_creation_time', 'OPTIONAL', { codes: ['A'], tell: [labels.annotationDates] }),
  ],
};
