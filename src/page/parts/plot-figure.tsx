import * as Plot from '@observablehq/plot';
import { useEffect, useRef, useState } from 'preact/hooks';
import { dictionary, useWords } from '../language.tsx';
import { csvOf, saveFile } from './save-file.ts';
import { type Column, Table } from './table.tsx';

const WORDS = dictionary(
  { table: 'The same as a table', save: 'Save as' },
  { table: 'La même chose en tableau', save: 'Enregistrer en' },
);

interface PlotFigureProps<Row> {
  title: string;
  /** What it shows and how to read it, for those who do not see it too. */
  description: string;
  /** For the names of files: `representation-by-site`. */
  name: string;
  /** Keep it between renderings (`useMemo`). A mark's `href` leads to the images concerned. Null: there is nothing to draw. */
  options: Plot.PlotOptions | null;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
}

/**
 * A plot with its table twin, to be saved as SVG, PNG or CSV. Whatever the plot says or links to, the table does too:
 * so the drawing is for eyes and mouse alone, and keyboard and screen reader have the table.
 */
export default function PlotFigure<Row>(props: PlotFigureProps<Row>) {
  const words = useWords(WORDS);
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  useEffect(() => {
    if (width === 0 || !props.options) return;
    const drawn = Plot.plot({ width, ...props.options, className: 'plot' });
    withoutStyleElements(drawn);
    for (const link of drawn.querySelectorAll('a')) link.setAttribute('tabindex', '-1');
    holder.current!.replaceChildren(drawn);
  }, [width, props.options]);
  const drawing = () => holder.current!.querySelector('svg')!;
  const table = props.columns.filter(({ text }) => text);
  const csv = () =>
    csvOf([table.map(({ title }) => title), ...props.rows.map((row) => table.map(({ text }) => text!(row)))]);
  return (
    <figure class="plot-figure">
      <figcaption>
        <h3>{props.title}</h3>
        <p>{props.description}</p>
      </figcaption>
      <div ref={holder} class="plot-holder" aria-hidden="true" />
      <details open={!props.options}>
        <summary>{words.table}</summary>
        <Table
          caption={props.title}
          rows={props.rows}
          columns={props.columns}
          keyOf={props.keyOf}
          isCaptionHidden
        />
      </details>
      <p class="saves">
        {words.save}{' '}
        {props.options && (
          <>
            <button type="button" onClick={() => saveFile(`${props.name}.svg`, svgFile(drawing()))}>
              SVG
            </button>{' '}
            <button
              type="button"
              onClick={async () => saveFile(`${props.name}.png`, await pngFile(drawing()))}
            >
              PNG
            </button>{' '}
          </>
        )}
        <button
          type="button"
          onClick={() => saveFile(`${props.name}.csv`, new Blob([csv()], { type: 'text/csv' }))}
        >
          CSV
        </button>
      </p>
    </figure>
  );
}

/** The library puts its few rules into the drawing; the content security policy knows only those of style/plots.css. */
function withoutStyleElements(drawn: Element): void {
  for (const style of drawn.querySelectorAll('style')) style.remove();
}

function useWidth(holder: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(holder.current!);
    return () => observer.disconnect();
  }, [holder]);
  return width;
}

/** The drawing as a file of its own, with the colours that it has on this page. */
function svgFile(drawing: SVGSVGElement): Blob {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const look = getComputedStyle(drawing);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('color', look.color);
  copy.setAttribute('font-family', 'system-ui, sans-serif');
  copy.setAttribute('font-size', '10');
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' });
}

async function pngFile(drawing: SVGSVGElement): Promise<Blob> {
  const { width, height } = drawing.getBoundingClientRect();
  const address = URL.createObjectURL(svgFile(drawing));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: width * 2, height: height * 2 });
    const pen = canvas.getContext('2d')!;
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob!), 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}
