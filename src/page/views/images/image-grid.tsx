import { useEffect, useRef, useState } from 'preact/hooks';
import { dictionary, useWords } from '../../language.tsx';
import { Picture } from '../../parts/picture.tsx';
import type { ListedImage } from './image-list.ts';
import { useVirtualRows } from './virtual-rows.ts';

const WORDS = dictionary(
  {
    grid: 'Images',
    choose: (name: string) => `Choose ${name}`,
    excluded: 'excluded',
    none: 'no pixels here',
  },
  {
    grid: 'Images',
    choose: (name: string) => `Choisir ${name}`,
    excluded: 'exclue',
    none: 'pas de pixels ici',
  },
);

const CELL_WIDTH = 168;
const ROW_HEIGHT = 190;

interface ImageGridProps {
  dataset: string;
  images: readonly ListedImage[];
  /** Asks for what follows; called as the end comes near. */
  more(): void;
  chosen: ReadonlySet<string>;
  choose(name: string, isChosen: boolean): void;
}

export function ImageGrid({ dataset, images, more, chosen, choose }: ImageGridProps) {
  const words = useWords(WORDS);
  const scroller = useRef<HTMLElement>(null);
  const columns = useColumns(scroller);
  const rows = Math.ceil(images.length / columns);
  const { items, height } = useVirtualRows(scroller, rows, ROW_HEIGHT);
  const lastRow = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastRow >= rows - 4) more();
  }, [lastRow, rows, more]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard (WCAG 2.1.1).
    <section class="grid" ref={scroller} aria-label={words.grid} tabIndex={0}>
      <div class="grid-room" style={{ height: `${height}px` }}>
        {items.map(({ index, start }) => (
          <div
            class="grid-row"
            key={index}
            style={{ transform: `translateY(${start}px)`, height: `${ROW_HEIGHT}px` }}
          >
            {Array.from({ length: columns }, (_, column) => {
              const image = images[index * columns + column];
              return image ? (
                <Cell key={image.imageId} dataset={dataset} image={image} chosen={chosen} choose={choose} />
              ) : (
                <span key={`empty-${column}`} class="cell-room" />
              );
            })}
          </div>
        ))}
      </div>
    </section>
  );
}

function Cell({
  dataset,
  image,
  chosen,
  choose,
}: Pick<ImageGridProps, 'dataset' | 'chosen' | 'choose'> & { image: ListedImage }) {
  const words = useWords(WORDS);
  const name = image.name ?? image.imageId;
  return (
    <div class={image.exclusion ? 'cell excluded' : 'cell'}>
      <a href={`/page/datasets/${dataset}/images/${encodeURIComponent(image.imageId)}`}>
        {image.preview.address ? (
          <Picture address={image.preview.address} alt="" />
        ) : (
          <span class="picture-refused">
            <small>{words.none}</small>
          </span>
        )}
        <span class="caption">
          {name} {image.exclusion && <em>({words.excluded})</em>}
        </span>
      </a>
      {image.name && (
        <input
          type="checkbox"
          aria-label={words.choose(name)}
          checked={chosen.has(image.name)}
          onChange={(event) => choose(image.name!, event.currentTarget.checked)}
        />
      )}
    </div>
  );
}

function useColumns(scroller: { current: HTMLElement | null }): number {
  const [columns, setColumns] = useState(1);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) =>
      setColumns(Math.max(1, Math.floor(entry!.contentRect.width / CELL_WIDTH))),
    );
    observer.observe(scroller.current!);
    return () => observer.disconnect();
  }, [scroller]);
  return columns;
}
