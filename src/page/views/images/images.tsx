import { useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import '../../style/images.css';
import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Problem } from '../../parts/problem.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { ExcludeChosen } from './exclude-chosen.tsx';
import { FilterForm } from './filter-form.tsx';
import { filterOf, inputOf, queryOf } from './image-filter.ts';
import { ImageGrid } from './image-grid.tsx';
import { useImageList } from './image-list.ts';

const WORDS = dictionary(
  {
    count: (shown: string, of: string) => `${counted(of, 'image')}; ${shown} read so far`,
    none: 'No image is of this filter.',
    chosen: (count: string) => `${count} chosen`,
    clear: 'Choose none',
  },
  {
    count: (shown: string, of: string) => `${counted(of, 'image')} ; ${shown} lues jusqu’ici`,
    none: 'Aucune image ne correspond à ce filtre.',
    chosen: (count: string) => `${count} choisies`,
    clear: 'N’en choisir aucune',
  },
);

/** Columns of the acquisition record that images are looked for by, beside the factors that the dataset declares. */
const COLUMNS = [
  'site',
  'device',
  'session',
  'stage',
  'view',
  'illumination',
  'protocol',
  'operator',
  'unit',
];

const MEASURES = [
  'mean',
  'contrast',
  'robustContrast',
  'sharpness',
  'noise',
  'clippedHigh',
  'clippedLow',
  'saturation',
  'redGreenCast',
  'blueGreenCast',
];

const ImagesOf = graphql(`
  query ImagesOf($dataset: String!, $filter: ImageFilterInput) {
    dataset(slug: $dataset) {
      title
      imageCount(filter: $filter)
      imageCounts { kept excluded }
      labelClasses { name }
      factors { name }
    }
  }
`);

export default function Images({ dataset }: { dataset: string }) {
  const { url, route } = useLocation();
  const search = url.split('?')[1] ?? '';
  const filter = useMemo(() => filterOf(new URLSearchParams(search)), [search]);
  const input = useMemo(() => inputOf(filter), [filter]);
  return (
    <Asked query={ImagesOf} variables={{ dataset, filter: input }}>
      {({ dataset: { title, imageCount, imageCounts, labelClasses, factors } }, again) => (
        <DatasetFrame dataset={dataset} title={title}>
          <FilterForm
            key={queryOf(filter)}
            filter={filter}
            classes={labelClasses.map(({ name }) => name)}
            factors={[...COLUMNS, ...factors.map(({ name }) => name)]}
            measures={MEASURES}
            apply={(chosen) => route(`/page/datasets/${dataset}/images?${queryOf(chosen)}`)}
          />
          <Listed
            dataset={dataset}
            filter={input}
            count={imageCount}
            kept={imageCounts.kept}
            changed={again}
          />
        </DatasetFrame>
      )}
    </Asked>
  );
}

interface ListedProps {
  dataset: string;
  filter: ReturnType<typeof inputOf>;
  count: number;
  kept: number;
  changed(): void;
}

function Listed({ dataset, filter, count, kept, changed }: ListedProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const { images, error, isComplete, more, restart } = useImageList(dataset, filter);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (name: string, isChosen: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      if (isChosen) after.add(name);
      else after.delete(name);
      return after;
    });
  if (error && images.length === 0) return <Problem error={error} again={restart} />;
  return (
    <>
      <div class="toolbar">
        <span role="status">{words.count(format.whole(images.length), format.whole(count))}</span>
        {chosen.size > 0 && (
          <>
            <span>{words.chosen(format.whole(chosen.size))}</span>
            <button type="button" onClick={() => setChosen(new Set())}>
              {words.clear}
            </button>
            <ExcludeChosen
              dataset={dataset}
              kept={kept}
              chosen={images.filter(({ name }) => name && chosen.has(name))}
              done={() => {
                setChosen(new Set());
                restart();
                changed();
              }}
            />
          </>
        )}
      </div>
      {error && <Problem error={error} again={more} />}
      {isComplete && images.length === 0 ? (
        <p class="none">{words.none}</p>
      ) : (
        <ImageGrid dataset={dataset} images={images} more={more} chosen={chosen} choose={choose} />
      )}
    </>
  );
}
