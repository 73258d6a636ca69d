import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { More } from '../../parts/more.tsx';

const WORDS = dictionary(
  {
    title: 'Datasets',
    lead: 'Which data was a model trained on, who labelled it, where does it lean, and can one get exactly it again?',
    images: (kept: string, excluded: string) => `${counted(kept, 'image')} kept, ${excluded} excluded`,
    revision: (number: number) => `revision ${number}`,
    published: 'Published',
    none: 'No snapshot published yet',
  },
  {
    title: 'Jeux de données',
    lead: 'Sur quelles données un modèle a-t-il été entraîné, qui les a étiquetées, où penchent-elles, et peut-on les retrouver exactement ?',
    images: (kept: string, excluded: string) => `${kept} images gardées, ${excluded} exclues`,
    revision: (number: number) => `révision ${number}`,
    published: 'Publié',
    none: 'Aucun instantané publié',
  },
);

const DatasetList = graphql(`
  query DatasetList($after: String) {
    datasets(first: 50, after: $after) {
      nodes {
        slug
        title
        description
        revision
        imageCounts { kept excluded }
        snapshots(first: 1) { nodes { digest tags state publishedAt } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export function Datasets() {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <More query={DatasetList} variables={{}} connection={({ datasets }) => datasets}>
        {(datasets) => (
          <ul class="tiles">
            {datasets.map(({ slug, title, description, revision, imageCounts, snapshots }) => (
              <li key={slug}>
                <h2>
                  <a href={`/page/datasets/${slug}`}>{title}</a>
                </h2>
                <p>
                  <code>{slug}</code> · {words.revision(revision)}
                </p>
                <p>{description}</p>
                <p>{words.images(format.whole(imageCounts.kept), format.whole(imageCounts.excluded))}</p>
                <p>
                  {snapshots.nodes[0] ? (
                    <>
                      {words.published} {format.moment(snapshots.nodes[0].publishedAt)}:{' '}
                      <a class="digest" href={`/page/snapshots/${snapshots.nodes[0].digest}`}>
                        {snapshots.nodes[0].tags[0] ?? snapshots.nodes[0].digest.slice(0, 19)}
                      </a>
                    </>
                  ) : (
                    words.none
                  )}
                </p>
              </li>
            ))}
          </ul>
        )}
      </More>
    </>
  );
}
