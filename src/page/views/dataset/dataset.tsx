import { lazy } from 'preact-iso';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { Documents } from './documents.tsx';

const WORDS = dictionary(
  {
    kept: 'Images kept',
    excluded: 'Images excluded',
    annotations: 'Annotations',
    raters: 'Raters',
    unit: 'Unit (what is independent)',
    licence: 'Licence',
    use: 'Data-use terms',
    sensitivity: 'Sensitivity',
    custodian: 'Custodian',
    revision: 'Revision',
    none: 'none declared',
    classes: 'Classes',
    factors: 'Factors recorded',
  },
  {
    kept: 'Images gardées',
    excluded: 'Images exclues',
    annotations: 'Annotations',
    raters: 'Annotateurs',
    unit: 'Unité (ce qui est indépendant)',
    licence: 'Licence',
    use: 'Conditions d’usage',
    sensitivity: 'Sensibilité',
    custodian: 'Dépositaire',
    revision: 'Révision',
    none: 'non déclaré',
    classes: 'Classes',
    factors: 'Facteurs relevés',
  },
);

/** The plotting library comes after the facts. */
const HeldImages = lazy(() => import('./holdings.tsx'));

const DatasetOverview = graphql(`
  query DatasetOverview($dataset: String!) {
    dataset(slug: $dataset) {
      title
      description
      revision
      unit
      licence
      dataUseTerms
      sensitivity
      custodian
      imageCounts { kept excluded }
      annotationCount
      annotators { pseudonym }
      labelClasses { name }
      factors { name kind unit }
    }
  }
`);

export default function Dataset({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <Asked query={DatasetOverview} variables={{ dataset }}>
      {({ dataset: { title, description, ...facts } }) => (
        <DatasetFrame dataset={dataset} title={title}>
          <p class="lead">{description}</p>
          <dl class="facts">
            <dt>{words.revision}</dt>
            <dd>{facts.revision}</dd>
            <dt>{words.kept}</dt>
            <dd>{format.whole(facts.imageCounts.kept)}</dd>
            <dt>{words.excluded}</dt>
            <dd>{format.whole(facts.imageCounts.excluded)}</dd>
            <dt>{words.annotations}</dt>
            <dd>{format.whole(facts.annotationCount)}</dd>
            <dt>{words.raters}</dt>
            <dd>{facts.annotators.length}</dd>
            <dt>{words.unit}</dt>
            <dd>{facts.unit}</dd>
            <dt>{words.licence}</dt>
            <dd>{facts.licence ?? words.none}</dd>
            <dt>{words.use}</dt>
            <dd>{facts.dataUseTerms.join(', ') || words.none}</dd>
            <dt>{words.sensitivity}</dt>
            <dd>{facts.sensitivity}</dd>
            <dt>{words.custodian}</dt>
            <dd>{facts.custodian ?? words.none}</dd>
            <dt>{words.classes}</dt>
            <dd>{facts.labelClasses.map(({ name }) => name).join(', ') || words.none}</dd>
            <dt>{words.factors}</dt>
            <dd>{facts.factors.map(({ name }) => name).join(', ') || words.none}</dd>
          </dl>
          <HeldImages
            dataset={dataset}
            factors={['site', 'device', ...facts.factors.map(({ name }) => name)]}
          />
          <Documents dataset={dataset} />
        </DatasetFrame>
      )}
    </Asked>
  );
}
