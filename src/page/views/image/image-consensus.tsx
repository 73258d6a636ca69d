import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';

const WORDS = dictionary(
  {
    title: 'Consensus',
    none: 'No consensus of this dataset was ordered yet.',
    of: (method: string, revision: number) => `by ${method}, of revision ${revision}:`,
    silent: 'says nothing of this image',
    tie: (classes: string) => `a tie of ${classes}`,
    shapes: (boxes: number, masks: number) => `${boxes} fused boxes, ${masks} masks`,
    share: (label: string, share: string) => `${label} ${share}`,
  },
  {
    title: 'Consensus',
    none: 'Aucun consensus de ce jeu n’a encore été demandé.',
    of: (method: string, revision: number) => `par ${method}, de la révision ${revision} :`,
    silent: 'ne dit rien de cette image',
    tie: (classes: string) => `égalité de ${classes}`,
    shapes: (boxes: number, masks: number) => `boîtes fusionnées : ${boxes}, masques : ${masks}`,
    share: (label: string, share: string) => `${label} ${share}`,
  },
);

const Consensuses = graphql(`
  query Consensuses($dataset: String!) {
    dataset(slug: $dataset) { consensuses(first: 10) { nodes { id name method revision } } }
  }
`);

const ConsensusOfImage = graphql(`
  query ConsensusOfImage($dataset: String!, $image: String!, $consensus: ID!) {
    dataset(slug: $dataset) {
      images(first: 1, filter: { imageIds: [$image] }) {
        nodes { consensus(id: $consensus) { label ties soft { label share } boxes { label } masks { label } } }
      }
    }
  }
`);

/** What the latest consensuses of the dataset say of one image. */
export function ImageConsensus({ dataset, image }: { dataset: string; image: string }) {
  const words = useWords(WORDS);
  return (
    <section>
      <h3>{words.title}</h3>
      <Asked query={Consensuses} variables={{ dataset }}>
        {({ dataset: { consensuses } }) =>
          consensuses.nodes.length === 0 ? (
            <p class="none">{words.none}</p>
          ) : (
            <ul>
              {consensuses.nodes.map(({ id, name, method, revision }) => (
                <li key={id}>
                  <strong>{name}</strong> {words.of(method, revision)}{' '}
                  <Said dataset={dataset} image={image} consensus={id} />
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </section>
  );
}

function Said(variables: { dataset: string; image: string; consensus: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <Asked query={ConsensusOfImage} variables={variables}>
      {({ dataset: { images } }) => {
        const said = images.nodes[0]?.consensus;
        if (!said) return words.silent;
        const { label, ties, soft, boxes, masks } = said;
        const shares = soft.map((each) => words.share(each.label, format.share(Number(each.share))));
        if (soft.length === 0) return words.shapes(boxes.length, masks.length);
        return `${label ?? words.tie(ties.join(', '))} (${shares.join(', ')})`;
      }}
    </Asked>
  );
}
