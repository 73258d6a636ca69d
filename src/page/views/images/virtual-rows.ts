import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core';
import { useEffect, useReducer, useState } from 'preact/hooks';

interface Rows {
  readonly items: readonly VirtualItem[];
  readonly height: number;
}

/** Only the rows in sight exist, and a few beside them, so the grid costs the same for a hundred images and a hundred thousand. */
export function useVirtualRows(
  scroller: { current: HTMLElement | null },
  count: number,
  rowHeight: number,
): Rows {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(0),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, Element>(options));
  virtualizer.setOptions(options);
  useEffect(() => virtualizer._didMount(), [virtualizer]);
  useEffect(() => virtualizer._willUpdate());
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  return { items: virtualizer.getVirtualItems(), height: virtualizer.getTotalSize() };
}
