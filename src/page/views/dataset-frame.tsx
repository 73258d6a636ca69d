import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { dictionary, useWords } from '../language.tsx';

const WORDS = dictionary(
  {
    places: 'Places of this dataset',
    overview: 'Overview',
    images: 'Images',
    raters: 'Raters',
    reports: 'Reports',
    splits: 'Splits',
    snapshots: 'Snapshots',
    runs: 'Runs',
    jobs: 'Jobs',
    withdrawals: 'Withdrawals',
  },
  {
    places: 'Lieux de ce jeu de données',
    overview: 'Aperçu',
    images: 'Images',
    raters: 'Annotateurs',
    reports: 'Rapports',
    splits: 'Partitions',
    snapshots: 'Instantanés',
    runs: 'Entraînements',
    jobs: 'Tâches',
    withdrawals: 'Retraits',
  },
);

const PLACES = ['images', 'raters', 'reports', 'splits', 'snapshots', 'runs', 'jobs', 'withdrawals'] as const;

/** What every view of one dataset stands in: its name, and the way to the others. */
export function DatasetFrame({
  dataset,
  title,
  children,
}: {
  dataset: string;
  title: string;
  children: ComponentChildren;
}) {
  const words = useWords(WORDS);
  const { path } = useLocation();
  const home = `/page/datasets/${dataset}`;
  return (
    <>
      <p class="trail">
        <a href={home}>
          <code>{dataset}</code>
        </a>
      </p>
      <h1>{title}</h1>
      <nav class="tabs" aria-label={words.places}>
        <a href={home} aria-current={path === home ? 'page' : undefined}>
          {words.overview}
        </a>
        {PLACES.map((place) => (
          <a
            key={place}
            href={`${home}/${place}`}
            aria-current={path.startsWith(`${home}/${place}`) ? 'page' : undefined}
          >
            {words[place]}
          </a>
        ))}
      </nav>
      {children}
    </>
  );
}
